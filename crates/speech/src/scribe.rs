//! Writes down a chapter: utterances, their languages, windows, what is heard in them, and a second hearing of any
//! voice that gave no words.
//!
//! Keeps: a chapter's passages depend on the chapter and the settings alone; every voice that gave no words is
//! counted; two channels with the same sound are written once.
//! Does not know: the protocol, files.

use std::ops::Range;

use casemate_ports::reading::{Passage, Place};

use crate::chapter::{Chapter, Track};
use crate::edges::pauses;
use crate::engine::{Engine, Heard, Hearing};
use crate::error::SpeechError;
use crate::guard;
use crate::mel::RATE;
use crate::passages::{Setting, passages};
use crate::sparse::sparse;
use crate::tongue::{self, languages};
use crate::voice::{Utterance, utterances};
use crate::window::{Window, windows};

/// A voice so long (1.2 s, in samples) must give words; else it is heard again alone.
const MUST_SAY: usize = 6 * RATE / 5;
/// The language is told from no more than this of an utterance (3 s, in samples).
const TELL_FROM: usize = 3 * RATE;
/// Utterances of which the language is told together.
const TOLD_TOGETHER: usize = 8;
/// A shorter voice (500 ms) tells nothing of its language.
const TELL_AT_LEAST: usize = RATE / 2;
/// Up to so much voice (3 s, in samples) a window in another language than its track's is heard in that one as well …
const SHORT_CHANGE: usize = 3 * RATE;
/// … and stays in the other language only with a score better by so much: where the detector was misled, the two are
/// within 0.05; where somebody did change, at least 0.15 apart, mostly 0.4.
pub const CLEARLY_BETTER: f32 = 0.1;
/// What the second channel has beyond the first one's sound, as a share of its energy, in two channels that are one
/// (−30 dB).
const SAME_SOUND: f64 = 1e-3;

/// What shapes the text.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Languages that may be told apart; a single one is taken as known.
    pub languages: Vec<String>,
    /// Beam and prompt.
    pub hearing: Hearing,
}

/// What was odd, counted over the recording.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Oddities {
    /// Chapters in which both channels held the same sound.
    pub same_channels: u64,
    /// Voices without words.
    pub wordless: u64,
    /// Their length in samples.
    pub wordless_samples: u64,
    /// Texts rejected as said by nobody.
    pub rejected: u64,
    /// Windows of which the end may be missing.
    pub cut_short: u64,
    /// Places with far too little text for their voice.
    pub sparse: u64,
    /// Where the first of them begins, in ms.
    pub first_sparse: Option<u64>,
}

/// The scribe.
pub struct Scribe<'a> {
    engine: &'a Engine,
    settings: Settings,
    oddities: Oddities,
}

/// A window to be heard.
struct Task<'c> {
    desk: Desk<'c>,
    window: Window,
}

/// A track and what is the same for all its windows.
#[derive(Clone, Copy)]
struct Desk<'c> {
    samples: &'c [i16],
    utterances: &'c [Utterance],
    pauses: &'c [Range<usize>],
    channel: Option<u8>,
    start: u64,
    /// Index of the language in which most is said.
    main: usize,
}

impl<'a> Scribe<'a> {
    /// A scribe with an engine.
    #[must_use]
    pub fn new(engine: &'a Engine, settings: Settings) -> Self {
        Self { engine, settings, oddities: Oddities::default() }
    }

    /// What was odd so far.
    #[must_use]
    pub fn oddities(&self) -> Oddities {
        self.oddities
    }

    /// The passages of a chapter, by time.
    ///
    /// # Errors
    /// [`SpeechError::Engine`], [`SpeechError::Language`].
    pub fn write(&mut self, chapter: &Chapter) -> Result<Vec<Passage>, SpeechError> {
        let mut tracks: Vec<(Option<u8>, &Track)> =
            (0u8..).zip(&chapter.tracks).map(|(channel, track)| (Some(channel), track)).collect();
        if let [one, other] = chapter.tracks.as_slice()
            && same_sound(&one.samples, &other.samples)
        {
            self.oddities.same_channels += u64::from(one.samples.iter().any(|s| *s != 0));
            tracks.truncate(1);
        }
        if let [(channel, _)] = tracks.as_mut_slice() {
            *channel = None;
        }
        let utterances: Vec<Vec<Utterance>> =
            tracks.iter().map(|(_, track)| utterances(&track.probabilities, track.samples.len())).collect();
        let mut tasks = Vec::new();
        let quiet: Vec<Vec<Range<usize>>> =
            tracks.iter().zip(&utterances).map(|((_, track), utterances)| pauses(&track.samples, utterances)).collect();
        for (((channel, track), utterances), pauses) in tracks.iter().zip(&utterances).zip(&quiet) {
            let (samples, channel, start) = (track.samples.as_slice(), *channel, chapter.start);
            let desk = Desk { samples, utterances, pauses, channel, start, main: 0 };
            let languages = self.tell_languages(&desk)?;
            let desk = Desk { main: tongue::main(utterances, &languages), ..desk };
            let windows = windows(utterances, &languages, self.settings.hearing.together());
            tasks.extend(windows.into_iter().map(|window| Task { desk, window }));
        }
        let mut written = self.hear(tasks)?;
        written.sort_by_key(|p| match p.place {
            Place::Time { channel, start_ms, end_ms } => (start_ms, channel, end_ms),
            _ => (0, None, 0),
        });
        Ok(written)
    }

