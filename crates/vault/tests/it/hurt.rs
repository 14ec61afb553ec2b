//! Damage is named, and what is whole stays readable.

use casemate_carve::Hint;
use casemate_proof::{Compartment, ObjectRoot, SubjectId};
use casemate_testkit::MemoryStore;
use casemate_vault::{Access, Finding, Status, Vault, VaultError};

use crate::full::filled;
use crate::kit::*;

/// A case with three exhibits and ten notes.
fn case() -> (MemoryStore, Vec<ObjectRoot>) {
    let (store, mut vault) = fresh();
    let roots = (1..4).map(|n| add(&mut vault, &noise(5000, n), "f", n, Hint::Whole).unwrap()).collect();
    for n in 0..10 {
        vault.append(vec![note("note", Compartment::Case, SubjectId([n; 32]), "n")]).unwrap();
    }
    (store, roots)
}

fn name_of(store: &MemoryStore, prefix: &str, part: &str) -> String {
    store.files().keys().find(|n| n.starts_with(prefix) && n.contains(part)).unwrap().clone()
}

fn change(store: &MemoryStore, name: &str, at: usize) {
    let mut bytes = store.files()[name].clone();
    bytes[at] ^= 0x10;
    store.tamper(name, Some(bytes));
}

fn named(findings: &[Finding], id: &str, what: &str) -> bool {
    findings
        .iter()
        .any(|f| f.id == id && f.status == Status::Failed && (f.what.contains(what) || f.detail.contains(what)))
}

#[test]
fn a_damaged_object_is_named_and_the_others_are_whole() {
    let (store, roots) = case();
    let vault = open(&store, Access::Read).unwrap();
    let hurt = vault.find(&roots[1]).unwrap();
    let name = format!("objects/{}/{}", &hurt.file.to_string()[..2], hurt.file);
    let len = store.files()[&name].len();
    for at in [0, 50, 200, len / 2, len - 1] {
        let whole = store.files()[&name].clone();
        change(&store, &name, at);
        let findings = check(&vault);
        assert_eq!(failed(&findings), ["object-damaged"], "byte {at}");
        assert!(named(&findings, "object-damaged", &roots[1].to_string()));
        assert!(named(&findings, "object-damaged", &hurt.file.to_string()));
        assert!(matches!(vault.check_object(&roots[1]), Err(VaultError::Damaged { .. })));
        for root in [&roots[0], &roots[2]] {
            assert_eq!(bytes_of(&vault, root).unwrap().len(), 5000);
        }
        for cut in [whole.len() - 1, whole.len() / 2, 0] {
            store.tamper(&name, Some(whole[..cut].to_vec()));
            assert!(named(&check(&vault), "object-damaged", &roots[1].to_string()));
        }
        store.tamper(&name, None);
        assert!(named(&check(&vault), "object-damaged", &roots[1].to_string()));
        store.tamper(&name, Some(whole));
    }
    assert_eq!(failed(&check(&vault)), Vec::<&str>::new());
}

#[test]
fn an_object_in_the_place_of_another_is_damage() {
    let (store, roots) = case();
    let vault = open(&store, Access::Read).unwrap();
    let path = |root| {
        let file = vault.find(root).unwrap().file.to_string();
        format!("objects/{}/{file}", &file[..2])
    };
    let other = store.files()[&path(&roots[0])].clone();
    store.tamper(&path(&roots[1]), Some(other));
    assert!(named(&check(&vault), "object-damaged", &roots[1].to_string()));
}

/// Every act that can still be read.
fn readable(vault: &Vault) -> usize {
    vault.acts().unwrap().filter_map(Result::ok).count()
}

#[test]
fn a_damaged_segment_is_named_and_whole_commits_are_read() {
    let (store, roots) = case();
    let name = name_of(&store, "lanes/", "/segments/");
    let whole = store.files()[&name].clone();
    let all = readable(&open(&store, Access::Read).unwrap());
    let mut hurt_but_read = 0;
    for at in (400..whole.len()).step_by(whole.len() / 61) {
        change(&store, &name, at);
        match open(&store, Access::Read) {
            Ok(vault) => {
                let findings = check(&vault);
                assert!(!failed(&findings).is_empty(), "byte {at}");
                assert!(named(&findings, "lane-damaged", ""), "byte {at}: {findings:?}");
                assert!(readable(&vault) < all);
                hurt_but_read += usize::from(readable(&vault) > 0);
            }
            Err(VaultError::Damaged { what, .. }) => assert!(what.contains("lane"), "{what}"),
            Err(e) => panic!("{e}"),
        }
        assert!(matches!(
            open(&store, Access::Write),
            Err(VaultError::ReadOnlyLane { .. } | VaultError::Damaged { .. })
        ));
        assert_eq!(store.files()[&name].len(), whole.len(), "nothing was cut away");
        store.tamper(&name, Some(whole.clone()));
    }
    assert!(hurt_but_read > 30, "{hurt_but_read}");
    // Damage in the last commit leaves the exhibits, which came before it.
    change(&store, &name, whole.len() - 1);
    let vault = open(&store, Access::Read).unwrap();
    assert_eq!(bytes_of(&vault, &roots[2]).unwrap().len(), 5000);
    assert!(named(&check(&vault), "head-not-in-lane", ""));
}

