//! People, listening and export, each through the use case.

use crate::common::{Desk, HAN, SECONDS, call, lines, open, passphrase, unwatched, wav};
use casemate_app::AppError;
use casemate_app::export::{ExportRequest, export};
use casemate_app::heard::{HeardRequest, coverage, record_heard};
use casemate_app::people::{NameForm, NewPerson, add_person, list_people, set_alias};
use casemate_app::words::DecisionWord;
use casemate_case::audience::Profile;
use casemate_case::fold::CaseError;
use casemate_ports::reading::Kind;
use casemate_proof::{Act, Compartment, SubjectId, Value};
use casemate_vault::{Access, Ambient, Vault};

#[test]
fn people_are_kept_with_aliases_and_consents() {
    let mut desk = Desk::new(Vec::new());
    desk.man();
    let alias = |desk: &mut Desk, alias: &str| set_alias(&mut desk.session, HAN, Profile::Court, alias);
    assert!(matches!(alias(&mut desk, "B"), Err(AppError::Case(CaseError::AliasFixed))));
    assert!(matches!(alias(&mut desk, "Mr Lin"), Err(AppError::Case(CaseError::AliasTells))));
    assert!(matches!(alias(&mut desk, "[A]"), Err(AppError::Form { .. })));
    alias(&mut desk, "Monsieur A").unwrap();
    let nobody = NewPerson::default();
    assert!(matches!(add_person(&mut desk.session, &nobody), Err(AppError::Form { .. })));
    let names = vec![NameForm { script: "runes".into(), text: "x".into() }];
    let odd = NewPerson { names, ..NewPerson::default() };
    assert!(matches!(add_person(&mut desk.session, &odd), Err(AppError::Form { .. })));
    let root = desk.root();
    let shown = list_people(&desk.session);
    desk.session.close();
    let again = list_people(&open(&root));
    assert_eq!(again, shown);
    let [man] = again.as_slice() else { panic!("{again:?}") };
    assert_eq!(man.aliases.get("press").map(String::as_str), Some("H"));
    assert!(man.consents["court"].decision == DecisionWord::Agreed && man.protected);
    assert_eq!(man.names.len(), 3);
}

#[test]
fn a_person_described_anew_keeps_id_and_alias() {
    let mut desk = Desk::new(Vec::new());
    desk.man();
    let old = list_people(&desk.session);
    let names = vec![NameForm { script: "han".into(), text: HAN.into() }];
    let red = NewPerson { instead_of: Some("LIN MUCHUAN".into()), names, red: true, ..NewPerson::default() };
    let new = add_person(&mut desk.session, &red).unwrap();
    assert_eq!((new.id.as_str(), new.red, new.names.len()), (old[0].id.as_str(), true, 1));
    assert_eq!(new.aliases, old[0].aliases);
}

#[test]
fn what_was_heard_adds_up() {
    let mut desk = Desk::new(vec![call(1)]);
    let before = coverage(&desk.session, "1").unwrap();
    assert_eq!((before.duration_ms, before.heard_ms, before.gaps), (12_000, 0, vec![[0, 12_000]]));
    desk.heard("1", &[(0, 4000), (3000, 6000)]);
    let after = coverage(&desk.session, "1").unwrap();
    assert_eq!((after.heard_ms, after.gaps, after.listeners.len()), (6000, vec![[6000, 12_000]], 1));
    for ranges in [vec![(0, 12_001)], vec![(5, 5)], vec![(9, 3)]] {
        let request = HeardRequest { exhibit: "1".into(), listener: "R. Vial".into(), ranges, speed: 1000 };
        assert!(matches!(record_heard(&mut desk.session, &request), Err(AppError::Form { .. })));
    }
    desk.heard("1", &[]);
    assert_eq!(coverage(&desk.session, "1").unwrap().gaps, Vec::<[u64; 2]>::new());
    let nobody = HeardRequest { exhibit: "1".into(), listener: " ".into(), ranges: Vec::new(), speed: 1000 };
    assert!(record_heard(&mut desk.session, &nobody).is_err());
}

