//! Numbers and lengths of time as each language writes them.
//!
//! Keeps: every whole number is exact to its last digit; French groups are held together by a narrow no-break space.
//! Does not know: units of storage or money.

use crate::Language;
use crate::typography::NARROW_NO_BREAK_SPACE;

const SECONDS_IN_MINUTE: u64 = 60;
const SECONDS_IN_HOUR: u64 = 3600;

/// A whole number, its digits in groups of three: `12 345` (narrow no-break space) / `12,345` / `12,345`.
/// Four digits stand ungrouped in French, as typographers ask.
#[must_use]
pub fn number(language: Language, value: u64) -> String {
    group(language, &value.to_string())
}

/// A length of time given in whole seconds: `1 h 02 min 05 s` / `1 h 02 min 05 s` / `1小时02分05秒`.
#[must_use]
pub fn seconds(language: Language, value: u64) -> String {
    let (hours, rest) = (value / SECONDS_IN_HOUR, value % SECONDS_IN_HOUR);
    let (minutes, rest) = (rest / SECONDS_IN_MINUTE, rest % SECONDS_IN_MINUTE);
    let (h, min, s, gap) = match language {
        Language::Fr | Language::En => ("h", "min", "s", '\u{a0}'),
        Language::ZhHans => ("小时", "分", "秒", '\0'),
    };
    let gap = if gap == '\0' { String::new() } else { gap.to_string() };
    match (hours, minutes) {
        (0, 0) => format!("{rest}{gap}{s}"),
        (0, _) => format!("{minutes}{gap}{min}{gap}{rest:02}{gap}{s}"),
        _ => format!("{}{gap}{h}{gap}{minutes:02}{gap}{min}{gap}{rest:02}{gap}{s}", number(language, hours)),
    }
}

/// A number within a message: whole ones grouped, others with the language's decimal mark.
pub fn within_message(language: Language, value: f64) -> String {
    let plain = value.to_string();
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_str()), |digits| ("\u{2212}", digits));
    if !digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return plain;
    }
    match digits.split_once('.') {
        None => format!("{sign}{}", group(language, digits)),
        Some((whole, fraction)) => {
            let mark = if language == Language::Fr { ',' } else { '.' };
            format!("{sign}{}{mark}{fraction}", group(language, whole))
        }
    }
}

fn group(language: Language, digits: &str) -> String {
    let separator = match language {
        Language::Fr if digits.len() <= 4 => return digits.to_owned(),
        Language::Fr => NARROW_NO_BREAK_SPACE,
        Language::En | Language::ZhHans => ',',
    };
    let mut grouped = String::with_capacity(digits.len() * 2);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::{number, seconds, within_message};
    use crate::Language::{En, Fr, ZhHans};

    #[test]
    fn digits_are_grouped() {
        assert_eq!(number(Fr, 9_999), "9999");
        assert_eq!(number(Fr, 12_345), "12\u{202f}345");
        assert_eq!(number(En, 1_234_567), "1,234,567");
        assert_eq!(number(ZhHans, 123), "123");
        assert_eq!(number(En, u64::MAX), "18,446,744,073,709,551,615");
    }

    #[test]
    fn lengths_of_time() {
        assert_eq!(seconds(En, 5), "5\u{a0}s");
        assert_eq!(seconds(Fr, 134), "2\u{a0}min\u{a0}14\u{a0}s");
        assert_eq!(seconds(ZhHans, 3725), "1小时02分05秒");
        assert_eq!(seconds(ZhHans, 60), "1分00秒");
    }

    #[test]
    fn fractions_take_the_mark_of_the_language() {
        assert_eq!(within_message(Fr, 12_345.5), "12\u{202f}345,5");
        assert_eq!(within_message(En, -0.25), "\u{2212}0.25");
        assert_eq!(within_message(En, f64::NAN), "NaN");
    }
}
