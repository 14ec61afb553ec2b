//! Deterministic CBOR (RFC 8949 §4.2.1), the few kinds of items that the formats use.
//!
//! Keeps: what is read was written in the only accepted way: shortest heads, definite lengths, no tags, no floats.
//! Does not know: what the items mean, or how deep or long a format lets them be.

/// Why bytes are not what was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CborError {
    /// The bytes end inside an item.
    #[error("the encoding is cut short")]
    Truncated,
    /// Bytes follow the last item.
    #[error("bytes follow the last item")]
    Trailing,
    /// A head is longer than its number needs.
    #[error("a number is not in its shortest form")]
    NotShortest,
    /// An item of another kind than the format has here.
    #[error("expected {expected}")]
    Kind {
        /// What the format has here.
        expected: &'static str,
    },
    /// A float, tag, negative number, indefinite length or unassigned simple value.
    #[error("an item of a kind that no format here uses")]
    Unused,
    /// A text that is not UTF-8.
    #[error("a text is not UTF-8")]
    Utf8,
    /// Map keys out of order or twice, or not the keys of this record.
    #[error("map keys are not the record's, in order, once each")]
    Keys,
}

pub(crate) mod major {
    pub const UINT: u8 = 0;
    pub const BYTES: u8 = 2;
    pub const TEXT: u8 = 3;
    pub const ARRAY: u8 = 4;
    pub const MAP: u8 = 5;
    pub const SIMPLE: u8 = 7;
}

const FALSE: u64 = 20;
const TRUE: u64 = 21;
const NULL: u64 = 22;

/// Writes items into a buffer.
#[derive(Clone, Debug, Default)]
pub struct Writer {
    out: Vec<u8>,
}

impl Writer {
    /// An empty buffer.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn head(&mut self, major: u8, argument: u64) -> &mut Self {
        let high = major << 5;
        let bytes = argument.to_be_bytes();
        let (short, tail) = match argument {
            0..=23 => (high + argument as u8, 8),
            24..=0xff => (high + 24, 7),
            0x100..=0xffff => (high + 25, 6),
            0x1_0000..=0xffff_ffff => (high + 26, 4),
            _ => (high + 27, 0),
        };
        self.out.push(short);
        self.out.extend(bytes.iter().skip(tail));
        self
    }

    /// An unsigned number.
    pub fn uint(&mut self, value: u64) -> &mut Self {
        self.head(major::UINT, value)
    }

    /// A byte string.
    pub fn bytes(&mut self, value: &[u8]) -> &mut Self {
        self.bytes_head(value.len() as u64).out.extend_from_slice(value);
        self
    }

    /// The head of a byte string whose content follows.
    pub fn bytes_head(&mut self, length: u64) -> &mut Self {
        self.head(major::BYTES, length)
    }

    /// A text.
    pub fn text(&mut self, value: &str) -> &mut Self {
        self.head(major::TEXT, value.len() as u64).out.extend_from_slice(value.as_bytes());
        self
    }

    /// The head of an array of so many items.
    pub fn array(&mut self, items: usize) -> &mut Self {
        self.head(major::ARRAY, items as u64)
    }

    /// The head of a map of so many pairs.
    pub fn map(&mut self, pairs: usize) -> &mut Self {
        self.head(major::MAP, pairs as u64)
    }

    /// False or true.
    pub fn bool(&mut self, value: bool) -> &mut Self {
        self.head(major::SIMPLE, if value { TRUE } else { FALSE })
    }

    /// Null.
    pub fn null(&mut self) -> &mut Self {
        self.head(major::SIMPLE, NULL)
    }

    /// What was written.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.out
    }
}

/// The head of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// An unsigned number.
    Uint(u64),
    /// A byte string of so many bytes, which follow.
    Bytes(u64),
    /// A text of so many bytes, which follow.
    Text(u64),
    /// An array of so many items, which follow.
    Array(u64),
    /// A map of so many pairs, which follow.
    Map(u64),
    /// False or true.
    Bool(bool),
    /// Null.
    Null,
}

