//! Two small commitments: what a timestamp covers, and what a press bundle says of an exhibit.
//!
//! Keeps: neither tells anything of what it covers without its fresh random salt.
//! Does not know: authorities, tokens, bundles.

use crate::digest::{length, sha256};
use crate::ids::{Hash, ObjectRoot};

const STAMP_TAG: &[u8] = b"casemate/stamp/v1\0";
const PRESS_TAG: &[u8] = b"casemate/press/v1\0";

/// The imprint of an RFC 3161 token: SHA-256(tag ‖ salt ‖ length ‖ the full signed note).
#[must_use]
pub fn stamp_imprint(salt: &[u8; 32], signed_note: &[u8]) -> Hash {
    sha256(&[STAMP_TAG, salt, &length(signed_note), signed_note])
}

/// The commitment in a press bundle: SHA-256(tag ‖ salt ‖ OR).
#[must_use]
pub fn press_commitment(salt: &[u8; 32], root: &ObjectRoot) -> Hash {
    sha256(&[PRESS_TAG, salt, &root.0])
}
