//! How an act of another lane is reached: its place there, and that lane's place in what a commit of the own lane has seen.
//!
//! Keeps: one encoding; what does not encode to the same bytes is refused. Does not know: the commit act that holds the map's root.

use super::{Head, LogError, MapProof, entry_hash, verify_in_seen};
use crate::ids::{CaseId, Hash, LaneId, ObjectRoot};
use crate::value::{Value, ValueError};

/// The way from an act of another lane to the lane map of a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Via {
    /// The other lane.
    pub lane: LaneId,
    /// Its head that the commit has seen.
    pub head: Head,
    /// The act's place there.
    pub index: u64,
    /// The inclusion proof under that head.
    pub path: Vec<Hash>,
    /// The lane's row in the map.
    pub row: MapProof,
}

impl Via {
    /// `{0: lane, 1: size, 2: root, 3: index, 4: path, 5: row, 6: rows, 7: path of the row}`.
    ///
    /// # Errors
    /// [`ValueError`] past its limits.
    pub fn encode(&self) -> Result<Vec<u8>, ValueError> {
        let path = |path: &[Hash]| Value::Array(path.iter().map(|hash| hash.0[..].into()).collect());
        let values: [Value; 8] = [
            self.lane.0[..].into(),
            self.head.size.into(),
            self.head.root.0[..].into(),
            self.index.into(),
            path(&self.path),
            self.row.index.into(),
            self.row.size.into(),
            path(&self.row.path),
        ];
        Value::Map((0u64..).zip(values).collect()).encode()
    }

    /// Reads it strictly; none for anything else.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let value = Value::decode(bytes).ok()?;
        let map = value.as_map().filter(|map| map.len() == 8)?;
        let hash = |key| Hash::from_slice(map.get(&key)?.as_bytes()?);
        let path =
            |key| map.get(&key)?.as_array()?.iter().map(|v| Hash::from_slice(v.as_bytes()?)).collect::<Option<_>>();
        let number = |key| map.get(&key)?.as_uint();
        Some(Self {
            lane: LaneId::from_slice(map.get(&0)?.as_bytes()?)?,
            head: Head { size: number(1)?, root: hash(2)? },
            index: number(3)?,
            path: path(4)?,
            row: MapProof { index: number(5)?, size: number(6)?, path: path(7)? },
        })
    }

    /// Checks that an act is where this says, under a lane map of this root.
    ///
    /// # Errors
    /// As [`verify_in_seen`].
    pub fn verify(&self, case: &CaseId, act: &ObjectRoot, map_root: &Hash) -> Result<(), LogError> {
        let entry = entry_hash(case, &self.lane, act);
        verify_in_seen((self.index, &entry, &self.path), (&self.lane, &self.head), &self.row, map_root)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::Map;
    use crate::tree::{StoredNodes, prove_inclusion};
    use std::collections::BTreeMap;

    const CASE: CaseId = CaseId([7; 32]);

    fn made() -> (Via, ObjectRoot, Hash) {
        let (own, other) = (LaneId([1; 32]), LaneId([2; 32]));
        let roots: Vec<ObjectRoot> = (0..5u8).map(|n| ObjectRoot([n; 32])).collect();
        let mut nodes = StoredNodes::new();
        roots.iter().for_each(|root| nodes.push(entry_hash(&CASE, &other, root)));
        let head = Head { size: 5, root: nodes.frontier().root() };
        let heads = BTreeMap::from([(own, Head { size: 0, root: Hash([9; 32]) }), (other, head)]);
        let map = Map::of_lanes(&heads);
        let (_, row) = map.row(&other.0).unwrap();
        let path = prove_inclusion(3, 5, &nodes).unwrap();
        (Via { lane: other, head, index: 3, path, row }, roots[3], map.root())
    }

    #[test]
    fn an_act_of_another_lane_is_reached() {
        let (via, act, root) = made();
        let bytes = via.encode().unwrap();
        assert_eq!(Via::decode(&bytes), Some(via.clone()));
        via.verify(&CASE, &act, &root).unwrap();
    }

    #[test]
    fn nothing_else_is() {
        let (via, act, root) = made();
        let refused = |change: fn(&mut Via)| {
            let mut other = via.clone();
            change(&mut other);
            assert!(other.verify(&CASE, &act, &root).is_err(), "{other:?}");
        };
        refused(|v| v.index = 2);
        refused(|v| v.lane = LaneId([1; 32]));
        refused(|v| v.head.size = 6);
        refused(|v| v.head.root = Hash([0; 32]));
        refused(|v| v.path.clear());
        refused(|v| v.row.index = 0);
        refused(|v| v.row.size = 3);
        refused(|v| v.row.path = vec![Hash([3; 32])]);
        assert!(via.verify(&CASE, &ObjectRoot([4; 32]), &root).is_err());
        assert!(via.verify(&CaseId([8; 32]), &act, &root).is_err());
        assert!(via.verify(&CASE, &act, &Hash([5; 32])).is_err());
        let bytes = via.encode().unwrap();
        for cut in 0..bytes.len() {
            assert_eq!(Via::decode(&bytes[..cut]), None);
        }
    }
}
