//! The allowances: what is over a limit for a written reason.
//!
//! Keeps: the list can only shrink. An allowance that nothing needs any more, or that is wider than what it allows,
//! is itself a problem; so is one beyond `MOST`.
//! Does not know: the limits. Each check asks for its own.
//!
//! One line each in `xtask/allowed.txt`: `CHECK PLACE NUMBER REASON…`; `#` opens a comment.

use crate::fault::Fault;
use crate::report::Problem;
use crate::workspace::Workspace;

const FILE: &str = "xtask/allowed.txt";
/// Lower it when an allowance goes. Raising it is a decision for a review.
const MOST: usize = 4;
const SHORTEST_REASON: usize = 20;

struct Allowance {
    line: usize,
    place: String,
    number: usize,
    used: bool,
}

/// The allowances of one check.
pub struct Allowed {
    entries: Vec<Allowance>,
    problems: Vec<Problem>,
}

impl Allowed {
    pub fn read(workspace: &Workspace, check: &str) -> Result<Self, Fault> {
        Ok(Self::parse(check, &workspace.text(FILE)?))
    }

    pub fn parse(check: &str, text: &str) -> Self {
        let (mut entries, mut problems, mut count) = (Vec::new(), Vec::new(), 0);
        for (index, line) in text.lines().enumerate() {
            let words: Vec<&str> = line.split_whitespace().collect();
            let (own, place, number, reason) = match words.as_slice() {
                [] => continue,
                [first, ..] if first.starts_with('#') => continue,
                [own, place, number, reason @ ..] => (*own, *place, number.parse::<usize>().ok(), reason.join(" ")),
                _ => ("", "", None, String::new()),
            };
            count += 1;
            if count > MOST {
                problems.push(Problem::at(FILE, index + 1, format!("more than {MOST} allowances")));
            }
            match number {
                Some(_) if reason.len() < SHORTEST_REASON => {
                    problems.push(Problem::at(FILE, index + 1, "an allowance gives its reason"));
                }
                Some(number) if own == check => {
                    entries.push(Allowance { line: index + 1, place: place.to_owned(), number, used: false });
                }
                Some(_) => {}
                None => problems.push(Problem::at(FILE, index + 1, "not `CHECK PLACE NUMBER REASON`")),
            }
        }
        Self { entries, problems }
    }

    /// The limit for `place` given what is there: the allowance's where one stands, else `usual`.
    pub fn limit(&mut self, place: &str, found: usize, usual: usize) -> usize {
        let Some(entry) = self.entries.iter_mut().find(|entry| entry.place == place) else { return usual };
        if found > usual {
            entry.used = true;
            if found < entry.number {
                let text = format!("{place} is down to {found}: lower its allowance of {}", entry.number);
                self.problems.push(Problem::at(FILE, entry.line, text));
            }
        }
        entry.number.max(usual)
    }

    /// What is wrong with the list itself, once every place was asked for.
    pub fn problems(self) -> Vec<Problem> {
        let unused = self.entries.iter().filter(|entry| !entry.used);
        let unused = unused.map(|entry| Problem::at(FILE, entry.line, format!("{} needs no allowance", entry.place)));
        unused.chain(self.problems.iter().cloned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Allowed;

    const LINE: &str =
        "# why\nsizes a.rs 700 one table that reads better whole\nother b.rs 9 belongs to another check, not here\n";

    #[test]
    fn an_allowance_in_use_is_quiet() {
        let mut allowed = Allowed::parse("sizes", LINE);
        assert_eq!(allowed.limit("a.rs", 700, 500), 700);
        assert_eq!(allowed.limit("b.rs", 600, 500), 500);
        assert_eq!(allowed.problems(), []);
    }

    #[test]
    fn an_allowance_must_shrink() {
        let mut allowed = Allowed::parse("sizes", LINE);
        allowed.limit("a.rs", 620, 500);
        let problems = allowed.problems();
        assert_eq!(problems.len(), 1);
        assert!(problems[0].text.contains("down to 620") && problems[0].place.ends_with(":2"));
    }

    #[test]
    fn an_allowance_that_nothing_needs_is_a_problem() {
        let mut allowed = Allowed::parse("sizes", LINE);
        allowed.limit("a.rs", 400, 500);
        assert!(allowed.problems()[0].text.contains("needs no allowance"));
    }

    #[test]
    fn a_reason_is_required_and_the_list_is_bounded() {
        let problems = Allowed::parse("sizes", "sizes a.rs 700 big\nsizes b.rs many lines\nnonsense\n").problems();
        assert_eq!(problems.len(), 3);
        let many = "other x 1 a reason that is long enough\n".repeat(super::MOST + 1);
        assert!(Allowed::parse("sizes", &many).problems()[0].text.contains("more than"));
    }
}
