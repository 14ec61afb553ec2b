//! The log part of a bundle: the census, then the acts that are shown, each with its proof under one checkpoint.
//!
//! Keeps: the census counts every act before its own commit. Does not know: items.

use crate::timestamp::carried::{self, Stamps};
use crate::witness::{self, Cosigned};
use crate::{AppError, Session};
use casemate_bundle::material::{HoldingAct, LogMaterial, LoggedAct, OtherAct};
use casemate_proof::log::{CensusAct, CommitAct, Head, Map, MapProof, MapRow, Via};
use casemate_proof::tree::{StoredNodes, prove_inclusion};
use casemate_proof::{LaneId, ObjectRoot, SealedAct};
use casemate_vault::stamp::StampAct;
use casemate_vault::witness::WitnessAct;
use casemate_vault::{Content, VaultError};
use std::collections::{BTreeMap, BTreeSet};

/// A census that is in the log.
pub(super) struct CensusOnLog {
    map: Map,
    index: u64,
}

/// Commits the census of everything so far.
pub(super) fn commit_census(session: &mut Session) -> Result<CensusOnLog, AppError> {
    let map_key: [u8; 32] = session.vault.draw()?;
    let map = session.census.map(&map_key).map_err(VaultError::from)?;
    let heads = session.vault.next_map_root()?;
    let act = CensusAct { heads, rows: map.rows().len() as u64, root: map.root(), map_key };
    let act = act.to_act(&session.vault.case_id());
    let index = session.append(vec![act])?.first;
    Ok(CensusOnLog { map, index })
}

impl CensusOnLog {
    /// The row of an object.
    pub fn row(&self, root: &ObjectRoot) -> Option<(MapRow, MapProof)> {
        self.map.row(&root.0).map(|(row, proof)| (row.clone(), proof))
    }
}

/// Where an act stands.
pub(super) type At = (LaneId, u64);

/// Acts with what is needed to show them.
pub(super) struct Shown {
    acts: BTreeMap<At, SealedAct>,
    nodes: StoredNodes,
    others: BTreeMap<LaneId, StoredNodes>,
    /// Tokens of the own lane that go along.
    stamps: Stamps,
    /// Its cosignatures that go along.
    cosigned: Cosigned,
    census: u64,
    commit: CommitAct,
    /// The head of the own lane before that commit.
    before: Head,
}

impl Shown {
    /// Reads the acts at `places`, the own lane's first, the census and the commit act that ends its commit.
    pub fn gather(session: &Session, census: &CensusOnLog, places: &BTreeSet<At>) -> Result<Self, AppError> {
        let own = session.vault.lane_id();
        let (mut acts, mut stamps, mut cosigned) = (BTreeMap::new(), Stamps::new(), Cosigned::new());
        for entry in session.vault.acts()? {
            let entry = entry?;
            let at = (entry.order.lane, entry.order.index);
            let Content::Act(act) = entry.content else { continue };
            let stamp = if at.0 == own { StampAct::from_act(&act.act) } else { None };
            if at.0 == own {
                cosigned.extend(WitnessAct::from_act(&act.act).map(|witness| (at.1, witness)));
            }
            let needed = at.0 == own && [0, census.index, census.index + 1].contains(&at.1);
            if needed || stamp.is_some() || places.contains(&at) {
                stamps.extend(stamp.map(|stamp| (at.1, stamp)));
                acts.insert(at, *act);
            }
        }
        let missing = || VaultError::Damaged { what: "the census".into(), why: "its commit can't be read" };
        let commit = acts.get(&(own, census.index + 1)).ok_or_else(missing)?;
        let commit = CommitAct::from_act(&commit.act).map_err(VaultError::from)?;
        let nodes = session.vault.tree(&own)?;
        let size = (census.index + 2).saturating_sub(commit.count);
        let root = casemate_proof::tree::root_at(size, &nodes).map_err(VaultError::from)?;
        let lanes: BTreeSet<LaneId> = places.iter().map(|at| at.0).filter(|lane| *lane != own).collect();
        let others = lanes.into_iter().map(|lane| Ok((lane, session.vault.tree(&lane)?)));
        let others = others.collect::<Result<_, VaultError>>()?;
        let own_places: Vec<u64> = places.iter().filter(|at| at.0 == own).map(|at| at.1).collect();
        let chosen = carried::choose(&stamps, &own_places);
        stamps.retain(|entry, _| chosen.contains(entry));
        let chosen = witness::choose(&cosigned, &own_places);
        cosigned.retain(|entry, _| chosen.contains(entry));
        Ok(Self { acts, nodes, others, stamps, cosigned, census: census.index, commit, before: Head { size, root } })
    }

    fn sealed(&self, at: At) -> Result<SealedAct, AppError> {
        let missing =
            || VaultError::Damaged { what: format!("act {} of lane {}", at.1, at.0), why: "it can't be read" };
        Ok(self.acts.get(&at).cloned().ok_or_else(missing)?)
    }

    /// An act of the own lane with its proof.
    fn act(&self, session: &Session, index: u64) -> Result<LoggedAct, AppError> {
        let act = self.sealed((session.vault.lane_id(), index))?;
        Ok(LoggedAct { act, proof: session.vault.prove(index, &self.nodes)? })
    }

    /// The act that holds an object, with its proof.
    pub fn holding(&self, session: &Session, at: At) -> Result<HoldingAct, AppError> {
        let own = session.vault.lane_id();
        if at.0 == own {
            return Ok(HoldingAct::Own(Box::new(self.act(session, at.1)?)));
        }
        let unseen = || VaultError::Damaged { what: format!("lane {}", at.0), why: "the own lane has not seen it" };
        let head = *self.commit.seen.get(&at.0).ok_or_else(unseen)?;
        let nodes = self.others.get(&at.0).ok_or_else(unseen)?;
        let path = prove_inclusion(at.1, head.size, nodes).map_err(VaultError::from)?;
        let mut heads = self.commit.seen.clone();
        heads.insert(own, self.before);
        let map = Map::of_lanes(&heads);
        let (_, row) = map.row(&at.0.0).ok_or_else(unseen)?;
        let via = Via { lane: at.0, head, index: at.1, path, row };
        let commit = self.act(session, self.census + 1)?;
        Ok(HoldingAct::Other(Box::new(OtherAct { act: self.sealed(at)?, via, commit })))
    }

    /// Checkpoint, grant, census.
    pub fn material(&self, session: &Session) -> Result<LogMaterial, AppError> {
        let head = session.vault.checkpoint()?;
        let size = head.head.size;
        let carried =
            |(entry, stamp): (&u64, &StampAct)| carried::material(stamp, self.act(session, *entry)?, size, &self.nodes);
        let mut stamps: Vec<_> = self.stamps.iter().collect();
        stamps.sort_by_key(|(entry, stamp)| (stamp.size, **entry));
        let stamps = stamps.into_iter().map(carried).collect::<Result<_, _>>()?;
        let mut cosigned: Vec<_> = self.cosigned.iter().collect();
        cosigned.sort_by_key(|(entry, act)| (act.size, **entry));
        let witnesses = cosigned.into_iter().map(|(_, act)| witness::material(act, size, &self.nodes));
        Ok(LogMaterial {
            case: session.vault.case_id(),
            checkpoint: head.note.encode(),
            checkpoint_sig: head.sshsig,
            lane: self.act(session, 0)?,
            census: self.act(session, self.census)?,
            stamps,
            witnesses: witnesses.collect::<Result<_, _>>()?,
        })
    }
}
