//! Extensions of certificates, revocation lists and stamps, and what is read of them.
//!
//! Keeps: an extension that stands twice is refused. Does not know: which of them matter to whom.

use crate::der::{Cursor, Tlv, context, small, whole};
use crate::limits::ELEMENTS_MAX;
use crate::oid::{self, Oid};
use crate::refusal::Refusal;
use der::Tag;

/// One extension: what it is, whether who doesn't understand it must stop, its content.
#[derive(Clone, Copy, Debug)]
pub struct Extension<'a> {
    pub kind: Oid,
    pub critical: bool,
    pub value: &'a [u8],
}

/// The extensions in the content of a SEQUENCE OF `Extension`.
pub fn read(list: Cursor<'_>) -> Result<Vec<Extension<'_>>, Refusal> {
    let fault = list.fault();
    let mut found: Vec<Extension<'_>> = Vec::new();
    for member in list.all(ELEMENTS_MAX)? {
        let mut inner = whole(member.whole, "an extension", Tag::Sequence)?;
        let kind = inner.oid()?;
        let critical = match inner.optional(Tag::Boolean)? {
            None => false,
            // The default is not written, and true has one byte.
            Some(flag) if flag.value == [0xff] => true,
            Some(_) => return Err(inner.fault()),
        };
        let value = inner.one(Tag::OctetString)?.value;
        inner.end()?;
        if found.iter().any(|other| other.kind == kind) {
            return Err(Refusal::ExtensionTwice(kind.to_string()));
        }
        found.push(Extension { kind, critical, value });
    }
    // RFC 5280: SEQUENCE SIZE (1..MAX).
    if found.is_empty() { Err(fault) } else { Ok(found) }
}

/// `ExtKeyUsageSyntax`.
pub fn usages(value: &[u8]) -> Result<Vec<Oid>, Refusal> {
    let inner = whole(value, "an extended key usage", Tag::Sequence)?;
    let fault = inner.fault();
    let members = inner.all(ELEMENTS_MAX)?;
    if members.is_empty() {
        return Err(fault);
    }
    members.into_iter().map(|member| Cursor::new(member.whole, "an extended key usage").oid()).collect()
}

/// `KeyUsage` as bits: the first named one is the highest of the 16.
pub fn key_usage(value: &[u8]) -> Result<u16, Refusal> {
    let mut outer = Cursor::new(value, "a key usage");
    let bits = outer.one(Tag::BitString)?.value;
    outer.end()?;
    match *bits {
        [unused @ 0..=7, first] if first.trailing_zeros() >= u32::from(unused) => Ok(u16::from(first) << 8),
        [unused @ 0..=7, first, second] if second.trailing_zeros() >= u32::from(unused) => {
            Ok(u16::from(first) << 8 | u16::from(second))
        }
        _ => Err(outer.fault()),
    }
}

/// `BasicConstraints`: whether an authority, and how many authorities may stand below it.
pub fn basic_constraints(value: &[u8]) -> Result<(bool, Option<u64>), Refusal> {
    let mut inner = whole(value, "basic constraints", Tag::Sequence)?;
    let authority = match inner.optional(Tag::Boolean)? {
        None => false,
        // Old authorities wrote the default out.
        Some(flag) => match flag.value {
            [0xff] => true,
            [0] => false,
            _ => return Err(inner.fault()),
        },
    };
    let length = inner.optional(Tag::Integer)?;
    inner.end()?;
    let length = length.map(|length| small(length.value).ok_or_else(|| inner.fault())).transpose()?;
    Ok((authority, length))
}

/// The key identifier of an `AuthorityKeyIdentifier`, if it has one.
pub fn authority_key(value: &[u8]) -> Result<Option<&[u8]>, Refusal> {
    let mut inner = whole(value, "an authority key identifier", Tag::Sequence)?;
    Ok(inner.optional(context(0, false))?.map(|key| key.value))
}

/// A key identifier.
pub fn subject_key(value: &[u8]) -> Result<&[u8], Refusal> {
    let mut outer = Cursor::new(value, "a key identifier");
    let key = outer.one(Tag::OctetString)?.value;
    outer.end()?;
    Ok(key)
}

/// Whether `QCStatements` (RFC 3739 § 3.2.6) hold one of an identifier.
pub fn states(value: &[u8], statement: Oid) -> Result<bool, Refusal> {
    let inner = whole(value, "statements of a certificate", Tag::Sequence)?;
    let mut found = false;
    for member in inner.all(ELEMENTS_MAX)? {
        let mut member = whole(member.whole, "a statement of a certificate", Tag::Sequence)?;
        found |= member.oid()? == statement;
    }
    Ok(found)
}

/// The names of `GeneralNames`.
pub fn names(value: &[u8]) -> Result<Vec<Tlv<'_>>, Refusal> {
    whole(value, "alternative names", Tag::Sequence)?.all(ELEMENTS_MAX)
}

/// Those of a certificate that are understood here or bind nobody who reads a stamp.
#[must_use]
pub fn is_known_of_certificate(kind: Oid) -> bool {
    [
        oid::BASIC_CONSTRAINTS,
        oid::KEY_USAGE,
        oid::EXTENDED_KEY_USAGE,
        oid::SUBJECT_KEY,
        oid::AUTHORITY_KEY,
        oid::ALTERNATIVE_NAME,
        oid::POLICIES,
        oid::QC_STATEMENTS,
    ]
    .contains(&kind)
}
