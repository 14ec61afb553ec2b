//! The newest text of an exhibit as redaction sees it: passages with the times of their words, and where names stand in
//! it, also where a name is broken over two passages.
//!
//! Keeps: a find is a run of characters of one passage; one that crosses a border is cut into pieces, none is lost.
//! Does not know: plans, audiences.

pub(crate) use crate::text::{Text, load};
use casemate_carve::locator::TimeRange;
use casemate_case::identifiers::{Identifier, IdentifierKind, identifiers};
use casemate_case::names::{NameFinder, Occurrence, Sure};
use casemate_case::person::{Person, PersonId};
use casemate_case::plan::{PassageView, Span, TimedWord};
use casemate_ports::reading::{Passage, Place, Reading};
use std::collections::BTreeMap;

/// Where names stand.
#[derive(Default)]
pub(crate) struct Finds {
    /// In the passages.
    pub passages: Vec<Occurrence>,
    /// In metadata, speakers and names of parts, which no output shows: how often each person.
    pub aside: BTreeMap<PersonId, u64>,
}

/// The time of a place in a recording.
pub(crate) fn time_of(place: &Place) -> Option<TimeRange> {
    match place {
        Place::Time { start_ms, end_ms, .. } => TimeRange::new(*start_ms, *end_ms),
        Place::Part { inside, .. } => time_of(inside),
        _ => None,
    }
}

/// What a plan needs to know of a passage.
pub(crate) fn view(passage: &Passage) -> PassageView<'_> {
    let word = |w: &casemate_ports::reading::Word| {
        let time = TimeRange::new(w.start_ms, w.end_ms)?;
        Some(TimedWord { at: w.at.into(), chars: w.chars.into(), time })
    };
    PassageView {
        text: &passage.text,
        words: passage.words.iter().filter_map(word).collect(),
        time: time_of(&passage.place),
    }
}

/// When the words of a span are said, as far as the text knows: the words that it touches, or the whole passage.
pub(crate) fn heard(reading: &Reading, span: Span) -> Option<TimeRange> {
    let view = view(reading.passages.get(usize::try_from(span.passage).ok()?)?);
    let touched = view.words.iter().filter(|w| w.at < span.at + span.chars && span.at < w.at + w.chars);
    let both = |a: TimeRange, b: TimeRange| TimeRange { start: a.start.min(b.start), end: a.end.max(b.end) };
    touched.map(|w| w.time).reduce(both).or(view.time)
}

/// Every find of the names of `people` in a text.
pub(crate) fn find<'a>(reading: &Reading, people: impl IntoIterator<Item = &'a Person>) -> Finds {
    let finder = NameFinder::new(people);
    let texts: Vec<&str> = reading.passages.iter().map(|p| p.text.as_str()).collect();
    let mut passages = finder.find(texts.iter().copied());
    for broken in crossing(&finder, &texts) {
        if !passages.iter().any(|o| o.person == broken.person && covers(o, &broken)) {
            passages.push(broken);
        }
    }
    passages.sort_by_key(|o| (o.passage, o.at, o.chars, o.person));
    let mut aside = BTreeMap::new();
    let metadata = reading.metadata.iter().flat_map(|(name, value)| [name.as_str(), value.as_str()]);
    let speakers = reading.passages.iter().filter_map(|p| p.speaker.as_deref());
    let parts = reading.parts.iter().map(|p| p.name.as_str());
    for found in finder.find(metadata.chain(speakers).chain(parts)) {
        if found.sure != Sure::Near {
            *aside.entry(found.person).or_insert(0) += 1;
        }
    }
    Finds { passages, aside }
}

fn covers(one: &Occurrence, other: &Occurrence) -> bool {
    one.passage == other.passage && one.at <= other.at && other.end() <= one.end()
}

/// Finds that begin in one passage and end in another, in pieces. Guesses are not made across borders.
fn crossing(finder: &NameFinder, texts: &[&str]) -> Vec<Occurrence> {
    let mut starts = Vec::with_capacity(texts.len());
    let mut joined = String::new();
    let mut at = 0usize;
    for text in texts {
        starts.push(at);
        joined.push_str(text);
        joined.push('\n');
        at += text.chars().count() + 1;
    }
    let passage_of = |char: usize| starts.partition_point(|s| *s <= char).saturating_sub(1);
    let mut out = Vec::new();
    for found in finder.find([joined.as_str()]) {
        let (first, last) = (passage_of(found.at), passage_of(found.end().saturating_sub(1)));
        if first == last || found.sure == Sure::Near {
            continue;
        }
        for passage in first..=last {
            let (Some(start), Some(text)) = (starts.get(passage), texts.get(passage)) else { continue };
            let from = found.at.max(*start) - start;
            let to = found.end().saturating_sub(*start).min(text.chars().count());
            if from < to {
                out.push(Occurrence { passage, at: from, chars: to - from, ..found });
            }
        }
    }
    out
}

