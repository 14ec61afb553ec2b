//! Full segments are age files: stock `age` opens them, nothing of them is lost, and damage in one costs little.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use std::sync::Arc;

use casemate_proof::digest::sha256;
use casemate_proof::{Compartment, SubjectId};
use casemate_store_local::LocalStore;
use casemate_testkit::MemoryStore;
use casemate_vault::{Access, Ambient, Status, Vault, VaultError};

use crate::kit::*;
use crate::vectors::stranger;

const AGE: &[u8] = b"age-encryption.org/v1\n";

/// The bytes of a segment as they were written, whichever form it has now: made by a reader that shares no code with the vault.
pub fn as_it_was_written(files: &BTreeMap<String, Vec<u8>>, name: &str) -> Vec<u8> {
    stranger::as_written(files, name, &stranger::unlocked(files, words().reveal()))
}

fn segments(store: &MemoryStore) -> BTreeMap<String, Vec<u8>> {
    store.files().into_iter().filter(|(name, _)| name.contains("/segments/")).collect()
}

/// A case whose segments are full at `limit`, with `count` notes of `len` characters; and each segment as it was last seen
/// before it became an age file.
pub fn filled(limit: u64, count: u8, len: usize) -> (MemoryStore, BTreeMap<String, Vec<u8>>) {
    let (store, mut vault) = fresh();
    vault.limit_segments_for_tests(limit);
    let mut written = BTreeMap::new();
    let text = "x".repeat(len);
    for n in 0..count {
        vault.append(vec![note("note", Compartment::Case, SubjectId([n % 9; 32]), &text)]).unwrap();
        written.extend(segments(&store).into_iter().filter(|(_, bytes)| !bytes.starts_with(AGE)));
    }
    vault.lock();
    (store, written)
}

#[test]
fn a_full_segment_becomes_an_age_file_from_which_its_bytes_can_be_made_again() {
    let (store, written) = filled(6000, 30, 10);
    let now = segments(&store);
    assert!(now.len() > 4 && now.len() == written.len());
    let open_last = now.values().filter(|bytes| !bytes.starts_with(AGE)).count();
    assert_eq!(open_last, 1, "all but the one that is written are age files");
    for (name, bytes) in &written {
        assert!(as_it_was_written(&store.files(), name) == *bytes, "{name}");
    }
    assert!(!store.files().keys().any(|n| n.contains("staged/") || n.starts_with("quarantine/")));
    for snapshot in [true, false] {
        if !snapshot {
            let name = store.files().keys().find(|n| n.starts_with("index/")).unwrap().clone();
            store.tamper(&name, None);
        }
        for access in [Access::Read, Access::Write] {
            let vault = open(&store, access).unwrap();
            assert_eq!(vault.findings(), []);
            assert!(check(&vault).iter().all(|f| f.status == Status::Proven), "{:?}", check(&vault));
            assert_eq!(vault.acts().unwrap().filter(|e| e.as_ref().unwrap().act().is_some()).count(), 62);
            vault.tree(&vault.lane_id()).unwrap();
        }
    }
}

#[test]
fn full_segments_of_an_older_case_are_rewritten_one_at_an_opening() {
    let (store, written) = filled(6000, 30, 10);
    // As a version wrote it that did not rewrite, or a crash left it.
    written.iter().for_each(|(name, bytes)| store.tamper(name, Some(bytes.clone())));
    let sealed = || segments(&store).values().filter(|bytes| bytes.starts_with(AGE)).count();
    let mut vault = open(&store, Access::Write).unwrap();
    assert_eq!(sealed(), 0, "none of them is as long as 64 MiB");
    vault.limit_segments_for_tests(6000);
    vault.seal_full_segment();
    assert_eq!(sealed(), 1);
    vault.seal_full_segment();
    assert_eq!(sealed(), 2);
    assert!(check(&vault).iter().all(|f| f.status == Status::Proven));
}

