//! The tree against RFC 6962's own vectors (transparency-dev) and against `ct-merkle`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::needless_range_loop,
    clippy::single_range_in_vec_init
)]

use base64::Engine as _;
use casemate_proof::tree::*;
use casemate_proof::{Frontier, Hash};
use proptest::prelude::*;
use std::path::{Path, PathBuf};

fn shared(part: &str) -> Option<PathBuf> {
    let root = std::env::var_os("CASEMATE_TEST_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from);
    let path = root.join(part);
    if path.exists() {
        return Some(path);
    }
    assert!(std::env::var_os("CI").is_none(), "no test data at {}", path.display());
    println!("skipped: no test data at {}", path.display());
    None
}

fn vectors(dir: &Path, out: &mut Vec<(PathBuf, serde_json::Value)>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            vectors(&path, out);
        } else if path.extension().is_some_and(|e| e == "json") {
            out.push((path.clone(), serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap()));
        }
    }
}

fn bytes(value: &serde_json::Value) -> Vec<u8> {
    base64::engine::general_purpose::STANDARD.decode(value.as_str().unwrap_or("")).unwrap()
}

/// Roots in the vectors are opaque: those of other sizes ("don't care") are mapped to roots by hashing.
fn root(value: &serde_json::Value) -> Option<Hash> {
    let bytes = bytes(value);
    if bytes.is_empty() {
        return None;
    }
    Some(Hash::from_slice(&bytes).unwrap_or_else(|| leaf_hash(&bytes)))
}

fn hashes(value: &serde_json::Value) -> Option<Vec<Hash>> {
    match value.as_array() {
        None => Some(Vec::new()),
        Some(list) => list.iter().map(|item| Hash::from_slice(&bytes(item))).collect(),
    }
}

#[test]
fn transparency_dev_vectors_hold() {
    let Some(dir) = shared("crypto-vectors/rfc6962") else { return };
    let mut all = Vec::new();
    vectors(&dir, &mut all);
    assert_eq!(all.len(), 98);
    for (path, v) in all {
        let number = |name: &str| v[name].as_u64();
        let accepted = if v.get("leafIdx").is_some() {
            (|| {
                let (leaf, root) = (Hash::from_slice(&bytes(&v["leafHash"]))?, Hash::from_slice(&bytes(&v["root"]))?);
                let proof = hashes(&v["proof"])?;
                verify_inclusion(number("leafIdx")?, number("treeSize")?, &leaf, &proof, &root).ok()
            })()
        } else {
            (|| {
                let (old, new) = (root(&v["root1"])?, root(&v["root2"])?);
                let proof = hashes(&v["proof"])?;
                verify_consistency((number("size1")?, &old), (number("size2")?, &new), &proof).ok()
            })()
        };
        assert_eq!(accepted.is_none(), v["wantErr"].as_bool().unwrap(), "{}: {}", path.display(), v["desc"]);
    }
}

fn filled(n: u64) -> (StoredNodes, ct_merkle::mem_backed_tree::MemoryBackedTree<sha2::Sha256, Vec<u8>>) {
    let mut ours = StoredNodes::new();
    let mut theirs = ct_merkle::mem_backed_tree::MemoryBackedTree::new();
    for i in 0..n {
        let data = format!("leaf {i}").into_bytes();
        ours.push(leaf_hash(&data));
        theirs.push(data);
    }
    (ours, theirs)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn proofs_are_those_of_ct_merkle(n in 1u64..300, a in any::<u64>(), b in any::<u64>()) {
        let (ours, theirs) = filled(n);
        let index = a % n;
        let old = b % n + 1;
        let root = ours.frontier().root();
        let oracle = theirs.root();
        prop_assert_eq!(&root.0[..], &oracle.as_bytes()[..]);
        prop_assert_eq!(root_at(n, &ours).unwrap(), root);

        let path = prove_inclusion(index, n, &ours).unwrap();
        let flat: Vec<u8> = path.iter().flat_map(|h| h.0).collect();
        let oracle = theirs.prove_inclusion(index as usize);
        prop_assert_eq!(oracle.as_bytes(), &flat[..]);
        let leaf = leaf_hash(format!("leaf {index}").as_bytes());
        verify_inclusion(index, n, &leaf, &path, &root).unwrap();

        let old_root = root_at(old, &ours).unwrap();
        let proof = prove_consistency(old, n, &ours).unwrap();
        if old < n {
            let flat: Vec<u8> = proof.iter().flat_map(|h| h.0).collect();
            let oracle = theirs.prove_consistency((n - old) as usize);
            prop_assert_eq!(oracle.as_bytes(), &flat[..]);
        }
        verify_consistency((old, &old_root), (n, &root), &proof).unwrap();
    }

    #[test]
    fn a_changed_proof_is_refused(n in 2u64..200, a in any::<u64>(), flip in any::<usize>()) {
        let (ours, _) = filled(n);
        let (index, root) = (a % n, ours.frontier().root());
        let leaf = leaf_hash(format!("leaf {index}").as_bytes());
        let path = prove_inclusion(index, n, &ours).unwrap();
        let mut flipped = path.clone();
        let place = flip % flipped.len();
        flipped[place].0[flip % 32] ^= 1;
        prop_assert_eq!(verify_inclusion(index, n, &leaf, &flipped, &root), Err(TreeError::Root));
        let mut longer = path.clone();
        longer.push(root);
        prop_assert_eq!(verify_inclusion(index, n, &leaf, &longer, &root), Err(TreeError::Length));
        prop_assert_eq!(verify_inclusion(index, n, &leaf, &path[1..], &root), Err(TreeError::Length));
        let other = (index + 1) % n;
        prop_assert!(verify_inclusion(other, n, &leaf, &path, &root).is_err());
        // A node passed off as a leaf in the tree of half the size.
        if n == 4 {
            let node = ours.node(1, 0).unwrap();
            prop_assert!(verify_inclusion(0, 4, &node, &path[1..], &root).is_err());
        }
    }
}

#[test]
fn stored_nodes_stand_where_their_index_says() {
    let mut frontier = Frontier::new();
    let mut count = 0;
    for n in 0..600u64 {
        assert_eq!(stored_count(n), count);
        frontier.push(leaf_hash(&n.to_be_bytes()), |node| {
            assert_eq!(stored_index(node.level, node.index), count);
            count += 1;
        });
        let again = Frontier::decode(&frontier.encode()).unwrap();
        assert_eq!(again, frontier);
        assert_eq!(frontier.encode().len(), 8 + 32 * (n + 1).count_ones() as usize);
    }
    let bytes = frontier.encode();
    assert_eq!(Frontier::decode(&bytes[..bytes.len() - 1]), Err(TreeError::Frontier));
    assert_eq!(Frontier::decode(&[0; 7]), Err(TreeError::Frontier));
    assert_eq!(Frontier::decode(&u64::MAX.to_be_bytes()), Err(TreeError::Size));
}

#[test]
fn a_missing_node_is_named() {
    let (ours, _) = filled(9);
    let holes = |level: u8, index: u64| if (level, index) == (1, 1) { None } else { ours.node(level, index) };
    assert_eq!(prove_inclusion(0, 9, &holes), Err(TreeError::Node { level: 1, index: 1 }));
    assert_eq!(prove_inclusion(9, 9, &ours), Err(TreeError::Beyond));
    assert_eq!(prove_consistency(10, 9, &ours), Err(TreeError::Beyond));
}
