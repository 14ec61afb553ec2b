//! Certificates (RFC 5280), as far as a time-stamp needs them.
//!
//! Keeps: version 3 in DER; both places of the signature's algorithm agree. What is signed is kept as it was.
//! Does not know: whether a certificate is believed (`chain`), what a stamp asks of it (`signer`).

use crate::algorithm::{Digest, Scheme};
use crate::der::{Cursor, Tlv, context, whole};
use crate::extension::{self, Extension};
use crate::key::Key;
use crate::limits::{CERTIFICATE_BYTES_MAX, SERIAL_BYTES_MAX};
use crate::moment::Moment;
use crate::name::Name;
use crate::oid::{self, Oid};
use crate::refusal::Refusal;
use der::Tag;

/// `KeyUsage`: may sign data.
pub const DIGITAL_SIGNATURE: u16 = 1 << 15;
/// `KeyUsage`: may sign what is meant to bind.
pub const NON_REPUDIATION: u16 = 1 << 14;
/// `KeyUsage`: may sign certificates.
pub const CERTIFICATE_SIGN: u16 = 1 << 10;
/// `KeyUsage`: may sign revocation lists.
pub const CRL_SIGN: u16 = 1 << 9;

const WHAT: &str = "a certificate";
/// `Version`, counted from 0.
const V3: u64 = 2;

/// A certificate.
#[derive(Clone, Debug)]
pub struct Certificate<'a> {
    pub whole: &'a [u8],
    signed: &'a [u8],
    scheme: Tlv<'a>,
    signature: &'a [u8],
    pub serial: &'a [u8],
    pub issuer: Name<'a>,
    pub subject: Name<'a>,
    pub not_before: Moment,
    pub not_after: Moment,
    key: Tlv<'a>,
    /// Whether an authority, and how many may stand below.
    pub authority: Option<(bool, Option<u64>)>,
    pub key_usage: Option<u16>,
    /// The usages, and whether they are critical.
    pub usages: Option<(bool, Vec<Oid>)>,
    pub subject_key: Option<&'a [u8]>,
    pub authority_key: Option<&'a [u8]>,
    /// Alternative names of the subject.
    pub alternative: Vec<Tlv<'a>>,
    /// Whether it says that it is qualified (ETSI EN 319 412-5 § 4.2.1).
    pub qualified: bool,
    unknown: Option<Oid>,
}

impl<'a> Certificate<'a> {
    pub fn read(bytes: &'a [u8]) -> Result<Self, Refusal> {
        if bytes.len() > CERTIFICATE_BYTES_MAX {
            return Err(Refusal::TooLong { what: WHAT, limit: CERTIFICATE_BYTES_MAX });
        }
        let mut outer = whole(bytes, WHAT, Tag::Sequence)?;
        let (signed, mut inner) = outer.inside(WHAT, Tag::Sequence)?;
        let scheme = outer.one(Tag::Sequence)?;
        let signature = outer.bits()?;
        outer.end()?;
        let version = inner.optional(context(0, true))?.ok_or(Refusal::Version { what: WHAT })?;
        let mut version = Cursor::new(version.value, WHAT);
        if version.small()? != V3 {
            return Err(Refusal::Version { what: WHAT });
        }
        version.end()?;
        let serial = inner.integer()?;
        if serial.len() > SERIAL_BYTES_MAX {
            return Err(Refusal::TooLong { what: "a serial number", limit: SERIAL_BYTES_MAX });
        }
        if inner.one(Tag::Sequence)?.whole != scheme.whole {
            return Err(Refusal::AlgorithmsDiffer(WHAT));
        }
        let issuer = Name::of(inner.one(Tag::Sequence)?)?;
        let mut validity = inner.sequence()?;
        let not_before = Moment::of_certificate(validity.any()?)?;
        let not_after = Moment::of_certificate(validity.any()?)?;
        validity.end()?;
        let subject = Name::of(inner.one(Tag::Sequence)?)?;
        let key = inner.one(Tag::Sequence)?;
        // Unique identifiers, which nobody uses.
        inner.optional(context(1, false))?;
        inner.optional(context(2, false))?;
        let extensions = match inner.optional(context(3, true))? {
            None => Vec::new(),
            Some(list) => extension::read(whole(list.value, WHAT, Tag::Sequence)?)?,
        };
        inner.end()?;
        let read = Self {
            whole: bytes,
            signed: signed.whole,
            scheme,
            signature,
            serial,
            issuer,
            subject,
            not_before,
            not_after,
            key,
            authority: None,
            key_usage: None,
            usages: None,
            subject_key: None,
            authority_key: None,
            alternative: Vec::new(),
            qualified: false,
            unknown: None,
        };
        extensions.iter().try_fold(read, Self::with)
    }

    fn with(mut self, extension: &Extension<'a>) -> Result<Self, Refusal> {
        let value = extension.value;
        match extension.kind {
            oid::BASIC_CONSTRAINTS => self.authority = Some(extension::basic_constraints(value)?),
            oid::KEY_USAGE => self.key_usage = Some(extension::key_usage(value)?),
            oid::EXTENDED_KEY_USAGE => self.usages = Some((extension.critical, extension::usages(value)?)),
            oid::SUBJECT_KEY => self.subject_key = Some(extension::subject_key(value)?),
            oid::AUTHORITY_KEY => self.authority_key = extension::authority_key(value)?,
            oid::ALTERNATIVE_NAME => self.alternative = extension::names(value)?,
            oid::QC_STATEMENTS => self.qualified = extension::states(value, oid::QC_COMPLIANCE)?,
            kind if extension.critical && !extension::is_known_of_certificate(kind) => self.unknown = Some(kind),
            _ => {}
        }
        Ok(self)
    }

    pub fn key(&self) -> Result<Key, Refusal> {
        Key::read(self.key)
    }

    /// For people.
    pub fn shown(&self) -> String {
        self.subject.shown()
    }

    /// Names and keys fit: `issuer` may have issued this one.
    pub fn may_be_of(&self, issuer: &Certificate<'_>) -> bool {
        let keys_differ = match (self.authority_key, issuer.subject_key) {
            (Some(wanted), Some(found)) => wanted != found,
            _ => false,
        };
        !keys_differ && self.issuer.is_same(&issuer.subject)
    }

    pub fn is_self_issued(&self) -> bool {
        self.issuer.is_same(&self.subject)
    }

    /// Its own signature under an issuer's key.
    pub fn is_signed_by(&self, issuer: &Certificate<'_>) -> Result<(), Refusal> {
        let scheme = Scheme::read(self.scheme, None)?;
        if issuer.key()?.verifies(scheme, self.signed, self.signature)? {
            Ok(())
        } else {
            Err(Refusal::ChainSignature { subject: self.shown() })
        }
    }

    /// Valid at a time, and with no critical extension that is not understood.
    pub fn is_usable(&self, at: Moment) -> Result<(), Refusal> {
        if let Some(unknown) = self.unknown {
            return Err(Refusal::Critical(unknown.to_string()));
        }
        // `notAfter` is inclusive, to the second (RFC 5280 § 4.1.2.5).
        if at < self.not_before {
            return Err(Refusal::NotYetValid { subject: self.shown() });
        }
        if at.seconds() > self.not_after.seconds() {
            return Err(Refusal::Expired { subject: self.shown() });
        }
        Ok(())
    }

    /// SHA-256 of the certificate, in hex.
    pub fn fingerprint(&self) -> String {
        Digest::Sha256.of(self.whole).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
