//! The rejections: the golden case with one fault, and how a reader must answer.
//!
//! Keeps: each is made by hand, from the formats; what must be answered is written here, not recorded.
//! Does not know: how the vault finds it.

use std::collections::BTreeMap;

use casemate_proof::digest::hkdf;
use casemate_proof::log::{Grant, Head, LaneKeys, LaneState, entry_hash, origin};
use casemate_proof::{Checkpoint, Frontier, Hash, LaneId, ObjectRoot, Oid, SealedAct, SecretKey, Value};

use super::stranger::*;

/// One fault.
pub struct Vector {
    pub why: &'static str,
    /// File → its bytes instead; `None`: it is not there.
    pub changes: BTreeMap<String, Option<Vec<u8>>>,
    /// How opening for reading ends: ok, damaged, version, limit.
    pub open: &'static str,
    /// How opening for writing ends: also read-only.
    pub write: &'static str,
    /// Ids of findings that failed.
    pub failed: Vec<&'static str>,
    /// Ids of findings that say "not checked".
    pub not_checked: Vec<&'static str>,
}

/// Makes vectors from the golden case.
struct Maker<'a> {
    files: &'a Files,
    opened: Opened,
    all: BTreeMap<String, Vector>,
}

type Answer = (&'static str, &'static str, &'static [&'static str], &'static [&'static str]);

const DAMAGED: Answer = ("damaged", "damaged", &[], &[]);

impl Maker<'_> {
    fn add(&mut self, name: &str, why: &'static str, changes: Vec<(String, Option<Vec<u8>>)>, answer: Answer) {
        let (open, write, failed, not_checked) = answer;
        let (failed, not_checked) = (failed.to_vec(), not_checked.to_vec());
        let vector = Vector { why, changes: changes.into_iter().collect(), open, write, failed, not_checked };
        assert!(self.all.insert(name.to_owned(), vector).is_none(), "{name}");
    }

    fn one(&mut self, name: &str, why: &'static str, file: &str, bytes: Vec<u8>, answer: Answer) {
        self.add(name, why, vec![(file.to_owned(), Some(bytes))], answer);
    }

    fn bytes(&self, file: &str) -> Vec<u8> {
        self.files[file].clone()
    }

    fn flipped(&self, file: &str, from_end: usize) -> Vec<u8> {
        let mut bytes = self.bytes(file);
        let at = bytes.len() - 1 - from_end;
        bytes[at] ^= 1;
        bytes
    }

    fn lane(&self, leaf: &str) -> String {
        format!("lanes/{}/{leaf}", self.opened.lane)
    }

    /// The segment with other frames.
    fn frames(&self, frames: &[Vec<u8>]) -> (String, Vec<u8>) {
        let segment = &self.opened.segments[0];
        (segment.name.clone(), [&segment.start[..], &frames.concat()].concat())
    }

    fn own(&self, number: usize) -> Vec<u8> {
        self.opened.segments[0].frames[number].bytes.clone()
    }
}

pub fn all(files: &Files) -> BTreeMap<String, Vector> {
    let opened = open(files, super::golden::PASSPHRASE);
    let mut maker = Maker { files, opened, all: BTreeMap::new() };
    outer(&mut maker);
    keys(&mut maker);
    pages(&mut maker);
    headers(&mut maker);
    frames(&mut maker);
    commits(&mut maker);
    heads(&mut maker);
    objects(&mut maker);
    maker.all
}

fn outer(m: &mut Maker<'_>) {
    let toml = String::from_utf8(m.bytes("casemate.toml")).unwrap();
    let later = toml.replace("format = 1", "format = 2").into_bytes();
    let version: Answer = ("version", "version", &[], &[]);
    m.one("toml-format-2", "a format that is not known", "casemate.toml", later, version);
    m.one("toml-no-case", "no case id", "casemate.toml", b"format = 1\n".to_vec(), DAMAGED);
    let age = "keys/passphrase.age";
    let file = m.bytes(age);
    let end = file.windows(4).position(|w| w == b" 10\n").unwrap();
    let greedy = [&file[..end], b" 21\n", &file[end + 4..]].concat();
    m.one("passphrase-log-n-21", "scrypt log N over 20", age, greedy, ("limit", "limit", &[], &[]));
    let mac = file.windows(4).position(|w| w == b"--- ").unwrap() + 4;
    let mut other = file.clone();
    other[mac] = if other[mac] == b'A' { b'B' } else { b'A' };
    m.one("passphrase-mac", "the header's MAC is changed", age, other, DAMAGED);
    let cut = file[..file.len() - 1].to_vec();
    m.one("passphrase-cut", "its last byte is missing", age, cut, DAMAGED);
    m.add("passphrase-none", "the file is not there", vec![(age.to_owned(), None)], ("missing", "missing", &[], &[]));
}

