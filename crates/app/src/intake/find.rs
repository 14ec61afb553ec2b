//! Looking for files: every regular file below the given paths, in a fixed order.
//!
//! Keeps: links are never followed and nothing but regular files is opened; what is passed over is named.
//! Does not know: content.

use super::Refused;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// A file to take in.
#[derive(Clone, Debug)]
pub struct Found {
    /// Where it is.
    pub path: PathBuf,
}

pub(super) fn find(paths: &[PathBuf], refused: &mut Vec<Refused>) -> Vec<Found> {
    let mut out = Vec::new();
    for path in paths {
        for entry in WalkDir::new(path).follow_links(false).follow_root_links(true).sort_by_file_name() {
            match entry {
                Ok(entry) if entry.file_type().is_file() => out.push(Found { path: entry.into_path() }),
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) => {
                    let id = if entry.file_type().is_symlink() { "symbolic-link" } else { "special-file" };
                    refused.push(Refused { source: shown(entry.path()), id, detail: "not followed".to_owned() });
                }
                Err(e) => {
                    let source = e.path().map(shown).unwrap_or_default();
                    let detail = e.io_error().map_or_else(|| "a loop".to_owned(), ToString::to_string);
                    refused.push(Refused { source, id: "unreadable", detail });
                }
            }
        }
    }
    out
}

pub(super) fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
