//! A log cosigned from the command line: request and answer travel as files.

use crate::{casemate, code, json, stderr, stdout};
use casemate_proof::note::{WitnessKey, encode_base64};
use casemate_proof::{SecretKey, SignedNote};
use std::path::Path;

/// The witness's answer to a request.
fn answer(key: &WitnessKey, secret: &SecretKey, request: &Path) -> String {
    let request = std::fs::read_to_string(request).unwrap();
    let (head, note) = request.split_once("\n\n").unwrap();
    assert_eq!(head, "old 0");
    let note = SignedNote::decode(note.as_bytes()).unwrap();
    let line = key.cosign(note.text_unverified(), 1_767_225_600, secret).unwrap();
    format!("\u{2014} {} {}\n", line.name, encode_base64(&[&line.id[..], &line.signature].concat()))
}

#[test]
fn request_and_answer_travel_as_files() {
    let dir = tempfile::tempdir().unwrap();
    let made = casemate(dir.path(), &["init", "case", "--generate", "--json"]);
    std::fs::write(dir.path().join("p"), json(&made)["passphrase"].as_str().unwrap()).unwrap();
    let run = |args: &[&str]| {
        casemate(dir.path(), &[&["witness", "--case", "case", "--passphrase-file", "p"], args].concat())
    };
    let none = run(&[]);
    assert_eq!(code(&none), 0);
    assert!(stdout(&none).contains("No witness") && stdout(&none).contains("casemate/"), "{}", stdout(&none));

    let secret = SecretKey::from_seed(&[42; 32]);
    let key = WitnessKey::new("witness.example/w1", secret.public()).unwrap();
    let text = key.to_string();
    let asked = run(&["--key", &text, "--request-file", "q"]);
    assert_eq!((code(&asked), stderr(&asked).as_str()), (0, ""));
    assert_eq!(code(&run(&["--key", &text, "--request-file", "q"])), 1, "a file that is there is not written over");
    let files = ["--key", text.as_str(), "--request-file", "q", "--response-file", "a"];
    std::fs::write(dir.path().join("a"), "17\n").unwrap();
    let refused = run(&[&files[..], &["--json"]].concat());
    assert_eq!((code(&refused), &json(&refused)["error"]["id"]), (1, &"cosignature".into()));
    std::fs::write(dir.path().join("a"), answer(&key, &secret, &dir.path().join("q"))).unwrap();
    let recorded = run(&files);
    assert_eq!(code(&recorded), 0, "{}", stderr(&recorded));
    assert!(stdout(&recorded).contains("witness.example/w1") && stdout(&recorded).contains("2026-01-01T00:00:00Z"));
    let listed = json(&run(&["--json"]));
    assert_eq!(listed["cosignatures"][0]["says"]["key"], text.as_str(), "{listed}");
    assert!(stdout(&run(&[])).contains("are cosigned"));
    let usage = run(&["--key", "witness.example/w1+00000000+AAAA", "--request-file", "r"]);
    assert_eq!(code(&usage), 2, "{}", stderr(&usage));
    assert_eq!(code(&run(&["--key", &text])), 2, "a key alone asks nothing");
}
