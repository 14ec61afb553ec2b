//! The narrower's own key, from the file that `ssh-keygen -t ed25519` writes (OpenSSH `PROTOCOL.key`).
//!
//! Keeps: one key, Ed25519, without a passphrase, and the public key is the secret one's. Does not know: agents.

use casemate_proof::SecretKey;
use casemate_proof::note::decode_base64;
use std::fmt;

/// Longest file of a key, in bytes.
pub const FILE_BYTES_MAX: usize = 1 << 16;
const BEGIN: &str = "-----BEGIN OPENSSH PRIVATE KEY-----";
const END: &str = "-----END OPENSSH PRIVATE KEY-----";
const MAGIC: &[u8] = b"openssh-key-v1\0";
const KIND: &[u8] = b"ssh-ed25519";
const NONE: &[u8] = b"none";

/// Why a key file is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyFileError {
    /// Not a private key of OpenSSH.
    Form,
    /// Another kind of key.
    Kind,
    /// Locked with a passphrase.
    Locked,
}

impl fmt::Display for KeyFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Form => "not a private key as ssh-keygen writes it",
            Self::Kind => "another kind of key than Ed25519",
            Self::Locked => "the key is locked with a passphrase",
        })
    }
}

impl std::error::Error for KeyFileError {}

fn number(rest: &mut &[u8]) -> Option<u32> {
    let (bytes, tail) = rest.split_first_chunk::<4>()?;
    *rest = tail;
    Some(u32::from_be_bytes(*bytes))
}

fn string<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = number(rest)? as usize;
    let (content, tail) = rest.split_at_checked(length)?;
    *rest = tail;
    Some(content)
}

/// The key in a file.
///
/// # Errors
/// [`KeyFileError`].
pub fn secret_key(file: &str) -> Result<SecretKey, KeyFileError> {
    if file.len() > FILE_BYTES_MAX {
        return Err(KeyFileError::Form);
    }
    let body = file.trim().strip_prefix(BEGIN).and_then(|rest| rest.strip_suffix(END)).ok_or(KeyFileError::Form)?;
    let digits: String = body.chars().filter(|c| !c.is_whitespace()).collect();
    let blob = decode_base64(&digits).map_err(|_| KeyFileError::Form)?;
    let mut rest = blob.strip_prefix(MAGIC).ok_or(KeyFileError::Form)?;
    let mut next = || string(&mut rest).ok_or(KeyFileError::Form);
    let (cipher, kdf, _options) = (next()?, next()?, next()?);
    if cipher != NONE || kdf != NONE {
        return Err(KeyFileError::Locked);
    }
    if number(&mut rest) != Some(1) {
        return Err(KeyFileError::Form);
    }
    let public = string(&mut rest).ok_or(KeyFileError::Form)?;
    let secret = string(&mut rest).ok_or(KeyFileError::Form)?;
    if !rest.is_empty() {
        return Err(KeyFileError::Form);
    }
    of_lists(public, secret)
}

fn of_lists(mut public: &[u8], mut secret: &[u8]) -> Result<SecretKey, KeyFileError> {
    let form = KeyFileError::Form;
    let (first, second) = (number(&mut secret).ok_or(form)?, number(&mut secret).ok_or(form)?);
    if first != second {
        return Err(form);
    }
    if string(&mut public) != Some(KIND) || string(&mut secret) != Some(KIND) {
        return Err(KeyFileError::Kind);
    }
    let stated = string(&mut public).ok_or(form)?;
    let again = string(&mut secret).ok_or(form)?;
    let pair = string(&mut secret).ok_or(form)?;
    let (seed, half) = pair.split_first_chunk::<32>().ok_or(form)?;
    let key = SecretKey::from_seed(seed);
    let own = *key.public().as_bytes();
    if [stated, again, half].into_iter().all(|of| of == own) { Ok(key) } else { Err(form) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `ssh-keygen -t ed25519 -N '' -C clerk -f key`, made for this test.
    const FILE: &str = "-----BEGIN OPENSSH PRIVATE KEY-----\n\
        b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW\n\
        QyNTUxOQAAACDfo3q683R5dS/x2urWNxdzkWFO0NwRJZG9uaaQcjnH3AAAAIgddKrfHXSq\n\
        3wAAAAtzc2gtZWQyNTUxOQAAACDfo3q683R5dS/x2urWNxdzkWFO0NwRJZG9uaaQcjnH3A\n\
        AAAECJrfXFdC9qouhmoPWZ4PZvXtp46pFNTO+Tiq3eTqOZJ9+jerrzdHl1L/Ha6tY3F3OR\n\
        YU7Q3BElkb25ppByOcfcAAAABWNsZXJr\n\
        -----END OPENSSH PRIVATE KEY-----\n\
        ";
    const PUBLIC: &str = "AAAAC3NzaC1lZDI1NTE5AAAAIN+jerrzdHl1L/Ha6tY3F3ORYU7Q3BElkb25ppByOcfc";

    #[test]
    fn a_key_of_ssh_keygen_is_read() {
        let key = secret_key(FILE).unwrap();
        let blob = decode_base64(PUBLIC).unwrap();
        assert_eq!(key.public().as_bytes().as_slice(), &blob[blob.len() - 32..]);
        assert_eq!(secret_key(&FILE.replace('\n', "\r\n")).unwrap().seed(), key.seed());
    }

    #[test]
    fn every_other_file_is_refused() {
        assert_eq!(secret_key("").err(), Some(KeyFileError::Form));
        assert_eq!(secret_key(&"x".repeat(FILE_BYTES_MAX + 1)).err(), Some(KeyFileError::Form));
        for cut in 0..FILE.len() - 2 {
            if FILE.is_char_boundary(cut) {
                assert!(secret_key(&FILE[..cut]).is_err(), "{cut}");
            }
        }
        let body = FILE.replace(BEGIN, "").replace(END, "").replace(['\n', ' '], "");
        let blob = decode_base64(&body).unwrap();
        for at in 0..blob.len() {
            let mut other = blob.clone();
            other[at] ^= 1;
            let file = format!("{BEGIN}\n{}\n{END}\n", casemate_proof::note::encode_base64(&other));
            // The comment, and the numbers of which both must be equal, are not of the key.
            let read = secret_key(&file).map(|key| *key.seed());
            assert!(read.is_err() || read == Ok(*secret_key(FILE).unwrap().seed()), "{at}");
        }
    }
}
