//! Why a picture is not read.
//!
//! Keeps: facts, no advice. Does not know: what the picture shows.

/// Why nothing can be read.
#[derive(Debug, thiserror::Error)]
pub enum OcrError {
    /// The picture is not one.
    #[error("a picture of {width} by {height} pixels: {why}")]
    Picture {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
        /// What is wrong, or the limit that it passes.
        why: &'static str,
    },
    /// A model's bytes are not those of such a model.
    #[error("the {model} model: {why}")]
    Model {
        /// Which.
        model: &'static str,
        /// What is wrong.
        why: String,
    },
    /// A model failed while it ran.
    #[error("the {model} model stopped: {why}")]
    Run {
        /// Which.
        model: &'static str,
        /// What it said.
        why: String,
    },
}
