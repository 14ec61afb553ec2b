//! All lanes of a case: which of them is this device's, opening the others, and what they say of each other.
//!
//! Keeps: every lane in the folder is opened and checked by its grant, or named; one that can't be read hides nothing of the others.
//! Deliberately does not know: what acts mean, how an order is made of several lanes.

use std::collections::{BTreeMap, BTreeSet};

use casemate_ports::store::CaseStore;
use casemate_proof::log::Head;
use casemate_proof::{CaseId, LaneId};

use crate::finding::Finding;
use crate::keys::CaseKeys;
use crate::lane::{Damage, Lane, Position, SegmentKeys, Walk, first_commit};
use crate::{VaultError, places, snapshot};

/// What the folder `lanes/` holds.
struct Found {
    lanes: BTreeSet<LaneId>,
    with_keys: BTreeSet<LaneId>,
    with_heads: BTreeSet<LaneId>,
    strange: BTreeSet<String>,
}

fn found(store: &dyn CaseStore) -> Result<Found, VaultError> {
    let (lanes, strange) = (BTreeSet::new(), BTreeSet::new());
    let mut found = Found { lanes, with_keys: BTreeSet::new(), with_heads: BTreeSet::new(), strange };
    for listed in store.list(&places::lanes()?)? {
        let Some((folder, rest)) =
            listed.name.as_str().strip_prefix("lanes/").and_then(|inside| inside.split_once('/'))
        else {
            found.strange.insert(listed.name.to_string());
            continue;
        };
        let Ok(lane) = folder.parse::<LaneId>() else {
            found.strange.insert(format!("lanes/{folder}"));
            continue;
        };
        found.lanes.insert(lane);
        if rest == "keys" {
            found.with_keys.insert(lane);
        } else if rest.starts_with("head-") {
            found.with_heads.insert(lane);
        }
    }
    Ok(found)
}

/// The lane that is written here: the one asked for; else the one whose keys lie here; of several the one that a case begins
/// with: its first commit has seen no other.
pub(crate) fn own_lane(
    store: &dyn CaseStore,
    case: CaseId,
    keys: &CaseKeys,
    asked: Option<LaneId>,
) -> Result<LaneId, VaultError> {
    let found = found(store)?;
    let none = || VaultError::damaged("lanes", "no lane with keys");
    if let Some(lane) = asked {
        return found.with_keys.contains(&lane).then_some(lane).ok_or_else(none);
    }
    let first = found.with_keys.first().copied().ok_or_else(none)?;
    if found.with_keys.len() > 1 {
        for lane in &found.with_keys {
            let mut walk = Walk::new(store, (case, *lane), SegmentKeys(&keys.compartments), Position::START)?;
            if first_commit(&mut walk)?.is_some_and(|commit| commit.seen.is_empty()) {
                return Ok(*lane);
            }
        }
    }
    Ok(first)
}

/// Opens the lanes beside the own one. What can't be opened is a finding.
pub(crate) fn open_others(
    store: &dyn CaseStore,
    case: CaseId,
    own: &LaneId,
    keys: &CaseKeys,
    findings: &mut Vec<Finding>,
) -> Result<Vec<Lane>, VaultError> {
    let found = found(store)?;
    let mut lanes = Vec::new();
    for id in found.lanes.iter().filter(|id| *id != own) {
        let what = format!("lane {id}");
        match open_lane(store, case, *id, keys, findings) {
            Ok(lane) => lanes.push(lane),
            // Made by a device that was stopped before it was told that it has a lane; nothing was acknowledged.
            Err(e) if e.is_damage() && !found.with_heads.contains(id) => {
                findings.push(Finding::not_checked("lane-not-begun", what, "it has no first commit and no head"));
            }
            Err(VaultError::Damaged { why, .. }) => findings.push(Finding::failed("lane-damaged", what, why)),
            Err(other) => return Err(other),
        }
    }
    findings
        .extend(found.strange.iter().map(|name| Finding::not_checked("lane-not-read", name, "its name is no lane's")));
    Ok(lanes)
}

/// What each lane has seen of the others, beside what is here of them.
pub(crate) fn compare(lanes: &[Lane], own: &Lane) -> Vec<Finding> {
    let mut findings = BTreeMap::new();
    for lane in lanes.iter().chain([own]) {
        for (other, head) in lane.state.seen() {
            let here = lanes.iter().chain([own]).find(|l| l.id == *other);
            let finding = match here.map(|l| (l.state.head(), &l.broken)) {
                None => Finding::not_checked(
                    "lane-not-at-hand",
                    format_args!("lane {other}"),
                    format_args!("lane {} has seen {} entries of it", lane.id, head.size),
                ),
                // Its own damage is named already.
                Some((_, Some(_))) => continue,
                Some((now, None)) if now.size < head.size => Finding::failed(
                    "lane-behind",
                    format_args!("lane {other}"),
                    format_args!("lane {} has seen {} entries of it, {} are here", lane.id, head.size, now.size),
                ),
                Some((now, None)) if now.size == head.size && now.root != head.root => forked(other, &lane.id, head),
                Some(_) => continue,
            };
            findings.entry((*other, finding.id)).or_insert(finding);
        }
    }
    findings.into_values().collect()
}

/// A lane that says of another what that one's log does not hold: one of the two is not what it was.
pub(crate) fn forked(other: &LaneId, by: &LaneId, head: &Head) -> Finding {
    let what = format!("lane {other}");
    Finding::failed("lane-forked", what, format_args!("lane {by} has seen another tree of {} entries", head.size))
}

/// Opens a lane, its damage told as findings.
pub(crate) fn open_lane(
    store: &dyn CaseStore,
    case: CaseId,
    id: LaneId,
    keys: &CaseKeys,
    findings: &mut Vec<Finding>,
) -> Result<Lane, VaultError> {
    let noted = keys.compartments.first().and_then(|(_, key)| snapshot::read(store, &case, &id, key));
    let lane = Lane::open(store, (case, id), &SegmentKeys(&keys.compartments), &keys.owner.public(), noted)?;
    findings.extend(lane.damage.iter().map(|damage| damage_finding(damage, lane.broken.is_some())));
    findings.extend(
        lane.heads.damaged.iter().map(|name| Finding::failed("head-damaged", name, "not a signed head of its lane")),
    );
    findings.extend(lane.broken.iter().map(|why| Finding::failed("lane-damaged", format_args!("lane {id}"), why)));
    Ok(lane)
}

/// The finding for a piece of damage. Bytes that no commit claims are debris of a crash only where no commit is missing.
pub(crate) fn damage_finding(damage: &Damage, broken: bool) -> Finding {
    match damage {
        Damage::SetAside { name, bytes } if broken => {
            let detail = format_args!("{bytes} bytes at its end can't be read").to_string();
            Finding::failed("segment-damaged", name, detail).counted("bytes", *bytes)
        }
        Damage::Segment { name } => Finding::failed("segment-damaged", name, "its header can't be read"),
        Damage::Commits { name, first, count } => {
            let detail = format_args!("{count} commits from number {first} can't be read").to_string();
            Finding::failed("segment-damaged", name, detail).counted("commits", *count)
        }
        Damage::SetAside { name, bytes } => {
            let detail = format_args!("{bytes} bytes at its end belong to no commit").to_string();
            Finding::not_checked("segment-tail-set-aside", name, detail).counted("bytes", *bytes)
        }
    }
}
