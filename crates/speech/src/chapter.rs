//! Cuts the stream of samples into chapters of 25 to 60 seconds, at pauses common to all channels. A chapter is
//! transcribed without knowledge of any other, so that a transcription that was interrupted goes on at a chapter's
//! start and gives what it would have given.
//!
//! Keeps: chapters join without gap or overlap; their cuts follow from the samples alone, not from how they arrive;
//! never more than one chapter and one push of samples in memory.
//! Does not know: the pipe, the model.

use std::sync::Arc;

use crate::mel::RATE;
use crate::vad::{FRAME, Vad, VadWeights};
use crate::voice::OFF;

/// A cut is looked for from here (25 s, in frames) …
const SEEK_FROM: usize = 25 * RATE / FRAME;
/// … at a pause so long (960 ms) …
const LONG_PAUSE: usize = 30;
/// … and from here (45 s) …
const HURRY_FROM: usize = 45 * RATE / FRAME;
/// … at a pause so long (320 ms) …
const SHORT_PAUSE: usize = 10;
/// … and here (60 s) at the least voiced frame of the last 10 s.
const MAX_CHAPTER: usize = 60 * RATE / FRAME;
const LAST_RESORT: usize = 10 * RATE / FRAME;

/// One channel of a chapter.
#[derive(Clone, Debug, PartialEq)]
pub struct Track {
    /// Samples at 16 kHz.
    pub samples: Vec<i16>,
    /// Probability of a voice, one for each [`FRAME`] samples.
    pub probabilities: Vec<f32>,
}

/// A stretch of the recording.
#[derive(Clone, Debug, PartialEq)]
pub struct Chapter {
    /// Its first sample in the recording.
    pub start: u64,
    /// One for each channel.
    pub tracks: Vec<Track>,
}

impl Chapter {
    /// Its first sample after.
    #[must_use]
    pub fn end(&self) -> u64 {
        self.start + self.tracks.first().map_or(0, |t| t.samples.len() as u64)
    }
}

/// The cutter.
pub struct Chapters {
    weights: Arc<VadWeights>,
    listeners: Vec<Vad>,
    tracks: Vec<Track>,
    /// For each frame heard, the highest probability of all channels.
    joint: Vec<f32>,
    start: u64,
    /// The channel that the next sample belongs to.
    next: usize,
}

impl Chapters {
    /// For so many interleaved channels (at least one).
    #[must_use]
    pub fn new(weights: Arc<VadWeights>, channels: u8) -> Self {
        let channels = usize::from(channels.max(1));
        let track = Track { samples: Vec::new(), probabilities: Vec::new() };
        Self {
            weights,
            listeners: vec![Vad::default(); channels],
            tracks: vec![track; channels],
            joint: Vec::new(),
            start: 0,
            next: 0,
        }
    }

    /// Takes in interleaved samples; a push may end between channels.
    pub fn push(&mut self, interleaved: impl Iterator<Item = i16>) {
        for sample in interleaved {
            if let Some(track) = self.tracks.get_mut(self.next) {
                track.samples.push(sample);
            }
            self.next = (self.next + 1) % self.tracks.len().max(1);
        }
    }

    /// The next chapter, when enough was pushed to know where it ends.
    pub fn next_chapter(&mut self) -> Option<Chapter> {
        while self.hear_frame(FRAME) {
            if let Some(cut) = cut(&self.joint) {
                return Some(self.take(cut * FRAME));
            }
        }
        None
    }

    /// What is left at the end; call after [`Chapters::next_chapter`] gave `None`.
    pub fn finish(&mut self) -> Option<Chapter> {
        // A frame that ends between channels belongs to nobody.
        let whole = self.tracks.iter().map(|t| t.samples.len()).min().unwrap_or(0);
        for track in &mut self.tracks {
            track.samples.truncate(whole);
        }
        self.hear_frame(1);
        (whole > 0).then(|| self.take(whole))
    }

    /// Hears the next frame of every channel, if each has at least so many samples of it.
    fn hear_frame(&mut self, at_least: usize) -> bool {
        let from = self.joint.len() * FRAME;
        if self.tracks.iter().any(|t| t.samples.len() < from + at_least) {
            return false;
        }
        let mut highest = 0.0f32;
        for (track, listener) in self.tracks.iter_mut().zip(&mut self.listeners) {
            let frame = track.samples.get(from..).unwrap_or_default();
            let probability = listener.hear(&self.weights, frame.get(..FRAME).unwrap_or(frame));
            track.probabilities.push(probability);
            highest = highest.max(probability);
        }
        self.joint.push(highest);
        true
    }

    fn take(&mut self, samples: usize) -> Chapter {
        let tracks = self.tracks.iter_mut().map(|track| {
            let rest = track.samples.split_off(samples.min(track.samples.len()));
            let mut probabilities = std::mem::take(&mut track.probabilities);
            probabilities.truncate(samples.div_ceil(FRAME));
            Track { samples: std::mem::replace(&mut track.samples, rest), probabilities }
        });
        let chapter = Chapter { start: self.start, tracks: tracks.collect() };
        self.start = chapter.end();
        self.joint.clear();
        self.listeners.iter_mut().for_each(Vad::reset);
        chapter
    }
}

/// Where the chapter that began with these frames ends, if that is known by now.
fn cut(joint: &[f32]) -> Option<usize> {
    let n = joint.len();
    let quiet = |frames: usize| joint.iter().rev().take(frames).all(|p| *p < OFF);
    if n >= MAX_CHAPTER {
        let late = joint.iter().enumerate().skip(n - LAST_RESORT);
        return late.min_by(|a, b| a.1.total_cmp(b.1)).map(|(frame, _)| frame);
    }
    if n >= SEEK_FROM && quiet(LONG_PAUSE) {
        return Some(n - LONG_PAUSE / 2);
    }
    (n >= HURRY_FROM && quiet(SHORT_PAUSE)).then(|| n - SHORT_PAUSE / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chapter_ends_in_the_first_long_pause_then_in_a_short_one_then_anywhere() {
        let mut talk = vec![1.0; SEEK_FROM - 1];
        assert_eq!(cut(&talk), None);
        talk.extend([0.1; LONG_PAUSE]);
        assert_eq!(cut(&talk[..talk.len() - 1]), None);
        assert_eq!(cut(&talk), Some(talk.len() - LONG_PAUSE / 2));
        let mut talk = vec![1.0; HURRY_FROM];
        talk.extend([0.1; SHORT_PAUSE]);
        assert_eq!(cut(&talk), Some(talk.len() - SHORT_PAUSE / 2));
        let mut talk = vec![1.0; MAX_CHAPTER];
        talk[MAX_CHAPTER - 20] = 0.8;
        assert_eq!(cut(&talk), Some(MAX_CHAPTER - 20));
    }
}
