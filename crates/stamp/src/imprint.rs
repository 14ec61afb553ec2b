//! What is stamped: the imprint of a checkpoint.
//!
//! Keeps: the salt stands first, so that who sees an imprint can't try notes.
//! Does not know: what a note says.

use crate::algorithm::Digest;

/// Bytes of a salt.
pub const SALT_BYTES: usize = 32;
/// Random bytes that hide which note was stamped, until they are shown.
pub type Salt = [u8; SALT_BYTES];

const STAMP: &[u8] = b"casemate/stamp/v1\0";

/// A hash, and with which digest it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imprint {
    pub(crate) digest: Digest,
    pub(crate) hash: Vec<u8>,
}

impl Imprint {
    /// A hash by its length: SHA-256, SHA-384 or SHA-512.
    #[must_use]
    pub fn of_hash(hash: &[u8]) -> Option<Self> {
        let digest = [Digest::Sha256, Digest::Sha384, Digest::Sha512];
        let digest = digest.into_iter().find(|digest| digest.bytes() == hash.len())?;
        Some(Self { digest, hash: hash.to_vec() })
    }

    /// The hash.
    #[must_use]
    pub fn hash(&self) -> &[u8] {
        &self.hash
    }

    /// The SHA-256 of `data`.
    #[must_use]
    pub fn of_data(data: &[u8]) -> Self {
        Self { digest: Digest::Sha256, hash: Digest::Sha256.of(data) }
    }
}

/// What is kept of a stamp.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub salt: Salt,
    /// The token in DER.
    pub token: Vec<u8>,
    /// Certificates beside the token, DER.
    pub certificates: Vec<Vec<u8>>,
    /// Revocation lists, DER.
    pub lists: Vec<Vec<u8>>,
}

/// The bytes whose SHA-256 is the imprint of a note: what `openssl ts -verify -data` is given.
#[must_use]
pub fn stamped_data(salt: &Salt, note: &[u8]) -> Vec<u8> {
    let mut data = STAMP.to_vec();
    data.extend(salt);
    data.extend((note.len() as u64).to_be_bytes());
    data.extend(note);
    data
}

/// The imprint of a signed note.
#[must_use]
pub fn stamped(salt: &Salt, note: &[u8]) -> Imprint {
    Imprint::of_data(&stamped_data(salt, note))
}

#[cfg(test)]
mod tests {
    use super::{Imprint, stamped};

    fn hex(imprint: &Imprint) -> String {
        imprint.hash().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn an_imprint_is_that_of_the_page() {
        // printf 'casemate/stamp/v1\0' … | sha256sum, as docs/format/time.md §1 shows it.
        assert_eq!(
            hex(&stamped(&[7; 32], b"note\n")),
            "1645ae38147768de053d5642c7f34974e8bacaf482830009d001b515ace69157"
        );
    }

    #[test]
    fn every_part_counts() {
        let imprints =
            [stamped(&[0; 32], b"n"), stamped(&[1; 32], b"n"), stamped(&[0; 32], b"m"), stamped(&[0; 32], b"n\0")];
        for (at, imprint) in imprints.iter().enumerate() {
            assert!(!imprints[..at].contains(imprint));
        }
    }
}
