//! Every Rust file opens by saying what it is for.
//!
//! Keeps: the first line of a file is a `//!` comment of at least `SHORTEST` characters.
//! Does not know: whether the words are true.

use crate::fault::Fault;
use crate::report::{Outcome, Problem};
use crate::workspace::Workspace;

const SHORTEST: usize = 20;

pub fn run(workspace: &Workspace) -> Result<Outcome, Fault> {
    let sources = workspace.sources()?;
    let mute = sources.iter().filter(|source| !says(&source.text));
    let problems = mute.map(|source| Problem::at(&source.path, 1, "opens without a `//!` that says what it is for"));
    Ok(Outcome::of(problems.collect(), format!("{} files", sources.len())))
}

fn says(text: &str) -> bool {
    text.lines().next().and_then(|line| line.strip_prefix("//! ")).is_some_and(|words| words.len() >= SHORTEST)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_file_must_open_with_its_purpose() {
        assert!(super::says("//! What leaves is counted before it leaves.\n"));
        assert!(!super::says("//! Types.\n") && !super::says("use a;\n//! What this is for, too late.\n"));
        assert!(!super::says(""));
    }
}
