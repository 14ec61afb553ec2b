//! Release layers: a reading with its plan becomes leaves in which each struck span stands alone, behind its label.
//!
//! Keeps: every strike of the plan is a protected span, wherever the reading cuts its passages; a speaker is shown only
//! by alias. Does not know: how the reading was stored; passages are given.

use crate::error::BundleError;
use casemate_carve::locator::TimeRange;
use casemate_carve::release::{Head, Place, Protection, Release, ReleaseBuilder, ReleaseKind, Segment, Span};
use casemate_case::person::PersonId;
use casemate_case::plan::{Plan, Reason};

/// Where a passage stands in its source, as a layer may tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassagePlace {
    /// Not told.
    Untold,
    /// In a recording.
    Time(TimeRange),
    /// Lines from 1.
    Lines(u64, u64),
    /// A message from 1.
    Message(u64),
    /// A row from 1.
    Row(u64),
    /// A page from 1.
    Page(u64),
}

/// A passage of the reading.
#[derive(Clone, Copy, Debug)]
pub struct PassageIn<'a> {
    /// Index in the reading: what spans refer to.
    pub index: u64,
    /// Where it stands.
    pub place: PassagePlace,
    /// Who speaks, as this recipient may read it; `None` where unknown or withheld.
    pub speaker: Option<&'a str>,
    /// Its text.
    pub text: &'a str,
}

/// How often each reason was used, for the statement.
#[must_use]
pub fn reasons(plan: &Plan) -> Vec<(String, u64)> {
    let mut counts = std::collections::BTreeMap::new();
    for strike in &plan.strikes {
        *counts.entry(reason_word(strike.reason).to_owned()).or_insert(0u64) += 1;
    }
    counts.into_iter().collect()
}

/// The word of a reason in bundles.
#[must_use]
pub fn reason_word(reason: Reason) -> &'static str {
    match reason {
        Reason::Name => "name",
        Reason::Identifier => "identifier",
        Reason::PrivateLife => "private-life",
        Reason::Privilege => "privilege",
    }
}

/// Builds a layer. `label` gives what is shown for a person ("" for the word "withheld").
///
/// # Errors
/// A limit of the profile.
pub fn build<'a>(
    kind: ReleaseKind,
    head: Head,
    passages: impl IntoIterator<Item = PassageIn<'a>>,
    plan: &Plan,
    label: &dyn Fn(PersonId) -> String,
) -> Result<Release, BundleError> {
    let mut builder = ReleaseBuilder::new(kind, head)?;
    for passage in passages {
        builder.segment(Segment {
            place: place(passage.place),
            speaker: passage.speaker.map(str::to_owned),
            spans: spans(&passage, plan, label),
        })?;
    }
    Ok(builder.finish()?)
}

fn place(place: PassagePlace) -> Place {
    match place {
        PassagePlace::Untold => Place::Untold,
        PassagePlace::Time(range) => Place::time(range),
        PassagePlace::Lines(first, last) => Place::Lines { first, last },
        PassagePlace::Message(n) => Place::Message(n),
        PassagePlace::Row(n) => Place::Row(n),
        PassagePlace::Page(n) => Place::Page(n),
    }
}

fn spans(passage: &PassageIn<'_>, plan: &Plan, label: &dyn Fn(PersonId) -> String) -> Vec<Span> {
    let chars: Vec<char> = passage.text.chars().collect();
    let text = |from: usize, to: usize| chars.get(from..to).unwrap_or_default().iter().collect::<String>();
    let (mut out, mut at) = (Vec::new(), 0usize);
    for (span, strike) in plan.spans_of(passage.index) {
        let start = usize::try_from(span.at).unwrap_or(usize::MAX).min(chars.len()).max(at);
        let end = start.saturating_add(usize::try_from(span.chars).unwrap_or(usize::MAX)).min(chars.len());
        if start >= end {
            continue;
        }
        if at < start {
            out.push(Span { text: text(at, start), protect: None });
        }
        let protection = Protection {
            label: plan.meant(strike).map(label).unwrap_or_default(),
            reason: reason_word(strike.reason).into(),
        };
        out.push(Span { text: text(start, end), protect: Some(protection) });
        at = end;
    }
    if at < chars.len() {
        out.push(Span { text: text(at, chars.len()), protect: None });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use casemate_carve::Leaf;
    use casemate_carve::release::render_text;
    use casemate_case::plan::{Span as PlanSpan, Strike};

    fn strike(passage: u64, at: u64, chars: u64) -> Strike {
        Strike {
            span: Some(PlanSpan { passage, at, chars }),
            time: None,
            person: Some(PersonId([1; 32])),
            reason: Reason::Name,
            words: String::new(),
        }
    }

    #[test]
    fn struck_words_stand_in_protected_leaves_alone() {
        let plan = Plan {
            audience: "court".into(),
            strikes: vec![strike(0, 5, 3), strike(1, 0, 3), strike(1, 90, 4)],
            reviewer: None,
            looked: None,
            reading: None,
        };
        let passages = [
            PassageIn { index: 0, place: PassagePlace::Lines(1, 1), speaker: None, text: "dear Lin, hello" },
            PassageIn { index: 1, place: PassagePlace::Lines(2, 2), speaker: Some("A"), text: "林慕川" },
        ];
        let head = Head { title: "T".into(), made_from: Vec::new(), statement: "s".into(), language: "en".into() };
        let release = build(ReleaseKind::Text, head, passages, &plan, &|_| "B".into()).unwrap();
        let hidden: Vec<String> = release
            .protected
            .iter()
            .flat_map(|run| run.start..run.end())
            .map(|i| String::from_utf8_lossy(&release.payloads[i as usize]).into_owned())
            .collect();
        assert_eq!(hidden.len(), 2);
        assert!(hidden[0].contains("Lin") && hidden[1].contains("林慕川"), "{hidden:?}");
        let leaves = release.payloads.iter().enumerate().map(|(i, p)| {
            let hidden = release.protected.iter().any(|r| r.contains(i as u64));
            if hidden { Leaf::Hidden { leaves: 1, ticks: 1 } } else { Leaf::Open(p) }
        });
        let mut out = Vec::new();
        render_text(release.shape, leaves, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains("dear [B], hello") && text.contains("A: [B]"), "{text}");
        assert!(!text.contains("Lin") && !text.contains('林'));
        assert_eq!(reasons(&plan), [("name".to_owned(), 3)]);
    }
}
