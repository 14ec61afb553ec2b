//! A block of vectors: a file of rows, and beside it the sorted keys of the texts that it covers, those among them in which
//! there is nothing to read.
//!
//! Keeps: the rows of a text stand together, in one block. Does not know: which blocks count.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;

use tantivy::directory::error::OpenWriteError;
use tantivy::directory::{Directory, TerminatingWrite, WritePtr};

use super::row::{self, ROW, ROWS_A_FRAME, Row, Window};
use crate::directory::SealedDirectory;
use crate::frames::FRAME;

/// A block, as the head names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) number: u64,
    pub(crate) rows: u64,
    pub(crate) texts: u64,
}

/// Rows that are not written yet.
#[derive(Default)]
pub(crate) struct Rows {
    bytes: Vec<u8>,
    keys: BTreeSet<u64>,
}

impl Rows {
    /// The windows of a text; a text that is there already is not taken twice.
    pub(crate) fn push(&mut self, key: u64, windows: &[Window]) {
        if self.keys.insert(key) {
            windows.iter().for_each(|window| row::write(key, window, &mut self.bytes));
        }
    }

    pub(crate) fn count(&self) -> usize {
        self.bytes.len() / ROW
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }
}

fn rows_name(number: u64) -> String {
    format!("meaning-{number}")
}

fn keys_name(number: u64) -> String {
    format!("meaning-{number}-texts")
}

/// The names of a block's files.
pub(crate) fn names(number: u64) -> [String; 2] {
    [rows_name(number), keys_name(number)]
}

/// Removes a block's files, as far as they are there.
pub(crate) fn delete(directory: &SealedDirectory, number: u64) {
    for name in names(number) {
        directory.delete(Path::new(&name)).ok();
    }
}

/// A block under way.
struct Writing {
    out: WritePtr,
    in_frame: usize,
    rows: u64,
}

impl Writing {
    fn start(directory: &SealedDirectory, number: u64) -> io::Result<Self> {
        // A crash may have left one that no head names.
        delete(directory, number);
        Ok(Self { out: open(directory, &rows_name(number))?, in_frame: 0, rows: 0 })
    }

    fn push(&mut self, row: &[u8]) -> io::Result<()> {
        if self.in_frame == ROWS_A_FRAME {
            self.out.write_all(&[0; FRAME - ROWS_A_FRAME * ROW])?;
            self.in_frame = 0;
        }
        self.in_frame += 1;
        self.rows += 1;
        self.out.write_all(row)
    }

    fn finish(self, directory: &SealedDirectory, number: u64, keys: &BTreeSet<u64>) -> io::Result<Block> {
        self.out.terminate()?;
        let mut out = open(directory, &keys_name(number))?;
        for key in keys {
            out.write_all(&key.to_le_bytes())?;
        }
        out.terminate()?;
        directory.sync_directory()?;
        Ok(Block { number, rows: self.rows, texts: keys.len() as u64 })
    }
}

fn open(directory: &SealedDirectory, name: &str) -> io::Result<WritePtr> {
    directory.open_write(Path::new(name)).map_err(|error| match error {
        OpenWriteError::IoError { io_error, .. } => io::Error::new(io_error.kind(), io_error),
        OpenWriteError::FileAlreadyExists(_) => io::Error::from(io::ErrorKind::AlreadyExists),
    })
}

/// Writes a new block.
pub(crate) fn write(directory: &SealedDirectory, number: u64, rows: Rows) -> io::Result<Block> {
    let mut writing = Writing::start(directory, number)?;
    for row in rows.bytes.chunks_exact(ROW) {
        writing.push(row)?;
    }
    writing.finish(directory, number, &rows.keys)
}

/// Writes one block of some, without the texts in `stale`, which is sorted.
pub(crate) fn rewrite(directory: &SealedDirectory, blocks: &[Block], number: u64, stale: &[u64]) -> io::Result<Block> {
    let kept = |key: &u64| stale.binary_search(key).is_err();
    let mut writing = Writing::start(directory, number)?;
    let mut keys = BTreeSet::new();
    for block in blocks {
        keys.extend(self::keys(directory, block)?.into_iter().filter(kept));
        each_row(directory, block, &mut |bytes, row| if kept(&row.key) { writing.push(bytes) } else { Ok(()) })?;
    }
    writing.finish(directory, number, &keys)
}

/// The keys of a block's texts, sorted.
pub(crate) fn keys(directory: &SealedDirectory, block: &Block) -> io::Result<Vec<u64>> {
    let mut frames = directory.frames(Path::new(&keys_name(block.number)))?;
    let mut keys = Vec::new();
    while let Some(frame) = frames.next_frame()? {
        let (whole, _) = frame.as_chunks::<8>();
        keys.extend(whole.iter().map(|key| u64::from_le_bytes(*key)));
    }
    if keys.len() as u64 == block.texts { Ok(keys) } else { Err(frames.damaged("not the texts that the head counts")) }
}

/// Each row of a block, frame after frame.
pub(crate) fn each_row(
    directory: &SealedDirectory,
    block: &Block,
    act: &mut dyn FnMut(&[u8], Row<'_>) -> io::Result<()>,
) -> io::Result<()> {
    let mut frames = directory.frames(Path::new(&rows_name(block.number)))?;
    let mut left = block.rows;
    while let Some(frame) = frames.next_frame()? {
        let (whole, _) = frame.as_chunks::<ROW>();
        for bytes in whole.iter().take(usize::try_from(left).unwrap_or(usize::MAX)) {
            if let Some(row) = Row::read(bytes) {
                left -= 1;
                act(bytes, row)?;
            }
        }
    }
    if left == 0 { Ok(()) } else { Err(frames.damaged("not the rows that the head counts")) }
}
