//! The pages of a picture: one, but for TIFF, whose tables of fields follow one another (TIFF 6.0, section 2).
//!
//! Keeps: a chain that bites its tail ends; smaller copies of a page are no pages. Does not know: pixels.

use std::borrow::Cow;

/// Most pages.
const MAX_PAGES: usize = 2_000;
/// Bytes of a field of a table.
const FIELD: usize = 12;
/// What a page is for; its lowest bit says that it is a smaller copy of another.
const NEW_SUBFILE_TYPE: u16 = 254;

/// Where a page's table is, in a TIFF.
pub type Place = Option<u32>;

/// Its pages; at least one.
pub fn places(bytes: &[u8]) -> Vec<Place> {
    let mut all = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    let order = Order::of(bytes);
    let mut next = order.and_then(|order| order.long(bytes, 4));
    while let (Some(order), Some(at)) = (order, next) {
        if at == 0 || all.len() >= MAX_PAGES || !seen.insert(at) {
            break;
        }
        let Some(table) = order.table(bytes, at) else { break };
        if all.is_empty() || !table.is_copy {
            all.push(Some(at));
        }
        next = table.next;
    }
    if all.is_empty() { vec![None] } else { all }
}

/// The picture with this page as its first.
pub fn at(bytes: &[u8], place: Place) -> Cow<'_, [u8]> {
    let (Some(place), Some(order)) = (place, Order::of(bytes)) else { return Cow::Borrowed(bytes) };
    if order.long(bytes, 4) == Some(place) {
        return Cow::Borrowed(bytes);
    }
    let mut own = bytes.to_vec();
    let first = if order.little { place.to_le_bytes() } else { place.to_be_bytes() };
    if let Some(slot) = own.get_mut(4..8) {
        slot.copy_from_slice(&first);
    }
    Cow::Owned(own)
}

/// The order of bytes in a TIFF.
#[derive(Clone, Copy)]
struct Order {
    little: bool,
}

struct Table {
    is_copy: bool,
    next: Option<u32>,
}

impl Order {
    fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [b'I', b'I', 42, 0, ..] => Some(Self { little: true }),
            [b'M', b'M', 0, 42, ..] => Some(Self { little: false }),
            _ => None,
        }
    }

    fn short(self, bytes: &[u8], at: usize) -> Option<u16> {
        let two = *bytes.get(at..)?.first_chunk::<2>()?;
        Some(if self.little { u16::from_le_bytes(two) } else { u16::from_be_bytes(two) })
    }

    fn long(self, bytes: &[u8], at: usize) -> Option<u32> {
        let four = *bytes.get(at..)?.first_chunk::<4>()?;
        Some(if self.little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) })
    }

    fn table(self, bytes: &[u8], at: u32) -> Option<Table> {
        let start = usize::try_from(at).ok()?;
        let fields = usize::from(self.short(bytes, start)?);
        let field = |n: usize| start.checked_add(2)?.checked_add(n.checked_mul(FIELD)?);
        let is_copy = (0..fields).filter_map(field).any(|at| {
            self.short(bytes, at) == Some(NEW_SUBFILE_TYPE)
                && self.long(bytes, at + 8).is_some_and(|kind| kind & 1 == 1)
        });
        Some(Table { is_copy, next: field(fields).and_then(|end| self.long(bytes, end)) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tables of one field each: its tag and value.
    fn chain(tables: &[(u16, u32)], last: u32) -> Vec<u8> {
        let mut bytes = b"II*\0\x08\0\0\0".to_vec();
        for (n, (tag, value)) in (1u32..).zip(tables) {
            bytes.extend(1u16.to_le_bytes());
            bytes.extend(
                [&tag.to_le_bytes()[..], &4u16.to_le_bytes(), &1u32.to_le_bytes(), &value.to_le_bytes()].concat(),
            );
            let next = if n as usize == tables.len() { last } else { 8 + n * 18 };
            bytes.extend(next.to_le_bytes());
        }
        bytes
    }

    #[test]
    fn the_pages_of_a_tiff_are_found_and_no_smaller_copies() {
        let bytes = chain(&[(254, 0), (254, 1), (256, 3)], 0);
        assert_eq!(places(&bytes), [Some(8), Some(44)]);
        assert_eq!(at(&bytes, Some(44))[4..8], [44, 0, 0, 0]);
        assert_eq!(at(&bytes, Some(8)), bytes.as_slice());
        // A chain that comes back to its beginning; one that leaves the file; no TIFF.
        assert_eq!(places(&chain(&[(256, 1), (256, 2)], 8)), [Some(8), Some(26)]);
        assert_eq!(places(&chain(&[(256, 1)], 9_999)), [Some(8)]);
        assert_eq!(places(b"\x89PNG"), [None]);
        for end in 0..bytes.len() {
            assert!(!places(&bytes[..end]).is_empty());
        }
    }
}
