//! From a sealed exhibit to a bundle that its recipient verifies: what is withheld is in no byte, all else is there.

use crate::common::{Desk, HAN, MISHEARD, RATE, call, entries, lines, read_again, samples, unwatched};
use casemate_app::disclose::{DiscloseReply, DiscloseRequest, check, disclose, signer};
use casemate_app::pass_on::{PassOnRequest, names_nobody_of};
use casemate_app::people::{NameForm, NewPerson, add_person};
use casemate_app::redact::{
    KeepRequest, StrikeRequest, StrikeWhat, Which, drop_strike, keep, propose, retime, review, show, strike,
};
use casemate_app::verify::{verify_case, verify_file, verify_here};
use casemate_app::{AppError, Held};
use casemate_bundle::audit::Forbidden;
use casemate_case::audience::Profile;
use casemate_case::gate::Block;
use casemate_case::kinds::Decision;
use casemate_case::plan::Reason;
use casemate_ports::reading::Kind;
use casemate_verify::{Status, Verdict};
use std::path::Path;

fn go(desk: &mut Desk, request: &DiscloseRequest) -> Result<DiscloseReply, AppError> {
    unwatched(|watch| disclose(&mut desk.session, request, watch))
}

fn blocks(desk: &mut Desk, request: &DiscloseRequest) -> Vec<Block> {
    match go(desk, request) {
        Err(AppError::Blocked(blocks)) => {
            assert!(!request.destination.exists(), "a blocked bundle left a file");
            blocks
        }
        other => panic!("not blocked: {other:?}"),
    }
}

fn ready() -> Desk {
    let letter = lines("letter.txt", Kind::Text, &["Dear Lin Muchuan,", "your accounts are watched.", "林", "慕川"]);
    let plain = lines("林慕川 list.txt", Kind::Text, &["a list of ships", "and of ports"]);
    let mut desk = Desk::new(vec![call(7), letter, plain]);
    desk.man();
    desk.heard("1", &[]);
    desk
}

fn all_planned(desk: &mut Desk, profile: Profile) {
    for exhibit in ["1", "2", "3"] {
        desk.plan(exhibit, profile);
    }
}

fn assert_nobody_named(desk: &Desk, bundle: &Path) {
    let bytes = std::fs::read(bundle).unwrap();
    let forbidden = Forbidden::names_of(desk.session.case().people());
    assert_eq!(forbidden.find(&bytes), None);
    let misheard = Forbidden::words([MISHEARD.to_owned(), "慕川".to_owned()]);
    assert_eq!(misheard.find(&bytes), None);
    for (name, content) in entries(bundle) {
        assert_eq!(forbidden.find(&content), None, "{name}");
    }
}

fn status(verdict: &Verdict, id: &str, item: Option<u64>) -> Option<Status> {
    verdict.with_id(id).find(|f| f.item == item).map(|f| f.status)
}

