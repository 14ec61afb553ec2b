//! `casemate metadata`: describes a bundle in the words of archives and laboratories, for a file that lies beside it.
//!
//! Keeps: a bundle that fails its verification is not described; needs no case. Does not know: the vocabularies.

use super::timestamp::write_new;
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::screen;
use casemate_app::Held;
use casemate_app::metadata::{Vocabulary, describe};
use casemate_words::message;
use std::path::PathBuf;

const AFTER: &str = "\
Examples:
  casemate metadata court.zip --form ro-crate --to ro-crate-metadata.json
  casemate metadata court.zip --form case-uco --to court.case.jsonld
  casemate metadata court.zip --form case-uco | jq '.[\"@graph\"] | length'

RO-Crate 1.1 is what archives and data repositories take; CASE/UCO 1.4 what laboratories of digital
evidence exchange. Both are JSON-LD, lie beside the bundle and prove nothing: the bundle does.
Recipient, purpose and titles stand in them as in the bundle.";

/// Describe a bundle for archives (RO-Crate) or laboratories (CASE/UCO).
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub struct Metadata {
    /// The bundle
    #[arg(value_name = "BUNDLE")]
    bundle: PathBuf,

    /// ro-crate or case-uco
    #[arg(long, value_name = "FORM", value_parser = vocabulary)]
    form: Vocabulary,

    /// The file to make; without it, standard output
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
}

fn vocabulary(word: &str) -> Result<Vocabulary, String> {
    match word {
        "ro-crate" => Ok(Vocabulary::RoCrate),
        "case-uco" => Ok(Vocabulary::CaseUco),
        _ => Err("ro-crate or case-uco".to_owned()),
    }
}

impl Metadata {
    /// Does it.
    ///
    /// # Errors
    /// A bundle that does not hold; a file that exists.
    pub fn run(&self, desk: &Desk) -> Result<Exit, Failure> {
        let document = describe(&Held::on_disk(&self.bundle), self.form)?;
        let Some(to) = &self.to else {
            screen::json(&document)?;
            return Ok(Exit::Done);
        };
        // Strings and numbers alone: there is nothing in it that JSON can't hold.
        let text = serde_json::to_string_pretty(&document).unwrap_or_default() + "\n";
        write_new(to, text.as_bytes())?;
        let file = to.display().to_string();
        desk.answer(&serde_json::json!({ "file": file }), || {
            message(desk.language(), "cli-metadata", &[("file", file.clone().into())]) + "\n"
        })?;
        Ok(Exit::Done)
    }
}
