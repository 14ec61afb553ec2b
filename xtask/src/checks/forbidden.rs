//! What must not stand in the tree.
//!
//! Keeps: no path of somebody's machine, no note of unfinished work, no conflict mark in any tracked text; no printing
//! and no unexplained lint allowance in the code of a library.
//! Does not know: unwraps and panics (clippy finds them).

use syn::visit::Visit;

use crate::fault::Fault;
use crate::report::{Outcome, Problem};
use crate::rust::{Source, is_for_tests};
use crate::workspace::Workspace;

/// Written apart, so that this file does not contain them.
const MACHINE_PATHS: &[&str] = &[
    concat!("/ho", "me/"),
    concat!("/ro", "ot/"),
    concat!("/wo", "rk/"),
    concat!("/Us", "ers/"),
    concat!("C:\\Us", "ers\\"),
];
const UNFINISHED: &[&str] = &[concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X:")];
const CONFLICTS: &[&str] = &[concat!("<<<<", "<<< "), concat!(">>>>", ">>> ")];
/// Generated, or somebody else's text kept as it is.
const AS_THEY_ARE: &[&str] = &["Cargo.lock", "tests/vectors/", "demo/", "LICENSE-"];
const PRINTING: &[&str] = &["print", "println", "eprint", "eprintln", "dbg"];

pub fn run(workspace: &Workspace) -> Result<Outcome, Fault> {
    let mut problems = Vec::new();
    let files = workspace.files()?;
    for path in files.iter().filter(|path| !AS_THEY_ARE.iter().any(|known| path.starts_with(known))) {
        if let Ok(text) = String::from_utf8(workspace.bytes(path)?) {
            problems.extend(in_text(path, &text));
        }
    }
    for package in workspace.metadata()?.workspace_packages() {
        let library = package.targets.iter().find(|target| target.is_lib());
        let folder = workspace.shown(package.manifest_path.as_std_path()).replace("Cargo.toml", "src/");
        for source in workspace.sources()?.iter().filter(|source| source.path.starts_with(&folder)) {
            let binary = library.is_none() || source.path.ends_with("main.rs") || source.path.contains("/bin/");
            if !source.is_test_by_place() {
                problems.extend(in_code(source, binary));
            }
        }
    }
    Ok(Outcome::of(problems, format!("{} files", files.len())))
}

fn in_text(path: &str, text: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (index, line) in text.lines().enumerate() {
        for needle in MACHINE_PATHS.iter().filter(|needle| holds_path(line, needle)) {
            problems.push(Problem::at(path, index + 1, format!("a path of one machine: {needle}")));
        }
        for needle in UNFINISHED.iter().chain(CONFLICTS).filter(|needle| holds_word(line, needle)) {
            problems.push(Problem::at(path, index + 1, format!("holds {needle:?}")));
        }
    }
    problems
}

/// A path starts here: what stands before is not part of a longer one (`ui/work/…`, an address).
fn holds_path(line: &str, needle: &str) -> bool {
    line.match_indices(needle).any(|(at, _)| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        !before.is_some_and(|character| character.is_alphanumeric() || "._-}>)*".contains(character))
    })
}

fn holds_word(line: &str, needle: &str) -> bool {
    line.match_indices(needle).any(|(at, _)| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        let after = line.get(at + needle.len()..).and_then(|after| after.chars().next());
        ![before, after].into_iter().flatten().any(|character| character.is_alphanumeric() || character == '_')
            || needle.ends_with([' ', ':'])
    })
}

fn in_code(source: &Source, binary: bool) -> Vec<Problem> {
    let mut finder = Finder { source, binary, problems: Vec::new() };
    finder.visit_file(&source.syntax);
    finder.problems
}

struct Finder<'a> {
    source: &'a Source,
    binary: bool,
    problems: Vec<Problem>,
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if !is_for_tests(&module.attrs) {
            syn::visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        if !is_for_tests(&function.attrs) {
            syn::visit::visit_item_fn(self, function);
        }
    }

    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        if let Some(name) =
            called.path.get_ident().filter(|name| !self.binary && PRINTING.iter().any(|word| name == word))
        {
            let text = format!("{name}! in a library: return it, and let the program print");
            self.problems.push(Problem::at(&self.source.path, name.span().start().line, text));
        }
        syn::visit::visit_macro(self, called);
    }

    fn visit_meta_list(&mut self, list: &'ast syn::MetaList) {
        let inside = list.tokens.to_string();
        let lifts = list.path.is_ident("allow") || list.path.is_ident("expect");
        if lifts && !inside.contains("reason") {
            let line = syn::spanned::Spanned::span(list).start().line;
            self.problems.push(Problem::at(
                &self.source.path,
                line,
                format!("allows {inside} without a reason = \"…\""),
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{in_code, in_text};
    use crate::rust::Source;

    #[test]
    fn paths_of_a_machine_are_found() {
        let path = concat!("see /ho", "me/someone/x");
        assert_eq!(in_text("a.md", &format!("one\n{path}\n"))[0].place, "a.md:2");
        assert!(in_text("a.md", concat!("$ROOT}/ho", "me/ and a/wo", "rk/b and https://x.org/ro", "ot/")).is_empty());
    }

    #[test]
    fn unfinished_work_and_conflicts_are_found() {
        for line in [concat!("// TO", "DO: later"), concat!("<<<<", "<<< HEAD"), concat!("FIX", "ME")] {
            assert_eq!(in_text("a.rs", line).len(), 1, "{line}");
        }
        assert!(in_text("a.rs", concat!("TO", "DOS and my_TO", "DO")).is_empty());
    }

    #[test]
    fn a_library_does_not_print_and_an_allowance_has_a_reason() {
        let source = |text: &str| Source::parse("crates/x/src/lib.rs", text.to_owned()).unwrap();
        let loud =
            source("fn a() {\n  if true { println!(\"x\"); }\n}\n#[cfg(test)] mod tests { fn b() { println!(); } }");
        assert_eq!(in_code(&loud, false).len(), 1);
        assert_eq!(in_code(&loud, false)[0].place, "crates/x/src/lib.rs:2");
        assert!(in_code(&loud, true).is_empty());
        assert_eq!(in_code(&source("#[allow(clippy::panic)]\nfn a() {}"), true).len(), 1);
        assert!(in_code(&source("#[allow(clippy::panic, reason = \"why\")]\nfn a() {}"), true).is_empty());
    }
}
