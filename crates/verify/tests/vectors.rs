//! The bundles of `tests/vectors/bundle`: what every verifier must answer.
#![allow(clippy::unwrap_used)]

use casemate_verify::{Pins, Status, Verdict, verify_bundle};
use std::io::Cursor;
use std::path::PathBuf;

const OWNER: &str = include_str!("../../../tests/vectors/bundle/owner.key");
const DISCLOSURE: &str = include_str!("../../../tests/vectors/bundle/disclosure.key");

fn vector(name: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/bundle");
    std::fs::read(folder.join(name)).unwrap()
}

fn pins(key: &str) -> Pins {
    Pins { signers: vec![key.trim().to_owned()], ..Pins::default() }
}

fn verify(bytes: &[u8], pins: &Pins) -> Verdict {
    verify_bundle(&|| Ok(Cursor::new(bytes)), pins).unwrap()
}

#[test]
fn every_vector_has_its_findings() {
    for (name, key, fails) in [
        ("court", OWNER, false),
        ("press", DISCLOSURE, false),
        ("forged-rendering", OWNER, true),
        ("strangers-key", OWNER, true),
    ] {
        let verdict = verify(&vector(&format!("{name}.zip")), &pins(key));
        assert_eq!(verdict.failed(), fails, "{name}");
        let expected: serde_json::Value = serde_json::from_slice(&vector(&format!("{name}.expected.json"))).unwrap();
        let found = serde_json::to_value(&verdict.findings).unwrap();
        let (expected, found) = (expected.as_array().unwrap(), found.as_array().unwrap());
        assert_eq!(expected.len(), found.len(), "{name}");
        for (expected, found) in expected.iter().zip(found) {
            for field in ["id", "item", "status"] {
                let null = serde_json::Value::Null;
                assert_eq!(expected.get(field).unwrap_or(&null), found.get(field).unwrap_or(&null), "{name} {found}");
            }
        }
    }
}

#[test]
fn edits_of_the_court_bundle_are_refused() {
    let edits: serde_json::Value = serde_json::from_slice(&vector("edits.json")).unwrap();
    let edits = edits.as_array().unwrap();
    assert!(edits.len() >= 8);
    for edit in edits {
        let mut bytes = vector("court.zip");
        let number = |name: &str| edit.get(name).and_then(serde_json::Value::as_i64);
        let at = number("at").unwrap();
        let at = if at < 0 { bytes.len() - usize::try_from(-at).unwrap() } else { usize::try_from(at).unwrap() };
        match edit["edit"].as_str().unwrap() {
            "flip" => bytes[at] ^= u8::try_from(number("with").unwrap()).unwrap(),
            "insert" => bytes.insert(at, u8::try_from(number("with").unwrap()).unwrap()),
            "remove" => drop(bytes.remove(at)),
            "truncate" => bytes.truncate(at),
            other => panic!("{other}"),
        }
        let verdict = verify(&bytes, &Pins::default());
        let first = verdict.findings.first().unwrap();
        assert_eq!((first.id, first.status), ("zip-strict", casemate_verify::Status::Failed), "{edit}");
        assert_eq!(
            verdict.findings.iter().filter(|f| f.status == casemate_verify::Status::Proven).count(),
            0,
            "{edit}"
        );
    }
}

/// Bundles that were passed on: all findings with their facts, whoever is pinned.
#[test]
fn every_vector_that_was_passed_on_has_its_findings() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/narrow");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| name.strip_suffix(".zip").map(str::to_owned))
        .collect();
    names.sort();
    assert!(names.len() >= 18);
    for name in names {
        let bytes = std::fs::read(folder.join(format!("{name}.zip"))).unwrap();
        let cases = std::fs::read(folder.join(format!("{name}.expected.json"))).unwrap();
        let cases: serde_json::Value = serde_json::from_slice(&cases).unwrap();
        for case in cases.as_array().unwrap() {
            let signers: Vec<String> = serde_json::from_value(case["signers"].clone()).unwrap();
            let verdict = verify(&bytes, &Pins { signers, ..Pins::default() });
            assert_eq!(
                name.starts_with("reject"),
                verdict.with_id("discloser").any(|f| f.status == Status::Failed),
                "{name}"
            );
            let mut found = serde_json::to_value(&verdict.findings).unwrap();
            for finding in found.as_array_mut().unwrap() {
                if let Some(facts) = finding.get_mut("facts").and_then(serde_json::Value::as_object_mut) {
                    facts.remove("cause");
                }
            }
            assert_eq!(found, case["findings"], "{name}");
        }
    }
}
