//! A cell of the 100 ms grid: the payload of a leaf whose packets differ in duration.
//!
//! Keeps: a cell is a deterministic CBOR array: samples from its start to its first packet, then the packets as byte
//! strings in their order; none is empty; a cell without packets is an empty array.
//! Does not know: what a packet is.

use std::ops::Range;

/// Most samples from a cell's start to its first packet: more than any cell has, so that no stand-in runs on and on.
pub(crate) const MAX_FIRST: u64 = 1 << 18;

/// Appends the head of a cell of so many packets, the first of which begins `first` samples behind its start.
pub(crate) fn begin(packets: u64, first: u64, out: &mut Vec<u8>) {
    let mut enc = minicbor::Encoder::new(out);
    // Writing into a Vec cannot fail.
    let _ = match packets {
        0 => enc.array(0).map(|_| ()),
        _ => enc.array(packets.saturating_add(1)).and_then(|e| e.u64(first)).map(|_| ()),
    };
}

/// Appends a packet.
pub(crate) fn push(packet: &[u8], out: &mut Vec<u8>) {
    let _ = minicbor::Encoder::new(out).bytes(packet);
}

/// A cell, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cell<'a> {
    payload: &'a [u8],
    /// Samples from the cell's start to its first packet; 0 where there is none.
    pub(crate) first: u64,
    /// Where the packets stand in the payload.
    pub(crate) ranges: Vec<Range<usize>>,
}

impl<'a> Cell<'a> {
    /// Reads a cell strictly.
    pub(crate) fn decode(payload: &'a [u8]) -> Option<Self> {
        let mut dec = minicbor::Decoder::new(payload);
        let items = dec.array().ok()??;
        let first = if items > 0 { dec.u64().ok().filter(|first| *first <= MAX_FIRST)? } else { 0 };
        let packets = items.saturating_sub(1);
        let mut again = Vec::with_capacity(payload.len());
        begin(packets, first, &mut again);
        let mut ranges = Vec::new();
        for _ in 0..packets {
            let packet = dec.bytes().ok().filter(|packet| !packet.is_empty())?;
            let end = dec.position();
            ranges.push(end.checked_sub(packet.len())?..end);
            push(packet, &mut again);
        }
        (again == payload).then_some(Self { payload, first, ranges })
    }

    /// The packets.
    pub(crate) fn packets(&self) -> impl Iterator<Item = &'a [u8]> {
        self.ranges.iter().map(|range| self.payload.get(range.clone()).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::Cell;

    #[test]
    fn cells_have_one_spelling() {
        assert_eq!(Cell::decode(&[0x80]).map(|cell| (cell.first, cell.ranges.len())), Some((0, 0)));
        let cell = Cell::decode(&[0x83, 0x18, 24, 0x41, 7, 0x42, 8, 9]);
        let packets = cell.map(|cell| (cell.first, cell.packets().map(<[u8]>::to_vec).collect()));
        assert_eq!(packets, Some((24, vec![vec![7], vec![8, 9]])));
        let refused: [&[u8]; 9] = [
            &[],
            &[0x81, 0],
            &[0x82, 0, 0x40],
            &[0x82, 0x18, 0, 0x41, 7],
            &[0x82, 0, 0x58, 1, 7],
            &[0x98, 2, 0, 0x41, 7],
            &[0x82, 0, 0x41],
            &[0x82, 0, 0x41, 7, 0],
            &[0x9f, 0, 0x41, 7, 0xff],
        ];
        assert!(refused.iter().all(|payload| Cell::decode(payload).is_none()));
    }
}
