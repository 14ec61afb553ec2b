//! Looking for files: every regular file below the given paths, in a fixed order.
//!
//! Keeps: links are never followed and nothing but regular files is opened; what is passed over is named.
//! Does not know: content.

use super::Refused;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// The file that makes a folder a case, and the folder that goes with it.
const CASE_MARK: &str = "casemate.toml";
const CASE_LANES: &str = "lanes";
/// What lies in a case's folder (`docs/format/vault.md`, "Files").
const CASE_HOLDS: [&str; 6] = [CASE_MARK, "keys", CASE_LANES, "objects", "index", "quarantine"];

/// A file to take in.
#[derive(Clone, Debug)]
pub struct Found {
    /// Where it is.
    pub path: PathBuf,
}

pub(super) fn find(paths: &[PathBuf], refused: &mut Vec<Refused>) -> Vec<Found> {
    let mut out = Vec::new();
    for path in paths {
        let mut walk = WalkDir::new(path).follow_links(false).follow_root_links(true).sort_by_file_name().into_iter();
        while let Some(entry) = walk.next() {
            match entry {
                Ok(entry) if is_of_a_case(entry.path()) => {
                    if entry.file_type().is_dir() {
                        walk.skip_current_dir();
                    }
                    refused.push(Refused {
                        source: shown(entry.path()),
                        id: "own-case",
                        detail: "it is a case's own; a case is not sealed into a case".to_owned(),
                    });
                }
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

/// Whether a path is one that a case's folder holds: everything else in it may be taken in.
fn is_of_a_case(path: &Path) -> bool {
    let (Some(name), Some(folder)) = (path.file_name().and_then(|n| n.to_str()), path.parent()) else { return false };
    CASE_HOLDS.contains(&name) && folder.join(CASE_MARK).is_file() && folder.join(CASE_LANES).is_dir()
}

pub(super) fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
