//! The index: opened lazily, searched, written, thrown away.
//!
//! Keeps: the heads that a commit records and the passages it holds become visible together; damage met anywhere is
//! reported as [`Error::Damaged`], whatever the engine made of it.
//! Does not know: how passages come to be, what heads mean, when to rebuild.

use std::io::Write;
use std::sync::{Arc, OnceLock};

use tantivy::directory::{Directory, INDEX_WRITER_LOCK, RamDirectory, TerminatingWrite};
use tantivy::{IndexReader, ReloadPolicy};

use crate::analysis;
use crate::directory::{SealedDirectory, head_path};
use crate::engine::{guarded, translate};
use crate::error::Error;
use crate::frames::{Random, ours};
use crate::payload::{RULES, read_payload};
use crate::schema::Fields;
use crate::searcher::Searcher;
use crate::store::IndexStore;
use crate::vectors;
use crate::writer::Writer;

/// How an index uses the machine.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Clear frames kept in memory, in bytes; 32 MiB unless told.
    pub cache_bytes: usize,
    /// Where keys and nonces come from; the operating system unless told.
    pub random: Random,
}

impl Default for Options {
    fn default() -> Self {
        Self { cache_bytes: 32 << 20, random: |into| getrandom::fill(into).map_err(std::io::Error::other) }
    }
}

/// An index over one store, for one compartment.
pub struct Index {
    engine: tantivy::Index,
    directory: SealedDirectory,
    fields: Fields,
    reader: OnceLock<IndexReader>,
}

impl Index {
    /// Makes an empty index; files of an older one in the same store are removed first, and nothing else: vectors of what
    /// texts mean ([`crate::Meanings`]) are of use to the new one.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Busy`].
    pub fn create(store: Arc<dyn IndexStore>, key: &[u8; 32], options: Options) -> Result<Self, Error> {
        let directory = SealedDirectory::new(Arc::clone(&store), key, options.cache_bytes, options.random);
        // No writer works on what is removed here.
        let lock = directory.acquire_lock(&INDEX_WRITER_LOCK).map_err(|_| Error::Busy)?;
        // The head goes first: what remains after a crash is no index, not half of one.
        let head = directory.stored_name(&head_path());
        match store.delete(&head) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(Error::Store(error)),
            _ => store.sync().map_err(Error::Store)?,
        }
        // Read through a directory of its own: damage among the vectors is none of the new index.
        let beside = SealedDirectory::new(Arc::clone(&store), key, options.cache_bytes, options.random);
        let spared = vectors::stored_names(&beside);
        for name in store.list().map_err(Error::Store)?.iter().filter(|name| ours(name) && !spared.contains(name)) {
            store.delete(name).map_err(Error::Store)?;
        }
        let fields = Fields::new();
        let engine = tantivy::Index::create(directory.clone(), fields.schema.clone(), Fields::settings());
        let engine = engine.map_err(|error| translate(&directory, error))?;
        drop(lock);
        Ok(Self::with(engine, directory, fields))
    }

    /// Opens the index of a store; nothing but its head is read yet.
    ///
    /// # Errors
    /// [`Error::Absent`], [`Error::Damaged`] (also under another key), [`Error::Outdated`], [`Error::Store`].
    pub fn open(store: Arc<dyn IndexStore>, key: &[u8; 32], options: Options) -> Result<Self, Error> {
        let directory = SealedDirectory::new(Arc::clone(&store), key, options.cache_bytes, options.random);
        let head = directory.stored_name(&head_path());
        match store.open(&head) {
            Ok(_) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let empty = !store.list().map_err(Error::Store)?.iter().any(|name| ours(name));
                let damaged = Error::Damaged { detail: "no head under this key".to_owned() };
                return Err(if empty { Error::Absent } else { damaged });
            }
            Err(error) => return Err(Error::Store(error)),
        }
        let fields = Fields::new();
        let engine = guarded(&directory, || tantivy::Index::open(directory.clone()))?;
        if engine.schema() != fields.schema {
            return Err(Error::Outdated { found: "another schema".to_owned(), expected: RULES.to_owned() });
        }
        let index = Self::with(engine, directory, fields);
        index.heads()?;
        Ok(index)
    }

    fn with(mut engine: tantivy::Index, directory: SealedDirectory, fields: Fields) -> Self {
        engine.set_tokenizers(analysis::analysers());
        Self { engine, directory, fields, reader: OnceLock::new() }
    }

    /// The caller's bytes given with the last commit; `None` before the first.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Outdated`], [`Error::Store`].
    pub fn heads(&self) -> Result<Option<Vec<u8>>, Error> {
        let metas = guarded(&self.directory, || self.engine.load_metas())?;
        metas.payload.map(|payload| read_payload(&payload)).transpose()
    }

    /// A view of the last commit; it stays as it is while later commits are made.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Store`].
    pub fn searcher(&self) -> Result<Searcher, Error> {
        let reader = match self.reader.get() {
            Some(reader) => {
                guarded(&self.directory, || reader.reload())?;
                reader
            }
            None => {
                let build = || self.engine.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
                let made: IndexReader = guarded(&self.directory, build)?;
                self.reader.get_or_init(|| made)
            }
        };
        Ok(Searcher::new(reader.searcher(), self.fields.clone(), self.directory.clone()))
    }

    /// Takes the index for writing. `memory` bytes hold passages before they are written out, at least 15 MB.
    ///
    /// # Errors
    /// [`Error::Busy`] while another writer lives, [`Error::Damaged`], [`Error::Store`].
    pub fn writer(&self, memory: usize) -> Result<Writer, Error> {
        let memory = memory.clamp(Writer::MEMORY_MIN, Writer::MEMORY_MAX);
        let engine = guarded(&self.directory, || self.engine.writer_with_num_threads(1, memory))?;
        Ok(Writer::new(engine, self.fields.clone(), self.directory.clone()))
    }

    /// The last commit copied, opened, into memory: the peer of the benchmark. Nothing of it touches a store.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Store`].
    #[doc(hidden)]
    pub fn clear_copy_in_memory(&self) -> Result<Searcher, Error> {
        let copy = || {
            let memory = RamDirectory::create();
            let segments = self.engine.searchable_segment_metas()?;
            for path in segments.iter().flat_map(tantivy::SegmentMeta::list_files) {
                if self.directory.exists(&path)? {
                    let mut to = memory.open_write(&path)?;
                    to.write_all(&self.directory.atomic_read(&path)?)?;
                    to.terminate()?;
                }
            }
            memory.atomic_write(&head_path(), &self.directory.atomic_read(&head_path())?)?;
            let mut engine = tantivy::Index::open(memory)?;
            engine.set_tokenizers(analysis::analysers());
            engine.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()
        };
        let reader: IndexReader = guarded(&self.directory, copy)?;
        Ok(Searcher::new(reader.searcher(), self.fields.clone(), self.directory.clone()))
    }

    /// Reads every byte of every file of the last commit.
    ///
    /// # Errors
    /// [`Error::Damaged`] names the first file that does not open.
    pub fn verify(&self) -> Result<(), Error> {
        let bad = guarded(&self.directory, || self.engine.validate_checksum())?;
        if let Some(path) = bad.iter().next() {
            let detail = format!("{}: checksum", self.directory.stored_name(path));
            return Err(Error::Damaged { detail });
        }
        self.directory.damage().map_or(Ok(()), |detail| Err(Error::Damaged { detail }))
    }
}
