//! Every id of a finding that the sources can emit is explained in `docs/errors.md`, and nothing else is.
//!
//! Keeps: a new word in the form of an id is a failure until it is listed there or named here as no id.
//! Does not know: when a finding is emitted.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The crates whose findings reach a person.
const CRATES: [&str; 6] = ["worker", "speech", "media", "fence", "app", "vault"];

/// Words in the form of an id that name something else.
const NO_IDS: &[&str] = &[
    // Headers and types of mail, transfer encodings.
    "content-type",
    "delivered-to",
    "message-id",
    "mime-version",
    "octet-stream",
    "pgp-encrypted",
    "pkcs7-mime",
    "x-pkcs7-mime",
    "quoted-printable",
    "reply-to",
    "return-path",
    "x-mailer",
    "transport-headers",
    // Elements and attributes of papers, encodings.
    "creation-date",
    "encryption-data",
    "full-path",
    "initial-creator",
    "line-break",
    "euc-kr",
    "source-code",
    "full-text",
    // Words of WhatsApp about a chat.
    "end-to-end",
    "utf-8",
    // Names of metadata.
    "gps-time",
    "unique-id",
    "windows-874",
    // The stanza of a full segment's age file.
    "casemate-segment",
    "casemate-segment-v1n",
    // Parameters, models, a phantom of the speech engine.
    "language-change-cost",
    "language-change-score",
    "no-speech-threshold",
    "prompt-tokens",
    "score-threshold",
    "silero-vad",
    "sous-titr",
    "model-sha256",
    "voice-model",
    "voice-model-sha256",
    "voice-off",
    "voice-on",
    "whisper-base",
    // Facts and findings of a verdict on a bundle, and the words of CASE/UCO.
    "duration-ms",
    "withheld-at-ms",
    "zip-strict",
    "case-investigation",
    "content-data-facet",
    "file-facet",
    "investigative-action",
    "provenance-record",
    "uco-action",
    "uco-core",
    "uco-observable",
    "uco-types",
    // Fences.
    "file-size",
    "ipc-namespace",
    "network-namespace",
    "no-core",
    "no-dump",
    "no-new-privileges",
    "parent-death",
    "user-namespace",
    // Kinds, programs, messages, roles, a verdict's word, serde's name of a form.
    "call-log",
    "casemate-speech",
    "casemate-worker",
    "kebab-case",
    "layer-text",
    "layer-text-corrected",
    "layer-transcript",
    "layer-transcript-corrected",
    "not-checked",
    "press-signer",
    "speaker-channel",
    "speaker-number",
    "title-release",
    "title-transcript",
    "title-pages",
    "ocr-part",
    "pp-ocr-v6",
    "transcript-part",
    // Facts of a finding and their names, worded by `cli-fact-…`.
    "acts",
    "bytes",
    "cause",
    "clock-before",
    "clock-word",
    "commits",
    "core-limit",
    "core-none",
    "entries",
    "folder-not-looked",
    "folder-plain",
    "locked-all",
    "locked-none",
    "locked-part",
    "meaning-none",
    "model-none",
    "model-other",
    "model-pinned",
    "model-unreadable",
    "objects",
    "program-answers",
    "program-missing",
    "swap-none",
    "swap-open",
    "swap-safe",
    "swap-untold",
];

/// A line with one of these gives ids of a single word as well.
const EMITS: &[&str] = &[
    "finding(\"",
    "trouble(out, \"",
    "unread(out, ",
    " id: \"",
    "id = ",
    "check(\"",
    "_ => \"",
    "=> \"truncated\"",
    "proven(\"",
    "failed(\"",
    "not_checked(\"",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() && name != "tests" {
            sources(&path, found);
        } else if name.ends_with(".rs") && name != "tests.rs" {
            found.push(path);
        }
    }
}

/// The strings of a line of Rust, as they are written.
fn strings(line: &str) -> Vec<String> {
    let (mut all, mut open, mut escaped) = (Vec::new(), None::<String>, false);
    let line = line.replace("'\"'", "");
    for c in line.chars() {
        match (&mut open, c) {
            (None, '"') => open = Some(String::new()),
            (None, _) => {}
            (Some(text), _) if escaped => text.push(c),
            (Some(_), '"') => all.extend(open.take()),
            (Some(text), _) if c != '\\' => text.push(c),
            _ => {}
        }
        escaped = open.is_some() && c == '\\' && !escaped;
    }
    all
}

fn is_word(text: &str) -> bool {
    text.len() > 3 && text.bytes().all(|b| b.is_ascii_lowercase())
}

fn is_compound(text: &str) -> bool {
    let is_part = |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    text.contains('-') && text.starts_with(|c: char| c.is_ascii_lowercase()) && text.split('-').all(is_part)
}

/// Ids that may be emitted, with a file that does.
fn emitted() -> BTreeMap<String, PathBuf> {
    let mut ids = BTreeMap::new();
    for krate in CRATES {
        let mut files = Vec::new();
        sources(&root().join("crates").join(krate).join("src"), &mut files);
        assert!(!files.is_empty(), "{krate}");
        for file in files {
            let text = std::fs::read_to_string(&file).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap();
            for line in code.lines().filter(|l| !l.trim_start().starts_with("//")) {
                let emits = EMITS.iter().any(|e| line.contains(e));
                let found = strings(line).into_iter().filter(|s| is_compound(s) || (emits && is_word(s)));
                ids.extend(found.filter(|id| !NO_IDS.contains(&id.as_str())).map(|id| (id, file.clone())));
            }
        }
    }
    ids
}

/// Ids in the first column of the tables under the headings that begin so.
fn listed(headings: &[&str]) -> BTreeSet<String> {
    let paper = std::fs::read_to_string(root().join("docs/errors.md")).unwrap();
    let mut inside = false;
    let mut ids = BTreeSet::new();
    for line in paper.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            inside = headings.iter().any(|h| heading.starts_with(h));
        }
        let first = line.strip_prefix("| `").and_then(|l| l.split('|').next()).filter(|_| inside);
        let cells = first.map(|cell| format!("`{cell}")).unwrap_or_default();
        ids.extend(cells.split('`').skip(1).step_by(2).map(str::to_owned));
    }
    ids
}

#[test]
fn every_finding_is_explained_and_nothing_else() {
    let listed = listed(&[
        "Of the source",
        "Of the hearing",
        "Of the intake",
        "Of the worker",
        "Of the case",
        "Of the surroundings",
    ]);
    let emitted = emitted();
    let missing: Vec<_> = emitted.iter().filter(|(id, _)| !listed.contains(*id)).collect();
    assert!(missing.is_empty(), "not in docs/errors.md (or, if no id of a finding, not in NO_IDS): {missing:#?}");
    let dead: Vec<_> = listed.iter().filter(|id| !emitted.contains_key(*id)).collect();
    assert!(dead.is_empty(), "in docs/errors.md, and nothing emits it: {dead:?}");
    assert!(emitted.len() >= 70, "{}", emitted.len());
}

#[test]
fn strings_are_found_as_rust_has_them() {
    assert_eq!(strings(r#"f("a-b", '"', "x \" y", b"z")"#), ["a-b", "x \" y", "z"]);
    assert!(
        is_compound("no-text-layer")
            && is_compound("c2pa-unread")
            && !is_compound("1-a")
            && !is_compound("a--b")
            && !is_compound("Case-x")
            && !is_compound("text/x-y")
    );
}
