//! Lanes, commits, maps and census: what follows, and what does not.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::needless_range_loop,
    clippy::single_range_in_vec_init
)]

use casemate_proof::act::*;
use casemate_proof::log::*;
use casemate_proof::tree::{StoredNodes, prove_inclusion};
use casemate_proof::*;
use std::collections::BTreeMap;

const CASE: CaseId = CaseId([0xca; 32]);

struct Lane {
    state: LaneState,
    nodes: StoredNodes,
    clocks: BTreeMap<(LaneId, u64), u64>,
    count: u8,
}

fn key(seed: u8) -> SecretKey {
    SecretKey::from_seed(&[seed; 32])
}

fn grant(seed: u8) -> SignedGrant {
    let keys = LaneKeys { lane: key(seed).public(), ssh: key(seed + 1).public(), disclosure: key(seed + 2).public() };
    Grant { case: CASE, keys, role: "owner".into() }.sign(&key(200)).unwrap()
}

fn sealed(act: Act, seed: u8) -> SealedAct {
    SealedAct::new(act, Oid([seed; 32]), ObjectKey::new([seed ^ 0xff; 32])).unwrap()
}

impl Lane {
    fn new(seed: u8) -> Self {
        let signed = grant(seed);
        let mut state = LaneState::new(CASE, signed.grant.lane());
        let mut nodes = StoredNodes::new();
        let act = sealed(signed.to_act(), seed);
        state
            .push_lane_act(&act.root(), &act.act, &key(200).public(), |n| {
                if n.level == 0 {
                    nodes.push(n.hash)
                }
            })
            .unwrap();
        Self { state, nodes, clocks: BTreeMap::new(), count: seed }
    }

    fn push(&mut self) {
        self.count += 1;
        let act = Act::new("note", Compartment::Case, SubjectId(CASE.0));
        let nodes = &mut self.nodes;
        self.state
            .push(&sealed(act, self.count).root(), |n| {
                if n.level == 0 {
                    nodes.push(n.hash)
                }
            })
            .unwrap();
    }

    fn commit(&mut self, seen: &[&Lane]) -> CommitAct {
        let clocks: BTreeMap<_, _> =
            seen.iter().map(|l| ((*l.state.lane(), l.state.head().size), l.state.lamport())).collect();
        let seen = seen.iter().map(|l| (*l.state.lane(), l.state.head())).collect();
        let lookup = |lane: &LaneId, head: &Head| {
            clocks.get(&(*lane, head.size)).copied().map(Some).ok_or(LogError::SeenUnknown(*lane))
        };
        let commit = self.state.next_commit(seen, &lookup).unwrap();
        self.count += 1;
        let act = sealed(commit.to_act(&CASE).unwrap(), self.count);
        assert_eq!(CommitAct::from_act(&act.act).unwrap(), commit);
        let nodes = &mut self.nodes;
        let checked = self
            .state
            .push_commit(&act.root(), &commit, &lookup, |n| {
                if n.level == 0 {
                    nodes.push(n.hash)
                }
            })
            .unwrap();
        assert_eq!(checked, Lamport::Checked);
        self.clocks.insert((*self.state.lane(), self.state.head().size), commit.lamport);
        commit
    }
}

fn nothing(lane: &LaneId, _: &Head) -> Result<Option<u64>, LogError> {
    Err(LogError::SeenUnknown(*lane))
}

