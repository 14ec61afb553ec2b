//! The selection: what a discloser signs, so that nobody else's cut of the same object passes for theirs.
//!
//! Keeps: one encoding; objects are listed once each, in order.
//! Does not know: whether the discloser had the right to.

use crate::cbor::{CborError, Reader, Writer};
use crate::disclosure::{DisclosureError, Mask, RUNS_MAX};
use crate::ids::{CaseId, ObjectRoot};
use crate::keys::{KeyError, PublicKey, SecretKey, Signature};
use std::collections::BTreeMap;

const SELECTION_TAG: &[u8] = b"casemate/selection/v1\0";
/// Greatest number of objects in a selection.
pub const SELECTED_MAX: usize = 1 << 16;
/// Greatest length of the purpose, bytes of text.
pub const PURPOSE_MAX: usize = 4096;

/// Why a selection is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SelectionError {
    /// More objects than [`SELECTED_MAX`].
    #[error("a selection has more than 2^16 objects")]
    Objects,
    /// Longer than [`PURPOSE_MAX`].
    #[error("a purpose is longer than 4096 bytes")]
    Purpose,
    /// Objects out of order or twice.
    #[error("the objects are not in order, once each")]
    Order,
    /// A mask.
    #[error(transparent)]
    Mask(#[from] DisclosureError),
    /// Not the encoding.
    #[error("selection: {0}")]
    Cbor(#[from] CborError),
    /// The signature.
    #[error(transparent)]
    Key(#[from] KeyError),
}

/// What is disclosed, why and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// The case; `None` in what must not name it.
    pub case: Option<CaseId>,
    /// Each object's mask.
    pub objects: BTreeMap<ObjectRoot, Mask>,
    /// Why, in the discloser's words.
    pub purpose: String,
    /// When, by the discloser's clock: seconds since 1970-01-01T00:00:00Z.
    pub date: u64,
    /// The signature of the disclosure that this one narrows.
    pub previous: Option<Signature>,
}

impl Selection {
    /// The encoding: `{0: case id or null, 1: [[OR, [runs]]…], 2: purpose, 3: date, 4: signature or null}`.
    ///
    /// # Errors
    /// If a limit is passed.
    pub fn encode(&self) -> Result<Vec<u8>, SelectionError> {
        if self.objects.len() > SELECTED_MAX {
            return Err(SelectionError::Objects);
        }
        if self.purpose.len() > PURPOSE_MAX {
            return Err(SelectionError::Purpose);
        }
        let mut writer = Writer::new();
        writer.map(5).uint(0);
        match &self.case {
            Some(case) => writer.bytes(&case.0),
            None => writer.null(),
        };
        writer.uint(1).array(self.objects.len());
        for (root, mask) in &self.objects {
            writer.array(2).bytes(&root.0).array(mask.runs().len());
            mask.runs().iter().for_each(|run| {
                writer.uint(*run);
            });
        }
        writer.uint(2).text(&self.purpose).uint(3).uint(self.date).uint(4);
        match &self.previous {
            Some(signature) => writer.bytes(&signature.0),
            None => writer.null(),
        };
        Ok(writer.into_bytes())
    }

    /// Reads a selection and nothing else.
    ///
    /// # Errors
    /// Refuses a passed limit and every other encoding.
    pub fn decode(bytes: &[u8]) -> Result<Self, SelectionError> {
        let mut reader = Reader::new(bytes);
        reader.map_of(5)?;
        let case = if reader.key(0)?.null()? { None } else { Some(CaseId(reader.fixed()?)) };
        let count = reader.key(1)?.array()?;
        if count > SELECTED_MAX {
            return Err(SelectionError::Objects);
        }
        let mut objects = BTreeMap::new();
        for _ in 0..count {
            let (root, mask) = read_object(&mut reader)?;
            if objects.last_key_value().is_some_and(|(last, _)| *last >= root) {
                return Err(SelectionError::Order);
            }
            objects.insert(root, mask);
        }
        let purpose = reader.key(2)?.text()?.to_owned();
        let date = reader.key(3)?.uint()?;
        let previous = if reader.key(4)?.null()? { None } else { Some(Signature(reader.fixed()?)) };
        reader.end()?;
        if purpose.len() > PURPOSE_MAX {
            return Err(SelectionError::Purpose);
        }
        Ok(Self { case, objects, purpose, date, previous })
    }

    /// The discloser's signature over tag ‖ encoding.
    ///
    /// # Errors
    /// If a limit is passed.
    pub fn sign(&self, key: &SecretKey) -> Result<Signature, SelectionError> {
        Ok(key.sign(&[SELECTION_TAG, &self.encode()?].concat()))
    }

    /// Checks the signature.
    ///
    /// # Errors
    /// [`SelectionError::Key`], or a passed limit.
    pub fn verify(&self, key: &PublicKey, signature: &Signature) -> Result<(), SelectionError> {
        Ok(key.verify(&[SELECTION_TAG, &self.encode()?].concat(), signature)?)
    }
}

fn read_object(reader: &mut Reader<'_>) -> Result<(ObjectRoot, Mask), SelectionError> {
    reader.array_of(2)?;
    let root = ObjectRoot(reader.fixed()?);
    let count = reader.array()?;
    if count > RUNS_MAX {
        return Err(DisclosureError::Runs.into());
    }
    let runs = (0..count).map(|_| reader.uint()).collect::<Result<Vec<_>, _>>()?;
    Ok((root, Mask::from_runs(runs)?))
}
