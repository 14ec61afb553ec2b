//! Reading the files of a bundle, and acts that are shown in part.
//!
//! Keeps: a file is read within its limit or streamed. Does not know: what a check concludes.

use crate::bag::{self, BagError};
use crate::zip::{Archive, ROOT};
use casemate_proof::act::ACT_PROFILE;
use casemate_proof::disclosure::{DisclosureError, verify_whole};
use casemate_proof::value::{Value, ValueError};
use casemate_proof::{Disclosure, ObjectRoot};
use std::collections::BTreeMap;
use std::io::{Read, Seek};

/// Longest disclosure of an object, in bytes: room for 10,000 cuts among a thousand million leaves.
pub(super) const DISCLOSURE_BYTES_MAX: u64 = 1 << 26;
/// Longest payload stream of an act, in bytes.
pub(super) const ACT_BYTES_MAX: u64 = 1 << 25;

/// Opens a bundle: one more reader of its bytes.
pub type Open<'a, R> = dyn Fn() -> std::io::Result<R> + Sync + 'a;

/// The files.
pub(super) struct Files<'a, R> {
    pub archive: &'a Archive,
    pub open: &'a Open<'a, R>,
}

impl<R: Read + Seek> Files<'_, R> {
    pub(super) fn small(&self, path: &str, most: u64) -> Result<Vec<u8>, BagError> {
        bag::small(self.archive, &mut (self.open)()?, path, most)
    }

    /// Whether the bundle has a file.
    pub(super) fn has(&self, path: &str) -> bool {
        self.archive.find(&format!("{ROOT}{path}")).is_some()
    }

    /// Size of a file and a reader of its own over it.
    pub(super) fn stream(&self, path: &str) -> Result<(u64, std::io::Take<R>), BagError> {
        let entry = self.archive.find(&format!("{ROOT}{path}")).ok_or_else(|| BagError::Missing(path.to_owned()))?;
        let mut source = (self.open)()?;
        // Positions the source at the content; the reader that takes ownership starts there.
        self.archive.open(&mut source, entry)?;
        Ok((entry.size, source.take(entry.size)))
    }
}

/// Why an act that is shown is refused.
#[derive(Debug, thiserror::Error)]
pub(super) enum ShownError {
    #[error(transparent)]
    Bag(#[from] BagError),
    #[error(transparent)]
    Disclosure(#[from] DisclosureError),
    #[error("a leaf of the act: {0}")]
    Value(#[from] ValueError),
    #[error("the object is not an act")]
    Profile,
    #[error("leaf {0} of the act is not open, or not in its form")]
    Leaf(u64),
    #[error("other leaves of the act are open than its kind shows")]
    Open,
    #[error("the act's version, class or weight is not that of its kind")]
    Head,
}

/// An act of which some leaves are open, proven against its root.
pub(super) struct ShownAct {
    pub root: ObjectRoot,
    pub payloads: BTreeMap<u64, Vec<u8>>,
}

impl ShownAct {
    /// Reads and verifies `NAME.act` and `NAME.leaves`.
    pub(super) fn read<R: Read + Seek>(files: &Files<'_, R>, name: &str) -> Result<Self, ShownError> {
        let disclosure = Disclosure::decode(&files.small(&format!("proof/{name}.act"), ACT_BYTES_MAX)?)?;
        let stream = files.small(&format!("proof/{name}.leaves"), ACT_BYTES_MAX)?;
        let (verified, open) = verify_whole(&disclosure, &stream)?;
        if verified.record.profile() != ACT_PROFILE {
            return Err(ShownError::Profile);
        }
        let payloads = open.iter().map(|leaf| (leaf.index, leaf.payload.to_vec())).collect();
        Ok(Self { root: verified.object_root, payloads })
    }

    pub(super) fn value(&self, leaf: u64) -> Result<Value, ShownError> {
        Ok(Value::decode(self.payloads.get(&leaf).ok_or(ShownError::Leaf(leaf))?)?)
    }

    pub(super) fn kind(&self) -> Result<String, ShownError> {
        let head = self.value(0)?;
        let kind = head.as_map().and_then(|m| m.get(&0)).and_then(Value::as_text);
        kind.map(str::to_owned).ok_or(ShownError::Leaf(0))
    }

    /// That the act is as its kind writes it (version 1, class *add*) and exactly `open` is shown of it.
    pub(super) fn is_as(&self, critical: bool, open: &[u64]) -> Result<(), ShownError> {
        const VERSION: u64 = 1;
        const CRITICAL: u64 = 2;
        const CLASS: u64 = 3;
        if !self.payloads.keys().eq(open) {
            return Err(ShownError::Open);
        }
        let head = self.value(0)?;
        let map = head.as_map().filter(|map| map.len() == 4).ok_or(ShownError::Head)?;
        let number = |key| map.get(&key).and_then(Value::as_uint);
        let weight = map.get(&CRITICAL).and_then(Value::as_bool);
        if number(VERSION) == Some(1) && number(CLASS) == Some(0) && weight == Some(critical) {
            Ok(())
        } else {
            Err(ShownError::Head)
        }
    }

    /// The compartment that the act says it lies in.
    pub(super) fn compartment(&self) -> Result<u64, ShownError> {
        const COMPARTMENT: u64 = 1;
        self.value(COMPARTMENT)?.as_uint().ok_or(ShownError::Leaf(COMPARTMENT))
    }

    pub(super) fn bytes32(&self, leaf: u64) -> Result<[u8; 32], ShownError> {
        self.value(leaf)?.as_bytes().and_then(|b| b.try_into().ok()).ok_or(ShownError::Leaf(leaf))
    }

    /// The object roots that the act names as parents.
    pub(super) fn parents(&self) -> Result<Vec<ObjectRoot>, ShownError> {
        const PARENT: u64 = 4;
        let value = self.value(PARENT)?;
        if value.is_null() {
            return Ok(Vec::new());
        }
        let array = value.as_array().filter(|roots| !roots.is_empty()).ok_or(ShownError::Leaf(PARENT))?;
        let roots = array.iter().map(|v| v.as_bytes().and_then(|b| b.try_into().ok()).map(ObjectRoot));
        let roots: Vec<ObjectRoot> = roots.collect::<Option<_>>().ok_or(ShownError::Leaf(PARENT))?;
        if roots.is_sorted_by(|a, b| a < b) { Ok(roots) } else { Err(ShownError::Leaf(PARENT)) }
    }
}
