//! Objects, suite 1: an ordered list of salted leaves committed to once (`docs/format/objects.md`).
//!
//! Keeps: the same leaves, key and id give the same root, in any number of pieces; no limit is passed.
//! Does not know: what a payload means, or where it is kept.

mod hasher;
mod record;
mod salt;

pub use hasher::{LeafHasher, ObjectHasher};
pub(crate) use record::admit_payload;
pub use record::{ObjectRecord, Timebase};
pub use salt::{ObjectKey, Salts, Seed};

use crate::cbor::CborError;
use crate::digest::{Form, short};
use crate::ids::{Hash, Oid};

/// The only suite: SHA-256, HMAC-SHA-256.
pub const SUITE: u64 = 1;
/// Greatest number of leaves of an object.
pub const LEAVES_MAX: u64 = 1 << 40;
/// Greatest sum of an object's ticks.
pub const TICKS_MAX: u64 = (1 << 53) - 1;
/// Greatest length of a leaf's payload, bytes.
pub const PAYLOAD_MAX: u64 = 1 << 32;
/// Greatest length of a profile's name, ASCII characters.
pub const PROFILE_MAX: usize = 64;

const ITEM_TAG: &[u8] = b"casemate/item/v1\0";
const LEAF_TAG: &[u8] = b"casemate/leaf/v1\0";
const NODE_TAG: &[u8] = b"casemate/node/v1\0";
/// 0 ‖ tag ‖ oid ‖ i ‖ t ‖ C
const LEAF: Form<2> = Form::new(&[0], LEAF_TAG, 1 + LEAF_TAG.len() + 32 + 8 + 8 + 32);
/// 1 ‖ tag ‖ (n ‖ t ‖ h) of both sides
const NODE: Form<2> = Form::new(&[1], NODE_TAG, 1 + NODE_TAG.len() + 2 * (8 + 8 + 32));

/// Why an object can't be made or read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ObjectError {
    /// n is 0 or above [`LEAVES_MAX`].
    #[error("an object has 1 to 2^40 leaves")]
    Leaves,
    /// The ticks exceed [`TICKS_MAX`].
    #[error("an object's ticks exceed 2^53-1")]
    Ticks,
    /// A payload is longer than [`PAYLOAD_MAX`].
    #[error("a payload is longer than 2^32 bytes")]
    Payload,
    /// The profile is empty, too long, or not printable ASCII without spaces.
    #[error("a profile is 1 to 64 printable ASCII characters without spaces")]
    Profile,
    /// A timebase with a zero in it.
    #[error("a timebase has a numerator and a denominator of at least 1")]
    Timebase,
    /// The record names another suite.
    #[error("suite {0} is not known")]
    Suite(u64),
    /// More leaves than announced.
    #[error("more than the announced {0} leaves")]
    Surplus(u64),
    /// Fewer leaves than announced.
    #[error("{given} of the announced {announced} leaves were given")]
    Missing {
        /// Leaves announced.
        announced: u64,
        /// Leaves given.
        given: u64,
    },
    /// The pieces of a payload don't add up to its announced length, or a leaf is open while another begins.
    #[error("the pieces of leaf {0} are not its announced length")]
    Pieces(u64),
    /// Not the record's encoding.
    #[error("record: {0}")]
    Cbor(#[from] CborError),
}

/// What a node of an object's tree says: t and h of `N`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// Sum of the ticks below.
    pub ticks: u64,
    /// Its hash: `L_i` of a leaf, `N` of an inner node.
    pub hash: Hash,
}

/// `C_i` of a payload held whole.
#[must_use]
pub fn commit_item(salt: &[u8; 32], oid: &Oid, index: u64, payload: &[u8]) -> Hash {
    let (i, length) = (index.to_be_bytes(), crate::digest::length(payload));
    short(&[ITEM_TAG, salt, &oid.0, &i, &length, payload])
}

/// `L_i`: the leaf over a commitment.
#[must_use]
pub fn leaf_node(oid: &Oid, index: u64, ticks: u64, commitment: &Hash) -> Node {
    let (i, t) = (index.to_be_bytes(), ticks.to_be_bytes());
    let hash = LEAF.hash(&[&oid.0, &i, &t, &commitment.0]);
    Node { ticks, hash }
}

/// `N`: the node over two, their ticks summed with the check.
///
/// # Errors
/// [`ObjectError::Ticks`].
pub fn join(left: (u64, &Node), right: (u64, &Node)) -> Result<Node, ObjectError> {
    let ticks = left.1.ticks.checked_add(right.1.ticks).filter(|sum| *sum <= TICKS_MAX).ok_or(ObjectError::Ticks)?;
    let ((ln, l), (rn, r)) = ((left.0.to_be_bytes(), left.1), (right.0.to_be_bytes(), right.1));
    let (lt, rt) = (l.ticks.to_be_bytes(), r.ticks.to_be_bytes());
    let hash = NODE.hash(&[&ln, &lt, &l.hash.0, &rn, &rt, &r.hash.0]);
    Ok(Node { ticks, hash })
}
