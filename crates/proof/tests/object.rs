//! Objects and disclosures against a plain recursive reading of the format, and against an attacker.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::needless_range_loop,
    clippy::single_range_in_vec_init
)]

use casemate_proof::disclosure::*;
use casemate_proof::object::*;
use casemate_proof::{Hash, Oid};
use hmac::{KeyInit as _, Mac as _};
use proptest::prelude::*;
use sha2::{Digest as _, Sha256};

const OID: Oid = Oid([0x11; 32]);
const KEY: [u8; 32] = [0x22; 32];
type Leaf = (u64, Vec<u8>);

fn h(parts: &[&[u8]]) -> [u8; 32] {
    Sha256::digest(parts.concat()).into()
}

fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = hmac::Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(&parts.concat());
    mac.finalize().into_bytes().into()
}

/// The format as it is written down: recursion over (start, n), seeds and nodes together.
fn reference(seed: [u8; 32], start: u64, leaves: &[Leaf]) -> (u64, [u8; 32]) {
    let n = leaves.len() as u64;
    if n == 1 {
        let salt = h(&[b"casemate/ggm/v1\0", &seed, &[2]]);
        let (ticks, payload) = &leaves[0];
        let (i, length) = (start.to_be_bytes(), (payload.len() as u64).to_be_bytes());
        let item = h(&[b"casemate/item/v1\0", &salt, &OID.0, &i, &length, payload]);
        return (*ticks, h(&[&[0], b"casemate/leaf/v1\0", &OID.0, &i, &ticks.to_be_bytes(), &item]));
    }
    let k = n.next_power_of_two() / 2;
    let child = |b: u8| h(&[b"casemate/ggm/v1\0", &seed, &[b]]);
    let (tl, hl) = reference(child(0), start, &leaves[..k as usize]);
    let (tr, hr) = reference(child(1), start + k, &leaves[k as usize..]);
    let side = |n: u64, t: u64, h: [u8; 32]| [&n.to_be_bytes()[..], &t.to_be_bytes(), &h].concat();
    (tl + tr, h(&[&[1], b"casemate/node/v1\0", &side(k, tl, hl), &side(n - k, tr, hr)]))
}

fn made(leaves: &[Leaf]) -> (ObjectRecord, Vec<Hash>) {
    let timebase = Timebase::new(1, 50).unwrap();
    let mut hasher = ObjectHasher::new(&ObjectKey::new(KEY), OID, leaves.len() as u64, "test-v1", timebase).unwrap();
    let hashes = leaves.iter().map(|(ticks, payload)| hasher.leaf(*ticks, payload).unwrap()).collect();
    (hasher.finish().unwrap(), hashes)
}

fn disclosed(leaves: &[Leaf], mask: &Mask) -> (Disclosure, Vec<u8>) {
    let (record, hashes) = made(leaves);
    let mut prover = Prover::new(&ObjectKey::new(KEY), record, mask.clone()).unwrap();
    for ((ticks, _), hash) in leaves.iter().zip(hashes) {
        prover.leaf(*ticks, hash).unwrap();
    }
    (prover.finish().unwrap(), stream(leaves, mask))
}

fn stream(leaves: &[Leaf], mask: &Mask) -> Vec<u8> {
    let mut out = Vec::new();
    for (i, (ticks, payload)) in leaves.iter().enumerate() {
        if mask.is_open(i as u64) {
            write_payload(&mut out, *ticks, payload);
        }
    }
    out
}

fn sample(n: u64) -> Vec<Leaf> {
    (0..n).map(|i| (i % 3, format!("payload {i}").repeat((i % 5) as usize).into_bytes())).collect()
}

fn leaves_and_mask() -> impl Strategy<Value = (Vec<Leaf>, Vec<bool>)> {
    (1usize..80).prop_flat_map(|n| {
        let leaf = (0u64..5, proptest::collection::vec(any::<u8>(), 0..70));
        let runs = proptest::collection::vec((1usize..9, any::<bool>()), 1..20);
        (proptest::collection::vec(leaf, n), runs).prop_map(move |(leaves, runs)| {
            let bits = runs.iter().flat_map(|(k, open)| std::iter::repeat_n(*open, *k)).cycle().take(n).collect();
            (leaves, bits)
        })
    })
}

