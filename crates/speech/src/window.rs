//! Windows: what the model hears at once. Neighbouring utterances of one language are put together, long pauses
//! between them shortened, and times in the window lead back to times in the chapter.
//!
//! Keeps: every utterance lies in exactly one window; a window is no longer than [`MAX_WINDOW`]; the way back is
//! monotonous.
//! Does not know: the model, the language's name.

use std::ops::Range;

use crate::mel::RATE;
use crate::voice::Utterance;

/// Longest window, in samples (26.5 s): the model takes 30 s, and wants silence at the end.
pub const MAX_WINDOW: usize = 53 * RATE / 2;
/// Windows are not made shorter than this (18 s) to be heard together: the model writes better with context.
const FAIR_WINDOW: usize = 18 * RATE;
/// A longer pause than this (1 s) …
const LONG_GAP: usize = RATE;
/// … is shortened to this much sound on both of its sides (300 ms).
const KEPT: usize = 3 * RATE / 10;

/// A window of one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// Index of the language.
    pub language: usize,
    /// Which utterances of the chapter it holds.
    pub utterances: Range<usize>,
    /// Stretches of the chapter, in samples, joined in this order.
    pub pieces: Vec<Range<usize>>,
}

/// Packs utterances, each with the index of its language, into windows, as many as may be heard together or more.
#[must_use]
pub fn windows(utterances: &[Utterance], languages: &[usize], together: usize) -> Vec<Window> {
    let speech: usize = utterances.iter().map(|u| u.end - u.start).sum();
    let count = together.max(speech.div_ceil(MAX_WINDOW)).max(1);
    // An eighth more than the fair share, because utterances don't divide.
    let longest = (speech / count * 9 / 8).clamp(FAIR_WINDOW, MAX_WINDOW);
    let mut windows: Vec<Window> = Vec::new();
    for (k, (utterance, &language)) in utterances.iter().zip(languages).enumerate() {
        if let Some(last) = windows.last_mut().filter(|w| w.language == language)
            && let Some(pieces) = extended(&last.pieces, *utterance, longest)
        {
            last.pieces = pieces;
            last.utterances.end = k + 1;
            continue;
        }
        windows.push(Window::alone(k, *utterance, language));
    }
    windows
}

/// The pieces with one more utterance, if they still fit a window.
fn extended(pieces: &[Range<usize>], next: Utterance, longest: usize) -> Option<Vec<Range<usize>>> {
    let mut pieces = pieces.to_vec();
    let last = pieces.last_mut()?;
    if next.start.saturating_sub(last.end) <= LONG_GAP {
        last.end = next.end;
    } else {
        last.end += KEPT;
        pieces.push(next.start - KEPT..next.end);
    }
    (pieces.iter().map(ExactSizeIterator::len).sum::<usize>() <= longest).then_some(pieces)
}

impl Window {
    /// A window of one utterance, the chapter's `k`-th.
    #[must_use]
    pub fn alone(k: usize, utterance: Utterance, language: usize) -> Self {
        let pieces = std::iter::once(utterance.start..utterance.end).collect();
        Self { language, utterances: k..k + 1, pieces }
    }

    /// Samples in it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pieces.iter().map(ExactSizeIterator::len).sum()
    }

    /// Whether it holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Its sound, from −1 to 1, out of the chapter's.
    #[must_use]
    pub fn sound(&self, chapter: &[i16]) -> Vec<f32> {
        let pieces = self.pieces.iter().filter_map(|piece| chapter.get(piece.clone()));
        pieces.flatten().map(|s| f32::from(*s) / 32_768.0).collect()
    }

    /// The chapter's sample under a sample of the window; past the end, the end.
    #[must_use]
    pub fn back(&self, at: usize) -> usize {
        let mut left = at;
        for piece in &self.pieces {
            if left < piece.len() {
                return piece.start + left;
            }
            left -= piece.len();
        }
        self.pieces.last().map_or(0, |p| p.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn utterance(start: usize, end: usize) -> Utterance {
        Utterance { start, end, voiced: end - start }
    }

    #[test]
    fn one_language_is_joined_and_long_pauses_are_shortened() {
        let us = [utterance(0, 16_000), utterance(20_000, 40_000), utterance(100_000, 120_000)];
        let packed = windows(&us, &[0, 0, 0], 1);
        assert_eq!(packed.len(), 1);
        assert_eq!(packed[0].pieces, [0..44_800, 95_200..120_000]);
        assert_eq!((packed[0].back(0), packed[0].back(44_799), packed[0].back(44_800)), (0, 44_799, 95_200));
        assert_eq!(packed[0].back(usize::MAX), 120_000);
        let packed = windows(&us, &[0, 1, 1], 3);
        assert_eq!(packed.iter().map(|w| w.utterances.clone()).collect::<Vec<_>>(), [0..1, 1..3]);
    }

    proptest! {
        #[test]
        fn every_utterance_is_in_one_window_and_the_way_back_rises(
            gaps in proptest::collection::vec((0usize..80_000, 2_000usize..400_000, 0usize..2), 1..12)
        ) {
            let mut at = 0;
            let us: Vec<Utterance> = gaps.iter().map(|(gap, len, _)| {
                let u = utterance(at + gap, at + gap + len);
                at = u.end;
                u
            }).collect();
            let languages: Vec<usize> = gaps.iter().map(|g| g.2).collect();
            let packed = windows(&us, &languages, 3);
            let mut next = 0;
            for w in &packed {
                prop_assert_eq!(w.utterances.start, next);
                next = w.utterances.end;
                prop_assert!(w.len() <= MAX_WINDOW || w.utterances.len() == 1);
                let ways: Vec<usize> = (0..=w.len()).step_by(997).map(|k| w.back(k)).collect();
                prop_assert!(ways.is_sorted());
                for k in w.utterances.clone() {
                    prop_assert!(w.pieces.iter().any(|p| p.start <= us[k].start && us[k].end <= p.end));
                    prop_assert_eq!(languages[k], w.language);
                }
            }
            prop_assert_eq!(next, us.len());
        }
    }
}
