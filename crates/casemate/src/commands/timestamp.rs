//! `casemate timestamp`: have the log's newest checkpoint stamped by time-stamping authorities, and list what they have stamped.
//!
//! Keeps: a connection is opened to what `--url` names and to nothing else, and what is sent is said before; without it question and answer travel as
//! files, by whatever way and machine the user likes. Does not know: which authority deserves trust.

mod told;

pub use told::checked;

use crate::advice::{self, Told};
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::screen;
use casemate_app::AppError;
use casemate_app::timestamp::{
    self, Answer, AskedOne, OnlineRequest, QUESTION_BYTES_MAX, Question, StampState, TimestampReply,
};
use casemate_stamp::{PEM_BYTES_MAX, TOKEN_BYTES_MAX, pem};
use casemate_words::message;
use clap::ArgGroup;
use serde::Serialize;
use std::cell::RefCell;
use std::fs::File;
use std::io::{Read, Write, stderr};
use std::path::{Path, PathBuf};

const AFTER: &str = "\
Examples:
  casemate timestamp --url https://tsa.example/ --url https://other.example/tsr --tsa-root root.pem
  casemate timestamp                                            what was stamped, by whom, until when it is good
  casemate timestamp --request-file q.tsq                       on a machine that never goes online; then, on another:
  curl -H 'Content-Type: application/timestamp-query' --data-binary @q.tsq -o q.tsr https://tsa.example/
  casemate timestamp --request-file q.tsq --response-file q.tsr --tsa-root root.pem

What --url will send: one request with a salted SHA-256 of the signed head of the log, a random number, and the policy if one is asked for. Nothing of
the case is in it, not even its number, and no name of a program. The authority, and whoever watches the line, learns that this machine's address asked, unless --proxy hides it;
over http:// they also see the request, and may know it again once a bundle with the answer is published. A redirection is not followed.

Beside q.tsq the file q.tsq.kept is written: keep it until the answer is recorded.

A stamp is good as long as the certificates behind it. A new one over the newest head renews all before it, since the log holds them: have one made when
the list says ageing.";

/// What is kept until the answer comes lies beside the request, under this ending.
const KEPT: &str = ".kept";

/// Have the log stamped by time-stamping authorities (RFC 3161), or list what they have stamped.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
#[command(group = ArgGroup::new("question").args(["url", "request_file"]).multiple(true))]
#[command(group = ArgGroup::new("reply").args(["url", "response_file"]).multiple(true))]
pub struct Timestamp {
    /// Ask this authority now, http:// or https://: this opens a connection; several for several stamps of one head
    #[arg(long, value_name = "URL", conflicts_with = "request_file")]
    url: Vec<String>,

    #[command(flatten)]
    reach: Reach,

    /// The request: written, or with --response-file read again
    #[arg(long, value_name = "FILE")]
    request_file: Option<PathBuf>,

    /// The authority's answer to that request: verified and recorded
    #[arg(long, value_name = "FILE", requires = "request_file")]
    response_file: Option<PathBuf>,

    /// Ask for a stamp under this policy, an object identifier
    #[arg(long, value_name = "OID", conflicts_with = "response_file", requires = "question")]
    policy: Option<String>,

    #[command(flatten)]
    given: Given,
}

/// How an authority is reached.
#[derive(Debug, clap::Args)]
pub struct Reach {
    /// Ask by way of this proxy: socks5h:// (looks names up there, as Tor's does), socks5:// or http://
    #[arg(long, value_name = "URL", env = "ALL_PROXY", hide_env_values = true)]
    proxy: Option<String>,

    /// Believe https:// under this root alone, PEM or DER; without it, under those of Mozilla's list; may be repeated
    #[arg(long, value_name = "FILE", requires = "url")]
    tls_root: Vec<PathBuf>,
}

impl Reach {
    /// A request to authorities.
    pub fn request(
        &self,
        addresses: Vec<String>,
        policy: Option<String>,
        given: Answer,
    ) -> Result<OnlineRequest, Failure> {
        let tls_roots = all(&self.tls_root, pem::certificates)?;
        Ok(OnlineRequest { addresses, proxy: self.proxy.clone(), tls_roots, policy, given })
    }
}

/// What is given with an authority's answer.
#[derive(Debug, clap::Args)]
pub struct Given {
    /// A root certificate of an authority that you trust, PEM or DER; may be repeated
    #[arg(long, value_name = "FILE")]
    tsa_root: Vec<PathBuf>,

    /// Certificates to keep beside the token, PEM or DER; may be repeated
    #[arg(long, value_name = "FILE", requires = "reply")]
    certificates: Vec<PathBuf>,

    /// Revocation lists to keep beside the token, PEM or DER; may be repeated
    #[arg(long, value_name = "FILE", requires = "reply")]
    crl: Vec<PathBuf>,
}

impl Given {
    /// As an answer without itself.
    pub fn read(&self) -> Result<Answer, Failure> {
        Ok(Answer {
            roots: all(&self.tsa_root, pem::certificates)?,
            certificates: all(&self.certificates, pem::certificates)?,
            lists: all(&self.crl, pem::lists)?,
            ..Answer::default()
        })
    }
}

/// A request that was written.
#[derive(Serialize)]
pub struct Asked {
    request: String,
    kept: String,
}