fn keys(m: &mut Maker<'_>) {
    let root = hkdf(&m.opened.root, &[b"casemate/keys/v1\0"]);
    let case = m.opened.case;
    let (_, content) = small(m.files, "keys/root", &case, &root);
    let mut outer = Value::decode(&m.bytes("keys/root")).unwrap().as_map().unwrap().clone();
    outer.insert(0, 2u64.into());
    let later = Value::Map(outer.clone()).encode().unwrap();
    m.one("file-version-2", "a small file of version 2", "keys/root", later, ("version", "version", &[], &[]));
    outer.insert(0, 1u64.into());
    outer.insert(1, 1u64.into());
    let generation = Value::Map(outer).encode().unwrap();
    m.one("file-generation", "the generation is not the one under the tag", "keys/root", generation, DAMAGED);
    let other = put_small("keys/root", &casemate_proof::CaseId([0xcc; 32]), 0, &root, &content);
    m.one("file-other-case", "encrypted for another case", "keys/root", other, DAMAGED);
    let moved = put_small("keys/case/root", &case, 0, &root, &content);
    m.one("file-other-name", "encrypted under another name", "keys/root", moved, DAMAGED);
    let trailing = [&m.bytes("keys/root")[..], &[0]].concat();
    m.one("file-trailing-byte", "a byte follows the record", "keys/root", trailing, DAMAGED);
    let press = m.bytes("keys/press/root");
    m.one("ring-of-other-compartment", "the ring of press in the place of case", "keys/case/root", press, DAMAGED);
    let name = m.lane("keys");
    let seeds = Value::Map((0u64..3).map(|n| (n, Value::from(vec![9; 32]))).collect()).encode().unwrap();
    let key = hkdf(&m.opened.compartments[0], &[b"casemate/lane-keys/v1\0"]);
    let other = put_small(&name, &case, 0, &key, &seeds);
    m.one("lane-keys-other", "keys from which another lane id follows", &name, other, DAMAGED);
}

fn pages(m: &mut Maker<'_>) {
    let (name, key, content) = {
        let found = m.opened.pages.iter().find(|(name, _, _)| name.starts_with("keys/case/")).unwrap();
        (found.0.clone(), found.1, found.2.clone())
    };
    let hurt: Answer = ("ok", "ok", &["ring-page-damaged"], &["acts-without-key"]);
    let flipped = m.flipped(&name, 0);
    m.one("page-tag", "the last bit of the tag is changed", &name, flipped, hurt);
    let case = m.opened.case;
    m.one(
        "page-generation",
        "of another generation than its ring",
        &name,
        put_small(&name, &case, 1, &key, &content),
        hurt,
    );
    m.one("page-short", "63 slots", &name, put_small(&name, &case, 0, &key, &content[80..]), hurt);
    let foreign = format!("keys/case/pages/{}.00000000", LaneId([5; 32]));
    let bytes = m.bytes(&name);
    let beside: Answer = ("ok", "ok", &["ring-page-damaged"], &[]);
    m.one("page-of-other-lane", "a page under the name of another lane", &foreign, bytes.clone(), beside);
    let second = name.replace(".00000000", ".00000001");
    m.one("page-of-other-number", "page 0 under the name of page 1", &second, bytes, beside);
}

fn headers(m: &mut Maker<'_>) {
    let segment = &m.opened.segments[0];
    let (name, key, len) = (segment.name.clone(), segment.key, segment.start.len());
    let frames = m.bytes(&name)[len..].to_vec();
    let with = |start: Vec<u8>| [&start[..], &frames].concat();
    let zeros = [0; 16];
    let swapped = with(put_header(&m.opened, (0, 0, zeros), 1, &key));
    m.one(
        "header-swapped",
        "another header around the same segment key: no frame is bound to it",
        &name,
        swapped,
        DAMAGED,
    );
    let later = with(put_header(&m.opened, (0, 0, zeros), 2, &key));
    m.one("header-version-2", "a header of version 2", &name, later, DAMAGED);
    let number = with(put_header(&m.opened, (1, 0, zeros), 1, &key));
    m.one("header-number", "the header of segment 1 in segment 0", &name, number, DAMAGED);
    let (case, lane) = (m.opened.case, m.opened.lane);
    m.opened.case = casemate_proof::CaseId([0xcc; 32]);
    let other = with(put_header(&m.opened, (0, 0, zeros), 1, &key));
    m.opened.case = case;
    m.one("header-other-case", "a header of another case", &name, other, DAMAGED);
    m.opened.lane = LaneId([5; 32]);
    let other = with(put_header(&m.opened, (0, 0, zeros), 1, &key));
    m.opened.lane = lane;
    m.one("header-other-lane", "a header of another lane", &name, other, DAMAGED);
    let mut magic = m.bytes(&name);
    magic[18] = b'9';
    m.one("segment-magic", "casemate-segment-v9", &name, magic, DAMAGED);
    let mut long = m.bytes(&name);
    long[20..24].copy_from_slice(&(64 * 1024 + 1u32).to_be_bytes());
    m.one("header-too-long", "a header said to be longer than 64 KiB", &name, long, DAMAGED);
}

