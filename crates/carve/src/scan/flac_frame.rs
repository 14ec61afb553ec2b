//! The grammar of a FLAC frame (RFC 9639 §9): its header, and where it ends.
//!
//! Keeps: every field is walked over, no sample is computed; a frame whose sums don't hold is none.
//! Does not know: files.

use crate::crc::{crc8, crc16};
use crate::sound::Sound;

/// Bits of a sample.
const BITS: std::ops::RangeInclusive<u8> = 4..=32;
/// Frame numbers have 31 bits.
const MAX_NUMBER: u64 = (1 << 31) - 1;
/// Longest header: 4 bytes, 6 of the number, 2 and 2 of block size and rate, the sum.
const MAX_HEADER: usize = 16;

/// Rates by code 1–11 (RFC 9639 §9.1.2).
const RATES: [u32; 11] = [88_200, 176_400, 192_000, 8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000];
/// The code of a rate in hertz that follows in 16 bits.
const RATE_IN_HZ: u8 = 13;
/// Bits a sample by code (RFC 9639 §9.1.4).
const WIDTHS: [(u8, u8); 6] = [(1, 8), (2, 12), (4, 16), (5, 20), (6, 24), (7, 32)];

/// The code of a rate, with what follows the block size; code 0 (as STREAMINFO says) where there is none.
pub(crate) fn rate_code(rate: u32) -> (u8, Option<u16>) {
    match (RATES.iter().zip(1u8..).find(|row| *row.0 == rate), u16::try_from(rate)) {
        (Some((_, code)), _) => (code, None),
        (None, Ok(hertz)) => (RATE_IN_HZ, Some(hertz)),
        (None, Err(_)) => (0, None),
    }
}

/// The code of so many bits a sample; 0 where there is none.
pub(crate) fn bits_code(bits: u8) -> u8 {
    WIDTHS.iter().find(|row| row.1 == bits).map_or(0, |row| row.0)
}

/// What STREAMINFO fixes for all frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Format {
    pub(crate) sound: Sound,
    /// Bits a sample.
    pub(crate) bits: u8,
}

impl Format {
    /// A format, if samples can have so many bits.
    pub(crate) fn new(sound: Sound, bits: u8) -> Option<Self> {
        BITS.contains(&bits).then_some(Self { sound, bits })
    }

    /// No frame of a sane encoder is longer, in bytes: samples as they are, one of two channels with a bit more.
    pub(crate) fn longest_frame(&self) -> u64 {
        let samples = u64::from(self.sound.samples()).saturating_mul(u64::from(self.sound.channels()));
        samples.saturating_mul(u64::from(self.bits) + 1).div_ceil(8).saturating_add(64)
    }
}

/// How the two channels of a stereo frame are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    None,
    /// Channel 0 or 1 is the difference, with a bit more.
    Channel(u8),
}

/// The header of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    /// Samples of each channel.
    pub(crate) samples: u32,
    pub(crate) number: u64,
    pub(crate) channels: u8,
    side: Side,
    /// Absent where STREAMINFO tells.
    rate: Option<u32>,
    bits: Option<u8>,
    /// Bytes of the header.
    len: usize,
}

impl Header {
    /// Reads the header of a frame of a stream whose blocks have one length.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        let &[0xff, 0xf8, sizes, layout, ..] = bytes else { return None };
        let mut reader = Bits::new(bytes, 32);
        let number = coded_number(&mut reader)?;
        let samples = match sizes >> 4 {
            1 => 192,
            n @ 2..=5 => 144 << n,
            6 => reader.take(8)? + 1,
            7 => reader.take(16)? + 1,
            n @ 8..=15 => 1 << n,
            _ => return None,
        };
        let rate = match sizes & 15 {
            0 => None,
            12 => Some(reader.take(8)? * 1_000),
            RATE_IN_HZ => Some(reader.take(16)?),
            14 => Some(reader.take(16)? * 10),
            n => Some(*RATES.get(usize::from(n) - 1)?),
        };
        let (channels, side) = match layout >> 4 {
            n @ 0..=7 => (n + 1, Side::None),
            8 | 10 => (2, Side::Channel(1)),
            9 => (2, Side::Channel(0)),
            _ => return None,
        };
        let bits = match layout >> 1 & 7 {
            0 => None,
            n => Some(WIDTHS.iter().find(|row| row.0 == n)?.1),
        };
        let len = reader.at / 8;
        let sum = u8::try_from(reader.take(8)?).ok()?;
        let is_whole = layout & 1 == 0 && crc8(bytes.get(..len)?) == sum;
        is_whole.then_some(Self { samples, number, channels, side, rate, bits, len: len + 1 })
    }

    /// Whether it tells the rate, and the bits of a sample.
    pub(crate) fn told(&self) -> (bool, bool) {
        (self.rate.is_some(), self.bits.is_some())
    }

    /// Whether it is the header of this frame of a stream.
    pub(crate) fn is_of(&self, format: &Format, number: u64) -> bool {
        self.number == number
            && self.channels == format.sound.channels()
            && self.samples <= format.sound.samples()
            && self.rate.is_none_or(|rate| rate == format.sound.rate())
            && self.bits.is_none_or(|bits| bits == format.bits)
    }
}

