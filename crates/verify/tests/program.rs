//! The program as people and scripts meet it: exit codes, languages, JSON, what it says when it can't read.
#![allow(clippy::unwrap_used)]

use casemate_proof::{SecretKey, sshsig};
use casemate_verify::check::DISCLOSURE_NAMESPACE;
use casemate_verify::zip::{Measured, ROOT, ZipError, ZipWriter};
use casemate_verify::{bag, zip};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const PROGRAM: &str = env!("CARGO_BIN_EXE_casemate-verify");
/// The size that a verifier may have, in bytes.
const PROGRAM_BYTES_MAX: u64 = 5_000_000;

fn vector(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/bundle").join(name)
}

fn key(name: &str) -> String {
    std::fs::read_to_string(vector(name)).unwrap().trim().to_owned()
}

fn run(arguments: &[&str]) -> Output {
    Command::new(PROGRAM).args(arguments).env_clear().output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn complained(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn a_sound_bundle_ends_with_0() {
    let court = vector("court.zip");
    let output = run(&[court.to_str().unwrap()]);
    assert_eq!(code(&output), 0, "{}", complained(&output));
    let text = said(&output);
    assert!(text.starts_with("Nothing failed. "), "{text}");
    assert!(text.contains("not checked  signer-pinned: ") && text.contains("--signer KEY"), "{text}");
    let sound = text.lines().find(|l| l.starts_with("proven       object, item 1: ")).unwrap().replace('\u{a0}', " ");
    assert!(sound.contains("1 s of 3 s withheld in 1 place: 00:00:01–00:00:02"), "{sound}");
    for pin in [key("owner.key"), key("disclosure.key"), key("owner.key").to_uppercase()] {
        let output = run(&["--signer", &pin, court.to_str().unwrap()]);
        assert_eq!(code(&output), 0);
        assert!(said(&output).contains("proven       signer-pinned: "));
    }
}

#[test]
fn a_failed_finding_ends_with_1_and_is_named() {
    let forged = vector("forged-rendering.zip");
    let output = run(&["--only-failed", forged.to_str().unwrap()]);
    assert_eq!(code(&output), 1);
    let text = said(&output);
    assert!(text.starts_with("FAILED: ") && text.lines().next().unwrap().contains("rendering, item 1"), "{text}");
    assert!(text.contains("What to do: ") && !text.contains("proven  "), "{text}");
    let court = vector("court.zip");
    let output = run(&["--signer", &"0".repeat(64), court.to_str().unwrap()]);
    assert_eq!(code(&output), 1);
    assert!(said(&output).contains("failed       signer-pinned"));
}

#[test]
fn json_names_every_finding() {
    for (name, word, exit) in [("court.zip", "nothing-failed", 0), ("strangers-key.zip", "failed", 1)] {
        let path = vector(name);
        let output = run(&["--json", "--lang", "zh", path.to_str().unwrap()]);
        assert_eq!(code(&output), exit);
        let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(answer["format"], "casemate-verdict-v1");
        assert_eq!(answer["verdict"], word);
        assert_eq!(answer["file"], path.to_str().unwrap());
        let findings = answer["findings"].as_array().unwrap();
        assert_eq!(findings[0]["id"], "zip-strict");
        assert!(findings.iter().any(|f| f["id"] == "time" && f["status"] == "not-checked"));
        if exit == 1 {
            assert!(findings.iter().any(|f| f["id"] == "owner-grant" && f["status"] == "failed"));
        } else {
            let object = findings.iter().find(|f| f["id"] == "object" && f["item"] == 3).unwrap();
            assert_eq!(object["facts"]["withheld-at-ms"], "3000-4000");
        }
    }
}

#[test]
fn it_speaks_three_languages() {
    let court = vector("court.zip");
    for (language, word) in [("fr", "Rien n'a échoué."), ("zh", "无一项未通过。"), ("en", "Nothing failed.")] {
        assert!(said(&run(&["--lang", language, court.to_str().unwrap()])).starts_with(word));
    }
    let by_environment = Command::new(PROGRAM).arg(&court).env_clear().env("LANG", "fr_FR.UTF-8").output().unwrap();
    assert!(said(&by_environment).starts_with("Rien n'a échoué."));
    for language in ["fr", "en", "zh"] {
        let help = run(&["--lang", language, "--help"]);
        assert_eq!(code(&help), 0);
        assert!(said(&help).contains("--only-failed") && said(&help).contains("casemate-verify "), "{}", said(&help));
    }
}

#[test]
fn what_it_can_not_understand_or_read_ends_with_2() {
    let court = vector("court.zip");
    let court = court.to_str().unwrap();
    for arguments in [
        &[][..],
        &["--frobnicate", court],
        &["--signer", "12", court],
        &["--signer"],
        &["--lang", "de", court],
        &[court, court],
    ] {
        let output = run(arguments);
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert!(output.stdout.is_empty() && complained(&output).contains("--help"), "{arguments:?}");
    }
    let missing = run(&["/no/such/bundle.zip"]);
    assert_eq!(code(&missing), 2);
    assert!(complained(&missing).contains("/no/such/bundle.zip can't be read: "), "{}", complained(&missing));
    let folder = run(&[env!("CARGO_MANIFEST_DIR")]);
    assert_eq!(code(&folder), 2);
    assert!(complained(&folder).contains("is not a file"));
}

#[test]
fn nobody_listening_changes_nothing() {
    let court = vector("court.zip");
    let script = format!("'{PROGRAM}' '{}' | true", court.display());
    assert!(Command::new("sh").args(["-c", &script]).output().unwrap().stderr.is_empty());
}

#[test]
fn it_is_small() {
    let size = std::fs::metadata(PROGRAM).unwrap().len();
    println!("{size} bytes");
    assert!(size < PROGRAM_BYTES_MAX, "{size} bytes");
}

/// The court bundle with one file of 100 MB in place of another, signed by the true key.
fn swollen(path: &str, to: &Path) {
    let mut source = File::open(vector("court.zip")).unwrap();
    let archive = zip::read(&mut source).unwrap();
    let mut files = BTreeMap::new();
    for entry in archive.entries() {
        let mut content = Vec::new();
        archive.open(&mut source, entry).unwrap().read_to_end(&mut content).unwrap();
        files.insert(entry.name.strip_prefix(ROOT).unwrap().to_owned(), content);
    }
    let noise: Vec<u8> = (0..100_000_000u64).map(|n| (n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as u8).collect();
    assert!(files.insert(path.to_owned(), noise).is_some());
    let list = |files: &BTreeMap<String, Vec<u8>>, payload: bool| -> String {
        let listed = files.iter().filter(|(p, _)| {
            p.starts_with(bag::PAYLOAD) == payload && ![bag::TAG_MANIFEST, bag::SIGNATURE].contains(&p.as_str())
        });
        listed.map(|(p, b)| bag::line(&bag::sha256(&mut b.as_slice()).unwrap(), p)).collect()
    };
    files.insert(bag::MANIFEST.into(), list(&files, true).into_bytes());
    let tags = list(&files, false);
    let signature = sshsig::sign(DISCLOSURE_NAMESPACE, tags.as_bytes(), &SecretKey::from_seed(&[44; 32]));
    files.insert(bag::TAG_MANIFEST.into(), tags.into_bytes());
    files.insert(bag::SIGNATURE.into(), signature.into_bytes());
    let mut out = ZipWriter::new(BufWriter::new(File::create(to).unwrap()));
    for (path, bytes) in &files {
        let mut measured = Measured::new(std::io::sink());
        measured.write_all(bytes).unwrap();
        let write = |out: &mut dyn Write| -> Result<(), ZipError> { Ok(out.write_all(bytes)?) };
        out.add(&format!("{ROOT}{path}"), measured.finish(), write).unwrap();
    }
    out.finish().unwrap().flush().unwrap();
}

#[test]
fn a_hundred_megabytes_in_one_file_are_refused_in_64_mb_of_address_space() {
    let folder = tempfile::tempdir().unwrap();
    let bundle = folder.path().join("swollen.zip");
    for (path, id) in [
        ("proof/001.object", "object"),
        ("proof/002.leaves", "logged"),
        ("proof/checkpoint", "checkpoint"),
        ("data/002/leaves", "object"),
        ("data/001/recording.wav", "rendering"),
        ("data/006/original.pdf", "object"),
        ("disclosure.cbor", "signature"),
    ] {
        swollen(path, &bundle);
        let script = format!("ulimit -v 65536; exec '{PROGRAM}' --json '{}'", bundle.display());
        let output = Command::new("sh").args(["-c", &script]).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{path}: {}", complained(&output));
        let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let failed = answer["findings"].as_array().unwrap().iter().find(|f| f["status"] == "failed").unwrap();
        assert!(failed["id"] == id || path == "proof/checkpoint", "{path}: {failed}");
    }
}
