//! The checkpoint: a log's origin, size and root, as the text of a note.
//!
//! Keeps: exactly three lines; extension lines, which nobody audits, are refused.
//! Does not know: whether it extends an earlier one.

use super::{NoteError, NoteKey, SignedNote, decode_base64, encode_base64, parse_decimal};
use crate::ids::Hash;
use crate::keys::SecretKey;
use crate::tree::TREE_SIZE_MAX;

/// The head of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's identity: for a lane `casemate/` and its id in hex.
    pub origin: String,
    /// Leaves.
    pub size: u64,
    /// RFC 6962 root.
    pub root: Hash,
}

impl Checkpoint {
    /// The text: origin, size and root, a line each.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, encode_base64(&self.root.0))
    }

    /// Reads the text.
    ///
    /// # Errors
    /// [`NoteError::Checkpoint`] for every other form.
    pub fn parse(text: &str) -> Result<Self, NoteError> {
        let mut lines = text.strip_suffix('\n').ok_or(NoteError::Checkpoint)?.split('\n');
        let (Some(origin), Some(size), Some(root), None) = (lines.next(), lines.next(), lines.next(), lines.next())
        else {
            return Err(NoteError::Checkpoint);
        };
        let size = parse_decimal(size).filter(|n| *n <= TREE_SIZE_MAX).ok_or(NoteError::Checkpoint)?;
        let root = Hash::from_slice(&decode_base64(root)?).ok_or(NoteError::Checkpoint)?;
        if origin.is_empty() {
            return Err(NoteError::Checkpoint);
        }
        Ok(Self { origin: origin.to_owned(), size, root })
    }

    /// Signs it, the origin being the key's name.
    ///
    /// # Errors
    /// If the origin is no key name.
    pub fn sign(&self, key: &SecretKey) -> Result<SignedNote, NoteError> {
        SignedNote::sign(&self.text(), &self.origin, key)
    }

    /// The checkpoint of a note that this key signed, the key's name being the origin.
    ///
    /// # Errors
    /// If the signature, the form or the origin is not right.
    pub fn verify(note: &SignedNote, key: &NoteKey) -> Result<Self, NoteError> {
        let checkpoint = Self::parse(note.verify(key)?)?;
        if checkpoint.origin == key.name() { Ok(checkpoint) } else { Err(NoteError::Origin) }
    }
}
