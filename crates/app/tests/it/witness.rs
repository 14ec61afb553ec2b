//! A log cosigned by a witness that checks what C2SP tlog-witness asks of one: asked, answered, recorded, carried by a bundle; and answers that are refused.

use crate::common::{Desk, entries, lines, unwatched};
use casemate_app::AppError;
use casemate_app::disclose::disclose;
use casemate_app::listing::log;
use casemate_app::verify::{verify_case, verify_pinned};
use casemate_app::witness::{Cosignature, ask, record, status};
use casemate_case::audience::Profile;
use casemate_case::kinds::Decision;
use casemate_ports::reading::Kind;
use casemate_proof::note::{NoteError, NoteKey, WitnessKey, decode_base64, encode_base64};
use casemate_proof::tree::verify_consistency;
use casemate_proof::{Checkpoint, Hash, PublicKey, SecretKey, SignedNote};
use casemate_verify::{Pins, Status};

const AT: u64 = 1_767_225_600;

/// A witness of one log, which it knows by its published key.
struct Witness {
    key: WitnessKey,
    secret: SecretKey,
    log: NoteKey,
    seen: Option<(u64, Hash)>,
}

impl Witness {
    fn new(log_key: &str) -> Self {
        let secret = SecretKey::from_seed(&[42; 32]);
        let [name, _, key] = log_key.splitn(3, '+').collect::<Vec<_>>().try_into().unwrap();
        let key = PublicKey::from_bytes(&decode_base64(key).unwrap()[1..]).unwrap();
        let log = NoteKey::new(name, key).unwrap();
        assert_eq!(log.to_string(), log_key);
        Self { key: WitnessKey::new("witness.example/w1", secret.public()).unwrap(), secret, log, seen: None }
    }

    /// `add-checkpoint`: the cosignature, or the status and body of a refusal.
    fn add_checkpoint(&mut self, body: &[u8]) -> Result<String, (u16, String)> {
        let body = std::str::from_utf8(body).unwrap();
        let (head, note) = body.split_once("\n\n").unwrap();
        let mut lines = head.lines();
        let old: u64 = lines.next().unwrap().strip_prefix("old ").unwrap().parse().unwrap();
        let proof: Vec<Hash> = lines.map(|line| Hash::from_slice(&decode_base64(line).unwrap()).unwrap()).collect();
        let note = SignedNote::decode(note.as_bytes()).unwrap();
        assert_eq!(note.signatures().len(), 1);
        let checkpoint = Checkpoint::verify(&note, &self.log).map_err(|_| (403, String::new()))?;
        let (size, root) = self.seen.unwrap_or((0, Hash([0; 32])));
        if old != size {
            return Err((409, format!("{size}\n")));
        }
        assert!(old > 0 || proof.is_empty());
        let extends =
            old == 0 || verify_consistency((size, &root), (checkpoint.size, &checkpoint.root), &proof).is_ok();
        if !extends {
            return Err((422, String::new()));
        }
        self.seen = Some((checkpoint.size, checkpoint.root));
        let line = self.key.cosign(note.text_unverified(), AT, &self.secret).unwrap();
        let bytes = [&line.id[..], &line.signature].concat();
        Ok(format!("\u{2014} {} {}\n", line.name, encode_base64(&bytes)))
    }
}

fn desk() -> Desk {
    let mut desk = Desk::new(vec![lines("list.txt", Kind::Text, &["a list of ships", "and of ports"])]);
    desk.man();
    desk
}

fn witness_of(desk: &Desk) -> Witness {
    Witness::new(&status(&desk.session).unwrap().log_key)
}

fn cosign(desk: &mut Desk, witness: &mut Witness) -> Cosignature {
    let request = ask(&desk.session, &witness.key, None).unwrap();
    let answer = witness.add_checkpoint(&request).unwrap();
    record(&mut desk.session, &witness.key, &request, answer.as_bytes()).unwrap()
}

fn in_the_log(desk: &Desk) -> usize {
    log(&desk.session).unwrap().acts.iter().filter(|act| act.kind == "witness").count()
}

