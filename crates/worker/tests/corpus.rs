//! The worker against files made by others: all that is hostile, all that is speech, texts with a reference.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests and their programs"
)]

mod common;

use std::collections::BTreeMap;
use std::path::Path;

use casemate_media::Outcome;
use casemate_ports::reading::Kind;
use common::{data, decode, each, files, ids, read};

/// Findings that name a death which the worker must not die of on any known file.
const DEATHS: &[&str] = &["worker-crashed", "worker-answer-malformed", "worker-exited", "worker-killed-fence"];

fn named(outcome: &Outcome) -> bool {
    !outcome.reading.passages.is_empty()
        || outcome.reading.kind == Kind::Recording
        || !outcome.reading.findings.is_empty()
}

#[test]
fn every_hostile_file_ends_with_a_reading_or_a_named_finding() {
    let mut all = Vec::new();
    for folder in ["hostile", "email", "docs-peers", "chats", "redaction"] {
        let Some(folder) = data(folder) else { return };
        all.extend(files(&folder));
    }
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    let mut bad = Vec::new();
    for (path, outcome) in each(&all, read) {
        for id in ids(&outcome) {
            *count.entry(id.to_owned()).or_default() += 1;
        }
        let dead = ids(&outcome).iter().any(|id| DEATHS.contains(id));
        if dead || !named(&outcome) {
            bad.push(format!("{}: {:?}", path.display(), outcome.reading.findings));
        }
    }
    println!("{} files; findings: {count:#?}", all.len());
    assert!(bad.is_empty(), "{bad:#?}");
}

#[test]
fn every_speech_file_is_decoded_or_named() {
    let Some(folder) = data("speech") else { return };
    let sounds: Vec<_> = files(&folder)
        .into_iter()
        .filter(|p| {
            p.extension().is_some_and(|e| !["tsv", "rttm", "txt", "json", "md"].contains(&&*e.to_string_lossy()))
        })
        .collect();
    let mut named = Vec::new();
    for (path, (outcome, samples)) in each(&sounds, decode) {
        let name = path.strip_prefix(&folder).unwrap().display().to_string();
        let (format, count) = outcome.sound.map_or((None, 0), |(f, n)| (Some(f), n));
        let ms = format.map_or(0, |f| count * 1000 / u64::from(f.channels) / u64::from(f.rate));
        println!("{name}: {ms} ms {:?} {:?}", outcome.reading.duration_ms, ids(&outcome));
        assert_eq!(count, samples.len() as u64, "{name}");
        if let Some(said) = outcome.reading.duration_ms.filter(|_| count > 0) {
            assert!(said.abs_diff(ms) <= 150, "{name}: {said} ms in the header, {ms} ms decoded");
        }
        if count == 0 {
            assert!(!outcome.reading.findings.is_empty(), "{name}: neither sound nor finding");
            named.push(name);
        }
    }
    // No decoder for GSM, G.726 and WMA is carried.
    assert!(named.iter().all(|n| ["gsm", "g726", "wma"].iter().any(|c| n.contains(c))), "{named:?}");
}

/// What was read of a name of metadata.
fn said<'a>(outcome: &'a Outcome, name: &str) -> Vec<&'a str> {
    outcome.reading.metadata.iter().filter(|(n, _)| n == name).map(|(_, value)| value.as_str()).collect()
}

#[test]
fn manifests_of_others_are_judged_as_their_list_says() {
    let Some(folder) = data("c2pa") else { return };
    let list = std::fs::read_to_string(folder.join("MANIFEST.tsv")).unwrap();
    let (mut judged, mut bad) = (0, Vec::new());
    for line in list.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [name, .., reference] = cells.as_slice() else { continue };
        let outcome = read(&folder.join(name));
        let ids = ids(&outcome);
        let [carried, differs] = ["c2pa-manifest", "c2pa-mismatch"].map(|id| ids.contains(&id));
        println!(
            "{name} ({reference}): {ids:?} {:?} {:?}",
            said(&outcome, "c2pa.bytes"),
            said(&outcome, "c2pa.signature")
        );
        let fits = match *reference {
            "must validate" => carried && !differs,
            // Among them manifests that are there and were made for other bytes.
            "no/removed manifest data" => !carried || differs,
            "chain contains ingredient with failed signature" => carried && differs,
            text if text.starts_with("must FAIL") => carried && differs,
            _ => continue,
        };
        judged += 1;
        if !fits {
            bad.push(format!("{name}: {:?}", outcome.reading.findings));
        }
    }
    assert!(bad.is_empty() && judged >= 10, "{judged} {bad:#?}");
}

#[test]
fn manifests_of_others_say_what_their_reports_say() {
    let Some(folder) = data("c2pa") else { return };
    let pictures = folder.join("public-testfiles/image/jpeg");
    let mut compared = 0;
    for report in files(&pictures.join("manifests")) {
        let name = report.parent().and_then(Path::file_name).unwrap();
        let picture = pictures.join(name).with_extension("jpg");
        let text = std::fs::read(&report).unwrap();
        let report: serde_json::Value = serde_json::from_slice(&text).unwrap();
        let label = report["active_manifest"].as_str().unwrap();
        let manifest = &report["manifests"][label];
        if !picture.is_file() {
            continue;
        }
        let outcome = read(&picture);
        compared += 1;
        let name = name.to_string_lossy();
        assert_eq!(said(&outcome, "c2pa.manifest"), [label], "{name}");
        for (ours, theirs) in [("generator", "claim_generator"), ("title", "title"), ("format", "format")] {
            assert_eq!(said(&outcome, &format!("c2pa.{ours}")), [manifest[theirs].as_str().unwrap()], "{name}");
        }
        let ingredients: Vec<String> = manifest["ingredients"].as_array().unwrap().iter().map(in_few_words).collect();
        let ours = said(&outcome, "c2pa.ingredient");
        // Of an assertion that was changed nothing is said.
        assert!(ours == ingredients || name == "adobe-20220124-E-clm-CAICAI" && ours == ingredients[..1], "{name}");
        let is_odd = !report["validation_status"].is_null();
        assert!(!is_odd || ids(&outcome).contains(&"c2pa-mismatch"), "{name}");
        // A report says no time where the stamp is of another signature; nobody looks at the stamp here.
        if let Some(time) = manifest["signature_info"]["time"].as_str() {
            assert_eq!(said(&outcome, "c2pa.date"), [time.replace("+00:00", "Z")], "{name}");
        }
        let organisation = manifest["signature_info"]["issuer"].as_str().unwrap();
        assert!(said(&outcome, "c2pa.signer").join("").contains(organisation), "{name}");
    }
    assert!(compared >= 5, "{compared}");
}

/// An ingredient of a report as it stands in the metadata.
fn in_few_words(ingredient: &serde_json::Value) -> String {
    let fields = ["title", "format", "relationship"].map(|name| ingredient[name].as_str().unwrap());
    fields.join(", ")
}
