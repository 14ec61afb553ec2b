//! The log behind a bundle: checkpoint, the lane's grant, inclusion, census.
//!
//! Keeps: every proof leads to the one checkpoint of the bundle. Does not know: other lanes; tokens of time (`time`).

use super::facts::{Files, ShownAct, ShownError};
use crate::bag::BagError;
use crate::statement::Statement;
use crate::verdict::{Finding, Status, Verdict};
use casemate_proof::act::{ACT_LEAVES, Compartment};
use casemate_proof::log::{COMMIT_KIND, CensusRow, LogError, MapProof, MapRow, SignedGrant, Via, entry_hash, origin};
use casemate_proof::note::{NoteError, NoteKey};
use casemate_proof::value::Value;
use casemate_proof::{Act, CaseId, Checkpoint, Hash, LaneId, ObjectRoot, PublicKey, SignedNote, TlogProof, sshsig};
use std::io::{Read, Seek};

const NOTE_BYTES_MAX: u64 = 1 << 16;
const TLOG_BYTES_MAX: u64 = 1 << 18;
const CENSUS_BYTES_MAX: u64 = 1 << 16;
/// The leaf of a census act that holds the map's root.
pub const CENSUS_ROOT_LEAF: u64 = 7;
/// Leaves of an `exhibit` or `derive` act that are always open, beside the object's: kind, compartment, parents.
pub const ACT_OPEN: [u64; 3] = [0, 1, 4];
/// The leaf of a commit act that holds the root of the lane map.
pub const COMMIT_MAP_LEAF: u64 = 7;
const VIA_BYTES_MAX: u64 = 1 << 18;
/// The kinds of act that hold an object root, and in which leaf.
pub const OBJECT_LEAVES: [(&str, u64); 2] = [("exhibit", 7), ("derive", 11)];

