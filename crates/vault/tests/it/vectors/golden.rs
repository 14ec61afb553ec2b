//! The golden case: made with a fixed clock and fixed randomness, kept in `tests/vectors/vault/case`.
//!
//! Keeps: what the vault draws from its `Random` is the same at each making. `age` draws from the system, so its files
//! (passphrase, objects) are taken from the kept case and compared by content.
//! Does not know: formats.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use casemate_carve::Hint;
use casemate_proof::digest::sha256;
use casemate_proof::{Compartment, SubjectId};
use casemate_testkit::MemoryStore;
use casemate_vault::acts::SealAct;
use casemate_vault::{Access, Ambient, Clock, Kdf, Passphrase, Random, StoredObject, Vault, VaultError};

use super::stranger::Files;
use crate::kit::{arc, note, seal_acts};

pub const PASSPHRASE: &str = "granite lantern seven";
/// Enough for a vector; a real case has 18.
pub const VECTOR_LOG_N: u8 = 10;
pub const EXHIBIT: &[u8] = b"He called again.\nHe said: come home, and it ends.\n";
/// 2026-01-01T00:00:00Z.
const NOW_MS: u64 = 1_767_225_600_000;

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/vault")
}

struct Fixed {
    stream: &'static str,
    blocks: u64,
    left: Vec<u8>,
}

impl Random for Fixed {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), VaultError> {
        for byte in bytes {
            if self.left.is_empty() {
                let block = sha256(&[b"casemate vault vectors\0", self.stream.as_bytes(), &self.blocks.to_be_bytes()]);
                self.left = block.0.to_vec();
                self.blocks += 1;
            }
            *byte = self.left.remove(0);
        }
        Ok(())
    }
}

impl Clock for Fixed {
    fn now_ms(&self) -> u64 {
        NOW_MS
    }
}

/// Randomness and time of a making; another name, another stream.
pub fn ambient(stream: &'static str) -> Ambient {
    let fixed = || Fixed { stream, blocks: 0, left: Vec::new() };
    Ambient { clock: Box::new(fixed()), random: Box::new(fixed()) }
}

pub fn words() -> Passphrase {
    Passphrase::new(PASSPHRASE)
}

/// The files of a kept case.
pub fn kept(case: &str) -> Files {
    let root = folder().join(case);
    let mut files = Files::new();
    let mut folders = vec![root.clone()];
    while let Some(dir) = folders.pop() {
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
                files.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    files
}

pub fn store_of(files: &Files) -> MemoryStore {
    let store = MemoryStore::new();
    for (name, bytes) in files {
        store.tamper(name, Some(bytes.clone()));
    }
    store
}

/// Where the exhibit comes from: sealed now, or taken from the kept case with what sealing would have drawn.
fn exhibit(vault: &mut Vault, store: &MemoryStore, kept: Option<&Files>) -> StoredObject {
    let Some(files) = kept else {
        return vault.seal(&mut Cursor::new(EXHIBIT.to_vec()), Hint::Lines).unwrap();
    };
    let old = Vault::open(arc(&store_of(files)), &words(), Access::Read, Ambient::system()).unwrap();
    let seal = old.acts().unwrap().find_map(|e| SealAct::from_act(e.unwrap().act()?)).unwrap();
    let object = seal.object;
    let key: [u8; 32] = vault.draw().unwrap();
    let (file, oid): ([u8; 16], [u8; 32]) = (vault.draw().unwrap(), vault.draw().unwrap());
    assert_eq!((object.key.as_bytes(), object.file.0, object.record.oid().0), (&key, file, oid));
    let id = object.file.to_string();
    let staged = format!("lanes/{}/staged/{id}", vault.lane_id());
    store.tamper(&staged, Some(files[&format!("objects/{}/{id}", &id[..2])].clone()));
    object
}

/// Makes a case with full segments. `age` draws for them from the system: it is made once and kept.
pub fn make_full() -> Files {
    let store = MemoryStore::new();
    let kdf = Kdf::weak_for_tests(VECTOR_LOG_N);
    let mut vault = Vault::create(arc(&store), &words(), kdf, "owner", ambient("full")).unwrap();
    vault.limit_segments_for_tests(2000);
    for n in 0..6 {
        vault.append(vec![note("note", Compartment::Press, SubjectId([7; 32]), &format!("note {n}"))]).unwrap();
    }
    vault.lock();
    store.files()
}

/// Makes the golden case: created; an exhibit; a note and an act of a kind that nobody knows.
pub fn make(kept: Option<&Files>) -> Files {
    let store = MemoryStore::new();
    let kdf = Kdf::weak_for_tests(VECTOR_LOG_N);
    let mut vault = Vault::create(arc(&store), &words(), kdf, "owner", ambient("case")).unwrap();
    let object = exhibit(&mut vault, &store, kept);
    vault.append(seal_acts(&object, "call.txt", 1)).unwrap();
    let mut later = note("letter-from-later", Compartment::Case, SubjectId([7; 32]), "nobody knows this kind yet");
    later.version = 3;
    vault.append(vec![note("note", Compartment::Press, SubjectId([7; 32]), "for the press"), later]).unwrap();
    vault.lock();
    store.files()
}