#[test]
fn a_court_bundle_proves_everything_but_the_name() {
    let mut desk = ready();
    all_planned(&mut desk, Profile::Court);
    let request = desk.request(Profile::Court, &["1", "2", "3", "1"], "court.casemate");
    let reply = go(&mut desk, &request).unwrap();
    let modes: Vec<(u64, &str, &str)> = reply.items.iter().map(|i| (i.exhibit, i.mode, i.title.as_str())).collect();
    assert_eq!(
        modes,
        [
            (1, "partial", "Recording 1"),
            (1, "release", "Recording 1: transcript"),
            (2, "release", "Text 2: text"),
            (3, "whole", "Text 3"),
        ]
    );
    assert_eq!(reply.items[0].cuts, [[3000, 5000], [8000, 9000]]);
    assert_eq!(reply.aliases, ["Monsieur A"]);
    assert_eq!(reply.signer, signer(&desk.session, Profile::Court).unwrap());
    assert_eq!(reply.bytes, std::fs::metadata(&request.destination).unwrap().len());
    let leftovers: Vec<_> = std::fs::read_dir(desk.dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(leftovers.len(), 2, "{leftovers:?}");
    assert_nobody_named(&desk, &request.destination);

    let verdict = verify_file(&request.destination, std::slice::from_ref(&reply.signer)).unwrap();
    assert!(!verdict.failed(), "{verdict:#?}");
    assert_eq!(status(&verdict, "signer-pinned", None), Some(Status::Proven));
    for (item, ids) in [(1, &["logged", "object", "rendering", "census"][..]), (2, &["logged", "object", "parent"])] {
        for id in ids {
            assert_eq!(status(&verdict, id, Some(item)), Some(Status::Proven), "{id} {item}");
        }
    }
    let disclosed = desk.session.case().disclosures();
    assert_eq!(disclosed.len(), 1);
    assert!(disclosed[0].signature.is_some() && disclosed[0].items.len() == 4);
    let case = unwatched(|watch| verify_case(&desk.session, watch)).unwrap();
    assert!(!case.damaged, "{case:#?}");
}

#[test]
fn the_sound_is_a_tone_where_it_is_cut_and_itself_elsewhere() {
    let mut desk = ready();
    desk.plan("1", Profile::Court);
    let request = desk.request(Profile::Court, &["1"], "b");
    go(&mut desk, &request).unwrap();
    let files = entries(&request.destination);
    let wav = &files["data/001/recording.wav"];
    let sound: Vec<i16> = wav[44..].chunks_exact(2).map(|b| i16::from_le_bytes([b[0], b[1]])).collect();
    let original = samples(7, sound.len());
    let second = |n: usize| n * RATE as usize..(n + 1) * RATE as usize;
    for n in 0..12 {
        if [3, 4, 8].contains(&n) {
            assert_ne!(sound[second(n)], original[second(n)], "second {n}");
            assert!(tone_share(&sound[second(n)]) > 0.99, "second {n}");
        } else {
            assert_eq!(sound[second(n)], original[second(n)], "second {n}");
        }
    }
    let text = String::from_utf8(files["data/002/text.txt"].clone()).unwrap();
    assert!(text.contains("我叫[Monsieur A]你好") && text.contains("请问[Monsieur A]"), "{text}");
    assert!(text.contains("Monsieur A: 回来吧"), "the speaker is shown by alias: {text}");
    assert!(String::from_utf8(files["data/002/transcript.vtt"].clone()).unwrap().starts_with("WEBVTT"));
}

/// The share of the energy that lies at 1 kHz.
fn tone_share(sound: &[i16]) -> f64 {
    let (mut re, mut im, mut all) = (0.0, 0.0, 0.0);
    for (n, s) in sound.iter().enumerate() {
        let (s, phase) = (f64::from(*s), n as f64 * std::f64::consts::TAU * 1000.0 / f64::from(RATE));
        re += s * phase.cos();
        im += s * phase.sin();
        all += s * s;
    }
    2.0 * (re * re + im * im) / (sound.len() as f64 * all)
}

#[test]
fn a_press_bundle_has_its_own_key_and_tells_no_time_and_no_seal() {
    let mut desk = ready();
    all_planned(&mut desk, Profile::Press);
    let request = desk.request(Profile::Press, &["2", "1"], "press");
    let reply = go(&mut desk, &request).unwrap();
    assert_eq!(reply.items.iter().map(|i| (i.mode, i.seal.as_deref())).collect::<Vec<_>>(), [("text", None); 2]);
    assert_eq!(reply.items[1].title, "Recording 2: transcript", "numbered in the bundle, not in the case");
    assert_ne!(reply.signer, signer(&desk.session, Profile::Court).unwrap());
    assert_nobody_named(&desk, &request.destination);
    let files = entries(&request.destination);
    assert!(files.keys().all(|name| !name.starts_with("proof/") && !name.ends_with(".wav")));
    let text = String::from_utf8(files["data/002/text.txt"].clone()).unwrap();
    assert!(text.contains("我叫[H]你好") && !text.contains("00:00") && !text.contains('←'), "{text}");
    let all: Vec<u8> = files.values().flatten().copied().collect();
    for exhibit in desk.session.catalogue().exhibits() {
        let roots = exhibit.derived.iter().map(|d| d.object.root()).chain([exhibit.root]);
        for root in roots {
            let hex = root.to_string();
            assert!(!all.windows(32).any(|w| w == root.0));
            assert!(!String::from_utf8_lossy(&all).contains(&hex[..16]), "{hex}");
        }
    }
    let verdict = verify_file(&request.destination, &[reply.signer]).unwrap();
    assert!(!verdict.failed());
}

#[test]
fn every_gate_stops_alone_and_says_why() {
    let mut desk = ready();
    let request = desk.request(Profile::Court, &["1"], "b");
    let before = desk.session.catalogue().number(1).unwrap().derived.len();

    let all = blocks(&mut desk, &request);
    assert!(matches!(all[..], [Block::NotReviewed { exhibit: 1 }, Block::NameOpen { finds: 2, .. }]), "{all:?}");
    propose(&mut desk.session, "1", Profile::Court).unwrap();
    assert_eq!(blocks(&mut desk, &request), [Block::NotReviewed { exhibit: 1 }]);
    review(&mut desk.session, "1", Profile::Court, "R. Vial", None).unwrap();

    desk.consent(Profile::Court, Decision::Refused);
    assert!(matches!(blocks(&mut desk, &request)[..], [Block::NoConsent { refused: true, .. }]));
    desk.consent(Profile::Court, Decision::Unasked);
    let reply = unwatched(|watch| check(&desk.session, &request, watch)).unwrap();
    assert_eq!(
        (reply.blocks, reply.people, reply.unasked),
        (vec![], 1, 1),
        "it leaves on somebody's word, and that is told"
    );
    desk.consent(Profile::Court, Decision::Agreed);

    let plan = drop_strike(&mut desk.session, "1", Profile::Court, 1).unwrap();
    assert_eq!((plan.open.len(), plan.reviewer), (1, None));
    review(&mut desk.session, "1", Profile::Court, "R. Vial", None).unwrap();
    assert!(matches!(blocks(&mut desk, &request)[..], [Block::NameOpen { finds: 1, .. }]));
    desk.plan("1", Profile::Court);

    assert_eq!(desk.session.catalogue().number(1).unwrap().derived.len(), before, "nothing was sealed in vain");
    go(&mut desk, &request).unwrap();
}

#[test]
fn a_number_that_tells_who_somebody_is_stops_until_it_is_struck_or_judged() {
    let texts =
        ["Passport No. E12345678 was shown", "case file 21/04567", "write to clerk@court.example", "Lin Muchuan"];
    let mut desk = Desk::new(vec![lines("note.txt", Kind::Text, &texts)]);
    let request = desk.request(Profile::Court, &["1"], "b");
    let names_only = blocks(&mut desk, &request);
    assert_eq!(names_only, [Block::NotReviewed { exhibit: 1 }], "nobody is protected: a court reads numbers");
    desk.man();
    let open = |desk: &mut Desk, n| {
        let all = blocks(desk, &request);
        assert!(all.contains(&Block::IdentifierOpen { exhibit: 1, finds: n }), "{all:?}");
    };
    open(&mut desk, 2);
    let plan = propose(&mut desk.session, "1", Profile::Court).unwrap();
    let struck: Vec<_> = plan.strikes.iter().map(|s| (s.words.as_str(), s.reason, s.identifier)).collect();
    let want = [("E12345678", "identifier", Some("document")), ("clerk@court.example", "identifier", Some("email"))];
    assert_eq!(struck[..2], want);
    assert!(plan.open.is_empty(), "{:?}", plan.open);

    let whose = StrikeRequest {
        exhibit: "1".into(),
        profile: Profile::Court,
        what: StrikeWhat::Text("E12345678".into()),
        reason: Reason::Identifier,
        person: Some(HAN.into()),
    };
    let plan = strike(&mut desk.session, &whose).unwrap();
    assert_eq!((plan.strikes.len(), plan.strikes[0].alias.as_deref()), (3, Some("Monsieur A")), "his, and struck once");

    let dropped = drop_strike(&mut desk.session, "1", Profile::Court, 2).unwrap();
    assert_eq!((dropped.open.len(), dropped.open[0].identifier), (1, Some("email")));
    open(&mut desk, 1);
    let request_keep = KeepRequest {
        exhibit: "1".into(),
        profile: Profile::Court,
        which: Which::Within("clerk@court.example".into()),
        reviewer: "R. Vial".into(),
        why: "a public address".into(),
    };
    let kept = keep(&mut desk.session, &request_keep).unwrap();
    assert!(kept.open.is_empty() && kept.kept[0].person.is_none(), "{kept:?}");
    review(&mut desk.session, "1", Profile::Court, "R. Vial", None).unwrap();
    go(&mut desk, &request).unwrap();
    let bytes: Vec<u8> = entries(&request.destination).into_values().flatten().collect();
    let bytes = String::from_utf8_lossy(&bytes);
    assert!(!bytes.contains("E12345678") && bytes.contains("clerk@court.example") && bytes.contains("21/04567"));
}

#[test]
fn a_strike_of_a_word_that_was_timed_wrong_is_moved_and_its_words_stay_struck() {
    let mut desk = ready();
    let before = propose(&mut desk.session, "1", Profile::Court).unwrap();
    review(&mut desk.session, "1", Profile::Court, "R. Vial", None).unwrap();
    let [from, to] = before.strikes[0].time.unwrap();
    assert_eq!(before.strikes[0].beside, None, "as it was proposed, the cut takes all of the words");
    let later = (to + 900, to + 1_400);
    let moved = retime(&mut desk.session, "1", Profile::Court, 1, later).unwrap();
    assert_eq!((moved.strikes[0].time, moved.reviewer.as_deref()), (Some([later.0, later.1]), None));
    assert_eq!((&moved.strikes[0].words, moved.open.len()), (&before.strikes[0].words, 0), "the words stay struck");
    assert_ne!(moved.cuts, before.cuts);
    assert!(moved.cuts.iter().any(|[a, b]| *a <= later.0 && later.1 <= *b), "{:?}", moved.cuts);
    assert_eq!(
        moved.strikes[0].beside,
        Some([from, to]),
        "the reviewer is told where the text has them: {:?}",
        moved.cuts
    );
    // Where the text has no such words, and the cut would leave them in the sound.
    for elsewhere in [(to + 1_000, to + 2_000), (to + 5_000, to + 5_500)] {
        let refused = retime(&mut desk.session, "1", Profile::Court, 1, elsewhere).unwrap_err();
        assert!(
            matches!(refused, AppError::CutElsewhere { number: 1, heard_ms } if heard_ms == (from, to)),
            "{refused}"
        );
    }
    for (number, time) in [(0, (1, 2)), (9, (1, 2)), (1, (5, 5)), (1, (99_000, 99_001))] {
        let refused = retime(&mut desk.session, "1", Profile::Court, number, time).unwrap_err();
        assert!(matches!(refused, AppError::NoStrike(_) | AppError::Form { .. }), "{refused}");
    }
}

#[test]
fn sound_that_nobody_heard_stays() {
    let mut desk = Desk::new(vec![call(7)]);
    desk.man();
    desk.plan("1", Profile::Court);
    let request = desk.request(Profile::Court, &["1"], "b");
    assert!(matches!(&blocks(&mut desk, &request)[..], [Block::NotHeard { gaps, .. }] if gaps.total_ms() == 9000));
    desk.heard("1", &[(0, 3000), (5000, 8000), (9000, 11_500)]);
    assert!(matches!(&blocks(&mut desk, &request)[..], [Block::NotHeard { gaps, .. }] if gaps.total_ms() == 500));
    desk.heard("1", &[(11_000, 12_000)]);
    // What the plan withholds need not be heard.
    go(&mut desk, &request).unwrap();
}

/// Strikes a word of the letter that names nobody.
fn accounts() -> StrikeRequest {
    StrikeRequest {
        exhibit: "2".into(),
        profile: Profile::Court,
        what: StrikeWhat::Text("accounts".into()),
        reason: Reason::Identifier,
        person: None,
    }
}

/// A letter of which a word is struck after it left with that word, and what is asked next.
fn struck_after_it_left() -> (Desk, DiscloseRequest) {
    let mut desk = ready();
    desk.plan("2", Profile::Court);
    let first = desk.request(Profile::Court, &["2"], "first");
    go(&mut desk, &first).unwrap();
    strike(&mut desk.session, &accounts()).unwrap();
    review(&mut desk.session, "2", Profile::Court, "R. Vial", None).unwrap();
    let second = desk.request(Profile::Court, &["2"], "second");
    (desk, second)
}

#[test]
fn a_bundle_of_this_case_is_known_by_its_own_keys_and_any_other_is_not_checked() {
    let mut desk = ready();
    desk.plan("2", Profile::Court);
    let request = desk.request(Profile::Court, &["2"], "b");
    go(&mut desk, &request).unwrap();
    let own: Vec<String> = Profile::ALL.map(|profile| signer(&desk.session, profile).unwrap()).into();
    for (keys, ours, status) in [(own, true, Status::Proven), (vec!["0".repeat(64)], false, Status::NotChecked)] {
        let (verdict, is_ours) = verify_here(&Held::on_disk(&request.destination), keys).unwrap();
        let pinned = verdict.with_id("signer-pinned").next().unwrap();
        assert_eq!((is_ours, pinned.status, verdict.failed()), (ours, status, false));
    }
}

#[test]
fn a_bundle_does_not_clash_with_itself() {
    let mut desk = ready();
    // Two strikes side by side: what lies between them is in neither.
    for words in ["Lin", "Muchuan"] {
        let what = StrikeWhat::Text(words.into());
        let request = StrikeRequest {
            exhibit: "2".into(),
            what,
            person: Some(HAN.into()),
            reason: Reason::Name,
            profile: Profile::Court,
        };
        strike(&mut desk.session, &request).unwrap();
    }
    desk.plan("2", Profile::Court);
    for name in ["first", "again"] {
        let request = desk.request(Profile::Court, &["2"], name);
        go(&mut desk, &request).unwrap();
    }
}

#[test]
fn what_an_earlier_bundle_showed_is_hidden_only_on_request() {
    let (mut desk, second) = struck_after_it_left();
    assert!(matches!(blocks(&mut desk, &second)[..], [Block::OpenedBefore { exhibit: 2, .. }]));
    let told = |request: &DiscloseRequest| unwatched(|watch| check(&desk.session, request, watch)).unwrap().allowed;
    let covered = DiscloseRequest { cover: true, ..second.clone() };
    assert_eq!((told(&second), told(&covered)), (0, 1), "who lets it pass is told how much");
    go(&mut desk, &covered).unwrap();
    let acts = casemate_app::listing::log(&desk.session).unwrap().acts;
    let left: Vec<_> = acts.iter().filter(|act| act.kind == "disclose").map(|act| act.passed).collect();
    assert_eq!(left, [0, 1], "and the log says so");
    let bytes: Vec<u8> = entries(&covered.destination).into_values().flatten().collect();
    assert!(!String::from_utf8_lossy(&bytes).contains("accounts"));
}

#[test]
fn what_was_open_once_is_not_hidden_later() {
    let mut desk = ready();
    desk.plan("1", Profile::Court);
    let first = desk.request(Profile::Court, &["1"], "first");
    go(&mut desk, &first).unwrap();
    let second = desk.request(Profile::Court, &["1"], "second");
    go(&mut desk, &second).unwrap();
    let time = StrikeRequest {
        exhibit: "1".into(),
        profile: Profile::Court,
        what: StrikeWhat::Time(10_050, 10_300),
        reason: Reason::PrivateLife,
        person: None,
    };
    let plan = strike(&mut desk.session, &time).unwrap();
    assert_eq!(plan.cuts, [[3000, 5000], [8000, 11_000]]);
    let words: Vec<&str> = plan.strikes.iter().map(|s| s.words.as_str()).collect();
    assert!(words.contains(&"回来"), "the words said in that time: {words:?}");
    review(&mut desk.session, "1", Profile::Court, "R. Vial", None).unwrap();
    let third = desk.request(Profile::Court, &["1"], "third");
    assert!(
        matches!(blocks(&mut desk, &third)[..], [Block::OpenedBefore { exhibit: 1, leaves: 101 }]),
        "100 blocks and a word"
    );
}

#[test]
fn a_text_that_left_with_a_word_open_does_not_leave_without_it() {
    let (mut desk, second) = struck_after_it_left();
    assert!(matches!(blocks(&mut desk, &second)[..], [Block::OpenedBefore { exhibit: 2, leaves: 1 }]));
    // Another audience never saw it.
    desk.plan("2", Profile::Press);
    let press = desk.request(Profile::Press, &["2"], "press");
    go(&mut desk, &press).unwrap();
}

#[test]
fn what_was_withheld_once_is_not_shown_later_by_accident() {
    let mut desk = ready();
    desk.plan("2", Profile::Court);
    let plan = strike(&mut desk.session, &accounts()).unwrap();
    review(&mut desk.session, "2", Profile::Court, "R. Vial", None).unwrap();
    let first = desk.request(Profile::Court, &["2"], "first");
    go(&mut desk, &first).unwrap();
    let number = plan.strikes.iter().find(|s| s.words.contains("accounts")).unwrap().number;
    drop_strike(&mut desk.session, "2", Profile::Court, number).unwrap();
    review(&mut desk.session, "2", Profile::Court, "R. Vial", None).unwrap();
    let mut second = desk.request(Profile::Court, &["2"], "second");
    assert!(matches!(blocks(&mut desk, &second)[..], [Block::Uncovered { exhibit: 2, places: 1 }]));
    // Another audience has nothing to lay beside it.
    desk.plan("2", Profile::Press);
    let press = desk.request(Profile::Press, &["2"], "press");
    go(&mut desk, &press).unwrap();
    second.uncover = true;
    go(&mut desk, &second).unwrap();
}

#[test]
fn sound_that_was_cut_once_is_not_heard_later_by_accident() {
    let mut desk = ready();
    desk.plan("1", Profile::Court);
    let first = desk.request(Profile::Court, &["1"], "first");
    go(&mut desk, &first).unwrap();
    let strikes = show(&desk.session, "1", Profile::Court).unwrap().strikes;
    let [_, to] = strikes[0].time.unwrap();
    retime(&mut desk.session, "1", Profile::Court, strikes[0].number, (to + 900, to + 1_400)).unwrap();
    review(&mut desk.session, "1", Profile::Court, "R. Vial", None).unwrap();
    let second = desk.request(Profile::Court, &["1"], "second");
    let found = blocks(&mut desk, &second);
    assert!(found.iter().any(|b| matches!(b, Block::Uncovered { exhibit: 1, places: 1 })), "{found:?}");
}

#[test]
fn a_find_that_is_no_name_is_kept_by_a_named_person_only() {
    let chat = lines("chat.txt", Kind::Chat, &["窗外慕川还在", "慕川，你在吗"]);
    let mut desk = Desk::new(vec![chat]);
    desk.man();
    let plan = propose(&mut desk.session, "1", Profile::Court).unwrap();
    assert_eq!(plan.strikes.len(), 2);
    let mut request = KeepRequest {
        exhibit: "1".into(),
        profile: Profile::Court,
        which: Which::Within("窗外慕川还在".into()),
        reviewer: String::new(),
        why: "a river".into(),
    };
    assert!(matches!(keep(&mut desk.session, &request), Err(AppError::Form { .. })));
    request.reviewer = "R. Vial".into();
    let plan = keep(&mut desk.session, &request).unwrap();
    assert_eq!((plan.strikes.len(), plan.kept.len(), plan.open.len()), (1, 1, 0));
    assert_eq!((plan.kept[0].words.as_str(), plan.kept[0].reviewer.as_str()), ("慕川", "R. Vial"));
    request.which = Which::Number(9);
    assert!(matches!(keep(&mut desk.session, &request), Err(AppError::NoStrike(9))));
    // Proposing again does not bring it back.
    desk.plan("1", Profile::Court);
    let disclosure = desk.request(Profile::Court, &["1"], "b");
    go(&mut desk, &disclosure).unwrap();
    let text = String::from_utf8(entries(&disclosure.destination)["data/001/text.txt"].clone()).unwrap();
    assert!(text.contains("窗外慕川还在") && text.contains("[Monsieur A]，你在吗"), "{text}");
}

#[test]
fn a_new_text_takes_the_review_away_and_keeps_what_was_struck_by_hand() {
    let mut desk = ready();
    let words = StrikeRequest {
        exhibit: "2".into(),
        profile: Profile::Court,
        what: StrikeWhat::Text("Accounts".into()),
        reason: Reason::Identifier,
        person: None,
    };
    strike(&mut desk.session, &words).unwrap();
    desk.plan("2", Profile::Court);
    let newer = lines("x", Kind::Text, &["Read again:", "the accounts of Lin Muchuan"]).reading.unwrap();
    let mut desk = read_again(desk, 2, "reading", &newer);
    assert!(!show(&desk.session, "2", Profile::Court).unwrap().current);
    let outdated = review(&mut desk.session, "2", Profile::Court, "R. Vial", None);
    assert!(matches!(outdated, Err(AppError::PlanOutdated(2))));
    let request = desk.request(Profile::Court, &["2"], "b");
    assert!(blocks(&mut desk, &request).contains(&Block::NotReviewed { exhibit: 2 }));
    let plan = propose(&mut desk.session, "2", Profile::Court).unwrap();
    let words: Vec<&str> = plan.strikes.iter().map(|s| s.words.as_str()).collect();
    assert!(words.contains(&"accounts") && words.contains(&"Lin Muchuan"), "{words:?}");
}

#[test]
fn an_original_stays_where_its_raw_bytes_or_its_kind_could_tell() {
    // The reader saw nothing, but the bytes hold the name.
    let mut comment = lines("a.txt", Kind::Text, &["nothing to see"]);
    comment.bytes.extend("<!-- LIN MUCHUAN -->\n".bytes());
    let mail = lines("b.eml", Kind::Mail, &["nothing to see"]);
    let mut desk = Desk::new(vec![comment, mail]);
    desk.man();
    for exhibit in ["1", "2"] {
        desk.plan(exhibit, Profile::Court);
    }
    let request = desk.request(Profile::Court, &["1", "2"], "b");
    let reply = go(&mut desk, &request).unwrap();
    assert!(reply.items.iter().all(|i| i.mode == "release"), "{:?}", reply.items);
    assert_nobody_named(&desk, &request.destination);
}

#[test]
fn a_name_in_what_we_print_is_found_and_leaves_nothing() {
    let mut desk = ready();
    desk.plan("3", Profile::Court);
    let mut request = desk.request(Profile::Court, &["3"], "b");
    // As it is recorded, and as it is not: other spacing, tones, characters that sound the same, a part.
    for name in ["Lin Muchuan", "LIN Mu-chuan", "Lín Mùchuān", "林慕川", "林 慕川", "林慕穿", "慕川", "Muchuan", "老林"]
    {
        for is_purpose in [true, false] {
            let words = format!("Hearing of {name}");
            let (purpose, recipient) = if is_purpose { (words, "the court".into()) } else { ("x".to_owned(), words) };
            (request.purpose, request.recipient) = (purpose, recipient);
            let found = go(&mut desk, &request);
            let printed = if is_purpose { "purpose" } else { "recipient" };
            let refused = |e: &AppError| matches!(e, AppError::NamePrinted(what) if *what == printed);
            assert!(found.as_ref().is_err_and(refused), "{name}: {found:?}");
            // The gates say so before anything is sealed.
            let asked = unwatched(|watch| check(&desk.session, &request, watch));
            assert!(asked.as_ref().is_err_and(refused), "{name}");
        }
    }
    request.recipient = "Court of Appeal".into();
    assert_eq!(std::fs::read_dir(desk.dir.path()).unwrap().count(), 1, "only the case");
    assert!(desk.session.case().disclosures().is_empty());
    request.purpose = "Hearing".into();
    go(&mut desk, &request).unwrap();
    assert!(matches!(go(&mut desk, &request), Err(AppError::File { .. })), "it is there already");
}

#[test]
fn stopping_leaves_nothing() {
    let mut desk = ready();
    desk.plan("1", Profile::Court);
    let request = desk.request(Profile::Court, &["1"], "b");
    let stop = std::sync::atomic::AtomicBool::new(false);
    let tell = |_| stop.store(true, std::sync::atomic::Ordering::SeqCst);
    let watch = casemate_app::Watch { tell: &tell, stop: &stop };
    assert!(matches!(disclose(&mut desk.session, &request, &watch), Err(AppError::Stopped)));
    assert_eq!(std::fs::read_dir(desk.dir.path()).unwrap().count(), 1);
}

#[test]
fn a_second_bundle_to_one_recipient_names_the_first() {
    let mut desk = ready();
    desk.plan("3", Profile::Court);
    let first = desk.request(Profile::Court, &["3"], "first");
    go(&mut desk, &first).unwrap();
    let second = desk.request(Profile::Court, &["3"], "second");
    go(&mut desk, &second).unwrap();
    let statement =
        |path: &Path| casemate_verify::statement::Statement::decode(&entries(path)["disclosure.cbor"]).unwrap();
    assert_eq!(statement(&first.destination).previous, None);
    let signature = &entries(&first.destination)["disclosure.sig"];
    let hash = casemate_verify::bag::sha256(&mut signature.as_slice()).unwrap();
    assert_eq!(statement(&second.destination).previous.map(|h| h.0), Some(hash));
}

#[test]
fn somebody_who_is_not_protected_is_named_in_court_and_not_in_print() {
    let letter = lines("letter.txt", Kind::Text, &["Signed by Henri Beaumont"]);
    let mut desk = Desk::new(vec![letter]);
    desk.man();
    let names = vec![NameForm { script: "passport".into(), text: "Henri Beaumont".into() }];
    add_person(&mut desk.session, &NewPerson { names, ..NewPerson::default() }).unwrap();
    desk.plan("1", Profile::Court);
    let request = desk.request(Profile::Court, &["1"], "b");
    assert!(matches!(blocks(&mut desk, &request)[..], [Block::NoConsent { refused: false, .. }]));
    for profile in Profile::ALL {
        let given = casemate_app::people::ConsentGiven {
            person: "henri beaumont".into(),
            profile,
            decision: Decision::Agreed,
            basis: "asked".into(),
            by: "R. Vial".into(),
        };
        casemate_app::people::consent(&mut desk.session, &given).unwrap();
    }
    assert_eq!(go(&mut desk, &request).unwrap().items[0].mode, "whole");
    desk.plan("1", Profile::Press);
    let press = desk.request(Profile::Press, &["1"], "press");
    go(&mut desk, &press).unwrap();
    let text = String::from_utf8(entries(&press.destination)["data/001/text.txt"].clone()).unwrap();
    assert!(text.contains("Signed by [withheld]"), "{text}");
    assert_eq!(desk.session.case().people_called(HAN).len(), 1);
}

#[test]
fn an_alias_that_another_audience_knows_is_told_until_it_is_struck() {
    let words = ["Spoke to a reporter.", "In the Courier I will only be H.", "HE said so, in the Hague."];
    let mut desk = Desk::new(vec![lines("chat.txt", Kind::Text, &words)]);
    desk.man();
    desk.plan("1", Profile::Court);
    let request = desk.request(Profile::Court, &["1"], "court");
    let told = |desk: &Desk| unwatched(|watch| check(&desk.session, &request, watch)).unwrap();
    let found = told(&desk);
    assert!(found.blocks.is_empty(), "it stops nothing: somebody said it");
    let [one] = &found.other_aliases[..] else { panic!("{:?}", found.other_aliases) };
    assert_eq!((one.exhibit, one.audience, one.places), (1, Profile::Press, 1));
    let what = StrikeWhat::Text("H.".into());
    let person = Some(HAN.into());
    let asked = StrikeRequest { exhibit: "1".into(), what, person, reason: Reason::Name, profile: Profile::Court };
    strike(&mut desk.session, &asked).unwrap();
    assert_eq!(told(&desk).other_aliases, []);
}

#[test]
fn passing_on_prints_nobody_of_the_case() {
    let desk = ready();
    let asked = |change: fn(&mut PassOnRequest)| {
        let mut request = PassOnRequest { recipient: "the Courier".into(), purpose: "x".into(), ..Default::default() };
        change(&mut request);
        names_nobody_of(&request, &desk.session)
    };
    assert!(asked(|_| ()).is_ok());
    assert!(asked(|r| r.name = Some("Monsieur A's counsel".into())).is_ok());
    let printed = |change| match asked(change) {
        Err(AppError::NamePrinted(what)) => what,
        other => panic!("{other:?}"),
    };
    assert_eq!(printed(|r| r.recipient = "for LIN MUCHUAN".into()), "recipient");
    assert_eq!(printed(|r| r.purpose = format!("{HAN}的案件")), "purpose");
    assert_eq!(printed(|r| r.name = Some("Muchuan".into())), "name");
    assert_eq!(printed(|r| r.titles.extend([(1, "Call of Lín Mùchuān".to_owned())])), "title");
}
