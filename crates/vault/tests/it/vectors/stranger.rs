//! A second reader and writer of a case folder, made from `docs/format/vault.md` and `docs/format/log.md` alone: stock
//! `age`, HKDF, XChaCha20-Poly1305 and CBOR, nothing of the vault's own code.
//!
//! Keeps: it is given files and a passphrase, and says each key and content on the way.
//! Does not know: the vault.

use std::collections::BTreeMap;
use std::io::Read;

use casemate_proof::digest::{hkdf, sha256};
use casemate_proof::{CaseId, LaneId, ObjectKey, ObjectRoot, Oid, SealedAct, SecretKey, Value};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use serde_json::{Value as Json, json};

pub type Files = BTreeMap<String, Vec<u8>>;
pub type Key = [u8; 32];

pub const MAGIC: &[u8] = b"casemate-segment-v1\n";
pub const WORDS: [&str; 3] = ["identity", "case", "press"];
const SLOT: usize = 80;

pub fn hex(bytes: impl AsRef<[u8]>) -> String {
    bytes.as_ref().iter().map(|b| format!("{b:02x}")).collect()
}

pub fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).unwrap()).collect()
}

pub fn lock(key: &Key, nonce: &[u8; 24], ad: &[u8], plain: &[u8]) -> Vec<u8> {
    XChaCha20Poly1305::new(key.into()).encrypt(&XNonce::from(*nonce), Payload { msg: plain, aad: ad }).unwrap()
}

pub fn unlock(key: &Key, nonce: &[u8], ad: &[u8], sealed: &[u8]) -> Vec<u8> {
    let nonce: [u8; 24] = nonce.try_into().unwrap();
    XChaCha20Poly1305::new(key.into()).decrypt(&XNonce::from(nonce), Payload { msg: sealed, aad: ad }).unwrap()
}

pub fn age_open(file: &[u8], identity: &dyn age::Identity) -> Vec<u8> {
    let mut out = Vec::new();
    let opened = age::Decryptor::new(file).unwrap().decrypt(std::iter::once(identity)).unwrap();
    { opened }.read_to_end(&mut out).unwrap();
    out
}

fn fixed<const N: usize>(value: &Value) -> [u8; N] {
    value.as_bytes().unwrap().try_into().unwrap()
}

fn at(value: &Value, key: u64) -> &Value {
    &value.as_map().unwrap()[&key]
}

fn small_ad(case: &CaseId, generation: u64, version: u64, name: &str) -> Vec<u8> {
    let numbers = [generation.to_be_bytes(), version.to_be_bytes()].concat();
    [b"casemate/file/v1\0", &case.0[..], &numbers, name.as_bytes()].concat()
}

/// A small encrypted file: generation and content.
pub fn small(files: &Files, name: &str, case: &CaseId, key: &Key) -> (u64, Vec<u8>) {
    let outer = Value::decode(&files[name]).unwrap();
    let (version, generation) = (at(&outer, 0).as_uint().unwrap(), at(&outer, 1).as_uint().unwrap());
    let (nonce, sealed) = (at(&outer, 2).as_bytes().unwrap(), at(&outer, 3).as_bytes().unwrap());
    (generation, unlock(key, nonce, &small_ad(case, generation, version, name), sealed))
}

/// The bytes of a small encrypted file.
pub fn put_small(name: &str, case: &CaseId, generation: u64, key: &Key, content: &[u8]) -> Vec<u8> {
    let nonce = [0x5a; 24];
    let sealed = lock(key, &nonce, &small_ad(case, generation, 1, name), content);
    let outer = [Value::from(1u64), Value::from(generation), Value::from(&nonce[..]), Value::from(sealed)];
    Value::Map((0u64..).zip(outer).collect()).encode().unwrap()
}

/// A commit as it stands in a segment.
pub struct Frame {
    pub number: u64,
    pub previous: [u8; 16],
    pub nonce: [u8; 24],
    pub content: Vec<u8>,
    /// Length, nonce, ciphertext.
    pub bytes: Vec<u8>,
}

pub struct Segment {
    pub name: String,
    pub key: Key,
    /// Magic, length and CBOR of the header.
    pub start: Vec<u8>,
    pub header: Value,
    pub frames: Vec<Frame>,
}

/// One entry of the log, as far as its frame says.
pub struct Logged {
    pub root: ObjectRoot,
    pub oid: Oid,
    pub compartment: u64,
    pub key_id: Option<[u8; 16]>,
    pub act: SealedAct,
}

