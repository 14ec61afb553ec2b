//! A query's text as pieces: words, quotations, operators, fields.
//!
//! Keeps: every character of the text is in exactly one piece or is space. Does not know: what pieces mean together.

use crate::error::QueryError;

/// One piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    Open,
    Close,
    And,
    Or,
    Not,
    /// `name:` with something right behind it.
    Field(String),
    /// A word; whether `*` ended it.
    Word(String, bool),
    /// What stood in quotation marks; whether `*` came right after.
    Quoted(String, bool),
}

/// A piece and the character (from 0) where it begins.
pub(crate) type Placed = (Piece, usize);

/// The closing mark of an opening one.
fn closing(c: char) -> Option<&'static [char]> {
    match c {
        '"' | '“' | '”' | '＂' | '„' => Some(&['"', '”', '“', '＂']),
        '«' => Some(&['»']),
        '「' => Some(&['」']),
        '『' => Some(&['』']),
        _ => None,
    }
}

fn opens(c: char) -> bool {
    matches!(c, '(' | '（')
}

fn closes(c: char) -> bool {
    matches!(c, ')' | '）')
}

struct Lexer {
    chars: Vec<char>,
    at: usize,
    pieces: Vec<Placed>,
}

/// The pieces of `text`.
pub(crate) fn lex(text: &str) -> Result<Vec<Placed>, QueryError> {
    let mut lexer = Lexer { chars: text.chars().collect(), at: 0, pieces: Vec::new() };
    while let Some(c) = lexer.peek() {
        lexer.piece(c)?;
    }
    Ok(lexer.pieces)
}

impl Lexer {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn push(&mut self, piece: Piece, at: usize) {
        self.pieces.push((piece, at));
    }

    fn star(&mut self) -> bool {
        let star = matches!(self.peek(), Some('*' | '＊'));
        self.at += usize::from(star);
        star
    }

    fn piece(&mut self, c: char) -> Result<(), QueryError> {
        let start = self.at;
        if c.is_whitespace() {
            self.at += 1;
        } else if opens(c) || closes(c) {
            self.at += 1;
            self.push(if opens(c) { Piece::Open } else { Piece::Close }, start);
        } else if let Some(ends) = closing(c) {
            let rest = self.chars.get(start + 1..).unwrap_or_default();
            let Some(length) = rest.iter().position(|c| ends.contains(c)) else {
                return Err(QueryError::Unpaired { what: c, at: start });
            };
            let inside = rest.iter().take(length).collect();
            self.at = start + length + 2;
            let star = self.star();
            self.push(Piece::Quoted(inside, star), start);
        } else if matches!(c, '-' | '－') && self.chars.get(start + 1).is_some_and(|next| !next.is_whitespace()) {
            self.at += 1;
            self.push(Piece::Not, start);
        } else {
            self.word(start);
        }
        Ok(())
    }

    fn word(&mut self, start: usize) {
        let mut word = String::new();
        while let Some(c) = self.peek() {
            if c.is_whitespace() || opens(c) || closes(c) || closing(c).is_some() {
                break;
            }
            self.at += 1;
            if matches!(c, ':' | '：') && field_name(&word) && self.peek().is_some_and(|next| !next.is_whitespace()) {
                self.push(Piece::Field(word), start);
                return;
            }
            if matches!(c, '*' | '＊') {
                if !word.is_empty() {
                    self.push(Piece::Word(word, true), start);
                }
                return;
            }
            word.push(c);
        }
        let piece = match word.as_str() {
            "AND" => Piece::And,
            "OR" => Piece::Or,
            "NOT" => Piece::Not,
            _ => Piece::Word(word, false),
        };
        self.push(piece, start);
    }
}

/// Letters only: `12:30` is no field.
fn field_name(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphabetic())
}
