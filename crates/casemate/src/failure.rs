//! What can go wrong in the shell itself, beside what a use case reports.
//!
//! Keeps: facts; `advice` turns them into words and an exit code. Does not know: languages.

use casemate_app::AppError;
use std::path::PathBuf;

/// Why a command did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A use case's own.
    #[error(transparent)]
    App(#[from] AppError),
    /// No case was named, and none lies above the working folder.
    #[error("no case named, and none in a folder above")]
    NoCaseNamed,
    /// The folder that was named holds no case.
    #[error("{}: no case", .0.display())]
    NotACase(PathBuf),
    /// No passphrase file, and nobody to ask.
    #[error("no passphrase file, and no terminal to ask at")]
    NoPassphrase,
    /// The passphrase file can't be used.
    #[error("{}: {cause}", path.display())]
    PassphraseFile {
        /// Which.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// A passphrase that is too short to protect anything.
    #[error("a passphrase of fewer than {least} characters")]
    PassphraseShort {
        /// The limit.
        least: usize,
    },
    /// Typed twice, not the same.
    #[error("the two passphrases differ")]
    PassphrasesDiffer,
    /// Stopped at a prompt.
    #[error("interrupted")]
    Interrupted,
    /// A file or folder given.
    #[error("{}: {cause}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// The answer could not be written.
    #[error("standard output: {0}")]
    Output(std::io::Error),
    /// Arguments that don't go together or are missing something; the message's id.
    #[error("usage: {0}")]
    Usage(&'static str),
    /// The folder of the demo is not to be found.
    #[error("the folder of the demo is not to be found")]
    NoDemo,
    /// A file of the demo is not in its form.
    #[error("{file}: {why}")]
    DemoForm {
        /// Which.
        file: PathBuf,
        /// What is wrong.
        why: String,
    },
}

impl From<casemate_vault::VaultError> for Failure {
    fn from(error: casemate_vault::VaultError) -> Self {
        Self::App(error.into())
    }
}

impl From<casemate_ports::store::StoreError> for Failure {
    fn from(error: casemate_ports::store::StoreError) -> Self {
        Self::App(error.into())
    }
}

impl Failure {
    /// An I/O error on a file given.
    pub fn file(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |cause| Self::File { path, cause }
    }
}
