//! Passages whose stored text holds the very characters that were asked for.
//!
//! Keeps: an answer was compared with the stored text, character for character. Reads one document a candidate.
//! Does not know: where candidates come from.

use std::fmt;
use std::sync::Arc;

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::store::StoreReader;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyDocument, TantivyError};

use crate::failure::Failure;
use crate::schema::Fields;

/// Blocks of stored documents kept open while candidates are compared.
const BLOCKS: usize = 2;

/// Filters the answers of another query by their text.
#[derive(Clone)]
pub(crate) struct ExactQuery {
    may: Arc<dyn Query>,
    needle: String,
    fields: Fields,
    failure: Failure,
}

impl ExactQuery {
    pub(crate) fn new(may: Box<dyn Query>, needle: String, fields: Fields, failure: Failure) -> Self {
        Self { may: Arc::from(may), needle, fields, failure }
    }
}

impl fmt::Debug for ExactQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ExactQuery")
    }
}

impl Query for ExactQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(ExactWeight { may: self.may.weight(scoring)?, query: self.clone() }))
    }
}

struct ExactWeight {
    may: Box<dyn Weight>,
    query: ExactQuery,
}

impl Weight for ExactWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let may = self.may.scorer(reader, boost)?;
        let store = reader.get_store_reader(BLOCKS)?;
        let mut scorer = ExactScorer { may, store, query: self.query.clone() };
        scorer.settle();
        Ok(Box::new(scorer))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.doc() <= doc && scorer.seek(doc) == doc {
            return Ok(Explanation::new("exact", 1.0));
        }
        Err(TantivyError::InvalidArgument("the document does not answer".to_owned()))
    }
}

struct ExactScorer {
    may: Box<dyn Scorer>,
    store: StoreReader,
    query: ExactQuery,
}

impl ExactScorer {
    fn holds(&self, doc: DocId) -> bool {
        match self.store.get::<TantivyDocument>(doc) {
            Ok(document) => match self.query.fields.passage(&document) {
                Some(passage) => passage.text.contains(&self.query.needle),
                None => {
                    self.query.failure.put(TantivyError::InternalError("a stored passage".to_owned()));
                    false
                }
            },
            Err(error) => {
                self.query.failure.put(error);
                false
            }
        }
    }

    /// Goes on to a candidate that holds the text.
    fn settle(&mut self) -> DocId {
        loop {
            let doc = self.may.doc();
            if doc == TERMINATED || self.holds(doc) {
                return doc;
            }
            self.may.advance();
        }
    }
}

impl DocSet for ExactScorer {
    fn advance(&mut self) -> DocId {
        self.may.advance();
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.may.seek(target);
        self.settle()
    }

    fn doc(&self) -> DocId {
        self.may.doc()
    }

    fn size_hint(&self) -> u32 {
        self.may.size_hint()
    }

    fn cost(&self) -> u64 {
        // A comparison reads a stored document: last among clauses.
        self.may.cost().saturating_mul(100)
    }
}

impl Scorer for ExactScorer {
    fn score(&mut self) -> Score {
        self.may.score()
    }
}