/// Everything that the passphrase opens.
pub struct Opened {
    pub case: CaseId,
    pub lane: LaneId,
    pub root: Key,
    pub owner: SecretKey,
    pub compartments: Vec<Key>,
    pub rings: Vec<Key>,
    /// Name, page key, content.
    pub pages: Vec<(String, Key, Vec<u8>)>,
    /// Lane, SSHSIG, disclosure.
    pub seeds: Vec<Key>,
    pub segments: Vec<Segment>,
    pub entries: Vec<Logged>,
}

impl Opened {
    pub fn subject_key(&self, id: &[u8; 16]) -> Key {
        let slots = self.pages.iter().flat_map(|(_, _, content)| content.chunks_exact(SLOT));
        slots.filter(|s| s[32..48] == id[..]).map(|s| s[48..].try_into().unwrap()).next().unwrap()
    }

    pub fn page_key(&self, compartment: usize, lane: &LaneId, number: u32) -> Key {
        hkdf(&self.rings[compartment], &[b"casemate/page/v1\0", &lane.0, &number.to_be_bytes()])
    }
}

/// Opens a case of one lane.
pub fn open(files: &Files, passphrase: &str) -> Opened {
    let mut opened = unlocked(files, passphrase);
    let folder = format!("lanes/{}/segments/", opened.lane);
    opened.segments = files.keys().filter(|n| n.starts_with(&folder)).map(|n| segment(files, n, &opened)).collect();
    opened.entries = opened.segments.iter().flat_map(|s| &s.frames).flat_map(|f| logged(f, &opened)).collect();
    opened
}

/// The keys of a case of one lane, its log not yet read.
pub fn unlocked(files: &Files, passphrase: &str) -> Opened {
    let toml = std::str::from_utf8(&files["casemate.toml"]).unwrap();
    let case = toml.strip_prefix("format = 1\ncase = \"").unwrap().strip_suffix("\"\n").unwrap();
    let case = CaseId(unhex(case).try_into().unwrap());
    let words = age::secrecy::SecretString::from(passphrase.to_owned());
    let content = age_open(&files["keys/passphrase.age"], &age::scrypt::Identity::new(words));
    let content = Value::decode(&content).unwrap();
    assert_eq!(at(&content, 0).as_uint(), Some(1));
    let root: Key = fixed(at(&content, 1));
    let (_, keys) = small(files, "keys/root", &case, &hkdf(&root, &[b"casemate/keys/v1\0"]));
    let keys = Value::decode(&keys).unwrap();
    let owner = SecretKey::from_seed(&fixed(at(&keys, 0)));
    let rows = at(&keys, 1).as_array().unwrap();
    let compartments: Vec<Key> = rows.iter().map(|r| fixed(&r.as_array().unwrap()[1])).collect();
    let ring = |(word, ck): (&&str, &Key)| -> Key {
        let content = small(files, &format!("keys/{word}/root"), &case, &hkdf(ck, &[b"casemate/ring/v1\0"])).1;
        content.try_into().unwrap()
    };
    let rings = WORDS.iter().zip(&compartments).map(ring).collect();
    let lane = files.keys().find_map(|n| n.strip_prefix("lanes/")?.strip_suffix("/keys")).unwrap();
    let lane: LaneId = lane.parse().unwrap();
    let name = format!("lanes/{lane}/keys");
    let (_, seeds) = small(files, &name, &case, &hkdf(&compartments[0], &[b"casemate/lane-keys/v1\0"]));
    let seeds = Value::decode(&seeds).unwrap();
    let seeds = (0..3).map(|n| fixed(at(&seeds, n))).collect();
    let (pages, segments, entries) = (Vec::new(), Vec::new(), Vec::new());
    let mut opened = Opened { case, lane, root, owner, compartments, rings, pages, seeds, segments, entries };
    read_pages(files, &mut opened);
    opened
}

fn read_pages(files: &Files, opened: &mut Opened) {
    for (n, word) in WORDS.iter().enumerate() {
        let folder = format!("keys/{word}/pages/");
        for name in files.keys().filter(|name| name.starts_with(&folder)) {
            let (lane, number) = name.strip_prefix(&folder).unwrap().split_once('.').unwrap();
            let key = opened.page_key(n, &lane.parse().unwrap(), u32::from_str_radix(number, 16).unwrap());
            let content = small(files, name, &opened.case, &key).1;
            opened.pages.push((name.clone(), key, content));
        }
    }
}

