//! The state of a lane: enough to append a commit to a lane of any length, and to check one that another wrote.
//!
//! Keeps: entries are only added; a commit is applied only if it follows. The same rules serve writer and verifier.
//! Does not know: bodies, storage, signatures of checkpoints (`note::Checkpoint`).

use super::{CommitAct, Head, LANES_MAX, LogError, Map, SignedGrant, entry_hash};
use crate::act::Act;
use crate::cbor::{Reader, Writer};
use crate::ids::{CaseId, Hash, LaneId, ObjectRoot};
use crate::keys::PublicKey;
use crate::tree::{Frontier, StoredNode, TREE_SIZE_MAX, TreeError};
use std::collections::BTreeMap;

const STATE_VERSION: u64 = 1;

/// What is known of the clocks of other lanes' heads.
pub trait SeenLamports {
    /// The clock of the commit that made this head. `None`: the lane is not at hand, so it can't be checked.
    ///
    /// # Errors
    /// [`LogError::SeenUnknown`] if the lane is at hand and has no such head.
    fn lamport(&self, lane: &LaneId, head: &Head) -> Result<Option<u64>, LogError>;
}

impl<F: Fn(&LaneId, &Head) -> Result<Option<u64>, LogError>> SeenLamports for F {
    fn lamport(&self, lane: &LaneId, head: &Head) -> Result<Option<u64>, LogError> {
        self(lane, head)
    }
}

/// Whether a commit's clock could be checked by equality.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lamport {
    /// All seen lanes were at hand.
    Checked,
    /// Some were not: it is only known to be greater than those at hand.
    NotChecked,
}

/// A lane up to some entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaneState {
    case: CaseId,
    lane: LaneId,
    frontier: Frontier,
    committed: Head,
    lamport: u64,
    seen: BTreeMap<LaneId, Head>,
}

impl LaneState {
    /// A lane without entries.
    #[must_use]
    pub fn new(case: CaseId, lane: LaneId) -> Self {
        let frontier = Frontier::new();
        let committed = Head { size: 0, root: frontier.root() };
        Self { case, lane, frontier, committed, lamport: 0, seen: BTreeMap::new() }
    }

    /// The lane.
    #[must_use]
    pub fn lane(&self) -> &LaneId {
        &self.lane
    }

    /// The case.
    #[must_use]
    pub fn case(&self) -> &CaseId {
        &self.case
    }

    /// The head after the last commit: what a checkpoint signs.
    #[must_use]
    pub fn head(&self) -> Head {
        self.committed
    }

    /// The clock of the last commit; 0 before the first.
    #[must_use]
    pub fn lamport(&self) -> u64 {
        self.lamport
    }

    /// The heads of other lanes in the last commit.
    #[must_use]
    pub fn seen(&self) -> &BTreeMap<LaneId, Head> {
        &self.seen
    }

