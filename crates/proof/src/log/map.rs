//! Maps (`casemate/map/v1`): an RFC 6962 tree over rows sorted by key, of the lanes' heads and of the census.
//!
//! Keeps: keys are unique and in order; a row is shown without telling another row's key or value.
//! Does not know: what keys and values mean. Absence is not proven.

use super::{Head, LogError};
use crate::digest::{hmac, length};
use crate::ids::{Hash, LaneId};
use crate::tree::{StoredNodes, leaf_hash, prove_inclusion, verify_inclusion};
use std::collections::BTreeMap;

const MAP_TAG: &[u8] = b"casemate/map/v1\0";

/// A row of a map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapRow {
    /// HMAC(K_map, key); zeros in the lane map.
    pub salt: [u8; 32],
    /// The key.
    pub key: Vec<u8>,
    /// The value.
    pub value: Vec<u8>,
}

impl MapRow {
    /// A row of the lane map: the lane's size and root.
    #[must_use]
    pub fn of_lane(lane: &LaneId, head: &Head) -> Self {
        let value = [&head.size.to_be_bytes()[..], &head.root.0].concat();
        Self { salt: [0; 32], key: lane.0.to_vec(), value }
    }

    /// A row under a map key.
    #[must_use]
    pub fn salted(map_key: &[u8; 32], key: &[u8], value: Vec<u8>) -> Self {
        Self { salt: hmac(map_key, &[key]), key: key.to_vec(), value }
    }

    /// Its leaf data: tag ‖ LP(salt) ‖ LP(key) ‖ LP(value).
    #[must_use]
    pub fn leaf_data(&self) -> Vec<u8> {
        let mut data = MAP_TAG.to_vec();
        for part in [&self.salt[..], &self.key, &self.value] {
            data.extend(length(part));
            data.extend(part);
        }
        data
    }
}

/// Where a row stands in a map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapProof {
    /// Its place.
    pub index: u64,
    /// Rows of the map.
    pub size: u64,
    /// The inclusion proof.
    pub path: Vec<Hash>,
}

impl MapProof {
    /// Checks that a row is in the map of this root.
    ///
    /// # Errors
    /// [`LogError::MapRow`].
    pub fn verify(&self, row: &MapRow, root: &Hash) -> Result<(), LogError> {
        let leaf = leaf_hash(&row.leaf_data());
        verify_inclusion(self.index, self.size, &leaf, &self.path, root).map_err(|_| LogError::MapRow)
    }
}

/// A whole map.
#[derive(Clone, Debug)]
pub struct Map {
    rows: Vec<MapRow>,
    nodes: StoredNodes,
}

impl Map {
    /// Over rows in order of their keys.
    ///
    /// # Errors
    /// [`LogError::MapOrder`].
    pub fn new(rows: Vec<MapRow>) -> Result<Self, LogError> {
        if !rows.is_sorted_by(|a, b| a.key < b.key) {
            return Err(LogError::MapOrder);
        }
        let mut nodes = StoredNodes::new();
        rows.iter().for_each(|row| nodes.push(leaf_hash(&row.leaf_data())));
        Ok(Self { rows, nodes })
    }

    /// The map over the lanes' heads.
    #[must_use]
    pub fn of_lanes(heads: &BTreeMap<LaneId, Head>) -> Self {
        let rows: Vec<MapRow> = heads.iter().map(|(lane, head)| MapRow::of_lane(lane, head)).collect();
        let mut nodes = StoredNodes::new();
        rows.iter().for_each(|row| nodes.push(leaf_hash(&row.leaf_data())));
        Self { rows, nodes }
    }

    /// Its root.
    #[must_use]
    pub fn root(&self) -> Hash {
        self.nodes.frontier().root()
    }

    /// Its rows.
    #[must_use]
    pub fn rows(&self) -> &[MapRow] {
        &self.rows
    }

    /// The row of a key and where it stands.
    #[must_use]
    pub fn row(&self, key: &[u8]) -> Option<(&MapRow, MapProof)> {
        let place = self.rows.binary_search_by(|row| row.key.as_slice().cmp(key)).ok()?;
        let (index, size) = (place as u64, self.rows.len() as u64);
        let path = prove_inclusion(index, size, &self.nodes).ok()?;
        Some((self.rows.get(place)?, MapProof { index, size, path }))
    }
}
