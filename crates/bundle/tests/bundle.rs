//! A whole bundle, verified: what is proven and the facts beside it; the pages for people; stock tools.
#![allow(clippy::unwrap_used)]

mod common;

use casemate_verify::{Pins, Status, Verdict};
use common::{Bundle, Case, court, failed_ids, pinned, press, verify};

fn status(verdict: &Verdict, id: &str, item: Option<u64>) -> Option<Status> {
    verdict.with_id(id).find(|f| f.item == item).map(|f| f.status)
}

fn fact<'a>(verdict: &'a Verdict, id: &'a str, item: u64, name: &str) -> &'a str {
    let finding = verdict.with_id(id).find(|f| f.item == Some(item)).unwrap();
    finding.facts.iter().find(|(n, _)| *n == name).map(|(_, v)| v.as_str()).unwrap()
}

#[test]
fn everything_in_a_court_bundle_is_proven() {
    let case = Case::new(40);
    let bytes = court(&case);
    println!("{} bytes", bytes.len());
    assert_eq!(bytes, court(&case), "the same material makes the same bytes");
    for pins in [pinned(&case.keys.disclosure), pinned(&case.keys.owner)] {
        let verdict = verify(&bytes, &pins);
        assert_eq!(failed_ids(&verdict), [], "{verdict:#?}");
        for id in ["zip-strict", "manifest", "signature", "signer-pinned", "owner-grant", "checkpoint"] {
            assert_eq!(status(&verdict, id, None), Some(Status::Proven), "{id}");
        }
        for item in 1..=6 {
            for id in ["logged", "object", "census"] {
                assert_eq!(status(&verdict, id, Some(item)), Some(Status::Proven), "{id} {item}");
            }
        }
        for item in [1, 2, 3, 4, 6] {
            assert_eq!(status(&verdict, "rendering", Some(item)), Some(Status::Proven), "{item}");
        }
        assert_eq!(status(&verdict, "parent", Some(2)), Some(Status::Proven));
        assert_eq!(status(&verdict, "container", Some(1)), Some(Status::NotChecked));
        assert_eq!(status(&verdict, "container", Some(6)), None);
        for id in ["time", "freshness", "content"] {
            assert_eq!(status(&verdict, id, None), Some(Status::NotChecked), "{id}");
        }
    }
    let verdict = verify(&bytes, &Pins::default());
    assert_eq!(status(&verdict, "signer-pinned", None), Some(Status::NotChecked));
    assert!(!verdict.failed());
}

#[test]
fn the_facts_say_how_much_is_withheld_and_where() {
    let case = Case::new(40);
    let verdict = verify(&court(&case), &Pins::default());
    let facts = |item, names: [&str; 3]| names.map(|n| fact(&verdict, "object", item, n).to_owned());
    let sound = ["duration-ms", "withheld-ms", "withheld-at-ms"];
    assert_eq!(facts(1, sound), ["3000", "1000", "1000-2000"]);
    assert_eq!(facts(3, sound), ["4000", "1000", "3000-4000"]);
    assert_eq!(facts(2, ["profile", "hidden", "leaves"])[..2], ["release-transcript-v1", "2"]);
    assert_eq!(facts(5, ["profile", "hidden", "leaves"]), ["csv-v1", "1", "13"]);
    assert_eq!(facts(6, ["profile", "hidden", "leaves"]), ["chunk-v1", "0", "1"]);
    assert_eq!(fact(&verdict, "census", 1, "acts"), "1");
    assert_eq!(fact(&verdict, "logged", 1, "seal"), case.objects["recording"].root().seal_number().to_string());
}

#[test]
fn what_is_withheld_is_in_no_byte() {
    let case = Case::new(40);
    for bytes in [court(&case), press(&case)] {
        for word in [common::NAME_HAN.as_bytes(), common::NAME_LATIN.as_bytes(), b"Lin Muchuan"] {
            assert!(!bytes.windows(word.len()).any(|w| w == word), "{}", String::from_utf8_lossy(word));
        }
        for object in case.objects.values() {
            let key = object.key.as_bytes();
            assert!(!bytes.windows(key.len()).any(|w| w == key), "an object key left");
        }
        for (ticks, leaf) in case.objects["recording"].leaves.get(60..90).unwrap() {
            assert_eq!(*ticks, 80);
            assert!(!bytes.windows(leaf.len()).any(|w| w == leaf), "a withheld block left");
        }
    }
}

#[test]
fn a_press_bundle_names_neither_case_nor_seal() {
    let case = Case::new(40);
    let bytes = press(&case);
    let verdict = verify(&bytes, &pinned(&case.keys.disclosure));
    assert_eq!(failed_ids(&verdict), []);
    assert_eq!(status(&verdict, "object", Some(1)), Some(Status::NotChecked));
    assert_eq!(status(&verdict, "logged", Some(1)), None);
    assert_eq!(status(&verdict, "owner-grant", None), None);
    let bundle = Bundle::open(&bytes);
    assert!(bundle.files.keys().all(|path| !path.starts_with("proof/")));
    let statement = bundle.statement();
    assert!(statement.case.is_none() && statement.items.iter().all(|i| i.root.is_none() && i.commitment.is_some()));
    let mut secrets: Vec<Vec<u8>> = vec![case.id.0.to_vec(), case.lane.0.to_vec(), case.keys.owner.public().as_bytes().to_vec()];
    secrets.extend(case.objects.values().map(|o| o.root().0.to_vec()));
    for secret in secrets {
        let hex = casemate_verify::bag::hex(&secret);
        for (path, content) in &bundle.files {
            let text = String::from_utf8_lossy(content);
            assert!(!content.windows(32).any(|w| w == secret) && !text.contains(&hex[..16]), "{path}");
        }
    }
}
