//! The frontier: the complete subtrees of a tree, enough to append and to know the root.
//!
//! Keeps: one hash for each 1 bit of the size, largest subtree first; O(log n) to append, to store, to root.
//! Does not know: earlier leaves.

use super::{TREE_SIZE_MAX, TreeError, empty_root, node_hash};
use crate::ids::Hash;

/// A node that became complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredNode {
    /// 0 for leaves.
    pub level: u8,
    /// Place in its level.
    pub index: u64,
    /// Its hash.
    pub hash: Hash,
}

/// The state of an append-only tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    /// Roots of the complete subtrees, left to right.
    peaks: Vec<Hash>,
}

impl Frontier {
    /// Of no leaves.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of leaves.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf's hash; `stored` is told each node that becomes complete, the leaf first, in the order of
    /// [`super::stored_index`].
    pub fn push(&mut self, leaf: Hash, mut stored: impl FnMut(StoredNode)) {
        let mut node = StoredNode { level: 0, index: self.size, hash: leaf };
        stored(node);
        while node.index & 1 == 1 {
            let Some(left) = self.peaks.pop() else { break };
            node = StoredNode { level: node.level + 1, index: node.index >> 1, hash: node_hash(&left, &node.hash) };
            stored(node);
        }
        self.peaks.push(node.hash);
        self.size += 1;
    }

    /// The root.
    #[must_use]
    pub fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev();
        let Some(last) = peaks.next() else { return empty_root() };
        peaks.fold(*last, |right, left| node_hash(left, &right))
    }

    /// Its bytes: the size, big-endian, then its hashes from left to right.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = self.size.to_be_bytes().to_vec();
        self.peaks.iter().for_each(|peak| out.extend(peak.0));
        out
    }

    /// From its bytes.
    ///
    /// # Errors
    /// [`TreeError::Frontier`] if they are not a size and its hashes; [`TreeError::Size`].
    pub fn decode(bytes: &[u8]) -> Result<Self, TreeError> {
        let (size, rest) = bytes.split_first_chunk::<8>().ok_or(TreeError::Frontier)?;
        let size = u64::from_be_bytes(*size);
        if size > TREE_SIZE_MAX {
            return Err(TreeError::Size);
        }
        if rest.len() != size.count_ones() as usize * 32 {
            return Err(TreeError::Frontier);
        }
        let peaks = rest.chunks_exact(32).filter_map(Hash::from_slice).collect();
        Ok(Self { size, peaks })
    }
}
