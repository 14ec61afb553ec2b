//! What may go wrong with an index, as facts.
//!
//! Keeps: whatever can be mended by building the index again is told apart from what can't ([`Error::rebuild`]); no
//! error carries a word of the evidence.
//! Does not know: how to rebuild, what to advise, in which language.

use std::io;

/// A failure of the index.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no index in this store.
    #[error("no index in this store")]
    Absent,
    /// A file of the index is missing, cut, altered, or sealed under another key: build the index again.
    #[error("the index is damaged: {detail}")]
    Damaged {
        /// Which file (its stored name) and what was seen.
        detail: String,
    },
    /// The index was written by other rules of folding or another engine version: build it again.
    #[error("the index was written by other rules ({found}, this program has {expected})")]
    Outdated {
        /// What the index says.
        found: String,
        /// What this program writes.
        expected: String,
    },
    /// Another writer has the index.
    #[error("another writer has the index")]
    Busy,
    /// The store refused a read or a write.
    #[error("the index store failed: {0}")]
    Store(#[source] io::Error),
    /// The query was not understood.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// A limit of this crate was passed.
    #[error("{what} is over the limit {limit}")]
    Limit {
        /// Name of the limit.
        what: &'static str,
        /// Its value.
        limit: usize,
    },
    /// A page's cursor is not one of ours.
    #[error("not a cursor of this index")]
    Cursor,
    /// The engine refused for another reason.
    #[error("the search engine refused: {0}")]
    Engine(String),
}

impl Error {
    /// Whether throwing the index away and building it again from the passages is the cure.
    #[must_use]
    pub fn rebuild(&self) -> bool {
        matches!(self, Self::Absent | Self::Damaged { .. } | Self::Outdated { .. })
    }
}

/// Why a query was not understood. Positions count characters from 0.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// There is nothing in it.
    #[error("the query is empty")]
    Empty,
    /// A quotation mark or parenthesis has no partner.
    #[error("{what} at character {at} has no partner")]
    Unpaired {
        /// The mark.
        what: char,
        /// Where.
        at: usize,
    },
    /// `AND`, `OR`, `NOT`, `-` or a field stands without what it works on.
    #[error("{what} at character {at} lacks a word after or before it")]
    Lacking {
        /// The operator or field.
        what: String,
        /// Where.
        at: usize,
    },
    /// No such field; the known ones are named.
    #[error(
        "no field {name}: at character {at}; fields are {known}; put the word in quotation marks to find it as text"
    )]
    Field {
        /// As typed.
        name: String,
        /// Where.
        at: usize,
        /// All fields.
        known: String,
    },
    /// A field's value is not of its form.
    #[error("{field}: takes {form}, not {value:?}")]
    Value {
        /// The field.
        field: &'static str,
        /// What it takes.
        form: &'static str,
        /// As typed.
        value: String,
    },
    /// Nothing in it could be found: punctuation only.
    #[error("there is no word in the query; exact:\"…\" finds punctuation")]
    NoWords,
    /// Too long, too many clauses, or too deep.
    #[error("{what} is over the limit {limit}")]
    Limit {
        /// Name of the limit.
        what: &'static str,
        /// Its value.
        limit: usize,
    },
}
