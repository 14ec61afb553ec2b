//! Text into the numbers of its pieces, as SentencePiece does it with a unigram model: characters are folded, spaces become
//! `▁`, and of all ways to part the text the likeliest is taken (`normalizer.cc`, `unigram_model.cc`, `EncodeOptimized`).
//!
//! Keeps: the numbers are those of the `sentencepiece` library, a run of unknown characters being one number too. What
//! stands for itself in a model (`<s>`, symbols of its users) is not found in a text: nobody writes a control into a letter.
//! Does not know: what the numbers mean.

use crate::charsmap::Charsmap;
use crate::error::Error;
use crate::trie::Trie;
use crate::wire::{Message, Value};

/// The file's name, for errors.
pub(crate) const FILE: &str = "sp.model";
/// Most pieces of a vocabulary.
const PIECES_LIMIT: usize = 1 << 20;
/// The piece for what is in no other.
const UNKNOWN: u32 = 0;
/// What begins and ends a sentence.
const BEGIN: u32 = 1;
const END: u32 = 2;
/// How much less likely than the unlikeliest piece an unknown character is (`kUnkPenalty`).
const UNKNOWN_PENALTY: f32 = 10.0;
/// A space, made visible (U+2581).
const SPACE: &[u8] = "\u{2581}".as_bytes();
/// `SentencePiece.Type.NORMAL`, and the model type that this crate reads.
const NORMAL: u64 = 1;
const UNIGRAM: u64 = 1;

/// A vocabulary and how text is parted by it.
pub(crate) struct Pieces {
    trie: Trie,
    scores: Vec<f32>,
    unknown: f32,
    charsmap: Charsmap,
}

struct Piece<'a> {
    text: &'a [u8],
    score: f32,
    normal: bool,
}

/// The best way to come to a byte.
#[derive(Clone, Copy)]
struct Step {
    score: f32,
    from: Option<usize>,
    piece: u32,
}

