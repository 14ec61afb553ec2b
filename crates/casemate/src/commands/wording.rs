//! Words that several commands show: kinds, reasons, sizes, ends of paths.
//!
//! Keeps: what no catalogue has a word for is shown as it is, never left out. Does not know: tables.

use casemate_words::{Language, message, number};

/// Longest end of a path in a table, in characters.
const TAIL_CHARS: usize = 60;

/// A message if there is one of this id.
fn known(language: Language, id: &str) -> Option<String> {
    let text = message(language, id, &[]);
    (text != format!("[{id}]")).then_some(text)
}

/// Why something was not read, with the fact behind it where the reader can read it: facts of readers are told in English.
pub fn finding(language: Language, id: &str, detail: &str) -> String {
    match known(language, &format!("cli-finding-{id}")) {
        Some(words) if detail.is_empty() || language != Language::En => words,
        Some(words) => format!("{words} ({detail})"),
        None if detail.is_empty() => id.to_owned(),
        None => format!("{id} ({detail})"),
    }
}

/// What an exhibit is.
pub fn kind(language: Language, kind: &str) -> String {
    known(language, &format!("cli-kind-{kind}")).unwrap_or_else(|| kind.to_owned())
}

/// What a derivative is.
pub fn layer(language: Language, what: &str) -> String {
    known(language, &format!("cli-layer-{what}")).unwrap_or_else(|| what.to_owned())
}

/// What an act does.
pub fn act(language: Language, kind: &str) -> String {
    known(language, &format!("cli-act-{kind}")).unwrap_or_else(|| kind.to_owned())
}

/// A compartment.
pub fn compartment(language: Language, word: &str) -> String {
    known(language, &format!("compartment-{word}")).unwrap_or_else(|| word.to_owned())
}

/// Why a passage is withheld, by its word.
pub fn reason(language: Language, word: &str) -> String {
    known(language, &format!("readme-reason-{word}")).unwrap_or_else(|| word.to_owned())
}

/// How sure a find is, by its word.
pub fn sure(language: Language, word: &str) -> String {
    known(language, &format!("cli-sure-{word}")).unwrap_or_else(|| word.to_owned())
}

/// What an identifier is, by its word.
pub fn identifier(language: Language, word: &str) -> String {
    known(language, &format!("cli-identifier-{word}")).unwrap_or_else(|| word.to_owned())
}

/// How an item is handed over, by its word.
pub fn mode(language: Language, word: &str) -> String {
    known(language, &format!("cli-mode-{word}")).unwrap_or_else(|| word.to_owned())
}

/// So many parts withheld: leaves of what is handed over.
pub fn parts(language: Language, count: u64) -> String {
    message(language, "withheld-count", &[("count", count.into())])
}

/// What the doctor looked at: one of many parts by its whole's words.
pub fn check(language: Language, id: &str) -> String {
    let whole = id.split_once("-fence-").map_or_else(|| id.to_owned(), |(of, _)| format!("{of}-fence"));
    let whole = if whole.starts_with("case-folder") { "case-folder".to_owned() } else { whole };
    known(language, &format!("web-check-{whole}")).unwrap_or_else(|| id.to_owned())
}

/// What a check of the case found.
pub fn case_finding(language: Language, id: &str) -> String {
    known(language, &format!("web-case-{id}")).unwrap_or_else(|| id.to_owned())
}

/// What to do about a check of the doctor; the beginning of its id decides.
pub fn cure(language: Language, id: &str) -> Option<String> {
    let kinds = [
        "program-worker",
        "program-speech",
        "meaning",
        "model",
        "keys-locked",
        "swap",
        "core-dumps",
        "case-folder",
        "clock",
    ];
    let fence = id.contains("-fence-");
    let kind = if fence { "fence" } else { kinds.into_iter().find(|k| id.starts_with(k))? };
    known(language, &format!("cli-cure-{kind}"))
}

/// The end of a long path: its last parts tell most.
pub fn tail(path: &str) -> String {
    let chars = path.chars().count();
    if chars <= TAIL_CHARS {
        return path.to_owned();
    }
    format!("…{}", path.chars().skip(chars + 1 - TAIL_CHARS).collect::<String>())
}

