//! What ran before left the tree as it was checked out.
//!
//! Keeps: with `CI` set, any changed or new file is a problem; without it the answer is NOT CHECKED, for a developer's
//! tree is theirs.
//! Does not know: who changed it.

use crate::fault::Fault;
use crate::report::{Outcome, Problem};
use crate::workspace::Workspace;

pub fn run(workspace: &Workspace) -> Result<Outcome, Fault> {
    if std::env::var_os("CI").is_none() {
        return Ok(Outcome::NotChecked("CI is not set".to_owned()));
    }
    Ok(judge(&workspace.output("git", &["status", "--porcelain"])?))
}

fn judge(status: &str) -> Outcome {
    let changed = status.lines().filter_map(|line| Some((line.get(..2)?, line.get(3..)?)));
    Outcome::of(
        changed.map(|(mark, path)| Problem::new(path, format!("is not clean ({})", mark.trim()))).collect(),
        "clean",
    )
}

#[cfg(test)]
mod tests {
    use super::{Outcome, judge};

    #[test]
    fn each_changed_file_is_named() {
        let outcome = judge(" M Cargo.lock\n?? new file.txt\n");
        let Outcome::Failed(problems) = outcome else { panic!("{outcome:?}") };
        let places: Vec<_> = problems.iter().map(|problem| problem.place.as_str()).collect();
        assert_eq!(places, ["Cargo.lock", "new file.txt"]);
        assert!(!judge("").is_failure());
    }
}
