//! `c2sp.org/tlog-proof@v1`: that a leaf is in a log, self-contained and offline.
//!
//! Keeps: one encoding; the number of hashes is what index and size call for.
//! Does not know: what the leaf is; its hash is an argument.

use super::{
    Checkpoint, NoteError, NoteKey, SignedNote, TLOG_PROOF_BYTES_MAX, decode_base64, encode_base64, parse_decimal,
};
use crate::ids::Hash;
use crate::tree::{PROOF_HASHES_MAX, verify_inclusion};

/// The first line.
pub const TLOG_PROOF_HEADER: &str = "c2sp.org/tlog-proof@v1";

/// A log proof. This product writes no `extra` line, which nothing authenticates, and refuses one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlogProof {
    /// Place of the leaf.
    pub index: u64,
    /// The inclusion proof, the leaf's sibling first.
    pub path: Vec<Hash>,
    /// The checkpoint whose root it leads to.
    pub checkpoint: SignedNote,
}

impl TlogProof {
    /// The proof as it is sent.
    #[must_use]
    pub fn encode(&self) -> String {
        let mut out = format!("{TLOG_PROOF_HEADER}\nindex {}\n", self.index);
        for hash in &self.path {
            out.push_str(&encode_base64(&hash.0));
            out.push('\n');
        }
        out.push('\n');
        out.push_str(&self.checkpoint.encode());
        out
    }

    /// Reads a proof. Nothing is verified yet.
    ///
    /// # Errors
    /// Refuses a passed limit and every other form.
    pub fn decode(bytes: &[u8]) -> Result<Self, NoteError> {
        if bytes.len() > TLOG_PROOF_BYTES_MAX {
            return Err(NoteError::Bytes);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| NoteError::Proof)?;
        let (head, note) = text.split_once("\n\n").ok_or(NoteError::Proof)?;
        let mut lines = head.split('\n');
        if lines.next() != Some(TLOG_PROOF_HEADER) {
            return Err(NoteError::Proof);
        }
        let index = lines.next().and_then(|line| line.strip_prefix("index ")).and_then(parse_decimal);
        let index = index.ok_or(NoteError::Proof)?;
        let mut path = Vec::new();
        for line in lines {
            if path.len() == PROOF_HASHES_MAX {
                return Err(NoteError::Proof);
            }
            path.push(Hash::from_slice(&decode_base64(line)?).ok_or(NoteError::Proof)?);
        }
        Ok(Self { index, path, checkpoint: SignedNote::decode(note.as_bytes())? })
    }

    /// Checks that the leaf of this hash is in the log of this key; answers the checkpoint.
    ///
    /// # Errors
    /// If signature, origin or path fail.
    pub fn verify(&self, leaf: &Hash, key: &NoteKey) -> Result<Checkpoint, NoteError> {
        let checkpoint = Checkpoint::verify(&self.checkpoint, key)?;
        verify_inclusion(self.index, checkpoint.size, leaf, &self.path, &checkpoint.root)?;
        Ok(checkpoint)
    }
}
