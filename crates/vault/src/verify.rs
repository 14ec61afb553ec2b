//! Checking a whole case.
//!
//! Keeps: every byte that an act answers for is read and checked; what can't be is said so, by name (I8).
//! Deliberately does not know: what acts other than the store's mean.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use casemate_proof::log::{ActOrder, Head, LaneState};
use casemate_proof::{Compartment, LaneId, ObjectRoot};
use sha2::{Digest, Sha256};

use crate::acts::stored_object;
use crate::finding::Finding;
use crate::lane::{Damage, Lane, Placed, WalkItem, apply_frame, read_heads, read_note};
use crate::lanes::{damage_finding, forked};
use crate::object::{ObjectReader, StoredObject, rehash};
use crate::places::{self, FileId};
use crate::read::Content;
use crate::{Vault, VaultError};

/// Bytes read at once while hashing.
const PIECE: usize = 256 * 1024;

/// What checking the lane collected on the way.
#[derive(Default)]
struct Collected {
    findings: Vec<Finding>,
    objects: Vec<StoredObject>,
    files: BTreeSet<FileId>,
    acts: u64,
    sealed: BTreeMap<Compartment, u64>,
    no_key: u64,
    /// Heads after each commit and their clocks, to compare slots and what others have seen with.
    heads: BTreeMap<(LaneId, u64), (Head, u64)>,
    /// What commits say of other lanes that no commit before said.
    claims: Vec<Claim>,
    all_read: bool,
}

/// Heads of other lanes that a commit is the first to have seen.
struct Claim {
    lane: LaneId,
    number: u64,
    /// The clock of the lane before this commit, and that of this commit.
    before: u64,
    lamport: u64,
    seen: Vec<(LaneId, Head)>,
}

impl Vault {
    /// Checks everything: each commit, entry, signature, head and body, and each object against the root that the log
    /// has. `progress` is told the objects done and their number.
    ///
    /// # Errors
    /// Only the store's, where not even a listing can be had.
    pub fn verify(&self, mut progress: impl FnMut(u64, u64)) -> Result<Vec<Finding>, VaultError> {
        let mut found = Collected { all_read: true, ..Collected::default() };
        for (_, ring) in &self.rings {
            found
                .findings
                .extend(ring.damaged().map(|why| Finding::failed("ring-page-damaged", why, "its keys can't be read")));
        }
        for lane in &self.lanes {
            self.verify_lane(lane, &mut found)?;
            self.verify_heads(lane, &mut found)?;
        }
        self.verify_claims(&mut found);
        let total = found.objects.len() as u64;
        let mut whole = 0u64;
        for (done, object) in (0u64..).zip(&found.objects) {
            progress(done, total);
            match self.verify_object(object) {
                Ok(()) => whole += 1,
                Err(why) => found.findings.push(Finding::failed(
                    "object-damaged",
                    object.root(),
                    format_args!("file {}: {why}", object.file),
                )),
            }
        }
        progress(total, total);
        let detail = format_args!("{whole} objects match their roots").to_string();
        found.findings.push(Finding::proven("objects-whole", "objects", detail).counted("objects", whole));
        self.verify_places(&mut found)?;
        Ok(found.findings)
    }

    fn verify_lane(&self, lane: &Lane, found: &mut Collected) -> Result<(), VaultError> {
        (found.acts, found.no_key) = (0, 0);
        found.sealed.clear();
        let mut state = LaneState::new(self.case, lane.id);
        let mut follows = true;
        let (mut next, mut tail) = (0u64, None);
        let mut walk = self.walk(lane.id)?;
        while let Some(item) = walk.next()? {
            match item {
                WalkItem::Damage(damage) => {
                    if let Damage::SetAside { name, .. } = &damage {
                        tail = Some(name.to_string());
                    }
                    follows &= matches!(damage, Damage::SetAside { .. });
                    found.all_read &= follows;
                    found.findings.push(damage_finding(&damage, lane.broken.is_some()));
                }
                WalkItem::Frame(placed) if placed.number < lane.position.number || lane.broken.is_some() => {
                    next = placed.number.saturating_add(1);
                    let before = (state.lamport(), state.seen().clone());
                    if follows && let Err(why) = self.verify_commit(lane, &mut state, &placed) {
                        follows = false;
                        let what = format_args!("lane {} commit {}", lane.id, placed.number).to_string();
                        found.findings.push(Finding::failed("commit-invalid", what, why));
                    }
                    if follows {
                        found.heads.insert((lane.id, state.head().size), (state.head(), state.lamport()));
                        found.claims.extend(claim(&state, placed.number, before));
                    }
                    self.verify_records(lane.id, &placed, found);
                }
                WalkItem::Frame(_) => {}
            }
        }
        if lane.broken.is_none() && next < lane.position.number {
            // This device opened the lane from its note of an earlier look, and did not come by here.
            follows = false;
            found.all_read = false;
            let why =
                format_args!("commits {next} to {} can't be read", lane.position.number.saturating_sub(1)).to_string();
            found.findings.push(Finding::failed(
                "segment-damaged",
                tail.unwrap_or_else(|| "a segment".to_owned()),
                why,
            ));
        }
        conclude(lane, follows, state.size(), found);
        Ok(())
    }

