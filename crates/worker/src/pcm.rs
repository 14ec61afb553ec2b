//! Samples on their way out: channels kept apart or mixed down, rate changed, 16 bits.
//!
//! Keeps: time: as many samples come out as the source lasts, and sample 0 stays sample 0 (the filter's delay is cut).
//! Does not know: codecs.

use casemate_fence::ReplyError;
use casemate_ports::worker::{MAX_CHANNELS, SoundFormat};
use rubato::audioadapter_buffers::direct::SequentialSliceOfVecs;
use rubato::{Fft, FixedSync, Resampler};

use crate::out::Out;

/// Frames that the resampler takes at once.
const CHUNK: usize = 4096;
/// Rates that make sense, samples a second.
pub const RATES: std::ops::RangeInclusive<u32> = 4000..=384_000;

/// A stream of one rate and number of channels.
pub struct Pcm {
    rate: u32,
    channels: usize,
    kept: usize,
    resampler: Option<Fft<f32>>,
    waiting: Vec<Vec<f32>>,
    to_trim: usize,
    taken: u64,
    given: u64,
    wanted_rate: u32,
}

impl Pcm {
    /// Announces the sound; `None` where the rates don't make sense.
    pub fn start(rate: u32, channels: usize, wanted_rate: u32, out: &mut Out) -> Result<Option<Self>, ReplyError> {
        if !RATES.contains(&rate) || !RATES.contains(&wanted_rate) || channels == 0 {
            return Ok(None);
        }
        let kept = if channels > usize::from(MAX_CHANNELS) { 1 } else { channels };
        let resampler = if rate == wanted_rate {
            None
        } else {
            match Fft::new(rate as usize, wanted_rate as usize, CHUNK, kept, FixedSync::Input) {
                Ok(resampler) => Some(resampler),
                Err(_) => return Ok(None),
            }
        };
        let to_trim = resampler.as_ref().map_or(0, Resampler::output_delay);
        out.sound(SoundFormat {
            rate: wanted_rate,
            channels: u8::try_from(kept).unwrap_or(1),
            source_rate: rate,
            source_channels: u16::try_from(channels).unwrap_or(u16::MAX),
        })?;
        let waiting = vec![Vec::new(); kept];
        Ok(Some(Self { rate, channels, kept, resampler, waiting, to_trim, taken: 0, given: 0, wanted_rate }))
    }

    /// Whether this is the same stream.
    pub fn is(&self, rate: u32, channels: usize) -> bool {
        self.rate == rate && self.channels == channels
    }

    /// Takes interleaved samples, −1 to 1.
    pub fn push(&mut self, interleaved: &[f32], out: &mut Out) -> Result<(), ReplyError> {
        for frame in interleaved.chunks_exact(self.channels) {
            self.taken += 1;
            if self.kept < self.channels {
                let mixed = frame.iter().sum::<f32>() / self.channels as f32;
                if let Some(one) = self.waiting.first_mut() {
                    one.push(mixed);
                }
            } else {
                for (to, sample) in self.waiting.iter_mut().zip(frame) {
                    to.push(*sample);
                }
            }
        }
        self.send(false, out)
    }

    /// Gives what the filter still holds.
    pub fn finish(mut self, out: &mut Out) -> Result<(), ReplyError> {
        self.send(true, out)
    }

    /// Frames given so far, as milliseconds.
    pub fn given_ms(&self) -> u64 {
        self.taken.saturating_mul(1000) / u64::from(self.rate)
    }

    /// Frames that all that was taken comes to.
    fn due(&self) -> u64 {
        (u128::from(self.taken) * u128::from(self.wanted_rate)).div_ceil(u128::from(self.rate)) as u64
    }

    fn send(&mut self, last: bool, out: &mut Out) -> Result<(), ReplyError> {
        if self.resampler.is_none() {
            let ready: Vec<Vec<f32>> = self.waiting.iter_mut().map(std::mem::take).collect();
            return self.give(&ready, out);
        }
        loop {
            let held = self.waiting.first().map_or(0, Vec::len);
            if held < CHUNK {
                if !last || self.given >= self.due() {
                    return Ok(());
                }
                for channel in &mut self.waiting {
                    channel.resize(CHUNK, 0.0);
                }
            }
            let Some(ready) = self.resample() else {
                return Ok(());
            };
            for channel in &mut self.waiting {
                channel.drain(..CHUNK.min(channel.len()));
            }
            self.give(&ready, out)?;
        }
    }

