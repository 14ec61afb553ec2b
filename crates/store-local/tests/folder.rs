//! The local store keeps what the ports promise: the conformance suite of `casemate-testkit`, and what only a folder has.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use casemate_ports::store::{CaseStore, LockStore, SmallStore, StoreError, StoreName};
use casemate_store_local::{LocalStore, Surroundings, surroundings};

fn name(s: &str) -> StoreName {
    StoreName::new(s).unwrap()
}

#[test]
fn conforms() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("case");
    LocalStore::create(&root).unwrap();
    let open = || -> Arc<dyn CaseStore> { Arc::new(LocalStore::open(&root).unwrap()) };
    casemate_testkit::conformance::check_store(&open);
}

#[test]
fn a_folder_with_something_in_it_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("letter.txt"), b"mine").unwrap();
    assert!(matches!(LocalStore::create(dir.path()), Err(StoreError::Exists { .. })));
    assert_eq!(std::fs::read(dir.path().join("letter.txt")).unwrap(), b"mine");
    assert!(matches!(LocalStore::open(&dir.path().join("none")), Err(StoreError::Missing { .. })));
    assert!(matches!(LocalStore::open(&dir.path().join("letter.txt")), Err(StoreError::Missing { .. })));
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("case");
    let store = LocalStore::create(&root).unwrap();
    store.replace(&name("keys/x"), b"1").unwrap();
    let mode = |p: &str| std::fs::metadata(root.join(p)).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(""), mode("keys"), mode("keys/x")), (0o700, 0o700, 0o600));
}

#[test]
fn a_lock_is_free_again_after_its_holder() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("case");
    let one = LocalStore::create(&root).unwrap();
    let two = LocalStore::open(&root).unwrap();
    let held = one.lock(&name("lanes/x/lock")).unwrap();
    assert!(matches!(two.lock(&name("lanes/x/lock")), Err(StoreError::Locked { .. })));
    drop(held);
    two.lock(&name("lanes/x/lock")).unwrap();
}

/// Between `fork` and `exec` a child holds every file of its parent, the lock's too: what gives a lock back must not wait for that.
#[cfg(unix)]
#[test]
fn a_lock_is_free_again_while_other_programs_are_started() {
    let dir = tempfile::tempdir().unwrap();
    let store = LocalStore::create(&dir.path().join("case")).unwrap();
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(std::sync::atomic::Ordering::Relaxed) {
                std::process::Command::new("true").status().unwrap();
            }
        });
        let held = (0..20_000).map(|_| store.lock(&name("lanes/x/lock")).map(drop));
        let busy = held.filter(Result::is_err).count();
        done.store(true, std::sync::atomic::Ordering::Relaxed);
        assert_eq!(busy, 0);
    });
}

#[test]
fn a_synced_folder_is_told() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join(".stfolder")).unwrap();
    let root = dir.path().join("a/case");
    LocalStore::create(&root).unwrap();
    assert!(surroundings(&root).contains(&Surroundings::Synced));
}
