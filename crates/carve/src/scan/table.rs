//! Where the packets of compressed sound lie in the source, for reading leaves forward and at random.
//!
//! Keeps: at most three bytes for the length of a packet, six for a cell, and one mark in [`MARK_EVERY`] leaves; the
//! counts are bounded, so that no source sets the memory.
//! Does not know: any codec.

use super::feed::Feed;
use super::index::MARK_EVERY;
use super::opus;
use super::step::MAX_PIECE;
use crate::packing::{Record, Unpacking, read_run};
use crate::{CarveError, cell};
use std::io::{Read, Seek};

/// Most packets of compressed sound; more make the source `chunk-v1`. 23 hours of packets of 20 ms.
pub const MAX_PACKETS: u64 = 1 << 22;
/// Most cells of the grid; more make the source `chunk-v1`. Four days.
pub const MAX_CELLS: u64 = 1 << 22;

/// What a leaf is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Leaves {
    /// A packet.
    #[default]
    Packets,
    /// A cell of packets.
    Cells,
    /// A cell of packets of Opus, without their padding.
    OpusCells,
}

/// Lengths of packets and cells, as they are found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TableBuilder {
    lens: Vec<u8>,
    counts: Vec<u8>,
    kind: Leaves,
    packets: u64,
    leaves: u64,
    /// Packets and bytes of the open cell.
    open: (u64, u64),
}

impl TableBuilder {
    pub(crate) fn new(kind: Leaves) -> Self {
        Self { kind, ..Self::default() }
    }

    /// Adds a packet; false past a limit.
    pub(crate) fn packet(&mut self, len: u64) -> bool {
        put_number(len, &mut self.lens);
        self.packets = self.packets.saturating_add(1);
        if self.kind != Leaves::Packets {
            // Nine bytes: the longest head of a byte string.
            self.open = (self.open.0.saturating_add(1), self.open.1.saturating_add(len).saturating_add(9));
        } else {
            self.leaves = self.leaves.saturating_add(1);
        }
        (1..=MAX_PIECE as u64).contains(&len) && self.packets <= MAX_PACKETS && self.open.1 <= MAX_PIECE as u64
    }

    /// Ends a cell whose first packet begins `first` samples behind its start; false past a limit.
    pub(crate) fn end_cell(&mut self, first: u64) -> bool {
        put_number(self.open.0, &mut self.counts);
        if self.open.0 > 0 {
            put_number(first, &mut self.counts);
        }
        self.open = (0, 0);
        self.leaves = self.leaves.saturating_add(1);
        self.leaves <= MAX_CELLS
    }

    pub(crate) fn leaves(&self) -> u64 {
        self.leaves
    }

    /// The table, with its marks; none if packets are left outside a cell, or the container does not place them.
    pub(crate) fn finish(self, container: &[u8]) -> Option<Table> {
        if self.open.0 > 0 {
            return None;
        }
        let mut table = Table { lens: self.lens, counts: self.counts, kind: self.kind, marks: Vec::new() };
        let unpacking = Unpacking::decode(container).ok()?;
        let mut place = Place::default();
        for leaf in 0..self.leaves {
            if leaf % MARK_EVERY == 0 {
                table.marks.push(place);
            }
            let walk = Walk { table: &table, records: unpacking.records };
            for _ in 0..walk.packets_of_leaf(&mut place)?.0 {
                walk.packet(&mut place, |_, _| Some(()))?;
            }
        }
        Some(table)
    }
}

/// Lengths of packets and cells, and marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    lens: Vec<u8>,
    counts: Vec<u8>,
    kind: Leaves,
    marks: Vec<Place>,
}

/// A place between two leaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// In the source.
    at: u64,
    /// In the records, the lengths and the counts.
    records: usize,
    lens: usize,
    counts: usize,
    /// What is left of the run of records that has begun, and of its record: ends of packets, bytes of a part.
    again: u64,
    record: Record,
    ends: u64,
    part: u64,
}

impl Table {
    /// The place before a leaf's mark, and how many leaves to pass from there.
    pub(crate) fn mark(&self, leaf: u64) -> Option<(Place, u64)> {
        let slot = usize::try_from(leaf / MARK_EVERY).ok()?;
        Some((*self.marks.get(slot)?, leaf % MARK_EVERY))
    }

