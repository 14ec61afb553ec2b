//! What an audience has read before: the release layers of an exhibit that left in earlier bundles.
//!
//! Keeps: a word that stood open in a layer, or was withheld in it, is found even though a new layer has new leaves;
//! layers of another reading are compared where a passage reads the same, and what was withheld in a passage that reads
//! otherwise now is looked for in every passage that does. Does not know: sound (its leaves stay the same, the case's
//! fold compares).

use super::source::VaultLeaves;
use crate::catalogue::{Exhibit, what};
use crate::redact::text::Text;
use crate::{AppError, Session, Watch};
use casemate_bundle::material::LeafSource;
use casemate_carve::release::Unit;
use casemate_case::audience::Profile;
use casemate_case::kinds::DisclosedItem;
use casemate_case::plan::Plan;
use casemate_vault::StoredObject;
use std::ops::Range;

/// One segment of an earlier layer: its characters, and which were open.
type Segment = (String, Vec<bool>);

/// What two bundles for one audience tell together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Together {
    /// Strikes of the plan that hide a word which an earlier bundle showed: of the bundle with most.
    pub reopened: u64,
    /// Places that an earlier bundle withheld and the plan shows: of the bundle with most.
    pub uncovered: u64,
}

/// Compares a plan with every layer of the exhibit that left for the same profile.
pub(super) fn together(
    session: &Session,
    profile: Profile,
    exhibit: &Exhibit,
    text: &Text,
    plan: &Plan,
    watch: &Watch<'_>,
) -> Result<Together, AppError> {
    let mut most = Together::default();
    for item in session.case.disclosures().iter().filter(|d| d.profile == profile).flat_map(|d| &d.items) {
        let layers = exhibit.derived.iter().filter(|d| d.what == what::RELEASE);
        let Some(layer) = layers.map(|d| &d.object).find(|o| o.root() == item.root) else { continue };
        let segments = segments(session, layer, item, watch)?;
        most.reopened = most.reopened.max(hidden_now(&segments, text, plan));
        most.uncovered = most.uncovered.max(shown_now(&segments, text, plan));
    }
    Ok(most)
}

fn segments(
    session: &Session,
    layer: &StoredObject,
    item: &DisclosedItem,
    watch: &Watch<'_>,
) -> Result<Vec<Segment>, AppError> {
    let leaves = VaultLeaves::open(&session.vault, watch, item.number, layer.clone())?;
    let (mut out, mut index): (Vec<Segment>, u64) = (Vec::new(), 0);
    leaves.for_each(&mut |_, payload| {
        let hidden = item.hidden.iter().any(|(start, len)| (*start..start.saturating_add(*len)).contains(&index));
        index += 1;
        match Unit::decode(payload)? {
            Unit::Segment { .. } => out.push(Segment::default()),
            Unit::Text(text) | Unit::Withheld(text) => {
                if let Some((all, open)) = out.last_mut() {
                    open.extend(text.chars().map(|c| !hidden && !c.is_whitespace()));
                    all.push_str(&text);
                }
            }
            Unit::Head(_) | Unit::Label { .. } => {}
        }
        Ok(())
    })?;
    Ok(out)
}

fn hidden_now(segments: &[Segment], text: &Text, plan: &Plan) -> u64 {
    let said = |(_, p): &(usize, &casemate_ports::reading::Passage)| !p.text.trim().is_empty();
    let passages = text.reading.passages.iter().enumerate().filter(said);
    let mut count = 0;
    for (place, (index, passage)) in passages.enumerate() {
        let same = segments.get(place).filter(|(all, _)| *all == passage.text);
        let Some((_, open)) = same.or_else(|| segments.iter().find(|(all, _)| *all == passage.text)) else { continue };
        let was_open = |at: u64, end: u64| {
            (at..end).any(|i| usize::try_from(i).ok().and_then(|i| open.get(i)).copied().unwrap_or(false))
        };
        let spans = plan.spans_of(index as u64);
        count += spans.iter().filter(|(s, _)| was_open(s.at, s.at.saturating_add(s.chars))).count() as u64;
    }
    count
}

/// Places that were withheld and can be read now.
fn shown_now(segments: &[Segment], text: &Text, plan: &Plan) -> u64 {
    let passages = &text.reading.passages;
    let mut free: Vec<bool> = vec![true; passages.len()];
    let mut count = 0;
    let mut changed = Vec::new();
    for (all, open) in segments {
        let same = (0..passages.len()).find(|i| {
            free.get(*i).copied().unwrap_or(false) && passages.get(*i).is_some_and(|passage| passage.text == *all)
        });
        let places = withheld_places(all, open);
        match same {
            Some(index) => {
                if let Some(place) = free.get_mut(index) {
                    *place = false;
                }
                count += places.into_iter().filter(|place| readable(plan, index, all, place.clone())).count() as u64;
            }
            None => changed.extend(
                places.into_iter().map(|place| all.chars().skip(place.start).take(place.len()).collect::<String>()),
            ),
        }
    }
    let others = || (0..passages.len()).filter(|i| free.get(*i).copied().unwrap_or(false));
    let stands = |words: &String| {
        others().any(|index| {
            let said = passages.get(index).map(|p| p.text.as_str()).unwrap_or_default();
            said.match_indices(words.as_str()).any(|(at, found)| {
                let start = said.get(..at).map_or(0, |before| before.chars().count());
                readable(plan, index, said, start..start + found.chars().count())
            })
        })
    };
    count + changed.iter().filter(|words| stands(words)).count() as u64
}

/// The withheld places of a segment, by characters; white space neither opens nor closes one.
fn withheld_places(all: &str, open: &[bool]) -> Vec<Range<usize>> {
    let mut places: Vec<Range<usize>> = Vec::new();
    let mut joined = false;
    for (at, letter) in all.chars().enumerate() {
        if letter.is_whitespace() {
            continue;
        }
        if open.get(at).copied().unwrap_or(true) {
            joined = false;
            continue;
        }
        match places.last_mut().filter(|_| joined) {
            Some(place) => place.end = at + 1,
            None => places.push(at..at + 1),
        }
        joined = true;
    }
    places
}

/// Whether a character of a place that is not white space stands in no strike.
pub(super) fn readable(plan: &Plan, passage: usize, said: &str, place: Range<usize>) -> bool {
    let spans = plan.spans_of(passage as u64);
    let struck = |at: u64| spans.iter().any(|(s, _)| s.at <= at && at < s.at.saturating_add(s.chars));
    let letters = said.chars().enumerate().skip(place.start).take(place.len());
    letters.filter(|(_, c)| !c.is_whitespace()).any(|(at, _)| !struck(at as u64))
}
