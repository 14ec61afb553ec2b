//! Sorting a source into packets, META and literal bytes, front to back.
//!
//! Keeps: each byte is given once, in file order; what stands outside the packets is bounded; at the end the bytes given
//! are the source's length.
//! Does not know: any codec; the scanners tell it what they found.

use super::feed::Feed;
use super::table::{Leaves, Table, TableBuilder};
use crate::packing::{Kind, MAX_RECORDS, Packing};
use crate::profile::{Profile, Shape};
use crate::sound::Sound;
use crate::{CarveError, config};
use std::io::{Read, Seek};

/// Most bytes of compressed sound outside its packets, META and literals together; more make the source `chunk-v1`.
/// Three hours of packets of 20 ms with 40 bytes of headers each take 21 MB, and leave room for pictures.
pub const MAX_ASIDE_OF_SOUND: u64 = 32 << 20;

/// A recording of compressed sound, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) shape: Shape,
    pub(crate) cfg: Vec<u8>,
    pub(crate) meta: Vec<u8>,
    pub(crate) container: Vec<u8>,
    pub(crate) table: Table,
}

/// What a scanner answers: none if the source is not its kind, or not exactly.
pub(crate) type Scanned = Result<Option<Found>, CarveError>;

/// A source that is being sorted. Every method answers whether the limits hold; past one the source is `chunk-v1`.
pub(crate) struct Parts {
    meta: Vec<u8>,
    literal: Vec<u8>,
    packing: Packing,
    table: TableBuilder,
    /// Bytes given so far.
    given: u64,
    /// Bytes of the packet that has begun.
    begun: u64,
}

impl Parts {
    /// Nothing yet. On the grid, leaves are ended by [`Parts::end_cell`]; else each packet is a leaf.
    pub(crate) fn new(is_on_grid: bool) -> Self {
        Self::of(if is_on_grid { Leaves::Cells } else { Leaves::Packets })
    }

    /// Nothing yet, of packets of Opus: on the grid, padding apart.
    pub(crate) fn of_opus() -> Self {
        Self::of(Leaves::OpusCells)
    }

    fn of(kind: Leaves) -> Self {
        Self {
            meta: Vec::new(),
            literal: Vec::new(),
            packing: Packing::default(),
            table: TableBuilder::new(kind),
            given: 0,
            begun: 0,
        }
    }

    /// Bytes that META and literals may still take.
    pub(crate) fn room(&self) -> u64 {
        let held = (self.meta.len() as u64).saturating_add(self.literal.len() as u64);
        MAX_ASIDE_OF_SOUND.saturating_sub(held)
    }

    /// Bytes for META.
    pub(crate) fn meta(&mut self, bytes: &[u8]) -> bool {
        self.aside(Kind::Meta, bytes)
    }

    /// Literal bytes.
    pub(crate) fn literal(&mut self, bytes: &[u8]) -> bool {
        self.aside(Kind::Literal, bytes)
    }

    fn aside(&mut self, kind: Kind, bytes: &[u8]) -> bool {
        let len = bytes.len() as u64;
        if len > self.room() {
            return false;
        }
        if kind == Kind::Literal { &mut self.literal } else { &mut self.meta }.extend_from_slice(bytes);
        self.packing.aside(kind, len);
        self.given = self.given.saturating_add(len);
        self.packing.runs() < MAX_RECORDS
    }

    /// The next `len` bytes of the feed, for META.
    pub(crate) fn meta_from<R: Read + Seek>(&mut self, feed: &mut Feed<'_, R>, len: u64) -> Result<bool, CarveError> {
        self.aside_from(Kind::Meta, feed, len)
    }

    /// The next `len` bytes of the feed, as literal bytes.
    pub(crate) fn literal_from<R: Read + Seek>(
        &mut self,
        feed: &mut Feed<'_, R>,
        len: u64,
    ) -> Result<bool, CarveError> {
        self.aside_from(Kind::Literal, feed, len)
    }

    fn aside_from<R: Read + Seek>(&mut self, kind: Kind, feed: &mut Feed<'_, R>, len: u64) -> Result<bool, CarveError> {
        if len > self.room() || len > feed.left() {
            return Ok(false);
        }
        feed.take(len, if kind == Kind::Literal { &mut self.literal } else { &mut self.meta })?;
        self.packing.aside(kind, len);
        self.given = self.given.saturating_add(len);
        Ok(self.packing.runs() < MAX_RECORDS)
    }

    /// Bytes of a packet that goes on behind what follows (a page's header).
    pub(crate) fn part(&mut self, bytes: u64) -> bool {
        self.packing.part(bytes);
        self.begun = self.begun.saturating_add(bytes);
        self.given = self.given.saturating_add(bytes);
        self.packing.runs() < MAX_RECORDS
    }

    /// The last `bytes` of a packet: all of it where none has begun, 0 where it ended with its last part. A packet
    /// without any byte is refused.
    pub(crate) fn packet(&mut self, bytes: u64) -> bool {
        let len = self.begun.saturating_add(bytes);
        self.begun = 0;
        self.given = self.given.saturating_add(bytes);
        self.packing.end();
        self.table.packet(len) && self.packing.runs() < MAX_RECORDS
    }