/// Why the log does not carry a bundle.
#[derive(Debug, thiserror::Error)]
pub(super) enum ChainError {
    #[error(transparent)]
    Shown(#[from] ShownError),
    #[error(transparent)]
    Bag(#[from] BagError),
    #[error(transparent)]
    Log(#[from] LogError),
    #[error(transparent)]
    Note(#[from] NoteError),
    #[error(transparent)]
    Sshsig(#[from] sshsig::SshsigError),
    #[error("the statement names no case")]
    NoCase,
    #[error("entry 0 of the lane is not a grant of this case")]
    Act,
    #[error("the grant is for another disclosure key")]
    OtherKey,
    #[error("{0} is not text")]
    Text(&'static str),
    #[error("the proof's checkpoint is not the bundle's")]
    OtherCheckpoint,
    #[error("the act holds another object root")]
    OtherObject,
    #[error("the act is of kind {0}")]
    Kind(String),
    #[error("the way to an act of another lane is not in its form")]
    Via,
    #[error("the way to an act of another lane leads to the own one")]
    OwnLane,
    #[error("the census row is not in its form")]
    Row,
}

/// Where the act that holds an object stands.
pub(super) struct Holding {
    pub parents: Vec<ObjectRoot>,
    pub index: u64,
    /// The lane, where it is another than the bundle's.
    pub lane: Option<LaneId>,
}

/// A lane whose grant was verified.
pub(super) struct Lane {
    pub case: CaseId,
    pub lane: LaneId,
    pub owner: PublicKey,
    /// The disclosure key that was granted.
    pub disclosure: PublicKey,
    note_key: NoteKey,
    ssh: PublicKey,
    grant_root: ObjectRoot,
    role: String,
}

/// Reads the grant of the lane; everything else hangs on it.
pub(super) fn read<R: Read + Seek>(files: &Files<'_, R>, statement: &Statement) -> Result<Lane, ChainError> {
    let case = statement.case.ok_or(ChainError::NoCase)?;
    let shown = ShownAct::read(files, "lane")?;
    let payloads: Vec<Vec<u8>> = shown.payloads.values().cloned().collect();
    let payloads: &[Vec<u8>; ACT_LEAVES] = payloads.as_slice().try_into().map_err(|_| ChainError::Act)?;
    let act = Act::from_payloads(payloads).map_err(|_| ChainError::Act)?;
    let signed = SignedGrant::from_act(&act)?;
    let lane = signed.grant.lane();
    signed.verify(&case, &lane, &signed.owner)?;
    // Who passes a bundle on has no grant: the first discloser has, and `chain` asks for it.
    if statement.narrowed.is_none() && signed.grant.keys.disclosure != statement.key {
        return Err(ChainError::OtherKey);
    }
    Ok(Lane {
        case,
        lane,
        owner: signed.owner,
        disclosure: signed.grant.keys.disclosure,
        note_key: NoteKey::new(&origin(&lane), signed.grant.keys.lane)?,
        ssh: signed.grant.keys.ssh,
        grant_root: shown.root,
        role: signed.grant.role.clone(),
    })
}

/// Adds the findings on grant, checkpoint and census.
pub(super) fn findings<R: Read + Seek>(files: &Files<'_, R>, lane: &Result<Lane, ChainError>, verdict: &mut Verdict) {
    let finding = Finding::from_result("owner-grant", lane);
    let Ok(lane) = lane else {
        verdict.add(finding);
        verdict.add(Finding::new("checkpoint", Status::NotChecked));
        return;
    };
    let finding = finding.fact("owner", crate::bag::hex(lane.owner.as_bytes())).fact("role", &lane.role);
    let at_zero = lane
        .logged(files, "lane", &lane.grant_root)
        .and_then(|index| if index == 0 { Ok(()) } else { Err(ChainError::Act) });
    match at_zero {
        Ok(()) => verdict.add(finding.fact("lane", crate::bag::hex(&lane.lane.0))),
        failed => verdict.add(Finding::from_result("owner-grant", &failed)),
    }
    let checkpoint = lane.checkpoint(files);
    let finding = Finding::from_result("checkpoint", &checkpoint);
    verdict.add(match &checkpoint {
        Ok(c) => finding.fact("size", c.size).fact("root", crate::bag::hex(&c.root.0)),
        Err(_) => finding,
    });
}

impl Lane {
    /// The checkpoint of a note that this lane signed.
    pub(super) fn head(&self, note: &[u8]) -> Result<Checkpoint, ChainError> {
        Ok(Checkpoint::verify(&SignedNote::decode(note)?, &self.note_key)?)
    }

    /// The bundle's checkpoint.
    pub(super) fn checkpoint<R: Read + Seek>(&self, files: &Files<'_, R>) -> Result<Checkpoint, ChainError> {
        let bytes = files.small("proof/checkpoint", NOTE_BYTES_MAX)?;
        let checkpoint = self.head(&bytes)?;
        let armoured = files.small("proof/checkpoint.sig", NOTE_BYTES_MAX)?;
        let armoured = std::str::from_utf8(&armoured).map_err(|_| ChainError::Text("checkpoint.sig"))?;
        sshsig::verify(sshsig::CHECKPOINT_NAMESPACE, &bytes, &self.ssh, armoured)?;
        Ok(checkpoint)
    }

    /// That the act of this root is in the log; answers its place.
    pub(super) fn logged<R: Read + Seek>(
        &self,
        files: &Files<'_, R>,
        name: &str,
        act: &ObjectRoot,
    ) -> Result<u64, ChainError> {
        let proof = TlogProof::decode(&files.small(&format!("proof/{name}.tlog"), TLOG_BYTES_MAX)?)?;
        if proof.checkpoint.encode().as_bytes() != files.small("proof/checkpoint", NOTE_BYTES_MAX)? {
            return Err(ChainError::OtherCheckpoint);
        }
        proof.verify(&entry_hash(&self.case, &self.lane, act), &self.note_key)?;
        Ok(proof.index)
    }

    /// That the act named holds this object root and is in the log; answers its parents and its place.
    pub(super) fn object_logged<R: Read + Seek>(
        &self,
        files: &Files<'_, R>,
        name: &str,
        object: &ObjectRoot,
    ) -> Result<Holding, ChainError> {
        let shown = ShownAct::read(files, name)?;
        let kind = shown.kind()?;
        let Some((_, leaf)) = OBJECT_LEAVES.iter().find(|(k, _)| *k == kind) else {
            return Err(ChainError::Kind(kind));
        };
        let mut open = ACT_OPEN.to_vec();
        open.push(*leaf);
        shown.is_as(false, &open)?;
        let compartment = shown.compartment()?;
        if kind == "exhibit" && compartment != Compartment::Case.code() {
            return Err(ShownError::Leaf(1).into());
        }
        if shown.bytes32(*leaf)? != object.0 {
            return Err(ChainError::OtherObject);
        }
        let (index, lane) = if files.has(&format!("proof/{name}.via")) {
            let via = self.via(files, name, &shown.root)?;
            (via.index, Some(via.lane))
        } else {
            (self.logged(files, name, &shown.root)?, None)
        };
        Ok(Holding { parents: shown.parents()?, index, lane })
    }

    /// That an act is in another lane, which a commit of this one has seen.
    fn via<R: Read + Seek>(&self, files: &Files<'_, R>, name: &str, act: &ObjectRoot) -> Result<Via, ChainError> {
        let via = Via::decode(&files.small(&format!("proof/{name}.via"), VIA_BYTES_MAX)?).ok_or(ChainError::Via)?;
        if via.lane == self.lane {
            return Err(ChainError::OwnLane);
        }
        let name = format!("{name}.commit");
        let commit = ShownAct::read(files, &name)?;
        if commit.kind()? != COMMIT_KIND {
            return Err(ChainError::Kind(commit.kind()?));
        }
        commit.is_as(true, &[0, COMMIT_MAP_LEAF])?;
        self.logged(files, &name, &commit.root)?;
        via.verify(&self.case, act, &Hash(commit.bytes32(COMMIT_MAP_LEAF)?))?;
        Ok(via)
    }

    /// The census row of an object.
    pub(super) fn census<R: Read + Seek>(
        &self,
        files: &Files<'_, R>,
        name: &str,
        object: &ObjectRoot,
    ) -> Result<CensusRow, ChainError> {
        let shown = ShownAct::read(files, "census")?;
        if shown.kind()? != casemate_proof::log::CENSUS_KIND {
            return Err(ChainError::Kind(shown.kind()?));
        }
        shown.is_as(false, &[0, CENSUS_ROOT_LEAF])?;
        self.logged(files, "census", &shown.root)?;
        let root = Hash(shown.bytes32(CENSUS_ROOT_LEAF)?);
        let bytes = files.small(&format!("proof/{name}.census"), CENSUS_BYTES_MAX)?;
        let (row, proof) = decode_row(&bytes).ok_or(ChainError::Row)?;
        if row.key != object.0 {
            return Err(ChainError::OtherObject);
        }
        proof.verify(&row, &root)?;
        CensusRow::from_value(&row.value).ok_or(ChainError::Row)
    }
}

/// The bytes of a `.census` file.
///
/// # Errors
/// None for a row of the census: the errors of `Value`.
pub fn encode_row(row: &MapRow, proof: &MapProof) -> Result<Vec<u8>, casemate_proof::value::ValueError> {
    let path = proof.path.iter().map(|h| Value::Bytes(h.0.to_vec())).collect();
    let values = [
        Value::Bytes(row.salt.to_vec()),
        Value::Bytes(row.key.clone()),
        Value::Bytes(row.value.clone()),
        proof.index.into(),
        proof.size.into(),
        Value::Array(path),
    ];
    Value::Map((0u64..).zip(values).collect()).encode()
}

fn decode_row(bytes: &[u8]) -> Option<(MapRow, MapProof)> {
    let value = Value::decode(bytes).ok()?;
    let m = value.as_map().filter(|m| m.len() == 6)?;
    let path = m.get(&5)?.as_array()?.iter().map(|v| Hash::from_slice(v.as_bytes()?)).collect::<Option<_>>()?;
    let row = MapRow {
        salt: m.get(&0)?.as_bytes()?.try_into().ok()?,
        key: m.get(&1)?.as_bytes()?.to_vec(),
        value: m.get(&2)?.as_bytes()?.to_vec(),
    };
    Some((row, MapProof { index: m.get(&3)?.as_uint()?, size: m.get(&4)?.as_uint()?, path }))
}