    /// The language of each utterance of a track.
    fn tell_languages(&self, desk: &Desk<'_>) -> Result<Vec<usize>, SpeechError> {
        let among = &self.settings.languages;
        if among.len() == 1 {
            return Ok(vec![0; desk.utterances.len()]);
        }
        let alone = desk.utterances.len() == 1;
        let telling: Vec<usize> =
            (0..).zip(desk.utterances).filter(|(_, u)| alone || u.voiced >= TELL_AT_LEAST).map(|(k, _)| k).collect();
        let mut heard: Vec<tongue::Heard> = desk
            .utterances
            .iter()
            .map(|u| tongue::Heard { probabilities: vec![1.0; among.len()], voiced: u.voiced })
            .collect();
        for batch in telling.chunks(TOLD_TOGETHER) {
            let utterances = batch.iter().filter_map(|k| desk.utterances.get(*k));
            let beginnings: Vec<Vec<f32>> =
                utterances.map(|u| sound(desk.samples, u.start, u.end.min(u.start + TELL_FROM))).collect();
            for (k, probabilities) in batch.iter().zip(self.engine.tell_language(&beginnings, among)?) {
                if let Some(one) = heard.get_mut(*k) {
                    one.probabilities = probabilities;
                }
            }
        }
        Ok(languages(&heard))
    }

    /// Hears windows, some of one language together, those of like length first.
    fn hear(&mut self, mut tasks: Vec<Task<'_>>) -> Result<Vec<Passage>, SpeechError> {
        tasks.sort_by_key(|task| (task.window.language, task.window.len(), task.desk.channel));
        let mut written = Vec::new();
        let together = self.settings.hearing.together();
        for batch in tasks.chunk_by(|a, b| a.window.language == b.window.language).flat_map(|l| l.chunks(together)) {
            let index = batch.first().map_or(0, |task| task.window.language);
            let language = self.language(index);
            let sounds: Vec<Vec<f32>> = batch.iter().map(|task| task.window.sound(task.desk.samples)).collect();
            let encoded = self.engine.encode(&sounds)?;
            let heard = self.engine.hear(&encoded, &sounds, &language, &self.settings.hearing)?;
            for (task, heard) in batch.iter().zip(heard) {
                let (heard, index) = self.doubt_change(task, heard)?;
                written.extend(self.finish(task, &heard, &self.language(index))?);
            }
        }
        Ok(written)
    }

    fn language(&self, index: usize) -> String {
        self.settings.languages.get(index).cloned().unwrap_or_default()
    }

    /// What was heard in a window, and in which language: a short one that the detector put into another language than
    /// the track's is heard in that one as well, and stays there unless the other is clearly better.
    fn doubt_change(&self, task: &Task<'_>, heard: Heard) -> Result<(Heard, usize), SpeechError> {
        let Task { desk, window } = task;
        let utterances = desk.utterances.get(window.utterances.clone()).unwrap_or_default();
        let voiced: usize = utterances.iter().map(|u| u.voiced).sum();
        if window.language == desk.main || voiced > SHORT_CHANGE {
            return Ok((heard, window.language));
        }
        let sounds = [window.sound(desk.samples)];
        let encoded = self.engine.encode(&sounds)?;
        let again = self.engine.hear(&encoded, &sounds, &self.language(desk.main), &self.settings.hearing)?;
        Ok(match again.into_iter().next() {
            Some(main) if !main.text.is_empty() && main.score + CLEARLY_BETTER > heard.score => (main, desk.main),
            _ => (heard, window.language),
        })
    }

