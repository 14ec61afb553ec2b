//! `cargo xtask corpus`: builds the worker and what measures it, and runs that over the files of others.
//!
//! Keeps: the measure's exit code. Does not know: what is measured (`crates/media/examples/corpus`; search by meaning:
//! `crates/app/examples/meaning`).

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use crate::fault::Fault;
use crate::workspace::Workspace;

/// Where the files of others are, from the root of the workspace.
const DATA: &str = "../shared/data";
/// Where the models are, from there.
const MODELS: &str = ".setup/models";
/// The folder of the sentence encoder's model among the models.
const ENCODER: &str = "use-multilingual-3";
/// What is asked of search by meaning.
const QUESTIONS: &str = "benches/meaning.tsv";

/// Runs the measure; `options` are its own, behind the folder of the data where one is given.
pub fn measure(options: &[&str]) -> Result<ExitCode, Fault> {
    let workspace = Workspace::open()?;
    let (data, options) = match options {
        [first, rest @ ..] if !first.starts_with("--") => (PathBuf::from(first), rest),
        options => (given().unwrap_or_else(|| workspace.root().join(DATA)), options),
    };
    let meaning = options.windows(2).any(|pair| pair == ["--only", "meaning"]);
    let example = if meaning { "meaning" } else { "corpus" };
    let build = ["build", "--quiet", "--workspace", "--bin", "casemate-worker", "--example", example];
    if !ends_well("cargo", Command::new("cargo").current_dir(workspace.root()).args(build))? {
        return Ok(ExitCode::FAILURE);
    }
    let programs = workspace.metadata()?.target_directory.as_std_path().join("debug");
    let models = std::env::var_os("CASEMATE_MODELS").map_or_else(|| workspace.root().join(MODELS), PathBuf::from);
    let mut measure = Command::new(programs.join("examples").join(example));
    measure.arg(programs.join("casemate-worker"));
    if meaning {
        measure.arg(data).arg(models.join(ENCODER)).arg(workspace.root().join(QUESTIONS));
        measure.args(options.iter().filter(|option| **option == "--misses"));
    } else {
        measure.arg(models).arg(data).args(options);
    }
    Ok(if ends_well(example, &mut measure)? { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn given() -> Option<PathBuf> {
    std::env::var_os("CASEMATE_TEST_DATA").map(PathBuf::from)
}

fn ends_well(program: &str, command: &mut Command) -> Result<bool, Fault> {
    let status = command.status().map_err(|cause| Fault::Start { program: program.to_owned(), cause })?;
    Ok(status.success())
}