#[test]
fn a_segment_with_a_torn_tail_stays_as_it_is() {
    let (store, written) = filled(6000, 30, 10);
    let (name, bytes) = written.iter().nth(1).unwrap();
    let torn = [&bytes[..], b"torn"].concat();
    store.tamper(name, Some(torn.clone()));
    let mut vault = open(&store, Access::Write).unwrap();
    vault.limit_segments_for_tests(6000);
    vault.seal_full_segment();
    assert!(store.files()[name] == torn);
    assert!(!store.files().keys().any(|n| n.contains("staged/") || n.starts_with("quarantine/")));
    assert_eq!(failed(&check(&vault)), Vec::<&str>::new());
}

#[test]
fn stock_age_opens_full_segments_with_what_is_exported() {
    if Command::new("age").arg("--version").stdout(Stdio::null()).status().is_err() {
        assert!(std::env::var_os("CI").is_none(), "age is not installed");
        eprintln!("skipped: age is not installed");
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("case");
    let store = Arc::new(LocalStore::create(&root).unwrap());
    let mut vault = Vault::create(store, &words(), WEAK, "owner", Ambient::system()).unwrap();
    vault.limit_segments_for_tests(200_000);
    for n in 0..40 {
        let text = format!("note {n} {}", "x".repeat(10_000));
        vault.append(vec![note("note", Compartment::Case, SubjectId([n; 32]), &text)]).unwrap();
    }
    let keys = vault.export_segments().unwrap();
    assert_eq!(keys.len(), 2);
    for key in keys {
        let identity = dir.path().join("identity.txt");
        std::fs::write(&identity, key.identity.as_bytes()).unwrap();
        let out = Command::new("age").arg("-d").arg("-i").arg(&identity).arg(root.join(&key.file)).output().unwrap();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        let content = &out.stdout[..usize::try_from(key.size).unwrap()];
        assert_eq!(stranger::hex(sha256(&[content]).0), key.sha256);
        assert!(content.starts_with(stranger::MAGIC));
    }
}

/// Each act that can be read, by its place.
fn readable(vault: &Vault) -> usize {
    vault.acts().unwrap().filter_map(Result::ok).count()
}

#[test]
fn damage_in_an_age_segment_costs_the_commits_of_one_piece() {
    // Some twelve commits in 64 KiB, some fifty in a segment.
    let (store, _) = filled(280_000, 120, 5_000);
    let now = segments(&store);
    let (name, whole) = now.iter().next().unwrap();
    assert!(whole.starts_with(AGE) && whole.len() > 280_000);
    let index = store.files().keys().find(|n| n.starts_with("index/")).unwrap().clone();
    store.tamper(&index, None);
    let all = readable(&open(&store, Access::Read).unwrap());
    let mut hurt = 0;
    for at in (70_000..whole.len()).step_by(23_456).chain([whole.len() - 1]) {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        store.tamper(name, Some(bytes));
        let vault = open(&store, Access::Read).unwrap();
        let left = readable(&vault);
        assert!(left + 2 * 15 >= all, "byte {at}: {left} of {all}");
        let findings = check(&vault);
        if left < all {
            hurt += 1;
            assert_eq!(failed(&findings), ["head-not-in-lane", "lane-damaged", "segment-damaged"], "byte {at}");
            assert!(matches!(open(&store, Access::Write), Err(VaultError::ReadOnlyLane { .. })), "byte {at}");
        }
    }
    assert!(hurt > 6, "{hurt}");
    for cut in [whole.len() - 1, whole.len() / 2, 1000] {
        store.tamper(name, Some(whole[..cut].to_vec()));
        if let Ok(vault) = open(&store, Access::Read) {
            assert!(cut == whole.len() - 1 || failed(&check(&vault)).contains(&"lane-damaged"), "cut at {cut}");
        }
    }
}

#[test]
fn an_age_segment_in_the_place_of_another_is_damage() {
    let (store, _) = filled(6000, 30, 10);
    let names: Vec<_> = segments(&store).into_keys().collect();
    let (one, two) = (store.files()[&names[1]].clone(), store.files()[&names[2]].clone());
    store.tamper(&names[1], Some(two));
    store.tamper(&names[2], Some(one));
    assert!(matches!(open(&store, Access::Write), Err(VaultError::ReadOnlyLane { .. })));
    assert!(failed(&check(&open(&store, Access::Read).unwrap())).contains(&"lane-damaged"));
}
