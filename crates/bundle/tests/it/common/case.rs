//! The case: keys, a lane with its acts, objects, and the material of a bundle.

use super::sources::{CALLS, LETTER, adts, amr, flac, mp3, wav};
use casemate_bundle::BundleError;
use casemate_bundle::layer::{self, PassageIn, PassagePlace};
use casemate_bundle::material::{HoldingAct, ItemMaterial, LeafSink, LeafSource, LogMaterial, LoggedAct, Material};
use casemate_carve::locator::TimeRange;
use casemate_carve::release::{Head, Release, ReleaseKind, SealNumber};
use casemate_carve::{Hint, Layout, Run, Shape, cuts};
use casemate_case::person::PersonId;
use casemate_case::plan::{Plan, Reason, Span, Strike};
use casemate_proof::log::ActOrder;
use casemate_proof::log::{
    Census, CensusAct, Grant, Head as LogHead, LaneKeys, LaneState, Map, SeenLamports, entry_hash, lane_id, origin,
};
use casemate_proof::tree::{StoredNodes, prove_consistency, prove_inclusion, root_at};
use casemate_proof::{
    Act, CaseId, Checkpoint, Compartment, Hash, LaneId, ObjectHasher, ObjectKey, ObjectRecord, ObjectRoot, Oid,
    SealedAct, SecretKey, SignedNote, SubjectId, Timebase, TlogProof, Value, sshsig,
};
use casemate_verify::statement::Mode;
use casemate_words::Language;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write};

/// The protected name as it is written in the release layers' withheld leaves.
pub const NAME_HAN: &str = "林慕川";
pub const NAME_LATIN: &str = "LIN MUCHUAN";

/// The keys of the owner and of one device.
pub struct Keys {
    pub owner: SecretKey,
    pub lane: SecretKey,
    pub ssh: SecretKey,
    pub disclosure: SecretKey,
}

impl Keys {
    pub fn of(seed: u8) -> Self {
        let key = |n: u8| SecretKey::from_seed(&[seed.wrapping_add(n); 32]);
        Self { owner: key(1), lane: key(2), ssh: key(3), disclosure: key(4) }
    }
}

/// An object whose leaves are held.
#[derive(Clone)]
pub struct Object {
    pub record: ObjectRecord,
    pub key: ObjectKey,
    pub shape: Shape,
    pub hidden: Vec<Run>,
    pub leaves: Vec<(u64, Vec<u8>)>,
    pub source: Vec<u8>,
}

impl LeafSource for Object {
    fn for_each(&self, sink: &mut LeafSink<'_>) -> Result<(), BundleError> {
        self.leaves.iter().try_for_each(|(ticks, payload)| sink(*ticks, payload))
    }

    fn copy(&self, out: &mut dyn Write) -> Result<(), BundleError> {
        Ok(out.write_all(&self.source)?)
    }
}

impl Object {
    pub fn seal(seed: u8, shape: Shape, leaves: Vec<(u64, Vec<u8>)>, source: Vec<u8>, hidden: Vec<Run>) -> Self {
        let (oid, key) = (Oid([seed; 32]), ObjectKey::new([seed.wrapping_add(100); 32]));
        let base = shape.profile().timebase();
        let timebase = Timebase::new(base.num, base.den).unwrap();
        let profile = shape.profile().to_string();
        let mut hasher = ObjectHasher::new(&key, oid, shape.leaf_count(), &profile, timebase).unwrap();
        for (ticks, payload) in &leaves {
            hasher.leaf(*ticks, payload).unwrap();
        }
        Self { record: hasher.finish().unwrap(), key, shape, hidden, leaves, source }
    }

    pub fn of_source(seed: u8, source: Vec<u8>, hint: Hint, hide: impl FnOnce(&Layout) -> Vec<Run>) -> Self {
        let mut reader = Cursor::new(&source);
        let layout = Layout::scan(&mut reader, source.len() as u64, hint).unwrap();
        let mut leaves = Vec::new();
        layout
            .for_each_leaf::<_, BundleError, _>(&mut reader, |_, ticks, payload| {
                leaves.push((ticks, payload.to_vec()));
                Ok(())
            })
            .unwrap();
        let hidden = hide(&layout);
        Self::seal(seed, layout.shape(), leaves, source, hidden)
    }

    /// A released text of lines of which nothing is struck; to be held under the name `mail`.
    pub fn of_lines(seed: u8, lines: &[&str]) -> Self {
        let said = (0u64..).zip(lines).map(|(n, text)| PassageIn {
            index: n,
            place: PassagePlace::Lines(n + 1, n + 1),
            speaker: None,
            text,
        });
        let said: Vec<_> = said.collect();
        Self::of_release(seed, release(ReleaseKind::Text, &ObjectRoot([77; 32]), &said, Vec::new()))
    }