fn mask_of(bits: &[bool]) -> Mask {
    let hidden: Vec<_> = (0u64..).zip(bits).filter(|(_, open)| !**open).map(|(i, _)| i..i + 1).collect();
    Mask::hiding(bits.len() as u64, &hidden).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn an_object_is_what_the_format_says((leaves, bits) in leaves_and_mask()) {
        let root_seed = mac(&KEY, &[b"casemate/root/v1\0", &OID.0]);
        let (ticks, hash) = reference(root_seed, 0, &leaves);
        let (record, _) = made(&leaves);
        prop_assert_eq!(record.root(), &Node { ticks, hash: Hash(hash) });
        let or = h(&[
            &[2], b"casemate/object/v1\0", &1u64.to_be_bytes(), &7u64.to_be_bytes(), b"test-v1", &OID.0,
            &(leaves.len() as u64).to_be_bytes(), &ticks.to_be_bytes(), &1u64.to_be_bytes(), &50u64.to_be_bytes(),
            &hash,
        ]);
        prop_assert_eq!(record.object_root().0, or);
        prop_assert_eq!(ObjectRecord::decode(&record.encode()).unwrap(), record);

        // Any disclosure of it verifies, through its bytes, in pieces of any size.
        let mask = mask_of(&bits);
        for (i, open) in bits.iter().enumerate() {
            prop_assert_eq!(mask.is_open(i as u64), *open);
        }
        let (disclosure, payloads) = disclosed(&leaves, &mask);
        let encoded = disclosure.encode();
        let disclosure = Disclosure::decode(&encoded).unwrap();
        prop_assert_eq!(disclosure.encode(), encoded);
        prop_assert!(disclosure.tokens.len() as u64 <= TOKENS_PER_RUN_MAX * mask.runs().len() as u64);
        let (verified, open) = verify_whole(&disclosure, &payloads).unwrap();
        prop_assert_eq!(verified.object_root.0, or);
        prop_assert_eq!(verified.open_ticks + verified.hidden_ticks, ticks);
        let expected: Vec<_> = (0..leaves.len()).filter(|i| bits[*i]).collect();
        prop_assert_eq!(open.iter().map(|leaf| leaf.index as usize).collect::<Vec<_>>(), expected);
        for leaf in &open {
            prop_assert_eq!(&leaves[leaf.index as usize], &(leaf.ticks, leaf.payload.to_vec()));
        }
        for step in [1, 7, 1000] {
            let mut reader = PayloadReader::new(Verifier::new(&disclosure, payloads.len() as u64).unwrap());
            let (mut seen, mut ended) = (Vec::new(), 0);
            for piece in payloads.chunks(step) {
                reader.feed(piece, &mut |event| match event {
                    PayloadEvent::Leaf { .. } => {}
                    PayloadEvent::Piece(bytes) => seen.extend_from_slice(bytes),
                    PayloadEvent::End => ended += 1,
                }).unwrap();
            }
            prop_assert_eq!(reader.finish().unwrap().finish().unwrap(), verified.clone());
            prop_assert_eq!(seen, open.iter().flat_map(|leaf| leaf.payload.to_vec()).collect::<Vec<_>>());
            prop_assert_eq!(ended, open.len());
        }
    }

    #[test]
    fn a_narrowed_disclosure_is_the_one_made_from_the_key((leaves, bits) in leaves_and_mask(), keep in any::<u64>()) {
        let wide = mask_of(&bits);
        let narrow: Vec<bool> =
            bits.iter().enumerate().map(|(i, open)| *open && (keep >> (i % 64)) & 1 == 1).collect();
        let narrow = mask_of(&narrow);
        let (from_key, _) = disclosed(&leaves, &narrow);
        let (disclosure, payloads) = disclosed(&leaves, &wide);
        let (_, open) = verify_whole(&disclosure, &payloads).unwrap();
        let mut narrower = Narrower::new(&disclosure, narrow.clone()).unwrap();
        for leaf in &open {
            if leaf.index % 2 == 0 {
                narrower.leaf(leaf.ticks, leaf.payload).unwrap();
            } else {
                narrower.start_leaf(leaf.ticks, leaf.payload.len() as u64).unwrap();
                leaf.payload.chunks(3).for_each(|piece| narrower.piece(piece).unwrap());
                narrower.end_leaf().unwrap();
            }
        }
        prop_assert_eq!(narrower.finish().unwrap(), from_key);
        if wide != narrow {
            let (small, _) = disclosed(&leaves, &narrow);
            prop_assert!(matches!(Narrower::new(&small, wide), Err(DisclosureError::Widens(_))));
        }
    }

    #[test]
    fn any_changed_byte_is_refused((leaves, bits) in leaves_and_mask(), place in any::<usize>(), bit in 0u8..8) {
        let (disclosure, payloads) = disclosed(&leaves, &mask_of(&bits));
        let (verified, open) = verify_whole(&disclosure, &payloads).unwrap();
        let open: Vec<_> = open.iter().map(|l| (l.index, l.ticks, l.payload.to_vec())).collect();
        let mut all = [disclosure.encode(), payloads].concat();
        let split = all.len() - stream(&leaves, &mask_of(&bits)).len();
        let place = place % all.len();
        all[place] ^= 1 << bit;
        let (record, payloads) = all.split_at(split);
        if let Ok((other, found)) = Disclosure::decode(record).and_then(|d| {
            let (v, o) = verify_whole(&d, payloads)?;
            Ok((v, o.iter().map(|l| (l.index, l.ticks, l.payload.to_vec())).collect::<Vec<_>>()))
        }) {
            // What still verifies is another object, which no log holds: profile, timebase and suite lie under OR alone.
            prop_assert_ne!(other.object_root, verified.object_root);
            prop_assert_eq!(found, open);
        }
    }
}

