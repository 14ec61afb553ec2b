//! The last look: no form of a withheld name stands in any byte that leaves (`outputs.md` G6).
//!
//! Keeps: every file is scanned as it is written, in windows that overlap by the longest form; a find names the file
//! and the form, never the name. Does not know: what was struck; it is told what must be absent.

use aho_corasick::AhoCorasick;
use casemate_case::names::fold_latin;
use casemate_case::person::{Person, Script};
use casemate_proof::digest::sha256;
use std::collections::BTreeSet;
use std::io::Write;

/// Names shorter than this (characters of Latin) are not scanned for as bytes: they'd be found everywhere.
const SHORTEST_LATIN: usize = 4;
/// Encoded forms shorter than this many bytes are not scanned for outside text.
const SHORTEST_BYTES: usize = 4;

/// One byte string that must be absent.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Form {
    bytes: Vec<u8>,
    name: &'static str,
    /// Compared without ASCII case.
    folds: bool,
}

/// The byte strings that must be absent.
pub struct Forbidden {
    /// Compared without ASCII case.
    folding: Forms,
    exact: Forms,
    longest: usize,
}

/// Byte strings that are looked for in one pass, however many they are.
struct Forms {
    forms: Vec<Form>,
    /// Absent only past the limits of an automaton: then each form is looked for by itself.
    finder: Option<AhoCorasick>,
}

impl Forms {
    fn new(forms: Vec<Form>, folds: bool) -> Self {
        let patterns = forms.iter().map(|f| &f.bytes);
        let finder = AhoCorasick::builder().ascii_case_insensitive(folds).build(patterns).ok();
        Self { forms, finder }
    }

    fn find(&self, bytes: &[u8]) -> Option<&'static str> {
        if let Some(finder) = &self.finder {
            let found = finder.find(bytes)?;
            return self.forms.get(found.pattern().as_usize()).map(|f| f.name);
        }
        let lower = bytes.to_ascii_lowercase();
        let holds = |f: &&Form| contains(if f.folds { &lower } else { bytes }, &f.bytes);
        self.forms.iter().find(holds).map(|f| f.name)
    }
}

impl Forbidden {
    /// Every written form of the names of `people`.
    #[must_use]
    pub fn names_of<'a>(people: impl IntoIterator<Item = &'a Person>) -> Self {
        Self::names_and_words(people, [])
    }

    /// Every written form of the names of `people`, and the SHA-256 of each as it is and in small letters: who can guess a name would know it by that.
    #[must_use]
    pub fn names_and_digests_of<'a>(people: impl IntoIterator<Item = &'a Person>) -> Self {
        let words: BTreeSet<String> =
            people.into_iter().flat_map(|p| &p.names).flat_map(|name| written_forms(&name.text, name.script)).collect();
        let spelled = words.iter().flat_map(|word| [word.clone(), word.to_lowercase()]);
        let digests: BTreeSet<Form> = spelled.flat_map(|word| digests(&word)).collect();
        Self::of(words.iter().flat_map(|word| encodings(word)).chain(digests).collect())
    }

    /// Every written form of the names of `people`, and words as they are.
    #[must_use]
    pub fn names_and_words<'a>(
        people: impl IntoIterator<Item = &'a Person>,
        words: impl IntoIterator<Item = String>,
    ) -> Self {
        let mut words: BTreeSet<String> = words.into_iter().collect();
        for person in people {
            for name in &person.names {
                words.extend(written_forms(&name.text, name.script));
            }
        }
        Self::words(words)
    }

    /// The given words, in every encoding.
    #[must_use]
    pub fn words(words: impl IntoIterator<Item = String>) -> Self {
        Self::of(words.into_iter().flat_map(|w| encodings(&w)).collect())
    }

    fn of(forms: BTreeSet<Form>) -> Self {
        let longest = forms.iter().map(|f| f.bytes.len()).max().unwrap_or(0);
        let (folding, exact) = forms.into_iter().partition(|f| f.folds);
        Self { folding: Forms::new(folding, true), exact: Forms::new(exact, false), longest }
    }

    /// A writer that passes bytes on and remembers what it found.
    pub fn scan<W: Write>(&self, out: W) -> Scanner<'_, W> {
        Scanner { forbidden: self, out, tail: Vec::new(), found: None }
    }

    /// The form found first, if any.
    #[must_use]
    pub fn find(&self, bytes: &[u8]) -> Option<&'static str> {
        self.folding.find(bytes).or_else(|| self.exact.find(bytes))
    }
}

