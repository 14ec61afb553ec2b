//! Every finding has words in every language, and hostile facts stay on their line.

use super::*;
use casemate_words::Language::{En, Fr, ZhHans};

fn object(at: &str, withheld: u64) -> Finding {
    Finding::new("object", Status::Proven)
        .of(1)
        .fact("seal", "0123456789abcdef")
        .fact("profile", "amr-nb-v1")
        .fact("leaves", 3000)
        .fact("hidden", 152)
        .fact("duration-ms", 72_000)
        .fact("withheld-ms", withheld)
        .fact("withheld-at-ms", at)
}

#[test]
fn what_is_withheld_is_told_in_words() {
    let says = |language| sentence(language, &object("10000-13000,20000-21000", 4000)).replace('\u{a0}', " ");
    assert!(
        says(En).contains("4 s of 1 min 12 s withheld in 2 places: 00:00:10–00:00:13, 00:00:20–00:00:21"),
        "{}",
        says(En)
    );
    assert!(says(Fr).contains("4 s sur 1 min 12 s occultés en 2 endroits : 00:00:10–"), "{}", says(Fr));
    assert!(says(ZhHans).contains("1分12秒中遮盖4秒，共2处：00:00:10–"), "{}", says(ZhHans));
    assert!(sentence(En, &object("", 0)).contains("no sound withheld"));
    let many = (0..40).map(|n| format!("{}-{}", n * 1000, n * 1000 + 500)).collect::<Vec<_>>().join(",");
    assert!(sentence(En, &object(&many, 1)).contains("and 28 more"));
    assert!(sentence(En, &object("a-b", 1)).contains("withheld-at-ms: a-b"), "what isn't understood is shown as it is");
}

#[test]
fn who_withheld_what_is_told_with_its_times() {
    let finding = |ms: &str| {
        let by = Finding::new("withheld-by", Status::Proven).of(1).fact("by", "1:52;2:50");
        sentence(En, &by.fact("by-ms", ms))
    };
    let text = finding("1:1000-2000,3000-4000;2-3:5000-6500");
    assert!(text.contains("1: 00:00:01–00:00:02, 00:00:03–00:00:04; 2-3: 00:00:05–00:00:06.500"), "{text}");
    for odd in ["x:1-2", "1", "1:a-b", ""] {
        assert!(finding(odd).contains(&format!("by discloser: {odd}")), "what isn't understood is shown as it is");
    }
}

#[test]
fn every_finding_has_words_and_every_failure_advice() {
    for language in Language::ALL {
        for id in KNOWN {
            let mut said = std::collections::BTreeSet::new();
            for status in [Status::Proven, Status::Failed, Status::NotChecked] {
                let finding = Finding::new(id, status).fact("cause", "x");
                let text = sentence(language, &finding);
                assert!(!text.contains("[verify") && text.contains('x'), "{text}");
                assert!(said.insert(text));
            }
            let failed = Finding::new(id, Status::Failed);
            assert!(advice(language, &failed).is_some_and(|a| !a.contains("[verify")));
        }
        assert_eq!(advice(language, &Finding::new("time", Status::NotChecked)), None);
        assert!(advice(language, &Finding::new("signer-pinned", Status::NotChecked)).is_some());
    }
}

#[test]
fn the_headline_names_the_first_failure() {
    let mut verdict = Verdict::default();
    verdict.add(Finding::new("zip-strict", Status::Proven));
    verdict.add(Finding::new("time", Status::NotChecked));
    assert_eq!(headline(En, &verdict), "Nothing failed. 1 finding proven, 1 not checked.");
    verdict.add(Finding::new("logged", Status::Failed).of(3));
    verdict.add(Finding::new("object", Status::Failed).of(3));
    assert_eq!(headline(En, &verdict), "FAILED: The seal is not entered in the log as stated. (logged, item 3)");
    assert!(headline(Fr, &verdict).starts_with("ÉCHEC\u{a0}: "));
    let report = report(ZhHans, &verdict, Which::Failed);
    assert_eq!(report.lines().filter(|l| l.starts_with("未通过  ")).count(), 2, "{report}");
}

#[test]
fn a_fact_can_not_steer_a_terminal() {
    let finding = Finding::new("owner-grant", Status::Proven).fact("role", "a\n\u{1b}[2Jproven\u{202e}\u{9b}x");
    let text = sentence(En, &finding);
    assert!(!text.chars().any(|c| c.is_control() || c == '\u{202e}'), "{text:?}");
}
