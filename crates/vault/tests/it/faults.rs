//! I4: a crash at any write loses nothing acknowledged, and nothing is deleted.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::ops::Range;

use casemate_carve::Hint;
use casemate_ports::store::StoreError;
use casemate_proof::note::NoteKey;
use casemate_proof::tree::{prove_consistency, verify_consistency};
use casemate_proof::{Compartment, ObjectRoot, SubjectId};
use casemate_testkit::{Fault, FaultAt, MemoryStore};
use casemate_vault::acts::stored_object;
use casemate_vault::{Access, Receipt, SignedHead, Status, Vault, VaultError};

use crate::full::as_it_was_written;
use crate::kit::*;

/// Every kind of crash that a write can meet.
const FAULTS: [Fault; 6] = [
    Fault::Before,
    Fault::After,
    Fault::Torn { per_mille: 10 },
    Fault::Torn { per_mille: 500 },
    Fault::Torn { per_mille: 999 },
    Fault::Zeros,
];

/// What the person was told is safe.
#[derive(Default)]
struct Acknowledged {
    created: bool,
    exhibits: BTreeMap<ObjectRoot, Vec<u8>>,
    receipts: Vec<Receipt>,
    head: Option<SignedHead>,
}

/// The scripted session; it stops at the first error.
fn session(store: &MemoryStore, told: &mut Acknowledged) -> Result<(), VaultError> {
    let mut vault = create(store)?;
    // Every other commit begins a segment, and the one before is rewritten as an age file.
    vault.limit_segments_for_tests(4000);
    told.created = true;
    told.head = Some(vault.checkpoint()?);
    work(&mut vault, told, 1..4)?;
    vault.lock();
    let mut vault = open(store, Access::Write)?;
    vault.limit_segments_for_tests(4000);
    two_at_once(&mut vault, told)?;
    work(&mut vault, told, 100..101)
}

fn work(vault: &mut Vault, told: &mut Acknowledged, numbers: Range<u64>) -> Result<(), VaultError> {
    let person = SubjectId([u8::try_from(numbers.start).unwrap(); 32]);
    for n in numbers {
        let bytes = noise(20 + usize::try_from(n).unwrap() * 700, n);
        let object = vault.seal(&mut Cursor::new(bytes.clone()), Hint::Whole)?;
        let receipt = vault.append(seal_acts(&object, "a file", n))?;
        told.exhibits.insert(object.root(), bytes);
        told.receipts.push(receipt);
        told.head = Some(vault.checkpoint()?);
    }
    let receipt = vault.append(vec![note("person", Compartment::Identity, person, "Lin")])?;
    told.receipts.push(receipt);
    told.head = Some(vault.checkpoint()?);
    vault.seal(&mut Cursor::new(b"sealed, never appended".to_vec()), Hint::Whole)?;
    Ok(())
}

/// Two originals in one commit, as an intake seals them.
fn two_at_once(vault: &mut Vault, told: &mut Acknowledged) -> Result<(), VaultError> {
    let sources: Vec<_> = [500, 501].map(|n| (n, noise(900, n))).into();
    let mut acts = Vec::new();
    let mut roots = Vec::new();
    for (n, bytes) in sources {
        let object = vault.seal(&mut Cursor::new(bytes.clone()), Hint::Whole)?;
        acts.extend(seal_acts(&object, "one of two", n));
        roots.push((object.root(), bytes));
    }
    told.receipts.push(vault.append(acts)?);
    told.exhibits.extend(roots);
    told.head = Some(vault.checkpoint()?);
    Ok(())
}

