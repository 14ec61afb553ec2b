//! Reading the acts of a case, and the tree over them.
//!
//! Keeps: acts come in the order of the case; one without a key is "sealed", never an error; damage is an error in the
//! place of what it hides and does not end the reading.
//! Deliberately does not know: what acts mean.

use std::collections::VecDeque;
use std::iter::Peekable;

use casemate_proof::act::body_key;
use casemate_proof::log::{ActOrder, CommitAct, Head};
use casemate_proof::note::TlogProof;
use casemate_proof::tree::{ReadNode, StoredNodes, prove_inclusion};
use casemate_proof::{Compartment, LaneId, ObjectRoot, Oid, SealedAct, SubjectId};
use zeroize::Zeroizing;

use crate::lane::{Body, Damage, Lane, Placed, Position, Record, SegmentKeys, Walk, WalkItem, open_record};
use crate::secret::decrypt;
use crate::{Vault, VaultError};

/// What an entry holds for whoever reads.
#[derive(Clone, Debug)]
pub enum Content {
    /// The act, checked against its root.
    Act(Box<SealedAct>),
    /// There is no key for its compartment here.
    Sealed,
    /// The compartment's ring is here, and has no key for it: erased, or on a page that is damaged.
    NoKey,
}

/// One entry of a lane.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its place in the order of the case: clock, lane, index.
    pub order: ActOrder,
    /// What the log holds.
    pub root: ObjectRoot,
    /// The act's object id.
    pub oid: Oid,
    /// Who may read it.
    pub compartment: Compartment,
    /// The act, where it can be read.
    pub content: Content,
}

impl Entry {
    /// The act, where it can be read.
    #[must_use]
    pub fn act(&self) -> Option<&casemate_proof::Act> {
        match &self.content {
            Content::Act(sealed) => Some(&sealed.act),
            Content::Sealed | Content::NoKey => None,
        }
    }
}

/// The entries of a case, in order: of all lanes by clock, lane and index. An error stands for what is damaged, and comes
/// before whatever follows it in its lane; reading goes on after it.
pub struct Acts<'a> {
    lanes: Vec<Peekable<LaneActs<'a>>>,
}

impl std::fmt::Debug for Acts<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Acts({} lanes)", self.lanes.len())
    }
}

impl Iterator for Acts<'_> {
    type Item = Result<Entry, VaultError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut first: Option<(usize, Option<ActOrder>)> = None;
        for (at, lane) in self.lanes.iter_mut().enumerate() {
            let Some(item) = lane.peek() else { continue };
            let order = item.as_ref().ok().map(|entry| entry.order);
            // Damage has no place in the order: it is told when its lane comes to it.
            if first.is_none_or(|(_, best)| order < best) {
                first = Some((at, order));
            }
        }
        self.lanes.get_mut(first?.0)?.next()
    }
}

/// The entries of one lane.
struct LaneActs<'a> {
    vault: &'a Vault,
    walk: Walk<'a>,
    lane: LaneId,
    broken: bool,
    end: Position,
    /// Number of the next commit.
    next: u64,
    ready: VecDeque<Result<Entry, VaultError>>,
    done: bool,
}

impl Iterator for LaneActs<'_> {
    type Item = Result<Entry, VaultError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(ready) = self.ready.pop_front() {
                return Some(ready);
            }
            if self.done {
                return None;
            }
            match self.walk.next() {
                Ok(Some(WalkItem::Frame(placed))) => self.unpack(*placed),
                Ok(Some(WalkItem::Damage(damage))) => self.ready.extend(damaged(damage).map(Err)),
                Ok(None) => {
                    self.done = true;
                    if self.next < self.end.number {
                        return Some(Err(self.missing()));
                    }
                }
                Err(e) => {
                    self.done = true;
                    return Some(Err(e));
                }
            }
        }
    }
}

impl LaneActs<'_> {
    /// The log ends before the commits that its head and this device know of.
    fn missing(&self) -> VaultError {
        let (first, last) = (self.next, self.end.number.saturating_sub(1));
        VaultError::damaged(format_args!("lane {} commits {first} to {last}", self.lane), "they can't be read")
    }

    fn unpack(&mut self, placed: Placed) {
        let Placed { number, frame, .. } = placed;
        self.next = number.saturating_add(1);
        // What opening did not let stand is not part of the case, unless the lane is damaged and all that is left counts.
        if number >= self.end.number && !self.broken {
            self.done = true;
            return;
        }
        let commit = frame.records.last().and_then(open_record).and_then(|s| CommitAct::from_act(&s.act).ok());
        let Some(commit) = commit else {
            self.ready
                .push_back(Err(VaultError::damaged(format_args!("commit {number}"), "its commit act can't be read")));
            return;
        };
        for (index, record) in (frame.first..).zip(&frame.records) {
            let order = ActOrder { lamport: commit.lamport, lane: self.lane, index };
            self.ready.push_back(self.vault.entry(order, record));
        }
    }
}

