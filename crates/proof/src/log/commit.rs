//! The commit act: what the last entry of each commit says.
//!
//! Keeps: one act for each content; the lanes seen are in order, once each.
//! Does not know: whether it follows from the lane before it; `LaneState` does.

use super::{Head, LANES_MAX, LogError};
use crate::act::{Act, Compartment, SubjectId};
use crate::ids::{CaseId, Hash, LaneId};
use crate::value::Value;
use std::collections::BTreeMap;

/// The kind of commit acts.
pub const COMMIT_KIND: &str = "commit";

/// The content of a commit act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommitAct {
    /// 1 + the greatest of the own lane's last and those of the heads in `seen`.
    pub lamport: u64,
    /// The heads of other lanes, by lane id.
    pub seen: BTreeMap<LaneId, Head>,
    /// The root of the lane map over `seen` and the own lane before this commit.
    pub map_root: Hash,
    /// Entries of this commit, the commit act included.
    pub count: u64,
}

impl CommitAct {
    /// The act: kind `commit`, version 1, critical, class *add*, compartment *case*, subject the case; fields 5
    /// lamport, 6 `[[lane, size, root]…]`, 7 map root, 8 count.
    ///
    /// # Errors
    /// [`LogError::Lanes`].
    pub fn to_act(&self, case: &CaseId) -> Result<Act, LogError> {
        if self.seen.len() > LANES_MAX {
            return Err(LogError::Lanes);
        }
        let seen = self
            .seen
            .iter()
            .map(|(lane, head)| Value::Array(vec![lane.0[..].into(), head.size.into(), head.root.0[..].into()]));
        let mut act = Act::new(COMMIT_KIND, Compartment::Case, SubjectId(case.0));
        act.critical = true;
        let [lamport, lanes, root, count, ..] = &mut act.fields;
        *lamport = self.lamport.into();
        *lanes = Value::Array(seen.collect());
        *root = self.map_root.0[..].into();
        *count = self.count.into();
        Ok(act)
    }

    /// From an act of its kind.
    ///
    /// # Errors
    /// [`LogError::NotKind`] for every other act.
    pub fn from_act(act: &Act) -> Result<Self, LogError> {
        let not = LogError::NotKind(COMMIT_KIND);
        if act.kind != COMMIT_KIND {
            return Err(not);
        }
        let [lamport, lanes, root, count, ..] = &act.fields;
        let commit = read_seen(lanes).and_then(|seen| {
            Some(Self {
                lamport: lamport.as_uint()?,
                seen,
                map_root: Hash::from_slice(root.as_bytes()?)?,
                count: count.as_uint()?,
            })
        });
        let commit = commit.ok_or(not.clone())?;
        // Version and class too.
        if commit.to_act(&CaseId(act.subject.0))? == *act { Ok(commit) } else { Err(not) }
    }
}

fn read_seen(lanes: &Value) -> Option<BTreeMap<LaneId, Head>> {
    let mut seen = BTreeMap::new();
    for row in lanes.as_array()? {
        let [lane, size, root] = row.as_array()? else { return None };
        let lane = LaneId::from_slice(lane.as_bytes()?)?;
        let head = Head { size: size.as_uint()?, root: Hash::from_slice(root.as_bytes()?)? };
        seen.insert(lane, head);
    }
    Some(seen)
}
