//! The log part of a bundle: the census, then the acts that are shown, each with its proof under one checkpoint.
//!
//! Keeps: the census counts every act before its own commit. Does not know: items.

use crate::{AppError, Session, timestamp};
use casemate_bundle::material::{LogMaterial, LoggedAct};
use casemate_proof::log::{CensusAct, Map, MapProof, MapRow};
use casemate_proof::tree::StoredNodes;
use casemate_proof::{ObjectRoot, SealedAct};
use casemate_vault::stamp::StampAct;
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

/// Acts of the own lane with what is needed to show them.
pub(super) struct Shown {
    acts: BTreeMap<u64, SealedAct>,
    nodes: StoredNodes,
    stamps: Vec<StampAct>,
    census: u64,
}

impl Shown {
    /// Reads the acts at `indexes`, the lane's first and the census.
    pub fn gather(session: &Session, census: &CensusOnLog, indexes: &BTreeSet<u64>) -> Result<Self, AppError> {
        let (mut acts, mut stamps) = (BTreeMap::new(), Vec::new());
        for entry in session.vault.acts()? {
            let entry = entry?;
            let index = entry.order.index;
            if entry.order.lane != session.vault.lane_id() {
                continue;
            }
            let Content::Act(act) = entry.content else { continue };
            stamps.extend(StampAct::from_act(&act.act));
            if index == 0 || index == census.index || indexes.contains(&index) {
                acts.insert(index, *act);
            }
        }
        Ok(Self { acts, stamps, nodes: session.vault.tree()?, census: census.index })
    }

    /// An act with its proof.
    pub fn act(&self, session: &Session, index: u64) -> Result<LoggedAct, AppError> {
        let missing = || VaultError::Damaged { what: format!("act {index} of the lane"), why: "it can't be read" };
        let act = self.acts.get(&index).cloned().ok_or_else(missing)?;
        Ok(LoggedAct { act, proof: session.vault.prove(index, &self.nodes)? })
    }

    /// Checkpoint, grant, census.
    pub fn material(&self, session: &Session) -> Result<LogMaterial, AppError> {
        let head = session.vault.checkpoint()?;
        Ok(LogMaterial {
            case: session.vault.case_id(),
            checkpoint: head.note.encode(),
            checkpoint_sig: head.sshsig,
            lane: self.act(session, 0)?,
            census: self.act(session, self.census)?,
            stamps: timestamp::stamps(&self.stamps, head.head.size, &self.nodes)?,
        })
    }
}
