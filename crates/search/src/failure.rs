//! A way for an error to leave the engine's loops, which can't fail.
//!
//! Keeps: the first error. Does not know: what failed.

use std::sync::{Arc, Mutex, PoisonError};

use tantivy::TantivyError;

/// Carries an error out of the engine's loops that can't fail.
#[derive(Debug, Clone, Default)]
pub(crate) struct Failure(Arc<Mutex<Option<TantivyError>>>);

impl Failure {
    pub(crate) fn put(&self, error: TantivyError) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
    }

    pub(crate) fn take(&self) -> Option<TantivyError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
