//! The signed note: a text and signature lines.
//!
//! Keeps: text and signatures as given; a signature by a known key that fails refuses the whole note.
//! Does not know: what the text says.

use super::{NOTE_BYTES_MAX, NOTE_SIGNATURES_MAX, NoteError, decode_base64, encode_base64};
use crate::digest::sha256;
use crate::keys::{PublicKey, SecretKey, Signature};
use std::fmt;

const ED25519_TYPE: u8 = 1;
const LINE_START: &str = "\u{2014} ";

/// A key as notes name it: its name and the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteKey {
    name: String,
    key: PublicKey,
}

impl NoteKey {
    /// A name and a key.
    ///
    /// # Errors
    /// [`NoteError::KeyName`].
    pub fn new(name: &str, key: PublicKey) -> Result<Self, NoteError> {
        admit_name(name)?;
        Ok(Self { name: name.to_owned(), key })
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The key.
    #[must_use]
    pub fn key(&self) -> &PublicKey {
        &self.key
    }

    /// The key id: the first four bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ key).
    #[must_use]
    pub fn id(&self) -> [u8; 4] {
        key_id(&self.name, ED25519_TYPE, &self.key)
    }
}

impl fmt::Display for NoteKey {
    /// `name+id+key`, as C2SP signed-note publishes a key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&verifier_key(&self.name, ED25519_TYPE, &self.key))
    }
}

/// A key as it is published: `name+id+key`.
pub(super) fn verifier_key(name: &str, kind: u8, key: &PublicKey) -> String {
    let id = u32::from_be_bytes(key_id(name, kind, key));
    format!("{name}+{id:08x}+{}", encode_base64(&[&[kind], &key.as_bytes()[..]].concat()))
}

/// The first four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ key).
pub(super) fn key_id(name: &str, kind: u8, key: &PublicKey) -> [u8; 4] {
    let [a, b, c, d, ..] = sha256(&[name.as_bytes(), b"\n", &[kind], key.as_bytes()]).0;
    [a, b, c, d]
}

fn admit_name(name: &str) -> Result<(), NoteError> {
    if name.is_empty() || name.contains(|c: char| c.is_whitespace() || c == '+' || c.is_control()) {
        return Err(NoteError::KeyName);
    }
    Ok(())
}

/// One signature line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteSignature {
    /// The key's name.
    pub name: String,
    /// The key's id.
    pub id: [u8; 4],
    /// The signature, in whatever algorithm the key has.
    pub signature: Vec<u8>,
}

/// A text and who signed it. The text is not to be believed before [`SignedNote::verify`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedNote {
    text: String,
    signatures: Vec<NoteSignature>,
}

impl SignedNote {
    /// Signs a text, which ends with a newline.
    ///
    /// # Errors
    /// If the text is not a note's, or the name not a key's.
    pub fn sign(text: &str, name: &str, key: &SecretKey) -> Result<Self, NoteError> {
        admit_text(text)?;
        let known = NoteKey::new(name, key.public())?;
        let signature = key.sign(text.as_bytes()).0.to_vec();
        let signature = NoteSignature { name: name.to_owned(), id: known.id(), signature };
        let note = Self { text: text.to_owned(), signatures: vec![signature] };
        if note.encode().len() > NOTE_BYTES_MAX { Err(NoteError::Bytes) } else { Ok(note) }
    }

    /// Adds a signature line, such as a witness's.
    ///
    /// # Errors
    /// If the name is not a key's, or there are too many.
    pub fn add(&mut self, signature: NoteSignature) -> Result<(), NoteError> {
        admit_name(&signature.name)?;
        if self.signatures.len() >= NOTE_SIGNATURES_MAX {
            return Err(NoteError::Signatures);
        }
        self.signatures.push(signature);
        Ok(())
    }

    /// The signature lines.
    #[must_use]
    pub fn signatures(&self) -> &[NoteSignature] {
        &self.signatures
    }

    /// The text, not verified.
    #[must_use]
    pub fn text_unverified(&self) -> &str {
        &self.text
    }

    /// The text, if this key signed it. Signatures of other keys are ignored.
    ///
    /// # Errors
    /// [`NoteError::Unsigned`], or [`NoteError::Key`] if any line of this key fails.
    pub fn verify(&self, key: &NoteKey) -> Result<&str, NoteError> {
        let id = key.id();
        let mut signed = false;
        for line in self.signatures.iter().filter(|line| line.name == key.name && line.id == id) {
            let signature = Signature::from_slice(&line.signature).ok_or(crate::keys::KeyError::Signature)?;
            key.key.verify(self.text.as_bytes(), &signature)?;
            signed = true;
        }
        if signed { Ok(&self.text) } else { Err(NoteError::Unsigned) }
    }

    /// The note as it is stored and sent.
    #[must_use]
    pub fn encode(&self) -> String {
        let mut out = format!("{}\n", self.text);
        for line in &self.signatures {
            let bytes = [&line.id[..], &line.signature].concat();
            out.push_str(&format!("{LINE_START}{} {}\n", line.name, encode_base64(&bytes)));
        }
        out
    }

    /// Reads a note. No signature is checked yet.
    ///
    /// # Errors
    /// Refuses a passed limit and what has not the form of a note.
    pub fn decode(bytes: &[u8]) -> Result<Self, NoteError> {
        if bytes.len() > NOTE_BYTES_MAX {
            return Err(NoteError::Bytes);
        }
        let note = std::str::from_utf8(bytes).map_err(|_| NoteError::Form)?;
        let at = note.rfind("\n\n").ok_or(NoteError::Form)?;
        let (text, lines) = (note.get(..=at).unwrap_or_default(), note.get(at + 2..).unwrap_or_default());
        admit_text(text)?;
        let lines = lines.strip_suffix('\n').ok_or(NoteError::Form)?;
        let signatures = lines.split('\n').map(read_line).collect::<Result<Vec<_>, _>>()?;
        if signatures.len() > NOTE_SIGNATURES_MAX {
            return Err(NoteError::Signatures);
        }
        Ok(Self { text: text.to_owned(), signatures })
    }
}

fn admit_text(text: &str) -> Result<(), NoteError> {
    let plain = !text.bytes().any(|b| b < b' ' && b != b'\n');
    if plain && text.ends_with('\n') { Ok(()) } else { Err(NoteError::Form) }
}

fn read_line(line: &str) -> Result<NoteSignature, NoteError> {
    let (name, encoded) = line.strip_prefix(LINE_START).and_then(|rest| rest.split_once(' ')).ok_or(NoteError::Form)?;
    admit_name(name)?;
    let bytes = decode_base64(encoded)?;
    let (id, signature) = bytes.split_first_chunk::<4>().ok_or(NoteError::Form)?;
    if signature.is_empty() {
        return Err(NoteError::Form);
    }
    Ok(NoteSignature { name: name.to_owned(), id: *id, signature: signature.to_vec() })
}
