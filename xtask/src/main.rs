//! `cargo xtask check`: everything that a change must pass, each check on one line. `cargo xtask corpus`: what is read of files of others.
//!
//! Keeps: exit 0 only when no check failed; a check that could not look says "not checked", never "ok".
//! Does not know: how the product works. It reads manifests, sources and papers, and starts cargo.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program that answers on the terminal")]

mod allowed;
mod checks;
mod corpus;
mod fault;
mod report;
mod rust;
mod workspace;

use std::process::ExitCode;

use fault::Fault;
use report::Outcome;
use workspace::Workspace;

const USAGE: &str = "usage: cargo xtask check [--only NAME]…\n       cargo xtask list\n       cargo xtask corpus [DATA] [--only text|strings|mail|chats|ocr|meaning] [--misses]";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(code) => code,
        Err(fault) => {
            eprintln!("xtask: {fault}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<ExitCode, Fault> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let wanted = match words.as_slice() {
        ["list"] => {
            checks::ALL.iter().for_each(|check| println!("{:<12} {}", check.name, check.promise));
            return Ok(ExitCode::SUCCESS);
        }
        ["corpus", options @ ..] => return corpus::measure(options),
        ["check", options @ ..] => match only(options) {
            Some(wanted) => wanted,
            None => return Ok(usage()),
        },
        _ => return Ok(usage()),
    };
    let workspace = Workspace::open()?;
    let mut failed = Vec::new();
    let chosen = |check: &&checks::Check| wanted.is_empty() || wanted.contains(&check.name);
    for check in checks::ALL.iter().filter(chosen) {
        let started = std::time::Instant::now();
        let outcome = (check.run)(&workspace).unwrap_or_else(Outcome::from);
        print!("{}", outcome.shown(check.name, started.elapsed()));
        if outcome.is_failure() {
            failed.push(check.name);
        }
    }
    if failed.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    println!("failed: {}", failed.join(", "));
    Ok(ExitCode::FAILURE)
}

/// The names after each `--only`; none where an option or a name is unknown.
fn only<'a>(mut options: &'a [&'a str]) -> Option<Vec<&'a str>> {
    let mut wanted = Vec::new();
    while let [option, name, rest @ ..] = options {
        if *option != "--only" || !checks::ALL.iter().any(|check| check.name == *name) {
            return None;
        }
        wanted.push(*name);
        options = rest;
    }
    options.is_empty().then_some(wanted)
}

fn usage() -> ExitCode {
    eprintln!("{USAGE}");
    ExitCode::from(2)
}

#[cfg(test)]
mod tests {
    use super::only;

    #[test]
    fn only_takes_known_names() {
        assert_eq!(only(&[]), Some(vec![]));
        assert_eq!(only(&["--only", "layers", "--only", "sizes"]), Some(vec!["layers", "sizes"]));
        assert_eq!(only(&["--only"]), None);
        assert_eq!(only(&["--only", "no-such-check"]), None);
        assert_eq!(only(&["--all", "layers"]), None);
    }
}
