//! What an authority is asked (`TimeStampReq`, RFC 3161 § 2.4.1).
//!
//! Keeps: the certificate is always asked for; the imprint says nothing of what is stamped. Does not know: how it is sent.

use crate::der::encoded;
use crate::imprint::Imprint;
use crate::oid::Oid;

const INTEGER: u8 = 2;
const OCTET_STRING: u8 = 4;
const NULL: u8 = 5;
const OBJECT_IDENTIFIER: u8 = 6;
const SEQUENCE: u8 = 0x30;
/// `BOOLEAN` true.
const TRUE: [u8; 3] = [1, 1, 0xff];

/// Random bytes that bind an answer to its question; 64 bits, which every authority takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nonce(pub [u8; 8]);

impl Nonce {
    /// The content of an INTEGER that is not negative, in its shortest form.
    pub(crate) fn integer(self) -> Vec<u8> {
        let start = self.0.iter().position(|byte| *byte != 0).unwrap_or(self.0.len() - 1);
        let digits = self.0.get(start..).unwrap_or(&[]);
        let sign = digits.first().is_some_and(|first| first & 0x80 != 0);
        std::iter::repeat_n(0, usize::from(sign)).chain(digits.iter().copied()).collect()
    }
}

/// A question to an authority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub imprint: Imprint,
    pub nonce: Option<Nonce>,
    /// Under which policy the stamp shall be made.
    pub policy: Option<Oid>,
}

impl Request {
    /// In DER: the body of a request of type `application/timestamp-query`.
    #[must_use]
    pub fn to_der(&self) -> Vec<u8> {
        let algorithm = [encoded(OBJECT_IDENTIFIER, self.imprint.digest.oid().as_bytes()), encoded(NULL, &[])].concat();
        let imprint = [encoded(SEQUENCE, &algorithm), encoded(OCTET_STRING, &self.imprint.hash)].concat();
        let mut body = [encoded(INTEGER, &[1]), encoded(SEQUENCE, &imprint)].concat();
        if let Some(policy) = &self.policy {
            body.extend(encoded(OBJECT_IDENTIFIER, policy.as_bytes()));
        }
        if let Some(nonce) = self.nonce {
            body.extend(encoded(INTEGER, &nonce.integer()));
        }
        body.extend(TRUE);
        encoded(SEQUENCE, &body)
    }
}

#[cfg(test)]
mod tests {
    use super::Nonce;

    #[test]
    fn a_nonce_is_a_number_that_is_not_negative() {
        assert_eq!(Nonce([0; 8]).integer(), [0]);
        assert_eq!(Nonce([0, 0, 0, 0, 0, 0, 1, 0x80]).integer(), [1, 0x80]);
        assert_eq!(Nonce([0xff; 8]).integer(), [0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
    }
}
