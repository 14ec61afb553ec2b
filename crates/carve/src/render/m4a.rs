//! The playable copy of AAC or Apple Lossless as an M4A file of constant boxes.
//!
//! Keeps: packets as they are; dates are zero; sizes and places follow from the packets written. Written forward:
//! packets in `mdat` boxes of some 256 KiB, `moov` at the end; memory is one of them and four bytes a
//! packet, of which a shape has a bounded number.
//! Does not know: where cuts are; the edits of the original, so that what an encoder put before the sound is heard.

use super::aac::silent_unit;
use super::alac::tone_frame;
use super::mux::{Mux, Place};
use crate::aac_config::AacConfig;
use crate::alac_config::AlacConfig;
use crate::sound::{Codec, Sound};

/// Bytes of packets at which an `mdat` box is closed.
const CHUNK_BYTES: usize = 256 << 10;
const FTYP: &[u8] = b"\0\0\0\x1cftypM4A \0\0\0\0M4A mp42isom";
/// The identity, in 16.16 and 2.30 fixed point.
const MATRIX: [u32; 9] = [0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000];

/// What is put in place of a hidden packet.
#[derive(Debug)]
enum Constant {
    Silence(Vec<u8>),
    Tone(AlacConfig),
}

/// A run of chunks with as many packets each: (first chunk from 1, packets).
type ChunkRun = (u32, u32);

/// Writes M4A.
#[derive(Debug)]
pub(super) struct M4a {
    sound: Sound,
    /// The sample entry with its codec's box.
    entry: Vec<u8>,
    constant: Constant,
    sizes: Vec<u32>,
    chunks: Vec<u64>,
    runs: Vec<ChunkRun>,
    /// Bytes written, and the packets of the open chunk.
    written: u64,
    chunk: Vec<u8>,
    in_chunk: u32,
}

impl M4a {
    /// For a sound with this decoder configuration; or what is wrong with that.
    pub(super) fn new(sound: Sound, config: &[u8]) -> Result<Self, &'static str> {
        let not_its = "not the configuration of this object";
        let (entry, constant) = match sound.codec() {
            Codec::Mp4Aac => {
                let aac =
                    AacConfig::read(config).filter(|aac| aac.is_of(sound) && aac.write() == config).ok_or(not_its)?;
                (entry(sound, 16, b"mp4a", &esds(config)), Constant::Silence(silent_unit(aac.layout)))
            }
            _ => {
                let alac = AlacConfig::read(config).filter(|alac| alac.is_of(sound) && alac.write() == config);
                let alac = alac.ok_or(not_its)?;
                let cookie = full_box(b"alac", 0, 0, config);
                (entry(sound, u16::from(alac.depth), b"alac", &cookie), Constant::Tone(alac))
            }
        };
        let (sizes, chunks, runs) = (Vec::new(), Vec::new(), Vec::new());
        Ok(Self { sound, entry, constant, sizes, chunks, runs, written: 0, chunk: Vec::new(), in_chunk: 0 })
    }

    fn packet(&mut self, packet: &[u8], out: &mut Vec<u8>) {
        self.sizes.push(u32::try_from(packet.len()).unwrap_or(u32::MAX));
        self.chunk.extend_from_slice(packet);
        self.in_chunk = self.in_chunk.saturating_add(1);
        if self.chunk.len() >= CHUNK_BYTES {
            self.close_chunk(out);
        }
    }

    fn close_chunk(&mut self, out: &mut Vec<u8>) {
        if self.in_chunk == 0 {
            return;
        }
        self.chunks.push(self.written.saturating_add(8));
        if self.runs.last().is_none_or(|run| run.1 != self.in_chunk) {
            self.runs.push((u32::try_from(self.chunks.len()).unwrap_or(u32::MAX), self.in_chunk));
        }
        let mdat = plain_box(b"mdat", &self.chunk);
        self.written = self.written.saturating_add(mdat.len() as u64);
        out.extend_from_slice(&mdat);
        self.chunk.clear();
        self.in_chunk = 0;
    }

    fn moov(&self) -> Vec<u8> {
        let count = u32::try_from(self.sizes.len()).unwrap_or(u32::MAX);
        let duration = u64::from(count).saturating_mul(u64::from(self.sound.samples()));
        let head = [&words(&[0x1_0000, 0x0100_0000, 0, 0])[..], &words(&MATRIX), &[0; 24], &words(&[2])].concat();
        let media = [&0x55c4_0000u32.to_be_bytes()[..]].concat();
        let handler = [&[0; 4][..], b"soun", &[0; 13]].concat();
        let sound_head = full_box(b"smhd", 0, 0, &[0; 4]);
        let here = full_box(b"dref", 0, 0, &[&words(&[1])[..], &full_box(b"url ", 0, 1, &[])].concat());
        let minf = [sound_head, plain_box(b"dinf", &here), plain_box(b"stbl", &self.tables(count))].concat();
        let mdia = [
            timed_box(b"mdhd", 0, &words(&[self.sound.rate()]), duration, &media),
            full_box(b"hdlr", 0, 0, &handler),
            plain_box(b"minf", &minf),
        ]
        .concat();
        let shown = [&words(&[0, 0, 0, 0x0100_0000])[..], &words(&MATRIX), &[0; 8]].concat();
        // Enabled, and in the movie; track 1.
        let trak = [timed_box(b"tkhd", 3, &words(&[1, 0]), duration, &shown), plain_box(b"mdia", &mdia)].concat();
        let mvhd = timed_box(b"mvhd", 0, &words(&[self.sound.rate()]), duration, &head);
        plain_box(b"moov", &[mvhd, plain_box(b"trak", &trak)].concat())
    }

    fn tables(&self, count: u32) -> Vec<u8> {
        let number = |len: usize| u32::try_from(len).unwrap_or(u32::MAX);
        let mut runs = words(&[number(self.runs.len())]);
        for (first, packets) in &self.runs {
            runs.extend_from_slice(&words(&[*first, *packets, 1]));
        }
        let mut sizes = words(&[0, count]);
        sizes.extend(self.sizes.iter().flat_map(|size| size.to_be_bytes()));
        let mut places = words(&[number(self.chunks.len())]);
        let is_short = self.chunks.last().is_none_or(|last| *last <= u64::from(u32::MAX));
        for place in &self.chunks {
            match u32::try_from(*place) {
                Ok(place) if is_short => places.extend_from_slice(&place.to_be_bytes()),
                _ => places.extend_from_slice(&place.to_be_bytes()),
            }
        }
        [
            full_box(b"stsd", 0, 0, &[&words(&[1])[..], &self.entry].concat()),
            full_box(b"stts", 0, 0, &words(&[1, count, self.sound.samples()])),
            full_box(b"stsc", 0, 0, &runs),
            full_box(b"stsz", 0, 0, &sizes),
            full_box(if is_short { b"stco" } else { b"co64" }, 0, 0, &places),
        ]
        .concat()
    }
}