/// After the crash: all that was told is there, the log extends the last head told, and writing goes on.
fn survives(store: &MemoryStore, told: &Acknowledged, case: &str) {
    let mut vault = match open(store, Access::Write) {
        Err(VaultError::NoCase) if !told.created => return,
        other => other.unwrap_or_else(|e| panic!("{case}: {e}")),
    };
    assert_eq!(failed(vault.findings()), Vec::<&str>::new(), "{case}");
    let (mut roots, mut objects) = (BTreeMap::new(), BTreeMap::new());
    for entry in vault.acts().unwrap() {
        let entry = entry.unwrap_or_else(|e| panic!("{case}: {e}"));
        roots.insert(entry.order.index, entry.root);
        objects.extend(entry.act().and_then(stored_object).map(|object| (object.root(), object)));
    }
    for receipt in &told.receipts {
        for (index, root) in (receipt.first..).zip(&receipt.roots) {
            assert_eq!(roots.get(&index), Some(root), "{case}: entry {index}");
        }
    }
    for (root, bytes) in &told.exhibits {
        let object = objects.get(root).unwrap_or_else(|| panic!("{case}: {root}"));
        let mut found = Vec::new();
        vault.read(object).unwrap().read_to_end(&mut found).unwrap();
        assert!(found == *bytes, "{case}: {root}");
    }
    extends(&vault, told, case);
    let findings = check(&vault);
    assert_eq!(failed(&findings), Vec::<&str>::new(), "{case}");
    let only_debris = |id| ["segment-tail-set-aside", "file-in-quarantine"].contains(&id);
    assert!(findings.iter().all(|f| f.status == Status::Proven || only_debris(f.id)), "{case}: {findings:?}");
    let root = add(&mut vault, b"life goes on", "after", 999, Hint::Whole).unwrap_or_else(|e| panic!("{case}: {e}"));
    vault.lock();
    let vault = open(store, Access::Write).unwrap();
    assert_eq!(bytes_of(&vault, &root).unwrap(), b"life goes on", "{case}");
}

/// The head now is consistent with the last head that was told.
fn extends(vault: &Vault, told: &Acknowledged, case: &str) {
    let Some(old) = &told.head else { return };
    let new = vault.checkpoint().unwrap();
    NoteKey::new(&casemate_proof::log::origin(&new.lane), vault.lane_keys().lane).unwrap();
    assert!(new.head.size >= old.head.size, "{case}");
    let proof = prove_consistency(old.head.size, new.head.size, &vault.tree(&vault.lane_id()).unwrap()).unwrap();
    verify_consistency((old.head.size, &old.head.root), (new.head.size, &new.head.root), &proof)
        .unwrap_or_else(|e| panic!("{case}: {e}"));
}

fn total_writes() -> u64 {
    let store = MemoryStore::new();
    session(&store, &mut Acknowledged::default()).unwrap();
    store.writes()
}

#[test]
fn a_crash_at_any_write_loses_nothing_acknowledged() {
    let total = total_writes();
    assert!(total > 60, "the session writes enough to be worth it: {total}");
    // Two halves at once: each fault is a case of its own.
    std::thread::scope(|scope| {
        for half in FAULTS.chunks(FAULTS.len() / 2) {
            scope.spawn(move || (0..total).for_each(|write| crash_at(write, half)));
        }
    });
}

fn crash_at(write: u64, faults: &[Fault]) {
    for fault in faults.iter().copied() {
        let store = MemoryStore::failing(FaultAt { write, fault });
        let mut told = Acknowledged::default();
        // A fault in what comes after the acknowledgement (a shelf, the snapshot) is no error.
        let _ = session(&store, &mut told);
        let case = format!("{fault:?} at write {write}: {}", store.trace().last().unwrap());
        let before = store.image().files();
        survives(&store.reopen(), &told, &case);
        nothing_deleted(&before, &store.image().files(), &case);
    }
}

/// Every file that was there is there, in its place or moved, with its bytes at the start of what it now holds; only
/// heads, ring pages and the disposable index are replaced.
fn nothing_deleted(before: &BTreeMap<String, Vec<u8>>, after: &BTreeMap<String, Vec<u8>>, case: &str) {
    let replaced = |name: &str| name.starts_with("keys/") || name.contains("/head-") || name.starts_with("index/");
    for (name, bytes) in before.iter().filter(|(name, _)| !replaced(name)) {
        let kept = after.get(name).is_some_and(|now| now.starts_with(bytes) || remade(name, bytes, after));
        let leaf = name.rsplit('/').next().unwrap();
        let moved = after.iter().any(|(other, now)| other.contains(leaf) && now == bytes);
        assert!(kept || moved, "{case}: {name} is gone");
    }
    for name in before.keys().filter(|name| replaced(name)) {
        assert!(after.contains_key(name), "{case}: {name} is gone");
    }
}

