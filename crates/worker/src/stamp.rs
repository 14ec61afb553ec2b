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
    let (date, rest) = date(text)?;
    let rest = rest.strip_prefix(['日', '.']).unwrap_or(rest);
    let after = rest.trim_start_matches(BETWEEN).trim_start_matches(DIRECTION).trim_start_matches(BETWEEN);
    let after = WORDS.iter().find_map(|word| after.strip_prefix(word)).unwrap_or(after);
    match clock(after) {
        Some((time, rest)) => Some((Stamp { date, time: Some(time) }, rest)),
        None => Some((Stamp { date, time: None }, rest)),
    }
}

/// A stamp whose time stands before its date, as in Vietnam.
pub fn stamp_behind_time(text: &str) -> Option<(Stamp, &str)> {
    let (time, rest) = clock(text)?;
    let (date, rest) = date(rest.strip_prefix(',')?.trim_start_matches(BETWEEN))?;
    Some((Stamp { date, time: Some(time) }, rest))
}

/// What stands between a date and a time.
const BETWEEN: [char; 8] = [',', '，', '،', ' ', 'T', '\u{a0}', '\u{202f}', '\u{200e}'];
/// Marks of the direction of writing, which say nothing.
pub const DIRECTION: [char; 11] = [
    '\u{200e}', '\u{200f}', '\u{061c}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{2066}', '\u{2067}', '\u{2068}',
    '\u{2069}', '\u{feff}',
];
/// Words between a date and a time.
const WORDS: [&str; 9] = ["à ", "at ", "um ", "alle ", "às ", "a las ", "kl. ", "в ", "о "];
/// Words for the halves of a day: before the time, or behind it.
const BEFORE: [(&str, u16); 22] = [
    ("上午", 0),
    ("凌晨", 0),
    ("早上", 0),
    ("清晨", 0),
    ("下午", 12),
    ("晚上", 12),
    ("傍晚", 12),
    ("中午", 12),
    ("午前", 0),
    ("午後", 12),
    ("오전", 0),
    ("오후", 12),
    ("ÖÖ", 0),
    ("ÖS", 12),
    ("पूर्वाह्न", 0),
    ("अपराह्न", 12),
    ("ق.ظ.", 0),
    ("ب.ظ.", 12),
    ("PG", 0),
    ("PTG", 12),
    ("AM", 0),
    ("PM", 12),
];
const BEHIND: [(&str, u16); 22] = [
    ("a.m.", 0),
    ("a. m.", 0),
    ("am", 0),
    ("p.m.", 12),
    ("p. m.", 12),
    ("pm", 12),
    ("ق.ظ.", 0),
    ("ق.ظ", 0),
    ("ب.ظ.", 12),
    ("ب.ظ", 12),
    ("قبل‌ازظهر", 0),
    ("بعدازظهر", 12),
    ("ص", 0),
    ("م", 12),
    ("öö", 0),
    ("ös", 12),
    ("sa", 0),
    ("ch", 12),
    ("пп", 12),
    ("дп", 0),
    ("पूर्वाह्न", 0),
    ("अपराह्न", 12),
];

/// Three numbers of a date, and what follows them.
fn date(text: &str) -> Option<([u16; 3], &str)> {
    let next = |rest: &'_ str| -> usize { rest.len() - rest.trim_start_matches(DIRECTION).len() };
    let bare = |rest: &'_ str| -> usize { rest.len() - rest.trim_start_matches([' ', '\u{a0}']).len() };
    let (a, rest) = number(text, 4)?;
    let rest = rest.get(next(rest)..)?.strip_prefix(['/', '-', '.', '年'])?;
    let (b, rest) = number(rest.get(bare(rest)..)?, 2)?;
    let rest = rest.get(next(rest)..)?.strip_prefix(['/', '-', '.', '月'])?;
    let (c, rest) = number(rest.get(bare(rest)..)?, 4)?;
    Some(([a, b, c], rest))
}

type Clock = (u8, u8, Option<u8>);

fn clock(text: &str) -> Option<(Clock, &str)> {
    let text = text.trim_start_matches(DIRECTION);
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
    let spaced = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}', '\u{200e}', '\u{200f}']);
    let (half, rest) = BEHIND
        .iter()
        .find_map(|(word, half)| behind(spaced, word).map(|rest| (Some(*half), rest)))
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

/// What follows a word, whatever its case and its blanks; a word of letters ends there.
fn behind<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let mut rest = text.chars();
    for wanted in word.chars() {
        let c = rest.next()?;
        let blank = wanted == ' ' && matches!(c, ' ' | '\u{a0}' | '\u{202f}');
        if !blank && !c.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    let ends = !word.ends_with(char::is_alphabetic) || !rest.as_str().starts_with(char::is_alphanumeric);
    ends.then_some(rest.as_str())
}

fn number(text: &str, most: usize) -> Option<(u16, &str)> {
    let text = text.trim_start_matches(DIRECTION);
    let (mut number, mut rest) = (None, text);
    for _ in 0..most {
        let mut chars = rest.chars();
        let Some(digit) = chars.next().and_then(digit) else { break };
        number = Some(number.unwrap_or(0) * 10 + digit);
        rest = chars.as_str();
    }
    Some((number?, rest))
}

/// A digit in the signs of several scripts.
fn digit(c: char) -> Option<u16> {
    /// Where each script's nought stands: Latin, Arabic, Persian, Devanagari, Bengali, full width.
    const NOUGHTS: [char; 6] = ['0', '٠', '۰', '०', '০', '０'];
    let place =
        NOUGHTS.iter().find_map(|nought| u32::from(c).checked_sub(u32::from(*nought)).filter(|digit| *digit < 10))?;
    u16::try_from(place).ok()
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
            ("1/2/2021, 3:04\u{202f}p.\u{a0}m. - x", Order::Dmy, "2021-02-01T15:04"),
            ("\u{200f}18\u{200f}/3\u{200f}/2022، 14:56:01] ", Order::Dmy, "2022-03-18T14:56:01"),
            ("\u{200f}١٨/٣/٢٠٢٢، ٢:٥٦ م - ", Order::Dmy, "2022-03-18T14:56"),
            ("2022. 3. 18. 오후 2:56 - ", Order::Ymd, "2022-03-18T14:56"),
            ("2022/03/18 午前9:05", Order::Ymd, "2022-03-18T09:05"),
            ("18/3/2022 下午2:56 - ", Order::Dmy, "2022-03-18T14:56"),
            ("18.03.2022 ÖS 2:56", Order::Dmy, "2022-03-18T14:56"),
            ("१८/३/२२, २:५६ pm - ", Order::Dmy, "2022-03-18T14:56"),
            ("18-03-2022 14:56 - ", Order::Dmy, "2022-03-18T14:56"),
            ("18/03/22 14.56 - ", Order::Dmy, "2022-03-18T14:56"),
            ("18.03.22, 14:56 - am Hafen", Order::Dmy, "2022-03-18T14:56"),
        ] {
            assert_eq!(written(&of(text), order).as_deref(), Some(want), "{text}");
        }
        let (behind, rest) = stamp_behind_time("14:56:01, 3/18/22] Lin: x").unwrap();
        assert_eq!((written(&behind, Order::Mdy).as_deref(), rest), (Some("2022-03-18T14:56:01"), "] Lin: x"));
        assert_eq!(stamp("18/3/22, 2:56 chau - x").unwrap().1, " chau - x");
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
