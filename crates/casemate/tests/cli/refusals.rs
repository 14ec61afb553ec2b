//! What is refused before any case is opened: usage is 2, locked is 3; every refusal says what to do.

use crate::{casemate, code, json, stderr, stdout};
use std::path::Path;

#[test]
fn what_is_not_understood_is_usage() {
    let here = Path::new(".");
    for args in [
        &[][..],
        &["fly"],
        &["add"],
        &["show"],
        &["search"],
        &["redact", "1"],
        &["redact", "1", "--for", "neighbours"],
        &["redact", "1", "--for", "court", "--accept"],
        &["redact", "1", "--for", "court", "--propose", "--drop", "1"],
        &["redact", "1", "--for", "court", "--strike-time", "00:14-00:12"],
        &["redact", "1", "--for", "court", "--keep", "1", "--by", "x"],
        &["heard", "1", "--from", "1"],
        &["heard", "1", "--by", "x", "--speed", "9"],
        &["disclose", "1", "--profile", "court", "--recipient", "x", "--purpose", "y"],
        &["verify", "x.zip", "--signer", "3f0a"],
        &["read", "1", "--format", "docx"],
        &["add", "x", "--jobs", "0"],
        &["ls", "--lang", "tlh"],
        &["init", "x", "--generate", "--passphrase-file", "y"],
    ] {
        let out = casemate(here, args);
        assert_eq!(code(&out), 2, "{args:?}: {}", stderr(&out));
        assert_eq!(stdout(&out), "", "{args:?}");
        assert!(stderr(&out).contains("--help"), "{args:?}: {}", stderr(&out));
    }
}

#[test]
fn without_a_case_it_says_so_in_three_languages_and_in_json() {
    let dir = tempfile::tempdir().unwrap();
    let mut told = Vec::new();
    for language in ["en", "fr", "zh"] {
        let out = casemate(dir.path(), &["ls", "--lang", language]);
        assert_eq!((code(&out), stdout(&out).as_str()), (2, ""));
        assert!(stderr(&out).contains("CASEMATE_CASE"), "{}", stderr(&out));
        told.push(stderr(&out));
    }
    assert!(told[0] != told[1] && told[1] != told[2]);
    let out = casemate(dir.path(), &["ls", "--json"]);
    let error = &json(&out)["error"];
    assert_eq!((code(&out), &error["id"], &error["exit"]), (2, &"no-case-named".into(), &2.into()));
    assert!(error["what"].is_string() && error["advice"].is_string());
    let out = casemate(dir.path(), &["ls", "--case", "nowhere"]);
    assert_eq!(code(&out), 2);
    assert!(stderr(&out).contains("nowhere is not a case"), "{}", stderr(&out));
}

#[test]
fn no_passphrase_and_no_terminal_is_locked() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("casemate.toml"), "").unwrap();
    let out = casemate(dir.path(), &["ls", "--json"]);
    assert_eq!((code(&out), &json(&out)["error"]["id"]), (3, &"no-passphrase".into()));
    let out = casemate(dir.path(), &["ls", "--passphrase-file", "gone", "--json"]);
    assert_eq!((code(&out), &json(&out)["error"]["id"]), (3, &"passphrase-file".into()));
    // From a folder below, the case is found.
    std::fs::create_dir(dir.path().join("below")).unwrap();
    assert_eq!(code(&casemate(&dir.path().join("below"), &["ls"])), 3);
}

#[test]
fn a_short_passphrase_makes_no_case() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("p"), "short").unwrap();
    let out = casemate(dir.path(), &["init", "case", "--passphrase-file", "p", "--json"]);
    assert_eq!((code(&out), &json(&out)["error"]["id"]), (2, &"passphrase-short".into()));
    assert!(!dir.path().join("case").join("casemate.toml").exists());
    let out = casemate(dir.path(), &["init", "case", "--json"]);
    assert_eq!((code(&out), &json(&out)["error"]["id"]), (3, &"no-passphrase".into()));
}

#[test]
fn a_folder_with_something_in_it_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("p"), "correct horse battery").unwrap();
    let out = casemate(dir.path(), &["init", ".", "--passphrase-file", "p", "--json"]);
    assert_eq!((code(&out), &json(&out)["error"]["id"]), (1, &"not-empty".into()));
}

#[test]
fn verifying_what_is_no_bundle_fails_by_name() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("x.zip"), "not a bundle").unwrap();
    let out = casemate(dir.path(), &["verify", "x.zip", "--json"]);
    let answer = json(&out);
    assert_eq!(
        (code(&out), &answer["verdict"], &answer["format"]),
        (1, &"failed".into(), &"casemate-verdict-v1".into())
    );
    assert_eq!(answer["findings"][0]["id"], "zip-strict");
    assert_eq!(answer["findings"][0]["status"], "failed");
    let out = casemate(dir.path(), &["verify", "gone.zip"]);
    assert_eq!(code(&out), 1);
    assert!(stderr(&out).contains("gone.zip"), "{}", stderr(&out));
}

#[test]
fn the_demo_without_its_files_says_which_folder_it_wants() {
    let dir = tempfile::tempdir().unwrap();
    let out = casemate(dir.path(), &["demo", "x", "--demo", "nowhere", "--json"]);
    assert_eq!((code(&out), &json(&out)["error"]["id"]), (2, &"no-demo".into()));
    assert!(!dir.path().join("x").exists());
}
