//! `Value`: the small data model of act fields, one encoding for each value.
//!
//! Keeps: `decode(encode(v)) == v`, and what decodes encodes to the same bytes. Keys of maps are unsigned numbers.
//! Does not know: which fields an act has.

use crate::cbor::{CborError, Item, Reader, Writer};
use std::collections::BTreeMap;

/// Greatest length of an encoded value, bytes.
pub const VALUE_BYTES_MAX: usize = 1 << 24;
/// Greatest number of items in a value, keys and containers counted.
pub const VALUE_ITEMS_MAX: usize = 1 << 20;
/// Greatest nesting: a value that is no container has depth 1.
pub const VALUE_DEPTH_MAX: usize = 16;

/// Why bytes are not a value, or a value can't be encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ValueError {
    /// Not deterministic CBOR of the kinds used.
    #[error(transparent)]
    Cbor(#[from] CborError),
    /// Longer than [`VALUE_BYTES_MAX`].
    #[error("a value is longer than {VALUE_BYTES_MAX} bytes")]
    Bytes,
    /// More items than [`VALUE_ITEMS_MAX`].
    #[error("a value has more than {VALUE_ITEMS_MAX} items")]
    Items,
    /// Deeper than [`VALUE_DEPTH_MAX`].
    #[error("a value is nested deeper than {VALUE_DEPTH_MAX}")]
    Depth,
}

/// A value of an act's field.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// Nothing: an unused field.
    #[default]
    Null,
    /// False or true.
    Bool(bool),
    /// An unsigned number.
    Uint(u64),
    /// Bytes.
    Bytes(Vec<u8>),
    /// UTF-8 text, kept as given (no normalisation).
    Text(String),
    /// Values in order.
    Array(Vec<Value>),
    /// Values by unsigned key.
    Map(BTreeMap<u64, Value>),
}

impl Value {
    /// Encodes it.
    ///
    /// # Errors
    /// Refuses a value beyond a limit, so that whatever is written can be read.
    pub fn encode(&self) -> Result<Vec<u8>, ValueError> {
        let mut writer = Writer::new();
        let mut items = 0;
        self.write(&mut writer, 1, &mut items)?;
        let bytes = writer.into_bytes();
        if bytes.len() > VALUE_BYTES_MAX { Err(ValueError::Bytes) } else { Ok(bytes) }
    }

    fn write(&self, writer: &mut Writer, depth: usize, items: &mut usize) -> Result<(), ValueError> {
        admit(depth, items)?;
        match self {
            Self::Null => writer.null(),
            Self::Bool(value) => writer.bool(*value),
            Self::Uint(value) => writer.uint(*value),
            Self::Bytes(value) => writer.bytes(value),
            Self::Text(value) => writer.text(value),
            Self::Array(values) => {
                writer.array(values.len());
                return values.iter().try_for_each(|v| v.write(writer, depth + 1, items));
            }
            Self::Map(pairs) => {
                writer.map(pairs.len());
                return pairs.iter().try_for_each(|(key, v)| {
                    count(items)?;
                    writer.uint(*key);
                    v.write(writer, depth + 1, items)
                });
            }
        };
        Ok(())
    }

    /// Decodes exactly one value.
    ///
    /// # Errors
    /// Refuses what is not deterministic CBOR, beyond a limit, or followed by bytes.
    pub fn decode(bytes: &[u8]) -> Result<Self, ValueError> {
        if bytes.len() > VALUE_BYTES_MAX {
            return Err(ValueError::Bytes);
        }
        let mut reader = Reader::new(bytes);
        let value = Self::read(&mut reader, 1, &mut 0)?;
        reader.end()?;
        Ok(value)
    }

    fn read(reader: &mut Reader<'_>, depth: usize, items: &mut usize) -> Result<Self, ValueError> {
        admit(depth, items)?;
        Ok(match reader.item()? {
            Item::Null => Self::Null,
            Item::Bool(value) => Self::Bool(value),
            Item::Uint(value) => Self::Uint(value),
            Item::Bytes(length) => Self::Bytes(reader.take(length)?.to_vec()),
            Item::Text(length) => {
                Self::Text(std::str::from_utf8(reader.take(length)?).map_err(|_| CborError::Utf8)?.to_owned())
            }
            Item::Array(count) => {
                let count = reader.countable(count)?;
                let mut values = Vec::new();
                for _ in 0..count {
                    values.push(Self::read(reader, depth + 1, items)?);
                }
                Self::Array(values)
            }
            Item::Map(found) => {
                let mut pairs = BTreeMap::new();
                for _ in 0..reader.countable(found)? {
                    count(items)?;
                    let key = reader.uint()?;
                    if pairs.last_key_value().is_some_and(|(last, _)| *last >= key) {
                        return Err(CborError::Keys.into());
                    }
                    pairs.insert(key, Self::read(reader, depth + 1, items)?);
                }
                Self::Map(pairs)
            }
        })
    }

    /// The number, if it is one.
    #[must_use]
    pub fn as_uint(&self) -> Option<u64> {
        if let Self::Uint(value) = self { Some(*value) } else { None }
    }

    /// The bytes, if it is bytes.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&[u8]> {
        if let Self::Bytes(value) = self { Some(value) } else { None }
    }

    /// The text, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(value) = self { Some(value) } else { None }
    }

    /// The truth value, if it is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(value) = self { Some(*value) } else { None }
    }

    /// The values, if it is an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Value]> {
        if let Self::Array(values) = self { Some(values) } else { None }
    }

    /// The pairs, if it is a map.
    #[must_use]
    pub fn as_map(&self) -> Option<&BTreeMap<u64, Value>> {
        if let Self::Map(pairs) = self { Some(pairs) } else { None }
    }

    /// Whether it is null.
    #[must_use]
    pub fn is_null(&self) -> bool {
        *self == Self::Null
    }
}

impl From<u64> for Value {
    fn from(value: u64) -> Self {
        Self::Uint(value)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(value)
    }
}

impl From<&[u8]> for Value {
    fn from(value: &[u8]) -> Self {
        Self::Bytes(value.to_vec())
    }
}

impl From<Vec<Value>> for Value {
    fn from(values: Vec<Value>) -> Self {
        Self::Array(values)
    }
}

impl From<BTreeMap<u64, Value>> for Value {
    fn from(pairs: BTreeMap<u64, Value>) -> Self {
        Self::Map(pairs)
    }
}

fn admit(depth: usize, items: &mut usize) -> Result<(), ValueError> {
    if depth > VALUE_DEPTH_MAX { Err(ValueError::Depth) } else { count(items) }
}

/// A key alone: it lies as deep as its value, which is looked at next.
fn count(items: &mut usize) -> Result<(), ValueError> {
    *items += 1;
    if *items > VALUE_ITEMS_MAX { Err(ValueError::Items) } else { Ok(()) }
}
