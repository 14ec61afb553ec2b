//! Progress on standard error, where a person looks at it.
//!
//! Keeps: one line, rewritten at most ten times a second, gone when the work is over; no name of a file or a person.
//! Does not know: what the work is.

use casemate_app::{Progress, Stage};
use casemate_words::{Language, Value, message};
use std::io::{IsTerminal, Write, stderr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Shortest time between two lines.
const PAUSE: Duration = Duration::from_millis(100);
/// Work shorter than this gives no estimate.
const ESTIMATE_AFTER: Duration = Duration::from_secs(2);
/// Back to the line's start, and clear it.
const CLEAR: &str = "\r\u{1b}[K";

/// The line.
pub struct Line {
    language: Language,
    shown: bool,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    stage: Option<(Stage, Instant)>,
    last: Option<Instant>,
    drawn: bool,
}

impl Line {
    /// Quiet where standard error is no terminal, or where `quiet`.
    pub fn new(language: Language, quiet: bool) -> Self {
        Self { language, shown: !quiet && stderr().is_terminal(), state: Mutex::default() }
    }

    /// Takes note of progress.
    pub fn tell(&self, progress: &Progress) {
        if !self.shown {
            return;
        }
        let now = Instant::now();
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let began = match state.stage {
            Some((stage, began)) if stage == progress.stage => began,
            _ => {
                state.stage = Some((progress.stage, now));
                state.last = None;
                now
            }
        };
        if state.last.is_some_and(|last| now.duration_since(last) < PAUSE) {
            return;
        }
        state.last = Some(now);
        state.drawn = true;
        let line = text(self.language, progress, now.duration_since(began));
        write!(stderr(), "{CLEAR}{line}").ok();
        stderr().flush().ok();
    }

    /// Takes the line away.
    pub fn clear(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if std::mem::take(&mut state.drawn) {
            write!(stderr(), "{CLEAR}").ok();
            stderr().flush().ok();
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.clear();
    }
}

/// `Sealing 12 of 40, about 20 s left`.
fn text(language: Language, progress: &Progress, elapsed: Duration) -> String {
    let stage = stage(language, progress.stage);
    let unit = |n: u64| amount(language, progress.stage, n);
    let exhibit = progress.exhibit.map(|n| message(language, "cli-progress-exhibit", &[("number", Value::Number(n))]));
    let mut line = match progress.total {
        Some(total) => {
            let facts = [
                ("stage", stage.into()),
                ("done", unit(progress.done).into()),
                ("total", unit(total).into()),
                ("percent", Value::Number(percent(progress.done, total))),
            ];
            message(language, "cli-progress-of", &facts)
        }
        None => message(language, "cli-progress", &[("stage", stage.into()), ("done", unit(progress.done).into())]),
    };
    line.extend(exhibit);
    if let Some(seconds) = progress.total.and_then(|total| left(progress.done, total, elapsed)) {
        line.push_str(&message(language, "cli-progress-left", &[("time", spell(language, seconds).into())]));
    }
    line
}

fn percent(done: u64, total: u64) -> u64 {
    u64::try_from(u128::from(done.min(total)) * 100 / u128::from(total.max(1))).unwrap_or(100)
}

/// Seconds left, if the rest goes as fast as what is done.
fn left(done: u64, total: u64, elapsed: Duration) -> Option<u64> {
    if done == 0 || done >= total || elapsed < ESTIMATE_AFTER {
        return None;
    }
    let ms = elapsed.as_millis().checked_mul(u128::from(total - done))?.div_ceil(u128::from(done));
    u64::try_from(ms.div_ceil(1000)).ok()
}

/// A length of time: `45 s`, `12 min`, `3 h 05`.
pub fn spell(language: Language, seconds: u64) -> String {
    let n = Value::Number;
    match seconds {
        0..=99 => message(language, "cli-seconds", &[("count", n(seconds))]),
        100..=5999 => message(language, "cli-minutes", &[("count", n(seconds.div_ceil(60)))]),
        _ => message(
            language,
            "cli-hours",
            &[("hours", n(seconds / 3600)), ("minutes", format!("{:02}", seconds % 3600 / 60).into())],
        ),
    }
}

fn amount(language: Language, stage: Stage, n: u64) -> String {
    match stage {
        Stage::Transcribing => crate::moment::clock(n),
        _ => casemate_words::number(language, n),
    }
}

fn stage(language: Language, stage: Stage) -> String {
    match stage {
        Stage::Finding => message(language, "cli-stage-finding", &[]),
        Stage::Sealing => message(language, "cli-stage-sealing", &[]),
        Stage::Reading => message(language, "cli-stage-reading", &[]),
        Stage::Recognising => message(language, "cli-stage-recognising", &[]),
        Stage::Transcribing => message(language, "cli-stage-transcribing", &[]),
        Stage::Indexing => message(language, "cli-stage-indexing", &[]),
        Stage::Understanding => message(language, "cli-stage-understanding", &[]),
        Stage::Verifying => message(language, "cli-stage-verifying", &[]),
        Stage::Drawing => message(language, "cli-stage-drawing", &[]),
        Stage::Packing => message(language, "cli-stage-packing", &[]),
        Stage::Exporting => message(language, "cli-stage-exporting", &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_stage_amount_and_estimate() {
        let progress = Progress { stage: Stage::Sealing, done: 10, total: Some(40), exhibit: None };
        let line = text(Language::En, &progress, Duration::from_secs(10));
        assert_eq!(line, "Sealing: 10 of 40 (25%), about 30 s left");
        let progress = Progress { stage: Stage::Transcribing, done: 61_000, total: None, exhibit: Some(7) };
        assert_eq!(text(Language::En, &progress, Duration::ZERO), "Transcribing: 00:01:01, exhibit 7");
    }

    #[test]
    fn no_estimate_from_nothing() {
        assert_eq!(left(0, 10, Duration::from_secs(60)), None);
        assert_eq!(left(10, 10, Duration::from_secs(60)), None);
        assert_eq!(left(u64::MAX - 1, u64::MAX, Duration::from_secs(60)), Some(1));
        assert_eq!(percent(u64::MAX, u64::MAX), 100);
        assert_eq!(percent(3, 0), 0);
    }

    #[test]
    fn times_are_spelt() {
        assert_eq!(spell(Language::En, 45), "45 s");
        assert_eq!(spell(Language::En, 600), "10 min");
        assert_eq!(spell(Language::En, 2 * 3600 + 300), "2 h 05 min");
    }
}
