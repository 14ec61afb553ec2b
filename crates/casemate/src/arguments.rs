//! The one definition of the command line: help, manual page and completions come from it.
//!
//! Keeps: every command has a line of help and examples. Does not know: what a command does.

use crate::commands::{
    asic, audit, demo, disclose, doctor, exhibits, export, heard, init, intake, metadata, narrow, ocr, person, redact,
    search, serve, shell, timestamp, verify, witness,
};
use crate::desk::{Desk, Shared};
use crate::exit::Exit;
use crate::failure::Failure;
use clap::{CommandFactory, Parser, Subcommand};

const AFTER: &str = "\
A first case:
  casemate init case                        asks for a passphrase, or makes one
  cd case
  casemate add ~/phone                      seals, reads, transcribes; names what it could not read
  casemate search passport                  every hit opens its second, line or message
  casemate disclose --profile court --to court.zip --recipient 'Court of Appeal' --purpose 'annex to our brief' 1 4
  casemate verify court.zip                 what the other side will see

Exit codes: 0 done, 1 refused or a failed finding, 2 usage, 3 locked or wrong passphrase, 4 damaged case.";

/// The evidence system for a person whom a state pursues abroad, and for those who defend them.
///
/// A case is a folder. Whatever is added to it is sealed and encrypted; its bytes never change. Nothing in a case can be
/// read without its passphrase, and no network connection is ever opened.
#[derive(Debug, Parser)]
#[command(name = "casemate", version, after_help = AFTER, arg_required_else_help = true, max_term_width = 110)]
#[command(propagate_version = true)]
pub struct Cli {
    /// Options of every command.
    #[command(flatten)]
    pub shared: Shared,
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a new, empty case
    Init(init::Init),
    /// Seal files and folders, read them, transcribe recordings
    Add(intake::Add),
    /// Transcribe recordings that have no transcript yet; goes on where it was stopped
    Transcribe(intake::Transcribe),
    /// Read the text in pictures and scans that was not read yet; goes on where it was stopped
    Ocr(ocr::Ocr),
    /// List the exhibits
    Ls(exhibits::Ls),
    /// Show one exhibit: what it is, what was made from it, who did what with it
    Show(exhibits::Show),
    /// Read the text of an exhibit
    Read(exhibits::Read),
    /// Search all texts
    Search(search::Search),
    /// People: names, aliases, consents
    Person(person::Person),
    /// Record that somebody has listened to a recording
    Heard(heard::Heard),
    /// Plan what is withheld from an exhibit, and review it
    Redact(redact::Redact),
    /// Make a bundle for a court or a newspaper
    Disclose(disclose::Disclose),
    /// Pass a bundle on with more withheld; needs no case
    Narrow(narrow::Narrow),
    /// Describe a bundle for archives or laboratories, in a file beside it
    Metadata(metadata::Metadata),
    Asic(asic::Asic),
    /// Look for what a document holds and does not show, before it leaves
    Audit(audit::Audit),
    /// Verify a bundle, or a whole case
    Verify(verify::Verify),
    /// Have the newest checkpoint of the log stamped by a time-stamping authority
    Timestamp(timestamp::Timestamp),
    /// Have the newest checkpoint of the log cosigned by a witness
    Witness(witness::Witness),
    /// Show the custody log
    Log(exhibits::Log),
    /// Write the originals out, byte for byte, or name the keys that a stock age opens them with
    Export(export::Export),
    /// Open the case in the browser of this machine
    Serve(serve::Serve),
    /// Lock the case that serve holds open
    Lock(serve::Lock),
    /// Check this machine and the case's place
    Doctor(doctor::Doctor),
    /// Take a fictional case through the whole job
    Demo(demo::Demo),
    /// Print completions for a shell
    #[command(hide = true)]
    Completions(shell::Completions),
    /// Print the manual page, or write one for each command
    #[command(hide = true)]
    Man(shell::Man),
}

impl Command {
    /// Does it.
    ///
    /// # Errors
    /// What the command says.
    pub fn run(&self, desk: &Desk) -> Result<Exit, Failure> {
        match self {
            Self::Init(c) => c.run(desk),
            Self::Add(c) => c.run(desk),
            Self::Transcribe(c) => c.run(desk),
            Self::Ocr(c) => c.run(desk),
            Self::Ls(c) => c.run(desk),
            Self::Show(c) => c.run(desk),
            Self::Read(c) => c.run(desk),
            Self::Search(c) => c.run(desk),
            Self::Person(c) => c.run(desk),
            Self::Heard(c) => c.run(desk),
            Self::Redact(c) => c.run(desk),
            Self::Disclose(c) => c.run(desk),
            Self::Narrow(c) => c.run(desk),
            Self::Metadata(c) => c.run(desk),
            Self::Asic(c) => c.run(desk),
            Self::Audit(c) => c.run(desk),
            Self::Verify(c) => c.run(desk),
            Self::Timestamp(c) => c.run(desk),
            Self::Witness(c) => c.run(desk),
            Self::Log(c) => c.run(desk),
            Self::Export(c) => c.run(desk),
            Self::Serve(c) => c.run(desk),
            Self::Lock(c) => c.run(desk),
            Self::Doctor(c) => c.run(desk),
            Self::Demo(c) => c.run(desk),
            Self::Completions(c) => c.run(&mut Cli::command()),
            Self::Man(c) => c.run(Cli::command()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_holds_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_has_help_and_examples() {
        for command in Cli::command().get_subcommands().filter(|c| !c.is_hide_set()) {
            assert!(command.get_about().is_some(), "{}", command.get_name());
            let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(
                after.contains(&format!("casemate {}", command.get_name())),
                "{} has no example",
                command.get_name()
            );
        }
    }
}
