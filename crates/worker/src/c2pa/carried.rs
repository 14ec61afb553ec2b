//! The manifests that a file carries, taken out of it.
//!
//! Keeps: constant memory but for the manifests, which have a limit. Does not know: kinds of files, what manifests say.

use std::ops::Range;

use super::fault::Fault;
use super::jumbf::is_store;
use super::source::Source;

/// Longest store of manifests, bytes: pictures of ingredients stand in it.
pub const STORE_MAX: u64 = 64 << 20;
/// Most segments, chunks or boxes of a file that are walked.
pub const STEPS_MAX: u32 = 1 << 20;

/// The manifests that a file carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// The box.
    pub store: Vec<u8>,
    /// What they and the chunks around them take of the file, in order.
    pub spans: Vec<Range<u64>>,
}

impl Carried {
    /// A store, and the only span around it.
    pub fn of(store: Vec<u8>, span: Range<u64>) -> Self {
        Self { store, spans: std::iter::once(span).collect() }
    }

    /// Whether the file is the store and nothing else, made for another file.
    pub fn is_alone(&self, len: u64) -> bool {
        self.store.len() as u64 == len
    }
}

/// Keeps what is found, of which there may be one.
pub fn only(found: &mut Option<Carried>, one: Carried) -> Result<(), Fault> {
    match found.replace(one) {
        None => Ok(()),
        Some(_) => Err(Fault::Form("it is there more than once")),
    }
}

/// A store that stands in one piece, and the span around it.
pub fn taken(source: &mut Source<'_>, store: Range<u64>, around: Range<u64>) -> Result<Carried, Fault> {
    if store.end.saturating_sub(store.start) > STORE_MAX {
        return Err(Fault::TooMuch { what: "bytes", limit: STORE_MAX });
    }
    let store = source.bytes(&store).ok_or(Fault::Form("the file ends in it"))?;
    if !is_store(&store) {
        return Err(Fault::Form("it does not begin as one"));
    }
    Ok(Carried::of(store, around))
}
