//! One test for each fault that was found and mended, by number; the name says what must never come back.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::process::{Command, Stdio};

use casemate_ports::worker::Fence;

#[test]
fn r001_the_fences_are_told_without_a_model_and_without_a_job() {
    let told = Command::new(env!("CARGO_BIN_EXE_casemate-speech"))
        .args(["--models", "/nowhere/at/all", "--fences", "--json"])
        .env_clear()
        .current_dir("/")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let fences: Vec<Fence> = serde_json::from_slice(&told.stdout).unwrap();
    for name in ["no-new-privileges", "seccomp", "landlock", "memory", "cpu", "file-size", "no-core", "parent-death"] {
        let fence = fences.iter().find(|f| f.name == name).unwrap_or_else(|| panic!("{name}"));
        assert!(fence.required && fence.granted, "{fence:?}");
    }
    assert_eq!((told.status.code(), told.stderr.as_slice()), (Some(0), &b""[..]));
}
