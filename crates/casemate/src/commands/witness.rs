//! `casemate witness`: have the log's newest checkpoint cosigned by a witness, and list who has cosigned it.
//!
//! Keeps: no connection is opened; request and answer travel as files, by whatever way and machine the user likes. Does not know: which witness deserves
//! trust.

use super::timestamp::{bounded, write_new};
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::screen::{self, Table};
use casemate_app::witness::{self, Cosignature, WITNESS_FILE_BYTES_MAX, WitnessStatus};
use casemate_proof::note::WitnessKey;
use casemate_words::{Language, message};
use serde::Serialize;
use std::path::{Path, PathBuf};

const AFTER: &str = "\
Examples:
  casemate witness                                 who has cosigned the log; the log's key, to tell a witness
  casemate witness --key witness.example/w1+d5b5ccef+BBl… --request-file q
  curl --data-binary @q -o a https://witness.example/add-checkpoint
  casemate witness --key witness.example/w1+d5b5ccef+BBl… --request-file q --response-file a

A witness (C2SP tlog-witness) remembers the newest state of the log that it saw, and signs a newer one
only if it extends that: nobody can be shown one log and somebody else another. It must know the log's
key before it answers.

The request shows it the number of the log, how many entries it has, and a hash over them; no content,
no name. So a witness learns that this log exists and when it grows; a time-stamping authority learns
neither (casemate timestamp).

If it answers with a number (409), it has seen the log at that size: ask again with --old NUMBER.";

/// Have the log cosigned by a witness, or list who has cosigned it.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub struct Witness {
    /// The witness's key, as it publishes it
    #[arg(long, value_name = "NAME+ID+KEY", value_parser = key, requires = "request_file")]
    key: Option<WitnessKey>,

    /// The request: written, or with --response-file read again
    #[arg(long, value_name = "FILE", requires = "key")]
    request_file: Option<PathBuf>,

    /// The witness's answer to that request: verified and recorded
    #[arg(long, value_name = "FILE", requires = "request_file")]
    response_file: Option<PathBuf>,

    /// The size at which the witness says that it saw the log last; without it, what the log records
    #[arg(long, value_name = "NUMBER", requires = "request_file", conflicts_with = "response_file")]
    old: Option<u64>,
}

/// A witness's key, as it publishes it.
pub fn key(text: &str) -> Result<WitnessKey, String> {
    text.trim().parse().map_err(|cause: casemate_proof::note::NoteError| cause.to_string())
}

/// A request that was written.
#[derive(Serialize)]
struct Asked {
    request: String,
}

impl Witness {
    /// Does it.
    ///
    /// # Errors
    /// Files that can't be read or are there already; an answer that does not hold.
    pub fn run(&self, desk: &Desk) -> Result<Exit, Failure> {
        match (&self.key, &self.request_file, &self.response_file) {
            (Some(key), Some(request), None) => self.ask(desk, key, request),
            (Some(key), Some(request), Some(answer)) => record(desk, key, request, answer),
            _ => list(desk),
        }
    }

    fn ask(&self, desk: &Desk, key: &WitnessKey, request: &Path) -> Result<Exit, Failure> {
        let session = desk.read()?;
        let body = witness::ask(&session, key, self.old)?;
        session.close();
        write_new(request, &body)?;
        let asked = Asked { request: request.display().to_string() };
        desk.answer(&asked, || {
            let values = [("file", asked.request.clone().into()), ("name", screen::plain(key.name()).into())];
            message(desk.language(), "cli-witness-asked", &values) + "\n"
        })?;
        Ok(Exit::Done)
    }
}

fn record(desk: &Desk, key: &WitnessKey, request: &Path, answer: &Path) -> Result<Exit, Failure> {
    let request = bounded(request, WITNESS_FILE_BYTES_MAX)?;
    let answer = bounded(answer, WITNESS_FILE_BYTES_MAX)?;
    let mut session = desk.write()?;
    let reply = witness::record(&mut session, key, &request, &answer)?;
    session.close();
    desk.answer(&reply, || cosigned(&reply, desk.language()))?;
    Ok(Exit::Done)
}

fn list(desk: &Desk) -> Result<Exit, Failure> {
    let session = desk.read()?;
    let status = witness::status(&session)?;
    session.close();
    desk.answer(&status, || text(&status, desk.language()))?;
    let refused = status.cosignatures.iter().any(|one| one.says.is_none());
    Ok(if refused { Exit::Refused } else { Exit::Done })
}

fn cosigned(reply: &Cosignature, language: Language) -> String {
    let values = [
        ("name", screen::plain(&reply.witness).into()),
        ("time", reply.time.as_str().into()),
        ("size", reply.size.into()),
    ];
    message(language, "cli-witness", &values) + "\n"
}

fn text(status: &WitnessStatus, language: Language) -> String {
    let say = |id: &str| message(language, id, &[]);
    let key = message(language, "cli-witness-log-key", &[("key", status.log_key.as_str().into())]);
    if status.cosignatures.is_empty() {
        return format!("{}\n{key}\n", say("cli-witnesses-none"));
    }
    let mut table = Table::default()
        .column(say("cli-timestamps-entry"), true)
        .column(say("cli-timestamps-time"), false)
        .column(say("cli-witnesses-witness"), false)
        .column(say("cli-timestamps-covers"), true)
        .column(say("cli-timestamps-remarks"), false);
    for one in &status.cosignatures {
        let of = |what: fn(&Cosignature) -> String| one.says.as_ref().map(what).unwrap_or_default();
        let remark = one
            .cause
            .as_ref()
            .map(|cause| message(language, "cli-witnesses-refused", &[("cause", screen::plain(cause).into())]));
        table.row([
            one.entry.to_string(),
            of(|says| says.time.clone()),
            of(|says| screen::plain(&says.witness)),
            of(|says| says.size.to_string()),
            remark.unwrap_or_default(),
        ]);
    }
    let values = [("covered", status.covered.into()), ("size", status.size.into())];
    format!("{}\n{}\n{key}\n", table.text(), message(language, "cli-witnesses-covered", &values))
}
