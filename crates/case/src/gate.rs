//! The gates of a disclosure: what stands in the way of letting an item leave.
//!
//! Keeps: no reason to stop is dropped; an empty list is the only "yes". Does not know: how a thing is packed.

use crate::coverage::Coverage;
use crate::kinds::Decision;
use crate::person::PersonId;

/// The duration of a recording that can't be read: nobody can have heard it all.
pub const LENGTH_UNKNOWN: u64 = u64::MAX;

/// What is known of one item when it is about to leave.
#[derive(Clone, Debug)]
pub struct ItemFacts {
    /// The exhibit's number in the case.
    pub exhibit: u64,
    /// Duration, of a recording whose sound leaves; [`LENGTH_UNKNOWN`] where nobody could read it.
    pub sound_ms: Option<u64>,
    /// What named people have heard.
    pub heard: Coverage,
    /// What of the sound is withheld.
    pub withheld: Coverage,
    /// People whose names stand in it, and whether the plan strikes every find of theirs.
    pub people: Vec<PersonInItem>,
    /// Identifiers that no strike covers and nobody judged may stay, where this audience must not read them.
    pub identifiers: u64,
    /// Whether a reviewed plan exists.
    pub reviewed: bool,
    /// Leaf runs hidden now that were open in an earlier disclosure: (start, length).
    pub opened_before: Vec<(u64, u64)>,
    /// Places that an earlier disclosure for the same profile withheld and that this one would show.
    pub uncovered: u64,
}

/// A person in an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonInItem {
    /// Who.
    pub person: PersonId,
    /// The newest decision for this profile, if any was recorded.
    pub decision: Option<Decision>,
    /// Whether this profile withholds the person's names.
    pub withheld: bool,
    /// Finds of the name which no strike covers.
    pub open_finds: u64,
}

/// A reason to stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// No person has reviewed the plan.
    NotReviewed {
        /// The exhibit.
        exhibit: u64,
    },
    /// Sound would leave which nobody has heard.
    NotHeard {
        /// The exhibit.
        exhibit: u64,
        /// What nobody has heard and the plan does not withhold.
        gaps: Coverage,
    },
    /// A name that the profile withholds would be readable.
    NameOpen {
        /// The exhibit.
        exhibit: u64,
        /// Whose.
        person: PersonId,
        /// How often.
        finds: u64,
    },
    /// Numbers, addresses or dates that tell who somebody is would be readable.
    IdentifierOpen {
        /// The exhibit.
        exhibit: u64,
        /// How many.
        finds: u64,
    },
    /// The person has not agreed, or has refused.
    NoConsent {
        /// The exhibit.
        exhibit: u64,
        /// Who.
        person: PersonId,
        /// Whether a refusal is on record (else nothing is).
        refused: bool,
    },
    /// What this disclosure hides was open in an earlier one: hiding it now protects nobody and tells where to look.
    OpenedBefore {
        /// The exhibit.
        exhibit: u64,
        /// Leaves concerned.
        leaves: u64,
    },
    /// What this disclosure shows was withheld in an earlier one: who lays both side by side reads the name behind the
    /// label.
    Uncovered {
        /// The exhibit.
        exhibit: u64,
        /// Places concerned.
        places: u64,
    },
}

impl Block {
    /// Whether it is about a recording of which nobody knows how long it is.
    #[must_use]
    pub fn is_of_unknown_length(&self) -> bool {
        matches!(self, Self::NotHeard { gaps, .. } if gaps.ranges().last().is_some_and(|r| r.end == LENGTH_UNKNOWN))
    }
}

/// Every reason why `items` may not leave, in the order of the items. What the profile asks is in the facts.
#[must_use]
pub fn blocks(items: &[ItemFacts]) -> Vec<Block> {
    items.iter().flat_map(item_blocks).collect()
}

fn item_blocks(item: &ItemFacts) -> Vec<Block> {
    let exhibit = item.exhibit;
    let mut out = Vec::new();
    if !item.reviewed {
        out.push(Block::NotReviewed { exhibit });
    }
    if let Some(duration) = item.sound_ms {
        let gaps = item.heard.union(&item.withheld).gaps(duration);
        if gaps.total_ms() > 0 {
            out.push(Block::NotHeard { exhibit, gaps });
        }
    }
    for p in &item.people {
        if p.withheld && p.open_finds > 0 {
            out.push(Block::NameOpen { exhibit, person: p.person, finds: p.open_finds });
        }
        if !p.decision.is_some_and(Decision::lets_pass) {
            out.push(Block::NoConsent { exhibit, person: p.person, refused: p.decision == Some(Decision::Refused) });
        }
    }
    if item.identifiers > 0 {
        out.push(Block::IdentifierOpen { exhibit, finds: item.identifiers });
    }
    let leaves = item.opened_before.iter().fold(0u64, |sum, run| sum.saturating_add(run.1));
    if leaves > 0 {
        out.push(Block::OpenedBefore { exhibit, leaves });
    }
    if item.uncovered > 0 {
        out.push(Block::Uncovered { exhibit, places: item.uncovered });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use casemate_carve::locator::TimeRange;

    fn facts() -> ItemFacts {
        let cover = |a, b| Coverage::of(TimeRange::new(a, b));
        ItemFacts {
            exhibit: 3,
            sound_ms: Some(10_000),
            heard: cover(0, 8_000),
            withheld: cover(7_000, 10_000),
            people: vec![PersonInItem {
                person: PersonId([1; 32]),
                decision: Some(Decision::Agreed),
                withheld: true,
                open_finds: 0,
            }],
            identifiers: 0,
            reviewed: true,
            opened_before: Vec::new(),
            uncovered: 0,
        }
    }

    #[test]
    fn all_gates_open() {
        assert_eq!(blocks(&[facts()]), []);
    }

    #[test]
    fn each_gate_stops_alone() {
        let person = PersonId([1; 32]);
        let check = |change: fn(&mut ItemFacts), want: Block| {
            let mut f = facts();
            change(&mut f);
            assert_eq!(blocks(&[f]), [want]);
        };
        check(|f| f.reviewed = false, Block::NotReviewed { exhibit: 3 });
        let gaps = Coverage::of(TimeRange::new(6_000, 7_000));
        check(|f| f.heard = Coverage::of(TimeRange::new(0, 6_000)), Block::NotHeard { exhibit: 3, gaps });
        let mut unread = facts();
        unread.sound_ms = Some(LENGTH_UNKNOWN);
        let stopped = blocks(&[unread]);
        assert!(stopped.len() == 1 && stopped[0].is_of_unknown_length(), "{stopped:?}");
        let mut short = facts();
        short.heard = Coverage::of(None);
        assert!(blocks(&[short]).iter().all(|block| !block.is_of_unknown_length()));
        check(|f| f.people[0].open_finds = 2, Block::NameOpen { exhibit: 3, person, finds: 2 });
        check(|f| f.identifiers = 3, Block::IdentifierOpen { exhibit: 3, finds: 3 });
        check(|f| f.people[0].decision = None, Block::NoConsent { exhibit: 3, person, refused: false });
        check(
            |f| f.people[0].decision = Some(Decision::Refused),
            Block::NoConsent { exhibit: 3, person, refused: true },
        );
        check(|f| f.opened_before = vec![(5, 2), (9, 1)], Block::OpenedBefore { exhibit: 3, leaves: 3 });
        let mut unasked = facts();
        unasked.people[0].decision = Some(Decision::Unasked);
        assert_eq!(blocks(&[unasked]), []);
        check(|f| f.uncovered = 2, Block::Uncovered { exhibit: 3, places: 2 });
    }
}
