//! Log-mel features as Whisper was trained on (Radford et al. 2022, §2.2): 16 kHz, windows of 400 samples every 160,
//! 80 triangular filters on the Slaney mel scale, log10, the eight decades under the peak.
//!
//! Keeps: features of a fixed number of frames, silence after the sound; no allocation grows with anything but that.
//! Does not know: the model that reads them.

use std::f64::consts::PI;
use std::sync::Arc;

use realfft::num_complex::Complex;
use realfft::{RealFftPlanner, RealToComplex};

/// Samples a second.
pub const RATE: usize = 16_000;
/// Mel bands.
pub const BANDS: usize = 80;
/// Samples between two frames.
pub const HOP: usize = 160;
/// Frames of the longest window (30 s).
pub const MAX_FRAMES: usize = 3000;
const WINDOW: usize = 400;
const BINS: usize = WINDOW / 2 + 1;
/// Power below which the logarithm is cut off.
const FLOOR: f32 = 1e-10;
/// Decades kept under the loudest band.
const DECADES: f32 = 8.0;

/// One triangular filter: its first bin and its weights.
struct Filter {
    first: usize,
    weights: Vec<f32>,
}

/// The transform, with its tables.
pub struct LogMel {
    fft: Arc<dyn RealToComplex<f32>>,
    window: Vec<f32>,
    filters: Vec<Filter>,
}

impl Default for LogMel {
    fn default() -> Self {
        let window = (0..WINDOW).map(|n| (0.5 - 0.5 * (2.0 * PI * n as f64 / WINDOW as f64).cos()) as f32).collect();
        Self { fft: RealFftPlanner::new().plan_fft_forward(WINDOW), window, filters: filters() }
    }
}

impl LogMel {
    /// Features of `frames` frames, band by band (`BANDS × frames`), of samples from −1 to 1; what goes beyond
    /// `frames` is left out, what is missing is silence.
    #[must_use]
    pub fn features(&self, samples: &[f32], frames: usize) -> Vec<f32> {
        let mut bands = vec![FLOOR.log10(); BANDS * frames];
        let mut part = self.fft.make_input_vec();
        let mut bins = self.fft.make_output_vec();
        let mut scratch = self.fft.make_scratch_vec();
        let voiced = frames.min((samples.len() + WINDOW / 2).div_ceil(HOP));
        for frame in 0..voiced {
            for (n, (slot, weight)) in part.iter_mut().zip(&self.window).enumerate() {
                *slot = sample(samples, frame * HOP + n) * weight;
            }
            if self.fft.process_with_scratch(&mut part, &mut bins, &mut scratch).is_err() {
                continue;
            }
            let powers: Vec<f32> = bins.iter().map(Complex::norm_sqr).collect();
            for (filter, row) in self.filters.iter().zip(bands.chunks_exact_mut(frames)) {
                let under = powers.get(filter.first..).unwrap_or_default();
                let power: f32 = under.iter().zip(&filter.weights).map(|(p, w)| p * w).sum();
                if let Some(slot) = row.get_mut(frame) {
                    *slot = power.max(FLOOR).log10();
                }
            }
        }
        let peak = bands.iter().copied().fold(f32::MIN, f32::max);
        for value in &mut bands {
            *value = (value.max(peak - DECADES) + 4.0) / 4.0;
        }
        bands
    }
}

/// The sample under position `at` of a sound mirrored at its start by half a window.
fn sample(samples: &[f32], at: usize) -> f32 {
    let half = WINDOW / 2;
    let from = at.abs_diff(half);
    samples.get(from).copied().unwrap_or(0.0)
}

/// Slaney's scale: linear to 1 kHz, logarithmic above.
fn mel(hertz: f64) -> f64 {
    if hertz < 1000.0 { hertz * 3.0 / 200.0 } else { 15.0 + (hertz / 1000.0).ln() * 27.0 / 6.4_f64.ln() }
}

fn hertz(mel: f64) -> f64 {
    if mel < 15.0 { mel * 200.0 / 3.0 } else { 1000.0 * ((mel - 15.0) * 6.4_f64.ln() / 27.0).exp() }
}

fn filters() -> Vec<Filter> {
    let top = mel(RATE as f64 / 2.0);
    let edge = |k: usize| hertz(top * k as f64 / (BANDS + 1) as f64);
    (0..BANDS)
        .map(|band| {
            let (low, middle, high) = (edge(band), edge(band + 1), edge(band + 2));
            let weight = |bin: usize| {
                let f = bin as f64 * RATE as f64 / WINDOW as f64;
                let triangle = ((f - low) / (middle - low)).min((high - f) / (high - middle)).max(0.0);
                (triangle * 2.0 / (high - low)) as f32
            };
            let inside = |bin: &usize| weight(*bin) > 0.0;
            let first = (0..BINS).find(inside).unwrap_or(0);
            Filter { first, weights: (first..BINS).take_while(inside).map(weight).collect() }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tone_is_loudest_in_its_band() {
        let tone: Vec<f32> =
            (0..RATE).map(|n| (2.0 * std::f32::consts::PI * 1000.0 * n as f32 / RATE as f32).sin()).collect();
        let features = LogMel::default().features(&tone, 200);
        let at = |frame: usize| {
            (0..BANDS).max_by(|a, b| features[a * 200 + frame].total_cmp(&features[b * 200 + frame])).unwrap()
        };
        // 1 kHz is mel 15 of 45.245; the bands' middles stand 0.5586 apart from 0.5586: index 25 or 26.
        assert!((25..=26).contains(&at(50)), "{}", at(50));
        let silent = features[25 * 200 + 150];
        assert!(features[25 * 200 + 50] - silent >= 1.9, "the silence lies the eight decades under the tone");
    }

    #[test]
    fn silence_and_nothing_give_finite_features() {
        for sound in [&[][..], &[0.0; 5000]] {
            let features = LogMel::default().features(sound, 100);
            assert_eq!(features.len(), BANDS * 100);
            assert!(features.iter().all(|v| (*v + 1.5).abs() < 1e-6));
        }
    }
}