/// A full segment is an age file: the identity is wrapped in a stanza of its header. What comes out of it is the segment
/// with contents in clear; from it the bytes as they were written are made again.
pub fn as_written(files: &Files, name: &str, opened: &Opened) -> Vec<u8> {
    let bytes = &files[name];
    if bytes.starts_with(MAGIC) {
        return bytes.clone();
    }
    let number = u32::from_str_radix(name.rsplit('/').next().unwrap(), 16).unwrap();
    let (identity, length) = segment_identity(bytes, number, opened);
    let plain = age_open(bytes, &identity.parse::<age::x25519::Identity>().unwrap());
    let (plain, table) = plain.split_at(length);
    let (start, header, key, first) = segment_header(plain, opened);
    let (mut out, mut rest) = (start.to_vec(), &plain[start.len()..]);
    let (mut previous, mut places) = (fixed::<16>(at(&header, 5)), vec![0; 4]);
    for number in first.. {
        let Some((head, after)) = rest.split_first_chunk::<4>() else { break };
        let (body, after) = after.split_at(u32::from_be_bytes(*head) as usize);
        let (nonce, body) = body.split_first_chunk::<24>().unwrap();
        let (content, tag) = body.split_last_chunk::<16>().unwrap();
        let sealed = lock(&key, nonce, &frame_ad(&opened.lane, number, &previous, start), content);
        assert_eq!(sealed.last_chunk::<16>(), Some(tag), "the chain of tags can be checked in the age file too");
        places.extend_from_slice(&(out.len() as u64).to_be_bytes());
        out.extend([&head[..], nonce, &sealed].concat());
        (previous, rest) = (*tag, after);
    }
    assert_eq!(table, places);
    out
}

/// The age identity that the header of a full segment holds, and the length of the segment.
pub fn segment_identity(bytes: &[u8], number: u32, opened: &Opened) -> (String, usize) {
    use base64::Engine;
    let end = bytes.windows(5).position(|w| w == b"\n--- ").unwrap();
    let header = std::str::from_utf8(&bytes[..end]).unwrap();
    let stanza = header.split("\n-> ").find(|s| s.starts_with("casemate-segment 0 ")).unwrap();
    let (arguments, body) = stanza.split_once('\n').unwrap();
    let length = arguments.rsplit(' ').next().unwrap().parse::<usize>().unwrap();
    let body = base64::prelude::BASE64_STANDARD_NO_PAD.decode(body.replace('\n', "")).unwrap();
    let key = hkdf(&opened.compartments[0], &[b"casemate/segment-age/v1\0"]);
    let numbers = [&number.to_be_bytes()[..], &(length as u64).to_be_bytes()].concat();
    let ad = [b"casemate/segment-age/v1\0", &opened.case.0[..], &opened.lane.0, &numbers].concat();
    (String::from_utf8(unlock(&key, &body[..24], &ad, &body[24..])).unwrap(), length)
}

/// Start (magic, length, header), the header, the segment key, the first commit.
fn segment_header<'a>(bytes: &'a [u8], opened: &Opened) -> (&'a [u8], Value, Key, u64) {
    let length = u32::from_be_bytes(bytes[MAGIC.len()..MAGIC.len() + 4].try_into().unwrap()) as usize;
    assert_eq!(&bytes[..MAGIC.len()], MAGIC);
    let start = &bytes[..MAGIC.len() + 4 + length];
    let header = Value::decode(&start[MAGIC.len() + 4..]).unwrap();
    let wrap = at(&header, 6).as_array().unwrap()[0].as_array().unwrap().to_vec();
    let number = u32::try_from(at(&header, 3).as_uint().unwrap()).unwrap();
    let (first, previous) = (at(&header, 4).as_uint().unwrap(), fixed::<16>(at(&header, 5)));
    let ck = &opened.compartments[usize::try_from(wrap[0].as_uint().unwrap()).unwrap()];
    let ad = wrap_ad(&opened.case, &opened.lane, number, first, &previous);
    let key = hkdf(ck, &[b"casemate/segment/v1\0"]);
    let key: Key = unlock(&key, wrap[1].as_bytes().unwrap(), &ad, wrap[2].as_bytes().unwrap()).try_into().unwrap();
    (start, header, key, first)
}