#[test]
fn two_lanes_see_each_other() {
    let (mut a, mut b) = (Lane::new(1), Lane::new(50));
    assert_eq!(a.commit(&[]).lamport, 1);
    a.push();
    a.push();
    let second = a.commit(&[]);
    assert_eq!((second.lamport, second.count), (2, 3));
    let joined = b.commit(&[&a]);
    assert_eq!((joined.lamport, joined.count), (3, 2));
    let back = a.commit(&[&b]);
    assert_eq!(back.lamport, 4);
    assert_eq!(a.nodes.frontier().root(), a.state.head().root);

    // The state goes on from its bytes.
    let again = LaneState::decode(&a.state.encode()).unwrap();
    assert_eq!(again, a.state);
    let bytes = a.state.encode();
    for cut in 0..bytes.len() {
        assert!(LaneState::decode(&bytes[..cut]).is_err());
    }

    // An entry of b is reached through what a has seen.
    let head = b.state.head();
    let mut heads = back.seen.clone();
    heads.insert(*a.state.lane(), Head { size: 5, root: tree::root_at(5, &a.nodes).unwrap() });
    let map = Map::of_lanes(&heads);
    assert_eq!(map.root(), back.map_root);
    let (_, proof) = map.row(&b.state.lane().0).unwrap();
    let entry = tree::ReadNode::node(&b.nodes, 0, 0).unwrap();
    let path = prove_inclusion(0, head.size, &b.nodes).unwrap();
    verify_in_seen((0, &entry, &path), (b.state.lane(), &head), &proof, &back.map_root).unwrap();
    let other = Head { size: head.size, root: Hash([0; 32]) };
    assert!(verify_in_seen((0, &entry, &path), (b.state.lane(), &other), &proof, &back.map_root).is_err());
    assert!(verify_in_seen((0, &entry, &path), (a.state.lane(), &head), &proof, &back.map_root).is_err());
}

#[test]
fn a_commit_that_does_not_follow_is_refused() {
    let (mut a, mut b) = (Lane::new(1), Lane::new(50));
    a.commit(&[]);
    b.commit(&[&a]);
    a.commit(&[&b]);
    a.push();
    let known = |_: &LaneId, _: &Head| Ok(Some(2));
    let good = a.state.next_commit(a.state.seen().clone(), &known).unwrap();
    let refused = |change: &dyn Fn(&mut CommitAct)| {
        let mut commit = good.clone();
        change(&mut commit);
        let mut state = a.state.clone();
        let error = state.push_commit(&ObjectRoot([1; 32]), &commit, &known, |_| {}).unwrap_err();
        assert_eq!(state, a.state);
        error
    };
    assert_eq!(good.lamport, 4);
    assert_eq!(refused(&|c| c.lamport = 5), LogError::Lamport { found: 5, expected: 4 });
    assert_eq!(refused(&|c| c.lamport = 3), LogError::Lamport { found: 3, expected: 4 });
    assert_eq!(refused(&|c| c.count = 1), LogError::Count { found: 1, expected: 2 });
    assert_eq!(refused(&|c| c.map_root = Hash([0; 32])), LogError::MapRoot);
    assert_eq!(refused(&|c| c.seen.clear()), LogError::SeenBack(*b.state.lane()));
    let own = *a.state.lane();
    assert_eq!(
        refused(&|c| c.seen.insert(own, Head { size: 1, root: Hash([0; 32]) }).map_or((), |_| ())),
        LogError::SeenSelf
    );
    assert_eq!(refused(&|c| c.seen.values_mut().for_each(|h| h.root.0[0] ^= 1)), LogError::SeenBack(*b.state.lane()));
    assert_eq!(refused(&|c| c.seen.values_mut().for_each(|h| h.size -= 1)), LogError::SeenBack(*b.state.lane()));

    let mut state = a.state.clone();
    assert!(matches!(state.push_commit(&ObjectRoot([1; 32]), &good, &nothing, |_| {}), Err(LogError::SeenUnknown(_))));
    let unknown = |_: &LaneId, _: &Head| Ok(None);
    assert_eq!(state.push_commit(&ObjectRoot([1; 32]), &good, &unknown, |_| {}), Ok(Lamport::NotChecked));
    let mut open = a.state.clone();
    open.push(&ObjectRoot([2; 32]), |_| {}).unwrap();
    assert_eq!(open.finish(), Err(LogError::Uncommitted(2)));
}

