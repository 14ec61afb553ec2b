//! Search over the identity compartment's index, which is brought up to the log's head first, or built anew.
//!
//! Keeps: deleting the index changes no answer; an index of another head, other people or with damage is rebuilt.
//! Does not know: tokens, queries, files of the index.

mod facets;
mod meaning;
mod spot;
mod tongue;

use crate::AppError;
use crate::catalogue::{Derivative, Exhibit};
use crate::progress::{Stage, Watch};
use crate::reading::{About, place_word};
use crate::session::Session;
use crate::text;
use casemate_case::names::NameFinder;
use casemate_case::person::PersonId;
use casemate_ports::reading::{Place, Reading};
use casemate_proof::{Compartment, LaneId, ObjectRoot};
use casemate_search::{Cursor, Error, Id, Index, Options, Order, PAGE_LIMIT, Passage, Query, Searcher, When};
pub use facets::{Facets, FacetsRequest, Narrowing, facets};
pub use meaning::{CLOSE_USUAL, CloseHit, CloseRequest, MeaningReply, close_to, understand};
use serde::{Deserialize, Serialize};
use spot::Spot;
use std::cell::Cell;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Label of the index's key in its compartment's ring.
const INDEX_KEY: &str = "casemate/index/v1";
/// Memory of the index writer, in bytes.
const WRITER_BYTES: usize = 60_000_000;
/// Hits fetched at once.
const PAGE: usize = 200;
/// Width of a snippet in characters.
const SNIPPET_CHARS: usize = 120;

/// What the index has applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Applied {
    /// [`spot::FORM`].
    form: u32,
    /// Entries of each lane, by its id.
    lanes: BTreeMap<String, u64>,
    /// Digest of the people table.
    people: String,
}

impl Applied {
    /// Whether what is new can be added to what is there.
    fn goes_on_to(&self, now: &Self) -> bool {
        let grown = |(lane, size): (&String, &u64)| now.lanes.get(lane).is_some_and(|n| n >= size);
        self.form == now.form && self.people == now.people && self.lanes.iter().all(grown)
    }
}

/// What to look for.
#[derive(Clone, Debug)]
pub struct SearchRequest {
    /// The query.
    pub query: String,
    /// Most hits; all where absent ([`CLOSE_USUAL`] of what is close in meaning).
    pub limit: Option<usize>,
    /// Best first, instead of in the order of the case.
    pub ranked: bool,
    /// Also what is close in meaning and does not hold the words: texts that have not been read for it are read first.
    pub meaning: bool,
}

/// A passage that answers.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Hit)]
pub struct SearchHit {
    /// The exhibit.
    pub exhibit: u64,
    /// Where it came from.
    pub source: String,
    /// What it is.
    #[schema(value_type = crate::words::KindWord)]
    pub kind: String,
    /// Language, where told apart.
    pub language: String,
    /// Where in the exhibit, for people: the second of the first marked word, the line, the message.
    pub at: String,
    /// Where the passage stands in the exhibit.
    pub place: Place,
    /// Index of the passage in its reading.
    pub passage: u32,
    /// What it says, around the hit.
    pub text: String,
    /// What answers, in `text`.
    pub marks: Vec<Mark>,
}

/// Characters of a hit's text that answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Mark {
    /// First character of the text (Unicode scalar values).
    pub start: usize,
    /// First character after.
    pub end: usize,
    /// When they are said: milliseconds of the recording, half-open. Nothing for what is not spoken.
    #[schema(value_type = Option<(u64, u64)>)]
    pub time: Option<[u64; 2]>,
}

/// The answer.
#[derive(Clone, Debug, Serialize)]
pub struct SearchReply {
    /// Passages that answer.
    pub total: u64,
    /// The hits.
    pub hits: Vec<SearchHit>,
    /// What is close in meaning and does not hold the words, where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meaning: Option<MeaningReply>,
}