/// Reads the number of a frame, coded as UTF-8 codes characters (RFC 9639 §9.1.5), in its shortest form.
fn coded_number(reader: &mut Bits<'_>) -> Option<u64> {
    let first = reader.take(8)? as u8;
    let more = first.leading_ones();
    let number = match more {
        0 => u64::from(first),
        2..=6 => {
            let mut number = u64::from(first) & ((1 << (7 - more)) - 1);
            for _ in 1..more {
                let byte = reader.take(8)?;
                if byte >> 6 != 2 {
                    return None;
                }
                number = (number << 6) + u64::from(byte & 0x3f);
            }
            number
        }
        _ => return None,
    };
    let mut again = Vec::new();
    push_number(number, &mut again);
    (number <= MAX_NUMBER && again.len() as u32 == more.max(1)).then_some(number)
}

/// Appends a frame number in that code.
pub(crate) fn push_number(number: u64, out: &mut Vec<u8>) {
    if number < 0x80 {
        out.push(number as u8);
        return;
    }
    // With n bytes there is room for 5·n + 1 bits.
    let len = (2..=7u32).find(|len| number < 1 << (5 * len + 1)).unwrap_or(7);
    let lead = !(0xffu32 >> len) as u8;
    out.push(lead | (number >> (6 * (len - 1))) as u8);
    for rest in (0..len - 1).rev() {
        out.push(0x80 | (number >> (6 * rest) & 0x3f) as u8);
    }
}

/// Bytes of the frame that begins `bytes`; none if it is no frame, its sum does not hold, or it goes on behind `bytes`.
pub(crate) fn frame_len(bytes: &[u8], header: &Header, format: &Format) -> Option<usize> {
    debug_assert!(header.len <= MAX_HEADER);
    let mut reader = Bits::new(bytes, header.len.saturating_mul(8));
    for channel in 0..header.channels {
        let more = u8::from(header.side == Side::Channel(channel));
        pass_subframe(&mut reader, header.samples, u32::from(format.bits + more))?;
    }
    let len = reader.at.div_ceil(8).checked_add(2)?;
    (crc16(bytes.get(..len)?) == 0).then_some(len)
}

/// Goes past a subframe (RFC 9639 §9.2).
fn pass_subframe(reader: &mut Bits<'_>, samples: u32, bits: u32) -> Option<()> {
    let head = reader.take(8)?;
    let wasted = if head & 1 == 1 { reader.unary()?.checked_add(1)? } else { 0 };
    let bits = bits.checked_sub(wasted).filter(|bits| *bits > 0)?;
    let samples = u64::from(samples);
    match head >> 1 {
        0 => reader.pass(u64::from(bits)),
        1 => reader.pass(samples.checked_mul(u64::from(bits))?),
        kind @ 8..=12 => pass_predicted(reader, samples, bits, kind & 7, false),
        kind @ 32..=63 => pass_predicted(reader, samples, bits, (kind & 31) + 1, true),
        _ => None,
    }
}

fn pass_predicted(reader: &mut Bits<'_>, samples: u64, bits: u32, order: u32, is_linear: bool) -> Option<()> {
    let order = u64::from(order);
    if order > samples {
        return None;
    }
    reader.pass(order * u64::from(bits))?;
    if is_linear {
        let precision = reader.take(4)? + 1;
        if precision > 15 {
            return None;
        }
        reader.pass(5 + order * u64::from(precision))?;
    }
    pass_residual(reader, samples, order)
}

