//! The gates of a disclosure as the screen needs them: each with its blocks, in the order in which a person passes them.
//!
//! Keeps: a gate that asked nobody reads not checked. Does not know: how a gate decides.

use super::words::{BlockId, GateId, GateState};
use casemate_app::disclose::{CheckReply, CheckedItem, OtherAlias};
use casemate_app::people::id_text;
use casemate_app::words::{KindWord, ModeWord, ProfileWord, ReasonWord};
use casemate_case::gate::Block;
use casemate_case::person::PersonId;
use serde::Serialize;
use utoipa::ToSchema;

/// A gate and what keeps it shut.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Gate)]
pub struct GateView {
    #[schema(value_type = GateId)]
    id: &'static str,
    #[schema(value_type = GateState)]
    state: &'static str,
    blocks: Vec<BlockView>,
    /// Of consent: how many described people were looked for in what leaves. Whoever is not described is not checked.
    people: Option<u64>,
    /// Of consent: how many of them can't be asked, and leave on the word of whoever recorded that.
    unasked: u64,
    /// Of the union: places that are let pass on request, though an earlier bundle treated them otherwise.
    allowed: u64,
    /// Of the union: aliases by which another audience knows somebody, left open in what is said here. They stop nothing.
    aliases: Vec<OtherAliasView>,
}

/// An alias of another audience that stands open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = OtherAlias)]
pub struct OtherAliasView {
    exhibit: u64,
    person: String,
    name: Option<String>,
    #[schema(value_type = ProfileWord)]
    audience: &'static str,
    places: u64,
}

/// A reason to stop.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Block)]
pub struct BlockView {
    #[schema(value_type = BlockId)]
    id: &'static str,
    exhibit: u64,
    person: Option<String>,
    name: Option<String>,
    refused: bool,
    /// Unheard, milliseconds; of `not-heard` 0 where nobody could read how long the recording is.
    ms: u64,
    #[schema(value_type = Vec<(u64, u64)>)]
    gaps: Vec<[u64; 2]>,
    finds: u64,
}

/// What would leave.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Checked)]
pub struct CheckedView {
    gates: Vec<GateView>,
    items: Vec<CheckedItemView>,
}

#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = CheckedItem)]
struct CheckedItemView {
    exhibit: u64,
    #[schema(value_type = KindWord)]
    kind: &'static str,
    #[schema(value_type = ModeWord)]
    mode: &'static str,
    /// Whether pictures of its pages may leave too.
    pages: bool,
    cuts: usize,
    withheld_ms: u64,
    #[schema(value_type = Vec<(ReasonWord, u64)>)]
    reasons: Vec<(String, u64)>,
    reviewer: Option<String>,
}

/// The gates in the order in which a person passes them.
const GATES: [&str; 5] = ["reviewed", "consent", "heard", "names", "union"];

impl CheckedView {
    /// Of a check, with the names of whom it is about.
    pub fn of(reply: CheckReply, name: &dyn Fn(PersonId) -> Option<String>) -> Self {
        let aliases: Vec<OtherAliasView> = reply.other_aliases.iter().map(|alias| other_alias(alias, name)).collect();
        let gate = |id: &'static str| {
            let own = reply.blocks.iter().map(|b| block(b, name)).filter(|(gate, _)| *gate == id);
            let blocks: Vec<BlockView> = own.map(|(_, b)| b).collect();
            let people = (id == "consent").then_some(reply.people);
            let state = match (blocks.is_empty(), people) {
                (false, _) => "closed",
                // Nobody was asked, so nothing was passed.
                (true, Some(0)) => "not-checked",
                (true, _) => "open",
            };
            let allowed = if id == "union" { reply.allowed } else { 0 };
            let unasked = if id == "consent" { reply.unasked } else { 0 };
            let aliases = if id == "union" { aliases.clone() } else { Vec::new() };
            GateView { id, state, blocks, people, unasked, allowed, aliases }
        };
        Self { gates: GATES.map(gate).into(), items: reply.items.into_iter().map(item).collect() }
    }
}

fn other_alias(alias: &OtherAlias, name: &dyn Fn(PersonId) -> Option<String>) -> OtherAliasView {
    OtherAliasView {
        exhibit: alias.exhibit,
        person: id_text(alias.person),
        name: name(alias.person),
        audience: alias.audience.word(),
        places: alias.places,
    }
}

fn item(i: CheckedItem) -> CheckedItemView {
    let mode = match (i.original, i.text) {
        ("whole", _) => "whole",
        ("partial", _) => "partial",
        (_, true) => "release",
        _ => "nothing",
    };
    CheckedItemView {
        exhibit: i.exhibit,
        kind: i.kind,
        mode,
        pages: i.pages,
        cuts: i.cuts.len(),
        withheld_ms: i.cuts.iter().map(|[a, b]| b.saturating_sub(*a)).sum(),
        reasons: i.reasons,
        reviewer: i.reviewer,
    }
}

/// The gate that a reason belongs to, and the reason.
fn block(b: &Block, name: &dyn Fn(PersonId) -> Option<String>) -> (&'static str, BlockView) {
    let plain = |id, exhibit: u64| BlockView {
        id,
        exhibit,
        person: None,
        name: None,
        refused: false,
        ms: 0,
        gaps: Vec::new(),
        finds: 0,
    };
    let of =
        |id, exhibit, person| BlockView { person: Some(id_text(person)), name: name(person), ..plain(id, exhibit) };
    match b {
        Block::NotReviewed { exhibit } => ("reviewed", plain("not-reviewed", *exhibit)),
        Block::NotHeard { exhibit, .. } if b.is_of_unknown_length() => ("heard", plain("not-heard", *exhibit)),
        Block::NotHeard { exhibit, gaps } => {
            let ranges = gaps.ranges().iter().map(|r| [r.start, r.end]).collect();
            ("heard", BlockView { ms: gaps.total_ms(), gaps: ranges, ..plain("not-heard", *exhibit) })
        }
        Block::NameOpen { exhibit, person, finds } => {
            ("names", BlockView { finds: *finds, ..of("name-open", *exhibit, *person) })
        }
        Block::IdentifierOpen { exhibit, finds } => {
            ("names", BlockView { finds: *finds, ..plain("identifier-open", *exhibit) })
        }
        Block::NoConsent { exhibit, person, refused } => {
            ("consent", BlockView { refused: *refused, ..of("no-consent", *exhibit, *person) })
        }
        Block::OpenedBefore { exhibit, leaves } => {
            ("union", BlockView { finds: *leaves, ..plain("opened-before", *exhibit) })
        }
        Block::Uncovered { exhibit, places } => ("union", BlockView { finds: *places, ..plain("uncovered", *exhibit) }),
    }
}
