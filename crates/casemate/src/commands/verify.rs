//! `casemate verify`: a bundle as its recipient would, or a whole case.
//!
//! Keeps: what was not checked is shown as such; one failed finding is a failed run. Does not know: how a thing is proven.

use super::{timestamp, witness, wording};
use crate::desk::{Desk, Engine};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::screen::{self, Table};
use casemate_app::verify::{self, CaseFinding, CaseVerdict};
use casemate_proof::note::WitnessKey;
use casemate_vault::Access;
use casemate_verify::words::{self, Which};
use casemate_verify::{Finding, Pins, Status, Verdict};
use casemate_words::{Language, message};
use serde::Serialize;
use std::path::{Path, PathBuf};

const AFTER: &str = "\
Examples:
  casemate verify court.zip --signer 3f0a…      the key as the sender told it by another way
  casemate verify court.zip --only-failed
  casemate verify case                          every act, every object, every signature of a case
  casemate verify                               the case at hand

The recipient needs none of this: casemate-verify alone does the same, offline.";

/// Form of the JSON answer on a bundle, the same as casemate-verify's.
const VERDICT: &str = "casemate-verdict-v1";
/// Hex digits of a key.
const KEY_DIGITS: usize = 64;

/// Verify a bundle, or a whole case.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub struct Verify {
    /// A bundle, or the folder of a case; without it, the case at hand
    #[arg(value_name = "FILE|DIR")]
    path: Option<PathBuf>,

    /// A key that may have signed the bundle, known from elsewhere: 64 hex digits; may be repeated
    #[arg(long, value_name = "HEX", value_parser = key)]
    signer: Vec<String>,

    /// A root certificate of a time-stamping authority, PEM or DER; may be repeated
    #[arg(long, value_name = "FILE")]
    tsa_root: Vec<PathBuf>,

    /// The key of a witness of the log that you trust, as it publishes it; may be repeated
    #[arg(long, value_name = "NAME+ID+KEY", value_parser = witness::key)]
    witness: Vec<WitnessKey>,

    /// List failed findings only
    #[arg(long)]
    only_failed: bool,
}

fn key(text: &str) -> Result<String, String> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let fits = digits.len() == KEY_DIGITS && digits.bytes().all(|b| b.is_ascii_hexdigit());
    if fits { Ok(digits) } else { Err(format!("not {KEY_DIGITS} hex digits")) }
}

/// The answer on a bundle.
#[derive(Serialize)]
struct Answer<'a> {
    format: &'static str,
    file: String,
    verdict: &'static str,
    findings: &'a [Finding],
}

impl Verify {
    /// Does it.
    ///
    /// # Errors
    /// Nothing there; a case that can't be opened.
    pub fn run(&self, desk: &Desk) -> Result<Exit, Failure> {
        match &self.path {
            Some(path) => {
                let meta = std::fs::metadata(path).map_err(Failure::file(path))?;
                if meta.is_dir() { self.case(desk, path) } else { self.bundle(desk, path) }
            }
            None => self.case(desk, &desk.case()?),
        }
    }

    fn which(&self) -> Which {
        if self.only_failed { Which::Failed } else { Which::All }
    }

    fn bundle(&self, desk: &Desk, path: &Path) -> Result<Exit, Failure> {
        let roots = timestamp::all(&self.tsa_root, casemate_stamp::pem::certificates)?;
        let (signers, witnesses) = (self.signer.clone(), self.witness.clone());
        let verdict = verify::verify_pinned(path, &Pins { signers, roots, witnesses, ..Pins::default() })?;
        let failed = verdict.failed();
        let word = if failed { "failed" } else { "nothing-failed" };
        let file = path.display().to_string();
        let answer = Answer { format: VERDICT, file, verdict: word, findings: &verdict.findings };
        desk.answer(&answer, || report(&verdict, desk.language(), self.which()))?;
        Ok(if failed { Exit::Refused } else { Exit::Done })
    }

    fn case(&self, desk: &Desk, root: &Path) -> Result<Exit, Failure> {
        if !crate::whereabouts::is_case(root) {
            return Err(Failure::NotACase(root.to_path_buf()));
        }
        let session = desk.open(root, Access::Read, Engine::default().tools())?;
        let verdict = desk.watched(|watch| verify::verify_case(&session, watch))?;
        desk.answer(&verdict, || case_text(&verdict, desk.language(), self.which()))?;
        Ok(if verdict.damaged { Exit::Damaged } else { Exit::Done })
    }
}

/// The verdict on a bundle in plain words.
pub fn report(verdict: &Verdict, language: Language, which: Which) -> String {
    format!("{}\n", words::report(language, verdict, which).trim_end())
}

/// The verdict on a case: failed first, then not checked, then proven.
pub fn case_text(verdict: &CaseVerdict, language: Language, which: Which) -> String {
    let count = |status: &str| verdict.findings.iter().filter(|f| f.status == status).count();
    let values = [
        ("failed", count("failed").into()),
        ("proven", count("proven").into()),
        ("unchecked", count("not-checked").into()),
    ];
    let id = if verdict.damaged { "cli-verify-case-damaged" } else { "cli-verify-case-whole" };
    let mut out = format!("{}\n\n", message(language, id, &values));
    let mut table = Table::default()
        .column(message(language, "cli-column-outcome", &[]), false)
        .column(message(language, "cli-column-finding", &[]), false)
        .column(message(language, "cli-column-exhibit", &[]), true)
        .column(message(language, "cli-column-object", &[]), false)
        .column(message(language, "cli-column-facts", &[]), false);
    let order = [("failed", Status::Failed), ("not-checked", Status::NotChecked), ("proven", Status::Proven)];
    for (word, status) in order.into_iter().filter(|(word, _)| which == Which::All || *word == "failed") {
        for f in verdict.findings.iter().filter(|f| f.status == word) {
            table.row([
                words::outcome(language, status),
                wording::case_finding(language, f.id),
                f.exhibit.map(|n| n.to_string()).unwrap_or_default(),
                object(&f.what),
                facts(f, language),
            ]);
        }
    }
    if !table.is_empty() {
        out.push_str(&table.text());
    }
    if verdict.damaged {
        let advice = message(language, "cli-error-damaged-do", &[]);
        out.push_str(&format!("\n{} {advice}\n", message(language, "cli-what-to-do", &[])));
    }
    out
}

/// What was counted; in English whatever else the check says.
fn facts(finding: &CaseFinding, language: Language) -> String {
    match &finding.fact {
        _ if language == Language::En => finding.detail.clone(),
        Some(fact) => fact.words(language),
        None => String::new(),
    }
}

/// Roots and lanes by their first 16 digits.
fn object(what: &str) -> String {
    let short = |word: &str| match word.len() == KEY_DIGITS && word.bytes().all(|b| b.is_ascii_hexdigit()) {
        true => word.chars().take(16).collect(),
        false => screen::plain(word),
    };
    what.split(' ').map(short).collect::<Vec<String>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_64_hex_digits_with_any_spaces() {
        let spaced = "0123456789abcdef ".repeat(4);
        assert_eq!(key(&spaced).unwrap(), "0123456789abcdef".repeat(4));
        assert!(key("3f0a").is_err() && key(&"g".repeat(64)).is_err());
    }

    #[test]
    fn long_roots_are_shortened() {
        assert_eq!(object(&format!("lane {}", "ab".repeat(32))), format!("lane {}", "ab".repeat(8)));
        assert_eq!(object("heads"), "heads");
    }
}
