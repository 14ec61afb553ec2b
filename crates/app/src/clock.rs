//! Times as text: RFC 3339 in UTC.
//!
//! Keeps: whole seconds. Does not know: what time it is; milliseconds are given.

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// RFC 3339 of milliseconds since 1970; the epoch's own where they are out of range.
#[must_use]
pub fn rfc3339(ms: u64) -> String {
    let seconds = i64::try_from(ms / 1000).unwrap_or(0);
    OffsetDateTime::from_unix_timestamp(seconds)
        .ok()
        .and_then(|t| t.format(&Rfc3339).ok())
        .unwrap_or_else(|| "1970-01-01T00:00:00Z".to_owned())
}
