//! Which of the statements of others over the log go along with a bundle: tokens of time, cosignatures of witnesses.
//!
//! Keeps: for each item the first of each of them that covers it, and the newest of each; in the order of what they cover. Does not know: what they say, or
//! whether they hold.

use crate::{AppError, Session};
use casemate_proof::Act;
use casemate_vault::Content;
use std::collections::BTreeMap;

/// What an entry of the log says of the log before it.
pub(crate) struct Covering {
    /// Whose statement it is.
    pub by: Option<String>,
    /// Entries of the checkpoint that it is about.
    pub size: u64,
}

/// What the acts of the own lane hold that `read` understands, by their entries.
pub(crate) fn of_own_lane<T>(
    session: &Session,
    read: impl Fn(&Act) -> Option<T>,
) -> Result<BTreeMap<u64, T>, AppError> {
    let own = session.vault.lane_id();
    let mut found = BTreeMap::new();
    for entry in session.vault.acts()? {
        let entry = entry?;
        if let Content::Act(act) = entry.content
            && entry.order.lane == own
        {
            found.extend(read(&act.act).map(|held| (entry.order.index, held)));
        }
    }
    Ok(found)
}

/// The entries of those that go with items at `places`, at most `most`: spread over all where they are more, the newest always.
pub(crate) fn choose(all: impl Iterator<Item = (u64, Covering)>, places: &[u64], most: usize) -> Vec<u64> {
    // By whom, then by what they cover: the first over a checkpoint is the earliest.
    let mut ordered: BTreeMap<Option<String>, BTreeMap<u64, u64>> = BTreeMap::new();
    for (entry, covering) in all {
        ordered.entry(covering.by).or_default().entry(covering.size).or_insert(entry);
    }
    let mut chosen = BTreeMap::new();
    for of_one in ordered.values() {
        let covering = places.iter().filter_map(|place| of_one.range(place.saturating_add(1)..).next());
        chosen.extend(covering.chain(of_one.last_key_value()).map(|(size, entry)| ((*size, *entry), *entry)));
    }
    let chosen: Vec<u64> = chosen.into_values().collect();
    let surplus = chosen.len() > most;
    let last = chosen.len().saturating_sub(1);
    let at = |n: usize| if surplus { n.saturating_mul(last) / most.saturating_sub(1).max(1) } else { n };
    (0..chosen.len().min(most)).filter_map(|n| chosen.get(at(n)).copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Covering, choose};

    fn chosen(of: &[(u64, u64, &str)], places: &[u64], most: usize) -> Vec<u64> {
        let covering =
            |(entry, size, by): &(u64, u64, &str)| (*entry, Covering { by: Some((*by).into()), size: *size });
        choose(of.iter().map(covering), places, most)
    }

    #[test]
    fn the_first_that_covers_each_item_and_the_newest_go_along() {
        let all = [(10, 8, "a"), (12, 8, "b"), (14, 13, "a"), (20, 18, "a"), (30, 28, "a"), (31, 28, "a")];
        assert_eq!(chosen(&all, &[7], 64), [10, 12, 30]);
        assert_eq!(chosen(&all, &[8], 64), [12, 14, 30], "entry 8 is not among the first 8");
        assert_eq!(chosen(&all, &[3, 17], 64), [10, 12, 20, 30]);
        assert_eq!(chosen(&all, &[40], 64), [12, 30]);
        assert!(chosen(&[], &[1], 64).is_empty());
    }

    #[test]
    fn too_many_are_spread_and_the_newest_stays() {
        let all: Vec<(u64, u64, &str)> = (1..=500).map(|n| (n * 10, n * 10 - 1, "a")).collect();
        let places: Vec<u64> = (1..=500).map(|n| n * 10 - 5).collect();
        let chosen = chosen(&all, &places, 64);
        assert_eq!((chosen.len(), chosen.first(), chosen.last()), (64, Some(&10), Some(&5000)));
        assert!(chosen.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
