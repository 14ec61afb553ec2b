//! Intake of real files made by others: nothing unnamed, texts read in full, recordings found by what is said in them,
//! every original back.
//!
//! All sound is sealed and decoded here, but only some of it transcribed, for time. The full run, some minutes long:
//! `casemate add ../shared/data/speech ../shared/data/email ../shared/data/docs-peers`.

use crate::kit::{Room, data, exhibit_of, files, models, rows};
use casemate_app::{Session, listing, text};
use casemate_vault::Access;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

const JFK: &str = "whisper.cpp/jfk.wav";
const AISHELL: &str = "wenet/aishell-BAC009S0724W0121.wav";
const JFK_SAYS: &str =
    "and so my fellow americans ask not what your country can do for you ask what you can do for your country";
/// When "country" is said there, milliseconds, and how far the answer may lie from it.
const COUNTRY: [(u64, u64); 2] = [(5_300, 700), (9_700, 900)];
/// Findings that name a death of a worker.
const DEATHS: [&str; 4] = ["worker-crashed", "worker-answer-malformed", "worker-exited", "worker-killed-fence"];

#[test]
fn real_files_are_taken_in_named_read_found_and_given_back() {
    let folders = ["speech", "email", "docs-peers"].map(data);
    let [Some(speech), Some(mail), Some(papers)] = folders else { return };
    let sources = [&speech, &mail, &papers];
    let room = Room::with_case();
    let paths = sources.map(|p| p.to_str().unwrap());
    let added = room.run(&["add", paths[0], paths[1], paths[2], "--no-transcribe", "--no-meaning"]).done();
    let on_disk: Vec<PathBuf> = sources.iter().flat_map(|p| files(p)).collect();
    nothing_is_unnamed(&added, &on_disk);
    every_original_comes_back(&room, &added);
    let session = room.session(Access::Read);
    what_was_not_read_says_why(&session, &added);
    texts_are_read_in_full(&session, &papers);
    drop(session);
    if models().is_some() {
        what_is_said_is_found(&room, &added);
    }
}

fn sources<'a>(added: &'a Value, key: &str) -> Vec<&'a str> {
    rows(added, key).iter().map(|row| row["source"].as_str().unwrap()).collect()
}

fn nothing_is_unnamed(added: &Value, on_disk: &[PathBuf]) {
    let mut named: Vec<&str> = ["sealed", "duplicates", "refused"].iter().flat_map(|key| sources(added, key)).collect();
    let embedded = named.iter().filter(|s| s.starts_with('#')).count();
    named.retain(|s| !s.starts_with('#'));
    named.sort_unstable();
    let mut want: Vec<&str> = on_disk.iter().map(|p| p.to_str().unwrap()).collect();
    want.sort_unstable();
    assert_eq!(named, want, "each file once");
    let count = |key| rows(added, key).len();
    println!(
        "{} files and {embedded} embedded: {} sealed, {} duplicates, {} refused, {} not read or not whole",
        want.len(),
        count("sealed"),
        count("duplicates"),
        count("refused"),
        count("not_read")
    );
    assert_eq!(added["stopped"], false);
}

/// The table at the end: every row has a reason, and no worker died.
fn what_was_not_read_says_why(session: &Session, added: &Value) {
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows(added, "not_read") {
        let findings = rows(row, "findings");
        assert!(!findings.is_empty(), "{row}");
        for finding in findings {
            let id = finding["id"].as_str().unwrap();
            assert!(!DEATHS.contains(&id), "{row}");
            *reasons.entry(id.to_owned()).or_default() += 1;
        }
    }
    println!("not read: {reasons:?}");
    // What has neither text nor a reason would be unnamed.
    let listed = listing::list(session);
    for e in &listed.exhibits {
        let silent = e.passages == 0 && e.findings.is_empty() && e.notes.is_empty() && e.kind != "recording";
        assert!(!silent, "exhibit {} ({}) has no text and no finding", e.exhibit, e.source);
    }
}

fn texts_are_read_in_full(session: &Session, papers: &Path) {
    let table = std::fs::read_to_string(papers.join("REFTEXT.tsv")).unwrap();
    let listed: HashMap<String, u64> =
        listing::list(session).exhibits.into_iter().map(|e| (e.source, e.exhibit)).collect();
    let (mut good, mut all) = (0, 0);
    for name in table.lines().skip(1).filter_map(|line| line.split('\t').next()) {
        let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
        let reference = papers.join("_reftext").join(format!("{name}.txt"));
        if !["pdf", "eml", "html", "htm", "txt"].contains(&ending.as_str()) || !reference.is_file() {
            continue;
        }
        // A duplicate stands under the first of its paths.
        let Some(exhibit) = listed.get(papers.join(name).to_str().unwrap()) else { continue };
        let read = text::read(session, &exhibit.to_string()).unwrap().reading;
        let text = read.passages.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join("\n");
        let reference = String::from_utf8_lossy(&std::fs::read(reference).unwrap()).into_owned();
        if let Some(share) = crate::words::recall(&reference, &text) {
            all += 1;
            good += usize::from(share >= 0.9);
            if share < 0.9 {
                println!("{share:.2} {name}");
            }
        }
    }
    println!("recall of at least 0.9 on {good} of {all}");
    assert!(all >= 40 && good * 10 >= all * 9, "{good} of {all}");
}

