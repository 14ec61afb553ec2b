//! The playable copy of a recording: open packets as they are, a constant tone in the place of hidden ones.
//!
//! Keeps: what stands for a hidden leaf depends on the profile, its place and *open* leaves alone; the header is
//! rebuilt from CFG; memory is one frame.
//! Does not know: proofs; the caller gives leaves that were verified.

mod aac;
mod adts;
mod alac;
mod amr_file;
mod amr_tone;
mod flac;
mod m4a;
mod mp3;
mod mux;
mod ogg;
mod opus;
mod sound;
mod tone;
mod vorbis;

pub use amr_tone::{AMR_TONE, AMR_WB_TONE};
pub use tone::{TONE_HZ, TONE_PEAK};

use self::mux::{Mux, Place};
use crate::config;
use crate::map::{Cfg, sample_bits};
use crate::profile::{Profile, SampleFormat, Shape};
use crate::scan::{amr, sound::is_leaf};
use crate::{CarveError, Leaf};
use std::io::Write;

/// AMR-NB mode of the tone where no open speech frame came before (12.2 kbit/s).
pub const DEFAULT_MODE: u8 = 7;
const HIGHEST_MODE: u8 = 7;

/// Writes a file that can be played from the leaves of a recording.
#[derive(Debug)]
pub struct Renderer<W: Write> {
    out: W,
    shape: Shape,
    /// Next leaf expected.
    next: u64,
    /// Ticks written.
    at: u64,
    mode: u8,
    /// For compressed sound.
    mux: Option<Box<dyn Mux>>,
    /// What the writer of compressed sound made last.
    made: Vec<u8>,
}

impl<W: Write> Renderer<W> {
    /// Writes the header from the open CFG leaf.
    ///
    /// # Errors
    /// [`CarveError::NotApplicable`] if the object is no recording, [`CarveError::BadLeaf`] if CFG is not its, or
    /// [`CarveError::Io`].
    pub fn new(shape: Shape, cfg: &[u8], mut out: W) -> Result<Self, CarveError> {
        let packets = shape.packets();
        let count = packets.end.saturating_sub(packets.start);
        if !shape.profile().is_timed() {
            return Err(CarveError::NotApplicable { what: "a playable copy", profile: shape.profile().to_string() });
        }
        let bad = |what| CarveError::BadLeaf { index: 0, what };
        let (mut mux, mut made) = (None, Vec::new());
        if let Profile::Sound(kind) = shape.profile() {
            let config = config::decode(cfg, kind, count).map_err(bad)?;
            let mut writer = sound::mux(kind, shape, config).map_err(bad)?;
            writer.begin(&mut made);
            out.write_all(&made)?;
            mux = Some(writer);
        } else {
            let cfg = Cfg::decode(cfg, shape.profile(), count).map_err(bad)?;
            match shape.profile() {
                Profile::Wav { format, rate, channels } => {
                    out.write_all(&wav_header(&cfg, format, rate, channels, shape.ticks_total()))?;
                }
                _ => out.write_all(amr::MAGIC)?,
            }
        }
        Ok(Self { out, shape, next: 1, at: 0, mode: DEFAULT_MODE, mux, made })
    }

    /// Takes the next packet, or a run of hidden ones.
    ///
    /// # Errors
    /// [`CarveError::BadLeaf`] for a payload that its profile does not allow, a run past the last packet or ticks
    /// that are not the run's; [`CarveError::Io`].
    pub fn packet(&mut self, leaf: Leaf<'_>) -> Result<(), CarveError> {
        let index = self.next;
        let bad = |what| CarveError::BadLeaf { index, what };
        let len = match leaf {
            Leaf::Open(_) => 1,
            Leaf::Hidden { leaves, .. } => leaves,
        };
        let end = index.checked_add(len).filter(|end| *end <= self.shape.packets().end);
        let (Some(end), Some(expected)) = (end, self.shape.ticks_in(index, len)) else {
            return Err(bad("past the last packet"));
        };
        match leaf {
            Leaf::Open(payload) => self.open(index, expected, payload)?,
            Leaf::Hidden { ticks, leaves } => {
                if ticks != expected || leaves == 0 {
                    return Err(bad("not the ticks of these leaves"));
                }
                self.hidden(index, leaves, ticks)?;
            }
        }
        self.next = end;
        self.at = self.at.saturating_add(expected);
        Ok(())
    }

    fn open(&mut self, index: u64, ticks: u64, payload: &[u8]) -> Result<(), CarveError> {
        if let (Some(mux), Profile::Sound(kind)) = (&mut self.mux, self.shape.profile()) {
            let place = Place { number: index.saturating_sub(1), at: self.at, ticks };
            self.made.clear();
            let made = match is_leaf(kind, place.number, ticks, payload) {
                true => mux.open(place, payload, &mut self.made),
                false => Err("not a leaf of its profile"),
            };
            made.map_err(|what| CarveError::BadLeaf { index, what })?;
            return Ok(self.out.write_all(&self.made)?);
        }
        let fits = match self.shape.profile().frame_bytes() {
            Some(frame) => ticks.checked_mul(frame) == Some(payload.len() as u64),
            None => payload.first().and_then(|toc| amr::frame_len(*toc)) == Some(payload.len()),
        };
        if !fits {
            return Err(CarveError::BadLeaf { index, what: "wrong length" });
        }
        if self.shape.profile() == Profile::AmrNb {
            let mode = payload.first().map_or(DEFAULT_MODE, |toc| amr::frame_type(*toc));
            if mode <= HIGHEST_MODE {
                self.mode = mode;
            }
        }
        self.out.write_all(payload)?;
        Ok(())
    }

