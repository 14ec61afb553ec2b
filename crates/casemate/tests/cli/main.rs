//! The command line from outside: usage, exit codes, help, the shape of JSON answers, a small case from end to end.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "tests say what they expect")]

mod definition;
mod journey;
mod refusals;
mod timestamp;
mod witness;

#[path = "../../../authority/tests/loopback/mod.rs"]
mod loopback;
#[allow(dead_code, clippy::expect_used)]
#[path = "../../../stamp/tests/it/shop.rs"]
mod shop;

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

/// A run that knows nothing of whoever runs the tests.
pub fn casemate(dir: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_casemate"));
    command.env_clear().env("LANG", "en_GB.UTF-8").current_dir(dir).args(args);
    command.output().unwrap()
}

pub fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// One JSON object and nothing else.
pub fn json(output: &Output) -> Value {
    let value: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|e| {
        panic!("{e}: {} {}", stdout(output), stderr(output));
    });
    assert!(value.is_object());
    value
}

/// The commands that help lists.
pub fn commands() -> Vec<String> {
    let help = stdout(&casemate(Path::new("."), &["--help"]));
    let (_, after) = help.split_once("Commands:\n").unwrap();
    let lines = after.lines().take_while(|l| !l.trim().is_empty());
    // A line of a command begins with two spaces; what goes on from the line before with more.
    let names =
        lines.filter(|l| l.starts_with("  ") && !l.starts_with("   ")).filter_map(|l| l.split_whitespace().next());
    names.filter(|n| *n != "help").map(str::to_owned).collect()
}
