//! What the tests share: a weak passphrase file, small sources, acts.

use std::io::{Cursor, Read};
use std::sync::Arc;

use casemate_carve::Hint;
use casemate_ports::store::CaseStore;
use casemate_proof::{Act, Compartment, ObjectRoot, SubjectId, Value};
use casemate_testkit::MemoryStore;
use casemate_vault::acts::{ExhibitAct, SealAct, subject_of};
use casemate_vault::{Access, Ambient, Finding, Kdf, Passphrase, Status, StoredObject, Vault, VaultError};

pub const WEAK: Kdf = Kdf::weak_for_tests(1);

pub fn words() -> Passphrase {
    Passphrase::new("granite lantern seven")
}

pub fn arc(store: &MemoryStore) -> Arc<dyn CaseStore> {
    Arc::new(store.clone())
}

pub fn create(store: &MemoryStore) -> Result<Vault, VaultError> {
    Vault::create(arc(store), &words(), WEAK, "owner", Ambient::system())
}

pub fn open(store: &MemoryStore, access: Access) -> Result<Vault, VaultError> {
    Vault::open(arc(store), &words(), access, Ambient::system())
}

/// A case that is made once and copied: unlocking is not what most tests look at.
pub fn fresh() -> (MemoryStore, Vault) {
    let store = MemoryStore::new();
    let vault = create(&store).unwrap();
    (store, vault)
}

pub fn noise(len: usize, seed: u64) -> Vec<u8> {
    let mut x = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    (0..len)
        .map(|_| {
            x ^= x << 13;
            x ^= x >> 7;
            x ^= x << 17;
            (x >> 32) as u8
        })
        .collect()
}

pub fn seal_acts(object: &StoredObject, name: &str, number: u64) -> Vec<Act> {
    let seal = SealAct { name: name.to_owned(), source: Value::Null, object: object.clone(), at_ms: 1 };
    let exhibit = ExhibitAct { number, kind: "other".to_owned(), root: object.root() };
    vec![seal.to_act(), exhibit.to_act()]
}

/// Seals bytes and commits them as an exhibit.
pub fn add(vault: &mut Vault, bytes: &[u8], name: &str, number: u64, hint: Hint) -> Result<ObjectRoot, VaultError> {
    let object = vault.seal(&mut Cursor::new(bytes.to_vec()), hint)?;
    vault.append(seal_acts(&object, name, number))?;
    Ok(object.root())
}

pub fn note(kind: &str, compartment: Compartment, subject: SubjectId, text: &str) -> Act {
    let mut act = Act::new(kind, compartment, subject);
    act.fields[0] = Value::from(text);
    act
}

pub fn about(root: &ObjectRoot) -> SubjectId {
    subject_of(root)
}

pub fn bytes_of(vault: &Vault, root: &ObjectRoot) -> Result<Vec<u8>, VaultError> {
    let mut out = Vec::new();
    vault.read(&vault.find(root)?)?.read_to_end(&mut out).map_err(VaultError::Source)?;
    Ok(out)
}

pub fn failed(findings: &[Finding]) -> Vec<&'static str> {
    let mut ids: Vec<_> = findings.iter().filter(|f| f.status == Status::Failed).map(|f| f.id).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

pub fn check(vault: &Vault) -> Vec<Finding> {
    vault.verify(|_, _| {}).unwrap()
}
