//! A case that a later version wrote to: everything is kept, counted and verified; what is not known is said.

use crate::common::{Desk, HAN, lines, passphrase, unwatched};
use casemate_app::listing::log;
use casemate_app::people::list_people;
use casemate_app::session::Session;
use casemate_app::verify::verify_case;
use casemate_app::{AppError, Place as Where, Tools};
use casemate_ports::reading::Kind;
use casemate_proof::{Act, Class, Compartment, SubjectId, Value};
use casemate_store_local::LocalStore;
use casemate_vault::{Access, Ambient, Vault, VaultError};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

fn later(kind: &str, version: u64, critical: bool) -> Act {
    let mut act = Act::new(kind, Compartment::Case, SubjectId([3; 32]));
    (act.version, act.critical) = (version, critical);
    act.fields[0] = Value::from("what a later version says");
    act
}

/// A case with a letter and a man, in which a later version then wrote these acts.
fn case(acts: Vec<Act>) -> (tempfile::TempDir, std::path::PathBuf) {
    let mut desk = Desk::new(vec![lines("letter.txt", Kind::Text, &["Dear Sir"])]);
    desk.man();
    let root = desk.root();
    let Desk { dir, session } = desk;
    session.close();
    let store = Arc::new(LocalStore::open(&root).unwrap());
    let mut vault = Vault::open(store, &passphrase(), Access::Write, Ambient::system()).unwrap();
    vault.append(acts).unwrap();
    vault.lock();
    (dir, root)
}

fn open(root: &Path, access: Access) -> Result<Session, AppError> {
    let store = Arc::new(LocalStore::open(root).unwrap());
    let place = Where { store, index: Arc::new(casemate_search::MemoryStore::new()) };
    Session::open(
        place,
        &passphrase(),
        access,
        Tools { worker: None, pictures: None, speech: None, jobs: 1, threads: 1, meaning: None },
    )
}

/// Every file of the lane, byte for byte.
fn lane(root: &Path) -> BTreeMap<std::path::PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.join("lanes")];
    while let Some(dir) = folders.pop() {
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path)
            } else {
                drop(found.insert(path.clone(), std::fs::read(path).unwrap()))
            }
        }
    }
    found
}

#[test]
fn acts_of_a_later_version_are_kept_counted_verified_and_said() {
    let (_dir, root) = case(vec![later("letter-of-later", 1, false), later("person", 2, false)]);
    let before = lane(&root);
    let session = open(&root, Access::Write).unwrap();
    let reply = log(&session).unwrap();
    let strange: Vec<_> = reply.acts.iter().filter_map(|a| Some((a.kind.as_str(), a.not_understood?))).collect();
    assert_eq!(strange, [("letter-of-later", 1), ("person", 2)]);
    assert_eq!(reply.acts.len() as u64, reply.size, "each is counted");
    let told: Vec<_> = reply.not_understood.iter().map(|n| (n.kind.as_str(), n.version, n.acts, n.critical)).collect();
    assert_eq!(told, [("letter-of-later", 1, 1, false), ("person", 2, 1, false)]);
    assert!(reply.damaged.is_empty());
    let verdict = unwatched(|w| verify_case(&session, w)).unwrap();
    assert!(!verdict.damaged);
    let said: Vec<_> = verdict.findings.iter().filter(|f| f.id == "acts-not-understood").collect();
    assert!(said.len() == 2 && said.iter().all(|f| f.status == "not-checked"), "{said:?}");
    assert!(verdict.findings.iter().any(|f| f.id == "lane-consistent" && f.status == "proven"));
    // A person of version 2 is not taken for one of version 1.
    assert_eq!(list_people(&session).len(), 1);
    drop(session);
    assert_eq!(lane(&root), before, "no byte of the log was written anew");
}

#[test]
fn a_critical_act_that_is_not_understood_opens_the_case_read_only() {
    for (kind, version, known) in [("letter-of-later", 4, 0), ("consent", 3, 2)] {
        let (_dir, root) = case(vec![later(kind, version, true)]);
        let before = lane(&root);
        match open(&root, Access::Write).map(drop) {
            Err(AppError::Vault(VaultError::Version { what, found, known: newest })) => {
                assert_eq!((what, found, newest), (format!("act {kind}"), version, known));
            }
            other => panic!("{other:?}"),
        }
        let session = open(&root, Access::Read).unwrap();
        assert!(session.not_understood()[0].critical);
        assert_eq!(session.one_person(HAN).unwrap().names.len(), 3, "what is known stays readable");
        assert_eq!(session.catalogue().len(), 1);
        assert!(!unwatched(|w| verify_case(&session, w)).unwrap().damaged);
        drop(session);
        assert_eq!(lane(&root), before, "no byte of the log was written anew");
    }
}

/// What `docs/format/acts.md` calls a migration, with a kind made up for this test, for none has a second version yet: one row a
/// version, one typed value.
mod call {
    use super::*;

    #[derive(Debug, PartialEq, Eq)]
    pub struct Call {
        pub from: String,
        pub seconds: u64,
    }

    pub fn read(act: &Act) -> Option<Call> {
        match (act.kind.as_str(), act.version) {
            // Version 1 said minutes, version 2 says milliseconds.
            ("call", 1) => {
                Some(Call { from: act.fields[0].as_text()?.to_owned(), seconds: act.fields[1].as_uint()? * 60 })
            }
            ("call", 2) => {
                Some(Call { from: act.fields[0].as_text()?.to_owned(), seconds: act.fields[2].as_uint()? / 1000 })
            }
            _ => None,
        }
    }

    pub fn act(version: u64, from: &str, field: usize, length: u64) -> Act {
        let mut act = later("call", version, false);
        act.class = Class::Add;
        act.fields[0] = Value::from(from);
        act.fields[field] = Value::from(length);
        act
    }
}

#[test]
fn acts_of_two_versions_fold_into_one_view() {
    let acts = vec![call::act(1, "a friend", 1, 2), call::act(2, "an official", 2, 90_000), call::act(3, "?", 3, 1)];
    let (_dir, root) = case(acts);
    let before = lane(&root);
    let session = open(&root, Access::Read).unwrap();
    let entries = session.vault().acts().unwrap().map(Result::unwrap);
    let calls: Vec<_> = entries.filter_map(|e| call::read(e.act()?)).collect();
    let of = |from: &str, seconds| call::Call { from: from.to_owned(), seconds };
    assert_eq!(calls, [of("a friend", 120), of("an official", 90)], "and a third version is no call yet");
    assert_eq!(lane(&root), before);
}
