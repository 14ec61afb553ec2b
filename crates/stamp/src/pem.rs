//! Certificates and revocation lists as people keep them: PEM (RFC 7468), or DER as it is.
//!
//! Keeps: what stands between the blocks is passed over; a block of another label is not read. Does not know: what is inside.

use crate::limits::{CERTIFICATES_MAX, CRLS_MAX, PEM_BYTES_MAX};
use crate::refusal::Refusal;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Characters of base64 on a line (RFC 7468 § 2).
const LINE: usize = 64;
/// First byte of a SEQUENCE: a file in DER.
const SEQUENCE: u8 = 0x30;

/// Blocks in DER, or why a file has none.
pub type Blocks = Result<Vec<Vec<u8>>, Refusal>;

/// The certificates of a file.
///
/// # Errors
/// If there is none, more than [`CERTIFICATES_MAX`], or something that is no base64.
pub fn certificates(file: &[u8]) -> Blocks {
    blocks(file, "CERTIFICATE", "certificates", CERTIFICATES_MAX)
}

/// The revocation lists of a file.
///
/// # Errors
/// If there is none, more than [`CRLS_MAX`], or something that is no base64.
pub fn lists(file: &[u8]) -> Blocks {
    blocks(file, "X509 CRL", "revocation lists", CRLS_MAX)
}

/// Certificates as a file of PEM, which [`certificates`] and stock tools read.
#[must_use]
pub fn of_certificates(certificates: &[Vec<u8>]) -> String {
    certificates.iter().map(|der| block("CERTIFICATE", der)).collect()
}

/// Revocation lists as a file of PEM.
#[must_use]
pub fn of_lists(lists: &[Vec<u8>]) -> String {
    lists.iter().map(|der| block("X509 CRL", der)).collect()
}

fn block(label: &str, der: &[u8]) -> String {
    let mut out = format!("-----BEGIN {label}-----\n");
    for (place, character) in STANDARD.encode(der).chars().enumerate() {
        if place > 0 && place % LINE == 0 {
            out.push('\n');
        }
        out.push(character);
    }
    out.push_str(&format!("\n-----END {label}-----\n"));
    out
}

fn blocks(file: &[u8], label: &str, what: &'static str, limit: usize) -> Blocks {
    if file.len() > PEM_BYTES_MAX {
        return Err(Refusal::TooLong { what, limit: PEM_BYTES_MAX });
    }
    if file.first() == Some(&SEQUENCE) {
        return Ok(vec![file.to_vec()]);
    }
    let text = std::str::from_utf8(file).map_err(|_| Refusal::Pem(what))?;
    let (begin, end) = (format!("-----BEGIN {label}-----"), format!("-----END {label}-----"));
    let (mut found, mut open): (Vec<Vec<u8>>, Option<String>) = (Vec::new(), None);
    for line in text.lines().map(str::trim) {
        if line == begin {
            open = Some(String::new());
        } else if line == end {
            let block = open.take().ok_or(Refusal::Pem(what))?;
            if found.len() == limit {
                return Err(Refusal::TooMany { what, limit });
            }
            found.push(STANDARD.decode(block).map_err(|_| Refusal::Pem(what))?);
        } else if let Some(block) = &mut open {
            block.push_str(line);
        }
    }
    if found.is_empty() || open.is_some() { Err(Refusal::Pem(what)) } else { Ok(found) }
}

#[cfg(test)]
mod tests {
    use super::{certificates, lists};

    #[test]
    fn blocks_of_one_label_are_read_and_the_rest_passed_over() {
        let text = "subject=x\n-----BEGIN CERTIFICATE-----\r\nMAA=\r\n-----END CERTIFICATE-----\n-----BEGIN X509 CRL-----\nMAE=\n-----END X509 CRL-----\n";
        assert_eq!(certificates(text.as_bytes()).unwrap(), [[0x30, 0]]);
        assert_eq!(lists(text.as_bytes()).unwrap(), [[0x30, 1]]);
        assert_eq!(certificates(&[0x30, 0]).unwrap(), [[0x30, 0]]);
    }

    #[test]
    fn what_is_written_is_read_again() {
        for length in [1, 48, 49, 96, 500] {
            let bodies = vec![vec![0x30; length], vec![7; length]];
            assert_eq!(certificates(super::of_certificates(&bodies).as_bytes()).unwrap(), bodies);
            assert_eq!(lists(super::of_lists(&bodies).as_bytes()).unwrap(), bodies);
            assert!(super::of_lists(&bodies).lines().all(|line| line.len() <= 64));
        }
    }

    #[test]
    fn torn_blocks_are_refused() {
        for text in [
            "",
            "-----BEGIN CERTIFICATE-----\nMAA=\n",
            "-----END CERTIFICATE-----\n",
            "-----BEGIN CERTIFICATE-----\nM*A=\n-----END CERTIFICATE-----\n",
            "\u{feff}MAA=",
        ] {
            assert_eq!(certificates(text.as_bytes()).unwrap_err().id(), "pem", "{text:?}");
        }
    }
}
