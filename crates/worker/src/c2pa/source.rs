//! The bytes of a source, read where they are asked for.
//!
//! Keeps: memory does not grow with the source; what lies behind its end is none. Does not know: formats.

use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;

use casemate_fence::Spool;

/// Bytes that are read at once for small questions.
const WINDOW: u64 = 16 << 10;
/// Bytes that are read at once when all of a range is wanted.
const PIECE: u64 = 256 << 10;

/// A source.
#[derive(Debug)]
pub struct Source<'a> {
    spool: &'a mut Spool,
    window: Vec<u8>,
    window_at: u64,
}

impl<'a> Source<'a> {
    /// Of what was spooled.
    pub fn of(spool: &'a mut Spool) -> Self {
        Self { spool, window: Vec::new(), window_at: 0 }
    }

    /// Bytes.
    pub fn len(&self) -> u64 {
        self.spool.len()
    }

    /// That many bytes from there, none if one is missing.
    pub fn array<const N: usize>(&mut self, at: u64) -> Option<[u8; N]> {
        if self.inside(at, N).is_none() {
            let count = WINDOW.min(self.len().checked_sub(at)?);
            self.window = self.read(at, count)?;
            self.window_at = at;
        }
        self.inside(at, N)?.try_into().ok()
    }

    fn inside(&self, at: u64, count: usize) -> Option<&[u8]> {
        let from = usize::try_from(at.checked_sub(self.window_at)?).ok()?;
        self.window.get(from..from.checked_add(count)?)
    }

    /// A number, its highest byte first.
    pub fn number(&mut self, at: u64) -> Option<u32> {
        self.array(at).map(u32::from_be_bytes)
    }

    /// The bytes of a range, none if one is missing. The caller knows that they are few.
    pub fn bytes(&mut self, range: &Range<u64>) -> Option<Vec<u8>> {
        self.read(range.start, range.end.checked_sub(range.start)?)
    }

    /// Hands on all bytes of a range, none if one is missing.
    pub fn pour(&mut self, range: &Range<u64>, mut to: impl FnMut(&[u8])) -> Option<()> {
        let mut at = range.start;
        while at < range.end {
            let piece = self.read(at, PIECE.min(range.end - at))?;
            to(&piece);
            at += piece.len() as u64;
        }
        Some(())
    }

    /// Where these bytes begin last in front of a place.
    pub fn last(&mut self, wanted: &[u8], before: u64) -> Option<u64> {
        let overlap = wanted.len().checked_sub(1)? as u64;
        let len = self.len();
        let mut end = before.min(len);
        loop {
            let start = end.saturating_sub(PIECE);
            let piece = self.read(start, (end - start).checked_add(overlap)?.min(len - start))?;
            if let Some(found) = piece.windows(wanted.len()).rposition(|window| window == wanted) {
                return Some(start + found as u64);
            }
            if start == 0 {
                return None;
            }
            end = start;
        }
    }

    fn read(&mut self, at: u64, count: u64) -> Option<Vec<u8>> {
        if at.checked_add(count)? > self.len() {
            return None;
        }
        let mut bytes = Vec::with_capacity(usize::try_from(count).ok()?);
        let file = self.spool.rewind().ok()?;
        file.seek(SeekFrom::Start(at)).ok()?;
        file.take(count).read_to_end(&mut bytes).ok()?;
        (bytes.len() as u64 == count).then_some(bytes)
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    pub fn spool(bytes: &[u8]) -> Spool {
        let mut spool = Spool::new(1 << 30).unwrap();
        spool.push(bytes).unwrap();
        spool
    }

    #[test]
    fn what_is_there_is_given_and_nothing_behind_the_end() {
        let bytes: Vec<u8> = (0..600_000u32).map(|n| (n % 251) as u8).collect();
        let mut spool = spool(&bytes);
        let mut source = Source::of(&mut spool);
        assert_eq!(source.array::<2>(599_998), Some([bytes[599_998], bytes[599_999]]));
        assert_eq!(source.array::<2>(599_999), None);
        assert_eq!(source.array::<1>(u64::MAX), None);
        assert_eq!(source.bytes(&(3..6)).unwrap(), bytes[3..6]);
        assert_eq!(source.bytes(&Range { start: 6, end: 3 }), None);
        let mut all = Vec::new();
        source.pour(&(1..600_000), |piece| all.extend_from_slice(piece)).unwrap();
        assert!(all == bytes[1..]);
        assert_eq!(source.pour(&(1..600_001), |_| ()), None);
    }

    #[test]
    fn the_last_place_is_found_over_the_borders_of_what_is_read_at_once() {
        for at in [0, 1, 599_995, 600_000 - PIECE as usize - 2, 600_000 - PIECE as usize] {
            let mut bytes = vec![0; 600_000];
            bytes[at..at + 4].copy_from_slice(b"jumd");
            assert_eq!(Source::of(&mut spool(&bytes)).last(b"jumd", u64::MAX), Some(at as u64), "{at}");
        }
        let twice = &mut spool(b"jumd jumd");
        assert_eq!([5, 6].map(|before| Source::of(twice).last(b"jumd", before)), [Some(0), Some(5)]);
        assert_eq!(Source::of(&mut spool(b"jum")).last(b"jumd", u64::MAX), None);
        assert_eq!(Source::of(&mut spool(b"")).last(b"jumd", u64::MAX), None);
    }
}
