//! The words that a narrower wants withheld: where they stand in a text, and whether they stand in what leaves.
//!
//! Keeps: a name is sought in each of its written forms. Does not know: items, leaves.

use crate::audit::Forbidden;
use casemate_case::names::{NameFinder, Sure, fold_latin};
use casemate_case::person::{Name, Person, PersonId, Script};

/// Shortest word that is looked for, in bytes of UTF-8: shorter ones stand everywhere.
pub const WORD_BYTES_MIN: usize = 4;

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

    /// Whether one of them stands in bytes, in any encoding.
    pub(super) fn is_in_bytes(&self, bytes: &[u8]) -> bool {
        self.forbidden.find(bytes).is_some()
    }
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
}
