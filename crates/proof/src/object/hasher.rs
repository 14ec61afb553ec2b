//! Hashing an object as its payloads stream by: O(log n) memory.
//!
//! Keeps: the number of leaves is the one announced; ticks are summed with the check.
//! Does not know: where payloads come from.

use super::record::{admit_leaves, admit_payload, admit_profile};
use super::{ITEM_TAG, Node, ObjectError, ObjectKey, ObjectRecord, Salts, Timebase, commit_item, join, leaf_node};
use crate::ids::{Hash, Oid};
use crate::shape::{Fold, Span};
use sha2::{Digest as _, Sha256};

/// Hashes one leaf whose payload comes in pieces.
#[derive(Clone, Debug)]
pub struct LeafHasher {
    oid: Oid,
    index: u64,
    ticks: u64,
    missing: u64,
    hasher: Sha256,
}

impl LeafHasher {
    /// Begins leaf `index` of a payload of `length` bytes.
    ///
    /// # Errors
    /// [`ObjectError::Payload`].
    pub fn new(salt: &[u8; 32], oid: &Oid, index: u64, ticks: u64, length: u64) -> Result<Self, ObjectError> {
        admit_payload(length)?;
        let mut hasher = Sha256::new_with_prefix(ITEM_TAG);
        hasher.update(salt);
        hasher.update(oid.0);
        hasher.update(index.to_be_bytes());
        hasher.update(length.to_be_bytes());
        Ok(Self { oid: *oid, index, ticks, missing: length, hasher })
    }

    /// Adds the next bytes of the payload.
    ///
    /// # Errors
    /// [`ObjectError::Pieces`] if they are more than announced.
    pub fn piece(&mut self, bytes: &[u8]) -> Result<(), ObjectError> {
        self.missing = self.missing.checked_sub(bytes.len() as u64).ok_or(ObjectError::Pieces(self.index))?;
        self.hasher.update(bytes);
        Ok(())
    }

    /// Payload bytes still to come.
    #[must_use]
    pub fn missing(&self) -> u64 {
        self.missing
    }

    /// The leaf.
    ///
    /// # Errors
    /// [`ObjectError::Pieces`] if bytes are missing.
    pub fn finish(self) -> Result<Node, ObjectError> {
        if self.missing != 0 {
            return Err(ObjectError::Pieces(self.index));
        }
        Ok(leaf_node(&self.oid, self.index, self.ticks, &Hash(self.hasher.finalize().into())))
    }
}

/// Hashes a whole object, leaf by leaf.
#[derive(Clone, Debug)]
pub struct ObjectHasher {
    profile: String,
    oid: Oid,
    leaves: u64,
    timebase: Timebase,
    salts: Salts,
    fold: Fold<Node>,
    next: u64,
    ticks: u64,
    open: Option<LeafHasher>,
}

impl ObjectHasher {
    /// Begins an object of exactly `leaves` leaves.
    ///
    /// # Errors
    /// If a limit is passed.
    pub fn new(key: &ObjectKey, oid: Oid, leaves: u64, profile: &str, timebase: Timebase) -> Result<Self, ObjectError> {
        admit_profile(profile)?;
        admit_leaves(leaves)?;
        let whole = Span { start: 0, size: leaves };
        Ok(Self {
            profile: profile.to_owned(),
            oid,
            leaves,
            timebase,
            salts: Salts::new(whole, key.root_seed(&oid)),
            fold: Fold::new(leaves),
            next: 0,
            ticks: 0,
            open: None,
        })
    }

    fn admit(&mut self, ticks: u64) -> Result<[u8; 32], ObjectError> {
        if self.open.is_some() {
            return Err(ObjectError::Pieces(self.next));
        }
        self.ticks = self.ticks.checked_add(ticks).filter(|t| *t <= super::TICKS_MAX).ok_or(ObjectError::Ticks)?;
        self.salts.salt(self.next).ok_or(ObjectError::Surplus(self.leaves))
    }

    fn push(&mut self, node: Node) -> Result<Hash, ObjectError> {
        self.fold.push(Span { start: self.next, size: 1 }, node, join)?;
        self.next += 1;
        Ok(node.hash)
    }

    /// Adds the next leaf, its payload whole. Answers `L_i`, which a caller may keep beside the ticks so as to make
    /// disclosures later without the payloads.
    ///
    /// # Errors
    /// If a limit or the announced number is passed. After an error the object can't be finished.
    pub fn leaf(&mut self, ticks: u64, payload: &[u8]) -> Result<Hash, ObjectError> {
        admit_payload(payload.len() as u64)?;
        let salt = self.admit(ticks)?;
        let commitment = commit_item(&salt, &self.oid, self.next, payload);
        self.push(leaf_node(&self.oid, self.next, ticks, &commitment))
    }

    /// Begins the next leaf, whose payload of `length` bytes comes in pieces.
    ///
    /// # Errors
    /// As [`ObjectHasher::leaf`].
    pub fn start_leaf(&mut self, ticks: u64, length: u64) -> Result<(), ObjectError> {
        let salt = self.admit(ticks)?;
        self.open = Some(LeafHasher::new(&salt, &self.oid, self.next, ticks, length)?);
        Ok(())
    }

    /// Adds bytes to the leaf begun.
    ///
    /// # Errors
    /// [`ObjectError::Pieces`] if no leaf was begun, or the bytes are more than announced.
    pub fn piece(&mut self, bytes: &[u8]) -> Result<(), ObjectError> {
        self.open.as_mut().ok_or(ObjectError::Pieces(self.next))?.piece(bytes)
    }

    /// Ends the leaf begun; answers `L_i`.
    ///
    /// # Errors
    /// [`ObjectError::Pieces`] if no leaf was begun, or bytes are missing.
    pub fn end_leaf(&mut self) -> Result<Hash, ObjectError> {
        let node = self.open.take().ok_or(ObjectError::Pieces(self.next))?.finish()?;
        self.push(node)
    }

    /// The record of the object.
    ///
    /// # Errors
    /// [`ObjectError::Missing`] if fewer leaves were given than announced.
    pub fn finish(self) -> Result<ObjectRecord, ObjectError> {
        let whole = Span { start: 0, size: self.leaves };
        let missing = ObjectError::Missing { announced: self.leaves, given: self.next };
        let root = *self.fold.whole(whole).filter(|_| self.open.is_none()).ok_or(missing)?;
        ObjectRecord::new(&self.profile, self.oid, self.leaves, self.timebase, root)
    }
}
