//! `casemate-verify`: checks a bundle on a machine that trusts nobody.
//!
//! Keeps: reads the files it is given and nothing else; opens no connection; exit code 0 nothing failed, 1 a finding
//! failed, 2 not understood or not readable. Does not know: how anything is proven (the library does).

#![forbid(unsafe_code)]

use casemate_proof::note::{NoteError, WitnessKey};
use casemate_verify::words::{self, Which};
use casemate_verify::{Finding, Pins, Verdict, verify_bundle};
use casemate_words::{Language, message};
use serde::Serialize;
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const NOTHING_FAILED: u8 = 0;
const FAILED: u8 = 1;
const NOT_UNDERSTOOD: u8 = 2;
const JSON_FORMAT: &str = "casemate-verdict-v1";
/// Hex digits of a key.
const KEY_DIGITS: usize = 64;
/// Bytes of a file of roots that are read.
const ROOT_BYTES_MAX: u64 = 1 << 20;

/// What was asked for.
struct Arguments {
    bundle: PathBuf,
    pins: Pins,
    json: bool,
    which: Which,
}

enum Asked {
    Verify(Arguments),
    Help,
    Version,
}

/// The answer as JSON.
#[derive(Serialize)]
struct Answer<'a> {
    format: &'static str,
    file: String,
    verdict: &'static str,
    findings: &'a [Finding],
}

fn main() -> ExitCode {
    let mut language = Language::of_environment(|name| std::env::var(name).ok());
    ExitCode::from(match arguments(&mut language) {
        Ok(Asked::Verify(asked)) => verify(language, &asked),
        Ok(Asked::Help) => say(&message(language, "verify-usage", &[])),
        Ok(Asked::Version) => say(concat!("casemate-verify ", env!("CARGO_PKG_VERSION"))),
        Err(what) => complain(&message(language, "verify-error-usage", &[("what", what.into())])),
    })
}

/// Reads the command line; `language` is set as soon as it is known, so that what follows is said in it.
fn arguments(language: &mut Language) -> Result<Asked, String> {
    use lexopt::prelude::{Long, Short, Value};
    let mut parser = lexopt::Parser::from_env();
    let (mut bundle, mut pins, mut json, mut which) = (None, Pins::default(), false, Which::All);
    while let Some(argument) = parser.next().map_err(|e| e.to_string())? {
        match argument {
            Short('h') | Long("help") => return Ok(Asked::Help),
            Short('V') | Long("version") => return Ok(Asked::Version),
            Long("json") => json = true,
            Long("only-failed") => which = Which::Failed,
            Long("lang") => {
                let name = text(parser.value())?;
                let unknown = || message(*language, "verify-error-language", &[("value", name.clone().into())]);
                *language = Language::parse(&name).ok_or_else(unknown)?;
            }
            Long("tsa-root") => pins.roots.extend(roots(*language, &text(parser.value())?)?),
            Long("witness") => pins.witnesses.push(witness(*language, &text(parser.value())?)?),
            Long("signer") => pins.signers.push(signer(*language, &text(parser.value())?)?),
            Value(path) if bundle.is_none() => bundle = Some(PathBuf::from(path)),
            Value(_) => return Err(message(*language, "verify-error-two-bundles", &[])),
            other => return Err(other.unexpected().to_string()),
        }
    }
    let bundle = bundle.ok_or_else(|| message(*language, "verify-error-no-bundle", &[]))?;
    Ok(Asked::Verify(Arguments { bundle, pins, json, which }))
}

fn text(value: Result<std::ffi::OsString, lexopt::Error>) -> Result<String, String> {
    Ok(value.map_err(|e| e.to_string())?.to_string_lossy().into_owned())
}

/// The roots of an authority in a file, PEM or DER.
fn roots(language: Language, path: &str) -> Result<Vec<Vec<u8>>, String> {
    let unreadable =
        |cause: String| message(language, "verify-error-tsa-root", &[("file", path.into()), ("cause", cause.into())]);
    let file = File::open(path).map_err(|cause| unreadable(cause.to_string()))?;
    let mut bytes = Vec::new();
    let read = file.take(ROOT_BYTES_MAX).read_to_end(&mut bytes);
    read.map_err(|cause| unreadable(cause.to_string()))?;
    casemate_stamp::pem::certificates(&bytes).map_err(|cause| unreadable(cause.to_string()))
}

/// A key as people copy it: hex digits, spaces allowed.
fn signer(language: Language, value: &str) -> Result<String, String> {
    let digits: String = value.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.len() == KEY_DIGITS && digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Ok(digits);
    }
    Err(message(language, "verify-error-signer", &[("value", value.into())]))
}

/// A witness's key as it publishes it.
fn witness(language: Language, value: &str) -> Result<WitnessKey, String> {
    let wrong = |cause: NoteError| message(language, "verify-error-witness", &[("cause", cause.to_string().into())]);
    value.trim().parse().map_err(wrong)
}

fn verify(language: Language, asked: &Arguments) -> u8 {
    let file = asked.bundle.display().to_string();
    match look(&asked.bundle, &asked.pins) {
        Ok(Some(verdict)) => answer(language, asked, file, &verdict),
        Ok(None) => complain(&message(language, "verify-error-not-a-file", &[("file", file.into())])),
        Err(cause) => {
            let values = [("file", file.into()), ("cause", cause.to_string().into())];
            complain(&message(language, "verify-error-unreadable", &values))
        }
    }
}

/// The verdict; `None` where the path is no file.
fn look(bundle: &Path, pins: &Pins) -> std::io::Result<Option<Verdict>> {
    if !std::fs::metadata(bundle)?.is_file() {
        return Ok(None);
    }
    verify_bundle(&|| File::open(bundle), pins).map(Some)
}

fn answer(language: Language, asked: &Arguments, file: String, verdict: &Verdict) -> u8 {
    let failed = verdict.failed();
    let text = if asked.json {
        let word = if failed { "failed" } else { "nothing-failed" };
        let answer = Answer { format: JSON_FORMAT, file, verdict: word, findings: &verdict.findings };
        // Strings and numbers alone: there is nothing in it that JSON can't hold.
        serde_json::to_string_pretty(&answer).unwrap_or_default()
    } else {
        words::report(language, verdict, asked.which)
    };
    say(text.trim_end());
    if failed { FAILED } else { NOTHING_FAILED }
}

/// Prints to standard output; that nobody listens changes nothing in the exit code.
fn say(text: &str) -> u8 {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
    NOTHING_FAILED
}

fn complain(text: &str) -> u8 {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
    NOT_UNDERSTOOD
}
