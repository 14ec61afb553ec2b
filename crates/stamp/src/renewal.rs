//! Until when a stamp is good, when later stamps of the same log renew it (RFC 4998's idea; the log is the archive).
//!
//! Keeps: a stamp is renewed by one that covers the log's entry in which its token, certificates and lists were recorded, and that was made after it
//! and while its own certificates were still valid. Does not know: whether a digest or a key has been broken since, what time it is.

use crate::moment::Moment;
use crate::verify::Verdict;

/// A stamp that holds, and its place in a log.
#[derive(Clone, Copy, Debug)]
pub struct Logged<'a> {
    /// What was verified of it.
    pub verdict: &'a Verdict,
    /// Entries of the checkpoint that it stamps.
    pub size: u64,
    /// Index of the entry that records it, where that is proven.
    pub recorded: Option<u64>,
    /// Whether it is trusted enough to renew others.
    pub renews: bool,
}

impl Logged<'_> {
    fn renews(&self, other: &Logged<'_>) -> bool {
        let (time, before) = (self.verdict.time, other.verdict);
        self.renews
            && other.recorded.is_some_and(|entry| entry < self.size)
            && before.time < time
            && time.seconds() <= before.valid_until.seconds()
    }
}

/// Until when each stamp is good, in their order: until a certificate of its chain ends, or until the same of a stamp that renews it, and so on.
/// The work grows with the square of their number.
#[must_use]
pub fn good_until(stamps: &[Logged<'_>]) -> Vec<Moment> {
    let mut good: Vec<Moment> = stamps.iter().map(|stamp| stamp.verdict.valid_until).collect();
    let mut latest_first: Vec<usize> = (0..stamps.len()).collect();
    latest_first.sort_by_key(|at| stamps.get(*at).map(|stamp| std::cmp::Reverse(stamp.verdict.time)));
    for at in latest_first {
        let Some(stamp) = stamps.get(at) else { continue };
        let renewed = stamps.iter().zip(&good).filter(|(other, _)| other.renews(stamp)).map(|(_, until)| *until).max();
        if let (Some(until), Some(good)) = (renewed, good.get_mut(at)) {
            *good = (*good).max(until);
        }
    }
    good
}
