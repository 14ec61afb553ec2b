//! What an authority answers (`TimeStampResp`, RFC 3161 § 2.4.2), and the token inside.
//!
//! Keeps: a token is taken out only of an answer that grants it; nothing else of an answer is signed, so nothing else is kept.
//! Does not know: whether the token is any good (`verify`).

use crate::der::{Cursor, Tlv, encoded, whole};
use crate::limits::TOKEN_BYTES_MAX;
use crate::refusal::Refusal;
use der::Tag;

const WHAT: &str = "an answer of an authority";
/// `granted`, and `grantedWithMods`.
const GRANTED: [u64; 2] = [0, 1];
/// `PKIStatusInfo` that says `granted` and nothing else.
const STATUS_GRANTED: [u8; 5] = [0x30, 3, 2, 1, 0];
const FAILURE_BYTES_MAX: usize = 4;

/// A token in DER, not verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenDer(Vec<u8>);

impl TokenDer {
    /// From an answer, or from a token that stands alone.
    ///
    /// # Errors
    /// Names why an answer holds no token, and whatever isn't in its form.
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        if bytes.len() > TOKEN_BYTES_MAX {
            return Err(Refusal::TooLong { what: WHAT, limit: TOKEN_BYTES_MAX });
        }
        let mut outer = whole(bytes, WHAT, Tag::Sequence)?;
        let first = outer.any()?;
        if first.tag == Tag::ObjectIdentifier {
            return Ok(Self(bytes.to_vec()));
        }
        granted(first)?;
        if outer.is_empty() {
            return Err(Refusal::NoToken);
        }
        let token = outer.one(Tag::Sequence)?;
        outer.end()?;
        Ok(Self(token.whole.to_vec()))
    }

    /// The token.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// An answer that grants this token and says nothing else: one file for each token, which `openssl ts -verify` reads.
    #[must_use]
    pub fn to_response(&self) -> Vec<u8> {
        encoded(0x30, &[&STATUS_GRANTED[..], &self.0].concat())
    }
}

fn granted(info: Tlv<'_>) -> Result<(), Refusal> {
    let mut inner = whole(info.whole, WHAT, Tag::Sequence)?;
    let status = inner.small()?;
    inner.optional(Tag::Sequence)?;
    let failure = inner.optional(Tag::BitString)?.map(failure).transpose()?;
    inner.end()?;
    if GRANTED.contains(&status) {
        return if failure.is_none() { Ok(()) } else { Err(inner.fault()) };
    }
    let status = u8::try_from(status).map_err(|_| inner.fault())?;
    Err(Refusal::Status { status, failure: failure.unwrap_or(0) })
}

/// `PKIFailureInfo`, its first bit the highest of 32.
fn failure(bits: Tlv<'_>) -> Result<u32, Refusal> {
    match bits.value.split_first() {
        Some((0..=7, bytes)) if bytes.len() <= FAILURE_BYTES_MAX => {
            let given = bytes.iter().fold(0u32, |sum, byte| sum << 8 | u32::from(*byte));
            Ok(given.checked_shl((FAILURE_BYTES_MAX - bytes.len()) as u32 * 8).unwrap_or(0))
        }
        _ => Err(Cursor::new(&[], WHAT).fault()),
    }
}
