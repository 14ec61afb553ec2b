//! More than one lane: two devices write one case, each sees the other, and both tell the same.

use std::collections::BTreeMap;
use std::io::Cursor;

use casemate_carve::Hint;
use casemate_proof::log::{ActOrder, CommitAct, Head, Map};
use casemate_proof::{Compartment, LaneId, SubjectId};
use casemate_testkit::{Fault, FaultAt, MemoryStore};
use casemate_vault::{Access, Ambient, Finding, Status, Vault, VaultError};

use crate::kit::*;

fn open_as(store: &MemoryStore, lane: LaneId, access: Access) -> Result<Vault, VaultError> {
    Vault::open_lane(arc(store), &words(), lane, access, Ambient::system())
}

fn say(vault: &mut Vault, text: &str) {
    vault.append(vec![note("note", Compartment::Case, SubjectId([1; 32]), text)]).unwrap();
}

/// A case with two lanes in which two devices wrote in turn: the founder's lane and the other.
fn two() -> (MemoryStore, LaneId, LaneId) {
    let (store, mut vault) = fresh();
    let one = vault.lane_id();
    say(&mut vault, "0");
    let two = vault.add_lane("counsel").unwrap();
    say(&mut vault, "1");
    vault.lock();
    for n in 2..10 {
        let mut vault = open_as(&store, if n % 2 == 0 { two } else { one }, Access::Write).unwrap();
        say(&mut vault, &n.to_string());
        if n % 3 == 0 {
            say(&mut vault, "again");
        }
        vault.lock();
    }
    (store, one, two)
}

/// Order and text of each act, as a fold sees them.
fn told(vault: &Vault) -> Vec<(ActOrder, String)> {
    let entries = vault.acts().unwrap().map(Result::unwrap);
    let text = |act: &casemate_proof::Act| match act.kind.as_str() {
        "note" => act.fields[0].as_text().unwrap().to_owned(),
        other => other.to_owned(),
    };
    entries.map(|e| (e.order, e.act().map(text).unwrap())).collect()
}

fn has(findings: &[Finding], id: &str, status: Status, lane: &LaneId) -> bool {
    findings.iter().any(|f| f.id == id && f.status == status && f.what.contains(&lane.to_string()))
}

fn all_findings(vault: &Vault) -> Vec<Finding> {
    vault.findings().iter().cloned().chain(check(vault)).collect()
}

#[test]
fn two_devices_that_write_in_turn_tell_one_story() {
    let (store, one, two) = two();
    let mut stories = Vec::new();
    for lane in [one, two] {
        for access in [Access::Read, Access::Write] {
            let vault = open_as(&store, lane, access).unwrap();
            assert_eq!((vault.lane_id(), vault.findings()), (lane, [].as_slice()));
            assert_eq!(vault.lanes().len(), 2);
            assert!(check(&vault).iter().all(|f| f.status == Status::Proven), "{:?}", check(&vault));
            stories.push(told(&vault));
        }
    }
    assert!(stories.iter().all(|story| *story == stories[0]), "whichever lane opens");
    assert_eq!(told(&open(&store, Access::Read).unwrap()), stories[0]);
    assert_eq!(open(&store, Access::Read).unwrap().lane_id(), one, "the lane that the case begins with");
    assert!(stories[0].iter().map(|(order, _)| order).is_sorted());
    let notes: Vec<_> = stories[0].iter().map(|(_, t)| t.as_str()).filter(|t| t.len() == 1).collect();
    assert_eq!(notes, ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], "what was seen comes first");
}

#[test]
fn commits_say_what_they_have_seen_as_the_format_says() {
    let (store, _, _) = two();
    let vault = open(&store, Access::Read).unwrap();
    let mut trees: BTreeMap<LaneId, casemate_proof::Frontier> = BTreeMap::new();
    let (mut heads, mut clocks) = (BTreeMap::<LaneId, Head>::new(), BTreeMap::<LaneId, u64>::new());
    let mut met = 0;
    for entry in vault.acts().unwrap() {
        let entry = entry.unwrap();
        let lane = entry.order.lane;
        let tree = trees.entry(lane).or_default();
        let before =
            heads.get(&lane).copied().unwrap_or(Head { size: 0, root: casemate_proof::Frontier::new().root() });
        tree.push(casemate_proof::log::entry_hash(&vault.case_id(), &lane, &entry.root), |_| {});
        let act = entry.act().unwrap();
        if act.kind != "commit" {
            continue;
        }
        let commit = CommitAct::from_act(act).unwrap();
        // Each device had the newest of the other before it when it opened the case.
        let mut map = heads.clone();
        map.remove(&lane);
        let begins = before.size == 0;
        if !begins || !commit.seen.is_empty() {
            met += 1;
            assert!(commit.seen.iter().all(|(other, head)| map[other] == *head), "seen heads are those of the logs");
        }
        let greatest = commit.seen.keys().map(|l| clocks[l]).chain(clocks.get(&lane).copied()).max().unwrap_or(0);
        assert!(commit.lamport > greatest || commit.seen.is_empty());
        let mut rows = commit.seen.clone();
        rows.insert(lane, before);
        assert_eq!(commit.map_root, Map::of_lanes(&rows).root());
        heads.insert(lane, Head { size: tree.size(), root: tree.root() });
        clocks.insert(lane, commit.lamport);
    }
    assert!(met > 10);
}

