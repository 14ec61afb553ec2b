//! The language-neutral vectors in `tests/vectors/proof`: made again here and compared, then each read back from its
//! file and judged. `CASEMATE_WRITE_VECTORS=1` writes them.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::needless_range_loop,
    clippy::single_range_in_vec_init
)]

use casemate_proof::act::*;
use casemate_proof::commitment::*;
use casemate_proof::disclosure::*;
use casemate_proof::log::*;
use casemate_proof::note::*;
use casemate_proof::object::*;
use casemate_proof::tree::*;
use casemate_proof::*;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::path::PathBuf;

const OID: Oid = Oid([0x11; 32]);
const KEY: [u8; 32] = [0x22; 32];
const CASE: CaseId = CaseId([0xca; 32]);

fn dir() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/proof")
}

fn hex(bytes: impl AsRef<[u8]>) -> String {
    bytes.as_ref().iter().map(|b| format!("{b:02x}")).collect()
}

fn unhex(value: &Json) -> Vec<u8> {
    let text = value.as_str().unwrap();
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).unwrap()).collect()
}

fn hash(value: &Json) -> Hash {
    value.as_str().unwrap().parse().unwrap()
}

fn secret(seed: u8) -> SecretKey {
    SecretKey::from_seed(&[seed; 32])
}

type Leaves = Vec<(u64, Vec<u8>)>;

fn leaves(n: u64) -> Leaves {
    (0..n).map(|i| (i % 3 + 1, vec![i as u8; (i % 4) as usize * 20])).collect()
}

fn object(leaves: &Leaves) -> (ObjectRecord, Vec<Hash>) {
    let timebase = Timebase::new(1, 50).unwrap();
    let mut hasher = ObjectHasher::new(&ObjectKey::new(KEY), OID, leaves.len() as u64, "test-v1", timebase).unwrap();
    let hashes = leaves.iter().map(|(t, p)| hasher.leaf(*t, p).unwrap()).collect();
    (hasher.finish().unwrap(), hashes)
}

fn disclosure(leaves: &Leaves, mask: Mask) -> (Disclosure, Vec<u8>) {
    let (record, hashes) = object(leaves);
    let mut stream = Vec::new();
    for (i, (ticks, payload)) in (0..).zip(leaves) {
        if mask.is_open(i) {
            write_payload(&mut stream, *ticks, payload);
        }
    }
    let mut prover = Prover::new(&ObjectKey::new(KEY), record, mask).unwrap();
    leaves.iter().zip(hashes).for_each(|((t, _), h)| prover.leaf(*t, h).unwrap());
    (prover.finish().unwrap(), stream)
}

struct Set(BTreeMap<String, Json>);

impl Set {
    fn add(&mut self, kind: &str, name: &str, accept: bool, why: &str, mut body: Json) {
        body["kind"] = kind.into();
        body["accept"] = accept.into();
        body["why"] = why.into();
        assert!(self.0.insert(format!("{kind}-{name}"), body).is_none(), "{kind}-{name}");
    }
}

fn objects(set: &mut Set) {
    for n in [1, 2, 3, 7] {
        let leaves = leaves(n);
        let (record, hashes) = object(&leaves);
        let payloads: Vec<Json> =
            leaves.iter().zip(&hashes).map(|((t, p), h)| json!({"ticks": t, "payload": hex(p), "L": hex(h)})).collect();
        let body = json!({
            "K": hex(KEY), "oid": hex(OID), "profile": "test-v1", "timebase": [1, 50], "leaves": payloads,
            "root": hex(record.root().hash), "ticks": record.ticks(), "OR": hex(record.object_root()),
            "record": hex(record.encode()),
        });
        set.add("object", &format!("of-{n}-leaves"), true, "compute record and OR from K, oid and leaves", body);
    }
    let (record, _) = object(&leaves(3));
    let good = record.encode();
    let body = |bytes: &[u8]| json!({"record": hex(bytes)});
    let change = |at: usize, to: u8| {
        let mut bytes = good.clone();
        bytes[at] = to;
        bytes
    };
    set.add("record", "good", true, "the record of object-of-3-leaves", body(&good));
    set.add("record", "trailing-byte", false, "a byte follows the record", body(&[&good[..], &[0]].concat()));
    set.add("record", "other-suite", false, "suite 2 is not known", body(&change(2, 2)));
    let at = good.windows(2).position(|w| w == [3, 3]).unwrap();
    let long = [&good[..=at], &[0x18, 3], &good[at + 2..]].concat();
    set.add("record", "number-not-shortest", false, "n = 3 written in two bytes", body(&long));
    set.add("record", "no-leaves", false, "n = 0", body(&change(at + 1, 0)));
    let at = good.windows(3).position(|w| w == [5, 0x82, 1]).unwrap();
    set.add("record", "timebase-zero", false, "the numerator is 0", body(&change(at + 2, 0)));
    set.add("record", "key-order", false, "keys 5 and 4 in place of 4 and 5", body(&change(at, 4)));
}

