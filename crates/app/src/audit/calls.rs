//! Whether a recording can be found in the records of a telephone operator by its exact length.
//!
//! Keeps: the records are invented, drawn anew in the same way each time; nobody's calls are in them. Does not know: the operator's true ones; nor the hour
//! of a call, which a bundle does not state.

use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Where every day's draw begins.
const SEED: u64 = 0x9e37_79b9_7f4a_7c15;
/// Calls of the invented day: those of a city of a million.
pub(super) const CALLS: u64 = 1_000_000;
/// Records are by the second, begun seconds counted.
const MS_IN_SECOND: u64 = 1_000;
/// Half of all calls are shorter.
const MEDIAN_S: f64 = 60.0;
/// Spread of the logarithms: one in forty lasts longer than ten minutes.
const SPREAD: f64 = 1.2;

/// How many calls of the day last as many seconds as a recording of `ms`.
pub(super) fn of_length(ms: u64) -> u64 {
    static DAY: OnceLock<BTreeMap<u64, u64>> = OnceLock::new();
    let day = DAY.get_or_init(|| {
        let (mut draw, mut day) = (Draw(SEED), BTreeMap::new());
        (0..CALLS).for_each(|_| *day.entry(draw.length()).or_default() += 1);
        day
    });
    day.get(&ms.div_ceil(MS_IN_SECOND)).copied().unwrap_or_default()
}

/// SplitMix64.
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let a = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let b = (a ^ (a >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        b ^ (b >> 31)
    }

    /// Of the open unit interval.
    fn unit(&mut self) -> f64 {
        ((self.next() >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    }

    /// A call's length in begun seconds: logarithms spread as a bell (Box and Muller).
    fn length(&mut self) -> u64 {
        let (a, b) = (self.unit(), self.unit());
        let bell = (-2.0 * a.ln()).sqrt() * (std::f64::consts::TAU * b).cos();
        ((MEDIAN_S.ln() + SPREAD * bell).exp().ceil() as u64).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::{CALLS, Draw, SEED, of_length};

    #[test]
    fn a_usual_length_is_many_calls_and_a_long_one_none_or_one() {
        assert!((5_000..15_000).contains(&of_length(30_000)), "{}", of_length(30_000));
        assert!(of_length(3_661_500) <= 3, "{}", of_length(3_661_500));
        assert_eq!(of_length(59_001), of_length(60_000), "begun seconds count");
    }

    #[test]
    fn the_day_is_as_it_says() {
        let mut draw = Draw(SEED);
        let lengths: Vec<u64> = (0..CALLS).map(|_| draw.length()).collect();
        let share = |long: u64| lengths.iter().filter(|l| **l > long).count() as f64 / CALLS as f64;
        assert!((share(60) - 0.5).abs() < 0.01, "{}", share(60));
        assert!((share(600) - 0.0275).abs() < 0.003, "{}", share(600));
    }
}
