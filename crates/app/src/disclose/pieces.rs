//! The original of a text in part: which of its sealed leaves stay open beside a plan.
//!
//! Keeps: what is struck in the text that was reviewed is hidden wherever it stands in the original, or the original stays.
//! Does not know: how the pieces of a file are read (`casemate-bundle`).

use super::source::VaultLeaves;
use crate::catalogue::Exhibit;
use crate::redact::text::{Text, words_at};
use crate::redact::view::{kept_spans, withheld_people, withholds_identifiers};
use crate::{AppError, Session, Watch};
use casemate_bundle::BundleError;
use casemate_bundle::audit::Forbidden;
use casemate_bundle::pieces::{Ask, Stays, hidden};
use casemate_carve::cuts::{self, Cuts};
use casemate_case::audience::Profile;
use casemate_case::plan::{Plan, Span};
use casemate_ports::reading::Kind;
use std::collections::BTreeSet;

/// What of a text's original is hidden, or why it stays.
///
/// # Errors
/// The vault's.
pub(super) fn cuts_of(
    session: &Session,
    profile: Profile,
    (exhibit, text): (&Exhibit, &Text),
    plan: &Plan,
    forbidden: &Forbidden,
    watch: &Watch<'_>,
) -> Result<Result<Cuts, Stays>, AppError> {
    let Some(sealed) = &exhibit.sealed else { return Ok(Err(Stays::Undivided)) };
    let leaves = VaultLeaves::open(&session.vault, watch, exhibit.number, sealed.object.clone())?;
    let reading = &text.reading;
    let encoding = reading.metadata.iter().find(|(name, _)| name == "encoding").map(|(_, name)| name.as_str());
    // One place may be struck as two people's.
    let struck: BTreeSet<Span> = plan.strikes.iter().filter_map(|s| s.span).collect();
    let kept = kept_spans(session, exhibit, profile, text);
    let harmless = kept.iter().filter(|(_, person)| person.is_none());
    let ask = Ask {
        is_mail: reading.kind == Kind::Mail,
        encoding,
        people: withheld_people(session, profile),
        forbidden,
        struck: struck.iter().map(|span| words_at(reading, *span)).collect(),
        identifiers: withholds_identifiers(session, profile),
        harmless: harmless.map(|(span, _)| words_at(reading, *span).trim().to_owned()).collect(),
    };
    let runs = match hidden(&leaves, leaves.shape, &ask)? {
        Ok(runs) => runs,
        Err(stays) => return Ok(Err(stays)),
    };
    Ok(Ok(cuts::pieces(leaves.shape, &runs).map_err(BundleError::from)?))
}
