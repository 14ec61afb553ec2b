//! A case is made, filled, closed and opened; what comes out is what went in.

use std::collections::BTreeSet;
use std::io::{Cursor, Read, Seek, SeekFrom};

use casemate_carve::Hint;
use casemate_proof::log::COMMIT_KIND;
use casemate_proof::{Act, Compartment, SubjectId, Timebase, Value};
use casemate_testkit::MemoryStore;
use casemate_vault::acts::{DeriveAct, SealAct, subject_of};
use casemate_vault::{Access, Ambient, Content, Passphrase, Vault, VaultError};

use crate::kit::*;

#[test]
fn what_goes_in_comes_out() {
    let (store, mut vault) = fresh();
    let big = noise(3_000_000, 1);
    let cases: [(&[u8], Hint, &str); 5] = [
        (b"", Hint::Whole, "chunk-v1"),
        (b"dear sister\nthey called again\n", Hint::Lines, "text-utf8-v1"),
        (b"when,who\n1,H\n", Hint::Csv, "csv-v1"),
        (&big, Hint::Whole, "chunk-v1"),
        (&big[..70_000], Hint::Recording, "chunk-v1"),
    ];
    let mut roots = Vec::new();
    for (n, (bytes, hint, profile)) in cases.iter().enumerate() {
        let root = add(&mut vault, bytes, &format!("file {n}"), n as u64 + 1, *hint).unwrap();
        let found = vault.find(&root).unwrap();
        if *hint == Hint::Whole {
            assert_eq!(found.record.profile(), *profile);
        }
        roots.push(root);
    }
    vault.lock();
    for access in [Access::Read, Access::Write] {
        let vault = open(&store, access).unwrap();
        assert_eq!(vault.findings(), []);
        for (root, (bytes, _, _)) in roots.iter().zip(&cases) {
            assert!(bytes_of(&vault, root).unwrap() == *bytes);
        }
        assert_eq!(failed(&check(&vault)), Vec::<&str>::new());
        assert!(check(&vault).iter().all(|f| f.status == casemate_vault::Status::Proven), "{:?}", check(&vault));
    }
}

#[test]
fn an_object_is_read_anywhere() {
    let (_, mut vault) = fresh();
    let bytes = noise(200_000, 5);
    let object = vault.seal(&mut Cursor::new(bytes.clone()), Hint::Whole).unwrap();
    let mut reader = vault.read(&object).unwrap();
    for (at, len) in [(0, 10), (65_530, 20), (131_072, 65_536), (199_990, 10), (65_536, 1), (199_999, 1)] {
        reader.seek(SeekFrom::Start(at)).unwrap();
        let mut got = vec![0; len];
        reader.read_exact(&mut got).unwrap();
        assert_eq!(got, bytes[at as usize..at as usize + len]);
    }
    reader.seek(SeekFrom::End(-5)).unwrap();
    let mut rest = Vec::new();
    reader.read_to_end(&mut rest).unwrap();
    assert_eq!(rest, bytes[199_995..], "the zeros behind the end are never given out");
    reader.seek(SeekFrom::Start(5_000_000)).unwrap();
    assert_eq!(reader.read(&mut [0; 8]).unwrap(), 0);
}

#[test]
fn acts_keep_their_order_and_compartment() {
    let (store, mut vault) = fresh();
    let root = add(&mut vault, b"x", "x.txt", 1, Hint::Whole).unwrap();
    let person = SubjectId([9; 32]);
    let receipt = vault
        .append(vec![
            note("person", Compartment::Identity, person, "Lin Wei"),
            note("alias", Compartment::Case, person, "H"),
            note("alias", Compartment::Press, person, "the businessman"),
            note("heard", Compartment::Case, about(&root), "all"),
        ])
        .unwrap();
    assert_eq!((receipt.first, receipt.roots.len()), (5, 4));
    vault.lock();
    let vault = open(&store, Access::Read).unwrap();
    let entries: Vec<_> = vault.acts().unwrap().map(Result::unwrap).collect();
    let kinds: Vec<_> = entries.iter().map(|e| e.act().unwrap().kind.as_str()).collect();
    let expected =
        ["lane", COMMIT_KIND, "seal", "exhibit", COMMIT_KIND, "person", "alias", "alias", "heard", COMMIT_KIND];
    assert_eq!(kinds, expected);
    let order: Vec<_> = entries.iter().map(|e| e.order).collect();
    assert!(order.is_sorted());
    assert_eq!(order.iter().map(|o| o.lamport).collect::<Vec<_>>(), [1, 1, 2, 2, 2, 3, 3, 3, 3, 3]);
    assert_eq!(entries[7].act().unwrap().fields[0].as_text(), Some("the businessman"));
    assert_eq!(entries[7].compartment, Compartment::Press);
    assert_eq!(receipt.roots[2], entries[7].root);
    assert!(entries.iter().all(|e| matches!(e.content, Content::Act(_))));
    assert_eq!(vault.checkpoint().unwrap().head, receipt.head);
    assert!(vault.knows(&person, Compartment::Press) && !vault.knows(&SubjectId([8; 32]), Compartment::Press));
}

