//! ISO base media files (MP4, M4A, 3GP, QuickTime) with one track of sound: AAC, Apple Lossless, AMR.
//!
//! Keeps: each byte of the file is in exactly one of packets, META, literals; samples are taken as the tables or the
//! fragments place them, only inside `mdat` and only in the file's order; times that a player would hear elsewhere make
//! the file none of ours.
//! Does not know: pictures, encryption, samples out of order: such files are no recording here.

mod boxes;
mod clock;
mod entry;
mod fragment;
mod tables;
mod track;

use super::amr::Band;
use super::feed::Feed;
use super::parts::{MAX_ASIDE_OF_SOUND, Parts, Scanned};
use super::source::fill_at;
use super::step::MAX_PIECE;
use crate::CarveError;
use crate::sound::Sound;
use clock::Clock;
pub(crate) use clock::player_offset;
use std::io::{Read, Seek};
use tables::{Going, Sample};

/// Most boxes side by side in a file; more make it `chunk-v1`. Three hours of fragments of half a second have 43,200.
pub const MAX_TOP_BOXES: usize = 1 << 17;
/// Longest `moof` box.
pub const MAX_FRAGMENT: u64 = 4 << 20;
/// Bytes of the longest box header.
const LONGEST_HEADER: u64 = 16;
const SHORTEST_HEADER: u64 = 8;
/// The boxes that such a file may begin with.
const FIRST: [&[u8; 4]; 7] = [b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot"];

/// A box of the file.
#[derive(Clone, Copy, Debug)]
struct Top {
    kind: [u8; 4],
    start: u64,
    head: u64,
    len: u64,
}

impl Top {
    fn end(&self) -> u64 {
        self.start.saturating_add(self.len)
    }

    /// Whether bytes lie in the body.
    fn holds(&self, at: u64, len: u64) -> bool {
        at >= self.start.saturating_add(self.head) && at.checked_add(len).is_some_and(|end| end <= self.end())
    }
}

/// Whether a file that begins so may be one of these.
pub(crate) fn begins_with(head: &[u8]) -> bool {
    head.get(4..).and_then(<[u8]>::first_chunk).is_some_and(|kind: &[u8; 4]| FIRST.contains(&kind))
}

/// Takes a file apart; none if it is not one that the profiles hold.
pub(crate) fn scan<R: Read + Seek>(src: &mut R, len: u64) -> Scanned {
    let Some(tops) = survey(src, len)? else { return Ok(None) };
    let mut moovs = tops.iter().filter(|top| &top.kind == b"moov");
    let (Some(moov), None) = (moovs.next(), moovs.next()) else { return Ok(None) };
    if moov.len > MAX_ASIDE_OF_SOUND {
        return Ok(None);
    }
    let mut body = Vec::new();
    let body_start = moov.start.saturating_add(moov.head);
    fill_at(src, body_start, moov.len.saturating_sub(moov.head) as usize, &mut body)?;
    let Some(track) = track::read(&body) else { return Ok(None) };
    let mut meta: Vec<(u64, u64)> =
        tops.iter().filter(|top| track::is_describing(&top.kind)).map(|top| (top.start, top.len)).collect();
    meta.extend(track.meta.iter().map(|(start, len)| (body_start.saturating_add(*start), *len)));
    meta.sort_unstable();
    let sound = track.coding.sound;
    let mut sorter = Sorter {
        sound,
        clock: Clock::new(sound, track.scale, track.movie_scale, track.edits),
        feed: Feed::new(src, 0, len),
        parts: Parts::new(false),
        meta: meta.into_iter().peekable(),
        data: tops.iter().filter(|top| &top.kind == b"mdat").copied().collect(),
        frames: 0,
        sample: Vec::new(),
    };
    let mut time = 0u64;
    if !track.tables.walk(&mut time, &mut |sample| sorter.sample(sample))? {
        return Ok(None);
    }
    for top in tops.iter().filter(|top| &top.kind == b"moof") {
        let Some(defaults) = track.defaults else { return Ok(None) };
        let Some(moof) = sorter.fragment(top)? else { return Ok(None) };
        if !fragment::walk(&moof, top.start, defaults, &mut time, &mut |sample| sorter.sample(sample))? {
            return Ok(None);
        }
    }
    sorter.finish(&track.coding.config, len)
}

/// The boxes of the file, front to back; none if it is no such file. Less than a header may follow the last.
fn survey<R: Read + Seek>(src: &mut R, len: u64) -> Result<Option<Vec<Top>>, CarveError> {
    let mut tops: Vec<Top> = Vec::new();
    let mut bytes = Vec::new();
    let mut start = 0u64;
    while len.saturating_sub(start) >= SHORTEST_HEADER {
        let left = len.saturating_sub(start);
        fill_at(src, start, left.min(LONGEST_HEADER) as usize, &mut bytes)?;
        let Some((kind, size, head)) = boxes::header(&bytes) else { return Ok(None) };
        let size = if size == 0 { left } else { size };
        if size < head as u64 || size > left || tops.len() >= MAX_TOP_BOXES {
            return Ok(None);
        }
        tops.push(Top { kind, start, head: head as u64, len: size });
        start = start.saturating_add(size);
    }
    Ok((!tops.is_empty()).then_some(tops))
}

/// Goes through the file once, front to back.
struct Sorter<'r, R> {
    sound: Sound,
    clock: Clock,
    feed: Feed<'r, R>,
    parts: Parts,
    meta: std::iter::Peekable<std::vec::IntoIter<(u64, u64)>>,
    /// The `mdat` boxes from the current one on.
    data: std::collections::VecDeque<Top>,
    /// Frames so far.
    frames: u64,
    /// The sample at hand, where its frames have to be found.
    sample: Vec<u8>,
}

