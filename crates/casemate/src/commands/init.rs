//! `casemate init`: a new, empty case and its passphrase.
//!
//! Keeps: a folder that holds anything is refused; a passphrase made here is shown once and kept nowhere. Does not know:
//! formats.

use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::{secret, whereabouts};
use casemate_store_local::{LocalStore, Surroundings, surroundings};
use casemate_vault::{Kdf, Passphrase};
use casemate_words::{Language, message};
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const AFTER: &str = "\
Examples:
  casemate init case
  casemate init case --generate                 makes a passphrase of seven words and prints it
  casemate init case --passphrase-file secret.txt";

/// Make a new, empty case.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub struct Init {
    /// The folder to make; if it exists, it must be empty
    dir: PathBuf,

    /// Make a passphrase of seven words, print it, ask nothing
    #[arg(long, conflicts_with = "passphrase_file")]
    generate: bool,
}

#[derive(Serialize)]
struct Made<'a> {
    case: String,
    folder: &'a Path,
    #[serde(skip_serializing_if = "Option::is_none")]
    passphrase: Option<&'a str>,
    warnings: Vec<String>,
}

impl Init {
    /// Does it.
    ///
    /// # Errors
    /// A folder with something in it; no passphrase.
    pub fn run(&self, desk: &Desk) -> Result<Exit, Failure> {
        let language = desk.language();
        if whereabouts::is_case(&self.dir) {
            return Err(casemate_vault::VaultError::CaseExists.into());
        }
        let store = Arc::new(LocalStore::create(&self.dir)?);
        let generate = || Ok(casemate_app::session::generate_passphrase()?);
        let (passphrase, made) = match self.generate {
            true => (generate()?, true),
            false => secret::fresh(desk.passphrase_file(), language, generate)?,
        };
        let case = casemate_app::session::init(store, &passphrase, Kdf::STANDARD)?.to_string();
        let shown = (self.generate && made).then(|| passphrase.reveal());
        let warnings = warnings(&self.dir, language);
        let reply = Made { case, folder: &self.dir, passphrase: shown, warnings };
        desk.answer(&reply, || text(&reply, language))?;
        Ok(Exit::Done)
    }
}

fn text(made: &Made<'_>, language: Language) -> String {
    let path = made.folder.display().to_string();
    let mut lines =
        vec![message(language, "cli-init-done", &[("path", path.into()), ("case", made.case.as_str().into())])];
    if let Some(passphrase) = made.passphrase {
        lines.push(message(language, "cli-init-passphrase", &[("passphrase", passphrase.into())]));
    }
    lines.push(message(language, "cli-init-lost", &[]));
    lines.extend(made.warnings.iter().cloned());
    lines.join("\n") + "\n"
}

/// What makes the folder's place less safe.
pub fn warnings(dir: &Path, language: Language) -> Vec<String> {
    let words = |s: &Surroundings| match s {
        Surroundings::Network => message(language, "cli-place-network", &[]),
        Surroundings::Synced => message(language, "cli-place-synced", &[]),
        Surroundings::Volatile => message(language, "cli-place-volatile", &[]),
        _ => message(language, "cli-place-not-checked", &[]),
    };
    surroundings(dir).iter().map(words).collect()
}

/// A new case for the demo, under a passphrase made here.
///
/// # Errors
/// As [`Init::run`].
pub fn generated(dir: &Path) -> Result<(String, Passphrase), Failure> {
    let store = Arc::new(LocalStore::create(dir)?);
    let passphrase = casemate_app::session::generate_passphrase()?;
    let case = casemate_app::session::init(store, &passphrase, Kdf::STANDARD)?;
    Ok((case.to_string(), passphrase))
}