#[test]
fn damage_behind_the_snapshot_is_named_too() {
    let (store, _) = case();
    open(&store, Access::Write).unwrap().lock();
    let name = name_of(&store, "lanes/", "/segments/");
    let whole = store.files()[&name].clone();
    let all = readable(&open(&store, Access::Read).unwrap());
    for at in (400..whole.len()).step_by(whole.len() / 61).chain([whole.len() - 1]) {
        change(&store, &name, at);
        let Ok(vault) = open(&store, Access::Read) else { continue };
        let findings = check(&vault);
        assert!(named(&findings, "segment-damaged", &name), "byte {at}: {findings:?}");
        assert!(named(&findings, "lane-damaged", ""), "byte {at}: {findings:?}");
        assert!(readable(&vault) < all && vault.acts().unwrap().any(|a| a.is_err()), "byte {at}: said nowhere");
        store.tamper(&name, Some(whole.clone()));
    }
}

#[test]
fn an_acknowledged_tail_that_is_gone_is_no_crash() {
    let (store, _) = case();
    let name = name_of(&store, "lanes/", "/segments/");
    let whole = store.files()[&name].clone();
    store.tamper(&name, Some(whole[..whole.len() - 10].to_vec()));
    assert!(matches!(open(&store, Access::Write), Err(VaultError::ReadOnlyLane { .. })));
    let vault = open(&store, Access::Read).unwrap();
    assert!(vault.findings().iter().any(|f| f.id == "lane-damaged"));
    assert_eq!(failed(&check(&vault)), ["head-not-in-lane", "lane-damaged", "segment-damaged"]);
}

#[test]
fn one_damaged_head_is_named_and_mended_both_are_not() {
    let (store, _) = case();
    let (a, b) = (name_of(&store, "lanes/", "/head-a"), name_of(&store, "lanes/", "/head-b"));
    let (whole_a, whole_b) = (store.files()[&a].clone(), store.files()[&b].clone());
    for (name, whole) in [(&a, &whole_a), (&b, &whole_b)] {
        for at in (0..whole.len()).step_by(7) {
            change(&store, name, at);
            let vault = open(&store, Access::Read).unwrap();
            assert_eq!(failed(&check(&vault)), ["head-damaged"], "byte {at}");
            drop(open(&store, Access::Write).unwrap());
            assert_eq!(failed(&check(&open(&store, Access::Read).unwrap())), Vec::<&str>::new());
            assert!(store.files().keys().any(|n| n.starts_with("quarantine/")));
            store.tamper(name, Some(whole.clone()));
        }
    }
    change(&store, &a, 3);
    change(&store, &b, 3);
    assert!(matches!(open(&store, Access::Write), Err(VaultError::ReadOnlyLane { .. })));
    let vault = open(&store, Access::Read).unwrap();
    assert_eq!(failed(&check(&vault)), ["head-damaged", "head-missing", "lane-damaged"]);
}

#[test]
fn a_head_of_another_history_is_not_believed() {
    let (store, _) = case();
    let before = store.image();
    // Two continuations of one lane: one on this disk, one on a copy.
    let mut fork = open(&before, Access::Write).unwrap();
    fork.append(vec![note("note", Compartment::Case, SubjectId([77; 32]), "other")]).unwrap();
    let mut vault = open(&store, Access::Write).unwrap();
    vault.append(vec![note("note", Compartment::Case, SubjectId([78; 32]), "mine")]).unwrap();
    drop(vault);
    for slot in ["/head-a", "/head-b"] {
        let name = name_of(&store, "lanes/", slot);
        let theirs = before.files()[&name].clone();
        store.tamper(&name, Some(theirs));
    }
    assert!(matches!(open(&store, Access::Write), Err(VaultError::ReadOnlyLane { .. })));
    assert!(failed(&check(&open(&store, Access::Read).unwrap())).contains(&"head-not-in-lane"));
}

