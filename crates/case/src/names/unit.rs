//! A passage cut into units: a run of Latin letters or digits, or one Han character with its readings.
//!
//! Keeps: each unit knows its characters in the passage. Does not know: names.

use pinyin::{ToPinyin, ToPinyinMulti};
use unicode_normalization::UnicodeNormalization;

/// The smallest thing that a name is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    /// First character in the passage.
    pub at: usize,
    /// First character after it.
    pub end: usize,
    /// Folded letters, or the Han character itself.
    pub fold: String,
    /// Toneless readings, of a Han character; empty for letters.
    pub readings: Vec<String>,
}

impl Unit {
    pub(super) fn is_han(&self) -> bool {
        !self.readings.is_empty()
    }
}

/// Letters in lower case without marks; ligatures and full-width forms taken apart.
#[must_use]
pub fn fold_latin(text: &str) -> String {
    text.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).flat_map(fold_char).collect()
}

fn fold_char(c: char) -> impl Iterator<Item = char> {
    let plain: &'static str = match c {
        'œ' | 'Œ' => "oe",
        'æ' | 'Æ' => "ae",
        'ß' => "ss",
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' => "d",
        _ => "",
    };
    let own = plain.is_empty().then(|| c.to_lowercase()).into_iter().flatten();
    plain.chars().chain(own)
}

/// The usual reading of a Han character, toneless, `ü` written `v`.
pub(super) fn usual_reading(c: char) -> Option<String> {
    c.to_pinyin().map(|p| p.plain().replace('ü', "v"))
}

/// Toneless readings of a Han character, `ü` written `v`; empty if it is none.
pub(super) fn readings(c: char) -> Vec<String> {
    let mut out: Vec<String> = match c.to_pinyin_multi() {
        Some(multi) => multi.into_iter().map(|p| p.plain().replace('ü', "v")).collect(),
        None => c.to_pinyin().map(|p| p.plain().replace('ü', "v")).into_iter().collect(),
    };
    out.sort_unstable();
    out.dedup();
    out
}

/// The units of a passage, in order. Apostrophes, hyphens and white space part units and are no unit.
pub(super) fn units(text: &str) -> Vec<Unit> {
    let mut out: Vec<Unit> = Vec::new();
    let mut open: Option<Unit> = None;
    for (i, c) in text.chars().enumerate() {
        let readings = readings(c);
        if !readings.is_empty() {
            out.extend(open.take());
            out.push(Unit { at: i, end: i + 1, fold: c.to_string(), readings });
        } else if c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c) {
            let unit = open.get_or_insert_with(|| Unit { at: i, end: i, fold: String::new(), readings: Vec::new() });
            unit.end = i + 1;
            unit.fold.push_str(&fold_latin(&c.to_string()));
        } else {
            out.extend(open.take());
        }
    }
    out.extend(open);
    out
}
