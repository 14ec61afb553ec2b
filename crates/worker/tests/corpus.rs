//! The worker against files made by others: all that is hostile, all that is speech, texts with a reference.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::panic, reason = "tests and their programs")]

mod common;

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use casemate_media::Outcome;
use casemate_ports::reading::Kind;
use common::{data, decode, each, files, ids, read, text};

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

fn tokens(text: &str) -> HashMap<String, usize> {
    let mut bag = HashMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        *bag.entry(word.to_lowercase()).or_default() += 1;
    }
    bag
}

/// The share of the reference's words that were read, counted with their repetitions.
fn recall(reference: &str, text: &str) -> Option<f64> {
    let (want, have) = (tokens(reference), tokens(text));
    let all: usize = want.values().sum();
    let got: usize = want.iter().map(|(w, n)| have.get(w).copied().unwrap_or(0).min(*n)).sum();
    (all > 0).then(|| got as f64 / all as f64)
}

/// How many texts of a folder reach a recall of 0.9, of how many.
fn recalled(folder: &Path) -> (usize, usize) {
    let table = std::fs::read_to_string(folder.join("REFTEXT.tsv")).unwrap();
    let names = table.lines().skip(1).filter_map(|line| line.split('\t').next());
    let kinds = ["pdf", "eml", "html", "htm", "txt"];
    let reference =
        |path: &Path| folder.join("_reftext").join(format!("{}.txt", path.strip_prefix(folder).unwrap().display()));
    let sources: Vec<_> = names
        .map(|name| folder.join(name))
        .filter(|p| p.extension().is_some_and(|e| kinds.contains(&&*e.to_string_lossy().to_lowercase())))
        .filter(|p| reference(p).is_file())
        .collect();
    let (mut good, mut all) = (0, 0);
    for (path, outcome) in each(&sources, read) {
        let reference = String::from_utf8_lossy(&std::fs::read(reference(&path)).unwrap()).into_owned();
        let Some(share) = recall(&reference, &text(&outcome)) else { continue };
        all += 1;
        good += usize::from(share >= 0.9);
        if share < 0.9 {
            println!("{share:.2} {} {:?}", path.display(), ids(&outcome));
        }
    }
    println!("{}: recall at least 0.9 on {good} of {all}", folder.display());
    (good, all)
}

#[test]
fn texts_with_a_reference_are_read_in_full() {
    let Some(peers) = data("docs-peers") else { return };
    let (good, all) = recalled(&peers);
    assert!(all >= 40 && good * 10 >= all * 9, "{good} of {all}");
    // Made to be difficult: overlapping letters, forms whose words are in their fields.
    let Some(tika) = data("docs-tika") else { return };
    let (good, all) = recalled(&tika);
    assert!(all >= 10 && good * 10 >= all * 8, "{good} of {all}");
}
