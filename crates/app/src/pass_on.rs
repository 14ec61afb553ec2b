//! Passing a received bundle on with more withheld; needs no case.
//!
//! Keeps: under its own name the new bundle stands whole and verified, or not at all; the one received is only read. Does
//! not know: how a part of a bundle is hidden.

use crate::unnamed::Unnamed;
use crate::{AppError, Watch};
use casemate_bundle::narrow::{NarrowError, Narrowing, PassedOn, narrow};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// Passes the bundle at `received` on to `destination`.
///
/// # Errors
/// [`AppError::Narrow`]; [`AppError::File`] for a bundle that can't be read, a destination that exists or can't be
/// written; [`AppError::Stopped`].
pub fn pass_on(
    received: &Path,
    destination: &Path,
    narrowing: &Narrowing,
    watch: &Watch<'_>,
) -> Result<PassedOn, AppError> {
    // Named before anything is made.
    let meta = File::open(received).and_then(|file| file.metadata()).map_err(AppError::file(received))?;
    if meta.is_dir() {
        return Err(AppError::file(received)(std::io::ErrorKind::IsADirectory.into()));
    }
    let unnamed = Unnamed::new(destination)?;
    let open = || Ok(Heard { file: File::open(received)?, stop: watch.stop });
    let done = narrow(&open, narrowing, unnamed.writer(watch), &unnamed.opener());
    let failed = |cause: NarrowError| {
        unnamed.ended(watch).unwrap_or_else(|| AppError::Narrow { path: received.to_owned(), cause: Box::new(cause) })
    };
    let done = done.map_err(failed)?;
    unnamed.publish()?;
    Ok(done)
}

/// A file that reads on until the user stops it.
struct Heard<'w> {
    file: File,
    stop: &'w AtomicBool,
}

impl Read for Heard<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.stop.load(Ordering::SeqCst) {
            return Err(std::io::Error::other("stopped"));
        }
        self.file.read(into)
    }
}

impl Seek for Heard<'_> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.file.seek(to)
    }
}
