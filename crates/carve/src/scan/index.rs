//! Walking a source whose leaves differ in length, with a mark every so many leaves for random access.
//!
//! Keeps: 8 bytes of memory for [`MARK_EVERY`] leaves; one leaf at a time; leaves no longer than [`MAX_PIECE`].
//! Does not know: what a leaf means.

use super::step::{After, Step};
use super::{amr, csv, lines, spans};
use crate::profile::{Syntax, TextUnit};
use std::io::{self, BufRead};

/// Leaves between two marks.
pub(crate) const MARK_EVERY: u64 = 256;
/// Most leaves found by walking; more make the source `chunk-v1`.
pub const MAX_WALKED: u64 = 1 << 25;

/// Which grammar to walk by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Walker {
    Amr,
    Lines(TextUnit),
    Csv { delimiter: u8 },
    Spans(Syntax),
}

impl Walker {
    /// Reads one leaf into `leaf`. `first` says whether the reader stands at the start of the source.
    pub(crate) fn step<R: BufRead>(self, src: &mut R, first: bool, leaf: &mut Vec<u8>) -> io::Result<Step> {
        leaf.clear();
        match self {
            Self::Amr => amr::step(src, leaf),
            Self::Lines(unit) => lines::step(src, unit, leaf),
            Self::Csv { delimiter } => csv::step(src, delimiter, first, leaf),
            Self::Spans(syntax) => spans::step(src, syntax, first, leaf),
        }
    }
}

/// Where leaves begin, sparsely.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Index {
    marks: Vec<u64>,
    count: u64,
    end: u64,
}

impl Index {
    /// An empty index whose first leaf would begin at `start`.
    pub(crate) fn starting_at(start: u64) -> Self {
        Self { marks: Vec::new(), count: 0, end: start }
    }

    /// Records the next leaf, of `used` bytes.
    pub(crate) fn push(&mut self, used: u64) {
        if self.count.is_multiple_of(MARK_EVERY) {
            self.marks.push(self.end);
        }
        self.count = self.count.saturating_add(1);
        self.end = self.end.saturating_add(used);
    }

    /// How many leaves.
    pub(crate) fn count(&self) -> u64 {
        self.count
    }

    /// First byte after the last leaf.
    pub(crate) fn end(&self) -> u64 {
        self.end
    }

    /// The mark at or before a leaf: (its offset, leaves to skip from there).
    pub(crate) fn mark(&self, leaf: u64) -> Option<(u64, u64)> {
        let slot = usize::try_from(leaf / MARK_EVERY).ok()?;
        Some((*self.marks.get(slot)?, leaf % MARK_EVERY))
    }
}

/// How a walk ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// At the end of the source.
    Clean,
    /// Before bytes that are no leaf.
    Odd,
    /// At [`MAX_WALKED`].
    TooMany,
}

/// Walks from `start`, telling each step to `seen`, which may stop the walk as odd by answering false.
pub(crate) fn walk<R: BufRead>(
    walker: Walker,
    src: &mut R,
    start: u64,
    mut seen: impl FnMut(After) -> bool,
) -> io::Result<(Index, Ended)> {
    let mut index = Index::starting_at(start);
    let mut leaf = Vec::new();
    loop {
        match walker.step(src, index.end() == 0, &mut leaf)? {
            Step::Leaf { used, after } => {
                if index.count() >= MAX_WALKED {
                    return Ok((index, Ended::TooMany));
                }
                if !seen(after) {
                    return Ok((index, Ended::Odd));
                }
                index.push(used);
            }
            Step::End => return Ok((index, Ended::Clean)),
            Step::Odd => return Ok((index, Ended::Odd)),
        }
    }
}
