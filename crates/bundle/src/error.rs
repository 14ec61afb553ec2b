//! Why a bundle can't be made.
//!
//! Keeps: facts, never content of an exhibit. Does not know: advice.

use casemate_carve::CarveError;
use casemate_proof::act::ActError;
use casemate_proof::disclosure::DisclosureError;
use casemate_proof::object::ObjectError;
use casemate_proof::value::ValueError;
use casemate_verify::statement::StatementError;
use casemate_verify::zip::ZipError;

/// Why a bundle can't be made.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// Reading an object or writing the bundle.
    #[error("reading an object or writing the bundle: {0}")]
    Io(#[from] std::io::Error),
    /// The container.
    #[error(transparent)]
    Zip(#[from] ZipError),
    /// A profile.
    #[error(transparent)]
    Carve(#[from] CarveError),
    /// A disclosure.
    #[error(transparent)]
    Disclosure(#[from] DisclosureError),
    /// An object.
    #[error(transparent)]
    Object(#[from] ObjectError),
    /// An act.
    #[error(transparent)]
    Act(#[from] ActError),
    /// A record.
    #[error(transparent)]
    Value(#[from] ValueError),
    /// The statement is not in the form that verifiers take.
    #[error(transparent)]
    Statement(#[from] StatementError),
    /// The material of an item does not fit its mode.
    #[error("item {item}: {what}")]
    Material {
        /// Number of the item.
        item: u64,
        /// What is wrong.
        what: &'static str,
    },
    /// The object could not be read by whoever holds it.
    #[error("item {item}: its object can't be read: {cause}")]
    Unreadable {
        /// Number of the item.
        item: u64,
        /// Why.
        cause: String,
    },
    /// A token of time.
    #[error("a token of time: {0}")]
    Stamp(#[from] casemate_stamp::Refusal),
    /// More tokens of time than a bundle carries.
    #[error("more than {most} tokens of time")]
    Stamps {
        /// The limit.
        most: usize,
    },
    /// More cosigned checkpoints than a bundle carries.
    #[error("more than {most} cosigned checkpoints")]
    Witnesses {
        /// The limit.
        most: usize,
    },
    /// A withheld name stands in the bundle.
    #[error("a withheld name stands in {file} ({form})")]
    NameInside {
        /// The file inside the bundle.
        file: String,
        /// In which form it was found (`utf-8`, `utf-16le`, `gb18030`, `base64`, `hex` …).
        form: &'static str,
    },
}
