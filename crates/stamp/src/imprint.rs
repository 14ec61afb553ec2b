//! What is stamped: the imprint of a checkpoint, and that of a renewal.
//!
//! Keeps: the salt stands first, so that who sees an imprint can't try notes; a renewal covers all that was kept of the stamps before it.
//! Does not know: what a note says.

use crate::algorithm::Digest;

/// Bytes of a salt.
pub const SALT_BYTES: usize = 32;
/// Random bytes that hide which note was stamped, until they are shown.
pub type Salt = [u8; SALT_BYTES];

const STAMP: &[u8] = b"casemate/stamp/v1\0";
const RESTAMP: &[u8] = b"casemate/restamp/v1\0";

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

    fn of_data(data: &[u8]) -> Self {
        Self { digest: Digest::Sha256, hash: Digest::Sha256.of(data) }
    }
}

/// What is kept of a stamp, and what its renewal covers.
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

fn count(out: &mut Vec<u8>, number: usize) {
    out.extend((number as u64).to_be_bytes());
}

/// A length as u64, then the bytes.
fn lp(out: &mut Vec<u8>, bytes: &[u8]) {
    count(out, bytes.len());
    out.extend(bytes);
}

fn list(out: &mut Vec<u8>, members: &[Vec<u8>]) {
    count(out, members.len());
    members.iter().for_each(|member| lp(out, member));
}

impl Kept {
    fn write(&self, out: &mut Vec<u8>) {
        lp(out, &self.salt);
        lp(out, &self.token);
        list(out, &self.certificates);
        list(out, &self.lists);
    }
}

/// The bytes whose SHA-256 is the imprint of a note: what `openssl ts -verify -data` is given.
#[must_use]
pub fn stamped_data(salt: &Salt, note: &[u8]) -> Vec<u8> {
    let mut data = STAMP.to_vec();
    data.extend(salt);
    lp(&mut data, note);
    data
}

/// The imprint of a signed note.
#[must_use]
pub fn stamped(salt: &Salt, note: &[u8]) -> Imprint {
    Imprint::of_data(&stamped_data(salt, note))
}

/// The imprint of a renewal of earlier stamps of a note, the first of them first.
#[must_use]
pub fn renewed(salt: &Salt, note: &[u8], earlier: &[Kept]) -> Imprint {
    let mut data = RESTAMP.to_vec();
    data.extend(salt);
    lp(&mut data, note);
    count(&mut data, earlier.len());
    earlier.iter().for_each(|kept| kept.write(&mut data));
    Imprint::of_data(&data)
}

#[cfg(test)]
mod tests {
    use super::{Imprint, Kept, renewed, stamped};
    use std::collections::BTreeSet;

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
        let kept = |seed: u8| Kept {
            salt: [seed; 32],
            token: vec![seed; 3],
            certificates: vec![vec![seed]],
            lists: vec![vec![seed; 2], vec![]],
        };
        let (a, b) = (kept(1), kept(2));
        let mut without = a.clone();
        without.lists.pop();
        let mut moved = a.clone();
        moved.certificates.append(&mut moved.lists);
        let mut other_salt = a.clone();
        other_salt.salt[0] = 9;
        let imprints = [
            stamped(&[0; 32], b"n"),
            stamped(&[1; 32], b"n"),
            renewed(&[0; 32], b"n", &[]),
            renewed(&[0; 32], b"m", std::slice::from_ref(&a)),
            renewed(&[0; 32], b"n", std::slice::from_ref(&a)),
            renewed(&[0; 32], b"n", std::slice::from_ref(&without)),
            renewed(&[0; 32], b"n", std::slice::from_ref(&moved)),
            renewed(&[0; 32], b"n", std::slice::from_ref(&other_salt)),
            renewed(&[0; 32], b"n", &[a.clone(), b.clone()]),
            renewed(&[0; 32], b"n", &[b, a]),
        ];
        assert_eq!(imprints.iter().map(hex).collect::<BTreeSet<_>>().len(), imprints.len());
    }
}
