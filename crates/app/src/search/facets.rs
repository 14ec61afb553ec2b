//! How the answers of a query are spread over kinds, languages and people: what one may narrow it by.
//!
//! Keeps: each count is that of the query as it would be narrowed. Does not know: how a query is written.

use super::{asked, mended, people_called};
use crate::people::id_text;
use crate::reading::kind_word;
use crate::words::LanguageWord;
use crate::{AppError, Session, Watch};
use casemate_ports::reading::Kind;
use casemate_search::Query;
use serde::Serialize;

/// Kinds that passages are of.
const KINDS: [Kind; 9] = [
    Kind::Recording,
    Kind::Document,
    Kind::Mail,
    Kind::Chat,
    Kind::CallLog,
    Kind::Table,
    Kind::Web,
    Kind::Text,
    Kind::Other,
];
/// Languages that the product tells apart.
const LANGUAGES: [LanguageWord; 3] = [LanguageWord::Zh, LanguageWord::En, LanguageWord::Fr];
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

/// What the answers of a query are narrowed by.
#[derive(Clone, Debug, Default)]
pub struct Narrowing {
    /// Only of this kind.
    pub kind: Option<Kind>,
    /// Only in this language.
    pub language: Option<LanguageWord>,
    /// Only where this person is named: a name, alias or id.
    pub person: Option<String>,
}

/// The groups of counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Kind,
    Language,
    Person,
}

impl Narrowing {
    /// The query narrowed.
    pub(super) fn of(&self, session: &Session, query: Query) -> Result<Query, AppError> {
        self.but(None, session, query)
    }

    /// The query narrowed by the choices of every group but one.
    fn but(&self, group: Option<Group>, session: &Session, mut query: Query) -> Result<Query, AppError> {
        if let Some(kind) = self.kind.filter(|_| group != Some(Group::Kind)) {
            query = query.and(of_kind(kind)?);
        }
        if let Some(language) = self.language.filter(|_| group != Some(Group::Language)) {
            query = query.and(in_language(language)?);
        }
        if let Some(word) = self.person.as_ref().filter(|_| group != Some(Group::Person)) {
            query = query.and(Query::persons(people_called(session, word)?));
        }
        Ok(query)
    }
}

fn of_kind(kind: Kind) -> Result<Query, AppError> {
    Ok(Query::parse(&format!("kind:{}", kind_word(kind)))?)
}

fn in_language(language: LanguageWord) -> Result<Query, AppError> {
    Ok(Query::parse(&format!("lang:{}", language.word()))?)
}

/// What is counted.
#[derive(Clone, Debug)]
pub struct FacetsRequest {
    /// The query.
    pub query: String,
    /// What is chosen in each group.
    pub chosen: Narrowing,
    /// Passages that search by meaning looks at: whatever words they hold.
    pub meaning: bool,
}

/// Counts the answers of a query by what they are. Each group is counted under what is chosen in the others, so that its
/// own choice can be changed for any that is counted.
///
/// # Errors
/// As [`super::page`].
pub fn facets(session: &Session, request: &FacetsRequest, watch: &Watch<'_>) -> Result<Facets, AppError> {
    mended(session, watch, || counted(session, request, watch))
}

fn counted(session: &Session, request: &FacetsRequest, watch: &Watch<'_>) -> Result<Facets, AppError> {
    let (searcher, query) = asked(session, &request.query, watch)?;
    let (query, chosen) = (if request.meaning { query.filters() } else { query }, &request.chosen);
    let narrowed = |group| chosen.but(Some(group), session, query.clone());
    let mut out = Facets::default();
    let of = narrowed(Group::Kind)?;
    for kind in KINDS {
        let found = searcher.count(&of.clone().and(of_kind(kind)?))?;
        out.kinds.extend((found > 0).then(|| (kind_word(kind).to_owned(), found)));
    }
    let of = narrowed(Group::Language)?;
    for language in LANGUAGES {
        let found = searcher.count(&of.clone().and(in_language(language)?))?;
        out.languages.extend((found > 0).then(|| (language.word().to_owned(), found)));
    }
    let of = narrowed(Group::Person)?;
    for person in session.case.people().take(PEOPLE_MAX) {
        let count = searcher.count(&of.clone().and(Query::persons(vec![person.id.to_string()])))?;
        let name = || person.shown().to_owned();
        out.people.extend((count > 0).then(|| PersonCount { id: id_text(person.id), name: name(), count }));
    }
    Ok(out)
}
