//! Help, manual and completions are there for every command, and come from one definition.

use crate::{casemate, code, commands, stderr, stdout};
use std::path::Path;

const EXPECTED: [&str; 25] = [
    "init",
    "add",
    "transcribe",
    "ocr",
    "ls",
    "show",
    "read",
    "search",
    "person",
    "heard",
    "redact",
    "disclose",
    "narrow",
    "metadata",
    "asic",
    "audit",
    "verify",
    "timestamp",
    "witness",
    "log",
    "export",
    "serve",
    "lock",
    "doctor",
    "demo",
];

#[test]
fn every_command_is_listed() {
    assert_eq!(commands(), EXPECTED);
}

#[test]
fn every_command_has_help_with_examples() {
    for command in commands() {
        let long = casemate(Path::new("."), &[&command, "--help"]);
        assert_eq!(code(&long), 0, "{command}");
        let text = stdout(&long);
        assert!(text.contains(&format!("Usage: casemate {command}")), "{text}");
        assert!(text.contains("Examples:\n"), "{command} has no examples");
        assert_eq!(stderr(&long), "");
        for global in ["--json", "--case", "--passphrase-file", "--lang"] {
            assert!(text.contains(global), "{command} lacks {global}");
        }
    }
}

#[test]
fn completions_know_every_command() {
    for shell in ["bash", "zsh", "fish"] {
        let out = casemate(Path::new("."), &["completions", shell]);
        assert_eq!(code(&out), 0);
        let text = stdout(&out);
        for command in commands() {
            assert!(text.contains(&command), "{shell}: {command}");
        }
        assert!(text.contains("strike-text") && text.contains("passphrase-file"), "{shell}");
    }
    assert_eq!(code(&casemate(Path::new("."), &["completions", "cmd.exe"])), 2);
}

#[test]
fn a_manual_page_is_made_for_every_command() {
    let page = stdout(&casemate(Path::new("."), &["man"]));
    assert!(page.contains(".TH casemate 1") && page.contains(".SH SYNOPSIS") && page.contains("Exit codes"), "{page}");
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(code(&casemate(dir.path(), &["man", "pages"])), 0);
    for command in commands() {
        let page = std::fs::read_to_string(dir.path().join(format!("pages/casemate-{command}.1"))).unwrap();
        assert!(page.contains(&format!("casemate {command}")), "{command}");
    }
}

#[test]
fn the_version_is_told() {
    assert_eq!(stdout(&casemate(Path::new("."), &["--version"])), format!("casemate {}\n", env!("CARGO_PKG_VERSION")));
}