fn contains(hay: &[u8], needle: &[u8]) -> bool {
    let Some(first) = needle.first() else { return false };
    let mut from = 0;
    while let Some(at) = hay.get(from..).and_then(|rest| rest.iter().position(|b| b == first)) {
        if hay.get(from + at..).is_some_and(|rest| rest.starts_with(needle)) {
            return true;
        }
        from += at + 1;
    }
    false
}

/// The name as it may be written: whole, without spaces, surname and given name swapped, given name alone.
fn written_forms(text: &str, script: Script) -> Vec<String> {
    let mut out = vec![text.to_owned()];
    let words: Vec<String> = text.split_whitespace().map(fold_latin).collect();
    if script == Script::Han {
        return out;
    }
    let joined = words.concat();
    for separator in [" ", "-", "_", ""] {
        out.push(words.join(separator));
        let mut swapped = words.clone();
        swapped.rotate_left(1.min(words.len()));
        out.push(swapped.join(separator));
    }
    if words.len() > 1 {
        out.extend(words.iter().filter(|w| w.chars().count() > SHORTEST_LATIN).cloned());
    }
    out.push(joined);
    out.retain(|w| !w.is_ascii() || w.len() >= SHORTEST_LATIN);
    out
}

fn encodings(word: &str) -> Vec<Form> {
    let mut out = Vec::new();
    let ascii = word.is_ascii();
    let text = if ascii { word.to_ascii_lowercase() } else { word.to_owned() };
    let mut add = |bytes: Vec<u8>, name, folds| {
        if bytes.len() >= SHORTEST_BYTES {
            out.push(Form { bytes, name, folds });
        }
    };
    add(text.clone().into_bytes(), "utf-8", ascii);
    add(text.encode_utf16().flat_map(u16::to_le_bytes).collect(), "utf-16le", ascii);
    add(text.encode_utf16().flat_map(u16::to_be_bytes).collect(), "utf-16be", ascii);
    for (encoding, name) in
        [(encoding_rs::GB18030, "gb18030"), (encoding_rs::BIG5, "big5"), (encoding_rs::WINDOWS_1252, "windows-1252")]
    {
        let (bytes, _, unmappable) = encoding.encode(&text);
        if !unmappable && !ascii {
            add(bytes.into_owned(), name, false);
        }
    }
    let hex: String = word.bytes().map(|b| format!("{b:02x}")).collect();
    add(hex.into_bytes(), "hex", true);
    for (bytes, name) in base64_forms(word.as_bytes()) {
        add(bytes, name, false);
    }
    let escaped: String = word.bytes().map(|b| format!("%{b:02x}")).collect();
    add(escaped.into_bytes(), "percent", true);
    if !ascii {
        // As JSON and web pages may write what is no ASCII.
        let spelled = |form: &dyn Fn(char) -> String| word.chars().map(form).collect::<String>().into_bytes();
        let ascii_or = |c: char, other: String| if c.is_ascii() { c.to_string() } else { other };
        let units = |c: char| c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect();
        add(spelled(&|c| ascii_or(c, units(c))), "json", true);
        add(spelled(&|c| ascii_or(c, format!("&#{};", u32::from(c)))), "reference", true);
        add(spelled(&|c| ascii_or(c, format!("&#x{:x};", u32::from(c)))), "reference", true);
    }
    out
}

/// What a guess could be checked by.
fn digests(word: &str) -> Vec<Form> {
    let digest = sha256(&[word.as_bytes()]).0;
    let hex: String = digest.iter().map(|b| format!("{b:02x}")).collect();
    let mut out = vec![
        Form { bytes: digest.to_vec(), name: "sha-256", folds: false },
        Form { bytes: hex.into_bytes(), name: "sha-256 in hex", folds: true },
    ];
    out.extend(base64_forms(&digest).into_iter().map(|(bytes, _)| Form {
        bytes,
        name: "sha-256 in base64",
        folds: false,
    }));
    out
}

/// The part of the base64 of a text around `bytes` that does not depend on what surrounds them, for each alignment.
fn base64_forms(bytes: &[u8]) -> Vec<(Vec<u8>, &'static str)> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = Vec::new();
    for shift in 0..3usize {
        let bits = (shift * 8)..((shift + bytes.len()) * 8);
        let bit = |i: usize| -> u8 {
            let byte = bytes.get((i - bits.start) / 8).copied().unwrap_or(0);
            (byte >> (7 - (i - bits.start) % 8)) & 1
        };
        let first = bits.start.div_ceil(6);
        let last = bits.end / 6;
        let digit = |d: usize| (0..6).fold(0u8, |v, k| (v << 1) | bit(d * 6 + k));
        let form: Vec<u8> = (first..last).filter_map(|d| ALPHABET.get(usize::from(digit(d))).copied()).collect();
        if form.len() >= 6 {
            out.push((form, "base64"));
        }
    }
    out
}