#[test]
fn two_devices_may_write_at_once() {
    let (store, one, two) = two();
    let mut a = open_as(&store, one, Access::Write).unwrap();
    let mut b = open_as(&store, two, Access::Write).unwrap();
    assert!(matches!(open_as(&store, two, Access::Write), Err(VaultError::Store(_))), "but one a lane");
    for n in 0..3 {
        say(&mut a, &format!("a{n}"));
        say(&mut b, &format!("b{n}"));
    }
    drop((a, b));
    let stories = [one, two].map(|lane| told(&open_as(&store, lane, Access::Read).unwrap()));
    assert_eq!(stories[0], stories[1]);
    let vault = open_as(&store, two, Access::Write).unwrap();
    assert!(all_findings(&vault).iter().all(|f| f.status == Status::Proven), "{:?}", all_findings(&vault));
}

#[test]
fn objects_of_another_lane_are_read() {
    let (store, one, two) = two();
    let mut b = open_as(&store, two, Access::Write).unwrap();
    let root = add(&mut b, b"sealed by counsel", "letter", 1, Hint::Whole).unwrap();
    b.seal(&mut Cursor::new(b"not yet said".to_vec()), Hint::Whole).unwrap();
    let a = open_as(&store, one, Access::Write).unwrap();
    assert_eq!(bytes_of(&a, &root).unwrap(), b"sealed by counsel");
    a.export_key(&a.find(&root).unwrap()).unwrap();
    assert!(store.files().keys().any(|n| n.contains("/staged/")), "what the other is sealing is left alone");
    drop(b);
    // Its shelf was not reached before a crash.
    let file = a.find(&root).unwrap().file.to_string();
    let (shelf, staged) = (format!("objects/{}/{file}", &file[..2]), format!("lanes/{two}/staged/{file}"));
    store.tamper(&staged, store.files().get(&shelf).cloned());
    store.tamper(&shelf, None);
    assert_eq!(bytes_of(&a, &root).unwrap(), b"sealed by counsel");
    a.export_key(&a.find(&root).unwrap()).unwrap();
}

fn segment_of(store: &MemoryStore, lane: &LaneId) -> String {
    store.files().keys().find(|n| n.starts_with(&format!("lanes/{lane}/segments/"))).unwrap().clone()
}

#[test]
fn a_damaged_lane_is_named_and_hides_nothing_of_the_others() {
    let (store, one, two) = two();
    let name = segment_of(&store, &two);
    let whole = store.files()[&name].clone();
    for at in [40, 700, whole.len() / 2, whole.len() - 1] {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        store.tamper(&name, Some(bytes));
        let image = store.image();
        let mut vault = open_as(&image, one, Access::Write).unwrap();
        // What lies before the other's snapshot is found by the check, as in the own lane.
        assert!(has(&all_findings(&vault), "lane-damaged", Status::Failed, &two), "byte {at}: {:?}", vault.findings());
        let told = has(vault.findings(), "lane-damaged", Status::Failed, &two);
        let mine = vault.acts().unwrap().filter_map(Result::ok).filter(|e| e.order.lane == one).count();
        assert_eq!(mine as u64, vault.checkpoint().unwrap().head.size);
        say(&mut vault, "and goes on");
        let findings = all_findings(&vault);
        assert!(has(&findings, "lane-consistent", Status::Proven, &one), "{findings:?}");
        drop(vault);
        assert!(!told || open_as(&image, two, Access::Write).is_err(), "it is not written");
    }
    store.tamper(&name, Some(whole));
    assert_eq!(open(&store, Access::Write).unwrap().findings(), []);
}

#[test]
fn a_lane_that_the_owner_did_not_grant_is_named_and_not_counted() {
    let (store, one, _) = two();
    let (foreign, _vault) = fresh();
    let other: LaneId = foreign.files().keys().find_map(|n| n.strip_prefix("lanes/")?.get(..64)?.parse().ok()).unwrap();
    for (name, bytes) in foreign.files().iter().filter(|(name, _)| name.starts_with("lanes/")) {
        store.tamper(name, Some(bytes.clone()));
    }
    store.tamper("lanes/what-is-this/segments/00000000", Some(vec![1]));
    let before = told(&open_as(&store, one, Access::Read).unwrap());
    let mut vault = open_as(&store, one, Access::Write).unwrap();
    assert!(has(vault.findings(), "lane-damaged", Status::Failed, &other), "{:?}", vault.findings());
    assert!(vault.findings().iter().any(|f| f.id == "lane-not-read" && f.what == "lanes/what-is-this"));
    assert_eq!(told(&vault), before);
    say(&mut vault, "nothing of it is seen");
    assert!(!vault.lanes().contains(&other));
}

