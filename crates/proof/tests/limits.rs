//! Every limit of a format, met exactly: the greatest is written and read, one more is neither.
#![allow(clippy::unwrap_used, clippy::panic)]

use casemate_proof::act::*;
use casemate_proof::cbor::Writer;
use casemate_proof::disclosure::*;
use casemate_proof::log::*;
use casemate_proof::note::*;
use casemate_proof::object::{self, Seed};
use casemate_proof::selection::*;
use casemate_proof::value::*;
use casemate_proof::*;
use std::collections::BTreeMap;

/// So many different roots, in order.
fn roots(count: u64) -> impl Iterator<Item = ObjectRoot> {
    (0..count).map(|n| {
        let mut root = [0; 32];
        root[..8].copy_from_slice(&n.to_be_bytes());
        ObjectRoot(root)
    })
}

fn written(write: impl FnOnce(&mut Writer)) -> Vec<u8> {
    let mut writer = Writer::new();
    write(&mut writer);
    writer.into_bytes()
}

#[test]
fn a_value_has_at_most_2_to_the_24_bytes_and_2_to_the_20_items() {
    // A byte string's head of five bytes, and its content.
    let content = (1 << 24) - 5;
    let longest = Value::Bytes(vec![7; content]);
    let bytes = longest.encode().unwrap();
    assert_eq!((bytes.len(), VALUE_BYTES_MAX), (1 << 24, 1 << 24));
    assert!(Value::decode(&bytes).unwrap() == longest);
    assert_eq!(Value::Bytes(vec![7; content + 1]).encode(), Err(ValueError::Bytes));
    assert_eq!(Value::decode(&written(|w| _ = w.bytes(&vec![7; content + 1]))), Err(ValueError::Bytes));
    assert_eq!(Value::decode(&vec![0; (1 << 24) + 2]), Err(ValueError::Bytes));

    // An array counts itself; a map itself and each key.
    let nulls = |count: usize| {
        written(|w| {
            w.array(count);
            (0..count).for_each(|_| _ = w.null());
        })
    };
    let most = Value::Array(vec![Value::Null; (1 << 20) - 1]);
    assert!(most.encode().unwrap() == nulls((1 << 20) - 1));
    assert!(Value::decode(&nulls((1 << 20) - 1)).unwrap() == most);
    assert_eq!(Value::Array(vec![Value::Null; 1 << 20]).encode(), Err(ValueError::Items));
    assert_eq!(Value::decode(&nulls(1 << 20)), Err(ValueError::Items));
    assert_eq!(Value::decode(&nulls((1 << 20) + 1)), Err(ValueError::Items));
    let pairs = |count| Value::Map((0..count).map(|key| (key, Value::Null)).collect());
    assert!(pairs((1 << 19) - 1).encode().is_ok());
    assert_eq!(pairs(1 << 19).encode(), Err(ValueError::Items));
}

#[test]
fn a_value_is_nested_16_deep_whatever_the_containers() {
    // The innermost container is empty, or holds a number; the others are arrays, maps, or both in turn.
    let wrap = |inner, map| if map { Value::Map([(0, inner)].into()) } else { Value::Array(vec![inner]) };
    let byte = |map: bool| if map { &[0xa1, 0][..] } else { &[0x81] };
    for maps in [[false, false], [true, true], [false, true], [true, false]] {
        for depth in [16, 17, 18, 40] {
            let value = (1..depth).fold(Value::Uint(0), |inner, level| wrap(inner, maps[level % 2]));
            let mut bytes: Vec<u8> = (1..depth).rev().flat_map(|level| byte(maps[level % 2])).copied().collect();
            bytes.push(0);
            if depth == 16 {
                assert_eq!(value.encode().as_ref(), Ok(&bytes));
                assert_eq!(Value::decode(&bytes), Ok(value));
            } else {
                assert_eq!(value.encode(), Err(ValueError::Depth), "{maps:?} {depth}");
                assert_eq!(Value::decode(&bytes), Err(ValueError::Depth), "{maps:?} {depth}");
            }
        }
    }
    // A key is an item one deeper than its map: the sixteenth container may be a map only if it has no pair.
    let around = |inner| (1..16).fold(inner, |inner, _| Value::Array(vec![inner]));
    assert!(around(Value::Map(BTreeMap::new())).encode().is_ok());
    assert_eq!(around(Value::Map([(0, Value::Null)].into())).encode(), Err(ValueError::Depth));
}

