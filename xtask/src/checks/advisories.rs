//! Known vulnerabilities, where a local copy of the RustSec database is given.
//!
//! Keeps: without `CASEMATE_ADVISORY_DB` the answer is NOT CHECKED; an advisory that cannot be read is a problem.
//! Does not know: how to fetch the database. Unmaintained crates (informational advisories) are not vulnerabilities.

use std::path::Path;

use cargo_metadata::semver::{Version, VersionReq};
use toml::Table;

use crate::fault::Fault;
use crate::report::{Outcome, Problem};
use crate::workspace::Workspace;

/// A folder that holds `crates/NAME/RUSTSEC-….md`: a clone of the database.
const VARIABLE: &str = "CASEMATE_ADVISORY_DB";

pub fn run(workspace: &Workspace) -> Result<Outcome, Fault> {
    let Some(database) = std::env::var_os(VARIABLE) else {
        return Ok(Outcome::NotChecked(format!("{VARIABLE} names no local copy of the RustSec database")));
    };
    let folder = Path::new(&database).join("crates");
    if !folder.is_dir() {
        return Ok(Outcome::Failed(vec![Problem::new(VARIABLE, "holds no folder `crates`")]));
    }
    let (mut problems, mut read) = (Vec::new(), 0);
    for package in workspace.metadata()?.packages.iter().filter(|package| package.source.is_some()) {
        let Ok(advisories) = std::fs::read_dir(folder.join(package.name.as_str())) else { continue };
        for advisory in advisories.flatten() {
            let path = advisory.path();
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&path).map_err(|cause| Fault::Read { path: name.clone(), cause })?;
            read += 1;
            if affects(&text, &package.version).unwrap_or(true) {
                problems
                    .push(Problem::new(format!("{} {}", package.name, package.version), format!("affected by {name}")));
            }
        }
    }
    Ok(Outcome::of(problems, format!("{read} advisories read")))
}

/// Whether the advisory speaks of this version; none where it can't be read.
fn affects(advisory: &str, version: &Version) -> Option<bool> {
    let head = advisory.trim_start().strip_prefix("```toml")?.split("```").next()?;
    let table: Table = head.parse().ok()?;
    let about = table.get("advisory")?.as_table()?;
    if about.contains_key("withdrawn") || about.contains_key("informational") {
        return Some(false);
    }
    let versions = table.get("versions")?.as_table()?;
    for list in ["patched", "unaffected"] {
        for range in versions.get(list).and_then(|list| list.as_array()).into_iter().flatten() {
            if VersionReq::parse(range.as_str()?).ok()?.matches(version) {
                return Some(false);
            }
        }
    }
    Some(true)
}

#[cfg(test)]
mod tests {
    use super::{Version, affects};

    const ADVISORY: &str = "```toml\n[advisory]\nid = \"RUSTSEC-0000-0001\"\n[versions]\npatched = [\">= 1.2.3\"]\nunaffected = [\"< 1.1\"]\n```\n# Words\n";

    #[test]
    fn only_versions_between_are_affected() {
        for (version, expected) in
            [("1.0.9", false), ("1.1.0", true), ("1.2.2", true), ("1.2.3", false), ("2.0.0", false)]
        {
            assert_eq!(affects(ADVISORY, &Version::parse(version).unwrap()), Some(expected), "{version}");
        }
    }

    #[test]
    fn withdrawn_and_informational_ones_are_set_aside_and_broken_ones_are_not() {
        let version = Version::new(1, 1, 0);
        for line in ["withdrawn = \"2024-01-01\"", "informational = \"unmaintained\""] {
            let text = ADVISORY.replace("id =", &format!("{line}\nid ="));
            assert_eq!(affects(&text, &version), Some(false), "{line}");
        }
        assert_eq!(affects("no head", &version), None);
        assert_eq!(affects(&ADVISORY.replace(">= 1.2.3", "soon"), &version), None);
    }
}
