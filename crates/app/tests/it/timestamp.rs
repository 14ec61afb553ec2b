//! A log stamped by a real authority (`openssl ts`): asked, answered, recorded, carried by a bundle; and answers that are refused.

use crate::common::{Desk, entries, lines, unwatched};
use crate::shop::Shop;
use casemate_app::AppError;
use casemate_app::disclose::disclose;
use casemate_app::listing::log;
use casemate_app::timestamp::{Answer, Question, StampState, TimestampReply, ask, record, record_all, status};
use casemate_app::verify::{verify_case, verify_pinned};
use casemate_case::audience::Profile;
use casemate_case::kinds::Decision;
use casemate_ports::reading::Kind;
use casemate_verify::{Pins, Status};

fn desk() -> Desk {
    let mut desk = Desk::new(vec![lines("list.txt", Kind::Text, &["a list of ships", "and of ports"])]);
    desk.man();
    desk
}

fn answered(question: &Question) -> Vec<u8> {
    Shop::usual().reply("rsa", &question.request(), "")
}

fn recorded(desk: &mut Desk, question: Question, answer: Vec<u8>) -> Result<TimestampReply, AppError> {
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
    desk.consent(Profile::Court, Decision::Agreed);
    let answer = answered(&question);
    let reply = recorded(&mut desk, question, answer).unwrap();
    assert_eq!((reply.size, reply.says.pinned, reply.says.revocation_as_of), (before, true, None));
    assert_eq!(reply.says.authority, "CN=rsa, O=Invented Time");
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
    let pins = Pins { signers: vec![made.signer.clone()], roots: vec![Shop::usual().der("root")], ..Pins::default() };
    let verdict = verify_pinned(&request.destination, &pins).unwrap();
    assert!(!verdict.failed(), "{verdict:#?}");
    let time = verdict.with_id("time").find(|finding| finding.item.is_none()).unwrap();
    assert_eq!(time.status, Status::Proven);
    assert!(time.facts.iter().any(|(name, value)| *name == "time" && *value == reply.says.time));
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
    let asked = || question.clone();
    let refusal = |result: Result<TimestampReply, AppError>| match result.unwrap_err() {
        AppError::Stamp(refusal) => refusal.id(),
        error => panic!("{error}"),
    };
    assert_eq!(refusal(recorded(&mut desk, asked(), answered(&other))), "imprint");
    let mut torn = answered(&question);
    torn.pop();
    assert_eq!(refusal(recorded(&mut desk, asked(), torn)), "form");
    let stranger = Shop::new();
    stranger.issue("root", crate::shop::Kind::P256, None, crate::shop::ROOT);
    let answer = Answer { answer: answered(&question), roots: vec![stranger.der("root")], ..Answer::default() };
    assert_eq!(refusal(record(&mut desk.session, asked(), answer)), "chain-broken");
    assert_eq!(stamps_in_the_log(&desk), 0);
    assert!(matches!(ask(&mut desk.session, Some("no policy")), Err(AppError::Stamp(_))));
}

#[test]
fn a_question_of_another_case_is_refused() {
    let (mut mine, mut other) = (desk(), desk());
    let question = ask(&mut other.session, None).unwrap();
    let answer = answered(&question);
    let error = recorded(&mut mine, question, answer).unwrap_err();
    assert!(matches!(error, AppError::Form { what: "a question of this case", .. }), "{error}");
    assert_eq!(stamps_in_the_log(&mine), 0);
    for bytes in [&b""[..], b"\xa0", b"no question"] {
        assert!(matches!(Question::from_bytes(bytes), Err(AppError::Form { .. })));
    }
}

