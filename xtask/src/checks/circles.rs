//! No circles between modules of a crate.
//!
//! Keeps: of the children of one module, with all that lies below each, none leans on another that leans back, directly
//! or round about. A child may use its parent's own items, and a parent its children (style rule 2): not circles.
//! Does not know: how paths are read (`modules`).

use std::collections::{BTreeMap, BTreeSet};

use super::modules::{ModulePath, Modules, Reference};
use crate::fault::Fault;
use crate::report::{Outcome, Problem};
use crate::workspace::Workspace;

pub fn run(workspace: &Workspace) -> Result<Outcome, Fault> {
    let sources = workspace.sources()?;
    let (mut problems, mut modules) = (Vec::new(), 0);
    for package in workspace.metadata()?.workspace_packages() {
        for target in &package.targets {
            let root = workspace.shown(target.src_path.as_std_path());
            if sources.iter().any(|source| source.path == root && !source.is_test_by_place()) {
                let tree = Modules::read(&root, sources);
                modules += tree.len();
                problems.extend(circles(&tree));
            }
        }
    }
    Ok(Outcome::of(problems, format!("{modules} modules")))
}

/// Edges between the children of one module: from → to → the first place that makes it so.
type Edges<'a> = BTreeMap<&'a str, BTreeMap<&'a str, &'a Reference>>;

fn circles(tree: &Modules) -> Vec<Problem> {
    let references = tree.references();
    let mut levels: BTreeMap<ModulePath, Edges<'_>> = BTreeMap::new();
    for reference in &references {
        let shared = reference.from.iter().zip(&reference.to).take_while(|(one, other)| one == other).count();
        if let (Some(from), Some(to)) = (reference.from.get(shared), reference.to.get(shared)) {
            let level = levels.entry(reference.from.iter().take(shared).cloned().collect()).or_default();
            level.entry(from).or_default().entry(to).or_insert(reference);
        }
    }
    levels.values().flat_map(of_level).collect()
}

/// A circle for each child that can reach itself, told once, from the child that comes first by name.
fn of_level(edges: &Edges<'_>) -> Vec<Problem> {
    let (mut problems, mut told) = (Vec::new(), BTreeSet::new());
    for start in edges.keys().copied() {
        let Some(path) = way_back(edges, start) else { continue };
        if path.iter().any(|name| told.contains(name)) {
            continue;
        }
        told.extend(path.iter().copied());
        let steps: Vec<String> = path
            .iter()
            .zip(path.iter().cycle().skip(1))
            .filter_map(|(from, to)| edges.get(from)?.get(to))
            .map(|reference| format!("{}:{}", reference.file, reference.line))
            .collect();
        let place = steps.first().cloned().unwrap_or_default();
        problems.push(Problem::new(place, format!("circle {} → {start} ({})", path.join(" → "), steps.join(", "))));
    }
    problems
}

/// The shortest way from `start` back to itself.
fn way_back<'a>(edges: &Edges<'a>, start: &'a str) -> Option<Vec<&'a str>> {
    let mut ways = std::collections::VecDeque::from([vec![start]]);
    let mut seen = BTreeSet::new();
    while let Some(way) = ways.pop_front() {
        for next in edges.get(way.last()?).into_iter().flat_map(BTreeMap::keys) {
            if *next == start {
                return Some(way);
            }
            if seen.insert(*next) {
                ways.push_back([way.as_slice(), &[*next]].concat());
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Modules, circles};
    use crate::rust::Source;

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let sources: Vec<Source> =
            files.iter().map(|(path, text)| Source::parse(path, (*text).to_owned()).unwrap()).collect();
        circles(&Modules::read(files[0].0, &sources)).into_iter().map(|problem| problem.text).collect()
    }

    #[test]
    fn a_planted_circle_is_found_with_its_places() {
        let found = found(&[
            ("src/lib.rs", "mod a; mod b; mod c;"),
            ("src/a.rs", "use crate::b::B;\npub struct A(B);"),
            ("src/b.rs", "\nfn f() -> super::c::C { todo() }"),
            ("src/c.rs", "pub struct C(Vec<crate::a::A>);"),
        ]);
        assert_eq!(found, ["circle a → b → c → a (src/a.rs:1, src/b.rs:2, src/c.rs:1)"]);
    }

    #[test]
    fn a_circle_through_re_exports_globs_and_macros_is_found() {
        let found = found(&[
            ("src/lib.rs", "mod a; mod b; pub use a::inner::*; pub use b::B;"),
            ("src/a.rs", "pub mod inner;"),
            ("src/a/inner.rs", "pub struct A; fn f() { vec![crate::B::new()]; }"),
            ("src/b.rs", "use crate::A; pub struct B(A);"),
        ]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("circle a → b → a"));
    }

    #[test]
    fn inline_modules_and_renames_count() {
        let found = found(&[(
            "src/main.rs",
            "mod a { use super::b::B as Other; pub struct A(Other); }\nmod b { pub struct B(Option<Box<crate::a::A>>); }",
        )]);
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn a_parent_and_its_children_are_no_circle() {
        let files = [
            ("src/lib.rs", "mod a; mod b; pub use a::A; pub struct Shared; fn f() { a::go(); }"),
            ("src/a.rs", "mod deep; use crate::Shared; use self::deep::D; use crate::b::B; pub struct A;"),
            ("src/a/deep.rs", "use super::A; pub struct D(A, crate::b::B);"),
            ("src/b.rs", "use crate::Shared; use std::a::A; pub struct B;"),
        ];
        assert_eq!(found(&files), Vec::<String>::new());
    }

    #[test]
    fn what_only_tests_use_is_left_out() {
        let files = [
            ("src/lib.rs", "mod a; mod b;"),
            ("src/a.rs", "use crate::b::B; pub struct A(B);"),
            ("src/b.rs", "pub struct B;\n#[cfg(test)]\nmod tests { use crate::a::A; fn f(a: A) {} }"),
        ];
        assert_eq!(found(&files), Vec::<String>::new());
    }
}
