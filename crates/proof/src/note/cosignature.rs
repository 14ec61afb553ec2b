//! Cosignatures of witnesses (C2SP tlog-cosignature, Ed25519): that somebody saw this head of a log, when, and none that contradicts it.
//!
//! Keeps: one encoding of a verifier key; a cosignature counts only under a key that was given by another way.
//! Does not know: which witnesses deserve trust, or what a witness saw before.

use super::signed::{NoteKey, NoteSignature, SignedNote, key_id, verifier_key};
use super::{NoteError, decode_base64};
use crate::keys::{KeyError, PublicKey, SecretKey, Signature};
use std::fmt;
use std::str::FromStr;

/// Greatest length of a verifier key, bytes.
pub const WITNESS_KEY_BYTES_MAX: usize = 512;
/// The last second of the year 9999, which is the last that RFC 3339 writes.
pub const COSIGNED_AT_MAX: u64 = 253_402_300_799;
/// The type of a key that cosigns, by Ed25519.
const COSIGNATURE_TYPE: u8 = 4;
const TIME_BYTES: usize = 8;

/// Key of a witness: its name and its public key, as witnesses publish it (`name+id+key`, C2SP signed-note).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WitnessKey(NoteKey);

impl WitnessKey {
    /// A name and a key.
    ///
    /// # Errors
    /// [`NoteError::KeyName`].
    pub fn new(name: &str, key: PublicKey) -> Result<Self, NoteError> {
        NoteKey::new(name, key).map(Self)
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.name()
    }

    fn id(&self) -> [u8; 4] {
        key_id(self.name(), COSIGNATURE_TYPE, self.0.key())
    }

    /// Cosigns a text as it was seen at a time, in seconds since 1970.
    ///
    /// # Errors
    /// If the key is another's.
    pub fn cosign(&self, text: &str, at: u64, key: &SecretKey) -> Result<NoteSignature, NoteError> {
        if key.public() != *self.0.key() {
            return Err(KeyError::Signature.into());
        }
        let signature = [&at.to_be_bytes()[..], &key.sign(&message(text, at)).0].concat();
        Ok(NoteSignature { name: self.name().to_owned(), id: self.id(), signature })
    }

    /// Whether a line claims to be of this key.
    #[must_use]
    pub fn is_of(&self, line: &NoteSignature) -> bool {
        line.name == self.name() && line.id == self.id()
    }

    /// When this witness cosigned the text, in seconds since 1970.
    ///
    /// # Errors
    /// [`NoteError::Unsigned`] for a line of another key; [`NoteError::Time`]; [`NoteError::Key`].
    pub fn verify(&self, text: &str, line: &NoteSignature) -> Result<u64, NoteError> {
        if !self.is_of(line) {
            return Err(NoteError::Unsigned);
        }
        let (time, signature) = line.signature.split_first_chunk::<TIME_BYTES>().ok_or(KeyError::Signature)?;
        let at = u64::from_be_bytes(*time);
        let signature = Signature::from_slice(signature).ok_or(KeyError::Signature)?;
        self.0.key().verify(&message(text, at), &signature)?;
        if at <= COSIGNED_AT_MAX { Ok(at) } else { Err(NoteError::Time) }
    }

    /// The one line by which this witness cosigned a note, and when it did.
    ///
    /// # Errors
    /// [`NoteError::Unsigned`] if none is of this key, or more than one is; those of [`WitnessKey::verify`].
    pub fn find<'a>(&self, text: &str, lines: &'a [NoteSignature]) -> Result<(&'a NoteSignature, u64), NoteError> {
        let mut own = lines.iter().filter(|line| self.is_of(line));
        match (own.next(), own.next()) {
            (Some(line), None) => Ok((line, self.verify(text, line)?)),
            _ => Err(NoteError::Unsigned),
        }
    }
}

impl fmt::Display for WitnessKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&verifier_key(self.name(), COSIGNATURE_TYPE, self.0.key()))
    }
}

impl FromStr for WitnessKey {
    type Err = NoteError;

    fn from_str(text: &str) -> Result<Self, NoteError> {
        if text.len() > WITNESS_KEY_BYTES_MAX {
            return Err(NoteError::Bytes);
        }
        // The base64 of the key may have a plus sign too.
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(_), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(NoteError::WitnessKey);
        };
        let bytes = decode_base64(key)?;
        let key = match bytes.split_first() {
            Some((&COSIGNATURE_TYPE, key)) => PublicKey::from_bytes(key)?,
            _ => return Err(NoteError::WitnessKey),
        };
        let read = Self::new(name, key)?;
        // One spelling, and the id that follows from name and key.
        if read.to_string() == text { Ok(read) } else { Err(NoteError::WitnessKey) }
    }
}

/// Lines of signatures alone, as a witness answers them.
///
/// # Errors
/// Refuses a passed limit and every other form.
pub fn read_lines(bytes: &[u8]) -> Result<Vec<NoteSignature>, NoteError> {
    // They are the lines of a note of which the text is known already.
    let note = SignedNote::decode(&[b"\n\n", bytes].concat())?;
    if note.text_unverified() == "\n" { Ok(note.signatures().to_vec()) } else { Err(NoteError::Form) }
}

