//! One commit: its commit act, its signed checkpoint, its frame and head; and the first one, which begins a lane.
//!
//! Keeps: the state that a commit leaves is the one that its checkpoint signs.
//! Deliberately does not know: keys of subjects, open vaults.

use std::collections::BTreeMap;

use casemate_ports::store::CaseStore;
use casemate_proof::log::{Head, LaneState, LogError, SignedGrant, origin};
use casemate_proof::{Act, CaseId, Checkpoint, LaneId, ObjectKey, Oid, SealedAct};
use zeroize::Zeroizing;

use crate::VaultError;
use crate::ambient::Ambient;
use crate::keys::CaseKeys;
use crate::lane::{Body, Frame, LaneSecrets, LaneWriter, Record, SegmentKeys, write_head};

/// A commit that is ready to be written.
pub(crate) struct Commit {
    pub(crate) state: LaneState,
    pub(crate) frame: Frame,
    pub(crate) note: Vec<u8>,
}

/// The heads of other lanes that a commit has seen, and the clocks of the commits behind them.
pub(crate) struct Seen {
    pub(crate) heads: BTreeMap<LaneId, Head>,
    pub(crate) clocks: BTreeMap<LaneId, u64>,
}

impl Seen {
    /// Of a lane that is the only one.
    pub(crate) fn nothing() -> Self {
        Self { heads: BTreeMap::new(), clocks: BTreeMap::new() }
    }
}

pub(crate) fn seal_act(act: Act, ambient: &mut Ambient) -> Result<SealedAct, VaultError> {
    let (oid, key) = (Oid(ambient.draw()?), Zeroizing::new(ambient.draw()?));
    Ok(SealedAct::new(act, oid, ObjectKey::new(*key))?)
}

/// A record that everybody with the frame may read.
fn open_record(sealed: &SealedAct) -> Record {
    let body = Body::Open(sealed.body());
    Record { root: sealed.root(), oid: sealed.oid, compartment: sealed.act.compartment, body }
}

/// The commit act and the signed checkpoint over entries that were pushed already.
pub(crate) fn finish_commit(
    mut state: LaneState,
    first: u64,
    mut records: Vec<Record>,
    secrets: &LaneSecrets,
    seen: Seen,
    ambient: &mut Ambient,
) -> Result<Commit, VaultError> {
    let clocks = |lane: &LaneId, _: &Head| -> Result<Option<u64>, LogError> { Ok(seen.clocks.get(lane).copied()) };
    let commit = state.next_commit(seen.heads.clone(), &clocks)?;
    let sealed = seal_act(commit.to_act(state.case())?, ambient)?;
    state.push_commit(&sealed.root(), &commit, &clocks, |_| {})?;
    records.push(open_record(&sealed));
    let head = state.head();
    let checkpoint = Checkpoint { origin: origin(state.lane()), size: head.size, root: head.root };
    let note = checkpoint.sign(&secrets.lane)?.encode().into_bytes();
    let frame = Frame { first, records, note: note.clone() };
    Ok(Commit { state, frame, note })
}

/// Segment frame, then head slot.
pub(crate) fn put_commit(
    store: &dyn CaseStore,
    writer: &mut LaneWriter,
    commit: &Commit,
    keys: &SegmentKeys<'_>,
    ambient: &mut Ambient,
) -> Result<(), VaultError> {
    let number = writer.number();
    writer.append(store, &commit.frame.encode(), keys, ambient)?;
    write_head(store, commit.state.lane(), number, &commit.note)
}

/// The first commit of a new lane: its lane act.
pub(crate) fn begin_lane(
    store: &dyn CaseStore,
    (case, lane): (CaseId, LaneId),
    grant: &SignedGrant,
    secrets: &LaneSecrets,
    keys: &CaseKeys,
    seen: Seen,
    ambient: &mut Ambient,
) -> Result<(), VaultError> {
    let mut state = LaneState::new(case, lane);
    let sealed = seal_act(grant.to_act(), ambient)?;
    state.push_lane_act(&sealed.root(), &sealed.act, &keys.owner.public(), |_| {})?;
    let commit = finish_commit(state, 0, vec![open_record(&sealed)], secrets, seen, ambient)?;
    let mut writer = LaneWriter::create(case, lane);
    put_commit(store, &mut writer, &commit, &SegmentKeys(&keys.compartments), ambient)
}
