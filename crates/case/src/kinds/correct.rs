//! Corrections: what a named person changes in a reading, and undoing it by a later act.
//!
//! Keeps: what was read stays as it was read; a correction says what stood before. Does not know: how a corrected passage
//! gets its times.

use super::{about, act, bytes32, map, one_about, string, text};
use casemate_proof::{Act, Class, Compartment, ObjectRoot, SubjectId, Value};

/// The kind's name.
pub const CORRECT: &str = "correct";

/// Passages of a reading as a named person has them, over what a machine read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// Random, so that a later act can undo this one.
    pub id: [u8; 16],
    /// The exhibit.
    pub exhibit: ObjectRoot,
    /// Object root of the reading that is corrected.
    pub reading: [u8; 32],
    /// What is changed; nothing where it undoes.
    pub edits: Vec<Edit>,
    /// Who, by name.
    pub by: String,
    /// When, RFC 3339.
    pub on: String,
    /// The correction that this one undoes.
    pub undoes: Option<[u8; 16]>,
}

/// One passage corrected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Index of the passage.
    pub passage: u64,
    /// Its text as it stood for who corrected it.
    pub before: String,
    /// Its text now.
    pub after: String,
}

/// The act that corrects a reading, or undoes a correction.
#[must_use]
pub fn correct_act(subject: SubjectId, c: &Correction) -> Act {
    let edits = c.edits.iter().map(|e| map([(1, e.passage.into()), (8, text(&e.before)), (9, text(&e.after))]));
    let fields = vec![
        Value::Bytes(c.id.to_vec()),
        Value::Bytes(c.reading.to_vec()),
        Value::Array(edits.collect()),
        text(&c.by),
        text(&c.on),
        c.undoes.map_or(Value::Null, |id| Value::Bytes(id.to_vec())),
    ];
    about(act(CORRECT, Class::Text, Compartment::Identity, subject.0, fields), c.exhibit)
}

/// Reads the act back.
pub(super) fn read(act: &Act) -> Option<Correction> {
    let [id, reading, edits, by, on, undoes, ..] = &act.fields;
    let bytes16 = |v: &Value| -> Option<[u8; 16]> { v.as_bytes()?.try_into().ok() };
    let edit = |v: &Value| -> Option<Edit> {
        let m = v.as_map()?;
        let words = |key: u64| string(m.get(&key)?);
        Some(Edit { passage: m.get(&1)?.as_uint()?, before: words(8)?, after: words(9)? })
    };
    Some(Correction {
        id: bytes16(id)?,
        exhibit: one_about(act)?,
        reading: bytes32(reading)?,
        edits: edits.as_array()?.iter().map(edit).collect::<Option<_>>()?,
        by: string(by)?,
        on: string(on)?,
        undoes: if undoes.is_null() { None } else { Some(bytes16(undoes)?) },
    })
}
