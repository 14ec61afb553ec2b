//! Corrections through the use case: laid over the machine's reading, undone by an act, seen by search, plan and bundle.

use crate::common::{Desk, HAN, MISHEARD, call, entries, open, unwatched};
use casemate_app::AppError;
use casemate_app::correct::{CorrectRequest, correct, undo};
use casemate_app::disclose::disclose;
use casemate_app::preview::preview;
use casemate_app::redact::{propose, review, show};
use casemate_app::search::{SearchRequest, search};
use casemate_app::{listing, text};
use casemate_case::audience::Profile;
use casemate_words::Language;

fn request(before: &str, after: &str) -> CorrectRequest {
    let (before, after) = (before.to_owned(), after.to_owned());
    CorrectRequest { exhibit: "1".into(), passage: 1, before, after, by: "C. Vial".into() }
}

fn second(desk: &Desk) -> String {
    text::read(&desk.session, "1").unwrap().reading.passages[1].text.clone()
}

fn found(desk: &Desk, query: &str) -> u64 {
    let request = SearchRequest { query: query.into(), limit: None, ranked: false, meaning: false };
    unwatched(|watch| search(&desk.session, &request, watch)).unwrap().total
}

#[test]
fn a_correction_is_laid_over_the_reading_and_an_act_undoes_it() {
    let mut desk = Desk::new(vec![call(1)]);
    let (machine, acts) = (second(&desk), desk.session.acts());
    assert!(machine.contains(MISHEARD));
    let right = machine.replace(MISHEARD, HAN);
    let read = correct(&mut desk.session, &request(&machine, &right)).unwrap();
    assert_eq!(read.reading.passages[1].text, right);
    let [one] = read.corrections.as_slice() else { panic!("{:?}", read.corrections) };
    assert_eq!((&one.before, &one.after, one.by.as_str(), one.undone), (&machine, &right, "C. Vial", false));
    // The words cover the new text in order, within the passage's time.
    let words = &read.reading.passages[1].words;
    assert_eq!(
        words.iter().map(|w| w.chars).sum::<u32>() as usize,
        right.chars().filter(|c| !c.is_whitespace()).count()
    );
    assert!(words.windows(2).all(|w| w[0].start_ms <= w[1].start_ms));

    let root = desk.root();
    desk.session.close();
    desk.session = open(&root);
    assert_eq!(second(&desk), right, "it is in the log");
    let back = undo(&mut desk.session, "1", &one.id, "R. Roux").unwrap();
    assert_eq!((back.reading.passages[1].text.as_str(), back.corrections[0].undone), (machine.as_str(), true));
    assert_eq!(desk.session.acts(), acts + 4, "two acts and their commits; nothing is taken away");
    assert!(undo(&mut desk.session, "1", &one.id, "R. Roux").is_err(), "undone already");
    let log = listing::log(&desk.session).unwrap();
    let who: Vec<_> = log.acts.iter().filter(|a| a.kind == "correct").map(|a| a.by.clone().unwrap()).collect();
    assert_eq!(who, ["C. Vial", "R. Roux"]);
}

#[test]
fn nobody_writes_over_what_they_have_not_seen() {
    let mut desk = Desk::new(vec![call(1)]);
    let machine = second(&desk);
    correct(&mut desk.session, &request(&machine, "他回来了")).unwrap();
    let late = correct(&mut desk.session, &request(&machine, "他没有回来")).unwrap_err();
    assert!(matches!(late, AppError::EditedMeanwhile { exhibit: 1 }), "{late}");
    assert_eq!(second(&desk), "他回来了");
    let acts = desk.session.acts();
    correct(&mut desk.session, &request("他回来了", "他回来了")).unwrap();
    assert_eq!(desk.session.acts(), acts, "what changes nothing is no act");
    for (wrong, why) in [
        (CorrectRequest { by: " ".into(), ..request("他回来了", "x") }, "nobody"),
        (CorrectRequest { passage: 99, ..request("他回来了", "x") }, "no passage"),
        (request("他回来了", " "), "empty"),
    ] {
        assert!(matches!(correct(&mut desk.session, &wrong), Err(AppError::Form { .. })), "{why}");
    }
}

#[test]
fn search_plan_and_preview_see_the_corrected_text() {
    let mut desk = Desk::new(vec![call(1)]);
    desk.man();
    let machine = second(&desk);
    let odd = "白鹭";
    assert_eq!(found(&desk, odd), 0);
    let plan = propose(&mut desk.session, "1", Profile::Court).unwrap();
    assert!(plan.current);
    correct(&mut desk.session, &request(&machine, &format!("{odd}，{HAN}"))).unwrap();
    assert_eq!(found(&desk, odd), 1);
    assert!(!show(&desk.session, "1", Profile::Court).unwrap().current, "the plan was made for another text");
    let plan = propose(&mut desk.session, "1", Profile::Court).unwrap();
    assert!(plan.current && plan.open.is_empty());
    assert!(plan.strikes.iter().any(|s| s.passage == Some(1) && s.words == HAN), "{:?}", plan.strikes);
    // r105: a corrected exhibit can be reviewed.
    let signed = review(&mut desk.session, "1", Profile::Court, "R. Vial", None).unwrap();
    assert_eq!((signed.reviewer.as_deref(), signed.current), (Some("R. Vial"), true));
    let seen = serde_json::to_string(&preview(&desk.session, "1", Profile::Court, Language::En).unwrap()).unwrap();
    assert!(seen.contains(odd) && !seen.contains(HAN), "{seen}");
    let correction = text::read(&desk.session, "1").unwrap().corrections[0].id.clone();
    undo(&mut desk.session, "1", &correction, "C. Vial").unwrap();
    assert_eq!(found(&desk, odd), 0, "the index follows");
}

#[test]
fn what_leaves_says_whether_a_person_corrected_it() {
    for corrected in [false, true] {
        let mut desk = Desk::new(vec![call(1)]);
        desk.man();
        if corrected {
            let machine = second(&desk);
            correct(&mut desk.session, &request(&machine, &machine.replace(MISHEARD, HAN))).unwrap();
        }
        desk.heard("1", &[(0, 12_000)]);
        desk.plan("1", Profile::Court);
        let asked = desk.request(Profile::Court, &["1"], "court.zip");
        unwatched(|watch| disclose(&mut desk.session, &asked, watch)).unwrap();
        let all = entries(&desk.out("court.zip"));
        let said: Vec<_> = all.values().map(|bytes| String::from_utf8_lossy(bytes)).collect();
        let tells = |words: &str| said.iter().any(|text| text.contains(words));
        assert_eq!(tells("with corrections by named people"), corrected);
        assert_eq!(tells("not corrected by a named person. Names are replaced"), !corrected);
    }
}
