//! What can go wrong with a use case: facts, and whether to retry, refuse or stop.
//!
//! Keeps: no error holds content of an exhibit, a person's name or a key. Does not know: languages, exit codes.

use casemate_authority::AuthorityError;
use casemate_bundle::BundleError;
use casemate_bundle::narrow::{KeyFileError, NarrowError};
use casemate_case::fold::CaseError;
use casemate_case::gate::Block;
use casemate_media::MediaError;
use casemate_ports::store::StoreError;
use casemate_search::QueryError;
use casemate_vault::VaultError;
use std::path::PathBuf;

/// Why a use case did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The vault.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The store below it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No answer of a time-stamping authority.
    #[error(transparent)]
    Authority(#[from] AuthorityError),
    /// A key of one's own that can't be used.
    #[error("{}: {cause}", path.display())]
    KeyFile {
        /// Which.
        path: PathBuf,
        /// Why.
        cause: KeyFileError,
    },
    /// A worker could not be run.
    #[error(transparent)]
    Media(#[from] MediaError),
    /// The index.
    #[error(transparent)]
    Index(#[from] casemate_search::Error),
    /// A query that can't be read.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// A rule of casework.
    #[error(transparent)]
    Case(#[from] CaseError),
    /// A bundle.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// A bundle that was received is not passed on.
    #[error("{}: {cause}", path.display())]
    Narrow {
        /// The bundle received.
        path: PathBuf,
        /// Why.
        cause: Box<NarrowError>,
    },
    /// A bundle that fails its verification.
    #[error("{}: the bundle does not hold: {findings}", path.display())]
    BundleRefused {
        /// Which.
        path: PathBuf,
        /// The findings that failed.
        findings: String,
    },
    /// A file outside the case.
    #[error("{}: {cause}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// No exhibit of this number or seal.
    #[error("no exhibit {0}")]
    NoExhibit(String),
    /// No one person of this name, alias or id.
    #[error("{found} people answer to that name, alias or id")]
    NotOnePerson {
        /// How many.
        found: usize,
    },
    /// The exhibit has not been read.
    #[error("exhibit {0} has not been read")]
    NotRead(u64),
    /// A page that could not be drawn.
    #[error("page {page} of exhibit {exhibit} was not drawn: {finding}")]
    NotDrawn {
        /// Which exhibit.
        exhibit: u64,
        /// Which page.
        page: u32,
        /// Why, a finding of `docs/errors.md`.
        finding: String,
    },
    /// The passage reads otherwise by now than for who corrects it.
    #[error("the passage of exhibit {exhibit} was changed meanwhile")]
    EditedMeanwhile {
        /// Which exhibit.
        exhibit: u64,
    },
    /// Nothing to redact by: the strike that was named does not exist.
    #[error("no strike {0} in the plan")]
    NoStrike(usize),
    /// A cut that would not take what it is for.
    #[error("the words of strike {number} are heard at {}-{} ms", heard_ms.0, heard_ms.1)]
    CutElsewhere {
        /// Which strike.
        number: usize,
        /// When the text has its words, milliseconds.
        heard_ms: (u64, u64),
    },
    /// Nobody has proposed a plan for the exhibit and this audience.
    #[error("exhibit {0} has no redaction plan for this audience")]
    NoPlan(u64),
    /// The plan was made for an older text of the exhibit.
    #[error("the plan of exhibit {0} was made for an older text")]
    PlanOutdated(u64),
    /// The finished bundle did not pass its own verification; it was removed.
    #[error("the bundle does not verify: {}", .0.join(", "))]
    SelfCheck(Vec<String>),
    /// Something given is not in its form.
    #[error("{what} is not in its form: {found}")]
    Form {
        /// What it should be.
        what: &'static str,
        /// What was given (never a name or content).
        found: String,
    },
    /// A name that the reader must not learn stands in what is printed: the `recipient` or the `purpose`.
    #[error("a withheld name stands in the {0}, which is printed")]
    NamePrinted(&'static str),
    /// The gates of a disclosure are shut.
    #[error("the disclosure is stopped for {} reasons", .0.len())]
    Blocked(Vec<Block>),
    /// The user stopped it; everything finished is kept.
    #[error("stopped; everything finished before is kept")]
    Stopped,
    /// A derivative that this version can't read.
    #[error("derivative {seal} is not in a form that this version reads")]
    Derivative {
        /// First 16 hex digits of its root.
        seal: String,
    },
    /// A token of time, or an answer without one.
    #[error(transparent)]
    Stamp(#[from] casemate_stamp::Refusal),
    /// A key of a witness, or an answer without its cosignature.
    #[error("a cosignature: {0}")]
    Cosignature(casemate_proof::note::NoteError),
    /// A program that belongs beside this one is missing.
    #[error("{0} is not beside this program")]
    NoProgram(&'static str),
}

impl AppError {
    pub(crate) fn file(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |cause| Self::File { path, cause }
    }
}
