//! Facts of a finding as a reader takes them in: lengths of time, places, counts.
//!
//! Keeps: a value is one line of visible characters; what is not understood is shown as it is.
//! Does not know: what a fact proves.

use super::time::{duration, range};
use crate::verdict::Finding;
use casemate_words::{Language, Value, message};

/// Most places listed; the others are counted.
const PLACES_SHOWN: usize = 12;
/// Facts with words of their own.
const NAMED: [&str; 38] = [
    "cause",
    "reason",
    "key",
    "date",
    "profile",
    "owner",
    "role",
    "lane",
    "size",
    "root",
    "seal",
    "index",
    "from",
    "acts",
    "files",
    "time",
    "accuracy",
    "authority",
    "policy",
    "tsa-root",
    "trust",
    "revocation",
    "qualified",
    "valid-until",
    "renewed-until",
    "covers",
    "stamp",
    "witness",
    "witness-key",
    "number",
    "place",
    "name",
    "purpose",
    "recipient",
    "texts-withheld",
    "items-withheld",
    "by",
    "by-ms",
];
/// Facts of an object that are told together.
const AMOUNTS: [&str; 5] = ["leaves", "hidden", "duration-ms", "withheld-ms", "withheld-at-ms"];

/// The facts, in their order, on one line; empty where there are none.
pub(super) fn shown(language: Language, finding: &Finding) -> String {
    let fact = |name: &str| finding.facts.iter().find(|(n, _)| *n == name).map(|(_, v)| v.as_str());
    let amount = amount(language, &fact);
    let mut out: Vec<String> = amount.iter().cloned().collect();
    for (name, value) in &finding.facts {
        if amount.is_some() && AMOUNTS.contains(name) {
            continue;
        }
        let times = (*name == "by-ms").then(|| by_times(language, value)).flatten();
        let value = times.unwrap_or_else(|| visible(value));
        out.push(if NAMED.contains(name) {
            message(language, &format!("verify-fact-{name}"), &[("value", value.into())])
        } else {
            message(language, "verify-fact-other", &[("name", (*name).into()), ("value", value.into())])
        });
    }
    out.join(&message(language, "verify-list-separator", &[]))
}

/// A value without characters that a terminal obeys or that turn the direction of reading.
fn visible(value: &str) -> String {
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    value.chars().map(|c| if c.is_control() || turns(c) { '\u{fffd}' } else { c }).collect()
}

/// How much is withheld, and where.
fn amount<'a>(language: Language, fact: &dyn Fn(&str) -> Option<&'a str>) -> Option<String> {
    let number = |name: &str| fact(name)?.parse::<u64>().ok();
    let hidden = number("hidden")?;
    let leaves = number("leaves")?;
    if let (Some(whole), Some(withheld)) = (number("duration-ms"), number("withheld-ms")) {
        let whole = duration(language, whole);
        let (places, count) = places(language, fact("withheld-at-ms")?)?;
        if count == 0 {
            return Some(message(language, "verify-withheld-sound-none", &[("whole", whole.into())]));
        }
        let values: [(&str, Value<'_>); 4] = [
            ("withheld", duration(language, withheld).into()),
            ("whole", whole.into()),
            ("count", count.into()),
            ("places", places.into()),
        ];
        return Some(message(language, "verify-withheld-sound", &values));
    }
    if hidden == 0 {
        return Some(message(language, "verify-withheld-nothing", &[]));
    }
    Some(message(language, "verify-withheld-parts", &[("hidden", hidden.into()), ("leaves", leaves.into())]))
}

/// `1:1000-2000;2:5000-7000` as clock times behind the place of whom withheld them.
fn by_times(language: Language, value: &str) -> Option<String> {
    let by = |part: &str| {
        let (place, times) = part.split_once(':')?;
        let digits = place.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        digits.then(|| Some(format!("{place}: {}", places(language, times)?.0))).flatten()
    };
    let all: Vec<String> = value.split(';').map(by).collect::<Option<_>>()?;
    Some(all.join(&message(language, "verify-list-separator", &[])))
}

/// `1000-2000,5000-7000` as clock times, and how many.
fn places(language: Language, value: &str) -> Option<(String, usize)> {
    let place = |p: &str| {
        let (start, end) = p.split_once('-')?;
        Some(range(language, start.parse().ok()?, end.parse().ok()?))
    };
    let all: Vec<String> = value.split(',').filter(|p| !p.is_empty()).map(place).collect::<Option<_>>()?;
    let first = all.get(..PLACES_SHOWN.min(all.len())).unwrap_or_default().join(", ");
    let more = all.len().saturating_sub(PLACES_SHOWN);
    if more == 0 {
        return Some((first, all.len()));
    }
    let words = message(language, "verify-withheld-more", &[("places", first.into()), ("count", more.into())]);
    Some((words, all.len()))
}
