//! The CFG and container leaves of a recording: what the packets need to be played, and the map that puts every byte
//! of the source back.
//!
//! Keeps: both are deterministic CBOR, read strictly; the map accounts for each byte of the META leaf, of the literal
//! bytes and of the packets exactly once.
//! Does not know: how a source is scanned.

use crate::profile::{Profile, SampleFormat};

/// Most bytes of a source that stand outside its packets (META and literal bytes together); more make it `chunk-v1`.
pub const MAX_ASIDE: u64 = 16 << 20;
/// Most pieces of a map.
pub const MAX_PIECES: usize = 1 << 14;
const MAP_VERSION: u64 = 1;
const CFG_VERSION: u64 = 1;

/// What a piece of the source is taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The literal bytes in the container leaf.
    Literal,
    /// The META leaf.
    Meta,
    /// The packets, all of them in order.
    Packets,
}

impl Origin {
    const ALL: [(Self, u8); 3] = [(Self::Literal, 0), (Self::Meta, 1), (Self::Packets, 2)];

    fn code(self) -> u8 {
        Self::ALL.iter().find(|row| row.0 == self).map_or(0, |row| row.1)
    }

    fn from_code(code: u8) -> Option<Self> {
        Self::ALL.iter().find(|row| row.1 == code).map(|row| row.0)
    }
}

/// The container leaf of a recording: `{0: version, 1: [from, bytes, …], 2: literal bytes}`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Map {
    pub(crate) pieces: Vec<(Origin, u64)>,
    pub(crate) literal: Vec<u8>,
}

impl Map {
    /// Appends a piece, joined to the last where both have one origin.
    pub(crate) fn push(&mut self, from: Origin, bytes: u64) {
        if bytes == 0 {
            return;
        }
        match self.pieces.last_mut() {
            Some(last) if last.0 == from => last.1 = last.1.saturating_add(bytes),
            _ => self.pieces.push((from, bytes)),
        }
    }

    /// Appends literal bytes.
    pub(crate) fn push_literal(&mut self, bytes: &[u8]) {
        self.literal.extend_from_slice(bytes);
        self.push(Origin::Literal, bytes.len() as u64);
    }

    /// Bytes taken from an origin; none past `u64`.
    pub(crate) fn bytes_of(&self, from: Origin) -> Option<u64> {
        self.pieces.iter().filter(|p| p.0 == from).try_fold(0u64, |sum, p| sum.checked_add(p.1))
    }

    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut enc = minicbor::Encoder::new(&mut out);
        // Writing into a Vec cannot fail.
        let _ = enc.map(3).and_then(|e| e.u8(0)?.u64(MAP_VERSION)?.u8(1)?.array(self.pieces.len() as u64 * 2));
        for (from, bytes) in &self.pieces {
            let _ = enc.u8(from.code()).and_then(|e| e.u64(*bytes));
        }
        let _ = enc.u8(2).and_then(|e| e.bytes(&self.literal));
        out
    }

    /// Reads a container leaf strictly.
    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, &'static str> {
        let map = Self::read(bytes).ok_or("not a map of the source")?;
        if map.encode() != bytes {
            return Err("not canonical");
        }
        if map.bytes_of(Origin::Literal) != Some(map.literal.len() as u64) {
            return Err("literal bytes are not used exactly once");
        }
        if map.pieces.iter().filter(|p| p.0 == Origin::Packets).count() > 1 {
            return Err("packets used more than once");
        }
        Ok(map)
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let mut dec = minicbor::Decoder::new(bytes);
        if dec.map().ok()?? != 3 || dec.u8().ok()? != 0 || dec.u64().ok()? != MAP_VERSION || dec.u8().ok()? != 1 {
            return None;
        }
        let numbers = usize::try_from(dec.array().ok()??).ok()?;
        if numbers % 2 != 0 || numbers / 2 > MAX_PIECES {
            return None;
        }
        let mut map = Self::default();
        for _ in 0..numbers / 2 {
            let from = Origin::from_code(dec.u8().ok()?)?;
            let count = dec.u64().ok().filter(|n| *n > 0)?;
            if map.pieces.last().is_some_and(|last| last.0 == from) {
                return None;
            }
            map.pieces.push((from, count));
        }
        if dec.u8().ok()? != 2 {
            return None;
        }
        map.literal = dec.bytes().ok()?.to_vec();
        Some(map)
    }
}

/// The CFG leaf: `{0: version, 1: codec, 2: rate, 3: channels, 4: packets}` and, where a WAV file states them,
/// `5: valid bits a sample, 6: channel mask`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cfg {
    pub(crate) profile: Profile,
    pub(crate) packets: u64,
    /// (valid bits, channel mask) of WAVE_FORMAT_EXTENSIBLE.
    pub(crate) extensible: Option<(u16, u32)>,
}

/// Sample rate of AMR-NB, in hertz.
pub(crate) const AMR_RATE: u32 = 8_000;

impl Cfg {
    pub(crate) fn encode(&self) -> Vec<u8> {
        let (codec, rate, channels) = match self.profile {
            Profile::Wav { format, rate, channels } => (format.word(), rate, channels),
            _ => ("amr-nb", AMR_RATE, 1),
        };
        let mut out = Vec::new();
        let mut enc = minicbor::Encoder::new(&mut out);
        let _ = enc.map(if self.extensible.is_some() { 7 } else { 5 });
        let _ = enc.u8(0).and_then(|e| e.u64(CFG_VERSION)?.u8(1)?.str(codec)?.u8(2)?.u32(rate)?.u8(3)?.u16(channels));
        let _ = enc.u8(4).and_then(|e| e.u64(self.packets));
        if let Some((bits, mask)) = self.extensible {
            let _ = enc.u8(5).and_then(|e| e.u16(bits)?.u8(6)?.u32(mask));
        }
        out
    }

    /// Reads a CFG leaf strictly, against the profile and packet count of the object record.
    pub(crate) fn decode(bytes: &[u8], profile: Profile, packets: u64) -> Result<Self, &'static str> {
        let cfg = Self { profile, packets, extensible: Self::read_extensible(bytes)? };
        let format = match profile {
            Profile::Wav { format, .. } => Some(format),
            _ => None,
        };
        let allowed = match (cfg.extensible, format) {
            (None, _) => true,
            (Some((bits, _)), Some(format)) => (1..=sample_bits(format)).contains(&bits),
            (Some(_), None) => false,
        };
        if allowed && cfg.encode() == bytes { Ok(cfg) } else { Err("not the configuration of this object") }
    }

    fn read_extensible(bytes: &[u8]) -> Result<Option<(u16, u32)>, &'static str> {
        let read = || -> Option<Option<(u16, u32)>> {
            let mut dec = minicbor::Decoder::new(bytes);
            let keys = dec.map().ok()??;
            for _ in 0..5 {
                dec.skip().ok()?;
                dec.skip().ok()?;
            }
            if keys == 5 {
                return Some(None);
            }
            dec.skip().ok()?;
            let bits = dec.u16().ok()?;
            dec.skip().ok()?;
            Some(Some((bits, dec.u32().ok()?)))
        };
        read().ok_or("not a configuration")
    }
}

/// Bits that a stored sample has room for.
pub(crate) fn sample_bits(format: SampleFormat) -> u16 {
    format.bytes().saturating_mul(8)
}