fn disclosures(set: &mut Set) {
    let eleven = leaves(11);
    let cut = || Mask::hiding(11, &[2..5, 9..10]).unwrap();
    let body = |d: &[u8], p: &[u8]| json!({"disclosure": hex(d), "payloads": hex(p)});
    let accept = |set: &mut Set, name: &str, mask: Mask| {
        let (d, p) = disclosure(&eleven, mask);
        let mut body = body(&d.encode(), &p);
        body["K"] = hex(KEY).into();
        body["OR"] = hex(d.record.object_root()).into();
        set.add("disclosure", name, true, "verify, then find OR in a log", body);
    };
    accept(set, "two-cuts", cut());
    accept(set, "all-open", Mask::all_open(11).unwrap());
    accept(set, "all-hidden", Mask::hiding(11, &[0..11]).unwrap());
    accept(set, "begins-hidden", Mask::hiding(11, &[0..1]).unwrap());

    let (good, payloads) = disclosure(&eleven, cut());
    let hidden = good.tokens.iter().position(|t| matches!(t, Token::Hidden { leaves: 2, .. })).unwrap();
    let mut refuse = |name: &str, why: &str, change: &dyn Fn(&mut Disclosure, &mut Vec<u8>)| {
        let (mut d, mut p) = (good.clone(), payloads.clone());
        change(&mut d, &mut p);
        set.add("disclosure", name, false, why, body(&d.encode(), &p));
    };
    refuse("missing-token", "the last token is missing", &|d, _| drop(d.tokens.pop()));
    refuse("surplus-token", "a token more than the mask has", &|d, _| d.tokens.push(d.tokens[0].clone()));
    refuse("tokens-swapped", "tokens 0 and 1 swapped", &|d, _| d.tokens.swap(0, 1));
    refuse("hidden-size", "HIDDEN names one leaf more than its node has", &|d, _| {
        if let Token::Hidden { leaves, .. } = &mut d.tokens[hidden] {
            *leaves += 1;
        }
    });
    refuse("hidden-ticks", "HIDDEN claims one tick more", &|d, _| {
        if let Token::Hidden { ticks, .. } = &mut d.tokens[hidden] {
            *ticks += 1;
        }
    });
    refuse("hidden-ticks-overflow", "the ticks of HIDDEN exceed 2^53-1", &|d, _| {
        if let Token::Hidden { ticks, .. } = &mut d.tokens[hidden] {
            *ticks = u64::MAX;
        }
    });
    refuse("hidden-not-maximal", "a HIDDEN of two leaves written as two of one", &|d, _| {
        let Token::Hidden { ticks, hash, .. } = d.tokens[hidden].clone() else { panic!() };
        let half = |ticks| Token::Hidden { leaves: 1, ticks, hash };
        d.tokens.splice(hidden..=hidden, [half(ticks), half(0)]);
    });
    refuse("open-in-place-of-hidden", "a seed where the mask hides", &|d, _| {
        d.tokens[hidden] = Token::Open(Seed::new(KEY))
    });
    refuse("wrong-seed", "a bit of a seed is changed", &|d, _| {
        if let Token::Open(seed) = &mut d.tokens[0] {
            let mut bytes = *seed.as_bytes();
            bytes[0] ^= 1;
            *seed = Seed::new(bytes);
        }
    });
    refuse("mask-wider", "the mask opens a leaf that the tokens hide", &|d, _| {
        d.mask = Mask::hiding(11, &[3..5, 9..10]).unwrap();
    });
    refuse("mask-of-other-n", "the mask is for 12 leaves", &|d, _| {
        d.mask = Mask::hiding(12, &[2..5, 9..10]).unwrap();
    });
    refuse("payload-changed", "a byte of the last payload is changed", &|_, p| *p.last_mut().unwrap() ^= 1);
    refuse("payload-missing", "the payloads end early", &|_, p| p.truncate(p.len() - 1));
    refuse("payload-trailing", "a byte follows the payloads", &|_, p| p.push(0));
    refuse("payloads-swapped", "the payloads of leaves 0 and 1 in each other's place", &|d, p| {
        p.clear();
        for i in [1, 0, 5, 6, 7, 8, 10] {
            write_payload(p, eleven[i].0, &eleven[i].1);
        }
        assert_eq!(d.mask.open_leaves(), 7);
    });
    refuse("payload-length-not-shortest", "a length in two bytes where one does", &|_, p| {
        assert_eq!(p[..2], [1, 0x40]);
        p.splice(1..2, [0x58, 0]);
    });
    let (other, _) = {
        let mut hasher =
            ObjectHasher::new(&ObjectKey::new(KEY), Oid([0x33; 32]), 11, "test-v1", Timebase::new(1, 50).unwrap())
                .unwrap();
        let hashes: Vec<Hash> = eleven.iter().map(|(t, p)| hasher.leaf(*t, p).unwrap()).collect();
        let mut prover = Prover::new(&ObjectKey::new(KEY), hasher.finish().unwrap(), cut()).unwrap();
        eleven.iter().zip(hashes).for_each(|((t, _), h)| prover.leaf(*t, h).unwrap());
        (prover.finish().unwrap(), ())
    };
    refuse("spliced", "a HIDDEN of another object", &|d, _| d.tokens[hidden] = other.tokens[hidden].clone());
    let record =
        ObjectRecord::new("test-v1", OID, LEAVES_MAX, Timebase::UNIT, Node { ticks: 0, hash: Hash([0; 32]) }).unwrap();
    let bomb =
        Disclosure { record, mask: Mask::all_open(LEAVES_MAX).unwrap(), tokens: vec![Token::Open(Seed::new([0; 32]))] };
    let why = "2^40 open leaves in no bytes: refuse before a seed is expanded";
    set.add("disclosure", "open-leaves-beyond-bytes", false, why, body(&bomb.encode(), &[]));
    let zero = good.encode();
    let at = zero.windows(5).position(|w| w == [2, 0x85, 2, 3, 4]).unwrap();
    let with_zero = [&zero[..at + 1], &[0x87, 2, 0, 0], &zero[at + 3..]].concat();
    set.add("disclosure", "empty-run", false, "runs of 0 leaves inside the mask", body(&with_zero, &payloads));
}

