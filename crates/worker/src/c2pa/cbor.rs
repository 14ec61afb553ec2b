//! CBOR (RFC 8949) as a tree.
//!
//! Keeps: no deeper and no more than the limits; lengths that are only announced take no memory.
//! Does not know: what stands in it. Texts and bytes in pieces of unknown number, which no claim has, count as something else.

use minicbor::data::Type;
use minicbor::decode::{Decoder, Error};

use super::fault::Fault;

/// How deep lists stand in lists.
const DEPTH_MAX: u32 = 24;
/// Values of one tree.
const VALUES_MAX: u64 = 100_000;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// A whole number.
    Number(i128),
    /// Bytes.
    Bytes(&'a [u8]),
    /// A text.
    Text(&'a str),
    /// A list.
    List(Vec<Value<'a>>),
    /// Names and values.
    Map(Vec<(Value<'a>, Value<'a>)>),
    /// False.
    False,
    /// Null, true, fractions and all else.
    Other,
}

impl<'a> Value<'a> {
    /// From the first value of some bytes; tags are left out.
    ///
    /// # Errors
    /// [`Fault`]: what is not CBOR, or past the limits.
    pub fn read(bytes: &'a [u8]) -> Result<Self, Fault> {
        let mut reading = Reading { from: Decoder::new(bytes), left: VALUES_MAX };
        reading.value(0)
    }

    /// What a map has under a name.
    pub fn named(&self, name: &str) -> Option<&Self> {
        self.under(|key| matches!(key, Value::Text(text) if *text == name))
    }

    /// What a map has under a number.
    pub fn numbered(&self, number: i128) -> Option<&Self> {
        self.under(|key| *key == Value::Number(number))
    }

    fn under(&self, is_key: impl Fn(&Self) -> bool) -> Option<&Self> {
        match self {
            Self::Map(pairs) => pairs.iter().find(|(key, _)| is_key(key)).map(|(_, value)| value),
            _ => None,
        }
    }

    /// A map's text under a name.
    pub fn text_named(&self, name: &str) -> Option<&'a str> {
        self.named(name).and_then(Self::text)
    }

    /// A map's list under a name; empty if there is none.
    pub fn list_named(&self, name: &str) -> &[Self] {
        self.named(name).and_then(Self::list).unwrap_or_default()
    }

    /// A text.
    pub fn text(&self) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Bytes.
    pub fn bytes(&self) -> Option<&'a [u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// A number from 0.
    pub fn count(&self) -> Option<u64> {
        match self {
            Self::Number(number) => u64::try_from(*number).ok(),
            _ => None,
        }
    }

    /// A list.
    pub fn list(&self) -> Option<&[Self]> {
        match self {
            Self::List(list) => Some(list),
            _ => None,
        }
    }
}

struct Reading<'a> {
    from: Decoder<'a>,
    left: u64,
}

fn form(_: Error) -> Fault {
    Fault::Form("its CBOR can't be read")
}

impl<'a> Reading<'a> {
    fn value(&mut self, depth: u32) -> Result<Value<'a>, Fault> {
        if depth > DEPTH_MAX {
            return Err(Fault::TooMuch { what: "lists in lists of its CBOR", limit: u64::from(DEPTH_MAX) });
        }
        self.left = self.left.checked_sub(1).ok_or(Fault::TooMuch { what: "values of its CBOR", limit: VALUES_MAX })?;
        let kind = self.from.datatype().map_err(form)?;
        match kind {
            Type::Tag => {
                self.from.tag().map_err(form)?;
                self.value(depth + 1)
            }
            Type::Bytes => Ok(Value::Bytes(self.from.bytes().map_err(form)?)),
            Type::String => Ok(Value::Text(self.from.str().map_err(form)?)),
            Type::Array | Type::ArrayIndef => {
                let count = self.from.array().map_err(form)?;
                let mut list = Vec::new();
                while !self.is_over(count, list.len())? {
                    list.push(self.value(depth + 1)?);
                }
                Ok(Value::List(list))
            }
            Type::Map | Type::MapIndef => {
                let count = self.from.map().map_err(form)?;
                let mut pairs = Vec::new();
                while !self.is_over(count, pairs.len())? {
                    pairs.push((self.value(depth + 1)?, self.value(depth + 1)?));
                }
                Ok(Value::Map(pairs))
            }
            Type::Bool => Ok(if self.from.bool().map_err(form)? { Value::Other } else { Value::False }),
            Type::Break | Type::Unknown(_) => Err(Fault::Form("its CBOR can't be read")),
            _ => match self.from.clone().int() {
                Ok(number) => {
                    self.from.skip().map_err(form)?;
                    Ok(Value::Number(number.into()))
                }
                Err(_) => self.from.skip().map_err(form).map(|()| Value::Other),
            },
        }
    }

    /// Whether a list of that many, or of as many as come before its end mark, is read.
    fn is_over(&mut self, count: Option<u64>, read: usize) -> Result<bool, Fault> {
        match count {
            Some(count) => Ok(read as u64 >= count),
            None if self.from.datatype().map_err(form)? == Type::Break => {
                self.from.set_position(self.from.position() + 1);
                Ok(true)
            }
            None => Ok(false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_claims_hold_is_read() {
        // {"a": [1, -7, h'0102'], 33: 18("x"), "b": [_ null, 1.5]}
        let bytes = b"\xa3\x61a\x83\x01\x26\x42\x01\x02\x18\x21\xd2\x61x\x61b\x9f\xf6\xf9\x3e\x00\xff";
        let value = Value::read(bytes).unwrap();
        assert_eq!(value.list_named("a"), [Value::Number(1), Value::Number(-7), Value::Bytes(&[1, 2])]);
        assert_eq!(value.numbered(33).and_then(Value::text), Some("x"));
        assert_eq!(value.list_named("b"), [Value::Other, Value::Other]);
        assert_eq!((value.named("c"), value.text_named("a")), (None, None));
        assert_eq!(Value::read(b"\x7f\x61a\xff"), Ok(Value::Other));
    }

    #[test]
    fn what_is_cut_or_past_the_limits_is_refused() {
        let bytes = b"\xa1\x61a\x83\x01\x26\x42\x01\x02";
        for end in 0..bytes.len() {
            assert_eq!(Value::read(&bytes[..end]), Err(Fault::Form("its CBOR can't be read")), "{end}");
        }
        // A list of 2^64 - 1 values, of which none is there.
        assert!(Value::read(b"\x9b\xff\xff\xff\xff\xff\xff\xff\xff").is_err());
        assert!(matches!(Value::read(&[0x81; 1000]), Err(Fault::TooMuch { .. })));
        assert!(matches!(Value::read(&[0xc1; 1000]), Err(Fault::TooMuch { .. })));
        let wide = [b"\x9a\x00\x10\x00\x00".as_slice(), &[0; 1 << 20]].concat();
        assert!(matches!(Value::read(&wide), Err(Fault::TooMuch { .. })));
    }
}
