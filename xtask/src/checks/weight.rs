//! The verifier that a stranger runs stays small.
//!
//! Keeps: `casemate-verify` is under `MOST_BYTES` wherever this workspace's target folder holds a built one.
//! Does not know: how to build it. Where none is built the answer is NOT CHECKED.

use std::path::Path;

use crate::report::{Outcome, Problem};
use crate::workspace::{Fault, Workspace};

const MOST_BYTES: u64 = 5_000_000;
const EXECUTABLES: [&str; 2] = ["debug/casemate-verify", "release/casemate-verify"];

pub fn run(workspace: &Workspace) -> Result<Outcome, Fault> {
    Ok(judge(workspace.metadata()?.target_directory.as_std_path()))
}

fn judge(target: &Path) -> Outcome {
    let built: Vec<(&str, u64)> = EXECUTABLES
        .into_iter()
        .filter_map(|name| Some((name, std::fs::metadata(target.join(name)).ok()?.len())))
        .collect();
    if built.is_empty() {
        return Outcome::NotChecked("casemate-verify is not built here".to_owned());
    }
    let heavy = built.iter().filter(|(_, bytes)| *bytes >= MOST_BYTES);
    let problems =
        heavy.map(|(name, bytes)| Problem::new(*name, format!("{bytes} bytes; less than {MOST_BYTES} asked")));
    let seen: Vec<String> = built.iter().map(|(name, bytes)| format!("{name} {bytes} bytes")).collect();
    Outcome::of(problems.collect(), seen.join(", "))
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
        std::fs::remove_dir_all(&target).unwrap();
    }
}
