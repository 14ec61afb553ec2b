//! Comparing two heads of one lane, and reaching an act of another lane through what a commit has seen.
//!
//! Keeps: "forked" is said only where two signed heads can't be of one lane.
//! Does not know: who signed the heads; check that first.

use super::{Head, LogError, MapProof, MapRow};
use crate::ids::{Hash, LaneId};
use crate::tree::{ReadNode, root_at, verify_inclusion};
use std::cmp::Ordering;

/// What two heads of one lane are to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// The same head.
    Same,
    /// The second extends the first.
    Extends,
    /// The first extends the second.
    ExtendedBy,
    /// No lane has both: proof of equivocation.
    Forked,
    /// The nodes at hand are not those of either head, so nothing is shown.
    NotShown,
}

/// Compares two heads with the help of the lane's stored nodes.
#[must_use]
pub fn compare_heads(first: &Head, second: &Head, nodes: &impl ReadNode) -> Comparison {
    let (older, newer, found) = match first.size.cmp(&second.size) {
        Ordering::Equal if first.root == second.root => return Comparison::Same,
        Ordering::Equal => return Comparison::Forked,
        Ordering::Less => (first, second, Comparison::Extends),
        Ordering::Greater => (second, first, Comparison::ExtendedBy),
    };
    match (root_at(older.size, nodes), root_at(newer.size, nodes)) {
        (Ok(old), Ok(new)) if new == newer.root => {
            if old == older.root {
                found
            } else {
                Comparison::Forked
            }
        }
        _ => Comparison::NotShown,
    }
}

/// Checks an entry of another lane: it is in the tree of a head that the lane map of a commit holds. The map root must
/// come from an opened field of that commit's act, itself proven in the discloser's lane.
///
/// # Errors
/// The tree's errors, [`LogError::MapRow`].
pub fn verify_in_seen(
    (index, entry, path): (u64, &Hash, &[Hash]),
    (lane, head): (&LaneId, &Head),
    proof: &MapProof,
    map_root: &Hash,
) -> Result<(), LogError> {
    verify_inclusion(index, head.size, entry, path, &head.root)?;
    proof.verify(&MapRow::of_lane(lane, head), map_root)
}
