//! The words that a narrower wants withheld: where they stand in a text, and whether they stand in what leaves.
//!
//! Keeps: a name is sought in each of its written forms, whatever holds it: a text, a line, a cell, a title; and across the
//! border of two that follow each other. Does not know: items, leaves.

use crate::audit::Forbidden;
use crate::pieces::undone;
use casemate_carve::{Profile, Run, Syntax};
use casemate_case::names::{NameFinder, Occurrence, Sure, fold_latin};
use casemate_case::person::{Name, Person, PersonId, Script};
use encoding_rs::{BIG5, GB18030, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// Shortest word that is looked for, in bytes of UTF-8: shorter ones stand everywhere.
pub const WORD_BYTES_MIN: usize = 4;

/// Of two texts that follow each other, how many characters on each side of their border are read as one.
const BORDER_CHARS: usize = 64;

/// What is looked for.
pub(super) struct Sought {
    names: Option<NameFinder>,
    forbidden: Forbidden,
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

fn person(name: &str) -> Person {
    let script = if name.chars().any(is_han) { Script::Han } else { Script::Other };
    Person {
        id: PersonId([0; 32]),
        names: vec![Name { script, text: name.to_owned() }],
        role: String::new(),
        protected: true,
        red: false,
        note: None,
        relation: None,
    }
}

impl Sought {
    /// Names in all their forms, and words as they are.
    pub(super) fn new(names: &[String], words: &[String]) -> Self {
        let people: Vec<Person> = names.iter().map(|name| person(name)).collect();
        let forbidden = Forbidden::names_and_words(&people, words.iter().cloned());
        Self { names: (!people.is_empty()).then(|| NameFinder::new(&people)), forbidden }
    }

    /// What may stand nowhere.
    pub(super) fn forbidden(&self) -> &Forbidden {
        &self.forbidden
    }

    /// Whether one of them stands in a text.
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.is_in_bytes(text.as_bytes())
            || self.forbidden.find(fold_latin(text).as_bytes()).is_some()
            || self.names.as_ref().is_some_and(|n| n.find([text]).iter().any(|found| found.sure <= Sure::Sounds))
    }

    /// Whether one of them stands across the border of two texts. `neither`: none stands in one of them alone.
    fn is_across(&self, tail: &str, between: &str, head: &str, neither: bool) -> bool {
        let text = format!("{tail}{between}{head}");
        let border = tail.chars().count();
        let behind = border.saturating_add(between.chars().count());
        let spans = |found: &Occurrence| found.sure <= Sure::Sounds && found.at < border && found.end() > behind;
        neither && self.is_in(&text)
            || self.names.as_ref().is_some_and(|names| names.find([text.as_str()]).iter().any(spans))
    }

    /// Whether one of them stands in bytes, in any encoding.
    fn is_in_bytes(&self, bytes: &[u8]) -> bool {
        self.forbidden.find(bytes).is_some()
    }
}

/// What bytes may say: as UTF-8, or, where they are none, as each encoding in which files of these places are written.
pub(super) fn readings(bytes: &[u8]) -> Vec<Cow<'_, str>> {
    if let Ok(text) = std::str::from_utf8(bytes)
        && !text.contains('\0')
    {
        return vec![text.into()];
    }
    let encodings = [UTF_8, UTF_16LE, UTF_16BE, GB18030, BIG5, WINDOWS_1252];
    encodings.into_iter().map(|encoding| encoding.decode_without_bom_handling(bytes).0).collect()
}

/// Texts that follow each other, one after the other: what stands in none of them alone may stand across two.
pub(super) struct Across<'s, K> {
    sought: &'s Sought,
    /// The text before: its key, its end, and whether one of the words stands in it.
    last: Option<(K, String, bool)>,
}

impl<'s, K> Across<'s, K> {
    pub(super) fn new(sought: &'s Sought) -> Self {
        Self { sought, last: None }
    }

    /// Whether one of the words stands in the next text; and the text before, where one stands across both.
    pub(super) fn next(&mut self, key: K, text: &str) -> (bool, Option<K>) {
        let alone = self.sought.is_in(text);
        let head: String = text.chars().take(BORDER_CHARS).collect();
        let from = text.char_indices().rev().nth(BORDER_CHARS - 1).map_or(0, |(at, _)| at);
        let end = text.get(from..).unwrap_or_default().to_owned();
        let before = self.last.replace((key, end, alone)).filter(|(_, tail, last_alone)| {
            let joined = |between| self.sought.is_across(tail, between, &head, !alone && !last_alone);
            ["", " "].into_iter().any(joined)
        });
        (alone || before.is_some(), before.map(|(before, ..)| before))
    }
}

