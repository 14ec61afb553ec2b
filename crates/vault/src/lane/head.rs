//! The two head slots of a lane: signed checkpoints, written in turn.
//!
//! Keeps: while one slot is written the other stays as it was.
//! Deliberately does not know: segments.

use casemate_ports::store::{CaseStore, StoreError, StoreName};
use casemate_proof::log::{Head, origin};
use casemate_proof::note::NoteKey;
use casemate_proof::{Checkpoint, LaneId, PublicKey, SignedNote};

use crate::VaultError;
use crate::places;

/// What the slots hold.
#[derive(Default, Debug)]
pub(crate) struct HeadSlots {
    /// The checkpoints that this lane's key signed, newest first.
    pub(crate) valid: Vec<(Head, SignedNote)>,
    /// Slots with something else in them.
    pub(crate) damaged: Vec<StoreName>,
}

impl HeadSlots {
    pub(crate) fn newest(&self) -> Option<Head> {
        self.valid.first().map(|(head, _)| *head)
    }
}

/// The checkpoint of a note, if this lane's key signed it.
pub(crate) fn read_note(bytes: &[u8], lane: &LaneId, key: &PublicKey) -> Option<(Head, SignedNote)> {
    let note = SignedNote::decode(bytes).ok()?;
    let key = NoteKey::new(&origin(lane), *key).ok()?;
    let checkpoint = Checkpoint::verify(&note, &key).ok()?;
    Some((Head { size: checkpoint.size, root: checkpoint.root }, note))
}

/// Reads both slots.
pub(crate) fn read_heads(store: &dyn CaseStore, lane: &LaneId, key: &PublicKey) -> Result<HeadSlots, VaultError> {
    let mut slots = HeadSlots::default();
    for slot in 0..2 {
        let name = places::head(lane, slot)?;
        let bytes = match store.small(&name) {
            Ok(bytes) => bytes,
            Err(StoreError::Missing { .. }) => continue,
            Err(StoreError::TooLarge { .. }) => Vec::new(),
            Err(e) => return Err(e.into()),
        };
        match read_note(&bytes, lane, key) {
            Some(found) => slots.valid.push(found),
            None => slots.damaged.push(name),
        }
    }
    slots.valid.sort_by_key(|(head, _)| std::cmp::Reverse(head.size));
    Ok(slots)
}

/// Writes the slot whose turn it is after commit `number`.
pub(crate) fn write_head(store: &dyn CaseStore, lane: &LaneId, number: u64, note: &[u8]) -> Result<(), VaultError> {
    Ok(store.replace(&places::head(lane, number % 2)?, note)?)
}
