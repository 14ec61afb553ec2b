//! A recording as sound: its outline (peaks for a waveform) and any stretch of it as PCM, by the worker that decodes.
//!
//! Keeps: nothing decoded is written to a disk; memory holds an outline and one stretch, whatever the recording's length.
//! Does not know: who listens.

use crate::catalogue::Exhibit;
use crate::{AppError, Session};
use casemate_media::{Event, Limits, MediaError, Program, run_job};
use casemate_ports::worker::{DecodeJob, Job};
use std::io::{Read, Seek};
use std::sync::atomic::{AtomicBool, Ordering};

/// Samples a second and channel of what is decoded.
pub const RATE: u32 = 16_000;
/// Pairs of peaks a second and channel.
pub const PEAKS_PER_SECOND: u32 = 50;
/// Bytes of one sample.
const SAMPLE_BYTES: u64 = 2;
/// Samples of one peak.
const SLOT: usize = (RATE / PEAKS_PER_SECOND) as usize;

/// Reading and seeking.
pub trait Source: Read + Seek + Send {}
impl<T: Read + Seek + Send> Source for T {}

/// A recording that can be decoded without the session.
pub struct Tape {
    decoder: Program,
    source: Box<dyn Source>,
}

/// What is known of a recording once it was decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Channels, 1 or 2.
    pub channels: u8,
    /// Samples of each channel, at [`RATE`].
    pub frames: u64,
    /// Lowest and highest of each slot, channel after channel within a slot; −128 to 127.
    pub peaks: Vec<i8>,
}

impl Outline {
    /// Milliseconds.
    #[must_use]
    pub fn duration_ms(&self) -> u64 {
        self.frames.saturating_mul(1000) / u64::from(RATE)
    }

    /// Bytes of its PCM.
    #[must_use]
    pub fn pcm_bytes(&self) -> u64 {
        self.frames.saturating_mul(u64::from(self.channels)).saturating_mul(SAMPLE_BYTES)
    }

    /// The header of its WAV file (RIFF, 16-bit PCM). Longer than a WAV can be, it says the longest.
    #[must_use]
    pub fn wav_header(&self) -> Vec<u8> {
        let data = u32::try_from(self.pcm_bytes()).unwrap_or(u32::MAX - 36);
        let channels = u16::from(self.channels);
        let frame = channels * SAMPLE_BYTES as u16;
        let mut out = b"RIFF".to_vec();
        out.extend((data + 36).to_le_bytes());
        out.extend(b"WAVEfmt ");
        out.extend(16u32.to_le_bytes());
        out.extend(1u16.to_le_bytes());
        out.extend(channels.to_le_bytes());
        out.extend(RATE.to_le_bytes());
        out.extend((RATE * u32::from(frame)).to_le_bytes());
        out.extend(frame.to_le_bytes());
        out.extend((8 * SAMPLE_BYTES as u16).to_le_bytes());
        out.extend(b"data");
        out.extend(data.to_le_bytes());
        out
    }
}

/// The original of a recording, ready to be decoded.
///
/// # Errors
/// No exhibit, no worker, damage.
pub fn tape(session: &Session, exhibit: &Exhibit) -> Result<Tape, AppError> {
    of_source(session, Box::new(session.original(exhibit)?))
}

/// Any other source of sound, ready to be decoded.
///
/// # Errors
/// No worker.
pub fn of_source(session: &Session, source: Box<dyn Source>) -> Result<Tape, AppError> {
    let decoder = session.tools.worker.clone().ok_or(AppError::NoProgram("casemate-worker"))?;
    Ok(Tape { decoder, source })
}

impl Tape {
    /// Decodes, giving out samples with the number of channels, until `each` has enough.
    fn decode(mut self, each: &mut dyn FnMut(u8, &[i16]) -> bool) -> Result<(), AppError> {
        let job = Job::Decode(DecodeJob { rate: RATE, extension: None });
        let stop = AtomicBool::new(false);
        let mut channels = 1;
        let ended =
            run_job(&self.decoder, &job, &mut self.source, &Limits::decoding(), &stop, &mut |event| match event {
                Event::Sound(format) => channels = format.channels,
                Event::Samples(samples) if !stop.load(Ordering::SeqCst) && !each(channels, samples) => {
                    stop.store(true, Ordering::SeqCst);
                }
                _ => {}
            });
        match ended {
            Ok(_) | Err(MediaError::Cancelled) => Ok(()),
            Err(other) => Err(other.into()),
        }
    }

    /// Its length and peaks. What can't be decoded has none.
    ///
    /// # Errors
    /// The worker does not start; the source can't be read.
    pub fn outline(self) -> Result<Outline, AppError> {
        let mut out = Outline { channels: 1, frames: 0, peaks: Vec::new() };
        let mut samples = 0u64;
        let mut slot: Vec<i16> = Vec::new();
        self.decode(&mut |channels, batch| {
            out.channels = channels.max(1);
            samples = samples.saturating_add(batch.len() as u64);
            slot.extend_from_slice(batch);
            let size = SLOT * usize::from(out.channels);
            let whole = slot.len() / size * size;
            slot.chunks_exact(size).for_each(|s| peaks(s, out.channels, &mut out.peaks));
            slot.drain(..whole);
            true
        })?;
        if !slot.is_empty() {
            peaks(&slot, out.channels, &mut out.peaks);
        }
        out.frames = samples / u64::from(out.channels);
        Ok(out)
    }

    /// The bytes `from..to` of its PCM (16-bit, little-endian, interleaved); fewer where it ends before.
    ///
    /// # Errors
    /// As [`Tape::outline`].
    pub fn pcm(self, from: u64, to: u64) -> Result<Vec<u8>, AppError> {
        let mut out = Vec::new();
        let mut at = 0u64;
        self.decode(&mut |_, batch| {
            let bytes = batch.len() as u64 * SAMPLE_BYTES;
            if at + bytes > from && at < to {
                let all: Vec<u8> = batch.iter().flat_map(|s| s.to_le_bytes()).collect();
                let inside = |offset: u64| usize::try_from(offset.saturating_sub(at)).unwrap_or(0).min(all.len());
                out.extend_from_slice(all.get(inside(from)..inside(to)).unwrap_or_default());
            }
            at = at.saturating_add(bytes);
            at < to
        })?;
        Ok(out)
    }
}

/// Lowest and highest sample of each channel of one slot.
fn peaks(slot: &[i16], channels: u8, out: &mut Vec<i8>) {
    for channel in 0..usize::from(channels) {
        let own = slot.iter().skip(channel).step_by(usize::from(channels));
        let (low, high) = own.fold((0i16, 0i16), |(low, high), s| (low.min(*s), high.max(*s)));
        out.extend([low, high].map(|s| i8::try_from(s >> 8).unwrap_or(0)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peaks_are_of_each_channel() {
        let mut out = Vec::new();
        peaks(&[256, -512, 1024, 0, -256, 3000], 2, &mut out);
        assert_eq!(out, [-1, 4, -2, 11]);
    }

    #[test]
    fn a_header_tells_its_length() {
        let outline = Outline { channels: 2, frames: 48_000, peaks: Vec::new() };
        let header = outline.wav_header();
        assert_eq!((header.len(), outline.pcm_bytes(), outline.duration_ms()), (44, 192_000, 3_000));
        assert_eq!(header[40..44], 192_000u32.to_le_bytes());
        assert_eq!(header[28..32], 64_000u32.to_le_bytes());
    }
}
