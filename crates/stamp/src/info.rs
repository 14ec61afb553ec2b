//! `TSTInfo` (RFC 3161 § 2.4.2): what the authority says.
//!
//! Keeps: version 1; critical extensions that are not understood are refused. Does not know: who signed it.

use crate::algorithm::Digest;
use crate::der::{Cursor, Tlv, context, small, whole};
use crate::extension;
use crate::limits::SERIAL_BYTES_MAX;
use crate::moment::Moment;
use crate::oid::{self, Oid};
use crate::refusal::Refusal;
use der::Tag;
use std::fmt;

const WHAT: &str = "a time-stamp";
const THOUSAND: u64 = 1000;

/// How exact the authority says its clock is: at most so far off either way. All zero where it says nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accuracy {
    pub seconds: u64,
    pub milliseconds: u16,
    pub microseconds: u16,
}

impl fmt::Display for Accuracy {
    /// `1.000500 s`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let micros = u64::from(self.milliseconds) * THOUSAND + u64::from(self.microseconds);
        if micros == 0 {
            return write!(formatter, "{} s", self.seconds);
        }
        let fraction = format!("{micros:06}");
        write!(formatter, "{}.{} s", self.seconds, fraction.trim_end_matches('0'))
    }
}

/// What is stamped, as the stamp says it.
#[derive(Clone, Debug)]
pub struct Info<'a> {
    pub policy: Oid,
    pub digest: Digest,
    pub hash: &'a [u8],
    pub serial: &'a [u8],
    pub time: Moment,
    pub accuracy: Option<Accuracy>,
    pub nonce: Option<&'a [u8]>,
    /// The authority's name, a `GeneralName`.
    pub authority: Option<Tlv<'a>>,
    /// Whether it says that it is qualified (ETSI EN 319 422 § 9.1).
    pub qualified: bool,
}

impl<'a> Info<'a> {
    pub fn read(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let mut inner = whole(bytes, WHAT, Tag::Sequence)?;
        if inner.small()? != 1 {
            return Err(Refusal::Version { what: WHAT });
        }
        let policy = inner.oid()?;
        let (digest, hash) = imprint(inner.one(Tag::Sequence)?)?;
        let serial = inner.integer()?;
        if serial.len() > SERIAL_BYTES_MAX {
            return Err(Refusal::TooLong { what: "a serial number", limit: SERIAL_BYTES_MAX });
        }
        let time = Moment::of_stamp(inner.any()?)?;
        let accuracy = inner.optional(Tag::Sequence)?.map(accuracy).transpose()?;
        // `ordering`, false by default: nothing here depends on it.
        if inner.optional(Tag::Boolean)?.is_some_and(|ordering| ordering.value != [0xff]) {
            return Err(inner.fault());
        }
        let nonce = inner.optional_integer()?;
        let authority = match inner.optional(context(0, true))? {
            None => None,
            Some(outer) => {
                let mut content = Cursor::new(outer.value, WHAT);
                let name = content.any()?;
                content.end()?;
                Some(name)
            }
        };
        let mut qualified = false;
        if let Some(list) = inner.optional(context(1, true))? {
            for extension in extension::read(Cursor::new(list.value, WHAT))? {
                if extension.kind == oid::QC_STATEMENTS {
                    qualified = extension::states(extension.value, oid::QUALIFIED_STAMP)?;
                } else if extension.critical {
                    return Err(Refusal::Critical(extension.kind.to_string()));
                }
            }
        }
        inner.end()?;
        Ok(Self { policy, digest, hash, serial, time, accuracy, nonce, authority, qualified })
    }
}

/// `MessageImprint`.
fn imprint(tlv: Tlv<'_>) -> Result<(Digest, &[u8]), Refusal> {
    let mut inner = Cursor::new(tlv.value, WHAT);
    let digest = Digest::read(inner.one(Tag::Sequence)?)?;
    let hash = inner.one(Tag::OctetString)?.value;
    inner.end()?;
    if hash.len() == digest.bytes() { Ok((digest, hash)) } else { Err(inner.fault()) }
}

fn accuracy(tlv: Tlv<'_>) -> Result<Accuracy, Refusal> {
    let mut inner = Cursor::new(tlv.value, WHAT);
    let fault = inner.fault();
    let mut part = |tag, most: u64| match inner.optional(tag)? {
        None => Ok(0),
        Some(number) => small(number.value).filter(|number| (0..=most).contains(number)).ok_or_else(|| fault.clone()),
    };
    let seconds = part(Tag::Integer, u64::from(u32::MAX))?;
    let milliseconds = part(context(0, false), THOUSAND - 1)?;
    let microseconds = part(context(1, false), THOUSAND - 1)?;
    inner.end()?;
    Ok(Accuracy { seconds, milliseconds: milliseconds as u16, microseconds: microseconds as u16 })
}
