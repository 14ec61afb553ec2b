//! `casemate`: the command line.
//!
//! Keeps: one place where arguments become a command and a failure becomes words and an exit code. Decides nothing.
//! Does not know: what a command does.

#![forbid(unsafe_code)]

mod advice;
mod arguments;
mod commands;
mod desk;
mod exit;
mod failure;
mod moment;
mod progress;
mod screen;
mod secret;
mod stop;
mod whereabouts;

use arguments::Cli;
use casemate_words::{Language, message};
use clap::Parser;
use desk::Desk;
use exit::Exit;
use failure::Failure;
use std::io::{Write, stderr};
use std::process::ExitCode;

fn main() -> ExitCode {
    no_core_dump();
    let Cli { shared, command } = Cli::parse();
    let desk = Desk::new(shared);
    let exit = match command.run(&desk) {
        Ok(exit) => exit,
        Err(failure) => report(&failure, &desk),
    };
    exit.into()
}

/// A crash must not write memory, and with it keys, to disk. Where the system refuses, `doctor` says so.
fn no_core_dump() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) }).ok();
    }
}

/// Tells of a failure: on standard error in words, with `--json` also as the answer.
fn report(failure: &Failure, desk: &Desk) -> Exit {
    let language: Language = desk.language();
    let told = advice::told(failure, language);
    let exit = told.exit;
    let mut text = format!("casemate: {}\n", told.what);
    for reason in &told.reasons {
        text.push_str(&format!("  - {reason}\n"));
    }
    text.push_str(&format!("{} {}\n", message(language, "cli-what-to-do", &[]), told.advice));
    write!(stderr(), "{text}").ok();
    if desk.json() {
        screen::json(&serde_json::json!({ "error": told })).ok();
    }
    exit
}