fn message(text: &str, at: u64) -> Vec<u8> {
    format!("cosignature/v1\ntime {at}\n{text}").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::encode_base64;

    /// A head of a public log of certificates, cosigned by a witness of others (an Ed25519 line among lines that are not read).
    const PUBLIC: &str = "\
arche2025h1.staging.ct.transparency.dev
1432088532
U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=

\u{2014} arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=
\u{2014} remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==
";
    const REMORA: &str = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2";
    const TEXT: &str = "casemate/ab\n5\nU7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=\n";

    fn own() -> (WitnessKey, SecretKey) {
        let secret = SecretKey::from_seed(&[42; 32]);
        (WitnessKey::new("witness.example/w1", secret.public()).unwrap(), secret)
    }

    #[test]
    fn a_witness_of_others_is_understood() {
        let note = SignedNote::decode(PUBLIC.as_bytes()).unwrap();
        let key: WitnessKey = REMORA.parse().unwrap();
        assert_eq!((key.name(), key.to_string().as_str()), ("remora.n621.de", REMORA));
        let (_, at) = key.find(note.text_unverified(), note.signatures()).unwrap();
        assert_eq!(at, 1_779_573_024);
        let other = note.text_unverified().replace("1432088532", "1432088533");
        assert_eq!(key.find(&other, note.signatures()).err(), Some(KeyError::Signature.into()));
    }

    #[test]
    fn what_is_cosigned_verifies_for_this_text_time_and_key_alone() {
        let (key, secret) = own();
        let line = key.cosign(TEXT, 1_767_225_600, &secret).unwrap();
        assert_eq!(key.verify(TEXT, &line), Ok(1_767_225_600));
        assert!(key.verify(&TEXT.replace('5', "6"), &line).is_err());
        for byte in 0..line.signature.len() {
            let mut other = line.clone();
            other.signature[byte] ^= 1;
            assert!(key.verify(TEXT, &other).is_err(), "byte {byte}");
        }
        let renamed = WitnessKey::new("witness.example/w2", secret.public()).unwrap();
        assert_eq!(renamed.verify(TEXT, &line), Err(NoteError::Unsigned));
        assert!(key.cosign(TEXT, 1, &SecretKey::from_seed(&[43; 32])).is_err());
        let mut short = line.clone();
        short.signature.truncate(71);
        assert!(key.verify(TEXT, &short).is_err());
        // An ordinary signature of the same key is no cosignature: the types differ in the key id and in what is signed.
        let plain = SignedNote::sign(TEXT, key.name(), &secret).unwrap();
        assert_eq!(key.find(TEXT, plain.signatures()).err(), Some(NoteError::Unsigned));
    }

    #[test]
    fn a_time_that_no_calendar_writes_is_refused() {
        let (key, secret) = own();
        let at = |at| key.verify(TEXT, &key.cosign(TEXT, at, &secret).unwrap());
        assert_eq!(at(COSIGNED_AT_MAX), Ok(COSIGNED_AT_MAX));
        assert_eq!(at(COSIGNED_AT_MAX + 1), Err(NoteError::Time));
        assert_eq!(at(u64::MAX), Err(NoteError::Time));
    }

    #[test]
    fn two_lines_of_one_witness_are_none() {
        let (key, secret) = own();
        let lines = [1, 2].map(|at| key.cosign(TEXT, at, &secret).unwrap());
        assert_eq!(key.find(TEXT, &lines).err(), Some(NoteError::Unsigned));
        assert_eq!(key.find(TEXT, &[]).err(), Some(NoteError::Unsigned));
        assert!(key.find(TEXT, &lines[1..]).is_ok());
    }

    #[test]
    fn a_key_has_one_spelling() {
        let (key, _) = own();
        let text = key.to_string();
        assert_eq!(text.parse(), Ok(key));
        let (name, rest) = text.split_once('+').unwrap();
        let (id, encoded) = rest.split_once('+').unwrap();
        let of_type = |kind: u8| {
            let mut bytes = decode_base64(encoded).unwrap();
            bytes[0] = kind;
            format!("{name}+{id}+{}", encode_base64(&bytes))
        };
        let long = format!("{}+{id}+{encoded}", "x".repeat(WITNESS_KEY_BYTES_MAX));
        let upper = format!("{name}+{}+{encoded}", id.to_uppercase());
        for wrong in [
            "",
            name,
            &format!("{name}+{encoded}"),
            &format!("{name}+00000000+{encoded}"),
            &format!("other+{id}+{encoded}"),
            &format!("{name}+{id}+{encoded}\n"),
            &format!("{name}+{id}+{encoded}="),
            &format!("{name}+{id}+"),
            &of_type(1),
            &of_type(6),
            &long,
            &upper,
        ] {
            assert!(wrong.parse::<WitnessKey>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_answer_is_lines_and_nothing_else() {
        let (_, lines) = PUBLIC.split_once("\n\n").unwrap();
        assert_eq!(read_lines(lines.as_bytes()).unwrap().len(), 2);
        for wrong in ["", "\n", "not found\n", lines.trim_end(), &format!("{lines}\n"), &format!("and\n\n{lines}")] {
            assert!(read_lines(wrong.as_bytes()).is_err(), "{wrong:?}");
        }
        assert_eq!(read_lines(&[b'x'; 70_000]).err(), Some(NoteError::Bytes));
    }
}
