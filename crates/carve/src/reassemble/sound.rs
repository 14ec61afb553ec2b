//! Putting compressed sound together again: META, literal bytes and packets as the container's records say.
//!
//! Keeps: streams; one leaf in memory beside META and container; every byte of every leaf is used exactly once.
//! Does not know: what a packet is, but for its look.

use super::put;
use crate::CarveError;
use crate::cell::Cell;
use crate::packing::{Unpacking, read_run};
use crate::profile::Shape;
use crate::scan::padding::PaddingReader;
use crate::scan::parts::MAX_ASIDE_OF_SOUND;
use crate::scan::sound::is_leaf;
use crate::sound::Codec;
use crate::sound::Sound;
use std::io::Write;
use std::ops::Range;

/// Writes the source of a recording of compressed sound.
pub(super) fn recording<W: Write, E: From<CarveError>>(
    shape: Shape,
    sound: Sound,
    read_leaf: &mut impl FnMut(u64, &mut Vec<u8>) -> Result<(), E>,
    out: &mut W,
) -> Result<u64, E> {
    let (container, meta_at) = (shape.container().unwrap_or(0), shape.meta().unwrap_or(0));
    let bad = |what| CarveError::BadLeaf { index: container, what };
    let mut leaf = Vec::new();
    read_leaf(container, &mut leaf)?;
    let map = Unpacking::decode(&leaf).map_err(bad)?;
    let mut meta = Vec::new();
    read_leaf(meta_at, &mut meta)?;
    if (meta.len() as u64).saturating_add(map.literal.len() as u64) > MAX_ASIDE_OF_SOUND {
        return Err(bad("more outside the packets than there may be").into());
    }
    let (padding, mut meta) = match sound.codec() {
        Codec::OggOpus | Codec::WebmOpus => PaddingReader::split(&meta).ok_or_else(|| bad_padding(meta_at))?,
        _ => (PaddingReader::none(), meta.as_slice()),
    };
    let (mut literal, mut records) = (map.literal, map.records);
    let mut packets = Packets::new(shape, sound, padding);
    let mut written = 0u64;
    while let Some((count, record, used)) = read_run(records) {
        records = records.get(used..).unwrap_or_default();
        for _ in 0..count {
            let asides = (split(&mut literal, record.literal), split(&mut meta, record.meta));
            let (Some(from_literal), Some(from_meta)) = asides else {
                return Err(bad("more bytes than there are").into());
            };
            written = put(out, from_literal, written)?;
            written = put(out, from_meta, written)?;
            for _ in 0..record.ends {
                written = put(out, packets.take(read_leaf, None)?, written)?;
            }
            if record.part > 0 {
                written = put(out, packets.take(read_leaf, Some(record.part))?, written)?;
            }
        }
    }
    if !literal.is_empty() || !meta.is_empty() || packets.has_more(read_leaf)? || !packets.padding.is_done() {
        return Err(bad("bytes are left over").into());
    }
    Ok(written)
}

fn bad_padding(meta: u64) -> CarveError {
    CarveError::BadLeaf { index: meta, what: "the padding is not of these packets" }
}

/// Splits `count` bytes off the front, if there are so many.
fn split<'a>(rest: &mut &'a [u8], count: u64) -> Option<&'a [u8]> {
    let (front, back) = rest.split_at_checked(usize::try_from(count).ok()?)?;
    *rest = back;
    Some(front)
}

/// The packets, leaf by leaf, as they stood in the source.
struct Packets<'a> {
    shape: Shape,
    sound: Sound,
    /// The next leaf to read.
    next: u64,
    leaf: Vec<u8>,
    /// What was padding in them.
    padding: PaddingReader<'a>,
    /// Where the packets of the leaf stand that are not used up; the first may have begun.
    waiting: std::vec::IntoIter<Range<usize>>,
    begun: Option<Range<usize>>,
}

impl<'a> Packets<'a> {
    fn new(shape: Shape, sound: Sound, padding: PaddingReader<'a>) -> Self {
        let waiting = Vec::new().into_iter();
        Self { shape, sound, next: shape.packets().start, leaf: Vec::new(), padding, waiting, begun: None }
    }

    /// Whether there is a packet that has not ended.
    fn has_more<E: From<CarveError>>(
        &mut self,
        read_leaf: &mut impl FnMut(u64, &mut Vec<u8>) -> Result<(), E>,
    ) -> Result<bool, E> {
        while self.begun.is_none() {
            if let Some(range) = self.waiting.next() {
                self.begun = Some(range);
            } else if self.next >= self.shape.packets().end {
                return Ok(false);
            } else {
                self.read(read_leaf)?;
            }
        }
        Ok(true)
    }

    fn read<E: From<CarveError>>(
        &mut self,
        read_leaf: &mut impl FnMut(u64, &mut Vec<u8>) -> Result<(), E>,
    ) -> Result<(), E> {
        let index = self.next;
        let bad = CarveError::BadLeaf { index, what: "not a leaf of its profile" };
        self.leaf.clear();
        read_leaf(index, &mut self.leaf)?;
        let number = index.saturating_sub(self.shape.packets().start);
        let ticks = self.shape.ticks_of(index).unwrap_or(0);
        let ranges = if !is_leaf(self.sound, number, ticks, &self.leaf) {
            None
        } else if self.sound.is_on_grid() {
            self.pad_cell()
        } else {
            Some(std::iter::once(0..self.leaf.len()).collect())
        };
        self.waiting = ranges.ok_or(bad)?.into_iter();
        self.next = self.next.saturating_add(1);
        Ok(())
    }

    /// Puts the padding of a cell's packets back, and answers where they stand now.
    fn pad_cell(&mut self) -> Option<Vec<Range<usize>>> {
        let ranges = Cell::decode(&self.leaf)?.ranges;
        if self.padding.is_done() {
            return Some(ranges);
        }
        let mut padded = Vec::with_capacity(self.leaf.len());
        let mut places = Vec::with_capacity(ranges.len());
        for range in ranges {
            let mut packet = self.leaf.get(range)?.to_vec();
            self.padding.pad(&mut packet)?;
            let from = padded.len();
            padded.append(&mut packet);
            places.push(from..padded.len());
        }
        self.leaf = padded;
        Some(places)
    }

    /// The rest of the packet, or the next bytes of it.
    fn take<E: From<CarveError>>(
        &mut self,
        read_leaf: &mut impl FnMut(u64, &mut Vec<u8>) -> Result<(), E>,
        part: Option<u64>,
    ) -> Result<&[u8], E> {
        let has_more = self.has_more(read_leaf)?;
        let bad =
            CarveError::BadLeaf { index: self.shape.container().unwrap_or(0), what: "more packets than there are" };
        let Some(range) = self.begun.take().filter(|_| has_more) else { return Err(bad.into()) };
        let Some(part) = part else {
            return Ok(self.leaf.get(range).unwrap_or_default());
        };
        let end = usize::try_from(part).ok().and_then(|part| range.start.checked_add(part));
        let Some(end) = end.filter(|end| *end <= range.end) else { return Err(bad.into()) };
        self.begun = Some(end..range.end);
        Ok(self.leaf.get(range.start..end).unwrap_or_default())
    }
}
