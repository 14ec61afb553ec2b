//! A discloser's object in the making, and the line of `bag-info.txt` by which a recipient makes the first one's again
//! (`docs/format/bundle.md` §6).
//!
//! Keeps: one secret of a bundle, one object. Does not know: how a chain is checked.

use crate::error::BundleError;
use casemate_proof::disclosure::write_payload;
use casemate_proof::{CaseId, Disclosure, Mask, ObjectHasher, ObjectKey, ObjectRoot, Oid, Prover, Signature, Timebase};
use casemate_verify::discloser::{DISCLOSER_PROFILE, Discloser, Head, Part, Passed};
use casemate_verify::statement::Statement;
use hmac::{Hmac, KeyInit, Mac};

const LABEL: &str = "Casemate-Discloser: ";
const SECRET_TAG: &[u8] = b"casemate/discloser-secret/v1\0";
const OID_TAG: &[u8] = b"casemate/discloser-oid/v1\0";
const KEY_TAG: &[u8] = b"casemate/discloser-key/v1\0";
const SECRET_BYTES: usize = 32;
const SIGNATURE_BYTES: usize = 64;

fn derived(key: &[u8; 32], tag: &[u8]) -> [u8; 32] {
    // A key of 32 bytes is always accepted.
    Hmac::<sha2::Sha256>::new_from_slice(key).map_or([0; 32], |mut mac| {
        mac.update(tag);
        mac.finalize().into_bytes().into()
    })
}

/// What salts a discloser's object: random, known to whoever gets the object whole.
pub(crate) struct Secret([u8; SECRET_BYTES]);

impl Secret {
    /// Of a bundle, by its seed.
    pub(crate) fn of(seed: &[u8; 32]) -> Self {
        Self(derived(seed, SECRET_TAG))
    }

    /// The object, all of it open.
    pub(crate) fn open(&self, discloser: &Discloser) -> Result<Opened, BundleError> {
        let payloads = discloser.payloads()?;
        let leaves = payloads.len() as u64;
        let (oid, key) = (Oid(derived(&self.0, OID_TAG)), ObjectKey::new(derived(&self.0, KEY_TAG)));
        let mut hasher = ObjectHasher::new(&key, oid, leaves, DISCLOSER_PROFILE, Timebase::UNIT)?;
        let (mut hashes, mut stream) = (Vec::new(), Vec::new());
        for payload in &payloads {
            hashes.push(hasher.leaf(1, payload)?);
            write_payload(&mut stream, 1, payload);
        }
        let mut prover = Prover::new(&key, hasher.finish()?, Mask::all_open(leaves)?)?;
        for hash in hashes {
            prover.leaf(1, hash)?;
        }
        Ok(Opened { disclosure: prover.finish()?, stream })
    }
}

/// A discloser's object with the payloads of its open leaves.
pub(crate) struct Opened {
    pub disclosure: Disclosure,
    pub stream: Vec<u8>,
}

impl Opened {
    /// What is signed.
    pub(crate) fn root(&self) -> ObjectRoot {
        self.disclosure.record.object_root()
    }
}

/// Whoever discloses from the case: the statement says all of it.
pub(crate) fn first(case: CaseId, statement: &Statement, items: Vec<Passed>) -> Discloser {
    let date = statement.date.clone();
    let head = Head { part: Part::First, key: statement.key, case, date, previous: None, narrowed: None };
    let (purpose, recipient) = (statement.purpose.clone(), statement.recipient.clone());
    Discloser { head, name: None, purpose, recipient, items }
}

/// The line of `bag-info.txt`: secret and signature, base64.
pub(crate) fn label(secret: &Secret, signature: &Signature) -> String {
    format!("{LABEL}{}\n", casemate_proof::note::encode_base64(&[&secret.0[..], &signature.0].concat()))
}

/// Secret and signature of such a line, where there is exactly one.
pub(crate) fn read_label(bag_info: &str) -> Option<(Secret, Signature)> {
    let mut lines = bag_info.lines().filter_map(|line| line.strip_prefix(LABEL));
    let (line, None) = (lines.next()?, lines.next()) else { return None };
    let bytes = casemate_proof::note::decode_base64(line).ok()?;
    let (secret, signature) = bytes.split_at_checked(SECRET_BYTES).filter(|(_, s)| s.len() == SIGNATURE_BYTES)?;
    Some((Secret(secret.try_into().ok()?), Signature::from_slice(signature)?))
}
