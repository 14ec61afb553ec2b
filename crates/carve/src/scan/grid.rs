//! Packets that differ in duration, on the grid of 100 ms: which cell each belongs to, counted in decoded samples.
//!
//! Keeps: a packet lies in the cell in which it begins; the container's clock agrees with the decoded sound, or the
//! source is not the profile's: a time that a player shows is the time that a cut hides.
//! Does not know: containers.

use super::ogg::MAX_PACKET;
use super::opus;
use super::padding::PaddingList;
use super::parts::{Found, Parts};
use super::vorbis::{self, Ident, Modes};
use crate::cell::Cell;
use crate::sound::{CELLS_PER_SECOND, Codec, Sound};

/// How far a container's clock may be from the decoded sound, in milliseconds; cuts reckon with it.
pub const CLOCK_MS: u64 = 100;
/// How much sound at the end may be marked as not to be played, in milliseconds: encoders fill up their last frame.
pub const END_TRIM_MS: u64 = 128;
/// How many samples of Opus at the start may be decoded and not played: as long. More is a recording whose beginning was
/// taken off without being taken out.
const MAX_PRE_SKIP: u16 = 6_144;
/// How far the clock of a recorder may drift against its sound: one part in so many. Crystals keep to half of it.
pub const DRIFT: u64 = 10_000;
/// How far a packet tells of sound beside its place, with the clock: a packet lasts up to 120 ms from where it begins,
/// its window 2.5 ms more, and an Opus packet may repeat the 60 ms before it; a block of Vorbis is shorter than 128 ms.
pub(crate) const REACH_MS: u64 = vorbis::MAX_BLOCK_MS as u64 + CLOCK_MS;
/// Bytes of the longest head of the list of padding.
const LIST_HEAD: u64 = 9;
const NANOS: u128 = 1_000_000_000;

/// What decoding needs, beside rate and channels: the configuration in CFG.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Setup {
    Opus { pre_skip: u16, gain: u16 },
    Vorbis { ident: Ident, header: Vec<u8> },
}

/// The configuration of a recording on the grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Config {
    /// Samples that all packets decode to.
    pub(crate) samples: u64,
    pub(crate) setup: Setup,
}

impl Config {
    /// Opus: `[samples, pre-skip, gain]`; Vorbis: `[samples, short, long, set-up header]`, blocks as powers of two.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut enc = minicbor::Encoder::new(&mut out);
        // Writing into a Vec cannot fail.
        let _ = match &self.setup {
            Setup::Opus { pre_skip, gain } => {
                enc.array(3).and_then(|e| e.u64(self.samples)?.u16(*pre_skip)?.u16(*gain)).map(|_| ())
            }
            Setup::Vorbis { ident, header } => enc
                .array(4)
                .and_then(|e| e.u64(self.samples)?.u8(ident.powers[0])?.u8(ident.powers[1])?.bytes(header))
                .map(|_| ()),
        };
        out
    }

    /// Reads a configuration strictly.
    pub(crate) fn decode(sound: Sound, bytes: &[u8]) -> Option<Self> {
        let mut dec = minicbor::Decoder::new(bytes);
        dec.array().ok()??;
        let samples = dec.u64().ok()?;
        let setup = match sound.codec() {
            Codec::OggVorbis => {
                let powers = [dec.u8().ok()?, dec.u8().ok()?];
                let ident = Ident { channels: sound.channels(), rate: sound.rate(), powers }.checked()?;
                Setup::Vorbis { ident, header: dec.bytes().ok()?.to_vec() }
            }
            _ => Setup::Opus { pre_skip: dec.u16().ok()?, gain: dec.u16().ok()? },
        };
        let config = Self { samples, setup };
        let fits = match &config.setup {
            Setup::Opus { pre_skip, .. } => *pre_skip <= MAX_PRE_SKIP,
            Setup::Vorbis { header, .. } => header.len() <= MAX_PACKET,
        };
        (fits && config.encode() == bytes).then_some(config)
    }

    /// The grid of the recording.
    pub(crate) fn grid(&self, sound: Sound) -> Grid {
        let pre_skip = match self.setup {
            Setup::Opus { pre_skip, .. } => u64::from(pre_skip),
            Setup::Vorbis { .. } => 0,
        };
        Grid { pre_skip, rate: u64::from(sound.rate()) }
    }
}

