//! Cosigned checkpoints in a bundle, and `tests/vectors/witness`: bundles for other verifiers. `CASEMATE_VECTORS=write` makes them anew (the pages for a
//! reader may have other words by now); without it they are read and judged.

use crate::common::{Bundle, Case, failed_ids, shown, verify};
use casemate_bundle::material::WitnessMaterial;
use casemate_bundle::{BundleError, pack};
use casemate_proof::log::origin;
use casemate_proof::note::{COSIGNED_AT_MAX, WitnessKey, encode_base64};
use casemate_proof::{Checkpoint, Hash, SecretKey, SignedNote};
use casemate_verify::bag::{WITNESSES_MAX, witness_file};
use casemate_verify::statement::Mode;
use casemate_verify::{Finding, Pins, Status, words};
use casemate_words::Language;
use serde_json::{Value, json};
use std::path::PathBuf;

/// New Year of 2026, in seconds since 1970.
const AT: u64 = 1_767_225_600;

struct Witness {
    key: WitnessKey,
    secret: SecretKey,
}

impl Witness {
    fn new(name: &str, seed: u8) -> Self {
        let secret = SecretKey::from_seed(&[seed; 32]);
        Self { key: WitnessKey::new(name, secret.public()).unwrap(), secret }
    }

    fn first() -> Self {
        Self::new("witness.example/w1", 42)
    }

    fn second() -> Self {
        Self::new("other.example/w2", 43)
    }

    fn cosigned(&self, note: &str, at: u64) -> String {
        let mut note = SignedNote::decode(note.as_bytes()).unwrap();
        note.add(self.key.cosign(note.text_unverified(), at, &self.secret).unwrap()).unwrap();
        note.encode()
    }

    fn material(&self, case: &Case, size: u64, at: u64) -> WitnessMaterial {
        let (note, consistency) = case.earlier(size);
        WitnessMaterial { note: self.cosigned(&note, at), key: self.key.clone(), consistency }
    }
}

fn trusting(witnesses: &[&Witness]) -> Pins {
    Pins { witnesses: witnesses.iter().map(|witness| witness.key.clone()).collect(), ..Pins::default() }
}

/// A bundle of two small items with these cosignatures.
fn bundle(case: &Case, witnesses: Vec<WitnessMaterial>) -> Vec<u8> {
    try_bundle(case, witnesses).unwrap()
}

fn try_bundle(case: &Case, witnesses: Vec<WitnessMaterial>) -> Result<Vec<u8>, BundleError> {
    let mut log = case.log();
    log.witnesses = witnesses;
    let items = vec![case.item(1, "letter", Mode::Whole, "txt"), case.item(2, "calls", Mode::Partial, "csv")];
    Ok(pack(&case.material(Some(log), items), Vec::new())?.1)
}

fn said(bytes: &[u8], pins: &Pins) -> Vec<Finding> {
    verify(bytes, pins).with_id("witness").cloned().collect()
}

fn fact<'a>(finding: &'a Finding, name: &str) -> Option<&'a str> {
    finding.facts.iter().find(|(found, _)| *found == name).map(|(_, value)| value.as_str())
}

#[test]
fn a_witness_that_was_named_proves_that_the_log_was_seen() {
    let (case, witness) = (Case::new(40), Witness::first());
    let bytes = bundle(&case, vec![witness.material(&case, case.size(), AT)]);
    assert_eq!(failed_ids(&verify(&bytes, &trusting(&[&witness]))), []);
    let [finding] = said(&bytes, &trusting(&[&witness])).try_into().unwrap();
    assert_eq!(finding.status, Status::Proven);
    let key = witness.key.to_string();
    let size = case.size().to_string();
    for (name, value) in [
        ("witness", "witness.example/w1"),
        ("witness-key", key.as_str()),
        ("time", "2026-01-01T00:00:00Z"),
        ("size", size.as_str()),
        ("covers", "2/2"),
    ] {
        assert_eq!(fact(&finding, name), Some(value));
    }
    for language in [Language::En, Language::Fr, Language::ZhHans] {
        let line = words::sentence(language, &finding);
        assert!(line.contains("witness.example/w1") && line.contains("2026-01-01"), "{line}");
    }
}

