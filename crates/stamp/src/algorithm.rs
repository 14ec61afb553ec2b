//! Algorithms of digests and signatures, as `AlgorithmIdentifier` names them.
//!
//! Keeps: SHA-256, SHA-384, SHA-512; RSA PKCS #1 v1.5, RSASSA-PSS, ECDSA. What is known to be weak is refused as weak, the rest as unknown.
//! SHA-1 exists only as the digest of an `ESSCertID`.
//! Does not know: keys.

use crate::der::{Cursor, Tlv, context, small};
use crate::oid::{self, Oid};
use crate::refusal::Refusal;
use der::Tag;
use sha2::Digest as _;

/// A digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Digest {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

/// How a signature is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    Pkcs1(Digest),
    Pss(Pss),
    Ecdsa(Digest),
}

/// Parameters of RSASSA-PSS; the mask is made with the same digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pss {
    pub digest: Digest,
    /// Bytes of salt.
    pub salt: usize,
}

impl Digest {
    pub fn of(self, data: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha1 => sha1::Sha1::digest(data).to_vec(),
            Self::Sha256 => sha2::Sha256::digest(data).to_vec(),
            Self::Sha384 => sha2::Sha384::digest(data).to_vec(),
            Self::Sha512 => sha2::Sha512::digest(data).to_vec(),
        }
    }

    pub fn bytes(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    pub fn oid(self) -> Oid {
        match self {
            Self::Sha1 => oid::SHA1,
            Self::Sha256 => oid::SHA256,
            Self::Sha384 => oid::SHA384,
            Self::Sha512 => oid::SHA512,
        }
    }

    fn known(kind: &Oid) -> Result<Self, Refusal> {
        match *kind {
            oid::SHA256 => Ok(Self::Sha256),
            oid::SHA384 => Ok(Self::Sha384),
            oid::SHA512 => Ok(Self::Sha512),
            oid::SHA1 => Err(Refusal::Weak("SHA-1")),
            oid::MD5 => Err(Refusal::Weak("MD5")),
            other => Err(Refusal::Algorithm(other.to_string())),
        }
    }

    /// From an `AlgorithmIdentifier` whose parameters are absent or NULL.
    pub fn read(algorithm: Tlv<'_>) -> Result<Self, Refusal> {
        let (kind, parameters) = parts(algorithm)?;
        let digest = Self::known(&kind)?;
        if is_none(parameters) { Ok(digest) } else { Err(Refusal::Form(WHAT)) }
    }
}

const WHAT: &str = "an algorithm";
const PSS_WHAT: &str = "parameters of RSASSA-PSS";

/// The identifier and the parameters of an `AlgorithmIdentifier`.
pub fn parts(algorithm: Tlv<'_>) -> Result<(Oid, Option<Tlv<'_>>), Refusal> {
    let mut inner = crate::der::whole(algorithm.whole, WHAT, Tag::Sequence)?;
    let kind = inner.oid()?;
    let parameters = if inner.is_empty() { None } else { Some(inner.any()?) };
    inner.end()?;
    Ok((kind, parameters))
}

/// Absent, or NULL.
pub fn is_none(parameters: Option<Tlv<'_>>) -> bool {
    parameters.is_none_or(|parameters| parameters.whole == [5, 0])
}

impl Scheme {
    pub fn digest(&self) -> Digest {
        match self {
            Self::Pkcs1(digest) | Self::Ecdsa(digest) | Self::Pss(Pss { digest, .. }) => *digest,
        }
    }

    /// From the `AlgorithmIdentifier` of a certificate, a list or a signer. A signer may name RSA alone: then its
    /// digest is `beside`.
    pub fn read(algorithm: Tlv<'_>, beside: Option<Digest>) -> Result<Self, Refusal> {
        let (kind, parameters) = parts(algorithm)?;
        if kind == oid::RSA_PSS {
            return Pss::read(parameters.ok_or(Refusal::Weak("SHA-1"))?).map(Self::Pss);
        }
        let (scheme, is_rsa) = match kind {
            oid::RSA_SHA256 => (Self::Pkcs1(Digest::Sha256), true),
            oid::RSA_SHA384 => (Self::Pkcs1(Digest::Sha384), true),
            oid::RSA_SHA512 => (Self::Pkcs1(Digest::Sha512), true),
            oid::RSA => (Self::Pkcs1(beside.ok_or_else(|| Refusal::Algorithm(kind.to_string()))?), true),
            oid::ECDSA_SHA256 => (Self::Ecdsa(Digest::Sha256), false),
            oid::ECDSA_SHA384 => (Self::Ecdsa(Digest::Sha384), false),
            oid::ECDSA_SHA512 => (Self::Ecdsa(Digest::Sha512), false),
            oid::RSA_SHA1 | oid::ECDSA_SHA1 => return Err(Refusal::Weak("SHA-1")),
            oid::RSA_MD5 => return Err(Refusal::Weak("MD5")),
            other => return Err(Refusal::Algorithm(other.to_string())),
        };
        // RFC 5758 § 3.2: absent for ECDSA. RFC 4055 § 5: NULL for RSA; some write nothing.
        let fitting = if is_rsa { is_none(parameters) } else { parameters.is_none() };
        if fitting { Ok(scheme) } else { Err(Refusal::Form(WHAT)) }
    }
}

impl Pss {
    /// `RSASSA-PSS-params` (RFC 4055 § 3.1); the defaults are SHA-1, which is refused.
    pub fn read(parameters: Tlv<'_>) -> Result<Self, Refusal> {
        let mut inner = crate::der::whole(parameters.whole, PSS_WHAT, Tag::Sequence)?;
        let mut field = |number| match inner.optional(context(number, true))? {
            None => Ok(None),
            Some(field) => {
                let mut content = Cursor::new(field.value, PSS_WHAT);
                let value = content.any()?;
                content.end()?;
                Ok::<_, Refusal>(Some(value))
            }
        };
        let (digest, mask, salt, trailer) = (field(0)?, field(1)?, field(2)?, field(3)?);
        inner.end()?;
        let digest = Digest::read(digest.ok_or(Refusal::Weak("SHA-1"))?)?;
        let (kind, parameters) = parts(mask.ok_or(Refusal::Weak("SHA-1"))?)?;
        if kind != oid::RSA_MGF1 {
            return Err(Refusal::Algorithm(kind.to_string()));
        }
        if Digest::read(parameters.ok_or(Refusal::Form(PSS_WHAT))?)? != digest {
            return Err(Refusal::AlgorithmsDiffer("a signature"));
        }
        let number = |field: Option<Tlv<'_>>, usual: u64| match field {
            None => Ok(usual),
            Some(field) => {
                let number = small(field.value).filter(|_| field.tag == Tag::Integer);
                number.ok_or(Refusal::Form(PSS_WHAT))
            }
        };
        let salt = number(salt, 20)?;
        if number(trailer, 1)? != 1 || salt > crate::limits::RSA_BITS_MAX as u64 / 8 {
            return Err(Refusal::Form(PSS_WHAT));
        }
        Ok(Self { digest, salt: salt as usize })
    }
}
