//! Which acts this version understands, and what it needs for the others.
//!
//! Keeps: an act that is not understood is counted by kind and version, never passed over; a critical one forbids writing,
//! for what would be written might contradict it. Does not know: what acts mean.

use casemate_case::kinds::{self, CaseAct};
use casemate_proof::Act;
use casemate_proof::log::{CENSUS_KIND, COMMIT_KIND, CensusAct, CommitAct, LANE_KIND, SignedGrant};
use casemate_vault::{VaultError, acts};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Acts of one kind and version that this version of the program does not understand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct NotUnderstood {
    /// The kind.
    pub kind: String,
    /// The version that is needed.
    pub version: u64,
    /// How many.
    pub acts: u64,
    /// Whether the case may only be read without understanding them.
    pub critical: bool,
}

/// The count.
#[derive(Clone, Debug, Default)]
pub(crate) struct Strange(BTreeMap<(String, u64), (u64, bool)>);

/// Whether an act is of a kind, version and form that some part of this program reads.
pub(crate) fn understands(act: &Act) -> bool {
    let of_the_log = match act.kind.as_str() {
        LANE_KIND => SignedGrant::from_act(act).is_ok(),
        COMMIT_KIND => CommitAct::from_act(act).is_ok(),
        CENSUS_KIND => CensusAct::from_act(act).is_ok(),
        _ => false,
    };
    of_the_log || acts::understands(act) || kinds::from_act(act) != CaseAct::Unknown
}

/// Newest version of a kind that this program reads; 0 for a kind that it does not know.
fn known_version(kind: &str) -> u64 {
    let of_the_log = [LANE_KIND, COMMIT_KIND, CENSUS_KIND].contains(&kind).then_some(1);
    of_the_log.or_else(|| acts::known_version(kind)).or_else(|| kinds::known_version(kind)).unwrap_or(0)
}

impl Strange {
    pub(crate) fn count(&mut self, act: &Act) {
        if !understands(act) {
            let of = self.0.entry((act.kind.clone(), act.version)).or_default();
            *of = (of.0 + 1, of.1 || act.critical);
        }
    }

    pub(crate) fn list(&self) -> Vec<NotUnderstood> {
        let one = |((kind, version), (acts, critical)): (&(String, u64), &(u64, bool))| NotUnderstood {
            kind: kind.clone(),
            version: *version,
            acts: *acts,
            critical: *critical,
        };
        self.0.iter().map(one).collect()
    }

    /// Whether the case may be written.
    ///
    /// # Errors
    /// [`VaultError::Version`] naming the first critical kind and the version that is needed.
    pub(crate) fn admit_writing(&self) -> Result<(), VaultError> {
        match self.0.iter().find(|(_, (_, critical))| *critical) {
            None => Ok(()),
            Some(((kind, version), _)) => {
                Err(VaultError::Version { what: format!("act {kind}"), found: *version, known: known_version(kind) })
            }
        }
    }
}
