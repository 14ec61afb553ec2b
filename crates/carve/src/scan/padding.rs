//! The list of what was padding in the packets of Opus, in front of META.
//!
//! Keeps: `[skip, padding, skip, padding, …]`, deterministic CBOR: packets without padding before it, then the padding:
//! a number where all of it is zeros (its bytes, those that say how much included), else those bytes.
//! Does not know: which packets those are; the reader counts.

use super::opus;
use super::step::MAX_PIECE;
use minicbor::{Decoder, Encoder};

/// Makes the list, packet by packet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PaddingList {
    encoded: Vec<u8>,
    entries: u64,
    skipped: u64,
}

impl PaddingList {
    /// Adds a packet; `padding` is empty where it has none.
    pub(crate) fn push(&mut self, padding: &[u8]) {
        if padding.is_empty() {
            self.skipped = self.skipped.saturating_add(1);
            return;
        }
        put_entry(self.skipped, padding, &mut self.encoded);
        self.entries = self.entries.saturating_add(1);
        self.skipped = 0;
    }

    /// Bytes so far.
    pub(crate) fn len(&self) -> u64 {
        self.encoded.len() as u64
    }

    /// META: the list, then the source's own bytes.
    pub(crate) fn before(&self, meta: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.encoded.len().saturating_add(meta.len()).saturating_add(9));
        // Writing into a Vec cannot fail.
        let _ = Encoder::new(&mut out).array(self.entries.saturating_mul(2));
        out.extend_from_slice(&self.encoded);
        out.extend_from_slice(meta);
        out
    }
}

fn put_entry(skipped: u64, padding: &[u8], out: &mut Vec<u8>) {
    let mut enc = Encoder::new(out);
    let _ = enc.u64(skipped).and_then(|e| match opus::is_zeros(padding) {
        true => e.u64(padding.len() as u64),
        false => e.bytes(padding),
    });
}

/// Reads the list as packets go by.
#[derive(Clone, Debug)]
pub(crate) struct PaddingReader<'a> {
    rest: &'a [u8],
    entries: u64,
    /// What comes next: packets to pass, then padding.
    next: Option<(u64, Vec<u8>)>,
}

impl<'a> PaddingReader<'a> {
    /// A list that pads nothing.
    pub(crate) fn none() -> Self {
        Self { rest: &[], entries: 0, next: None }
    }

    /// Splits META into the list and the source's own bytes.
    pub(crate) fn split(meta: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let mut dec = Decoder::new(meta);
        let numbers = dec.array().ok()??;
        let from = dec.position();
        let mut head = Vec::new();
        let _ = Encoder::new(&mut head).array(numbers);
        if numbers % 2 != 0 || meta.get(..from) != Some(head.as_slice()) {
            return None;
        }
        for _ in 0..numbers {
            dec.skip().ok()?;
        }
        let (list, own) = meta.split_at_checked(dec.position())?;
        let mut reader = Self { rest: list.get(from..)?, entries: numbers / 2, next: None };
        reader.advance()?;
        Some((reader, own))
    }

    /// Reads the next entry strictly; none if it is not spelled as [`put_entry`] spells it.
    fn advance(&mut self) -> Option<()> {
        self.next = None;
        let Some(entries) = self.entries.checked_sub(1) else { return self.rest.is_empty().then_some(()) };
        let mut dec = Decoder::new(self.rest);
        let skipped = dec.u64().ok()?;
        let padding = match dec.datatype().ok()? {
            minicbor::data::Type::Bytes => dec.bytes().ok()?.to_vec(),
            _ => opus::zeros(usize::try_from(dec.u64().ok()?).ok().filter(|total| *total <= MAX_PADDING)?)?,
        };
        let (entry, rest) = self.rest.split_at_checked(dec.position())?;
        let mut again = Vec::new();
        put_entry(skipped, &padding, &mut again);
        if entry != again || !opus::is_padding(&padding) {
            return None;
        }
        (self.rest, self.entries, self.next) = (rest, entries, Some((skipped, padding)));
        Some(())
    }

    /// Puts the next packet's padding back, if it had any; none if the list does not fit.
    pub(crate) fn pad(&mut self, packet: &mut Vec<u8>) -> Option<()> {
        match &mut self.next {
            Some((0, padding)) => {
                opus::pad(packet, padding)?;
                self.advance()
            }
            Some((skipped, _)) => {
                *skipped -= 1;
                Some(())
            }
            None => Some(()),
        }
    }

    /// Whether all of it was used.
    pub(crate) fn is_done(&self) -> bool {
        self.next.is_none()
    }
}

/// Longest padding of one packet, in bytes: a piece of the source is no longer.
const MAX_PADDING: usize = MAX_PIECE;

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_list_comes_back() {
        let paddings: [&[u8]; 6] = [&[], &[], &[0], &[2, 7, 7], &[], &[3, 0, 0, 0]];
        let mut list = PaddingList::default();
        paddings.iter().for_each(|padding| list.push(padding));
        let meta = list.before(b"own");
        assert_eq!(meta, b"\x86\x02\x01\x00\x43\x02\x07\x07\x01\x04own");
        let (mut reader, own) = PaddingReader::split(&meta).unwrap();
        assert_eq!(own, b"own");
        for padding in paddings {
            let mut packet = vec![3, 1, 9];
            reader.pad(&mut packet).unwrap();
            let mut expected = vec![3, 1, 9];
            if !padding.is_empty() {
                opus::pad(&mut expected, padding).unwrap();
            }
            assert_eq!(packet, expected);
        }
        assert!(reader.is_done());
        assert_eq!(PaddingList::default().before(b""), [0x80]);
    }

    #[test]
    fn other_spellings_are_refused() {
        let refused: [&[u8]; 8] = [
            b"",
            b"\x81\x00",
            b"\x82\x00",
            b"\x98\x02\x00\x01",
            b"\x82\x18\x00\x01",
            b"\x82\x00\x00",
            // Zeros as bytes; less than they say.
            b"\x82\x00\x42\x01\x00",
            b"\x82\x00\x42\x02\x07",
        ];
        for meta in refused {
            assert!(PaddingReader::split(meta).is_none(), "{meta:?}");
        }
    }
}
