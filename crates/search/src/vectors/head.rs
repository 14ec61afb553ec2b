//! The head of the vectors: which blocks there are, made with what, and for which state of the index they are complete.
//!
//! Keeps: it is replaced in one step; numbers of blocks are never used twice but for one that was never named.
//! Does not know: what is in a block.

use std::io;
use std::path::Path;

use minicbor::{Decoder, Encoder};
use sha2::{Digest, Sha256};
use tantivy::directory::Directory;
use tantivy::directory::error::OpenReadError;

use super::block::Block;
use crate::directory::SealedDirectory;

/// Name of the head's file.
pub(crate) const NAME: &str = "meaning";
/// The form of head, blocks and rows. Another form in a store: the vectors are made again.
const FORM: &str = "casemate-meanings/1";
/// Most blocks, and most numbers that wait to be deleted.
const BLOCKS_LIMIT: u64 = 1 << 20;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) model: String,
    /// SHA-256 of the state of the index for which there is nothing left to do.
    complete: Option<[u8; 32]>,
    /// The next block's number.
    pub(crate) next: u64,
    /// Blocks that are not needed any more and may still lie there.
    pub(crate) dropped: Vec<u64>,
    pub(crate) blocks: Vec<Block>,
}

/// What stood in the store.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Read {
    None,
    Head(Head),
    /// It opened, and is not of this form.
    Broken,
}

impl Head {
    pub(crate) fn read(directory: &SealedDirectory) -> io::Result<Read> {
        match directory.atomic_read(Path::new(NAME)) {
            Ok(bytes) => Ok(Self::parse(&bytes).map_or(Read::Broken, Read::Head)),
            Err(OpenReadError::FileDoesNotExist(_)) => Ok(Read::None),
            Err(OpenReadError::IoError { io_error, .. }) => Err(io::Error::new(io_error.kind(), io_error)),
            Err(other) => Err(io::Error::other(other.to_string())),
        }
    }

    pub(crate) fn write(&self, directory: &SealedDirectory) -> io::Result<()> {
        let mut out = Vec::new();
        // Writing into a vector can't fail.
        let _ = self.encode(&mut Encoder::new(&mut out));
        directory.atomic_write(Path::new(NAME), &out)
    }

    /// Whether the vectors are complete for an index in this state.
    pub(crate) fn stands_for(&self, model: &str, state: &[u8]) -> bool {
        self.model == model && self.complete == Some(Sha256::digest(state).into())
    }

    pub(crate) fn mark(&mut self, state: &[u8]) {
        self.complete = Some(Sha256::digest(state).into());
    }

    /// A block more; there is something to do again.
    pub(crate) fn take(&mut self, block: Block) {
        self.next = self.next.max(block.number.saturating_add(1));
        self.blocks.push(block);
    }

    /// One block for some; an empty one for none.
    pub(crate) fn replace(&mut self, blocks: &[Block], fresh: Block) {
        self.dropped.extend(blocks.iter().map(|block| block.number));
        self.blocks.retain(|block| !blocks.contains(block));
        if fresh.texts > 0 {
            self.take(fresh);
        } else {
            self.next = self.next.max(fresh.number.saturating_add(1));
            self.dropped.push(fresh.number);
        }
    }

    /// The same with every block let go of.
    pub(crate) fn emptied(self) -> Self {
        let dropped = self.numbers().collect();
        Self { next: self.next, dropped, ..Self::default() }
    }

    /// Numbers of the files that may lie there.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = u64> + '_ {
        // The next one may have been begun.
        let named = self.blocks.iter().map(|block| block.number).chain(self.dropped.iter().copied());
        named.chain(std::iter::once(self.next))
    }

    fn encode(&self, to: &mut Encoder<&mut Vec<u8>>) -> Result<(), minicbor::encode::Error<std::convert::Infallible>> {
        to.array(6)?.str(FORM)?.str(&self.model)?;
        match &self.complete {
            Some(sum) => to.bytes(sum)?,
            None => to.null()?,
        };
        to.u64(self.next)?.array(self.dropped.len() as u64)?;
        for number in &self.dropped {
            to.u64(*number)?;
        }
        to.array(self.blocks.len() as u64)?;
        for block in &self.blocks {
            to.array(3)?.u64(block.number)?.u64(block.rows)?.u64(block.texts)?;
        }
        Ok(())
    }

    /// Another form is an empty head: its blocks can't be told.
    fn parse(bytes: &[u8]) -> Option<Self> {
        let mut from = Decoder::new(bytes);
        let fields = from.array().ok()??;
        if from.str().ok()? != FORM {
            return Some(Self::default());
        }
        let model = from.str().ok()?.to_owned();
        let complete = if from.datatype().ok()? == minicbor::data::Type::Null {
            from.null().ok()?;
            None
        } else {
            Some(<[u8; 32]>::try_from(from.bytes().ok()?).ok()?)
        };
        let next = from.u64().ok()?;
        let mut dropped = Vec::new();
        for _ in 0..from.array().ok()?.filter(|count| *count <= BLOCKS_LIMIT)? {
            dropped.push(from.u64().ok()?);
        }
        let mut blocks = Vec::new();
        for _ in 0..from.array().ok()?.filter(|count| *count <= BLOCKS_LIMIT)? {
            from.array().ok()?.filter(|fields| *fields == 3)?;
            blocks.push(Block { number: from.u64().ok()?, rows: from.u64().ok()?, texts: from.u64().ok()? });
        }
        (fields == 6 && from.position() == bytes.len()).then_some(Self { model, complete, next, dropped, blocks })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(number: u64, rows: u64) -> Block {
        Block { number, rows, texts: rows }
    }

    #[test]
    fn a_head_comes_back_and_no_cut_of_it_does() {
        let mut head = Head { model: "m".to_owned(), ..Head::default() };
        head.take(block(0, 30));
        head.take(block(1, 7));
        head.replace(&[block(0, 30), block(1, 7)], block(2, 37));
        head.mark(b"heads");
        let mut bytes = Vec::new();
        head.encode(&mut Encoder::new(&mut bytes)).unwrap();
        assert_eq!(Head::parse(&bytes), Some(head.clone()));
        for cut in 0..bytes.len() {
            assert_eq!(Head::parse(&bytes[..cut]), None, "{cut}");
        }
        assert_eq!(Head::parse(&[bytes.as_slice(), &[0]].concat()), None);
        assert!(head.stands_for("m", b"heads") && !head.stands_for("m", b"other") && !head.stands_for("n", b"heads"));
        assert_eq!(head.numbers().collect::<Vec<_>>(), [2, 0, 1, 3]);
        let mut other = Vec::new();
        Encoder::new(&mut other).array(1).unwrap().str("casemate-meanings/0").unwrap();
        assert_eq!(Head::parse(&other), Some(Head::default()));
    }

    #[test]
    fn nothing_left_is_no_block() {
        let mut head = Head::default();
        head.take(block(0, 30));
        head.replace(&[block(0, 30)], block(1, 0));
        assert_eq!((head.blocks.len(), head.next, head.dropped.clone()), (0, 2, vec![0, 1]));
        assert_eq!(head.emptied(), Head { next: 2, dropped: vec![0, 1, 2], ..Head::default() });
    }
}
