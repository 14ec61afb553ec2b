//! Dates and times as people's devices write them, and the order of day and month, which they don't say.
//!
//! Keeps: an order is taken only when the whole source proves it; otherwise there is no date, and a finding.
//! Does not know: time zones that the source doesn't name.

/// A date as three numbers in the order written, and a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The numbers of the date, as they stand.
    pub date: [u16; 3],
    /// Hour, minute, second where written.
    pub time: Option<(u8, u8, Option<u8>)>,
}

/// Which number is what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Year, month, day.
    Ymd,
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
}

/// What a source's stamps say about their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// A number above 12 (or a year in front) says so.
    Plain(Order),
    /// Only in this order do the stamps go forward.
    ByCourse(Order),
    /// Both orders are possible.
    Ambiguous,
    /// No order fits all stamps.
    Contradictory,
    /// No stamps.
    None,
}

/// A stamp at the start of `text`, and what follows it.
pub fn stamp(text: &str) -> Option<(Stamp, &str)> {
    let (a, rest) = number(text, 4)?;
    let rest = rest.strip_prefix(['/', '-', '.', '年'])?;
    let (b, rest) = number(rest, 2)?;
    let rest = rest.strip_prefix(['/', '-', '.', '月'])?;
    let (c, rest) = number(rest.trim_start_matches(' '), 4)?;
    let rest = rest.strip_prefix('日').unwrap_or(rest);
    let date = [a, b, c];
    let after = rest.trim_start_matches([',', '，', ' ', 'T', '\u{a0}', '\u{202f}', '\u{200e}']);
    let after = after.strip_prefix("à ").or_else(|| after.strip_prefix("at ")).unwrap_or(after);
    match clock(after) {
        Some((time, rest)) => Some((Stamp { date, time: Some(time) }, rest)),
        None => Some((Stamp { date, time: None }, rest)),
    }
}

type Clock = (u8, u8, Option<u8>);

fn clock(text: &str) -> Option<(Clock, &str)> {
    const BEFORE: &[(&str, u16)] =
        &[("上午", 0), ("凌晨", 0), ("早上", 0), ("清晨", 0), ("下午", 12), ("晚上", 12), ("傍晚", 12), ("中午", 12)];
    let (half, text) = BEFORE
        .iter()
        .find_map(|(word, half)| text.strip_prefix(word).map(|rest| (Some(*half), rest.trim_start())))
        .unwrap_or((None, text));
    let (hour, rest) = number(text, 2)?;
    let rest = rest.strip_prefix([':', '.', 'h'])?;
    let (minute, rest) = number(rest, 2)?;
    let (second, rest) = match rest.strip_prefix([':', '.']).and_then(|r| number(r, 2)) {
        Some((second, rest)) => (Some(second), rest),
        None => (None, rest),
    };
    let spaced = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let lower: String = spaced.chars().take(5).collect::<String>().to_ascii_lowercase();
    let after =
        ["am", "a.m.", "a. m."].iter().map(|w| (w, 0u16)).chain(["pm", "p.m.", "p. m."].iter().map(|w| (w, 12)));
    let (half, rest) = after
        .into_iter()
        .find(|(word, _)| lower.starts_with(**word))
        .and_then(|(word, half)| spaced.get(word.len()..).map(|rest| (Some(half), rest)))
        .unwrap_or((half, rest));
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) | None => hour,
    };
    let valid = hour < 24 && minute < 60 && second.is_none_or(|s| s < 61);
    let narrow = |n: u16| u8::try_from(n).ok();
    let second = match second {
        Some(s) => Some(narrow(s)?),
        None => None,
    };
    valid.then_some(((narrow(hour)?, narrow(minute)?, second), rest))
}

fn number(text: &str, most: usize) -> Option<(u16, &str)> {
    let digits = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at_checked(digits)?;
    Some((number.parse().ok()?, rest))
}

/// The order that all stamps of a source share.
pub fn order(stamps: &[Stamp]) -> Told {
    let fits = |order: Order| !stamps.is_empty() && stamps.iter().all(|s| ymd(s, order).is_some());
    match (fits(Order::Ymd), fits(Order::Dmy), fits(Order::Mdy)) {
        (true, false, false) => Told::Plain(Order::Ymd),
        (false, true, false) => Told::Plain(Order::Dmy),
        (false, false, true) => Told::Plain(Order::Mdy),
        _ if stamps.is_empty() => Told::None,
        (false, true, true) => {
            let forward = |order| stamps.is_sorted_by_key(|s| (ymd(s, order), s.time));
            match (forward(Order::Dmy), forward(Order::Mdy)) {
                (true, false) => Told::ByCourse(Order::Dmy),
                (false, true) => Told::ByCourse(Order::Mdy),
                _ => Told::Ambiguous,
            }
        }
        (false, false, false) => Told::Contradictory,
        _ => Told::Ambiguous,
    }
}

