//! `casemate demo`: the fictional case taken through the whole job, each step with its time.
//!
//! Keeps: it does only what the other commands do, under the standard passphrase cost; a step that comes out otherwise
//! than planned is said so and ends with exit code 1. Does not know: the story, which is data.

mod plan;
mod play;
mod stage;
mod steps;

use crate::desk::{Desk, Engine};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::whereabouts;
use plan::Script;
use stage::Stage;
use std::path::PathBuf;

const AFTER: &str = "\
Examples:
  casemate demo /tmp/demo
  casemate demo /tmp/demo --lang fr

The folder then holds case/, court.zip, court-tampered.zip and press.zip; docs/demo.md walks through it.
Everything in it is fiction.";

/// Take a fictional case through the whole job.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub struct Demo {
    /// The folder to make; if it exists, it must be empty
    dir: PathBuf,

    /// The folder of the demo's files; without it, demo/ beside or above the program
    #[arg(long, value_name = "PATH")]
    demo: Option<PathBuf>,

    #[command(flatten)]
    engine: Engine,
}

impl Demo {
    /// Does it.
    ///
    /// # Errors
    /// The first step that could not be done.
    pub fn run(&self, desk: &Desk) -> Result<Exit, Failure> {
        let script = Script::read(&whereabouts::demo(self.demo.as_deref())?)?;
        let mut stage = Stage::new(desk);
        play::play(&mut stage, &script, &self.dir, self.engine.tools())?;
        stage.close()
    }
}