#[test]
fn a_witness_that_was_not_named_is_not_checked_and_said_so() {
    let (case, witness) = (Case::new(40), Witness::first());
    let bytes = bundle(&case, vec![witness.material(&case, case.size(), AT)]);
    // The same name is not the same witness.
    let namesake = Witness::new("witness.example/w1", 44);
    for pins in [Pins::default(), trusting(&[&Witness::second()]), trusting(&[&namesake])] {
        let [finding] = said(&bytes, &pins).try_into().unwrap();
        assert_eq!(finding.status, Status::NotChecked);
        assert!(words::sentence(Language::En, &finding).contains("NOT CHECKED"));
        assert!(words::advice(Language::En, &finding).unwrap().contains("--witness"));
        assert!(!verify(&bytes, &pins).failed());
    }
}

#[test]
fn each_of_several_speaks_and_an_early_one_covers_less() {
    let (case, first, second) = (Case::new(40), Witness::first(), Witness::second());
    let both = vec![first.material(&case, 2, AT), second.material(&case, case.size(), AT + 1)];
    let found = said(&bundle(&case, both), &trusting(&[&second]));
    let told: Vec<_> = found.iter().map(|f| (f.status, fact(f, "covers").unwrap())).collect();
    assert_eq!(told, [(Status::NotChecked, "0/2"), (Status::Proven, "2/2")]);
    assert!(said(&bundle(&case, Vec::new()), &trusting(&[&first])).is_empty(), "without one nothing is said");
}

#[test]
fn more_than_a_bundle_carries_are_refused() {
    let (case, witness) = (Case::new(40), Witness::first());
    let many = |n: usize| vec![witness.material(&case, case.size(), AT); n];
    assert_eq!(said(&bundle(&case, many(WITNESSES_MAX)), &Pins::default()).len(), WITNESSES_MAX);
    assert!(matches!(try_bundle(&case, many(WITNESSES_MAX + 1)), Err(BundleError::Witnesses { most: WITNESSES_MAX })));
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/witness")
}

/// What is found with the first witness named, with none, and with the second.
fn expected(bytes: &[u8]) -> Value {
    let of = |witnesses: &[&Witness]| {
        let keys: Vec<String> = witnesses.iter().map(|witness| witness.key.to_string()).collect();
        let findings: Vec<Value> =
            verify(bytes, &trusting(witnesses)).findings.iter().map(|finding| shown(finding, "witness")).collect();
        json!({ "witnesses": keys, "findings": findings })
    };
    json!([of(&[&Witness::first()]), of(&[]), of(&[&Witness::second()])])
}