fn logs(set: &mut Set) {
    let lane_key = secret(1).public();
    let lane = lane_id(&CASE, &lane_key);
    let body = json!({"case": hex(CASE), "key": hex(lane_key.as_bytes()), "lane": hex(lane), "origin": origin(&lane)});
    set.add("lane-id", "derived", true, "SHA-256 over tag, case id and key", body);

    let mut nodes = StoredNodes::new();
    let roots: Vec<ObjectRoot> = (0..5u8).map(|i| ObjectRoot([i; 32])).collect();
    roots.iter().for_each(|root| nodes.push(entry_hash(&CASE, &lane, root)));
    let head = Checkpoint { origin: origin(&lane), size: 5, root: nodes.frontier().root() };
    let note = head.sign(&secret(1)).unwrap();
    let path = prove_inclusion(3, 5, &nodes).unwrap();
    let proof = TlogProof { index: 3, path, checkpoint: note.clone() };
    let body = |text: String, or: &ObjectRoot| json!({"case": hex(CASE), "key": hex(lane_key.as_bytes()), "OR": hex(or), "proof": text});
    let text = proof.encode();
    set.add("tlog-proof", "good", true, "entry 3 of 5", body(text.clone(), &roots[3]));
    set.add("tlog-proof", "other-act", false, "the OR is that of entry 2", body(text.clone(), &roots[2]));
    set.add("tlog-proof", "moved", false, "index 2", body(text.replace("index 3", "index 2"), &roots[3]));
    set.add("tlog-proof", "beyond", false, "index 5 of 5", body(text.replace("index 3", "index 5"), &roots[3]));
    let padded = text.replace("index 3", "index 03");
    set.add("tlog-proof", "leading-zero", false, "index 03", body(padded, &roots[3]));
    let extra = text.replace("index 3", "extra AA==\nindex 3");
    set.add("tlog-proof", "extra-line", false, "an extra line, which nothing authenticates", body(extra, &roots[3]));
    let resized = text.replace("\n5\n", "\n6\n");
    set.add("tlog-proof", "resized", false, "the signed size is changed", body(resized, &roots[3]));
    let mut longer = proof.clone();
    longer.path.push(Hash([0; 32]));
    set.add("tlog-proof", "surplus-hash", false, "a hash more than 3 of 5 calls for", body(longer.encode(), &roots[3]));
    let foreign = TlogProof { checkpoint: head.sign(&secret(2)).unwrap(), ..proof.clone() };
    set.add(
        "tlog-proof",
        "foreign-key",
        false,
        "signed by a key that is not the lane's",
        body(foreign.encode(), &roots[3]),
    );

    let armoured = sshsig::sign(sshsig::CHECKPOINT_NAMESPACE, head.text().as_bytes(), &secret(3));
    let body = |sig: &str, message: String| json!({"key": hex(secret(3).public().as_bytes()), "message": message, "signature": sig});
    set.add("sshsig", "good", true, "ssh-keygen -Y verify -n checkpoint@casemate", body(&armoured, head.text()));
    let message = head.text().replace("\n5\n", "\n6\n");
    set.add("sshsig", "other-message", false, "the size is changed", body(&armoured, message));
    let file = sshsig::sign("file", head.text().as_bytes(), &secret(3));
    set.add("sshsig", "other-namespace", false, "signed for the namespace file", body(&file, head.text()));

    let keys = LaneKeys { lane: lane_key, ssh: secret(3).public(), disclosure: secret(4).public() };
    let grant = Grant { case: CASE, keys, role: "owner".into() }.sign(&secret(9)).unwrap();
    let body = |grant: &SignedGrant, case: CaseId| {
        json!({"case": hex(case), "lane": hex(lane), "owner": hex(secret(9).public().as_bytes()),
            "payloads": grant.to_act().payloads().unwrap().map(hex)})
    };
    set.add("lane-act", "good", true, "entry 0 of a lane", body(&grant, CASE));
    set.add("lane-act", "other-case", false, "the grant is for another case", body(&grant, CaseId([1; 32])));
    let mut forged = grant.clone();
    forged.grant.role = "counsel".into();
    set.add("lane-act", "role-changed", false, "the role is not the one signed", body(&forged, CASE));

    let heads = BTreeMap::from([
        (LaneId([1; 32]), Head { size: 4, root: Hash([5; 32]) }),
        (lane, Head { size: 5, root: head.root }),
    ]);
    let map = Map::of_lanes(&heads);
    let rows: Vec<Json> = heads.iter().map(|(l, h)| json!([hex(l), h.size, hex(h.root)])).collect();
    set.add("lane-map", "of-two", true, "compute the root", json!({"rows": rows, "root": hex(map.root())}));
    let commit = CommitAct {
        lamport: 7,
        seen: [(LaneId([1; 32]), heads[&LaneId([1; 32])])].into(),
        map_root: map.root(),
        count: 3,
    };
    let payloads = commit.to_act(&CASE).unwrap().payloads().unwrap();
    let body = json!({"lamport": 7, "count": 3, "map_root": hex(map.root()), "seen": [rows[0]], "payloads": payloads.clone().map(hex)});
    set.add("commit-act", "good", true, "the payloads of a commit act", body);
    let stamp = stamp_imprint(&[6; 32], note.encode().as_bytes());
    let body = json!({"salt": hex([6; 32]), "note": note.encode(), "imprint": hex(stamp)});
    set.add("stamp", "imprint", true, "the imprint of a timestamp", body);
    let press = press_commitment(&[6; 32], &roots[3]);
    set.add(
        "press",
        "commitment",
        true,
        "",
        json!({"salt": hex([6; 32]), "OR": hex(roots[3]), "commitment": hex(press)}),
    );
}

