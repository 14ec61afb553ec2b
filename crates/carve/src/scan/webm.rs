//! Opus in WebM and Matroska (RFC 9559, EBML: RFC 8794): elements front to back, frames out of their blocks.
//!
//! Keeps: one segment with one track, of sound; masters of known size are filled exactly, those of unknown size end
//! where the format says; a size that lies makes the source `chunk-v1`.
//! Does not know: packets, or what tags say.

use super::ebml::{self, Element, number, unsigned};
use super::feed::Feed;
use super::grid::Cells;
use super::parts::{Parts, Scanned};
use super::step::MAX_PIECE;
use crate::CarveError;
use crate::sound::Codec;
use std::io::{Read, Seek};

/// Longest header element that is looked into, in bytes: EBML header, Info, Tracks.
const MAX_HEADER: u64 = 64 * 1024;
/// Longest element that may be cut off at the end of the file, in bytes: one block.
const MAX_TORN: u64 = 64 * 1024;
/// Nanoseconds of a timestamp, unless Info says another number.
const DEFAULT_SCALE: u64 = 1_000_000;
/// Track type "audio".
const AUDIO: u64 = 2;

const EBML: u32 = 0x1a45_dfa3;
const DOC_TYPE: u32 = 0x4282;
const SEGMENT: u32 = 0x1853_8067;
const INFO: u32 = 0x1549_a966;
const TIMESTAMP_SCALE: u32 = 0x2a_d7b1;
const TRACKS: u32 = 0x1654_ae6b;
const TRACK_ENTRY: u32 = 0xae;
const TRACK_NUMBER: u32 = 0xd7;
const TRACK_TYPE: u32 = 0x83;
const TRACK_SCALE: u32 = 0x23_314f;
const CODEC_ID: u32 = 0x86;
const CODEC_PRIVATE: u32 = 0x63a2;
const CONTENT_ENCODINGS: u32 = 0x6d80;
const CLUSTER: u32 = 0x1f43_b675;
const TIMESTAMP: u32 = 0xe7;
const SIMPLE_BLOCK: u32 = 0xa3;
const BLOCK_GROUP: u32 = 0xa0;
const BLOCK: u32 = 0xa1;
const DISCARD_PADDING: u32 = 0x75a2;
const ENCRYPTED_BLOCK: u32 = 0xaf;
const SEEK_HEAD: u32 = 0x114d_9b74;
const CUES: u32 = 0x1c53_bb6b;
const CHAPTERS: u32 = 0x1043_a770;
const ATTACHMENTS: u32 = 0x1941_a469;
const TAGS: u32 = 0x1254_c367;

/// Takes Opus in WebM or Matroska apart.
pub(crate) fn scan<R: Read + Seek>(src: &mut R, len: u64) -> Scanned {
    let mut feed = Feed::new(src, 0, len);
    let mut file = File::new();
    loop {
        file.close(feed.at());
        if feed.left() == 0 {
            break;
        }
        let is_taken = match Element::parse(feed.peek(ebml::MAX_HEAD)?) {
            Some(found) => file.take(&mut feed, found)?,
            None => feed.left() < ebml::MAX_HEAD as u64 && file.torn(&mut feed)?,
        };
        if !is_taken {
            return Ok(None);
        }
    }
    let File { cells, parts, .. } = file;
    Ok(cells.and_then(|cells| cells.finish(parts, len)))
}

/// A master that is open: where it ends, if it says so.
#[derive(Clone, Copy)]
struct Master {
    id: u32,
    end: Option<u64>,
}

struct File {
    parts: Parts,
    cells: Option<Cells>,
    /// From the outside in: segment, cluster, block group.
    open: Vec<Master>,
    /// Whether the header, the segment, and a cluster have begun.
    has_header: bool,
    has_segment: bool,
    has_cluster: bool,
    scale: u64,
    track: u64,
    /// Of the cluster.
    timestamp: Option<u64>,
}

