//! What is missing in the vectors, and what is too much, against the texts of an index.
//!
//! Keeps: a pass holds the keys of at most about [`PASS_TEXTS`] texts in memory, however many there are: keys are spread evenly,
//! and a pass takes a share of them. Does not know: what vectors are.

use std::io;
use std::ops::RangeInclusive;

use crate::directory::SealedDirectory;
use crate::error::Error;
use crate::searcher::Searcher;
use crate::vectors::block::{self, Block};

/// Texts that are compared at once.
pub(super) const PASS_TEXTS: u64 = 1 << 20;

/// The shares of keys that are looked at one after another.
pub(super) fn passes(texts: u64) -> impl Iterator<Item = RangeInclusive<u64>> {
    let count = texts.div_ceil(PASS_TEXTS).max(1);
    let step = u64::MAX / count;
    (0..count).map(move |pass| {
        let first = pass * step;
        first..=if pass + 1 == count { u64::MAX } else { first + step - 1 }
    })
}

/// The difference in a share of keys.
pub(super) struct Gap {
    /// Where a passage of each text without vectors stands, in the order of the index.
    pub(super) missing: Vec<u64>,
    /// Keys of texts that no passage holds, sorted.
    pub(super) stale: Vec<u64>,
}

impl Gap {
    pub(super) fn of(
        directory: &SealedDirectory,
        blocks: &[Block],
        searcher: &Searcher,
        pass: RangeInclusive<u64>,
    ) -> io::Result<Result<Self, Error>> {
        let mut have = Vec::new();
        for block in blocks {
            have.extend(block::keys(directory, block)?.into_iter().filter(|key| pass.contains(key)));
        }
        have.sort_unstable();
        Ok(searcher.text_keys(&pass).map(|mut live| {
            live.sort_unstable();
            live.dedup_by_key(|(key, _)| *key);
            let lives = |key: &u64| live.binary_search_by_key(key, |(key, _)| *key).is_ok();
            let stale = have.iter().copied().filter(|key| !lives(key)).collect();
            let missing = live.iter().filter(|(key, _)| have.binary_search(key).is_err());
            let mut missing: Vec<u64> = missing.map(|(_, address)| *address).collect();
            missing.sort_unstable();
            Self { missing, stale }
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passes_cover_every_key_once() {
        for texts in [0, 1, PASS_TEXTS, PASS_TEXTS + 1, 7 * PASS_TEXTS] {
            let all: Vec<_> = passes(texts).collect();
            assert_eq!(all.len() as u64, texts.div_ceil(PASS_TEXTS).max(1));
            assert_eq!((*all[0].start(), *all[all.len() - 1].end()), (0, u64::MAX));
            assert!(all.windows(2).all(|pair| pair[0].end() + 1 == *pair[1].start()));
        }
    }
}
