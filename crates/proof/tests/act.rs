//! Acts: sixteen fields, one encoding, unknown kinds kept.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::needless_range_loop,
    clippy::single_range_in_vec_init
)]

use casemate_proof::act::*;
use casemate_proof::cbor::CborError;
use casemate_proof::disclosure::*;
use casemate_proof::selection::*;
use casemate_proof::value::*;
use casemate_proof::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<u64>().prop_map(Value::Uint),
        proptest::collection::vec(any::<u8>(), 0..40).prop_map(Value::Bytes),
        ".{0,20}".prop_map(Value::Text),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::Array),
            proptest::collection::btree_map(any::<u64>(), inner, 0..6).prop_map(Value::Map),
        ]
    })
}

fn act() -> Act {
    let mut act = Act::new("seal", Compartment::Identity, SubjectId([5; 32]));
    act.about = [ObjectRoot([2; 32]), ObjectRoot([1; 32])].into();
    act.fields[0] = "call of Tuesday.amr".into();
    act.fields[1] = 1_234_567u64.into();
    act
}

proptest! {
    #[test]
    fn a_value_has_one_encoding(value in values()) {
        let bytes = value.encode().unwrap();
        prop_assert_eq!(Value::decode(&bytes).unwrap(), value);
        for cut in 0..bytes.len() {
            prop_assert!(Value::decode(&bytes[..cut]).is_err());
        }
        let longer = [&bytes[..], &[0xf6]].concat();
        prop_assert_eq!(Value::decode(&longer), Err(ValueError::Cbor(CborError::Trailing)));
    }

    #[test]
    fn what_decodes_encodes_to_the_same_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..24)) {
        if let Ok(value) = Value::decode(&bytes) {
            prop_assert_eq!(value.encode().unwrap(), bytes);
        }
    }

    #[test]
    fn an_act_is_read_back_whole(kind in "[a-z0-9-]{1,64}", version: u64, critical: bool, class: u64, field in values()) {
        let mut act = act();
        (act.kind, act.version, act.critical, act.class) = (kind, version, critical, Class::from_code(class));
        act.fields[10] = field;
        let sealed = SealedAct::new(act.clone(), Oid([7; 32]), ObjectKey::new([8; 32])).unwrap();
        let body = sealed.body();
        prop_assert_eq!(body.len() % BODY_STEP, 0);
        let opened = SealedAct::open(Oid([7; 32]), &body, &sealed.root()).unwrap();
        prop_assert_eq!(opened.act, act);
        prop_assert_eq!(opened.record, sealed.record);
    }
}