#[test]
fn pieces_and_whole_payloads_give_the_same_object() {
    let leaves = sample(13);
    let (record, _) = made(&leaves);
    let timebase = Timebase::new(1, 50).unwrap();
    let mut hasher = ObjectHasher::new(&ObjectKey::new(KEY), OID, 13, "test-v1", timebase).unwrap();
    for (ticks, payload) in &leaves {
        hasher.start_leaf(*ticks, payload.len() as u64).unwrap();
        payload.chunks(4).for_each(|piece| hasher.piece(piece).unwrap());
        hasher.end_leaf().unwrap();
    }
    assert_eq!(hasher.finish().unwrap(), record);
    let timebase = Timebase::new(3, 50).unwrap();
    assert_eq!((record.profile(), timebase.num(), timebase.den()), ("test-v1", 3, 50));
    let mut leaf = LeafHasher::new(&[1; 32], &OID, 0, 1, 9).unwrap();
    leaf.piece(b"abc").unwrap();
    assert_eq!(leaf.missing(), 6);
    assert_eq!(leaf.finish(), Err(ObjectError::Pieces(0)));
}

#[test]
fn a_stream_ends_behind_a_leaf() {
    let leaves = vec![(300, b"abc".to_vec()), (1, b"d".to_vec())];
    let (disclosure, payloads) = disclosed(&leaves, &Mask::all_open(2).unwrap());
    // The first leaf: a head of three bytes for its ticks, one for its length, three of payload.
    for cut in 0..payloads.len() {
        let mut reader = PayloadReader::new(Verifier::new(&disclosure, payloads.len() as u64).unwrap());
        reader.feed(&payloads[..cut], &mut |_| {}).unwrap();
        let ended = reader.finish().map(|verifier| verifier.next_open());
        let expected = match cut {
            0 => Ok(Some(0)),
            7 => Ok(Some(1)),
            _ => Err(DisclosureError::Payloads),
        };
        assert_eq!(ended, expected, "{cut}");
    }
}

#[test]
fn a_seed_is_never_printed() {
    assert_eq!(format!("{:?}", Token::Open(Seed::new([7; 32]))), "Open(Seed(..))");
}

