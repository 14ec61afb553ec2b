//! Vorbis packets (Vorbis I specification): the headers that decoding needs, and how long a packet sounds.
//!
//! Keeps: the set-up header is read to its last bit, so nothing else can hide in it; what ends early is none.
//! Does not know: how a packet sounds, containers.

use super::bits::Bits;

/// Length of an identification header.
const IDENT_LEN: usize = 30;
const IDENT_MAGIC: &[u8] = b"\x01vorbis";
/// First bytes of a comment header.
pub(crate) const COMMENT_MAGIC: &[u8] = b"\x03vorbis";
const SETUP_MAGIC: &[u8] = b"\x05vorbis";
/// Smallest and largest block, as powers of two: 64 and 8,192 samples.
const BLOCK_POWERS: std::ops::RangeInclusive<u8> = 6..=13;
/// Longest block, in milliseconds: cuts reckon with it.
pub(crate) const MAX_BLOCK_MS: u32 = 128;
const CODEBOOK_SYNC: u32 = 0x56_4342;

/// The identification header (§4.2.2), but for the bit rates, which decode nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ident {
    pub(crate) channels: u8,
    pub(crate) rate: u32,
    /// Short and long block, as powers of two.
    pub(crate) powers: [u8; 2],
}

impl Ident {
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(IDENT_MAGIC).filter(|_| bytes.len() == IDENT_LEN)?;
        let (version, rest) = rest.split_first_chunk::<4>()?;
        let (&channels, rest) = rest.split_first()?;
        let (rate, rest) = rest.split_first_chunk::<4>()?;
        let (&blocks, framing) = rest.get(12..)?.split_first()?;
        let ident = Self { channels, rate: u32::from_le_bytes(*rate), powers: [blocks & 15, blocks >> 4] };
        (*version == [0; 4] && framing == [1]).then_some(ident)?.checked()
    }

    /// The header, if its numbers are possible and its long block is no longer than [`MAX_BLOCK_MS`].
    pub(crate) fn checked(self) -> Option<Self> {
        let [short, long] = self.powers;
        let fits = BLOCK_POWERS.contains(&short) && BLOCK_POWERS.contains(&long) && short <= long;
        let long_ms = fits.then(|| u64::from(1u32 << long) * 1_000 / u64::from(self.rate.max(1)))?;
        (self.channels > 0 && self.rate > 0 && long_ms <= u64::from(MAX_BLOCK_MS)).then_some(self)
    }

    /// The header of the playable copy: no bit rates.
    pub(crate) fn encode(self) -> Vec<u8> {
        let mut out = IDENT_MAGIC.to_vec();
        out.extend_from_slice(&[0; 4]);
        out.push(self.channels);
        out.extend_from_slice(&self.rate.to_le_bytes());
        out.extend_from_slice(&[0; 12]);
        out.extend_from_slice(&[self.powers[0] + (self.powers[1] << 4), 1]);
        out
    }

    /// Samples of the short or long block.
    pub(crate) fn block(self, long: bool) -> u32 {
        1 << self.powers[usize::from(long)].min(*BLOCK_POWERS.end())
    }
}

/// Which modes of the set-up header have long blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Modes {
    long: Vec<bool>,
}

/// A packet's block, and for a long one whether its neighbours are long too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) long: bool,
    pub(crate) before: bool,
    pub(crate) after: bool,
}

impl Modes {
    /// Reads a set-up header (§4.2.4).
    pub(crate) fn parse(setup: &[u8], channels: u8) -> Option<Self> {
        let mut bits = Bits::new(setup.strip_prefix(SETUP_MAGIC)?);
        let books = bits.read(8)? + 1;
        for _ in 0..books {
            codebook(&mut bits)?;
        }
        for _ in 0..=bits.read(6)? {
            zero(bits.read(16)?)?;
        }
        for _ in 0..=bits.read(6)? {
            floor(&mut bits)?;
        }
        for _ in 0..=bits.read(6)? {
            residue(&mut bits)?;
        }
        for _ in 0..=bits.read(6)? {
            mapping(&mut bits, channels)?;
        }
        let mut long = Vec::new();
        for _ in 0..=bits.read(6)? {
            long.push(bits.read(1)? == 1);
            zero(bits.read(32)?)?;
            bits.read(8)?;
        }
        let is_framed = bits.read(1)? == 1;
        (is_framed && bits.left() < 8).then_some(Self { long })
    }

    /// Bits of a mode number.
    fn width(&self) -> u32 {
        bits_of(self.long.len().saturating_sub(1) as u64)
    }

    /// The block of a packet; none if it is no sound.
    pub(crate) fn block(&self, packet: &[u8]) -> Option<Block> {
        let mut bits = Bits::new(packet);
        zero(bits.read(1)?)?;
        let mode = usize::try_from(bits.read(self.width())?).ok()?;
        let long = *self.long.get(mode)?;
        let (before, after) = if long { (bits.read(1)? == 1, bits.read(1)? == 1) } else { (false, false) };
        Some(Block { long, before, after })
    }

