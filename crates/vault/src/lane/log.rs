//! Walking through a lane's segments, and opening a lane: its state after the last commit that stands.
//!
//! Keeps: a segment is read up to where the next one goes on; damage is named and what is whole is still given out.
//! Deliberately does not know: bodies of acts but `lane` and `commit`.

use std::collections::VecDeque;

use casemate_ports::store::{CaseStore, StoreName};
use casemate_proof::log::{CommitAct, Head, LaneState, SignedGrant};
use casemate_proof::{CaseId, LaneId, PublicKey, SealedAct, SignedNote};

use super::compartments::SegmentKeys;
use super::frame::{Body, Frame, Record};
use super::head::{HeadSlots, read_heads, read_note};
use super::segment::{SegmentReader, Step, Tag};
use crate::VaultError;
use crate::places;
use crate::secret::TAG_LEN;

/// A place between two frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    /// Number of the segment.
    pub(crate) segment: u32,
    /// Bytes from its start.
    pub(crate) at: u64,
    /// Number of the next commit.
    pub(crate) number: u64,
    /// Tag of the frame before.
    pub(crate) previous: Tag,
}

impl Position {
    pub(crate) const START: Self = Self { segment: 0, at: 0, number: 0, previous: [0; TAG_LEN] };
}

/// What a walk found that is no frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Damage {
    /// A file that is no segment of this lane, or whose header is damaged.
    Segment { name: StoreName },
    /// Commits that can't be read.
    Commits { name: StoreName, first: u64, count: u64 },
    /// Bytes that no commit claims: what a crash left. Nothing is lost by them.
    SetAside { name: StoreName, bytes: u64 },
}

/// A frame and where the next one begins.
pub(crate) struct Placed {
    pub(crate) number: u64,
    pub(crate) frame: Frame,
    pub(crate) after: Position,
}

pub(crate) enum WalkItem {
    Frame(Box<Placed>),
    Damage(Damage),
}

/// Reads a lane's frames in order.
pub(crate) struct Walk<'a> {
    store: &'a dyn CaseStore,
    case: CaseId,
    lane: LaneId,
    keys: SegmentKeys<'a>,
    segments: VecDeque<(u32, u64)>,
    reader: Option<SegmentReader<'a>>,
    /// Commit at which the segment after this one goes on.
    limit: Option<u64>,
    /// The next commit looked for, and the tag that it follows.
    number: u64,
    previous: Tag,
    /// After the last frame that was given out.
    good: Position,
    ready: VecDeque<WalkItem>,
}

/// The segments of a lane: number and size, in order.
pub(crate) fn segments(store: &dyn CaseStore, lane: &LaneId) -> Result<Vec<(u32, u64)>, VaultError> {
    let listed = store.list(&places::segments(lane)?)?;
    let number = |leaf: &str| u32::from_str_radix(leaf, 16).ok().filter(|_| leaf.len() == 8);
    let mut found: Vec<_> = listed.iter().filter_map(|l| Some((number(l.name.leaf())?, l.size))).collect();
    found.sort_unstable();
    Ok(found)
}

impl<'a> Walk<'a> {
    /// From a position on.
    pub(crate) fn new(
        store: &'a dyn CaseStore,
        (case, lane): (CaseId, LaneId),
        keys: SegmentKeys<'a>,
        from: Position,
    ) -> Result<Self, VaultError> {
        let mut all: VecDeque<_> = segments(store, &lane)?.into();
        all.retain(|(number, _)| *number >= from.segment);
        let mut walk = Self {
            store,
            case,
            lane,
            keys,
            segments: all,
            reader: None,
            limit: None,
            number: from.number,
            previous: from.previous,
            good: from,
            ready: VecDeque::new(),
        };
        if from.at > 0 && walk.open_segment()? {
            if let Some(reader) = &mut walk.reader {
                reader.seek(from.at)?;
            }
            (walk.number, walk.previous) = (from.number, from.previous);
        }
        Ok(walk)
    }

