//! Vectors of what texts mean, beside the index of their words: made once for each text, asked for the nearest.
//!
//! A text is known here by a keyed number of its characters, so the same words in two passages are read once, and building the
//! text index again leaves the vectors alone. They lie in *blocks*: sealed files of rows in frames, named by a head that is
//! replaced in one step.
//!
//! Keeps: what is committed survives a crash at any write; memory holds a frame, the answers, and 8 bytes for each text of
//! [`gap::PASS_TEXTS`]; damage is an error that says "rebuild", and never one of the text index; a text that no passage
//! holds any more loses its rows at the next filling.
//! Does not know: what makes the vectors, languages, who may read.

mod gap;

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use tantivy::directory::{Directory, Lock};

use crate::directory::SealedDirectory;
use crate::error::Error;
use crate::index::{Index, Options};
use crate::passage::{Hit, Passage};
use crate::query::Query;
use crate::searcher::{PAGE_LIMIT, Searcher};
use crate::store::IndexStore;
use crate::vectors::block::{self, Block};
use crate::vectors::head::{self, Head, Read};
use crate::vectors::row::{Asked, DIM, Window};
use crate::vectors::scan;

/// Texts that are read at once.
const BATCH: usize = 64;
/// Rows that are committed together: some ten seconds of reading, and 4 MB.
const COMMIT_ROWS: usize = 8_192;
/// Rows of a block that is not joined with others any more: 35 MB.
const FULL_ROWS: u64 = 65_536;
/// Clear bytes kept in memory of small files.
const CACHE_BYTES: usize = 1 << 20;
/// Texts that are looked at beyond those that are asked for, where some may be left out.
const SPARE_TEXTS: usize = 1_000;
/// Most texts that a filter is turned into beforehand; a wider one is asked afterwards.
const ALLOWED_TEXTS: usize = 1 << 20;

/// The vectors of one index.
pub struct Meanings {
    directory: SealedDirectory,
    head: Head,
    /// What the vectors are made with.
    model: String,
}

/// A passage that is near in meaning.
#[derive(Debug, Clone, PartialEq)]
pub struct Near {
    /// The passage; its marks are empty.
    pub hit: Hit,
    /// The cosine of the nearest window and what was asked, to 0.003.
    pub score: f32,
    /// That window: characters of the passage's text (Unicode scalar values).
    pub window: Range<usize>,
}

/// What is asked of the vectors.
pub struct Question<'a> {
    /// The vector, of length 1.
    pub vector: &'a [f32; DIM],
    /// What the passages are narrowed by.
    pub filter: &'a Query,
    /// Passages that answer this are left out.
    pub without: Option<&'a Query>,
    /// Most answers, up to [`PAGE_LIMIT`].
    pub limit: usize,
    /// The least cosine.
    pub floor: f32,
}

/// How far a filling is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filling {
    /// Texts read.
    pub done: u64,
    /// Texts that had no vectors when it began.
    pub total: u64,
}

/// The windows of each passage of a batch, in its order; `None` to stop with what is read so far.
pub type Windows = Option<Vec<Vec<Window>>>;

/// What makes vectors: it is given passages and how far it is, and answers with the windows of each, or nothing where it was stopped.
pub type ByMeaning<'a, E> = dyn FnMut(&[Passage], Filling) -> Result<Windows, E> + 'a;

impl Meanings {
    /// Opens the vectors of a store, made with the model of this name; none there, or of another model, is empty.
    ///
    /// # Errors
    /// [`Error::Damaged`]: [`Self::discard`] them; [`Error::Store`].
    pub fn open(store: Arc<dyn IndexStore>, key: &[u8; 32], options: Options, model: &str) -> Result<Self, Error> {
        let directory = SealedDirectory::new(store, key, CACHE_BYTES, options.random);
        let mut meanings = Self { directory, head: Head::default(), model: model.to_owned() };
        meanings.reload()?;
        Ok(meanings)
    }

