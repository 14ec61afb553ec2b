//! `casemate add` and `casemate transcribe`.
//!
//! Keeps: every path given is accounted for: sealed, there already, or refused with a reason; what was sealed and not
//! read is named. Does not know: formats.

use super::wording;
use crate::desk::{Desk, Engine};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::screen::Table;
use casemate_app::intake::{AddReply, AddRequest};
use casemate_app::reading::NotRead;
use casemate_app::transcribe::{self, TranscribeReply};
use casemate_words::{Language, message};
use std::cell::RefCell;
use std::path::PathBuf;

const AFTER_ADD: &str = "\
Examples:
  casemate add ~/phone/recordings letter.pdf
  casemate add --no-transcribe ~/mail           read now, listen later (casemate transcribe)
  casemate add ~/phone                          once more: seals only what is new

A file that can't be read is sealed all the same, and the answer ends with a table that says why.";

const AFTER_TRANSCRIBE: &str = "\
Examples:
  casemate transcribe                           every recording without a transcript
  casemate transcribe 3 7 --model ~/models/whisper-small";

/// Seal files and folders, read them, transcribe recordings.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_ADD)]
pub struct Add {
    /// Files and folders
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Leave recordings without a transcript
    #[arg(long)]
    no_transcribe: bool,

    #[command(flatten)]
    engine: Engine,
}

/// Transcribe recordings that have no transcript yet.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_TRANSCRIBE)]
pub struct Transcribe {
    /// Numbers of exhibits; without any, every recording
    #[arg(value_name = "EXHIBIT")]
    exhibits: Vec<String>,

    #[command(flatten)]
    engine: Engine,
}

impl Add {
    /// Does it.
    ///
    /// # Errors
    /// The use case's.
    pub fn run(&self, desk: &Desk) -> Result<Exit, Failure> {
        let mut session = desk.write_with(&self.engine)?;
        let request = AddRequest { paths: self.paths.clone(), transcribe: !self.no_transcribe };
        let reply = desk.watched(|watch| casemate_app::intake::add(&RefCell::new(&mut session), &request, watch))?;
        session.close();
        desk.answer(&reply, || added(&reply, desk.language()))?;
        Ok(if reply.stopped || !reply.refused.is_empty() { Exit::Refused } else { Exit::Done })
    }
}

impl Transcribe {
    /// Does it.
    ///
    /// # Errors
    /// The use case's.
    pub fn run(&self, desk: &Desk) -> Result<Exit, Failure> {
        let mut session = desk.write_with(&self.engine)?;
        let find = |word: &String| Ok(session.exhibit(word)?.number);
        let numbers = self.exhibits.iter().map(find).collect::<Result<Vec<u64>, Failure>>()?;
        let reply = desk.watched(|watch| transcribe::transcribe(&RefCell::new(&mut session), &numbers, watch))?;
        session.close();
        desk.answer(&reply, || transcribed(&reply, desk.language()))?;
        Ok(if reply.stopped { Exit::Refused } else { Exit::Done })
    }
}

/// The answer of `add`.
pub fn added(reply: &AddReply, language: Language) -> String {
    let count = |id: &str, n: usize| message(language, id, &[("count", n.into())]);
    let mut out = message(language, "cli-add-sealed", &[("count", reply.sealed.len().into())]);
    if !reply.duplicates.is_empty() {
        out.push_str(&message(language, "cli-add-duplicates", &[("count", reply.duplicates.len().into())]));
    }
    out.push_str(&message(
        language,
        "cli-add-read",
        &[("read", reply.read.into()), ("heard", reply.transcribed.into())],
    ));
    out.push('\n');
    if !reply.duplicates.is_empty() {
        let mut table = Table::default()
            .column(message(language, "cli-column-exhibit", &[]), true)
            .column(message(language, "cli-column-same", &[]), false);
        reply.duplicates.iter().for_each(|d| table.row([d.exhibit.to_string(), d.source.clone()]));
        section(&mut out, count("cli-add-title-duplicates", reply.duplicates.len()), &table);
    }
    if !reply.refused.is_empty() {
        let mut table = Table::default()
            .column(message(language, "cli-column-why", &[]), false)
            .column(message(language, "cli-column-path", &[]), false);
        for refused in &reply.refused {
            table.row([wording::finding(language, refused.id, &refused.detail), refused.source.clone()]);
        }
        section(&mut out, count("cli-add-title-refused", reply.refused.len()), &table);
    }
    if !reply.not_read.is_empty() {
        section(&mut out, count("cli-add-title-not-read", reply.not_read.len()), &unread(&reply.not_read, language));
    }
    if reply.stopped {
        out.push_str(&format!("\n{}\n", message(language, "cli-add-stopped", &[])));
    }
    out
}

/// The answer of `transcribe`.
fn transcribed(reply: &TranscribeReply, language: Language) -> String {
    let mut out = message(language, "cli-transcribed", &[("count", reply.transcribed.into())]);
    out.push('\n');
    if !reply.not_transcribed.is_empty() {
        let title = message(language, "cli-add-title-not-read", &[("count", reply.not_transcribed.len().into())]);
        section(&mut out, title, &unread(&reply.not_transcribed, language));
    }
    if reply.stopped {
        out.push_str(&format!("\n{}\n", message(language, "cli-transcribe-stopped", &[])));
    }
    out
}

fn section(out: &mut String, title: String, table: &Table) {
    out.push_str(&format!("\n{title}\n\n{}", table.text()));
}

/// A table of what was not read: a row a reason.
fn unread(rows: &[NotRead], language: Language) -> Table {
    let mut table = Table::default()
        .column(message(language, "cli-column-exhibit", &[]), true)
        .column(message(language, "cli-column-path", &[]), false)
        .column(message(language, "cli-column-why", &[]), false);
    for row in rows {
        let why: Vec<String> = row.findings.iter().map(|f| wording::finding(language, &f.id, &f.detail)).collect();
        table.row([row.exhibit.to_string(), wording::tail(&row.source), why.join("; ")]);
    }
    table
}
