//! A fact by its id and what it is about, for the shell to say in the reader's language.
//!
//! Keeps: every id has a message `cli-fact-ID` in each language, with the same values. Does not know: whom it is shown to.

use casemate_words::{Language, Value, message};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// A value of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactValue {
    /// A count.
    Number(u64),
    /// A name as it is, or a word that chooses among a message's ways.
    Text(String),
}

impl From<u64> for FactValue {
    fn from(count: u64) -> Self {
        Self::Number(count)
    }
}

impl From<&str> for FactValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for FactValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// A fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Stable id.
    pub id: &'static str,
    /// What its message takes, by name.
    pub args: Vec<(&'static str, FactValue)>,
}

/// The value that names a fence by its own message.
const FENCE: &str = "fence";

impl Fact {
    /// A fact without values.
    #[must_use]
    pub fn plain(id: &'static str) -> Self {
        Self { id, args: Vec::new() }
    }

    /// The same with one more value.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<FactValue>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// In a language.
    #[must_use]
    pub fn words(&self, language: Language) -> String {
        let value = |(name, value): &(&'static str, FactValue)| {
            let shown = match value {
                FactValue::Number(n) => Value::Number(*n),
                FactValue::Text(word) if *name == FENCE => fence(language, word).into(),
                FactValue::Text(text) => text.clone().into(),
            };
            (*name, shown)
        };
        let values: Vec<(&str, Value<'_>)> = self.args.iter().map(value).collect();
        message(language, &format!("cli-fact-{}", self.id), &values)
    }
}

/// What a fence does; one that has no words yet by its name.
fn fence(language: Language, name: &str) -> String {
    let id = format!("cli-fence-{name}");
    let words = message(language, &id, &[]);
    if words == format!("[{id}]") { name.to_owned() } else { words }
}

impl Serialize for Fact {
    /// `{"id": …, "args": {…}}`.
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(2))?;
        map.serialize_entry("id", self.id)?;
        map.serialize_entry("args", &Args(&self.args))?;
        map.end()
    }
}

struct Args<'a>(&'a [(&'static str, FactValue)]);

impl Serialize for Args<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(self.0.len()))?;
        for (name, value) in self.0 {
            match value {
                FactValue::Number(n) => map.serialize_entry(name, n)?,
                FactValue::Text(text) => map.serialize_entry(name, text)?,
            }
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_is_worded_in_each_language_and_written_by_its_values() {
        let fact = Fact::plain("fence").with("fence", "landlock").with("need", "required");
        let fact = fact.with("granted", "no").with("cause", "too old");
        assert_eq!(fact.words(Language::En), "files and network closed: missing (too old), required");
        assert!(fact.words(Language::Fr).contains("exigée") && fact.words(Language::ZhHans).contains("必需"));
        let json = serde_json::to_value(Fact::plain("entries").with("count", 5u64)).unwrap();
        assert_eq!(json, serde_json::json!({ "id": "entries", "args": { "count": 5 } }));
        let unknown = Fact::plain("fence").with("fence", "quite-new").with("need", "asked");
        assert!(unknown.with("granted", "yes").with("cause", "").words(Language::En).starts_with("quite-new"));
    }
}
