//! How the answers of a query are spread over kinds, languages and people: what one may narrow it by.
//!
//! Keeps: each count is that of the narrowed query. Does not know: how a narrowed query is asked.

use super::asked;
use crate::people::id_text;
use crate::{AppError, Session, Watch};
use casemate_search::Query;
use serde::Serialize;

/// Kinds, as passages are indexed.
const KINDS: [&str; 9] = ["recording", "document", "mail", "chat", "call-log", "table", "web", "text", "other"];
/// Languages that the product tells apart.
const LANGUAGES: [&str; 3] = ["zh", "en", "fr"];
/// People of whom it is counted; a case with more is narrowed by name.
const PEOPLE_MAX: usize = 64;

/// A person among the answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PersonCount {
    /// Id.
    pub id: String,
    /// Their most usual name.
    pub name: String,
    /// Passages that name them.
    pub count: u64,
}

/// The counts; nothing that is 0.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Facets {
    /// By kind.
    pub kinds: Vec<(String, u64)>,
    /// By language.
    pub languages: Vec<(String, u64)>,
    /// By person.
    pub people: Vec<PersonCount>,
}

/// Counts the answers of a query by what they are.
///
/// # Errors
/// As [`super::search`].
pub fn facets(session: &Session, words: &str, watch: &Watch<'_>) -> Result<Facets, AppError> {
    let (searcher, _) = asked(session, words, watch)?;
    let ids = |name: &str| vec![name.to_owned()];
    let count = |filter: &str| -> Result<u64, AppError> {
        Ok(searcher.count(&Query::parse_with(&format!("({words}) {filter}"), &ids)?)?)
    };
    let spread = |field: &str, values: &[&str]| -> Result<Vec<(String, u64)>, AppError> {
        let mut out = Vec::new();
        for value in values {
            let found = count(&format!("{field}:{value}"))?;
            out.extend((found > 0).then(|| ((*value).to_owned(), found)));
        }
        Ok(out)
    };
    let mut people = Vec::new();
    for person in session.case.people().take(PEOPLE_MAX) {
        let found = count(&format!("person:{}", person.id))?;
        let name = person.names.first().map(|n| n.text.clone()).unwrap_or_default();
        people.extend((found > 0).then(|| PersonCount { id: id_text(person.id), name, count: found }));
    }
    Ok(Facets { kinds: spread("kind", &KINDS)?, languages: spread("lang", &LANGUAGES)?, people })
}
