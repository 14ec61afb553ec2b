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
    // RFC 6962 §2.1 over three leaves, its nodes as they become complete.
    let leaves = [0u8, 1, 2].map(|i| leaf_hash(&[i]));
    let mut stored = StoredNodes::new();
    leaves.iter().for_each(|leaf| stored.push(*leaf));
    assert_eq!(stored.nodes(), [leaves[0], leaves[1], node_hash(&leaves[0], &leaves[1]), leaves[2]]);
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

/// A tree whose leaves are all alike, of any size: each level has one node.
fn alike(level: u8, _: u64) -> Option<Hash> {
    Some((0..level).fold(leaf_hash(b"alike"), |node, _| node_hash(&node, &node)))
}

#[test]
fn a_tree_has_at_most_two_to_the_48_leaves() {
    // A number of the format (docs/format/log.md), written out here so that the constant is checked too.
    let most = 281_474_976_710_656;
    assert_eq!(TREE_SIZE_MAX, most);
    let leaf = leaf_hash(b"alike");
    let root = root_at(most, &alike).unwrap();
    assert_eq!(root, alike(48, 0).unwrap());
    let (path, half) = (prove_inclusion(most - 1, most, &alike).unwrap(), alike(47, 0).unwrap());
    assert_eq!(path.len(), 48);
    assert_eq!(verify_inclusion(most - 1, most, &leaf, &path, &root), Ok(()));
    let proof = prove_consistency(most / 2, most, &alike).unwrap();
    assert_eq!(proof, [half]);
    assert_eq!(verify_consistency((most / 2, &half), (most, &root), &proof), Ok(()));
    assert_eq!(Frontier::decode(&[&most.to_be_bytes()[..], &root.0].concat()).map(|f| f.size()), Ok(most));

    // From one more on, and not at one size alone.
    for size in [most + 1, most + 2, u64::MAX] {
        let peaks = vec![0; 32 * size.count_ones() as usize];
        assert_eq!(root_at(size, &alike), Err(TreeError::Size));
        assert_eq!(prove_inclusion(0, size, &alike), Err(TreeError::Size));
        assert_eq!(verify_inclusion(0, size, &leaf, &path, &root), Err(TreeError::Size));
        assert_eq!(prove_consistency(1, size, &alike), Err(TreeError::Size));
        assert_eq!(verify_consistency((1, &leaf), (size, &root), &proof), Err(TreeError::Size));
        assert_eq!(Frontier::decode(&[&size.to_be_bytes()[..], &peaks].concat()), Err(TreeError::Size));
    }
}

#[test]
fn the_empty_tree_and_the_same_tree_need_no_proof() {
    let (ours, _) = filled(5);
    let (five, empty) = (ours.frontier().root(), empty_root());
    // RFC 6962 §2.1: the hash of an empty list is the hash of an empty string.
    assert_eq!(empty.to_string(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_eq!(root_at(0, &ours), Ok(empty));
    let prove = |old, new| prove_consistency(old, new, &ours);
    assert_eq!([(0, 5), (0, 0), (5, 5)].map(|(old, new)| prove(old, new)), [Ok(vec![]), Ok(vec![]), Ok(vec![])]);
    let verify = |old, new, proof: &[Hash]| verify_consistency(old, new, proof);
    let other = leaf_hash(b"other");
    for (old, new, expected) in [
        ((0, &empty), (5, &five), Ok(())),
        ((0, &empty), (0, &empty), Ok(())),
        ((5, &five), (5, &five), Ok(())),
        ((0, &other), (5, &five), Err(TreeError::Root)),
        ((0, &other), (0, &other), Err(TreeError::Root)),
        ((0, &empty), (0, &other), Err(TreeError::Root)),
        ((5, &other), (5, &five), Err(TreeError::Root)),
        ((6, &five), (5, &five), Err(TreeError::Beyond)),
    ] {
        assert_eq!(verify(old, new, &[]), expected, "{} in {}", old.0, new.0);
    }
    assert_eq!(verify((0, &empty), (5, &five), &[five]), Err(TreeError::Length));
    assert_eq!(verify((5, &five), (5, &five), &[five]), Err(TreeError::Length));
}

#[test]
fn a_consistency_proof_has_exactly_its_hashes() {
    for (old, new) in [(1, 2), (2, 5), (3, 7), (4, 8), (6, 8), (7, 8), (7, 11)] {
        let (ours, _) = filled(new);
        let (before, after) = (root_at(old, &ours).unwrap(), ours.frontier().root());
        let proof = prove_consistency(old, new, &ours).unwrap();
        let verify =
            |before: &Hash, after: &Hash, proof: &[Hash]| verify_consistency((old, before), (new, after), proof);
        assert_eq!(verify(&before, &after, &proof), Ok(()));
        // Either root alone can be the wrong one; an older root of a power of two is itself what the newer is made of.
        assert_eq!(verify(&before, &leaf_hash(b"other"), &proof), Err(TreeError::Root));
        assert_eq!(verify(&leaf_hash(b"other"), &after, &proof), Err(TreeError::Root));
        for length in 0..proof.len() {
            assert_eq!(verify(&before, &after, &proof[..length]), Err(TreeError::Length), "{old} in {new}, {length}");
        }
        for longer in [proof.len() + 1, 64, 65, 66] {
            let longer: Vec<Hash> = proof.iter().chain(std::iter::repeat(&after)).take(longer).copied().collect();
            assert_eq!(verify(&before, &after, &longer), Err(TreeError::Length), "{old} in {new}");
        }
    }
}
