//! What is put into an index and what comes back: one passage, one hit.
//!
//! Keeps: identifiers and places are opaque bytes, given back as they came; limits are checked before a passage is
//! taken.
//! Does not know: what an exhibit is, who a person is, how a place is encoded.

use std::ops::Range;

use crate::error::Error;
use crate::when::When;

/// The longest text of a passage, in bytes: 4 MiB.
pub const TEXT_LIMIT: usize = 4 << 20;
/// The longest kind, language, speaker or person id, in bytes.
pub const WORD_LIMIT: usize = 1024;
/// The longest place, in bytes.
pub const PLACE_LIMIT: usize = 64 << 10;
/// The most persons of one passage.
pub const PERSONS_LIMIT: usize = 1024;

/// Sixteen opaque bytes: an exhibit or a derivative, as the compartment names it.
pub type Id = [u8; 16];

/// One passage to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The exhibit's number in this compartment, for people; hits come in its order.
    pub exhibit_no: u64,
    /// The exhibit's id in this compartment: what deletion names.
    pub exhibit: Id,
    /// The derivative that holds the text.
    pub derivative: Id,
    /// The passage's position in the derivative, from 0.
    pub index: u32,
    /// What kind of exhibit it is (`recording`, `mail` …); matched without regard to case.
    pub kind: String,
    /// BCP 47 tag, or empty when not told apart; `lang:zh` finds `zh-Hant` too.
    pub language: String,
    /// When, as far as it is known.
    pub when: Option<When>,
    /// Who says or wrote it, as the source has it.
    pub speaker: Option<String>,
    /// Ids of the persons that occur in it, as the caller writes them.
    pub persons: Vec<String>,
    /// Where it stands: the caller's bytes, given back with a hit.
    pub place: Vec<u8>,
    /// What it says.
    pub text: String,
}

impl Passage {
    pub(crate) fn check(&self) -> Result<(), Error> {
        let limit = |what, size: usize, limit| if size > limit { Err(Error::Limit { what, limit }) } else { Ok(()) };
        limit("a passage's text (bytes)", self.text.len(), TEXT_LIMIT)?;
        limit("a passage's place (bytes)", self.place.len(), PLACE_LIMIT)?;
        limit("a passage's persons", self.persons.len(), PERSONS_LIMIT)?;
        let words = [&self.kind, &self.language].into_iter().chain(&self.persons).chain(&self.speaker);
        for word in words {
            limit("a passage's kind, language, speaker or person (bytes)", word.len(), WORD_LIMIT)?;
        }
        Ok(())
    }
}

/// A passage that answers a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The passage as it was added.
    pub passage: Passage,
    /// Where the query stands in `passage.text`: character ranges (Unicode scalar values, not bytes), in order,
    /// without overlap. Empty when the query holds filters only.
    pub marks: Vec<Range<usize>>,
    /// Relevance; 0 in case order.
    pub score: f32,
    /// The way to the next page when this is its first hit to leave out.
    pub cursor: Cursor,
}

/// The part of a passage to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// Text of the passage, cut at both ends where it is longer.
    pub text: String,
    /// The first character of `text` in the passage (Unicode scalar values).
    pub start: usize,
    /// Whether something was cut before it and after it.
    pub cut: (bool, bool),
    /// Marks inside `text`, in characters of `text`.
    pub marks: Vec<Range<usize>>,
}

impl Hit {
    /// About `width` characters around the first mark.
    #[must_use]
    pub fn snippet(&self, width: usize) -> Snippet {
        let total = self.passage.text.chars().count();
        let first = self.marks.first().map_or(0, |mark| mark.start);
        let lead = self.marks.first().map_or(0, |mark| width.saturating_sub(mark.len()) / 3);
        let start = first.saturating_sub(lead).min(total.saturating_sub(width));
        let end = start.saturating_add(width).min(total);
        let text = self.passage.text.chars().skip(start).take(end - start).collect();
        let inside = |mark: &Range<usize>| {
            let cut = mark.start.max(start)..mark.end.min(end);
            (cut.start < cut.end).then(|| cut.start - start..cut.end - start)
        };
        let marks = self.marks.iter().filter_map(inside).collect();
        Snippet { text, start, cut: (start > 0, end < total), marks }
    }
}

/// In which order hits come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// Exhibit number, derivative, position: the same on every machine.
    #[default]
    Case,
    /// Best first (BM25 over the engine's current segments), then case order.
    Relevance,
}

/// After which hit a page begins. Opaque; valid as long as the index is not rebuilt, and then still harmless.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cursor {
    pub(crate) score: f32,
    pub(crate) exhibit_no: u64,
    pub(crate) ordinal: u64,
    pub(crate) address: u64,
}

impl Cursor {
    /// As text, for a web client.
    #[must_use]
    pub fn to_text(self) -> String {
        format!("{:08x}{:016x}{:016x}{:016x}", self.score.to_bits(), self.exhibit_no, self.ordinal, self.address)
    }

    /// From [`Self::to_text`].
    ///
    /// # Errors
    /// [`Error::Cursor`] for anything else.
    pub fn parse(text: &str) -> Result<Self, Error> {
        if text.len() != 56 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(Error::Cursor);
        }
        let part = |range| text.get(range).and_then(|hex| u64::from_str_radix(hex, 16).ok()).ok_or(Error::Cursor);
        let bits = u32::try_from(part(0..8)?).map_err(|_| Error::Cursor)?;
        let score = f32::from_bits(bits);
        if !score.is_finite() {
            return Err(Error::Cursor);
        }
        Ok(Self { score, exhibit_no: part(8..24)?, ordinal: part(24..40)?, address: part(40..56)? })
    }
}

/// One page of an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// How many passages answer in all.
    pub total: u64,
    /// This page's.
    pub hits: Vec<Hit>,
    /// Where the next page begins, when there is one.
    pub next: Option<Cursor>,
}
