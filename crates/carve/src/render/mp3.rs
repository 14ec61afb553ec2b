//! The playable copy of layer III: frames as they are behind one that tells their number, and silence in a constant frame.
//!
//! Keeps: the constant frame takes nothing from frames before it and leaves nothing to those behind: its main data are
//! used up, so that a decoder knows that what an open frame behind a cut refers to is missing.
//! Does not know: where cuts are.

use super::mux::{Mux, Place};
use crate::scan::mp3::{frame_len, side_len};
use crate::sound::Sound;

/// Sampling frequency index by rate (ISO/IEC 11172-3 and 13818-3 §2.4.2.3) with the version's bits.
const RATES: [(u32, u8, u8); 9] = [
    (44_100, 3, 0),
    (48_000, 3, 1),
    (32_000, 3, 2),
    (22_050, 2, 0),
    (24_000, 2, 1),
    (16_000, 2, 2),
    (11_025, 0, 0),
    (12_000, 0, 1),
    (8_000, 0, 2),
];
/// What a player knows a describing frame by; flag 1: the number of frames follows.
const XING: &[u8; 8] = b"Xing\0\0\0\x01";

/// Writes layer III.
#[derive(Debug)]
pub(super) struct Mp3 {
    frames: u64,
    sound: Sound,
    silence: Vec<u8>,
}

impl Mp3 {
    /// For a sound of so many frames.
    pub(super) fn new(sound: Sound, frames: u64) -> Self {
        Self { frames, sound, silence: silent_frame(sound) }
    }
}

impl Mux for Mp3 {
    fn begin(&mut self, out: &mut Vec<u8>) {
        let Ok(frames) = u32::try_from(self.frames) else { return };
        let (kbits, index) = describing_rate(self.sound);
        let mut frame = header(self.sound, index).to_vec();
        frame.resize(4 + side_len(self.sound), 0);
        frame.extend_from_slice(XING);
        frame.extend_from_slice(&frames.to_be_bytes());
        frame.resize(frame_len(self.sound, kbits), 0);
        out.extend_from_slice(&frame);
    }

    fn open(&mut self, _place: Place, payload: &[u8], out: &mut Vec<u8>) -> Result<(), &'static str> {
        out.extend_from_slice(payload);
        Ok(())
    }

    fn hidden(&mut self, _place: Place, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.silence);
    }

    fn end(&mut self, _out: &mut Vec<u8>) {}
}

/// Bit rate in kbit/s of the silent frame, and its index: one that a granule's 576 lines of nothing fill.
fn silent_rate(sound: Sound) -> (u16, u8) {
    match (sound.rate(), sound.channels()) {
        (32_000.., 1) => (32, 1),
        (32_000.., _) => (64, 5),
        (16_000.., 1) => (16, 2),
        (16_000.., _) => (32, 4),
        (_, 1) => (8, 1),
        (11_000.., _) => (24, 3),
        _ => (16, 2),
    }
}

/// Bit rate in kbit/s of the frame that tells the number of frames, and its index: 64 has room at every rate.
fn describing_rate(sound: Sound) -> (u16, u8) {
    if sound.samples() == 1_152 { (64, 5) } else { (64, 8) }
}

/// A header without CRC and padding; two channels are plain stereo.
fn header(sound: Sound, bitrate_index: u8) -> [u8; 4] {
    let found = RATES.iter().find(|row| row.0 == sound.rate());
    let (version, rate_index) = found.map_or((3, 0), |row| (row.1, row.2));
    let mode: u8 = if sound.channels() == 1 { 3 } else { 0 };
    [0xff, 0xe3 + (version << 3), (bitrate_index << 4) + (rate_index << 2), mode << 6]
}

/// The silent frame: main_data_begin 0, no big values, and as many quadruples of zeros (`1111` in table B) as fill it.
pub(crate) fn silent_frame(sound: Sound) -> Vec<u8> {
    let (kbits, index) = silent_rate(sound);
    let is_full = sound.samples() == 1_152;
    let channels = usize::from(sound.channels());
    let len = frame_len(sound, kbits);
    let main_data_at = 4 + side_len(sound);
    let mut frame = header(sound, index).to_vec();
    frame.resize(main_data_at, 0);
    frame.resize(len.max(main_data_at), 0xff);
    // main_data_begin, private bits and, at the full rates, scfsi.
    let (mut at, each) = match (is_full, channels) {
        (true, 1) => (32 + 9 + 5 + 4, 59),
        (true, _) => (32 + 9 + 3 + 8, 59),
        (false, 1) => (32 + 8 + 1, 63),
        (false, _) => (32 + 8 + 2, 63),
    };
    let granules = channels * if is_full { 2 } else { 1 };
    let bits = len.saturating_sub(main_data_at).saturating_mul(8);
    let share = (bits / granules) & !3;
    for granule in 0..granules {
        let last = granule + 1 == granules;
        let part2_3_length = if last { bits.saturating_sub(share.saturating_mul(granules - 1)) } else { share };
        put_bits(&mut frame, at, 12, part2_3_length);
        at += each;
        // count1table_select is the granule's last bit.
        put_bits(&mut frame, at - 1, 1, 1);
    }
    frame
}

fn put_bits(frame: &mut [u8], at: usize, count: usize, value: usize) {
    for bit in 0..count {
        if let Some(byte) = frame.get_mut((at + bit) / 8) {
            *byte |= ((value >> (count - 1 - bit) & 1) as u8) << (7 - (at + bit) % 8);
        }
    }
}
