//! The playable copy of FLAC: a new head, frames as they are, and the tone in frames that store it as it is.
//!
//! Keeps: the head tells block length, rate, channels, bits and the number of samples, and nothing of frames: sizes and
//! the digest of the sound are 0, which is "unknown". A frame of the tone tells rate and bits where the open frame before
//! it does: readers look for frames by what their heads have in common.
//! Does not know: where cuts are.

use super::mux::{Mux, Place};
use super::tone;
use crate::bits::BitWriter;
use crate::crc::{crc8, crc16};
use crate::scan::flac_frame::{Format, Header, bits_code, push_number, rate_code};
use crate::sound::Sound;

/// Block size follows in 16 bits (RFC 9639 §9.1.1).
const SIZE_16: u8 = 0x70;
/// A subframe whose samples are stored as they are, without wasted bits (RFC 9639 §9.2.1).
const VERBATIM: u32 = 1 << 1;
/// Samples in a stream have 36 bits; 0 says that their number is unknown.
const MAX_SAMPLES: u64 = (1 << 36) - 1;

/// Writes FLAC.
#[derive(Debug)]
pub(super) struct Flac {
    format: Format,
    samples: u64,
    /// Whether frames tell the rate, and the bits of a sample.
    told: (bool, bool),
}

impl Flac {
    /// For a sound of so many samples with this configuration; none if it is not its.
    pub(super) fn new(sound: Sound, config: &[u8], samples: u64) -> Option<Self> {
        let &[bits] = config else { return None };
        Some(Self { format: Format::new(sound, bits)?, samples, told: (true, true) })
    }
}

impl Mux for Flac {
    fn begin(&mut self, out: &mut Vec<u8>) {
        let sound = self.format.sound;
        let block = (sound.samples() as u16).to_be_bytes();
        out.extend_from_slice(b"fLaC\x80\0\0\x22");
        out.extend_from_slice(&block);
        out.extend_from_slice(&block);
        out.extend_from_slice(&[0; 6]);
        let samples = if self.samples <= MAX_SAMPLES { self.samples } else { 0 };
        let channels = u64::from(sound.channels()).saturating_sub(1);
        let bits = u64::from(self.format.bits).saturating_sub(1);
        let packed = (u64::from(sound.rate()) << 44) + (channels << 41) + (bits << 36) + samples;
        out.extend_from_slice(&packed.to_be_bytes());
        out.extend_from_slice(&[0; 16]);
    }

    fn open(&mut self, place: Place, payload: &[u8], out: &mut Vec<u8>) -> Result<(), &'static str> {
        let header = Header::parse(payload).filter(|header| header.is_of(&self.format, place.number));
        self.told = header.ok_or("not a frame of this stream")?.told();
        out.extend_from_slice(payload);
        Ok(())
    }

    fn hidden(&mut self, place: Place, out: &mut Vec<u8>) {
        let sound = self.format.sound;
        let (rate, more) = if self.told.0 { rate_code(sound.rate()) } else { (0, None) };
        let bits = if self.told.1 { bits_code(self.format.bits) } else { 0 };
        let mut frame = vec![0xff, 0xf8, SIZE_16 | rate, (sound.channels().saturating_sub(1) << 4) + (bits << 1)];
        push_number(place.number, &mut frame);
        frame.extend_from_slice(&(place.ticks.saturating_sub(1) as u16).to_be_bytes());
        frame.extend_from_slice(more.map(u16::to_be_bytes).as_ref().map_or(&[], |more| more.as_slice()));
        frame.push(crc8(&frame));
        let mut bits = BitWriter::behind(frame);
        for _ in 0..sound.channels() {
            bits.put(8, VERBATIM);
            for n in 0..place.ticks {
                let value = i32::from(tone::value(place.at.saturating_add(n), sound.rate()));
                let width = u32::from(self.format.bits);
                bits.put(width, scaled(value, width));
            }
        }
        let mut frame = bits.finish();
        let sum = crc16(&frame);
        frame.extend_from_slice(&sum.to_be_bytes());
        out.extend_from_slice(&frame);
    }

    fn end(&mut self, _out: &mut Vec<u8>) {}
}

/// A 16-bit value as one of so many bits.
fn scaled(value: i32, bits: u32) -> u32 {
    (if bits >= 16 { value << (bits - 16) } else { value >> (16 - bits) }) as u32
}
