//! What every command works at: the options that all share, the case behind them, the answer.
//!
//! Keeps: the passphrase is asked for only once the case was found; with `--json` nothing but one object goes to standard
//! output. Does not know: what a command does.

use crate::failure::Failure;
use crate::progress::Line;
use crate::{screen, secret, stop, whereabouts};
use casemate_app::{Session, Tools, Watch};
use casemate_vault::{Access, Status};
use casemate_words::{Language, message};
use serde::Serialize;
use std::io::{Write, stderr};
use std::path::{Path, PathBuf};

/// Options of every command.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Options of every command")]
pub struct Shared {
    /// The case's folder; without it, the nearest folder above that holds casemate.toml
    #[arg(long, global = true, env = "CASEMATE_CASE", hide_env_values = true, value_name = "DIR")]
    case: Option<PathBuf>,

    /// Read the passphrase from this file instead of asking for it
    #[arg(long, global = true, env = "CASEMATE_PASSPHRASE_FILE", hide_env_values = true, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,

    /// Answer with one JSON object
    #[arg(long, global = true)]
    json: bool,

    /// Language of answers: fr, en or zh; without it, that of the environment
    #[arg(long, global = true, value_name = "LANG", value_parser = language)]
    lang: Option<Language>,
}

fn language(name: &str) -> Result<Language, String> {
    Language::parse(name).ok_or_else(|| "fr, en or zh".to_owned())
}

/// How recordings are read: options of the commands that do.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Engine {
    /// Folder of the models; without it, models/ or .setup/models beside or above the program
    #[arg(long, env = "CASEMATE_MODELS", hide_env_values = true, value_name = "DIR")]
    models: Option<PathBuf>,

    /// The speech model: a name in the models' folder, or a path
    #[arg(long, value_name = "PATH")]
    model: Option<PathBuf>,

    /// Workers at a time; without it, one for each core
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
}

impl Engine {
    /// The programs, with these options.
    pub fn tools(&self) -> Tools {
        whereabouts::tools(self.models.as_deref(), self.model.as_deref(), self.jobs.map(usize::from))
    }
}

/// Where the models lie: for the commands that use one and read no recording.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Models {
    /// Folder of the models; without it, models/ or .setup/models beside or above the program
    #[arg(long, env = "CASEMATE_MODELS", hide_env_values = true, value_name = "DIR")]
    models: Option<PathBuf>,
}

impl Models {
    /// The engine with these models.
    pub fn engine(&self) -> Engine {
        Engine { models: self.models.clone(), ..Engine::default() }
    }
}

/// The desk.
pub struct Desk {
    shared: Shared,
    language: Language,
}

impl Desk {
    /// Set up for one command.
    pub fn new(shared: Shared) -> Self {
        let language = shared.lang.unwrap_or_else(|| Language::of_environment(|name| std::env::var(name).ok()));
        Self { shared, language }
    }

    /// The language of answers.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Whether the answer is JSON.
    pub fn json(&self) -> bool {
        self.shared.json
    }

    /// The passphrase file that was named.
    pub fn passphrase_file(&self) -> Option<&Path> {
        self.shared.passphrase_file.as_deref()
    }

    /// The case's folder.
    ///
    /// # Errors
    /// There is none.
    pub fn case(&self) -> Result<PathBuf, Failure> {
        whereabouts::case(self.shared.case.as_deref())
    }

    /// The case, opened for reading.
    ///
    /// # Errors
    /// As [`Desk::open`].
    pub fn read(&self) -> Result<Session, Failure> {
        self.read_with(&Engine::default())
    }

    /// The case, opened for reading, with programs and models.
    ///
    /// # Errors
    /// As [`Desk::open`].
    pub fn read_with(&self, engine: &Engine) -> Result<Session, Failure> {
        self.open(&self.case()?, Access::Read, engine.tools())
    }

    /// The case, opened for writing.
    ///
    /// # Errors
    /// As [`Desk::open`].
    pub fn write(&self) -> Result<Session, Failure> {
        self.write_with(&Engine::default())
    }

    /// The case, opened for writing, with programs to read by.
    ///
    /// # Errors
    /// As [`Desk::open`].
    pub fn write_with(&self, engine: &Engine) -> Result<Session, Failure> {
        self.open(&self.case()?, Access::Write, engine.tools())
    }

    /// Opens the case at `root`.
    ///
    /// # Errors
    /// No passphrase, a wrong one, another writer, damage.
    pub fn open(&self, root: &Path, access: Access, tools: Tools) -> Result<Session, Failure> {
        let passphrase = secret::existing(self.passphrase_file(), self.language)?;
        let session = Session::open(whereabouts::place(root)?, &passphrase, access, tools)?;
        self.warn_of_damage(&session);
        Ok(session)
    }

    /// What is shown of a damaged case is what could be read: that must be said wherever it is shown.
    fn warn_of_damage(&self, session: &Session) {
        let failed = session.vault().findings().iter().filter(|f| f.status == Status::Failed).count();
        let count = failed + session.damaged().len();
        if count > 0 {
            let text = message(self.language, "cli-damaged-warning", &[("count", count.into())]);
            writeln!(stderr(), "casemate: {text}").ok();
        }
    }

    /// Does long work with a line of progress and an ear for Ctrl-C.
    pub fn watched<R>(&self, work: impl FnOnce(&Watch<'_>) -> R) -> R {
        let line = Line::new(self.language, false);
        stop::listen(self.language);
        let tell = |progress| line.tell(&progress);
        work(&Watch { tell: &tell, stop: stop::flag() })
    }

    /// The answer: JSON where asked for, else the text.
    ///
    /// # Errors
    /// It can't be written.
    pub fn answer<T: Serialize>(&self, reply: &T, text: impl FnOnce() -> String) -> Result<(), Failure> {
        if self.json() { screen::json(reply) } else { screen::write(&text()) }
    }
}
