//! The body of an act before encryption, and the key that encrypts it.
//!
//! Keeps: one body for each act and key; its length tells the act's size only in steps of 256 bytes.
//! Does not know: the cipher (XChaCha20-Poly1305 with a random nonce, AD = OR), which the vault applies.

use super::{ACT_LEAVES, ActError};
use crate::cbor::{Reader, Writer};
use crate::digest::hkdf;
use crate::ids::Oid;
use crate::object::ObjectKey;
use crate::value::VALUE_BYTES_MAX;

/// Bodies are filled with zeros to a multiple of this, bytes.
pub const BODY_STEP: usize = 256;
/// Greatest length of a body: sixteen payloads at their limit and the framing.
pub const BODY_MAX: usize = ACT_LEAVES * (VALUE_BYTES_MAX + 16) + BODY_STEP;
const BODY_TAG: &[u8] = b"casemate/body/v1\0";

/// The key of an act's body: HKDF-SHA-256(SK, no salt, `casemate/body/v1\0` ‖ oid), 32 bytes.
///
/// `subject_key` is SK(subject, compartment).
#[must_use]
pub fn body_key(subject_key: &[u8; 32], oid: &Oid) -> [u8; 32] {
    hkdf(subject_key, &[BODY_TAG, &oid.0])
}

/// The body: `{0: K, 1: [16 payloads]}`, then zeros to the next multiple of [`BODY_STEP`].
#[must_use]
pub fn encode_body(key: &ObjectKey, payloads: &[Vec<u8>; ACT_LEAVES]) -> Vec<u8> {
    let mut writer = Writer::new();
    writer.map(2).uint(0).bytes(key.as_bytes()).uint(1).array(ACT_LEAVES);
    payloads.iter().for_each(|payload| {
        writer.bytes(payload);
    });
    let mut body = writer.into_bytes();
    body.resize(body.len().next_multiple_of(BODY_STEP), 0);
    body
}

/// Reads a body: K and the sixteen payloads.
///
/// # Errors
/// [`ActError::Body`] for every other encoding.
pub fn decode_body(body: &[u8]) -> Result<(ObjectKey, [Vec<u8>; ACT_LEAVES]), ActError> {
    if !admits(body.len()) {
        return Err(ActError::Body);
    }
    let mut reader = Reader::new(body);
    let parts = read_parts(&mut reader).map_err(|_| ActError::Body)?;
    let padding = reader.rest();
    if padding.len() >= BODY_STEP || padding.iter().any(|b| *b != 0) {
        return Err(ActError::Body);
    }
    Ok(parts)
}

/// Whether a body can have this length.
fn admits(length: usize) -> bool {
    length <= BODY_MAX && length.is_multiple_of(BODY_STEP)
}

fn read_parts(reader: &mut Reader<'_>) -> Result<(ObjectKey, [Vec<u8>; ACT_LEAVES]), crate::cbor::CborError> {
    reader.map_of(2)?;
    let key = ObjectKey::new(reader.key(0)?.fixed()?);
    reader.key(1)?.array_of(ACT_LEAVES)?;
    let mut payloads: [Vec<u8>; ACT_LEAVES] = std::array::from_fn(|_| Vec::new());
    for payload in &mut payloads {
        *payload = reader.bytes()?.to_vec();
    }
    Ok((key, payloads))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_has_a_length_of_steps_up_to_its_greatest() {
        // Sixteen payloads of 2^24 bytes with 16 of framing each, and a step.
        assert_eq!(BODY_MAX, 268_435_968);
        let lengths = [0, 1, 255, 256, 257, 268_435_712, 268_435_967, 268_435_968, 268_435_969, 268_436_224];
        let admitted: Vec<usize> = lengths.into_iter().filter(|length| admits(*length)).collect();
        assert_eq!(admitted, [0, 256, 268_435_712, 268_435_968]);
    }

    #[test]
    fn less_than_a_step_of_zeros_follows() {
        let payloads: [Vec<u8>; ACT_LEAVES] = std::array::from_fn(|_| vec![0xf6]);
        let body = encode_body(&ObjectKey::new([1; 32]), &payloads);
        // A map's head, two keys, K with its head, the array's head, sixteen payloads of a head and a byte: 70 bytes.
        assert_eq!((body.len(), body[70..].iter().all(|byte| *byte == 0), body[69]), (256, true, 0xf6));
        assert!(decode_body(&body).is_ok());
        for length in [0, 70, 255, 512] {
            let mut other = body.clone();
            other.resize(length, 0);
            assert_eq!(decode_body(&other).err(), Some(ActError::Body), "{length}");
        }
        for place in [70, 255] {
            let mut other = body.clone();
            other[place] = 1;
            assert_eq!(decode_body(&other).err(), Some(ActError::Body), "{place}");
        }
    }
}