fn acts(set: &mut Set) {
    let mut act = Act::new("seal", Compartment::Identity, SubjectId([5; 32]));
    act.about = [ObjectRoot([1; 32]), ObjectRoot([2; 32])].into();
    act.fields[0] = "call of Tuesday.amr".into();
    act.fields[2] = Value::Map([(0, 7u64.into()), (300, Value::Array(vec![true.into(), Value::Null]))].into());
    let unknown = Act { kind: "not-yet-thought-of".into(), version: 9, class: Class::Later(17), ..act.clone() };
    for (name, act) in [("seal", &act), ("unknown-kind", &unknown)] {
        let sealed = SealedAct::new(act.clone(), OID, ObjectKey::new(KEY)).unwrap();
        let body = json!({"oid": hex(OID), "K": hex(KEY), "payloads": sealed.payloads.clone().map(hex),
            "OR": hex(sealed.root()), "body": hex(sealed.body()), "SK": hex([8; 32]), "body_key": hex(body_key(&[8; 32], &OID))});
        set.add("act", name, true, "payloads, OR, body before encryption, body key", body);
    }
    let good = act.payloads().unwrap();
    let mut refuse = |name: &str, why: &str, leaf: usize, payload: &[u8]| {
        let mut payloads = good.clone();
        payloads[leaf] = payload.to_vec();
        set.add("act", name, false, why, json!({"payloads": payloads.map(hex)}));
    };
    refuse("empty-array", "no parents are null, never an empty array", 4, &[0x80]);
    let root = |b: u8| [&[0x58, 32][..], &[b; 32]].concat();
    refuse("about-unsorted", "object roots out of order", 3, &[&[0x82][..], &root(2), &root(1)].concat());
    refuse("about-twice", "an object root twice", 3, &[&[0x82][..], &root(1), &root(1)].concat());
    refuse("number-not-shortest", "7 in two bytes", 6, &[0x18, 7]);
    refuse("float", "a float", 6, &[0xf9, 0, 0]);
    refuse("negative", "a negative number", 6, &[0x20]);
    refuse("tag", "a tag", 6, &[0xc0, 0x60]);
    refuse("indefinite", "an array of indefinite length", 6, &[0x9f, 0xff]);
    refuse("map-keys-unsorted", "keys out of order", 6, &[0xa2, 2, 0, 1, 0]);
    refuse("map-key-twice", "a key twice", 6, &[0xa2, 1, 0, 1, 0]);
    refuse("map-key-text", "a key that is no number", 6, &[0xa1, 0x60, 0]);
    refuse("not-utf8", "a text that is not UTF-8", 6, &[0x61, 0xff]);
    refuse("two-values", "two values in one field", 6, &[0xf6, 0xf6]);
    refuse("no-value", "a field without a value", 6, &[]);
    refuse("too-deep", "17 arrays in each other", 6, &[&[0x81; 16][..], &[0x80]].concat());
    refuse("kind-upper-case", "a kind with a capital", 0, &[0xa4, 0, 0x61, b'A', 1, 1, 2, 0xf4, 3, 0]);
}