impl File {
    fn new() -> Self {
        Self {
            parts: Parts::of_opus(),
            cells: None,
            open: Vec::new(),
            has_header: false,
            has_segment: false,
            has_cluster: false,
            scale: DEFAULT_SCALE,
            track: 0,
            timestamp: None,
        }
    }

    /// Closes the masters that end here.
    fn close(&mut self, at: u64) {
        while self.open.last().is_some_and(|master| master.end == Some(at)) {
            self.open.pop();
        }
    }

    /// Takes the element at the feed's place; false if the profile can't hold the file.
    fn take<R: Read + Seek>(&mut self, feed: &mut Feed<'_, R>, found: Element) -> Result<bool, CarveError> {
        // A cluster of unknown size ends before whatever is no part of one.
        if is_top(found.id) && self.open.last().is_some_and(|master| master.id == CLUSTER && master.end.is_none()) {
            self.open.pop();
        }
        let inside = self.open.last().copied();
        let body = feed.at().saturating_add(found.head);
        let end = found.size.and_then(|size| body.checked_add(size));
        let limit = self.open.iter().filter_map(|master| master.end).min().unwrap_or(u64::MAX);
        if end.unwrap_or(body) > limit {
            return Ok(false);
        }
        if is_master(found.id) {
            let fits = match found.id {
                SEGMENT => inside.is_none() && self.has_header && !self.has_segment,
                CLUSTER => inside.is_some_and(|master| master.id == SEGMENT) && self.cells.is_some(),
                _ => inside.is_some_and(|master| master.id == CLUSTER) && end.is_some(),
            };
            if !fits || (found.size.is_some() && end.is_none()) {
                return Ok(false);
            }
            self.has_segment |= found.id == SEGMENT;
            if found.id == CLUSTER {
                (self.has_cluster, self.timestamp) = (true, None);
            }
            self.open.push(Master { id: found.id, end });
            return self.parts.literal_from(feed, found.head);
        }
        let Some(whole) = found.size.and_then(|size| size.checked_add(found.head)) else { return Ok(false) };
        if whole > feed.left() {
            return self.torn(feed);
        }
        match (inside.map(|master| master.id), found.id) {
            (None, EBML) => self.header(feed, found, whole),
            (None, _) => Ok(false),
            (Some(SEGMENT), id) => self.top(feed, found, whole, id),
            (Some(CLUSTER), SIMPLE_BLOCK) | (Some(BLOCK_GROUP), BLOCK) => self.block(feed, found, whole),
            (Some(_), SIMPLE_BLOCK | BLOCK | ENCRYPTED_BLOCK) => Ok(false),
            (Some(inside), id) => self.small(feed, found, whole, inside, id),
        }
    }

    /// The EBML header.
    fn header<R: Read + Seek>(
        &mut self,
        feed: &mut Feed<'_, R>,
        found: Element,
        whole: u64,
    ) -> Result<bool, CarveError> {
        if self.has_header || whole > MAX_HEADER {
            return Ok(false);
        }
        let body = body(feed, found, whole)?;
        let is_ours = ebml::children(body).is_some_and(|all| {
            all.iter().any(|(id, value)| *id == DOC_TYPE && matches!(ebml::text(value), b"webm" | b"matroska"))
        });
        self.has_header = true;
        Ok(is_ours && self.parts.literal_from(feed, whole)?)
    }

    /// An element of the segment.
    fn top<R: Read + Seek>(
        &mut self,
        feed: &mut Feed<'_, R>,
        found: Element,
        whole: u64,
        id: u32,
    ) -> Result<bool, CarveError> {
        match id {
            INFO | TRACKS => {
                if whole > MAX_HEADER || self.has_cluster {
                    return Ok(false);
                }
                let bytes = body(feed, found, whole)?;
                let children = ebml::children(bytes);
                let is_read = children.is_some_and(|children| match id {
                    INFO => self.info(&children),
                    _ => self.tracks(&children),
                });
                Ok(is_read && self.parts.meta_from(feed, whole)?)
            }
            CHAPTERS | ATTACHMENTS | TAGS => self.parts.meta_from(feed, whole),
            EBML => Ok(false),
            _ => self.parts.literal_from(feed, whole),
        }
    }