/// A number, address or date in a text that tells who somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct IdentifierFind {
    /// Where.
    pub span: Span,
    /// What it is.
    pub kind: IdentifierKind,
}

/// Every identifier in a text.
pub(crate) fn find_identifiers(reading: &Reading) -> Vec<IdentifierFind> {
    let found = identifiers(reading.passages.iter().map(|p| p.text.as_str()));
    let span = |i: &Identifier| Span { passage: i.passage as u64, at: i.at as u64, chars: i.chars as u64 };
    found.iter().map(|i| IdentifierFind { span: span(i), kind: i.kind }).collect()
}

/// The characters of a find.
pub(crate) fn span_of(found: &Occurrence) -> Span {
    Span { passage: found.passage as u64, at: found.at as u64, chars: found.chars as u64 }
}

/// Every place of `words` in a text, as runs of characters, without regard to Latin case.
pub(crate) fn places_of(reading: &Reading, words: &str) -> Vec<Span> {
    let wanted: Vec<char> = words.chars().flat_map(char::to_lowercase).collect();
    let mut out = Vec::new();
    if wanted.is_empty() {
        return out;
    }
    for (passage, p) in reading.passages.iter().enumerate() {
        // Each character lower-cased may be several: keep which one it came from.
        let lower: Vec<(usize, char)> =
            p.text.chars().enumerate().flat_map(|(i, c)| c.to_lowercase().map(move |l| (i, l))).collect();
        let mut from = 0;
        while let Some(window) = lower.get(from..from + wanted.len()) {
            if window.iter().map(|(_, c)| c).eq(&wanted)
                && let (Some((first, _)), Some((last, _))) = (window.first(), window.last())
            {
                let (at, chars) = (*first as u64, (last - first + 1) as u64);
                out.push(Span { passage: passage as u64, at, chars });
                from += wanted.len();
            } else {
                from += 1;
            }
        }
    }
    out
}

/// The characters of a span.
pub(crate) fn words_at(reading: &Reading, span: Span) -> String {
    let to_usize = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    let passage = reading.passages.get(to_usize(span.passage));
    passage.map(|p| p.text.chars().skip(to_usize(span.at)).take(to_usize(span.chars)).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use casemate_case::person::{Name, Script};
    use casemate_ports::reading::{Kind, READING_VERSION};

    fn reading(texts: &[&str]) -> Reading {
        let passage = |text: &&str| Passage {
            place: Place::Whole,
            text: (*text).into(),
            language: None,
            speaker: None,
            when: None,
            words: Vec::new(),
            marks: Vec::new(),
        };
        Reading {
            version: READING_VERSION,
            kind: Kind::Text,
            media_type: "text/plain".into(),
            metadata: vec![("author".into(), "Lin Muchuan".into())],
            duration_ms: None,
            passages: texts.iter().map(passage).collect(),
            parts: Vec::new(),
            findings: Vec::new(),
            tool: "t".into(),
            parameters: Vec::new(),
        }
    }

    fn person() -> Person {
        Person {
            id: PersonId([1; 32]),
            names: vec![
                Name { script: Script::Han, text: "林慕川".into() },
                Name { script: Script::Passport, text: "LIN MUCHUAN".into() },
            ],
            role: String::new(),
            protected: true,
            red: false,
            note: None,
            relation: None,
        }
    }

    #[test]
    fn a_name_broken_over_two_passages_is_found_in_both() {
        let reading = reading(&["他叫林", "慕川。", "Mr Lin", "Muchuan said"]);
        let found = find(&reading, [&person()]);
        let words: Vec<String> = found.passages.iter().map(|o| words_at(&reading, span_of(o))).collect();
        for want in ["林", "慕川", "Lin", "Muchuan"] {
            assert!(words.iter().any(|w| w == want), "{want} in {words:?}");
        }
        assert_eq!(found.aside.get(&PersonId([1; 32])), Some(&1));
    }

    #[test]
    fn words_are_found_without_case_and_counted_in_characters() {
        let reading = reading(&["电话 K0471962 and k0471962", "İx"]);
        let places = places_of(&reading, "k0471962");
        assert_eq!(places, [Span { passage: 0, at: 3, chars: 8 }, Span { passage: 0, at: 16, chars: 8 }]);
        assert_eq!(words_at(&reading, places[1]), "k0471962");
        assert!(places_of(&reading, "").is_empty());
    }
}