impl Mux for M4a {
    fn begin(&mut self, out: &mut Vec<u8>) {
        self.written = FTYP.len() as u64;
        out.extend_from_slice(FTYP);
    }

    fn open(&mut self, _place: Place, payload: &[u8], out: &mut Vec<u8>) -> Result<(), &'static str> {
        self.packet(payload, out);
        Ok(())
    }

    fn hidden(&mut self, place: Place, out: &mut Vec<u8>) {
        let packet = match &self.constant {
            Constant::Silence(unit) => unit.clone(),
            Constant::Tone(alac) => tone_frame(alac, place.number.saturating_mul(u64::from(alac.samples))),
        };
        self.packet(&packet, out);
    }

    fn end(&mut self, out: &mut Vec<u8>) {
        self.close_chunk(out);
        out.extend_from_slice(&self.moov());
    }
}

fn words(values: &[u32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_be_bytes()).collect()
}

fn plain_box(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let len = u32::try_from(body.len().saturating_add(8)).unwrap_or(u32::MAX);
    [&len.to_be_bytes()[..], kind, body].concat()
}

fn full_box(kind: &[u8; 4], version: u8, flags: u32, body: &[u8]) -> Vec<u8> {
    plain_box(kind, &[&((u32::from(version) << 24) + flags).to_be_bytes()[..], body].concat())
}

/// A full box that begins with two dates (zero), something, and a duration: 32 bits where it fits, else 64.
fn timed_box(kind: &[u8; 4], flags: u32, middle: &[u8], duration: u64, rest: &[u8]) -> Vec<u8> {
    match u32::try_from(duration) {
        Ok(duration) => full_box(kind, 0, flags, &[&[0; 8][..], middle, &duration.to_be_bytes(), rest].concat()),
        Err(_) => full_box(kind, 1, flags, &[&[0; 16][..], middle, &duration.to_be_bytes(), rest].concat()),
    }
}

/// A sound's sample entry; a rate that 16 bits don't hold is 0 there, as the codec's box says it.
fn entry(sound: Sound, depth: u16, kind: &[u8; 4], codec_box: &[u8]) -> Vec<u8> {
    let rate = u16::try_from(sound.rate()).unwrap_or(0);
    let mut body = vec![0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, sound.channels()];
    body.extend_from_slice(&depth.to_be_bytes());
    body.extend_from_slice(&[0; 4]);
    body.extend_from_slice(&rate.to_be_bytes());
    body.extend_from_slice(&[0; 2]);
    body.extend_from_slice(codec_box);
    plain_box(kind, &body)
}

/// The elementary stream descriptor of MPEG-4 audio; buffer and bit rates, which tell of the sound, are zero.
fn esds(config: &[u8]) -> Vec<u8> {
    let describe = |tag: u8, body: &[u8]| {
        let len = u8::try_from(body.len()).unwrap_or(u8::MAX);
        [&[tag, len][..], body].concat()
    };
    let specific = describe(5, config);
    let decoder = describe(4, &[&[0x40, 0x15][..], &[0; 11], &specific].concat());
    let stream = describe(3, &[&[0, 0, 0][..], &decoder, &describe(6, &[2])].concat());
    full_box(b"esds", 0, 0, &stream)
}
