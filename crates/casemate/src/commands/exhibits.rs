//! `casemate ls`, `show`, `read` and `log`.
//!
//! Keeps: they open the case for reading only. Does not know: how a text was made.

use super::wording;
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::moment::clock;
use crate::screen::{self, Table};
use casemate_app::listing::{self, ListReply, LogReply, LoggedAct, ShowReply};
use casemate_app::{reading, text};
use casemate_ports::reading::Severity;
use casemate_words::{Language, Value, message, number};
use std::fmt::Write as _;

const AFTER_LS: &str = "\
Examples:
  casemate ls
  casemate ls --unread                          what was not read, or not whole
  casemate ls --json | jq '.exhibits[] | select(.findings != [])'";

const AFTER_SHOW: &str = "\
Examples:
  casemate show 4
  casemate show 3f0a9c12                        by the beginning of its seal number";

const AFTER_READ: &str = "\
Examples:
  casemate read 4                               a transcript or text, each passage with its place
  casemate read 4 --format vtt > call.vtt       subtitles for the recording
  casemate read 4 --format json                 with every word and its time";

const AFTER_LOG: &str = "\
Examples:
  casemate log                                  every act, and the signed checkpoint
  casemate log --json | jq -r .checkpoint";

/// List the exhibits.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_LS)]
pub struct Ls {
    /// Only those of which something, or all, was not read
    #[arg(long)]
    unread: bool,
}

/// Show one exhibit.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_SHOW)]
pub struct Show {
    /// Its number, or the beginning of its seal number (8 digits or more)
    exhibit: String,
}

/// Read the text of an exhibit.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_READ)]
pub struct Read {
    /// Its number, or the beginning of its seal number
    exhibit: String,

    /// Plain text, subtitles (recordings), or everything
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Show the custody log.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_LOG)]
pub struct Log {}

/// Forms of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// A passage a line, with its place.
    Text,
    /// WebVTT.
    Vtt,
    /// The whole reading.
    Json,
}

impl Ls {
    /// Does it.
    ///
    /// # Errors
    /// The case can't be opened.
    pub fn run(&self, desk: &Desk) -> Result<Exit, Failure> {
        let session = desk.read()?;
        let mut reply = listing::list(&session);
        if self.unread {
            reply.exhibits.retain(|e| !e.findings.is_empty() || e.text.is_none());
        }
        desk.answer(&reply, || listed(&reply, self.unread, desk.language()))?;
        Ok(Exit::Done)
    }
}

impl Show {
    /// Does it.
    ///
    /// # Errors
    /// No such exhibit.
    pub fn run(&self, desk: &Desk) -> Result<Exit, Failure> {
        let session = desk.read()?;
        let reply = listing::show(&session, &self.exhibit)?;
        desk.answer(&reply, || shown(&reply, desk.language()))?;
        Ok(Exit::Done)
    }
}

impl Read {
    /// Does it.
    ///
    /// # Errors
    /// No such exhibit, or it has no text.
    pub fn run(&self, desk: &Desk) -> Result<Exit, Failure> {
        let session = desk.read()?;
        let reply = text::read(&session, &self.exhibit)?;
        match self.format {
            _ if desk.json() => screen::json(&reply)?,
            Format::Json => screen::json(&reply)?,
            Format::Vtt => screen::write(&safe(reading::as_vtt(&reply.reading)))?,
            Format::Text => screen::write(&safe(reading::as_text(&reply.reading)))?,
        }
        Ok(Exit::Done)
    }
}

impl Log {
    /// Does it.
    ///
    /// # Errors
    /// The vault's.
    pub fn run(&self, desk: &Desk) -> Result<Exit, Failure> {
        let session = desk.read()?;
        let reply = listing::log(&session)?;
        desk.answer(&reply, || logged(&reply, desk.language()))?;
        Ok(if reply.damaged.is_empty() { Exit::Done } else { Exit::Damaged })
    }
}

/// A file or another program gets the text as it is; a terminal is not to be commanded by evidence.
fn safe(text: String) -> String {
    if screen::watched() { screen::plain_lines(&text) } else { text }
}

fn listed(reply: &ListReply, unread: bool, language: Language) -> String {
    if reply.exhibits.is_empty() {
        return message(language, if unread { "cli-ls-all-read" } else { "cli-ls-empty" }, &[]) + "\n";
    }
    let head = |id| message(language, id, &[]);
    let mut table = Table::default()
        .column(head("cli-column-exhibit"), true)
        .column(head("cli-column-kind"), false)
        .column(head("cli-column-size"), true)
        .column(head("cli-column-length"), true)
        .column(head("cli-column-text"), false)
        .column(head("cli-column-path"), false);
    for e in &reply.exhibits {
        let text = match &e.text {
            Some(what) if e.passages > 0 => wording::layer(language, what),
            _ => "–".to_owned(),
        };
        let mark = if e.findings.is_empty() { "" } else { " !" };
        table.row([
            e.exhibit.to_string(),
            wording::kind(language, &e.kind),
            e.size.map(|n| wording::size(language, n)).unwrap_or_default(),
            e.duration_ms.map(clock).unwrap_or_default(),
            text + mark,
            wording::tail(&e.source),
        ]);
    }
    let mut out = table.text();
    if reply.exhibits.iter().any(|e| !e.findings.is_empty()) {
        let _ = write!(out, "\n{}\n", message(language, "cli-ls-marked", &[]));
    }
    out
}

