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
    if body.len() > BODY_MAX {
        return Err(ActError::Body);
    }
    let mut reader = Reader::new(body);
    let parts = read_parts(&mut reader).map_err(|_| ActError::Body)?;
    let padding = reader.rest();
    if !body.len().is_multiple_of(BODY_STEP) || padding.len() >= BODY_STEP || padding.iter().any(|b| *b != 0) {
        return Err(ActError::Body);
    }
    Ok(parts)
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
