//! Writing: add, delete, commit.
//!
//! Keeps: nothing is visible before [`Writer::commit`] returns; a writer dropped without it changes nothing.
//! Does not know: which passages ought to be there.

use tantivy::{IndexWriter, TantivyDocument};

use crate::directory::SealedDirectory;
use crate::engine::guarded;
use crate::error::Error;
use crate::passage::{Id, Passage};
use crate::payload::write_payload;
use crate::schema::Fields;

/// The longest heads, in bytes: 1 MiB.
pub const HEADS_LIMIT: usize = 1 << 20;

/// The one writer of an index.
pub struct Writer {
    engine: IndexWriter<TantivyDocument>,
    fields: Fields,
    directory: SealedDirectory,
}

impl Writer {
    /// The least memory a writer works with, in bytes.
    pub const MEMORY_MIN: usize = 15_000_000;
    /// The most, in bytes.
    pub const MEMORY_MAX: usize = 2_000_000_000;

    pub(crate) fn new(engine: IndexWriter<TantivyDocument>, fields: Fields, directory: SealedDirectory) -> Self {
        Self { engine, fields, directory }
    }

    /// Adds a passage. The same passage added twice is there twice: delete its derivative first.
    ///
    /// # Errors
    /// [`Error::Limit`]; [`Error::Store`] when an earlier write failed.
    pub fn add(&mut self, passage: &Passage) -> Result<(), Error> {
        passage.check()?;
        let document = self.fields.document(passage, self.directory.text_key(&passage.text));
        guarded(&self.directory, || self.engine.add_document(document)).map(|_| ())
    }

    /// Removes every passage of an exhibit that was added before this call.
    pub fn delete_exhibit(&mut self, exhibit: Id) {
        self.engine.delete_term(self.fields.exhibit_term(&exhibit));
    }

    /// Removes every passage of a derivative that was added before this call.
    pub fn delete_derivative(&mut self, derivative: Id) {
        self.engine.delete_term(self.fields.derivative_term(&derivative));
    }

    /// Makes all of it durable and visible, with the heads it stands for (opaque, see [`crate::Index::heads`]).
    ///
    /// # Errors
    /// [`Error::Limit`] for heads over [`HEADS_LIMIT`]; [`Error::Store`]: the index is as before, or as after; open it
    /// again and ask for its heads.
    pub fn commit(&mut self, heads: &[u8]) -> Result<(), Error> {
        if heads.len() > HEADS_LIMIT {
            return Err(Error::Limit { what: "the heads of a commit (bytes)", limit: HEADS_LIMIT });
        }
        let payload = write_payload(heads);
        let engine = &mut self.engine;
        guarded(&self.directory, || {
            let mut prepared = engine.prepare_commit()?;
            prepared.set_payload(&payload);
            prepared.commit()
        })
        .map(|_| ())
    }

    /// Waits for the merging of small pieces that goes on behind commits, and ends the writer.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Damaged`]: the index is as the last commit left it.
    pub fn finish(self) -> Result<(), Error> {
        let Self { engine, directory, .. } = self;
        guarded(&directory, || engine.wait_merging_threads())
    }
}
