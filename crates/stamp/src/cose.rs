//! Certificates and signatures outside of time-stamps, as COSE carries them (RFC 9053): what a certificate says of itself, whether
//! a signature was made with its key, what time a token names.
//!
//! Keeps: nothing here is a verdict. Whoever holds a key may write any name beside it, and nobody looks who is believed, what was
//! revoked, when; a time is what a token says, whoever signed it.
//! Does not know: chains, roots.

use crate::algorithm::{Digest, Pss, Scheme};
use crate::certificate::Certificate;
use crate::der::encoded;
use crate::info::Info;
use crate::moment::Moment;
use crate::refusal::Refusal;
use crate::response::TokenDer;
use crate::signed::Signed;

const INTEGER: u8 = 2;
const SEQUENCE: u8 = 0x30;

/// How a signature is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoseAlgorithm {
    Es256,
    Es384,
    Es512,
    Ps256,
    Ps384,
    Ps512,
}

impl CoseAlgorithm {
    /// By its number (RFC 9053 § 2.1, RFC 8230 § 2).
    #[must_use]
    pub fn of(number: i128) -> Option<Self> {
        Some(match number {
            -7 => Self::Es256,
            -35 => Self::Es384,
            -36 => Self::Es512,
            -37 => Self::Ps256,
            -38 => Self::Ps384,
            -39 => Self::Ps512,
            _ => return None,
        })
    }

    fn scheme(self) -> Scheme {
        let pss = |digest: Digest| Scheme::Pss(Pss { digest, salt: digest.bytes() });
        match self {
            Self::Es256 => Scheme::Ecdsa(Digest::Sha256),
            Self::Es384 => Scheme::Ecdsa(Digest::Sha384),
            Self::Es512 => Scheme::Ecdsa(Digest::Sha512),
            Self::Ps256 => pss(Digest::Sha256),
            Self::Ps384 => pss(Digest::Sha384),
            Self::Ps512 => pss(Digest::Sha512),
        }
    }
}

/// A certificate that came beside a signature.
#[derive(Clone, Debug)]
pub struct Beside<'a>(Certificate<'a>);

impl<'a> Beside<'a> {
    /// From its DER.
    ///
    /// # Errors
    /// Names what isn't in its form.
    pub fn read(bytes: &'a [u8]) -> Result<Self, Refusal> {
        Certificate::read(bytes).map(Self)
    }

    /// Whom it names.
    #[must_use]
    pub fn subject(&self) -> String {
        self.0.subject.shown()
    }

    /// Who it says has issued it.
    #[must_use]
    pub fn issuer(&self) -> String {
        self.0.issuer.shown()
    }

    /// From when to when it says that it is valid.
    #[must_use]
    pub fn valid(&self) -> (Moment, Moment) {
        (self.0.not_before, self.0.not_after)
    }

    /// Whether a signature of a message was made with its key.
    ///
    /// # Errors
    /// Refuses a key that is not known or too weak, and an algorithm of another kind of key.
    pub fn has_signed(&self, algorithm: CoseAlgorithm, message: &[u8], signature: &[u8]) -> Result<bool, Refusal> {
        let key = self.0.key()?;
        match algorithm.scheme() {
            scheme @ Scheme::Ecdsa(_) => key.verifies(scheme, message, &ecdsa(signature)),
            scheme => key.verifies(scheme, message, signature),
        }
    }
}

/// r ‖ s of one length as the DER that certificates have.
fn ecdsa(signature: &[u8]) -> Vec<u8> {
    let (r, s) = signature.split_at(signature.len() / 2);
    let number = |bytes: &[u8]| {
        let first = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len());
        let significant = bytes.get(first..).unwrap_or_default();
        let sign: &[u8] = if significant.first().is_none_or(|byte| *byte >= 0x80) { &[0] } else { &[] };
        encoded(INTEGER, &[sign, significant].concat())
    };
    encoded(SEQUENCE, &[number(r), number(s)].concat())
}

/// The time that a token, or an answer with one, names.
///
/// # Errors
/// Names what isn't in its form.
pub fn time_of(token: &[u8]) -> Result<Moment, Refusal> {
    let token = TokenDer::read(token)?;
    Ok(Info::read(Signed::read(token.as_bytes())?.content)?.time)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_der_has_them() {
        assert_eq!(ecdsa(&[0, 1, 0x80, 0]), [0x30, 8, 2, 1, 1, 2, 3, 0, 0x80, 0]);
        assert_eq!(ecdsa(&[0, 0]), [0x30, 6, 2, 1, 0, 2, 1, 0]);
    }

    #[test]
    fn algorithms_have_their_numbers() {
        assert_eq!(CoseAlgorithm::of(-7), Some(CoseAlgorithm::Es256));
        assert_eq!(CoseAlgorithm::of(-39), Some(CoseAlgorithm::Ps512));
        // EdDSA, RSA PKCS #1 v1.5.
        assert_eq!((CoseAlgorithm::of(-8), CoseAlgorithm::of(-257)), (None, None));
    }
}
