//! Dependencies between our crates point down.
//!
//! Keeps: every crate of the workspace has a layer here; a normal or build dependency goes to a lower layer; the workers are executables that nothing links; the verifier stands on layer 0
//! alone. Dev-dependencies are free.
//! Does not know: dependencies from outside (`bans`, `licences`).

use std::collections::BTreeMap;

use cargo_metadata::{DependencyKind, Metadata};

use crate::fault::Fault;
use crate::report::{Outcome, Problem};
use crate::workspace::Workspace;

/// The layers, as `docs/architecture.md` draws them.
const LAYERS: &[(&str, u8)] = &[
    ("casemate", 5),
    ("casemate-web", 4),
    ("casemate-worker", 4),
    ("casemate-speech", 4),
    ("casemate-typeset", 4),
    ("casemate-app", 3),
    ("casemate-store-local", 3),
    ("casemate-store-team", 3),
    ("casemate-testkit", 3),
    ("casemate-vault", 2),
    ("casemate-search", 2),
    ("casemate-authority", 2),
    ("casemate-media", 2),
    ("casemate-fence", 2),
    ("casemate-bundle", 2),
    ("casemate-case", 1),
    ("casemate-verify", 1),
    ("casemate-ports", 1),
    ("casemate-proof", 0),
    ("casemate-carve", 0),
    ("casemate-meaning", 0),
    ("casemate-stamp", 0),
    ("casemate-ocr", 0),
    ("casemate-words", 0),
];

/// Executables that are started, never linked.
const NEVER_LINKED: &[&str] = &["casemate-worker", "casemate-speech", "casemate-typeset", "casemate"];
/// Only dev-dependencies may name it.
const DEV_ONLY: &str = "casemate-testkit";
const VERIFIER: &str = "casemate-verify";
/// Not part of the product; leans on none of it.
const OUTSIDE: &str = "xtask";

/// One dependency of one of our crates on another.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Edge {
    from: String,
    to: String,
    dev: bool,
}

pub fn run(workspace: &Workspace) -> Result<Outcome, Fault> {
    let (crates, edges) = ours(workspace.metadata()?);
    Ok(Outcome::of(
        problems(&crates, &edges),
        format!("{} crates, {} dependencies between them", crates.len(), edges.len()),
    ))
}

fn ours(metadata: &Metadata) -> (Vec<String>, Vec<Edge>) {
    let packages = metadata.workspace_packages();
    let crates: Vec<String> = packages.iter().map(|package| package.name.to_string()).collect();
    let mut edges = Vec::new();
    for package in packages {
        for dependency in package.dependencies.iter().filter(|dependency| crates.contains(&dependency.name)) {
            let dev = dependency.kind == DependencyKind::Development;
            edges.push(Edge { from: package.name.to_string(), to: dependency.name.clone(), dev });
        }
    }
    (crates, edges)
}

fn problems(crates: &[String], edges: &[Edge]) -> Vec<Problem> {
    let layers: BTreeMap<&str, u8> = LAYERS.iter().copied().collect();
    let product = crates.iter().filter(|name| *name != OUTSIDE);
    let homeless = product.filter(|name| !layers.contains_key(name.as_str()));
    let mut problems: Vec<Problem> = homeless
        .map(|name| {
            Problem::new(name, "has no layer: give it one in xtask/src/checks/layers.rs and in docs/architecture.md")
        })
        .collect();
    problems.extend(edges.iter().filter(|edge| !edge.dev).filter_map(|edge| fault(&layers, edge)));
    problems
}

fn fault(layers: &BTreeMap<&str, u8>, edge: &Edge) -> Option<Problem> {
    let Edge { from, to, .. } = edge;
    let text = if from == OUTSIDE || to == OUTSIDE {
        "xtask stands outside the product".to_owned()
    } else if NEVER_LINKED.contains(&to.as_str()) {
        format!("{to} is started as a process, never linked")
    } else if to == DEV_ONLY {
        format!("{to} is for dev-dependencies only")
    } else {
        let (above, below) = (layers.get(from.as_str())?, layers.get(to.as_str())?);
        if from == VERIFIER && *below != 0 {
            format!("the verifier stands on layer 0 alone, and {to} is on {below}")
        } else if above > below {
            return None;
        } else {
            format!("layer {above} leans on {to} of layer {below}: dependencies point down")
        }
    };
    Some(Problem::new(from, text))
}

#[cfg(test)]
mod tests {
    use super::{Edge, problems};

    fn found(edges: &[(&str, &str, bool)]) -> Vec<String> {
        let edges: Vec<Edge> = edges
            .iter()
            .map(|(from, to, dev)| Edge { from: (*from).to_owned(), to: (*to).to_owned(), dev: *dev })
            .collect();
        problems(&[], &edges).into_iter().map(|problem| format!("{}: {}", problem.place, problem.text)).collect()
    }

    #[test]
    fn an_upward_dependency_is_found() {
        let found = found(&[("casemate-case", "casemate-vault", false)]);
        assert_eq!(found, ["casemate-case: layer 1 leans on casemate-vault of layer 2: dependencies point down"]);
    }

    #[test]
    fn a_sideways_dependency_is_found() {
        assert_eq!(found(&[("casemate-vault", "casemate-search", false)]).len(), 1);
        assert_eq!(found(&[("casemate-carve", "casemate-proof", false)]).len(), 1);
    }

    #[test]
    fn downward_and_dev_dependencies_are_free() {
        let edges = [
            ("casemate", "casemate-app", false),
            ("casemate-app", "casemate-store-local", true),
            ("casemate-proof", "casemate-testkit", true),
            ("casemate-media", "casemate-worker", true),
        ];
        assert!(found(&edges).is_empty());
    }

    #[test]
    fn workers_are_never_linked_and_the_verifier_stands_on_layer_zero() {
        assert!(found(&[("casemate", "casemate-speech", false)])[0].contains("never linked"));
        assert!(found(&[("casemate-verify", "casemate-ports", false)])[0].contains("layer 0 alone"));
        assert!(found(&[("casemate", "casemate-testkit", false)])[0].contains("dev-dependencies only"));
        assert!(found(&[("casemate", "xtask", false)])[0].contains("outside"));
    }

    #[test]
    fn a_crate_without_a_layer_is_found() {
        let crates = ["casemate-new".to_owned(), "xtask".to_owned(), "casemate-words".to_owned()];
        let problems = problems(&crates, &[]);
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].place, "casemate-new");
    }
}
