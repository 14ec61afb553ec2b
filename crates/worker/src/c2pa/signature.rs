//! The signature of a claim (C2PA 2.2, § 13: COSE_Sign1, RFC 9052), and the certificate beside it.
//!
//! Keeps: a signature is said to fit if it was made with the key of the certificate that came with it, and no more is said: nobody
//! looks who issued the certificate, what was revoked, whether it was valid then.
//! Does not know: what the claim says.

use casemate_stamp::{Beside, CoseAlgorithm, time_of};
use minicbor::encode::Encoder;

use super::cbor::Value;

/// COSE's numbers of headers: the algorithm, the certificates (RFC 9360).
const ALGORITHM: i128 = 1;
const CERTIFICATES: i128 = 33;
/// The certificates, as claims had them before they had a number.
const CERTIFICATES_NAMED: &str = "x5chain";
/// Time-stamps of the signature: version 2, version 1.
const STAMPS: [&str; 2] = ["sigTst2", "sigTst"];
/// Algorithms by name.
const NAMES: [(i128, &str); 7] =
    [(-7, "ES256"), (-35, "ES384"), (-36, "ES512"), (-37, "PS256"), (-38, "PS384"), (-39, "PS512"), (-8, "EdDSA")];

/// Whether it was made with that key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// It was.
    Fits,
    /// It was not, or the claim is another.
    Differs,
    /// Nobody looked, and why.
    NotChecked(&'static str),
}

/// What a signature says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    pub algorithm: Option<&'static str>,
    pub signer: Option<String>,
    pub issuer: Option<String>,
    /// From when to when the certificate is valid, as it says.
    pub valid: Option<String>,
    /// When a time-stamp says that it was signed; nobody looked at the stamp.
    pub date: Option<String>,
    pub made: Made,
}

impl Signature {
    /// Of a claim; a signature that is missing or can't be read is one that is not checked.
    pub fn of(signature: Option<&[u8]>, claim: &[u8]) -> Self {
        let unread = |why| Self {
            algorithm: None,
            signer: None,
            issuer: None,
            valid: None,
            date: None,
            made: Made::NotChecked(why),
        };
        let Some(bytes) = signature else { return unread("it has no signature") };
        let Some(read) = Value::read(bytes).ok() else { return unread("its signature can't be read") };
        match read.list() {
            Some([Value::Bytes(headers), beside, payload, Value::Bytes(signature)]) => {
                Self::read(headers, beside, payload.bytes().unwrap_or(claim), claim, signature)
            }
            _ => unread("its signature can't be read"),
        }
    }

    fn read(headers: &[u8], beside: &Value<'_>, payload: &[u8], claim: &[u8], signature: &[u8]) -> Self {
        let signed = Value::read(headers).unwrap_or(Value::Other);
        let number = match signed.numbered(ALGORITHM) {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        };
        let chain = [&signed, beside]
            .into_iter()
            .find_map(|headers| headers.numbered(CERTIFICATES).or_else(|| headers.named(CERTIFICATES_NAMED)));
        let leaf = chain.and_then(|chain| chain.bytes().or_else(|| chain.list()?.first()?.bytes()));
        let certificate = leaf.and_then(|leaf| Beside::read(leaf).ok());
        let made = match (&certificate, number.and_then(CoseAlgorithm::of), to_be_signed(headers, claim)) {
            _ if payload != claim => Made::Differs,
            (None, ..) => Made::NotChecked("its certificate can't be read"),
            (Some(certificate), Some(algorithm), Some(message)) => {
                match certificate.has_signed(algorithm, &message, signature) {
                    Ok(true) => Made::Fits,
                    Ok(false) => Made::Differs,
                    Err(_) => Made::NotChecked("its key is not of a kind that is known"),
                }
            }
            _ => Made::NotChecked("its algorithm is not known"),
        };
        Self {
            algorithm: number.and_then(|number| NAMES.iter().find(|name| name.0 == number)).map(|name| name.1),
            signer: certificate.as_ref().map(Beside::subject),
            issuer: certificate.as_ref().map(Beside::issuer),
            valid: certificate.as_ref().map(|certificate| {
                let (from, to) = certificate.valid();
                format!("{from}/{to}")
            }),
            date: date(&signed).or_else(|| date(beside)),
            made,
        }
    }
}

/// The time of the first stamp.
fn date(headers: &Value<'_>) -> Option<String> {
    let stamps = STAMPS.iter().find_map(|name| headers.named(name))?;
    let token = stamps.list_named("tstTokens").first()?.named("val")?.bytes()?;
    time_of(token).ok().map(|time| time.to_string())
}

/// `Sig_structure` (RFC 9052 § 4.4) of one signer, with nothing from outside.
fn to_be_signed(headers: &[u8], claim: &[u8]) -> Option<Vec<u8>> {
    let mut to = Encoder::new(Vec::with_capacity(headers.len() + claim.len() + 32));
    to.array(4).ok()?.str("Signature1").ok()?.bytes(headers).ok()?.bytes(&[]).ok()?.bytes(claim).ok()?;
    Some(to.into_writer())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_signed_is_as_cose_has_it() {
        assert_eq!(to_be_signed(&[0xa1, 1, 0x26], b"x").unwrap(), b"\x84\x6aSignature1\x43\xa1\x01\x26\x40\x41x");
    }

    #[test]
    fn what_is_no_signature_is_not_checked() {
        let made = |bytes| Signature::of(bytes, b"").made;
        assert_eq!(made(None), Made::NotChecked("it has no signature"));
        for bytes in [&b"\xa0"[..], b"\x83\x40\xa0\xf6", b"\xff", b""] {
            assert_eq!(made(Some(bytes)), Made::NotChecked("its signature can't be read"));
        }
        assert_eq!(made(Some(b"\x84\x40\xa0\xf6\x40")), Made::NotChecked("its certificate can't be read"));
        // Another payload than the claim.
        assert_eq!(made(Some(b"\x84\x40\xa0\x41x\x40")), Made::Differs);
    }
}
