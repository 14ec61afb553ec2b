//! Appending: acts to one commit, one frame, one head.
//!
//! Keeps the write order: objects → ring pages → segment frame → head slot, each durable before the next; objects are put on
//! their shelves last, which the next commit makes durable. An error in between stops the vault until it is opened anew.
//! Deliberately does not know: what the acts mean, but for the file of an object.

use casemate_proof::act::body_key;
use casemate_proof::log::{COMMIT_KIND, Head, LANE_KIND};
use casemate_proof::{Act, LaneId, ObjectRoot, SealedAct, SubjectId};
use zeroize::Zeroizing;

use crate::acts::stored_object;
use crate::commit::{Commit, finish_commit, put_commit, seal_act};
use crate::lane::{Body, FRAME_MAX, Record, SegmentKeys};
use crate::secret::encrypt;
use crate::{Vault, VaultError, places};

/// A snapshot is written after so many commits.
const SNAPSHOT_EVERY: u64 = 256;
/// Bytes that an entry takes in a frame beside its body, at most.
const ENTRY_OVERHEAD: usize = 1024;
/// Acts of one commit.
pub const COMMIT_ACTS_MAX: usize = 1 << 16;

/// What was appended, durably.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The lane.
    pub lane: LaneId,
    /// Index of the first act in the lane; the others follow.
    pub first: u64,
    /// The acts' roots, in the order given.
    pub roots: Vec<ObjectRoot>,
    /// The Lamport clock of the commit.
    pub lamport: u64,
    /// The lane's head after it.
    pub head: Head,
}

/// The segment in which the last commit lies.
fn segment_of(vault: &Vault) -> Option<u32> {
    vault.own.writer.as_ref().map(|writer| writer.position().segment)
}

impl Vault {
    /// Appends acts, in any of the compartments, as one commit.
    ///
    /// # Errors
    /// [`VaultError::ReadOnly`], [`VaultError::Stopped`] after an earlier failure, [`VaultError::Reserved`] for kinds
    /// that only the vault makes, [`VaultError::Sealed`] without the compartment's key, [`VaultError::Limit`]; the
    /// store's errors, after which the commit may or may not stand: open again to know.
    pub fn append(&mut self, acts: Vec<Act>) -> Result<Receipt, VaultError> {
        self.writable()?;
        let found = acts.len();
        if found > COMMIT_ACTS_MAX {
            let limit = COMMIT_ACTS_MAX as u64;
            return Err(VaultError::Limit { what: "acts of a commit", found: found as u64, limit });
        }
        for act in &acts {
            if act.kind == COMMIT_KIND || act.kind == LANE_KIND {
                return Err(VaultError::Reserved(act.kind.clone()));
            }
            self.ring(act.compartment)?;
        }
        let files: Vec<_> = acts.iter().filter_map(stored_object).map(|object| object.file).collect();
        let mut sealed = Vec::with_capacity(found);
        for act in acts {
            sealed.push(seal_act(act, &mut self.ambient)?);
        }
        let bytes: usize = sealed.iter().flat_map(|s| &s.payloads).map(Vec::len).sum();
        let bytes = bytes.saturating_add(sealed.len().saturating_add(1).saturating_mul(ENTRY_OVERHEAD));
        if bytes > FRAME_MAX {
            return Err(VaultError::Limit { what: "bytes of a commit", found: bytes as u64, limit: FRAME_MAX as u64 });
        }
        self.stopped = true;
        self.store.settle()?;
        self.ensure_keys(&sealed)?;
        let before = segment_of(self);
        let receipt = self.commit(&sealed)?;
        self.stopped = false;
        for file in files {
            // The commit stands already; what can't be moved now is moved at the next opening.
            let (from, to) = (places::staged_object(&receipt.lane, &file)?, places::object(&file)?);
            let _ = self.store.publish(&from, &to);
        }
        if before != segment_of(self) {
            self.seal_full_segment();
        }
        self.since_snapshot += 1;
        if self.since_snapshot >= SNAPSHOT_EVERY {
            self.note_position();
        }
        Ok(receipt)
    }

    pub(crate) fn writable(&self) -> Result<(), VaultError> {
        match (self.stopped, &self.own.writer) {
            (true, _) => Err(VaultError::Stopped),
            (false, None) => Err(VaultError::ReadOnly),
            (false, Some(_)) => Ok(()),
        }
    }

    /// Ring pages: a key for every subject, in the ring of each compartment that speaks of it.
    fn ensure_keys(&mut self, sealed: &[SealedAct]) -> Result<(), VaultError> {
        let lane = self.lane_id();
        for (compartment, ring) in &mut self.rings {
            let own = sealed.iter().filter(|s| s.act.compartment == *compartment);
            let subjects: Vec<SubjectId> = own.map(|s| s.act.subject).collect();
            ring.ensure(&*self.store, &lane, &subjects, &mut self.ambient)?;
        }
        Ok(())
    }

    fn record(&mut self, sealed: &SealedAct) -> Result<Record, VaultError> {
        let compartment = sealed.act.compartment;
        let found = self.rings.iter().find(|(c, _)| *c == compartment).and_then(|(_, ring)| {
            let id = ring.id_of(&sealed.act.subject)?;
            Some((id, ring.key(id)?))
        });
        let (id, key) = found.ok_or(VaultError::Sealed(compartment))?;
        let key = Zeroizing::new(body_key(key, &sealed.oid));
        let root = sealed.root();
        let body = Zeroizing::new(sealed.body());
        let boxed = encrypt(&key, &root.0, &body, &mut self.ambient)?;
        let body = Body::Sealed { key: id, nonce: boxed.nonce, sealed: boxed.sealed };
        Ok(Record { root, oid: sealed.oid, compartment, body })
    }

    fn commit(&mut self, sealed: &[SealedAct]) -> Result<Receipt, VaultError> {
        let mut records = Vec::with_capacity(sealed.len() + 1);
        for act in sealed {
            records.push(self.record(act)?);
        }
        let seen = self.seen()?;
        let lane = self.lanes.get_mut(self.own.at).ok_or(VaultError::ReadOnly)?;
        let writer = self.own.writer.as_mut().ok_or(VaultError::ReadOnly)?;
        let mut state = lane.state.clone();
        let first = state.size();
        records.iter().try_for_each(|record| state.push(&record.root, |_| {}))?;
        let roots = records.iter().map(|record| record.root).collect();
        let commit = finish_commit(state, first, records, &self.own.secrets, seen, &mut self.ambient)?;
        let keys = SegmentKeys(&self.keys.compartments);
        put_commit(&*self.store, writer, &commit, &keys, &mut self.ambient)?;
        let Commit { state, note, .. } = commit;
        let receipt = Receipt { lane: lane.id, first, roots, lamport: state.lamport(), head: state.head() };
        (lane.state, lane.note, lane.position) = (state, note, writer.position());
        Ok(receipt)
    }
}
