//! What can go wrong with a vault: facts, not advice.
//!
//! Keeps: an error names its object and never quotes content, a name of a source file or a key.
//! Deliberately does not know: languages, exit codes.

use casemate_carve::CarveError;
use casemate_ports::store::StoreError;
use casemate_proof::act::ActError;
use casemate_proof::log::LogError;
use casemate_proof::note::NoteError;
use casemate_proof::object::ObjectError;
use casemate_proof::{Compartment, ObjectRoot};

/// A fact about a vault.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VaultError {
    /// The store's own fact.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The passphrase does not open the passphrase file.
    #[error("wrong passphrase")]
    WrongPassphrase,
    /// There is no case here.
    #[error("no case here: casemate.toml is missing")]
    NoCase,
    /// There is a case here already.
    #[error("a case is here already")]
    CaseExists,
    /// The case was made by a later version.
    #[error("{what}: version {found} of the format, this program knows {known}")]
    Version {
        /// Which file.
        what: String,
        /// Version found.
        found: u64,
        /// Newest version known.
        known: u64,
    },
    /// A file is not what it should be.
    #[error("{what} is damaged: {why}")]
    Damaged {
        /// Which file or object.
        what: String,
        /// What was found.
        why: &'static str,
    },
    /// The lane has damage before its head: it can be read, not written.
    #[error("lane {lane} is damaged and can only be read: {why}")]
    ReadOnlyLane {
        /// The lane, in hex.
        lane: String,
        /// What was found.
        why: String,
    },
    /// The vault was opened for reading only.
    #[error("the case was opened for reading only")]
    ReadOnly,
    /// A kind of act that only the vault itself makes.
    #[error("acts of kind {0} are made by the vault alone")]
    Reserved(String),
    /// An earlier write failed; what the disk holds is known again after opening anew.
    #[error("an earlier write failed; the case must be opened again")]
    Stopped,
    /// There is no key for this compartment.
    #[error("sealed: no key for the compartment {0:?}")]
    Sealed(Compartment),
    /// No act names this object.
    #[error("no object {0} in this case")]
    NoObject(ObjectRoot),
    /// A limit of the format.
    #[error("{what}: {found}, the limit is {limit}")]
    Limit {
        /// What is limited.
        what: &'static str,
        /// What was asked for.
        found: u64,
        /// The limit.
        limit: u64,
    },
    /// The source could not be read while it was sealed.
    #[error("the source could not be read: {0}")]
    Source(std::io::Error),
    /// The source changed while it was sealed, again and again.
    #[error("the source changed while it was being sealed")]
    SourceChanged,
    /// An act that can't be made or read.
    #[error(transparent)]
    Act(#[from] ActError),
    /// A lane that does not follow the log's rules.
    #[error(transparent)]
    Log(#[from] LogError),
    /// A checkpoint that is not one.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// A tree that can't be.
    #[error(transparent)]
    Tree(#[from] casemate_proof::tree::TreeError),
    /// An object that can't be made.
    #[error(transparent)]
    Object(#[from] ObjectError),
    /// A source that can't be cut into leaves.
    #[error(transparent)]
    Carve(#[from] CarveError),
    /// The system gave no random bytes.
    #[error("no random bytes from the system")]
    Random,
    /// Encryption failed: only for input beyond a cipher's limits.
    #[error("{what} could not be encrypted")]
    Encrypt {
        /// What.
        what: &'static str,
    },
}

impl VaultError {
    pub(crate) fn damaged(what: impl std::fmt::Display, why: &'static str) -> Self {
        Self::Damaged { what: what.to_string(), why }
    }

    /// Whether nothing can be said but that the bytes at hand are not those that were written.
    #[must_use]
    pub fn is_damage(&self) -> bool {
        matches!(self, Self::Damaged { .. } | Self::ReadOnlyLane { .. })
    }
}
