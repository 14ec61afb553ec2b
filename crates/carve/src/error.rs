//! What can go wrong while carving: facts for the caller, no advice.
//!
//! Keeps: an error names the limit or the leaf it is about, and holds no byte of the source.
//! Does not know: what the caller will do about it.

use std::io;

/// A failure to carve, plan, reassemble or render.
#[derive(Debug, thiserror::Error)]
pub enum CarveError {
    /// The source or the sink failed.
    #[error("reading or writing failed: {0}")]
    Io(#[from] io::Error),
    /// The source is no longer what was scanned.
    #[error("the source changed since it was scanned (near byte {at})")]
    SourceChanged {
        /// Byte offset in the source.
        at: u64,
    },
    /// The profile string is none of ours.
    #[error("unknown profile")]
    UnknownProfile,
    /// Leaf count and ticks don't belong to the profile.
    #[error("{leaves} leaves and {ticks} ticks cannot be a {profile} object")]
    Shape {
        /// Profile string.
        profile: String,
        /// Leaves claimed.
        leaves: u64,
        /// Ticks claimed.
        ticks: u64,
    },
    /// A leaf index past the end.
    #[error("leaf {index} of {leaves} does not exist")]
    NoSuchLeaf {
        /// Index asked for.
        index: u64,
        /// Leaves there are.
        leaves: u64,
    },
    /// A leaf's payload is not what its profile says.
    #[error("leaf {index} is malformed: {what}")]
    BadLeaf {
        /// Index of the leaf.
        index: u64,
        /// What is wrong.
        what: &'static str,
    },
    /// A release layer that must not be built, or leaves that are none.
    #[error("not a release layer: {what}")]
    BadRelease {
        /// What is wrong.
        what: &'static str,
    },
    /// A limit was passed.
    #[error("limit {name} = {limit} passed")]
    Limit {
        /// Name of the constant.
        name: &'static str,
        /// Its value.
        limit: u64,
    },
    /// The operation does not apply to the profile.
    #[error("{what} does not apply to {profile}")]
    NotApplicable {
        /// What was asked for.
        what: &'static str,
        /// Profile string.
        profile: String,
    },
    /// A locator names no place in this object.
    #[error("the place does not exist in this object: {what}")]
    NoSuchPlace {
        /// Which kind of place.
        what: &'static str,
    },
}