#[test]
fn an_object_keeps_its_limits() {
    let key = ObjectKey::new(KEY);
    let begin = |n| ObjectHasher::new(&key, OID, n, "test-v1", Timebase::UNIT);
    assert_eq!(begin(0).unwrap_err(), ObjectError::Leaves);
    assert_eq!(begin(LEAVES_MAX + 1).unwrap_err(), ObjectError::Leaves);
    assert!(begin(LEAVES_MAX).is_ok());
    for profile in ["", "with space", "é", &"x".repeat(65)] {
        assert_eq!(ObjectHasher::new(&key, OID, 1, profile, Timebase::UNIT).unwrap_err(), ObjectError::Profile);
    }
    assert_eq!(Timebase::new(1, 0), Err(ObjectError::Timebase));
    let mut hasher = begin(2).unwrap();
    hasher.leaf(TICKS_MAX, b"").unwrap();
    assert_eq!(hasher.leaf(1, b""), Err(ObjectError::Ticks));
    let mut hasher = begin(2).unwrap();
    hasher.leaf(1, b"").unwrap();
    assert_eq!(hasher.clone().finish().unwrap_err(), ObjectError::Missing { announced: 2, given: 1 });
    hasher.leaf(1, b"").unwrap();
    assert_eq!(hasher.leaf(1, b""), Err(ObjectError::Surplus(2)));
    let mut hasher = begin(1).unwrap();
    assert_eq!(hasher.start_leaf(1, PAYLOAD_MAX + 1), Err(ObjectError::Payload));
    let mut hasher = begin(1).unwrap();
    hasher.start_leaf(1, 3).unwrap();
    hasher.piece(b"ab").unwrap();
    assert_eq!(hasher.piece(b"cd"), Err(ObjectError::Pieces(0)));
    assert_eq!(hasher.clone().leaf(1, b""), Err(ObjectError::Pieces(0)));
    assert_eq!(hasher.end_leaf(), Err(ObjectError::Pieces(0)));
}

#[test]
fn tokens_that_are_not_the_masks_are_refused() {
    let leaves = sample(11);
    let mask = Mask::hiding(11, &[2..5, 9..10]).unwrap();
    let (good, payloads) = disclosed(&leaves, &mask);
    let refused = |d: &Disclosure| verify_whole(d, &payloads).map(|_| ()).unwrap_err();

    let mut missing = good.clone();
    missing.tokens.pop();
    assert_eq!(refused(&missing), DisclosureError::TokenMissing(good.tokens.len() as u64 - 1));

    let mut spare = good.clone();
    spare.tokens.push(good.tokens[0].clone());
    assert_eq!(refused(&spare), DisclosureError::TokenSurplus);

    let mut swapped = good.clone();
    swapped.tokens.swap(0, 1);
    assert!(matches!(refused(&swapped), DisclosureError::Token(0) | DisclosureError::Root));

    for (place, token) in good.tokens.iter().enumerate() {
        let mut wrong = good.clone();
        match token {
            Token::Hidden { leaves, ticks, hash } => {
                wrong.tokens[place] = Token::Hidden { leaves: leaves + 1, ticks: *ticks, hash: *hash };
                assert_eq!(refused(&wrong), DisclosureError::Token(place as u64));
                wrong.tokens[place] = Token::Hidden { leaves: *leaves, ticks: ticks + 1, hash: *hash };
                assert_eq!(refused(&wrong), DisclosureError::Ticks);
                wrong.tokens[place] = Token::Hidden { leaves: *leaves, ticks: u64::MAX, hash: *hash };
                assert_eq!(refused(&wrong), DisclosureError::Object(ObjectError::Ticks));
                wrong.tokens[place] = Token::Open(Seed::new([0; 32]));
                assert_eq!(refused(&wrong), DisclosureError::Token(place as u64));
            }
            Token::Open(_) => {
                wrong.tokens[place] = Token::Open(Seed::new([0; 32]));
                assert_eq!(refused(&wrong), DisclosureError::Root);
            }
        }
    }

    // Not maximal: an open token of four leaves written as two of two.
    let all = Mask::all_open(4).unwrap();
    let (whole, stream) = disclosed(&sample(4), &all);
    let mut halves = whole.clone();
    let halved = |label: u8| match &whole.tokens[0] {
        Token::Open(seed) => Token::Open(Seed::new(h(&[b"casemate/ggm/v1\0", seed.as_bytes(), &[label]]))),
        Token::Hidden { .. } => unreachable!(),
    };
    halves.tokens = vec![halved(0), halved(1)];
    assert_eq!(verify_whole(&halves, &stream).unwrap_err(), DisclosureError::TokenSurplus);
}