/// Reads one head from the front: the item and the bytes it took, or `None` if more bytes are needed.
///
/// # Errors
/// Refuses what is not in shortest form and kinds that no format uses.
pub fn head(bytes: &[u8]) -> Result<Option<(Item, usize)>, CborError> {
    let Some((first, rest)) = bytes.split_first() else { return Ok(None) };
    let (kind, low) = (first >> 5, first & 0x1f);
    let (width, least) = match low {
        0..=23 => (0, 0),
        24 => (1, 24),
        25 => (2, 0x100),
        26 => (4, 0x1_0000),
        27 => (8, 0x1_0000_0000),
        _ => return Err(CborError::Unused),
    };
    let argument = if width == 0 {
        u64::from(low)
    } else {
        let Some(tail) = rest.get(..width) else { return Ok(None) };
        tail.iter().fold(0u64, |sum, b| sum * 256 + u64::from(*b))
    };
    // What follows has a head of one byte if it is below 24.
    if argument < least {
        return Err(CborError::NotShortest);
    }
    let item = match (kind, argument) {
        (major::UINT, value) => Item::Uint(value),
        (major::BYTES, length) => Item::Bytes(length),
        (major::TEXT, length) => Item::Text(length),
        (major::ARRAY, items) => Item::Array(items),
        (major::MAP, pairs) => Item::Map(pairs),
        (major::SIMPLE, FALSE) => Item::Bool(false),
        (major::SIMPLE, TRUE) => Item::Bool(true),
        (major::SIMPLE, NULL) => Item::Null,
        _ => return Err(CborError::Unused),
    };
    Ok(Some((item, 1 + width)))
}

