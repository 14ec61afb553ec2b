//! A leaf as the reader of a disclosure has it, and runs of leaves.
//!
//! Keeps: a hidden run says how many leaves and ticks, nothing else.
//! Does not know: how hiding is proven.

/// One open leaf, or a run of hidden ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaf<'a> {
    /// The payload.
    Open(&'a [u8]),
    /// One or more consecutive leaves that are withheld.
    Hidden {
        /// How many leaves, at least 1.
        leaves: u64,
        /// The sum of their ticks.
        ticks: u64,
    },
}

/// A run of leaves: `start .. start + len`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Run {
    /// Index of the first leaf.
    pub start: u64,
    /// How many leaves, at least 1.
    pub len: u64,
}

impl Run {
    /// First index after the run.
    #[must_use]
    pub fn end(self) -> u64 {
        self.start.saturating_add(self.len)
    }

    /// Whether the leaf lies in the run.
    #[must_use]
    pub fn contains(self, index: u64) -> bool {
        index >= self.start && index < self.end()
    }

    /// Sorts, drops empty runs and joins those that touch or overlap.
    #[must_use]
    pub fn normalise(mut runs: Vec<Run>) -> Vec<Run> {
        runs.retain(|run| run.len > 0);
        runs.sort_unstable();
        let mut joined: Vec<Run> = Vec::with_capacity(runs.len());
        for run in runs {
            match joined.last_mut() {
                Some(last) if run.start <= last.end() => {
                    let end = last.end().max(run.end());
                    last.len = end.saturating_sub(last.start);
                }
                _ => joined.push(run),
            }
        }
        joined
    }
}
