//! Sorting a source into packets, META and literal bytes, front to back.
//!
//! Keeps: each byte is given once, in file order; what stands outside the packets is bounded; at the end the bytes given
//! are the source's length.
//! Does not know: any codec; the scanners tell it what they found.

use super::feed::Feed;
use super::table::{Table, TableBuilder};
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
        Self {
            meta: Vec::new(),
            literal: Vec::new(),
            packing: Packing::default(),
            table: TableBuilder::new(is_on_grid),
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

    /// Ends a cell with the packets that ended since the last cell's end; it may have none.
    pub(crate) fn end_cell(&mut self) -> bool {
        self.table.end_cell()
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
