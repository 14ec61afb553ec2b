//! The open part of a release layer, as passages that can be withheld.
//!
//! Keeps: what is withheld of a passage is a whole leaf, so that no length of a word shows; a text never moves to another
//! speaker. Does not know: the sound behind it.

use super::received::Wide;
use super::words::{Across, Sought};
use super::{NarrowError, Place};
use crate::error::BundleError;
use casemate_carve::Run;
use casemate_carve::locator::TimeRange;
use casemate_carve::release::{self, Unit};
use std::io::{Read, Seek};

const MS_IN_SECOND: u64 = 1_000;
/// Longest row in characters; what is behind is left out.
const ROW_CHARS_MAX: usize = 2_000;
/// Where something is hidden.
const HIDDEN: &str = "[…]";

/// What stands in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number, from 1.
    pub number: u64,
    /// Where it stands in its source.
    pub place: Option<release::Place>,
    /// Who says it.
    pub speaker: Option<String>,
    /// What is open of it; labels stand in brackets, and `[…]` where something is withheld.
    pub said: String,
}

/// A passage: the leaf that begins it, and those behind it.
struct Passage {
    /// Index of its first leaf: the segment, where that is open.
    start: u64,
    /// Index of the first leaf of what is said.
    body: u64,
    /// First leaf of the next.
    end: u64,
    place: release::Place,
    speaker: Option<String>,
    /// Its open leaves behind the segment.
    units: Vec<(u64, Unit)>,
}

/// A layer of which open leaves are known.
pub(super) struct Text {
    head: Option<release::Head>,
    passages: Vec<Passage>,
}

/// Leaves to hide, and when they were spoken.
pub(super) struct Found {
    pub runs: Vec<Run>,
    pub time: Option<TimeRange>,
}

impl Passage {
    fn time(&self) -> Option<TimeRange> {
        let release::Place::Time { start_s, end_s } = self.place else { return None };
        TimeRange::new(start_s.saturating_mul(MS_IN_SECOND), end_s.saturating_mul(MS_IN_SECOND))
    }

    /// What is open of it: labels in brackets, and a mark where leaves are hidden.
    fn shown(&self) -> String {
        let mut out = String::new();
        let mut next = self.body;
        for (index, unit) in &self.units {
            if *index > next {
                out.push_str(HIDDEN);
            }
            next = index.saturating_add(1);
            match unit {
                Unit::Text(text) => out.push_str(text),
                Unit::Label { label, .. } => {
                    out.push_str(&format!("[{label}]"));
                    // What it stands for is the leaf behind it.
                    next = next.saturating_add(1);
                }
                Unit::Withheld(_) | Unit::Head(_) | Unit::Segment { .. } => {}
            }
        }
        if next < self.end {
            out.push_str(HIDDEN);
        }
        out
    }

    /// All of it but its place and speaker.
    fn said(&self) -> Found {
        let (start, len) = (self.body, self.end.saturating_sub(self.body));
        Found { runs: vec![Run { start, len }], time: self.time() }
    }

    fn whole(&self) -> Found {
        let len = self.end.saturating_sub(self.start);
        Found { runs: vec![Run { start: self.start, len }], time: self.time() }
    }

    fn leaf(&self, start: u64, len: u64) -> Found {
        Found { runs: vec![Run { start, len }], time: self.time() }
    }

    /// The leaves with the words sought, alone or with the passage before: of a speaker the whole passage goes, else it would
    /// be the one's before.
    fn with_words<'t>(&'t self, sought: &Sought, across: &mut Across<'_, (&'t Self, u64)>) -> Vec<Found> {
        if self.speaker.as_ref().is_some_and(|speaker| sought.is_in(speaker)) {
            return vec![self.whole()];
        }
        let mut found = Vec::new();
        for (index, unit) in &self.units {
            match unit {
                Unit::Text(text) | Unit::Withheld(text) => {
                    let (here, before) = across.next((self, *index), text);
                    found.extend(before.map(|(passage, index)| passage.leaf(index, 1)));
                    found.extend(here.then(|| self.leaf(*index, 1)));
                }
                // What stands behind a label that goes, goes with it.
                Unit::Label { label, .. } if sought.is_in(label) => found.push(self.leaf(*index, 2)),
                Unit::Label { .. } | Unit::Head(_) | Unit::Segment { .. } => {}
            }
        }
        found
    }
}

impl Text {
    /// Reads the open leaves of an item.
    pub(super) fn read<R: Read + Seek>(wide: &Wide<'_, R>) -> Result<Self, NarrowError> {
        let mut text = Self { head: None, passages: Vec::new() };
        wide.for_each_open(&mut |index, _, payload| {
            text.add(index, Unit::decode(payload)?);
            Ok::<(), BundleError>(())
        })?;
        if let Some(last) = text.passages.last_mut() {
            last.end = wide.shape.leaf_count();
        }
        Ok(text)
    }

