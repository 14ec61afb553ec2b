//! The census: for each object how many acts speak of it, and which is the last, committed to before a disclosure.
//!
//! Keeps: a row is shown without telling of other objects; counts are of acts that are no commits.
//! Does not know: what the acts say.

use super::{ActOrder, COMMIT_KIND, LogError, Map, MapRow};
use crate::act::{Act, Compartment, SubjectId};
use crate::ids::{CaseId, Hash, LaneId, ObjectRoot};
use std::collections::BTreeMap;

/// The kind of census acts.
pub const CENSUS_KIND: &str = "census";
const VALUE_BYTES: usize = 8 + 32 + 8;

/// What the census says of one object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CensusRow {
    /// Acts whose `about` holds it.
    pub count: u64,
    /// The lane of the last of them in the order of the case.
    pub lane: LaneId,
    /// Its place there.
    pub index: u64,
}

impl CensusRow {
    /// The value of the map's row: count ‖ lane id ‖ index.
    #[must_use]
    pub fn value(&self) -> Vec<u8> {
        [&self.count.to_be_bytes()[..], &self.lane.0, &self.index.to_be_bytes()].concat()
    }

    /// From the value of a map's row.
    #[must_use]
    pub fn from_value(value: &[u8]) -> Option<Self> {
        let value: &[u8; VALUE_BYTES] = value.try_into().ok()?;
        let (count, rest) = value.split_first_chunk::<8>()?;
        let (lane, index) = rest.split_first_chunk::<32>()?;
        let index = u64::from_be_bytes(index.try_into().ok()?);
        Some(Self { count: u64::from_be_bytes(*count), lane: LaneId(*lane), index })
    }
}

/// Counts acts.
#[derive(Clone, Debug, Default)]
pub struct Census {
    rows: BTreeMap<ObjectRoot, (u64, ActOrder)>,
}

impl Census {
    /// Of no acts.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Counts an act, in any order; commit acts are passed over.
    pub fn count(&mut self, order: ActOrder, act: &Act) {
        if act.kind == COMMIT_KIND {
            return;
        }
        for root in &act.about {
            let row = self.rows.entry(*root).or_insert((0, order));
            *row = (row.0.saturating_add(1), row.1.max(order));
        }
    }

    /// The row of an object.
    #[must_use]
    pub fn row(&self, root: &ObjectRoot) -> Option<CensusRow> {
        self.rows.get(root).map(|(count, last)| CensusRow { count: *count, lane: last.lane, index: last.index })
    }

    /// The map under a fresh key (32 random bytes), rows by object root.
    ///
    /// # Errors
    /// None for the rows that it makes itself; the map's errors.
    pub fn map(&self, map_key: &[u8; 32]) -> Result<Map, LogError> {
        let rows = self.rows.iter().map(|(root, (count, last))| {
            let row = CensusRow { count: *count, lane: last.lane, index: last.index };
            MapRow::salted(map_key, &root.0, row.value())
        });
        Map::new(rows.collect())
    }
}

/// The content of a census act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CensusAct {
    /// The lane map root of the commit that holds this act: the heads that were counted.
    pub heads: Hash,
    /// Rows of the map.
    pub rows: u64,
    /// Root of the map.
    pub root: Hash,
    /// K_map; its leaf is never opened.
    pub map_key: [u8; 32],
}

impl CensusAct {
    /// The act: kind `census`, version 1, class *add*, compartment *identity*, subject the case; fields 5 heads,
    /// 6 rows, 7 root, 8 K_map.
    #[must_use]
    pub fn to_act(&self, case: &CaseId) -> Act {
        let mut act = Act::new(CENSUS_KIND, Compartment::Identity, SubjectId(case.0));
        let [heads, rows, root, key, ..] = &mut act.fields;
        *heads = self.heads.0[..].into();
        *rows = self.rows.into();
        *root = self.root.0[..].into();
        *key = self.map_key[..].into();
        act
    }

    /// From an act of its kind.
    ///
    /// # Errors
    /// [`LogError::NotKind`] for every other act.
    pub fn from_act(act: &Act) -> Result<Self, LogError> {
        let not = LogError::NotKind(CENSUS_KIND);
        let [heads, rows, root, key, ..] = &act.fields;
        let census = (|| {
            Some(Self {
                heads: Hash::from_slice(heads.as_bytes()?)?,
                rows: rows.as_uint()?,
                root: Hash::from_slice(root.as_bytes()?)?,
                map_key: key.as_bytes()?.try_into().ok()?,
            })
        })();
        // Kind and version too.
        census.filter(|census| census.to_act(&CaseId(act.subject.0)) == *act).ok_or(not)
    }
}
