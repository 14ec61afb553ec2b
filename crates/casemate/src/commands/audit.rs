//! `casemate audit`: what documents and bundles hold without showing it, before they leave.
//!
//! Keeps: what was not looked at is shown as such; one document that hides badly is a failed run. Does not know: how a
//! thing is found.

use super::person::profile;
use super::wording;
use crate::desk::{Desk, Engine};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::moment::clock;
use crate::screen;
use casemate_app::audit::{self, AuditVerdict, AuditedFile, Eyes, HiddenThing, Tell};
use casemate_app::{AppError, Held};
use casemate_case::audience::Profile;
use casemate_words::{Language, Value, message};
use serde::Serialize;
use std::path::PathBuf;

const AFTER: &str = "\
Examples:
  casemate audit brief.pdf
  casemate audit court.zip --profile court      also for the names that a court must not learn
  casemate audit press.zip --earlier court.zip  also for what the two tell together
  casemate audit annexes/*.pdf --json | jq -r '.files[] | select(.verdict == \"hides\").file'

It draws every page and looks for text and pictures that are in the file and not in the drawing. What is looked for, and
what is not, is in docs/audit.md. Hidden words are shown here and recorded nowhere.
Names are looked for with --profile alone, in the case at hand, in every stream of a file that a reader can open.";

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
    /// For whom: names of the case at hand that this profile withholds must be absent (court or press)
    #[arg(long, value_parser = profile)]
    profile: Option<Profile>,

    /// A bundle that left before: what the new ones tell together with it is looked for; may be repeated
    #[arg(long, value_name = "BUNDLE")]
    earlier: Vec<PathBuf>,

    /// Documents and bundles that are about to leave
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

#[derive(Serialize)]
struct Answer<'a> {
    format: &'static str,
    hides: usize,
    nothing_hidden: usize,
    not_checked: usize,
    /// Whose names were looked for.
    names_of: Option<&'static str>,
    files: &'a [AuditedFile],
}

impl Audit {
    /// Does it.
    ///
    /// # Errors
    /// A file that can't be read; no worker.
    pub fn run(&self, desk: &Desk) -> Result<Exit, Failure> {
        let worker = Engine::default().tools().worker.ok_or(AppError::NoProgram("casemate-worker"))?;
        let session = self.profile.map(|_| desk.read()).transpose()?;
        let earlier: Vec<Held> = self.earlier.iter().map(|path| Held::on_disk(path)).collect();
        let files = desk.watched(|watch| {
            let names = session.as_ref().zip(self.profile).map(|(session, profile)| audit::withheld(session, profile));
            let eyes = Eyes { worker: &worker, names, earlier: &earlier, watch };
            self.files.iter().map(|path| audit::audit_file(&eyes, &Held::on_disk(path))).collect::<Result<Vec<_>, _>>()
        })?;
        let files: Vec<AuditedFile> = files.into_iter().flatten().collect();
        let count = |verdict| files.iter().filter(|f| f.verdict == verdict).count();
        let answer = Answer {
            format: FORMAT,
            hides: count(AuditVerdict::Hides),
            nothing_hidden: count(AuditVerdict::NothingHidden),
            not_checked: count(AuditVerdict::NotChecked),
            names_of: self.profile.map(Profile::word),
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
        for name in &file.names {
            let values = [("file", screen::plain(&name.file).into()), ("form", name.form.as_str().into())];
            out.push_str(&format!("  - {}\n", message(language, "cli-audit-name", &values)));
        }
        for tell in &file.tells {
            out.push_str(&format!("  - {}\n", told(tell, language)));
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
    if answer.names_of.is_none() {
        out.push_str(&format!("{}\n", message(language, "cli-audit-no-names", &[])));
    }
    let tells = answer.files.iter().any(|f| f.tells.iter().any(Tell::leaks));
    let hides = answer.files.iter().any(|f| !f.names.is_empty() || f.hidden.iter().any(|h| h.hides));
    for (_, id) in [(hides, "cli-audit-do"), (tells, "cli-audit-tells-do")].iter().filter(|(found, _)| *found) {
        out.push_str(&format!("{} {}\n", message(language, "cli-what-to-do", &[]), message(language, id, &[])));
    }
    out
}

/// What a bundle tells, with another or of itself.
fn told(tell: &Tell, language: Language) -> String {
    let of = |item: &u64, other: &str, other_item: &u64, places: &u64, times: &[[u64; 2]]| {
        let at: Vec<String> = times.iter().map(|[start, end]| format!("{}–{}", fine(*start), fine(*end))).collect();
        vec![
            ("item", (*item).into()),
            ("other", screen::plain(other).into()),
            ("there", (*other_item).into()),
            ("places", (*places).into()),
            ("times", at.join(", ").into()),
        ]
    };
    let (id, values): (_, Vec<(&str, Value<'_>)>) = match tell {
        Tell::OpenThere { item, other, other_item, places, times } => {
            let id = if times.is_empty() { "open-there" } else { "open-there-at" };
            (id, of(item, other, other_item, places, times))
        }
        Tell::OpenHere { item, other, other_item, places, times } => {
            let id = if times.is_empty() { "open-here" } else { "open-here-at" };
            (id, of(item, other, other_item, places, times))
        }
        Tell::Joined { other, by, count } => {
            let values = [("other", screen::plain(other).into()), ("by", (*by).into()), ("count", (*count).into())];
            ("joined", values.into())
        }
        Tell::ExactLength { item, ms, calls, of } => {
            let length = clock(*ms).into();
            let counts = [("calls", (*calls).into()), ("of", (*of).into())];
            ("exact-length", [("item", (*item).into()), ("length", length)].into_iter().chain(counts).collect())
        }
        Tell::ShortCut { item, at_ms, ms } => {
            let values = [("item", (*item).into()), ("at", clock(*at_ms).into()), ("ms", (*ms).into())];
            ("short-cut", values.into())
        }
    };
    message(language, &format!("cli-tell-{id}"), &values)
}

/// With tenths of a second.
fn fine(ms: u64) -> String {
    format!("{}.{}", clock(ms), ms % 1_000 / 100)
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