    /// Reads the leaf at `place` into `out`, and goes past it.
    pub(crate) fn read_leaf<R: Read + Seek>(
        &self,
        container: &[u8],
        feed: &mut Feed<'_, R>,
        place: &mut Place,
        out: &mut Vec<u8>,
    ) -> Result<(), CarveError> {
        out.clear();
        let lost = |place: &Place| CarveError::SourceChanged { at: place.at };
        let walk = Walk { table: self, records: records_of(container) };
        let (count, first) = walk.packets_of_leaf(place).ok_or_else(|| lost(place))?;
        if self.kind != Leaves::Packets {
            cell::begin(count, first, out);
        }
        let (mut packet, mut padding) = (Vec::new(), Vec::new());
        for _ in 0..count {
            packet.clear();
            let into = if self.kind == Leaves::Packets { &mut *out } else { &mut packet };
            let mut failed = None;
            let read = walk.packet(place, |at, bytes| {
                feed.skip(at.checked_sub(feed.at())?);
                feed.take(bytes, into).map_err(|error| failed = Some(error)).ok()
            });
            if let Some(error) = failed {
                return Err(error);
            }
            read.ok_or_else(|| lost(place))?;
            if self.kind == Leaves::OpusCells {
                let parsed = opus::Packet::parse(&packet).ok_or_else(|| lost(place))?;
                parsed.strip(&mut packet, &mut padding);
            }
            if self.kind != Leaves::Packets {
                cell::push(&packet, out);
            }
        }
        Ok(())
    }

    /// Goes past the leaf at `place` without reading it.
    pub(crate) fn pass(&self, container: &[u8], place: &mut Place) -> Option<()> {
        let walk = Walk { table: self, records: records_of(container) };
        for _ in 0..walk.packets_of_leaf(place)?.0 {
            walk.packet(place, |_, _| Some(()))?;
        }
        Some(())
    }
}

/// The records of a container that this crate wrote: from behind its head; what follows them is never reached.
fn records_of(container: &[u8]) -> &[u8] {
    Unpacking::records_from(container).unwrap_or_default()
}

impl Place {
    /// Where in the source it is.
    pub(crate) fn at(&self) -> u64 {
        self.at
    }
}

struct Walk<'a> {
    table: &'a Table,
    records: &'a [u8],
}

impl Walk<'_> {
    /// How many packets the next leaf has, and where the first begins in its cell.
    fn packets_of_leaf(&self, place: &mut Place) -> Option<(u64, u64)> {
        if self.table.kind == Leaves::Packets {
            return Some((1, 0));
        }
        match number_at(&self.table.counts, &mut place.counts)? {
            0 => Some((0, 0)),
            count => Some((count, number_at(&self.table.counts, &mut place.counts)?)),
        }
    }

    /// Goes past the next packet, telling each of its parts as (offset in the source, bytes).
    fn packet(&self, place: &mut Place, mut each: impl FnMut(u64, u64) -> Option<()>) -> Option<()> {
        let mut left = number_at(&self.table.lens, &mut place.lens)?;
        loop {
            if place.ends > 0 {
                place.ends -= 1;
                if left > 0 {
                    each(place.at, left)?;
                }
                place.at = place.at.checked_add(left)?;
                return Some(());
            }
            if place.part > 0 {
                let bytes = std::mem::take(&mut place.part);
                left = left.checked_sub(bytes)?;
                each(place.at, bytes)?;
                place.at = place.at.checked_add(bytes)?;
            }
            self.next_record(place)?;
        }
    }

    fn next_record(&self, place: &mut Place) -> Option<()> {
        if place.again == 0 {
            let (count, record, used) = read_run(self.records.get(place.records..)?)?;
            place.records = place.records.checked_add(used)?;
            (place.again, place.record) = (count, record);
        }
        place.again = place.again.checked_sub(1)?;
        place.at = place.at.checked_add(place.record.literal)?.checked_add(place.record.meta)?;
        (place.ends, place.part) = (place.record.ends, place.record.part);
        Some(())
    }
}

/// Appends a number in groups of seven bits, the lowest first.
fn put_number(number: u64, out: &mut Vec<u8>) {
    let mut rest = number;
    while rest >= 0x80 {
        out.push((rest & 0x7f) as u8 | 0x80);
        rest >>= 7;
    }
    out.push(rest as u8);
}

/// Reads a number at `at` and goes past it.
fn number_at(bytes: &[u8], at: &mut usize) -> Option<u64> {
    let mut number = 0u64;
    for shift in (0..64).step_by(7) {
        let byte = *bytes.get(*at)?;
        *at = at.checked_add(1)?;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{number_at, put_number};

    #[test]
    fn numbers_come_back() {
        let numbers = [0u64, 1, 127, 128, 16_383, 16_384, 1 << 20, u64::MAX];
        let mut bytes = Vec::new();
        numbers.iter().for_each(|number| put_number(*number, &mut bytes));
        let mut at = 0;
        assert!(numbers.iter().all(|number| number_at(&bytes, &mut at) == Some(*number)));
        assert_eq!((at, number_at(&bytes, &mut at)), (bytes.len(), None));
    }
}
