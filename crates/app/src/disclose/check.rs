//! What would leave, and what stands in the way: the gates asked without sealing or writing anything.
//!
//! Keeps: the gates are those of the disclosure itself. Does not know: wording.

use super::choose::{Chosen, Original};
use super::joining::{OtherAlias, other_aliases};
use super::{DiscloseRequest, all_chosen, no_name_printed};
use crate::heard::pairs;
use crate::reading::kind_word;
use crate::{AppError, Session, Watch};
use casemate_bundle::audit::Forbidden;
use casemate_bundle::layer::reasons;
use casemate_case::gate::{Block, blocks};
use casemate_case::kinds::Decision;
use serde::Serialize;
use std::collections::BTreeMap;

/// An exhibit as it would leave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CheckedItem {
    /// The exhibit.
    pub exhibit: u64,
    /// What it is.
    pub kind: &'static str,
    /// How its original leaves: `whole`, `partial`, or `stays`.
    pub original: &'static str,
    /// Whether a release layer (its text with gaps) leaves.
    pub text: bool,
    /// Whether pictures of its pages may leave, with black where something is withheld.
    pub pages: bool,
    /// Sound withheld, milliseconds.
    pub cuts: Vec<[u64; 2]>,
    /// Reasons of what is struck, and how often.
    pub reasons: Vec<(String, u64)>,
    /// Who reviewed its plan.
    pub reviewer: Option<String>,
}

/// What would leave.
#[derive(Clone, Debug)]
pub struct CheckReply {
    /// The exhibits, in order.
    pub items: Vec<CheckedItem>,
    /// What stands in the way; empty where it may leave.
    pub blocks: Vec<Block>,
    /// How many described people stand in them: whom the gate asks for consent. Nobody else is asked.
    pub people: u64,
    /// How many of them can't be asked, and leave on the word of whoever recorded that.
    pub unasked: u64,
    /// Places that are let pass on request though an earlier bundle treated them otherwise.
    pub allowed: u64,
    /// Aliases of other audiences that stand open in what is said: who reads both can join them. They stop nothing: somebody may have said them.
    pub other_aliases: Vec<OtherAlias>,
}

/// Asks the gates. Recipient and purpose are looked at for names alone, the destination not at all.
///
/// # Errors
/// As [`super::disclose`], but for closed gates, which are the answer.
pub fn check(session: &Session, request: &DiscloseRequest, watch: &Watch<'_>) -> Result<CheckReply, AppError> {
    no_name_printed(session, request)?;
    let withheld = session.case.people().filter(|p| request.profile.withholds(p));
    let forbidden = Forbidden::names_of(withheld);
    let chosen = all_chosen(session, request, &forbidden, watch)?;
    let facts: Vec<_> = chosen.iter().map(|c| c.facts.clone()).collect();
    let Decisions { people, unasked } = decisions(&chosen);
    let allowed = chosen.iter().map(|c| c.allowed).fold(0u64, u64::saturating_add);
    let other_aliases = other_aliases(session, request.profile, &chosen);
    let items = chosen.iter().map(|c| item(request, c)).collect();
    Ok(CheckReply { items, blocks: blocks(&facts), people, unasked, allowed, other_aliases })
}

/// On whom somebody decided.
pub(super) struct Decisions {
    /// How many described people stand in what leaves.
    pub people: u64,
    /// How many of them can't be asked.
    pub unasked: u64,
}

pub(super) fn decisions(chosen: &[Chosen]) -> Decisions {
    let people: BTreeMap<_, _> = chosen.iter().flat_map(|c| &c.facts.people).map(|p| (p.person, p.decision)).collect();
    let unasked = people.values().filter(|decision| **decision == Some(Decision::Unasked)).count() as u64;
    Decisions { people: people.len() as u64, unasked }
}

fn item(request: &DiscloseRequest, chosen: &Chosen) -> CheckedItem {
    let (original, cuts) = match &chosen.original {
        Some(Original::Whole) => ("whole", Vec::new()),
        Some(Original::Partial(cuts)) => ("partial", pairs(&cuts.withheld)),
        None => ("stays", Vec::new()),
    };
    CheckedItem {
        exhibit: chosen.exhibit.number,
        kind: kind_word(chosen.kind),
        original,
        text: chosen.release,
        pages: super::pages::wanted(request.profile, chosen),
        cuts,
        reasons: reasons(&chosen.plan),
        reviewer: chosen.plan.reviewer.clone(),
    }
}
