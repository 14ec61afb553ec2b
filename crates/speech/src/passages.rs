//! From timed characters to passages with words: what search returns and a pin points at.
//!
//! Keeps: words lie inside their passage's text and time, in order, without overlap; a Han character is a word of its
//! own; punctuation belongs to no word; times lie in utterances, where a voice was, and leave out the pauses.
//! Does not know: the model, tokens.

use std::ops::Range;

use casemate_ports::reading::{Passage, Place, Word};

use crate::edges::{Rough, edges};
use crate::mel::RATE;
use crate::tokens::Timed;
use crate::voice::Utterance;

/// Samples in an encoder frame (20 ms).
const FRAME_SAMPLES: f32 = RATE as f32 / 50.0;
/// A pause so long ends a passage (1.5 s, in samples).
const LONG_PAUSE: usize = 3 * RATE / 2;
/// The end of a sentence ends a passage from this length on (3 s) …
const SENTENCE_FROM: usize = 3 * RATE;
/// … or before a pause so long (500 ms).
const SENTENCE_PAUSE: usize = RATE / 2;
/// From this length on (15 s) any punctuation or pause of 300 ms ends a passage …
const HURRY_FROM: usize = 15 * RATE;
const HURRY_PAUSE: usize = 3 * RATE / 10;
/// … and here (25 s) any word does.
const LONGEST: usize = 25 * RATE;

/// What is known of all the passages of a window.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// BCP 47 tag.
    pub language: &'a str,
    /// The channel, when channels are told apart.
    pub channel: Option<u8>,
    /// The chapter's first sample in the recording.
    pub chapter_start: u64,
    /// The utterances of the window, in samples of the chapter.
    pub utterances: &'a [Utterance],
    /// The pauses of the chapter, in its samples.
    pub pauses: &'a [Range<usize>],
}

/// A word before it is written down: characters, and samples of the chapter.
#[derive(Clone, Debug)]
struct Spoken {
    characters: Range<usize>,
    time: Range<usize>,
    probability: f32,
}

/// Whether a character is written without spaces around words (Han, kana).
#[must_use]
pub fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x2e80..=0x2fdf | 0x3005..=0x3007 | 0x3040..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff
        | 0xf900..=0xfaff | 0x2_0000..=0x3_ffff)
}

/// Passages of what was heard in one window; `back` leads from a sample of the window to one of the chapter.
#[must_use]
pub fn passages(heard: &[Timed], back: impl Fn(usize) -> usize, setting: Setting<'_>) -> Vec<Passage> {
    let words = words(heard, back, setting);
    let mut passages = Vec::new();
    let mut from = 0;
    let mut text_from = 0;
    for (k, word) in words.iter().enumerate() {
        let next = words.get(k + 1);
        let begun = words.get(from).map_or(0, |w| w.time.start);
        let ends = next.is_none_or(|next| ends_here(heard, word, next, begun));
        if !ends {
            continue;
        }
        let text_to = next.map_or(heard.len(), |next| opening(heard, next.characters.start));
        let part = words.get(from..=k).unwrap_or_default();
        passages.extend(passage(heard, text_from..text_to, part, setting));
        (from, text_from) = (k + 1, text_to);
    }
    passages
}

/// Groups characters to words, leads their times back into the chapter, and puts them where the sound is.
fn words(heard: &[Timed], back: impl Fn(usize) -> usize, setting: Setting<'_>) -> Vec<Spoken> {
    let grouped = grouped(heard);
    let sample = |frame: f32| back((frame.max(0.0) * FRAME_SAMPLES) as usize);
    let rough: Vec<Rough> = grouped
        .iter()
        .map(|characters| {
            let part = heard.get(characters.clone()).unwrap_or_default();
            let start = part.first().map_or(0, |t| sample(t.start));
            let end = part.last().map_or(0, |t| sample(t.end)).max(start);
            Rough { time: start..end, syllable: part.first().is_some_and(|t| is_han(t.character)) }
        })
        .collect();
    let mut words: Vec<Spoken> = Vec::with_capacity(grouped.len());
    for (characters, time) in grouped.into_iter().zip(edges(&rough, setting.pauses, setting.utterances)) {
        let part = heard.get(characters.clone()).unwrap_or_default();
        let probability = part.iter().map(|t| t.probability).sum::<f32>() / part.len().max(1) as f32;
        let earliest = words.last().map_or(0, |w| w.time.end);
        words.push(Spoken { characters, time: voiced(time, earliest, setting.utterances), probability });
    }
    words
}

