//! Why a manifest is not read.
//!
//! Keeps: facts without content of the exhibit. Does not know: what is made of them.

/// What stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A structure that is not in its form.
    #[error("{0}")]
    Form(&'static str),
    /// A limit.
    #[error("more than {limit} {what}")]
    TooMuch {
        /// Of what.
        what: &'static str,
        /// How many are read.
        limit: u64,
    },
}
