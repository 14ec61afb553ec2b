//! How Han characters are read aloud: toneless pinyin syllables, for names typed or heard otherwise.
//!
//! Keeps: every reading of a character that the table knows is indexed, so a surname read differently is found; `ü`
//! is findable as `u`, `v` and `yu`. Does not know: which reading is right, what a name is.

use std::collections::HashSet;
use std::sync::OnceLock;

use pinyin::ToPinyinMulti;

use crate::fold::fold_str;

/// The most ways to part a word into syllables that are tried.
const PARTINGS: usize = 24;
/// The longest word, in bytes, that is taken for pinyin.
const WORD: usize = 40;

/// The toneless readings of a character, spelled as the index has them.
pub(crate) fn readings(c: char) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut add = |syllable: String| {
        if !out.contains(&syllable) {
            out.push(syllable);
        }
    };
    if let Some(many) = c.to_pinyin_multi() {
        for reading in many {
            let plain = reading.plain();
            if plain.contains('ü') {
                add(plain.replace('ü', "v"));
            }
            add(fold_str(plain));
        }
    }
    out
}

fn syllables() -> &'static HashSet<String> {
    static ALL: OnceLock<HashSet<String>> = OnceLock::new();
    ALL.get_or_init(|| {
        let vowel = |syllable: &String| syllable.contains(['a', 'e', 'i', 'o', 'u', 'v']);
        ('\u{4E00}'..='\u{9FFF}').flat_map(readings).filter(vowel).collect()
    })
}

/// All ways to read a folded word (`muchuan`, `mu4chuan1`) as syllables; empty when it can't be.
pub(crate) fn partings(word: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    if word.len() <= WORD && word.is_ascii() {
        part(word, &mut Vec::new(), &mut found);
    }
    found
}

fn part(rest: &str, taken: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
    if found.len() == PARTINGS {
        return;
    }
    if rest.is_empty() {
        found.push(taken.clone());
        return;
    }
    for size in (1..=rest.len().min(6)).rev() {
        let (Some(head), Some(tail)) = (rest.get(..size), rest.get(size..)) else { continue };
        let spelled = match head {
            "lyu" => "lv",
            "nyu" => "nv",
            other => other,
        };
        if syllables().contains(spelled) {
            taken.push(spelled.to_owned());
            part(tail.strip_prefix(['1', '2', '3', '4', '5']).unwrap_or(tail), taken, found);
            taken.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_part_into_syllables() {
        let shown = |word: &str| partings(word).iter().map(|p| p.join(" ")).collect::<Vec<_>>();
        assert_eq!(shown("muchuan"), ["mu chuan", "mu chu an"]);
        assert_eq!(shown("xian"), ["xian", "xi an"]);
        assert_eq!(shown("lin2mu4chuan1"), ["lin mu chuan", "lin mu chu an"]);
        assert_eq!(shown("lyu"), ["lv"]);
        assert!(shown("country").is_empty());
        assert!(shown("").iter().all(String::is_empty));
        assert!(partings(&"a".repeat(41)).is_empty());
        assert!(partings(&"xian".repeat(10)).len() <= PARTINGS);
    }

    #[test]
    fn every_reading_counts() {
        assert_eq!(readings('吕'), ["lv", "lu"]);
        let shan = readings('单');
        assert!(shan.contains(&"dan".to_owned()) && shan.contains(&"shan".to_owned()), "{shan:?}");
        assert!(readings('x').is_empty());
    }
}