    fn info(&mut self, children: &[(u32, &[u8])]) -> bool {
        let scales = children.iter().filter(|(id, _)| *id == TIMESTAMP_SCALE);
        for (_, value) in scales {
            match unsigned(value).filter(|scale| *scale > 0) {
                Some(scale) => self.scale = scale,
                None => return false,
            }
        }
        true
    }

    /// Tracks: exactly one, of Opus, not packed further.
    fn tracks(&mut self, children: &[(u32, &[u8])]) -> bool {
        let read = || {
            let mut tracks = children.iter().filter(|(id, _)| *id == TRACK_ENTRY);
            let (_, entry) = tracks.next()?;
            let fields = ebml::children(entry).filter(|_| tracks.next().is_none())?;
            let one = |wanted: u32| {
                let mut all = fields.iter().filter(|(id, _)| *id == wanted).map(|(_, value)| *value);
                all.next().filter(|_| all.next().is_none())
            };
            let has = |unwanted: u32| fields.iter().any(|(id, _)| *id == unwanted);
            let is_opus = unsigned(one(TRACK_TYPE)?)? == AUDIO && ebml::text(one(CODEC_ID)?) == b"A_OPUS";
            (is_opus && !has(CONTENT_ENCODINGS) && !has(TRACK_SCALE)).then_some(())?;
            Some((unsigned(one(TRACK_NUMBER)?)?, Cells::opus(Codec::WebmOpus, one(CODEC_PRIVATE)?)?))
        };
        match read().filter(|_| self.cells.is_none()) {
            Some((track, cells)) => {
                (self.track, self.cells) = (track, Some(cells));
                true
            }
            None => false,
        }
    }

    /// An element of a cluster or block group that is no block.
    fn small<R: Read + Seek>(
        &mut self,
        feed: &mut Feed<'_, R>,
        found: Element,
        whole: u64,
        inside: u32,
        id: u32,
    ) -> Result<bool, CarveError> {
        if matches!((inside, id), (CLUSTER, TIMESTAMP) | (BLOCK_GROUP, DISCARD_PADDING)) {
            let bytes = if whole > MAX_HEADER { &[0; 9] } else { body(feed, found, whole)? };
            // Sound that is not to be played at the start has a sign.
            let is_negative = id == DISCARD_PADDING && bytes.first().is_some_and(|byte| byte & 0x80 != 0);
            let Some(value) = unsigned(bytes).filter(|_| !is_negative) else { return Ok(false) };
            let fits = match id {
                TIMESTAMP => self.timestamp.replace(value).is_none(),
                _ => self.cells.as_mut().is_some_and(|cells| cells.is_discarded(value)),
            };
            if !fits {
                return Ok(false);
            }
        }
        self.parts.literal_from(feed, whole)
    }

    /// A block: its header and lacing are literal, its frames are packets.
    fn block<R: Read + Seek>(
        &mut self,
        feed: &mut Feed<'_, R>,
        found: Element,
        whole: u64,
    ) -> Result<bool, CarveError> {
        let Some(len) = usize::try_from(whole).ok().filter(|len| *len <= MAX_PIECE) else { return Ok(false) };
        let bytes = feed.peek(len)?;
        let (Some(cells), Some(timestamp)) = (&mut self.cells, self.timestamp) else { return Ok(false) };
        let Some(block) = Block::parse(bytes.get(found.head as usize..).unwrap_or_default()) else { return Ok(false) };
        let nanos = timestamp.checked_add_signed(i64::from(block.time)).and_then(|time| time.checked_mul(self.scale));
        if block.track != self.track || !nanos.is_some_and(|nanos| cells.is_from(nanos)) {
            return Ok(false);
        }
        let before = found.head as usize + block.head;
        let Some((header, mut rest)) = bytes.split_at_checked(before) else { return Ok(false) };
        if !self.parts.literal(header) {
            return Ok(false);
        }
        for len in block.frames {
            let Some((packet, after)) = rest.split_at_checked(len) else { return Ok(false) };
            rest = after;
            if !cells.packet(packet, &mut self.parts) || !self.parts.packet(len as u64) {
                return Ok(false);
            }
        }
        let is_all = rest.is_empty();
        feed.skip(whole);
        Ok(is_all)
    }