#[test]
fn every_original_comes_back_and_stock_age_opens_it() {
    let letter = lines("../letter\u{202e}.txt", Kind::Text, &["Dear Sir"]);
    let desk = Desk::new(vec![call(3), letter]);
    let folder = desk.out("out");
    let request = ExportRequest { folder: folder.clone(), keys: true };
    let reply = unwatched(|w| export(&desk.session, &request, w)).unwrap();
    assert_eq!((reply.written, reply.same, reply.keys), (2, 0, 2));
    assert_eq!(std::fs::read(folder.join("00001-林慕川 call.wav")).unwrap(), wav(3));
    assert_eq!(std::fs::read(folder.join("00002-letter_.txt")).unwrap(), b"Dear Sir\n");
    let again = unwatched(|w| export(&desk.session, &request, w)).unwrap();
    assert_eq!((again.written, again.same, again.failed.len()), (0, 2, 0));
    std::fs::write(folder.join("00002-letter_.txt"), b"Dear Sim\n").unwrap();
    let other = unwatched(|w| export(&desk.session, &request, w)).unwrap();
    assert_eq!((other.same, other.failed.len()), (1, 1));
    assert_eq!(std::fs::read(folder.join("00002-letter_.txt")).unwrap(), b"Dear Sim\n", "never overwritten");
    stock_age(&desk, &folder.join("keys"));
}

#[test]
fn stock_age_opens_full_segments_of_the_log_with_exported_keys() {
    let desk = Desk::new(vec![call(4)]);
    let root = desk.root();
    let Desk { dir, session } = desk;
    session.close();
    let store = std::sync::Arc::new(casemate_store_local::LocalStore::open(&root).unwrap());
    let mut vault = Vault::open(store, &passphrase(), Access::Write, Ambient::system()).unwrap();
    vault.limit_segments_for_tests(3000);
    for n in 0..4 {
        let mut act = Act::new("note", Compartment::Case, SubjectId([n; 32]));
        act.fields[0] = Value::from("they called again");
        vault.append(vec![act]).unwrap();
    }
    vault.lock();
    let desk = Desk { dir, session: open(&root) };
    let folder = desk.out("out");
    let request = ExportRequest { folder: folder.clone(), keys: true };
    let reply = unwatched(|w| export(&desk.session, &request, w)).unwrap();
    assert!(reply.keys > 1, "{reply:?}");
    let manifest: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.join("keys/manifest.json")).unwrap()).unwrap();
    let rows = manifest.as_array().unwrap().iter();
    let segments: Vec<_> = rows.filter(|row| row["object"].as_str().unwrap().contains("/segments/")).collect();
    assert!(!segments.is_empty());
    for row in segments {
        assert!(row.get("exhibit").is_none());
        // The command of the manifest as a person would type it, beside the exported folder.
        let command = row["command"].as_str().unwrap().replace("CASE/", &format!("{}/", root.display()));
        let script = format!("command -v age >/dev/null || exit 99; {command}");
        let out = std::process::Command::new("sh").args(["-c", &script]).current_dir(&folder).output().unwrap();
        if out.status.code() == Some(99) {
            assert!(std::env::var_os("CI").is_none(), "age is not installed");
            println!("skipped: no age on this machine");
            return;
        }
        assert!(out.stdout.starts_with(b"casemate-segment-v1\n"), "{}", String::from_utf8_lossy(&out.stderr));
        assert_eq!(out.stdout.len() as u64, row["size"].as_u64().unwrap());
        let hash = casemate_proof::digest::sha256(&[&out.stdout]);
        assert_eq!(hash.to_string(), row["sha256"].as_str().unwrap());
    }
}

fn stock_age(desk: &Desk, keys: &std::path::Path) {
    let manifest: serde_json::Value =
        serde_json::from_slice(&std::fs::read(keys.join("manifest.json")).unwrap()).unwrap();
    let first = &manifest[0];
    let size = usize::try_from(first["size"].as_u64().unwrap()).unwrap();
    let run = std::process::Command::new("age")
        .args(["-d", "-i"])
        .arg(keys.join(first["identity"].as_str().unwrap()))
        .arg(desk.root().join(first["object"].as_str().unwrap()))
        .output();
    match run {
        Ok(out) => {
            assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
            assert_eq!(out.stdout.get(..size).unwrap(), wav(3));
        }
        Err(_) if std::env::var_os("CI").is_none() => println!("skipped: no age on this machine"),
        Err(e) => panic!("age: {e}"),
    }
}

#[test]
fn a_recording_is_as_long_as_what_was_sealed_whatever_its_head_claims() {
    let mut claimed = call(7);
    claimed.reading.as_mut().unwrap().duration_ms = Some(99_000);
    let desk = Desk::new(vec![claimed]);
    let listed = casemate_app::listing::list(&desk.session).exhibits.remove(0);
    assert_eq!(listed.duration_ms, Some(SECONDS * 1000));
}
