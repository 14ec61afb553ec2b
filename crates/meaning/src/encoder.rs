//! The encoder: the pinned model read, texts into vectors.
//!
//! Keeps: no byte of a file is looked at before its SHA-256 is found to be the pinned one; sentences are worked at in
//! batches that fit a processor's cache. Does not know: where the files lie, how a long text is cut.

use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::network::{Network, Vector};
use crate::{npz, pieces};

/// The model's name: vectors of another name are not to be compared with these.
pub const MODEL: &str = "use-multilingual-3";
/// The file of weights, and its SHA-256.
pub const WEIGHTS: (&str, &str) = (npz::FILE, "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9");
/// The file of pieces, and its SHA-256.
pub const PIECES: (&str, &str) = (pieces::FILE, "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9");
/// The longest text that is read, in bytes; of a longer one the rest is left out.
pub const TEXT_LIMIT: usize = 4096;
/// Most pieces of one text; of a longer one the rest is left out.
pub const TOKENS_LIMIT: usize = 1024;
/// Pieces of one batch: enough that the weights are not fetched for each sentence.
pub const BATCH_TOKENS: usize = 384;

/// The encoder. It takes some 85 MB.
pub struct Encoder {
    pieces: pieces::Pieces,
    network: Network,
}

impl Encoder {
    /// From the bytes of [`WEIGHTS`] and of [`PIECES`].
    ///
    /// # Errors
    /// [`Error::Other`] for bytes that are not the pinned ones.
    pub fn read(weights: &[u8], pieces: &[u8]) -> Result<Self, Error> {
        agree(WEIGHTS, weights)?;
        agree(PIECES, pieces)?;
        Self::read_unpinned(weights, pieces)
    }

    /// The same without a look at the sums: the parsers, for tests of them.
    ///
    /// # Errors
    /// [`Error::Malformed`].
    #[doc(hidden)]
    pub fn read_unpinned(weights: &[u8], pieces: &[u8]) -> Result<Self, Error> {
        let (pieces, network) = (pieces::Pieces::read(pieces)?, Network::read(weights)?);
        if pieces.count() > network.count() {
            return Err(Error::Malformed { file: pieces::FILE, what: "more pieces than the network has rows" });
        }
        Ok(Self { pieces, network })
    }

    /// The numbers of a text's pieces, with the begin and the end; nothing where there is nothing to read in it.
    #[must_use]
    pub fn pieces(&self, text: &str) -> Vec<u32> {
        self.pieces.sentence(beginning(text), TOKENS_LIMIT)
    }

    /// What each text means; `None` for one in which there is nothing to read.
    #[must_use]
    pub fn encode(&self, texts: &[&str]) -> Vec<Option<Vector>> {
        let mut out = Vec::with_capacity(texts.len());
        let mut batch = Batch::default();
        for text in texts {
            let sentence = self.pieces(text);
            if batch.tokens + sentence.len() > BATCH_TOKENS {
                batch.encode(&self.network, &mut out);
            }
            batch.take(sentence);
        }
        batch.encode(&self.network, &mut out);
        out
    }
}

/// Sentences that are worked at together.
#[derive(Default)]
struct Batch {
    sentences: Vec<Vec<u32>>,
    /// Whether there is anything in each text.
    said: Vec<bool>,
    tokens: usize,
}

impl Batch {
    fn take(&mut self, sentence: Vec<u32>) {
        self.said.push(!sentence.is_empty());
        if !sentence.is_empty() {
            self.tokens += sentence.len();
            self.sentences.push(sentence);
        }
    }

    fn encode(&mut self, network: &Network, out: &mut Vec<Option<Vector>>) {
        let batch = std::mem::take(self);
        let mut vectors =
            if batch.sentences.is_empty() { Vec::new() } else { network.encode(&batch.sentences) }.into_iter();
        out.extend(batch.said.into_iter().map(|said| if said { vectors.next() } else { None }));
    }
}

/// At most [`TEXT_LIMIT`] bytes of a text, whole characters.
fn beginning(text: &str) -> &str {
    text.get(..text.floor_char_boundary(TEXT_LIMIT)).unwrap_or(text)
}

fn agree((file, pinned): (&'static str, &'static str), bytes: &[u8]) -> Result<(), Error> {
    let found: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    if found == pinned { Ok(()) } else { Err(Error::Other { file, found, pinned }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_bytes_than_the_pinned_are_refused() {
        let refused = Encoder::read(b"PK\x05\x06", b"").map(drop);
        assert!(
            matches!(&refused, Err(Error::Other { file: "weights.npz", found, .. }) if found.len() == 64),
            "{refused:?}"
        );
        assert!(matches!(Encoder::read_unpinned(b"PK\x05\x06", b"").map(drop), Err(Error::Malformed { .. })));
    }

    #[test]
    fn a_long_text_is_read_up_to_the_limit_and_no_character_is_parted() {
        assert_eq!(beginning(&"地".repeat(2000)).len(), 4095);
        assert_eq!(beginning("short"), "short");
    }
}
