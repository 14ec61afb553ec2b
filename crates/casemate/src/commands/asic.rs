//! `casemate asic`: a bundle in a container that European tools of signatures open (ASiC-E), with a time-stamp over it.
//!
//! Keeps: a connection is opened to what `--url` names and to nothing else; without it question and answer travel as files; needs no case. Does not know: which
//! authority deserves trust.

use super::timestamp::{Asked, Given, Reach, announce, bounded, checked, kept_beside};
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::screen;
use casemate_app::asic::{AsicQuestion, AsicReply, QUESTION_BYTES_MAX, contain, online};
use casemate_app::timestamp::Answer;
use casemate_app::{Held, disclose};
use casemate_stamp::TOKEN_BYTES_MAX;
use casemate_words::{Language, message};
use clap::ArgGroup;
use serde::Serialize;
use std::path::{Path, PathBuf};

const AFTER: &str = "\
Examples:
  casemate asic court.zip --to court.asice --url https://tsa.example/ --tsa-root root.pem
  casemate asic court.zip --request-file q.tsq                  on a machine that never goes online; then, on another:
  curl -H 'Content-Type: application/timestamp-query' --data-binary @q.tsq -o q.tsr https://tsa.example/
  casemate asic court.zip --request-file q.tsq --response-file q.tsr --to court.asice

ASiC-E (ETSI EN 319 162-1) is the container of electronic signatures under eIDAS. The bundle stands in it as it is, as bundle.zip; the token covers a
manifest that names it by its SHA-256. It says when this bundle existed, and nothing of what is in it: that the bundle itself proves.

What --url sends: one request with the SHA-256 of that manifest and a random number. Whoever has the bundle can tell that it was asked about.";

/// Put a bundle into a container of European signatures (ASiC-E), with a time-stamp over it; needs no case.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
#[command(group = ArgGroup::new("asked").args(["url", "request_file"]).required(true))]
#[command(group = ArgGroup::new("reply").args(["url", "response_file"]).multiple(true))]
pub struct Asic {
    /// The bundle
    #[arg(value_name = "BUNDLE")]
    bundle: PathBuf,

    /// The container to make; it must not exist
    #[arg(long, value_name = "FILE", required_unless_present = "request_file")]
    to: Option<PathBuf>,

    /// Ask this authority now, http:// or https://: this opens a connection
    #[arg(long, value_name = "URL")]
    url: Option<String>,

    #[command(flatten)]
    reach: Reach,

    /// The request: written, or with --response-file read again
    #[arg(long, value_name = "FILE")]
    request_file: Option<PathBuf>,

    /// The authority's answer to that request
    #[arg(long, value_name = "FILE", requires = "request_file", requires = "to")]
    response_file: Option<PathBuf>,

    /// Ask for a stamp under this policy, an object identifier
    #[arg(long, value_name = "OID", conflicts_with = "response_file")]
    policy: Option<String>,

    #[command(flatten)]
    given: Given,
}

/// A container that was made.
#[derive(Serialize)]
struct Made<'a> {
    file: String,
    #[serde(flatten)]
    says: &'a AsicReply,
}

impl Asic {
    /// Does it.
    ///
    /// # Errors
    /// A bundle that does not hold; an authority that does not answer; an answer that does not hold; a file that exists.
    pub fn run(&self, desk: &Desk) -> Result<Exit, Failure> {
        let bundle = Held::on_disk(&self.bundle);
        let given = self.given.read()?;
        match (&self.url, &self.request_file, &self.response_file, &self.to) {
            (Some(url), _, _, Some(to)) => {
                let request = self.reach.request(vec![url.clone()], self.policy.clone(), given)?;
                let says = |address: &str| announce(desk, "cli-asic-sends", address);
                let made = desk.watched(|watch| online(&bundle, &request, to, &says, watch))?;
                told(desk, to, &made)
            }
            (_, Some(request), Some(response), Some(to)) => {
                disclose::check_destination(to)?;
                let question = AsicQuestion::from_bytes(&bounded(&kept_beside(request), QUESTION_BYTES_MAX)?)?;
                let answer = Answer { answer: bounded(response, TOKEN_BYTES_MAX as u64)?, ..given };
                let made = desk.watched(|watch| contain(&bundle, &question, &answer, to, watch))?;
                told(desk, to, &made)
            }
            (_, Some(request), None, _) => self.ask(desk, &bundle, request),
            _ => Err(Failure::Usage("asic-to")),
        }
    }

    fn ask(&self, desk: &Desk, bundle: &Held, request: &Path) -> Result<Exit, Failure> {
        let question = AsicQuestion::about(bundle, self.policy.as_deref())?;
        Asked::write(desk, request, &question.request(), &question.to_bytes()?)
    }
}

fn told(desk: &Desk, to: &Path, made: &AsicReply) -> Result<Exit, Failure> {
    let file = to.display().to_string();
    desk.answer(&Made { file: file.clone(), says: made }, || text(&file, made, desk.language()))?;
    Ok(Exit::Done)
}

fn text(file: &str, made: &AsicReply, language: Language) -> String {
    let values = [
        ("file", file.into()),
        ("time", screen::plain(&made.says.time).into()),
        ("authority", screen::plain(&made.says.authority).into()),
        ("until", screen::plain(&made.says.valid_until).into()),
    ];
    let line = |id: &str| message(language, id, &values) + "\n";
    line("cli-asic") + &checked(&made.says, language) + &line("cli-asic-until")
}
