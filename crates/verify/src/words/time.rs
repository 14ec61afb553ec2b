//! Lengths and places of time as a reader writes them: to the millisecond where there is one.
//!
//! Keeps: nothing is rounded. Does not know: what lasts.

use casemate_words::{Language, seconds};

const MS_IN_SECOND: u64 = 1000;

fn mark(language: Language) -> char {
    if language == Language::Fr { ',' } else { '.' }
}

/// A length in milliseconds: `1 min 12 s`, with three decimals where it is not whole (`1 min 12.340 s`).
#[must_use]
pub fn duration(language: Language, ms: u64) -> String {
    let whole = seconds(language, ms / MS_IN_SECOND);
    let rest = ms % MS_IN_SECOND;
    let unit = if language == Language::ZhHans { "秒" } else { "\u{a0}s" };
    match whole.strip_suffix(unit) {
        Some(head) if rest > 0 => format!("{head}{}{rest:03}{unit}", mark(language)),
        _ => whole,
    }
}

/// A place in a recording: `00:01:12`, with three decimals where it is not a whole second.
#[must_use]
pub fn clock(language: Language, ms: u64) -> String {
    let (seconds, rest) = (ms / MS_IN_SECOND, ms % MS_IN_SECOND);
    let clock = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if rest == 0 { clock } else { format!("{clock}{}{rest:03}", mark(language)) }
}

/// A half-open range of a recording: `00:01:12–00:01:15`.
#[must_use]
pub fn range(language: Language, start: u64, end: u64) -> String {
    format!("{}\u{2013}{}", clock(language, start), clock(language, end))
}

#[cfg(test)]
mod tests {
    use super::{clock, duration, range};
    use casemate_words::Language::{En, Fr, ZhHans};

    #[test]
    fn nothing_is_rounded() {
        assert_eq!(duration(En, 72_000), "1\u{a0}min\u{a0}12\u{a0}s");
        assert_eq!(duration(Fr, 72_040), "1\u{a0}min\u{a0}12,040\u{a0}s");
        assert_eq!(duration(ZhHans, 1), "0.001秒");
        assert_eq!(clock(En, 3_723_000), "01:02:03");
        assert_eq!(clock(Fr, 400_000_000_500), "111111:06:40,500");
        assert_eq!(range(En, 10_000, 13_000), "00:00:10–00:00:13");
        assert!(!clock(En, u64::MAX).is_empty() && !duration(En, u64::MAX).is_empty());
    }
}