#[test]
fn leaves_that_are_not_the_objects_are_refused() {
    let leaves = sample(11);
    let mask = Mask::hiding(11, &[3..6]).unwrap();
    let (good, payloads) = disclosed(&leaves, &mask);
    let given = |list: &[Leaf]| {
        let mut out = Vec::new();
        list.iter().for_each(|(t, p)| write_payload(&mut out, *t, p));
        verify_whole(&good, &out).map(|_| ()).unwrap_err()
    };
    let open: Vec<Leaf> = (0..11).filter(|i| mask.is_open(*i)).map(|i| leaves[i as usize].clone()).collect();
    let mut reordered = open.clone();
    reordered.swap(0, 1);
    assert_eq!(given(&reordered), DisclosureError::Root);
    let mut duplicate = open.clone();
    duplicate[1] = duplicate[2].clone();
    assert!(matches!(given(&duplicate), DisclosureError::Root | DisclosureError::Ticks));
    assert!(matches!(given(&open[1..]), DisclosureError::Cbor(_)));
    let mut longer = open.clone();
    longer.push((1, b"one more".to_vec()));
    assert!(matches!(given(&longer), DisclosureError::Cbor(_)));
    let mut ticks = open.clone();
    (ticks[1].0, ticks[2].0) = (ticks[1].0 + 1, ticks[2].0 - 1);
    assert_eq!(given(&ticks), DisclosureError::Root);
    ticks[0].0 = TICKS_MAX + 1;
    assert!(matches!(given(&ticks), DisclosureError::Object(ObjectError::Ticks)));

    // The mask of another cut, wider or narrower, fits neither the tokens nor the payloads.
    let mut wider = good.clone();
    wider.mask = Mask::hiding(11, &[3..5]).unwrap();
    assert!(matches!(verify_whole(&wider, &payloads), Err(DisclosureError::Token(_))));
    let mut of_other_n = good.clone();
    of_other_n.mask = Mask::hiding(12, &[3..6]).unwrap();
    assert_eq!(verify_whole(&of_other_n, &payloads).unwrap_err(), DisclosureError::Mask);
    assert_eq!(Disclosure::decode(&of_other_n.encode()).unwrap_err(), DisclosureError::Mask);
}

#[test]
fn a_splice_from_another_object_is_refused() {
    let leaves = sample(8);
    let (good, payloads) = disclosed(&leaves, &Mask::hiding(8, &[4..8]).unwrap());
    let mut other =
        ObjectHasher::new(&ObjectKey::new(KEY), Oid([0x33; 32]), 8, "test-v1", Timebase::new(1, 50).unwrap()).unwrap();
    let hashes: Vec<Hash> = leaves.iter().map(|(t, p)| other.leaf(*t, p).unwrap()).collect();
    let mut prover = Prover::new(&ObjectKey::new(KEY), other.finish().unwrap(), good.mask.clone()).unwrap();
    leaves.iter().zip(&hashes).for_each(|((t, _), hash)| prover.leaf(*t, *hash).unwrap());
    let other = prover.finish().unwrap();
    for place in 0..good.tokens.len() {
        let mut spliced = good.clone();
        spliced.tokens[place] = other.tokens[place].clone();
        assert_eq!(verify_whole(&spliced, &payloads).unwrap_err(), DisclosureError::Root);
    }
}

#[test]
fn a_node_is_no_leaf_and_a_leaf_no_node() {
    // The same bytes of tree: an object of two leaves shown as an object of one hidden leaf.
    let (record, hashes) = made(&sample(2));
    let shorter = ObjectRecord::new("test-v1", OID, 1, record.timebase(), *record.root()).unwrap();
    assert_ne!(shorter.object_root(), record.object_root());
    let mask = Mask::from_runs(vec![1]).unwrap();
    let forged = Disclosure { record: shorter, mask, tokens: vec![Token::Open(Seed::new([0; 32]))] };
    let inner = [&hashes[0].0[..], &hashes[1].0].concat();
    let mut stream = Vec::new();
    write_payload(&mut stream, record.ticks(), &inner);
    assert_eq!(verify_whole(&forged, &stream).unwrap_err(), DisclosureError::Root);
}

#[test]
fn open_leaves_are_counted_against_the_bytes_at_hand() {
    let record =
        ObjectRecord::new("test-v1", OID, LEAVES_MAX, Timebase::UNIT, Node { ticks: 0, hash: Hash([0; 32]) }).unwrap();
    let mask = Mask::all_open(LEAVES_MAX).unwrap();
    let bomb = Disclosure { record, mask, tokens: vec![Token::Open(Seed::new([0; 32]))] };
    let error = Verifier::new(&bomb, 1000).unwrap_err();
    assert_eq!(error, DisclosureError::OpenLeaves { open: LEAVES_MAX, bytes: 1000 });
}