impl Pieces {
    /// From the bytes of a `ModelProto`.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Error> {
        let malformed = |what| Error::Malformed { file: FILE, what };
        let (mut pieces, mut charsmap) = (Vec::new(), Charsmap::default());
        let mut message = Message(bytes);
        while let Some((field, value)) = message.field().ok_or(malformed("not a message"))? {
            match (field, value) {
                (1, Value::Bytes(piece)) => pieces.push(read_piece(piece).ok_or(malformed("a piece"))?),
                (2, Value::Bytes(trainer)) if model_type(trainer) != Some(UNIGRAM) => {
                    return Err(malformed("not a unigram model"));
                }
                (3, Value::Bytes(normalizer)) => {
                    charsmap = read_normalizer(normalizer).ok_or(malformed("the folding"))?
                }
                _ => {}
            }
            if pieces.len() > PIECES_LIMIT {
                return Err(malformed("more pieces than PIECES_LIMIT"));
            }
        }
        let normal = || pieces.iter().zip(0u32..).filter(|(piece, _)| piece.normal);
        let least = normal().map(|(piece, _)| piece.score).fold(f32::INFINITY, f32::min);
        if !pieces.iter().all(|piece| piece.score.is_finite()) || !least.is_finite() {
            return Err(malformed("a piece's score"));
        }
        let trie = Trie::new(normal().map(|(piece, number)| (piece.text, number)).collect());
        Ok(Self {
            trie: trie.ok_or(malformed("too many pieces"))?,
            scores: pieces.iter().map(|piece| piece.score).collect(),
            unknown: least - UNKNOWN_PENALTY,
            charsmap,
        })
    }

    /// How many pieces there are.
    pub(crate) fn count(&self) -> usize {
        self.scores.len()
    }

    /// The numbers of a sentence, at most `most` of them, with its begin and its end; nothing where it holds no character.
    pub(crate) fn sentence(&self, text: &str, most: usize) -> Vec<u32> {
        let pieces = self.part(&self.folded(text));
        if pieces.is_empty() {
            return pieces;
        }
        let inner = pieces.into_iter().take(most.saturating_sub(2));
        std::iter::once(BEGIN).chain(inner).chain(std::iter::once(END)).collect()
    }

    /// Folded, spaces visible, one before the first word and none after the last.
    fn folded(&self, text: &str) -> Vec<u8> {
        let mut out = Vec::with_capacity(text.len() + text.len() / 2 + SPACE.len());
        out.extend_from_slice(SPACE);
        let (mut rest, mut after_space) = (text, true);
        while !rest.is_empty() {
            let (mut into, taken) = self.charsmap.first(rest);
            // An entry of the folding may end inside a character only where a model is broken.
            rest = rest.get(taken..).unwrap_or_default();
            while let Some((b' ', more)) = into.split_first().filter(|_| after_space) {
                into = more;
            }
            for byte in into {
                out.extend_from_slice(if *byte == b' ' { SPACE } else { std::slice::from_ref(byte) });
            }
            after_space = into.last().map_or(after_space, |byte| *byte == b' ');
        }
        while out.ends_with(SPACE) {
            out.truncate(out.len() - SPACE.len());
        }
        out
    }

    /// The likeliest way to part a folded text.
    fn part(&self, text: &[u8]) -> Vec<u32> {
        let mut steps = vec![Step { score: 0.0, from: None, piece: UNKNOWN }; text.len() + 1];
        let mut at = 0;
        while let Some((rest, here)) = text.get(at..).filter(|rest| !rest.is_empty()).zip(steps.get(at).copied()) {
            let character = length_of_character(rest);
            let mut single = false;
            let mut reach = |length: usize, piece: u32, worth: f32| {
                let score = worth + here.score;
                if let Some(step) = steps.get_mut(at + length)
                    && (step.from.is_none() || score > step.score)
                {
                    *step = Step { score, from: Some(at), piece };
                }
            };
            for (piece, length) in self.trie.prefixes(rest) {
                reach(length, piece, self.score(piece));
                single |= length == character;
            }
            if !single {
                reach(character, UNKNOWN, self.unknown);
            }
            at += character;
        }
        backwards(&steps)
    }

    fn score(&self, piece: u32) -> f32 {
        usize::try_from(piece).ok().and_then(|at| self.scores.get(at)).copied().unwrap_or(self.unknown)
    }
}

/// The pieces from the end to the beginning, turned round; a run of unknown ones is one.
fn backwards(steps: &[Step]) -> Vec<u32> {
    let mut out: Vec<u32> = Vec::new();
    let mut at = steps.len().saturating_sub(1);
    while let Some((from, piece)) = steps.get(at).and_then(|step| step.from.map(|from| (from, step.piece))) {
        if piece != UNKNOWN || out.last() != Some(&UNKNOWN) {
            out.push(piece);
        }
        at = from;
    }
    out.reverse();
    out
}

/// Bytes of the first character, by its first byte.
fn length_of_character(text: &[u8]) -> usize {
    let length = match text.first() {
        Some(0xc0..=0xdf) => 2,
        Some(0xe0..=0xef) => 3,
        Some(0xf0..) => 4,
        _ => 1,
    };
    length.min(text.len())
}

fn read_piece(bytes: &[u8]) -> Option<Piece<'_>> {
    let mut piece = Piece { text: b"", score: 0.0, normal: true };
    let mut message = Message(bytes);
    while let Some((field, value)) = message.field()? {
        match (field, value) {
            (1, Value::Bytes(text)) => piece.text = text,
            (2, Value::Fixed32(score)) => piece.score = f32::from_le_bytes(score),
            (3, Value::Number(kind)) => piece.normal = kind == NORMAL,
            _ => {}
        }
    }
    Some(piece)
}

fn model_type(trainer: &[u8]) -> Option<u64> {
    let mut kind = UNIGRAM;
    let mut message = Message(trainer);
    while let Some((field, value)) = message.field()? {
        if let (3, Value::Number(number)) = (field, value) {
            kind = number;
        }
    }
    Some(kind)
}

