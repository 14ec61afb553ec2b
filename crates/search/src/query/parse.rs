//! Pieces become a tree.
//!
//! Grammar: `or = and { "OR" and }`, `and = not { ["AND"] not }`, `not = ("NOT" | "-") not | "(" or ")" | clause`.
//! Keeps: bounded depth and number of clauses. Words that may be pinyin get their sound as an alternative.
//! Does not know: the engine.

use crate::error::QueryError;
use crate::query::fields::{self, Persons};
use crate::query::lex::{Piece, Placed, lex};
use crate::query::{CLAUSES_LIMIT, DEPTH_LIMIT, Expr, Phrase, QUERY_LIMIT, Query};
use crate::sound::partings;

/// The most words that are read together as one name in pinyin.
const NAME_WORDS: usize = 4;

struct Parser<'a> {
    pieces: std::iter::Peekable<std::vec::IntoIter<Placed>>,
    persons: Persons<'a>,
    clauses: usize,
    depth: usize,
    /// Words as typed.
    said: Vec<String>,
    /// How many exclusions what comes next stands in.
    excluded: usize,
}

/// The most readings that one query is given.
const READINGS_LIMIT: usize = 512;

/// A part of an `and`: `Word` may be pinyin, `Blank` holds no word.
enum Part {
    Word(Expr, Vec<String>),
    Other(Expr),
    Blank,
}

pub(crate) fn parse(text: &str, persons: Persons<'_>) -> Result<Query, QueryError> {
    if text.len() > QUERY_LIMIT {
        return Err(QueryError::Limit { what: "the length of a query (bytes)", limit: QUERY_LIMIT });
    }
    let pieces = lex(text)?;
    if pieces.is_empty() {
        return Err(QueryError::Empty);
    }
    let mut parser =
        Parser { pieces: pieces.into_iter().peekable(), persons, clauses: 0, depth: 0, said: Vec::new(), excluded: 0 };
    let expr = parser.or()?;
    match parser.pieces.next() {
        Some((Piece::Close, at)) => Err(QueryError::Unpaired { what: ')', at }),
        Some((_, at)) => Err(QueryError::Lacking { what: "an operator".to_owned(), at }),
        None => expr.map(|expr| Query { expr, said: parser.said.join(" ") }).ok_or(QueryError::NoWords),
    }
}

impl Parser<'_> {
    fn next_is(&mut self, piece: &Piece) -> bool {
        self.pieces.peek().is_some_and(|(next, _)| next == piece)
    }

    /// `None`: no word in it.
    fn or(&mut self) -> Result<Option<Expr>, QueryError> {
        let mut any = Vec::new();
        loop {
            any.extend(self.and()?);
            if !self.next_is(&Piece::Or) {
                break;
            }
            self.operator("OR")?;
        }
        Ok(if any.len() > 1 { Some(Expr::Or(any)) } else { any.pop() })
    }

    /// Takes an operator; something must follow it.
    fn operator(&mut self, name: &str) -> Result<(), QueryError> {
        let at = self.pieces.next().map_or(0, |(_, at)| at);
        match self.pieces.peek() {
            None | Some((Piece::Close | Piece::Or | Piece::And, _)) => {
                Err(QueryError::Lacking { what: name.to_owned(), at })
            }
            _ => Ok(()),
        }
    }

    fn and(&mut self) -> Result<Option<Expr>, QueryError> {
        let mut parts = Vec::new();
        loop {
            match self.pieces.peek() {
                None | Some((Piece::Close | Piece::Or, _)) => break,
                Some((Piece::And, at)) => {
                    let at = *at;
                    if parts.is_empty() {
                        return Err(QueryError::Lacking { what: "AND".to_owned(), at });
                    }
                    self.operator("AND")?;
                }
                _ => parts.push(self.not()?),
            }
        }
        if parts.is_empty() {
            return Err(match self.pieces.peek() {
                Some((Piece::Or, at)) => QueryError::Lacking { what: "OR".to_owned(), at: *at },
                _ => QueryError::Empty,
            });
        }
        let mut all = with_sounds(parts);
        Ok(if all.len() > 1 { Some(Expr::And(all)) } else { all.pop() })
    }

    fn deeper(&mut self) -> Result<(), QueryError> {
        self.depth += 1;
        if self.depth > DEPTH_LIMIT {
            return Err(QueryError::Limit { what: "the depth of a query", limit: DEPTH_LIMIT });
        }
        Ok(())
    }

    fn not(&mut self) -> Result<Part, QueryError> {
        let Some((piece, at)) = self.pieces.next() else { return Ok(Part::Blank) };
        match piece {
            Piece::Not => {
                if matches!(self.pieces.peek(), None | Some((Piece::Close | Piece::Or | Piece::And, _))) {
                    return Err(QueryError::Lacking { what: "NOT".to_owned(), at });
                }
                self.deeper()?;
                self.excluded += 1;
                let inner = match self.not()? {
                    Part::Word(expr, _) | Part::Other(expr) => Part::Other(Expr::Not(Box::new(expr))),
                    Part::Blank => Part::Blank,
                };
                self.excluded -= 1;
                self.depth -= 1;
                Ok(inner)
            }
            Piece::Open => {
                self.deeper()?;
                let inner = self.or()?;
                self.depth -= 1;
                match self.pieces.next() {
                    Some((Piece::Close, _)) => Ok(inner.map_or(Part::Blank, Part::Other)),
                    _ => Err(QueryError::Unpaired { what: '(', at }),
                }
            }
            other => self.clause(other, at),
        }
    }

    /// Keeps what is said, for its meaning.
    fn hear(&mut self, piece: &Piece) {
        let said = match piece {
            Piece::Word(text, _) | Piece::Quoted(text, _) => Some(text),
            Piece::Field(name) if name.eq_ignore_ascii_case("exact") => match self.pieces.peek() {
                Some((Piece::Word(text, _) | Piece::Quoted(text, _), _)) => Some(text),
                _ => None,
            },
            _ => None,
        };
        let said = said.map(|text| text.trim().to_owned());
        self.said.extend(said.filter(|text| self.excluded == 0 && !text.is_empty()));
    }

    fn clause(&mut self, piece: Piece, at: usize) -> Result<Part, QueryError> {
        self.clauses += 1;
        if self.clauses > CLAUSES_LIMIT {
            return Err(QueryError::Limit { what: "the clauses of a query", limit: CLAUSES_LIMIT });
        }
        self.hear(&piece);
        match piece {
            Piece::Word(word, star) => Ok(match Phrase::of(&word, star) {
                Some(phrase) if star => Part::Other(Expr::Words(phrase)),
                Some(phrase) => {
                    let spelled = phrase.tokens.iter().filter(|t| !t.solo).map(|t| t.text.clone()).collect();
                    let all = phrase.tokens.iter().all(|t| !t.solo);
                    let words: Vec<String> = spelled;
                    if all { Part::Word(Expr::Words(phrase), words) } else { Part::Other(Expr::Words(phrase)) }
                }
                None => Part::Blank,
            }),
            Piece::Quoted(text, star) => {
                Ok(Phrase::of(&text, star).map_or(Part::Blank, |phrase| Part::Other(Expr::Words(phrase))))
            }
            Piece::Field(name) => match self.pieces.next() {
                Some((Piece::Word(value, star), _)) => fields::clause(&name, at, &value, star, self.persons),
                Some((Piece::Quoted(value, star), _)) => fields::clause(&name, at, &value, star, self.persons),
                _ => Err(QueryError::Lacking { what: format!("{name}:"), at }),
            }
            .map(Part::Other),
            Piece::Open | Piece::Close | Piece::And | Piece::Or | Piece::Not => Ok(Part::Blank),
        }
    }
}

