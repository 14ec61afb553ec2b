//! The tokens that a bundle carries.
//!
//! Keeps: for each item the first token of each authority that covers it, the newest of each authority, and what renews them; in the order of what they
//! cover. Does not know: whether they hold (the verifier says so), other lanes.

use crate::AppError;
use casemate_bundle::material::{LoggedAct, StampMaterial};
use casemate_proof::tree::{StoredNodes, prove_consistency};
use casemate_stamp::Kept;
use casemate_vault::VaultError;
use casemate_vault::stamp::StampAct;
use casemate_verify::bag::STAMPS_MAX;
use std::collections::BTreeMap;

/// Tokens of the own lane by the entry that records them.
pub(crate) type Stamps = BTreeMap<u64, StampAct>;

/// The entries of the tokens that go with items at `places`, at most [`STAMPS_MAX`]: spread over all where they are more, the newest always.
pub(crate) fn choose(stamps: &Stamps, places: impl Iterator<Item = u64>) -> Vec<u64> {
    // By authority, then by what they cover: the first token over a checkpoint is the earliest.
    let mut ordered: BTreeMap<Option<&str>, BTreeMap<u64, u64>> = BTreeMap::new();
    for (entry, act) in stamps {
        ordered.entry(act.authority.as_deref()).or_default().entry(act.size).or_insert(*entry);
    }
    let places: Vec<u64> = places.collect();
    let mut chosen = BTreeMap::new();
    for of_one in ordered.values() {
        let covering = places.iter().filter_map(|place| of_one.range(place.saturating_add(1)..).next());
        // The newest renews the others.
        chosen.extend(covering.chain(of_one.last_key_value()).map(|(size, entry)| ((*size, *entry), *entry)));
    }
    let chosen: Vec<u64> = chosen.into_values().collect();
    let surplus = chosen.len() > STAMPS_MAX;
    let last = chosen.len().saturating_sub(1);
    let at = |n: usize| if surplus { n.saturating_mul(last) / (STAMPS_MAX - 1) } else { n };
    (0..chosen.len().min(STAMPS_MAX)).filter_map(|n| chosen.get(at(n)).copied()).collect()
}

/// A token as a bundle of a lane with `size` entries carries it.
pub(crate) fn material(
    act: &StampAct,
    logged: LoggedAct,
    size: u64,
    nodes: &StoredNodes,
) -> Result<StampMaterial, AppError> {
    let damaged = || VaultError::Damaged { what: "a stamped checkpoint".to_owned(), why: "it is not text" };
    Ok(StampMaterial {
        note: String::from_utf8(act.note.clone()).map_err(|_| damaged())?,
        kept: Kept {
            salt: act.salt,
            token: act.token.clone(),
            certificates: act.certificates.clone(),
            lists: act.lists.clone(),
        },
        consistency: prove_consistency(act.size, size, nodes).map_err(VaultError::from)?,
        logged: Some(logged),
    })
}

#[cfg(test)]
mod tests {
    use super::{STAMPS_MAX, Stamps, choose};
    use casemate_vault::stamp::StampAct;

    fn stamps(of: &[(u64, u64, &str)]) -> Stamps {
        let act = |size, authority: &str| StampAct {
            salt: [0; 32],
            note: Vec::new(),
            size,
            token: Vec::new(),
            certificates: Vec::new(),
            lists: Vec::new(),
            authority: Some(authority.to_owned()),
            on: String::new(),
        };
        of.iter().map(|(entry, size, authority)| (*entry, act(*size, authority))).collect()
    }

    #[test]
    fn the_first_that_covers_each_item_and_the_newest_go_along() {
        let all = stamps(&[(10, 8, "a"), (12, 8, "b"), (14, 13, "a"), (20, 18, "a"), (30, 28, "a"), (31, 28, "a")]);
        assert_eq!(choose(&all, [7].into_iter()), [10, 12, 30]);
        assert_eq!(choose(&all, [8].into_iter()), [12, 14, 30], "entry 8 is not among the first 8");
        assert_eq!(choose(&all, [3, 17].into_iter()), [10, 12, 20, 30]);
        assert_eq!(choose(&all, [40].into_iter()), [12, 30]);
        assert!(choose(&Stamps::new(), [1].into_iter()).is_empty());
    }

    #[test]
    fn too_many_are_spread_and_the_newest_stays() {
        let all: Vec<(u64, u64, &str)> = (1..=500).map(|n| (n * 10, n * 10 - 1, "a")).collect();
        let chosen = choose(&stamps(&all), (1..=500).map(|n| n * 10 - 5));
        assert_eq!((chosen.len(), chosen.first(), chosen.last()), (STAMPS_MAX, Some(&10), Some(&5000)));
        assert!(chosen.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