fn ymd(stamp: &Stamp, order: Order) -> Option<(u16, u16, u16)> {
    let [a, b, c] = stamp.date;
    let (year, month, day) = match order {
        Order::Ymd if a >= 1000 => (a, b, c),
        Order::Ymd => return None,
        Order::Dmy => (c, b, a),
        Order::Mdy => (c, a, b),
    };
    // Two digits are this century's: no device that exports chats is older.
    let year = if year < 100 { year + 2000 } else { year };
    let real = (1970..=2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    real.then_some((year, month, day))
}

/// Local date and time, ISO 8601 without an offset.
pub fn written(stamp: &Stamp, order: Order) -> Option<String> {
    let (year, month, day) = ymd(stamp, order)?;
    let date = format!("{year:04}-{month:02}-{day:02}");
    Some(match stamp.time {
        Some((h, m, Some(s))) => format!("{date}T{h:02}:{m:02}:{s:02}"),
        Some((h, m, None)) => format!("{date}T{h:02}:{m:02}"),
        None => date,
    })
}

/// The order to use, and the finding to tell.
pub fn verdict(told: Told) -> (Option<Order>, Option<(&'static str, &'static str)>) {
    match told {
        Told::Plain(order) => (Some(order), None),
        Told::ByCourse(order) => {
            (Some(order), Some(("date-by-course", "day and month told apart only by the order of the entries")))
        }
        Told::Ambiguous => (None, Some(("date-ambiguous", "day and month can't be told apart; no dates were taken"))),
        Told::Contradictory => (None, Some(("date-contradictory", "no order of day and month fits all dates"))),
        Told::None => (None, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Stamp {
        stamp(text).unwrap().0
    }

    #[test]
    fn stamps_of_many_devices() {
        for (text, order, want) in [
            ("31/12/2020, 23:59 - ", Order::Dmy, "2020-12-31T23:59"),
            ("12/31/20, 11:59\u{202f}PM - ", Order::Mdy, "2020-12-31T23:59"),
            ("12/31/20, 12:01 am - ", Order::Mdy, "2020-12-31T00:01"),
            ("31.12.20, 23:59:07] ", Order::Dmy, "2020-12-31T23:59:07"),
            ("2020/12/31 下午11:59 - ", Order::Ymd, "2020-12-31T23:59"),
            ("2020/12/31 上午 8:05:01]", Order::Ymd, "2020-12-31T08:05:01"),
            ("2020年12月31日 23:59", Order::Ymd, "2020-12-31T23:59"),
            ("31/12/2020 à 23:59 - ", Order::Dmy, "2020-12-31T23:59"),
            ("2024-05-06T07:08:09+02:00", Order::Ymd, "2024-05-06T07:08:09"),
            ("1/2/2021, 3:04 p. m. - x", Order::Dmy, "2021-02-01T15:04"),
        ] {
            assert_eq!(written(&of(text), order).as_deref(), Some(want), "{text}");
        }
        assert!(stamp("no date").is_none());
        assert!(of("1/2/2021, 25:00").time.is_none());
    }

    #[test]
    fn an_order_is_never_guessed() {
        let all = |texts: &[&str]| order(&texts.iter().map(|t| of(t)).collect::<Vec<_>>());
        assert_eq!(all(&["31/12/20", "01/01/21"]), Told::Plain(Order::Dmy));
        assert_eq!(all(&["12/31/20", "01/01/21"]), Told::Plain(Order::Mdy));
        assert_eq!(all(&["2020/12/11"]), Told::Plain(Order::Ymd));
        assert_eq!(all(&["03/04/21", "03/04/21"]), Told::Ambiguous);
        assert_eq!(all(&["01/02/21", "03/01/21"]), Told::ByCourse(Order::Mdy));
        assert_eq!(all(&["31/12/20", "12/31/20"]), Told::Contradictory);
        assert_eq!(all(&[]), Told::None);
    }
}