    /// Throws the vectors away, whatever state they are in.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn discard(store: &Arc<dyn IndexStore>, key: &[u8; 32], options: Options) -> Result<(), Error> {
        let directory = SealedDirectory::new(Arc::clone(store), key, CACHE_BYTES, options.random);
        let known =
            Head::read(&directory).ok().and_then(|read| if let Read::Head(head) = read { Some(head) } else { None });
        match directory.delete(Path::new(head::NAME)) {
            Ok(()) | Err(tantivy::directory::error::DeleteError::FileDoesNotExist(_)) => {}
            Err(tantivy::directory::error::DeleteError::IoError { io_error, .. }) => {
                return Err(Error::Store(std::io::Error::new(io_error.kind(), io_error)));
            }
        }
        for number in known.iter().flat_map(Head::numbers) {
            block::delete(&directory, number);
        }
        Ok(())
    }

    /// Texts that have vectors, and the rows of them.
    #[must_use]
    pub fn size(&self) -> (u64, u64) {
        let blocks = &self.head.blocks;
        (blocks.iter().map(|block| block.texts).sum(), blocks.iter().map(|block| block.rows).sum())
    }

    /// Texts of the index that have no vectors yet.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Store`].
    pub fn waiting(&mut self, index: &Index) -> Result<u64, Error> {
        let (state, searcher) = state(index)?;
        if self.head.stands_for(&self.model, &state) {
            return Ok(0);
        }
        let mut count = 0;
        for pass in gap::passes(searcher.passages()) {
            let gap = self.again(|all| gap::Gap::of(&all.directory, &all.head.blocks, &searcher, pass.clone()))??;
            count += gap.missing.len() as u64;
        }
        Ok(count)
    }

    /// Makes the vectors of every text that has none, and drops those of texts that are gone. `read` is given passages, one
    /// for each text, and how far it is. `Ok(false)`: stopped, or another process is at it; what was read is kept.
    ///
    /// # Errors
    /// Those of `read`; [`Error::Damaged`], [`Error::Store`].
    pub fn fill<E: From<Error>>(&mut self, index: &Index, read: &mut ByMeaning<'_, E>) -> Result<bool, E> {
        let lock = Lock { filepath: Path::new("meaning-lock").to_path_buf(), is_blocking: false };
        let Ok(_held) = self.directory.acquire_lock(&lock) else { return Ok(false) };
        self.reload()?;
        let (state, searcher) = state(index)?;
        if self.head.stands_for(&self.model, &state) {
            return Ok(true);
        }
        self.sweep();
        let mut filling = Filling { done: 0, total: self.waiting(index)? };
        for pass in gap::passes(searcher.passages()) {
            let gap = self.told(gap::Gap::of(&self.directory, &self.head.blocks, &searcher, pass))??;
            self.drop_texts(&gap.stale)?;
            if !self.read_missing(&searcher, &gap.missing, &mut filling, read)? {
                return Ok(false);
            }
        }
        self.head.mark(&state);
        self.commit()?;
        Ok(true)
    }

    /// The passages nearest in meaning, best first; equally near ones in case order.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Store`], [`Error::Limit`].
    pub fn nearest(&mut self, searcher: &Searcher, question: &Question<'_>) -> Result<Vec<Near>, Error> {
        if question.limit > PAGE_LIMIT {
            return Err(Error::Limit { what: "the answers that are near in meaning", limit: PAGE_LIMIT });
        }
        let allowed = searcher.text_keys_of(question.filter, ALLOWED_TEXTS)?;
        let keep = match (&allowed, question.without) {
            (Some(_), None) => question.limit,
            _ => question.limit + SPARE_TEXTS,
        };
        let asked = Asked::of(question.vector);
        let scan = scan::Scan { asked: &asked, keep, floor: question.floor, allowed: allowed.as_deref() };
        let best = self.again(|all| scan.run(&all.directory, &all.head.blocks))?;
        let mut out = Vec::new();
        for near in best {
            let room = question.limit - out.len();
            if room == 0 {
                break;
            }
            let hits = searcher.hits_of_text(near.key, question.filter, question.without, room)?;
            let window = near.from as usize..near.to as usize;
            out.extend(hits.into_iter().map(|hit| Near { hit, score: near.score, window: window.clone() }));
        }
        Ok(out)
    }

    fn read_missing<E: From<Error>>(
        &mut self,
        searcher: &Searcher,
        missing: &[u64],
        filling: &mut Filling,
        read: &mut ByMeaning<'_, E>,
    ) -> Result<bool, E> {
        let mut rows = block::Rows::default();
        for batch in missing.chunks(BATCH) {
            let passages = batch.iter().map(|address| searcher.passage_at(*address)).collect::<Result<Vec<_>, _>>()?;
            let Some(windows) = read(&passages, *filling)? else {
                self.append(&mut rows)?;
                return Ok(false);
            };
            for (passage, windows) in passages.iter().zip(windows) {
                rows.push(self.directory.text_key(&passage.text), &windows);
            }
            filling.done += batch.len() as u64;
            if rows.count() >= COMMIT_ROWS {
                self.append(&mut rows)?;
            }
        }
        self.append(&mut rows)?;
        Ok(true)
    }

    /// Commits rows as a block, and joins the last blocks while they are of a size.
    fn append(&mut self, rows: &mut block::Rows) -> Result<(), Error> {
        if rows.is_empty() {
            return Ok(());
        }
        let written = block::write(&self.directory, self.head.next, std::mem::take(rows));
        let written = self.told(written)?;
        self.head.take(written);
        self.commit()?;
        while let [.., one, other] = self.head.blocks.as_slice()
            && one.rows < 2 * other.rows
            && one.rows + other.rows <= FULL_ROWS
        {
            let (one, other) = (one.clone(), other.clone());
            self.rewrite(&[one, other], &[])?;
        }
        Ok(())
    }

    /// Takes texts out of the blocks that hold them; `stale` is sorted.
    fn drop_texts(&mut self, stale: &[u64]) -> Result<(), Error> {
        if stale.is_empty() {
            return Ok(());
        }
        for block in self.head.blocks.clone() {
            let keys = self.told(block::keys(&self.directory, &block))?;
            if keys.iter().any(|key| stale.binary_search(key).is_ok()) {
                self.rewrite(&[block], stale)?;
            }
        }
        Ok(())
    }

    /// Puts one block in the place of some, without the texts in `stale`.
    fn rewrite(&mut self, blocks: &[Block], stale: &[u64]) -> Result<(), Error> {
        let fresh = self.told(block::rewrite(&self.directory, blocks, self.head.next, stale))?;
        self.head.replace(blocks, fresh);
        self.commit()?;
        self.sweep();
        Ok(())
    }

    /// Deletes files that the head has let go of. What can't be deleted now is tried again the next time.
    fn sweep(&mut self) {
        for number in std::mem::take(&mut self.head.dropped) {
            block::delete(&self.directory, number);
        }
    }

    fn commit(&mut self) -> Result<(), Error> {
        self.head.model.clone_from(&self.model);
        self.told(self.head.write(&self.directory))
    }

    fn reload(&mut self) -> Result<(), Error> {
        let read = self.told(Head::read(&self.directory))?;
        self.head = match read {
            Read::None => Head::default(),
            Read::Head(head) if head.model == self.model => head,
            // Vectors of another model, or in another form: none of them can be compared.
            Read::Head(head) => head.emptied(),
            Read::Broken => {
                self.directory.record_damage("the head of the vectors");
                return Err(Error::Damaged { detail: self.directory.damage().unwrap_or_default() });
            }
        };
        Ok(())
    }

    /// Reads; once more where another process has put a block in the place of others since the head was read.
    fn again<T>(&mut self, read: impl Fn(&Self) -> std::io::Result<T>) -> Result<T, Error> {
        match read(self) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && self.directory.damage().is_none() => {
                self.reload()?;
                let outcome = read(self);
                self.told(outcome)
            }
            outcome => self.told(outcome),
        }
    }

    /// An outcome of the directory, damage told apart.
    fn told<T>(&self, outcome: std::io::Result<T>) -> Result<T, Error> {
        outcome.map_err(|error| match self.directory.damage() {
            Some(detail) => Error::Damaged { detail },
            None if error.kind() == std::io::ErrorKind::NotFound => {
                Error::Damaged { detail: "a block of vectors is missing".to_owned() }
            }
            None => Error::Store(error),
        })
    }
}

/// What an index holds, for telling whether the vectors are complete: its heads and how many passages there are. The heads are
/// taken first: a commit between the two leaves something to do, never something undone.
fn state(index: &Index) -> Result<(Vec<u8>, Searcher), Error> {
    let mut state = index.heads()?.unwrap_or_default();
    let searcher = index.searcher()?;
    state.extend_from_slice(&searcher.passages().to_le_bytes());
    Ok((state, searcher))
}
