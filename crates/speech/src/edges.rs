//! Where words begin and end in the sound. The model's own times are those of its attention: they end a word early
//! when a mark follows, and let a word begin in the pause before it. Here each border between two words is put where
//! the sound has its pause.
//!
//! Keeps: only what is silent is taken from a word; all sound between two words belongs to one of them; words stay in
//! order, without overlap.
//! Does not know: the model, what the words are.

use std::ops::Range;

use crate::mel::RATE;
use crate::voice::Utterance;

/// Samples between two measurements of the loudness (10 ms).
const HOP: usize = RATE / 100;
/// Samples of one measurement, its middle that of the hop (20 ms).
const SPAN: usize = 2 * HOP;
/// A pause (80 ms): the closure of a stop is mostly shorter.
const PAUSE: usize = 8 * HOP;
/// In a word of several syllables only a longer silence is no closure (150 ms).
const LONG_PAUSE: usize = 15 * HOP;
/// The attention may reach so far before a pause (300 ms) …
const EARLY: usize = 30 * HOP;
/// … or so far behind it (120 ms).
const LATE: usize = 12 * HOP;
/// No word is made shorter than this (50 ms) by a pause.
const SHORTEST: usize = 5 * HOP;
/// Where no pause is found, the last word of an utterance ends with it, but not later than this (500 ms).
const LONGEST_TAIL: usize = 50 * HOP;
/// The loudness of speech is that which a fifth of the utterance passes; of the line, which a tenth stays under.
const LOUD_SHARE: f32 = 0.8;
const LINE_SHARE: f32 = 0.1;
/// Taken in on both sides of an utterance, to hear the line (500 ms).
const NEAR: usize = RATE / 2;
/// Silence stands less above the line than this share of what speech does, and than 10 dB …
const SILENT_SHARE: f32 = 0.25;
const SILENT_ABOVE: f32 = 10.0;
/// … and is at least 15 dB under speech: a loud line has no silence that could be told.
const SILENT_UNDER: f32 = 15.0;
/// Under this (dB of full scale) there is no line: digital silence.
const NO_LINE: f32 = -85.0;

/// A word as the attention has it, in samples.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rough {
    /// When.
    pub time: Range<usize>,
    /// One syllable: holds no closure inside.
    pub syllable: bool,
}

/// The pauses of a sound: stretches without voice or as quiet as the line, in samples, sorted and disjoint.
#[must_use]
pub fn pauses(samples: &[i16], utterances: &[Utterance]) -> Vec<Range<usize>> {
    let loudness = loudness(samples);
    let frames = samples.len().div_ceil(HOP);
    let mut silent = vec![true; frames];
    for utterance in utterances {
        let limit = silent_under(&loudness, utterance);
        let inside = utterance.start / HOP..utterance.end.div_ceil(HOP).min(frames);
        for (slot, level) in silent.iter_mut().zip(&loudness).take(inside.end).skip(inside.start) {
            *slot = *level < limit;
        }
    }
    let mut found: Vec<Range<usize>> = Vec::new();
    for (frame, _) in silent.iter().enumerate().filter(|(_, silent)| **silent) {
        let (start, end) = (frame * HOP, ((frame + 1) * HOP).min(samples.len()));
        match found.last_mut() {
            Some(last) if last.end == start => last.end = end,
            _ => found.push(start..end),
        }
    }
    found.retain(|pause| pause.len() >= PAUSE);
    found
}

/// Decibels of full scale, one for each hop.
fn loudness(samples: &[i16]) -> Vec<f32> {
    let around = (SPAN - HOP) / 2;
    let one = |at: usize| {
        let part = samples.get(at.saturating_sub(around)..(at + HOP + around).min(samples.len())).unwrap_or_default();
        let power: f32 = part.iter().map(|s| (f32::from(*s) / 32_768.0).powi(2)).sum();
        10.0 * (power / part.len().max(1) as f32 + 1e-10).log10()
    };
    (0..samples.len()).step_by(HOP).map(one).collect()
}

/// The loudness under which an utterance is silent.
fn silent_under(loudness: &[f32], utterance: &Utterance) -> f32 {
    let levels = |from: usize, to: usize| loudness.iter().take(to / HOP).skip(from / HOP).copied();
    let speech = quantile(levels(utterance.start, utterance.end).collect(), LOUD_SHARE);
    let near = levels(utterance.start.saturating_sub(NEAR), utterance.end + NEAR);
    let line = quantile(near.filter(|level| *level > NO_LINE).collect(), LINE_SHARE);
    let (Some(speech), Some(line)) = (speech, line) else {
        return NO_LINE;
    };
    (line + ((speech - line).max(0.0) * SILENT_SHARE).min(SILENT_ABOVE)).min(speech - SILENT_UNDER)
}