    fn add(&mut self, index: u64, unit: Unit) {
        match unit {
            Unit::Head(head) => self.head = Some(head),
            Unit::Segment { place, speaker } => {
                if let Some(last) = self.passages.last_mut() {
                    last.end = index;
                }
                let body = index.saturating_add(1);
                self.passages.push(Passage { start: index, body, end: body, place, speaker, units: Vec::new() });
            }
            unit => match self.passages.last_mut() {
                Some(last) => last.units.push((index, unit)),
                // Its segment was withheld: nothing is said of it but itself.
                None => self.passages.push(Passage {
                    start: index,
                    body: index,
                    end: index.saturating_add(1),
                    place: release::Place::Untold,
                    speaker: None,
                    units: vec![(index, unit)],
                }),
            },
        }
    }

    /// Its passages as they are counted, each as its reader sees it.
    pub(super) fn rows(&self) -> Vec<Row> {
        let row = |(number, passage): (u64, &Passage)| Row {
            number,
            place: Some(passage.place).filter(|place| *place != release::Place::Untold),
            speaker: passage.speaker.clone(),
            said: shortened(&passage.shown()),
        };
        (1u64..).zip(&self.passages).map(row).collect()
    }

    /// Where the words sought stand.
    pub(super) fn with_words(&self, sought: &Sought) -> Vec<Found> {
        let head = self.head.as_ref().filter(|head| sought.is_in(&head.title) || sought.is_in(&head.statement));
        let head = head.map(|_| Found { runs: vec![Run { start: 0, len: 1 }], time: None });
        let mut across = Across::new(sought);
        head.into_iter().chain(self.passages.iter().flat_map(|p| p.with_words(sought, &mut across))).collect()
    }

    /// The passages at a place; none where the text has no such place.
    pub(super) fn at(&self, place: &Place) -> Option<Vec<Found>> {
        let mut numbered = (1u64..).zip(&self.passages);
        let found: Vec<Found> = match place {
            Place::Passages(first, last) => {
                numbered.filter(|(n, _)| (*first..=*last).contains(n)).map(|(_, p)| p.said()).collect()
            }
            Place::Time(range) => self.spoken(*range).map(Passage::said).collect(),
            place => numbered.by_ref().map(|(_, p)| p).filter(|p| is_at(p.place, place)).map(Passage::said).collect(),
        };
        (!found.is_empty()).then_some(found)
    }

    fn spoken(&self, range: TimeRange) -> impl Iterator<Item = &Passage> {
        self.passages.iter().filter(move |p| p.time().is_some_and(|time| time.overlaps(range)))
    }

    /// The leaves of what is spoken in a time.
    pub(super) fn spoken_in(&self, range: TimeRange) -> Vec<Run> {
        self.spoken(range).flat_map(|passage| passage.said().runs).collect()
    }

    /// Labels and speakers that are open outside these runs.
    pub(super) fn people(&self, hidden: &[Run]) -> Vec<String> {
        let is_open = |index: u64| !crate::playable::is_hidden(hidden, index);
        let labels = self.passages.iter().flat_map(|p| &p.units).filter_map(|(index, unit)| match unit {
            Unit::Label { label, .. } if is_open(*index) => Some(label),
            _ => None,
        });
        let speakers = self.passages.iter().filter(|p| is_open(p.start)).filter_map(|p| p.speaker.as_ref());
        labels.chain(speakers).cloned().collect()
    }

    /// The texts of these leaves.
    pub(super) fn texts(&self, hidden: &[Run]) -> Vec<String> {
        let units = self.passages.iter().flat_map(|p| &p.units);
        let gone = units.filter(|(index, _)| crate::playable::is_hidden(hidden, *index));
        gone.filter_map(|(_, unit)| match unit {
            Unit::Text(text) | Unit::Withheld(text) => Some(text.clone()),
            _ => None,
        })
        .collect()
    }
}

fn is_at(place: release::Place, asked: &Place) -> bool {
    match (place, asked) {
        (release::Place::Lines { first, last }, Place::Lines(from, to)) => first <= *to && last >= *from,
        (release::Place::Message(n), Place::Message(m)) => n == *m,
        (release::Place::Row(n), Place::Row(row, None)) => n == *row,
        (release::Place::Page(n), Place::Page { page, rect: None, .. }) => n == *page,
        _ => false,
    }
}

/// Without the end of its line, and not longer than the limit.
pub(super) fn shortened(text: &str) -> String {
    text.trim_end_matches(['\r', '\n']).chars().take(ROW_CHARS_MAX).collect()
}
