//! Checking inclusion and consistency proofs (RFC 9162 §2.1.3.2 and §2.1.4.2, the same trees as RFC 6962).
//!
//! Keeps: a proof has exactly the hashes that the sizes call for.
//! Does not know: who signed the roots.

use super::{TREE_SIZE_MAX, TreeError, empty_root, node_hash};
use crate::ids::Hash;

/// The root to which an inclusion proof leads.
///
/// # Errors
/// [`TreeError::Beyond`], [`TreeError::Length`], [`TreeError::Size`].
pub fn root_of_inclusion(index: u64, size: u64, leaf: &Hash, proof: &[Hash]) -> Result<Hash, TreeError> {
    if size > TREE_SIZE_MAX {
        return Err(TreeError::Size);
    }
    if index >= size {
        return Err(TreeError::Beyond);
    }
    let (mut place, mut last, mut root) = (index, size - 1, *leaf);
    for sibling in proof {
        if last == 0 {
            return Err(TreeError::Length);
        }
        if place & 1 == 1 || place == last {
            root = node_hash(sibling, &root);
            while place & 1 == 0 && place != 0 {
                (place, last) = (place >> 1, last >> 1);
            }
        } else {
            root = node_hash(&root, sibling);
        }
        (place, last) = (place >> 1, last >> 1);
    }
    if last == 0 { Ok(root) } else { Err(TreeError::Length) }
}

/// Checks that the leaf of this hash stands at `index` in the tree of `size` leaves and this root.
///
/// # Errors
/// [`TreeError::Beyond`], [`TreeError::Length`], [`TreeError::Root`], [`TreeError::Size`].
pub fn verify_inclusion(index: u64, size: u64, leaf: &Hash, proof: &[Hash], root: &Hash) -> Result<(), TreeError> {
    if root_of_inclusion(index, size, leaf, proof)? == *root { Ok(()) } else { Err(TreeError::Root) }
}

/// Checks that the tree of `new` leaves extends that of `old` leaves. Every tree extends the empty one, whose root is
/// checked too.
///
/// # Errors
/// [`TreeError::Beyond`], [`TreeError::Length`], [`TreeError::Root`], [`TreeError::Size`].
pub fn verify_consistency(
    (old, old_root): (u64, &Hash),
    (new, new_root): (u64, &Hash),
    proof: &[Hash],
) -> Result<(), TreeError> {
    if new > TREE_SIZE_MAX {
        return Err(TreeError::Size);
    }
    if old > new {
        return Err(TreeError::Beyond);
    }
    let empty = empty_root();
    let empties_hold = (old != 0 || *old_root == empty) && (new != 0 || *new_root == empty);
    if old == 0 || old == new {
        return match (proof.is_empty(), empties_hold && (old == 0 || old_root == new_root)) {
            (false, _) => Err(TreeError::Length),
            (true, false) => Err(TreeError::Root),
            (true, true) => Ok(()),
        };
    }
    let (found_old, found_new) = roots_of_consistency(old, new, old_root, proof)?;
    if found_old == *old_root && found_new == *new_root { Ok(()) } else { Err(TreeError::Root) }
}

fn roots_of_consistency(old: u64, new: u64, old_root: &Hash, proof: &[Hash]) -> Result<(Hash, Hash), TreeError> {
    let mut hashes = proof.iter();
    let (mut place, mut last) = (old - 1, new - 1);
    let whole = place.trailing_ones();
    (place, last) = (place >> whole, last >> whole);
    let first = if old.is_power_of_two() { *old_root } else { *hashes.next().ok_or(TreeError::Length)? };
    let (mut found_old, mut found_new) = (first, first);
    for sibling in hashes {
        if last == 0 {
            return Err(TreeError::Length);
        }
        if place & 1 == 1 || place == last {
            found_old = node_hash(sibling, &found_old);
            found_new = node_hash(sibling, &found_new);
            while place & 1 == 0 && place != 0 {
                (place, last) = (place >> 1, last >> 1);
            }
        } else {
            found_new = node_hash(&found_new, sibling);
        }
        (place, last) = (place >> 1, last >> 1);
    }
    if last == 0 { Ok((found_old, found_new)) } else { Err(TreeError::Length) }
}