    fn of_release(seed: u8, release: Release) -> Self {
        let leaves = release.payloads.into_iter().map(|p| (1, p)).collect();
        Self::seal(seed, release.shape, leaves, Vec::new(), release.protected)
    }

    pub fn root(&self) -> ObjectRoot {
        self.record.object_root()
    }
}

fn strike(passage: u64, at: u64, chars: u64) -> Strike {
    Strike {
        span: Some(Span { passage, at, chars }),
        time: None,
        person: Some(PersonId([1; 32])),
        reason: Reason::Name,
        words: String::new(),
    }
}

fn release(kind: ReleaseKind, from: &ObjectRoot, passages: &[PassageIn<'_>], strikes: Vec<Strike>) -> Release {
    let plan =
        Plan { audience: "court".into(), strikes, reviewer: Some("Counsel".into()), looked: None, reading: None };
    let head = Head {
        title: "Reading".into(),
        made_from: vec![SealNumber(from.seal_number().0)],
        statement: "machine draft, corrected by a named person".into(),
        language: "zh-Hans".into(),
    };
    layer::build(kind, head, passages.iter().copied(), &plan, &|_| "B".into()).unwrap()
}

/// A case with its log, ready to be disclosed.
pub struct Case {
    pub keys: Keys,
    pub id: CaseId,
    pub lane: LaneId,
    pub objects: BTreeMap<&'static str, Object>,
    acts: Vec<SealedAct>,
    nodes: StoredNodes,
    census: Map,
    note: SignedNote,
}

fn cut(layout: &Layout, start: u64, end: u64) -> Vec<Run> {
    cuts::recording(layout.shape(), &[TimeRange { start, end }]).unwrap().runs
}

impl Case {
    /// A case of its own: other ids, other keys, the same exhibits.
    pub fn new(seed: u8) -> Self {
        Self::of(seed, objects(seed), &mut |_, _| Vec::new())
    }

    /// A case in whose log acts follow: `after` is shown each signed head and its size, until it adds nothing.
    pub fn followed_by(seed: u8, after: &mut dyn FnMut(&str, u64) -> Vec<Act>) -> Self {
        Self::of(seed, objects(seed), after)
    }

    /// A case whose exhibits are compressed sound, each with a cut but the last.
    pub fn of_sounds(seed: u8) -> Self {
        let sound = |n: u8, source| Object::of_source(seed + n, source, Hint::Recording, |l| cut(l, 3_400, 3_600));
        let objects = BTreeMap::from([
            ("aac", sound(0, adts(100))),
            ("flac", sound(1, flac(60))),
            ("mp3", sound(2, mp3(230))),
            ("note", sound(3, mp3(50))),
        ]);
        Self::of(seed, objects, &mut |_, _| Vec::new())
    }

    /// A case of these exhibits.
    pub fn holding(seed: u8, objects: BTreeMap<&'static str, Object>) -> Self {
        Self::of(seed, objects, &mut |_, _| Vec::new())
    }

    fn of(seed: u8, objects: BTreeMap<&'static str, Object>, after: &mut dyn FnMut(&str, u64) -> Vec<Act>) -> Self {
        let keys = Keys::of(seed);
        let id = CaseId([seed; 32]);
        let lane = lane_id(&id, &keys.lane.public());
        let lane_keys =
            LaneKeys { lane: keys.lane.public(), ssh: keys.ssh.public(), disclosure: keys.disclosure.public() };
        let grant = Grant { case: id, keys: lane_keys, role: "counsel".into() }.sign(&keys.owner).unwrap();
        let mut log =
            Log { id, lane, acts: Vec::new(), nodes: StoredNodes::new(), state: LaneState::new(id, lane), seed };
        log.begin(grant.to_act(), &keys);
        for (number, (name, object)) in (1u64..).zip(&objects) {
            log.add(act_of(name, number, object, &objects));
        }
        log.commit();
        let note = |log: &Log| {
            let LogHead { size, root } = log.state.head();
            Checkpoint { origin: origin(&lane), size, root }.sign(&keys.lane).unwrap()
        };
        loop {
            let more = after(&note(&log).encode(), log.state.head().size);
            if more.is_empty() {
                break;
            }
            more.into_iter().for_each(|act| log.add(act));
            log.commit();
        }
        let census = log.census();
        log.commit();
        let note = note(&log);
        Self { keys, id, lane, objects, acts: log.acts, nodes: log.nodes, census, note }
    }

    fn logged(&self, index: usize) -> LoggedAct {
        let path = prove_inclusion(index as u64, self.acts.len() as u64, &self.nodes).unwrap();
        let proof = TlogProof { index: index as u64, path, checkpoint: self.note.clone() };
        LoggedAct { act: self.acts[index].clone(), proof }
    }

    /// The acts of a kind, with their proofs.
    pub fn of_kind(&self, kind: &str) -> Vec<LoggedAct> {
        (0..self.acts.len()).filter(|at| self.acts[*at].act.kind == kind).map(|at| self.logged(at)).collect()
    }

    fn index_of(&self, matches: impl Fn(&Act) -> bool) -> usize {
        self.acts.iter().position(|a| matches(&a.act)).unwrap()
    }

    pub fn log(&self) -> LogMaterial {
        let checkpoint = self.note.encode();
        let checkpoint_sig = sshsig::sign(sshsig::CHECKPOINT_NAMESPACE, checkpoint.as_bytes(), &self.keys.ssh);
        LogMaterial {
            case: self.id,
            checkpoint,
            checkpoint_sig,
            lane: self.logged(0),
            census: self.logged(self.index_of(|a| a.kind == "census")),
            stamps: Vec::new(),
            witnesses: Vec::new(),
        }
    }

    /// The checkpoint that this lane signed when it had `size` entries, and that today's extends it.
    pub fn earlier(&self, size: u64) -> (String, Vec<Hash>) {
        let root = root_at(size, &self.nodes).unwrap();
        let checkpoint = Checkpoint { origin: origin(&self.lane), size, root };
        let consistency = prove_consistency(size, self.acts.len() as u64, &self.nodes).unwrap();
        (checkpoint.sign(&self.keys.lane).unwrap().encode(), consistency)
    }

    /// Entries of the log.
    pub fn size(&self) -> u64 {
        self.acts.len() as u64
    }

    pub fn item(&self, number: u64, name: &'static str, mode: Mode, ending: &str) -> ItemMaterial<'_> {
        let object = &self.objects[name];
        let root = object.root();
        let holds = |a: &Act| ["exhibit", "derive"].contains(&a.kind.as_str()) && a.about.contains(&root);
        let (row, proof) = self.census.row(&root.0).unwrap();
        let hidden = if mode == Mode::Whole { Vec::new() } else { object.hidden.clone() };
        let press = mode == Mode::Text;
        ItemMaterial {
            number,
            title: format!("Item {number}: {name}"),
            mode,
            ending: ending.into(),
            record: object.record.clone(),
            key: object.key.clone(),
            shape: object.shape,
            reasons: if hidden.is_empty() { Vec::new() } else { vec![("name".into(), 2)] },
            hidden,
            leaves: object,
            act: (!press).then(|| HoldingAct::Own(Box::new(self.logged(self.index_of(holds))))),
            census: (!press).then(|| (row.clone(), proof)),
            made_from: None,
        }
    }

    pub fn material<'a>(&'a self, log: Option<LogMaterial>, items: Vec<ItemMaterial<'a>>) -> Material<'a> {
        Material {
            log,
            key: self.keys.disclosure.clone(),
            seed: [9; 32],
            purpose: "Hearing on extradition".into(),
            recipient: "The court of appeal".into(),
            date: "2026-03-01T09:00:00Z".into(),
            previous: None,
            aliases: vec!["B".into()],
            language: Language::Fr,
            items,
        }
    }
}

fn objects(seed: u8) -> BTreeMap<&'static str, Object> {
    let recording = Object::of_source(seed, wav(3), Hint::Recording, |l| cut(l, 1200, 1800));
    let call = Object::of_source(seed + 1, amr(4), Hint::Recording, |l| cut(l, 3200, 3900));
    let calls = Object::of_source(seed + 2, CALLS.into(), Hint::Csv, |l| vec![l.row_leaves(3, Some(2)).unwrap()]);
    let letter = Object::of_source(seed + 3, LETTER.into(), Hint::Whole, |_| Vec::new());
    let time = |start, end| PassagePlace::Time(TimeRange { start, end });
    let said = [
        PassageIn { index: 0, place: time(0, 1200), speaker: Some("A"), text: "你好，请问是哪位？" },
        PassageIn { index: 1, place: time(1200, 1800), speaker: Some("B"), text: "我是林慕川。" },
        PassageIn { index: 2, place: time(1800, 3000), speaker: None, text: "Lin Muchuan, come back & talk <soon>." },
    ];
    let strikes = vec![strike(1, 2, 3), strike(2, 0, 11)];
    let transcript = release(ReleaseKind::Transcript, &recording.root(), &said, strikes);
    let lines = |n| PassagePlace::Lines(n, n);
    let written = [
        PassageIn { index: 0, place: lines(1), speaker: None, text: "Dear Lin Muchuan," },
        PassageIn { index: 1, place: lines(2), speaker: None, text: "the house is watched." },
    ];
    let mail = release(ReleaseKind::Text, &ObjectRoot([77; 32]), &written, vec![strike(0, 5, 11)]);
    BTreeMap::from([
        ("recording", recording),
        ("call", call),
        ("calls", calls),
        ("letter", letter),
        ("transcript", Object::of_release(seed + 4, transcript)),
        ("mail", Object::of_release(seed + 5, mail)),
    ])
}

fn act_of(name: &str, number: u64, object: &Object, all: &BTreeMap<&'static str, Object>) -> Act {
    let root = object.root();
    let bytes = |b: &[u8]| Value::Bytes(b.to_vec());
    let parent = match name {
        "transcript" => Some(all["recording"].root()),
        "mail" => Some(ObjectRoot([77; 32])),
        _ => None,
    };
    let kind = if parent.is_some() { "derive" } else { "exhibit" };
    let mut act = Act::new(kind, Compartment::Case, SubjectId(root.0));
    act.about = BTreeSet::from([root]);
    act.parent = parent.into_iter().collect();
    if kind == "derive" {
        act.fields[0] = "release".into();
        act.fields[6] = bytes(&root.0);
    } else {
        act.fields[0] = number.into();
        act.fields[1] = "recording".into();
        act.fields[2] = bytes(&root.0);
    }
    act
}

struct Log {
    id: CaseId,
    lane: LaneId,
    acts: Vec<SealedAct>,
    nodes: StoredNodes,
    state: LaneState,
    seed: u8,
}

fn no_clocks() -> impl SeenLamports {
    |_: &LaneId, _: &casemate_proof::log::Head| Ok(None)
}

impl Log {
    fn seal(&mut self, act: Act) -> SealedAct {
        let n = self.acts.len() as u8;
        let sealed = SealedAct::new(act, Oid([n ^ self.seed; 32]), ObjectKey::new([n.wrapping_add(50); 32])).unwrap();
        self.nodes.push(entry_hash(&self.id, &self.lane, &sealed.root()));
        self.acts.push(sealed.clone());
        sealed
    }

    fn begin(&mut self, act: Act, keys: &Keys) {
        let sealed = self.seal(act);
        self.state.push_lane_act(&sealed.root(), &sealed.act, &keys.owner.public(), |_| ()).unwrap();
    }

    fn add(&mut self, act: Act) {
        let root = self.seal(act).root();
        self.state.push(&root, |_| ()).unwrap();
    }

    fn commit(&mut self) {
        let commit = self.state.next_commit(BTreeMap::new(), &no_clocks()).unwrap();
        let root = self.seal(commit.to_act(&self.id).unwrap()).root();
        self.state.push_commit(&root, &commit, &no_clocks(), |_| ()).unwrap();
    }

    fn census(&mut self) -> Map {
        let mut census = Census::new();
        for (index, act) in (0u64..).zip(&self.acts) {
            census.count(ActOrder { lamport: 1, lane: self.lane, index }, &act.act);
        }
        let map_key = [33; 32];
        let map = census.map(&map_key).unwrap();
        let heads = self.state.map_root(&BTreeMap::new());
        let act = CensusAct { heads, rows: map.rows().len() as u64, root: map.root(), map_key };
        self.add(act.to_act(&self.id));
        map
    }
}

/// The bundle of this material.
pub fn packed(material: &Material<'_>) -> Vec<u8> {
    casemate_bundle::pack(material, Vec::new()).unwrap().1
}

/// The court bundle of a case: a WAV and an AMR with cuts, a transcript, a text, a table with a withheld cell, a letter.
pub fn court(case: &Case) -> Vec<u8> {
    let mut items = vec![
        case.item(1, "recording", Mode::Partial, "wav"),
        case.item(2, "transcript", Mode::Release, "txt"),
        case.item(3, "call", Mode::Partial, "amr"),
        case.item(4, "mail", Mode::Release, "txt"),
        case.item(5, "calls", Mode::Partial, "csv"),
        case.item(6, "letter", Mode::Whole, "pdf"),
    ];
    items[1].made_from = Some(1);
    packed(&case.material(Some(case.log()), items))
}

/// A court bundle of compressed sound: three with a cut, one whole.
pub fn sounds(case: &Case) -> Vec<u8> {
    let items = vec![
        case.item(1, "mp3", Mode::Partial, "mp3"),
        case.item(2, "aac", Mode::Partial, "aac"),
        case.item(3, "flac", Mode::Partial, "flac"),
        case.item(4, "note", Mode::Whole, "mp3"),
    ];
    packed(&case.material(Some(case.log()), items))
}

/// The press bundle of a case: two texts.
pub fn press(case: &Case) -> Vec<u8> {
    let items = vec![case.item(1, "transcript", Mode::Text, "txt"), case.item(2, "mail", Mode::Text, "txt")];
    packed(&case.material(None, items))
}

/// A hash that nothing has.
pub fn other_hash() -> Hash {
    Hash([0xee; 32])
}
