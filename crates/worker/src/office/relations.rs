//! What a part of an OOXML package refers to.
//!
//! Keeps: a name never leaves the package. Does not know: what a part is.

use std::collections::BTreeMap;

use crate::markup::{Mark, walk};
use crate::package::Package;

/// What a part refers to: id to sort and file.
pub fn relations(package: &mut Package, part: &str) -> BTreeMap<String, (String, String)> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let mut all = BTreeMap::new();
    walk(&package.read(&format!("{folder}/_rels/{name}.rels")).unwrap_or_default(), |mark| {
        if let Mark::Open("Relationship", attributes) = mark
            && attributes.get("TargetMode").is_none_or(|mode| mode != "External")
            && let (Some(id), Some(kind), Some(target)) =
                (attributes.get("Id"), attributes.get("Type"), attributes.get("Target"))
        {
            all.insert(id, (kind, resolved(folder, &target)));
        }
    });
    all
}

/// The name of a file as seen from a folder of the package.
fn resolved(folder: &str, target: &str) -> String {
    let mut steps: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            ".." => drop(steps.pop()),
            "" | "." => {}
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_within_the_package() {
        assert_eq!(resolved("ppt/slides", "../notes/n1.xml"), "ppt/notes/n1.xml");
        assert_eq!(resolved("ppt", "/a/./b.xml"), "a/b.xml");
        assert_eq!(resolved("ppt", "../../../etc/passwd"), "etc/passwd");
    }
}