#[test]
fn a_value_keeps_its_limits() {
    let nested = |depth| (1..depth).fold(Value::Null, |inner, _| Value::Array(vec![inner]));
    assert!(nested(VALUE_DEPTH_MAX).encode().is_ok());
    assert_eq!(nested(VALUE_DEPTH_MAX + 1).encode(), Err(ValueError::Depth));
    assert_eq!(Value::decode(&[0x81; 100_000]), Err(ValueError::Depth));
    assert_eq!(Value::Array(vec![Value::Null; VALUE_ITEMS_MAX]).encode(), Err(ValueError::Items));
    assert_eq!(Value::Bytes(vec![0; VALUE_BYTES_MAX]).encode(), Err(ValueError::Bytes));
    assert_eq!(
        Value::decode(&[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
        Err(CborError::Truncated.into())
    );
    // Keys out of order, twice, of another kind; an indefinite array; a text that is not UTF-8.
    for bytes in [&[0xa2, 1, 0, 0, 0][..], &[0xa2, 1, 0, 1, 0], &[0xa1, 0x60, 0], &[0x9f, 0xff], &[0x61, 0xff]] {
        assert!(Value::decode(bytes).is_err(), "{bytes:02x?}");
    }
    let pairs: BTreeMap<u64, Value> = [(256, Value::Null), (3, Value::Bool(true))].into();
    assert_eq!(Value::Map(pairs).encode().unwrap(), [0xa2, 3, 0xf5, 0x19, 1, 0, 0xf6]);
}

#[test]
fn a_value_is_what_it_was_made_of_and_nothing_else() {
    let pairs = BTreeMap::from([(4, Value::Null)]);
    let list = vec![Value::Uint(1), Value::Null];
    let all = [
        Value::Null,
        true.into(),
        false.into(),
        7u64.into(),
        vec![1u8, 2].into(),
        (&[3u8][..]).into(),
        "text".into(),
        String::from("words").into(),
        list.clone().into(),
        pairs.clone().into(),
    ];
    // RFC 8949 §3: simple values, numbers, byte strings, texts, arrays and maps.
    let bytes: [&[u8]; 10] = [
        &[0xf6],
        &[0xf5],
        &[0xf4],
        &[7],
        &[0x42, 1, 2],
        &[0x41, 3],
        b"\x64text",
        b"\x65words",
        &[0x82, 1, 0xf6],
        &[0xa1, 4, 0xf6],
    ];
    for (place, value) in all.iter().enumerate() {
        assert_eq!(value.encode().unwrap(), bytes[place]);
        assert_eq!(value.is_null(), place == 0);
        assert_eq!(value.as_bool(), [None, Some(true), Some(false)].get(place).copied().flatten());
        assert_eq!(value.as_uint(), (place == 3).then_some(7));
        assert_eq!(
            value.as_bytes(),
            [(4, &[1u8, 2][..]), (5, &[3])].iter().find(|(i, _)| *i == place).map(|(_, b)| *b)
        );
        assert_eq!(value.as_text(), [(6, "text"), (7, "words")].iter().find(|(i, _)| *i == place).map(|(_, t)| *t));
        assert_eq!(value.as_array(), (place == 8).then_some(&list[..]));
        assert_eq!(value.as_map(), (place == 9).then_some(&pairs));
    }
}

#[test]
fn an_act_has_one_encoding() {
    let good = act().payloads().unwrap();
    assert_eq!(good.iter().filter(|p| p[..] == [0xf6]).count(), 10);
    let broken = |leaf: usize, payload: &[u8]| {
        let mut payloads = good.clone();
        payloads[leaf] = payload.to_vec();
        Act::from_payloads(&payloads).unwrap_err()
    };
    assert_eq!(broken(4, &[0x80]), ActError::Leaf(4));
    let [two, one] = [[2; 32], [1; 32]].map(|r| [&[0x58, 32][..], &r].concat());
    assert_eq!(broken(3, &[&[0x82][..], &two, &one].concat()), ActError::Leaf(3));
    assert_eq!(broken(3, &[&[0x82][..], &one, &one].concat()), ActError::Leaf(3));
    assert!(matches!(broken(0, &[0xa0]), ActError::Value { leaf: 0, .. }));
    assert!(matches!(broken(1, &[0x18, 1]), ActError::Value { leaf: 1, .. }));
    assert!(matches!(broken(2, &[0x41, 1]), ActError::Value { leaf: 2, .. }));
    assert!(matches!(broken(15, &[]), ActError::Value { leaf: 15, .. }));
    assert!(matches!(broken(15, &[0xf6, 0xf6]), ActError::Value { leaf: 15, .. }));
    for kind in ["", "Seal", "a_b", &"a".repeat(65)] {
        let mut act = act();
        act.kind = kind.into();
        assert_eq!(act.payloads(), Err(ActError::Kind));
    }
}

#[test]
fn a_body_has_one_encoding() {
    let sealed = SealedAct::new(act(), Oid([7; 32]), ObjectKey::new([8; 32])).unwrap();
    let (body, root) = (sealed.body(), sealed.root());
    let open = |body: &[u8]| SealedAct::open(Oid([7; 32]), body, &root).map(|_| ()).unwrap_err();
    assert_eq!(open(&body[..body.len() - 1]), ActError::Body);
    assert_eq!(open(&[&body[..], &[0; 256]].concat()), ActError::Body);
    let mut padded = body.clone();
    *padded.last_mut().unwrap() = 1;
    assert_eq!(open(&padded), ActError::Body);
    let mut other_key = body.clone();
    other_key[6] ^= 1;
    assert_eq!(open(&other_key), ActError::Root(root));
    assert!(SealedAct::open(Oid([6; 32]), &body, &root).is_err());
    assert_eq!(format!("{:?}", sealed.key), "ObjectKey(..)");
    assert_ne!(body_key(&[1; 32], &Oid([7; 32])), body_key(&[1; 32], &Oid([8; 32])));
}

#[test]
fn a_field_of_an_act_is_shown_alone() {
    let sealed = SealedAct::new(act(), Oid([7; 32]), ObjectKey::new([8; 32])).unwrap();
    let mask = Mask::hiding(16, &[0..4, 5..16]).unwrap();
    let disclosure = sealed.disclose(mask).unwrap();
    let mut stream = Vec::new();
    write_payload(&mut stream, 1, &sealed.payloads[4]);
    let (verified, open) = verify_whole(&disclosure, &stream).unwrap();
    assert_eq!(verified.object_root, sealed.root());
    assert_eq!((open[0].index, open[0].payload), (4, &[0xf6][..]));
    assert!(!disclosure.encode().windows(4).any(|w| w == b"Tues"));
}

#[test]
fn a_selection_is_the_disclosers() {
    let key = SecretKey::from_seed(&[1; 32]);
    let objects = BTreeMap::from([
        (ObjectRoot([1; 32]), Mask::hiding(9, &[2..4]).unwrap()),
        (ObjectRoot([2; 32]), Mask::all_open(3).unwrap()),
    ]);
    let first = Selection { case: Some(CaseId([4; 32])), objects, purpose: "hearing".into(), date: 1, previous: None };
    let signature = first.sign(&key).unwrap();
    let second = Selection { case: None, previous: Some(signature), ..first.clone() };
    for selection in [&first, &second] {
        let bytes = selection.encode().unwrap();
        assert_eq!(&Selection::decode(&bytes).unwrap(), selection);
        for cut in 0..bytes.len() {
            assert!(Selection::decode(&bytes[..cut]).is_err());
        }
    }
    first.verify(&key.public(), &signature).unwrap();
    assert!(second.verify(&key.public(), &signature).is_err());
}
