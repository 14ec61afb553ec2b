//! What an audience has read before: the release layers of an exhibit that left in earlier bundles.
//!
//! Keeps: a word that stood open in a layer is found even though a new layer has new leaves; layers of another reading
//! are compared where a passage reads the same. Does not know: sound (its leaves stay the same, the case's fold compares).

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

/// One segment of an earlier layer: its characters, and which were open.
type Segment = (String, Vec<bool>);

/// Strikes of the plan that hide a word which an earlier bundle for the same profile showed: of the bundle with most.
pub(super) fn reopened(
    session: &Session,
    profile: Profile,
    exhibit: &Exhibit,
    text: &Text,
    plan: &Plan,
    watch: &Watch<'_>,
) -> Result<u64, AppError> {
    let mut most = 0;
    for item in session.case.disclosures().iter().filter(|d| d.profile == profile).flat_map(|d| &d.items) {
        let layers = exhibit.derived.iter().filter(|d| d.what == what::RELEASE);
        let Some(layer) = layers.map(|d| &d.object).find(|o| o.root() == item.root) else { continue };
        let segments = segments(session, layer, item, watch)?;
        most = most.max(hidden_now(&segments, text, plan));
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
