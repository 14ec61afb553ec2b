//! Merging: two descriptions turn out to be of one person.
//!
//! Keeps: nobody is deleted; what was said of either is said of the one who stays. Does not know: how that is folded.

use super::{act, bytes32, string, text};
use crate::person::PersonId;
use casemate_proof::{Act, Class, Compartment, Value};

/// The kind's name.
pub const MERGE: &str = "merge";

/// Somebody judged that two people are one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// Who was described twice: this id stands for `into` from now on.
    pub person: PersonId,
    /// Who stays.
    pub into: PersonId,
    /// Who judged, by name.
    pub by: String,
    /// When, RFC 3339.
    pub on: String,
}

/// The act that makes two people one.
#[must_use]
pub fn merge_act(m: &Merged) -> Act {
    let fields = vec![Value::Bytes(m.into.0.to_vec()), text(&m.by), text(&m.on)];
    act(MERGE, Class::Last, Compartment::Identity, m.person.0, fields)
}

/// Reads the act back.
pub(super) fn read(act: &Act) -> Option<Merged> {
    let [into, by, on, ..] = &act.fields;
    let (person, into) = (PersonId(act.subject.0), PersonId(bytes32(into)?));
    Some(Merged { person, into, by: string(by)?, on: string(on)? })
}