const HURT: Answer = ("ok", "read-only", &["head-not-in-lane", "lane-damaged", "segment-damaged"], &[]);

fn frames(m: &mut Maker<'_>) {
    let segment = &m.opened.segments[0];
    let (last, before) = (&segment.frames[2], &segment.frames[1]);
    let (previous, content) = (last.previous, last.content.clone());
    let (whole, own) = (m.bytes(&segment.name), (m.own(0), m.own(1), m.own(2)));
    let wrong = put_frame(&m.opened, segment, 2, &before.previous, &content);
    let number = put_frame(&m.opened, segment, 3, &previous, &content);
    let (name, bytes) = m.frames(&[own.0.clone(), own.1.clone(), wrong]);
    m.one("frame-other-previous", "commit 2 bound to the tag before commit 1", &name, bytes, HURT);
    let (_, bytes) = m.frames(&[own.0.clone(), own.1.clone(), number]);
    m.one("frame-other-number", "commit 2 sealed as number 3", &name, bytes, HURT);
    let flipped = m.flipped(&name, 0);
    m.one("frame-tag", "the last bit of the last tag is changed", &name, flipped, HURT);
    let (_, bytes) = m.frames(&[own.0.clone(), own.2.clone(), own.1.clone()]);
    // The act that names the object is lost with its commit.
    let unnamed: Answer = (HURT.0, HURT.1, HURT.2, &["file-unplaced"]);
    m.one("frames-swapped", "commits 1 and 2 in each other's place", &name, bytes, unnamed);
    let (_, bytes) = m.frames(&[own.0.clone(), own.2.clone()]);
    m.one("frame-missing", "commit 1 is not there", &name, bytes, unnamed);
    let cut = whole[..whole.len() - 1].to_vec();
    m.one("frame-cut", "the last byte of the last commit is missing, and a head says it was whole", &name, cut, HURT);
    let (_, bytes) = m.frames(&[own.0.clone(), own.1.clone()]);
    let gone: Answer = ("ok", "read-only", &["head-not-in-lane", "lane-damaged"], &[]);
    m.one("commit-gone", "the last commit is not there, and a head says it was", &name, bytes, gone);
    let torn: Answer = ("ok", "ok", &[], &["segment-tail-set-aside"]);
    let tail = [&whole[..], &own.2[..own.2.len() / 2]].concat();
    m.one("accept-torn-tail", "half a frame follows: what a power cut leaves; nothing is lost", &name, tail, torn);
    let long = [&whole[..], &u32::MAX.to_be_bytes(), &[0; 64]].concat();
    m.one("accept-tail-too-long", "a tail that says it is a frame of 4 GiB", &name, long, torn);
    let strange = self::content(1000, Vec::new(), b"");
    let strange = put_frame(&m.opened, &m.opened.segments[0], 3, &tag(&own.2), &strange);
    let past = [&whole[..], &strange].concat();
    m.one("accept-tail-not-following", "a frame past the head that does not follow it: no commit", &name, past, torn);
}

fn tag(frame: &[u8]) -> [u8; 16] {
    *frame.last_chunk().unwrap()
}

/// The last frame's content with other entries and note.
fn content(first: u64, entries: Vec<Value>, note: &[u8]) -> Vec<u8> {
    let fields = [1u64.into(), first.into(), Value::Array(entries), Value::from(note)];
    Value::Map((0u64..).zip(fields).collect()).encode().unwrap()
}

fn signed(lane: &LaneId, head: Head, key: &SecretKey) -> Vec<u8> {
    let checkpoint = Checkpoint { origin: origin(lane), size: head.size, root: head.root };
    checkpoint.sign(key).unwrap().encode().into_bytes()
}

