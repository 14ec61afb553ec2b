//! Decoders that stand alone: one encoding each.
//!
//! Keeps: accepted bytes are those that the encoder writes. Does not know: what is signed or proven.

use casemate_proof::act::{decode_body, encode_body};
use casemate_proof::log::{CensusRow, Grant, LaneState, Via};
use casemate_proof::note::{NoteKey, WitnessKey, decode_base64, encode_base64, read_lines};
use casemate_proof::selection::Selection;
use casemate_proof::{
    Checkpoint, Disclosure, Frontier, Hash, Mask, ObjectRecord, PublicKey, SealNumber, SignedNote, TlogProof, Value,
    cbor,
};

/// The decoder of a number, 0 to 13.
pub fn read(which: u8, bytes: &[u8]) {
    let text = std::str::from_utf8(bytes);
    match which {
        0 => value(bytes),
        1 => same(bytes, ObjectRecord::decode(bytes).ok(), |record| record.encode()),
        2 => same(bytes, Disclosure::decode(bytes).ok(), |disclosure| disclosure.encode()),
        3 => same(bytes, Via::decode(bytes), |via| via.encode().expect("what was read has no more than its limits")),
        4 => same(bytes, Grant::decode(bytes).ok(), Grant::encode),
        5 => same(bytes, decode_body(bytes).ok(), |(key, payloads)| encode_body(key, payloads)),
        6 => same(bytes, SignedNote::decode(bytes).ok(), |note| note.encode().into_bytes()),
        7 => same(bytes, TlogProof::decode(bytes).ok(), |proof| proof.encode().into_bytes()),
        8 => same(bytes, Selection::decode(bytes).ok(), |s| s.encode().expect("what was read is within its limits")),
        9 => same(bytes, LaneState::decode(bytes).ok(), LaneState::encode),
        10 => {
            same(bytes, Frontier::decode(bytes).ok(), Frontier::encode);
            same(bytes, CensusRow::from_value(bytes), CensusRow::value);
            same(bytes, PublicKey::from_bytes(bytes).ok(), |key| key.as_bytes().to_vec());
        }
        11 => {
            let Ok(text) = text else { return };
            same(bytes, text.parse::<WitnessKey>().ok(), |key| key.to_string().into_bytes());
            same(bytes, Checkpoint::parse(text).ok(), |checkpoint| checkpoint.text().into_bytes());
            same(bytes, decode_base64(text).ok(), |raw| encode_base64(raw).into_bytes());
            same(bytes, text.parse::<Hash>().ok(), |hash| hash.to_string().into_bytes());
            same(bytes, text.parse::<SealNumber>().ok(), |number| number.to_string().into_bytes());
        }
        12 => lines(bytes),
        _ => mask(bytes),
    }
}

fn same<T>(bytes: &[u8], read: Option<T>, encode: impl Fn(&T) -> Vec<u8>) {
    if let Some(read) = read {
        assert!(encode(&read) == bytes, "what was accepted is written another way");
    }
}

fn value(bytes: &[u8]) {
    same(bytes, Value::decode(bytes).ok(), |value| value.encode().expect("what was read is within its limits"));
    // A head is read alike whether it comes whole or is peeked at.
    let mut reader = cbor::Reader::new(bytes);
    let (whole, peeked) = (reader.item(), cbor::head(bytes));
    match (whole, peeked) {
        (Ok(item), Ok(Some((seen, used)))) => {
            assert!(item == seen && reader.remaining() == bytes.len() - used, "{item:?} and {seen:?}");
        }
        // A head that is cut short waits for more, or is refused already.
        (Err(_), Ok(None) | Err(_)) => {}
        (whole, peeked) => panic!("{whole:?} and {peeked:?}"),
    }
}

/// Lines of signatures: what is read is what a note of them writes.
fn lines(bytes: &[u8]) {
    let Ok(lines) = read_lines(bytes) else { return };
    let key = super::key(1);
    let mut note = SignedNote::sign("\n", "a", &key).expect("a text and a name");
    let own = note.signatures()[0].clone();
    for line in &lines {
        // The one that is there already takes a place.
        let _ = note.add(line.clone());
    }
    let kept = note.signatures().len() - 1;
    assert!(kept == lines.len() || kept == casemate_proof::note::NOTE_SIGNATURES_MAX - 1);
    let own_line = encode_base64(&[&own.id[..], &own.signature].concat());
    let written = note.encode();
    let written = written.strip_prefix(&format!("\n\n\u{2014} a {own_line}\n")).expect("the own line is first");
    assert!(bytes.starts_with(written.as_bytes()), "lines are written another way");
    assert_eq!(NoteKey::new("a", key.public()).ok().as_ref().map(NoteKey::id), Some(own.id));
}

/// Runs of any lengths: the walk covers each leaf once, and the mask is that of its own hidden ranges.
fn mask(bytes: &[u8]) {
    let runs: Vec<u64> = bytes.chunks(2).map(|pair| pair.iter().fold(0, |n, byte| n << 8 | u64::from(*byte))).collect();
    let Ok(mask) = Mask::from_runs(runs.clone()) else { return };
    assert_eq!((mask.runs(), mask.leaves()), (&runs[..], runs.iter().sum()));
    let mut at = 0;
    for terminal in mask.terminals() {
        assert_eq!(terminal.span.start, at);
        assert!(mask.is_open(at) == terminal.open && mask.is_open(terminal.span.end() - 1) == terminal.open);
        at = terminal.span.end();
    }
    assert_eq!(at, mask.leaves());
    let hidden: Vec<_> = mask.ranges().filter(|(_, open)| !open).map(|(range, _)| range).collect();
    assert_eq!(mask.open_leaves() + hidden.iter().map(|range| range.end - range.start).sum::<u64>(), mask.leaves());
    assert_eq!(Mask::hiding(mask.leaves(), &hidden), Ok(mask));
}
