//! The border to tantivy: its errors, and its panics, as ours.
//!
//! Keeps: damage met anywhere is [`Error::Damaged`], whatever the engine made of it. Does not know: what was asked.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenReadError, OpenWriteError};

use crate::directory::SealedDirectory;
use crate::error::Error;
use crate::payload::RULES;

/// Runs the engine; damage seen by the directory, or a panic of the engine over bytes it did not expect, is damage.
pub(crate) fn guarded<T>(
    directory: &SealedDirectory,
    act: impl FnOnce() -> Result<T, TantivyError>,
) -> Result<T, Error> {
    match catch_unwind(AssertUnwindSafe(act)) {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => Err(translate(directory, error)),
        Err(_) => {
            if let (None, Some(trouble)) = (directory.damage(), directory.take_trouble()) {
                return Err(Error::Store(trouble));
            }
            directory.record_damage("the engine gave up");
            Err(Error::Damaged { detail: directory.damage().unwrap_or_default() })
        }
    }
}

fn io_error(error: &Arc<std::io::Error>) -> Error {
    Error::Store(std::io::Error::new(error.kind(), Arc::clone(error)))
}

/// The engine's error as one of ours.
pub(crate) fn translate(directory: &SealedDirectory, error: TantivyError) -> Error {
    if let Some(detail) = directory.damage() {
        return Error::Damaged { detail };
    }
    match error {
        TantivyError::LockFailure(LockError::LockBusy, _) => Error::Busy,
        TantivyError::LockFailure(LockError::IoError(error), _) | TantivyError::IoError(error) => io_error(&error),
        TantivyError::OpenReadError(OpenReadError::IoError { io_error: error, .. }) => io_error(&error),
        TantivyError::OpenWriteError(OpenWriteError::IoError { io_error: error, .. }) => io_error(&error),
        TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(path)) => {
            Error::Damaged { detail: format!("{}: missing", directory.stored_name(&path)) }
        }
        TantivyError::DataCorruption(_) => Error::Damaged { detail: "a file of the engine".to_owned() },
        TantivyError::IncompatibleIndex(_) | TantivyError::OpenReadError(_) => {
            Error::Outdated { found: "another engine version".to_owned(), expected: RULES.to_owned() }
        }
        other => directory.take_trouble().map_or_else(|| Error::Engine(other.to_string()), Error::Store),
    }
}