fn damaged(damage: Damage) -> Option<VaultError> {
    match damage {
        Damage::Segment { name } => Some(VaultError::damaged(name, "its header can't be read")),
        Damage::Commits { name, .. } => Some(VaultError::damaged(name, "commits can't be read")),
        Damage::SetAside { .. } => None,
    }
}

impl Vault {
    /// All entries, in the order of the case. Each read act is checked against its root.
    ///
    /// # Errors
    /// The store's.
    pub fn acts(&self) -> Result<Acts<'_>, VaultError> {
        let lane = |lane: &'_ Lane| -> Result<Peekable<LaneActs<'_>>, VaultError> {
            let (walk, broken) = (self.walk(lane.id)?, lane.broken.is_some());
            let (ready, end) = (VecDeque::new(), lane.position);
            let acts = LaneActs { vault: self, walk, lane: lane.id, broken, end, next: 0, ready, done: false };
            Ok(acts.peekable())
        };
        Ok(Acts { lanes: self.lanes.iter().map(lane).collect::<Result<_, _>>()? })
    }

    pub(crate) fn walk(&self, lane: LaneId) -> Result<Walk<'_>, VaultError> {
        Walk::new(&*self.store, (self.case, lane), SegmentKeys(&self.keys.compartments), Position::START)
    }

    /// An entry from its record.
    pub(crate) fn entry(&self, order: ActOrder, record: &Record) -> Result<Entry, VaultError> {
        let content = self.content(record)?;
        Ok(Entry { order, root: record.root, oid: record.oid, compartment: record.compartment, content })
    }

    fn content(&self, record: &Record) -> Result<Content, VaultError> {
        let damaged = |why| VaultError::damaged(format_args!("act {}", record.root), why);
        let body = match &record.body {
            Body::Open(body) => Zeroizing::new(body.clone()),
            Body::Sealed { key, nonce, sealed } => {
                let Ok(ring) = self.ring(record.compartment) else { return Ok(Content::Sealed) };
                let Some(subject) = ring.key(*key) else { return Ok(Content::NoKey) };
                let key = Zeroizing::new(body_key(subject, &record.oid));
                decrypt(&key, &record.root.0, nonce, sealed).ok_or_else(|| damaged("its body does not verify"))?
            }
        };
        let sealed =
            SealedAct::open(record.oid, &body, &record.root).map_err(|_| damaged("not the act of its root"))?;
        Ok(Content::Act(Box::new(sealed)))
    }

    /// The complete nodes of a lane's tree, computed from its log: what inclusion and consistency proofs are made
    /// from. 64 bytes an entry.
    ///
    /// # Errors
    /// The store's; [`VaultError::Damaged`] where commits are missing.
    pub fn tree(&self, lane: &LaneId) -> Result<StoredNodes, VaultError> {
        let missing = || VaultError::damaged(format_args!("lane {lane}"), "it is not open");
        let head = self.heads().get(lane).copied().ok_or_else(missing)?;
        let mut nodes = StoredNodes::new();
        let mut walk = self.walk(*lane)?;
        while nodes.frontier().size() < head.size {
            match walk.next()? {
                Some(WalkItem::Frame(placed)) => {
                    for record in &placed.frame.records {
                        nodes.push(casemate_proof::log::entry_hash(&self.case, lane, &record.root));
                    }
                }
                Some(WalkItem::Damage(Damage::SetAside { .. })) => {}
                Some(WalkItem::Damage(_)) | None => {
                    return Err(VaultError::damaged(format_args!("lane {lane}"), "commits are missing"));
                }
            }
        }
        Ok(nodes)
    }

    /// A proof that entry `index` of the own lane is under the lane's signed head.
    ///
    /// # Errors
    /// [`VaultError::Tree`] for an index beyond the head.
    pub fn prove(&self, index: u64, nodes: &impl ReadNode) -> Result<TlogProof, VaultError> {
        let signed = self.checkpoint()?;
        let Head { size, .. } = signed.head;
        let path = prove_inclusion(index, size, nodes)?;
        Ok(TlogProof { index, path, checkpoint: signed.note })
    }

    /// Whether there is a key for this subject in this compartment: whether anything of it can be read or has been said.
    #[must_use]
    pub fn knows(&self, subject: &SubjectId, compartment: Compartment) -> bool {
        self.ring(compartment).is_ok_and(|ring| ring.id_of(subject).is_some())
    }
}
