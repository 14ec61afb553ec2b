//! The sentence encoder of a session, read when it is first needed.
//!
//! Keeps: one encoder a session; why there is none is told apart. Does not know: what is encoded, where the model's folder is.

use casemate_meaning::{Encoder, PIECES, WEIGHTS};
use serde::Serialize;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use utoipa::ToSchema;

/// Longest file of a model, bytes.
const MODEL_FILE_MAX: u64 = 64 << 20;

/// Whether it could be asked what is close.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MeaningState {
    /// It was asked.
    Asked,
    /// The model is not there.
    NoModel,
    /// What lies in the model's place is not the model.
    OtherModel,
    /// The query holds no words.
    NoWords,
}

impl MeaningState {
    /// Whether there is no model to ask by.
    #[must_use]
    pub const fn without_model(self) -> bool {
        matches!(self, Self::NoModel | Self::OtherModel)
    }
}

/// The encoder of a session, once it was needed.
#[derive(Default)]
pub(crate) struct Understanding(Mutex<Option<Arc<Encoder>>>);

impl Understanding {
    /// The encoder, from its folder; `Err` says why there is none.
    pub(crate) fn encoder(&self, folder: Option<&Path>) -> Result<Arc<Encoder>, MeaningState> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(encoder) = &*held {
            return Ok(Arc::clone(encoder));
        }
        let folder = folder.ok_or(MeaningState::NoModel)?;
        let file = |name| small_file(&folder.join(name)).ok_or(MeaningState::NoModel);
        let (weights, pieces) = (file(WEIGHTS.0)?, file(PIECES.0)?);
        let encoder = Arc::new(Encoder::read(&weights, &pieces).map_err(|_| MeaningState::OtherModel)?);
        *held = Some(Arc::clone(&encoder));
        Ok(encoder)
    }
}

fn small_file(path: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(MODEL_FILE_MAX).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_that_is_not_there_or_another_is_told_apart() {
        let dir = tempfile::tempdir().unwrap();
        let state = |folder: Option<&Path>| Understanding::default().encoder(folder).map(drop);
        assert_eq!(state(None), Err(MeaningState::NoModel));
        assert_eq!(state(Some(dir.path())), Err(MeaningState::NoModel));
        std::fs::write(dir.path().join(WEIGHTS.0), b"PK").unwrap();
        std::fs::write(dir.path().join(PIECES.0), b"").unwrap();
        assert_eq!(state(Some(dir.path())), Err(MeaningState::OtherModel));
    }
}
