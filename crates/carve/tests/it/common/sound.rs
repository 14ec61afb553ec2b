//! Files of compressed sound made by rule: valid frames that no encoder needs to make.

use super::noise;

/// Bits, the highest first.
#[derive(Default)]
pub struct Bits {
    pub bytes: Vec<u8>,
    used: usize,
}

impl Bits {
    pub fn push(&mut self, value: u64, count: u32) -> &mut Self {
        for bit in (0..count).rev() {
            if self.used.is_multiple_of(8) {
                self.bytes.push(0);
            }
            *self.bytes.last_mut().unwrap() |= ((value >> bit & 1) as u8) << (7 - self.used % 8);
            self.used += 1;
        }
        self
    }
}

/// An ADTS stream of access units of these lengths: 44.1 kHz, two channels, with a CRC where asked for.
pub fn adts(units: &[usize], with_crc: bool) -> Vec<u8> {
    let mut out = Vec::new();
    for &unit in units {
        let header = if with_crc { 9 } else { 7 };
        let frame = unit + header;
        out.extend([0xff, 0xf1 - u8::from(with_crc), 0x50, 0x80 | (frame >> 11) as u8, (frame >> 3) as u8]);
        out.extend([((frame & 7) as u8) << 5 | 0x1f, 0xfc]);
        out.extend(noise(header - 7));
        out.extend(noise(unit));
    }
    out
}

/// One layer III frame.
#[derive(Clone, Copy, Debug)]
pub struct Mp3Frame {
    /// MPEG-1, else MPEG-2.
    pub full: bool,
    /// Sampling frequency index.
    pub rate: u8,
    pub mono: bool,
    /// Bit rate index, 1 to 14.
    pub bits: u8,
    pub crc: bool,
    pub padding: bool,
    pub main_data_begin: u16,
}

pub const MP3_MONO: Mp3Frame =
    Mp3Frame { full: true, rate: 0, mono: true, bits: 1, crc: false, padding: false, main_data_begin: 0 };

impl Mp3Frame {
    pub fn bytes(&self, seed: usize) -> Vec<u8> {
        let rates = if self.full { [44_100, 48_000, 32_000] } else { [22_050, 24_000, 16_000] };
        let full = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
        let low = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
        let kbits: usize = if self.full { full } else { low }[usize::from(self.bits) - 1];
        let len = kbits * if self.full { 144_000 } else { 72_000 } / rates[usize::from(self.rate)];
        let len = len + usize::from(self.padding);
        let mut out = Bits::default();
        out.push(0x7ff, 11).push(if self.full { 3 } else { 2 }, 2).push(1, 2).push(u64::from(!self.crc), 1);
        out.push(u64::from(self.bits), 4).push(u64::from(self.rate), 2).push(u64::from(self.padding), 1).push(0, 1);
        out.push(if self.mono { 3 } else { 1 }, 2).push(0, 6);
        if self.crc {
            out.push(0xbeef, 16);
        }
        out.push(u64::from(self.main_data_begin), if self.full { 9 } else { 8 });
        let mut bytes = out.bytes;
        // Nothing in the side information and main data is a sync word.
        bytes.extend(noise(len + seed)[seed..].iter().map(|byte| byte & 0x7f));
        bytes.truncate(len);
        bytes
    }
}

pub fn mp3(frames: &[Mp3Frame]) -> Vec<u8> {
    frames.iter().enumerate().flat_map(|(n, frame)| frame.bytes(n)).collect()
}

/// The frame that a LAME writes first: its words stand behind the side information.
pub fn mp3_description(frame: Mp3Frame) -> Vec<u8> {
    let frame = Mp3Frame { bits: 5, main_data_begin: 0, ..frame };
    let side = match (frame.full, frame.mono) {
        (true, true) => 17,
        (true, false) => 32,
        (false, true) => 9,
        (false, false) => 17,
    };
    let mut bytes = frame.bytes(0);
    bytes[4 + side..][..8].copy_from_slice(b"Xing\0\0\0\x0f");
    bytes
}

/// The sums of RFC 9639, bit by bit.
pub fn crc(bytes: &[u8], poly: u32, width: u32) -> u32 {
    let top = 1 << (width - 1);
    let mask = (1u64 << width) as u32 - 1;
    bytes.iter().fold(0, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte) << (width - 8), |sum, _| {
            (if sum & top != 0 { sum << 1 ^ poly } else { sum << 1 }) & mask
        })
    })
}

/// How a subframe is stored.
#[derive(Clone, Copy, Debug)]
pub enum Subframe {
    Constant,
    Verbatim,
    /// Predictor order 0–4, with four partitions of which the second is escaped.
    Fixed(u32),
    /// Predictor order 1–32, five-bit parameters.
    Linear(u32),
    /// Verbatim with three wasted bits.
    Wasted,
}

