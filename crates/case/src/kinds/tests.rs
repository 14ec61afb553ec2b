//! Tests of the kinds: each reads back, an unknown one never fails.
//!
//! Keeps: every kind has a sample. Does not know: the vault.

use super::*;

fn exhibit() -> ExhibitRef {
    ExhibitRef { subject: SubjectId([9; 32]), root: ObjectRoot([8; 32]) }
}

fn range(start: u64, end: u64) -> TimeRange {
    TimeRange { start, end }
}

fn samples() -> Vec<(Act, CaseAct)> {
    let person = Person {
        id: PersonId([1; 32]),
        names: vec![
            Name { script: Script::Han, text: "林慕川".into() },
            Name { script: Script::Passport, text: "LIN MUCHUAN".into() },
        ],
        role: "applicant".into(),
        protected: true,
        red: false,
        note: None,
        relation: Some("self".into()),
    };
    let heard = Heard {
        exhibit: exhibit().root,
        listener: "R. Vial".into(),
        ranges: vec![range(0, 5), range(7, 9)],
        speed: 1000,
        on: "2026-01-02T03:04:05Z".into(),
    };
    let consent = Consent {
        person: person.id,
        profile: Profile::Press,
        decision: Decision::Refused,
        basis: "a call".into(),
        by: "R. Vial".into(),
        on: "2026-01-02T03:04:05Z".into(),
    };
    let merged =
        Merged { person: PersonId([2; 32]), into: person.id, by: "R. Vial".into(), on: "2026-01-02T03:04:05Z".into() };
    let plan = Plan {
        audience: "court".into(),
        strikes: vec![
            Strike {
                span: Some(Span { passage: 1, at: 2, chars: 3 }),
                time: Some(range(100, 900)),
                person: Some(person.id),
                reason: Reason::Name,
                words: "林慕川".into(),
            },
            Strike {
                span: None,
                time: Some(range(0, 10)),
                person: None,
                reason: Reason::Identifier,
                words: String::new(),
            },
        ],
        looked: Some(1),
        reviewer: Some("R. Vial".into()),
        reading: Some([4; 32]),
    };
    let disclosed = Disclosed {
        profile: Profile::Court,
        recipient: "the court".into(),
        purpose: "hearing".into(),
        items: vec![DisclosedItem { number: 1, root: exhibit().root, hidden: vec![(4, 2), (9, 1)], passed: 2 }],
        seed: [5; 32],
        on: "2026-01-02T03:04:05Z".into(),
        signature: Some([6; 32]),
    };
    let kept = Kept {
        exhibit: exhibit().root,
        audience: "court".into(),
        reading: [4; 32],
        finds: vec![(Span { passage: 3, at: 2, chars: 2 }, Some(person.id))],
        reviewer: "R. Vial".into(),
        why: "the far hills".into(),
        on: "2026-01-02T03:04:05Z".into(),
    };
    let number = Kept { finds: vec![(Span { passage: 3, at: 9, chars: 11 }, None)], ..kept.clone() };
    let edits = vec![Edit { passage: 3, before: "地產".into(), after: "地产".into() }];
    let correction = Correction {
        id: [7; 16],
        exhibit: exhibit().root,
        reading: [4; 32],
        edits,
        by: "R. Vial".into(),
        on: "2026-01-02T03:04:05Z".into(),
        undoes: None,
    };
    let undo = Correction { id: [8; 16], edits: Vec::new(), undoes: Some([7; 16]), ..correction.clone() };
    vec![
        (correct_act(exhibit().subject, &correction), CaseAct::Corrected(correction)),
        (correct_act(exhibit().subject, &undo), CaseAct::Corrected(undo)),
        (keep_act(exhibit().subject, &kept), CaseAct::Kept(kept)),
        (keep_act(exhibit().subject, &number), CaseAct::Kept(number)),
        (person_act(&person), CaseAct::Person(person.clone())),
        (
            alias_act(person.id, "court", "B"),
            CaseAct::Alias { person: person.id, audience: "court".into(), alias: "B".into() },
        ),
        (merge_act(&merged), CaseAct::Merged(merged)),
        (consent_act(&consent), CaseAct::Consent(consent.clone())),
        (
            consent_act(&Consent { decision: Decision::Unasked, ..consent.clone() }),
            CaseAct::Consent(Consent { decision: Decision::Unasked, ..consent }),
        ),
        (heard_act(exhibit(), &heard), CaseAct::Heard(heard)),
        (
            plan_act(exhibit(), &plan, "2026-01-02T03:04:05Z"),
            CaseAct::Plan { exhibit: exhibit().root, plan, on: "2026-01-02T03:04:05Z".into() },
        ),
        (disclosed_act([2; 32], &disclosed), CaseAct::Disclosed(disclosed)),
    ]
}

#[test]
fn every_kind_reads_back_through_its_payloads() {
    for (act, want) in samples() {
        let back = Act::from_payloads(&act.payloads().unwrap()).unwrap();
        assert_eq!(from_act(&back), want, "{}", act.kind);
    }
}

#[test]
fn an_unknown_kind_or_version_or_field_is_unknown_and_never_an_error() {
    for (mut act, _) in samples() {
        let mut later = act.clone();
        later.version = known_version(&act.kind).unwrap() + 1;
        assert_eq!(from_act(&later), CaseAct::Unknown);
        act.fields[0] = Value::Uint(77);
        assert_eq!(from_act(&act), CaseAct::Unknown, "{}", act.kind);
        act.kind = "thing-of-tomorrow".into();
        assert_eq!(from_act(&act), CaseAct::Unknown);
    }
}