    /// Writes what was heard in a window, and hears again what gave no words.
    fn finish(&mut self, task: &Task<'_>, heard: &Heard, language: &str) -> Result<Vec<Passage>, SpeechError> {
        let Task { desk, window } = task;
        let alone = window.utterances.len() == 1;
        if heard.cut_short && !alone {
            return self.parts(task, |_| true);
        }
        self.oddities.cut_short += u64::from(heard.cut_short);
        let utterances = desk.utterances.get(window.utterances.clone()).unwrap_or_default();
        let mut written = Vec::new();
        if guard::nobody_said(&heard.text, heard.score, heard.no_speech) {
            self.oddities.rejected += 1;
        } else {
            let Desk { channel, start: chapter_start, pauses, .. } = *desk;
            let setting = Setting { language, channel, chapter_start, utterances, pauses };
            written = passages(&heard.characters, |at| window.back(at), setting);
        }
        let silent = |u: &Utterance| u.voiced >= MUST_SAY && !says_something(&written, u, desk.start);
        let telling: Vec<Utterance> = utterances.iter().filter(|u| !silent(u)).copied().collect();
        for at in sparse(&written, &telling, desk.pauses, desk.start) {
            self.oddities.sparse += 1;
            self.oddities.first_sparse = Some(self.oddities.first_sparse.map_or(at, |first| first.min(at)));
        }
        if !utterances.iter().any(silent) {
            return Ok(written);
        }
        if alone {
            self.oddities.wordless += 1;
            self.oddities.wordless_samples += utterances.iter().map(|u| u.voiced as u64).sum::<u64>();
            return Ok(written);
        }
        let again = self.parts(task, silent)?;
        written.extend(again);
        Ok(written)
    }

    /// Hears utterances of a window again, each alone and in the language that it has alone.
    fn parts(&mut self, task: &Task<'_>, which: impl Fn(&Utterance) -> bool) -> Result<Vec<Passage>, SpeechError> {
        let mut tasks = Vec::new();
        let utterances = task.desk.utterances.get(task.window.utterances.clone()).unwrap_or_default();
        for utterance in utterances.iter().filter(|u| which(u)) {
            let desk = Desk { utterances: std::slice::from_ref(utterance), ..task.desk };
            let language = self.tell_languages(&desk)?.first().copied().unwrap_or(task.window.language);
            tasks.push(Task { desk, window: Window::alone(0, *utterance, language) });
        }
        self.hear(tasks)
    }
}

/// Whether a word lies in an utterance.
fn says_something(written: &[Passage], utterance: &Utterance, chapter_start: u64) -> bool {
    let ms = |sample: usize| (chapter_start + sample as u64) * 1000 / RATE as u64;
    let (start, end) = (ms(utterance.start), ms(utterance.end));
    written.iter().flat_map(|p| &p.words).any(|w| w.start_ms < end && w.end_ms > start)
}

fn sound(samples: &[i16], start: usize, end: usize) -> Vec<f32> {
    samples.get(start..end).unwrap_or_default().iter().map(|s| f32::from(*s) / 32_768.0).collect()
}

/// Whether two channels hold one sound, at whatever gain.
fn same_sound(one: &[i16], other: &[i16]) -> bool {
    let (mut of_one, mut of_other, mut of_both) = (0.0f64, 0.0f64, 0.0f64);
    for (a, b) in one.iter().zip(other) {
        let (a, b) = (f64::from(*a), f64::from(*b));
        of_one += a * a;
        of_other += b * b;
        of_both += a * b;
    }
    if of_one == 0.0 || of_other == 0.0 {
        return of_one == of_other;
    }
    // What is left of the other after the best multiple of the one is taken away.
    of_both > 0.0 && of_other - of_both * of_both / of_one <= SAME_SOUND * of_other
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_sound_at_two_gains_is_one_and_two_voices_are_two() {
        let tone = |hertz: f32, gain: f32| -> Vec<i16> {
            (0..16_000).map(|n| ((n as f32 * hertz / 16_000.0 * std::f32::consts::TAU).sin() * gain) as i16).collect()
        };
        assert!(same_sound(&tone(300.0, 9000.0), &tone(300.0, 9000.0)));
        assert!(same_sound(&tone(300.0, 9000.0), &tone(300.0, 4000.0)));
        assert!(!same_sound(&tone(300.0, 9000.0), &tone(500.0, 9000.0)));
        assert!(!same_sound(&tone(300.0, 9000.0), &tone(300.0, -9000.0)), "a turned sound is kept apart");
        assert!(!same_sound(&tone(300.0, 9000.0), &[0; 16_000]), "one party silent");
        assert!(same_sound(&[0; 100], &[0; 100]));
    }
}
