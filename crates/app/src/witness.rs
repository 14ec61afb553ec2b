//! Witnesses of the log: a request for a cosignature of its newest checkpoint (C2SP tlog-witness), and its answer, recorded as an act
//! (`docs/format/witness.md`).
//!
//! Keeps: a cosignature is recorded only after it verified under the key that was given, over a checkpoint of this lane. Does not know: how a request is
//! sent, which witnesses deserve trust.

use crate::covering::{self, Covering};
use crate::timestamp::own_size;
use crate::{AppError, Session, clock};
use casemate_bundle::material::WitnessMaterial;
use casemate_proof::note::{NoteError, NoteKey, SignedNote, WitnessKey, encode_base64, read_lines};
use casemate_proof::tree::{StoredNodes, prove_consistency};
use casemate_vault::VaultError;
use casemate_vault::witness::WitnessAct;
use casemate_verify::bag::WITNESSES_MAX;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Longest request or answer that is read, in bytes.
pub const WITNESS_FILE_BYTES_MAX: u64 = 1 << 16;

/// Cosignatures of the own lane by the entry that records them.
pub(crate) type Cosigned = BTreeMap<u64, WitnessAct>;

/// A cosignature of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Cosignature {
    /// The witness's name.
    pub witness: String,
    /// Its key, as it publishes it.
    pub key: String,
    /// When it cosigned, RFC 3339, by its own clock.
    pub time: String,
    /// Entries of the checkpoint.
    pub size: u64,
}

/// A cosignature and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RecordedCosignature {
    /// The entry that records it.
    pub entry: u64,
    /// When it was recorded by this device's clock, RFC 3339.
    pub recorded: String,
    /// What it says, where it holds.
    pub says: Option<Cosignature>,
    /// Why it does not hold.
    pub cause: Option<String>,
}

/// The witnesses of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct WitnessStatus {
    /// The key of this device's log, for a witness to know it by (C2SP signed-note).
    pub log_key: String,
    /// Entries of this device's log.
    pub size: u64,
    /// How many of them a cosignature that holds covers.
    pub covered: u64,
    /// Oldest entry first.
    pub cosignatures: Vec<RecordedCosignature>,
}

/// A witness's key, as it publishes it.
///
/// # Errors
/// [`AppError::Cosignature`].
pub fn witness_key(text: &str) -> Result<WitnessKey, AppError> {
    Ok(text.trim().parse()?)
}

/// A request about the newest checkpoint of this lane: the body of `add-checkpoint`. `old` is the size that the witness cosigned last, if it said so;
/// else what the log records.
///
/// # Errors
/// An old size that the log never had; the vault's.
pub fn ask(session: &Session, key: &WitnessKey, old: Option<u64>) -> Result<Vec<u8>, AppError> {
    let head = session.vault.checkpoint()?;
    let size = head.head.size;
    let last = || {
        Ok::<_, AppError>(recorded(session)?.values().filter(|act| act.key == key.to_string()).map(|a| a.size).max())
    };
    let old = match old {
        Some(old) => old,
        None => last()?.unwrap_or(0),
    };
    if old > size {
        return Err(AppError::Form { what: "a size that the log had", found: format!("{old}, where it has {size}") });
    }
    let nodes = session.vault.tree(&session.vault.lane_id())?;
    let proof = if old == 0 { Vec::new() } else { prove_consistency(old, size, &nodes).map_err(VaultError::from)? };
    let mut body = format!("old {old}\n");
    for hash in proof {
        body.push_str(&encode_base64(&hash.0));
        body.push('\n');
    }
    body.push('\n');
    body.push_str(&head.note.encode());
    Ok(body.into_bytes())
}