    /// What commits say of other lanes, beside the logs of those: heads by root, clocks by equality.
    fn verify_claims(&self, found: &mut Collected) {
        let mut unknown: BTreeMap<LaneId, u64> = BTreeMap::new();
        for claim in std::mem::take(&mut found.claims) {
            let (mut greatest, mut known) = (claim.before, true);
            for (other, head) in &claim.seen {
                let at_hand = self.lanes.iter().find(|lane| lane.id == *other && lane.broken.is_none());
                match (found.heads.get(&(*other, head.size)), at_hand) {
                    (Some((here, clock)), _) if here == head => greatest = greatest.max(*clock),
                    (Some(_), _) => found.findings.push(forked(other, &claim.lane, head)),
                    (None, Some(lane)) if lane.state.head().size >= head.size => {
                        found.findings.push(forked(other, &claim.lane, head));
                    }
                    _ => known = false,
                }
            }
            if !known {
                *unknown.entry(claim.lane).or_default() += 1;
            } else if claim.lamport != greatest.saturating_add(1) {
                let what = format_args!("lane {} commit {}", claim.lane, claim.number).to_string();
                let why =
                    format_args!("its clock is {}, {} follows", claim.lamport, greatest.saturating_add(1)).to_string();
                found.findings.push(Finding::failed("commit-invalid", what, why));
            }
        }
        for (lane, commits) in unknown {
            let detail = format_args!("the clocks of {commits} commits hang on lanes that are not at hand").to_string();
            let finding = Finding::not_checked("clock-not-checked", format_args!("lane {lane}"), detail);
            found.findings.push(finding.counted("commits", commits));
        }
    }

    fn verify_commit(&self, lane: &Lane, state: &mut LaneState, placed: &Placed) -> Result<(), String> {
        apply_frame(state, &placed.frame, &self.owner())?;
        match read_note(&placed.frame.note, &lane.id, &lane.key) {
            Some((signed, _)) if signed == state.head() => Ok(()),
            Some(_) => Err("its checkpoint is of another tree".to_owned()),
            None => Err("its checkpoint is not signed by the lane".to_owned()),
        }
    }

    fn verify_records(&self, lane: LaneId, placed: &Placed, found: &mut Collected) {
        for (index, record) in (placed.frame.first..).zip(&placed.frame.records) {
            let order = ActOrder { lamport: 0, lane, index };
            match self.entry(order, record).map(|entry| entry.content) {
                Ok(Content::Act(sealed)) => {
                    found.acts += 1;
                    if let Some(object) = stored_object(&sealed.act)
                        && found.files.insert(object.file)
                    {
                        found.objects.push(object);
                    }
                }
                Ok(Content::Sealed) => *found.sealed.entry(record.compartment).or_default() += 1,
                Ok(Content::NoKey) => found.no_key += 1,
                Err(why) => found.findings.push(Finding::failed("act-damaged", record.root, why)),
            }
        }
        found.all_read &= found.sealed.is_empty() && found.no_key == 0;
    }

    fn verify_heads(&self, lane: &Lane, found: &mut Collected) -> Result<(), VaultError> {
        let slots = read_heads(&*self.store, &lane.id, &lane.key)?;
        for name in &slots.damaged {
            found.findings.push(Finding::failed("head-damaged", name, "not a signed head of its lane"));
        }
        let what = format_args!("lane {}", lane.id).to_string();
        if slots.valid.is_empty() {
            // A lane of one commit whose head was not written yet: nobody was told of it.
            found.findings.push(match lane.broken {
                Some(_) => Finding::failed("head-missing", &what, "no valid head"),
                None => Finding::not_checked("head-missing", &what, "no head yet"),
            });
        }
        for (head, _) in &slots.valid {
            let here = found.heads.get(&(lane.id, head.size)).map(|(here, _)| *here);
            let same = here == Some(*head);
            if here.is_some_and(|here| here.root != head.root) {
                let detail = format_args!("it has signed two trees of {} entries", head.size);
                found.findings.push(Finding::failed("lane-forked", &what, detail).counted("entries", head.size));
            }
            let detail = format_args!("{} entries", head.size).to_string();
            let finding = if same {
                Finding::proven("head-in-lane", &what, detail)
            } else {
                Finding::failed("head-not-in-lane", &what, detail)
            };
            found.findings.push(finding.counted("entries", head.size));
        }
        Ok(())
    }

