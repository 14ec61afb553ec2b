//! The verifier that a stranger runs stays small.
//!
//! Keeps: `casemate-verify` is under `MOST_BYTES` wherever this workspace's target folder holds a built one.
//! Does not know: how to build it. Where none is built the answer is NOT CHECKED.

use std::path::Path;

use crate::fault::Fault;
use crate::report::{Outcome, Problem};
use crate::workspace::Workspace;

const MOST_BYTES: u64 = 5_000_000;
const NAME: &str = "casemate-verify";
/// Below the target folder; `alone` is where `script/demo` builds the one that stands without libraries.
const FOLDERS: [&str; 3] = ["debug", "release", "alone"];

pub fn run(workspace: &Workspace) -> Result<Outcome, Fault> {
    Ok(judge(workspace.metadata()?.target_directory.as_std_path()))
}

fn judge(target: &Path) -> Outcome {
    let built: Vec<(String, u64)> = FOLDERS.into_iter().flat_map(|folder| built_below(&target.join(folder))).collect();
    if built.is_empty() {
        return Outcome::NotChecked("casemate-verify is not built here".to_owned());
    }
    let heavy = built.iter().filter(|(_, bytes)| *bytes >= MOST_BYTES);
    let problems =
        heavy.map(|(name, bytes)| Problem::new(name, format!("{bytes} bytes; less than {MOST_BYTES} asked")));
    let seen: Vec<String> = built.iter().map(|(name, bytes)| format!("{name} {bytes} bytes")).collect();
    Outcome::of(problems.collect(), seen.join(", "))
}

/// In the folder itself, or in `TRIPLE/release` below it.
fn built_below(folder: &Path) -> Vec<(String, u64)> {
    let below = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path().join("release"));
    let places = std::iter::once(folder.to_path_buf()).chain(below);
    places
        .filter_map(|place| {
            let path = place.join(NAME);
            let length = std::fs::metadata(&path).ok().filter(std::fs::Metadata::is_file)?.len();
            Some((path.to_string_lossy().into_owned(), length))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{MOST_BYTES, Outcome, judge};

    #[test]
    fn a_heavy_verifier_is_found_and_a_missing_one_is_not_checked() {
        let target = std::env::temp_dir().join(format!("casemate-weight-{}", std::process::id()));
        let path = target.join("debug");
        std::fs::create_dir_all(&path).unwrap();
        assert!(matches!(judge(&target), Outcome::NotChecked(_)));
        let file = std::fs::File::create(path.join("casemate-verify")).unwrap();
        file.set_len(MOST_BYTES - 1).unwrap();
        assert!(matches!(judge(&target), Outcome::Ok(_)));
        file.set_len(MOST_BYTES).unwrap();
        assert!(judge(&target).is_failure());
        file.set_len(1).unwrap();
        let alone = target.join("alone/triple/release");
        std::fs::create_dir_all(&alone).unwrap();
        std::fs::File::create(alone.join("casemate-verify")).unwrap().set_len(MOST_BYTES).unwrap();
        assert!(judge(&target).is_failure());
        std::fs::remove_dir_all(&target).unwrap();
    }
}
