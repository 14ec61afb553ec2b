//! The RFC 6962 Merkle tree over SHA-256, its proofs, and the order in which its nodes are stored.
//!
//! Keeps: proofs are made from stored nodes, O(log n) of them read; appending needs the frontier alone.
//! Does not know: where nodes are stored, or what the leaves mean.

mod frontier;
mod make;
mod verify;

pub use frontier::{Frontier, StoredNode};
pub use make::{prove_consistency, prove_inclusion, root_at};
pub use verify::{root_of_inclusion, verify_consistency, verify_inclusion};

use crate::digest::sha256;
use crate::ids::Hash;

/// Greatest number of leaves of a tree.
pub const TREE_SIZE_MAX: u64 = 1 << 48;
/// Greatest number of hashes of a proof: one a level, and one more in a consistency proof.
pub const PROOF_HASHES_MAX: usize = 64;

/// Why a tree, or a proof, is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    /// More leaves than [`TREE_SIZE_MAX`].
    #[error("a tree has at most 2^48 leaves")]
    Size,
    /// A leaf beyond the tree, or an older tree larger than the newer.
    #[error("the index or size is beyond the tree")]
    Beyond,
    /// The proof has fewer or more hashes than the sizes call for.
    #[error("the proof has not the number of hashes that the sizes call for")]
    Length,
    /// The proof does not lead to the root.
    #[error("the proof does not lead to the root")]
    Root,
    /// A stored node is missing.
    #[error("node {index} of level {level} is not stored")]
    Node {
        /// 0 for leaves.
        level: u8,
        /// Place in its level.
        index: u64,
    },
    /// The bytes are not a frontier.
    #[error("the bytes are not a frontier")]
    Frontier,
}

/// SHA-256(0x00 ‖ data).
#[must_use]
pub fn leaf_hash(data: &[u8]) -> Hash {
    sha256(&[&[0], data])
}

/// SHA-256(0x01 ‖ left ‖ right).
#[must_use]
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    sha256(&[&[1], &left.0, &right.0])
}

/// The root of no leaves: SHA-256 of nothing.
#[must_use]
pub fn empty_root() -> Hash {
    sha256(&[])
}

/// The root over leaf hashes held in memory.
#[must_use]
pub fn root_of_leaves(leaves: &[Hash]) -> Hash {
    let mut frontier = Frontier::new();
    leaves.iter().for_each(|leaf| frontier.push(*leaf, |_| {}));
    frontier.root()
}

/// Where the node of a level and index stands in the one list of all complete nodes, each written when it becomes
/// complete (as Go's `tlog.StoredHashIndex`): an append-only file of 32-byte hashes serves every proof.
#[must_use]
pub fn stored_index(level: u8, index: u64) -> u64 {
    // Leaves below the node's right edge, all nodes over them, less those above this level on the same edge.
    let last_leaf = ((index + 1) << level) - 1;
    stored_count(last_leaf) + u64::from(level)
}

/// How many complete nodes are stored for a tree of n leaves.
#[must_use]
pub fn stored_count(n: u64) -> u64 {
    2 * n - u64::from(n.count_ones())
}

/// A reader of complete nodes: level (0 = leaves), index in the level.
pub trait ReadNode {
    /// The node, if it is stored.
    fn node(&self, level: u8, index: u64) -> Option<Hash>;
}

impl<F: Fn(u8, u64) -> Option<Hash>> ReadNode for F {
    fn node(&self, level: u8, index: u64) -> Option<Hash> {
        self(level, index)
    }
}

/// All complete nodes of a small tree in memory.
#[derive(Clone, Debug, Default)]
pub struct StoredNodes {
    nodes: Vec<Hash>,
    frontier: Frontier,
}

impl StoredNodes {
    /// Of no leaves.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a leaf.
    pub fn push(&mut self, leaf: Hash) {
        let nodes = &mut self.nodes;
        self.frontier.push(leaf, |stored| nodes.push(stored.hash));
    }

    /// The frontier over what was added.
    #[must_use]
    pub fn frontier(&self) -> &Frontier {
        &self.frontier
    }

    /// The nodes in stored order.
    #[must_use]
    pub fn nodes(&self) -> &[Hash] {
        &self.nodes
    }
}

impl ReadNode for StoredNodes {
    fn node(&self, level: u8, index: u64) -> Option<Hash> {
        self.nodes.get(usize::try_from(stored_index(level, index)).ok()?).copied()
    }
}
