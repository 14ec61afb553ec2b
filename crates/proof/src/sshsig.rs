//! SSHSIG (OpenSSH `PROTOCOL.sshsig`): a second signature of each checkpoint, which stock `ssh-keygen` checks.
//!
//! Keeps: one armoured form for each signature; Ed25519 and SHA-512 only.
//! Does not know: principals; whoever verifies lists them in a file of allowed signers.

use crate::keys::{KeyError, PublicKey, SecretKey, Signature};
use crate::note::{decode_base64, encode_base64};
use sha2::{Digest as _, Sha512};

/// The namespace of checkpoints.
pub const CHECKPOINT_NAMESPACE: &str = "checkpoint@casemate";
/// Greatest length of an armoured signature, bytes.
pub const SSHSIG_BYTES_MAX: usize = 4096;

const MAGIC: &[u8] = b"SSHSIG";
const VERSION: u32 = 1;
const KEY_TYPE: &[u8] = b"ssh-ed25519";
const HASH_NAME: &[u8] = b"sha512";
const BEGIN: &str = "-----BEGIN SSH SIGNATURE-----\n";
const END: &str = "-----END SSH SIGNATURE-----\n";
/// Characters of base64 on a line, as `ssh-keygen` writes them.
const LINE: usize = 70;

/// Why an SSH signature is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SshsigError {
    /// Longer than [`SSHSIG_BYTES_MAX`], or not the armoured form that `ssh-keygen` writes.
    #[error("not an armoured SSH signature of Ed25519 and SHA-512")]
    Form,
    /// For another namespace.
    #[error("the SSH signature is for another namespace")]
    Namespace,
    /// By another key.
    #[error("the SSH signature is by another key")]
    OtherKey,
    /// Does not verify.
    #[error(transparent)]
    Key(#[from] KeyError),
}

fn string(out: &mut Vec<u8>, content: &[u8]) {
    out.extend((content.len() as u32).to_be_bytes());
    out.extend(content);
}

fn public_blob(key: &PublicKey) -> Vec<u8> {
    let mut blob = Vec::new();
    string(&mut blob, KEY_TYPE);
    string(&mut blob, key.as_bytes());
    blob
}

fn signed_data(namespace: &str, message: &[u8]) -> Vec<u8> {
    let mut data = MAGIC.to_vec();
    string(&mut data, namespace.as_bytes());
    string(&mut data, b"");
    string(&mut data, HASH_NAME);
    string(&mut data, &Sha512::digest(message));
    data
}

fn armour(namespace: &str, key: &PublicKey, signature: &Signature) -> String {
    let mut inner = Vec::new();
    string(&mut inner, KEY_TYPE);
    string(&mut inner, &signature.0);
    let mut blob = MAGIC.to_vec();
    blob.extend(VERSION.to_be_bytes());
    string(&mut blob, &public_blob(key));
    string(&mut blob, namespace.as_bytes());
    string(&mut blob, b"");
    string(&mut blob, HASH_NAME);
    string(&mut blob, &inner);
    let mut out = BEGIN.to_owned();
    for (place, character) in encode_base64(&blob).chars().enumerate() {
        if place > 0 && place % LINE == 0 {
            out.push('\n');
        }
        out.push(character);
    }
    out.push('\n');
    out.push_str(END);
    out
}

/// Signs a message in a namespace; answers the armoured signature.
#[must_use]
pub fn sign(namespace: &str, message: &[u8], key: &SecretKey) -> String {
    armour(namespace, &key.public(), &key.sign(&signed_data(namespace, message)))
}

/// Checks an armoured signature of a message in a namespace by a key.
///
/// # Errors
/// Refuses other keys and namespaces, and every spelling but the one that `ssh-keygen` writes.
pub fn verify(namespace: &str, message: &[u8], key: &PublicKey, armoured: &str) -> Result<(), SshsigError> {
    if armoured.len() > SSHSIG_BYTES_MAX {
        return Err(SshsigError::Form);
    }
    let body = armoured.strip_prefix(BEGIN).and_then(|rest| rest.strip_suffix(END)).ok_or(SshsigError::Form)?;
    let blob = decode_base64(&body.replace('\n', "")).map_err(|_| SshsigError::Form)?;
    let (found_key, found_namespace, signature) = read_blob(&blob).ok_or(SshsigError::Form)?;
    if found_namespace != namespace.as_bytes() {
        return Err(SshsigError::Namespace);
    }
    if found_key != public_blob(key) {
        return Err(SshsigError::OtherKey);
    }
    if armour(namespace, key, &signature) != armoured {
        return Err(SshsigError::Form);
    }
    Ok(key.verify(&signed_data(namespace, message), &signature)?)
}

fn take_string<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, tail) = rest.split_first_chunk::<4>()?;
    let (content, tail) = tail.split_at_checked(u32::from_be_bytes(*length) as usize)?;
    *rest = tail;
    Some(content)
}

/// Key, namespace and signature. What else the blob holds is not looked at: the whole is compared with the one spelling.
fn read_blob(blob: &[u8]) -> Option<(&[u8], &[u8], Signature)> {
    let mut rest = blob.strip_prefix(MAGIC)?.strip_prefix(VERSION.to_be_bytes().as_slice())?;
    let (key, namespace) = (take_string(&mut rest)?, take_string(&mut rest)?);
    let (_reserved, _hash) = (take_string(&mut rest)?, take_string(&mut rest)?);
    let mut inner = take_string(&mut rest)?;
    let (_kind, signature) = (take_string(&mut inner)?, take_string(&mut inner)?);
    Some((key, namespace, Signature::from_slice(signature)?))
}

/// A line for a file of allowed signers, with which `ssh-keygen -Y verify -n checkpoint@casemate` checks.
#[must_use]
pub fn allowed_signer(principal: &str, key: &PublicKey) -> String {
    let blob = encode_base64(&public_blob(key));
    format!("{principal} namespaces=\"{CHECKPOINT_NAMESPACE}\" ssh-ed25519 {blob}\n")
}