#[test]
fn hidden_ticks_that_overflow_are_refused() {
    let hidden = |leaves, ticks| Token::Hidden { leaves, ticks, hash: Hash([1; 32]) };
    let record = ObjectRecord::new("test-v1", OID, 3, Timebase::UNIT, Node { ticks: 0, hash: Hash([0; 32]) }).unwrap();
    let mask = Mask::hiding(3, &[0..2]).unwrap();
    let sum = Disclosure { record, mask, tokens: vec![hidden(2, TICKS_MAX), Token::Open(Seed::new([0; 32]))] };
    let mut stream = Vec::new();
    write_payload(&mut stream, 1, b"");
    assert_eq!(verify_whole(&sum, &stream).unwrap_err(), DisclosureError::Object(ObjectError::Ticks));
}

#[test]
fn masks_have_one_spelling() {
    let runs = |runs: &[u64]| Mask::from_runs(runs.to_vec());
    assert_eq!(runs(&[]), Err(DisclosureError::Mask));
    assert_eq!(runs(&[0]), Err(DisclosureError::Mask));
    assert_eq!(runs(&[3, 0, 2]), Err(DisclosureError::Mask));
    assert_eq!(runs(&[u64::MAX, 1]), Err(DisclosureError::Mask));
    assert_eq!(Mask::from_runs(vec![1; RUNS_MAX + 1]), Err(DisclosureError::Runs));
    assert_eq!(Mask::hiding(9, &[5..7, 0..2, 6..8, 7..7]).unwrap().runs(), [0, 2, 3, 3, 1]);
    assert_eq!(Mask::hiding(9, &[0..9]).unwrap().runs(), [0, 9]);
    assert_eq!(Mask::hiding(9, &[]).unwrap().runs(), [9]);
    assert_eq!(Mask::hiding(9, &[7..7]).unwrap().runs(), [9]);
    assert_eq!(Mask::hiding(9, &[2..5, 3..4, 5..6]).unwrap().runs(), [2, 4, 3]);
    assert_eq!(Mask::hiding(3, &[0..2]).unwrap().ranges().collect::<Vec<_>>(), [(0..2, false), (2..3, true)]);
    assert_eq!(Mask::hiding(9, &[8..10]), Err(DisclosureError::Mask));
    assert_eq!(Mask::hiding(9, &[2..4]).unwrap().open_leaves(), 7);
}

#[test]
fn a_prover_is_told_of_wrong_leaves() {
    let leaves = sample(6);
    let (record, hashes) = made(&leaves);
    let mask = Mask::hiding(6, &[1..2]).unwrap();
    let begin = || Prover::new(&ObjectKey::new(KEY), record.clone(), mask.clone()).unwrap();
    let mut short = begin();
    (0..5).for_each(|i| short.leaf(leaves[i].0, hashes[i]).unwrap());
    assert!(matches!(short.finish(), Err(DisclosureError::LeafMissing(_))));
    let mut wrong = begin();
    (0..6).for_each(|i| wrong.leaf(leaves[i].0, hashes[0]).unwrap());
    assert_eq!(wrong.finish(), Err(DisclosureError::Root));
    let mut long = begin();
    (0..6).for_each(|i| long.leaf(leaves[i].0, hashes[i]).unwrap());
    assert_eq!(long.leaf(0, hashes[0]), Err(DisclosureError::LeafSurplus));
    assert!(Prover::new(&ObjectKey::new(KEY), record, Mask::all_open(7).unwrap()).is_err());
}

#[test]
fn an_hour_of_amr_with_ten_cuts_is_a_small_proof() {
    let n = 180_000;
    let leaves: Vec<Leaf> = (0..n).map(|i: u64| (1, i.to_be_bytes().repeat(4))).collect();
    let cuts: Vec<_> = (0..10).map(|i| i * 17_003 + 300..i * 17_003 + 400).collect();
    let (disclosure, payloads) = disclosed(&leaves, &Mask::hiding(n, &cuts).unwrap());
    assert!(disclosure.encode().len() <= 8000, "{} bytes", disclosure.encode().len());
    let (verified, open) = verify_whole(&disclosure, &payloads).unwrap();
    assert_eq!((open.len(), verified.hidden_ticks), (179_000, 1000));
}