    /// The next frame or damage; `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<WalkItem>, VaultError> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Ok(Some(item));
            }
            if self.reader.is_none() && !self.open_segment()? {
                if self.segments.is_empty() && self.ready.is_empty() {
                    return Ok(None);
                }
                continue;
            }
            self.step()?;
        }
    }

    fn name(&self, number: u32) -> Result<StoreName, VaultError> {
        Ok(places::segment(&self.lane, number)?)
    }

    fn open(&self, number: u32, size: u64) -> Result<Option<SegmentReader<'a>>, VaultError> {
        SegmentReader::open(self.store, &self.name(number)?, size, (&self.case, &self.lane, number), &self.keys)
    }

    /// Opens the next segment; `false` if there is none or it is damaged.
    fn open_segment(&mut self) -> Result<bool, VaultError> {
        let Some((number, size)) = self.segments.pop_front() else { return Ok(false) };
        let Some(reader) = self.open(number, size)? else {
            let name = self.name(number)?;
            // The last file may be what a crash left of a new segment; if commits were lost with it, the head tells.
            let damage = match self.segments.is_empty() {
                true => Damage::SetAside { name, bytes: size },
                false => Damage::Segment { name },
            };
            self.ready.push_back(WalkItem::Damage(damage));
            return Ok(false);
        };
        let resumes = self.good.at > 0 && self.good.segment == number;
        if !resumes && reader.header.first != self.good.number {
            let (first, now) = (self.good.number, reader.header.first);
            let lost = Damage::Commits { name: self.name(number)?, first, count: now.saturating_sub(first) };
            self.ready.push_back(WalkItem::Damage(lost));
        }
        (self.number, self.previous) = (reader.header.first, reader.header.previous);
        if !resumes {
            self.good =
                Position { segment: number, at: reader.position(), number: self.number, previous: self.previous };
        }
        self.limit = match self.segments.front() {
            Some((next, size)) => self.open(*next, *size)?.map(|r| r.header.first),
            None => None,
        };
        self.reader = Some(reader);
        Ok(true)
    }

    fn step(&mut self) -> Result<(), VaultError> {
        let Some(reader) = &mut self.reader else { return Ok(()) };
        let step =
            if self.limit == Some(self.number) { Step::End } else { reader.next(self.number, &mut self.previous)? };
        match step {
            Step::Frame(content) => {
                let number = self.number;
                self.number += 1;
                match Frame::decode(&content) {
                    Ok(frame) => self.found(number, frame)?,
                    Err(_) => {
                        let name = self.name(self.good.segment)?;
                        self.ready.push_back(WalkItem::Damage(Damage::Commits { name, first: number, count: 1 }));
                    }
                }
            }
            Step::Bad => self.number += 1,
            Step::End => self.end_segment()?,
        }
        Ok(())
    }

    fn found(&mut self, number: u64, frame: Frame) -> Result<(), VaultError> {
        let Some(reader) = &self.reader else { return Ok(()) };
        let segment = self.good.segment;
        if number > self.good.number {
            let first = self.good.number;
            let lost = Damage::Commits { name: self.name(segment)?, first, count: number - first };
            self.ready.push_back(WalkItem::Damage(lost));
        }
        let after = Position { segment, at: reader.position(), number: number + 1, previous: self.previous };
        self.good = after;
        self.ready.push_back(WalkItem::Frame(Box::new(Placed { number, frame, after })));
        Ok(())
    }

    /// What is left over is set aside: whether commits are missing shows in the next segment's header, or in the head.
    fn end_segment(&mut self) -> Result<(), VaultError> {
        let Some(reader) = self.reader.take() else { return Ok(()) };
        let bytes = reader.size().saturating_sub(self.good.at);
        if bytes > 0 {
            let name = self.name(self.good.segment)?;
            self.ready.push_back(WalkItem::Damage(Damage::SetAside { name, bytes }));
        }
        Ok(())
    }
}

/// A lane as it was found.
pub(crate) struct Lane {
    pub(crate) id: LaneId,
    pub(crate) key: PublicKey,
    /// After the last commit that stands.
    pub(crate) state: LaneState,
    pub(crate) position: Position,
    /// The signed checkpoint of that commit, as stored.
    pub(crate) note: Vec<u8>,
    pub(crate) heads: HeadSlots,
    pub(crate) damage: Vec<Damage>,
    /// Why the lane can't be written, if it can't.
    pub(crate) broken: Option<String>,
}

/// What a device noted of a lane when it last looked: disposable.
pub(crate) struct Snapshot {
    pub(crate) state: LaneState,
    pub(crate) position: Position,
    pub(crate) note: Vec<u8>,
}

/// Opens an act whose body everybody with the frame may read.
pub(crate) fn open_record(record: &Record) -> Option<SealedAct> {
    match &record.body {
        Body::Open(body) => SealedAct::open(record.oid, body, &record.root).ok(),
        Body::Sealed { .. } => None,
    }
}

impl Lane {
    /// Reads a lane: from the snapshot on, if that fits the head, else from its start.
    pub(crate) fn open(
        store: &dyn CaseStore,
        (case, id): (CaseId, LaneId),
        keys: &SegmentKeys<'_>,
        owner: &PublicKey,
        snapshot: Option<Snapshot>,
    ) -> Result<Self, VaultError> {
        let named = || format!("lane {id}");
        let mut walk = Walk::new(store, (case, id), SegmentKeys(keys.0), Position::START)?;
        let grant =
            first_grant(&mut walk)?.ok_or_else(|| VaultError::damaged(named(), "its first commit can't be read"))?;
        if grant.verify(&case, &id, owner).is_err() {
            return Err(VaultError::damaged(named(), "the owner did not grant it"));
        }
        let key = grant.grant.keys.lane;
        let heads = read_heads(store, &id, &key)?;
        let snapshot = snapshot.filter(|s| {
            let known = s.state.head();
            heads.newest().is_some_and(|head| head.size >= known.size)
                && read_note(&s.note, &id, &key).is_some_and(|(h, _)| h == known)
        });
        let (state, position, note) = match snapshot {
            Some(s) => (s.state, s.position, s.note),
            None => (LaneState::new(case, id), Position::START, Vec::new()),
        };
        let walk = Walk::new(store, (case, id), SegmentKeys(keys.0), position)?;
        let mut lane = Self { id, key, state, position, note, heads, damage: Vec::new(), broken: None };
        lane.replay(walk, owner)?;
        lane.judge();
        Ok(lane)
    }

