//! The nearest texts out of all, by looking at each row.
//!
//! Keeps: exact, for what rows are; memory holds one frame and the texts that are kept. A text counts with its nearest row.
//! Does not know: passages, filters.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::io;

use super::block::{Block, each_row};
use super::row::Asked;
use crate::directory::SealedDirectory;

/// What is looked for.
pub(crate) struct Scan<'a> {
    pub(crate) asked: &'a Asked,
    /// How many texts are kept.
    pub(crate) keep: usize,
    /// The least cosine.
    pub(crate) floor: f32,
    /// Sorted keys of the texts that count; all where absent.
    pub(crate) allowed: Option<&'a [u64]>,
}

/// A text and its nearest row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Best {
    pub(crate) score: f32,
    pub(crate) key: u64,
    pub(crate) from: u32,
    pub(crate) to: u32,
}

impl Ord for Best {
    fn cmp(&self, other: &Self) -> Ordering {
        self.score.total_cmp(&other.score).then_with(|| other.key.cmp(&self.key))
    }
}

impl PartialOrd for Best {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Best {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Best {}

impl Scan<'_> {
    /// The nearest texts, best first.
    pub(crate) fn run(&self, directory: &SealedDirectory, blocks: &[Block]) -> io::Result<Vec<Best>> {
        let mut heap = BinaryHeap::new();
        for block in blocks {
            let mut text: Option<Best> = None;
            each_row(directory, block, &mut |_, row| {
                let score = row.score(self.asked);
                match &mut text {
                    Some(best) if best.key == row.key => {
                        if score > best.score {
                            *best = Best { score, from: row.from, to: row.to, ..*best };
                        }
                    }
                    _ => {
                        let next = Best { score, key: row.key, from: row.from, to: row.to };
                        self.keep(&mut heap, text.replace(next));
                    }
                }
                Ok(())
            })?;
            self.keep(&mut heap, text);
        }
        Ok(heap.into_sorted_vec().into_iter().map(|Reverse(best)| best).collect())
    }

    fn keep(&self, heap: &mut BinaryHeap<Reverse<Best>>, best: Option<Best>) {
        let Some(best) = best.filter(|best| best.score >= self.floor) else { return };
        let full = heap.len() >= self.keep;
        if full && heap.peek().is_none_or(|Reverse(worst)| best <= *worst) {
            return;
        }
        if self.allowed.is_some_and(|allowed| allowed.binary_search(&best.key).is_err()) {
            return;
        }
        if full {
            heap.pop();
        }
        heap.push(Reverse(best));
    }
}
