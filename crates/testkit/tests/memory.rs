//! The store in memory conforms, and fails as it is told.
#![allow(clippy::unwrap_used)]

use std::io::Write;
use std::sync::Arc;

use casemate_ports::store::{BlobStore, CaseStore, LaneStore, SmallStore, StoreError, StoreName};
use casemate_testkit::{Fault, FaultAt, MemoryStore, conformance};

fn name(s: &str) -> StoreName {
    StoreName::new(s).unwrap()
}

#[test]
fn conforms() {
    let store = MemoryStore::new();
    conformance::check_store(&|| -> Arc<dyn CaseStore> { Arc::new(store.clone()) });
}

#[test]
fn a_fault_kills_the_process_and_leaves_what_was_planned() {
    for (fault, left) in [
        (Fault::Before, "one"),
        (Fault::After, "onetwo"),
        (Fault::Torn { per_mille: 700 }, "onetw"),
        (Fault::Zeros, "one\0\0\0"),
    ] {
        let store = MemoryStore::failing(FaultAt { write: 2, fault });
        let mut lane = store.appender(&name("lanes/a"), true).unwrap();
        lane.append(b"one").unwrap();
        lane.append(b"two").unwrap_err();
        lane.append(b"three").unwrap_err();
        store.small(&name("lanes/a")).unwrap_err();
        let next = store.reopen();
        assert_eq!(next.small(&name("lanes/a")).unwrap(), left.as_bytes(), "{fault:?}");
        lane.append(b"from the grave").unwrap_err();
        next.replace(&name("b"), b"1").unwrap();
    }
}

#[test]
fn bytes_that_were_not_synced_may_be_lost() {
    let store = MemoryStore::failing(FaultAt { write: 2, fault: Fault::Before });
    let mut blob = store.stage(&name("o/a")).unwrap();
    blob.write_all(b"abc").unwrap();
    blob.finish().unwrap_err();
    assert_eq!(store.reopen().small(&name("o/a")).unwrap(), b"");
}

#[test]
fn a_full_disk_refuses_and_lives_on() {
    let store = MemoryStore::failing(FaultAt { write: 1, fault: Fault::Full });
    store.replace(&name("a"), b"1").unwrap();
    assert!(matches!(store.replace(&name("a"), b"2"), Err(StoreError::Full { .. })));
    assert!(matches!(store.replace(&name("b"), b"2"), Err(StoreError::Full { .. })));
    assert_eq!(store.small(&name("a")).unwrap(), b"1");
    store.plan(None);
    store.replace(&name("b"), b"2").unwrap();
}
