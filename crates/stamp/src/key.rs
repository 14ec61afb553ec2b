//! Public keys of certificates, and what they verify.
//!
//! Keeps: RSA from 2048 bits, ECDSA on P-256 and P-384; a signature of another kind than its key is refused as that.
//! Does not know: whose key it is.

use crate::algorithm::{Pss, Scheme, is_none, parts};
use crate::der::{Tlv, unsigned, whole};
use crate::oid::{self, Oid};
use crate::refusal::Refusal;
use crate::rsa;
use der::Tag;
use p256::ecdsa::signature::hazmat::PrehashVerifier as _;

/// A public key.
#[derive(Clone, Debug)]
pub struct Key(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Rsa(rsa::Key),
    /// For PSS alone, perhaps with its parameters.
    RsaPss(rsa::Key, Option<Pss>),
    P256(p256::ecdsa::VerifyingKey),
    P384(p384::ecdsa::VerifyingKey),
}

const WHAT: &str = "a public key";

impl Key {
    /// From a `SubjectPublicKeyInfo`.
    pub fn read(info: Tlv<'_>) -> Result<Self, Refusal> {
        let mut inner = whole(info.whole, WHAT, Tag::Sequence)?;
        let (kind, parameters) = parts(inner.one(Tag::Sequence)?)?;
        let bits = inner.bits()?;
        inner.end()?;
        Ok(Self(match kind {
            oid::RSA if is_none(parameters) => Kind::Rsa(rsa::Key::read(bits)?),
            oid::RSA_PSS => Kind::RsaPss(rsa::Key::read(bits)?, parameters.map(Pss::read).transpose()?),
            oid::EC_KEY => {
                let curve = parameters.filter(|curve| curve.tag == Tag::ObjectIdentifier).ok_or(Refusal::Key)?;
                match Oid::from_bytes(curve.value) {
                    Some(oid::P256) => {
                        Kind::P256(p256::ecdsa::VerifyingKey::from_sec1_bytes(bits).map_err(|_| Refusal::Key)?)
                    }
                    Some(oid::P384) => {
                        Kind::P384(p384::ecdsa::VerifyingKey::from_sec1_bytes(bits).map_err(|_| Refusal::Key)?)
                    }
                    _ => return Err(Refusal::Key),
                }
            }
            _ => return Err(Refusal::Key),
        }))
    }

    /// Whether a signature of a message verifies.
    ///
    /// # Errors
    /// Refuses a scheme of another kind of key, or of other parameters than the key's.
    pub fn verifies(&self, scheme: Scheme, message: &[u8], signature: &[u8]) -> Result<bool, Refusal> {
        let hash = scheme.digest().of(message);
        Ok(match (&self.0, scheme) {
            (Kind::Rsa(key), Scheme::Pkcs1(digest)) => key.verifies_pkcs1(digest, &hash, signature),
            (Kind::Rsa(key), Scheme::Pss(pss)) => key.verifies_pss(pss, &hash, signature),
            // RFC 4055 § 3.3: the key's salt is the least.
            (Kind::RsaPss(key, own), Scheme::Pss(pss))
                if own.is_none_or(|own| own.digest == pss.digest && own.salt <= pss.salt) =>
            {
                key.verifies_pss(pss, &hash, signature)
            }
            (Kind::P256(key), Scheme::Ecdsa(_)) => fixed::<32>(signature).is_some_and(|signature| {
                p256::ecdsa::Signature::from_slice(&signature)
                    .is_ok_and(|signature| key.verify_prehash(&hash, &signature).is_ok())
            }),
            (Kind::P384(key), Scheme::Ecdsa(_)) => fixed::<48>(signature).is_some_and(|signature| {
                p384::ecdsa::Signature::from_slice(&signature)
                    .is_ok_and(|signature| key.verify_prehash(&hash, &signature).is_ok())
            }),
            _ => return Err(Refusal::AlgorithmsDiffer("a signature and its key")),
        })
    }
}

/// `ECDSA-Sig-Value` (RFC 3279 § 2.2.3) in DER alone, as r ‖ s of N bytes each.
fn fixed<const N: usize>(signature: &[u8]) -> Option<Vec<u8>> {
    let mut inner = whole(signature, "a signature", Tag::Sequence).ok()?;
    let mut out = Vec::with_capacity(2 * N);
    for _ in 0..2 {
        let number = unsigned(inner.integer().ok()?)?;
        out.extend(std::iter::repeat_n(0, N.checked_sub(number.len())?));
        out.extend(number);
    }
    inner.end().ok()?;
    Some(out)
}

#[cfg(test)]
mod tests;