impl<R: Read + Seek> Sorter<'_, R> {
    /// Takes what lies before `end`, none of it a sample.
    fn aside_to(&mut self, end: u64) -> Going {
        while let Some((start, len)) = self.meta.next_if(|(start, _)| *start < end) {
            let before = start.checked_sub(self.feed.at());
            let (Some(before), true) = (before, start.saturating_add(len) <= end) else { return Ok(false) };
            if !self.parts.literal_from(&mut self.feed, before)? || !self.parts.meta_from(&mut self.feed, len)? {
                return Ok(false);
            }
        }
        match end.checked_sub(self.feed.at()) {
            Some(before) => self.parts.literal_from(&mut self.feed, before),
            None => Ok(false),
        }
    }

    /// Takes a sample.
    fn sample(&mut self, sample: Sample) -> Going {
        while self.data.front().is_some_and(|data| data.end() <= sample.at) {
            self.data.pop_front();
        }
        let is_inside = self.data.front().is_some_and(|data| data.holds(sample.at, sample.len));
        let is_ours = (1..=MAX_PIECE as u64).contains(&sample.len) && self.clock.is_near(self.frames, sample.time);
        if !is_inside || !is_ours || !self.aside_to(sample.at)? {
            return Ok(false);
        }
        let Some(band) = Band::of(self.sound.codec()) else {
            self.feed.skip(sample.len);
            self.frames = self.frames.saturating_add(1);
            return Ok(self.parts.packet(sample.len));
        };
        self.sample.clear();
        self.feed.take(sample.len, &mut self.sample)?;
        Ok(self.amr_frames(band))
    }

    /// Cuts a sample of AMR into its frames; it must end with one.
    fn amr_frames(&mut self, band: Band) -> bool {
        let mut at = 0usize;
        while let Some(toc) = self.sample.get(at) {
            let Some(len) = band.frame_len(*toc) else { return false };
            at = at.saturating_add(len);
            if at > self.sample.len() || !self.parts.packet(len as u64) {
                return false;
            }
            self.frames = self.frames.saturating_add(1);
        }
        true
    }

    /// Takes what lies before a fragment and reads it, to be taken as what lies before its samples.
    fn fragment(&mut self, top: &Top) -> Result<Option<Vec<u8>>, CarveError> {
        if top.len > MAX_FRAGMENT || !self.aside_to(top.start)? {
            return Ok(None);
        }
        let bytes = self.feed.peek(top.len as usize)?;
        Ok(bytes.get(top.head as usize..).map(<[u8]>::to_vec))
    }

    fn finish(mut self, config: &[u8], len: u64) -> Scanned {
        if !self.clock.plays_all(self.frames) || !self.aside_to(len)? {
            return Ok(None);
        }
        Ok(self.parts.finish(self.sound, self.frames, config, len))
    }
}