fn every_original_comes_back(room: &Room, added: &Value) {
    let to = room.path("out/originals");
    let exported = room.run(&["export", to.to_str().unwrap()]).done();
    assert_eq!(rows(&exported, "failed").len(), 0, "{exported}");
    let numbered = |p: &PathBuf| p.file_name().unwrap().to_str().unwrap().get(..5)?.parse::<u64>().ok();
    let back: HashMap<u64, PathBuf> = files(&to).into_iter().filter_map(|p| Some((numbered(&p)?, p))).collect();
    let sealed = rows(added, "sealed");
    assert_eq!(back.len(), sealed.len());
    for row in sealed.iter().chain(rows(added, "duplicates")) {
        let (source, number) = (row["source"].as_str().unwrap(), row["exhibit"].as_u64().unwrap());
        if source.starts_with('#') {
            continue;
        }
        assert!(std::fs::read(source).unwrap() == std::fs::read(&back[&number]).unwrap(), "{source} came back changed");
    }
}

fn edits(a: &[String], b: &[String]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let best = (row[j + 1] + 1).min(row[j] + 1).min(diagonal + usize::from(x != y));
            diagonal = std::mem::replace(&mut row[j + 1], best);
        }
    }
    row[b.len()]
}

fn what_is_said_is_found(room: &Room, added: &Value) {
    let (jfk, aishell) = (exhibit_of(added, JFK), exhibit_of(added, AISHELL));
    let done = room.run(&["transcribe", &jfk.to_string(), &aishell.to_string()]).done();
    assert_eq!(done["transcribed"], 2, "{done}");
    let read = room.run(&["read", &jfk.to_string()]).done();
    let words: Vec<(String, u64)> = rows(&read["reading"], "passages").iter().flat_map(words_of).collect();
    let said: Vec<String> = JFK_SAYS.split(' ').map(str::to_owned).collect();
    let heard: Vec<String> = words.iter().map(|(w, _)| w.clone()).collect();
    let wrong = edits(&said, &heard);
    println!("jfk.wav: {wrong} of {} words wrong", said.len());
    assert!(wrong * 20 <= said.len(), "{heard:?}");
    let times: Vec<u64> = words.iter().filter(|(w, _)| w == "country").map(|(_, at)| *at).collect();
    assert_eq!(times.len(), COUNTRY.len(), "{heard:?}");
    for (at, (true_at, slack)) in times.iter().zip(COUNTRY) {
        assert!(at.abs_diff(true_at) <= slack, "{times:?}");
    }
    hit(room, "country", jfk, Some(&times));
    hit(room, "地产", aishell, None);
}

/// Words in lower case without marks, with their times.
fn words_of(passage: &Value) -> Vec<(String, u64)> {
    let text: Vec<char> = passage["text"].as_str().unwrap().chars().collect();
    let number = |w: &Value, key: &str| w[key].as_u64().unwrap();
    let word = |w: &Value| {
        let at = number(w, "at") as usize;
        let letters = text[at..at + number(w, "chars") as usize].iter().filter(|c| c.is_alphanumeric());
        (letters.collect::<String>().to_lowercase(), number(w, "start_ms"))
    };
    rows(passage, "words").iter().map(word).collect()
}

/// The search finds the recording, at the second when the word is said: `times`, or anywhere in it.
fn hit(room: &Room, query: &str, exhibit: u64, times: Option<&[u64]>) {
    let found = room.run(&["search", query]).done();
    let hits: Vec<&Value> = rows(&found, "hits").iter().filter(|h| h["exhibit"] == exhibit).collect();
    assert!(!hits.is_empty(), "{query}: {found}");
    let mut said = Vec::new();
    for h in hits {
        let passage = &h["place"]["time"];
        let (from, to) = (passage["start_ms"].as_u64().unwrap(), passage["end_ms"].as_u64().unwrap());
        let marks: Vec<u64> = rows(h, "marks").iter().map(|m| m["time"][0].as_u64().unwrap()).collect();
        println!("{query}: {} {} {marks:?}", h["at"], h["text"]);
        assert!(marks.iter().all(|at| (from..to).contains(at)), "{h}");
        let opens = format!("00:{:02}:{:02}", marks[0] / 60_000, marks[0] / 1000 % 60);
        assert_eq!(h["at"], opens.as_str(), "{h}");
        said.extend(marks);
    }
    if let Some(times) = times {
        assert_eq!(said, times, "{query}");
    }
}
