//! `casemate ocr`: reads the text in pictures and scans that was not read yet.
//!
//! Keeps: every exhibit that was asked for is accounted for. Does not know: pictures.

use super::intake::{section, unread};
use crate::desk::{Desk, Engine};
use crate::exit::Exit;
use crate::failure::Failure;
use casemate_app::recognise::{self, OcrReply};
use casemate_words::{Language, message};
use std::cell::RefCell;

const AFTER: &str = "\
Examples:
  casemate ocr                                  every picture and scan whose text was not read yet
  casemate ocr 3 7";

/// Read the text in pictures and scans.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub struct Ocr {
    /// Numbers of exhibits; without any, every one that has text only to be seen
    #[arg(value_name = "EXHIBIT")]
    exhibits: Vec<String>,

    #[command(flatten)]
    engine: Engine,
}

impl Ocr {
    /// Does it.
    ///
    /// # Errors
    /// The use case's.
    pub fn run(&self, desk: &Desk) -> Result<Exit, Failure> {
        let mut session = desk.write_with(&self.engine)?;
        let find = |word: &String| Ok(session.exhibit(word)?.number);
        let numbers = self.exhibits.iter().map(find).collect::<Result<Vec<u64>, Failure>>()?;
        let reply = desk.watched(|watch| recognise::recognise(&RefCell::new(&mut session), &numbers, watch))?;
        session.close();
        desk.answer(&reply, || recognised(&reply, desk.language()))?;
        Ok(if reply.stopped { Exit::Refused } else { Exit::Done })
    }
}

fn recognised(reply: &OcrReply, language: Language) -> String {
    let mut out = message(language, "cli-recognised", &[("count", reply.recognised.into())]);
    out.push('\n');
    if !reply.not_recognised.is_empty() {
        let title = message(language, "cli-add-title-not-read", &[("count", reply.not_recognised.len().into())]);
        section(&mut out, title, &unread(&reply.not_recognised, language));
    }
    if reply.stopped {
        out.push_str(&format!("\n{}\n", message(language, "cli-ocr-stopped", &[])));
    }
    out
}