#[test]
fn entries_are_proven_under_the_signed_head() {
    let (_, mut vault) = fresh();
    for n in 0..20 {
        vault.append(vec![note("note", Compartment::Case, SubjectId([n; 32]), "n")]).unwrap();
    }
    let nodes = vault.tree(&vault.lane_id()).unwrap();
    let key =
        casemate_proof::note::NoteKey::new(&casemate_proof::log::origin(&vault.lane_id()), vault.lane_keys().lane)
            .unwrap();
    for entry in vault.acts().unwrap() {
        let entry = entry.unwrap();
        let proof = vault.prove(entry.order.index, &nodes).unwrap();
        let leaf = casemate_proof::log::entry_hash(&vault.case_id(), &vault.lane_id(), &entry.root);
        proof.verify(&leaf, &key).unwrap();
    }
    assert!(vault.prove(1000, &nodes).is_err());
    let head = vault.checkpoint().unwrap();
    casemate_proof::sshsig::verify(
        "checkpoint@casemate",
        head.note.encode().as_bytes(),
        &vault.lane_keys().ssh,
        &head.sshsig,
    )
    .unwrap();
}

#[test]
fn derivatives_and_release_layers_are_objects() {
    let (store, mut vault) = fresh();
    let parent = add(&mut vault, b"the call", "call.wav", 1, Hint::Whole).unwrap();
    let leaves: Vec<(u64, Vec<u8>)> = vec![(1, b"They asked".to_vec()), (1, vec![]), (1, b"to return.".to_vec())];
    let layer = vault.seal_leaves("release-text-v1", Timebase::UNIT, &leaves).unwrap();
    let act = DeriveAct {
        what: "release-text".into(),
        detail: Value::from("by hand"),
        object: layer.clone(),
        parent: BTreeSet::from([parent]),
        subject: subject_of(&parent),
        compartment: Compartment::Case,
        at_ms: 5,
    };
    vault.append(vec![act.to_act()]).unwrap();
    vault.lock();
    let vault = open(&store, Access::Write).unwrap();
    let found = vault.acts().unwrap().filter_map(|e| DeriveAct::from_act(e.unwrap().act()?)).next().unwrap();
    assert_eq!(found, act);
    assert_eq!(found.object.record.leaves(), 3);
    assert_eq!(failed(&check(&vault)), Vec::<&str>::new());
    vault.check_object(&layer.root()).unwrap();
}

#[test]
fn only_one_writes_and_others_read() {
    let (store, mut vault) = fresh();
    assert!(matches!(
        open(&store, Access::Write),
        Err(VaultError::Store(casemate_ports::store::StoreError::Locked { .. }))
    ));
    let root = add(&mut vault, b"seen by both", "a", 1, Hint::Whole).unwrap();
    let mut reader = open(&store, Access::Read).unwrap();
    assert_eq!(bytes_of(&reader, &root).unwrap(), b"seen by both");
    assert!(matches!(reader.append(vec![]), Err(VaultError::ReadOnly)));
    assert!(matches!(reader.seal(&mut Cursor::new(vec![]), Hint::Whole), Err(VaultError::ReadOnly)));
    drop(vault);
    open(&store, Access::Write).unwrap();
}

#[test]
fn wrong_words_and_no_case_are_told_apart() {
    let (store, _vault) = fresh();
    let wrong = Vault::open(arc(&store), &Passphrase::new("granite lantern eight"), Access::Read, Ambient::system());
    assert!(matches!(wrong, Err(VaultError::WrongPassphrase)));
    assert!(matches!(open(&MemoryStore::new(), Access::Read), Err(VaultError::NoCase)));
    assert!(matches!(create(&store), Err(VaultError::CaseExists)));
}

#[test]
fn kinds_of_the_vault_are_its_own_and_unknown_ones_are_kept() {
    let (store, mut vault) = fresh();
    for kind in ["lane", "commit"] {
        let act = Act::new(kind, Compartment::Case, SubjectId([1; 32]));
        assert!(matches!(vault.append(vec![act]), Err(VaultError::Reserved(_))));
    }
    let later = Act::new("later", Compartment::Later(7), SubjectId([1; 32]));
    assert!(matches!(vault.append(vec![later]), Err(VaultError::Sealed(Compartment::Later(7)))));
    let mut strange = note("from-the-future", Compartment::Case, SubjectId([1; 32]), "kept");
    strange.version = 99;
    vault.append(vec![strange.clone()]).unwrap();
    vault.lock();
    let vault = open(&store, Access::Read).unwrap();
    let found = vault.acts().unwrap().filter_map(|e| e.unwrap().act().cloned()).find(|a| a.version == 99);
    assert_eq!(found, Some(strange));
}

#[test]
fn a_name_of_a_seal_reads_back() {
    let (_, mut vault) = fresh();
    let root = add(&mut vault, b"1", "通话 3.amr", 7, Hint::Whole).unwrap();
    let seal = vault.acts().unwrap().filter_map(|e| SealAct::from_act(e.unwrap().act()?)).next().unwrap();
    assert_eq!((seal.name.as_str(), seal.object.root()), ("通话 3.amr", root));
    let exported = vault.export_key(&seal.object).unwrap();
    assert!(exported.identity.starts_with("AGE-SECRET-KEY-1") && exported.file.starts_with("objects/"));
}