fn signatures(set: &mut Set) {
    let (key, message) = (secret(1), b"checkpoint".to_vec());
    let signature = key.sign(&message).0;
    let body = |k: &[u8], s: &[u8]| json!({"key": hex(k), "message": hex(&message), "signature": hex(s)});
    let public = *key.public().as_bytes();
    set.add("ed25519", "good", true, "", body(&public, &signature));
    let order: Vec<u8> = unhex(&json!("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010"));
    let (mut lifted, mut carry) = (signature, 0u16);
    for i in 0..32 {
        let sum = u16::from(lifted[32 + i]) + u16::from(order[i]) + carry;
        (lifted[32 + i], carry) = (sum as u8, sum >> 8);
    }
    set.add("ed25519", "s-not-reduced", false, "S + L", body(&public, &lifted));
    let small = unhex(&json!("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"));
    set.add(
        "ed25519",
        "key-small-order",
        false,
        "A of order 8, R = A, S = 0",
        body(&small, &[&small[..], &[0; 32]].concat()),
    );
    let mut identity = [0; 32];
    identity[0] = 1;
    let zeros = [&identity[..], &[0; 32]].concat();
    set.add("ed25519", "key-identity", false, "A = R = identity, S = 0: any message", body(&identity, &zeros));
    let mut noncanonical = [0xff; 32];
    (noncanonical[0], noncanonical[31]) = (0xee, 0x7f);
    set.add("ed25519", "key-not-canonical", false, "y = p + 1", body(&noncanonical, &zeros));
}

