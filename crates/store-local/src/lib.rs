//! The case folder on a local disk: one file for each name, `fsync` of the file and of its directory before anything is
//! acknowledged (of objects by `settle`, while the next are being made), an OS lock for each writer.
//!
//! Keeps: a file is replaced by rename only and moved without overwriting; directories are 0700, files 0600 (Unix).
//! Deliberately does not know: what the bytes are. It has no way to delete or to shorten a file of the case.

mod folder;
mod surroundings;
mod unsettled;

pub use folder::LocalStore;
pub use surroundings::{Surroundings, surroundings};
