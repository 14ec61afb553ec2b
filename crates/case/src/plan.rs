//! The redaction plan: what is struck from one exhibit for one audience, why, and who reviewed it.
//!
//! Keeps: a plan without a reviewer is only a proposal and lets nothing out; every strike has a reason.
//! Does not know: leaves, snapping, files (`casemate-carve` turns strikes into masks).

use crate::coverage::Coverage;
use crate::names::{Occurrence, Sure};
use crate::person::PersonId;
use casemate_carve::locator::TimeRange;

/// Why a passage is withheld. The codes are part of the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// A protected person's name.
    Name,
    /// Something that tells who they are (a number, an address, a kinship).
    Identifier,
    /// A third person's private life.
    PrivateLife,
    /// Privileged (lawyer and client).
    Privilege,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 4] = [Self::Name, Self::Identifier, Self::PrivateLife, Self::Privilege];

    /// The code in acts and bundles.
    #[must_use]
    pub fn code(self) -> u64 {
        match self {
            Self::Name => 1,
            Self::Identifier => 2,
            Self::PrivateLife => 3,
            Self::Privilege => 4,
        }
    }

    /// Reads the code.
    #[must_use]
    pub fn from_code(code: u64) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.code() == code)
    }
}

/// A run of characters of one passage of a reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Index of the passage in the reading.
    pub passage: u64,
    /// First character.
    pub at: u64,
    /// How many.
    pub chars: u64,
}

/// One thing that is struck.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strike {
    /// The characters, where the exhibit has a text.
    pub span: Option<Span>,
    /// The milliseconds, where the exhibit is a recording. Not widened: `casemate-carve` adds reach and margin.
    pub time: Option<TimeRange>,
    /// Whose name.
    pub person: Option<PersonId>,
    /// Why.
    pub reason: Reason,
    /// The words struck: lives only in the plan's own act, in the identity compartment.
    pub words: String,
}

/// A plan for one exhibit and one audience.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The audience's word.
    pub audience: String,
    /// What is struck.
    pub strikes: Vec<Strike>,
    /// Who reviewed it; `None` while it is a proposal.
    pub reviewer: Option<String>,
    /// How many strikes the reviewer had looked at one by one when they signed; `None` where nobody counted.
    pub looked: Option<u64>,
    /// Object root of the reading that spans refer to.
    pub reading: Option<[u8; 32]>,
}

impl Plan {
    /// The sound that the strikes name, before reach, margin and grid.
    #[must_use]
    pub fn sound(&self) -> Coverage {
        Coverage::of(self.strikes.iter().filter_map(|s| s.time))
    }

    /// Whose name a strike stands for, as it leaves: nobody's while the same characters are struck as another person's
    /// too. Two people who share a surname must not be told apart by a guess.
    #[must_use]
    pub fn meant(&self, strike: &Strike) -> Option<PersonId> {
        let other =
            |s: &Strike| s.span.is_some() && s.span == strike.span && s.person.is_some() && s.person != strike.person;
        strike.person.filter(|_| !self.strikes.iter().any(other))
    }

    /// The spans struck in one passage, sorted and made disjoint (an overlap belongs to the earlier span).
    #[must_use]
    pub fn spans_of(&self, passage: u64) -> Vec<(Span, &Strike)> {
        let mut out: Vec<(Span, &Strike)> =
            self.strikes.iter().filter_map(|s| s.span.filter(|p| p.passage == passage).map(|p| (p, s))).collect();
        out.sort_by_key(|(span, _)| (span.at, std::cmp::Reverse(span.chars)));
        let mut end = 0;
        out.retain_mut(|(span, _)| {
            let span_end = span.at.saturating_add(span.chars);
            let at = span.at.max(end);
            *span = Span { at, chars: span_end.saturating_sub(at), ..*span };
            end = end.max(span_end);
            span.chars > 0
        });
        out
    }
}

/// The words of a passage with their times, as far as a plan needs them.
#[derive(Clone, Copy, Debug)]
pub struct TimedWord {
    /// First character in the passage.
    pub at: u64,
    /// How many characters.
    pub chars: u64,
    /// When it is said.
    pub time: TimeRange,
}

/// What a plan needs to know of a passage to strike in it.
#[derive(Clone, Debug)]
pub struct PassageView<'a> {
    /// The text.
    pub text: &'a str,
    /// Words with times; empty for a text without sound.
    pub words: Vec<TimedWord>,
    /// The passage's own time, where it is speech.
    pub time: Option<TimeRange>,
}

