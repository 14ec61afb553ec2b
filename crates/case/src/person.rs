//! People: names in several scripts, whether a name is protected, aliases for each audience.
//!
//! Keeps: an alias belongs to one audience and one person, and is never used twice. Does not know: exhibits.

use std::fmt;

/// A person's random id; also the subject of the acts about them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonId(pub [u8; 32]);

impl PersonId {
    /// The whole id, 64 hex digits.
    #[must_use]
    pub fn hex(&self) -> String {
        self.0.iter().map(|b| format!("{b:02x}")).collect()
    }
}

impl fmt::Display for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().take(4).try_for_each(|b| write!(f, "{b:02x}"))
    }
}

impl fmt::Debug for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PersonId({self})")
    }
}

/// How a name is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Script {
    /// Chinese characters, surname first.
    Han,
    /// Hanyu pinyin, with or without tone marks.
    Pinyin,
    /// Latin letters as in the passport.
    Passport,
    /// Any other written form (a nickname, an account name).
    Other,
}

/// One written form of a name. Never printed by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Name {
    /// Which writing.
    pub script: Script,
    /// The name.
    pub text: String,
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Name({:?}, withheld)", self.script)
    }
}

/// A person as the identity compartment knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Id.
    pub id: PersonId,
    /// Names, most usual first.
    pub names: Vec<Name>,
    /// Role in the case (`applicant`, `friend`, `official` …), free text.
    pub role: String,
    /// Whether the name is withheld from every audience that does not need it.
    pub protected: bool,
    /// Red: never disclosed by name to anybody without a written reason.
    pub red: bool,
    /// A note for the team.
    pub note: Option<String>,
    /// Relation to the person whom the case is about.
    pub relation: Option<String>,
}

impl Person {
    /// Takes over what another description of the same person says: the names that are new, and the stricter protection.
    pub(crate) fn take_over(&mut self, other: &Self) {
        for name in &other.names {
            if !self.names.contains(name) {
                self.names.push(name.clone());
            }
        }
        self.protected |= other.protected;
        self.red |= other.red;
        if self.role.is_empty() {
            self.role.clone_from(&other.role);
        }
        self.note = joined(self.note.take(), other.note.as_ref());
        self.relation = self.relation.take().or_else(|| other.relation.clone());
    }

    /// The name to show inside the identity compartment: the first one.
    #[must_use]
    pub fn shown(&self) -> &str {
        self.names.first().map_or("", |n| n.text.as_str())
    }
}

/// Both notes, one after the other.
fn joined(one: Option<String>, other: Option<&String>) -> Option<String> {
    match (one, other) {
        (Some(one), Some(other)) if one != *other => Some(format!("{one}\n{other}")),
        (one, other) => one.or_else(|| other.cloned()),
    }
}
