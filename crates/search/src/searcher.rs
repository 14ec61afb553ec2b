//! Asking: pages, counts, all answers one after another.
//!
//! Keeps: no answer is left out, whatever their number; what is in memory is bounded by a page. Does not know: how
//! the query was written, how the index is stored.

use std::ops::RangeInclusive;
use std::sync::Arc;

use tantivy::{DocAddress, TantivyDocument};

use crate::collect::{Keys, OnePage, Share, Standing, address};
use crate::directory::SealedDirectory;
use crate::engine::guarded;
use crate::error::Error;
use crate::failure::Failure;
use crate::marks::Marker;
use crate::passage::{Cursor, Hit, Order, Page, Passage};
use crate::plan::plan;
use crate::query::Query;
use crate::schema::{Fields, TEXT_KEY};

/// The most hits of one page.
pub const PAGE_LIMIT: usize = 1000;
/// How many standings [`Searcher::all`] keeps at once.
const STREAM_PAGE: usize = 16_384;

/// A view of one commit.
#[derive(Clone)]
pub struct Searcher {
    engine: tantivy::Searcher,
    fields: Fields,
    directory: SealedDirectory,
}

impl Searcher {
    pub(crate) fn new(engine: tantivy::Searcher, fields: Fields, directory: SealedDirectory) -> Self {
        Self { engine, fields, directory }
    }

    /// How many passages there are.
    #[must_use]
    pub fn passages(&self) -> u64 {
        self.engine.num_docs()
    }

    /// How many passages answer.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Store`].
    pub fn count(&self, query: &Query) -> Result<u64, Error> {
        self.standings(query, Order::Case, None, 0).map(|(total, _)| total)
    }

    /// At most `limit` (up to [`PAGE_LIMIT`]) hits after `after`, and the count of all.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Store`], [`Error::Limit`].
    pub fn page(&self, query: &Query, order: Order, after: Option<Cursor>, limit: usize) -> Result<Page, Error> {
        if limit > PAGE_LIMIT {
            return Err(Error::Limit { what: "the hits of one page", limit: PAGE_LIMIT });
        }
        // One more than asked tells whether there is a next page.
        let (total, mut found) = self.standings(query, order, after, limit + 1)?;
        let more = found.len() > limit;
        found.truncate(limit);
        let marker = Marker::new(query);
        let hits = found.iter().map(|at| self.hit(at, &marker)).collect::<Result<Vec<_>, _>>()?;
        let next = if more { hits.last().map(|hit| hit.cursor) } else { None };
        Ok(Page { total, hits, next })
    }

    /// Every hit, one after another, in this view.
    #[must_use]
    pub fn all(&self, query: &Query, order: Order) -> Answers {
        Answers {
            searcher: self.clone(),
            marker: Marker::new(query),
            query: query.clone(),
            order,
            after: None,
            ready: Vec::new().into_iter(),
            ended: false,
        }
    }

    fn standings(&self, query: &Query, order: Order, after: Option<Cursor>, limit: usize) -> Result<Share, Error> {
        let failure = Failure::default();
        let planned = plan(query, &self.fields, &failure);
        let share = guarded(&self.directory, || {
            let share = self.engine.search(planned.as_ref(), &OnePage { after, limit, order })?;
            failure.take().map_or(Ok(share), Err)
        })?;
        match self.directory.damage() {
            Some(detail) => Err(Error::Damaged { detail }),
            None => Ok(share),
        }
    }

    /// The key of each passage's text, of those in a range, and where the passage stands.
    pub(crate) fn text_keys(&self, range: &RangeInclusive<u64>) -> Result<Vec<(u64, u64)>, Error> {
        let mut out = Vec::new();
        for (segment, reader) in (0u64..).zip(self.engine.segment_readers()) {
            let column = guarded(&self.directory, || reader.fast_fields().u64(TEXT_KEY))?;
            guarded(&self.directory, || {
                for doc in reader.doc_ids_alive() {
                    out.extend(
                        column
                            .first(doc)
                            .filter(|key| range.contains(key))
                            .map(|key| (key, segment << 32 | u64::from(doc))),
                    );
                }
                Ok(())
            })?;
        }
        Ok(out)
    }

    /// Sorted keys of the texts of what answers; `None` where that is every passage, or more than `most`.
    pub(crate) fn text_keys_of(&self, query: &Query, most: usize) -> Result<Option<Vec<u64>>, Error> {
        if query.is_everything() || self.count(query)? > most as u64 {
            return Ok(None);
        }
        let failure = Failure::default();
        let planned = plan(query, &self.fields, &failure);
        let mut keys = guarded(&self.directory, || {
            let keys = self.engine.search(planned.as_ref(), &Keys)?;
            failure.take().map_or(Ok(keys), Err)
        })?;
        keys.sort_unstable();
        keys.dedup();
        Ok(Some(keys))
    }

    /// The passage at a place that [`Self::text_keys`] gave.
    pub(crate) fn passage_at(&self, place: u64) -> Result<Passage, Error> {
        let cursor = Cursor { score: 0.0, exhibit_no: 0, ordinal: 0, address: place };
        Ok(self.hit(&Standing(cursor), &Marker::default())?.passage)
    }

    /// The first passages of a text that answer `filter` and not `without`, in case order.
    pub(crate) fn hits_of_text(
        &self,
        key: u64,
        filter: &Query,
        without: Option<&Query>,
        limit: usize,
    ) -> Result<Vec<Hit>, Error> {
        let mut query = Query::text(key).and(filter.clone());
        if let Some(without) = without {
            query = query.but_not(without.clone());
        }
        let (_, found) = self.standings(&query, Order::Case, None, limit)?;
        found.iter().map(|at| self.hit(at, &Marker::default())).collect()
    }

    fn hit(&self, Standing(cursor): &Standing, marker: &Marker) -> Result<Hit, Error> {
        let (segment, doc) = address(cursor);
        let document: TantivyDocument = guarded(&self.directory, || self.engine.doc(DocAddress::new(segment, doc)))?;
        let damaged = || Error::Damaged { detail: "a stored passage".to_owned() };
        let passage = self.fields.passage(&document).ok_or_else(damaged)?;
        let marks = marker.marks(&passage.text);
        Ok(Hit { passage, marks, score: cursor.score, cursor: *cursor })
    }
}

/// All answers of a query, see [`Searcher::all`].
pub struct Answers {
    searcher: Searcher,
    query: Query,
    marker: Arc<Marker>,
    order: Order,
    after: Option<Cursor>,
    ready: std::vec::IntoIter<Standing>,
    ended: bool,
}

impl Iterator for Answers {
    type Item = Result<Hit, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ready.as_slice().is_empty() {
            if self.ended {
                return None;
            }
            match self.searcher.standings(&self.query, self.order, self.after, STREAM_PAGE) {
                Ok((_, found)) => {
                    self.ended = found.len() < STREAM_PAGE;
                    self.after = found.last().map(|Standing(cursor)| *cursor);
                    self.ready = found.into_iter();
                }
                Err(error) => {
                    self.ended = true;
                    return Some(Err(error));
                }
            }
        }
        let standing = self.ready.next()?;
        Some(self.searcher.hit(&standing, &self.marker))
    }
}
