//! What a statement must be beyond its encoding: profile, modes, roles and orders of `docs/format/bundle.md` §3.
//!
//! Keeps: every delivered file has one role that its mode checks, so none is shown unchecked. Does not know: the files.

use super::{Item, Mode, Role, Statement, StatementError};
use std::collections::BTreeSet;

/// The roles that each mode delivers, in order.
const ROLES_OF: [(Mode, &[Role]); 6] = [
    (Mode::Whole, &[Role::Original]),
    (Mode::Partial, &[Role::Leaves]),
    (Mode::Partial, &[Role::Leaves, Role::Playable]),
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
    text.len() == DATE_FORM.len() && text.bytes().zip(DATE_FORM.bytes()).all(fits)
}
