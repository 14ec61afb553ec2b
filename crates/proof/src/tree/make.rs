//! Making roots and proofs from stored nodes.
//!
//! Keeps: O(log² n) nodes read for a proof, none held.
//! Does not know: where the nodes are.

use super::{ReadNode, TREE_SIZE_MAX, TreeError, empty_root, node_hash};
use crate::ids::Hash;
use crate::shape::Span;

/// The hash over any node of a tree, complete or on its right edge.
fn span_hash(span: Span, nodes: &impl ReadNode) -> Result<Hash, TreeError> {
    if span.size.is_power_of_two() {
        let level = span.size.trailing_zeros() as u8;
        let index = span.start >> level;
        return nodes.node(level, index).ok_or(TreeError::Node { level, index });
    }
    let (left, right) = span.children().ok_or(TreeError::Beyond)?;
    Ok(node_hash(&span_hash(left, nodes)?, &span_hash(right, nodes)?))
}

/// The root when the tree had `size` leaves.
///
/// # Errors
/// [`TreeError::Node`] if a node is missing.
pub fn root_at(size: u64, nodes: &impl ReadNode) -> Result<Hash, TreeError> {
    match size {
        0 => Ok(empty_root()),
        _ if size > TREE_SIZE_MAX => Err(TreeError::Size),
        _ => span_hash(Span { start: 0, size }, nodes),
    }
}

/// The audit path of a leaf in the tree of `size` leaves (RFC 6962 §2.1.1), from the leaf's sibling upwards.
///
/// # Errors
/// [`TreeError::Beyond`]; [`TreeError::Node`] if a node is missing.
pub fn prove_inclusion(index: u64, size: u64, nodes: &impl ReadNode) -> Result<Vec<Hash>, TreeError> {
    if size > TREE_SIZE_MAX {
        return Err(TreeError::Size);
    }
    if index >= size {
        return Err(TreeError::Beyond);
    }
    let mut path = Vec::new();
    let mut span = Span { start: 0, size };
    while let Some((left, right)) = span.children() {
        let sibling;
        (span, sibling) = if index < right.start { (left, right) } else { (right, left) };
        path.push(span_hash(sibling, nodes)?);
    }
    path.reverse();
    Ok(path)
}

/// The proof that the tree of `new` leaves extends that of `old` leaves (RFC 6962 §2.1.2). Empty when `old` is 0 or
/// `new`.
///
/// # Errors
/// [`TreeError::Beyond`]; [`TreeError::Node`] if a node is missing.
pub fn prove_consistency(old: u64, new: u64, nodes: &impl ReadNode) -> Result<Vec<Hash>, TreeError> {
    if new > TREE_SIZE_MAX {
        return Err(TreeError::Size);
    }
    if old > new {
        return Err(TreeError::Beyond);
    }
    if old == 0 || old == new {
        return Ok(Vec::new());
    }
    let mut path = Vec::new();
    let mut span = Span { start: 0, size: new };
    while span.end() != old {
        let (left, right) = span.children().ok_or(TreeError::Beyond)?;
        let sibling;
        (span, sibling) = if old <= left.end() { (left, right) } else { (right, left) };
        path.push(span_hash(sibling, nodes)?);
    }
    if span.start != 0 {
        path.push(span_hash(span, nodes)?);
    }
    path.reverse();
    Ok(path)
}
