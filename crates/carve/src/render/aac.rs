//! Silent access units of AAC-LC, and ADTS headers.
//!
//! Keeps: a silent unit depends on the channel configuration alone; it has no spectrum, no tools and no extension.
//! Does not know: where cuts are.

use crate::bits::BitWriter;

/// A single channel, a pair and the low-frequency channel (ISO/IEC 14496-3 table 4.85).
const SINGLE: u32 = 0;
const PAIR: u32 = 1;
const LOW: u32 = 3;
const END: u32 = 7;
/// Elements by channel configuration (ISO/IEC 14496-3 table 1.19).
const ELEMENTS: [&[u32]; 8] = [
    &[],
    &[SINGLE],
    &[PAIR],
    &[SINGLE, PAIR],
    &[SINGLE, PAIR, SINGLE],
    &[SINGLE, PAIR, PAIR],
    &[SINGLE, PAIR, PAIR, LOW],
    &[SINGLE, PAIR, PAIR, PAIR, LOW],
];

/// global_gain 0, and where each channel has an ics_info of its own: long sine window, max_sfb 0; then no pulse data, no
/// TNS, no gain control. Without scale factor bands there are no sections and no spectrum.
const SILENT_CHANNEL_BITS: u32 = 8 + 11 + 3;

/// The access unit of silence for a channel configuration 1–7.
pub(crate) fn silent_unit(channel_config: u8) -> Vec<u8> {
    let mut bits = BitWriter::default();
    let mut seen = [0u32; 4];
    for &element in ELEMENTS.get(usize::from(channel_config)).copied().unwrap_or_default() {
        let tag = seen.get_mut(element as usize).map_or(0, |count| std::mem::replace(count, *count + 1));
        bits.put(3, element);
        bits.put(4, tag);
        if element == PAIR {
            // No common window.
            bits.put(1, 0);
            bits.put(SILENT_CHANNEL_BITS, 0);
        }
        bits.put(SILENT_CHANNEL_BITS, 0);
    }
    bits.put(3, END);
    bits.finish()
}

/// The ADTS header of an AAC-LC access unit of so many bytes (ISO/IEC 14496-3 §1.A.2): MPEG-4, no CRC, buffer fullness
/// that says "variable rate".
pub(crate) fn adts_header(rate_index: u8, channel_config: u8, unit: usize) -> [u8; 7] {
    let frame = unit.saturating_add(7).min(0x1fff) as u16;
    [
        0xff,
        0xf1,
        (1 << 6) + (rate_index << 2) + (channel_config >> 2),
        ((channel_config & 3) << 6) + (frame >> 11) as u8,
        (frame >> 3) as u8,
        (((frame & 7) as u8) << 5) + 0x1f,
        0xfc,
    ]
}
