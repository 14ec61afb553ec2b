//! Crates that must not be in the tree, and where crates may come from.
//!
//! Keeps: nothing of `BANNED` is anywhere in the lock; what is `CONFINED` has one dependent; every crate from outside comes from crates.io.
//! Does not know: versions with known faults (`advisories`).

use std::collections::BTreeMap;

use crate::fault::Fault;
use crate::report::{Outcome, Problem};
use crate::workspace::Workspace;

const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Each with its reason.
const BANNED: &[(&str, &str)] = &[
    ("rsa", "RUSTSEC-2023-0071: timing leaks the private key"),
    ("openssl", "nothing of ours needs a system library for cryptography"),
    ("openssl-sys", "nothing of ours needs a system library for cryptography"),
    ("native-tls", "brings the system's TLS library"),
    ("reqwest", "no network connection is opened unless the user configured it"),
    ("zhconv", "GPL"),
    ("hakoniwa", "LGPL"),
    ("birdcage", "GPL"),
    ("pdf-extract", "panicked on 26 of 291 files"),
    ("mupdf", "AGPL"),
];

/// Crates that one of ours alone may depend on: which, whose, and why.
const CONFINED: &[(&str, &str, &str)] = &[("ureq", "casemate-authority", "one crate alone connects to anything")];

pub fn run(workspace: &Workspace) -> Result<Outcome, Fault> {
    let metadata = workspace.metadata()?;
    let packages = &metadata.packages;
    // As it is built: what is optional and not chosen is no dependency.
    let nodes = metadata.resolve.iter().flat_map(|resolve| &resolve.nodes);
    let used: BTreeMap<_, _> = nodes.map(|node| (&node.id, &node.dependencies)).collect();
    let names: BTreeMap<_, _> = packages.iter().map(|package| (&package.id, package.name.as_str())).collect();
    let problems = packages.iter().flat_map(|package| {
        let source = package.source.as_ref().map(|source| source.repr.as_str());
        let used = used.get(&package.id).into_iter().flat_map(|ids| ids.iter()).filter_map(|id| names.get(id));
        let strays = used.filter_map(|used| stray(&package.name, used));
        let problem = |text| Problem::new(format!("{} {}", package.name, package.version), text);
        fault(&package.name, source).into_iter().chain(strays).map(problem).collect::<Vec<_>>()
    });
    Ok(Outcome::of(problems.collect(), format!("{} packages", packages.len())))
}

fn fault(name: &str, source: Option<&str>) -> Option<String> {
    if let Some((_, reason)) = BANNED.iter().find(|(banned, _)| *banned == name) {
        return Some(format!("is banned: {reason}"));
    }
    source.filter(|source| *source != CRATES_IO).map(|source| format!("comes from {source}, not crates.io"))
}

/// A dependency on a confined crate by another than its own.
fn stray(dependent: &str, used: &str) -> Option<String> {
    let (_, own, reason) = CONFINED.iter().find(|(confined, own, _)| *confined == used && *own != dependent)?;
    Some(format!("depends on {used}, which {own} alone may: {reason}"))
}

#[cfg(test)]
mod tests {
    use super::{CRATES_IO, fault, stray};

    #[test]
    fn a_confined_crate_under_another_is_found() {
        assert_eq!(stray("casemate-authority", "ureq"), None);
        assert_eq!(stray("casemate-app", "serde"), None);
        assert!(stray("casemate-app", "ureq").is_some_and(|text| text.contains("casemate-authority alone")));
    }

    #[test]
    fn a_banned_crate_and_a_foreign_source_are_found() {
        assert_eq!(fault("serde", Some(CRATES_IO)), None);
        assert_eq!(fault("casemate-proof", None), None);
        assert!(fault("rsa", Some(CRATES_IO)).is_some_and(|text| text.contains("RUSTSEC-2023-0071")));
        assert!(
            fault("serde", Some("git+https://example.org/serde")).is_some_and(|text| text.contains("not crates.io"))
        );
    }
}
