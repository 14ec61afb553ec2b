//! RSA signatures (RFC 8017): PKCS #1 v1.5 and PSS, verified only.
//!
//! Keeps: PKCS #1 v1.5 is checked by making the one encoding that is right and comparing it whole; nothing is parsed out of a
//! signature. Only public values are here, so nothing can leak by how long it takes (RUSTSEC-2023-0071 is about private keys).
//! Does not know: private keys, encryption.

use crate::algorithm::{Digest, Pss};
use crate::der::{encoded, unsigned, whole};
use crate::limits::{RSA_BITS_MAX, RSA_BITS_MIN};
use crate::refusal::Refusal;
use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
use crypto_bigint::{BoxedUint, Odd};
use der::Tag;

/// Longer exponents are used by nobody, and would make a signature slow to check.
const EXPONENT_BYTES_MAX: usize = 5;
/// RFC 8017 § 9.2: at least eight bytes of padding.
const PADDING_BYTES_MIN: usize = 8;
/// Last byte of an encoded message of PSS.
const PSS_TRAILER: u8 = 0xbc;

/// A public key.
#[derive(Clone, Debug)]
pub struct Key {
    modulus: Odd<BoxedUint>,
    exponent: BoxedUint,
    exponent_bits: u32,
    /// Bits of the modulus.
    bits: usize,
}

fn bit_length(bytes: &[u8]) -> usize {
    bytes.first().map_or(0, |first| bytes.len() * 8 - first.leading_zeros() as usize)
}

impl Key {
    /// `RSAPublicKey` (RFC 8017 § A.1.1).
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let mut inner = whole(bytes, "an RSA key", Tag::Sequence)?;
        let modulus = unsigned(inner.integer()?).ok_or_else(|| inner.fault())?;
        let exponent = unsigned(inner.integer()?).ok_or_else(|| inner.fault())?;
        inner.end()?;
        let bits = bit_length(modulus);
        if bits < RSA_BITS_MIN {
            return Err(Refusal::WeakKey(bits));
        }
        let odd_exponent = exponent.last().is_some_and(|last| last & 1 == 1) && exponent != [1];
        if bits > RSA_BITS_MAX || !odd_exponent || exponent.len() > EXPONENT_BYTES_MAX {
            return Err(Refusal::Key);
        }
        let precision = (modulus.len() * 8) as u32;
        let number = BoxedUint::from_be_slice(modulus, precision).map_err(|_| Refusal::Key)?;
        let modulus = Option::<Odd<BoxedUint>>::from(Odd::new(number)).ok_or(Refusal::Key)?;
        let exponent_bits = bit_length(exponent) as u32;
        let exponent = BoxedUint::from_be_slice(exponent, (exponent.len() * 8) as u32).map_err(|_| Refusal::Key)?;
        Ok(Self { modulus, exponent, exponent_bits, bits })
    }

    /// s^e mod n, as long as the modulus; none if s is not that long or not below n.
    fn open(&self, signature: &[u8]) -> Option<Vec<u8>> {
        let length = self.bits.div_ceil(8);
        if signature.len() != length {
            return None;
        }
        let number = BoxedUint::from_be_slice(signature, (length * 8) as u32).ok()?;
        if number >= *self.modulus.as_ref() {
            return None;
        }
        let parameters = BoxedMontyParams::new_vartime(self.modulus.clone());
        let opened = BoxedMontyForm::new(number, &parameters).pow_bounded_exp(&self.exponent, self.exponent_bits);
        let bytes = opened.retrieve().to_be_bytes();
        let surplus = bytes.len().checked_sub(length)?;
        let (zeros, bytes) = bytes.split_at_checked(surplus)?;
        zeros.iter().all(|byte| *byte == 0).then(|| bytes.to_vec())
    }

    /// RSASSA-PKCS1-v1_5 (RFC 8017 § 8.2.2) over a message with that digest.
    pub fn verifies_pkcs1(&self, digest: Digest, hash: &[u8], signature: &[u8]) -> bool {
        let Some(opened) = self.open(signature) else { return false };
        let algorithm = [encoded(6, digest.oid().as_bytes()), encoded(5, &[])].concat();
        let info = encoded(0x30, &[encoded(0x30, &algorithm), encoded(4, hash)].concat());
        let Some(padding) = opened.len().checked_sub(info.len() + 3).filter(|padding| *padding >= PADDING_BYTES_MIN)
        else {
            return false;
        };
        opened == [&[0, 1][..], &vec![0xff; padding], &[0], &info].concat()
    }

    /// RSASSA-PSS (RFC 8017 § 8.1.2 and § 9.1.2).
    pub fn verifies_pss(&self, pss: Pss, hash: &[u8], signature: &[u8]) -> bool {
        self.open(signature).and_then(|opened| self.is_pss(pss, hash, &opened)).is_some()
    }

    fn is_pss(&self, pss: Pss, hash: &[u8], opened: &[u8]) -> Option<()> {
        let bits = self.bits.checked_sub(1)?;
        let length = bits.div_ceil(8);
        let (above, message) = opened.split_at_checked(opened.len().checked_sub(length)?)?;
        let (trailer, message) = message.split_last()?;
        let masked_length = message.len().checked_sub(pss.digest.bytes())?;
        let (masked, seed) = message.split_at_checked(masked_length)?;
        let unused = 0xffu8.checked_shl(8 - (length * 8 - bits) as u32).unwrap_or(0);
        let mut block = mask(pss.digest, seed, masked.len());
        block.iter_mut().zip(masked).for_each(|(mask, byte)| *mask ^= byte);
        if above.iter().any(|byte| *byte != 0) || *trailer != PSS_TRAILER || masked.first()? & unused != 0 {
            return None;
        }
        *block.first_mut()? &= !unused;
        let (padding, salt) = block.split_at_checked(block.len().checked_sub(pss.salt)?)?;
        let (one, zeros) = padding.split_last()?;
        if *one != 1 || zeros.iter().any(|byte| *byte != 0) {
            return None;
        }
        let again = pss.digest.of(&[&[0; 8][..], hash, salt].concat());
        (again == seed).then_some(())
    }
}

/// MGF1 (RFC 8017 § B.2.1).
fn mask(digest: Digest, seed: &[u8], length: usize) -> Vec<u8> {
    let mut out = Vec::new();
    for counter in 0u32.. {
        if out.len() >= length {
            break;
        }
        out.extend(digest.of(&[seed, &counter.to_be_bytes()].concat()));
    }
    out.truncate(length);
    out
}
