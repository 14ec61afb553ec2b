//! What is asked: a tree of words, phrases and filters.
//!
//! Keeps: a query is complete when it is built; planning it can't fail on its text. Limits: [`QUERY_LIMIT`] bytes,
//! [`CLAUSES_LIMIT`] clauses, [`DEPTH_LIMIT`] parentheses. The language is in `docs/format/index.md`.
//! Does not know: the engine, who a person is (the caller's resolver turns a name into ids).

use crate::error::QueryError;
use crate::passage::Id;
use crate::tokens::{Token, split};
use crate::when::When;

mod fields;
mod lex;
mod parse;

/// The longest query, in bytes.
pub const QUERY_LIMIT: usize = 4096;
/// The most clauses of one query.
pub const CLAUSES_LIMIT: usize = 128;
/// The deepest nesting of parentheses.
pub const DEPTH_LIMIT: usize = 32;

/// A query, understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    pub(crate) expr: Expr,
    /// The words as they were typed, without fields, operators, and what is excluded.
    pub(crate) said: String,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Expr {
    /// Every passage.
    All,
    And(Vec<Expr>),
    Or(Vec<Expr>),
    Not(Box<Expr>),
    /// Words in a row.
    Words(Phrase),
    /// The very characters.
    Exact(String),
    /// Syllables in a row.
    Sound(Vec<String>),
    Filter(Filter),
}

/// Tokens in a row, at their relative positions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub tokens: Vec<Token>,
    /// The last word goes on.
    pub prefix: bool,
}

impl Phrase {
    /// `None` when the text holds no word.
    pub(crate) fn of(text: &str, prefix: bool) -> Option<Self> {
        let tokens = split(text);
        let prefix = prefix && tokens.last().is_some_and(|token| !token.solo);
        (!tokens.is_empty()).then_some(Self { tokens, prefix })
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Filter {
    Kind(String),
    Language(String),
    Persons(Vec<String>),
    Speaker(Phrase),
    ExhibitNo(u64, u64),
    Exhibit(Id),
    Derivative(Id),
    /// The text that this number stands for.
    Text(u64),
    /// The passage's span touches this one.
    During(When),
    /// It starts before this second.
    StartsBefore(i64),
    /// It ends after this second (or at it, half-open).
    EndsAfter(i64),
}

impl Query {
    /// Every passage.
    #[must_use]
    pub fn everything() -> Self {
        Self::of(Expr::All)
    }

    /// Passages that hold `text`, character for character.
    #[must_use]
    pub fn exact(text: &str) -> Self {
        let expr = if text.is_empty() { Expr::All } else { Expr::Exact(text.to_owned()) };
        Self { expr, said: text.to_owned() }
    }

    /// Passages of one exhibit.
    #[must_use]
    pub fn exhibit(exhibit: Id) -> Self {
        Self::of(Expr::Filter(Filter::Exhibit(exhibit)))
    }

    /// Passages of one derivative.
    #[must_use]
    pub fn derivative(derivative: Id) -> Self {
        Self::of(Expr::Filter(Filter::Derivative(derivative)))
    }

    /// Passages that hold one of these persons' ids.
    #[must_use]
    pub fn persons(ids: Vec<String>) -> Self {
        Self::of(Expr::Filter(Filter::Persons(ids)))
    }

    /// Passages that answer both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let said = [self.said, other.said].join(" ").trim().to_owned();
        Self { expr: Expr::And(vec![self.expr, other.expr]), said }
    }

    /// Passages of the text that a number stands for.
    pub(crate) fn text(key: u64) -> Self {
        Self::of(Expr::Filter(Filter::Text(key)))
    }

    /// Passages that answer the first and not the other.
    pub(crate) fn but_not(self, other: Self) -> Self {
        Self { expr: Expr::And(vec![self.expr, Expr::Not(Box::new(other.expr))]), said: self.said }
    }

    fn of(expr: Expr) -> Self {
        Self { expr, said: String::new() }
    }

    /// The words as they were typed, without fields, operators, and what is excluded: what is asked for by its meaning.
    #[must_use]
    pub fn said(&self) -> &str {
        &self.said
    }

    /// The same query with any words in the place of those that are asked for: its fields, and what it excludes.
    #[must_use]
    pub fn filters(&self) -> Self {
        Self::of(filters(&self.expr))
    }

    /// Whether every passage answers.
    pub(crate) fn is_everything(&self) -> bool {
        self.expr == Expr::All
    }

    /// Understands `text`; a person is matched by the id as typed.
    ///
    /// # Errors
    /// [`QueryError`] names what was not understood and where.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        Self::parse_with(text, &|name| vec![name.to_owned()])
    }

    /// Understands `text`; `persons` turns the name after `person:` into ids, none when nobody has that name.
    ///
    /// # Errors
    /// [`QueryError`] names what was not understood and where.
    pub fn parse_with(text: &str, persons: &dyn Fn(&str) -> Vec<String>) -> Result<Self, QueryError> {
        parse::parse(text, persons)
    }
}

fn filters(expr: &Expr) -> Expr {
    let parts = |parts: &[Expr]| parts.iter().map(filters).collect::<Vec<_>>();
    match expr {
        Expr::And(all) => {
            let mut kept = parts(all);
            kept.retain(|part| *part != Expr::All);
            match kept.len() {
                0 => Expr::All,
                1 => kept.remove(0),
                _ => Expr::And(kept),
            }
        }
        Expr::Or(any) => {
            let kept = parts(any);
            if kept.contains(&Expr::All) { Expr::All } else { Expr::Or(kept) }
        }
        Expr::Words(_) | Expr::Exact(_) | Expr::Sound(_) => Expr::All,
        Expr::All | Expr::Not(_) | Expr::Filter(_) => expr.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_and_what_is_narrowed_by_come_apart() {
        let of = |text: &str| Query::parse(text).unwrap();
        let both = of("où sont les « papiers volés » ? kind:mail -draft (Paris OR lang:fr)");
        assert_eq!(both.said(), "où sont les papiers volés ? Paris");
        assert_eq!(both.filters(), of("kind:mail -draft").filters());
        assert_eq!(of("谁答应过他？ exact:\"a.b\" pinyin:lin").said(), "谁答应过他？ a.b");
        assert!(of("lin muchuan 地产").filters().is_everything());
        assert_eq!(of("kind:mail OR kind:chat").filters().expr, of("kind:mail OR kind:chat").expr);
        assert_eq!(of("-draft").said(), "");
        assert_eq!(of("a").and(of("b kind:mail")).said(), "a b");
    }
}