/// Proposes a strike for each occurrence.
///
/// The time is that of the words which the occurrence touches; a passage of speech without word times is struck whole,
/// for half a name must not be heard.
#[must_use]
pub fn propose(passages: &[PassageView<'_>], found: &[Occurrence]) -> Vec<Strike> {
    found
        .iter()
        .filter(|o| !found.iter().any(|other| is_better_named(other, o)))
        .filter_map(|o| {
            let view = passages.get(o.passage)?;
            let span = Span { passage: o.passage as u64, at: o.at as u64, chars: o.chars as u64 };
            let end = span.at + span.chars;
            let touched = view.words.iter().filter(|w| w.at < end && span.at < w.at + w.chars);
            let time = touched
                .map(|w| w.time)
                .reduce(|a, b| TimeRange { start: a.start.min(b.start), end: a.end.max(b.end) })
                .or(view.time);
            let words = view.text.chars().skip(o.at).take(o.chars).collect();
            Some(Strike { span: Some(span), time, person: Some(o.person), reason: Reason::Name, words })
        })
        .collect()
}

/// Whether the same characters are the whole name of one person and for another only a part of theirs, or near it: then they
/// are the first one's, and leave under that alias.
fn is_better_named(other: &Occurrence, o: &Occurrence) -> bool {
    let same = (other.passage, other.at, other.chars) == (o.passage, o.at, o.chars);
    same && other.person != o.person && other.sure == Sure::Exact && o.sure != Sure::Exact
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(start: u64, end: u64) -> TimeRange {
        TimeRange { start, end }
    }

    #[test]
    fn a_strike_takes_the_time_of_every_word_it_touches() {
        let words = vec![
            TimedWord { at: 0, chars: 5, time: range(0, 400) },
            TimedWord { at: 6, chars: 3, time: range(400, 700) },
            TimedWord { at: 10, chars: 7, time: range(700, 1300) },
        ];
        let views = [PassageView { text: "hello Lin Muchuan", words, time: Some(range(0, 1300)) }];
        let found = [Occurrence { passage: 0, at: 6, chars: 11, person: PersonId([1; 32]), sure: Sure::Exact }];
        let strikes = propose(&views, &found);
        assert_eq!(strikes.len(), 1);
        assert_eq!(strikes[0].time, Some(range(400, 1300)));
        assert_eq!(strikes[0].words, "Lin Muchuan");
    }

    #[test]
    fn speech_without_word_times_is_struck_whole() {
        let views = [PassageView { text: "Lin", words: Vec::new(), time: Some(range(10, 90)) }];
        let found = [Occurrence { passage: 0, at: 0, chars: 3, person: PersonId([1; 32]), sure: Sure::Part }];
        assert_eq!(propose(&views, &found)[0].time, Some(range(10, 90)));
    }

    #[test]
    fn who_bears_the_whole_name_is_meant_not_who_bears_a_part_of_it() {
        let views = [PassageView { text: "老唐 rang", words: Vec::new(), time: None }];
        let find = |person, sure| Occurrence { passage: 0, at: 0, chars: 2, person: PersonId([person; 32]), sure };
        let of =
            |found: &[Occurrence]| propose(&views, found).iter().map(|s| s.person.unwrap().0[0]).collect::<Vec<_>>();
        assert_eq!(of(&[find(1, Sure::Part), find(2, Sure::Exact)]), [2]);
        // Two who bear the same name: both, for the reviewer to see.
        assert_eq!(of(&[find(1, Sure::Exact), find(2, Sure::Exact)]), [1, 2]);
        assert_eq!(of(&[find(1, Sure::Part), find(2, Sure::Part)]), [1, 2]);
    }

    #[test]
    fn a_surname_that_two_people_share_is_nobodys_until_somebody_says_whose() {
        let strike = |person: Option<u8>, at| Strike {
            span: Some(Span { passage: 0, at, chars: 4 }),
            time: None,
            person: person.map(|p| PersonId([p; 32])),
            reason: Reason::Name,
            words: "Tang".into(),
        };
        let mut plan = Plan {
            audience: "press".into(),
            strikes: vec![strike(Some(1), 0), strike(Some(2), 0), strike(Some(2), 9)],
            reviewer: None,
            looked: None,
            reading: None,
        };
        let meant = |plan: &Plan| plan.strikes.iter().map(|s| plan.meant(s).map(|p| p.0[0])).collect::<Vec<_>>();
        assert_eq!(meant(&plan), [None, None, Some(2)]);
        plan.strikes.remove(0);
        assert_eq!(meant(&plan), [Some(2), Some(2)]);
    }

    #[test]
    fn overlapping_spans_are_made_disjoint() {
        let strike = |at, chars| Strike {
            span: Some(Span { passage: 2, at, chars }),
            time: None,
            person: None,
            reason: Reason::Name,
            words: String::new(),
        };
        let plan = Plan {
            audience: "court".into(),
            strikes: vec![strike(5, 4), strike(0, 6), strike(1, 2), strike(20, 1)],
            reviewer: None,
            looked: None,
            reading: None,
        };
        let spans: Vec<(u64, u64)> = plan.spans_of(2).iter().map(|(s, _)| (s.at, s.chars)).collect();
        assert_eq!(spans, [(0, 6), (6, 3), (20, 1)]);
        assert!(plan.spans_of(1).is_empty());
    }
}
