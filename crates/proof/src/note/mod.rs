//! Signed notes, checkpoints and log proofs in the C2SP formats (signed-note, tlog-checkpoint, tlog-proof@v1,
//! tlog-cosignature).
//!
//! Keeps: what is read is written back byte for byte; a note's text counts only after a known key verified it.
//! Does not know: which keys to trust, or what a log's leaves mean.

mod checkpoint;
mod cosignature;
mod signed;
mod tlog_proof;

pub use checkpoint::Checkpoint;
pub use cosignature::{COSIGNED_AT_MAX, WITNESS_KEY_BYTES_MAX, WitnessKey, read_lines};
pub use signed::{NoteKey, NoteSignature, SignedNote};
pub use tlog_proof::{TLOG_PROOF_HEADER, TlogProof};

use crate::keys::KeyError;
use crate::tree::TreeError;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Greatest length of a signed note, bytes.
pub const NOTE_BYTES_MAX: usize = 1 << 16;
/// Greatest number of signatures on a note.
pub const NOTE_SIGNATURES_MAX: usize = 64;
/// Greatest length of a log proof, bytes.
pub const TLOG_PROOF_BYTES_MAX: usize = 1 << 18;

/// Why a note, checkpoint or proof is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Longer than [`NOTE_BYTES_MAX`], or a proof longer than [`TLOG_PROOF_BYTES_MAX`].
    #[error("a signed note is longer than 65,536 bytes, or a log proof longer than 262,144")]
    Bytes,
    /// More signatures than [`NOTE_SIGNATURES_MAX`].
    #[error("a note has more than 64 signatures")]
    Signatures,
    /// Not UTF-8, a control character, or no blank line before the signatures.
    #[error("not the form of a signed note")]
    Form,
    /// A key name that is empty or has a space or a plus sign.
    #[error("a key name is empty or has a space or a plus sign")]
    KeyName,
    /// Not the one base64 encoding.
    #[error("not canonical base64")]
    Base64,
    /// The known key signed nothing here.
    #[error("the note has no signature of the known key")]
    Unsigned,
    /// A signature of the known key that does not verify.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// Not the form of a verifier key of a witness.
    #[error("not the key of a witness: a name, an id and an Ed25519 key of type 4 with a plus sign between them")]
    WitnessKey,
    /// A cosignature behind the last time that can be written.
    #[error("the time of a cosignature is past the year 9999")]
    Time,
    /// The text is not a checkpoint of three lines.
    #[error("the note's text is not a checkpoint of origin, size and root")]
    Checkpoint,
    /// The checkpoint is of another log.
    #[error("the checkpoint is of another log")]
    Origin,
    /// Not the form of a log proof.
    #[error("not the form of a log proof")]
    Proof,
    /// The inclusion proof fails.
    #[error(transparent)]
    Tree(#[from] TreeError),
}

/// Standard base64 with padding.
#[must_use]
pub fn encode_base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Standard base64 with padding; one spelling for each value.
///
/// # Errors
/// [`NoteError::Base64`].
pub fn decode_base64(text: &str) -> Result<Vec<u8>, NoteError> {
    let bytes = STANDARD.decode(text).map_err(|_| NoteError::Base64)?;
    if STANDARD.encode(&bytes) == text { Ok(bytes) } else { Err(NoteError::Base64) }
}

/// An ASCII decimal without leading zeros.
pub(crate) fn parse_decimal(text: &str) -> Option<u64> {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    let shortest = text == "0" || !text.starts_with('0');
    (digits && shortest).then(|| text.parse().ok()).flatten()
}