    /// Ends a cell with the packets that ended since the last cell's end; it may have none. The first begins `first`
    /// samples behind the cell's start.
    pub(crate) fn end_cell(&mut self, first: u64) -> bool {
        self.table.end_cell(first)
    }

    /// How many leaves have packets so far.
    pub(crate) fn leaves(&self) -> u64 {
        self.table.leaves()
    }

    /// The recording, if the parts are the whole source of `len` bytes. `ticks` as the profile counts them.
    pub(crate) fn finish(self, sound: Sound, ticks: u64, config: &[u8], len: u64) -> Option<Found> {
        if self.given != len || self.begun > 0 || config.len() > config::MAX_CONFIG {
            return None;
        }
        let shape = Shape::of_ticks(Profile::Sound(sound), ticks).ok()?;
        let packets = shape.packets();
        let count = packets.end.saturating_sub(packets.start);
        if count != self.table.leaves() || count == 0 {
            return None;
        }
        let container = self.packing.finish(&self.literal);
        let table = self.table.finish(&container)?;
        Some(Found { shape, cfg: config::encode(sound, count, config), meta: self.meta, container, table })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::Parts;
    use crate::scan::feed::Feed;
    use crate::scan::table::Place;
    use crate::{CarveError, Codec, Sound, reassemble};
    use proptest::prelude::*;
    use std::io::Cursor;

    /// A piece of a made-up file.
    #[derive(Clone, Debug)]
    enum Piece {
        Meta(usize),
        Literal(usize),
        Part(usize),
        End(usize),
    }

    fn pieces() -> impl Strategy<Value = Vec<Piece>> {
        let piece = prop_oneof![
            (1usize..5).prop_map(Piece::Meta),
            (1usize..3).prop_map(Piece::Literal),
            (1usize..300).prop_map(Piece::Part),
            (0usize..300).prop_map(Piece::End),
        ];
        // Repeated, so that there are runs.
        (prop::collection::vec(piece, 1..12), 1usize..400)
            .prop_map(|(some, times)| some.iter().cycle().take(some.len() * times).cloned().collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

        /// Packets that run across headers are read forward and at random as they were given, and come back in their
        /// places.
        #[test]
        fn packets_across_headers(pieces in pieces()) {
            let mut parts = Parts::new(false);
            let (mut file, mut leaves, mut open) = (Vec::new(), Vec::new(), Vec::new());
            let mut bytes = (0u32..).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8);
            for piece in pieces.into_iter().chain([Piece::End(1)]) {
                let (Piece::Meta(len) | Piece::Literal(len) | Piece::Part(len) | Piece::End(len)) = piece;
                let new: Vec<u8> = bytes.by_ref().take(len).collect();
                file.extend_from_slice(&new);
                if matches!(piece, Piece::Part(_) | Piece::End(_)) {
                    open.extend_from_slice(&new);
                }
                let fits = match piece {
                    Piece::Meta(_) => parts.meta(&new),
                    Piece::Literal(_) => parts.literal(&new),
                    Piece::Part(_) => parts.part(len as u64),
                    // A packet without any byte is refused; here it is none.
                    Piece::End(_) if open.is_empty() => true,
                    Piece::End(_) => {
                        leaves.push(std::mem::take(&mut open));
                        parts.packet(len as u64)
                    }
                };
                prop_assert!(fits);
            }
            let sound = Sound::new(Codec::Mp4Aac, 1_024, 48_000, 2).unwrap();
            let found = parts.finish(sound, leaves.len() as u64, &[], file.len() as u64).unwrap();
            let mut src = Cursor::new(&file);
            let mut out = Vec::new();
            let mut place = Place::default();
            let mut feed = Feed::new(&mut src, 0, file.len() as u64);
            for leaf in &leaves {
                found.table.read_leaf(&found.container, &mut feed, &mut place, &mut out).unwrap();
                prop_assert_eq!(&out, leaf);
            }
            for number in [0, leaves.len() / 2, leaves.len() - 1] {
                let (mut place, skip) = found.table.mark(number as u64).unwrap();
                (0..skip).for_each(|_| found.table.pass(&found.container, &mut place).unwrap());
                let mut feed = Feed::near(&mut src, place.at(), file.len() as u64);
                found.table.read_leaf(&found.container, &mut feed, &mut place, &mut out).unwrap();
                prop_assert_eq!(&out, &leaves[number]);
            }
            let all = [vec![Vec::new()], leaves, vec![found.meta, found.container]].concat();
            let mut back = Vec::new();
            let read = |index: u64, leaf: &mut Vec<u8>| -> Result<(), CarveError> {
                leaf.clear();
                leaf.extend_from_slice(&all[index as usize]);
                Ok(())
            };
            reassemble(found.shape, read, &mut back).unwrap();
            prop_assert!(back == file);
        }
    }
}
