//! The papers beside the code: the map names every crate, each part and each promise names its test.
//!
//! Keeps: a reference `path/file.rs` or `path/file.rs::function` in a table points to a file and a function that exist.
//! Does not know: whether the test proves what the paper says.

use crate::fault::Fault;
use crate::report::{Outcome, Problem};
use crate::workspace::Workspace;

const MAP: &str = "docs/architecture.md";
const PARTS: &str = "## Where each part lives";
const PROMISES: &str = "docs/promises.md";
const FORMATS: &str = "docs/format.md";
const FORMAT_PAGES: &str = "docs/format/";

/// What a reference may point to.
struct Tree<'a> {
    crates: Vec<String>,
    files: &'a [String],
    has_function: &'a dyn Fn(&str, &str) -> bool,
}

/// Every crate is named in the map; each row of the table of parts names a crate and a test that exist; the index of
/// the formats names each of its pages.
pub fn map(workspace: &Workspace) -> Result<Outcome, Fault> {
    let unlisted = unlisted(workspace.files()?, &workspace.text(FORMATS)?);
    with_tree(
        workspace,
        |tree, text| {
            let mut problems: Vec<Problem> = tree
                .crates
                .iter()
                .filter(|name| !text.contains(&format!("`{name}`")))
                .map(|name| Problem::new(MAP, format!("does not name `{name}`")))
                .collect();
            problems.extend(unlisted);
            let rows = rows(text, Some(PARTS));
            if rows.is_empty() {
                problems.push(Problem::new(MAP, format!("has no rows under {PARTS:?}")));
            }
            for (line, cells) in &rows {
                problems.extend(row_of_part(tree, *line, cells));
            }
            Outcome::of(problems, format!("{} crates, {} parts", tree.crates.len(), rows.len()))
        },
        MAP,
    )
}

/// Each row of the promises names in its last cell at least one test function that exists.
pub fn promises(workspace: &Workspace) -> Result<Outcome, Fault> {
    with_tree(
        workspace,
        |tree, text| {
            let rows = rows(text, None);
            let mut problems = Vec::new();
            for (line, cells) in &rows {
                problems.extend(references(tree, PROMISES, *line, cells.last().map_or("", String::as_str), true));
            }
            if rows.is_empty() {
                problems.push(Problem::new(PROMISES, "holds no promise"));
            }
            Outcome::of(problems, format!("{} promises", rows.len()))
        },
        PROMISES,
    )
}

