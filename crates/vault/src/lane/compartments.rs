//! The compartment keys at hand, to which the keys of segments are wrapped.
//!
//! Keeps: any one of them opens a segment. Deliberately does not know: how a segment wraps its key.

use casemate_proof::Compartment;

use crate::secret::Key;

/// Compartments and their keys.
pub(crate) struct SegmentKeys<'a>(pub(crate) &'a [(Compartment, Key)]);