/// Where cells begin, in decoded samples. The first begins with the first sample that is decoded; the others are
/// counted from the first that is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Grid {
    pre_skip: u64,
    rate: u64,
}

impl Grid {
    /// The first sample of a cell.
    pub(crate) fn start(self, cell: u64) -> u64 {
        match cell {
            0 => 0,
            _ => cell.saturating_mul(self.rate).div_ceil(CELLS_PER_SECOND).saturating_add(self.pre_skip),
        }
    }

    /// The cell of a sample.
    pub(crate) fn cell(self, sample: u64) -> u64 {
        sample.saturating_sub(self.pre_skip).saturating_mul(CELLS_PER_SECOND) / self.rate.max(1)
    }

    /// How many cells so many samples take.
    pub(crate) fn cells(self, samples: u64) -> u64 {
        let played = samples.saturating_sub(self.pre_skip).saturating_mul(CELLS_PER_SECOND);
        played.div_ceil(self.rate.max(1)).max(1)
    }

    fn samples_of(self, ms: u64) -> u64 {
        ms.saturating_mul(self.rate) / 1_000
    }
}

/// Sorts packets into cells as a scanner finds them.
#[derive(Debug)]
pub(crate) struct Cells {
    sound: Sound,
    config: Config,
    grid: Grid,
    /// For Vorbis: its modes, and whether the packet before had a long block.
    modes: Option<Modes>,
    before: Option<bool>,
    /// Packets so far, and the sample at which the next begins.
    packets: u64,
    at: u64,
    /// From the start of the open cell to its first packet, in samples; none while it has none.
    first: Option<u64>,
    padding: PaddingList,
    stripped: (Vec<u8>, Vec<u8>),
    /// The container's clock at the first packet, in nanoseconds.
    clock: Option<u64>,
    /// Nanoseconds at the end that are not to be played.
    discarded: u64,
}

impl Cells {
    /// For Opus, from its identification header.
    pub(crate) fn opus(codec: Codec, head: &[u8]) -> Option<Self> {
        let head = opus::Head::parse(head).filter(|head| head.pre_skip <= MAX_PRE_SKIP)?;
        let sound = Sound::new(codec, 0, opus::RATE, head.channels)?;
        let setup = Setup::Opus { pre_skip: head.pre_skip, gain: head.gain };
        Some(Self::new(sound, setup, None))
    }

    /// For Vorbis, from its identification and set-up headers.
    pub(crate) fn vorbis(ident: &[u8], setup: &[u8]) -> Option<Self> {
        let ident = Ident::parse(ident)?;
        let modes = Modes::parse(setup, ident.channels)?;
        let sound = Sound::new(Codec::OggVorbis, 0, ident.rate, ident.channels)?;
        Some(Self::new(sound, Setup::Vorbis { ident, header: setup.to_vec() }, Some(modes)))
    }

    fn new(sound: Sound, setup: Setup, modes: Option<Modes>) -> Self {
        let config = Config { samples: 0, setup };
        let grid = config.grid(sound);
        Self {
            sound,
            config,
            grid,
            modes,
            before: None,
            packets: 0,
            at: 0,
            first: None,
            padding: PaddingList::default(),
            stripped: Default::default(),
            clock: None,
            discarded: 0,
        }
    }

