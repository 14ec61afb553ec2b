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
    let Cli { shared, command } = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return not_understood(&error),
    };
    let desk = Desk::new(shared);
    let exit = match command.run(&desk) {
        Ok(exit) => exit,
        Err(failure) => report(&failure, &desk),
    };
    exit.into()
}

/// Help and version, or what was wrong with the arguments: as JSON where that was asked for.
fn not_understood(error: &clap::Error) -> ExitCode {
    let json = std::env::args_os().any(|a| a == "--json");
    if !error.use_stderr() || !json {
        error.print().ok();
        return if error.use_stderr() { Exit::Usage.into() } else { Exit::Done.into() };
    }
    let language = language_asked();
    let say = |id: &str| message(language, id, &[]);
    let detail = error.render().to_string();
    screen::json(&serde_json::json!({ "error": {
        "id": "usage", "what": say("cli-error-usage"), "advice": say("cli-error-usage-do"), "detail": detail.trim(),
        "exit": Exit::Usage.code(),
    } }))
    .ok();
    Exit::Usage.into()
}

/// The language of arguments that could not be read as a whole.
fn language_asked() -> Language {
    let all: Vec<String> = std::env::args().collect();
    let named =
        all.iter().zip(all.iter().skip(1)).find(|(name, _)| *name == "--lang").and_then(|(_, l)| Language::parse(l));
    named.unwrap_or_else(|| Language::of_environment(|name| std::env::var(name).ok()))
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
