//! The folding of characters that a SentencePiece model carries: a double-array tree over the bytes of what is replaced, and
//! the replacements (`normalizer.cc` of SentencePiece, `darts.h` of darts-clone).
//!
//! Keeps: the longest entry is taken; a tree that leads outside itself replaces nothing. Does not know: spaces, pieces.

/// What a unit says of a child: that it is no leaf, and its byte.
const LABEL: u32 = 0x8000_00ff;
const LEAF: u32 = 1 << 8;
const VALUE: u32 = 0x7fff_ffff;

/// The folding.
#[derive(Default)]
pub(crate) struct Charsmap {
    units: Vec<u32>,
    /// Replacements, each ended by a zero byte.
    into: Vec<u8>,
}

impl Charsmap {
    /// From `trie length (u32, little-endian) ‖ trie ‖ replacements`.
    pub(crate) fn read(blob: &[u8]) -> Option<Self> {
        let (length, rest) = blob.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        let (trie, into) = rest.split_at_checked(length)?;
        let (units, odd) = trie.as_chunks::<4>();
        if !odd.is_empty() || into.last() != Some(&0) {
            return None;
        }
        Some(Self { units: units.iter().map(|unit| u32::from_le_bytes(*unit)).collect(), into: into.to_vec() })
    }

    /// What the beginning of `text` becomes, and how many of its bytes that takes: at least one character of it.
    pub(crate) fn first<'a>(&'a self, text: &'a str) -> (&'a [u8], usize) {
        self.longest(text.as_bytes()).unwrap_or_else(|| {
            let length = text.chars().next().map_or(0, char::len_utf8);
            (text.as_bytes().get(..length).unwrap_or_default(), length)
        })
    }

    fn longest(&self, bytes: &[u8]) -> Option<(&[u8], usize)> {
        let mut found = None;
        let mut at = offset(*self.units.first()?);
        for (byte, length) in bytes.iter().zip(1usize..) {
            at ^= u32::from(*byte);
            let Some(unit) = self.unit(at) else { break };
            if unit & LABEL != u32::from(*byte) {
                break;
            }
            at ^= offset(unit);
            if unit & LEAF != 0 {
                found = self.unit(at).map(|leaf| (leaf & VALUE, length)).or(found);
            }
        }
        let (value, length) = found?;
        let rest = self.into.get(usize::try_from(value).ok()?..)?;
        let end = rest.iter().position(|byte| *byte == 0)?;
        Some((rest.get(..end)?, length))
    }

    fn unit(&self, at: u32) -> Option<u32> {
        self.units.get(usize::try_from(at).ok()?).copied()
    }
}

/// Where a unit's children stand, to be added without carry.
fn offset(unit: u32) -> u32 {
    (unit >> 10) << ((unit & (1 << 9)) >> 6)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One entry: `A` becomes `b`. The root's children stand at 256 ^ byte; the leaf of `A` at 0 ^ 1.
    fn one_entry() -> Vec<u8> {
        let mut units = vec![0u32; 512];
        units[0] = 256 << 10;
        units[256 ^ 65] = ((256 ^ 65 ^ 1) << 10) | LEAF | 65;
        units[1] = 1 << 31;
        let trie: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        [&u32::try_from(trie.len()).unwrap().to_le_bytes()[..], &trie, b"b\0"].concat()
    }

    #[test]
    fn an_entry_replaces_and_all_else_stays() {
        let map = Charsmap::read(&one_entry()).unwrap();
        assert_eq!(map.first("Ax"), (&b"b"[..], 1));
        assert_eq!(map.first("xA"), (&b"x"[..], 1));
        assert_eq!(map.first("é"), ("é".as_bytes(), 2));
        assert_eq!(map.first(""), (&b""[..], 0));
        assert_eq!(Charsmap::default().first("A"), (&b"A"[..], 1));
    }

    #[test]
    fn what_leads_outside_is_no_entry() {
        let whole = one_entry();
        for cut in 0..whole.len() {
            assert!(Charsmap::read(&whole[..cut]).is_none_or(|map| map.first("A").1 == 1), "{cut}");
        }
        let mut wild = whole;
        wild[4 + (256 ^ 65) * 4 + 3] = 0xff;
        assert_eq!(Charsmap::read(&wild).unwrap().first("A"), (&b"A"[..], 1));
    }
}