    /// Entries in all, committed or not.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.frontier.size()
    }

    /// Entries after the last commit.
    #[must_use]
    pub fn pending(&self) -> u64 {
        self.frontier.size().saturating_sub(self.committed.size)
    }

    /// Adds an entry that is neither the lane act nor a commit act; `stored` is told the tree's new nodes.
    ///
    /// # Errors
    /// [`LogError::NoLaneAct`] if the lane has no entry yet; [`TreeError::Size`].
    pub fn push(&mut self, act: &ObjectRoot, stored: impl FnMut(StoredNode)) -> Result<(), LogError> {
        match self.size() {
            0 => Err(LogError::NoLaneAct),
            TREE_SIZE_MAX.. => Err(TreeError::Size.into()),
            _ => {
                self.add(act, stored);
                Ok(())
            }
        }
    }

    fn add(&mut self, act: &ObjectRoot, stored: impl FnMut(StoredNode)) {
        self.frontier.push(entry_hash(&self.case, &self.lane, act), stored);
    }

    /// Adds entry 0, the lane act, after checking its grant; answers it.
    ///
    /// # Errors
    /// [`LogError::NoLaneAct`] if there are entries already, or the act is another; the grant's errors.
    pub fn push_lane_act(
        &mut self,
        root: &ObjectRoot,
        act: &Act,
        owner: &PublicKey,
        stored: impl FnMut(StoredNode),
    ) -> Result<SignedGrant, LogError> {
        if self.size() != 0 {
            return Err(LogError::NoLaneAct);
        }
        let grant = SignedGrant::from_act(act).map_err(|error| match error {
            LogError::NotKind(_) => LogError::NoLaneAct,
            other => other,
        })?;
        grant.verify(&self.case, &self.lane, owner)?;
        self.add(root, stored);
        Ok(grant)
    }

    /// The map root of a commit made now that has seen these heads.
    #[must_use]
    pub fn map_root(&self, seen: &BTreeMap<LaneId, Head>) -> Hash {
        let mut heads = seen.clone();
        heads.insert(self.lane, self.committed);
        Map::of_lanes(&heads).root()
    }

    /// The content of the commit act that follows, its own entry counted.
    ///
    /// # Errors
    /// If `seen` goes back, or the clock of a seen head is not known.
    pub fn next_commit(&self, seen: BTreeMap<LaneId, Head>, clocks: &impl SeenLamports) -> Result<CommitAct, LogError> {
        self.admit_seen(&seen)?;
        let (greatest, checked) = self.greatest(&seen, clocks)?;
        if let (Lamport::NotChecked, Some((lane, _))) = (checked, seen.first_key_value()) {
            return Err(LogError::SeenUnknown(*lane));
        }
        let map_root = self.map_root(&seen);
        Ok(CommitAct { lamport: greatest.saturating_add(1), seen, map_root, count: self.pending() + 1 })
    }

    /// Adds a commit act's entry after checking that it follows; answers whether its clock could be checked.
    ///
    /// # Errors
    /// Names what does not follow. The state is then unchanged.
    pub fn push_commit(
        &mut self,
        root: &ObjectRoot,
        commit: &CommitAct,
        clocks: &impl SeenLamports,
        stored: impl FnMut(StoredNode),
    ) -> Result<Lamport, LogError> {
        self.admit_seen(&commit.seen)?;
        let (greatest, checked) = self.greatest(&commit.seen, clocks)?;
        let expected = greatest.checked_add(1).ok_or(LogError::State)?;
        let follows = match checked {
            Lamport::Checked => commit.lamport == expected,
            Lamport::NotChecked => commit.lamport >= expected,
        };
        if !follows {
            return Err(LogError::Lamport { found: commit.lamport, expected });
        }
        let entries = self.pending() + 1;
        if commit.count != entries {
            return Err(LogError::Count { found: commit.count, expected: entries });
        }
        if commit.map_root != self.map_root(&commit.seen) {
            return Err(LogError::MapRoot);
        }
        self.push(root, stored)?;
        self.committed = Head { size: self.frontier.size(), root: self.frontier.root() };
        self.lamport = commit.lamport;
        self.seen = commit.seen.clone();
        Ok(checked)
    }

    fn greatest(&self, seen: &BTreeMap<LaneId, Head>, clocks: &impl SeenLamports) -> Result<(u64, Lamport), LogError> {
        let mut found = (self.lamport, Lamport::Checked);
        for (lane, head) in seen {
            match clocks.lamport(lane, head)? {
                Some(clock) => found.0 = found.0.max(clock),
                None => found.1 = Lamport::NotChecked,
            }
        }
        Ok(found)
    }

    fn admit_seen(&self, seen: &BTreeMap<LaneId, Head>) -> Result<(), LogError> {
        if seen.len() > LANES_MAX {
            return Err(LogError::Lanes);
        }
        if seen.contains_key(&self.lane) {
            return Err(LogError::SeenSelf);
        }
        for (lane, before) in &self.seen {
            let forward = seen.get(lane).is_some_and(|now| now.size > before.size || now == before);
            if !forward {
                return Err(LogError::SeenBack(*lane));
            }
        }
        Ok(())
    }

    /// Ends a check: all entries must be committed.
    ///
    /// # Errors
    /// [`LogError::Uncommitted`].
    pub fn finish(self) -> Result<Head, LogError> {
        match self.pending() {
            0 => Ok(self.committed),
            entries => Err(LogError::Uncommitted(entries)),
        }
    }

    /// Its bytes, to go on from without reading the lane again:
    /// `{0: 1, 1: case id, 2: lane id, 3: frontier, 4: [size, root], 5: lamport, 6: [[lane, size, root]…]}`.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.map(7).uint(0).uint(STATE_VERSION).uint(1).bytes(&self.case.0).uint(2).bytes(&self.lane.0);
        writer.uint(3).bytes(&self.frontier.encode());
        writer.uint(4).array(2).uint(self.committed.size).bytes(&self.committed.root.0);
        writer.uint(5).uint(self.lamport).uint(6).array(self.seen.len());
        for (lane, head) in &self.seen {
            writer.array(3).bytes(&lane.0).uint(head.size).bytes(&head.root.0);
        }
        writer.into_bytes()
    }

    /// From its bytes, which are trusted like the lane's own head: they are this device's notes.
    ///
    /// # Errors
    /// Refuses other encodings.
    pub fn decode(bytes: &[u8]) -> Result<Self, LogError> {
        let mut reader = Reader::new(bytes);
        reader.map_of(7)?;
        if reader.key(0)?.uint()? != STATE_VERSION {
            return Err(LogError::State);
        }
        let case = CaseId(reader.key(1)?.fixed()?);
        let lane = LaneId(reader.key(2)?.fixed()?);
        let frontier = Frontier::decode(reader.key(3)?.bytes()?)?;
        reader.key(4)?.array_of(2)?;
        let committed = Head { size: reader.uint()?, root: Hash(reader.fixed()?) };
        let lamport = reader.key(5)?.uint()?;
        let count = reader.key(6)?.array()?;
        let mut seen = BTreeMap::new();
        for _ in 0..count {
            reader.array_of(3)?;
            let (other, head) = (LaneId(reader.fixed()?), Head { size: reader.uint()?, root: Hash(reader.fixed()?) });
            if seen.last_key_value().is_some_and(|(last, _)| *last >= other) {
                return Err(LogError::State);
            }
            seen.insert(other, head);
        }
        reader.end()?;
        if committed.size > frontier.size() || (committed.size == frontier.size() && committed.root != frontier.root())
        {
            return Err(LogError::State);
        }
        Ok(Self { case, lane, frontier, committed, lamport, seen })
    }
}
