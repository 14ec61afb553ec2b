//! Acts (profile `act-v1`): sixteen fields, each a leaf, so that an act too can be shown in part.
//!
//! Keeps: an act has one encoding; kinds and versions that are not known are kept whole and give the same root.
//! Does not know: what any kind means, or who may do it.

mod body;
mod fields;

pub use body::{BODY_STEP, body_key, decode_body, encode_body};

use crate::disclosure::{Disclosure, DisclosureError, Mask, Prover};
use crate::ids::{ObjectRoot, Oid};
use crate::object::{ObjectError, ObjectHasher, ObjectKey, ObjectRecord, Salts, Timebase, commit_item, leaf_node};
use crate::shape::Span;
use crate::value::{Value, ValueError};
use std::collections::BTreeSet;

/// The profile of acts.
pub const ACT_PROFILE: &str = "act-v1";
/// Leaves of an act.
pub const ACT_LEAVES: usize = 16;
/// Fields that each kind uses as it declares: leaves 5 to 15.
pub const ACT_FIELDS: usize = 11;
/// Greatest length of a kind's name, characters of `a-z0-9-`.
pub const KIND_MAX: usize = 64;
/// Greatest number of object roots in `about`, and in `parent`.
pub const ROOTS_MAX: usize = 1 << 16;

/// Why an act can't be made or read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ActError {
    /// The name of the kind is empty, too long or has other characters.
    #[error("a kind is 1 to 64 characters of a-z, 0-9 and -")]
    Kind,
    /// More roots than [`ROOTS_MAX`].
    #[error("an act names more than 2^16 objects")]
    Roots,
    /// A leaf is not what `act-v1` has there.
    #[error("leaf {0} of an act is not what act-v1 has there")]
    Leaf(usize),
    /// A leaf is not a value.
    #[error("leaf {leaf} of an act: {cause}")]
    Value {
        /// Which.
        leaf: usize,
        /// Why.
        cause: ValueError,
    },
    /// The object's limits.
    #[error(transparent)]
    Object(#[from] ObjectError),
    /// A body that is not the encoding: its key, its sixteen payloads, zeros up to a step.
    #[error("the body is not a key, sixteen payloads and zeros up to a step of 256 bytes")]
    Body,
    /// The body does not belong to the object root given.
    #[error("the body's act is not the object {0}")]
    Root(ObjectRoot),
}

/// How concurrent acts of a kind are reconciled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// All stand.
    Add,
    /// The last in order shows, the losers stay listed.
    Last,
    /// Concurrent edits both stay, a person resolves.
    Text,
    /// Wins over concurrent grants.
    Revoke,
    /// Wins always.
    Erase,
    /// A class of a later version, by its number (above 4).
    Later(u64),
}

impl Class {
    /// The number that is written.
    #[must_use]
    pub fn code(self) -> u64 {
        match self {
            Self::Add => 0,
            Self::Last => 1,
            Self::Text => 2,
            Self::Revoke => 3,
            Self::Erase => 4,
            Self::Later(code) => code,
        }
    }

    /// The class of a number.
    #[must_use]
    pub fn from_code(code: u64) -> Self {
        match code {
            0 => Self::Add,
            1 => Self::Last,
            2 => Self::Text,
            3 => Self::Revoke,
            4 => Self::Erase,
            later => Self::Later(later),
        }
    }
}

/// Who may read an act's body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Compartment {
    /// Originals, real names.
    Identity,
    /// Reviewed views, aliases.
    Case,
    /// What a newsroom gets.
    Press,
    /// A compartment of a later version, by its number (above 2).
    Later(u64),
}

impl Compartment {
    /// The number that is written.
    #[must_use]
    pub fn code(self) -> u64 {
        match self {
            Self::Identity => 0,
            Self::Case => 1,
            Self::Press => 2,
            Self::Later(code) => code,
        }
    }

    /// The compartment of a number.
    #[must_use]
    pub fn from_code(code: u64) -> Self {
        match code {
            0 => Self::Identity,
            1 => Self::Case,
            2 => Self::Press,
            later => Self::Later(later),
        }
    }
}

/// Whose key an act lies under: an exhibit, a person (32 random bytes each), or the case (its id).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SubjectId(pub [u8; 32]);

