//! The language of each utterance of a chapter: what the model heard, smoothed, because it mishears short ones.
//!
//! Keeps: one of the languages asked for; a clear change of language at a pause is followed, a doubtful one is not.
//! Does not know: the model, the sound.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::voice::Utterance;

/// Log-odds that a change of language has to overcome, in nats (odds of 4.5 to 1; twice for a lone utterance).
pub const CHANGE_COST: f32 = 1.5;
/// Samples of voice from which an utterance counts fully (1.5 s at 16 kHz); a shorter one counts in proportion.
pub const FULL_WEIGHT: usize = 24_000;
/// No probability counts as smaller, so that one mishearing can't forbid a language.
const SMALLEST: f32 = 1e-3;

/// What was heard in one utterance: a probability for each language asked for, in their order, and its voiced length.
#[derive(Clone, Debug)]
pub struct Heard {
    /// Probabilities; need not sum to one.
    pub probabilities: Vec<f32>,
    /// Samples.
    pub voiced: usize,
}

/// The likeliest sequence of languages (Viterbi), as indices into the languages asked for.
#[must_use]
pub fn languages(heard: &[Heard]) -> Vec<usize> {
    let count = heard.iter().map(|h| h.probabilities.len()).max().unwrap_or(0);
    if count == 0 {
        return vec![0; heard.len()];
    }
    let mut score = vec![0.0f32; count];
    let mut back: Vec<Vec<usize>> = Vec::with_capacity(heard.len());
    for one in heard {
        let best = highest(&score);
        let best_score = score.get(best).copied().unwrap_or_default();
        let sum: f32 = one.probabilities.iter().sum::<f32>().max(SMALLEST);
        let weight = (one.voiced as f32 / FULL_WEIGHT as f32).min(1.0);
        let mut from = Vec::with_capacity(count);
        for (language, slot) in score.iter_mut().enumerate() {
            let changed = best_score - CHANGE_COST;
            let (previous, base) =
                if back.is_empty() || *slot >= changed { (language, *slot) } else { (best, changed) };
            from.push(previous);
            let p = one.probabilities.get(language).copied().unwrap_or(0.0) / sum;
            *slot = base + weight * p.max(SMALLEST).ln();
        }
        back.push(from);
    }
    let mut at = highest(&score);
    let mut path: Vec<usize> = back
        .iter()
        .rev()
        .map(|from| {
            let here = at;
            at = from.get(at).copied().unwrap_or(at);
            here
        })
        .collect();
    path.reverse();
    path
}

/// The language in which most is said; the first of those with equally much.
#[must_use]
pub fn main(utterances: &[Utterance], languages: &[usize]) -> usize {
    let mut said: BTreeMap<usize, usize> = BTreeMap::new();
    for (utterance, language) in utterances.iter().zip(languages) {
        *said.entry(*language).or_default() += utterance.voiced;
    }
    said.into_iter().max_by_key(|(language, voiced)| (*voiced, Reverse(*language))).map_or(0, |(language, _)| language)
}

fn highest(scores: &[f32]) -> usize {
    scores.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0))).map_or(0, |(k, _)| k)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(seconds: f32, probabilities: &[f32]) -> Heard {
        Heard { probabilities: probabilities.to_vec(), voiced: (seconds * 16_000.0) as usize }
    }

    #[test]
    fn clear_changes_are_followed() {
        let zh = heard(3.0, &[0.97, 0.01, 0.0]);
        let en = heard(2.5, &[0.01, 0.98, 0.0]);
        assert_eq!(languages(&[zh.clone(), en.clone(), zh, en]), [0, 1, 0, 1]);
    }

    #[test]
    fn a_short_doubtful_one_goes_with_its_neighbours() {
        let zh = heard(4.0, &[0.95, 0.02, 0.01]);
        let grunt = heard(0.3, &[0.1, 0.5, 0.3]);
        let doubtful = heard(2.0, &[0.3, 0.6, 0.1]);
        assert_eq!(languages(&[grunt.clone(), zh.clone(), grunt, zh, doubtful]), [0; 5]);
    }

    #[test]
    fn the_main_language_is_the_one_most_is_said_in() {
        let said = |voiced| Utterance { start: 0, end: voiced, voiced };
        assert_eq!(main(&[said(9), said(4), said(4)], &[1, 0, 0]), 1);
        assert_eq!(main(&[said(7), said(4), said(4)], &[1, 0, 0]), 0);
        assert_eq!((main(&[said(5), said(5)], &[2, 1]), main(&[], &[])), (1, 0));
    }

    #[test]
    fn nothing_and_no_evidence_are_no_error() {
        assert!(languages(&[]).is_empty());
        assert_eq!(languages(&[heard(0.0, &[]), heard(1.0, &[])]), [0, 0]);
        assert_eq!(languages(&[heard(1.0, &[0.0, 0.0])]), [0]);
        assert_eq!(languages(&[heard(1.0, &[f32::NAN, 0.9])]).len(), 1);
    }
}
