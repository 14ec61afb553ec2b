//! Points in a recording as people write them: `00:12`, `1:02:03.5`, `12.25`.
//!
//! Keeps: milliseconds, exactly; what is not such a time is refused. Does not know: dates.

/// Milliseconds of `[[h:]m:]s[.fff]`.
///
/// # Errors
/// What is not in that form.
pub fn parse(text: &str) -> Result<u64, String> {
    let wrong = || format!("{text:?} is not a time; write 12.5, 00:12 or 1:02:03.5");
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if fraction.len() > 3 || (text.contains('.') && !digits(fraction)) {
        return Err(wrong());
    }
    let mut parts: Vec<&str> = whole.split(':').collect();
    if parts.len() > 3 || !parts.iter().all(|p| digits(p)) {
        return Err(wrong());
    }
    let minutes_fit = parts.iter().skip(1).all(|p| p.len() <= 2 && p.parse::<u64>().is_ok_and(|n| n < 60));
    if !minutes_fit {
        return Err(wrong());
    }
    let mut ms: u64 = format!("{fraction:0<3}").parse().map_err(|_| wrong())?;
    let mut unit: u64 = 1000;
    while let Some(part) = parts.pop() {
        let n: u64 = part.parse().map_err(|_| wrong())?;
        ms = n.checked_mul(unit).and_then(|n| n.checked_add(ms)).ok_or_else(wrong)?;
        unit = unit.saturating_mul(60);
    }
    Ok(ms)
}

/// A range `FROM-TO` of such times; it must not be empty.
///
/// # Errors
/// What is not in that form.
pub fn parse_range(text: &str) -> Result<(u64, u64), String> {
    let (from, to) = text.split_once('-').ok_or_else(|| format!("{text:?} is not a range; write 00:12-00:14"))?;
    let (from, to) = (parse(from.trim())?, parse(to.trim())?);
    if from < to { Ok((from, to)) } else { Err(format!("{text:?}: the end is not after the beginning")) }
}

/// `3=00:12.1-00:12.9`: a number, and a range in milliseconds.
///
/// # Errors
/// It is not written so.
pub fn parse_numbered_range(text: &str) -> Result<(usize, (u64, u64)), String> {
    let wrong = || format!("{text:?} is no number with a range; write 3=00:12.1-00:12.9");
    let (number, range) = text.split_once('=').ok_or_else(wrong)?;
    Ok((number.trim().parse().map_err(|_| wrong())?, parse_range(range)?))
}

/// `00:12:34`, whole seconds.
pub fn clock(ms: u64) -> String {
    let s = ms / 1000;
    format!("{:02}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_numbered_range_is_read() {
        assert_eq!(parse_numbered_range("3=00:12.1-00:12.9"), Ok((3, (12_100, 12_900))));
        for wrong in ["00:12-00:13", "x=1-2", "3=5-4", "3=", "=1-2", "-1=1-2"] {
            assert!(parse_numbered_range(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn times_are_read() {
        for (text, ms) in [
            ("0", 0),
            ("12.5", 12_500),
            ("00:12", 12_000),
            ("90:00", 5_400_000),
            ("1:02:03.045", 3_723_045),
            ("75", 75_000),
        ] {
            assert_eq!(parse(text), Ok(ms), "{text}");
        }
        for text in ["", ":", "1:", "1:60", "1:2:3:4", "-1", "+1", "1.", "1.2345", "1:001", "a", "99999999999999999999"]
        {
            assert!(parse(text).is_err(), "{text}");
        }
        assert_eq!(parse_range("00:12-00:14"), Ok((12_000, 14_000)));
        assert!(parse_range("00:14-00:12").is_err() && parse_range("00:12").is_err() && parse_range("1-1").is_err());
    }

    #[test]
    fn a_clock_is_shown() {
        assert_eq!(clock(3_723_045), "01:02:03");
    }
}
