//! The acts that the vault must read itself: `seal` and `derive` hold an object's name, keys and length
//! (`docs/format/vault.md`, "Acts"). `exhibit` is made here too, so that sealing is one call for the app.
//!
//! Keeps: field 9 of `seal` and `derive` is the [`StoredObject`]; everything else in them is the caller's.
//! Deliberately does not know: kinds above the store (persons, plans, disclosures).

use std::collections::{BTreeMap, BTreeSet};

use casemate_proof::act::ACT_FIELDS;
use casemate_proof::{Act, Compartment, ObjectRoot, SubjectId, Value};

use crate::object::StoredObject;
use crate::stamp::{STAMP_KIND, StampAct};
use crate::witness::{WITNESS_KIND, WitnessAct};

/// Kind of the act that holds an original's keys and name (identity).
pub const SEAL_KIND: &str = "seal";
/// Kind of the act that gives an original its number (case).
pub const EXHIBIT_KIND: &str = "exhibit";
/// Kind of the act that holds a derivative's keys and says how it was made.
pub const DERIVE_KIND: &str = "derive";

/// First of the fields that a kind declares.
const FIRST_FIELD: usize = 5;
const NAME: usize = 5;
const SIZE: usize = 6;
const SHA256: usize = 7;
const SOURCE: usize = 8;
const OBJECT: usize = 9;
const AT: usize = 10;
/// Of `derive`: the root alone, so that a disclosure can open it without the object's keys.
const DERIVED_ROOT: usize = 11;

const NUMBER: usize = 5;
const KIND: usize = 6;
const ROOT: usize = 7;

/// Field `leaf` (5 to 15) of an act.
fn field(act: &Act, leaf: usize) -> &Value {
    static NULL: Value = Value::Null;
    act.fields.get(leaf.wrapping_sub(FIRST_FIELD)).unwrap_or(&NULL)
}

fn set(fields: &mut [Value; ACT_FIELDS], leaf: usize, value: Value) {
    if let Some(slot) = fields.get_mut(leaf.wrapping_sub(FIRST_FIELD)) {
        *slot = value;
    }
}

/// The subject that an original is by default: its own root.
#[must_use]
pub fn subject_of(root: &ObjectRoot) -> SubjectId {
    SubjectId(root.0)
}

/// What is known of an original when it is sealed.
#[derive(Clone, Debug, PartialEq)]
pub struct SealAct {
    /// The file's name, as found.
    pub name: String,
    /// Where it came from, as the caller wants to keep it (a map with unsigned keys).
    pub source: Value,
    /// The object.
    pub object: StoredObject,
    /// When, in milliseconds since 1970, self-asserted.
    pub at_ms: u64,
}

impl SealAct {
    /// The act: kind `seal`, compartment *identity*, about and under its own root.
    #[must_use]
    pub fn to_act(&self) -> Act {
        let root = self.object.root();
        let mut act = Act::new(SEAL_KIND, Compartment::Identity, subject_of(&root));
        act.about = BTreeSet::from([root]);
        set(&mut act.fields, NAME, Value::from(self.name.as_str()));
        set(&mut act.fields, SOURCE, self.source.clone());
        object_fields(&mut act, &self.object, self.at_ms);
        act
    }

    /// From an act of its kind, version 1.
    #[must_use]
    pub fn from_act(act: &Act) -> Option<Self> {
        (act.kind == SEAL_KIND && act.version == 1).then_some(())?;
        Some(Self {
            name: field(act, NAME).as_text()?.to_owned(),
            source: field(act, SOURCE).clone(),
            object: StoredObject::from_value(field(act, OBJECT))?,
            at_ms: field(act, AT).as_uint()?,
        })
    }
}

/// What everybody with the case may know of an original.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExhibitAct {
    /// Its number in the case, from 1.
    pub number: u64,
    /// What it is, a word (`recording`, `document` …).
    pub kind: String,
    /// The original.
    pub root: ObjectRoot,
}

impl ExhibitAct {
    /// The act: kind `exhibit`, compartment *case*, about and under the original's root.
    #[must_use]
    pub fn to_act(&self) -> Act {
        let mut act = Act::new(EXHIBIT_KIND, Compartment::Case, subject_of(&self.root));
        act.about = BTreeSet::from([self.root]);
        set(&mut act.fields, NUMBER, Value::from(self.number));
        set(&mut act.fields, KIND, Value::from(self.kind.as_str()));
        set(&mut act.fields, ROOT, Value::from(&self.root.0[..]));
        act
    }