/// One signed fact of the custody log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// The name of its kind.
    pub kind: String,
    /// The version of its kind.
    pub version: u64,
    /// Whether a reader that does not understand it must stop writing.
    pub critical: bool,
    /// How it is reconciled with concurrent ones.
    pub class: Class,
    /// Who may read it.
    pub compartment: Compartment,
    /// Whose key it lies under.
    pub subject: SubjectId,
    /// The objects that it speaks of; counted by the census.
    pub about: BTreeSet<ObjectRoot>,
    /// The objects that it derives from; opened whenever the derivative is disclosed.
    pub parent: BTreeSet<ObjectRoot>,
    /// What its kind declares.
    pub fields: [Value; ACT_FIELDS],
}

impl Act {
    /// An act of a kind, version 1, not critical, class *add*, about nothing, its fields unused.
    #[must_use]
    pub fn new(kind: &str, compartment: Compartment, subject: SubjectId) -> Self {
        Self {
            kind: kind.to_owned(),
            version: 1,
            critical: false,
            class: Class::Add,
            compartment,
            subject,
            about: BTreeSet::new(),
            parent: BTreeSet::new(),
            fields: std::array::from_fn(|_| Value::Null),
        }
    }

    /// The sixteen payloads.
    ///
    /// # Errors
    /// If a limit is passed.
    pub fn payloads(&self) -> Result<[Vec<u8>; ACT_LEAVES], ActError> {
        fields::encode(self)
    }

    /// Reads an act from its sixteen payloads.
    ///
    /// # Errors
    /// Refuses every encoding but the one.
    pub fn from_payloads(payloads: &[Vec<u8>; ACT_LEAVES]) -> Result<Self, ActError> {
        fields::decode(payloads)
    }
}

/// An act made an object: with its id and key.
#[derive(Clone, Debug)]
pub struct SealedAct {
    /// The act.
    pub act: Act,
    /// Its object id.
    pub oid: Oid,
    /// Its object key.
    pub key: ObjectKey,
    /// Its sixteen payloads.
    pub payloads: [Vec<u8>; ACT_LEAVES],
    /// Its record.
    pub record: ObjectRecord,
}

impl SealedAct {
    /// Seals an act under a fresh id and key (32 random bytes each).
    ///
    /// # Errors
    /// If a limit is passed.
    pub fn new(act: Act, oid: Oid, key: ObjectKey) -> Result<Self, ActError> {
        let payloads = act.payloads()?;
        let record = record(&key, oid, &payloads)?;
        Ok(Self { act, oid, key, payloads, record })
    }

    /// Its object root: what the log's entry holds.
    #[must_use]
    pub fn root(&self) -> ObjectRoot {
        self.record.object_root()
    }

    /// The body, before it is encrypted.
    #[must_use]
    pub fn body(&self) -> Vec<u8> {
        encode_body(&self.key, &self.payloads)
    }

    /// Shows some of its sixteen leaves: the disclosure; the open payloads stream beside it.
    ///
    /// # Errors
    /// If the mask is not for sixteen leaves.
    pub fn disclose(&self, mask: Mask) -> Result<Disclosure, DisclosureError> {
        let mut salts = Salts::new(Span { start: 0, size: ACT_LEAVES as u64 }, self.key.root_seed(&self.oid));
        let mut prover = Prover::new(&self.key, self.record.clone(), mask)?;
        for (index, payload) in (0u64..).zip(&self.payloads) {
            let salt = salts.salt(index).ok_or(DisclosureError::Order(index))?;
            let commitment = commit_item(&salt, &self.oid, index, payload);
            prover.leaf(1, leaf_node(&self.oid, index, 1, &commitment).hash)?;
        }
        prover.finish()
    }

    /// Opens a decrypted body and checks that it is the act of this root.
    ///
    /// # Errors
    /// Refuses another encoding, and another act.
    pub fn open(oid: Oid, body: &[u8], root: &ObjectRoot) -> Result<Self, ActError> {
        let (key, payloads) = decode_body(body)?;
        let record = record(&key, oid, &payloads)?;
        if record.object_root() != *root {
            return Err(ActError::Root(*root));
        }
        let act = Act::from_payloads(&payloads)?;
        Ok(Self { act, oid, key, payloads, record })
    }
}

fn record(key: &ObjectKey, oid: Oid, payloads: &[Vec<u8>; ACT_LEAVES]) -> Result<ObjectRecord, ActError> {
    let mut hasher = ObjectHasher::new(key, oid, ACT_LEAVES as u64, ACT_PROFILE, Timebase::UNIT)?;
    for payload in payloads {
        hasher.leaf(1, payload)?;
    }
    Ok(hasher.finish()?)
}
