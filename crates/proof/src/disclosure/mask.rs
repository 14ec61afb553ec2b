//! Which leaves are open: runs, and the nodes of the tree that the runs make.
//!
//! Keeps: one mask has one list of runs; the walk meets every maximal uniform node once, from left to right.
//! Does not know: what the leaves hold.

use super::{DisclosureError, RUNS_MAX};
use crate::shape::Span;

/// Runs of leaves, open and hidden in turn, the first open (and 0 long if the object begins hidden).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mask {
    runs: Vec<u64>,
    leaves: u64,
}

/// A maximal node whose leaves are all open or all hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terminal {
    /// Its leaves.
    pub span: Span,
    /// Whether they are open.
    pub open: bool,
}

impl Mask {
    /// From run lengths, the first of them open.
    ///
    /// # Errors
    /// Refuses no runs, too many, a 0 that is not the first, or a lone 0, and sums above 2^64.
    pub fn from_runs(runs: Vec<u64>) -> Result<Self, DisclosureError> {
        if runs.len() > RUNS_MAX {
            return Err(DisclosureError::Runs);
        }
        if runs.iter().skip(1).any(|run| *run == 0) {
            return Err(DisclosureError::Mask);
        }
        let leaves = runs.iter().try_fold(0u64, |sum, run| sum.checked_add(*run)).ok_or(DisclosureError::Mask)?;
        if leaves == 0 { Err(DisclosureError::Mask) } else { Ok(Self { runs, leaves }) }
    }

    /// All of `leaves` leaves open.
    ///
    /// # Errors
    /// [`DisclosureError::Mask`] for no leaves.
    pub fn all_open(leaves: u64) -> Result<Self, DisclosureError> {
        Self::from_runs(vec![leaves])
    }

    /// All of `leaves` leaves open but those in the half-open ranges, which may touch and overlap.
    ///
    /// # Errors
    /// Refuses a range beyond the leaves, or too many runs.
    pub fn hiding(leaves: u64, ranges: &[std::ops::Range<u64>]) -> Result<Self, DisclosureError> {
        let mut ranges: Vec<_> = ranges.iter().filter(|r| r.start < r.end).cloned().collect();
        ranges.sort_by_key(|r| r.start);
        let mut runs: Vec<u64> = Vec::new();
        let mut at = 0;
        for range in ranges {
            if range.end > leaves {
                return Err(DisclosureError::Mask);
            }
            if range.start > at || runs.is_empty() {
                runs.extend([range.start - at, range.end - range.start]);
                at = range.end;
            } else if let Some(last) = runs.last_mut() {
                let more = range.end.saturating_sub(at);
                *last += more;
                at += more;
            }
        }
        if at < leaves {
            runs.push(leaves - at);
        }
        Self::from_runs(runs)
    }

    /// The run lengths, open and hidden in turn.
    #[must_use]
    pub fn runs(&self) -> &[u64] {
        &self.runs
    }

    /// The number of leaves that it covers.
    #[must_use]
    pub fn leaves(&self) -> u64 {
        self.leaves
    }

    /// The number of open leaves.
    #[must_use]
    pub fn open_leaves(&self) -> u64 {
        self.runs.iter().step_by(2).sum()
    }

    /// The runs as half-open ranges of leaves, each with whether it is open.
    pub fn ranges(&self) -> impl Iterator<Item = (std::ops::Range<u64>, bool)> + '_ {
        let mut at = 0;
        self.runs.iter().enumerate().filter(|(_, run)| **run > 0).map(move |(i, run)| {
            let range = at..at + run;
            at = range.end;
            (range, i % 2 == 0)
        })
    }

    /// Whether a leaf is open; `false` beyond the last.
    #[must_use]
    pub fn is_open(&self, leaf: u64) -> bool {
        self.ranges().find(|(range, _)| range.contains(&leaf)).is_some_and(|(_, open)| open)
    }

    /// The maximal uniform nodes from left to right: one for each token.
    #[must_use]
    pub fn terminals(&self) -> Terminals<'_> {
        let runs = Runs { rest: &self.runs, end: 0, open: false };
        Terminals { runs, stack: vec![Span { start: 0, size: self.leaves }] }
    }
}

/// The run that a leaf lies in, moving right only.
#[derive(Clone, Debug)]
struct Runs<'a> {
    rest: &'a [u64],
    end: u64,
    open: bool,
}

impl Runs<'_> {
    fn reach(&mut self, leaf: u64) {
        while self.end <= leaf {
            let Some((run, rest)) = self.rest.split_first() else { return };
            (self.rest, self.end, self.open) = (rest, self.end.saturating_add(*run), !self.open);
        }
    }
}

/// The walk over a mask's maximal uniform nodes.
#[derive(Clone, Debug)]
pub struct Terminals<'a> {
    runs: Runs<'a>,
    stack: Vec<Span>,
}

impl Iterator for Terminals<'_> {
    type Item = Terminal;

    fn next(&mut self) -> Option<Terminal> {
        let mut span = self.stack.pop()?;
        self.runs.reach(span.start);
        while span.end() > self.runs.end {
            let (left, right) = span.children()?;
            self.stack.push(right);
            span = left;
        }
        Some(Terminal { span, open: self.runs.open })
    }
}