/// Looks for passages.
///
/// # Errors
/// [`AppError::Query`], [`AppError::Index`].
pub fn search(session: &Session, request: &SearchRequest, watch: &Watch<'_>) -> Result<SearchReply, AppError> {
    mended(session, watch, || all(session, request, watch))
}

/// What an answer finds damaged is built anew, once, and asked again.
fn mended<T>(session: &Session, watch: &Watch<'_>, ask: impl Fn() -> Result<T, AppError>) -> Result<T, AppError> {
    match ask() {
        Err(AppError::Index(e)) if e.rebuild() => {
            let key = session.vault.side_key(Compartment::Identity, INDEX_KEY)?;
            rebuild(session, &key, &now(session), watch)?;
            ask()
        }
        other => other,
    }
}

fn all(session: &Session, request: &SearchRequest, watch: &Watch<'_>) -> Result<SearchReply, AppError> {
    let (searcher, query) = asked(session, &request.query, watch)?;
    let meaning = match request.meaning {
        true => Some(meaning::beside(session, &query, request.limit.unwrap_or(CLOSE_USUAL), watch)?),
        false => None,
    };
    let order = if request.ranked { Order::Relevance } else { Order::Case };
    let (mut hits, mut after, mut total) = (Vec::new(), None, 0);
    let most = request.limit.unwrap_or(usize::MAX);
    while hits.len() < most {
        let page = searcher.page(&query, order, after, PAGE.min(most - hits.len()))?;
        total = page.total;
        hits.extend(page.hits.iter().map(|hit| shown(session, hit)));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    Ok(SearchReply { total, hits, meaning })
}

/// One page of hits.
#[derive(Clone, Debug)]
pub struct PageRequest {
    /// The query.
    pub query: String,
    /// Most hits, at most [`PAGE_LIMIT`].
    pub limit: usize,
    /// Where it goes on: `next` of the page before.
    pub after: Option<String>,
    /// Best first.
    pub ranked: bool,
    /// What the answers are narrowed by.
    pub narrowing: Narrowing,
}

/// One page of the answer.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = SearchReply)]
pub struct PageReply {
    /// Passages that answer in all.
    pub total: u64,
    /// This page's.
    pub hits: Vec<SearchHit>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
}

/// Looks for one page of passages.
///
/// # Errors
/// As [`search`]; [`AppError::Index`] for a cursor that is none.
pub fn page(session: &Session, request: &PageRequest, watch: &Watch<'_>) -> Result<PageReply, AppError> {
    mended(session, watch, || one_page(session, request, watch))
}

fn one_page(session: &Session, request: &PageRequest, watch: &Watch<'_>) -> Result<PageReply, AppError> {
    let (searcher, query) = asked(session, &request.query, watch)?;
    let query = request.narrowing.of(session, query)?;
    let order = if request.ranked { Order::Relevance } else { Order::Case };
    let after = request.after.as_deref().map(Cursor::parse).transpose()?;
    let page = searcher.page(&query, order, after, request.limit.min(PAGE_LIMIT))?;
    Ok(PageReply {
        total: page.total,
        hits: page.hits.iter().map(|hit| shown(session, hit)).collect(),
        next: page.next.map(Cursor::to_text),
    })
}

fn asked(session: &Session, words: &str, watch: &Watch<'_>) -> Result<(Searcher, Query), AppError> {
    let index = refreshed(session, watch)?;
    let nobody = Cell::new(false);
    let ids = |name: &str| {
        let called = people_called(session, name);
        nobody.set(nobody.get() || called.is_err());
        called.unwrap_or_default()
    };
    let query = Query::parse_with(words, &ids)?;
    if nobody.get() {
        return Err(NOBODY);
    }
    Ok((index.searcher()?, query))
}

/// Nothing found would read as: nobody speaks of them.
const NOBODY: AppError = AppError::NotOnePerson { found: 0 };

/// The ids of those who bear a name, an alias or an id.
fn people_called(session: &Session, word: &str) -> Result<Vec<String>, AppError> {
    let ids: Vec<String> = session.case.people_called(word).iter().map(|p| p.id.to_string()).collect();
    if ids.is_empty() { Err(NOBODY) } else { Ok(ids) }
}

fn shown(session: &Session, hit: &casemate_search::Hit) -> SearchHit {
    let spot = Spot::decode(&hit.passage.place);
    let snippet = hit.snippet(SNIPPET_CHARS);
    let said = |m: &std::ops::Range<usize>| spot.said(m.start + snippet.start, m.end + snippet.start);
    let marks: Vec<Mark> = snippet.marks.iter().map(|m| Mark { start: m.start, end: m.end, time: said(m) }).collect();
    let exhibit = session.catalogue.number(hit.passage.exhibit_no);
    SearchHit {
        exhibit: hit.passage.exhibit_no,
        source: exhibit.map(|e| session.catalogue.origin(e)).unwrap_or_default(),
        kind: hit.passage.kind.clone(),
        language: hit.passage.language.clone(),
        at: place_word(&moment(&spot.place, marks.first())),
        place: spot.place,
        passage: hit.passage.index,
        text: snippet.text.clone(),
        marks,
    }
}

/// The passage's place, narrowed to the time of its first mark.
fn moment(place: &Place, first: Option<&Mark>) -> Place {
    match (place, first.and_then(|m| m.time)) {
        (Place::Time { channel, .. }, Some([start_ms, end_ms])) => Place::Time { channel: *channel, start_ms, end_ms },
        _ => place.clone(),
    }
}

/// Brings the index up to the log's head.
///
/// # Errors
/// [`AppError::Index`].
pub fn refresh(session: &Session, watch: &Watch<'_>) -> Result<(), AppError> {
    refreshed(session, watch).map(drop)
}

fn refreshed(session: &Session, watch: &Watch<'_>) -> Result<Index, AppError> {
    let key = session.vault.side_key(Compartment::Identity, INDEX_KEY)?;
    let (index, known) = match Index::open(session.index.clone(), &key, Options::default()) {
        Ok(index) => {
            let heads = index.heads()?;
            (Some(index), heads.and_then(|bytes| serde_json::from_slice::<Applied>(&bytes).ok()))
        }
        Err(e) if e.rebuild() => (None, None),
        Err(other) => return Err(other.into()),
    };
    let now = now(session);
    match (index, known) {
        (Some(index), Some(known)) if known == now => Ok(index),
        (Some(index), Some(known)) if known.goes_on_to(&now) => {
            match fill(session, &index, &known.lanes, &now, watch) {
                Err(AppError::Index(e)) if e.rebuild() => rebuild(session, &key, &now, watch),
                // Another process writes the index now: what it holds answers, the newest exhibits come later.
                Err(AppError::Index(Error::Busy)) => Ok(index),
                other => other.map(|()| index),
            }
        }
        _ => rebuild(session, &key, &now, watch),
    }
}

fn rebuild(session: &Session, key: &[u8; 32], now: &Applied, watch: &Watch<'_>) -> Result<Index, AppError> {
    let index = Index::create(session.index.clone(), key, Options::default())?;
    fill(session, &index, &BTreeMap::new(), now, watch)?;
    Ok(index)
}

fn now(session: &Session) -> Applied {
    Applied { form: spot::FORM, lanes: lane_sizes(session), people: people_digest(session) }
}

fn lane_sizes(session: &Session) -> BTreeMap<String, u64> {
    session.vault.heads().into_iter().map(|(lane, head)| (lane.to_string(), head.size)).collect()
}

/// A digest of everything that decides which passages name whom.
fn people_digest(session: &Session) -> String {
    let mut all = Vec::new();
    for person in session.case.people() {
        all.extend_from_slice(&person.id.0);
        for name in &person.names {
            all.extend_from_slice(name.text.as_bytes());
            all.push(0);
        }
    }
    casemate_verify::bag::sha256(&mut all.as_slice()).map(|h| casemate_verify::bag::hex(&h)).unwrap_or_default()
}

fn fill(
    session: &Session,
    index: &Index,
    from: &BTreeMap<String, u64>,
    now: &Applied,
    watch: &Watch<'_>,
) -> Result<(), AppError> {
    let is_new = |(lane, index): (LaneId, u64)| index >= from.get(&lane.to_string()).copied().unwrap_or(0);
    let fresh: Vec<(&Exhibit, &Derivative)> = session
        .catalogue
        .exhibits()
        .filter_map(|e| e.text().map(|d| (e, d)))
        .filter(|(exhibit, derived)| is_new((derived.lane, derived.index)) || exhibit.corrected.is_some_and(is_new))
        .collect();
    if fresh.is_empty() && !from.is_empty() {
        // Acts that change no text leave the index as it is.
        return Ok(());
    }
    let mut writer = index.writer(WRITER_BYTES)?;
    let finder = NameFinder::new(session.case.people());
    let total = Some(fresh.len() as u64);
    for (done, (exhibit, derived)) in (0u64..).zip(fresh) {
        watch.tell(Stage::Indexing, done, total, Some(exhibit.number));
        let reading = match text::load(session, exhibit).map(|t| t.map(|t| t.reading)) {
            Ok(Some(reading)) => reading,
            Ok(None) => continue,
            // Damage of one derivative is named by `verify`; the others stay searchable.
            Err(AppError::Vault(e)) if e.is_damage() => continue,
            Err(AppError::Derivative { .. } | AppError::File { .. }) => continue,
            Err(other) => return Err(other),
        };
        writer.delete_exhibit(id(&exhibit.root));
        for passage in passages(exhibit, derived, &reading, &finder) {
            writer.add(&passage)?;
        }
    }
    let heads = serde_json::to_vec(now).map_err(|e| AppError::file("index")(e.into()))?;
    writer.commit(&heads)?;
    writer.finish()?;
    Ok(())
}

fn id(root: &ObjectRoot) -> Id {
    let mut id = [0; 16];
    id.iter_mut().zip(root.0).for_each(|(to, from)| *to = from);
    id
}

fn passages(exhibit: &Exhibit, derived: &Derivative, reading: &Reading, finder: &NameFinder) -> Vec<Passage> {
    let mut persons: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for o in finder.find(reading.passages.iter().map(|p| p.text.as_str())) {
        let of: PersonId = o.person;
        let list = persons.entry(o.passage).or_default();
        let word = of.to_string();
        if !list.contains(&word) {
            list.push(word);
        }
    }
    let kind = About::of(derived).map_or_else(|| exhibit.kind.clone(), |a| a.kind);
    let base = |index: u32, spot: &Spot, text: String| Passage {
        exhibit_no: exhibit.number,
        exhibit: id(&exhibit.root),
        derivative: id(&derived.object.root()),
        index,
        kind: kind.clone(),
        language: String::new(),
        when: None,
        speaker: None,
        persons: Vec::new(),
        place: spot.encode(),
        text,
    };
    let mut out: Vec<Passage> = (0u32..)
        .zip(reading.passages.iter().enumerate())
        .map(|(index, (at, p))| Passage {
            language: p.language.as_deref().or_else(|| tongue::told(&p.text)).unwrap_or_default().to_owned(),
            when: p.when.as_deref().and_then(When::parse),
            speaker: p.speaker.clone(),
            persons: persons.remove(&at).unwrap_or_default(),
            ..base(index, &Spot::of(p), p.text.clone())
        })
        .collect();
    let about: Vec<&str> = exhibit.name().into_iter().chain(reading.metadata.iter().map(|(_, v)| v.as_str())).collect();
    out.push(base(u32::MAX, &Spot::whole(), about.join("\n")));
    out
}
