//! Trees of a log that is known: nothing is in them but what was put there, and nothing came before but what did.
//!
//! Keeps: the proof is whatever somebody says; size and root are the true ones. Does not know: signatures.

use crate::edit::edit;
use crate::input::Input;
use casemate_proof::log::{Head, Map, MapRow, Via, entry_hash};
use casemate_proof::tree::{
    ReadNode, StoredNodes, prove_consistency, prove_inclusion, root_at, verify_consistency, verify_inclusion,
};
use casemate_proof::{CaseId, Hash, LaneId, ObjectRoot};
use std::collections::BTreeMap;
use std::sync::OnceLock;

const CASE: CaseId = CaseId([7; 32]);
const OTHER: LaneId = LaneId([2; 32]);
const SIZE: u64 = 21;

struct Known {
    leaves: Vec<Hash>,
    nodes: StoredNodes,
    map: Map,
    head: Head,
}

fn root(number: u64) -> ObjectRoot {
    ObjectRoot([number as u8 + 1; 32])
}

fn known() -> &'static Known {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let leaves: Vec<Hash> = (0..SIZE).map(|n| entry_hash(&CASE, &OTHER, &root(n))).collect();
        let mut nodes = StoredNodes::new();
        leaves.iter().for_each(|leaf| nodes.push(*leaf));
        let head = Head { size: SIZE, root: nodes.frontier().root() };
        let mut heads = BTreeMap::from([(LaneId([1; 32]), Head { size: 0, root: Hash([9; 32]) }), (OTHER, head)]);
        heads.insert(LaneId([3; 32]), Head { size: 4, root: Hash([8; 32]) });
        Known { leaves, map: Map::of_lanes(&heads), nodes, head }
    })
}

/// A proof of hashes, changed as bytes.
fn changed(path: Vec<Hash>, input: &mut Input<'_>) -> Vec<Hash> {
    let mut bytes: Vec<u8> = path.iter().flat_map(|hash| hash.0).collect();
    edit(&mut bytes, input);
    bytes.chunks_exact(32).filter_map(Hash::from_slice).collect()
}

/// That a leaf is in the log.
pub fn inclusion(mut input: Input<'_>) {
    let known = known();
    let (from, claimed, at) = (input.long() % SIZE, input.long(), input.long() % SIZE);
    let size = if input.byte() & 1 == 0 { SIZE } else { input.long() };
    let path = changed(prove_inclusion(from, SIZE, &known.nodes).expect("in the log"), &mut input);
    let leaf = known.leaves[at as usize];
    if verify_inclusion(claimed, size, &leaf, &path, &known.head.root).is_ok() && size == SIZE {
        assert_eq!(claimed, at, "a leaf in another's place");
        assert!(path == prove_inclusion(at, SIZE, &known.nodes).expect("in the log"), "a second proof");
    }
}

/// That the log goes on from an earlier one.
pub fn consistency(mut input: Input<'_>) {
    let known = known();
    let (old, claimed) = (input.long() % (SIZE + 1), input.long() % (SIZE + 1));
    let path = changed(prove_consistency(old, SIZE, &known.nodes).expect("in the log"), &mut Input::new(input.piece()));
    let true_root = root_at(claimed, &known.nodes).expect("in the log");
    let mut bytes = true_root.0.to_vec();
    edit(&mut bytes, &mut input);
    let Some(old_root) = Hash::from_slice(&bytes) else { return };
    if verify_consistency((claimed, &old_root), (SIZE, &known.head.root), &path).is_ok() {
        assert_eq!(old_root, true_root, "an earlier log that never was");
    }
}

/// The way from an act of another lane, changed.
pub fn elsewhere(mut input: Input<'_>) {
    let known = known();
    let (from, claimed) = (input.long() % SIZE, input.long() % SIZE);
    let (_, row) = known.map.row(&OTHER.0).expect("a lane of the map");
    let path = prove_inclusion(from, SIZE, &known.nodes).expect("in the log");
    let made = Via { lane: OTHER, head: known.head, index: from, path, row };
    let mut bytes = made.encode().expect("short");
    edit(&mut bytes, &mut input);
    let Some(via) = Via::decode(&bytes) else { return };
    assert!(via.encode().is_ok_and(|again| again == bytes), "a way has one encoding");
    if via.verify(&CASE, &root(claimed), &known.map.root()).is_ok() {
        assert!(from == claimed && via == made, "an act that is not there");
    }
    let _ = known.nodes.node(0, from);
    // A row under a key that the map has not.
    let row = MapRow::of_lane(&LaneId(via.head.root.0), &via.head);
    assert!(via.row.verify(&row, &known.map.root()).is_err(), "a row that is not there");
}
