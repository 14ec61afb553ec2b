//! The list of checks, quick ones first.
//!
//! Keeps: each check has a name, a promise and one function; none depends on another having run.
//! Does not know: how a check is carried out.

mod advisories;
mod bans;
mod cargo;
mod catalogues;
mod circles;
mod docs;
mod forbidden;
mod headers;
mod layers;
mod licences;
mod modules;
mod sizes;
mod tree;
mod vectors;
mod weight;

use crate::fault::Fault;
use crate::report::Outcome;
use crate::workspace::Workspace;

/// One check.
pub struct Check {
    pub name: &'static str,
    pub promise: &'static str,
    pub run: fn(&Workspace) -> Result<Outcome, Fault>,
}

/// In the order in which they run: `tree` last, since it looks at what the others left behind.
pub const ALL: &[Check] = &[
    Check { name: "fmt", promise: "rustfmt has nothing to change", run: cargo::fmt },
    Check { name: "layers", promise: "dependencies between crates point down", run: layers::run },
    Check { name: "circles", promise: "no two sibling modules lean on each other", run: circles::run },
    Check { name: "sizes", promise: "files and functions stay small", run: sizes::run },
    Check { name: "headers", promise: "every file says what it is for", run: headers::run },
    Check { name: "forbidden", promise: "nothing that must not be in the tree", run: forbidden::run },
    Check { name: "catalogues", promise: "every message exists in every language", run: catalogues::run },
    Check { name: "docs", promise: "the map names every crate, each part its test", run: docs::map },
    Check { name: "promises", promise: "every promise names the test that keeps it", run: docs::promises },
    Check { name: "vectors", promise: "every vector is there and read by a test", run: vectors::run },
    Check { name: "licences", promise: "every dependency's licence is allowed", run: licences::run },
    Check { name: "bans", promise: "no banned crate, no source but crates.io", run: bans::run },
    Check { name: "advisories", promise: "no known vulnerability, where a database is given", run: advisories::run },
    Check { name: "clippy", promise: "clippy has nothing to say", run: cargo::clippy },
    Check { name: "weight", promise: "casemate-verify stays under 5 MB", run: weight::run },
    Check { name: "tree", promise: "the checks and the build left the tree clean", run: tree::run },
];

#[cfg(test)]
mod tests {
    #[test]
    fn names_are_unique() {
        let mut names: Vec<_> = super::ALL.iter().map(|check| check.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), super::ALL.len());
    }
}