impl Asked {
    /// Writes a request, and beside it what must be kept until the answer comes.
    pub fn write(desk: &Desk, request: &Path, body: &[u8], kept: &[u8]) -> Result<Exit, Failure> {
        let beside = kept_beside(request);
        write_new(&beside, kept)?;
        write_new(request, body)?;
        let asked = Self { request: request.display().to_string(), kept: beside.display().to_string() };
        desk.answer(&asked, || {
            let values = [("file", asked.request.clone().into()), ("kept", asked.kept.clone().into())];
            message(desk.language(), "cli-timestamp-asked", &values) + "\n"
        })?;
        Ok(Exit::Done)
    }
}

/// What came of asking several authorities.
#[derive(Serialize)]
struct Several {
    asked: Vec<One>,
}

/// What came of asking one.
#[derive(Serialize)]
struct One {
    address: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    stamp: Option<TimestampReply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Told>,
}

impl Timestamp {
    /// Does it.
    ///
    /// # Errors
    /// Files that can't be read or are there already; authorities that don't answer; an answer that does not hold.
    pub fn run(&self, desk: &Desk) -> Result<Exit, Failure> {
        match (&self.request_file, &self.response_file) {
            _ if !self.url.is_empty() => self.online(desk),
            (Some(request), None) => self.ask(desk, request),
            (Some(request), Some(answer)) => self.record(desk, request, answer),
            (None, _) => self.list(desk),
        }
    }

    fn list(&self, desk: &Desk) -> Result<Exit, Failure> {
        let roots = self.given.read()?.roots;
        let session = desk.read()?;
        let status = timestamp::status(&session, &roots)?;
        session.close();
        desk.answer(&status, || told::status(&status, desk.language()))?;
        let refused = status.stamps.iter().any(|stamp| stamp.state == StampState::Refused);
        Ok(if refused { Exit::Refused } else { Exit::Done })
    }

    fn ask(&self, desk: &Desk, request: &Path) -> Result<Exit, Failure> {
        let mut session = desk.write()?;
        let question = timestamp::ask(&mut session, self.policy.as_deref())?;
        session.close();
        Asked::write(desk, request, &question.request(), &question.to_bytes()?)
    }

    fn record(&self, desk: &Desk, request: &Path, answer: &Path) -> Result<Exit, Failure> {
        let question = Question::from_bytes(&bounded(&kept_beside(request), QUESTION_BYTES_MAX)?)?;
        let answer = Answer { answer: bounded(answer, TOKEN_BYTES_MAX as u64)?, ..self.given.read()? };
        let mut session = desk.write()?;
        let reply = timestamp::record(&mut session, question, answer)?;
        session.close();
        desk.answer(&reply, || told::stamp(&reply, desk.language()))?;
        Ok(Exit::Done)
    }

    fn online(&self, desk: &Desk) -> Result<Exit, Failure> {
        let request = self.reach.request(self.url.clone(), self.policy.clone(), self.given.read()?)?;
        let mut session = desk.write()?;
        let case = RefCell::new(&mut session);
        let asked = desk.watched(|watch| {
            timestamp::online(&case, &request, &|address| announce(desk, "cli-timestamp-sends", address), watch)
        })?;
        session.close();
        answer(desk, asked)
    }
}

/// Says to people what goes out, before it does.
pub fn announce(desk: &Desk, what: &str, address: &str) {
    if desk.json() {
        return;
    }
    let text = message(desk.language(), what, &[("address", screen::plain(address).into())]);
    writeln!(stderr(), "{text}").ok();
}

/// Of one authority as of any other command; of several, what came of each.
fn answer(desk: &Desk, mut asked: Vec<AskedOne>) -> Result<Exit, Failure> {
    if asked.len() == 1
        && let Some(one) = asked.pop()
    {
        let reply = one.result?;
        desk.answer(&reply, || told::stamp(&reply, desk.language()))?;
        return Ok(Exit::Done);
    }
    let one = |AskedOne { address, result }| {
        let (stamp, error) = match result {
            Ok(reply) => (Some(reply), None),
            Err(error) => (None, Some(advice::told_of(&error, desk.language()))),
        };
        One { address, stamp, error }
    };
    let several = Several { asked: asked.into_iter().map(one).collect() };
    desk.answer(&several, || {
        let text = |one: &One| told::one(&one.address, one.stamp.as_ref(), one.error.as_ref(), desk.language());
        several.asked.iter().map(text).collect::<Vec<_>>().join("\n")
    })?;
    Ok(if several.asked.iter().any(|one| one.error.is_some()) { Exit::Refused } else { Exit::Done })
}

/// Where what is kept of a request lies.
pub fn kept_beside(request: &Path) -> PathBuf {
    let mut name = request.to_path_buf().into_os_string();
    name.push(KEPT);
    name.into()
}

/// Writes a file that must not be there yet.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut file = File::options().write(true).create_new(true).open(path).map_err(Failure::file(path))?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(Failure::file(path))
}

/// A file, and one byte more than the limit at most: what is longer is refused by who reads it.
pub fn bounded(path: &Path, most: u64) -> Result<Vec<u8>, Failure> {
    let file = File::open(path).map_err(Failure::file(path))?;
    let mut bytes = Vec::new();
    file.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(Failure::file(path))?;
    Ok(bytes)
}

/// The blocks of several files.
pub fn all(paths: &[PathBuf], read: fn(&[u8]) -> pem::Blocks) -> Result<Vec<Vec<u8>>, Failure> {
    let mut found = Vec::new();
    for path in paths {
        found.extend(read(&bounded(path, PEM_BYTES_MAX as u64)?).map_err(AppError::from)?);
    }
    Ok(found)
}