/// Verifies a witness's answer to a request and records its cosignature.
///
/// # Errors
/// [`AppError::Cosignature`] for an answer that does not hold; [`AppError::Form`] for a request of another case.
pub fn record(session: &mut Session, key: &WitnessKey, request: &[u8], answer: &[u8]) -> Result<Cosignature, AppError> {
    let other = || AppError::Form { what: "a request to a witness", found: "other bytes".to_owned() };
    let request = std::str::from_utf8(request).map_err(|_| other())?;
    let (_, asked) = request.split_once("\n\n").filter(|(head, _)| head.starts_with("old ")).ok_or_else(other)?;
    let size = own_size(session, asked.as_bytes())?;
    let mut note = SignedNote::decode(asked.as_bytes()).map_err(|_| other())?;
    let lines = read_lines(answer)?;
    let (line, at) = key.find(note.text_unverified(), &lines)?;
    note.add(line.clone())?;
    let act = WitnessAct {
        note: note.encode().into_bytes(),
        size,
        key: key.to_string(),
        address: None,
        on: clock::rfc3339(session.vault.now_ms()),
    };
    let case = session.vault.case_id();
    session.append(vec![act.to_act(&case)])?;
    Ok(Cosignature::of(key, at, size))
}

/// Looks at every cosignature of this lane, each verified again.
///
/// # Errors
/// The vault's.
pub fn status(session: &Session) -> Result<WitnessStatus, AppError> {
    let acts = recorded(session)?;
    let cosignatures: Vec<RecordedCosignature> = acts.iter().map(|(entry, act)| judged(session, *entry, act)).collect();
    let covered = cosignatures.iter().filter_map(|one| Some(one.says.as_ref()?.size)).max().unwrap_or(0);
    let lane = session.vault.lane_id();
    let log_key = NoteKey::new(&casemate_proof::log::origin(&lane), session.vault.lane_keys().lane)?.to_string();
    Ok(WitnessStatus { log_key, size: session.vault.checkpoint()?.head.size, covered, cosignatures })
}

fn judged(session: &Session, entry: u64, act: &WitnessAct) -> RecordedCosignature {
    let judge = || -> Result<Cosignature, AppError> {
        let key: WitnessKey = act.key.parse()?;
        let size = own_size(session, &act.note)?;
        let note = SignedNote::decode(&act.note)?;
        let (_, at) = key.find(note.text_unverified(), note.signatures())?;
        Ok(Cosignature::of(&key, at, size))
    };
    let (says, cause) = match judge() {
        Ok(says) => (Some(says), None),
        Err(error) => (None, Some(error.to_string())),
    };
    RecordedCosignature { entry, recorded: act.on.clone(), says, cause }
}

impl Cosignature {
    fn of(key: &WitnessKey, at: u64, size: u64) -> Self {
        let time = clock::rfc3339(at.saturating_mul(1000));
        Self { witness: key.name().to_owned(), key: key.to_string(), time, size }
    }
}

fn recorded(session: &Session) -> Result<Cosigned, AppError> {
    covering::of_own_lane(session, WitnessAct::from_act)
}

/// The entries of the cosignatures that go with items at `places`.
pub(crate) fn choose(cosigned: &Cosigned, places: &[u64]) -> Vec<u64> {
    let of = |(entry, act): (&u64, &WitnessAct)| (*entry, Covering { by: Some(act.key.clone()), size: act.size });
    covering::choose(cosigned.iter().map(of), places, WITNESSES_MAX)
}

/// A cosignature as a bundle of a lane with `size` entries carries it.
pub(crate) fn material(act: &WitnessAct, size: u64, nodes: &StoredNodes) -> Result<WitnessMaterial, AppError> {
    let damaged = || VaultError::Damaged { what: "a cosigned checkpoint".to_owned(), why: "it is not text" };
    Ok(WitnessMaterial {
        note: String::from_utf8(act.note.clone()).map_err(|_| damaged())?,
        key: act.key.parse()?,
        consistency: prove_consistency(act.size, size, nodes).map_err(VaultError::from)?,
    })
}

impl From<NoteError> for AppError {
    fn from(cause: NoteError) -> Self {
        Self::Cosignature(cause)
    }
}