    /// Takes the next packet, which is about to end; false if it is none, or past a limit.
    pub(crate) fn packet(&mut self, packet: &[u8], parts: &mut Parts) -> bool {
        let Some(samples) = self.samples(packet) else { return false };
        let cell = self.grid.cell(self.at);
        while parts.leaves() < cell {
            if !self.end_cell(parts) {
                return false;
            }
        }
        self.first.get_or_insert(self.at.saturating_sub(self.grid.start(cell)));
        self.packets = self.packets.saturating_add(1);
        self.at = self.at.saturating_add(samples);
        self.padding.len() <= parts.room()
    }

    fn samples(&mut self, packet: &[u8]) -> Option<u64> {
        let Setup::Vorbis { ident, .. } = &self.config.setup else {
            let parsed = opus::Packet::parse(packet)?;
            let (bare, padding) = &mut self.stripped;
            bare.clear();
            bare.extend_from_slice(packet);
            parsed.strip(bare, padding);
            self.padding.push(padding);
            return Some(u64::from(parsed.samples));
        };
        let block = self.modes.as_ref()?.block(packet)?;
        let samples = vorbis::samples(*ident, self.before, block.long);
        self.before = Some(block.long);
        Some(u64::from(samples))
    }

    fn end_cell(&mut self, parts: &mut Parts) -> bool {
        parts.end_cell(self.first.take().unwrap_or(0))
    }

    /// Hears what the container says of the samples so far; false if that is not so. Less where `is_last`: the end is
    /// not to be played.
    pub(crate) fn is_until(&self, samples: u64, is_last: bool) -> bool {
        let clock = self.grid.samples_of(CLOCK_MS);
        let trim = if is_last { clock.max(self.grid.samples_of(END_TRIM_MS)) } else { clock };
        samples <= self.at.saturating_add(clock) && samples.saturating_add(trim) >= self.at
    }

    /// Hears what the container says of the time at which the next packet begins; false if that is not so.
    pub(crate) fn is_from(&mut self, nanos: u64) -> bool {
        let allowed = u128::from(CLOCK_MS) * 1_000_000;
        let first = u128::from(*self.clock.get_or_insert(nanos));
        let heard = u128::from(self.at) * NANOS / u128::from(self.sound.rate().max(1));
        let off = u128::from(nanos).abs_diff(first + heard);
        // A block must not stand behind one whose end is not to be played.
        first <= allowed && off <= allowed + heard / u128::from(DRIFT) && self.discarded == 0
    }

    /// Hears that so many nanoseconds of the last packets are not to be played; false if they are too many.
    pub(crate) fn is_discarded(&mut self, nanos: u64) -> bool {
        self.discarded = self.discarded.saturating_add(nanos);
        self.discarded <= END_TRIM_MS * 1_000_000
    }

    /// The recording, if anything was heard.
    pub(crate) fn finish(mut self, mut parts: Parts, len: u64) -> Option<Found> {
        let cells = self.grid.cells(self.at);
        while parts.leaves() < cells {
            if !self.end_cell(&mut parts) {
                return None;
            }
        }
        self.config.samples = self.at;
        let is_padded = matches!(self.config.setup, Setup::Opus { .. });
        if self.padding.len().saturating_add(LIST_HEAD) > parts.room() {
            return None;
        }
        let found = parts.finish(self.sound, cells, &self.config.encode(), len).filter(|_| self.packets > 0)?;
        Some(if is_padded { Found { meta: self.padding.before(&found.meta), ..found } } else { found })
    }
}

/// Whether a payload is a cell of packets that this codec may have, as far as they tell alone.
pub(crate) fn is_leaf(codec: Codec, payload: &[u8]) -> bool {
    let is_packet = |packet: &[u8]| match codec {
        // What a packet of Vorbis is, its set-up header tells.
        Codec::OggVorbis => true,
        _ => opus::Packet::parse(packet).is_some_and(|parsed| !parsed.is_padded()),
    };
    Cell::decode(payload).is_some_and(|cell| cell.packets().all(is_packet))
}
