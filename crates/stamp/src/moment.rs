//! Points in time as ASN.1 writes them, and as RFC 3339.
//!
//! Keeps: UTC only (`Z`), to the nanosecond; a finer fraction is refused, never rounded. Does not know: clocks.

use crate::der::Tlv;
use crate::refusal::Refusal;
use der::{DateTime, Tag};
use std::fmt;

/// A point in time: seconds since 1970 in UTC, and nanoseconds of the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    seconds: u64,
    nanoseconds: u32,
}

const FRACTION_DIGITS: usize = 9;
/// RFC 5280 § 4.1.2.5.1: two digits of a year from here on are of the 20th century.
const PIVOT: u16 = 50;

impl Moment {
    /// Seconds since 1970; none past the year 9999, which no text form writes.
    #[must_use]
    pub fn of_seconds(seconds: u64) -> Option<Self> {
        DateTime::from_unix_duration(std::time::Duration::from_secs(seconds)).ok()?;
        Some(Self { seconds, nanoseconds: 0 })
    }

    /// Whole seconds since 1970.
    #[must_use]
    pub fn seconds(&self) -> u64 {
        self.seconds
    }

    /// A `UTCTime` or a `GeneralizedTime` without a fraction, as certificates write them.
    pub(crate) fn of_certificate(time: Tlv<'_>) -> Result<Self, Refusal> {
        let text = std::str::from_utf8(time.value).ok().filter(|text| text.is_ascii());
        let read = text.and_then(|text| match time.tag {
            Tag::UtcTime => {
                let year: u16 = text.get(..2).filter(|text| is_digits(text))?.parse().ok()?;
                let century = if year >= PIVOT { 1900 } else { 2000 };
                Self::of_text(century + year, text.get(2..)?)
            }
            Tag::GeneralizedTime => Self::of_year(text),
            _ => None,
        });
        read.filter(|moment| moment.nanoseconds == 0).ok_or(Refusal::Form("a time"))
    }

    /// The `genTime` of a stamp: a `GeneralizedTime`, with a fraction or without.
    pub(crate) fn of_stamp(time: Tlv<'_>) -> Result<Self, Refusal> {
        let text = std::str::from_utf8(time.value).ok().filter(|text| text.is_ascii());
        let read = text.filter(|_| time.tag == Tag::GeneralizedTime).and_then(Self::of_year);
        read.ok_or(Refusal::Form("the time of the stamp"))
    }

    fn of_year(text: &str) -> Option<Self> {
        let year = text.get(..4).filter(|text| is_digits(text))?.parse().ok()?;
        Self::of_text(year, text.get(4..)?)
    }

    /// `MMDDhhmmss[.f…]Z`.
    fn of_text(year: u16, text: &str) -> Option<Self> {
        let text = text.strip_suffix('Z')?;
        let (whole, fraction) = match text.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (text, None),
        };
        if whole.len() != 10 || !is_digits(whole) {
            return None;
        }
        let part = |at: usize| whole.get(at..at + 2)?.parse::<u8>().ok();
        let date = DateTime::new(year, part(0)?, part(2)?, part(4)?, part(6)?, part(8)?).ok()?;
        let nanoseconds = match fraction {
            None => 0,
            Some(fraction) => nanoseconds(fraction)?,
        };
        Some(Self { seconds: date.unix_duration().as_secs(), nanoseconds })
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// DER writes no zero at the end of a fraction, and none that is empty.
fn nanoseconds(fraction: &str) -> Option<u32> {
    if !is_digits(fraction) || fraction.len() > FRACTION_DIGITS || fraction.ends_with('0') {
        return None;
    }
    format!("{fraction:0<FRACTION_DIGITS$}").parse().ok()
}

impl fmt::Display for Moment {
    /// RFC 3339 in UTC, with as many decimals as there are.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date =
            DateTime::from_unix_duration(std::time::Duration::from_secs(self.seconds)).map_err(|_| fmt::Error)?;
        write!(formatter, "{:04}-{:02}-{:02}T", date.year(), date.month(), date.day())?;
        write!(formatter, "{:02}:{:02}:{:02}", date.hour(), date.minutes(), date.seconds())?;
        if self.nanoseconds > 0 {
            let fraction = format!("{:09}", self.nanoseconds);
            write!(formatter, ".{}", fraction.trim_end_matches('0'))?;
        }
        formatter.write_str("Z")
    }
}

#[cfg(test)]
mod tests {
    use super::Moment;
    use crate::der::Cursor;

    fn stamp(text: &str) -> Option<String> {
        let bytes = crate::der::encoded(0x18, text.as_bytes());
        let tlv = Cursor::new(&bytes, "test").any().unwrap();
        Moment::of_stamp(tlv).ok().map(|moment| moment.to_string())
    }

    fn certificate(tag: u8, text: &str) -> Option<String> {
        let bytes = crate::der::encoded(tag, text.as_bytes());
        let tlv = Cursor::new(&bytes, "test").any().unwrap();
        Moment::of_certificate(tlv).ok().map(|moment| moment.to_string())
    }

    #[test]
    fn the_last_second_that_is_written() {
        let text = |seconds| Moment::of_seconds(seconds).map(|moment| moment.to_string());
        assert_eq!(text(0).as_deref(), Some("1970-01-01T00:00:00Z"));
        assert_eq!(text(253_402_300_799).as_deref(), Some("9999-12-31T23:59:59Z"));
        assert_eq!(text(253_402_300_800), None);
    }

    #[test]
    fn times_are_read_in_one_spelling() {
        assert_eq!(stamp("20241031133144Z").unwrap(), "2024-10-31T13:31:44Z");
        assert_eq!(stamp("20241031133144.5Z").unwrap(), "2024-10-31T13:31:44.5Z");
        assert_eq!(stamp("20241031133144.000000001Z").unwrap(), "2024-10-31T13:31:44.000000001Z");
        for wrong in [
            "20241031133144",
            "20241031133144.Z",
            "20241031133144.50Z",
            "20241031133144.0000000001Z",
            "20241031133144+0100",
            "202410311331Z",
            "20241331133144Z",
            "20230229000000Z",
            "19691231235959Z",
            "2024103113314\u{662}Z",
            "20241031133160Z",
            "",
        ] {
            assert_eq!(stamp(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn two_digits_of_a_year_have_one_century() {
        assert_eq!(certificate(0x17, "491231235959Z").unwrap(), "2049-12-31T23:59:59Z");
        assert_eq!(certificate(0x17, "991231235959Z").unwrap(), "1999-12-31T23:59:59Z");
        assert_eq!(certificate(0x17, "500101000000Z"), None, "before 1970 there is no stamp");
        assert_eq!(certificate(0x18, "20500101000000Z").unwrap(), "2050-01-01T00:00:00Z");
        assert_eq!(certificate(0x18, "20500101000000.5Z"), None);
        assert_eq!(certificate(0x04, "20500101000000Z"), None);
        assert!(certificate(0x18, "99991231235959Z").is_some(), "RFC 5280: no end");
    }
}
