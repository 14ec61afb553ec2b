//! `casemate completions` and `casemate man`: made from the one definition of the command line.
//!
//! Keeps: nothing in them is written by hand. Does not know: the definition; it is given.

use crate::exit::Exit;
use crate::failure::Failure;
use crate::screen;
use clap_complete::Shell;
use std::path::PathBuf;

/// Print completions for a shell.
#[derive(Debug, clap::Args)]
pub struct Completions {
    /// bash, zsh, fish, elvish or powershell
    #[arg(value_enum)]
    shell: Shell,
}

/// Print the manual page.
#[derive(Debug, clap::Args)]
pub struct Man {
    /// Write a page for each command into this folder
    dir: Option<PathBuf>,
}

impl Completions {
    /// Does it.
    ///
    /// # Errors
    /// Standard output is gone.
    pub fn run(&self, definition: &mut clap::Command) -> Result<Exit, Failure> {
        let mut text = Vec::new();
        clap_complete::generate(self.shell, definition, "casemate", &mut text);
        screen::write(&String::from_utf8_lossy(&text))?;
        Ok(Exit::Done)
    }
}

impl Man {
    /// Does it.
    ///
    /// # Errors
    /// The folder can't be written.
    pub fn run(&self, definition: clap::Command) -> Result<Exit, Failure> {
        match &self.dir {
            Some(dir) => {
                std::fs::create_dir_all(dir).map_err(Failure::file(dir))?;
                clap_mangen::generate_to(definition, dir).map_err(Failure::file(dir))?;
            }
            None => {
                let mut page = Vec::new();
                clap_mangen::Man::new(definition).render(&mut page).map_err(Failure::Output)?;
                screen::write(&String::from_utf8_lossy(&page))?;
            }
        }
        Ok(Exit::Done)
    }
}
