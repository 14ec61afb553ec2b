//! What tells a number from any other digits: its check sum, or that it is no date.
//!
//! Keeps: spaces and dashes count for nothing. Does not know: where a number stands.

/// The least digits of an account or a document.
const FEW: usize = 5;
/// Digits of a telephone number with its country (ITU-T E.164), and the fewest that are worth calling.
const PHONE: std::ops::RangeInclusive<usize> = 7..=15;
/// Thirteen digits are a time in milliseconds more often than a card.
const CARD: std::ops::RangeInclusive<usize> = 14..=19;
/// The modulus of IBAN (ISO 7064 MOD 97-10) and of the French social security key.
const MODULUS: u64 = 97;

fn digits(text: &str) -> impl DoubleEndedIterator<Item = u64> + '_ {
    text.chars().filter_map(|c| c.to_digit(10)).map(u64::from)
}

pub(super) fn any(_: &str) -> bool {
    true
}

/// As many digits as a telephone number has, and not a date.
pub(super) fn phone(text: &str) -> bool {
    PHONE.contains(&digits(text).count()) && !date(text)
}

/// Enough digits to be somebody's, and not years.
pub(super) fn some_digits(text: &str) -> bool {
    digits(text).count() >= FEW && !date(text)
}

/// ISO 13616.
pub(super) fn iban(text: &str) -> bool {
    let plain: Vec<char> = text.chars().filter(char::is_ascii_alphanumeric).collect();
    let (head, body) = plain.split_at(plain.len().min(4));
    let rest = body.iter().chain(head).try_fold(0u64, |rest, c| {
        let value = u64::from(c.to_digit(36)?);
        let shift = if value > 9 { 100 } else { 10 };
        Some((rest * shift + value) % MODULUS)
    });
    (15..=34).contains(&plain.len()) && rest == Some(1)
}

/// ISO/IEC 7812, appendix B.
pub(super) fn card(text: &str) -> bool {
    let doubled = |d: u64| if d * 2 > 9 { d * 2 - 9 } else { d * 2 };
    let sum: u64 = digits(text).rev().enumerate().map(|(i, d)| if i % 2 == 1 { doubled(d) } else { d }).sum();
    let count = digits(text).count();
    CARD.contains(&count) && sum.is_multiple_of(10) && digits(text).any(|d| d > 0)
}

/// A French social security number: written in its groups, or with the key that fits.
pub(super) fn social_security(text: &str) -> bool {
    let all: Vec<u64> = digits(text).collect();
    if all.len() < 15 {
        return text.contains(' ');
    }
    let (body, key) = all.split_at(all.len() - 2);
    let number = |part: &[u64]| part.iter().fold(0u64, |n, d| n.wrapping_mul(10).wrapping_add(*d));
    number(key) == MODULUS - number(body) % MODULUS
}

/// Whether digits are one or two years, or a day.
fn date(text: &str) -> bool {
    let groups: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|g| !g.is_empty()).collect();
    let year = |g: &str| g.len() == 4 && (g.starts_with("19") || g.starts_with("20"));
    let small = |g: &str| g.len() <= 2 && g.parse::<u8>().is_ok_and(|n| n <= 31);
    match groups[..] {
        [one, other] => year(one) && year(other),
        [one, two, three] => small(two) && (year(one) && small(three) || small(one) && year(three)),
        _ => false,
    }
}
