//! The licence of every dependency is one that we may link and ship.
//!
//! Keeps: a crate passes when its SPDX expression can be met by `ALLOWED` alone; one without an expression fails.
//! Does not know: licences of models, voices and fonts (NOTICE names them).

use cargo_metadata::Package;
use spdx::{Expression, ParseMode};

use crate::fault::Fault;
use crate::report::{Outcome, Problem};
use crate::workspace::Workspace;

/// Permissive licences, and MPL-2.0, whose reach ends at its own files.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    // That of bzip2: as BSD has it, with a name of its own.
    "bzip2-1.0.6",
    "BSL-1.0",
    "BlueOak-1.0.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];
/// An exception that only widens what a licence gives.
const EXCEPTIONS: &[&str] = &["LLVM-exception"];

pub fn run(workspace: &Workspace) -> Result<Outcome, Fault> {
    let packages = &workspace.metadata()?.packages;
    let outside: Vec<&Package> = packages.iter().filter(|package| package.source.is_some()).collect();
    let problems = outside.iter().filter_map(|package| {
        let place = format!("{} {}", package.name, package.version);
        fault(package.license.as_deref()).map(|text| Problem::new(place, text))
    });
    Ok(Outcome::of(problems.collect(), format!("{} dependencies", outside.len())))
}

fn fault(licence: Option<&str>) -> Option<String> {
    let Some(licence) = licence else { return Some("states no licence".to_owned()) };
    match Expression::parse_mode(licence, ParseMode::LAX) {
        Err(error) => Some(format!("licence {licence:?} is not SPDX: {}", error.reason)),
        Ok(expression) => {
            let met = expression.evaluate(|requirement| {
                let name = requirement.license.id().map(|id| id.name);
                let addition = requirement.addition.as_ref().map(ToString::to_string);
                name.is_some_and(|name| ALLOWED.contains(&name))
                    && addition.is_none_or(|addition| EXCEPTIONS.contains(&addition.as_str()))
            });
            (!met).then(|| format!("licence {licence} is not allowed"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn permissive_licences_pass() {
        for licence in [
            "MIT",
            "MIT/Apache-2.0",
            "Apache-2.0 WITH LLVM-exception",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "MPL-2.0",
            "GPL-3.0-only OR MIT",
        ] {
            assert_eq!(fault(Some(licence)), None, "{licence}");
        }
    }

    #[test]
    fn what_binds_us_fails() {
        for licence in [
            "GPL-3.0-only",
            "AGPL-3.0-or-later",
            "LGPL-2.1-or-later",
            "MIT AND GPL-2.0-only",
            "GPL-2.0-only WITH Classpath-exception-2.0",
            "SSPL-1.0",
            "not a licence",
        ] {
            assert!(fault(Some(licence)).is_some(), "{licence}");
        }
        assert!(fault(None).is_some());
    }
}