#[test]
fn a_lane_begins_with_its_grant() {
    let signed = grant(1);
    let lane = signed.grant.lane();
    let owner = key(200).public();
    let act = sealed(signed.to_act(), 1);
    let begin = |case, lane, act: &Act, owner: &PublicKey| {
        LaneState::new(case, lane).push_lane_act(&ObjectRoot([1; 32]), act, owner, |_| {}).map(|_| ())
    };
    assert_eq!(begin(CASE, lane, &act.act, &owner), Ok(()));
    assert_eq!(begin(CaseId([1; 32]), lane, &act.act, &owner), Err(LogError::Grant));
    assert_eq!(begin(CASE, LaneId([1; 32]), &act.act, &owner), Err(LogError::Grant));
    assert_eq!(begin(CASE, lane, &act.act, &key(201).public()), Err(LogError::Owner));
    let mut forged = signed.clone();
    forged.grant.role = "counsel".into();
    assert!(matches!(begin(CASE, lane, &forged.to_act(), &owner), Err(LogError::Key(_))));
    let note = Act::new("note", Compartment::Case, SubjectId(CASE.0));
    assert_eq!(begin(CASE, lane, &note, &owner), Err(LogError::NoLaneAct));
    let mut later = act.act.clone();
    later.version = 2;
    assert_eq!(begin(CASE, lane, &later, &owner), Err(LogError::NoLaneAct));
    assert_eq!(LaneState::new(CASE, lane).push(&ObjectRoot([1; 32]), |_| {}), Err(LogError::NoLaneAct));
    let keys = signed.grant.keys;
    for role in ["", "a\nb", &"x".repeat(65)] {
        assert_eq!(Grant { case: CASE, keys, role: role.into() }.sign(&key(200)), Err(LogError::Role));
    }
}

#[test]
fn heads_that_no_lane_has_both_are_a_fork() {
    let mut a = Lane::new(1);
    a.commit(&[]);
    let old = a.state.head();
    a.push();
    a.commit(&[]);
    let new = a.state.head();
    assert_eq!(compare_heads(&old, &new, &a.nodes), Comparison::Extends);
    assert_eq!(compare_heads(&new, &old, &a.nodes), Comparison::ExtendedBy);
    assert_eq!(compare_heads(&new, &new, &a.nodes), Comparison::Same);
    let other = Head { size: old.size, root: Hash([9; 32]) };
    assert_eq!(compare_heads(&other, &old, &a.nodes), Comparison::Forked);
    assert_eq!(compare_heads(&other, &new, &a.nodes), Comparison::Forked);
    let unknown = Head { size: new.size, root: Hash([9; 32]) };
    assert_eq!(compare_heads(&old, &unknown, &a.nodes), Comparison::NotShown);
}

#[test]
fn the_order_of_a_case_is_clock_lane_place() {
    let order = |lamport, lane, index| ActOrder { lamport, lane: LaneId([lane; 32]), index };
    let mut acts = [order(2, 0, 0), order(1, 9, 7), order(1, 9, 3), order(1, 2, 8)];
    acts.sort();
    assert_eq!(acts, [order(1, 2, 8), order(1, 9, 3), order(1, 9, 7), order(2, 0, 0)]);
}

#[test]
fn a_census_counts_what_speaks_of_an_object() {
    let mut census = Census::new();
    let root = |b| ObjectRoot([b; 32]);
    let mut act = Act::new("note", Compartment::Case, SubjectId(CASE.0));
    let order = |lamport, index| ActOrder { lamport, lane: LaneId([3; 32]), index };
    act.about = [root(1), root(2)].into();
    census.count(order(5, 9), &act);
    act.about = [root(1)].into();
    census.count(order(4, 2), &act);
    act.kind = COMMIT_KIND.into();
    census.count(order(9, 10), &act);
    let expected = CensusRow { count: 2, lane: LaneId([3; 32]), index: 9 };
    assert_eq!(census.row(&root(1)), Some(expected));
    assert_eq!(census.row(&root(3)), None);
    let map = census.map(&[7; 32]).unwrap();
    assert_eq!(map.rows().iter().map(|row| row.key.clone()).collect::<Vec<_>>(), [[1; 32], [2; 32]]);
    let (row, proof) = map.row(&root(1).0).unwrap();
    assert_eq!(CensusRow::from_value(&row.value), Some(expected));
    proof.verify(row, &map.root()).unwrap();
    for change in [0, 1, 2] {
        let mut forged = row.clone();
        match change {
            0 => forged.salt[0] ^= 1,
            1 => forged.key[0] ^= 1,
            _ => forged.value[7] ^= 1,
        }
        assert_eq!(proof.verify(&forged, &map.root()), Err(LogError::MapRow));
    }
    assert!(matches!(Map::new(vec![row.clone(), row.clone()]), Err(LogError::MapOrder)));
    let content = CensusAct { heads: Hash([1; 32]), rows: 2, root: map.root(), map_key: [7; 32] };
    assert_eq!(CensusAct::from_act(&content.to_act(&CASE)).unwrap(), content);
}
