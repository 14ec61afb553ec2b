//! A private folder for bundles that were made and not downloaded yet.
//!
//! Keeps: only its owner can enter it; it is gone when the case is locked. Does not know: bundles.

use casemate_app::AppError;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use tempfile::TempDir;

/// The folder, made when it is first needed.
#[derive(Default)]
pub struct Room {
    dir: Mutex<Option<TempDir>>,
    bundles: AtomicU64,
}

impl Room {
    /// The name of the next bundle, there and where it is saved: it tells a word of its kind and nothing else.
    pub fn name(&self, word: &str, ending: &str) -> String {
        format!("casemate-{word}-{}.{ending}", self.bundles.fetch_add(1, Ordering::Relaxed) + 1)
    }

    /// Its path.
    ///
    /// # Errors
    /// It can't be made.
    pub fn folder(&self) -> Result<PathBuf, AppError> {
        let mut dir = self.dir.lock().unwrap_or_else(PoisonError::into_inner);
        let made = match dir.take() {
            Some(made) => made,
            // Mode 0700 (`tempfile`).
            None => tempfile::Builder::new()
                .prefix("casemate-out-")
                .tempdir()
                .map_err(|cause| AppError::File { path: std::env::temp_dir(), cause })?,
        };
        let path = made.path().to_path_buf();
        *dir = Some(made);
        Ok(path)
    }
}