#[test]
fn an_act_names_at_most_2_to_the_16_objects() {
    let act = |count| {
        let mut act = Act::new("note", Compartment::Case, SubjectId([1; 32]));
        act.about = roots(count).collect();
        act
    };
    let most = act(1 << 16);
    let payloads = most.payloads().unwrap();
    assert!(Act::from_payloads(&payloads).unwrap() == most);
    assert_eq!(act((1 << 16) + 1).payloads(), Err(ActError::Roots));
    assert_eq!(act((1 << 16) + 2).payloads(), Err(ActError::Roots));
    let mut longer = payloads;
    for more in [1, 2] {
        longer[4] = written(|w| {
            w.array((1 << 16) + more);
            roots((1 << 16) + more as u64).for_each(|root| _ = w.bytes(&root.0));
        });
        assert_eq!(Act::from_payloads(&longer), Err(ActError::Roots));
    }
    let kind = |length| Act::new(&"k".repeat(length), Compartment::Case, SubjectId([1; 32])).payloads().map(|_| ());
    assert_eq!([0, 1, 64, 65].map(kind), [Err(ActError::Kind), Ok(()), Ok(()), Err(ActError::Kind)]);
}

#[test]
fn a_mask_has_at_most_2_to_the_20_runs() {
    assert_eq!(Mask::from_runs(vec![1; 1 << 20]).map(|mask| mask.leaves()), Ok(1 << 20));
    assert_eq!(Mask::from_runs(vec![1; (1 << 20) + 1]), Err(DisclosureError::Runs));

    // As written: an object of 2^20 and one leaves; the tokens are not looked at before the runs.
    let root = object::Node { ticks: 0, hash: Hash([0; 32]) };
    let disclosure = |runs: usize, leaves: u64| {
        let record = ObjectRecord::new("test-v1", Oid([0; 32]), leaves, Timebase::UNIT, root).unwrap();
        let mut writer = Writer::new();
        writer.map(4).uint(0).uint(1).uint(1);
        let mut bytes = writer.into_bytes();
        bytes.extend(record.encode());
        bytes.extend(written(|w| {
            w.uint(2).array(runs);
            (0..runs).for_each(|_| _ = w.uint(1));
            w.uint(3).array(0);
        }));
        Disclosure::decode(&bytes).map(|found| found.mask.runs().len())
    };
    assert_eq!(disclosure(1 << 20, 1 << 20), Ok(1 << 20));
    assert_eq!(disclosure((1 << 20) + 1, (1 << 20) + 1), Err(DisclosureError::Runs));
    assert_eq!(disclosure((1 << 20) + 2, (1 << 20) + 2), Err(DisclosureError::Runs));
}

#[test]
fn a_disclosure_has_at_most_82_tokens_for_each_run() {
    let root = object::Node { ticks: 0, hash: Hash([0; 32]) };
    let record = ObjectRecord::new("test-v1", Oid([0; 32]), 5, Timebase::UNIT, root).unwrap();
    for runs in [vec![5], vec![2, 3]] {
        let most = 82 * runs.len();
        let mask = Mask::from_runs(runs).unwrap();
        let tokens = |count| vec![Token::Open(Seed::new([1; 32])); count];
        let read = |count| {
            let disclosure = Disclosure { record: record.clone(), mask: mask.clone(), tokens: tokens(count) };
            Disclosure::decode(&disclosure.encode()).map(|found| found.tokens.len())
        };
        assert_eq!(read(most), Ok(most));
        assert_eq!(read(most + 1), Err(DisclosureError::Tokens));
        assert_eq!(read(most + 2), Err(DisclosureError::Tokens));
    }
}

