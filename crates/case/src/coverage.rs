//! Sets of milliseconds: what has been heard, what is withheld, what still stands between them.
//!
//! Keeps: ranges are sorted, apart and not empty. Does not know: who heard, or which recording.

use casemate_carve::locator::TimeRange;

/// A set of time ranges.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    ranges: Vec<TimeRange>,
}

impl Coverage {
    /// The union of `ranges`.
    #[must_use]
    pub fn of(ranges: impl IntoIterator<Item = TimeRange>) -> Self {
        let mut all: Vec<TimeRange> = ranges.into_iter().filter(|r| !r.is_empty()).collect();
        all.sort_unstable();
        let mut out: Vec<TimeRange> = Vec::new();
        for r in all {
            match out.last_mut() {
                Some(last) if r.start <= last.end => last.end = last.end.max(r.end),
                _ => out.push(r),
            }
        }
        Self { ranges: out }
    }

    /// The ranges, sorted and apart.
    #[must_use]
    pub fn ranges(&self) -> &[TimeRange] {
        &self.ranges
    }

    /// Milliseconds covered.
    #[must_use]
    pub fn total_ms(&self) -> u64 {
        self.ranges.iter().fold(0, |sum, r| sum.saturating_add(r.len()))
    }

    /// What of `0..duration_ms` is not covered.
    #[must_use]
    pub fn gaps(&self, duration_ms: u64) -> Self {
        let mut from = 0;
        let mut out = Vec::new();
        for r in &self.ranges {
            out.extend(TimeRange::new(from, r.start.min(duration_ms)));
            from = from.max(r.end);
        }
        out.extend(TimeRange::new(from, duration_ms));
        Self::of(out)
    }

    /// The union of both.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self::of(self.ranges.iter().chain(&other.ranges).copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(ranges: &[(u64, u64)]) -> Coverage {
        Coverage::of(ranges.iter().filter_map(|&(a, b)| TimeRange::new(a, b)))
    }

    #[test]
    fn overlaps_join_and_gaps_are_what_is_left() {
        let c = set(&[(500, 700), (0, 100), (90, 200), (700, 800), (300, 300)]);
        assert_eq!(c, set(&[(0, 200), (500, 800)]));
        assert_eq!(c.total_ms(), 500);
        assert_eq!(c.gaps(1000), set(&[(200, 500), (800, 1000)]));
        assert_eq!(c.gaps(600), set(&[(200, 500)]));
    }

    proptest::proptest! {
        /// Every millisecond is either covered or in a gap.
        #[test]
        fn covered_and_gaps_partition(ranges in proptest::collection::vec((0u64..200, 0u64..60), 0..8), d in 0u64..250) {
            let c = Coverage::of(ranges.iter().filter_map(|&(s, l)| TimeRange::new(s, s + l)));
            let gaps = c.gaps(d);
            for ms in 0..d {
                let in_c = ranges.iter().any(|&(s, l)| ms >= s && ms < s + l);
                let in_g = gaps.ranges().iter().any(|r| ms >= r.start && ms < r.end);
                proptest::prop_assert!(in_c != in_g);
            }
        }
    }
}