fn with_tree(
    workspace: &Workspace,
    judge: impl FnOnce(&Tree<'_>, &str) -> Outcome,
    paper: &str,
) -> Result<Outcome, Fault> {
    let sources = workspace.sources()?;
    let has_function =
        |path: &str, name: &str| sources.iter().any(|source| source.path == path && source.has_function(name));
    let crates = workspace.metadata()?.workspace_packages().iter().map(|package| package.name.to_string()).collect();
    let tree = Tree { crates, files: workspace.files()?, has_function: &has_function };
    Ok(judge(&tree, &workspace.text(paper)?))
}

/// Pages of the formats that their index does not link to.
fn unlisted(files: &[String], index: &str) -> Vec<Problem> {
    let pages = files.iter().filter(|path| path.starts_with(FORMAT_PAGES) && path.ends_with(".md"));
    pages
        .filter(|path| !index.contains(&format!("({})", path.trim_start_matches("docs/"))))
        .map(|path| Problem::new(FORMATS, format!("does not link to {path}")))
        .collect()
}

/// The body rows of the Markdown tables, under one heading or in the whole paper, each with its line.
fn rows(text: &str, heading: Option<&str>) -> Vec<(usize, Vec<String>)> {
    let (mut inside, mut body, mut found) = (heading.is_none(), false, Vec::new());
    for (index, line) in text.lines().enumerate() {
        if line.starts_with("## ") && heading.is_some() {
            inside = heading == Some(line.trim());
        }
        let Some(cells) = line.trim().strip_prefix('|') else {
            body = false;
            continue;
        };
        let cells: Vec<String> = cells.trim_end_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
        if cells.iter().all(|cell| cell.starts_with("---") || cell.starts_with(":--")) {
            body = true;
        } else if inside && body {
            found.push((index + 1, cells));
        }
    }
    found
}

fn row_of_part(tree: &Tree<'_>, line: usize, cells: &[String]) -> Vec<Problem> {
    let [part, crates, tests] = cells else {
        return vec![Problem::at(MAP, line, "a row is `part | crate | test`")];
    };
    let named = quoted(crates);
    let mut problems = Vec::new();
    if named.is_empty() && part != "Workspace" {
        problems.push(Problem::at(MAP, line, format!("{part}: names no crate")));
    }
    for name in named.into_iter().filter(|name| !tree.crates.iter().any(|known| known == name)) {
        problems.push(Problem::at(MAP, line, format!("{part}: there is no crate {name}")));
    }
    problems.extend(references(tree, MAP, line, tests, false));
    problems
}

fn references(tree: &Tree<'_>, paper: &str, line: usize, cell: &str, function: bool) -> Vec<Problem> {
    let named = quoted(cell);
    if named.is_empty() {
        return vec![Problem::at(paper, line, "names no test")];
    }
    let mut problems = Vec::new();
    for reference in named {
        let (path, name) = reference.split_once("::").unwrap_or((reference, ""));
        if !tree.files.iter().any(|file| file == path) {
            problems.push(Problem::at(paper, line, format!("there is no file {path}")));
        } else if !name.is_empty() && !(tree.has_function)(path, name) {
            problems.push(Problem::at(paper, line, format!("{path} has no function {name}")));
        } else if name.is_empty() && function {
            problems.push(Problem::at(paper, line, format!("{path}: name the test function (`file.rs::function`)")));
        }
    }
    problems
}

/// What stands between backticks.
fn quoted(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

#[cfg(test)]
mod tests {
    use super::{Tree, references, row_of_part, rows};

    const FILES: &[&str] = &["crates/a/tests/t.rs"];

    fn with(judge: impl Fn(&Tree<'_>) -> Vec<crate::report::Problem>) -> Vec<String> {
        let files: Vec<String> = FILES.iter().map(|file| (*file).to_owned()).collect();
        let has_function = |path: &str, name: &str| path == FILES[0] && name == "kept";
        let tree = Tree { crates: vec!["casemate-a".to_owned()], files: &files, has_function: &has_function };
        judge(&tree).into_iter().map(|problem| problem.text).collect()
    }

    #[test]
    fn rows_are_read_below_their_heading() {
        let text = "| a | b |\n|---|---|\n| x | y |\n## Where each part lives\n\n| p | c | t |\n|---|:--|---|\n| 1 | `c` | `t` |\n## Next\n| n | m |\n|---|---|\n| q | r |\n";
        let under = rows(text, Some(super::PARTS));
        assert_eq!(under, [(8, vec!["1".to_owned(), "`c`".to_owned(), "`t`".to_owned()])]);
        assert_eq!(rows(text, None).len(), 3);
    }

    #[test]
    fn a_part_must_name_a_crate_and_a_test_that_exist() {
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let judged = |cells: [&str; 3]| with(|tree| row_of_part(tree, 1, &row(cells)));
        assert!(judged(["Proof", "`casemate-a`", "`crates/a/tests/t.rs::kept`"]).is_empty());
        assert_eq!(judged(["Proof", "`casemate-b`", "`crates/a/tests/t.rs`"]), ["Proof: there is no crate casemate-b"]);
        assert_eq!(
            judged(["Proof", "`casemate-a`", "`crates/a/tests/gone.rs`"]),
            ["there is no file crates/a/tests/gone.rs"]
        );
        assert_eq!(judged(["Proof", "`casemate-a`", "none yet"]), ["names no test"]);
        assert_eq!(judged(["Proof", "", "`crates/a/tests/t.rs`"]), ["Proof: names no crate"]);
    }

    #[test]
    fn a_page_of_the_formats_must_be_listed() {
        let files = ["docs/format/log.md", "docs/format/zip.md", "docs/format.md"].map(str::to_owned);
        let problems = super::unlisted(&files, "| [log](format/log.md) | the log |");
        assert_eq!(problems.len(), 1);
        assert!(problems[0].text.ends_with("docs/format/zip.md"));
    }

    #[test]
    fn a_promise_must_name_a_function_that_exists() {
        let judged = |cell: &str| with(|tree| references(tree, "p.md", 1, cell, true));
        assert!(judged("`crates/a/tests/t.rs::kept`").is_empty());
        assert_eq!(judged("`crates/a/tests/t.rs::broken`"), ["crates/a/tests/t.rs has no function broken"]);
        assert_eq!(judged("`crates/a/tests/t.rs`").len(), 1);
        assert_eq!(judged("we are careful"), ["names no test"]);
    }
}
