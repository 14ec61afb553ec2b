//! That the bundle's checkpoint extends an earlier one of its lane: the `.proof` files beside stamped and cosigned notes.
//!
//! Keeps: one encoding. Does not know: who signed either.

use casemate_proof::tree::{TreeError, verify_consistency};
use casemate_proof::value::{Value, ValueError};
use casemate_proof::{Checkpoint, Hash};

/// Longest `.proof` file, in bytes.
pub(super) const CONSISTENCY_BYTES_MAX: u64 = 1 << 12;

/// Why it does not.
#[derive(Debug, thiserror::Error)]
pub(super) enum ExtendsError {
    #[error(transparent)]
    Tree(#[from] TreeError),
    #[error("the proof of consistency: {0}")]
    Value(#[from] ValueError),
    #[error("the proof of consistency is not in its form")]
    Form,
}

/// Whether `head` extends `earlier` by the bytes of a `.proof` file.
pub(super) fn extends(earlier: &Checkpoint, head: &Checkpoint, encoded: &[u8]) -> Result<(), ExtendsError> {
    let value = Value::decode(encoded)?;
    let hashes = value.as_array().ok_or(ExtendsError::Form)?.iter();
    let hashes = hashes.map(|hash| Hash::from_slice(hash.as_bytes()?)).collect::<Option<Vec<_>>>();
    let hashes = hashes.ok_or(ExtendsError::Form)?;
    Ok(verify_consistency((earlier.size, &earlier.root), (head.size, &head.root), &hashes)?)
}

/// The bytes of a `.proof` file.
///
/// # Errors
/// None for a proof of consistency: the errors of `Value`.
pub fn encode_consistency(proof: &[Hash]) -> Result<Vec<u8>, ValueError> {
    Value::Array(proof.iter().map(|hash| Value::Bytes(hash.0.to_vec())).collect()).encode()
}
