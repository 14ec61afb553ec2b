//! Folding: the letters that search takes for the same.
//!
//! Keeps: folding works character by character, without context, so the folding of a part is a part of the folding
//! of the whole; exact recall rests on this. Everything that depends on it changes [`FOLD_VERSION`].
//! Does not know: words, positions, the engine.
//!
//! Sources: NFKD (UAX #15), Unicode lower case, and for Han characters the classes of `hanzi.txt`.

use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The version of the rules of folding and splitting, written in every index.
pub(crate) const FOLD_VERSION: u32 = 1;

/// What a folded character is to the splitter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// A letter or digit of a script that spaces its words.
    Word,
    /// A character of a script that doesn't: a token by itself.
    Solo,
    /// Parts words, takes no position: space, hyphen, apostrophe, middle dot.
    Join,
    /// Parts words and takes one position, however many stand together: other punctuation and symbols.
    Break,
}

/// Calls `take` with each folded character of `c` and its class; marks and invisible characters give none.
pub(crate) fn fold_char(c: char, mut take: impl FnMut(char, Class)) {
    if c.is_ascii() {
        let lower = c.to_ascii_lowercase();
        return take(lower, class(lower));
    }
    if hangul_syllable(c) {
        return take(c, Class::Solo);
    }
    for part in std::iter::once(c).nfkd() {
        if dropped(part) {
            continue;
        }
        for lower in part.to_lowercase() {
            fold_letter(lower, &mut take);
        }
    }
}

/// The folded text, for comparing short names of filters.
pub(crate) fn fold_str(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        fold_char(c, |folded, _| out.push(folded));
    }
    out
}

fn fold_letter(lower: char, take: &mut impl FnMut(char, Class)) {
    let spelled = match lower {
        'œ' => "oe",
        'æ' => "ae",
        'ø' => "o",
        'ß' => "ss",
        'þ' => "th",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'ł' => "l",
        'ŋ' => "n",
        'ŧ' => "t",
        'ς' => "σ",
        _ => {
            if !dropped(lower) {
                let folded = hanzi(lower);
                take(folded, class(folded));
            }
            return;
        }
    };
    for c in spelled.chars() {
        take(c, Class::Word);
    }
}

/// Diacritics, vowel points and characters that show nothing.
fn dropped(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}'
        | '\u{FE20}'..='\u{FE2F}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}'
        | '\u{5C2}' | '\u{5C4}' | '\u{5C5}' | '\u{5C7}' | '\u{610}'..='\u{61A}' | '\u{640}' | '\u{64B}'..='\u{65F}'
        | '\u{670}' | '\u{6D6}'..='\u{6DC}' | '\u{3099}' | '\u{309A}'
        | '\u{AD}' | '\u{61C}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

fn class(c: char) -> Class {
    if solo(c) {
        Class::Solo
    } else if c.is_alphanumeric() || is_combining_mark(c) {
        Class::Word
    } else if joins(c) {
        Class::Join
    } else {
        Class::Break
    }
}

fn joins(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '-' | '‐' | '‑' | '\u{AD}' | '_' | '·' | '•' | '‧' | '・' | '\u{F0B}'
        )
}

fn hangul_syllable(c: char) -> bool {
    matches!(c, '\u{AC00}'..='\u{D7A3}')
}

/// Whether `c` is a Han character.
pub(crate) fn han(c: char) -> bool {
    matches!(c,
        '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFD}'
        | '\u{2E80}'..='\u{2FDF}' | '\u{3005}'..='\u{3007}')
}

fn solo(c: char) -> bool {
    han(c)
        || hangul_syllable(c)
        || matches!(c,
            '\u{3041}'..='\u{3096}' | '\u{309D}'..='\u{309F}' | '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}'
            | '\u{31F0}'..='\u{31FF}' | '\u{3105}'..='\u{312F}' | '\u{31A0}'..='\u{31BF}'
            | '\u{1100}'..='\u{11FF}'
            | '\u{E01}'..='\u{E3A}' | '\u{E40}'..='\u{E4E}' | '\u{E81}'..='\u{EDF}'
            | '\u{1000}'..='\u{103F}' | '\u{1780}'..='\u{17D3}')
}

/// The first character of the line of `hanzi.txt` that holds `c`; else `c`.
fn hanzi(c: char) -> char {
    if !han(c) {
        return c;
    }
    let table = table();
    match table.binary_search_by_key(&c, |&(from, _)| from) {
        Ok(at) => table.get(at).map_or(c, |&(_, to)| to),
        Err(_) => c,
    }
}

fn table() -> &'static [(char, char)] {
    static TABLE: OnceLock<Vec<(char, char)>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut pairs = Vec::with_capacity(4500);
        for line in include_str!("hanzi.txt").lines().filter(|line| !line.starts_with('#')) {
            let mut class = line.chars();
            if let Some(to) = class.next() {
                pairs.extend(class.map(|from| (from, to)));
            }
        }
        pairs.sort_unstable();
        pairs
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_letters_fold_together() {
        for (one, other) in [
            ("Éléphant ŒUVRE", "elephant oeuvre"),
            ("ＡＢＣ１２３", "abc123"),
            ("林慕川後來發財", "林慕川后来发财"),
            ("地產", "地产"),
            ("看著", "看着"),
            ("⻓城 ⽉亮", "长城 月亮"),
            ("Straße Łódź", "strasse lodz"),
            ("ﬁn", "fin"),
            ("i\u{200B}n vi\u{AD}sible", "in visible"),
            ("e\u{301}", "é"),
        ] {
            assert_eq!(fold_str(one), fold_str(other), "{one} / {other}");
        }
    }

    #[test]
    fn the_table_is_a_fold() {
        for &(from, to) in table() {
            assert_ne!(from, to);
            assert_eq!(hanzi(to), to, "{from}");
            assert_eq!(fold_str(&from.to_string()), to.to_string());
        }
        assert!(table().windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(table().len() > 4000);
    }
}