#[test]
fn a_lane_that_went_back_or_away_is_named() {
    let (store, one, two) = two();
    let early = store.image();
    let mut vault = open_as(&store, two, Access::Write).unwrap();
    say(&mut vault, "soon forgotten");
    drop(vault);
    let mut vault = open_as(&store, one, Access::Write).unwrap();
    say(&mut vault, "I have seen it");
    drop(vault);
    let folder = format!("lanes/{two}/");
    for (name, bytes) in early.files().iter().filter(|(name, _)| name.starts_with(&folder)) {
        store.tamper(name, Some(bytes.clone()));
    }
    let mut vault = open_as(&store, one, Access::Write).unwrap();
    assert!(has(vault.findings(), "lane-behind", Status::Failed, &two), "{:?}", vault.findings());
    say(&mut vault, "seen never goes back");
    drop(vault);
    for name in store.files().keys().filter(|n| n.starts_with(&folder)) {
        store.tamper(name, None);
    }
    let mut vault = open_as(&store, one, Access::Write).unwrap();
    say(&mut vault, "alone");
    let findings = all_findings(&vault);
    assert!(has(&findings, "lane-not-at-hand", Status::NotChecked, &two), "{findings:?}");
    assert!(has(&findings, "clock-not-checked", Status::NotChecked, &one), "{findings:?}");
    assert_eq!(failed(&findings), Vec::<&str>::new());
}

#[test]
fn a_lane_that_tells_two_stories_is_named() {
    let (store, one, two) = two();
    let fork = store.image();
    for (disk, text) in [(&store, "to the one"), (&fork, "to the other")] {
        let mut vault = open_as(disk, two, Access::Write).unwrap();
        say(&mut vault, text);
    }
    let mut vault = open_as(&store, one, Access::Write).unwrap();
    say(&mut vault, "I have seen the one");
    drop(vault);
    let folder = format!("lanes/{two}/");
    let theirs = fork.files();
    // The whole lane in its other telling: seen by the one, equal in size.
    let image = store.image();
    for (name, bytes) in theirs.iter().filter(|(name, _)| name.starts_with(&folder)) {
        image.tamper(name, Some(bytes.clone()));
    }
    let vault = open_as(&image, one, Access::Read).unwrap();
    assert!(has(vault.findings(), "lane-forked", Status::Failed, &two), "{:?}", vault.findings());
    assert!(has(&check(&vault), "lane-forked", Status::Failed, &two));
    // Longer by now: only the full check sees it.
    let mut longer = open_as(&image, two, Access::Write).unwrap();
    say(&mut longer, "and goes on");
    drop(longer);
    let vault = open_as(&image, one, Access::Read).unwrap();
    assert!(has(&check(&vault), "lane-forked", Status::Failed, &two), "{:?}", check(&vault));
    // Its own head of the other telling: two signatures over two trees of one size.
    for slot in ["head-a", "head-b"] {
        let name = format!("{folder}{slot}");
        store.tamper(&name, theirs.get(&name).cloned());
    }
    let vault = open_as(&store, one, Access::Read).unwrap();
    assert!(has(&check(&vault), "lane-forked", Status::Failed, &two), "{:?}", check(&vault));
}

#[test]
fn a_crash_while_a_lane_is_added_leaves_the_case_as_it_was() {
    let session = |store: &MemoryStore| -> Result<LaneId, VaultError> {
        let mut vault = open(store, Access::Write)?;
        store.plan(None);
        vault.add_lane("counsel")
    };
    let (clean, mut vault) = fresh();
    say(&mut vault, "0");
    drop(vault);
    session(&clean).unwrap();
    let total = clean.writes();
    assert!(total > 3, "{total}");
    for write in 0..total {
        for fault in [Fault::Before, Fault::After, Fault::Torn { per_mille: 500 }, Fault::Zeros, Fault::Full] {
            let (store, mut vault) = fresh();
            say(&mut vault, "0");
            store.plan(Some(FaultAt { write, fault }));
            let added = vault.add_lane("counsel").is_ok();
            drop(vault);
            store.plan(None);
            let store = store.reopen();
            let case = format!("{fault:?} at write {write}");
            let mut vault = open(&store, Access::Write).unwrap_or_else(|e| panic!("{case}: {e}"));
            assert_eq!(failed(&all_findings(&vault)), Vec::<&str>::new(), "{case}: {:?}", all_findings(&vault));
            assert!(!added || vault.lanes().len() == 2, "{case}");
            say(&mut vault, "goes on");
            let two = vault.add_lane("counsel").unwrap_or_else(|e| panic!("{case}: {e}"));
            drop(vault);
            say(&mut open_as(&store, two, Access::Write).unwrap_or_else(|e| panic!("{case}: {e}")), "and I");
            assert_eq!(failed(&all_findings(&open(&store, Access::Read).unwrap())), Vec::<&str>::new(), "{case}");
        }
    }
}
