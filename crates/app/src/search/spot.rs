//! What the index gives back with a hit: where its passage stands, and when each of its words is said. So a hit opens at
//! the second of the word, without loading the reading that holds it.
//!
//! Keeps: bytes that are no spot are `Whole`, never an error: the index is disposable. Does not know: the index.

use casemate_ports::reading::{Passage, Place, Word};
use casemate_search::PLACE_LIMIT;
use serde::{Deserialize, Serialize};

/// The form of these bytes and of what is indexed; another form in an index means building it again.
pub(super) const FORM: u32 = 3;

/// A passage's place and the times of its words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Spot {
    #[serde(rename = "p")]
    pub(super) place: Place,
    /// For each word, against the one before: its first character, its first millisecond; then how long it is said.
    #[serde(rename = "w", default, skip_serializing_if = "Vec::is_empty")]
    words: Vec<(u32, i64, u64)>,
}

impl Spot {
    pub(super) fn whole() -> Self {
        Self { place: Place::Whole, words: Vec::new() }
    }

    pub(super) fn of(passage: &Passage) -> Self {
        let (mut at, mut ms) = (0u32, 0u64);
        let words = passage.words.iter().map(|w| {
            let row = (w.at.saturating_sub(at), signed(w.start_ms).saturating_sub(signed(ms)), length(w));
            (at, ms) = (w.at, w.start_ms);
            row
        });
        Self { words: words.collect(), place: passage.place.clone() }
    }

    /// Without the words where an index takes no more bytes.
    pub(super) fn encode(&self) -> Vec<u8> {
        let whole = serde_json::to_vec(self).unwrap_or_default();
        if whole.len() <= PLACE_LIMIT {
            return whole;
        }
        serde_json::to_vec(&Self { place: self.place.clone(), words: Vec::new() }).unwrap_or_default()
    }

    pub(super) fn decode(bytes: &[u8]) -> Self {
        serde_json::from_slice(bytes).unwrap_or_else(|_| Self::whole())
    }

    /// When the characters `from..to` of the passage are said: milliseconds, half-open.
    pub(super) fn said(&self, from: usize, to: usize) -> Option<[u64; 2]> {
        let (mut at, mut ms) = (0usize, 0i64);
        let timed = self.words.iter().map(|(step, wait, long)| {
            at = at.saturating_add(*step as usize);
            ms = ms.saturating_add(*wait);
            let start = u64::try_from(ms).unwrap_or(0);
            (at, start, start.saturating_add(*long))
        });
        let mut found: Option<[u64; 2]> = None;
        let mut before = None;
        for (first, start, end) in timed {
            if first >= to {
                break;
            }
            // A word reaches to where the next begins.
            if first <= from {
                before = Some([start, end]);
            } else {
                let [so_far, until] = found.or(before).unwrap_or([start, end]);
                found = Some([so_far, until.max(end)]);
            }
        }
        found.or(before)
    }
}

fn signed(ms: u64) -> i64 {
    i64::try_from(ms).unwrap_or(i64::MAX)
}

fn length(word: &Word) -> u64 {
    word.end_ms.saturating_sub(word.start_ms)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn word(at: u32, chars: u32, start_ms: u64, end_ms: u64) -> Word {
        Word { at, chars, start_ms, end_ms, confidence: 900 }
    }

    fn passage(words: Vec<Word>) -> Passage {
        let place = Place::Time { channel: None, start_ms: 1_000, end_ms: 9_000 };
        Passage { place, text: String::new(), language: None, speaker: None, when: None, words, marks: Vec::new() }
    }

    #[test]
    fn the_time_of_a_mark_is_that_of_its_words() {
        // "ask not what your country": at 0, 4, 8, 13, 18.
        let words = [(0, 3, 1_000), (4, 3, 1_400), (8, 4, 1_700), (13, 4, 5_000), (18, 7, 5_300)];
        let spot = Spot::of(&passage(words.map(|(at, n, ms)| word(at, n, ms, ms + 250)).to_vec()));
        let spot = Spot::decode(&spot.encode());
        assert_eq!(spot.said(18, 25), Some([5_300, 5_550]));
        assert_eq!(spot.said(13, 25), Some([5_000, 5_550]));
        assert_eq!(spot.said(20, 22), Some([5_300, 5_550]), "inside a word");
        assert_eq!(spot.said(0, 3), Some([1_000, 1_250]));
        assert_eq!(spot.place, Place::Time { channel: None, start_ms: 1_000, end_ms: 9_000 });
    }

    #[test]
    fn words_out_of_order_and_none_at_all_do_no_harm() {
        let spot = Spot::of(&passage(vec![word(0, 1, 5_000, 6_000), word(1, 1, 2_000, 2_100)]));
        assert_eq!(Spot::decode(&spot.encode()).said(1, 2), Some([2_000, 2_100]), "a later word said earlier");
        assert_eq!(Spot::of(&passage(Vec::new())).said(0, 4), None);
        assert_eq!(Spot::decode(b"{\"whole\":1}"), Spot::whole());
    }

    #[test]
    fn more_words_than_an_index_takes_leave_the_place() {
        let many = (0..20_000).map(|n| word(n * 3, 2, u64::from(n) * 700, u64::from(n) * 700 + 500)).collect();
        let bytes = Spot::of(&passage(many)).encode();
        assert!(bytes.len() <= PLACE_LIMIT);
        let spot = Spot::decode(&bytes);
        assert_eq!((spot.said(30, 32), spot.place), (None, passage(Vec::new()).place));
    }
}
