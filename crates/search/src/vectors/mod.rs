//! Vectors in a sealed store: blocks of rows, a head that names them, a scan over them.
//!
//! Keeps: what is committed survives a crash at any write; a scan holds one frame in memory.
//! Does not know: passages, the engine's index, what makes vectors.

pub(crate) mod block;
pub(crate) mod head;
pub(crate) mod row;
pub(crate) mod scan;

use crate::directory::SealedDirectory;
use head::{Head, Read};

/// The stored names that belong to the vectors in a directory: what making a new index of words leaves alone.
pub(crate) fn stored_names(directory: &SealedDirectory) -> Vec<String> {
    let Ok(Read::Head(head)) = Head::read(directory) else { return Vec::new() };
    let files = head.numbers().flat_map(block::names);
    let all = std::iter::once(head::NAME.to_owned()).chain(files);
    all.map(|name| directory.stored_name(name.as_ref())).collect()
}