/// Goes past a coded residual (RFC 9639 §9.2.7).
fn pass_residual(reader: &mut Bits<'_>, samples: u64, order: u64) -> Option<()> {
    let parameter_bits = match reader.take(2)? {
        0 => 4,
        1 => 5,
        _ => return None,
    };
    let escape = (1u32 << parameter_bits) - 1;
    let partitions = 1u64 << reader.take(4)?;
    let each = samples / partitions;
    if !samples.is_multiple_of(partitions) || each < order {
        return None;
    }
    for partition in 0..partitions {
        let count = if partition == 0 { each - order } else { each };
        let parameter = reader.take(parameter_bits)?;
        if parameter == escape {
            let raw = reader.take(5)?;
            reader.pass(count * u64::from(raw))?;
            continue;
        }
        for _ in 0..count {
            reader.unary()?;
            reader.pass(u64::from(parameter))?;
        }
    }
    Some(())
}

/// Bits of a byte string, the highest first.
struct Bits<'a> {
    bytes: &'a [u8],
    /// In bits.
    at: usize,
}

impl<'a> Bits<'a> {
    fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    /// The next 32 bits and more, at the top of the number; zeros behind the end.
    fn window(&self) -> u64 {
        let from = self.at / 8;
        let word = match self.bytes.get(from..).and_then(|rest| rest.first_chunk::<8>()) {
            Some(word) => u64::from_be_bytes(*word),
            None => {
                let mut word = [0; 8];
                let rest = self.bytes.get(from..).unwrap_or_default();
                word.iter_mut().zip(rest).for_each(|(to, byte)| *to = *byte);
                u64::from_be_bytes(word)
            }
        };
        word << (self.at % 8)
    }

    /// The next `count` bits, 1 to 32.
    fn take(&mut self, count: u32) -> Option<u32> {
        let value = (self.window() >> (64 - count.clamp(1, 32))) as u32;
        self.pass(u64::from(count))?;
        Some(value)
    }

    fn pass(&mut self, count: u64) -> Option<()> {
        let at = usize::try_from(count).ok().and_then(|count| self.at.checked_add(count))?;
        if at > self.bytes.len().saturating_mul(8) {
            return None;
        }
        self.at = at;
        Some(())
    }

    /// Zeros before a one, and goes past the one.
    fn unary(&mut self) -> Option<u32> {
        let mut zeros = 0u32;
        loop {
            let found = self.window().leading_zeros();
            // Of 64 bits at least 57 are from the bytes.
            if found < 57 {
                self.pass(u64::from(found) + 1)?;
                return zeros.checked_add(found);
            }
            self.pass(56)?;
            zeros = zeros.checked_add(56)?;
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{Bits, coded_number, push_number};

    #[test]
    fn numbers_have_one_code() {
        for number in [0u64, 0x7f, 0x80, 0x7ff, 0x800, 0xffff, 0x1_0000, 0x1f_ffff, 0x20_0000, 0x7fff_ffff] {
            let mut code = Vec::new();
            push_number(number, &mut code);
            assert_eq!(coded_number(&mut Bits::new(&code, 0)), Some(number));
        }
        let mut euro = Vec::new();
        push_number(0x20ac, &mut euro);
        assert_eq!(euro, "€".as_bytes());
        // Longer than need be, a stray continuation, eight ones.
        for bad in [&[0xc0u8, 0x80][..], &[0x80], &[0xff], &[0xe2, 0x82], &[0xfe, 0x82, 0x80, 0x80, 0x80, 0x80, 0x80]] {
            assert_eq!(coded_number(&mut Bits::new(bad, 0)), None, "{bad:?}");
        }
    }

    #[test]
    fn bits_across_bytes_and_past_the_end() {
        let bytes = [0b1010_0000, 0, 0, 0, 0, 0, 0, 0, 0, 0b0001_0000];
        let mut bits = Bits::new(&bytes, 0);
        assert_eq!((bits.take(2), bits.unary(), bits.unary()), (Some(2), Some(0), Some(72)));
        assert_eq!((bits.take(4), bits.take(1), bits.unary()), (Some(0), None, None));
    }
}