fn quantile(mut of: Vec<f32>, share: f32) -> Option<f32> {
    of.sort_by(f32::total_cmp);
    of.get((of.len().saturating_sub(1) as f32 * share) as usize).copied()
}

/// The times of words that follow each other, by the pauses between them.
#[must_use]
pub fn edges(rough: &[Rough], pauses: &[Range<usize>], utterances: &[Utterance]) -> Vec<Range<usize>> {
    let mut times: Vec<Range<usize>> = rough.iter().map(|word| word.time.clone()).collect();
    if let (Some(word), Some(time)) = (rough.first(), times.first_mut()) {
        time.start = beginning(word, pauses, utterances);
    }
    for (k, pair) in rough.windows(2).enumerate() {
        let [word, next] = pair else { continue };
        let border = border(word, next, pauses);
        if let Some(time) = times.get_mut(k) {
            time.end = border.start;
        }
        if let Some(time) = times.get_mut(k + 1) {
            time.start = border.end;
        }
    }
    if let (Some(word), Some(time)) = (rough.last(), times.last_mut()) {
        time.end = ending(word, pauses, utterances);
    }
    let mut before = 0;
    for time in &mut times {
        time.start = time.start.max(before);
        time.end = time.end.max(time.start);
        before = time.end;
    }
    times
}

/// Where a window's first word begins: behind the last pause before it.
fn beginning(word: &Rough, pauses: &[Range<usize>], utterances: &[Utterance]) -> usize {
    let Range { start, end } = word.time;
    let from = utterances.iter().find(|u| u.end > start).map_or(start, |u| u.start.min(start));
    let before = |pause: &&Range<usize>| {
        pause.end + SHORTEST <= end && (touches(pause, from, start) || starts_soon(pause, start, word))
    };
    pauses.iter().rfind(before).map_or(start, |pause| pause.end)
}

/// Where a window's last word ends: before the first pause behind it, or with the voice.
fn ending(word: &Rough, pauses: &[Range<usize>], utterances: &[Utterance]) -> usize {
    let Range { start, end } = word.time;
    let to = utterances.iter().rfind(|u| u.start < end.max(start + 1)).map_or(end, |u| u.end.max(end));
    let to = to.min(end + LONGEST_TAIL);
    let behind = |pause: &&Range<usize>| {
        pause.start >= start + SHORTEST && (touches(pause, end, to) || ended_just(pause, end, word))
    };
    pauses.iter().find(behind).map_or(to, |pause| pause.start)
}

/// What lies between two words: the longest pause near the attention's border, or nothing.
fn border(word: &Rough, next: &Rough, pauses: &[Range<usize>]) -> Range<usize> {
    let (end, start) = (word.time.end.min(next.time.start), next.time.start.max(word.time.end));
    let between = |pause: &&Range<usize>| {
        pause.start >= word.time.start + SHORTEST
            && pause.end + SHORTEST <= next.time.end
            && (touches(pause, end, start) || starts_soon(pause, start, next) || ended_just(pause, end, word))
    };
    // Of those equally long the first.
    let longest = pauses.iter().rev().filter(between).max_by_key(|pause| pause.len());
    longest.cloned().unwrap_or(start..start)
}

/// Whether a pause holds or lies between the two ends of a border.
fn touches(pause: &Range<usize>, from: usize, to: usize) -> bool {
    pause.start <= to && pause.end >= from
}

/// Whether a pause stands shortly behind the rough start of a word, which then begins behind the pause.
fn starts_soon(pause: &Range<usize>, start: usize, word: &Rough) -> bool {
    pause.start >= start && pause.start <= start + EARLY && is_border(pause, word)
}

/// Whether a pause stands shortly before the rough end of a word, which then ends before the pause.
fn ended_just(pause: &Range<usize>, end: usize, word: &Rough) -> bool {
    pause.end <= end && pause.end + LATE >= end && is_border(pause, word)
}