/// Gives each word that may be pinyin its sound: alone if it has two syllables, or with its neighbours.
fn with_sounds(parts: Vec<Part>) -> Vec<Expr> {
    let sounds: Vec<Vec<Vec<String>>> = parts
        .iter()
        .map(|part| match part {
            Part::Word(_, words) => joined(words.iter().map(|word| partings(word))),
            _ => Vec::new(),
        })
        .collect();
    let words: Vec<Vec<String>> = parts
        .iter()
        .zip(&sounds)
        .map(|(part, sounds)| match part {
            Part::Word(_, words) if !sounds.is_empty() => words.clone(),
            _ => Vec::new(),
        })
        .collect();
    let mut given = 0;
    let mut exprs = Vec::with_capacity(parts.len());
    for (at, part) in parts.into_iter().enumerate() {
        match part {
            Part::Blank => {}
            Part::Other(expr) => exprs.push(expr),
            Part::Word(expr, _) => {
                let mut ways = vec![expr];
                ways.extend(joined_names(&words, at));
                ways.extend(windows(&sounds, at).into_iter().map(Expr::Sound));
                if given + ways.len() > READINGS_LIMIT {
                    ways.truncate(1);
                }
                given += ways.len();
                exprs.push(if ways.len() > 1 { Expr::Or(ways) } else { ways.remove(0) });
            }
        }
    }
    exprs
}

/// Neighbouring syllables that a text may spell as one word: `Mu-chuan` and `Mu Chuan` as `muchuan`.
fn joined_names(words: &[Vec<String>], at: usize) -> Vec<Expr> {
    let mut out = Vec::new();
    for (start, end) in [(at, at + 1), (at.saturating_sub(1), at + 1), (at, at + 2)] {
        let Some(run) = words.get(start..end) else { continue };
        if run.iter().any(Vec::is_empty) || run.iter().map(Vec::len).sum::<usize>() < 2 {
            continue;
        }
        out.extend(Phrase::of(&run.concat().concat(), false).map(Expr::Words));
    }
    out
}

/// Every way to read one after another.
fn joined(words: impl Iterator<Item = Vec<Vec<String>>>) -> Vec<Vec<String>> {
    let mut ways: Vec<Vec<String>> = vec![Vec::new()];
    for word in words {
        let join = |way: &Vec<String>| word.iter().map(|part| [way.as_slice(), part].concat()).collect::<Vec<_>>();
        ways = ways.iter().flat_map(join).take(24).collect();
    }
    ways.retain(|way| !way.is_empty());
    ways
}

/// The readings of runs of neighbouring words with `at` among them, of two syllables or more.
fn windows(sounds: &[Vec<Vec<String>>], at: usize) -> Vec<Vec<String>> {
    let mut out: Vec<Vec<String>> = Vec::new();
    for start in at.saturating_sub(NAME_WORDS - 1)..=at {
        for end in at + 1..=(start + NAME_WORDS).min(sounds.len()) {
            let Some(run) = sounds.get(start..end) else { continue };
            if run.iter().any(Vec::is_empty) {
                continue;
            }
            let mut ways = joined(run.iter().cloned());
            if run.len() == 2 {
                // A given name before the surname.
                ways.extend(joined(run.iter().rev().cloned()));
            }
            for way in ways {
                if way.len() > 1 && !out.contains(&way) {
                    out.push(way);
                }
            }
        }
    }
    out
}
