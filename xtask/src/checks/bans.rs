//! Crates that must not be in the tree, and where crates may come from.
//!
//! Keeps: nothing of `BANNED` is anywhere in the lock; every crate from outside comes from crates.io.
//! Does not know: versions with known faults (`advisories`).

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
    ("ureq", "no network connection is opened unless the user configured it"),
    ("zhconv", "GPL"),
    ("hakoniwa", "LGPL"),
    ("birdcage", "GPL"),
    ("pdf-extract", "panicked on 26 of 291 files"),
    ("mupdf", "AGPL"),
];

pub fn run(workspace: &Workspace) -> Result<Outcome, Fault> {
    let packages = &workspace.metadata()?.packages;
    let problems = packages.iter().filter_map(|package| {
        let source = package.source.as_ref().map(|source| source.repr.as_str());
        fault(&package.name, source).map(|text| Problem::new(format!("{} {}", package.name, package.version), text))
    });
    Ok(Outcome::of(problems.collect(), format!("{} packages", packages.len())))
}

fn fault(name: &str, source: Option<&str>) -> Option<String> {
    if let Some((_, reason)) = BANNED.iter().find(|(banned, _)| *banned == name) {
        return Some(format!("is banned: {reason}"));
    }
    source.filter(|source| *source != CRATES_IO).map(|source| format!("comes from {source}, not crates.io"))
}

#[cfg(test)]
mod tests {
    use super::{CRATES_IO, fault};

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