    /// Reads an object whole: its SHA-256, and its root from its leaves.
    fn verify_object(&self, object: &StoredObject) -> Result<(), VaultError> {
        let damaged = |why| VaultError::damaged(format_args!("object {}", object.root()), why);
        let mut reader = self.read(object)?;
        if sha256_of(&mut reader).map_err(|_| damaged("its file could not be read to the end"))? != object.sha256 {
            return Err(damaged("its bytes have another SHA-256"));
        }
        let record = rehash(&mut reader, object.size, object.form, &object.record, &object.key)
            .map_err(|_| damaged("its leaves could not be read"))?;
        if record == object.record { Ok(()) } else { Err(damaged("its leaves give another root")) }
    }

    /// Checks one object by its root, as [`Vault::verify`] does.
    ///
    /// # Errors
    /// [`VaultError::NoObject`], [`VaultError::Damaged`].
    pub fn check_object(&self, root: &ObjectRoot) -> Result<(), VaultError> {
        self.verify_object(&self.find(root)?)
    }

    /// Files that nothing names.
    fn verify_places(&self, found: &mut Collected) -> Result<(), VaultError> {
        let staged = self.lanes.iter().map(|lane| places::staged(&lane.id));
        for folder in std::iter::once(places::objects()).chain(staged).collect::<Result<Vec<_>, _>>()? {
            for listed in self.store.list(&folder)? {
                let known = places::unhex(listed.name.leaf()).is_some_and(|id| found.files.contains(&FileId(id)));
                if !known {
                    let detail = if found.all_read { "no act names it" } else { "no act that can be read names it" };
                    found.findings.push(Finding::not_checked("file-unplaced", &listed.name, detail));
                }
            }
        }
        let quarantined = self.store.list(&places::quarantine()?)?;
        for listed in quarantined {
            found.findings.push(Finding::not_checked(
                "file-in-quarantine",
                &listed.name,
                format_args!("{} bytes", listed.size),
            ));
        }
        Ok(())
    }
}

/// What a commit is the first of its lane to have seen; `None` for nothing new, where its clock was checked by itself.
fn claim(state: &LaneState, number: u64, before: (u64, BTreeMap<LaneId, Head>)) -> Option<Claim> {
    let (clock, seen) = before;
    let fresh: Vec<_> = state.seen().iter().filter(|(lane, head)| seen.get(*lane) != Some(*head)).collect();
    let any = !state.seen().is_empty();
    any.then(|| Claim {
        lane: *state.lane(),
        number,
        before: clock,
        lamport: state.lamport(),
        seen: fresh.into_iter().map(|(lane, head)| (*lane, *head)).collect(),
    })
}

fn sha256_of(reader: &mut ObjectReader) -> std::io::Result<[u8; 32]> {
    let mut hash = Sha256::new();
    let mut piece = vec![0; PIECE];
    loop {
        let n = reader.read(&mut piece)?;
        if n == 0 {
            return Ok(hash.finalize().into());
        }
        hash.update(piece.get(..n).unwrap_or_default());
    }
}

/// What is to be said of a lane whose every commit was looked at.
fn conclude(lane: &Lane, follows: bool, entries: u64, found: &mut Collected) {
    let what = format_args!("lane {}", lane.id).to_string();
    if let Some(why) = &lane.broken {
        found.findings.push(Finding::failed("lane-damaged", &what, why));
    } else if follows {
        let detail = format_args!("{} entries, every commit follows and is signed", entries).to_string();
        found.findings.push(Finding::proven("lane-consistent", &what, detail).counted("entries", entries));
    } else {
        found.findings.push(Finding::failed("lane-damaged", &what, "not every commit can be read and checked"));
    }
    let detail = format_args!("{} acts match their entries", found.acts).to_string();
    found.findings.push(Finding::proven("acts-readable", &what, detail).counted("entries", found.acts));
    for (compartment, count) in &found.sealed {
        let detail = format_args!("{count} acts sealed: no key for {compartment:?}").to_string();
        found.findings.push(Finding::not_checked("acts-sealed", &what, detail).counted("acts", *count));
    }
    if found.no_key > 0 {
        let detail = format_args!("{} acts without a key: erased, or on a damaged page", found.no_key).to_string();
        found.findings.push(Finding::not_checked("acts-without-key", &what, detail).counted("acts", found.no_key));
    }
}
