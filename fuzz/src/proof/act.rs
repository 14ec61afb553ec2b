//! Acts: their sixteen payloads, their body, the grant of a lane.
//!
//! Keeps: an act has one set of payloads; a body opens only as the act of its root; a grant holds only as the owner signed it.
//! Does not know: kinds of acts but those of `casemate-proof`.

use super::key;
use crate::edit::edit;
use crate::input::Input;
use casemate_proof::act::{ACT_LEAVES, Class};
use casemate_proof::disclosure::{verify_whole, write_payload};
use casemate_proof::log::{CensusAct, CommitAct, Grant, LaneKeys, SignedGrant, lane_id};
use casemate_proof::{Act, CaseId, Compartment, Mask, ObjectKey, ObjectRoot, Oid, SealedAct, SubjectId, Value};
use std::sync::OnceLock;

const CASE: CaseId = CaseId([0xca; 32]);

/// Sixteen pieces as an act.
pub fn payloads(mut input: Input<'_>) {
    let payloads: [Vec<u8>; ACT_LEAVES] = std::array::from_fn(|_| input.piece().to_vec());
    let Ok(act) = Act::from_payloads(&payloads) else { return };
    assert!(act.payloads().is_ok_and(|again| again == payloads), "an act has one set of payloads");
    let case = CaseId(act.subject.0);
    if let Ok(commit) = CommitAct::from_act(&act) {
        assert!(commit.to_act(&case).is_ok_and(|again| again == act));
    }
    if let Ok(census) = CensusAct::from_act(&act) {
        assert!(census.to_act(&case) == act);
    }
    if let Ok(signed) = SignedGrant::from_act(&act) {
        assert!(signed.to_act() == act && Grant::decode(&signed.grant.encode()).as_ref() == Ok(&signed.grant));
    }
    // Sealed, shown in part, and proven.
    let open = input.short();
    let sealed = SealedAct::new(act, Oid([1; 32]), ObjectKey::new([2; 32])).expect("an act that was read");
    let hidden: Vec<_> =
        (0..ACT_LEAVES as u64).filter(|leaf| open >> leaf & 1 == 0).map(|leaf| leaf..leaf + 1).collect();
    let mask = Mask::hiding(ACT_LEAVES as u64, &hidden).expect("within sixteen");
    let disclosure = sealed.disclose(mask).expect("a mask of sixteen");
    let mut stream = Vec::new();
    for (_, payload) in sealed.payloads.iter().enumerate().filter(|(leaf, _)| open >> leaf & 1 == 1) {
        write_payload(&mut stream, 1, payload);
    }
    let (verified, shown) = verify_whole(&disclosure, &stream).expect("what was disclosed");
    assert_eq!((verified.object_root, shown.len() as u32), (sealed.root(), open.count_ones()));
}

fn made() -> &'static (SealedAct, ObjectRoot) {
    static MADE: OnceLock<(SealedAct, ObjectRoot)> = OnceLock::new();
    MADE.get_or_init(|| {
        let mut act = Act::new("seal", Compartment::Identity, SubjectId([3; 32]));
        act.class = Class::Last;
        act.about = [ObjectRoot([4; 32]), ObjectRoot([5; 32])].into();
        act.fields[0] = Value::from("call of Tuesday.amr");
        act.fields[3] = Value::Array(vec![7u64.into(), true.into()]);
        let sealed = SealedAct::new(act, Oid([6; 32]), ObjectKey::new([7; 32])).expect("an act");
        let root = sealed.root();
        (sealed, root)
    })
}

/// A true body that was changed.
pub fn sealed(mut input: Input<'_>) {
    let (sealed, root) = made();
    let mut body = sealed.body();
    let true_body = body.clone();
    edit(&mut body, &mut input);
    if let Ok(opened) = SealedAct::open(sealed.oid, &body, root) {
        assert!(body == true_body && opened.act == sealed.act, "another body opens as this act");
    }
}

/// A true grant that was changed: its encoding, and the act that carries it.
pub fn granted(mut input: Input<'_>) {
    let owner = key(10);
    let keys = LaneKeys { lane: key(11).public(), ssh: key(12).public(), disclosure: key(13).public() };
    let grant = Grant { case: CASE, keys, role: "owner".into() };
    let true_act = grant.clone().sign(&owner).expect("a role").to_act();
    let lane = lane_id(&CASE, &keys.lane);
    let mut payloads = true_act.payloads().expect("an act");
    let leaf = input.below(ACT_LEAVES);
    // The fields of a lane act are byte strings: what is inside is changed, and its length follows.
    match Value::decode(&payloads[leaf]) {
        Ok(Value::Bytes(mut inside)) => {
            edit(&mut inside, &mut input);
            payloads[leaf] = Value::Bytes(inside).encode().expect("short");
        }
        _ => edit(&mut payloads[leaf], &mut input),
    }
    let Ok(act) = Act::from_payloads(&payloads) else { return };
    let Ok(signed) = SignedGrant::from_act(&act) else { return };
    if signed.verify(&CASE, &lane, &owner.public()).is_ok() {
        assert!(act == true_act, "a grant that the owner did not sign");
    }
}
