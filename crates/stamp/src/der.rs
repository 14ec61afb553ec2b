//! A reader of DER: one value after the other, each with the bytes that it was.
//!
//! Keeps: definite lengths in their shortest form (the crate `der` refuses the rest); what was read is never written anew, so that a signature is
//! checked over the bytes that were signed. Descends only where it is told to.
//! Does not know: which structure it reads.

use crate::oid::Oid;
use crate::refusal::Refusal;
use der::asn1::AnyRef;
use der::{Reader as _, SliceReader, Tag, TagNumber, Tagged as _};

/// One value: its tag, its content, and the whole with tag and length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tlv<'a> {
    pub tag: Tag,
    pub value: &'a [u8],
    pub whole: &'a [u8],
}

/// Values in a row, the name of what they are with them for refusals.
#[derive(Clone, Debug)]
pub struct Cursor<'a> {
    rest: &'a [u8],
    what: &'static str,
}

/// `[number]`, of a structure or in place of another tag.
#[must_use]
pub fn context(number: u32, constructed: bool) -> Tag {
    Tag::ContextSpecific { constructed, number: TagNumber(number) }
}

impl<'a> Cursor<'a> {
    pub fn new(rest: &'a [u8], what: &'static str) -> Self {
        Self { rest, what }
    }

    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub fn fault(&self) -> Refusal {
        Refusal::Form(self.what)
    }

    /// The next value, whatever it is.
    pub fn any(&mut self) -> Result<Tlv<'a>, Refusal> {
        let fault = Refusal::Form(self.what);
        let mut reader = SliceReader::new(self.rest).map_err(|_| fault.clone())?;
        let any: AnyRef<'a> = reader.decode().map_err(|_| fault.clone())?;
        let length = usize::try_from(u32::from(reader.position())).map_err(|_| fault.clone())?;
        let (whole, rest) = self.rest.split_at_checked(length).ok_or(fault)?;
        self.rest = rest;
        Ok(Tlv { tag: any.tag(), value: any.value(), whole })
    }

    /// The next value, which must have a tag.
    pub fn one(&mut self, tag: Tag) -> Result<Tlv<'a>, Refusal> {
        let found = self.any()?;
        if found.tag == tag { Ok(found) } else { Err(self.fault()) }
    }

    /// The next value if it has a tag.
    pub fn optional(&mut self, tag: Tag) -> Result<Option<Tlv<'a>>, Refusal> {
        let mut ahead = self.clone();
        if ahead.is_empty() {
            return Ok(None);
        }
        let found = ahead.any()?;
        if found.tag != tag {
            return Ok(None);
        }
        *self = ahead;
        Ok(Some(found))
    }

    /// What is inside the next value, a SEQUENCE.
    pub fn sequence(&mut self) -> Result<Cursor<'a>, Refusal> {
        Ok(self.inside(self.what, Tag::Sequence)?.1)
    }

    /// The next value with a tag, and what is inside.
    pub fn inside(&mut self, what: &'static str, tag: Tag) -> Result<(Tlv<'a>, Cursor<'a>), Refusal> {
        let found = self.one(tag)?;
        Ok((found, Cursor::new(found.value, what)))
    }

    /// An object identifier.
    pub fn oid(&mut self) -> Result<Oid, Refusal> {
        let found = self.one(Tag::ObjectIdentifier)?;
        Oid::from_bytes(found.value).ok_or_else(|| self.fault())
    }

    /// The content of an INTEGER in its shortest form, sign included.
    pub fn integer(&mut self) -> Result<&'a [u8], Refusal> {
        let found = self.one(Tag::Integer)?;
        if is_shortest(found.value) { Ok(found.value) } else { Err(self.fault()) }
    }

    /// The content of the next value if it is an INTEGER.
    pub fn optional_integer(&mut self) -> Result<Option<&'a [u8]>, Refusal> {
        match self.optional(Tag::Integer)? {
            Some(found) if !is_shortest(found.value) => Err(self.fault()),
            found => Ok(found.map(|found| found.value)),
        }
    }

    /// A small INTEGER that is not negative.
    pub fn small(&mut self) -> Result<u64, Refusal> {
        let bytes = self.integer()?;
        small(bytes).ok_or_else(|| self.fault())
    }

    /// A BIT STRING of whole bytes.
    pub fn bits(&mut self) -> Result<&'a [u8], Refusal> {
        let found = self.one(Tag::BitString)?;
        match found.value.split_first() {
            Some((0, bytes)) => Ok(bytes),
            _ => Err(self.fault()),
        }
    }

    /// Nothing may follow.
    pub fn end(&self) -> Result<(), Refusal> {
        if self.is_empty() { Ok(()) } else { Err(Refusal::Trailing(self.what)) }
    }

    /// All values to the end, at most `limit`.
    pub fn all(mut self, limit: usize) -> Result<Vec<Tlv<'a>>, Refusal> {
        let mut found = Vec::new();
        while !self.is_empty() {
            if found.len() == limit {
                return Err(Refusal::TooMany { what: self.what, limit });
            }
            found.push(self.any()?);
        }
        Ok(found)
    }
}

/// One value that fills the bytes, and what is inside it.
pub fn whole<'a>(bytes: &'a [u8], what: &'static str, tag: Tag) -> Result<Cursor<'a>, Refusal> {
    let mut outer = Cursor::new(bytes, what);
    let (_, inner) = outer.inside(what, tag)?;
    outer.end()?;
    Ok(inner)
}

/// The content of an INTEGER as a small number, if it is one and not negative.
#[must_use]
pub fn small(bytes: &[u8]) -> Option<u64> {
    let unsigned = unsigned(bytes).filter(|_| is_shortest(bytes))?;
    (unsigned.len() <= 8).then(|| unsigned.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
}

/// The magnitude of an INTEGER that is not negative, without leading zeros (zero itself is empty).
#[must_use]
pub fn unsigned(bytes: &[u8]) -> Option<&[u8]> {
    match bytes {
        [first, ..] if first & 0x80 != 0 => None,
        [0, rest @ ..] => Some(rest),
        other => Some(other),
    }
}

fn is_shortest(bytes: &[u8]) -> bool {
    match bytes {
        [] => false,
        [0, second, ..] => second & 0x80 != 0,
        [0xff, second, ..] => second & 0x80 == 0,
        _ => true,
    }
}

/// A value with a low tag, in DER.
#[must_use]
pub fn encoded(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    let bytes = content.len().to_be_bytes();
    let significant =
        bytes.iter().position(|byte| *byte != 0).map_or(&[][..], |first| bytes.get(first..).unwrap_or(&[]));
    match significant {
        [] => out.push(0),
        [length] if *length < 0x80 => out.push(*length),
        long => {
            out.push(0x80 | long.len() as u8);
            out.extend(long);
        }
    }
    out.extend(content);
    out
}