#[test]
fn a_cosigned_log_is_proven_to_who_names_the_witness() {
    let mut desk = desk();
    let mut witness = witness_of(&desk);
    assert!(status(&desk.session).unwrap().cosignatures.is_empty());
    let before = log(&desk.session).unwrap().size;
    let first = cosign(&mut desk, &mut witness);
    assert_eq!(
        (first.size, first.time.as_str(), first.witness.as_str()),
        (before, "2026-01-01T00:00:00Z", "witness.example/w1")
    );
    desk.consent(Profile::Court, Decision::Agreed);
    // The second request begins where the first ended, with a proof that the witness checks.
    let second = cosign(&mut desk, &mut witness);
    assert!(second.size > first.size);
    let now = status(&desk.session).unwrap();
    assert_eq!((now.covered, now.cosignatures.len()), (second.size, 2));
    assert!(now.cosignatures.iter().all(|one| one.cause.is_none()), "{now:?}");
    let told = log(&desk.session).unwrap();
    let act = told.acts.iter().find(|act| act.kind == "witness").unwrap();
    assert_eq!((act.by.as_deref(), act.not_understood.is_none()), (Some("witness.example/w1"), true));
    assert!(told.not_understood.is_empty());
    assert!(!unwatched(|watch| verify_case(&desk.session, watch)).unwrap().damaged);

    desk.plan("1", Profile::Court);
    let request = desk.request(Profile::Court, &["1"], "court.casemate");
    unwatched(|watch| disclose(&mut desk.session, &request, watch)).unwrap();
    let files = entries(&request.destination);
    assert!(
        files.contains_key("proof/witness/01.note") && files.contains_key("proof/witness/02.key"),
        "{:?}",
        files.keys()
    );
    let pins = Pins { witnesses: vec![witness.key.clone()], ..Pins::default() };
    let verdict = verify_pinned(&request.destination, &pins).unwrap();
    assert!(!verdict.failed(), "{verdict:#?}");
    assert_eq!(verdict.with_id("witness").map(|f| f.status).collect::<Vec<_>>(), [Status::Proven; 2]);
    let unpinned = verify_pinned(&request.destination, &Pins::default()).unwrap();
    assert_eq!(unpinned.with_id("witness").map(|f| f.status).collect::<Vec<_>>(), [Status::NotChecked; 2]);
}

#[test]
fn a_press_bundle_carries_no_witness() {
    let mut desk = desk();
    let mut witness = witness_of(&desk);
    cosign(&mut desk, &mut witness);
    desk.consent(Profile::Press, Decision::Agreed);
    desk.plan("1", Profile::Press);
    let request = desk.request(Profile::Press, &["1"], "press.casemate");
    unwatched(|watch| disclose(&mut desk.session, &request, watch)).unwrap();
    assert!(entries(&request.destination).keys().all(|path| !path.contains("witness")));
}

#[test]
fn a_witness_that_saw_more_is_asked_again_from_there() {
    let mut desk = desk();
    let mut witness = witness_of(&desk);
    let from_nothing = ask(&desk.session, &witness.key, None).unwrap();
    witness.add_checkpoint(&from_nothing).unwrap();
    // Its answer got lost: the log records none, so the next request begins from nothing again.
    desk.consent(Profile::Court, Decision::Agreed);
    let again = ask(&desk.session, &witness.key, None).unwrap();
    let (status, size) = witness.add_checkpoint(&again).unwrap_err();
    assert_eq!(status, 409);
    let not_lines = record(&mut desk.session, &witness.key, &again, size.as_bytes()).unwrap_err();
    assert!(matches!(not_lines, AppError::Cosignature(_)), "{not_lines}");
    let old = size.trim().parse().unwrap();
    let from_there = ask(&desk.session, &witness.key, Some(old)).unwrap();
    let answer = witness.add_checkpoint(&from_there).unwrap();
    record(&mut desk.session, &witness.key, &from_there, answer.as_bytes()).unwrap();
    let beyond = ask(&desk.session, &witness.key, Some(1_000_000)).unwrap_err();
    assert!(matches!(beyond, AppError::Form { .. }), "{beyond}");
}

#[test]
fn an_answer_that_does_not_hold_is_not_recorded() {
    let mut desk = desk();
    let mut witness = witness_of(&desk);
    let request = ask(&desk.session, &witness.key, None).unwrap();
    let answer = witness.add_checkpoint(&request).unwrap();
    let mut refused = |key: &WitnessKey, request: &[u8], answer: &str| {
        record(&mut desk.session, key, request, answer.as_bytes()).unwrap_err()
    };
    let stranger = WitnessKey::new("witness.example/w1", SecretKey::from_seed(&[43; 32]).public()).unwrap();
    let unsigned = |error: &AppError| matches!(error, AppError::Cosignature(NoteError::Unsigned));
    assert!(unsigned(&refused(&stranger, &request, &answer)));
    assert!(unsigned(&refused(&witness.key, &request, &answer.repeat(2))), "two lines of one witness");
    let torn = answer.replacen("CoE", "CoF", 1).replacen('A', "B", 1);
    assert!(matches!(refused(&witness.key, &request, &torn), AppError::Cosignature(_)));
    for wrong in ["", "404\n", "not found"] {
        assert!(matches!(refused(&witness.key, &request, wrong), AppError::Cosignature(_)), "{wrong}");
    }
    for wrong in [&b""[..], b"old 0\n\nno note\n", &request[1..]] {
        assert!(matches!(refused(&witness.key, wrong, &answer), AppError::Form { .. }));
    }
    assert_eq!(in_the_log(&desk), 0);
}

#[test]
fn a_request_of_another_case_is_refused() {
    let (mut mine, other) = (desk(), desk());
    let mut witness = witness_of(&other);
    let request = ask(&other.session, &witness.key, None).unwrap();
    let answer = witness.add_checkpoint(&request).unwrap();
    let error = record(&mut mine.session, &witness.key, &request, answer.as_bytes()).unwrap_err();
    assert!(matches!(error, AppError::Form { what: "a question of this case", .. }), "{error}");
    assert_eq!(in_the_log(&mine), 0);
}
