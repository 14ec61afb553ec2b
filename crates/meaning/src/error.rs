//! What may be wrong with a model, as facts.
//!
//! Keeps: every way in which bytes are no model of this crate. Does not know: where they came from, what to advise.

/// Why bytes are not this crate's model.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A file is not the pinned one: cut, altered, or of another model.
    #[error("{file}: SHA-256 is {found}, pinned is {pinned}")]
    Other {
        /// Which file.
        file: &'static str,
        /// What it is, in hex.
        found: String,
        /// What it should be, in hex.
        pinned: &'static str,
    },
    /// A file's form is not the one that this crate reads.
    #[error("{file}: {what}")]
    Malformed {
        /// Which file.
        file: &'static str,
        /// What was met.
        what: &'static str,
    },
}
