//! The disclosure: material from the vault in, one strict bundle out; a bundle passed on with more withheld; and the
//! audit that no withheld name is in it.
//!
//! Keeps: the same material and seed give the same bytes; nothing enters a bundle that its mask doesn't open.
//! Does not know: the vault, files on disk, the clock, how consent was given (`casemate-case` holds the gates).

#![forbid(unsafe_code)]

pub mod audit;
mod bagging;
mod content;
mod delivery;
mod discloser;
mod error;
pub mod layer;
pub mod material;
pub mod narrow;
mod pack;
pub mod pieces;
pub mod playable;
mod readme;

pub use bagging::Packed;
pub use content::Content;
pub use error::BundleError;
pub use pack::pack;

/// Longest recipient or purpose, in bytes.
pub const PRINTED_BYTES_MAX: usize = 1024;
