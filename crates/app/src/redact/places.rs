//! Where in the case a person's names stand.
//!
//! Keeps: it counts what the finder of names finds, no more. Does not know: plans, audiences.

use super::text::{find, load};
use crate::{AppError, Session};
use serde::Serialize;
use utoipa::ToSchema;

/// Where a person's names stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PersonPlace {
    /// The exhibit.
    pub exhibit: u64,
    /// Where it came from.
    pub source: String,
    /// How often, in its newest text.
    pub finds: u64,
}

/// The exhibits in whose texts a person's names stand.
///
/// # Errors
/// [`AppError::NotOnePerson`]; the vault's.
pub fn places(session: &Session, person: &str) -> Result<Vec<PersonPlace>, AppError> {
    let person = session.one_person(person)?;
    let mut out = Vec::new();
    for exhibit in session.catalogue.exhibits() {
        let Some(text) = load(session, exhibit)? else { continue };
        let finds = find(&text.reading, [person]);
        let count = finds.passages.len() as u64 + finds.aside.values().sum::<u64>();
        if count > 0 {
            out.push(PersonPlace { exhibit: exhibit.number, source: session.catalogue.origin(exhibit), finds: count });
        }
    }
    Ok(out)
}