#[test]
fn a_damaged_ring_page_seals_its_subjects_alone() {
    let (store, mut vault) = fresh();
    for n in 0..70u8 {
        vault.append(vec![note("note", Compartment::Case, SubjectId([n; 32]), "n")]).unwrap();
    }
    drop(vault);
    let page = store.files().keys().filter(|n| n.starts_with("keys/case/pages/")).max().unwrap().clone();
    change(&store, &page, 300);
    let mut vault = open(&store, Access::Write).unwrap();
    assert_eq!(failed(vault.findings()), ["ring-page-damaged"]);
    let no_key =
        vault.acts().unwrap().filter(|e| matches!(e.as_ref().unwrap().content, casemate_vault::Content::NoKey)).count();
    assert_eq!(no_key, 6);
    let hurt = store.files()[&page].clone();
    vault.append(vec![note("note", Compartment::Case, SubjectId([200; 32]), "n")]).unwrap();
    assert_eq!(store.files()[&page], hurt, "the damaged page is left as it is");
    assert_eq!(failed(&check(&vault)), ["ring-page-damaged"]);
}

#[test]
fn damaged_keys_are_named() {
    let (store, _) = case();
    for part in ["keys/root", "keys/identity/root", "keys/passphrase.age"] {
        let whole = store.files()[part].clone();
        change(&store, part, whole.len() - 3);
        let Err(VaultError::Damaged { what, .. }) = open(&store, Access::Read) else { panic!("{part}") };
        assert_eq!(what, part);
        store.tamper(part, Some(whole));
    }
    let keys = name_of(&store, "lanes/", "/keys");
    change(&store, &keys, 90);
    assert!(matches!(open(&store, Access::Read), Err(VaultError::Damaged { what, .. }) if what == keys));
}

#[test]
fn a_later_format_is_refused_by_its_number() {
    let (store, _) = case();
    let text = String::from_utf8(store.files()["casemate.toml"].clone()).unwrap();
    store.tamper("casemate.toml", Some(text.replace("format = 1", "format = 2").into_bytes()));
    assert!(matches!(open(&store, Access::Read), Err(VaultError::Version { found: 2, known: 1, .. })));
    store.tamper("casemate.toml", Some(b"format = one".to_vec()));
    assert!(matches!(open(&store, Access::Read), Err(VaultError::Damaged { .. })));
}

#[test]
fn a_snapshot_is_disposable() {
    let (store, mut vault) = fresh();
    for n in 0..20u8 {
        vault.append(vec![note("note", Compartment::Case, SubjectId([n; 32]), "n")]).unwrap();
    }
    vault.lock();
    let name = name_of(&store, "index/", "");
    let older = store.files()[&name].clone();
    let mut vault = open(&store, Access::Write).unwrap();
    vault.append(vec![note("note", Compartment::Case, SubjectId([1; 32]), "n")]).unwrap();
    let head = vault.checkpoint().unwrap().head;
    vault.lock();
    for state in [None, Some(b"junk".to_vec()), Some(older)] {
        store.tamper(&name, state);
        let vault = open(&store, Access::Write).unwrap();
        assert_eq!(vault.checkpoint().unwrap().head, head);
        assert_eq!(vault.findings(), []);
        assert_eq!(failed(&check(&vault)), Vec::<&str>::new());
    }
}

#[test]
fn a_lane_with_a_hole_behind_its_snapshot_is_not_written() {
    let (store, written) = filled(6000, 30, 10);
    drop(open(&store, Access::Write).unwrap());
    for age_files in [true, false] {
        if !age_files {
            written.iter().for_each(|(name, bytes)| store.tamper(name, Some(bytes.clone())));
        }
        let whole = store.files();
        let refused = |case: &str| {
            assert!(matches!(open(&store, Access::Write), Err(VaultError::ReadOnlyLane { .. })), "{case}");
            assert!(named(&check(&open(&store, Access::Read).unwrap()), "lane-damaged", ""), "{case}");
        };
        let names: Vec<_> = written.keys().collect();
        for name in &names[1..names.len() - 1] {
            store.tamper(name, None);
            refused(&format!("{name} is gone"));
            let bytes = &whole[*name];
            for cut in [bytes.len() - 1, bytes.len() / 2, 100] {
                store.tamper(name, Some(bytes[..cut].to_vec()));
                refused(&format!("{name} cut at {cut}"));
            }
            store.tamper(name, Some([&bytes[..30], &[bytes[30] ^ 1], &bytes[31..]].concat()));
            refused(&format!("{name} with another header"));
            if !age_files {
                let start = 24 + u32::from_be_bytes(bytes[20..24].try_into().unwrap()) as usize;
                let frame = 4 + u32::from_be_bytes(bytes[start..start + 4].try_into().unwrap()) as usize;
                store.tamper(name, Some([&bytes[..start], &bytes[start + frame..]].concat()));
                refused(&format!("{name} without its first frame"));
            }
            store.tamper(name, Some(bytes.clone()));
        }
        drop(open(&store, Access::Write).unwrap());
    }
}
