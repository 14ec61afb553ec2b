//! `casemate audit`: what documents hold without showing it, before they leave.
//!
//! Keeps: what was not looked at is shown as such; one document that hides badly is a failed run. Does not know: how a
//! thing is found.

use super::wording;
use crate::desk::{Desk, Engine};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::screen;
use casemate_app::AppError;
use casemate_app::audit::{self, AuditVerdict, AuditedFile, HiddenThing};
use casemate_words::{Language, message};
use serde::Serialize;
use std::path::PathBuf;

const AFTER: &str = "\
Examples:
  casemate audit brief.pdf
  casemate audit annexes/*.pdf --json | jq -r '.files[] | select(.verdict == \"hides\").file'

It draws every page and looks for text and pictures that are in the file and not in the drawing. What is looked for, and
what is not, is in docs/audit.md. Hidden words are shown here and recorded nowhere.";

/// Form of the JSON answer.
const FORMAT: &str = "casemate-audit-v1";
/// Most things that are listed of one document on a screen; all are in the JSON answer.
const LISTED: usize = 20;
/// Hundredths of a point in a millimetre.
const PER_MM: f64 = 7200.0 / 25.4;

/// Look for what a document holds and does not show.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub struct Audit {
    /// Documents that are about to leave
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

#[derive(Serialize)]
struct Answer<'a> {
    format: &'static str,
    hides: usize,
    nothing_hidden: usize,
    not_checked: usize,
    files: &'a [AuditedFile],
}

impl Audit {
    /// Does it.
    ///
    /// # Errors
    /// A file that can't be read; no worker.
    pub fn run(&self, desk: &Desk) -> Result<Exit, Failure> {
        let worker = Engine::default().tools().worker.ok_or(AppError::NoProgram("casemate-worker"))?;
        let look = |path: &PathBuf| desk.watched(|watch| audit::audit_file(&worker, path, watch));
        let files = self.files.iter().map(look).collect::<Result<Vec<_>, _>>()?;
        let count = |verdict| files.iter().filter(|f| f.verdict == verdict).count();
        let answer = Answer {
            format: FORMAT,
            hides: count(AuditVerdict::Hides),
            nothing_hidden: count(AuditVerdict::NothingHidden),
            not_checked: count(AuditVerdict::NotChecked),
            files: &files,
        };
        desk.answer(&answer, || text(&answer, desk.language()))?;
        Ok(if answer.hides > 0 { Exit::Refused } else { Exit::Done })
    }
}

fn text(answer: &Answer<'_>, language: Language) -> String {
    let mut out = String::new();
    for file in answer.files {
        let id = match file.verdict {
            AuditVerdict::Hides => "cli-audit-hides",
            AuditVerdict::NotChecked => "cli-audit-not-checked",
            AuditVerdict::NothingHidden => "cli-audit-nothing",
        };
        out.push_str(&format!("{}\n", message(language, id, &[("file", screen::plain(&file.file).into())])));
        let (hides, carried): (Vec<_>, Vec<_>) = file.hidden.iter().partition(|h| h.hides);
        for thing in hides.iter().chain(&carried).take(LISTED) {
            out.push_str(&format!("  - {}\n", line(thing, language)));
        }
        if let Some(more) = file.hidden.len().checked_sub(LISTED).filter(|n| *n > 0) {
            out.push_str(&format!("  - {}\n", message(language, "cli-audit-more", &[("count", more.into())])));
        }
        for finding in &file.not_checked {
            let words = wording::finding(language, &finding.id, &finding.detail);
            out.push_str(&format!("  - {}\n", message(language, "cli-audit-unlooked", &[("why", words.into())])));
        }
    }
    let values = [
        ("hides", answer.hides.into()),
        ("nothing", answer.nothing_hidden.into()),
        ("unchecked", answer.not_checked.into()),
    ];
    out.push_str(&format!("\n{}\n", message(language, "cli-audit-sum", &values)));
    if answer.hides > 0 {
        let advice = message(language, "cli-audit-do", &[]);
        out.push_str(&format!("{} {advice}\n", message(language, "cli-what-to-do", &[])));
    }
    out
}

/// One thing: how, where, what it says.
fn line(thing: &HiddenThing, language: Language) -> String {
    let mut out = message(language, &format!("cli-hidden-{}", thing.how.id()), &[("count", thing.count.into())]);
    if let Some(page) = thing.page {
        out = match thing.rect {
            Some([x, y, ..]) => {
                let mm = |v: u32| (f64::from(v) / PER_MM).round() as u64;
                let values =
                    [("what", out.into()), ("page", page.into()), ("across", mm(x).into()), ("down", mm(y).into())];
                message(language, "cli-audit-place", &values)
            }
            None => message(language, "cli-audit-page", &[("what", out.into()), ("page", page.into())]),
        };
    }
    if !thing.words.trim().is_empty() {
        let said = screen::fitted(&screen::plain(thing.words.trim()), screen::width());
        out = message(language, "cli-audit-says", &[("what", out.into()), ("words", said.into())]);
    }
    out
}
