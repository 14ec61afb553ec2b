//! A note of where a lane stood: so that opening a long lane reads only what came after.
//!
//! Keeps: disposable; one that is missing, damaged or of another past is ignored, and the lane read from its start.
//! Deliberately does not know: folds of acts.

use casemate_ports::store::{CaseStore, StoreName};
use casemate_proof::cbor::{CborError, Reader, Writer};
use casemate_proof::log::LaneState;
use casemate_proof::{CaseId, LaneId};

use crate::VaultError;
use crate::ambient::Ambient;
use crate::lane::{Position, Snapshot};
use crate::sealed_file;
use crate::secret::Key;

const TAG: &[u8] = b"casemate/snapshot/v1\0";

fn name(lane: &LaneId) -> Result<StoreName, VaultError> {
    Ok(StoreName::new(format!("index/lanes/{lane}"))?)
}

pub(crate) fn write(
    store: &dyn CaseStore,
    case: &CaseId,
    snapshot: &Snapshot,
    key: &Key,
    ambient: &mut Ambient,
) -> Result<(), VaultError> {
    let Snapshot { state, position, note } = snapshot;
    let mut writer = Writer::new();
    writer.map(3).uint(0).bytes(&state.encode()).uint(1).array(4);
    writer.uint(u64::from(position.segment)).uint(position.at).uint(position.number).bytes(&position.previous);
    writer.uint(2).bytes(note);
    sealed_file::put(store, &name(state.lane())?, case, 0, &key.derive(&[TAG]), &writer.into_bytes(), ambient)
}

pub(crate) fn read(store: &dyn CaseStore, case: &CaseId, lane: &LaneId, key: &Key) -> Option<Snapshot> {
    let opened = sealed_file::take(store, &name(lane).ok()?, case, |_| key.derive(&[TAG])).ok()?;
    let (state, position, note) = decode(&mut Reader::new(&opened.content)).ok()?;
    let state = LaneState::decode(&state).ok()?;
    (state.lane() == lane && state.case() == case && state.pending() == 0).then_some(Snapshot { state, position, note })
}

fn decode(reader: &mut Reader<'_>) -> Result<(Vec<u8>, Position, Vec<u8>), CborError> {
    reader.map_of(3)?;
    let state = reader.key(0)?.bytes()?.to_vec();
    reader.key(1)?.array_of(4)?;
    let segment = u32::try_from(reader.uint()?).map_err(|_| CborError::Keys)?;
    let position = Position { segment, at: reader.uint()?, number: reader.uint()?, previous: reader.fixed()? };
    Ok((state, position, reader.key(2)?.bytes()?.to_vec()))
}
