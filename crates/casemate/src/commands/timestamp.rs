//! `casemate timestamp`: ask a time-stamping authority about the log's newest checkpoint, and record its answer.
//!
//! Keeps: opens no connection: question and answer travel as files, by whatever way and machine the user likes. Does not know: which authority deserves trust.

use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::screen;
use casemate_app::AppError;
use casemate_app::timestamp::{self, Answer, QUESTION_BYTES_MAX, Question, TimestampReply};
use casemate_stamp::{PEM_BYTES_MAX, Refusal, TOKEN_BYTES_MAX, pem};
use casemate_words::{Language, message};
use serde::Serialize;
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

const AFTER: &str = "\
Examples:
  casemate timestamp --request-file q.tsq
  curl -H 'Content-Type: application/timestamp-query' --data-binary @q.tsq -o q.tsr http://tsa.example/
  casemate timestamp --request-file q.tsq --response-file q.tsr --tsa-root root.pem

The request tells the authority nothing of the case. Beside it q.tsq.kept is written: keep it until the answer is recorded.";

/// What is kept until the answer comes lies beside the request, under this ending.
const KEPT: &str = ".kept";

/// Have the log's newest checkpoint stamped by a time-stamping authority (RFC 3161).
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub struct Timestamp {
    /// The request: written, or with --response-file read again
    #[arg(long, value_name = "FILE")]
    request_file: PathBuf,

    /// The authority's answer to that request: verified and recorded
    #[arg(long, value_name = "FILE")]
    response_file: Option<PathBuf>,

    /// Ask for a stamp under this policy, an object identifier
    #[arg(long, value_name = "OID", conflicts_with = "response_file")]
    policy: Option<String>,

    /// A root certificate that you trust, PEM or DER; may be repeated
    #[arg(long, value_name = "FILE", requires = "response_file")]
    tsa_root: Vec<PathBuf>,

    /// Certificates to keep beside the token, PEM or DER; may be repeated
    #[arg(long, value_name = "FILE", requires = "response_file")]
    certificates: Vec<PathBuf>,

    /// Revocation lists to keep beside the token, PEM or DER; may be repeated
    #[arg(long, value_name = "FILE", requires = "response_file")]
    crl: Vec<PathBuf>,
}

/// A request that was written.
#[derive(Serialize)]
struct Asked {
    request: String,
    kept: String,
}

impl Timestamp {
    /// Does it.
    ///
    /// # Errors
    /// Files that can't be read or are there already; an answer that does not hold.
    pub fn run(&self, desk: &Desk) -> Result<Exit, Failure> {
        match &self.response_file {
            None => self.ask(desk),
            Some(answer) => self.record(desk, answer),
        }
    }

    fn kept(&self) -> PathBuf {
        let mut name = self.request_file.clone().into_os_string();
        name.push(KEPT);
        name.into()
    }

    fn ask(&self, desk: &Desk) -> Result<Exit, Failure> {
        let mut session = desk.write()?;
        let question = timestamp::ask(&mut session, self.policy.as_deref())?;
        session.close();
        write_new(&self.kept(), &question.to_bytes()?)?;
        write_new(&self.request_file, &question.request())?;
        let asked = Asked { request: self.request_file.display().to_string(), kept: self.kept().display().to_string() };
        desk.answer(&asked, || {
            let values = [("file", asked.request.clone().into()), ("kept", asked.kept.clone().into())];
            message(desk.language(), "cli-timestamp-asked", &values)
        })?;
        Ok(Exit::Done)
    }

    fn record(&self, desk: &Desk, answer: &Path) -> Result<Exit, Failure> {
        let question = Question::from_bytes(&bounded(&self.kept(), QUESTION_BYTES_MAX)?)?;
        let answer = Answer {
            answer: bounded(answer, TOKEN_BYTES_MAX as u64)?,
            authority: None,
            roots: all(&self.tsa_root, pem::certificates)?,
            certificates: all(&self.certificates, pem::certificates)?,
            lists: all(&self.crl, pem::lists)?,
        };
        let mut session = desk.write()?;
        let reply = timestamp::record(&mut session, &question, answer)?;
        session.close();
        desk.answer(&reply, || text(&reply, desk.language()))?;
        Ok(Exit::Done)
    }
}

fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut file = File::options().write(true).create_new(true).open(path).map_err(Failure::file(path))?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(Failure::file(path))
}

/// A file, and one byte more than the limit at most: what is longer is refused by who reads it.
fn bounded(path: &Path, most: u64) -> Result<Vec<u8>, Failure> {
    let file = File::open(path).map_err(Failure::file(path))?;
    let mut bytes = Vec::new();
    file.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(Failure::file(path))?;
    Ok(bytes)
}

/// The blocks of several files.
pub fn all(paths: &[PathBuf], read: fn(&[u8]) -> Result<Vec<Vec<u8>>, Refusal>) -> Result<Vec<Vec<u8>>, Failure> {
    let mut found = Vec::new();
    for path in paths {
        found.extend(read(&bounded(path, PEM_BYTES_MAX as u64)?).map_err(AppError::from)?);
    }
    Ok(found)
}

fn text(reply: &TimestampReply, language: Language) -> String {
    let plain = |text: &str| screen::plain(text).into();
    let values = [
        ("time", plain(&reply.time)),
        ("size", reply.size.into()),
        ("authority", plain(&reply.authority)),
        ("root", plain(&reply.root)),
        ("until", plain(&reply.valid_until)),
    ];
    let line = |id: &str| message(language, id, &values) + "\n";
    let mut out = line("cli-timestamp");
    out += &line(if reply.pinned { "cli-timestamp-pinned" } else { "cli-timestamp-unpinned" });
    out += &match &reply.revocation_as_of {
        Some(at) => message(language, "cli-timestamp-not-revoked", &[("time", plain(at))]) + "\n",
        None => line("cli-timestamp-revocation-unchecked"),
    };
    if reply.states_qualified {
        out += &line("cli-timestamp-qualified");
    }
    out + &line("cli-timestamp-until")
}