    /// A packet that decodes to silence: after mode and window every bit is zero, so each channel's floor is unused.
    /// None where no mode has such a block.
    pub(crate) fn silence(&self, block: Block) -> Option<[u8; 2]> {
        let mode = self.long.iter().position(|long| *long == block.long)? as u16;
        let width = self.width();
        let mut word = mode << 1;
        if block.long {
            word += (u16::from(block.before) << (width + 1)) + (u16::from(block.after) << (width + 2));
        }
        Some(word.to_le_bytes())
    }

    /// Whether a mode has a short block, or a long one.
    pub(crate) fn has(&self, long: bool) -> bool {
        self.long.contains(&long)
    }
}

/// Samples that a packet ends, behind one before it (§4.3.8).
pub(crate) fn samples(ident: Ident, before: Option<bool>, long: bool) -> u32 {
    before.map_or(0, |before| ident.block(before) / 4 + ident.block(long) / 4)
}

/// The number of bits that hold a value (`ilog`, §9.2.1).
fn bits_of(value: u64) -> u32 {
    64 - value.leading_zeros()
}

fn zero(value: u32) -> Option<()> {
    (value == 0).then_some(())
}

/// §3.2.1.
fn codebook(bits: &mut Bits<'_>) -> Option<()> {
    (bits.read(24)? == CODEBOOK_SYNC).then_some(())?;
    let dimensions = bits.read(16)?;
    let entries = bits.read(24)?;
    if bits.read(1)? == 1 {
        bits.read(5)?;
        let mut entry = 0;
        while entry < entries {
            entry += bits.read(bits_of(u64::from(entries - entry)))?;
        }
        (entry == entries).then_some(())?;
    } else if bits.read(1)? == 1 {
        for _ in 0..entries {
            if bits.read(1)? == 1 {
                bits.read(5)?;
            }
        }
    } else {
        bits.skip(u64::from(entries) * 5)?;
    }
    let lookup = bits.read(4)?;
    if lookup == 0 {
        return Some(());
    }
    bits.skip(64)?;
    let value_bits = u64::from(bits.read(4)?) + 1;
    bits.read(1)?;
    let values = match lookup {
        1 => lookup_values(entries, dimensions),
        2 => u64::from(entries) * u64::from(dimensions),
        _ => return None,
    };
    bits.skip(values.checked_mul(value_bits)?)
}

/// The largest `n` with `n` to the power of `dimensions` no larger than `entries` (§9.2.3).
fn lookup_values(entries: u32, dimensions: u32) -> u64 {
    if dimensions == 0 || entries == 0 {
        return 0;
    }
    // n ≤ 2^24: a binary search by exact powers.
    let (mut low, mut high) = (1u64, u64::from(entries));
    while low < high {
        let middle = (low + high).div_ceil(2);
        let is_within = middle.checked_pow(dimensions).is_some_and(|power| power <= u64::from(entries));
        if is_within { low = middle } else { high = middle - 1 }
    }
    low
}

/// §6.2.1 and §7.2.2.
fn floor(bits: &mut Bits<'_>) -> Option<()> {
    match bits.read(16)? {
        0 => {
            bits.skip(8 + 16 + 16 + 6 + 8)?;
            let books = u64::from(bits.read(4)?) + 1;
            bits.skip(books * 8)
        }
        1 => floor_one(bits),
        _ => None,
    }
}

fn floor_one(bits: &mut Bits<'_>) -> Option<()> {
    let mut partitions = Vec::new();
    for _ in 0..bits.read(5)? {
        partitions.push(bits.read(4)?);
    }
    let mut dimensions = Vec::new();
    if let Some(last) = partitions.iter().max() {
        for _ in 0..=*last {
            dimensions.push(u64::from(bits.read(3)?) + 1);
            let subclasses = bits.read(2)?;
            if subclasses > 0 {
                bits.read(8)?;
            }
            bits.skip(8 << subclasses)?;
        }
    }
    bits.read(2)?;
    let range = u64::from(bits.read(4)?);
    let points: u64 = partitions.iter().filter_map(|class| dimensions.get(*class as usize)).sum();
    bits.skip(points * range)
}

/// §8.6.1.
fn residue(bits: &mut Bits<'_>) -> Option<()> {
    (bits.read(16)? <= 2).then_some(())?;
    bits.skip(24 * 3)?;
    let classes = bits.read(6)? + 1;
    bits.read(8)?;
    let mut books = 0u64;
    for _ in 0..classes {
        let low = bits.read(3)?;
        let high = if bits.read(1)? == 1 { bits.read(5)? } else { 0 };
        books += u64::from(low.count_ones() + high.count_ones());
    }
    bits.skip(books * 8)
}

/// §4.2.4, mappings.
fn mapping(bits: &mut Bits<'_>, channels: u8) -> Option<()> {
    zero(bits.read(16)?)?;
    let submaps = if bits.read(1)? == 1 { bits.read(4)? + 1 } else { 1 };
    if bits.read(1)? == 1 {
        let steps = u64::from(bits.read(8)?) + 1;
        let width = bits_of(u64::from(channels.saturating_sub(1)));
        bits.skip(steps * u64::from(width) * 2)?;
    }
    zero(bits.read(2)?)?;
    if submaps > 1 {
        bits.skip(u64::from(channels) * 4)?;
    }
    bits.skip(u64::from(submaps) * 24)
}
