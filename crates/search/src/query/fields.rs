//! `field:value` clauses.
//!
//! Keeps: every field of [`KNOWN`] has its form checked here. Does not know: other clauses.

use crate::analysis::token_readings;
use crate::error::QueryError;
use crate::fold::fold_str;
use crate::passage::Id;
use crate::query::{Expr, Filter, Phrase};
use crate::sound::partings;
use crate::when::When;

/// Turns a person's name into ids.
pub(crate) type Persons<'a> = &'a dyn Fn(&str) -> Vec<String>;

/// All fields.
pub(crate) const KNOWN: &str = "exact, pinyin, kind, lang, person, speaker, exhibit, date, before, after, since, until";

/// Kinds that a passage may have (`casemate_ports::reading::Kind`).
const KINDS: [&str; 9] = ["recording", "document", "mail", "chat", "call-log", "table", "web", "text", "other"];
const OF_KINDS: &str = "one of recording, document, mail, chat, call-log, table, web, text, other";

const DATE: &str = "a date such as 2026, 2026-03, 2026-03-05 or 2026-03-05T14:30";

pub(crate) fn clause(name: &str, at: usize, value: &str, star: bool, persons: Persons<'_>) -> Result<Expr, QueryError> {
    let form = |field, form| QueryError::Value { field, form, value: value.to_owned() };
    let date = |field| When::parse(value).ok_or_else(|| form(field, DATE));
    let filter =
        match name.to_ascii_lowercase().as_str() {
            "exact" => {
                let text = if star { format!("{value}*") } else { value.to_owned() };
                return if text.is_empty() { Err(QueryError::NoWords) } else { Ok(Expr::Exact(text)) };
            }
            "pinyin" => {
                return sound(value).ok_or_else(|| form("pinyin", "syllables such as lin muchuan, or Han characters"));
            }
            "kind" => {
                let kind = fold_str(value);
                if !KINDS.contains(&kind.as_str()) {
                    return Err(form("kind", OF_KINDS));
                }
                Filter::Kind(kind)
            }
            "lang" | "language" => Filter::Language(value.to_ascii_lowercase()),
            "person" => Filter::Persons(persons(value)),
            "speaker" => Filter::Speaker(Phrase::of(value, star).ok_or_else(|| form("speaker", "a name"))?),
            "exhibit" => exhibit(value)
                .ok_or_else(|| form("exhibit", "a number, a range such as 3-7, or an id of 32 hex digits"))?,
            "date" => during(value)
                .ok_or_else(|| form("date", "a date such as 2026-03, or a range such as 2026-03..2026-05"))?,
            "before" => Filter::StartsBefore(date("before")?.start()),
            "after" => Filter::EndsAfter(date("after")?.end()),
            "since" => Filter::EndsAfter(date("since")?.start()),
            "until" => Filter::StartsBefore(date("until")?.end()),
            _ => return Err(QueryError::Field { name: name.to_owned(), at, known: KNOWN.to_owned() }),
        };
    Ok(Expr::Filter(filter))
}

fn exhibit(value: &str) -> Option<Filter> {
    if value.len() == 32 && value.is_ascii() {
        let mut id: Id = [0; 16];
        for (byte, pair) in id.iter_mut().zip(value.as_bytes().chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        return Some(Filter::Exhibit(id));
    }
    let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<u64>().ok()).flatten();
    match value.split_once('-') {
        Some((from, to)) => Some(Filter::ExhibitNo(number(from)?, number(to)?)),
        None => number(value).map(|only| Filter::ExhibitNo(only, only)),
    }
}

fn during(value: &str) -> Option<Filter> {
    match value.split_once("..") {
        Some(("", "")) => None,
        Some(("", to)) => Some(Filter::StartsBefore(When::parse(to)?.end())),
        Some((from, "")) => Some(Filter::EndsAfter(When::parse(from)?.start())),
        Some((from, to)) => {
            let (from, to) = (When::parse(from)?.start(), When::parse(to)?.end());
            (from < to).then(|| Filter::During(When::new(from, to)))
        }
        None => When::parse(value).map(Filter::During),
    }
}

/// Syllables as typed, or the readings of Han characters: what sounds alike.
fn sound(value: &str) -> Option<Expr> {
    const WAYS: usize = 24;
    let phrase = Phrase::of(value, false)?;
    let mut ways: Vec<Vec<String>> = vec![Vec::new()];
    for token in &phrase.tokens {
        let next: Vec<Vec<String>> = if token.solo {
            token_readings(token, value).into_iter().map(|syllable| vec![syllable]).collect()
        } else {
            partings(&token.text)
        };
        let join = |way: &Vec<String>| next.iter().map(|part| [way.as_slice(), part].concat()).collect::<Vec<_>>();
        ways = ways.iter().flat_map(join).take(WAYS).collect();
    }
    let mut ways: Vec<Expr> = ways.into_iter().map(Expr::Sound).collect();
    if ways.len() > 1 { Some(Expr::Or(ways)) } else { ways.pop() }
}