fn vectors() -> Vec<(&'static str, Vec<u8>)> {
    let (case, first, second) = (Case::new(40), Witness::first(), Witness::second());
    let size = case.size();
    let one = bundle(&case, vec![first.material(&case, size, AT)]);
    let mut made = vec![
        ("one", one.clone()),
        ("earlier-than-the-bundle", bundle(&case, vec![first.material(&case, 2, AT)])),
        ("two", bundle(&case, vec![first.material(&case, 2, AT), second.material(&case, size, AT + 1)])),
        ("one-witness-twice", bundle(&case, vec![first.material(&case, 2, AT), first.material(&case, size, AT + 1)])),
        ("at-the-last-second", bundle(&case, vec![first.material(&case, size, COSIGNED_AT_MAX)])),
        ("none", bundle(&case, Vec::new())),
    ];
    let mut changed = |name: &'static str, change: &dyn Fn(&mut Bundle)| {
        let mut bundle = Bundle::open(&one);
        change(&mut bundle);
        made.push((name, bundle.sign(&case.keys.disclosure)));
    };
    let note = || case.earlier(size).0;
    let put = |bundle: &mut Bundle, ending: &str, bytes: Vec<u8>| *bundle.file(&witness_file(1, ending)) = bytes;
    let key_line = |key: &str| format!("{key}\n").into_bytes();
    let own = first.key.to_string();
    let [name, id, encoded] = own.splitn(3, '+').collect::<Vec<_>>().try_into().unwrap();
    let of_type = |kind: u8| {
        let mut bytes = vec![kind];
        bytes.extend_from_slice(first.secret.public().as_bytes());
        format!("{name}+{id}+{}", encode_base64(&bytes))
    };
    let lines = |note: &str| note.split_inclusive('\n').map(str::to_owned).collect::<Vec<_>>();
    let cosigned = first.cosigned(&note(), AT);

    changed("failed-a-year-past-9999", &|b| put(b, "note", first.cosigned(&note(), COSIGNED_AT_MAX + 1).into_bytes()));
    changed("failed-another-time-than-was-signed", &|b| {
        let mut note = SignedNote::decode(note().as_bytes()).unwrap();
        let mut line = first.key.cosign(note.text_unverified(), AT, &first.secret).unwrap();
        line.signature[7] ^= 1;
        note.add(line).unwrap();
        put(b, "note", note.encode().into_bytes());
    });
    changed("failed-another-witness-s-line", &|b| put(b, "note", second.cosigned(&note(), AT).into_bytes()));
    changed("failed-an-ordinary-signature", &|b| {
        let mut both = SignedNote::decode(note().as_bytes()).unwrap();
        let plain = SignedNote::sign(both.text_unverified(), first.key.name(), &first.secret).unwrap();
        both.add(plain.signatures()[0].clone()).unwrap();
        put(b, "note", both.encode().into_bytes());
    });
    changed("failed-no-line-of-the-witness", &|b| put(b, "note", note().into_bytes()));
    changed("failed-no-line-of-the-lane", &|b| {
        let mut lines = lines(&cosigned);
        lines.remove(4);
        put(b, "note", lines.concat().into_bytes());
    });
    changed("failed-the-lane-s-line-last", &|b| {
        let mut lines = lines(&cosigned);
        lines.swap(4, 5);
        put(b, "note", lines.concat().into_bytes());
    });
    changed("failed-a-third-line", &|b| put(b, "note", second.cosigned(&cosigned, AT).into_bytes()));
    changed("failed-a-head-that-the-log-never-had", &|b| {
        let forged = Checkpoint { origin: origin(&case.lane), size: 2, root: Hash([7; 32]) };
        let note = forged.sign(&case.keys.lane).unwrap().encode();
        put(b, "note", first.cosigned(&note, AT).into_bytes());
        put(b, "proof", casemate_verify::check::encode_consistency(&case.earlier(2).1).unwrap());
    });
    changed("failed-the-head-of-another-lane", &|b| {
        let other = Case::new(41);
        put(b, "note", first.cosigned(&other.earlier(size).0, AT).into_bytes());
    });
    changed("failed-a-proof-of-another-size", &|b| {
        put(b, "proof", casemate_verify::check::encode_consistency(&case.earlier(2).1).unwrap());
    });
    changed("failed-a-key-of-another-id", &|b| put(b, "key", key_line(&format!("{name}+00000000+{encoded}"))));
    changed("failed-a-key-in-capitals", &|b| {
        put(b, "key", key_line(&format!("{name}+{}+{encoded}", id.to_uppercase())))
    });
    changed("failed-a-key-that-signs-notes", &|b| put(b, "key", key_line(&of_type(1))));
    changed("failed-a-key-of-a-later-kind", &|b| put(b, "key", key_line(&of_type(6))));
    changed("failed-a-key-without-its-line-feed", &|b| put(b, "key", own.clone().into_bytes()));
    changed("failed-a-key-and-more", &|b| put(b, "key", format!("{own}\n\n").into_bytes()));
    changed("failed-a-number-left-out", &|b| {
        for ending in ["note", "proof", "key"] {
            let moved = b.files.remove(&witness_file(1, ending)).unwrap();
            b.files.insert(witness_file(2, ending), moved);
        }
    });
    changed("failed-no-key", &|b| drop(b.files.remove(&witness_file(1, "key"))));
    changed("failed-a-file-beside-them", &|b| drop(b.files.insert(witness_file(1, "txt"), b"hello".to_vec())));
    made
}

#[test]
fn each_vector_is_judged_as_it_says() {
    let write = std::env::var_os("CASEMATE_VECTORS").is_some_and(|value| value == "write");
    let mut names = Vec::new();
    for (name, made) in vectors() {
        let (zip, json) = (folder().join(format!("{name}.zip")), folder().join(format!("{name}.expected.json")));
        if write {
            std::fs::write(&zip, &made).unwrap();
            std::fs::write(&json, serde_json::to_string_pretty(&expected(&made)).unwrap() + "\n").unwrap();
        }
        let said: Value = serde_json::from_slice(&std::fs::read(&json).unwrap()).unwrap();
        assert_eq!(expected(&std::fs::read(&zip).unwrap()), said, "{name}");
        assert_eq!(expected(&made), said, "{name}, made today");
        let findings = said[0]["findings"].as_array().unwrap();
        let failed = findings.iter().any(|finding| finding["status"] == "failed");
        assert_eq!(failed, name.starts_with("failed-"), "{name}: {findings:?}");
        names.extend([format!("{name}.zip"), format!("{name}.expected.json")]);
    }
    names.push("README.md".to_owned());
    names.sort();
    let entries = std::fs::read_dir(folder()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
    let mut there: Vec<String> = entries.collect();
    there.sort();
    assert_eq!(there, names);
}
