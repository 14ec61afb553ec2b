//! Search by meaning: the vectors of the identity compartment's texts are made where the model is, and asked for what is close.
//!
//! Keeps: what is close is an answer of its own, never mixed with the passages that hold the words; without the model that is
//! said, and nothing else changes; vectors are made without the session, which others need meanwhile; damage is mended by making
//! them again. Does not know: how vectors lie, how they are computed, where the model's folder is.

use super::{INDEX_KEY, Narrowing, SearchHit, asked, mended, refreshed, shown};
use crate::AppError;
use crate::progress::{Stage, Watch};
use crate::session::{Lend, Session};
use crate::understanding::MeaningState;
use casemate_meaning::{Encoder, MODEL, windows};
use casemate_proof::Compartment;
use casemate_search::{
    Error, Filling, Index, IndexStore, Meanings, Options, PAGE_LIMIT, Passage, Query, Question, Window, Windows,
};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;
use zeroize::Zeroizing;

/// Passages that are shown as close where nobody says how many.
pub const CLOSE_USUAL: usize = 10;
/// The least cosine that counts as close: translations lie mostly at 0.6 to 0.9, sentences on other matters mostly below a third.
const CLOSE_FLOOR: f32 = 0.33;
/// Windows that are encoded before it is asked again whether to stop.
const SPELL: usize = 256;

/// A passage that says something close to the query, in whichever language.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CloseHit {
    /// The passage; nothing of it is marked.
    #[serde(flatten)]
    pub hit: SearchHit,
    /// How close: the cosine, from 0.33 to 1.
    pub score: f32,
}

/// What is asked for by its meaning alone.
#[derive(Clone, Debug)]
pub struct CloseRequest {
    /// The query: what it says besides its fields is what is meant.
    pub query: String,
    /// Most passages, at most [`PAGE_LIMIT`].
    pub limit: usize,
    /// What the answers are narrowed by.
    pub narrowing: Narrowing,
}

/// What is close in meaning to a query.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MeaningReply {
    /// Whether it could be asked.
    pub state: MeaningState,
    /// Texts that have not been read for their meaning yet.
    pub waiting: u64,
    /// The closest, best first.
    pub hits: Vec<CloseHit>,
}

/// What making vectors takes: nothing of the session.
struct Desk {
    store: Arc<dyn IndexStore>,
    key: Zeroizing<[u8; 32]>,
    index: Index,
    encoder: Arc<Encoder>,
}

impl Desk {
    /// `Ok(Err(…))`: there is no model.
    fn of(session: &Session, watch: &Watch<'_>) -> Result<Result<Self, MeaningState>, AppError> {
        let encoder = match session.understanding.encoder(session.tools.meaning.as_deref()) {
            Ok(encoder) => encoder,
            Err(state) => return Ok(Err(state)),
        };
        let key = session.vault.side_key(Compartment::Identity, INDEX_KEY)?;
        Ok(Ok(Self { store: session.index.clone(), key, index: refreshed(session, watch)?, encoder }))
    }

    fn open(&self) -> Result<Meanings, Error> {
        Meanings::open(Arc::clone(&self.store), &self.key, Options::default(), MODEL)
    }

    /// Vectors that are damaged are thrown away, once, and `act` is done again.
    fn mended<T>(&self, act: impl Fn(&mut Meanings) -> Result<T, Error>) -> Result<T, Error> {
        match self.open().and_then(|mut meanings| act(&mut meanings)) {
            Err(error) if error.rebuild() => {
                Meanings::discard(&self.store, &self.key, Options::default())?;
                act(&mut self.open()?)
            }
            other => other,
        }
    }

    /// Makes the vectors that are missing, until it is told to stop.
    fn fill(&self, watch: &Watch<'_>) -> Result<(), Error> {
        self.mended(|meanings| {
            meanings
                .fill(&self.index, &mut |passages: &[Passage], at: Filling| {
                    watch.tell(Stage::Understanding, at.done, Some(at.total), None);
                    Ok::<_, Error>(self.read(passages, watch))
                })
                .map(drop)
        })
    }

    /// The windows of each passage, with their vectors; `None` when told to stop.
    fn read(&self, passages: &[Passage], watch: &Watch<'_>) -> Windows {
        let mut out: Vec<Vec<Window>> = passages.iter().map(|_| Vec::new()).collect();
        let parts: Vec<Part<'_>> = passages.iter().enumerate().flat_map(|(of, passage)| parts(of, passage)).collect();
        for spell in parts.chunks(SPELL) {
            if watch.stopped() {
                return None;
            }
            let texts: Vec<&str> = spell.iter().map(|part| part.text).collect();
            for (part, vector) in spell.iter().zip(self.encoder.encode(&texts)) {
                if let (Some(vector), Some(windows)) = (vector, out.get_mut(part.of)) {
                    windows.push(Window { from: part.from, to: part.to, vector });
                }
            }
        }
        Some(out)
    }

