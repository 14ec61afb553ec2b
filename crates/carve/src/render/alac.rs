//! A frame of Apple Lossless that holds the tone, as it is (not compressed).
//!
//! Keeps: the frame depends on its place, the rate, the channels and the depth alone.
//! Does not know: where cuts are.

use super::tone;
use crate::alac_config::AlacConfig;
use crate::bits::BitWriter;

const SINGLE: u32 = 0;
const PAIR: u32 = 1;
const END: u32 = 7;
/// Elements by channels.
const ELEMENTS: [&[u32]; 8] = [
    &[SINGLE],
    &[PAIR],
    &[SINGLE, PAIR],
    &[SINGLE, PAIR, SINGLE],
    &[SINGLE, PAIR, PAIR],
    &[SINGLE, PAIR, PAIR, SINGLE],
    &[SINGLE, PAIR, PAIR, SINGLE, SINGLE],
    &[SINGLE, PAIR, PAIR, PAIR, SINGLE],
];

/// The frame whose first sample is the `first` of the recording.
pub(super) fn tone_frame(config: &AlacConfig, first: u64) -> Vec<u8> {
    let values: Vec<u32> = (0..u64::from(config.samples))
        .map(|n| i32::from(tone::value(first.saturating_add(n), config.rate)) << (config.depth.clamp(16, 32) - 16))
        .map(|value| value as u32)
        .collect();
    let elements = ELEMENTS.get(usize::from(config.channels).saturating_sub(1)).copied().unwrap_or_default();
    let mut bits = BitWriter::default();
    let mut seen = [0u32; 2];
    for &element in elements {
        let tag = seen.get_mut(element as usize).map_or(0, |count| std::mem::replace(count, *count + 1));
        bits.put(3, element);
        bits.put(4, tag);
        // Twelve spare bits; a whole frame, no bytes set apart, not compressed.
        bits.put(12, 0);
        bits.put(4, 1);
        for &value in &values {
            for _ in 0..=element {
                bits.put(u32::from(config.depth), value);
            }
        }
    }
    bits.put(3, END);
    bits.finish()
}