/// Longest line that is read together with those before it, in bytes.
const HELD_BYTES: usize = 1 << 20;

/// The pieces of a text with every escape undone. What is only syntax parts nothing, and lines that go on in the next
/// (quoted-printable) are one.
pub(super) struct Spelled<'s> {
    across: Across<'s, Run>,
    profile: Profile,
    held: String,
    /// First leaf of what is held, and the last.
    leaves: Option<(u64, u64)>,
}

impl<'s> Spelled<'s> {
    pub(super) fn new(sought: &'s Sought, profile: Profile) -> Self {
        Self { across: Across::new(sought), profile, held: String::new(), leaves: None }
    }

    /// The leaves in which a word is known to stand once this piece is read.
    pub(super) fn next(&mut self, index: u64, text: &str) -> Vec<Run> {
        let said = match self.profile {
            Profile::Spans(Syntax::Json) => text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')),
            Profile::Spans(Syntax::Html) => Some(text).filter(|text| !text.trim().is_empty() && !is_tag(text)),
            _ => Some(text),
        };
        let Some(said) = said else {
            let here = self.across.sought.is_in(&undone(text));
            return here.then_some(Run { start: index, len: 1 }).into_iter().collect();
        };
        let first = self.leaves.map_or(index, |(first, _)| first);
        self.leaves = Some((first, index));
        let soft = matches!(self.profile, Profile::Lines(_)).then(|| said.trim_end().strip_suffix('=')).flatten();
        self.held.push_str(soft.unwrap_or(said));
        if soft.is_some() && self.held.len() < HELD_BYTES { Vec::new() } else { self.end() }
    }

    /// The same for what is still held.
    pub(super) fn end(&mut self) -> Vec<Run> {
        let Some((first, last)) = self.leaves.take() else { return Vec::new() };
        let key = Run { start: first, len: last.saturating_sub(first).saturating_add(1) };
        let (here, before) = self.across.next(key, &undone(&std::mem::take(&mut self.held)));
        before.into_iter().chain(here.then_some(key)).collect()
    }
}

fn is_tag(text: &str) -> bool {
    text.strip_prefix('<').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_as_it_may_be_written() {
        let sought = Sought::new(&["Léonie Vasseur".into(), "林慕川".into()], &["quay 14".into()]);
        for text in ["LÉONIE VASSEUR", "vasseur leonie", "said Vasseur,", "他叫林慕川。", "Lin Muchuan", "at QUAY 14"]
        {
            assert!(sought.is_in(text), "{text}");
        }
        for text in ["the vessel", "林中有人", "quay 41"] {
            assert!(!sought.is_in(text), "{text}");
        }
    }

    #[test]
    fn what_two_texts_say_together_is_found_in_both() {
        let sought = Sought::new(&["林慕川".into(), "Wu Ying".into()], &["come home".into()]);
        for (first, second) in [("他叫林慕", "川。"), ("Wu", "Ying"), ("he said: come", "home at once")] {
            let mut across = Across::new(&sought);
            assert_eq!([across.next(1, "nothing"), across.next(2, first)], [(false, None); 2], "{first}");
            assert_eq!(across.next(3, second), (true, Some(2)), "{first} {second}");
            assert_eq!(across.next(4, "nothing more"), (false, None));
        }
        let mut across = Across::new(&sought);
        assert_eq!([across.next(1, "林慕川"), across.next(2, "川流不息")], [(true, None), (false, None)]);
    }

    #[test]
    fn bytes_are_read_as_what_they_may_be() {
        let (gb, _, _) = GB18030.encode("林慕川");
        let wide: Vec<u8> = "Lin Muchuan".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let sought = Sought::new(&["林慕川".into()], &[]);
        for bytes in [gb.as_ref(), &wide, "LIN MUCHUAN".as_bytes()] {
            assert!(readings(bytes).iter().any(|text| sought.is_in(text)), "{bytes:?}");
        }
        assert_eq!(readings(b"plain"), ["plain"]);
    }
}