    fn hidden(&mut self, index: u64, leaves: u64, ticks: u64) -> Result<(), CarveError> {
        if let Some(mux) = &mut self.mux {
            let mut at = self.at;
            for index in index..index.saturating_add(leaves) {
                let ticks = self.shape.ticks_of(index).unwrap_or(0);
                self.made.clear();
                mux.hidden(Place { number: index.saturating_sub(1), at, ticks }, &mut self.made);
                self.out.write_all(&self.made)?;
                at = at.saturating_add(ticks);
            }
            return Ok(());
        }
        let Profile::Wav { format, rate, channels } = self.shape.profile() else {
            let frame = amr_tone::frame(self.mode);
            for _ in 0..ticks {
                self.out.write_all(frame)?;
            }
            return Ok(());
        };
        let mut sample = Vec::new();
        for n in 0..ticks {
            sample.clear();
            tone::push_sample(format, tone::value(self.at.saturating_add(n), rate), &mut sample);
            for _ in 0..channels {
                self.out.write_all(&sample)?;
            }
        }
        Ok(())
    }

    /// Ends the file and hands the sink back.
    ///
    /// # Errors
    /// [`CarveError::BadLeaf`] if packets are missing, [`CarveError::Io`].
    pub fn finish(mut self) -> Result<W, CarveError> {
        if self.next != self.shape.packets().end {
            return Err(CarveError::BadLeaf { index: self.next, what: "missing" });
        }
        if let Some(mux) = &mut self.mux {
            self.made.clear();
            mux.end(&mut self.made);
            self.out.write_all(&self.made)?;
        }
        let bytes = self.shape.profile().frame_bytes().and_then(|frame| data_bytes(self.shape.ticks_total(), frame));
        if bytes.is_some_and(|bytes| bytes % 2 == 1) {
            self.out.write_all(&[0])?;
        }
        self.out.flush()?;
        Ok(self.out)
    }
}

/// Bytes of the `data` chunk, if they fit a RIFF file.
fn data_bytes(ticks: u64, frame: u64) -> Option<u32> {
    const LARGEST: u64 = u32::MAX as u64 - 4_096;
    ticks.checked_mul(frame).filter(|bytes| *bytes <= LARGEST).and_then(|bytes| u32::try_from(bytes).ok())
}

/// A RIFF header with `fmt ` and `data`; sizes are 0xFFFFFFFF (an unfinished stream) where they don't fit.
fn wav_header(cfg: &Cfg, format: SampleFormat, rate: u32, channels: u16, ticks: u64) -> Vec<u8> {
    let bits = sample_bits(format);
    let frame = u64::from(format.bytes()) * u64::from(channels);
    let code: u16 = match format {
        SampleFormat::F32 | SampleFormat::F64 => 3,
        SampleFormat::ALaw => 6,
        SampleFormat::MuLaw => 7,
        _ => 1,
    };
    let mut fmt = Vec::new();
    fmt.extend_from_slice(&if cfg.extensible.is_some() { 0xfffe } else { code }.to_le_bytes());
    fmt.extend_from_slice(&channels.to_le_bytes());
    fmt.extend_from_slice(&rate.to_le_bytes());
    let per_second = u32::try_from(frame.saturating_mul(u64::from(rate))).unwrap_or(u32::MAX);
    fmt.extend_from_slice(&per_second.to_le_bytes());
    fmt.extend_from_slice(&u16::try_from(frame).unwrap_or(u16::MAX).to_le_bytes());
    fmt.extend_from_slice(&bits.to_le_bytes());
    if let Some((valid, mask)) = cfg.extensible {
        fmt.extend_from_slice(&22u16.to_le_bytes());
        fmt.extend_from_slice(&valid.to_le_bytes());
        fmt.extend_from_slice(&mask.to_le_bytes());
        fmt.extend_from_slice(&code.to_le_bytes());
        fmt.extend_from_slice(&[0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71]);
    } else if code != 1 {
        // Every format but integer PCM says how long its extension is; some readers refuse one that does not.
        fmt.extend_from_slice(&0u16.to_le_bytes());
    }
    let data = data_bytes(ticks, frame);
    let fmt_len = fmt.len() as u32;
    let riff = data.map_or(u32::MAX, |bytes| bytes.saturating_add(bytes & 1).saturating_add(4 + 8 + fmt_len + 8));
    let mut out = Vec::new();
    out.extend_from_slice(b"RIFF");
    out.extend_from_slice(&riff.to_le_bytes());
    out.extend_from_slice(b"WAVEfmt ");
    out.extend_from_slice(&fmt_len.to_le_bytes());
    out.extend_from_slice(&fmt);
    out.extend_from_slice(b"data");
    out.extend_from_slice(&data.unwrap_or(u32::MAX).to_le_bytes());
    out
}
