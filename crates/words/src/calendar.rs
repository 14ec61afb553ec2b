//! Dates and times of day as each language writes them.
//!
//! Keeps: a `Date` is a day that exists in the proleptic Gregorian calendar; a `ClockTime` exists on a clock.
//! Does not know: time zones. The caller brings the offset; nothing here reads a clock.

use crate::Language;
use crate::typography::{NARROW_NO_BREAK_SPACE, NO_BREAK_SPACE};

const SECONDS_IN_DAY: i64 = 86_400;
const MONTHS_FR: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A day, years 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// A time of day to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ClockTime {
    hour: u8,
    minute: u8,
    second: u8,
}

impl Date {
    /// The day, or `None` where the calendar has no such day or the year is outside 1 to 9999.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let length = match month {
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            1..=12 => 31,
            _ => return None,
        };
        ((1..=9999).contains(&year) && (1..=length).contains(&day)).then_some(Self { year, month, day })
    }

    fn name_of_month(self, names: &[&'static str; 12]) -> &'static str {
        names.get(usize::from(self.month).saturating_sub(1)).copied().unwrap_or_default()
    }
}

impl ClockTime {
    /// The time, or `None` where no clock shows it (23:59:59 is the last).
    #[must_use]
    pub const fn new(hour: u8, minute: u8, second: u8) -> Option<Self> {
        if hour < 24 && minute < 60 && second < 60 { Some(Self { hour, minute, second }) } else { None }
    }
}

/// The day and time at `unix_seconds` (UTC) shown `offset_minutes` east of UTC; `None` outside the years 1 to 9999.
///
/// Civil date from a count of days: Howard Hinnant, "chrono-compatible low-level date algorithms", `civil_from_days`.
#[must_use]
pub fn day_and_time(unix_seconds: i64, offset_minutes: i16) -> Option<(Date, ClockTime)> {
    let local = unix_seconds.checked_add(i64::from(offset_minutes) * 60)?;
    let of_day = local.rem_euclid(SECONDS_IN_DAY);
    let shifted = local.div_euclid(SECONDS_IN_DAY) + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let slot = (5 * of_year + 2) / 153;
    let month = if slot < 10 { slot + 3 } else { slot - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let day = of_year - (153 * slot + 2) / 5 + 1;
    Some((
        Date::new(u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)?,
        ClockTime::new(
            u8::try_from(of_day / 3600).ok()?,
            u8::try_from(of_day / 60 % 60).ok()?,
            u8::try_from(of_day % 60).ok()?,
        )?,
    ))
}

/// `1er avril 2021` / `1 April 2021` / `2021年4月1日`; the French day is tied to its month by a no-break space.
#[must_use]
pub fn date(language: Language, day: Date) -> String {
    match language {
        Language::Fr => {
            let ordinal = if day.day == 1 { "er" } else { "" };
            format!("{}{ordinal}{NO_BREAK_SPACE}{}", day.day, month(language, day))
        }
        Language::En => format!("{} {}", day.day, month(language, day)),
        Language::ZhHans => format!("{}{}日", month(language, day), day.day),
    }
}

/// A date known to the month only: `avril 2021` / `April 2021` / `2021年4月`.
#[must_use]
pub fn month(language: Language, day: Date) -> String {
    match language {
        Language::Fr => format!("{} {}", day.name_of_month(&MONTHS_FR), day.year),
        Language::En => format!("{} {}", day.name_of_month(&MONTHS_EN), day.year),
        Language::ZhHans => format!("{}年{}月", day.year, day.month),
    }
}

/// A time of day to the minute: `14 h 30` (narrow no-break spaces) / `14:30` / `14:30`.
#[must_use]
pub fn time(language: Language, at: ClockTime) -> String {
    match language {
        Language::Fr => format!("{}{NARROW_NO_BREAK_SPACE}h{NARROW_NO_BREAK_SPACE}{:02}", at.hour, at.minute),
        Language::En | Language::ZhHans => format!("{:02}:{:02}", at.hour, at.minute),
    }
}

#[cfg(test)]
mod tests {
    use super::{ClockTime, Date, date, day_and_time, month, time};
    use crate::Language::{En, Fr, ZhHans};

    #[test]
    fn each_language_writes_the_date_its_way() {
        let first = Date::new(2021, 4, 1).unwrap();
        assert_eq!(date(Fr, first), "1er\u{a0}avril 2021");
        assert_eq!(date(En, first), "1 April 2021");
        assert_eq!(date(ZhHans, first), "2021年4月1日");
        assert_eq!(date(Fr, Date::new(2021, 12, 21).unwrap()), "21\u{a0}décembre 2021");
        assert_eq!(month(ZhHans, first), "2021年4月");
        assert_eq!(month(Fr, first), "avril 2021");
    }

    #[test]
    fn times_of_day() {
        let at = ClockTime::new(14, 5, 59).unwrap();
        assert_eq!(time(Fr, at), "14\u{202f}h\u{202f}05");
        assert_eq!(time(En, at), "14:05");
        assert_eq!(ClockTime::new(24, 0, 0), None);
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for (year, month, day) in [(2021, 2, 29), (1900, 2, 29), (2021, 4, 31), (2021, 13, 1), (2021, 0, 1), (0, 1, 1)]
        {
            assert_eq!(Date::new(year, month, day), None, "{year}-{month}-{day}");
        }
        assert!(Date::new(2000, 2, 29).is_some());
    }

    #[test]
    fn unix_seconds_become_days() {
        let at = |seconds, offset| day_and_time(seconds, offset);
        let expect = |y, m, d, h, min, s| Some((Date::new(y, m, d).unwrap(), ClockTime::new(h, min, s).unwrap()));
        assert_eq!(at(0, 0), expect(1970, 1, 1, 0, 0, 0));
        assert_eq!(at(-1, 0), expect(1969, 12, 31, 23, 59, 59));
        assert_eq!(at(951_782_400, 0), expect(2000, 2, 29, 0, 0, 0));
        assert_eq!(at(1_617_235_199, 480), expect(2021, 4, 1, 7, 59, 59));
        assert_eq!(at(253_402_300_799, 0), expect(9999, 12, 31, 23, 59, 59));
        for outside in [253_402_300_800, i64::MAX, i64::MIN, -62_135_596_801] {
            assert_eq!(at(outside, 0), None, "{outside}");
        }
    }
}
