//! The vectors of the case folder in `tests/vectors/vault`: made again and compared byte for byte; each rejection is
//! refused as it says. `CASEMATE_WRITE_VECTORS=1` writes what is not there yet; a vector that is there is never changed.

mod golden;
mod reject;
pub mod stranger;

use std::collections::BTreeMap;

use casemate_vault::{Access, Ambient, Status, Vault, VaultError};
use serde_json::{Value as Json, json};

use crate::kit::{arc, check, failed};
use golden::{PASSPHRASE, folder, kept, make, store_of, words};
use reject::Vector;
use stranger::{Files, hex, told, unhex};

fn writing() -> bool {
    std::env::var_os("CASEMATE_WRITE_VECTORS").is_some()
}

fn write_new(name: &str, bytes: &[u8]) {
    let path = folder().join(name);
    if writing() && !path.exists() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}

fn pretty(value: &Json) -> Vec<u8> {
    (serde_json::to_string_pretty(value).unwrap() + "\n").into_bytes()
}

/// Files of `age` hold randomness of the system: they are compared by what a stranger reads in them.
fn by_content(name: &str) -> bool {
    name == "keys/passphrase.age"
}

#[test]
fn the_golden_case_is_made_again_byte_for_byte() {
    if writing() && !folder().join("case").exists() {
        for (name, bytes) in make(None) {
            write_new(&format!("case/{name}"), &bytes);
        }
    }
    let golden = kept("case");
    let again = make(Some(&golden));
    let names = |files: &Files| files.keys().filter(|n| !n.ends_with("/lock")).cloned().collect::<Vec<_>>();
    assert_eq!(names(&golden), names(&again));
    for (name, bytes) in golden.iter().filter(|(name, _)| !by_content(name)) {
        assert!(again[name] == *bytes, "{name} is not the bytes that are kept");
    }
}

#[test]
fn a_stranger_reads_the_golden_case_from_the_documents_alone() {
    let found = told(&kept("case"), PASSPHRASE);
    write_new("case.opened.json", &pretty(&found));
    let told: Json = serde_json::from_slice(&std::fs::read(folder().join("case.opened.json")).unwrap()).unwrap();
    assert_eq!(found, told);
    assert_eq!(found["objects"][0]["content"], hex(golden::EXHIBIT));
}

#[test]
fn the_golden_case_opens_and_is_whole() {
    for access in [Access::Read, Access::Write] {
        let vault = Vault::open(arc(&store_of(&kept("case"))), &words(), access, Ambient::system()).unwrap();
        assert_eq!(vault.findings(), []);
        assert!(check(&vault).iter().all(|f| f.status == Status::Proven), "{:?}", check(&vault));
        assert_eq!(vault.acts().unwrap().filter(|e| e.as_ref().unwrap().act().is_some()).count(), 8);
    }
}

#[test]
fn a_case_with_full_segments_is_read_by_the_vault_and_by_a_stranger() {
    if writing() && !folder().join("case-full").exists() {
        for (name, bytes) in golden::make_full() {
            write_new(&format!("case-full/{name}"), &bytes);
        }
    }
    let files = kept("case-full");
    let found = told(&files, PASSPHRASE);
    write_new("case-full.opened.json", &pretty(&found));
    let told: Json = serde_json::from_slice(&std::fs::read(folder().join("case-full.opened.json")).unwrap()).unwrap();
    assert_eq!(found, told);
    assert!(found["age_segments"].as_array().unwrap().len() > 1);
    for access in [Access::Read, Access::Write] {
        let vault = Vault::open(arc(&store_of(&files)), &words(), access, Ambient::system()).unwrap();
        assert!(check(&vault).iter().all(|f| f.status == Status::Proven), "{:?}", check(&vault));
        assert_eq!(vault.acts().unwrap().filter(|e| e.as_ref().unwrap().act().is_some()).count(), 14);
    }
}

fn as_json(vector: &Vector) -> Json {
    let changes: BTreeMap<_, _> = vector.changes.iter().map(|(n, b)| (n, b.as_ref().map(hex))).collect();
    json!({
        "why": vector.why, "changes": changes, "open": vector.open, "write": vector.write,
        "failed": vector.failed, "not_checked": vector.not_checked,
    })
}

/// The word for how an opening ended.
fn word(opened: &Result<Vault, VaultError>) -> &'static str {
    match opened {
        Ok(_) => "ok",
        Err(VaultError::Damaged { .. }) => "damaged",
        Err(VaultError::ReadOnlyLane { .. }) => "read-only",
        Err(VaultError::Version { .. }) => "version",
        Err(VaultError::Limit { .. }) => "limit",
        Err(VaultError::Store(e)) if e.is_missing() => "missing",
        Err(other) => panic!("{other}"),
    }
}

fn judge(name: &str, vector: &Json, golden: &Files) {
    let mut files = golden.clone();
    // The snapshot is disposable, and would keep a reader from what lies before it.
    files.retain(|name, _| !name.starts_with("index/"));
    for (file, bytes) in vector["changes"].as_object().unwrap() {
        match bytes.as_str() {
            Some(bytes) => files.insert(file.clone(), unhex(bytes)),
            None => files.remove(file),
        };
    }
    let open = |access| Vault::open(arc(&store_of(&files)), &words(), access, Ambient::system());
    let read = open(Access::Read);
    assert_eq!(word(&read), vector["open"], "{name}: {:?}", read.as_ref().err());
    assert_eq!(word(&open(Access::Write)), vector["write"], "{name} for writing");
    let Ok(vault) = read else { return };
    let findings: Vec<_> = vault.findings().iter().cloned().chain(check(&vault)).collect();
    let mut open_ends: Vec<_> = findings.iter().filter(|f| f.status == Status::NotChecked).map(|f| f.id).collect();
    open_ends.sort_unstable();
    open_ends.dedup();
    assert_eq!(json!(failed(&findings)), vector["failed"], "{name}: {findings:?}");
    assert_eq!(json!(open_ends), vector["not_checked"], "{name}: {findings:?}");
}

#[test]
fn each_fault_is_refused_as_its_vector_says() {
    let golden = kept("case");
    let made: BTreeMap<String, Vector> = reject::all(&golden);
    for (name, vector) in &made {
        write_new(&format!("{name}.json"), &pretty(&as_json(vector)));
    }
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if let Some(name) = name.strip_suffix(".json").filter(|n| !n.ends_with(".opened")) {
            let vector: Json = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
            found.insert(name.to_owned(), vector);
        }
    }
    assert_eq!(found.keys().collect::<Vec<_>>(), made.keys().collect::<Vec<_>>());
    for (name, vector) in &found {
        assert_eq!(*vector, as_json(&made[name]), "{name}");
        judge(name, vector, &golden);
    }
}
