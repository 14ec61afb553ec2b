//! What can go wrong in the speech engine, as facts.
//!
//! Keeps: no variant carries a sample, a word or a name heard in a recording.
//! Does not know: what a person should do about it.

use std::io;

use casemate_ports::worker::FrameError;

/// Why a model was refused or a transcription stopped.
#[derive(Debug, thiserror::Error)]
pub enum SpeechError {
    /// A file of a model can't be read.
    #[error("model file {file}: {cause}")]
    File {
        /// The file's name inside the model's folder.
        file: String,
        /// The system's answer.
        cause: io::Error,
    },
    /// The manifest is missing a fact, or breaks a limit.
    #[error("manifest of {model}: {why}")]
    Manifest {
        /// The model's folder name.
        model: String,
        /// What is wrong.
        why: String,
    },
    /// The bytes are not the ones the manifest pins.
    #[error("model file {file}: sha256 {found}, the manifest pins {pinned}")]
    Mismatch {
        /// The file's name.
        file: String,
        /// Pinned, hex.
        pinned: String,
        /// Found, hex.
        found: String,
    },
    /// A weight file has not the shape that the network needs.
    #[error("weights: {0}")]
    Weights(&'static str),
    /// The engine refused.
    #[error("engine: {0}")]
    Engine(String),
    /// The model has no such language.
    #[error("the model has no language {0}")]
    Language(String),
    /// The job asks for what this program doesn't do.
    #[error("job: {0}")]
    Job(&'static str),
    /// Required fences that don't stand, by name.
    #[error("required fences are missing: {0}")]
    Fence(String),
    /// The pipe to the parent.
    #[error(transparent)]
    Frame(#[from] FrameError),
}