fn segment(files: &Files, name: &str, opened: &Opened) -> Segment {
    let bytes = &as_written(files, name, opened);
    let (start, header, key, first) = segment_header(bytes, opened);
    let (mut rest, mut previous) = (&bytes[start.len()..], fixed::<16>(at(&header, 5)));
    let mut frames = Vec::new();
    for number in first.. {
        let Some((length, after)) = rest.split_first_chunk::<4>() else { break };
        let (body, after) = after.split_at(u32::from_be_bytes(*length) as usize);
        let bytes = rest[..4 + body.len()].to_vec();
        let (nonce, sealed) = body.split_first_chunk::<24>().unwrap();
        let content = unlock(&key, nonce, &frame_ad(&opened.lane, number, &previous, start), sealed);
        frames.push(Frame { number, previous, nonce: *nonce, content, bytes });
        previous = *sealed.last_chunk().unwrap();
        rest = after;
    }
    Segment { name: name.to_owned(), key, start: start.to_vec(), header, frames }
}

fn wrap_ad(case: &CaseId, lane: &LaneId, number: u32, first: u64, previous: &[u8; 16]) -> Vec<u8> {
    let numbers = [&number.to_be_bytes()[..], &first.to_be_bytes()].concat();
    [b"casemate/segment/v1\0", &case.0[..], &lane.0, &numbers, previous].concat()
}

fn frame_ad(lane: &LaneId, number: u64, previous: &[u8; 16], start: &[u8]) -> Vec<u8> {
    [b"casemate/frame/v1\0", &lane.0[..], &number.to_be_bytes(), previous, &sha256(&[start]).0].concat()
}

/// A header with its key wrapped to every compartment.
pub fn put_header(
    opened: &Opened,
    (number, first, previous): (u32, u64, [u8; 16]),
    version: u64,
    key: &Key,
) -> Vec<u8> {
    let ad = wrap_ad(&opened.case, &opened.lane, number, first, &previous);
    let wraps = (0u64..).zip(&opened.compartments).map(|(code, ck)| {
        let nonce = [0xa0 + u8::try_from(code).unwrap(); 24];
        let sealed = lock(&hkdf(ck, &[b"casemate/segment/v1\0"]), &nonce, &ad, key);
        Value::Array(vec![code.into(), Value::from(&nonce[..]), sealed.into()])
    });
    let fields = [
        Value::from(version),
        Value::from(&opened.case.0[..]),
        Value::from(&opened.lane.0[..]),
        u64::from(number).into(),
        first.into(),
        Value::from(&previous[..]),
        Value::Array(wraps.collect()),
    ];
    let body = Value::Map((0u64..).zip(fields).collect()).encode().unwrap();
    [MAGIC, &u32::try_from(body.len()).unwrap().to_be_bytes(), &body].concat()
}

/// A frame: length, nonce, ciphertext.
pub fn put_frame(opened: &Opened, segment: &Segment, number: u64, previous: &[u8; 16], content: &[u8]) -> Vec<u8> {
    let nonce = [0x5b; 24];
    let sealed = lock(&segment.key, &nonce, &frame_ad(&opened.lane, number, previous, &segment.start), content);
    let length = u32::try_from(nonce.len() + sealed.len()).unwrap().to_be_bytes();
    [&length[..], &nonce, &sealed].concat()
}

fn logged(frame: &Frame, opened: &Opened) -> Vec<Logged> {
    let content = Value::decode(&frame.content).unwrap();
    let read = |row: &Value| {
        let row = row.as_array().unwrap();
        let (root, oid) = (ObjectRoot(fixed(&row[0])), Oid(fixed(&row[1])));
        let key_id = row[3].as_bytes().map(|id| <[u8; 16]>::try_from(id).unwrap());
        let body = match &key_id {
            None => row[5].as_bytes().unwrap().to_vec(),
            Some(id) => {
                let key = hkdf(&opened.subject_key(id), &[b"casemate/body/v1\0", &oid.0]);
                unlock(&key, row[4].as_bytes().unwrap(), &root.0, row[5].as_bytes().unwrap())
            }
        };
        let act = SealedAct::open(oid, &body, &root).unwrap();
        Logged { root, oid, compartment: row[2].as_uint().unwrap(), key_id, act }
    };
    at(&content, 2).as_array().unwrap().iter().map(read).collect()
}

/// A sealed commit act as an entry of a frame.
pub fn open_entry(act: &SealedAct) -> Value {
    let (root, oid) = (act.root(), act.oid);
    let compartment = act.act.compartment.code();
    Value::Array(vec![
        Value::from(&root.0[..]),
        Value::from(&oid.0[..]),
        compartment.into(),
        Value::Null,
        Value::Null,
        act.body().into(),
    ])
}

pub fn object_key(fill: u8) -> ObjectKey {
    ObjectKey::new([fill; 32])
}