fn all() -> BTreeMap<String, Json> {
    let mut set = Set(BTreeMap::new());
    objects(&mut set);
    disclosures(&mut set);
    logs(&mut set);
    acts(&mut set);
    signatures(&mut set);
    set.0
}

/// Judges a vector as a stranger's verifier would, from its file alone.
fn judge(v: &Json) -> bool {
    let payloads16 = |v: &Json| -> [Vec<u8>; 16] {
        let list: Vec<Vec<u8>> = v["payloads"].as_array().unwrap().iter().map(unhex).collect();
        list.try_into().unwrap()
    };
    match v["kind"].as_str().unwrap() {
        "object" => {
            let list = v["leaves"].as_array().unwrap();
            let key = ObjectKey::new(unhex(&v["K"]).try_into().unwrap());
            let oid = Oid(hash(&v["oid"]).0);
            let mut hasher =
                ObjectHasher::new(&key, oid, list.len() as u64, "test-v1", Timebase::new(1, 50).unwrap()).unwrap();
            let leaves_hold = list.iter().all(|leaf| {
                hasher.leaf(leaf["ticks"].as_u64().unwrap(), &unhex(&leaf["payload"])).unwrap() == hash(&leaf["L"])
            });
            let record = hasher.finish().unwrap();
            leaves_hold && record.encode() == unhex(&v["record"]) && record.object_root().0 == hash(&v["OR"]).0
        }
        "record" => ObjectRecord::decode(&unhex(&v["record"])).is_ok(),
        "disclosure" => {
            let payloads = unhex(&v["payloads"]);
            let verified =
                Disclosure::decode(&unhex(&v["disclosure"])).and_then(|d| Ok(verify_whole(&d, &payloads)?.0));
            verified.is_ok_and(|verified| verified.object_root.0 == hash(&v["OR"]).0)
        }
        "lane-id" => {
            let lane = lane_id(&CaseId(hash(&v["case"]).0), &PublicKey::from_bytes(&unhex(&v["key"])).unwrap());
            lane.0 == hash(&v["lane"]).0 && origin(&lane) == v["origin"].as_str().unwrap()
        }
        "tlog-proof" => {
            let (case, key) = (CaseId(hash(&v["case"]).0), PublicKey::from_bytes(&unhex(&v["key"])).unwrap());
            let lane = lane_id(&case, &key);
            let entry = entry_hash(&case, &lane, &ObjectRoot(hash(&v["OR"]).0));
            let key = NoteKey::new(&origin(&lane), key).unwrap();
            TlogProof::decode(v["proof"].as_str().unwrap().as_bytes()).and_then(|p| p.verify(&entry, &key)).is_ok()
        }
        "sshsig" => {
            let key = PublicKey::from_bytes(&unhex(&v["key"])).unwrap();
            let message = v["message"].as_str().unwrap().as_bytes();
            sshsig::verify(sshsig::CHECKPOINT_NAMESPACE, message, &key, v["signature"].as_str().unwrap()).is_ok()
        }
        "lane-act" => {
            let owner = PublicKey::from_bytes(&unhex(&v["owner"])).unwrap();
            let mut lane = LaneState::new(CaseId(hash(&v["case"]).0), LaneId(hash(&v["lane"]).0));
            let act = Act::from_payloads(&payloads16(v)).unwrap();
            lane.push_lane_act(&ObjectRoot([0; 32]), &act, &owner, |_| {}).is_ok()
        }
        "lane-map" => {
            let rows = v["rows"].as_array().unwrap().iter();
            let heads = rows.map(|r| (LaneId(hash(&r[0]).0), Head { size: r[1].as_u64().unwrap(), root: hash(&r[2]) }));
            Map::of_lanes(&heads.collect()).root() == hash(&v["root"])
        }
        "commit-act" => CommitAct::from_act(&Act::from_payloads(&payloads16(v)).unwrap())
            .is_ok_and(|c| c.lamport == v["lamport"] && c.count == v["count"] && c.map_root == hash(&v["map_root"])),
        "stamp" => stamp_imprint(&hash(&v["salt"]).0, v["note"].as_str().unwrap().as_bytes()) == hash(&v["imprint"]),
        "press" => press_commitment(&hash(&v["salt"]).0, &ObjectRoot(hash(&v["OR"]).0)) == hash(&v["commitment"]),
        "act" => {
            let Ok(act) = Act::from_payloads(&payloads16(v)) else { return false };
            let (oid, key) = (Oid(hash(&v["oid"]).0), ObjectKey::new(hash(&v["K"]).0));
            let sealed = SealedAct::new(act, oid, key).unwrap();
            let key_holds = body_key(&hash(&v["SK"]).0, &oid) == hash(&v["body_key"]).0;
            sealed.root().0 == hash(&v["OR"]).0 && sealed.body() == unhex(&v["body"]) && key_holds
        }
        "ed25519" => {
            let signature = Signature::from_slice(&unhex(&v["signature"])).unwrap();
            PublicKey::from_bytes(&unhex(&v["key"])).is_ok_and(|k| k.verify(&unhex(&v["message"]), &signature).is_ok())
        }
        kind => panic!("kind {kind}"),
    }
}

