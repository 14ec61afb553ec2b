//! A log stamped by a real authority (`openssl ts`): asked, answered, recorded, carried by a bundle; and answers that are refused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

#[allow(dead_code)]
mod common;
#[allow(dead_code)]
#[path = "../../stamp/tests/it/shop.rs"]
mod shop;

use casemate_app::AppError;
use casemate_app::disclose::disclose;
use casemate_app::listing::log;
use casemate_app::timestamp::{Answer, Question, TimestampReply, ask, record};
use casemate_app::verify::{verify_case, verify_pinned};
use casemate_case::audience::Profile;
use casemate_ports::reading::Kind;
use casemate_verify::{Pins, Status};
use common::{Desk, entries, lines, unwatched};
use shop::Shop;

fn desk() -> Desk {
    let mut desk = Desk::new(vec![lines("list.txt", Kind::Text, &["a list of ships", "and of ports"])]);
    desk.man();
    desk
}

fn answered(question: &Question) -> Vec<u8> {
    Shop::usual().reply("rsa", &question.request(), "")
}

fn recorded(desk: &mut Desk, question: &Question, answer: Vec<u8>) -> Result<TimestampReply, AppError> {
    let answer = Answer { answer, roots: vec![Shop::usual().der("root")], ..Answer::default() };
    record(&mut desk.session, question, answer)
}

fn stamps_in_the_log(desk: &Desk) -> usize {
    log(&desk.session).unwrap().acts.iter().filter(|act| act.kind == "timestamp").count()
}

#[test]
fn a_stamped_log_is_proven_to_the_recipient_of_a_bundle() {
    let mut desk = desk();
    let before = log(&desk.session).unwrap().size;
    let asked = ask(&mut desk.session, None).unwrap();
    // The question travels as a file, and other acts come in between.
    let question = Question::from_bytes(&asked.to_bytes().unwrap()).unwrap();
    assert_eq!(question, asked);
    desk.consent(Profile::Court, true);
    let reply = recorded(&mut desk, &question, answered(&question)).unwrap();
    assert_eq!((reply.size, reply.pinned, reply.revocation_as_of), (before, true, None));
    assert_eq!(reply.authority, "CN=rsa, O=Invented Time");
    let kept = log(&desk.session).unwrap();
    let act = kept.acts.iter().find(|act| act.kind == "timestamp").unwrap();
    assert!(act.at.is_some() && act.not_understood.is_none() && kept.not_understood.is_empty());
    let verdict = unwatched(|watch| verify_case(&desk.session, watch)).unwrap();
    assert!(!verdict.damaged);

    desk.plan("1", Profile::Court);
    let request = desk.request(Profile::Court, &["1"], "court.casemate");
    let made = unwatched(|watch| disclose(&mut desk.session, &request, watch)).unwrap();
    let files = entries(&request.destination);
    assert!(files.contains_key("proof/time/01.tsr"), "{:?}", files.keys());
    let pins = Pins { signers: vec![made.signer.clone()], roots: vec![Shop::usual().der("root")] };
    let verdict = verify_pinned(&request.destination, &pins).unwrap();
    assert!(!verdict.failed(), "{verdict:#?}");
    let time = verdict.with_id("time").find(|finding| finding.item.is_none()).unwrap();
    assert_eq!(time.status, Status::Proven);
    assert!(time.facts.iter().any(|(name, value)| *name == "time" && *value == reply.time));
    let item = verdict.with_id("time").find(|finding| finding.item == Some(1)).unwrap();
    assert_eq!(item.status, Status::Proven, "the exhibit was sealed before");
    let unpinned = verify_pinned(&request.destination, &Pins::default()).unwrap();
    assert!(!unpinned.failed());
    assert_eq!(unpinned.with_id("time").next().unwrap().status, Status::NotChecked);
}

#[test]
fn an_answer_that_does_not_hold_is_not_recorded() {
    let mut desk = desk();
    let (question, other) = (ask(&mut desk.session, None).unwrap(), ask(&mut desk.session, None).unwrap());
    let refusal = |result: Result<TimestampReply, AppError>| match result.unwrap_err() {
        AppError::Stamp(refusal) => refusal.id(),
        error => panic!("{error}"),
    };
    assert_eq!(refusal(recorded(&mut desk, &question, answered(&other))), "imprint");
    let mut torn = answered(&question);
    torn.pop();
    assert_eq!(refusal(recorded(&mut desk, &question, torn)), "form");
    let stranger = Shop::new();
    stranger.issue("root", shop::Kind::P256, None, shop::ROOT);
    let answer = Answer { answer: answered(&question), roots: vec![stranger.der("root")], ..Answer::default() };
    assert_eq!(refusal(record(&mut desk.session, &question, answer)), "chain-broken");
    assert_eq!(stamps_in_the_log(&desk), 0);
    assert!(matches!(ask(&mut desk.session, Some("no policy")), Err(AppError::Stamp(_))));
}

#[test]
fn a_question_of_another_case_is_refused() {
    let (mut mine, mut other) = (desk(), desk());
    let question = ask(&mut other.session, None).unwrap();
    let error = recorded(&mut mine, &question, answered(&question)).unwrap_err();
    assert!(matches!(error, AppError::Form { what: "a question of this case", .. }), "{error}");
    assert_eq!(stamps_in_the_log(&mine), 0);
    for bytes in [&b""[..], b"\xa0", b"no question"] {
        assert!(matches!(Question::from_bytes(bytes), Err(AppError::Form { .. })));
    }
}