/// Bytes: exact below 10,000, else three figures in kB, MB, GB (thousands).
pub fn size(language: Language, bytes: u64) -> String {
    let (unit, name) = match bytes {
        0..=9_999 => return format!("{} B", number(language, bytes)),
        10_000..=999_999 => (1_000, "kB"),
        1_000_000..=999_999_999 => (1_000_000, "MB"),
        _ => (1_000_000_000, "GB"),
    };
    let tenths = bytes / (unit / 10);
    let point = if language == Language::Fr { ',' } else { '.' };
    match tenths {
        0..=999 => format!("{}{point}{} {name}", tenths / 10, tenths % 10),
        _ => format!("{} {name}", number(language, tenths / 10)),
    }
}

/// A number between 0 and 1, in hundredths.
pub fn hundredths(language: Language, value: f32) -> String {
    let text = format!("{value:.2}");
    if language == Language::Fr { text.replace('.', ",") } else { text }
}

/// First characters of a long id.
pub fn short(id: &str) -> &str {
    id.get(..8).unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_short_and_right() {
        assert_eq!(size(Language::En, 9_999), "9,999 B");
        assert_eq!(size(Language::En, 10_000), "10.0 kB");
        assert_eq!(size(Language::Fr, 1_250_000), "1,2 MB");
        assert_eq!([Language::Fr, Language::En].map(|l| hundredths(l, 0.705)), ["0,70", "0.70"]);
        assert_eq!(size(Language::En, 345_678_901), "345 MB");
        assert_eq!(size(Language::En, u64::MAX), "18,446,744,073 GB");
    }

    #[test]
    fn an_unknown_word_is_shown_as_it_is() {
        assert_eq!(finding(Language::Fr, "quite-new", "a fact"), "quite-new (a fact)");
        assert_eq!(kind(Language::En, "hologram"), "hologram");
        assert!(finding(Language::En, "empty", "no bytes").contains("(no bytes)"));
        assert_eq!(finding(Language::Fr, "empty", "no bytes"), "vide");
    }

    #[test]
    fn a_long_path_keeps_its_end() {
        let long = format!("{}/call.amr", "唐".repeat(90));
        assert_eq!(tail(&long).chars().count(), TAIL_CHARS);
        assert!(tail(&long).ends_with("/call.amr"));
        assert_eq!(tail("a/b"), "a/b");
    }

    /// The ids of the tables under a heading of `docs/errors.md`.
    fn listed(heading: &str) -> Vec<&'static str> {
        let text = include_str!("../../../../docs/errors.md");
        let part = text.split("\n## ").find(|part| part.starts_with(heading)).unwrap_or_default();
        let cells = part.lines().filter_map(|l| l.strip_prefix("| `")?.split('|').next());
        cells.flat_map(|cell| cell.split(", ")).map(|id| id.trim().trim_matches('`')).collect()
    }

    #[test]
    fn every_finding_check_and_act_has_words_in_each_language() {
        let mut ids = Vec::new();
        for heading in ["Of the source", "Of the hearing", "Of the intake", "Of the worker"] {
            let found = listed(heading);
            assert!(found.len() > 5, "{heading}");
            ids.extend(found.into_iter().map(|id| format!("cli-finding-{id}")));
        }
        ids.extend(listed("Of the case").into_iter().map(|id| format!("web-case-{id}")));
        let acts = ["lane", "commit", "seal", "exhibit", "derive", "person", "merge", "alias", "consent", "heard"];
        let more = ["plan", "keep", "correct", "disclose", "census", "sealed"];
        ids.extend(acts.into_iter().chain(more).map(|kind| format!("cli-act-{kind}")));
        let missing = |l| ids.iter().filter(move |id| known(l, id).is_none()).cloned().collect::<Vec<_>>();
        for language in Language::ALL {
            assert_eq!(missing(language), Vec::<String>::new(), "{language:?}");
        }
    }
}
