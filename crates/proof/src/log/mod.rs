//! The custody log: lanes of entries, commits, the maps over lanes and exhibits (`docs/format/log.md`).
//!
//! Keeps: a lane only grows; each commit follows from the lane before it and the heads that it has seen.
//! Does not know: where entries are stored, what acts other than `lane`, `commit` and `census` say.

mod census;
mod commit;
mod grant;
mod heads;
mod lane;
mod map;
mod via;

pub use census::{CENSUS_KIND, Census, CensusAct, CensusRow};
pub use commit::{COMMIT_KIND, CommitAct};
pub use grant::{Grant, LANE_KIND, LaneKeys, SignedGrant};
pub use heads::{Comparison, compare_heads, verify_in_seen};
pub use lane::{Lamport, LaneState, SeenLamports};
pub use map::{Map, MapProof, MapRow};
pub use via::Via;

use crate::act::ActError;
use crate::cbor::CborError;
use crate::digest::sha256;
use crate::ids::{CaseId, Hash, LaneId, ObjectRoot};
use crate::keys::{KeyError, PublicKey};
use crate::tree::{TreeError, leaf_hash};

const ENTRY_TAG: &[u8] = b"casemate/entry/v1\0";
const LANE_TAG: &[u8] = b"casemate/lane/v1\0";
/// What precedes a lane's id in its checkpoint's origin and key name.
pub const ORIGIN_PREFIX: &str = "casemate/";
/// Length of an entry's leaf data, bytes.
pub const ENTRY_BYTES: usize = ENTRY_TAG.len() + 3 * 32;
/// Greatest number of lanes that a commit has seen.
pub const LANES_MAX: usize = 4096;

/// Why a log is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogError {
    /// The tree.
    #[error(transparent)]
    Tree(#[from] TreeError),
    /// A record.
    #[error("log record: {0}")]
    Cbor(#[from] CborError),
    /// An act.
    #[error(transparent)]
    Act(#[from] ActError),
    /// A key or a signature.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// Entry 0 is not a `lane` act that can be read.
    #[error("entry 0 of a lane is not its lane act")]
    NoLaneAct,
    /// An act of another kind, or its fields are not what the kind has.
    #[error("the act is not a {0} act of a known version")]
    NotKind(&'static str),
    /// The grant is for another case or lane, or the lane's id does not follow from its key.
    #[error("the grant is not for this case, lane and key")]
    Grant,
    /// The grant is signed by another key than the owner's.
    #[error("the grant is not signed by the owner")]
    Owner,
    /// A role that is empty, too long or has control characters.
    #[error("a role is 1 to 64 bytes of text without control characters")]
    Role,
    /// More lanes than [`LANES_MAX`].
    #[error("a commit has seen more than 4096 lanes")]
    Lanes,
    /// A commit lists its own lane as seen.
    #[error("a commit lists its own lane among those it has seen")]
    SeenSelf,
    /// A seen lane went back, vanished, or has another root at the same size.
    #[error("lane {0} went back, vanished or changed between two commits")]
    SeenBack(LaneId),
    /// A seen head is not one that its lane has.
    #[error("lane {0} has no such head")]
    SeenUnknown(LaneId),
    /// The Lamport clock is not the one that follows.
    #[error("the commit's clock is {found}, {expected} follows")]
    Lamport {
        /// In the commit.
        found: u64,
        /// What follows.
        expected: u64,
    },
    /// The map root is not that over the heads.
    #[error("the commit's map root is not that of the lanes' heads")]
    MapRoot,
    /// The commit counts other entries than there are.
    #[error("the commit counts {found} entries, there are {expected}")]
    Count {
        /// In the commit.
        found: u64,
        /// Entries since the last commit, this one included.
        expected: u64,
    },
    /// Entries follow the last commit.
    #[error("{0} entries follow the last commit")]
    Uncommitted(u64),
    /// A map's keys are not in order, once each.
    #[error("a map's keys are not in order, once each")]
    MapOrder,
    /// A row is not in the map.
    #[error("the row is not in the map")]
    MapRow,
    /// The bytes are not a lane's state.
    #[error("the bytes are not a lane's state")]
    State,
}

/// The head of a lane: its size and root.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Head {
    /// Entries.
    pub size: u64,
    /// RFC 6962 root.
    pub root: Hash,
}

/// The order of acts in a case: by clock, then lane, then place in the lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActOrder {
    /// The Lamport clock of the act's commit.
    pub lamport: u64,
    /// The lane, compared bytewise.
    pub lane: LaneId,
    /// The place in the lane.
    pub index: u64,
}

/// The id of a lane: SHA-256(tag ‖ case id ‖ the lane's public key).
#[must_use]
pub fn lane_id(case: &CaseId, key: &PublicKey) -> LaneId {
    LaneId(sha256(&[LANE_TAG, &case.0, key.as_bytes()]).0)
}

/// The origin of a lane's checkpoints, which is also its key's name in notes: `casemate/` and the id in hex.
#[must_use]
pub fn origin(lane: &LaneId) -> String {
    format!("{ORIGIN_PREFIX}{lane}")
}

/// The leaf data of an entry: tag ‖ case id ‖ lane id ‖ the act's object root.
#[must_use]
pub fn entry_data(case: &CaseId, lane: &LaneId, act: &ObjectRoot) -> [u8; ENTRY_BYTES] {
    let mut data = [0; ENTRY_BYTES];
    let parts = ENTRY_TAG.iter().chain(&case.0).chain(&lane.0).chain(&act.0);
    data.iter_mut().zip(parts).for_each(|(slot, byte)| *slot = *byte);
    data
}

/// The leaf hash of an entry.
#[must_use]
pub fn entry_hash(case: &CaseId, lane: &LaneId, act: &ObjectRoot) -> Hash {
    leaf_hash(&entry_data(case, lane, act))
}
