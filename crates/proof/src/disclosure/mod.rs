//! Showing some leaves of an object and proving that the rest is only hidden (`docs/format/objects.md`).
//!
//! Keeps: for one object and one mask there is one disclosure, and only that verifies.
//! Does not know: why a leaf is withheld, or who asks.

mod mask;
mod payloads;
mod prove;
mod verify;
mod wire;

pub use mask::{Mask, Terminal};
pub use payloads::{PayloadEvent, PayloadReader, write_payload, write_payload_head};
pub use prove::{Narrower, Prover};
pub use verify::{OpenLeaf, Verified, Verifier, verify_whole};

use crate::cbor::CborError;
use crate::ids::Hash;
use crate::object::{ObjectError, ObjectRecord, Seed};

/// Greatest number of runs of a mask.
pub const RUNS_MAX: usize = 1 << 20;
/// Greatest number of tokens for each run: one on either side of each of 40 levels, see `docs/format/objects.md`.
pub const TOKENS_PER_RUN_MAX: u64 = 2 * 41;
/// Fewest bytes of a payload stream that an open leaf takes: its ticks and its length.
pub const OPEN_LEAF_BYTES_MIN: u64 = 2;

/// Why a disclosure can't be made, or is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DisclosureError {
    /// A limit of the object is passed, or its record is not one.
    #[error(transparent)]
    Object(#[from] ObjectError),
    /// Not the encoding.
    #[error("disclosure: {0}")]
    Cbor(#[from] CborError),
    /// Another version of the encoding.
    #[error("disclosure version {0} is not known")]
    Version(u64),
    /// More runs than [`RUNS_MAX`].
    #[error("a mask has more than 2^20 runs")]
    Runs,
    /// A run of no leaves that is not the first, or runs that don't add up to n.
    #[error("the mask's runs don't cover the object's leaves exactly once")]
    Mask,
    /// More tokens than twice 41 for each run.
    #[error("more than 82 tokens for each run")]
    Tokens,
    /// A token of another kind or size than the mask has at this place: spare, not maximal, or for other leaves.
    #[error("token {0} is not the one that the mask has there")]
    Token(u64),
    /// The mask has more tokens.
    #[error("the tokens end at {0}, the mask has more")]
    TokenMissing(u64),
    /// Tokens follow the last one that the mask has.
    #[error("tokens follow the last one that the mask has")]
    TokenSurplus,
    /// More leaves are called open than the bytes at hand can hold.
    #[error("{open} leaves are called open, but only {bytes} bytes of payloads are at hand")]
    OpenLeaves {
        /// Leaves called open.
        open: u64,
        /// Bytes at hand.
        bytes: u64,
    },
    /// More leaves were given than the mask opens, or than the object has.
    #[error("a leaf more than the mask has")]
    LeafSurplus,
    /// Fewer leaves were given than the mask opens, or than the object has.
    #[error("leaf {0} was not given")]
    LeafMissing(u64),
    /// The leaves do not lead to the root of the record.
    #[error("the leaves do not lead to the record's root")]
    Root,
    /// The sum of the ticks is not the record's.
    #[error("the ticks do not add up to the record's")]
    Ticks,
    /// The narrower mask opens what the wider one hides.
    #[error("the narrower mask opens leaf {0}, which the disclosure hides")]
    Widens(u64),
    /// A seed was asked for that is not at hand: a fault of the caller's order of leaves.
    #[error("leaves were given out of order at {0}")]
    Order(u64),
    /// The stream of payloads ends inside a leaf, or behind the last one bytes follow.
    #[error("the stream of payloads does not hold exactly the open leaves")]
    Payloads,
}

/// One item of the proof, in preorder over the maximal nodes that are all open or all hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// All leaves below are open: the seed that gives their salts.
    Open(Seed),
    /// All leaves below are hidden.
    Hidden {
        /// Leaves below.
        leaves: u64,
        /// Sum of their ticks: the sealer's claim.
        ticks: u64,
        /// The node's hash.
        hash: Hash,
    },
}

/// A disclosure without the payloads of its open leaves, which stream beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disclosure {
    /// The object.
    pub record: ObjectRecord,
    /// Which leaves are open.
    pub mask: Mask,
    /// What leads from the leaves to the root.
    pub tokens: Vec<Token>,
}