#[test]
fn a_selection_has_at_most_65_536_objects_and_4096_bytes_of_purpose() {
    let mask = Mask::all_open(1).unwrap();
    let selection = |objects: u64, purpose: usize| Selection {
        case: None,
        objects: roots(objects).map(|root| (root, mask.clone())).collect(),
        purpose: "p".repeat(purpose),
        date: 1,
        previous: None,
    };
    // What is written, whatever it holds.
    let bytes = |objects: u64, purpose: usize| {
        written(|w| {
            w.map(5).uint(0).null().uint(1).array(objects as usize);
            roots(objects).for_each(|root| _ = w.array(2).bytes(&root.0).array(1).uint(1));
            w.uint(2).text(&"p".repeat(purpose)).uint(3).uint(1).uint(4).null();
        })
    };
    for (objects, purpose, expected) in [
        (1 << 16, 4096, Ok(())),
        (0, 0, Ok(())),
        ((1 << 16) + 1, 1, Err(SelectionError::Objects)),
        ((1 << 16) + 2, 1, Err(SelectionError::Objects)),
        (1, 4097, Err(SelectionError::Purpose)),
        (1, 4098, Err(SelectionError::Purpose)),
    ] {
        let (ours, bytes) = (selection(objects, purpose), bytes(objects, purpose));
        match expected {
            Ok(()) => {
                assert!(ours.encode().unwrap() == bytes);
                assert!(Selection::decode(&bytes).unwrap() == ours);
            }
            Err(error) => {
                assert_eq!(ours.encode().err(), Some(error));
                assert_eq!(Selection::decode(&bytes).err(), Some(error));
            }
        }
    }
    let order = |list: [u8; 2]| {
        let bytes = written(|w| {
            w.map(5).uint(0).null().uint(1).array(2);
            list.iter().for_each(|root| _ = w.array(2).bytes(&[*root; 32]).array(1).uint(1));
            w.uint(2).text("").uint(3).uint(1).uint(4).null();
        });
        Selection::decode(&bytes).map(|found| found.objects.len())
    };
    assert_eq!([[1, 2], [2, 1], [1, 1]].map(order), [Ok(2), Err(SelectionError::Order), Err(SelectionError::Order)]);
    let runs = |count: usize| {
        let bytes = written(|w| {
            w.map(5).uint(0).null().uint(1).array(1).array(2).bytes(&[1; 32]).array(count);
            (0..count).for_each(|_| _ = w.uint(1));
            w.uint(2).text("").uint(3).uint(1).uint(4).null();
        });
        Selection::decode(&bytes).map(|found| found.objects.len())
    };
    assert_eq!(runs(1 << 20), Ok(1));
    assert_eq!(runs((1 << 20) + 1), Err(SelectionError::Mask(DisclosureError::Runs)));
}

#[test]
fn an_object_has_at_most_2_to_the_53_ticks_but_one() {
    let (key, oid, most) = (ObjectKey::new([3; 32]), Oid([4; 32]), (1 << 53) - 1);
    assert_eq!(object::TICKS_MAX, most);
    // Two leaves, one of them with all the ticks, shown and hidden.
    for ticks in [[most, 0], [0, most]] {
        let mut hasher = ObjectHasher::new(&key, oid, 2, "test-v1", Timebase::UNIT).unwrap();
        let hashes = ticks.map(|t| hasher.leaf(t, b"payload").unwrap());
        let record = hasher.finish().unwrap();
        assert_eq!(record.ticks(), most);
        for hidden in [0, 1] {
            let mask = Mask::hiding(2, std::slice::from_ref(&(hidden..hidden + 1))).unwrap();
            let mut prover = Prover::new(&key, record.clone(), mask.clone()).unwrap();
            ticks.iter().zip(&hashes).for_each(|(t, hash)| prover.leaf(*t, *hash).unwrap());
            let disclosure = prover.finish().unwrap();
            let mut stream = Vec::new();
            let shown = ticks[1 - hidden as usize];
            write_payload(&mut stream, shown, b"payload");
            let (verified, _) = verify_whole(&disclosure, &stream).unwrap();
            assert_eq!((verified.open_ticks, verified.hidden_ticks), (shown, most - shown));
            let mut verifier = Verifier::new(&disclosure, 10).unwrap();
            assert_eq!(verifier.leaf(most + 1, b"payload"), Err(object::ObjectError::Ticks.into()));

            let mut prover = Prover::new(&key, record.clone(), mask).unwrap();
            assert_eq!(prover.leaf(most + 1, hashes[0]), Err(DisclosureError::Order(0)));
        }
        let wrong = |ticks| {
            let hidden = |ticks| Token::Hidden { leaves: 2, ticks, hash: Hash([0; 32]) };
            let mask = Mask::hiding(2, std::slice::from_ref(&(0..2))).unwrap();
            let disclosure = Disclosure { record: record.clone(), mask, tokens: vec![hidden(ticks)] };
            verify_whole(&disclosure, &[]).map(|_| ())
        };
        assert_eq!(wrong(most), Err(DisclosureError::Root));
        assert_eq!(wrong(most + 1), Err(object::ObjectError::Ticks.into()));
    }
}

