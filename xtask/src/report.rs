//! What a check found, and the line that says so.
//!
//! Keeps: an outcome is one of ok, failed, not checked; a failure has at least one problem with its place.
//! Does not know: which checks exist.

use std::fmt::Write as _;
use std::time::Duration;

use crate::fault::Fault;

/// One thing that is wrong, and where: `path`, `path:line`, or the name of a crate.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    pub place: String,
    pub text: String,
}

impl Problem {
    pub fn new(place: impl Into<String>, text: impl Into<String>) -> Self {
        Self { place: place.into(), text: text.into() }
    }

    pub fn at(path: &str, line: usize, text: impl Into<String>) -> Self {
        Self::new(format!("{path}:{line}"), text)
    }
}

/// What one check came to.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It looked, and this is what it looked at.
    Ok(String),
    Failed(Vec<Problem>),
    /// It could not look, and why.
    NotChecked(String),
}

impl Outcome {
    /// Failed with these problems, or ok having seen `seen`.
    pub fn of(mut problems: Vec<Problem>, seen: impl Into<String>) -> Self {
        if problems.is_empty() {
            return Self::Ok(seen.into());
        }
        problems.sort();
        problems.dedup();
        Self::Failed(problems)
    }

    pub const fn is_failure(&self) -> bool {
        matches!(self, Self::Failed(_))
    }

    /// One line, then a line for each problem.
    pub fn shown(&self, name: &str, took: Duration) -> String {
        let seconds = took.as_secs_f64();
        match self {
            Self::Ok(seen) => format!("{name:<12} ok           {seconds:>7.2} s  {seen}\n"),
            Self::NotChecked(why) => format!("{name:<12} NOT CHECKED  {seconds:>7.2} s  {why}\n"),
            Self::Failed(problems) => {
                let mut lines = format!("{name:<12} FAILED       {seconds:>7.2} s  {} found\n", problems.len());
                for Problem { place, text } in problems {
                    let _ = writeln!(lines, "    {place}: {text}");
                }
                lines
            }
        }
    }
}

impl From<Fault> for Outcome {
    fn from(fault: Fault) -> Self {
        Self::Failed(vec![Problem::new("xtask", fault.to_string())])
    }
}

#[cfg(test)]
mod tests {
    use super::{Outcome, Problem};
    use std::time::Duration;

    #[test]
    fn a_failure_lists_each_problem_once_in_order() {
        let problem = |place: &str| Problem::new(place, "wrong");
        let outcome = Outcome::of(vec![problem("b:2"), problem("a:1"), problem("b:2")], "");
        assert!(outcome.is_failure());
        let shown = outcome.shown("sizes", Duration::from_millis(1500));
        assert_eq!(shown, "sizes        FAILED          1.50 s  2 found\n    a:1: wrong\n    b:2: wrong\n");
    }

    #[test]
    fn not_checked_is_neither_ok_nor_failed() {
        let outcome = Outcome::NotChecked("no database".to_owned());
        assert!(!outcome.is_failure());
        assert!(!outcome.shown("advisories", Duration::ZERO).contains("ok"));
    }
}
