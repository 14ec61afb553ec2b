//! The Fluent catalogues: every message in every language, with the same variables; every id that code asks for exists.
//!
//! Keeps: the languages and the areas are those that `casemate-words` embeds.
//! Does not know: whether a translation is a good one.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use syn::visit::Visit;

use crate::fault::Fault;
use crate::report::{Outcome, Problem};
use crate::rust::Source;
use crate::workspace::Workspace;

const FOLDER: &str = "crates/words/messages";
const LANGUAGES: [&str; 3] = ["en", "fr", "zh-Hans"];
/// The module that reads them: each area must be named there.
const READER: &str = "crates/words/src/catalogue.rs";

/// Id → (its variables, file).
type Messages = BTreeMap<String, (BTreeSet<String>, String)>;

pub fn run(workspace: &Workspace) -> Result<Outcome, Fault> {
    let mut problems = Vec::new();
    let mut languages: BTreeMap<&str, Messages> = BTreeMap::new();
    let reader = workspace.text(READER)?;
    for path in workspace.files()?.iter().filter(|path| path.starts_with(FOLDER)) {
        let language = LANGUAGES.into_iter().find(|tag| path.starts_with(&format!("{FOLDER}/{tag}/")));
        let (Some(language), Some((_, area))) = (language, path.rsplit_once('/')) else {
            problems.push(Problem::new(path, "belongs to no language"));
            continue;
        };
        if !reader.contains(&format!("\"/{area}\"")) {
            problems.push(Problem::new(path, format!("is not embedded by {READER}")));
        }
        read(path, &workspace.text(path)?, languages.entry(language).or_default(), &mut problems);
    }
    problems.extend(differences(&languages));
    let none = Messages::new();
    let english = languages.get("en").unwrap_or(&none);
    workspace.sources()?.iter().for_each(|source| problems.extend(unknown(source, english)));
    Ok(Outcome::of(problems, format!("{} messages in {} languages", english.len(), LANGUAGES.len())))
}

fn read(path: &str, text: &str, messages: &mut Messages, problems: &mut Vec<Problem>) {
    let resource = fluent_syntax::parser::parse(text).unwrap_or_else(|(resource, errors)| {
        for error in errors {
            let line = text.get(..error.pos.start).unwrap_or_default().lines().count().max(1);
            problems.push(Problem::at(path, line, error.to_string()));
        }
        resource
    });
    for entry in resource.body {
        let Entry::Message(entry) = entry else { continue };
        let mut variables = BTreeSet::new();
        entry.value.iter().for_each(|pattern| collect(pattern, &mut variables));
        if messages.insert(entry.id.name.to_owned(), (variables, path.to_owned())).is_some() {
            problems.push(Problem::new(path, format!("{} stands twice", entry.id.name)));
        }
    }
}

fn collect(pattern: &Pattern<&str>, variables: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        let inline = match expression {
            Expression::Inline(inline) => inline,
            Expression::Select { selector, variants } => {
                variants.iter().for_each(|variant| collect(&variant.value, variables));
                selector
            }
        };
        if let InlineExpression::VariableReference { id } = inline {
            variables.insert(id.name.to_owned());
        }
    }
}

fn differences(languages: &BTreeMap<&str, Messages>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let all: BTreeSet<&String> = languages.values().flat_map(Messages::keys).collect();
    for id in all {
        let mut variables: Option<&BTreeSet<String>> = None;
        for tag in LANGUAGES {
            match languages.get(tag).and_then(|messages| messages.get(id)) {
                None => problems.push(Problem::new(format!("{FOLDER}/{tag}"), format!("{id} is missing"))),
                Some((own, file)) if variables.is_some_and(|expected| expected != own) => {
                    problems.push(Problem::new(file, format!("{id} takes other variables than in another language")));
                }
                Some((own, _)) => variables = Some(own),
            }
        }
    }
    problems
}

/// Calls of `message(language, "id", …)` with an id that no catalogue has.
fn unknown(source: &Source, known: &Messages) -> Vec<Problem> {
    let mut calls = Calls { tests: source.test_lines(), found: Vec::new() };
    if !source.is_test_by_place() {
        calls.visit_file(&source.syntax);
    }
    let missing = calls.found.into_iter().filter(|(id, _)| !known.contains_key(id));
    missing.map(|(id, line)| Problem::at(&source.path, line, format!("no catalogue has {id:?}"))).collect()
}

struct Calls {
    tests: Vec<(usize, usize)>,
    found: Vec<(String, usize)>,
}

impl<'ast> Visit<'ast> for Calls {
    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        let named = matches!(&*call.func, syn::Expr::Path(path)
            if path.path.segments.last().is_some_and(|segment| segment.ident == "message"));
        if let (true, Some(syn::Expr::Lit(literal))) = (named, call.args.get(1))
            && let syn::Lit::Str(id) = &literal.lit
        {
            let line = id.span().start().line;
            if !self.tests.iter().any(|(first, last)| (first..=last).contains(&&line)) {
                self.found.push((id.value(), line));
            }
        }
        syn::visit::visit_expr_call(self, call);
    }
}

#[cfg(test)]
mod tests {
    use super::{BTreeMap, Messages, Source, differences, read, unknown};

    fn messages(text: &str) -> Messages {
        let (mut messages, mut problems) = (Messages::new(), Vec::new());
        read("x.ftl", text, &mut messages, &mut problems);
        assert_eq!(problems, []);
        messages
    }

    #[test]
    fn a_missing_message_and_another_variable_are_found() {
        let english = messages("a = { $n } x\nb = { $n ->\n    [one] { $m }\n   *[other] y\n}\n");
        let french = messages("a = { $m } x\nb = { $n } { $m }\n");
        let languages =
            BTreeMap::from([("en", english.clone()), ("fr", french), ("zh-Hans", messages("b = { $m }{ $n }\n"))]);
        let found: Vec<_> = differences(&languages).into_iter().map(|problem| problem.text).collect();
        assert_eq!(found, ["a takes other variables than in another language", "a is missing"]);
        let same = BTreeMap::from([("en", english.clone()), ("fr", english.clone()), ("zh-Hans", english)]);
        assert!(differences(&same).is_empty());
    }

    #[test]
    fn a_broken_catalogue_and_a_doubled_id_are_found() {
        let (mut messages, mut problems) = (Messages::new(), Vec::new());
        read("x.ftl", "a = fine\nb = { $n\nc = fine\na = again\n", &mut messages, &mut problems);
        assert!(problems.iter().any(|problem| problem.text.contains("stands twice")), "{problems:?}");
        assert!(problems.iter().any(|problem| problem.place.starts_with("x.ftl:")), "{problems:?}");
    }

    #[test]
    fn an_id_that_no_catalogue_has_is_found() {
        let text = "fn f() { words::message(l, \"a\", &[]); message(l, \"gone\", &[]); other(l, \"b\"); }\n\
                    #[cfg(test)] mod tests { fn t() { message(l, \"also-gone\", &[]); } }";
        let source = Source::parse("src/a.rs", text.to_owned()).unwrap();
        let found = unknown(&source, &messages("a = x\n"));
        assert_eq!(found.len(), 1);
        assert!(found[0].text.contains("gone") && found[0].place == "src/a.rs:1");
    }
}