/// `name   value` lines.
fn pairs(rows: &[(String, String)]) -> String {
    let mut table = Table::default().column("", false).column("", false);
    rows.iter().filter(|(_, v)| !v.is_empty()).for_each(|(name, value)| table.row([name.clone(), value.clone()]));
    // Without the empty line of headings.
    table.text().split_once('\n').map(|(_, rest)| rest.to_owned()).unwrap_or_default()
}

fn shown(reply: &ShowReply, language: Language) -> String {
    let e = &reply.exhibit;
    let name = |id| message(language, id, &[]);
    let optional = |v: &Option<String>| v.clone().unwrap_or_default();
    let mut out = pairs(&[
        (name("cli-column-exhibit"), e.exhibit.to_string()),
        (name("cli-column-kind"), wording::kind(language, &e.kind)),
        (name("cli-column-path"), e.source.clone()),
        (name("cli-show-within"), reply.within.map(|n| n.to_string()).unwrap_or_default()),
        (name("cli-column-size"), e.size.map(|n| format!("{} B", number(language, n))).unwrap_or_default()),
        (name("cli-column-length"), e.duration_ms.map(clock).unwrap_or_default()),
        (name("cli-show-sealed"), optional(&e.sealed_at)),
        (name("cli-show-seal"), e.seal.clone()),
        (name("cli-show-root"), reply.root.clone()),
        ("SHA-256".to_owned(), optional(&reply.sha256)),
        (name("cli-show-profile"), optional(&reply.profile)),
        (name("cli-show-leaves"), reply.leaves.map(|n| number(language, n)).unwrap_or_default()),
        (name("cli-show-heard"), e.duration_ms.map(|_| clock(reply.heard_ms)).unwrap_or_default()),
    ]);
    if !reply.derived.is_empty() {
        let _ = write!(out, "\n{}\n\n", name("cli-show-derived"));
        let mut table = Table::default()
            .column(name("cli-show-seal"), false)
            .column(name("cli-column-compartment"), false)
            .column(name("cli-column-kind"), false)
            .column(name("cli-column-tool"), false);
        for d in &reply.derived {
            let tool = d.about.as_ref().map(|a| a.tool.clone()).unwrap_or_default();
            let compartment = wording::compartment(language, d.compartment);
            table.row([d.seal.clone(), compartment, wording::layer(language, &d.what), tool]);
        }
        out.push_str(&table.text());
    }
    for (title, notes) in [("cli-show-findings", false), ("cli-show-notes", true)] {
        let said = reply.findings.iter().filter(|f| (f.severity == Severity::Note) == notes);
        let words: Vec<String> = said.map(|f| wording::finding(language, &f.id, &f.detail)).collect();
        if !words.is_empty() {
            let _ = write!(out, "\n{}\n\n", name(title));
            words.iter().for_each(|words| out.push_str(&format!("{}\n", screen::plain(words))));
        }
    }
    let _ = write!(out, "\n{}\n\n{}", name("cli-show-custody"), acts(&reply.custody, language, false));
    out
}

fn acts(acts: &[LoggedAct], language: Language, exhibits: bool) -> String {
    let name = |id| message(language, id, &[]);
    let mut table = Table::default()
        .column(name("cli-column-entry"), true)
        .column(name("cli-column-when"), false)
        .column(name("cli-column-compartment"), false)
        .column(name("cli-show-seal"), false);
    if exhibits {
        table = table.column(name("cli-column-exhibit"), false);
    }
    table = table.column(name("cli-column-act"), false);
    for a in acts {
        let mut row = vec![
            a.index.to_string(),
            a.at.clone().unwrap_or_else(|| "–".to_owned()),
            wording::compartment(language, a.compartment),
            a.seal.clone(),
        ];
        if exhibits {
            row.push(a.exhibits.iter().map(u64::to_string).collect::<Vec<_>>().join(", "));
        }
        let kind = wording::act(language, &a.kind);
        row.push(match a.not_understood {
            None => kind,
            Some(version) => {
                let version = message(language, "cli-log-not-understood", &[("version", Value::Number(version))]);
                format!("{} ({version})", screen::plain(&kind))
            }
        });
        table.row(row);
    }
    table.text()
}

fn logged(reply: &LogReply, language: Language) -> String {
    let name = |id| message(language, id, &[]);
    let mut out = acts(&reply.acts, language, true);
    out.push('\n');
    out.push_str(&pairs(&[
        (name("cli-log-lane"), reply.lane.clone()),
        (name("cli-log-entries"), number(language, reply.size)),
        (name("cli-show-root"), reply.root.clone()),
    ]));
    let _ = write!(out, "\n{}\n\n{}", name("cli-log-checkpoint"), reply.checkpoint);
    if !reply.damaged.is_empty() {
        let _ = write!(out, "\n{}\n\n", name("cli-log-damaged"));
        reply.damaged.iter().for_each(|d| out.push_str(&format!("{}\n", screen::plain(d))));
    }
    out
}
