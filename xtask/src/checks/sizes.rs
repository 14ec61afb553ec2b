//! Files and functions stay small.
//!
//! Keeps: `MOST_LINES` a file net of its tests, `MOST_LINES_OF_FUNCTION` a function without its documentation; more only
//! by an allowance with a reason.
//! Does not know: which idea hides inside the long one.

use crate::allowed::Allowed;
use crate::fault::Fault;
use crate::report::{Outcome, Problem};
use crate::rust::Source;
use crate::workspace::Workspace;

const MOST_LINES: usize = 500;
const MOST_LINES_OF_FUNCTION: usize = 60;

pub fn run(workspace: &Workspace) -> Result<Outcome, Fault> {
    let sources = workspace.sources()?;
    let mut allowed = Allowed::read(workspace, "sizes")?;
    let mut problems: Vec<Problem> = sources.iter().flat_map(|source| of_source(source, &mut allowed)).collect();
    problems.extend(allowed.problems());
    Ok(Outcome::of(problems, format!("{} files", sources.len())))
}

fn of_source(source: &Source, allowed: &mut Allowed) -> Vec<Problem> {
    let mut problems = Vec::new();
    if source.is_test_by_place() {
        return problems;
    }
    let lines = source.net_lines();
    if lines > allowed.limit(&source.path, lines, MOST_LINES) {
        problems.push(Problem::new(&source.path, format!("{lines} lines without its tests; {MOST_LINES} at most")));
    }
    for function in source.functions().into_iter().filter(|function| !function.in_test) {
        let lines = function.last + 1 - function.first;
        let place = format!("{}::{}", source.path, function.name);
        if lines > allowed.limit(&place, lines, MOST_LINES_OF_FUNCTION) {
            let text = format!("fn {} has {lines} lines; {MOST_LINES_OF_FUNCTION} at most", function.name);
            problems.push(Problem::at(&source.path, function.first, text));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::{MOST_LINES, MOST_LINES_OF_FUNCTION, of_source};
    use crate::allowed::Allowed;
    use crate::rust::Source;

    fn found(path: &str, text: String, allowances: &str) -> Vec<String> {
        let source = Source::parse(path, text).unwrap();
        let problems = of_source(&source, &mut Allowed::parse("sizes", allowances));
        problems.into_iter().map(|problem| format!("{} {}", problem.place, problem.text)).collect()
    }

    fn function(lines: usize) -> String {
        format!("/// What it does.\n#[must_use]\nfn long() {{\n{}}}\n", "    a();\n".repeat(lines - 2))
    }

    #[test]
    fn a_function_one_line_too_long_is_found() {
        assert!(found("a.rs", function(MOST_LINES_OF_FUNCTION), "").is_empty());
        let found = found("a.rs", function(MOST_LINES_OF_FUNCTION + 1), "");
        assert_eq!(found, ["a.rs:3 fn long has 61 lines; 60 at most"]);
    }

    #[test]
    fn a_file_is_measured_without_its_tests() {
        let body = "const A: u8 = 1;\n".repeat(MOST_LINES);
        let tests = format!("#[cfg(test)]\nmod tests {{\n{}}}\n", "// a\n".repeat(90));
        assert!(found("a.rs", format!("{body}{tests}"), "").is_empty());
        assert_eq!(found("a.rs", format!("{body}// one more\n{tests}"), "").len(), 1);
        assert!(found("tests/a.rs", format!("{body}{body}"), "").is_empty());
    }

    #[test]
    fn an_allowance_lifts_the_limit_of_its_place_only() {
        let allowance = "sizes a.rs::long 61 a table of the standard, in its order\n";
        assert!(found("a.rs", function(61), allowance).is_empty());
        assert_eq!(found("a.rs", function(62), allowance).len(), 1);
        assert_eq!(found("b.rs", function(61), allowance).len(), 1);
    }
}