/// The folding, where spaces are treated as this crate does: one before the text, none twice, all visible.
fn read_normalizer(bytes: &[u8]) -> Option<Charsmap> {
    let mut charsmap = Charsmap::default();
    let mut message = Message(bytes);
    while let Some((field, value)) = message.field()? {
        match (field, value) {
            (2, Value::Bytes(blob)) => charsmap = Charsmap::read(blob)?,
            (3..=5, Value::Number(0)) => return None,
            _ => {}
        }
    }
    Some(charsmap)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(text: &str, score: f32, kind: u8) -> Vec<u8> {
        let mut out = vec![10, u8::try_from(text.len()).unwrap()];
        out.extend_from_slice(text.as_bytes());
        out.push(21);
        out.extend_from_slice(&score.to_le_bytes());
        out.extend([24, kind]);
        [vec![10, u8::try_from(out.len()).unwrap()], out].concat()
    }

    fn model() -> Vec<u8> {
        let pieces = [("<unk>", 0.0, 2), ("<s>", 0.0, 3), ("</s>", 0.0, 3), ("own", 0.0, 4)];
        let normal = [("▁", -1.0), ("a", -2.0), ("ab", -2.5), ("b", -2.0), ("▁a", -2.2), ("地产", -4.0), ("地", -3.0)];
        let special = pieces.iter().flat_map(|(text, score, kind)| piece(text, *score, *kind));
        special.chain(normal.iter().flat_map(|(text, score)| piece(text, *score, 1))).collect()
    }

    #[test]
    fn the_likeliest_parting_is_taken() {
        let pieces = Pieces::read(&model()).unwrap();
        assert_eq!(pieces.count(), 11);
        // ▁a + b = -4.2; ▁ + ab = -3.5.
        assert_eq!(pieces.sentence("ab", 99), [1, 4, 6, 2]);
        assert_eq!(pieces.sentence("  a   b ", 99), [1, 8, 4, 7, 2]);
        assert_eq!(pieces.sentence("地产", 99), [1, 4, 9, 2]);
        assert_eq!(pieces.sentence("地xyz!地", 99), [1, 4, 10, 0, 10, 2], "a run of unknown characters is one");
        assert_eq!(pieces.sentence("<s>", 99), [1, 4, 0, 2], "no text writes a control");
        assert_eq!(pieces.sentence("own", 99), [1, 4, 0, 2]);
        assert_eq!([pieces.sentence("", 99), pieces.sentence("   ", 99)], [Vec::<u32>::new(), Vec::new()]);
        assert_eq!(pieces.sentence("abab", 4), [1, 4, 6, 2], "cut at the limit, with its end");
    }

    #[test]
    fn bytes_that_are_no_model_are_refused() {
        let whole = model();
        for cut in 1..whole.len() {
            if let Ok(pieces) = Pieces::read(&whole[..cut]) {
                assert!(pieces.count() < 11, "{cut}");
            }
        }
        assert!(Pieces::read(b"").is_err(), "no piece");
        let other_kind = [whole.clone(), vec![18, 2, 24, 2]].concat();
        assert!(matches!(Pieces::read(&other_kind), Err(Error::Malformed { what: "not a unigram model", .. })));
        let nan = [whole, piece("q", f32::NAN, 1)].concat();
        assert!(matches!(Pieces::read(&nan), Err(Error::Malformed { what: "a piece's score", .. })));
    }

    proptest::proptest! {
        #[test]
        fn whatever_bytes_do_no_harm(bytes: Vec<u8>, text: String) {
            if let Ok(pieces) = Pieces::read(&bytes) {
                pieces.sentence(&text, 64);
            }
            let pieces = Pieces::read(&model()).unwrap();
            proptest::prop_assert!(pieces.sentence(&text, 64).len() <= 64);
        }
    }
}
