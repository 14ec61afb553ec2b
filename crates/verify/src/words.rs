//! A verdict in plain words: a headline, one line a finding, what to do about a failed one.
//!
//! Keeps: three outcomes and no fourth; facts that come from a bundle can't steer a terminal; an unknown finding or fact
//! is shown as it is. Does not know: where it is printed, exit codes.

mod facts;
mod time;

pub use time::{clock, duration, range};

use crate::verdict::{Finding, SIGNER_PINNED, Status, Verdict, WITNESS};
use casemate_words::{Language, message};

/// The ids that have words of their own.
const KNOWN: [&str; 19] = [
    "zip-strict",
    "manifest",
    "signature",
    SIGNER_PINNED,
    "owner-grant",
    "checkpoint",
    "discloser",
    "logged",
    "object",
    "rendering",
    "parent",
    "census",
    "container",
    "owner-pinned",
    "withheld-by",
    "time",
    WITNESS,
    "freshness",
    "content",
];
/// The ids that can fail, with advice of their own.
const ADVISED: usize = 12;

/// Which findings a report lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Every one.
    All,
    /// Those that failed.
    Failed,
}

/// The outcome's word: *proven*, *failed*, *not checked*.
#[must_use]
pub fn outcome(language: Language, status: Status) -> String {
    let id = match status {
        Status::Proven => "outcome-proven",
        Status::Failed => "outcome-failed",
        Status::NotChecked => "outcome-not-checked",
    };
    message(language, id, &[])
}

/// What a finding says, with its facts: one line, without the outcome's word.
#[must_use]
pub fn sentence(language: Language, finding: &Finding) -> String {
    let facts = facts::shown(language, finding);
    let says = says(language, finding);
    if facts.is_empty() { says } else { format!("{says} [{facts}]") }
}

/// The finding's facts alone, in one line; empty where it has none.
#[must_use]
pub fn facts(language: Language, finding: &Finding) -> String {
    facts::shown(language, finding)
}

fn says(language: Language, finding: &Finding) -> String {
    if !KNOWN.contains(&finding.id) {
        return finding.id.to_owned();
    }
    let status = match finding.status {
        Status::Proven => "proven",
        Status::Failed => "failed",
        Status::NotChecked => "not-checked",
    };
    message(language, &format!("verify-{}", said_as(finding)), &[("status", status.into())])
}

/// Which message says a finding: that of its id, but for what is said of time.
#[must_use]
pub fn said_as(finding: &Finding) -> &'static str {
    match (finding.id, finding.item) {
        ("time", Some(_)) => "time-item",
        ("time", None) if is_unpinned(finding) => "time-unpinned",
        (id, _) => id,
    }
}

/// A token of time holds, and its root was not given.
#[must_use]
pub fn is_unpinned(finding: &Finding) -> bool {
    finding.id == "time" && finding.facts.iter().any(|(name, value)| *name == "trust" && value == "not-checked")
}

/// The finding's id and item: `object, item 3`.
#[must_use]
pub fn subject(language: Language, finding: &Finding) -> String {
    match finding.item {
        Some(item) => message(language, "verify-subject", &[("id", finding.id.into()), ("item", item.into())]),
        None => finding.id.to_owned(),
    }
}

/// What to do about a failed finding, or about a signer, a root or a witness that isn't pinned.
#[must_use]
pub fn advice(language: Language, finding: &Finding) -> Option<String> {
    let advised = KNOWN.iter().take(ADVISED).any(|id| *id == finding.id);
    let id = match finding.status {
        Status::Failed if advised => format!("verify-advice-{}", finding.id),
        Status::Failed => "verify-advice-other".to_owned(),
        Status::NotChecked if finding.id == SIGNER_PINNED => "verify-note-signer-pinned".to_owned(),
        Status::NotChecked if finding.id == WITNESS => "verify-note-witness".to_owned(),
        Status::NotChecked if is_unpinned(finding) => "verify-note-tsa-root".to_owned(),
        _ => return None,
    };
    Some(message(language, "verify-advice", &[("advice", message(language, &id, &[]).into())]))
}

/// One line for the whole verdict: the first finding that failed, or that nothing failed.
#[must_use]
pub fn headline(language: Language, verdict: &Verdict) -> String {
    let of = |status| verdict.findings.iter().filter(move |f| f.status == status);
    match of(Status::Failed).next() {
        Some(failed) => {
            let finding = format!("{} ({})", says(language, failed), subject(language, failed));
            message(language, "verify-headline-failed", &[("finding", finding.into())])
        }
        None => {
            let counts =
                [("proven", of(Status::Proven).count().into()), ("unchecked", of(Status::NotChecked).count().into())];
            message(language, "verify-headline-nothing-failed", &counts)
        }
    }
}

/// The whole verdict: headline, an empty line, a line a finding, advice under those that need it.
#[must_use]
pub fn report(language: Language, verdict: &Verdict, which: Which) -> String {
    let words = [Status::Proven, Status::Failed, Status::NotChecked].map(|s| outcome(language, s));
    let wide = words.iter().map(|w| w.chars().count()).max().unwrap_or(0);
    // Chinese characters take two columns; the three words are of one script.
    let column = if language == Language::ZhHans { 2 } else { 1 };
    let mut out = headline(language, verdict);
    out.push_str("\n\n");
    for finding in verdict.findings.iter().filter(|f| which == Which::All || f.status == Status::Failed) {
        let word = outcome(language, finding.status);
        let gap = " ".repeat((wide - word.chars().count().min(wide)) * column + 2);
        out.push_str(&format!("{word}{gap}{}: {}\n", subject(language, finding), sentence(language, finding)));
        if let Some(advice) = advice(language, finding) {
            out.push_str(&format!("{}{advice}\n", " ".repeat(wide * column + 2)));
        }
    }
    out
}

#[cfg(test)]
mod tests;
