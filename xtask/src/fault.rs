//! Why a check could not look.
//!
//! Keeps: each fault names the file or the program.
//! Does not know: what a check finds; that is a `Problem`.

/// Why a check could not be carried through.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error("{path}: {cause}")]
    Read { path: String, cause: std::io::Error },
    #[error("{program} could not be started: {cause}")]
    Start { program: String, cause: std::io::Error },
    #[error("{program} failed: {message}")]
    Program { program: String, message: String },
    #[error("cargo metadata: {0}")]
    Metadata(#[from] cargo_metadata::Error),
    #[error("{path}:{line}: not Rust: {message}")]
    Parse { path: String, line: usize, message: String },
}