    fn closest(&self, session: &Session, asked: &Asking<'_>) -> Result<MeaningReply, Error> {
        let Some(vector) = self.encoder.encode(&[asked.query.said()]).into_iter().next().flatten() else {
            return Ok(MeaningReply::nothing(MeaningState::NoWords));
        };
        let searcher = self.index.searcher()?;
        let (waiting, found) = self.mended(|meanings| {
            let question = Question {
                vector: &vector,
                filter: &asked.narrowed,
                without: asked.apart.then_some(asked.query),
                limit: asked.limit.min(PAGE_LIMIT),
                floor: CLOSE_FLOOR,
            };
            Ok((meanings.waiting(&self.index)?, meanings.nearest(&searcher, &question)?))
        })?;
        let hits = found.into_iter().map(|mut near| {
            near.hit.marks = vec![near.window];
            let hit = SearchHit { marks: Vec::new(), ..shown(session, &near.hit) };
            CloseHit { hit, score: (near.score.min(1.0) * 100.0).round() / 100.0 }
        });
        Ok(MeaningReply { state: MeaningState::Asked, waiting, hits: hits.collect() })
    }
}

/// A query by its meaning.
struct Asking<'a> {
    query: &'a Query,
    /// What the passages are narrowed by.
    narrowed: Query,
    /// Whether passages that answer the query are left out.
    apart: bool,
    limit: usize,
}

impl MeaningReply {
    fn nothing(state: MeaningState) -> Self {
        Self { state, waiting: 0, hits: Vec::new() }
    }
}

/// A window of one of some passages: which one, its characters, what it says.
struct Part<'a> {
    of: usize,
    from: u32,
    to: u32,
    text: &'a str,
}

/// The windows in which there is a word. What stands for a whole exhibit (names, metadata) is no sentence.
fn parts(of: usize, passage: &Passage) -> Vec<Part<'_>> {
    if passage.index == u32::MAX {
        return Vec::new();
    }
    let (mut at, mut characters) = (0, 0u32);
    let mut place = |byte: usize| {
        let more = passage.text.get(at..byte).map_or(0, |between| between.chars().count());
        characters = characters.saturating_add(u32::try_from(more).unwrap_or(u32::MAX));
        at = byte;
        characters
    };
    let all = windows(&passage.text).map(|window| {
        let text = passage.text.get(window.clone()).unwrap_or_default();
        Part { of, from: place(window.start), to: place(window.end), text }
    });
    all.filter(|part| part.text.chars().any(char::is_alphabetic)).collect()
}

/// Makes the vectors that are missing in the index, if the model is there. The session is taken for moments only.
///
/// # Errors
/// [`AppError::Index`].
pub fn understand(case: &impl Lend, watch: &Watch<'_>) -> Result<(), AppError> {
    match case.with(|session| Desk::of(session, watch))? {
        Ok(desk) => Ok(desk.fill(watch)?),
        Err(_) => Ok(()),
    }
}

/// What is close in meaning to a query, whether it holds its words or not; of what has been read for its meaning so far.
///
/// # Errors
/// [`AppError::Query`], [`AppError::Index`].
pub fn close_to(session: &Session, request: &CloseRequest, watch: &Watch<'_>) -> Result<MeaningReply, AppError> {
    mended(session, watch, || {
        let (_, query) = asked(session, &request.query, watch)?;
        let narrowed = request.narrowing.of(session, query.filters())?;
        let asking = Asking { query: &query, narrowed, apart: false, limit: request.limit };
        match Desk::of(session, watch)? {
            Ok(desk) => Ok(desk.closest(session, &asking)?),
            Err(state) => Ok(MeaningReply::nothing(state)),
        }
    })
}

/// What is close in meaning to a query and does not answer it; what is missing for that is made first.
pub(super) fn beside(
    session: &Session,
    query: &Query,
    limit: usize,
    watch: &Watch<'_>,
) -> Result<MeaningReply, AppError> {
    match Desk::of(session, watch)? {
        Ok(desk) => {
            desk.fill(watch)?;
            Ok(desk.closest(session, &Asking { query, narrowed: query.filters(), apart: true, limit })?)
        }
        Err(state) => Ok(MeaningReply::nothing(state)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(text: &str, index: u32) -> Passage {
        Passage {
            exhibit_no: 1,
            exhibit: [0; 16],
            derivative: [0; 16],
            index,
            kind: "text".into(),
            language: String::new(),
            when: None,
            speaker: None,
            persons: Vec::new(),
            place: Vec::new(),
            text: text.into(),
        }
    }

    #[test]
    fn windows_count_characters_and_numbers_are_no_sentence() {
        let long = "他说名单的事谁也不知道。".repeat(20);
        let text = format!("  {long}\n12 34 56");
        let one = passage(&text, 0);
        let found = parts(3, &one);
        assert!(found.len() > 3);
        for part in &found {
            let said: String = text.chars().skip(part.from as usize).take((part.to - part.from) as usize).collect();
            assert_eq!((said.as_str(), part.of), (part.text, 3));
        }
        assert!(parts(0, &passage("12 34 — 5", 0)).is_empty());
        assert!(parts(0, &passage("contract.pdf\nA producer", u32::MAX)).is_empty());
    }
}