/// The characters of each word.
fn grouped(heard: &[Timed]) -> Vec<Range<usize>> {
    let character = |at: usize| heard.get(at).map(|t| t.character);
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(c) = character(at) {
        let mut end = at + 1;
        if c.is_alphanumeric() && !is_han(c) {
            while continues(character(end - 1), character(end), character(end + 1)) {
                end += 1;
            }
        }
        if c.is_alphanumeric() {
            words.push(at..end);
        }
        at = end;
    }
    words
}

/// Whether the character after `before` belongs to the same word: letters and digits, and one mark between two.
fn continues(before: Option<char>, c: Option<char>, after: Option<char>) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_han(c));
    match c {
        Some('\'' | '’' | '-' | '.' | ',' | ':' | '@' | '_' | '%') => {
            letter(before) && letter(after) && (!matches!(c, Some('.' | ',' | ':')) || digits(before, after))
        }
        other => letter(other),
    }
}

fn digits(before: Option<char>, after: Option<char>) -> bool {
    before.is_some_and(|c| c.is_ascii_digit()) && after.is_some_and(|c| c.is_ascii_digit())
}

/// A word's time, kept inside the utterance that it lies in or nearest to, and after the word before.
fn voiced(Range { start, end: stop }: Range<usize>, earliest: usize, utterances: &[Utterance]) -> Range<usize> {
    let overlap = |u: &Utterance| stop.min(u.end).saturating_sub(start.max(u.start));
    let distance = |u: &Utterance| u.start.saturating_sub(stop).max(start.saturating_sub(u.end));
    let nearest = utterances
        .iter()
        .max_by(|a, b| overlap(a).cmp(&overlap(b)).then(distance(b).cmp(&distance(a))).then(b.start.cmp(&a.start)));
    let (first, last) = nearest.map_or((0, usize::MAX), |u| (u.start, u.end));
    let start = start.clamp(first, last).max(earliest);
    start..stop.clamp(first, last).max(start)
}

/// Whether a passage that began at `begun` ends between two words.
fn ends_here(heard: &[Timed], word: &Spoken, next: &Spoken, begun: usize) -> bool {
    let pause = next.time.start.saturating_sub(word.time.end);
    let length = word.time.end.saturating_sub(begun);
    let between = heard.get(word.characters.end..next.characters.start).unwrap_or_default();
    let has = |marks: &str| between.iter().any(|t| marks.contains(t.character));
    pause >= LONG_PAUSE
        || next.time.end.saturating_sub(begun) > LONGEST
        || (has(".!?…。！？") && (length >= SENTENCE_FROM || pause >= SENTENCE_PAUSE))
        || (length >= HURRY_FROM && (pause >= HURRY_PAUSE || has(".!?…。！？,;:，；：、")))
}

/// Where the text of a word begins when its opening marks are counted in.
fn opening(heard: &[Timed], mut at: usize) -> usize {
    while let Some(before) = at.checked_sub(1)
        && heard.get(before).is_some_and(|t| "“‘「『《〈（([¿¡«".contains(t.character))
    {
        at = before;
    }
    at
}

