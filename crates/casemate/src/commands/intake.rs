//! `casemate add` and `casemate transcribe`.
//!
//! Keeps: every path given is accounted for: sealed, there already, or refused with a reason; what was sealed and not
//! read is named. Does not know: formats.

use super::wording;
use crate::desk::{Desk, Engine};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::moment::clock;
use crate::screen::Table;
use casemate_app::intake::{AddReply, AddRequest, Further, Tally};
use casemate_app::reading::NotRead;
use casemate_app::transcribe::{self, TranscribeReply};
use casemate_ports::reading::Severity;
use casemate_words::{Language, message, number};
use std::cell::RefCell;
use std::path::PathBuf;

const AFTER_ADD: &str = "\
Examples:
  casemate add ~/phone/recordings letter.pdf
  casemate add --no-transcribe ~/mail           read now, listen later (casemate transcribe)
  casemate add --no-ocr ~/scans                 seal now, read pictures later (casemate ocr)
  casemate add ~/phone                          once more: seals only what is new

A file that can't be read is sealed all the same, and the answer ends with a table that says why.";

const AFTER_TRANSCRIBE: &str = "\
Examples:
  casemate transcribe                           every recording without a transcript
  casemate transcribe 3 7 --model ~/models/whisper-small";

/// Reasons that are told of a kind.
const REASONS: usize = 3;

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

    /// Leave the text in pictures and scans unread
    #[arg(long)]
    no_ocr: bool,

    /// Leave texts unread for their meaning (casemate search --meaning reads them when it is asked)
    #[arg(long)]
    no_meaning: bool,

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
        let further = Further { ocr: !self.no_ocr, transcribe: !self.no_transcribe, meaning: !self.no_meaning };
        let request = AddRequest { paths: self.paths.clone(), further };
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
    let (read, seen, heard) = (reply.read.into(), reply.recognised.into(), reply.transcribed.into());
    out.push_str(&message(language, "cli-add-read", &[("read", read), ("seen", seen), ("heard", heard)]));
    out.push('\n');
    if !reply.kinds.is_empty() {
        out.push_str(&format!("\n{}", kinds(&reply.kinds, language).text()));
    }
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

pub(super) fn section(out: &mut String, title: String, table: &Table) {
    out.push_str(&format!("\n{title}\n\n{}", table.text()));
}

/// A table of what was read, kind by kind.
fn kinds(tallies: &[Tally], language: Language) -> Table {
    let head = |id| message(language, id, &[]);
    let mut table = Table::default()
        .column(head("cli-column-kind"), false)
        .column(head("cli-column-read"), true)
        .column(head("cli-column-partly"), true)
        .column(head("cli-column-unread"), true)
        .column(head("cli-column-took"), true)
        .column(head("cli-column-why"), false);
    for tally in tallies {
        let mut why: Vec<(&String, &u64)> = tally.why.iter().collect();
        why.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        let said = |(id, count): &(&String, &u64)| {
            let words = wording::finding(language, id, "");
            if **count > 1 { format!("{words} ({})", number(language, **count)) } else { words }
        };
        let mut reasons: Vec<String> = why.iter().take(REASONS).map(said).collect();
        if why.len() > REASONS {
            reasons.push("…".to_owned());
        }
        let counts = [tally.read, tally.partly, tally.unread].map(|n| number(language, n));
        let [read, partly, unread] = counts;
        let took = clock(tally.took_ms);
        table.row([wording::kind(language, &tally.kind), read, partly, unread, took, reasons.join("; ")]);
    }
    table
}

/// A table of what was not read: a row a reason.
pub(super) fn unread(rows: &[NotRead], language: Language) -> Table {
    let mut table = Table::default()
        .column(message(language, "cli-column-exhibit", &[]), true)
        .column(message(language, "cli-column-path", &[]), false)
        .column(message(language, "cli-column-why", &[]), false);
    for row in rows {
        let unread = row.findings.iter().filter(|f| f.severity != Severity::Note);
        let why: Vec<String> = unread.map(|f| wording::finding(language, &f.id, &f.detail)).collect();
        table.row([row.exhibit.to_string(), wording::tail(&row.source), why.join("; ")]);
    }
    table
}
