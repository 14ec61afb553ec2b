//! What a statement must be beyond its encoding: profile, modes, roles and orders of `docs/format/bundle.md` §3.
//!
//! Keeps: every delivered file has one role that its mode checks, so none is shown unchecked. Does not know: the files.

use super::{Item, Mode, Role, Statement, StatementError};
use crate::discloser::{DISCLOSERS_MAX, NAME_BYTES_MAX};
use std::collections::BTreeSet;

/// The roles that each mode delivers, in order.
const ROLES_OF: [(Mode, &[Role]); 7] = [
    (Mode::Whole, &[Role::Original]),
    (Mode::Partial, &[Role::Leaves]),
    (Mode::Partial, &[Role::Leaves, Role::Playable]),
    (Mode::Partial, &[Role::Leaves, Role::Pages]),
    (Mode::Release, &[Role::Leaves, Role::Text]),
    (Mode::Release, &[Role::Leaves, Role::Text, Role::Vtt]),
    (Mode::Text, &[Role::Text]),
];
const LANGUAGES: [&str; 3] = ["fr", "en", "zh-Hans"];
/// A date: digits where this has 0, else the same character.
const DATE_FORM: &str = "0000-00-00T00:00:00Z";

fn require(holds: bool, field: &'static str) -> Result<(), StatementError> {
    if holds { Ok(()) } else { Err(StatementError::Field(field)) }
}

pub(super) fn admit(statement: &Statement) -> Result<(), StatementError> {
    let press = statement.profile == "press";
    require(press || statement.profile == "court", "profile")?;
    require(statement.case.is_none() == press, "case")?;
    require(LANGUAGES.contains(&statement.language.as_str()), "language")?;
    require(is_date(&statement.date), "date")?;
    require(statement.aliases.is_sorted_by(|a, b| a < b), "aliases")?;
    if let Some(narrowed) = &statement.narrowed {
        require(!press, "profile")?;
        require(statement.previous.is_some(), "previous")?;
        require((1..=DISCLOSERS_MAX).contains(&narrowed.disclosers), "disclosers")?;
        let fits = |name: &String| (1..=NAME_BYTES_MAX).contains(&name.len());
        require(narrowed.name.as_ref().is_none_or(fits), "name")?;
    }
    let mut paths = BTreeSet::new();
    for item in &statement.items {
        admit_item(item, press)?;
        for file in &item.files {
            require(file.path.starts_with("data/") && paths.insert(&file.path), "file")?;
        }
    }
    Ok(())
}

fn admit_item(item: &Item, press: bool) -> Result<(), StatementError> {
    require((item.mode == Mode::Text) == press, "mode")?;
    require(item.root.is_none() == press, "root")?;
    require(item.commitment.is_some() == press, "commitment")?;
    require(item.reasons.is_sorted_by(|a, b| a.0 < b.0), "reasons")?;
    let roles: Vec<Role> = item.files.iter().map(|f| f.role).collect();
    require(ROLES_OF.contains(&(item.mode, roles.as_slice())), "role")
}

fn is_date(text: &str) -> bool {
    let fits = |(c, form): (u8, u8)| if form == b'0' { c.is_ascii_digit() } else { c == form };
    if text.len() != DATE_FORM.len() || !text.bytes().zip(DATE_FORM.bytes()).all(fits) {
        return false;
    }
    let number =
        |from: usize, to: usize| text.get(from..to).and_then(|part| part.parse::<u32>().ok()).unwrap_or(u32::MAX);
    let (year, month, day) = (number(0, 4), number(5, 7), number(8, 10));
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let day_is = (1..=12).contains(&month) && (1..=days).contains(&day);
    // RFC 3339 has leap seconds.
    day_is && number(11, 13) < 24 && number(14, 16) < 60 && number(17, 19) <= 60
}

#[cfg(test)]
mod tests {
    use super::is_date;

    #[test]
    fn a_date_is_one_of_the_calendar() {
        for date in ["2026-02-28T23:59:59Z", "2024-02-29T00:00:00Z", "2000-02-29T00:00:00Z", "2016-12-31T23:59:60Z"] {
            assert!(is_date(date), "{date}");
        }
        for date in [
            "2026-02-29T00:00:00Z",
            "1900-02-29T00:00:00Z",
            "2026-02-30T00:00:00Z",
            "2026-04-31T00:00:00Z",
            "2026-00-10T00:00:00Z",
            "2026-13-10T00:00:00Z",
            "2026-01-00T00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:60:00Z",
            "2026-01-01T00:00:61Z",
            "2026-01-01T00:00:00+",
            "2026-1-01T00:00:00Z",
        ] {
            assert!(!is_date(date), "{date}");
        }
    }
}
