//! From probabilities of a voice to utterances: stretches of a chapter in which somebody speaks, split at pauses.
//!
//! Keeps: utterances are ordered, disjoint, inside the sound, none longer than [`MAX_UTTERANCE`].
//! Does not know: what is said, or in which language.

use crate::mel::RATE;
use crate::vad::FRAME;

/// A voice begins at this probability …
pub const ON: f32 = 0.5;
/// … and ends under this one …
pub const OFF: f32 = 0.35;
/// … when it lasts so many frames (320 ms).
pub const PAUSE_FRAMES: usize = 10;
/// Shortest voice, in frames (128 ms): shorter ones are clicks.
pub const MIN_FRAMES: usize = 4;
/// Samples taken in on both sides (200 ms): soft consonants are no voice to the detector.
pub const MARGIN: usize = RATE / 5;
/// Longest utterance, in samples (26 s): it must fit the model's window with silence after it.
pub const MAX_UTTERANCE: usize = 26 * RATE;
/// A longer one is cut at its least voiced frame after so many frames (about 16 s).
const SPLIT_FROM: usize = 500;

/// Samples from the chapter's start, half-open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Utterance {
    /// First sample, margin included.
    pub start: usize,
    /// First sample after, margin included.
    pub end: usize,
    /// Samples in which the voice was heard, without the margins.
    pub voiced: usize,
}

/// The utterances of a sound of `samples` samples with one probability for each [`FRAME`] samples.
#[must_use]
pub fn utterances(probabilities: &[f32], samples: usize) -> Vec<Utterance> {
    let mut found: Vec<Utterance> = Vec::new();
    let runs: Vec<(usize, usize)> = runs(probabilities).into_iter().flat_map(|run| split(probabilities, run)).collect();
    for (k, &(first, last)) in runs.iter().enumerate() {
        let before = k.checked_sub(1).and_then(|p| runs.get(p)).map(|r| r.1 * FRAME);
        let after = runs.get(k + 1).map_or(usize::MAX, |r| r.0 * FRAME);
        let (first, last) = (first * FRAME, last * FRAME);
        // Between two voices each gets at most half of the pause.
        let room = before.map_or(first, |before| first.saturating_sub(before) / 2);
        let start = first - MARGIN.min(room);
        let end = (last + MARGIN.min(after.saturating_sub(last) / 2)).min(samples);
        if start < end {
            found.push(Utterance { start, end, voiced: last.min(samples).saturating_sub(first) });
        }
    }
    found
}

/// Runs of voiced frames, half-open, by two thresholds.
fn runs(probabilities: &[f32]) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut begun: Option<(usize, usize)> = None;
    for (frame, &p) in probabilities.iter().enumerate() {
        match &mut begun {
            None if p >= ON => begun = Some((frame, frame + 1)),
            Some((_, last)) if p >= OFF => *last = frame + 1,
            Some(run) if frame + 1 - run.1 >= PAUSE_FRAMES => {
                runs.push(*run);
                begun = None;
            }
            _ => {}
        }
    }
    runs.extend(begun);
    runs.retain(|(first, last)| last - first >= MIN_FRAMES);
    runs
}

/// Cuts a run that is too long at its least voiced frames.
fn split(probabilities: &[f32], (mut first, last): (usize, usize)) -> Vec<(usize, usize)> {
    let longest = (MAX_UTTERANCE - 2 * MARGIN) / FRAME;
    let mut parts = Vec::new();
    while last - first > longest {
        let room = first + SPLIT_FROM..first + longest;
        let at = room
            .clone()
            .min_by(|a, b| {
                let p = |frame: &usize| probabilities.get(*frame).copied().unwrap_or(1.0);
                p(a).total_cmp(&p(b))
            })
            .unwrap_or(room.end);
        parts.push((first, at));
        first = at;
    }
    parts.push((first, last));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn pauses_split_and_clicks_vanish() {
        let mut p = vec![0.0; 300];
        p[10..40].fill(0.9);
        p[45..80].fill(0.9); // a pause of 5 frames: the same utterance
        p[100..102].fill(0.9); // a click
        p[150..160].fill(0.9);
        let found = utterances(&p, 300 * FRAME);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0], Utterance { start: 10 * FRAME - MARGIN, end: 80 * FRAME + MARGIN, voiced: 70 * FRAME });
        assert_eq!(found[1].voiced, 10 * FRAME);
    }

    #[test]
    fn silence_has_no_utterance() {
        assert!(utterances(&[], 0).is_empty());
        assert!(utterances(&[0.3; 1000], 1000 * FRAME).is_empty());
    }

    proptest! {
        #[test]
        fn utterances_are_ordered_disjoint_and_bounded(
            p in proptest::collection::vec(prop_oneof![Just(0.0f32), Just(0.4), Just(1.0)], 0..3000), tail in 0..FRAME
        ) {
            let samples = (p.len() * FRAME).saturating_sub(tail);
            let found = utterances(&p, samples);
            let mut before = 0;
            for u in found {
                prop_assert!(u.start >= before && u.start < u.end && u.end <= samples);
                prop_assert!(u.end - u.start <= MAX_UTTERANCE);
                before = u.end;
            }
        }
        #[test]
        fn an_endless_talk_is_cut(n in 800usize..4000) {
            let found = utterances(&vec![1.0; n], n * FRAME);
            let voiced: usize = found.iter().map(|u| u.voiced).sum();
            prop_assert_eq!(voiced, n * FRAME);
            prop_assert!(found.iter().all(|u| u.end - u.start <= MAX_UTTERANCE));
        }
    }
}
