//! What every store must do, whatever it is made of.
//!
//! Keeps: one suite for all stores. Deliberately does not know: which store it is given.

use std::io::{Read, Seek, SeekFrom, Write};
use std::sync::Arc;

use casemate_ports::store::{CaseStore, MAX_SMALL_FILE, StoreError, StoreName};

fn name(s: &str) -> StoreName {
    StoreName::new(s).unwrap()
}

fn whole(store: &dyn CaseStore, at: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    store.open(&name(at)).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

/// Runs the suite; `open` opens the same, at first empty, place each time.
///
/// # Panics
/// Where the store breaks a promise.
pub fn check_store(open: &dyn Fn() -> Arc<dyn CaseStore>) {
    objects(open);
    moves(open);
    segments(open);
    small_files(open);
    locks(open);
}

fn objects(open: &dyn Fn() -> Arc<dyn CaseStore>) {
    let store = open();
    assert!(matches!(store.open(&name("objects/aa/none")), Err(StoreError::Missing { .. })));
    assert_eq!(store.list(&name("objects")).unwrap(), []);
    let mut blob = store.stage(&name("staged/x/one")).unwrap();
    blob.write_all(b"hello ").unwrap();
    blob.write_all(&[7; 600_000]).unwrap();
    assert!(matches!(store.stage(&name("staged/x/one")), Err(StoreError::Exists { .. })));
    blob.finish().unwrap();
    // It can be read at once, and by everybody when it is settled.
    assert_eq!(whole(&*store, "staged/x/one").len(), 600_006);
    store.settle().unwrap();
    store.settle().unwrap();
    let again = open();
    let mut read = again.open(&name("staged/x/one")).unwrap();
    read.seek(SeekFrom::Start(5)).unwrap();
    let mut two = [0; 2];
    read.read_exact(&mut two).unwrap();
    assert_eq!(two, [b' ', 7]);
    assert_eq!(read.seek(SeekFrom::End(0)).unwrap(), 600_006);
    let listed = again.list(&name("staged")).unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!((listed[0].name.as_str(), listed[0].size), ("staged/x/one", 600_006));
}

fn moves(open: &dyn Fn() -> Arc<dyn CaseStore>) {
    let store = open();
    store.publish(&name("staged/x/one"), &name("objects/on/one")).unwrap();
    assert!(matches!(store.open(&name("staged/x/one")), Err(StoreError::Missing { .. })));
    assert_eq!(whole(&*store, "objects/on/one").len(), 600_006);
    store.stage(&name("staged/x/two")).unwrap().finish().unwrap();
    let taken = store.publish(&name("staged/x/two"), &name("objects/on/one"));
    assert!(matches!(taken, Err(StoreError::Exists { .. })));
    assert_eq!(whole(&*store, "objects/on/one").len(), 600_006);
    assert!(matches!(store.publish(&name("staged/x/no"), &name("objects/a/b")), Err(StoreError::Missing { .. })));
    store.stage(&name("staged/x/new")).unwrap().finish().unwrap();
    store.settle().unwrap();
    store.supersede(&name("staged/x/new"), &name("objects/on/one")).unwrap();
    assert_eq!(whole(&*open(), "objects/on/one"), b"");
    assert!(matches!(store.open(&name("staged/x/new")), Err(StoreError::Missing { .. })));
    for (from, to) in [("staged/x/new", "objects/on/one"), ("staged/x/two", "objects/on/two")] {
        assert!(matches!(store.supersede(&name(from), &name(to)), Err(StoreError::Missing { .. })));
    }
    let first = store.quarantine(&name("staged/x/two")).unwrap();
    store.stage(&name("staged/x/two")).unwrap().finish().unwrap();
    let second = store.quarantine(&name("staged/x/two")).unwrap();
    assert_ne!(first, second);
    let kept: Vec<_> = open().list(&name("quarantine")).unwrap().into_iter().map(|l| l.name).collect();
    assert_eq!(kept, [first, second]);
    assert!(matches!(store.quarantine(&name("staged/x/two")), Err(StoreError::Missing { .. })));
}

fn segments(open: &dyn Fn() -> Arc<dyn CaseStore>) {
    let store = open();
    let at = name("lanes/l/seg");
    assert!(matches!(store.appender(&at, false), Err(StoreError::Missing { .. })));
    let mut lane = store.appender(&at, true).unwrap();
    assert!(matches!(store.appender(&at, true), Err(StoreError::Exists { .. })));
    lane.append(b"ab").unwrap();
    assert_eq!(whole(&*open(), "lanes/l/seg"), b"ab");
    lane.append(b"cd").unwrap();
    drop(lane);
    open().appender(&at, false).unwrap().append(b"ef").unwrap();
    assert_eq!(whole(&*open(), "lanes/l/seg"), b"abcdef");
}

fn small_files(open: &dyn Fn() -> Arc<dyn CaseStore>) {
    let store = open();
    let at = name("keys/k");
    assert!(matches!(store.small(&at), Err(StoreError::Missing { .. })));
    store.replace(&at, b"a longer first version").unwrap();
    store.replace(&at, b"second").unwrap();
    assert_eq!(open().small(&at).unwrap(), b"second");
    store.replace(&name("keys/large"), &vec![1; usize::try_from(MAX_SMALL_FILE).unwrap() + 1]).unwrap();
    assert!(matches!(store.small(&name("keys/large")), Err(StoreError::TooLarge { .. })));
    let listed: Vec<_> = store.list(&name("keys")).unwrap().into_iter().map(|l| l.name.to_string()).collect();
    assert_eq!(listed, ["keys/k", "keys/large"]);
}

fn locks(open: &dyn Fn() -> Arc<dyn CaseStore>) {
    let (one, two) = (open(), open());
    let held = one.lock(&name("lanes/l/lock")).unwrap();
    assert!(matches!(two.lock(&name("lanes/l/lock")), Err(StoreError::Locked { .. })));
    two.lock(&name("lanes/m/lock")).unwrap();
    drop(held);
    two.lock(&name("lanes/l/lock")).unwrap();
}