/// Reads items from a slice.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// At the start of the bytes.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Bytes not read yet.
    #[must_use]
    pub fn remaining(&self) -> usize {
        self.rest.len()
    }

    /// The bytes not read yet.
    #[must_use]
    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// The next head.
    ///
    /// # Errors
    /// As [`head`]; [`CborError::Truncated`] at the end.
    pub fn item(&mut self) -> Result<Item, CborError> {
        let (item, used) = head(self.rest)?.ok_or(CborError::Truncated)?;
        self.rest = self.rest.get(used..).ok_or(CborError::Truncated)?;
        Ok(item)
    }

    /// Takes content bytes.
    ///
    /// # Errors
    /// [`CborError::Truncated`] if there are not so many.
    pub fn take(&mut self, length: u64) -> Result<&'a [u8], CborError> {
        let length = usize::try_from(length).map_err(|_| CborError::Truncated)?;
        let (content, rest) = self.rest.split_at_checked(length).ok_or(CborError::Truncated)?;
        self.rest = rest;
        Ok(content)
    }

    /// An unsigned number.
    ///
    /// # Errors
    /// If the next item is not one.
    pub fn uint(&mut self) -> Result<u64, CborError> {
        match self.item()? {
            Item::Uint(value) => Ok(value),
            _ => Err(CborError::Kind { expected: "an unsigned number" }),
        }
    }

    /// A byte string.
    ///
    /// # Errors
    /// If the next item is not one.
    pub fn bytes(&mut self) -> Result<&'a [u8], CborError> {
        match self.item()? {
            Item::Bytes(length) => self.take(length),
            _ => Err(CborError::Kind { expected: "a byte string" }),
        }
    }

    /// A byte string of exactly N bytes.
    ///
    /// # Errors
    /// If the next item is not one.
    pub fn fixed<const N: usize>(&mut self) -> Result<[u8; N], CborError> {
        self.bytes()?.try_into().map_err(|_| CborError::Kind { expected: "a byte string of the fixed size" })
    }

    /// A text.
    ///
    /// # Errors
    /// If the next item is not one, or not UTF-8.
    pub fn text(&mut self) -> Result<&'a str, CborError> {
        match self.item()? {
            Item::Text(length) => std::str::from_utf8(self.take(length)?).map_err(|_| CborError::Utf8),
            _ => Err(CborError::Kind { expected: "a text" }),
        }
    }

    /// False or true.
    ///
    /// # Errors
    /// If the next item is neither.
    pub fn bool(&mut self) -> Result<bool, CborError> {
        match self.item()? {
            Item::Bool(value) => Ok(value),
            _ => Err(CborError::Kind { expected: "false or true" }),
        }
    }

    /// The head of an array: its items. Never more than bytes remain.
    ///
    /// # Errors
    /// If the next item is not an array, or it can't be whole.
    pub fn array(&mut self) -> Result<usize, CborError> {
        match self.item()? {
            Item::Array(items) => self.countable(items),
            _ => Err(CborError::Kind { expected: "an array" }),
        }
    }

    /// The head of an array of exactly so many items.
    ///
    /// # Errors
    /// If the next item is not that.
    pub fn array_of(&mut self, items: usize) -> Result<(), CborError> {
        if self.array()? == items { Ok(()) } else { Err(CborError::Kind { expected: "an array of the record's size" }) }
    }

    /// The head of a map with exactly so many pairs; read each key with [`Reader::key`].
    ///
    /// # Errors
    /// If the next item is not that.
    pub fn map_of(&mut self, pairs: usize) -> Result<(), CborError> {
        match self.item()? {
            Item::Map(found) if found == pairs as u64 => Ok(()),
            Item::Map(_) => Err(CborError::Keys),
            _ => Err(CborError::Kind { expected: "a map" }),
        }
    }

    /// This key of the record, and no other.
    ///
    /// # Errors
    /// [`CborError::Keys`].
    pub fn key(&mut self, key: u64) -> Result<&mut Self, CborError> {
        if self.uint()? == key { Ok(self) } else { Err(CborError::Keys) }
    }

    /// Null, if that is next.
    ///
    /// # Errors
    /// If the next head is not well formed.
    pub fn null(&mut self) -> Result<bool, CborError> {
        let mut ahead = self.clone();
        let found = ahead.item()? == Item::Null;
        if found {
            *self = ahead;
        }
        Ok(found)
    }

    pub(crate) fn countable(&self, items: u64) -> Result<usize, CborError> {
        match usize::try_from(items) {
            Ok(count) if count <= self.rest.len() => Ok(count),
            _ => Err(CborError::Truncated),
        }
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// [`CborError::Trailing`] if bytes remain.
    pub fn end(self) -> Result<(), CborError> {
        if self.rest.is_empty() { Ok(()) } else { Err(CborError::Trailing) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_shortest_both_ways() {
        for value in [0, 1, 23, 24, 255, 256, 65_535, 65_536, u64::from(u32::MAX), 1 << 32, u64::MAX] {
            let mut writer = Writer::new();
            writer.uint(value);
            let ours = writer.into_bytes();
            let theirs = minicbor::to_vec(value).unwrap();
            assert_eq!(ours, theirs);
            assert_eq!(head(&ours), Ok(Some((Item::Uint(value), ours.len()))));
            for cut in 0..ours.len() {
                assert_eq!(head(&ours[..cut]), Ok(None));
            }
        }
    }

    #[test]
    fn other_forms_are_refused() {
        for bytes in
            [&[0x18, 23][..], &[0x19, 0, 255], &[0x1a, 0, 0, 255, 255], &[0x1b, 0, 0, 0, 0, 255, 255, 255, 255]]
        {
            assert_eq!(head(bytes), Err(CborError::NotShortest));
        }
        // negative, tag, half float, double, undefined, simple 255, indefinite string, array and map, break
        for first in [0x20, 0xc0, 0xf9, 0xfb, 0xf7, 0xf8, 0x5f, 0x7f, 0x9f, 0xbf, 0xff] {
            assert!(head(&[first, 0xff, 0, 0, 0, 0, 0, 0, 0]).is_err(), "{first:02x}");
        }
        assert_eq!([20, 21, 22].map(|simple| head(&[0xf8, simple])), [Err(CborError::NotShortest); 3]);
        assert_eq!(Reader::new(&[0x9a, 0xff, 0xff, 0xff, 0xff]).array(), Err(CborError::Truncated));
    }

    #[test]
    fn a_record_has_its_keys_and_no_others() {
        let keys = |bytes: &[u8], pairs| Reader::new(bytes).map_of(pairs);
        assert_eq!(keys(&[0xa2, 0, 0, 1, 0], 2), Ok(()));
        assert_eq!(keys(&[0xa2, 0, 0, 1, 0], 1), Err(CborError::Keys));
        assert_eq!(keys(&[0xa2, 0, 0, 1, 0], 3), Err(CborError::Keys));
        assert_eq!(keys(&[0x82, 0, 0], 2), Err(CborError::Kind { expected: "a map" }));
        assert_eq!(Reader::new(&[3, 0xf6, 0xf6]).key(3).map(|reader| reader.remaining()), Ok(2));
        assert_eq!(Reader::new(&[3]).key(2).map(|_| ()), Err(CborError::Keys));
    }
}