#[test]
fn a_lane_has_at_most_2_to_the_48_entries() {
    // A state as it is written: the frontier of so many entries has a hash for each bit that is set.
    let state = |size: u64, committed: (u64, u8), seen: &[u8]| {
        written(|w| {
            let frontier = [&size.to_be_bytes()[..], &vec![9; 32 * size.count_ones() as usize]].concat();
            w.map(7).uint(0).uint(1).uint(1).bytes(&[1; 32]).uint(2).bytes(&[2; 32]).uint(3).bytes(&frontier);
            w.uint(4).array(2).uint(committed.0).bytes(&[committed.1; 32]);
            w.uint(5).uint(3).uint(6).array(seen.len());
            seen.iter().for_each(|lane| _ = w.array(3).bytes(&[*lane; 32]).uint(1).bytes(&[5; 32]));
        })
    };
    let push = |size| {
        let mut lane = LaneState::decode(&state(size, (1, 0), &[])).unwrap();
        lane.push(&ObjectRoot([1; 32]), |_| {}).map(|()| lane.size())
    };
    assert_eq!(push((1 << 48) - 1), Ok(1 << 48));
    assert_eq!(push(1 << 48), Err(LogError::Tree(tree::TreeError::Size)));

    // The root over one peak is that peak: what is committed is no more than what there is, and the same where it is all.
    let read = |size, committed, seen: &[u8]| LaneState::decode(&state(size, committed, seen)).map(|lane| lane.size());
    let refused = Err(LogError::State);
    for (size, committed, seen, expected) in [
        (4, (4, 9), &[][..], Ok(4)),
        (4, (4, 8), &[], refused.clone()),
        (4, (5, 9), &[], refused.clone()),
        (4, (3, 8), &[], Ok(4)),
        (4, (3, 9), &[], Ok(4)),
        (4, (4, 9), &[3, 4, 6], Ok(4)),
        (4, (4, 9), &[4, 3], refused.clone()),
        (4, (4, 9), &[3, 3], refused),
    ] {
        assert_eq!(read(size, committed, seen), expected, "{size} {committed:?} {seen:?}");
    }
}

#[test]
fn a_commit_has_seen_at_most_4096_lanes() {
    let case = CaseId([1; 32]);
    let seen = |count: u64| -> BTreeMap<LaneId, Head> {
        roots(count).map(|root| (LaneId(root.0), Head { size: 1, root: Hash([2; 32]) })).collect()
    };
    let act = |count| CommitAct { lamport: 9, seen: seen(count), map_root: Hash([3; 32]), count: 1 }.to_act(&case);
    assert_eq!(CommitAct::from_act(&act(4096).unwrap()).unwrap().seen.len(), 4096);
    assert_eq!([4097, 4098].map(|count| act(count).err()), [Some(LogError::Lanes), Some(LogError::Lanes)]);
    let lane = LaneState::new(case, LaneId([0xff; 32]));
    let next = |count| lane.next_commit(seen(count), &|_: &LaneId, _: &Head| Ok(Some(1))).map(|c| c.seen.len());
    assert_eq!(next(4096), Ok(4096));
    assert_eq!([4097, 4098].map(next), [Err(LogError::Lanes), Err(LogError::Lanes)]);
}

#[test]
fn an_act_is_of_a_kind_only_by_its_name_and_version() {
    let case = CaseId([1; 32]);
    let commit = CommitAct { lamport: 9, seen: BTreeMap::new(), map_root: Hash([3; 32]), count: 1 };
    let commit = commit.to_act(&case).unwrap();
    let census = CensusAct { heads: Hash([1; 32]), rows: 2, root: Hash([4; 32]), map_key: [7; 32] }.to_act(&case);
    let others = |act: &Act| {
        let change = |change: fn(&mut Act)| {
            let mut act = act.clone();
            change(&mut act);
            act
        };
        [
            change(|act| act.kind = "note".into()),
            change(|act| act.version = 2),
            change(|act| act.class = Class::Last),
            change(|act| act.critical = !act.critical),
            change(|act| act.compartment = Compartment::Press),
            change(|act| act.fields[9] = Value::Uint(0)),
            change(|act| act.fields[0] = Value::Null),
            change(|act| _ = act.about.insert(ObjectRoot([1; 32]))),
        ]
    };
    assert!(CommitAct::from_act(&commit).is_ok() && CensusAct::from_act(&census).is_ok());
    for act in others(&commit) {
        assert_eq!(CommitAct::from_act(&act), Err(LogError::NotKind("commit")));
    }
    for act in others(&census) {
        assert_eq!(CensusAct::from_act(&act), Err(LogError::NotKind("census")));
    }
    // Another kind's fields are not read as this one's: more lanes than a commit has are no fault of theirs.
    let mut many = commit.clone();
    many.kind = "note".into();
    let lane = |root: ObjectRoot| Value::Array(vec![root.0[..].into(), 1.into(), [2; 32][..].into()]);
    many.fields[1] = Value::Array(roots(4097).map(lane).collect());
    assert_eq!(CommitAct::from_act(&many), Err(LogError::NotKind("commit")));
    for (kind, version) in [("note", 1), ("lane", 2), ("note", 2)] {
        let mut act = Act::new(kind, Compartment::Case, SubjectId(case.0));
        act.version = version;
        (0..3).for_each(|field| act.fields[field] = [0; 64][..].into());
        assert_eq!(SignedGrant::from_act(&act), Err(LogError::NotKind("lane")), "{kind} {version}");
    }
}

