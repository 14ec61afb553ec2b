//! What bundles tell together: each keeps what it withholds, and whoever holds two of them may read it all the same.
//!
//! Keeps: what is found is named by its item and place in number, never by its words (I5). Does not know: who holds which bundle.

use super::opened::{Opened, Passages};
use serde::Serialize;
use std::collections::BTreeSet;
use std::ops::Range;
use utoipa::ToSchema;

/// What a bundle tells with another, or of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum Tell {
    /// What this one withholds of an item stands open in the other.
    OpenThere {
        /// The item.
        item: u64,
        /// The other bundle.
        other: String,
        /// The item of that one.
        other_item: u64,
        /// Passages, or leaves of a recording or a page.
        places: u64,
        /// Of a recording, when: milliseconds from its start.
        #[schema(value_type = Vec<(u64, u64)>)]
        times: Vec<[u64; 2]>,
    },
    /// What the other withholds stands open in this one.
    OpenHere {
        /// The item.
        item: u64,
        /// The other bundle.
        other: String,
        /// The item of that one.
        other_item: u64,
        /// Passages, or leaves of a recording or a page.
        places: u64,
        /// Of a recording, when: milliseconds from its start.
        #[schema(value_type = Vec<(u64, u64)>)]
        times: Vec<[u64; 2]>,
    },
    /// A bundle for a newspaper shares with another what says that they are of one case.
    Joined {
        /// The other bundle.
        other: String,
        /// By what: `alias` or `key`.
        by: &'static str,
        /// How many of them.
        count: u64,
    },
    /// The exact length of a recording, and how many calls of a day have it.
    ExactLength {
        /// The item.
        item: u64,
        /// Milliseconds.
        ms: u64,
        /// Calls of that length among those of an invented operator's day.
        calls: u64,
        /// Calls of that day.
        of: u64,
    },
    /// A cut that is so short that it tells how long a word is.
    ShortCut {
        /// The item.
        item: u64,
        /// Where it begins, milliseconds.
        at_ms: u64,
        /// How long it is, milliseconds.
        ms: u64,
    },
}

impl Tell {
    /// Whether it is a leak; else it is worth a look.
    #[must_use]
    pub fn leaks(&self) -> bool {
        match self {
            Self::OpenThere { .. } | Self::OpenHere { .. } | Self::Joined { .. } | Self::ShortCut { .. } => true,
            Self::ExactLength { .. } => false,
        }
    }
}

/// What `this` tells with `other`.
pub(super) fn together(this: &Opened, other: &Opened) -> Vec<Tell> {
    let name = &other.name;
    let mut found = Vec::new();
    let pairs = this.objects.iter().flat_map(|a| other.objects.iter().map(move |b| (a, b)));
    for (a, b) in pairs.filter(|(a, b)| a.root == b.root) {
        let told = |ranges: Vec<Range<u64>>| (ranges.iter().map(len).sum(), a.times_of(&ranges));
        add(&mut found, (a.item, b.item), name, told(only(&a.hidden, &b.hidden)), told(only(&b.hidden, &a.hidden)));
    }
    let pairs = this.texts.iter().flat_map(|a| other.texts.iter().map(move |b| (a, b)));
    for ((item, a), (other_item, b)) in pairs {
        let told = |places| (places, Vec::new());
        add(&mut found, (*item, *other_item), name, told(said_by(a, b)), told(said_by(b, a)));
    }
    if this.is_press() || other.is_press() {
        found.extend(joined(this, other, name));
    }
    found
}

/// Places, and of a recording when they are.
type Places = (u64, Vec<[u64; 2]>);

fn add(found: &mut Vec<Tell>, (item, other_item): (u64, u64), name: &str, there: Places, here: Places) {
    let other = || name.to_owned();
    let (places, times) = there;
    found.extend((places > 0).then(|| Tell::OpenThere { item, other: other(), other_item, places, times }));
    let (places, times) = here;
    found.extend((places > 0).then(|| Tell::OpenHere { item, other: other(), other_item, places, times }));
}

fn len(range: &Range<u64>) -> u64 {
    range.end.saturating_sub(range.start)
}

/// The leaves that are in the first and not in the second; both ascending.
fn only(these: &[Range<u64>], those: &[Range<u64>]) -> Vec<Range<u64>> {
    let mut left = Vec::new();
    let mut others = those.iter().peekable();
    for range in these {
        let mut from = range.start;
        while let Some(other) = others.peek().filter(|other| other.start < range.end) {
            left.extend((from < other.start).then_some(from..other.start));
            from = from.max(other.end);
            if other.end > range.end {
                break;
            }
            others.next();
        }
        left.extend((from < range.end).then_some(from..range.end));
    }
    left
}

/// How many passages of the second say what those of the first withhold.
fn said_by(these: &Passages, those: &Passages) -> u64 {
    these.iter().filter(|this| those.iter().any(|other| this.is_said_by(other))).count() as u64
}

/// What is in both and says that they are of one case.
fn joined(this: &Opened, other: &Opened, name: &str) -> Vec<Tell> {
    let of = |opened: &Opened| opened.statement.aliases.iter().cloned().collect::<BTreeSet<_>>();
    let aliases = if this.is_press() == other.is_press() { 0 } else { of(this).intersection(&of(other)).count() };
    let key = usize::from(this.is_press() != other.is_press() && this.statement.key == other.statement.key);
    let counted = [("alias", aliases), ("key", key)].into_iter().filter(|(_, count)| *count > 0);
    counted.map(|(by, count)| Tell::Joined { other: name.to_owned(), by, count: count as u64 }).collect()
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    fn only(these: &[(u64, u64)], those: &[(u64, u64)]) -> u64 {
        let ranges = |all: &[(u64, u64)]| all.iter().map(|(start, end)| *start..*end).collect::<Vec<Range<u64>>>();
        super::only(&ranges(these), &ranges(those)).iter().map(super::len).sum()
    }

    #[test]
    fn leaves_that_one_alone_hides_are_counted() {
        assert_eq!(only(&[], &[(0, 5)]), 0);
        assert_eq!(only(&[(0, 5)], &[]), 5);
        assert_eq!(only(&[(0, 5), (10, 20)], &[(3, 12)]), 3 + 8);
        assert_eq!(only(&[(0, 100)], &[(10, 20), (30, 40), (99, 200)]), 100 - 10 - 10 - 1);
        assert_eq!(only(&[(5, 6)], &[(0, 100)]), 0);
        assert_eq!(only(&[(0, 5), (7, 9)], &[(2, 8)]), 2 + 1);
        let hundred = 0..100u64;
        assert_eq!(super::only(std::slice::from_ref(&hundred), &[10..20, 99..200]), [0..10, 20..99]);
    }
}
