//! What was read in one go, kind by kind: how many whole, in part, not at all, why not, and how long it took.
//!
//! Keeps: every exhibit that was looked at counts once. Does not know: words.

use super::AddReply;
use crate::Session;
use crate::catalogue::what;
use crate::listing::standing;
use crate::reading::About;
use casemate_ports::reading::Severity;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// One kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = KindTally)]
pub struct Tally {
    /// The kind.
    #[schema(value_type = crate::words::KindWord)]
    pub kind: String,
    /// Exhibits read whole.
    pub read: u64,
    /// Exhibits of which a part was not read.
    pub partly: u64,
    /// Exhibits of which nothing was.
    pub unread: u64,
    /// Milliseconds that it took, all workers together.
    pub took_ms: u64,
    /// Why, by finding: how many exhibits it is said of.
    pub why: BTreeMap<String, u64>,
}

/// Counts what `reply` looked at.
pub(super) fn tally(session: &Session, reply: &AddReply) -> Vec<Tally> {
    let mut kinds: BTreeMap<String, Tally> = BTreeMap::new();
    for (number, took_ms) in &reply.took {
        let Some(exhibit) = session.catalogue.number(*number) else { continue };
        let Some(about) = exhibit.newest(what::READING).and_then(About::of) else { continue };
        let tally = kinds.entry(about.kind.clone()).or_default();
        tally.kind = about.kind;
        tally.took_ms = tally.took_ms.saturating_add(*took_ms);
        let found = standing(exhibit);
        let worst = |severity| found.iter().any(|f| f.severity == severity);
        *match (worst(Severity::Unread), worst(Severity::Partial)) {
            (true, _) => &mut tally.unread,
            (false, true) => &mut tally.partly,
            (false, false) => &mut tally.read,
        } += 1;
        let mut losses: Vec<String> =
            found.into_iter().filter(|f| f.severity != Severity::Note).map(|f| f.id).collect();
        losses.sort_unstable();
        losses.dedup();
        losses.into_iter().for_each(|id| *tally.why.entry(id).or_insert(0) += 1);
    }
    kinds.into_values().collect()
}
