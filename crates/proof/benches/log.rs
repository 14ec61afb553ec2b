//! A log of a million acts: the tree work of an append, an inclusion proof made and checked, an older head checked
//! against the newest; each against its limit.
//!
//! `cargo bench -p casemate-proof --profile dev --bench log -- [ACTS]` (default 1,000,000).
//!
//! Keeps: prints, never fails on a time; a proof that doesn't hold ends it. Does not know: where nodes are stored.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints, and may end")]

use casemate_proof::log::{Comparison, Grant, Head, LaneKeys, LaneState, LogError, compare_heads, entry_hash};
use casemate_proof::tree::{
    StoredNode, StoredNodes, prove_consistency, prove_inclusion, root_at, verify_consistency, verify_inclusion,
};
use casemate_proof::{CaseId, Hash, LaneId, ObjectKey, ObjectRoot, Oid, SealedAct, SecretKey};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

const CASE: CaseId = CaseId([7; 32]);
const ROUNDS: u64 = 2_000;
const APPEND_LIMIT: Duration = Duration::from_millis(1);
const INCLUSION_LIMIT: Duration = Duration::from_millis(1);
const CONSISTENCY_LIMIT: Duration = Duration::from_millis(5);

/// Times of one kind of work.
struct Times(Vec<Duration>);

impl Times {
    fn of(mut work: impl FnMut(u64)) -> Self {
        let each = (0..ROUNDS).map(|n| {
            let began = Instant::now();
            work(n);
            began.elapsed()
        });
        let mut all: Vec<_> = each.collect();
        all.sort_unstable();
        Self(all)
    }

    fn print(&self, what: &str, limit: Duration) {
        let at = |share: usize| self.0[(self.0.len() - 1) * share / 100];
        let (median, most) = (at(50), at(99));
        let share = most.as_secs_f64() / limit.as_secs_f64();
        println!("{what}: median {median:.1?}, p99 {most:.1?}: {share:.4} of the limit of {limit:?}");
    }
}

fn root_of(n: u64) -> ObjectRoot {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&n.to_be_bytes());
    ObjectRoot(bytes)
}

/// Places all over the log: an odd step meets each residue.
fn place(n: u64, size: u64) -> u64 {
    n.wrapping_mul(0x9e37_79b9_7f4a_7c15) % size
}

struct Log {
    state: LaneState,
    nodes: StoredNodes,
    pushed: u64,
}

/// Leaves of the tree go to where the nodes are kept, which makes those above itself.
fn keep(nodes: &mut StoredNodes) -> impl FnMut(StoredNode) {
    |node: StoredNode| {
        if node.level == 0 {
            nodes.push(node.hash);
        }
    }
}

impl Log {
    fn new() -> Self {
        let key = |n| SecretKey::from_seed(&[n; 32]);
        let keys = LaneKeys { lane: key(1).public(), ssh: key(2).public(), disclosure: key(3).public() };
        let grant = Grant { case: CASE, keys, role: "owner".into() }.sign(&key(4)).unwrap();
        let act = SealedAct::new(grant.to_act(), Oid([5; 32]), ObjectKey::new([6; 32])).unwrap();
        let mut log = Self { state: LaneState::new(CASE, grant.grant.lane()), nodes: StoredNodes::new(), pushed: 0 };
        log.state.push_lane_act(&act.root(), &act.act, &key(4).public(), keep(&mut log.nodes)).unwrap();
        log
    }

    /// The tree work of one act: its entry, and the nodes that become complete.
    fn push(&mut self) {
        let root = root_of(self.pushed);
        self.pushed += 1;
        self.state.push(&root, keep(&mut self.nodes)).unwrap();
    }

    /// The tree work of a commit: the map of lanes, its entry, the new root.
    fn commit(&mut self) {
        let clocks = |_: &LaneId, _: &Head| -> Result<Option<u64>, LogError> { Ok(None) };
        let commit = self.state.next_commit(BTreeMap::new(), &clocks).unwrap();
        let root = root_of(u64::MAX - self.pushed);
        self.state.push_commit(&root, &commit, &clocks, keep(&mut self.nodes)).unwrap();
    }
}

fn main() {
    let mut given = std::env::args().skip(1).filter_map(|argument| argument.parse::<u64>().ok());
    let acts = given.next().unwrap_or(1_000_000);
    let mut log = Log::new();
    let began = Instant::now();
    while log.state.size() < acts {
        log.push();
    }
    log.commit();
    println!("{} entries in {:.1?}, {:.0} MB of nodes", log.state.size(), began.elapsed(), acts as f64 * 64.0 / 1e6);

    let append = Times::of(|_| {
        log.push();
        log.commit();
    });
    append.print("append and commit an act, tree work", APPEND_LIMIT);

    let Head { size, root } = log.state.head();
    let (lane, mut paths) = (*log.state.lane(), Vec::new());
    let made = Times::of(|n| paths.push(prove_inclusion(place(n, acts - 2), size, &log.nodes).unwrap()));
    made.print("inclusion proof made", INCLUSION_LIMIT);
    let checked = Times::of(|n| {
        // Entry 0 is the lane's own act; entry i holds the root of act i - 1.
        let index = place(n, acts - 2);
        let entry = if index == 0 { return } else { entry_hash(&CASE, &lane, &root_of(index - 1)) };
        verify_inclusion(index, size, &entry, &paths[n as usize], &root).unwrap();
    });
    checked.print("inclusion proof checked", INCLUSION_LIMIT);

    let old = |n| 1 + place(n, acts - 2);
    let roots: Vec<Hash> = (0..ROUNDS).map(|n| root_at(old(n), &log.nodes).unwrap()).collect();
    let consistency = Times::of(|n| {
        let proof = prove_consistency(old(n), size, &log.nodes).unwrap();
        verify_consistency((old(n), &roots[n as usize]), (size, &root), &proof).unwrap();
    });
    consistency.print("consistency of an older head, made and checked", CONSISTENCY_LIMIT);
    let compared = Times::of(|n| {
        let older = Head { size: old(n), root: roots[n as usize] };
        assert_eq!(compare_heads(&older, &Head { size, root }, &log.nodes), Comparison::Extends);
    });
    compared.print("an older head compared with the nodes at hand", CONSISTENCY_LIMIT);
}