/// Whether a segment was superseded by an age file from which its bytes can be made again.
fn remade(name: &str, bytes: &[u8], after: &BTreeMap<String, Vec<u8>>) -> bool {
    name.contains("/segments/") && as_it_was_written(after, name) == bytes
}

#[test]
fn a_crash_during_recovery_is_recovered_from() {
    let total = total_writes();
    for write in (0..total).step_by(3) {
        let first = MemoryStore::failing(FaultAt { write, fault: Fault::Torn { per_mille: 500 } });
        let mut told = Acknowledged::default();
        let _ = session(&first, &mut told);
        let crashed = first.image();
        let probe = crashed.image();
        let _ = open(&probe, Access::Write);
        for again in 0..probe.writes() {
            for fault in [Fault::Before, Fault::After] {
                let store = crashed.image();
                store.plan(Some(FaultAt { write: again, fault }));
                let _ = open(&store, Access::Write);
                survives(&store.reopen(), &told, &format!("torn at {write}, then {fault:?} at {again} of recovery"));
            }
        }
    }
}

#[test]
fn a_full_disk_stops_with_nothing_lost() {
    for write in 0..total_writes() {
        let store = MemoryStore::failing(FaultAt { write, fault: Fault::Full });
        let mut told = Acknowledged::default();
        if let Err(error) = session(&store, &mut told) {
            assert!(matches!(error, VaultError::Store(StoreError::Full { .. })), "write {write}: {error}");
        }
        store.plan(None);
        survives(&store.reopen(), &told, &format!("full at {write}"));
    }
}

#[test]
fn a_vault_that_failed_to_write_writes_no_more() {
    let (store, mut vault) = fresh();
    store.plan(Some(FaultAt { write: 1, fault: Fault::Full }));
    let act = || vec![note("note", Compartment::Case, SubjectId([1; 32]), "n")];
    assert!(matches!(vault.append(act()), Err(VaultError::Store(StoreError::Full { .. }))));
    store.plan(None);
    assert!(matches!(vault.append(act()), Err(VaultError::Stopped)));
    assert!(matches!(vault.seal(&mut Cursor::new(vec![1]), Hint::Whole), Err(VaultError::Stopped)));
    drop(vault);
    open(&store, Access::Write).unwrap().append(act()).unwrap();
}

#[test]
fn sealing_that_finds_the_disk_full_leaves_the_vault_in_use() {
    let (store, mut vault) = fresh();
    store.plan(Some(FaultAt { write: 1, fault: Fault::Full }));
    vault.seal(&mut Cursor::new(noise(100_000, 1)), Hint::Whole).unwrap_err();
    store.plan(None);
    let root = add(&mut vault, b"smaller", "s", 1, Hint::Whole).unwrap();
    assert_eq!(bytes_of(&vault, &root).unwrap(), b"smaller");
}

#[test]
fn staged_objects_without_an_act_go_to_quarantine() {
    let (store, mut vault) = fresh();
    vault.seal(&mut Cursor::new(b"left".to_vec()), Hint::Whole).unwrap();
    drop(vault);
    open(&store, Access::Read).unwrap();
    assert_eq!(store.files().keys().filter(|n| n.contains("/staged/")).count(), 1, "a reader moves nothing");
    let vault = open(&store, Access::Write).unwrap();
    assert_eq!(store.files().keys().filter(|n| n.starts_with("quarantine/")).count(), 1);
    assert!(check(&vault).iter().any(|f| f.id == "file-in-quarantine" && f.status == Status::NotChecked));
}