    /// Takes what is left as an element that was cut off; false if it is too long for that.
    fn torn<R: Read + Seek>(&mut self, feed: &mut Feed<'_, R>) -> Result<bool, CarveError> {
        let left = feed.left();
        Ok(left <= MAX_TORN && self.has_cluster && self.parts.literal_from(feed, left)?)
    }
}

/// The body of an element that is bounded.
fn body<'a, R: Read + Seek>(feed: &'a mut Feed<'_, R>, found: Element, whole: u64) -> Result<&'a [u8], CarveError> {
    let bytes = feed.peek(usize::try_from(whole).unwrap_or(usize::MAX))?;
    Ok(bytes.get(found.head as usize..).unwrap_or_default())
}

fn is_master(id: u32) -> bool {
    matches!(id, SEGMENT | CLUSTER | BLOCK_GROUP)
}

/// Whether an element stands in the segment, or is one: it ends a cluster of unknown size.
fn is_top(id: u32) -> bool {
    matches!(id, EBML | SEGMENT | SEEK_HEAD | INFO | TRACKS | CLUSTER | CUES | CHAPTERS | ATTACHMENTS | TAGS)
}

/// The header of a block.
struct Block {
    track: u64,
    /// Timestamps after the cluster's.
    time: i16,
    /// Bytes before the first frame.
    head: usize,
    /// Lengths of the frames.
    frames: Vec<usize>,
}

impl Block {
    /// Reads a block (RFC 9559 §10): track, time, flags, and the lengths of laced frames.
    fn parse(bytes: &[u8]) -> Option<Self> {
        let (track, used) = number(bytes)?;
        let rest = bytes.get(used..)?;
        let (fixed, rest) = rest.split_first_chunk::<3>()?;
        let [high, low, flags] = *fixed;
        // An invisible frame is decoded and not heard.
        let is_invisible = flags & 0x08 != 0;
        let (lacing, frames) = match flags >> 1 & 3 {
            0 => (0, vec![rest.len()]),
            kind => lace(kind, rest)?,
        };
        let head = used + fixed.len() + lacing;
        (!is_invisible).then_some(Self { track, time: i16::from_be_bytes([high, low]), head, frames })
    }
}

/// The bytes of a lacing and the lengths of its frames: 1 as Xiph does, 2 all alike, 3 as EBML numbers.
fn lace(kind: u8, bytes: &[u8]) -> Option<(usize, Vec<usize>)> {
    let (&more, body) = bytes.split_first()?;
    let mut rest = body;
    let mut frames: Vec<usize> = Vec::with_capacity(usize::from(more) + 1);
    match kind {
        1 => {
            for _ in 0..more {
                let longs = rest.iter().take_while(|byte| **byte == 255).count();
                frames.push(longs * 255 + usize::from(*rest.get(longs)?));
                rest = rest.get(longs + 1..)?;
            }
        }
        2 => {
            let count = usize::from(more) + 1;
            (rest.len() % count == 0).then_some(())?;
            return Some((1, vec![rest.len() / count; count]));
        }
        _ => {
            for _ in 0..more {
                let (value, used) = number(rest)?;
                let len = match frames.last() {
                    None => i64::try_from(value).ok()?,
                    Some(before) => i64::try_from(*before).ok()?.checked_add(ebml::signed(value, used)?)?,
                };
                frames.push(usize::try_from(len).ok()?);
                rest = rest.get(used..)?;
            }
        }
    }
    let told = frames.iter().try_fold(0usize, |sum, len| sum.checked_add(*len))?;
    frames.push(rest.len().checked_sub(told)?);
    Some((1 + body.len() - rest.len(), frames))
}