pub const FLAC_BLOCK: u32 = 64;

/// A frame of a stream of 16 bits, with as many channels as subframes; `layout` is the channel assignment.
pub fn flac_frame(number: u64, samples: u32, layout: u8, subframes: &[Subframe]) -> Vec<u8> {
    let mut head = vec![0xff, 0xf8, 0x70, layout << 4 | 8];
    // As UTF-8 writes a number, up to four bytes.
    let more = [0x80, 0x800, 0x1_0000].iter().filter(|limit| number >= **limit).count() as u32;
    let mark = if more == 0 { 0 } else { !0u8 << (7 - more) };
    head.push(mark | (number >> (6 * more)) as u8);
    head.extend((0..more).rev().map(|n| 0x80 | (number >> (6 * n)) as u8 & 0x3f));
    head.extend((samples as u16 - 1).to_be_bytes());
    head.push(crc(&head, 7, 8) as u8);
    let mut bits = Bits { used: head.len() * 8, bytes: head };
    for (channel, subframe) in subframes.iter().enumerate() {
        let more = matches!((layout, channel), (8 | 10, 1) | (9, 0));
        push_subframe(&mut bits, *subframe, samples, 16 + u32::from(more));
    }
    let mut frame = bits.bytes;
    let sum = crc(&frame, 0x8005, 16);
    frame.extend((sum as u16).to_be_bytes());
    frame
}

fn push_subframe(bits: &mut Bits, subframe: Subframe, samples: u32, width: u32) {
    // Samples that look like the start of a frame.
    let sample = 0xfff8 >> (16 - width.min(16));
    match subframe {
        Subframe::Constant => {
            bits.push(0, 8).push(sample, width);
        }
        Subframe::Verbatim => {
            bits.push(2, 8);
            for _ in 0..samples {
                bits.push(sample, width);
            }
        }
        Subframe::Wasted => {
            bits.push(3, 8).push(1, 3);
            for _ in 0..samples {
                bits.push(1, width - 3);
            }
        }
        Subframe::Fixed(order) => {
            bits.push(u64::from(8 | order) << 1, 8);
            for _ in 0..order {
                bits.push(sample, width);
            }
            bits.push(0, 2).push(2, 4);
            for partition in 0..4 {
                let count = samples / 4 - if partition == 0 { order } else { 0 };
                if partition == 1 {
                    bits.push(15, 4).push(7, 5);
                    for _ in 0..count {
                        bits.push(0x55, 7);
                    }
                } else {
                    bits.push(3, 4);
                    for n in 0..count {
                        bits.push(0, n % 70).push(1, 1).push(5, 3);
                    }
                }
            }
        }
        Subframe::Linear(order) => {
            bits.push(u64::from(32 | (order - 1)) << 1, 8);
            for _ in 0..order {
                bits.push(sample, width);
            }
            bits.push(11, 4).push(3, 5);
            for _ in 0..order {
                bits.push(0x7ff, 12);
            }
            bits.push(1, 2).push(0, 4).push(20, 5);
            for _ in 0..samples - order {
                bits.push(1, 1).push(0xabcde, 20);
            }
        }
    }
}

/// A FLAC file: 8 kHz, 16 bits, blocks of [`FLAC_BLOCK`] samples, with a comment block.
pub fn flac(channels: u8, frames: &[Vec<u8>]) -> Vec<u8> {
    let mut info = Bits::default();
    info.push(u64::from(FLAC_BLOCK), 16).push(u64::from(FLAC_BLOCK), 16).push(11, 24).push(9_999, 24);
    info.push(8_000, 20).push(u64::from(channels) - 1, 3).push(15, 5).push(0, 36);
    let mut out = b"fLaC\0\0\0\x22".to_vec();
    out.extend(info.bytes);
    out.extend([0xd5; 16]);
    out.extend(b"\x84\0\0\x07comment");
    out.extend(frames.concat());
    out
}

/// Frames of every kind of subframe, the last shorter.
pub fn flac_frames(count: u64) -> Vec<Vec<u8>> {
    let kinds = [
        Subframe::Constant,
        Subframe::Verbatim,
        Subframe::Fixed(0),
        Subframe::Fixed(4),
        Subframe::Linear(1),
        Subframe::Linear(12),
        Subframe::Wasted,
    ];
    let frame = |n: u64| {
        let pair = [kinds[n as usize % kinds.len()], kinds[(n as usize / 2 + 3) % kinds.len()]];
        flac_frame(n, if n + 1 == count { 20 } else { FLAC_BLOCK }, [1, 8, 9, 10][n as usize % 4], &pair)
    };
    (0..count).map(frame).collect()
}
