//! Where far too little was written for the voice that is heard: a sentence left out, mostly one in another language.
//! Looked for in each utterance, in each word (the last word before a gap takes the gap's sound), and in each passage.
//!
//! Keeps: what is told once is not told again; a voice without any word has a name of its own and is not told here.
//! Does not know: why it was left out.

use std::ops::Range;

use casemate_ports::reading::{Passage, Place, Word};

use crate::guard;
use crate::mel::RATE;
use crate::voice::Utterance;

/// So much voice (0.7 s) with no word at all has something left out: a cough or a breath is shorter.
const WORDLESS: f32 = 0.7;

/// Where far too little is written, in ms, one for each place.
#[must_use]
pub fn sparse(written: &[Passage], utterances: &[Utterance], pauses: &[Range<usize>], chapter_start: u64) -> Vec<u64> {
    if written.is_empty() {
        return Vec::new();
    }
    let voices: Vec<Voice> = utterances.iter().map(|u| Voice::of(u, pauses, chapter_start)).collect();
    let words: Vec<(&Word, String)> = written.iter().flat_map(spelled).collect();
    let inside = |voice: &Voice| -> String {
        words.iter().filter(|(w, _)| voice.time.contains(&middle(w))).map(|(_, text)| text.as_str()).collect()
    };
    let mut places: Vec<Range<u64>> = Vec::new();
    let wordless = |voice: &Voice| {
        let touched = |(w, _): &(&Word, String)| w.start_ms < voice.time.end && voice.time.start < w.end_ms;
        voice.seconds >= WORDLESS && !words.iter().any(touched)
    };
    let of_utterances =
        voices.iter().filter(|voice| wordless(voice) || guard::too_sparse(&inside(voice), voice.seconds));
    places.extend(of_utterances.map(|voice| voice.time.clone()));
    let of_words = words.iter().filter(|(w, text)| guard::too_sparse(text, seconds(&voices, w.start_ms..w.end_ms)));
    for (word, _) in of_words {
        tell(&mut places, word.start_ms..word.end_ms);
    }
    for (passage, time) in spans(written) {
        if guard::too_sparse(&passage.text, seconds(&voices, time.clone())) {
            let begins = time.start.max(written.first().map_or(0, begins));
            tell(&mut places, begins..time.end);
        }
    }
    places.sort_by_key(|place| place.start);
    places.into_iter().map(|place| place.start).collect()
}

/// Adds a place unless it touches one that is told already.
fn tell(places: &mut Vec<Range<u64>>, place: Range<u64>) {
    if !places.iter().any(|told| told.start < place.end && place.start < told.end) {
        places.push(place);
    }
}

/// An utterance in ms, and how long there is a voice in it.
struct Voice {
    time: Range<u64>,
    seconds: f32,
    /// Stretches with sound, in ms; pauses and margins are none.
    sounding: Vec<Range<u64>>,
}

impl Voice {
    fn of(utterance: &Utterance, pauses: &[Range<usize>], chapter_start: u64) -> Self {
        let ms = |sample: usize| (chapter_start + sample as u64) * 1000 / RATE as u64;
        let mut sounding = Vec::new();
        let mut from = utterance.start;
        for pause in pauses.iter().filter(|p| p.end > utterance.start && p.start < utterance.end) {
            if pause.start > from {
                sounding.push(ms(from)..ms(pause.start));
            }
            from = from.max(pause.end);
        }
        if from < utterance.end {
            sounding.push(ms(from)..ms(utterance.end));
        }
        let heard = sounding.iter().map(|s| s.end - s.start).sum::<u64>() as f32 / 1000.0;
        let seconds = heard.min(utterance.voiced as f32 / RATE as f32);
        Self { time: ms(utterance.start)..ms(utterance.end), seconds, sounding }
    }
}

/// How long there is a voice in a stretch.
fn seconds(voices: &[Voice], time: Range<u64>) -> f32 {
    let of = |voice: &Voice| {
        let inside = |s: &Range<u64>| s.end.min(time.end).saturating_sub(s.start.max(time.start));
        let sounding: u64 = voice.sounding.iter().map(inside).sum();
        (sounding as f32 / 1000.0).min(voice.seconds)
    };
    voices.iter().map(of).sum()
}

/// The words of a passage, each with its characters.
fn spelled(passage: &Passage) -> impl Iterator<Item = (&Word, String)> {
    passage.words.iter().map(|w| (w, passage.text.chars().skip(w.at as usize).take(w.chars as usize).collect()))
}

fn middle(word: &Word) -> u64 {
    u64::midpoint(word.start_ms, word.end_ms)
}

fn begins(passage: &Passage) -> u64 {
    match passage.place {
        Place::Time { start_ms, .. } => start_ms,
        _ => 0,
    }
}