/// Entries of the last frame, and the state behind the commit before it.
fn before_last(m: &Maker<'_>) -> (u64, Vec<Value>, LaneState) {
    let o = &m.opened;
    let last = Value::decode(&o.segments[0].frames[2].content).unwrap();
    let last = last.as_map().unwrap();
    let first = last[&1].as_uint().unwrap();
    let mut state = LaneState::new(o.case, o.lane);
    let alone = |_: &LaneId, _: &Head| Ok(None);
    for (n, entry) in o.entries.iter().take(usize::try_from(first).unwrap()).enumerate() {
        if n == 0 {
            state.push_lane_act(&entry.root, &entry.act.act, &o.owner.public(), |_| {}).unwrap();
        } else if entry.act.act.kind == "commit" {
            let commit = casemate_proof::log::CommitAct::from_act(&entry.act.act).unwrap();
            state.push_commit(&entry.root, &commit, &alone, |_| {}).unwrap();
        } else {
            state.push(&entry.root, |_| {}).unwrap();
        }
    }
    (first, last[&2].as_array().unwrap().to_vec(), state)
}

fn commits(m: &mut Maker<'_>) {
    let (first, entries, mut state) = before_last(m);
    let count = entries.len() - 1;
    let from = usize::try_from(first).unwrap();
    let acts: Vec<ObjectRoot> = m.opened.entries[from..from + count].iter().map(|e| e.root).collect();
    acts.iter().for_each(|root| state.push(root, |_| {}).unwrap());
    let alone = |_: &LaneId, _: &Head| Ok(None);
    let good = state.next_commit(BTreeMap::new(), &alone).unwrap();
    let (own, lane_key) = (m.opened.lane, SecretKey::from_seed(&m.opened.seeds[0]));
    let mut with = |name: &str, why: &'static str, change: &dyn Fn(&mut casemate_proof::log::CommitAct)| {
        let mut commit = good.clone();
        change(&mut commit);
        let act = commit.to_act(&m.opened.case).unwrap();
        let sealed = SealedAct::new(act, Oid([0x77; 32]), object_key(0x78)).unwrap();
        let mut tree = Frontier::new();
        let roots = m.opened.entries[..from + count].iter().map(|e| e.root).chain([sealed.root()]);
        roots.for_each(|root| tree.push(entry_hash(&m.opened.case, &m.opened.lane, &root), |_| {}));
        let head = Head { size: tree.size(), root: tree.root() };
        let note = signed(&m.opened.lane, head, &lane_key);
        let rows = entries[..count].iter().cloned().chain([open_entry(&sealed)]).collect();
        let segment = &m.opened.segments[0];
        let frame = put_frame(&m.opened, segment, 2, &segment.frames[2].previous, &content(first, rows, &note));
        let (file, bytes) = m.frames(&[m.own(0), m.own(1), frame]);
        let changes = vec![(file, Some(bytes)), (m.lane("head-a"), Some(note))];
        let refused: Answer = ("ok", "read-only", &["commit-invalid", "head-not-in-lane", "lane-damaged"], &[]);
        m.add(name, why, changes, refused);
    };
    with("commit-lamport", "the clock skips one, though no other lane was seen", &|c| c.lamport += 1);
    with("commit-count", "the count is one too many", &|c| c.count += 1);
    with("commit-map-root", "the map root is of nothing", &|c| c.map_root = Hash([0; 32]));
    with("commit-seen-self", "the lane says that it has seen itself", &|c| {
        c.seen.insert(own, Head { size: 3, root: Hash([3; 32]) });
    });
}