    fn resample(&mut self) -> Option<Vec<Vec<f32>>> {
        let resampler = self.resampler.as_mut()?;
        let room = resampler.output_frames_next();
        let mut ready = vec![vec![0.0; room]; self.kept];
        let from = SequentialSliceOfVecs::new(&self.waiting, self.kept, CHUNK).ok()?;
        let mut to = SequentialSliceOfVecs::new_mut(&mut ready, self.kept, room).ok()?;
        let (_, made) = resampler.process_into_buffer(&from, &mut to, None).ok()?;
        let trim = self.to_trim.min(made);
        self.to_trim -= trim;
        for channel in &mut ready {
            channel.truncate(made);
            channel.drain(..trim);
        }
        Some(ready)
    }

    fn give(&mut self, channels: &[Vec<f32>], out: &mut Out) -> Result<(), ReplyError> {
        let made = channels.first().map_or(0, Vec::len) as u64;
        let frames = made.min(self.due().saturating_sub(self.given));
        self.given += frames;
        let mut interleaved = Vec::with_capacity(frames as usize * self.kept);
        for i in 0..frames as usize {
            interleaved.extend(channels.iter().filter_map(|c| c.get(i)).map(|s| narrow(*s)));
        }
        out.samples(&interleaved)
    }
}

fn narrow(sample: f32) -> i16 {
    // `as` saturates, and a NaN is silence.
    (sample * 32_768.0).round() as i16
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::out::tests::heard;

    fn through(rate: u32, channels: usize, source: &[f32], pieces: usize) -> Vec<i16> {
        heard(|out| {
            let mut pcm = Pcm::start(rate, channels, 16_000, out)?.unwrap();
            for piece in source.chunks(pieces * channels) {
                pcm.push(piece, out)?;
            }
            pcm.finish(out)
        })
        .samples
    }

    #[test]
    fn same_rate_is_bit_for_bit() {
        let source: Vec<f32> = (-500..500).map(|n| n as f32 / 32_768.0 * 60.0).collect();
        let want: Vec<i16> = (-500..500).map(|n| n * 60).collect();
        assert_eq!(through(16_000, 1, &source, 7), want);
    }

    #[test]
    fn time_is_kept_through_every_rate() {
        for rate in [8000u32, 11_025, 22_050, 44_100, 48_000] {
            // A click at half a second in one second of silence.
            let mut source = vec![0f32; rate as usize];
            let half = source.len() / 2;
            source[half] = 1.0;
            let got = through(rate, 1, &source, 1000);
            assert_eq!(got.len(), 16_000, "{rate}");
            let peak = got.iter().enumerate().max_by_key(|(_, s)| s.unsigned_abs()).unwrap().0;
            assert!(peak.abs_diff(8000) <= 2, "{rate}: {peak}");
        }
    }

    #[test]
    fn a_tone_keeps_its_strength_and_two_channels_stay_apart() {
        let rate = 44_100;
        let tone = |i: usize| (i as f32 * 440.0 * std::f32::consts::TAU / rate as f32).sin() * 0.5;
        let source: Vec<f32> = (0..rate).flat_map(|i| [tone(i as usize), 0.0]).collect();
        let got = through(rate, 2, &source, 999);
        let energy = |c: usize| got.iter().skip(c).step_by(2).map(|s| f64::from(*s).powi(2)).sum::<f64>() / 16_000.0;
        assert!((energy(0).sqrt() / 32_768.0 - 0.5 / 2f64.sqrt()).abs() < 0.01);
        assert!(energy(1).sqrt() < 2.0);
    }

    #[test]
    fn many_channels_become_one() {
        assert_eq!(through(16_000, 6, &[0.6, 0.0, 0.0, 0.0, 0.0, 0.0], 1), [3277]);
        assert!(heard(|out| Pcm::start(0, 1, 16_000, out).map(|p| assert!(p.is_none()))).samples.is_empty());
    }
}
