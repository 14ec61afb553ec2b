//! What a commit carries: the version of the rules, and the caller's heads.
//!
//! Keeps: an index of other rules is recognised before it is asked anything. Does not know: what heads mean.

use crate::error::Error;
use crate::fold::FOLD_VERSION;

/// What the payload of every commit begins with.
pub(crate) const RULES: &str = "casemate-index/1";

/// The payload of a commit.
pub(crate) fn write_payload(heads: &[u8]) -> String {
    let mut payload = format!("{RULES}.{FOLD_VERSION} ");
    for byte in heads {
        payload.push_str(&format!("{byte:02x}"));
    }
    payload
}

/// The heads of a payload.
pub(crate) fn read_payload(payload: &str) -> Result<Vec<u8>, Error> {
    let expected = format!("{RULES}.{FOLD_VERSION}");
    let (found, hex) = payload.split_once(' ').unwrap_or((payload, ""));
    if found != expected {
        return Err(Error::Outdated { found: found.chars().take(64).collect(), expected });
    }
    let digits: Option<Vec<u8>> = hex
        .as_bytes()
        .chunks(2)
        .map(|pair| std::str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok()))
        .collect();
    digits.ok_or_else(|| Error::Damaged { detail: "the heads of the last commit".to_owned() })
}