/// What `opened.json` says: each key and content from the passphrase down.
pub fn told(files: &Files, passphrase: &str) -> Json {
    let opened = open(files, passphrase);
    let compartments = WORDS.iter().enumerate().map(|(n, word)| {
        let pages = opened.pages.iter().filter(|(name, _, _)| name.starts_with(&format!("keys/{word}/")));
        let pages: Vec<Json> = pages.map(page).collect();
        let of = json!({"CK": hex(opened.compartments[n]), "RK": hex(opened.rings[n]), "pages": pages});
        ((*word).to_owned(), of)
    });
    let segments: Vec<Json> = opened.segments.iter().map(segment_json).collect();
    let entries: Vec<Json> = (0u64..).zip(&opened.entries).map(|(n, e)| entry_json(n, e)).collect();
    json!({
        "passphrase": passphrase,
        "case": hex(opened.case.0),
        "root_key": hex(opened.root),
        "owner": {"seed": hex(opened.owner.seed()), "public": hex(opened.owner.public().as_bytes())},
        "compartments": compartments.collect::<serde_json::Map<_, _>>(),
        "lane": {
            "id": hex(opened.lane.0),
            "lane_seed": hex(opened.seeds[0]), "ssh_seed": hex(opened.seeds[1]), "disclosure_seed": hex(opened.seeds[2]),
        },
        "segments": segments,
        "entries": entries,
        "objects": objects(files, &opened),
        "age_segments": age_segments(files, &opened),
    })
}

/// Identity and length of each segment that is an age file.
fn age_segments(files: &Files, opened: &Opened) -> Vec<Json> {
    let sealed = opened.segments.iter().filter(|s| !files[&s.name].starts_with(MAGIC));
    let one = |s: &Segment| {
        let number = u32::from_str_radix(s.name.rsplit('/').next().unwrap(), 16).unwrap();
        let (identity, length) = segment_identity(&files[&s.name], number, opened);
        json!({"file": s.name, "identity": identity, "length": length, "as_written": hex(as_written(files, &s.name, opened))})
    };
    sealed.map(one).collect()
}

fn page((name, key, content): &(String, Key, Vec<u8>)) -> Json {
    let used = content.chunks_exact(SLOT).take_while(|s| s[32..48] != [0; 16]);
    let slots = used.map(|s| json!({"subject": hex(&s[..32]), "id": hex(&s[32..48]), "SK": hex(&s[48..])}));
    json!({"file": name, "key": hex(key), "slots": slots.collect::<Vec<_>>()})
}

fn segment_json(segment: &Segment) -> Json {
    let frame = |f: &Frame| {
        let (previous, nonce) = (hex(f.previous), hex(f.nonce));
        json!({"commit": f.number, "previous_tag": previous, "nonce": nonce, "content": hex(&f.content)})
    };
    let frames: Vec<Json> = segment.frames.iter().map(frame).collect();
    json!({
        "file": segment.name, "key": hex(segment.key), "first_commit": at(&segment.header, 4).as_uint(),
        "previous_tag": hex(fixed::<16>(at(&segment.header, 5))), "frames": frames,
    })
}

fn entry_json(index: u64, entry: &Logged) -> Json {
    json!({
        "index": index, "OR": hex(entry.root.0), "oid": hex(entry.oid.0), "compartment": entry.compartment,
        "key_id": entry.key_id.map(hex), "kind": entry.act.act.kind, "version": entry.act.act.version,
    })
}

/// The objects that `seal` acts hold, opened with their identities.
fn objects(files: &Files, opened: &Opened) -> Vec<Json> {
    let seals = opened.entries.iter().filter(|e| e.act.act.kind == "seal");
    let open = |entry: &Logged| {
        let object = &entry.act.act.fields[4];
        let file = hex(at(object, 0).as_bytes().unwrap());
        let name = format!("objects/{}/{file}", &file[..2]);
        let identity = at(object, 1).as_text().unwrap();
        let length = at(object, 5).as_uint().unwrap();
        let padded = age_open(&files[&name], &identity.parse::<age::x25519::Identity>().unwrap());
        let (content, padding) = padded.split_at(usize::try_from(length).unwrap());
        assert!(padding.iter().all(|b| *b == 0));
        assert_eq!(at(object, 6).as_bytes().unwrap(), sha256(&[content]).0);
        json!({"file": name, "identity": identity, "length": length, "padded": padded.len(), "content": hex(content)})
    };
    seals.map(open).collect()
}