fn passage(heard: &[Timed], text: Range<usize>, words: &[Spoken], setting: Setting<'_>) -> Option<Passage> {
    let (first, last) = (words.first()?, words.last()?);
    let characters = heard.get(text.clone())?;
    let blank = characters.iter().take_while(|t| t.character.is_whitespace()).count();
    let written: String = characters.iter().map(|t| t.character).collect();
    let at = text.start + blank;
    let milliseconds = |sample: usize| (setting.chapter_start + sample as u64) * 1000 / RATE as u64;
    let words = words.iter().map(|w| Word {
        at: u32::try_from(w.characters.start.saturating_sub(at)).unwrap_or(u32::MAX),
        chars: u32::try_from(w.characters.len()).unwrap_or(u32::MAX),
        start_ms: milliseconds(w.time.start),
        end_ms: milliseconds(w.time.end),
        confidence: (w.probability.clamp(0.0, 1.0) * 1000.0).round() as u16,
    });
    Some(Passage {
        place: Place::Time {
            channel: setting.channel,
            start_ms: milliseconds(first.time.start),
            end_ms: milliseconds(last.time.end),
        },
        text: written.trim().to_owned(),
        language: Some(setting.language.to_owned()),
        speaker: None,
        when: None,
        words: words.collect(),
        marks: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// One character every 200 ms from the start.
    fn heard(text: &str) -> Vec<Timed> {
        let timed =
            |(k, character)| Timed { character, start: k as f32 * 10.0, end: k as f32 * 10.0 + 10.0, probability: 0.9 };
        text.chars().enumerate().map(timed).collect()
    }

    fn told(text: &str) -> Vec<Passage> {
        let all = [Utterance { start: 0, end: usize::MAX / 2, voiced: 0 }];
        // After the last character it is quiet.
        let after = text.chars().count() * 3200..usize::MAX / 2;
        let (language, channel) = ("en", Some(1));
        let setting = Setting {
            language,
            channel,
            chapter_start: 16_000,
            utterances: &all,
            pauses: std::slice::from_ref(&after),
        };
        passages(&heard(text), |s| s, setting)
    }

    fn spelled(passage: &Passage) -> Vec<String> {
        let cut = |w: &Word| passage.text.chars().skip(w.at as usize).take(w.chars as usize).collect();
        passage.words.iter().map(cut).collect()
    }

    #[test]
    fn han_by_character_latin_by_word() {
        let found = told(" 好，我在 Casemate 3.5 don't");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].text, "好，我在 Casemate 3.5 don't");
        assert_eq!(spelled(&found[0]), ["好", "我", "在", "Casemate", "3.5", "don't"]);
        assert_eq!(found[0].place, Place::Time { channel: Some(1), start_ms: 1200, end_ms: 5800 });
        assert_eq!((found[0].words[0].start_ms, found[0].words[0].confidence), (1200, 900));
    }

    #[test]
    fn sentences_end_passages_and_quotes_open_them() {
        let found = told("The first sentence here. “The second,” he said... Yes");
        let texts: Vec<&str> = found.iter().map(|p| p.text.as_str()).collect();
        assert_eq!(texts, ["The first sentence here.", "“The second,” he said...", "Yes"]);
        assert_eq!(spelled(&found[1]), ["The", "second", "he", "said"]);
    }

    #[test]
    fn a_word_is_moved_to_the_voice() {
        let us = [
            Utterance { start: 0, end: 16_000, voiced: 16_000 },
            Utterance { start: 32_000, end: 64_000, voiced: 32_000 },
        ];
        assert_eq!(voiced(15_000..31_000, 0, &us), 15_000..16_000);
        assert_eq!(voiced(20_000..40_000, 0, &us), 32_000..40_000);
        assert_eq!(voiced(30_000..31_000, 0, &us), 32_000..32_000);
        assert_eq!(voiced(0..10, 9_000, &us), 9_000..9_000);
    }

    #[test]
    fn marks_alone_are_no_passage() {
        assert!(told(" ... ").is_empty());
        assert!(told("").is_empty());
    }

    proptest! {
        #[test]
        fn words_stand_in_their_passage(text in "[a-z好。.,! “'0-9]{0,120}", stretch in 1usize..9) {
            let all = [Utterance { start: 3000, end: 500_000, voiced: 0 }];
            let (language, pauses) = ("zh", [9_000..12_000, 40_000..60_000]);
            let setting = Setting { language, channel: None, chapter_start: 7, utterances: &all, pauses: &pauses };
            let found = passages(&heard(&text), |s| s * stretch, setting);
            let mut before = 0;
            for p in &found {
                let Place::Time { start_ms, end_ms, .. } = p.place else { panic!() };
                let length = p.text.chars().count();
                prop_assert!(!p.words.is_empty() && p.text == p.text.trim());
                let mut at = 0;
                for (w, word) in p.words.iter().zip(spelled(p)) {
                    prop_assert!(w.at as usize >= at && (w.at + w.chars) as usize <= length);
                    prop_assert!(w.start_ms >= before && w.end_ms >= w.start_ms);
                    prop_assert!(w.start_ms >= start_ms && w.end_ms <= end_ms);
                    prop_assert!(word.chars().all(|c| !c.is_whitespace()));
                    at = (w.at + w.chars) as usize;
                    before = w.end_ms;
                }
            }
            let letters = |t: &str| t.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            let joined: String = found.iter().map(|p| letters(&p.text)).collect();
            let has_word = text.chars().any(char::is_alphanumeric);
            prop_assert_eq!(joined, if has_word { letters(&text) } else { String::new() });
        }
    }
}
