//! Revocation lists (RFC 5280 § 5).
//!
//! Keeps: every entry has the form it must have up to the one that is looked for; the list is walked, never collected.
//! Does not know: which lists count for whom (`revocation`).

use crate::algorithm::Scheme;
use crate::certificate::Certificate;
use crate::der::{Cursor, Tlv, context, whole};
use crate::extension::{self, Extension};
use crate::limits::{CRL_BYTES_MAX, REVOKED_MAX};
use crate::moment::Moment;
use crate::name::Name;
use crate::oid;
use crate::refusal::Refusal;
use der::Tag;

const WHAT: &str = "a revocation list";
/// `Version`, counted from 0.
const V2: u64 = 1;
/// `indirectCRL` in an `IssuingDistributionPoint`.
const INDIRECT: u32 = 4;

/// A revocation list.
#[derive(Clone, Debug)]
pub struct Crl<'a> {
    signed: &'a [u8],
    scheme: Tlv<'a>,
    signature: &'a [u8],
    pub issuer: Name<'a>,
    pub this_update: Moment,
    pub next_update: Option<Moment>,
    entries: &'a [u8],
    pub authority_key: Option<&'a [u8]>,
    /// A part of what was revoked: by place, by reason, or since another list.
    pub is_part: bool,
    /// Speaks of certificates of other issuers.
    pub is_indirect: bool,
}

/// Why and when a certificate was revoked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub at: Moment,
    /// `CRLReason`; absent is not the same as 0.
    pub reason: Option<u8>,
    /// Since when it was not to be trusted.
    pub invalid_since: Option<Moment>,
}

impl<'a> Crl<'a> {
    pub fn read(bytes: &'a [u8]) -> Result<Self, Refusal> {
        if bytes.len() > CRL_BYTES_MAX {
            return Err(Refusal::TooLong { what: WHAT, limit: CRL_BYTES_MAX });
        }
        let mut outer = whole(bytes, WHAT, Tag::Sequence)?;
        let (signed, mut inner) = outer.inside(WHAT, Tag::Sequence)?;
        let scheme = outer.one(Tag::Sequence)?;
        let signature = outer.bits()?;
        outer.end()?;
        let version = inner.optional(Tag::Integer)?;
        if version.is_some_and(|version| crate::der::small(version.value) != Some(V2)) {
            return Err(Refusal::Version { what: WHAT });
        }
        if inner.one(Tag::Sequence)?.whole != scheme.whole {
            return Err(Refusal::AlgorithmsDiffer(WHAT));
        }
        let issuer = Name::of(inner.one(Tag::Sequence)?)?;
        let this_update = Moment::of_certificate(inner.any()?)?;
        let mut next = inner.optional(Tag::UtcTime)?;
        if next.is_none() {
            next = inner.optional(Tag::GeneralizedTime)?;
        }
        let next_update = next.map(Moment::of_certificate).transpose()?;
        let entries = inner.optional(Tag::Sequence)?.map_or(&[][..], |list| list.value);
        let extensions = match inner.optional(context(0, true))? {
            None => Vec::new(),
            Some(list) => extension::read(whole(list.value, WHAT, Tag::Sequence)?)?,
        };
        inner.end()?;
        let list = Self {
            signed: signed.whole,
            scheme,
            signature,
            issuer,
            this_update,
            next_update,
            entries,
            authority_key: None,
            is_part: false,
            is_indirect: false,
        };
        extensions.iter().try_fold(list, Self::with)
    }

    fn with(mut self, extension: &Extension<'a>) -> Result<Self, Refusal> {
        match extension.kind {
            oid::AUTHORITY_KEY => self.authority_key = extension::authority_key(extension.value)?,
            oid::CRL_NUMBER => {}
            oid::DISTRIBUTION_POINT => {
                self.is_part = true;
                let mut fields = whole(extension.value, WHAT, Tag::Sequence)?;
                while !fields.is_empty() {
                    self.is_indirect |= fields.any()?.tag == context(INDIRECT, false);
                }
            }
            _ => self.is_part |= extension.critical,
        }
        Ok(self)
    }

    /// Whether `issuer` signed it.
    pub fn is_signed_by(&self, issuer: &Certificate<'_>) -> Result<bool, Refusal> {
        let scheme = Scheme::read(self.scheme, None)?;
        issuer.key()?.verifies(scheme, self.signed, self.signature)
    }

    /// The entry of a certificate with a serial number.
    pub fn entry(&self, serial: &[u8]) -> Result<Option<Entry>, Refusal> {
        let mut entries = Cursor::new(self.entries, WHAT);
        let mut count = 0usize;
        while !entries.is_empty() {
            count += 1;
            if count > REVOKED_MAX {
                return Err(Refusal::TooMany { what: "revoked certificates", limit: REVOKED_MAX });
            }
            let mut entry = entries.sequence()?;
            if entry.integer()? == serial {
                return Entry::read(entry).map(Some);
            }
        }
        Ok(None)
    }
}

impl Entry {
    fn read(mut entry: Cursor<'_>) -> Result<Self, Refusal> {
        let mut read = Self { at: Moment::of_certificate(entry.any()?)?, reason: None, invalid_since: None };
        if let Some(list) = entry.optional(Tag::Sequence)? {
            for extension in extension::read(Cursor::new(list.value, WHAT))? {
                let mut value = Cursor::new(extension.value, WHAT);
                match extension.kind {
                    oid::CRL_REASON => match *value.one(Tag::Enumerated)?.value {
                        [reason] => read.reason = Some(reason),
                        _ => return Err(value.fault()),
                    },
                    oid::INVALIDITY_DATE => read.invalid_since = Some(Moment::of_certificate(value.any()?)?),
                    _ => continue,
                }
                value.end()?;
            }
        }
        entry.end()?;
        Ok(read)
    }
}
