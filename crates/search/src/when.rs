//! Civil time for filters: spans of seconds as a source's own clock shows them.
//!
//! Keeps: a span is half-open and never empty; parsing takes ISO 8601 of any precision down to the second.
//! Does not know: time zones. An offset in a source is dropped: `date:2026-03-05` finds what its source dates so.

/// A span of civil time, in seconds since 1970-01-01T00:00:00, half-open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    start: i64,
    end: i64,
}

const DAY: i64 = 86_400;

impl When {
    /// From `start` to before `end`; an empty span becomes one second.
    #[must_use]
    pub fn new(start: i64, end: i64) -> Self {
        Self { start, end: end.max(start.saturating_add(1)) }
    }

    /// First second inside.
    #[must_use]
    pub fn start(self) -> i64 {
        self.start
    }

    /// First second after.
    #[must_use]
    pub fn end(self) -> i64 {
        self.end
    }

    /// `2026`, `2026-03`, `2026-03-05`, `2026-03-05T14`, `…T14:07`, `…T14:07:09` with fraction and offset ignored; a
    /// space may stand for the `T`. The span covers what is not said: a year, a month, a day, an hour, a minute.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (date, time) = match text.split_once(['T', 't', ' ']) {
            Some((date, time)) => (date, Some(time.trim())),
            None => (text, None),
        };
        let mut parts = date.split('-');
        let year = number(parts.next()?, 4)?;
        let month = parts.next().map(|part| number(part, 2)).map_or(Some(None), |m| m.map(Some))?;
        let day = parts.next().map(|part| number(part, 2)).map_or(Some(None), |d| d.map(Some))?;
        if parts.next().is_some() || time.is_some() && day.is_none() {
            return None;
        }
        let Some(month) = month else {
            return Some(Self::new(days(year, 1, 1) * DAY, days(year + 1, 1, 1) * DAY));
        };
        if !(1..=12).contains(&month) {
            return None;
        }
        let first = days(year, month, 1);
        let next = if month == 12 { days(year + 1, 1, 1) } else { days(year, month + 1, 1) };
        let Some(day) = day else {
            return Some(Self::new(first * DAY, next * DAY));
        };
        if day < 1 || first + day > next {
            return None;
        }
        let midnight = (first + day - 1) * DAY;
        time.map_or(Some(Self::new(midnight, midnight + DAY)), |time| clock(midnight, time))
    }
}

/// A time of the day, its offset and fraction dropped.
fn clock(midnight: i64, time: &str) -> Option<When> {
    let time = time.split(['Z', 'z', '+', '-', '.', ',', ' ']).next()?;
    let mut parts = time.split(':');
    let hour = number(parts.next()?, 2)?;
    let minute = parts.next().map(|part| number(part, 2));
    let second = parts.next().map(|part| number(part, 2));
    if hour > 23 || parts.next().is_some() {
        return None;
    }
    let start = midnight + hour * 3600;
    match (minute, second) {
        (None, _) => Some(When::new(start, start + 3600)),
        (Some(Some(minute @ 0..=59)), None) => Some(When::new(start + minute * 60, start + minute * 60 + 60)),
        (Some(Some(minute @ 0..=59)), Some(Some(second @ 0..=60))) => {
            let start = start + minute * 60 + second;
            Some(When::new(start, start + 1))
        }
        _ => None,
    }
}

fn number(text: &str, digits: usize) -> Option<i64> {
    (text.len() == digits && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// Days from 1970-01-01 in the proleptic Gregorian calendar (H. Hinnant, "chrono-compatible low-level date algorithms").
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_precision() {
        let span = |text: &str| When::parse(text).map(|when| (when.start(), when.end()));
        assert_eq!(span("1970"), Some((0, 365 * DAY)));
        assert_eq!(span("2024-02"), Some((1_706_745_600, 1_706_745_600 + 29 * DAY)));
        assert_eq!(span("2026-03-05"), Some((1_772_668_800, 1_772_668_800 + DAY)));
        assert_eq!(span("2026-03-05T14"), Some((1_772_719_200, 1_772_722_800)));
        assert_eq!(span("2026-03-05 14:07"), Some((1_772_719_620, 1_772_719_680)));
        assert_eq!(span("2026-03-05T14:07:09.5+08:00"), Some((1_772_719_629, 1_772_719_630)));
        assert_eq!(span("2000-02-29"), Some((951_782_400, 951_868_800)));
        for bad in [
            "",
            "26",
            "2026-13",
            "2026-00",
            "2026-02-29",
            "2026-3-5",
            "2026-03-05T24",
            "2026-03T10",
            "now",
            "2026-03-05T10:60",
            "2026-03-05-01",
            "+026",
            "２０２６",
        ] {
            assert_eq!(span(bad), None, "{bad}");
        }
    }
}
