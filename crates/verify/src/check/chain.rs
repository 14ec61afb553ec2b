//! Who passed a bundle on, one after the other, and who of them withheld what (`docs/format/bundle.md` §6).
//!
//! Keeps: a discloser counts only behind all before them; nobody opens what one before them hid; a part that two may
//! have hidden is said to be of either. Does not know: who holds a key.

use super::facts::{DISCLOSURE_BYTES_MAX, Files};
use super::log::Lane;
use super::withheld::withheld_times;
use crate::bag::{BagError, hex};
use crate::discloser::{self, DiscloserError, Part, Shown, Told};
use crate::statement::{Item, Narrowed, Statement};
use crate::verdict::{Finding, Status, Verdict};
use casemate_carve::{Run, Shape};
use casemate_proof::disclosure::DisclosureError;
use casemate_proof::{Disclosure, Mask};
use std::io::{Read, Seek};

const LEAVES_BYTES_MAX: u64 = 1 << 25;
const SIGNATURE_BYTES: u64 = 64;

/// Why a discloser is refused.
#[derive(Debug, thiserror::Error)]
enum ChainError {
    #[error(transparent)]
    Bag(#[from] BagError),
    #[error(transparent)]
    Disclosure(#[from] DisclosureError),
    #[error(transparent)]
    Discloser(#[from] DiscloserError),
    #[error("it is of another case")]
    Case,
    #[error("the first discloser's key is not the one that was granted")]
    NotGranted,
    #[error("it does not follow the discloser before it")]
    Order,
    #[error("it is a first discloser at another place")]
    SecondFirst,
    #[error("it shows other items than the bundle has")]
    Items,
    #[error("item {0} is another object than before")]
    Object(u64),
    #[error("item {0}: it opens what a discloser before it withheld")]
    Opens(u64),
    #[error("it says otherwise than the statement: {0}")]
    Statement(&'static str),
}

/// Those who passed the bundle on, each proven.
pub(super) struct Chain {
    shown: Vec<Shown>,
    /// The first discloser left no statement that can be narrowed.
    first_unknown: bool,
}

/// Adds a finding for each discloser; answers the chain if all hold. `None` for a bundle that was not narrowed too.
pub(super) fn findings<R: Read + Seek>(
    files: &Files<'_, R>,
    statement: &Statement,
    lane: Option<&Lane>,
    verdict: &mut Verdict,
) -> Option<Chain> {
    let narrowed = statement.narrowed.as_ref()?;
    let Some(lane) = lane else {
        for place in 1..=narrowed.disclosers {
            verdict.add(unknown(place));
        }
        return None;
    };
    let mut shown: Vec<Shown> = Vec::new();
    let mut first_unknown = false;
    for place in 1..=narrowed.disclosers {
        let failed = match next(files, statement, narrowed, lane, shown.last(), place) {
            Ok(found) => {
                if place == 1 && found.head.part == Part::Narrower {
                    first_unknown = true;
                    verdict.add(unknown(1).fact("key", hex(lane.disclosure.as_bytes())).fact("reason", "no-statement"));
                }
                verdict.add(said(&found, place + u64::from(first_unknown), statement));
                shown.push(found);
                continue;
            }
            failed => failed.map(|_| ()),
        };
        let ahead = u64::from(first_unknown);
        verdict.add(Finding::from_result("discloser", &failed).fact("place", place + ahead));
        for place in place + 1..=narrowed.disclosers {
            verdict.add(unknown(place + ahead));
        }
        return None;
    }
    Some(Chain { shown, first_unknown })
}

fn unknown(place: u64) -> Finding {
    Finding::new("discloser", Status::NotChecked).fact("place", place)
}

fn said(shown: &Shown, place: u64, statement: &Statement) -> Finding {
    let mut finding = Finding::new("discloser", Status::Proven).fact("place", place);
    finding = finding.fact("key", hex(shown.head.key.as_bytes())).fact("date", &shown.head.date);
    let texts = [("name", &shown.name), ("purpose", &shown.purpose), ("recipient", &shown.recipient)];
    for (name, told) in texts {
        if let Some(text) = told.text() {
            finding = finding.fact(name, text);
        }
    }
    let hidden: Vec<&str> = texts.iter().filter(|(_, told)| **told == Told::Withheld).map(|(name, _)| *name).collect();
    if !hidden.is_empty() {
        finding = finding.fact("texts-withheld", hidden.join(","));
    }
    let items = shown.passed.saturating_sub(statement.items.len() as u64);
    if items > 0 { finding.fact("items-withheld", items) } else { finding }
}

/// Reads the discloser at a place and checks it against the one before and, at the end, against the statement.
fn next<R: Read + Seek>(
    files: &Files<'_, R>,
    statement: &Statement,
    narrowed: &Narrowed,
    lane: &Lane,
    before: Option<&Shown>,
    place: u64,
) -> Result<Shown, ChainError> {
    let object = files.small(&discloser::file(place, "object"), DISCLOSURE_BYTES_MAX)?;
    let leaves = files.small(&discloser::file(place, "leaves"), LEAVES_BYTES_MAX)?;
    let signature = files.small(&discloser::file(place, "sig"), SIGNATURE_BYTES)?;
    let shown = Shown::read(&Disclosure::decode(&object)?, &leaves, &signature)?;
    follows(&shown, lane, before)?;
    if !shown.items.iter().map(|item| item.number).eq(statement.items.iter().map(|item| item.number)) {
        return Err(ChainError::Items);
    }
    for (item, stated) in shown.items.iter().zip(&statement.items) {
        if Some(item.root) != stated.root {
            return Err(ChainError::Object(item.number));
        }
        if let Some(earlier) = before.and_then(|b| b.item(item.number)).filter(|b| !within(&b.mask, &item.mask)) {
            return Err(ChainError::Opens(earlier.number));
        }
    }
    if place == narrowed.disclosers {
        states(&shown, statement, narrowed)?;
        for item in &shown.items {
            let path = format!("proof/{:03}.object", item.number);
            if Disclosure::decode(&files.small(&path, DISCLOSURE_BYTES_MAX)?)?.mask != item.mask {
                return Err(ChainError::Object(item.number));
            }
        }
    }
    Ok(shown)
}

fn follows(shown: &Shown, lane: &Lane, before: Option<&Shown>) -> Result<(), ChainError> {
    let head = &shown.head;
    if head.case != lane.case {
        return Err(ChainError::Case);
    }
    match (head.part, before) {
        (Part::First, Some(_)) => Err(ChainError::SecondFirst),
        (Part::First, None) if head.key != lane.disclosure => Err(ChainError::NotGranted),
        (Part::First, None) if head.previous.is_some() || head.narrowed.is_some() => Err(ChainError::Order),
        (Part::Narrower, _) if head.previous != before.map(|b| b.root) || head.narrowed.is_none() => {
            Err(ChainError::Order)
        }
        (Part::Narrower, Some(before)) if before.passed < shown.passed => Err(ChainError::Items),
        _ => Ok(()),
    }
}

/// That the last discloser says what the statement says, whole.
fn states(shown: &Shown, statement: &Statement, narrowed: &Narrowed) -> Result<(), ChainError> {
    let open = |text: &str| Told::Open(Some(text.to_owned()));
    let same = [
        ("part", shown.head.part == Part::Narrower),
        ("key", shown.head.key == statement.key),
        ("date", shown.head.date == statement.date),
        ("previous", shown.head.narrowed == statement.previous),
        ("name", shown.name == Told::Open(narrowed.name.clone())),
        ("purpose", shown.purpose == open(&statement.purpose)),
        ("recipient", shown.recipient == open(&statement.recipient)),
        ("items", shown.passed == statement.items.len() as u64),
    ];
    match same.iter().find(|(_, holds)| !holds) {
        Some((field, _)) => Err(ChainError::Statement(field)),
        None => Ok(()),
    }
}

fn hidden(mask: &Mask) -> Vec<Run> {
    let ranges = mask.ranges().filter(|(_, open)| !open);
    ranges.map(|(range, _)| Run { start: range.start, len: range.end.saturating_sub(range.start) }).collect()
}

/// Whether all that `wide` hides is hidden in `narrow` too, of the same number of leaves.
fn within(wide: &Mask, narrow: &Mask) -> bool {
    let mut ahead = hidden(narrow).into_iter().peekable();
    wide.leaves() == narrow.leaves()
        && hidden(wide).iter().all(|run| {
            while ahead.next_if(|n| n.end() < run.end()).is_some() {}
            ahead.peek().is_some_and(|n| n.start <= run.start)
        })
}

/// What `narrow` hides and `wide` does not, where the one hides all that the other does.
fn added(wide: Option<&Mask>, narrow: &Mask) -> Vec<Run> {
    let earlier = wide.map(hidden).unwrap_or_default();
    let mut earlier = earlier.iter().peekable();
    let mut out = Vec::new();
    for run in hidden(narrow) {
        let mut at = run.start;
        while let Some(before) = earlier.next_if(|b| b.end() <= run.end()) {
            out.push(Run { start: at, len: before.start.saturating_sub(at) });
            at = before.end();
        }
        out.push(Run { start: at, len: run.end().saturating_sub(at) });
    }
    out.retain(|run| run.len > 0);
    out
}

impl Chain {
    /// Who withheld what of an item.
    pub(super) fn withheld_by(&self, item: &Item, shape: Shape) -> Finding {
        let status = if self.first_unknown { Status::NotChecked } else { Status::Proven };
        let (mut by, mut times) = (Vec::new(), Vec::new());
        let mut before: Option<&Mask> = None;
        for (place, shown) in (1u64..).zip(&self.shown) {
            let Some(passed) = shown.item(item.number) else { continue };
            let name = match (self.first_unknown, place) {
                (true, 1) => "1-2".to_owned(),
                (true, _) => (place + 1).to_string(),
                (false, _) => place.to_string(),
            };
            let runs = added(before, &passed.mask);
            before = Some(&passed.mask);
            let leaves = runs.iter().fold(0u64, |sum, run| sum.saturating_add(run.len));
            if leaves > 0 {
                by.push(format!("{name}:{leaves}"));
            }
            let at: Vec<String> =
                withheld_times(shape, &runs).iter().map(|t| format!("{}-{}", t.start, t.end)).collect();
            if !at.is_empty() {
                times.push(format!("{name}:{}", at.join(",")));
            }
        }
        let finding = Finding::new("withheld-by", status).of(item.number).fact("by", by.join(";"));
        if times.is_empty() { finding } else { finding.fact("by-ms", times.join(";")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mask(runs: &[u64]) -> Mask {
        Mask::from_runs(runs.to_vec()).unwrap()
    }

    #[test]
    fn a_mask_that_opens_is_not_within() {
        let wide = mask(&[3, 2, 5, 1, 9]);
        for narrow in [&[3, 2, 5, 1, 9][..], &[0, 20], &[2, 4, 4, 2, 8], &[3, 8, 9], &[3, 2, 5, 10]] {
            assert!(within(&wide, &mask(narrow)), "{narrow:?}");
        }
        for narrow in [&[20][..], &[4, 1, 5, 1, 9], &[3, 1, 6, 1, 9], &[3, 2, 15], &[0, 4, 6, 1, 9], &[3, 2, 5, 1, 8]] {
            assert!(!within(&wide, &mask(narrow)), "{narrow:?}");
        }
    }

    #[test]
    fn what_is_added_is_what_was_open() {
        let wide = mask(&[3, 2, 5, 1, 9]);
        let of =
            |narrow: &[u64]| added(Some(&wide), &mask(narrow)).iter().map(|r| (r.start, r.len)).collect::<Vec<_>>();
        assert_eq!(of(&[3, 2, 5, 1, 9]), []);
        assert_eq!(of(&[0, 20]), [(0, 3), (5, 5), (11, 9)]);
        assert_eq!(of(&[2, 4, 4, 2, 8]), [(2, 1), (5, 1), (11, 1)]);
        assert_eq!(of(&[1, 1, 1, 2, 5, 1, 4, 2, 3]), [(1, 1), (15, 2)]);
        assert_eq!(added(None, &wide).len(), 2);
    }
}