/// Scans what is written through it.
pub struct Scanner<'f, W: Write> {
    forbidden: &'f Forbidden,
    out: W,
    tail: Vec<u8>,
    found: Option<&'static str>,
}

impl<W: Write> Scanner<'_, W> {
    /// The first form found, and the output.
    pub fn finish(self) -> (Option<&'static str>, W) {
        (self.found, self.out)
    }
}

impl<W: Write> Write for Scanner<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let n = self.out.write(bytes)?;
        let written = bytes.get(..n).unwrap_or_default();
        // Where nobody's name is forbidden there is nothing to look for.
        if self.found.is_none() && self.forbidden.longest > 0 {
            self.tail.extend_from_slice(written);
            self.found = self.forbidden.find(&self.tail);
            let keep = self.forbidden.longest.saturating_sub(1).min(self.tail.len());
            self.tail.drain(..self.tail.len() - keep);
        }
        Ok(n)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use casemate_case::person::{Name, PersonId};

    fn forbidden() -> Forbidden {
        let names = [(Script::Han, "林慕川"), (Script::Passport, "LIN MUCHUAN"), (Script::Other, "Léonie Vasseur")];
        Forbidden::names_of(&[Person {
            id: PersonId([1; 32]),
            names: names.iter().map(|(script, t)| Name { script: *script, text: (*t).into() }).collect(),
            role: String::new(),
            protected: true,
            red: false,
            note: None,
            relation: None,
        }])
    }

    fn base64(bytes: &[u8]) -> Vec<u8> {
        let table = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let bits: Vec<u8> = bytes.iter().flat_map(|b| (0..8).rev().map(move |i| (b >> i) & 1)).collect();
        bits.chunks(6).map(|c| table[(c.iter().fold(0, |v, b| (v << 1) | b) as usize) << (6 - c.len())]).collect()
    }

    #[test]
    fn a_planted_name_is_found_in_every_encoding() {
        let f = forbidden();
        let (gb, _, _) = encoding_rs::GB18030.encode("他叫林慕川。");
        let utf16: Vec<u8> = "Mr Lin Muchuan".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let plants: Vec<(Vec<u8>, &str)> = vec![
            ("..林慕川..".into(), "utf-8"),
            (b"LIN muchuan".to_vec(), "utf-8"),
            (b"recording_muchuan-lin.wav".to_vec(), "utf-8"),
            ("LÉONIE VASSEUR".as_bytes().to_vec(), "utf-8"),
            (gb.into_owned(), "gb18030"),
            (b"6c696e206d75636875616e".to_vec(), "hex"),
            (b"%e6%9e%97%e6%85%95%e5%b7%9d".to_vec(), "percent"),
            (br#"{"a":"\u6797\u6155\u5DDD"}"#.to_vec(), "json"),
            (b"&#26519;&#24917;&#24029;".to_vec(), "reference"),
            (b"<p>&#x6797;&#x6155;&#x5DDD;".to_vec(), "reference"),
        ];
        for (bytes, form) in plants {
            assert_eq!(f.find(&bytes), Some(form), "{:?}", String::from_utf8_lossy(&bytes));
        }
        // Its bytes hold the big-endian form too, one byte on.
        assert!(f.find(&utf16).is_some_and(|form| form.starts_with("utf-16")));
        for before in 0..4 {
            let text = ["x".repeat(before).as_bytes(), "林慕川".as_bytes(), b"yz"].concat();
            assert_eq!(f.find(&base64(&text)), Some("base64"), "{before}");
        }
    }

    #[test]
    fn ordinary_text_is_let_through() {
        let f = forbidden();
        assert_eq!(f.find("林中有人, a line of linen, la chuan".as_bytes()), None);
        assert_eq!(f.find(&[0; 4096]), None);
    }

    #[test]
    fn a_name_across_two_writes_is_found() {
        let f = forbidden();
        let mut scanner = f.scan(Vec::new());
        let text = "请林慕川听".as_bytes();
        for byte in text {
            scanner.write_all(&[*byte]).unwrap();
        }
        let (found, out) = scanner.finish();
        assert_eq!(found, Some("utf-8"));
        assert_eq!(out, text);
    }
}