#[test]
fn vectors_are_those_in_the_files() {
    let made = all();
    if std::env::var_os("CASEMATE_WRITE_VECTORS").is_some() {
        std::fs::create_dir_all(dir()).unwrap();
        for (name, vector) in &made {
            let text = serde_json::to_string_pretty(vector).unwrap() + "\n";
            std::fs::write(dir().join(format!("{name}.json")), text).unwrap();
        }
    }
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(dir()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "json") {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            found.insert(name, serde_json::from_slice::<Json>(&std::fs::read(&path).unwrap()).unwrap());
        }
    }
    assert_eq!(found.keys().collect::<Vec<_>>(), made.keys().collect::<Vec<_>>());
    for (name, vector) in &found {
        assert_eq!(vector, &made[name], "{name}");
        assert_eq!(judge(vector), vector["accept"].as_bool().unwrap(), "{name}");
    }
}

#[test]
fn the_examples_of_the_documents_are_true() {
    let read = |name: &str| {
        std::fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/format").join(name)).unwrap()
    };
    let (shown, payloads) = disclosure(&leaves(2), Mask::hiding(2, &[1..2]).unwrap());
    verify_whole(&shown, &payloads).unwrap();
    let objects = read("objects.md");
    let (record, hashes) = object(&leaves(2));
    for line in [hex(shown.encode()), hex(record.object_root()), hex(record.encode()), hex(hashes[0]), hex(payloads)] {
        assert!(objects.contains(&line), "{line}");
    }
    let log = read("log.md");
    let good = &all()["tlog-proof-good"];
    assert!(log.contains(good["proof"].as_str().unwrap()));
    assert!(log.contains(&hex(lane_id(&CASE, &secret(1).public()))));
}