/// Whether a silence in what the attention calls one word is no closure of a stop.
fn is_border(pause: &Range<usize>, word: &Rough) -> bool {
    word.syllable || pause.len() >= LONG_PAUSE
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MS: usize = RATE / 1000;

    fn word(start: usize, end: usize) -> Rough {
        Rough { time: start * MS..end * MS, syllable: false }
    }

    fn utterance(start: usize, end: usize) -> Utterance {
        Utterance { start: start * MS, end: end * MS, voiced: (end - start) * MS }
    }

    fn pause(start: usize, end: usize) -> Range<usize> {
        start * MS..end * MS
    }

    fn told(rough: &[Rough], pauses: &[Range<usize>]) -> Vec<(usize, usize)> {
        let times = edges(rough, pauses, &[utterance(0, 3000)]);
        times.iter().map(|t| (t.start / MS, t.end / MS)).collect()
    }

    /// A tone where speech is, hiss elsewhere.
    fn sound(voiced: &[Range<usize>], length: usize, hiss: f32) -> Vec<i16> {
        let mut noise = 1u32;
        let one = |n: usize| {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let hiss = hiss * (noise as f32 / u32::MAX as f32 - 0.5);
            let tone = (n as f32 * 0.2).sin() * 4000.0;
            (hiss + if voiced.iter().any(|v| v.contains(&(n / MS))) { tone } else { 0.0 }) as i16
        };
        (0..length * MS).map(one).collect()
    }

    #[test]
    fn pauses_are_what_is_as_quiet_as_the_line() {
        for hiss in [0.0, 20.0, 600.0] {
            let sound = sound(&[200..700, 730..1000, 1400..2000], 2500, hiss);
            let found = pauses(&sound, &[utterance(100, 2200)]);
            let near = |found: usize, expected: usize| found.abs_diff(expected * MS) <= 2 * HOP;
            assert_eq!(found.len(), 3, "{hiss}: {found:?}");
            assert!(near(found[0].start, 0) && near(found[0].end, 200), "{hiss}: {found:?}");
            assert!(near(found[1].start, 1000) && near(found[1].end, 1400), "{hiss}: {found:?}");
            assert!(near(found[2].start, 2000) && found[2].end == sound.len(), "{hiss}: {found:?}");
        }
    }

    #[test]
    fn a_line_as_loud_as_speech_has_no_pauses() {
        let sound = sound(&[200..700, 1400..2000], 2500, 8000.0);
        assert!(pauses(&sound, &[utterance(0, 2500)]).is_empty());
        assert_eq!(pauses(&sound, &[]), [pause(0, 2500)], "where nobody speaks all is pause");
        assert!(pauses(&[], &[]).is_empty());
    }

    #[test]
    fn a_word_begins_behind_the_pause_and_ends_before_it() {
        let pauses = [pause(0, 200), pause(700, 1100), pause(1500, 3000)];
        // The first ends early, the second begins in the pause, and ends early.
        assert_eq!(told(&[word(100, 550), word(800, 1300)], &pauses), [(200, 700), (1100, 1500)]);
        // The second begins in the first one's tail.
        assert_eq!(told(&[word(200, 550), word(550, 1400)], &pauses), [(200, 700), (1100, 1500)]);
        // It begins late: its first sound is not left out.
        assert_eq!(told(&[word(200, 1180), word(1180, 1500)], &pauses), [(200, 700), (1100, 1500)]);
    }

    #[test]
    fn without_a_pause_no_sound_is_lost_between_two_words() {
        assert_eq!(told(&[word(200, 550), word(700, 1000)], &[]), [(200, 700), (700, 1500)]);
        let far = [pause(2400, 2500)];
        assert_eq!(told(&[word(200, 550), word(700, 1000)], &far), [(200, 700), (700, 1500)]);
    }

    #[test]
    fn a_closure_in_a_word_is_no_border_and_in_a_syllable_there_is_none() {
        // Vi-ctor: 100 ms.
        let closure = [pause(700, 800)];
        assert_eq!(told(&[word(200, 550), word(550, 1000)], &closure)[1].0, 550);
        let syllable = Rough { syllable: true, ..word(550, 1000) };
        assert_eq!(told(&[word(200, 550), syllable], &closure), [(200, 700), (800, 1500)]);
    }

    #[test]
    fn a_pause_takes_no_whole_word() {
        let pauses = [pause(700, 1100)];
        assert_eq!(told(&[word(200, 690), word(690, 1120), word(1120, 1500)], &pauses)[1], (690, 1120));
        assert!(told(&[], &pauses).is_empty());
    }

    proptest! {
        #[test]
        fn words_stay_in_order_and_only_silence_is_between_them(
            steps in proptest::collection::vec((0usize..900, 0usize..900, any::<bool>()), 1..12),
            silences in proptest::collection::vec((0usize..700, 80usize..900), 0..8),
        ) {
            let mut at = 100;
            let rough: Vec<Rough> = steps.iter().map(|(gap, length, syllable)| {
                let start = at + gap / 4;
                at = start + length;
                Rough { time: start * MS..at * MS, syllable: *syllable }
            }).collect();
            let mut at = 0;
            let pauses: Vec<Range<usize>> = silences.iter().map(|(gap, length)| {
                let start = at + gap + 10;
                at = start + length;
                pause(start, at)
            }).collect();
            let found = edges(&rough, &pauses, &[utterance(0, 20_000)]);
            prop_assert_eq!(found.len(), rough.len());
            for pair in found.windows(2) {
                prop_assert!(pair[0].start <= pair[0].end && pair[0].end <= pair[1].start);
                let between = pair[0].end..pair[1].start;
                prop_assert!(
                    between.is_empty() || pauses.iter().any(|p| p.start <= between.start && between.end <= p.end),
                    "{:?} is nobody's in {:?}", between, pauses
                );
            }
        }
    }
}
