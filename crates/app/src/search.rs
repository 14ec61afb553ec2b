//! Search over the identity compartment's index, which is brought up to the log's head first, or built anew.
//!
//! Keeps: deleting the index changes no answer; an index of another head, other people or with damage is rebuilt.
//! Does not know: tokens, queries, files of the index.

use crate::AppError;
use crate::catalogue::{Derivative, Exhibit};
use crate::progress::{Stage, Watch};
use crate::reading::{About, load, place_word};
use crate::session::Session;
use casemate_case::names::NameFinder;
use casemate_case::person::PersonId;
use casemate_ports::reading::{Place, Reading};
use casemate_proof::{Compartment, ObjectRoot};
use casemate_search::{Error, Id, Index, Options, Order, Passage, Query, When};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
    /// Entries of each lane, by its id.
    lanes: BTreeMap<String, u64>,
    /// Digest of the people table.
    people: String,
}

/// What to look for.
#[derive(Clone, Debug)]
pub struct SearchRequest {
    /// The query.
    pub query: String,
    /// Most hits; all where absent.
    pub limit: Option<usize>,
    /// Best first, instead of in the order of the case.
    pub ranked: bool,
}

/// A passage that answers.
#[derive(Clone, Debug, Serialize)]
pub struct SearchHit {
    /// The exhibit.
    pub exhibit: u64,
    /// Where it came from.
    pub source: String,
    /// What it is.
    pub kind: String,
    /// Language, where told apart.
    pub language: String,
    /// Where in the exhibit, for people.
    pub at: String,
    /// Where in the exhibit.
    pub place: Place,
    /// Index of the passage in its reading.
    pub passage: u32,
    /// What it says, around the hit.
    pub text: String,
    /// Marked characters of `text`: start and end.
    pub marks: Vec<(usize, usize)>,
}

/// The answer.
#[derive(Clone, Debug, Serialize)]
pub struct SearchReply {
    /// Passages that answer.
    pub total: u64,
    /// The hits.
    pub hits: Vec<SearchHit>,
}

/// Looks for passages.
///
/// # Errors
/// [`AppError::Query`], [`AppError::Index`].
pub fn search(session: &Session, request: &SearchRequest, watch: &Watch<'_>) -> Result<SearchReply, AppError> {
    let index = refreshed(session, watch)?;
    let ids = |name: &str| session.case.people_called(name).iter().map(|p| p.id.to_string()).collect::<Vec<_>>();
    let query = Query::parse_with(&request.query, &ids)?;
    let searcher = index.searcher()?;
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
    Ok(SearchReply { total, hits })
}

fn shown(session: &Session, hit: &casemate_search::Hit) -> SearchHit {
    let place: Place = serde_json::from_slice(&hit.passage.place).unwrap_or(Place::Whole);
    let snippet = hit.snippet(SNIPPET_CHARS);
    let exhibit = session.catalogue.number(hit.passage.exhibit_no);
    SearchHit {
        exhibit: hit.passage.exhibit_no,
        source: exhibit.map(|e| session.catalogue.origin(e)).unwrap_or_default(),
        kind: hit.passage.kind.clone(),
        language: hit.passage.language.clone(),
        at: place_word(&place),
        place,
        passage: hit.passage.index,
        text: snippet.text.clone(),
        marks: snippet.marks.iter().map(|m| (m.start, m.end)).collect(),
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
    let now = Applied { lanes: lane_sizes(session), people: people_digest(session) };
    match (index, known) {
        (Some(index), Some(known)) if known == now => Ok(index),
        (Some(index), Some(known)) if known.people == now.people && known.is_before(&now) => {
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

impl Applied {
    /// Whether each lane has only grown since.
    fn is_before(&self, now: &Self) -> bool {
        self.lanes.iter().all(|(lane, size)| now.lanes.get(lane).is_some_and(|n| n >= size))
    }
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
    let fresh: Vec<(&Exhibit, &Derivative)> = session
        .catalogue
        .exhibits()
        .filter_map(|e| e.text().map(|d| (e, d)))
        .filter(|(_, derived)| derived.index >= from.get(&derived.lane.to_string()).copied().unwrap_or(0))
        .collect();
    let mut writer = index.writer(WRITER_BYTES)?;
    let finder = NameFinder::new(session.case.people());
    let total = Some(fresh.len() as u64);
    for (done, (exhibit, derived)) in (0u64..).zip(fresh) {
        watch.tell(Stage::Indexing, done, total, Some(exhibit.number));
        let reading = match load(session, derived) {
            Ok(reading) => reading,
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
    let base = |index: u32, place: &Place, text: String| Passage {
        exhibit_no: exhibit.number,
        exhibit: id(&exhibit.root),
        derivative: id(&derived.object.root()),
        index,
        kind: kind.clone(),
        language: String::new(),
        when: None,
        speaker: None,
        persons: Vec::new(),
        place: serde_json::to_vec(place).unwrap_or_default(),
        text,
    };
    let mut out: Vec<Passage> = (0u32..)
        .zip(reading.passages.iter().enumerate())
        .map(|(index, (at, p))| Passage {
            language: p.language.clone().unwrap_or_default(),
            when: p.when.as_deref().and_then(When::parse),
            speaker: p.speaker.clone(),
            persons: persons.remove(&at).unwrap_or_default(),
            ..base(index, &p.place, p.text.clone())
        })
        .collect();
    let about: Vec<&str> = exhibit.name().into_iter().chain(reading.metadata.iter().map(|(_, v)| v.as_str())).collect();
    out.push(base(u32::MAX, &Place::Whole, about.join("\n")));
    out
}
