//! Splitting a text into positioned tokens.
//!
//! Keeps: tokens and relative positions of a part of a text, cut at word boundaries, are those of the whole.
//! Rules: a run of letters and digits is a word; a character of an unspaced script is a word by itself; space,
//! hyphen, apostrophe and middle dot part words and take no position; other punctuation takes one position, however
//! much of it stands together. Does not know: the engine, bigrams, pinyin.

use std::ops::Range;

use crate::fold::{Class, fold_char};

/// Words longer than this many folded characters are cut into pieces at consecutive positions.
pub(crate) const PIECE: usize = 100;

/// One token of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// Folded.
    pub text: String,
    /// Counts words and breaks.
    pub position: usize,
    /// Bytes of the source.
    pub bytes: Range<usize>,
    /// One character of an unspaced script.
    pub solo: bool,
    /// A piece of a word that was cut.
    pub piece: bool,
}

struct Splitter {
    tokens: Vec<Token>,
    word: String,
    letters: usize,
    span: Range<usize>,
    position: usize,
    broken: bool,
    cut: bool,
}

impl Splitter {
    fn close(&mut self) {
        if !self.word.is_empty() {
            let text = std::mem::take(&mut self.word);
            self.push(text, self.span.clone(), false);
        }
        self.letters = 0;
        self.cut = false;
    }

    fn push(&mut self, text: String, bytes: Range<usize>, solo: bool) {
        if std::mem::take(&mut self.broken) && !self.tokens.is_empty() {
            self.position += 1;
        }
        self.tokens.push(Token { text, position: self.position, bytes, solo, piece: self.cut });
        self.position += 1;
    }

    fn letter(&mut self, c: char, bytes: Range<usize>) {
        if self.letters == PIECE {
            self.cut = true;
            let text = std::mem::take(&mut self.word);
            self.push(text, self.span.clone(), false);
            self.letters = 0;
        }
        if self.word.is_empty() {
            self.span.start = bytes.start;
        }
        self.span.end = bytes.end;
        self.word.push(c);
        self.letters += 1;
    }
}

/// The tokens of `text`, in order.
pub(crate) fn split(text: &str) -> Vec<Token> {
    let mut splitter = Splitter {
        tokens: Vec::with_capacity(text.len() / 4 + 1),
        word: String::new(),
        letters: 0,
        span: 0..0,
        position: 0,
        broken: false,
        cut: false,
    };
    for (at, c) in text.char_indices() {
        let bytes = at..at + c.len_utf8();
        fold_char(c, |folded, class| match class {
            Class::Word => splitter.letter(folded, bytes.clone()),
            Class::Solo => {
                splitter.close();
                splitter.push(folded.to_string(), bytes.clone(), true);
            }
            Class::Join => splitter.close(),
            Class::Break => {
                splitter.close();
                splitter.broken = true;
            }
        });
    }
    splitter.close();
    splitter.tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        split(text).iter().map(|t| format!("{}@{}", t.text, t.position)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_characters_and_breaks() {
        assert_eq!(shown("L'avocat, Jean-Pierre"), "l@0 avocat@1 jean@3 pierre@4");
        assert_eq!(shown("…林 慕川（ABC）3.14"), "林@0 慕@1 川@2 abc@4 3@6 14@8");
        assert_eq!(shown(""), "");
        assert_eq!(shown("?!"), "");
        assert_eq!(shown("①②"), "12@0");
    }

    #[test]
    fn bytes_name_the_source() {
        let text = "Œuvre 地產!";
        let tokens = split(text);
        let sources: Vec<_> = tokens.iter().map(|t| &text[t.bytes.clone()]).collect();
        assert_eq!(sources, ["Œuvre", "地", "產"]);
    }

    #[test]
    fn long_words_are_cut() {
        let tokens = split(&"x".repeat(250));
        let sizes: Vec<_> = tokens.iter().map(|t| (t.text.len(), t.position, t.piece)).collect();
        assert_eq!(sizes, [(100, 0, true), (100, 1, true), (50, 2, true)]);
    }
}