/// A date of so many days from today, as `openssl ca` wants it.
fn in_days(days: u32) -> String {
    let words = ["-u", "-d", &format!("{days} days"), "+%Y%m%d%H%M%SZ"];
    let output = std::process::Command::new("date").args(words).output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// A shop of authorities under one root: one whose certificate ends in two days, one in two months, one in years.
fn ageing() -> Shop {
    let shop = Shop::new();
    shop.issue("root", crate::shop::Kind::P256, None, crate::shop::ROOT);
    shop.issue("between", crate::shop::Kind::P256, Some("root"), crate::shop::AUTHORITY);
    for (name, days) in [("days", 2), ("months", 60), ("years", 3650)] {
        shop.key(name, crate::shop::Kind::P256);
        let end = in_days(days);
        shop.certify(name, &format!("/CN={name}"), Some("between"), crate::shop::SIGNER, crate::shop::FROM, &end, &[]);
    }
    shop
}

fn stamped_by(desk: &mut Desk, shop: &Shop, signers: &[&str]) -> Vec<Result<TimestampReply, AppError>> {
    let asked: Vec<_> = signers.iter().map(|signer| (*signer, ask(&mut desk.session, None).unwrap())).collect();
    let answered = asked.into_iter().map(|(signer, question)| {
        let answer = shop.reply(signer, &question.request(), "");
        let authority = Some(format!("http://{signer}.example/"));
        (question, Answer { answer, authority, roots: vec![shop.der("root")], ..Answer::default() })
    });
    record_all(&mut desk.session, answered.collect()).unwrap()
}

#[test]
fn several_authorities_stamp_one_checkpoint_and_a_later_stamp_renews_them() {
    let (mut desk, shop) = (desk(), ageing());
    let roots = [shop.der("root")];
    assert!(status(&desk.session, &roots).unwrap().stamps.is_empty());
    let size = log(&desk.session).unwrap().size;
    let replies = stamped_by(&mut desk, &shop, &["days", "months"]);
    assert!(replies.iter().all(|reply| reply.as_ref().unwrap().size == size));
    let before = status(&desk.session, &roots).unwrap();
    let told: Vec<_> =
        before.stamps.iter().map(|stamp| (stamp.state, stamp.says.as_ref().unwrap().says.pinned)).collect();
    assert_eq!(told, [(StampState::Ageing, true); 2]);
    assert_eq!((before.covered, before.size), (size, log(&desk.session).unwrap().size));
    assert_eq!(before.stamps[0].says.as_ref().unwrap().address.as_deref(), Some("http://days.example/"));
    // The log holds both tokens now: what stamps its head renews them.
    std::thread::sleep(std::time::Duration::from_millis(1100));
    stamped_by(&mut desk, &shop, &["years"]).pop().unwrap().unwrap();
    let after = status(&desk.session, &roots).unwrap();
    assert!(after.stamps.iter().all(|stamp| stamp.state == StampState::Good), "{after:#?}");
    assert!(after.stamps.iter().all(|stamp| stamp.good_until == after.stamps[2].good_until));
    // Without a root they hold, and trust is not checked.
    let unpinned = status(&desk.session, &[]).unwrap();
    assert!(unpinned.stamps.iter().all(|stamp| !stamp.says.as_ref().unwrap().says.pinned));

    desk.consent(Profile::Court, Decision::Agreed);
    desk.plan("1", Profile::Court);
    let request = desk.request(Profile::Court, &["1"], "court.casemate");
    unwatched(|watch| disclose(&mut desk.session, &request, watch)).unwrap();
    let files = entries(&request.destination);
    for name in ["01.tsr", "02.tsr", "03.tsr", "01.act", "02.leaves", "03.tlog"] {
        assert!(files.contains_key(&format!("proof/time/{name}")), "{name}: {:?}", files.keys());
    }
    let pins = Pins { roots: roots.to_vec(), ..Pins::default() };
    let verdict = verify_pinned(&request.destination, &pins).unwrap();
    assert!(!verdict.failed(), "{verdict:#?}");
    let time = verdict.with_id("time").next().unwrap();
    let fact = |id| time.facts.iter().find(|(name, _)| *name == id).map(|(_, value)| value.as_str());
    assert_eq!(fact("authority"), Some("CN=days"), "the earliest speaks");
    assert_eq!(fact("renewed-until"), after.stamps[2].good_until.as_deref());
}

#[test]
fn of_several_answers_those_that_hold_are_recorded() {
    let (mut desk, shop) = (desk(), ageing());
    let first = ask(&mut desk.session, None).unwrap();
    let second = ask(&mut desk.session, None).unwrap();
    let answer = |of: &Question| Answer { answer: shop.reply("years", &of.request(), ""), ..Answer::default() };
    let answered = vec![(first.clone(), answer(&second)), (second.clone(), answer(&second))];
    let replies = record_all(&mut desk.session, answered).unwrap();
    assert!(matches!(&replies[0], Err(AppError::Stamp(refusal)) if refusal.id() == "imprint"));
    assert!(replies[1].is_ok());
    assert_eq!(stamps_in_the_log(&desk), 1);
}
