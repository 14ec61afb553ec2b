//! The checks that cargo's own tools make: rustfmt and clippy.
//!
//! Keeps: one invocation for everything, the very one that a developer types, so that nothing is built twice (where the
//! workspace is built by `clippy-driver`, as in `script/test`, that is `cargo build`); any
//! warning is a problem, but what only a test may do (unwrap, expect, panic, print) is free in test targets.
//! Does not know: which lints there are; `Cargo.toml` and `clippy.toml` say.

use std::io::BufReader;
use std::process::{Command, Stdio};

use cargo_metadata::diagnostic::{Diagnostic, DiagnosticLevel};
use cargo_metadata::{CompilerMessage, Message};

use crate::fault::Fault;
use crate::report::{Outcome, Problem};
use crate::workspace::Workspace;

const FREE_IN_TESTS: &[&str] = &[
    "clippy::unwrap_used",
    "clippy::expect_used",
    "clippy::panic",
    "clippy::print_stdout",
    "clippy::print_stderr",
    "clippy::indexing_slicing",
];

pub fn fmt(workspace: &Workspace) -> Result<Outcome, Fault> {
    // `-l` names the files that would change; one that does not parse is named on the standard error.
    let output = Command::new("cargo")
        .args(["fmt", "--all", "--", "--check", "-l"])
        .current_dir(workspace.root())
        .output()
        .map_err(|cause| Fault::Start { program: "cargo fmt".to_owned(), cause })?;
    let list = String::from_utf8_lossy(&output.stdout).into_owned();
    let files = list.lines().map(|path| workspace.shown(std::path::Path::new(path)));
    let problems: Vec<Problem> = files.map(|path| Problem::new(path, "rustfmt would change it")).collect();
    if !output.status.success() && problems.is_empty() {
        let message = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(Fault::Program { program: "cargo fmt".to_owned(), message });
    }
    Ok(Outcome::of(problems, "nothing to change"))
}

pub fn clippy(workspace: &Workspace) -> Result<Outcome, Fault> {
    let fault = |cause| Fault::Start { program: "cargo clippy".to_owned(), cause };
    let mut child = Command::new("cargo")
        .args([linting(), "--workspace", "--all-targets", "--keep-going", "--message-format=json"])
        .current_dir(workspace.root())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(fault)?;
    let said = child.stderr.take().map(|stream| std::thread::spawn(|| std::io::read_to_string(stream)));
    let (mut problems, mut targets) = (Vec::new(), 0);
    for message in child.stdout.take().map(BufReader::new).into_iter().flat_map(Message::parse_stream) {
        match message.map_err(fault)? {
            Message::CompilerMessage(message) => problems.extend(judge(&message)),
            Message::CompilerArtifact(artifact) if artifact.manifest_path.starts_with(workspace.root()) => targets += 1,
            _ => {}
        }
    }
    if !child.wait().map_err(fault)?.success() && problems.is_empty() {
        let said = said.and_then(|thread| thread.join().ok()).and_then(Result::ok).unwrap_or_default();
        let last: Vec<&str> = said.lines().rev().take(LAST_LINES).collect();
        let message = last.into_iter().rev().collect::<Vec<_>>().join("\n    ");
        return Err(Fault::Program { program: "cargo clippy".to_owned(), message });
    }
    Ok(Outcome::of(problems, format!("{targets} targets")))
}

/// The command that lints: `build` where the wrapper that compiles the workspace is clippy's own.
fn linting() -> &'static str {
    let wrapper = std::env::var(WRAPPER).unwrap_or_default();
    if wrapper == "clippy-driver" { "build" } else { "clippy" }
}

/// Cargo's variable for what compiles the crates of a workspace.
const WRAPPER: &str = "CARGO_BUILD_RUSTC_WORKSPACE_WRAPPER";
/// Of what cargo said before it gave up.
const LAST_LINES: usize = 20;

fn judge(message: &CompilerMessage) -> Option<Problem> {
    let in_test =
        ["test", "bench", "example"].iter().any(|kind| message.target.kind.iter().any(|own| own.to_string() == *kind));
    of_diagnostic(&message.message, in_test)
}

fn of_diagnostic(diagnostic: &Diagnostic, in_test: bool) -> Option<Problem> {
    let wrong = matches!(diagnostic.level, DiagnosticLevel::Warning | DiagnosticLevel::Error | DiagnosticLevel::Ice);
    let code = diagnostic.code.as_ref().map_or("", |code| code.code.as_str());
    // Summaries ("3 warnings emitted") have no place and no code.
    let span = diagnostic.spans.iter().find(|span| span.is_primary).or(diagnostic.spans.first());
    if !wrong || (in_test && FREE_IN_TESTS.contains(&code)) || (span.is_none() && code.is_empty()) {
        return None;
    }
    let place = span.map_or_else(String::new, |span| format!("{}:{}", span.file_name, span.line_start));
    Some(Problem::new(place, format!("{} [{code}]", diagnostic.message)))
}

#[cfg(test)]
mod tests {
    use super::{Diagnostic, of_diagnostic};

    fn diagnostic(level: &str, code: &str, place: bool) -> Diagnostic {
        let span = r#"{"file_name":"src/a.rs","byte_start":0,"byte_end":1,"line_start":7,"line_end":7,"column_start":1,
            "column_end":2,"is_primary":true,"text":[],"label":null,"suggested_replacement":null,
            "suggestion_applicability":null,"expansion":null}"#;
        let spans = if place { span } else { "" };
        let code =
            if code.is_empty() { "null".to_owned() } else { format!(r#"{{"code":"{code}","explanation":null}}"#) };
        let text = format!(
            r#"{{"message":"used `x`","code":{code},"level":"{level}","spans":[{spans}],"children":[],"rendered":null}}"#
        );
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn a_warning_is_a_problem_with_its_place() {
        let problem = of_diagnostic(&diagnostic("warning", "clippy::needless_return", true), true).unwrap();
        assert_eq!(problem.place, "src/a.rs:7");
        assert!(problem.text.contains("clippy::needless_return"));
        assert!(of_diagnostic(&diagnostic("error", "E0308", true), true).is_some());
    }

    #[test]
    fn a_test_may_unwrap_and_the_product_may_not() {
        let unwrap = diagnostic("warning", "clippy::unwrap_used", true);
        assert!(of_diagnostic(&unwrap, true).is_none());
        assert!(of_diagnostic(&unwrap, false).is_some());
    }

    #[test]
    fn notes_and_summaries_are_none() {
        assert!(of_diagnostic(&diagnostic("note", "", true), false).is_none());
        assert!(of_diagnostic(&diagnostic("warning", "", false), false).is_none());
    }
}