fn heads(m: &mut Maker<'_>) {
    let (a, b) = (m.lane("head-a"), m.lane("head-b"));
    let note = casemate_proof::SignedNote::decode(&m.bytes(&a)).unwrap();
    let head = Checkpoint::parse(note.text_unverified()).unwrap();
    let newest = Head { size: head.size, root: head.root };
    let (lane, key) = (m.opened.lane, SecretKey::from_seed(&m.opened.seeds[0]));
    let foreign = signed(&lane, newest, &SecretKey::from_seed(&[0x66; 32]));
    m.one(
        "head-foreign-key",
        "signed by a key that is not the lane's",
        &a,
        foreign,
        ("ok", "ok", &["head-damaged"], &[]),
    );
    let flipped = m.flipped(&b, 8);
    m.one(
        "head-signature",
        "a character of the signature is changed",
        &b,
        flipped,
        ("ok", "ok", &["head-damaged"], &[]),
    );
    let other = signed(&lane, Head { root: Hash([8; 32]), ..newest }, &key);
    let forked: Answer = ("ok", "read-only", &["head-not-in-lane", "lane-damaged"], &[]);
    let twice: Answer = ("ok", "read-only", &["head-not-in-lane", "lane-damaged", "lane-forked"], &[]);
    m.one("head-other-root", "signed by the lane, over another tree of the same size: it forked", &a, other, twice);
    let ahead = signed(&lane, Head { size: newest.size + 3, root: Hash([8; 32]) }, &key);
    m.one("head-ahead", "signed by the lane, for more entries than there are", &a, ahead, forked);
    let none = vec![(a.clone(), None), (b.clone(), None)];
    m.add("heads-none", "no head is there", none, ("ok", "read-only", &["head-missing", "lane-damaged"], &[]));
    let one: Answer = ("ok", "ok", &[], &[]);
    m.add(
        "accept-newest-head-gone",
        "the newest head was not written yet: the commit behind it counts",
        vec![(a, None)],
        one,
    );
    grant(m);
}

/// A lane act that another owner signed, in a first commit that is right otherwise.
fn grant(m: &mut Maker<'_>) {
    let o = &m.opened;
    let public = |n: usize| SecretKey::from_seed(&o.seeds[n]).public();
    let keys = LaneKeys { lane: public(0), ssh: public(1), disclosure: public(2) };
    let stranger = SecretKey::from_seed(&[0x66; 32]);
    let grant = Grant { case: o.case, keys, role: "owner".into() }.sign(&stranger).unwrap();
    let lane_act = SealedAct::new(grant.to_act(), Oid([0x71; 32]), object_key(0x72)).unwrap();
    let mut state = LaneState::new(o.case, o.lane);
    state.push_lane_act(&lane_act.root(), &lane_act.act, &stranger.public(), |_| {}).unwrap();
    let commit = state.next_commit(BTreeMap::new(), &|_: &LaneId, _: &Head| Ok(None)).unwrap();
    let commit = SealedAct::new(commit.to_act(&o.case).unwrap(), Oid([0x73; 32]), object_key(0x74)).unwrap();
    let mut tree = Frontier::new();
    [lane_act.root(), commit.root()].iter().for_each(|r| tree.push(entry_hash(&o.case, &o.lane, r), |_| {}));
    let note = signed(&o.lane, Head { size: 2, root: tree.root() }, &SecretKey::from_seed(&o.seeds[0]));
    let content = content(0, vec![open_entry(&lane_act), open_entry(&commit)], &note);
    let frame = put_frame(o, &o.segments[0], 0, &[0; 16], &content);
    let (name, bytes) = m.frames(&[frame]);
    m.one("grant-by-stranger", "the lane's grant is signed by a key that is not the owner's", &name, bytes, DAMAGED);
}

fn objects(m: &mut Maker<'_>) {
    let name = m.files.keys().find(|n| n.starts_with("objects/")).unwrap().clone();
    let hurt: Answer = ("ok", "ok", &["object-damaged"], &[]);
    let flipped = m.flipped(&name, 0);
    m.one("object-tag", "the last bit of an object's file is changed", &name, flipped, hurt);
    let cut = m.bytes(&name)[..300].to_vec();
    m.one("object-cut", "an object's file is cut short", &name, cut, hurt);
    m.add("object-none", "an object's file is not there", vec![(name, None)], hurt);
    let unknown = format!("objects/00/{}", "0".repeat(32));
    let beside: Answer = ("ok", "ok", &[], &["file-unplaced"]);
    m.one("accept-object-unplaced", "a file that no act names: said, never taken away", &unknown, vec![0; 10], beside);
    let (_, mut entries, _) = before_last(m);
    let first = Value::decode(&m.opened.segments[0].frames[2].content).unwrap();
    let note = first.as_map().unwrap()[&3].as_bytes().unwrap().to_vec();
    let start = first.as_map().unwrap()[&1].as_uint().unwrap();
    let mut row = entries[0].as_array().unwrap().to_vec();
    let mut body = row[5].as_bytes().unwrap().to_vec();
    body[0] ^= 1;
    row[5] = body.into();
    entries[0] = Value::Array(row);
    let segment = &m.opened.segments[0];
    let frame = put_frame(&m.opened, segment, 2, &segment.frames[2].previous, &content(start, entries, &note));
    let (file, bytes) = m.frames(&[m.own(0), m.own(1), frame]);
    m.one("act-body", "an act's body is changed", &file, bytes, ("ok", "ok", &["act-damaged"], &[]));
}