    fn replay(&mut self, mut walk: Walk<'_>, owner: &PublicKey) -> Result<(), VaultError> {
        while let Some(item) = walk.next()? {
            match item {
                WalkItem::Damage(damage) => {
                    if matches!(damage, Damage::Commits { .. }) {
                        self.broken.get_or_insert_with(|| "commits can't be read".to_owned());
                    }
                    self.damage.push(damage);
                }
                WalkItem::Frame(placed) if self.broken.is_none() => {
                    let mut next = self.state.clone();
                    match self.apply(&mut next, &placed.frame, owner) {
                        Ok(()) => {
                            self.state = next;
                            self.position = placed.after;
                            self.note = placed.frame.note;
                        }
                        Err(why) if self.heads.newest().is_some_and(|head| placed.frame.end() <= head.size) => {
                            self.broken = Some(format!("commit {}: {why}", placed.number));
                        }
                        // Nobody was told of it, and it is not validly signed: what follows is set aside.
                        Err(_) => {
                            let name = places::segment(&self.id, placed.after.segment)?;
                            let bytes = placed.after.at.saturating_sub(self.position.at);
                            self.damage.push(Damage::SetAside { name, bytes });
                            return Ok(());
                        }
                    }
                }
                WalkItem::Frame(_) => {}
            }
        }
        Ok(())
    }

    /// Applies one commit to the state, if it follows and is signed.
    fn apply(&self, state: &mut LaneState, frame: &Frame, owner: &PublicKey) -> Result<(), String> {
        apply_frame(state, frame, owner)?;
        let head = state.head();
        for (known, _) in &self.heads.valid {
            if known.size == head.size && known.root != head.root {
                return Err("the head has another root".to_owned());
            }
        }
        // What the head covers needs no signature of its own; what lies past it does.
        let past = self.heads.newest().is_none_or(|newest| head.size > newest.size);
        if past && read_note(&frame.note, &self.id, &self.key).is_none_or(|(signed, _)| signed != head) {
            return Err("its checkpoint is not signed by the lane".to_owned());
        }
        Ok(())
    }

    /// Whether what the head acknowledged is there.
    fn judge(&mut self) {
        let size = self.state.head().size;
        match self.heads.newest() {
            Some(head) if head.size > size => {
                self.broken.get_or_insert_with(|| format!("the head is at {} entries, {size} can be read", head.size));
            }
            None if self.position.number > 1 => {
                self.broken.get_or_insert_with(|| "both heads are missing or damaged".to_owned());
            }
            _ => {}
        }
    }

    /// The signed checkpoint of the last commit that stands.
    pub(crate) fn signed_head(&self) -> Option<(Head, SignedNote)> {
        read_note(&self.note, &self.id, &self.key)
    }
}

/// The grant in entry 0.
pub(crate) fn first_grant(walk: &mut Walk<'_>) -> Result<Option<SignedGrant>, VaultError> {
    let Some(WalkItem::Frame(placed)) = walk.next()? else { return Ok(None) };
    let act = placed.frame.records.first().filter(|_| placed.number == 0).and_then(open_record);
    Ok(act.and_then(|sealed| SignedGrant::from_act(&sealed.act).ok()))
}

/// The first commit's own act.
pub(crate) fn first_commit(walk: &mut Walk<'_>) -> Result<Option<CommitAct>, VaultError> {
    let Some(WalkItem::Frame(placed)) = walk.next()? else { return Ok(None) };
    let act = placed.frame.records.last().filter(|_| placed.number == 0).and_then(open_record);
    Ok(act.and_then(|sealed| CommitAct::from_act(&sealed.act).ok()))
}

/// Adds a commit's entries to a lane's state, checking all that the log's rules say of them.
pub(crate) fn apply_frame(state: &mut LaneState, frame: &Frame, owner: &PublicKey) -> Result<(), String> {
    // The clocks of other lanes' heads are not at hand here: the commit's own is then only known to be greater.
    let clocks = |_: &LaneId, _: &Head| Ok(None);
    if frame.first != state.size() {
        return Err(format!("begins at entry {}, {} follows", frame.first, state.size()));
    }
    let (commit, acts) = frame.records.split_last().ok_or("has no entries")?;
    for record in acts {
        if state.size() == 0 {
            let lane = open_record(record).ok_or("its lane act can't be read")?;
            state.push_lane_act(&record.root, &lane.act, owner, |_| {}).map_err(|e| e.to_string())?;
        } else {
            state.push(&record.root, |_| {}).map_err(|e| e.to_string())?;
        }
    }
    let sealed = open_record(commit).ok_or("its commit act can't be read")?;
    let act = CommitAct::from_act(&sealed.act).map_err(|e| e.to_string())?;
    state.push_commit(&commit.root, &act, &clocks, |_| {}).map_err(|e| e.to_string())?;
    Ok(())
}
