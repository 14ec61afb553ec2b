//! The language-neutral vectors are there, and the tests read them.
//!
//! Keeps: `tests/vectors` is not empty; each of its folders and loose files is named by a Rust test.
//! Does not know: what a vector says.

use std::collections::BTreeSet;

use crate::fault::Fault;
use crate::report::{Outcome, Problem};
use crate::workspace::Workspace;

const FOLDER: &str = "tests/vectors/";

pub fn run(workspace: &Workspace) -> Result<Outcome, Fault> {
    let files: Vec<&String> = workspace.files()?.iter().filter(|path| path.starts_with(FOLDER)).collect();
    let sources = workspace.sources()?;
    let texts: Vec<&str> = sources.iter().map(|source| source.text.as_str()).collect();
    Ok(judge(&files, &texts))
}

fn judge(files: &[&String], sources: &[&str]) -> Outcome {
    let tops: BTreeSet<&str> = files
        .iter()
        .filter_map(|path| path.strip_prefix(FOLDER)?.split('/').next())
        .filter(|name| !name.ends_with(".md"))
        .collect();
    if tops.is_empty() {
        return Outcome::Failed(vec![Problem::new(FOLDER, "holds no vector")]);
    }
    let unread = tops.iter().filter(|name| {
        let path = format!("vectors/{name}");
        !sources
            .iter()
            .any(|text| text.contains(&path) || (text.contains("vectors") && text.contains(&format!("\"{name}\""))))
    });
    let problems = unread.map(|name| Problem::new(format!("{FOLDER}{name}"), "no test names it")).collect();
    Outcome::of(problems, format!("{} files in {} sets", files.len(), tops.len()))
}

#[cfg(test)]
mod tests {
    use super::{Outcome, judge};

    #[test]
    fn a_vector_that_no_test_names_is_found() {
        let files = ["tests/vectors/entry/a.json".to_owned(), "tests/vectors/zip/b.bin".to_owned()];
        let files: Vec<&String> = files.iter().collect();
        let outcome = judge(&files, &["const FOLDER: &str = \"tests/vectors/entry\";"]);
        let Outcome::Failed(problems) = outcome else { panic!("{outcome:?}") };
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].place, "tests/vectors/zip");
        assert!(judge(&[], &[]).is_failure());
        assert!(!judge(&files, &["vectors/entry", "join(\"vectors\").join(\"zip\")"]).is_failure());
    }
}
