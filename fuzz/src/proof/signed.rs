//! Notes, log proofs, cosignatures, SSH signatures and selections that were true and were changed.
//!
//! Keeps: nothing verifies but what was signed, in the spelling that was written. Does not know: who may sign.

use super::key;
use crate::edit::edit;
use crate::input::Input;
use casemate_proof::note::{NoteKey, WitnessKey, read_lines};
use casemate_proof::selection::Selection;
use casemate_proof::tree::{StoredNodes, prove_inclusion};
use casemate_proof::{CaseId, Checkpoint, Hash, Mask, ObjectRoot, Signature, SignedNote, TlogProof, Value, sshsig};

const ORIGIN: &str = "casemate/ab";
const AT: u64 = 1_767_225_600;

fn leaf(number: u8) -> Hash {
    Hash([number; 32])
}

fn nodes() -> StoredNodes {
    let mut nodes = StoredNodes::new();
    (0..6).for_each(|number| nodes.push(leaf(number)));
    nodes
}

fn checkpoint() -> Checkpoint {
    Checkpoint { origin: ORIGIN.into(), size: 6, root: nodes().frontier().root() }
}

/// One of them, as the input says.
pub fn changed(mut input: Input<'_>) {
    match input.byte() % 5 {
        0 => note(input),
        1 => logged(input),
        2 => cosigned(input),
        3 => armoured(input),
        _ => selected(input),
    }
}

fn note(mut input: Input<'_>) {
    let lane = key(1);
    let mut bytes = checkpoint().sign(&lane).expect("an origin").encode().into_bytes();
    edit(&mut bytes, &mut input);
    let Ok(note) = SignedNote::decode(&bytes) else { return };
    assert!(note.encode().as_bytes() == bytes, "a note has one spelling");
    let known = NoteKey::new(ORIGIN, lane.public()).expect("a name");
    if let Ok(found) = Checkpoint::verify(&note, &known) {
        assert!(found == checkpoint(), "a checkpoint that was not signed");
    }
}

fn logged(mut input: Input<'_>) {
    let lane = key(1);
    let (index, sought) = (input.byte() % 6, input.byte() % 6);
    let path = prove_inclusion(u64::from(index), 6, &nodes()).expect("in the log");
    let made = TlogProof { index: u64::from(index), path, checkpoint: checkpoint().sign(&lane).expect("an origin") };
    let mut bytes = made.encode().into_bytes();
    edit(&mut bytes, &mut input);
    let Ok(proof) = TlogProof::decode(&bytes) else { return };
    assert!(proof.encode().as_bytes() == bytes, "a proof has one spelling");
    let known = NoteKey::new(ORIGIN, lane.public()).expect("a name");
    if let Ok(found) = proof.verify(&leaf(sought), &known) {
        let is_made = (proof.index, &proof.path) == (made.index, &made.path) && index == sought;
        assert!(is_made && found == checkpoint(), "a leaf that is not there");
    }
}

fn cosigned(mut input: Input<'_>) {
    let secret = key(2);
    let witness = WitnessKey::new("witness.example/w1", secret.public()).expect("a name");
    let text = checkpoint().text();
    let line = witness.cosign(&text, AT, &secret).expect("its own key");
    let mut note = checkpoint().sign(&key(1)).expect("an origin");
    note.add(line).expect("a second line");
    let encoded = note.encode();
    let (_, lines) = encoded.split_once("\n\n").expect("a note");
    let mut bytes = lines.as_bytes().to_vec();
    edit(&mut bytes, &mut input);
    let Ok(lines) = read_lines(&bytes) else { return };
    if let Ok((line, at)) = witness.find(&text, &lines) {
        assert!(at == AT && note.signatures().contains(line), "a time that no witness said");
    }
}

fn armoured(mut input: Input<'_>) {
    let secret = key(3);
    let text = checkpoint().text();
    let made = sshsig::sign(sshsig::CHECKPOINT_NAMESPACE, text.as_bytes(), &secret);
    let mut bytes = made.clone().into_bytes();
    edit(&mut bytes, &mut input);
    let Ok(armoured) = std::str::from_utf8(&bytes) else { return };
    let verified = sshsig::verify(sshsig::CHECKPOINT_NAMESPACE, text.as_bytes(), &secret.public(), armoured);
    assert!(verified.is_err() || armoured == made, "a second spelling of a signature");
}

fn selected(mut input: Input<'_>) {
    let secret = key(4);
    let mask = Mask::from_runs(vec![2, 3, 1]).expect("runs");
    let objects = [(ObjectRoot([1; 32]), mask.clone()), (ObjectRoot([2; 32]), mask)].into();
    let made = Selection { case: Some(CaseId([5; 32])), objects, purpose: "hearing".into(), date: AT, previous: None };
    let signature = made.sign(&secret).expect("within the limits");
    let mut bytes = made.encode().expect("within the limits");
    edit(&mut bytes, &mut Input::new(input.piece()));
    let mut signed = signature.0.to_vec();
    edit(&mut signed, &mut input);
    let (Ok(read), Some(by)) = (Selection::decode(&bytes), Signature::from_slice(&signed)) else { return };
    assert!(read.encode().is_ok_and(|again| again == bytes), "a selection has one encoding");
    assert!(Value::decode(&bytes).is_ok(), "what is no value is read as a selection");
    if read.verify(&secret.public(), &by).is_ok() {
        assert!(read == made && by == signature, "a selection that was not signed");
    }
}