    /// From an act of its kind, version 1.
    #[must_use]
    pub fn from_act(act: &Act) -> Option<Self> {
        (act.kind == EXHIBIT_KIND && act.version == 1).then_some(())?;
        Some(Self {
            number: field(act, NUMBER).as_uint()?,
            kind: field(act, KIND).as_text()?.to_owned(),
            root: ObjectRoot::from_slice(field(act, ROOT).as_bytes()?)?,
        })
    }
}

/// How a derivative was made.
#[derive(Clone, Debug, PartialEq)]
pub struct DeriveAct {
    /// What it is, a word (`reading`, `transcript`, `release-text` …).
    pub what: String,
    /// Tool, version, parameters, as the caller wants to keep them (a map with unsigned keys).
    pub detail: Value,
    /// The object.
    pub object: StoredObject,
    /// What it derives from.
    pub parent: BTreeSet<ObjectRoot>,
    /// Whose key it lies under: its parent's subject.
    pub subject: SubjectId,
    /// Its own compartment.
    pub compartment: Compartment,
    /// When, in milliseconds since 1970, self-asserted.
    pub at_ms: u64,
}

impl DeriveAct {
    /// The act: kind `derive`, about the derivative and its parents.
    #[must_use]
    pub fn to_act(&self) -> Act {
        let mut act = Act::new(DERIVE_KIND, self.compartment, self.subject);
        act.about = self.parent.iter().copied().chain([self.object.root()]).collect();
        act.parent.clone_from(&self.parent);
        set(&mut act.fields, NAME, Value::from(self.what.as_str()));
        set(&mut act.fields, SOURCE, self.detail.clone());
        object_fields(&mut act, &self.object, self.at_ms);
        set(&mut act.fields, DERIVED_ROOT, Value::from(&self.object.root().0[..]));
        act
    }

    /// From an act of its kind, version 1.
    #[must_use]
    pub fn from_act(act: &Act) -> Option<Self> {
        (act.kind == DERIVE_KIND && act.version == 1).then_some(())?;
        Some(Self {
            what: field(act, NAME).as_text()?.to_owned(),
            detail: field(act, SOURCE).clone(),
            object: StoredObject::from_value(field(act, OBJECT))?,
            parent: act.parent.clone(),
            subject: act.subject,
            compartment: act.compartment,
            at_ms: field(act, AT).as_uint()?,
        })
    }
}

fn object_fields(act: &mut Act, object: &StoredObject, at_ms: u64) {
    set(&mut act.fields, SIZE, Value::from(object.size));
    set(&mut act.fields, SHA256, Value::from(&object.sha256[..]));
    set(&mut act.fields, OBJECT, object.to_value());
    set(&mut act.fields, AT, Value::from(at_ms));
}

/// The object that an act holds, if it is of a kind that holds one.
#[must_use]
pub fn stored_object(act: &Act) -> Option<StoredObject> {
    let holds = act.kind == SEAL_KIND || act.kind == DERIVE_KIND;
    if holds { StoredObject::from_value(field(act, OBJECT)) } else { None }
}

/// Newest version of a kind that is read here; `None` for kinds of others.
#[must_use]
pub fn known_version(kind: &str) -> Option<u64> {
    [SEAL_KIND, EXHIBIT_KIND, DERIVE_KIND, STAMP_KIND, WITNESS_KIND].contains(&kind).then_some(1)
}

/// Whether an act is one of those read here, in a version and form that is known.
#[must_use]
pub fn understands(act: &Act) -> bool {
    let holds_an_object = SealAct::from_act(act).is_some() || DeriveAct::from_act(act).is_some();
    let stands_for_the_log = StampAct::from_act(act).is_some() || WitnessAct::from_act(act).is_some();
    holds_an_object || ExhibitAct::from_act(act).is_some() || stands_for_the_log
}

/// A map with unsigned keys, for `source` and `detail`.
#[must_use]
pub fn value_map(pairs: impl IntoIterator<Item = (u64, Value)>) -> Value {
    Value::Map(pairs.into_iter().collect::<BTreeMap<_, _>>())
}
