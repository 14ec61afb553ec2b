//! Why an item is refused.
//!
//! Keeps: facts that name no content. Does not know: which check asks.

use crate::bag::BagError;
use casemate_carve::CarveError;
use casemate_proof::disclosure::DisclosureError;

/// Why an item is refused.
#[derive(Debug, thiserror::Error)]
pub(super) enum ItemError {
    #[error(transparent)]
    Bag(#[from] BagError),
    #[error(transparent)]
    Disclosure(#[from] DisclosureError),
    #[error(transparent)]
    Carve(#[from] CarveError),
    #[error("reading the bundle: {0}")]
    Io(#[from] std::io::Error),
    #[error("the item delivers no file of the role {0}")]
    NoFile(&'static str),
    #[error("leaves have other ticks than their profile gives them")]
    Ticks,
    #[error("the object is another than the statement's")]
    OtherObject,
    #[error("the object's shape is not that of its profile")]
    Shape,
    #[error("the mode does not fit: leaves are hidden")]
    NotWhole,
    #[error("the file does not divide into leaves as the record says")]
    Leaves,
    #[error("a rendered file differs from what the proven leaves make")]
    Rendering,
    #[error("leaf {0} is longer than a leaf of its profile can be")]
    LeafBytes(u64),
}