/// A passage answers for the voice from its beginning (the first from the utterances' one) to the next passage's.
fn spans(written: &[Passage]) -> impl Iterator<Item = (&Passage, Range<u64>)> {
    let ends = written.iter().skip(1).map(begins).chain([u64::MAX]);
    let spans = written.iter().enumerate().zip(ends);
    spans.map(|((k, passage), to)| (passage, if k == 0 { 0 } else { begins(passage) }..to))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A passage with its characters spread evenly over its time.
    fn said(start_ms: u64, end_ms: u64, text: &str) -> Passage {
        let place = Place::Time { channel: None, start_ms, end_ms };
        let count = text.chars().count() as u64;
        let at = |k: u64| start_ms + (end_ms - start_ms) * k / count;
        let word = |k: u64| Word { at: k as u32, chars: 1, start_ms: at(k), end_ms: at(k + 1), confidence: 900 };
        let words = (0..count).map(word).collect();
        Passage { place, text: text.to_owned(), language: None, speaker: None, when: None, words, marks: Vec::new() }
    }

    fn heard(from: usize, to: usize) -> Utterance {
        Utterance { start: from * RATE, end: to * RATE, voiced: (to - from) * RATE }
    }

    fn found(written: &[Passage], utterances: &[Utterance]) -> Vec<u64> {
        // The chapter begins at a minute.
        sparse(written, utterances, &[], 60 * RATE as u64)
    }

    const SHORT: &str = "他们说只要你回来就没事";
    const FULL: &str = "昨天我见了周主任他们说只要你回来以前的事情一笔勾销";

    #[test]
    fn r002_a_passage_with_too_little_text_is_told_wherever_its_voice_lies() {
        assert_eq!(found(&[said(60_500, 69_000, SHORT)], &[heard(0, 9)]), [60_000]);
        assert!(found(&[said(60_500, 69_000, FULL)], &[heard(0, 9)]).is_empty());
        // Voice after, between and before the words counts; a pause does not.
        let two = [said(60_000, 62_000, SHORT), said(80_000, 86_000, FULL)];
        assert!(found(&two, &[heard(0, 4), heard(20, 26)]).is_empty());
        assert_eq!(found(&two, &[heard(0, 10), heard(20, 26)]), [60_000]);
        assert_eq!(found(&[said(70_000, 72_000, SHORT)], &[heard(0, 12)]), [60_000]);
        assert!(found(&[], &[heard(0, 12)]).is_empty(), "a voice without words has a name of its own");
    }

    #[test]
    fn r003_a_short_sentence_left_out_is_told_though_its_passage_has_enough_text() {
        // Sixteen seconds of full talk, and two seconds in between that gave one stray character.
        let written = [said(60_000, 68_000, FULL), said(69_000, 69_200, "我"), said(72_000, 80_000, FULL)];
        assert_eq!(found(&written, &[heard(0, 8), heard(9, 11), heard(12, 20)]), [69_000]);
        let written = [said(60_000, 68_000, FULL), said(69_000, 71_000, "不知道"), said(72_000, 80_000, FULL)];
        assert!(found(&written, &[heard(0, 8), heard(9, 11), heard(12, 20)]).is_empty());
    }

    #[test]
    fn r004_a_sentence_of_a_second_left_out_whole_is_told() {
        let written = [said(60_000, 68_000, FULL), said(72_000, 80_000, FULL)];
        assert_eq!(found(&written, &[heard(0, 8), heard(9, 10), heard(12, 20)]), [69_000]);
        let breath = Utterance { start: 9 * RATE, end: 10 * RATE, voiced: RATE / 2 };
        assert!(found(&written, &[heard(0, 8), breath, heard(12, 20)]).is_empty());
    }

    #[test]
    fn a_sentence_left_out_within_an_utterance_makes_a_word_too_long() {
        let mut passage = said(60_000, 68_000, FULL);
        let mut rest = said(71_000, 79_000, FULL);
        passage.words.last_mut().unwrap().end_ms = 71_000;
        assert_eq!(found(&[passage.clone(), rest.clone()], &[heard(0, 19)]), [passage.words.last().unwrap().start_ms]);
        // Three seconds of pause are no voice.
        let pause = 8 * RATE..11 * RATE;
        let pauses = std::slice::from_ref(&pause);
        assert!(sparse(&[passage, rest.clone()], &[heard(0, 19)], pauses, 60 * RATE as u64).is_empty());
        rest.words.clear();
        assert_eq!(found(&[said(60_000, 68_000, FULL), rest], &[heard(0, 8), heard(11, 19)]), [71_000]);
    }

    #[test]
    fn a_place_is_told_once() {
        let written = [said(60_000, 60_200, "好"), said(75_000, 75_100, "好")];
        assert_eq!(found(&written, &[heard(0, 9), heard(15, 20)]), [60_000, 75_000]);
    }
}
