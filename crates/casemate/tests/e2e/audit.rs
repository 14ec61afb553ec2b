//! `casemate audit` over other people's documents: those that hide text badly, and those that hide nothing.

use crate::kit::{Room, data};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Files of `docs-peers` that do hide something, and what: each was drawn and looked at.
const HIDE_INDEED: [(&str, &str); 4] = [
    ("docling/pdf/sources/right_to_left_02.pdf", "the number of the page, 11, lies under the colour of the page"),
    ("unstructured/pdf/embedded-images.pdf", "a title in French and a file's name stand beside the page"),
    ("unstructured/pdf/negative-coords.pdf", "the foot of another firm's page is cut off at the page's edge"),
    (
        "unstructured/pdf/reliance.pdf",
        "the page across, with its contents, stands beside each page; two words lie under a picture",
    ),
];
/// Files handed to one run.
const AT_ONCE: usize = 25;

/// The files of a set and what its manifest says of each.
fn manifest(folder: &Path) -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(folder.join("MANIFEST.tsv")).unwrap();
    let mut lines = text.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let head = lines.next().unwrap();
    let column = |name: &str| head.iter().position(|h| *h == name).unwrap();
    let (file, reference) = (column("file"), column("reference"));
    lines.map(|cells| (cells[file].to_owned(), cells[reference].to_owned())).collect()
}

/// Every file of a set, audited: its name in the set, and the answer on it.
fn audited(folder: &Path, names: &BTreeSet<String>) -> BTreeMap<String, Value> {
    let room = Room::new();
    let mut all = BTreeMap::new();
    let names: Vec<&String> = names.iter().collect();
    for some in names.chunks(AT_ONCE) {
        let paths: Vec<PathBuf> = some.iter().map(|name| folder.join(name)).collect();
        let mut arguments = vec!["audit"];
        arguments.extend(paths.iter().map(|p| p.to_str().unwrap()));
        let ran = room.run(&arguments);
        assert!(matches!(ran.code, Some(0 | 1)), "{}", ran.err);
        let files = ran.json["files"].as_array().unwrap().clone();
        assert_eq!(files.len(), some.len());
        assert_eq!(ran.code == Some(1), files.iter().any(hides));
        all.extend(some.iter().map(|n| (*n).clone()).zip(files));
    }
    all
}

fn hides(file: &Value) -> bool {
    file["verdict"] == "hides"
}

fn told(file: &Value) -> String {
    let found = file["hidden"].as_array().unwrap().iter().filter(|h| h["hides"] == true);
    let told = found.take(3).map(|h| format!("{} {:?} on {}", h["how"], h["words"].as_str().unwrap_or(""), h["page"]));
    told.collect::<Vec<_>>().join("; ")
}

#[test]
fn every_document_that_hides_text_badly_is_named() {
    let Some(folder) = data("redaction") else { return };
    let manifest = manifest(&folder);
    let files = audited(&folder, &manifest.keys().cloned().collect());
    let must = |reference: &str| reference.contains("must be found") || reference.starts_with("bad redactions");
    let (bad, fair): (Vec<_>, Vec<_>) = manifest.iter().partition(|(_, reference)| must(reference));
    let (mut missed, mut named) = (Vec::new(), Vec::new());
    for (name, _) in &bad {
        println!("{name}: {}", told(&files[*name]));
        if !hides(&files[*name]) {
            missed.push(*name);
        }
    }
    for (name, reference) in &fair {
        if hides(&files[*name]) {
            println!("{name} ({reference}): {}", told(&files[*name]));
            named.push(*name);
        }
    }
    println!("{} of {} that hide badly are named", bad.len() - missed.len(), bad.len());
    println!("{} of {} that hide no text are named", named.len(), fair.len());
    assert!(bad.len() >= 5, "only {} documents that hide", bad.len());
    assert!(missed.is_empty(), "not named: {missed:?}");
    assert!(named.is_empty(), "named: {named:?}");
}

#[test]
fn no_document_that_hides_nothing_is_named() {
    let Some(folder) = data("docs-peers") else { return };
    let files = audited(&folder, &manifest(&folder).keys().cloned().collect());
    let indeed: BTreeMap<&str, &str> = HIDE_INDEED.into_iter().collect();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let (mut wrong, mut missed) = (Vec::new(), Vec::new());
    for (name, file) in &files {
        *counts.entry(file["verdict"].as_str().unwrap().to_owned()).or_default() += 1;
        match (hides(file), indeed.get(name.as_str())) {
            (true, None) => wrong.push(format!("{name}: {}", told(file))),
            (true, Some(what)) => println!("{name} hides indeed: {what}"),
            (false, Some(what)) => missed.push(format!("{name}: {what}")),
            (false, None) => {}
        }
    }
    println!("{counts:?} of {}; {} that hide nothing are named", files.len(), wrong.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(missed.is_empty(), "{missed:#?}");
}