#[test]
fn a_note_has_at_most_65_536_bytes_64_signatures_and_no_control_characters() {
    let secret = SecretKey::from_seed(&[3; 32]);
    // The blank line, a dash of three bytes, two spaces, a name, 92 characters of base64 (id and signature), a line's end.
    let around = 1 + 3 + 2 + 4 + 92 + 1;
    let sign = |length: usize| SignedNote::sign(&format!("{}\n", "t".repeat(length - around - 1)), "name", &secret);
    let longest = sign(65_536).unwrap().encode();
    assert_eq!((longest.len(), NOTE_BYTES_MAX), (65_536, 65_536));
    assert!(SignedNote::decode(longest.as_bytes()).is_ok());
    for length in [65_537, 65_538] {
        assert_eq!(sign(length), Err(NoteError::Bytes));
        let longer = longest.replacen('t', &"t".repeat(length - 65_535), 1);
        assert_eq!((longer.len(), SignedNote::decode(longer.as_bytes())), (length, Err(NoteError::Bytes)));
    }

    let note = SignedNote::sign("text\n", "name", &secret).unwrap().encode();
    let (text, line) = note.split_once("\n\n").unwrap();
    let signed = |count: usize| SignedNote::decode(format!("{text}\n\n{}", line.repeat(count)).as_bytes());
    assert_eq!(signed(64).map(|note| note.signatures().len()), Ok(64));
    assert_eq!([65, 66].map(|count| signed(count).err()), [Some(NoteError::Signatures), Some(NoteError::Signatures)]);
    let mut full = signed(63).unwrap();
    let more = full.signatures()[0].clone();
    assert_eq!(full.add(more.clone()), Ok(()));
    assert_eq!(full.add(more), Err(NoteError::Signatures));

    // C2SP signed-note: no ASCII control characters below U+0020 but the newline, which ends the text.
    for (text, expected) in [
        ("text\n", Ok(())),
        ("a b\n\nc\n", Ok(())),
        ("", Err(NoteError::Form)),
        ("text", Err(NoteError::Form)),
        ("\0\n", Err(NoteError::Form)),
        ("a\tb\n", Err(NoteError::Form)),
        ("a\r\n", Err(NoteError::Form)),
        ("a\u{1f}b\n", Err(NoteError::Form)),
    ] {
        assert_eq!(SignedNote::sign(text, "name", &secret).map(|_| ()), expected, "{text:?}");
        let bytes = format!("{text}\n{line}");
        assert_eq!(SignedNote::decode(bytes.as_bytes()).map(|_| ()), expected, "{bytes:?}");
    }
}

#[test]
fn a_log_proof_and_a_witness_key_have_their_length() {
    let proof = |length: usize| TlogProof::decode(&vec![b'x'; length]).err();
    let (form, long) = (Some(NoteError::Proof), Some(NoteError::Bytes));
    assert_eq!([262_143, 262_144, 262_145, 262_146].map(proof), [form, form, long, long]);

    // A name, two plus signs, eight digits of the id, 44 characters of base64 (type and key).
    let public = SecretKey::from_seed(&[3; 32]).public();
    let key = |length: usize| WitnessKey::new(&"w".repeat(length - 54), public).unwrap().to_string();
    let read = |length| key(length).parse::<WitnessKey>().map(|key| key.name().len());
    assert_eq!((key(512).len(), read(512)), (512, Ok(458)));
    assert_eq!([513, 514].map(read), [Err(NoteError::Bytes), Err(NoteError::Bytes)]);
}
