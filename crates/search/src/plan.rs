//! The tree as the engine's query.
//!
//! Keeps: every clause means the same alone and inside others. Does not know: how the query was written, order, pages.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query as EngineQuery,
    RangeQuery, RegexPhraseQuery, RegexQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use crate::analysis::{BREAK_MARK, CUT_MARK, bigram, parted};
use crate::exact::ExactQuery;
use crate::failure::Failure;
use crate::fold::{Class, fold_char};
use crate::query::{Expr, Filter, Phrase, Query};
use crate::schema::Fields;
use crate::tokens::Token;

/// What a sound counts beside the written word.
const SOUND_WEIGHT: f32 = 0.2;

type Planned = Box<dyn EngineQuery>;

struct Planner<'a> {
    fields: &'a Fields,
    failure: &'a Failure,
}

/// The engine's query for `query`.
pub(crate) fn plan(query: &Query, fields: &Fields, failure: &Failure) -> Planned {
    Planner { fields, failure }.expr(&query.expr)
}

fn none() -> Planned {
    Box::new(EmptyQuery)
}

fn any(mut ways: Vec<Planned>) -> Planned {
    match ways.len() {
        0 => none(),
        1 => ways.remove(0),
        _ => Box::new(BooleanQuery::union(ways)),
    }
}

fn all(mut parts: Vec<Planned>) -> Planned {
    if parts.len() == 1 { parts.remove(0) } else { Box::new(BooleanQuery::intersection(parts)) }
}

fn unscored(query: Planned) -> Planned {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

impl Planner<'_> {
    fn expr(&self, expr: &Expr) -> Planned {
        match expr {
            Expr::All => unscored(Box::new(AllQuery)),
            Expr::And(parts) => self.and(parts),
            Expr::Or(ways) => any(ways.iter().map(|way| self.expr(way)).collect()),
            Expr::Not(_) => self.and(std::slice::from_ref(expr)),
            Expr::Words(phrase) => self.words(self.fields.text, phrase),
            Expr::Exact(text) => self.exact(text),
            Expr::Sound(syllables) => self.sound(syllables),
            Expr::Filter(filter) => unscored(self.filter(filter)),
        }
    }

    fn and(&self, parts: &[Expr]) -> Planned {
        let mut clauses: Vec<(Occur, Planned)> = Vec::with_capacity(parts.len() + 1);
        for part in parts {
            clauses.push(match part {
                Expr::Not(inner) => (Occur::MustNot, self.expr(inner)),
                other => (Occur::Must, self.expr(other)),
            });
        }
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            clauses.push((Occur::Must, unscored(Box::new(AllQuery))));
        }
        if let [(Occur::Must, _)] = clauses.as_slice() {
            return clauses.remove(0).1;
        }
        Box::new(BooleanQuery::new(clauses))
    }

    fn term(&self, field: Field, text: &str) -> Planned {
        Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs))
    }

    fn words(&self, field: Field, phrase: &Phrase) -> Planned {
        if phrase.prefix {
            return self.prefix(field, phrase);
        }
        self.row(field, &cover(&phrase.tokens))
    }

    fn row(&self, field: Field, terms: &[(usize, String)]) -> Planned {
        match terms {
            [] => none(),
            [(_, only)] => self.term(field, only),
            _ => {
                let term = |(offset, text): &(usize, String)| (*offset, Term::from_field_text(field, text));
                Box::new(PhraseQuery::new_with_offset(terms.iter().map(term).collect()))
            }
        }
    }

    fn prefix(&self, field: Field, phrase: &Phrase) -> Planned {
        let Some((last, before)) = phrase.tokens.split_last() else { return none() };
        let going_on = format!("{}.*", literal(&last.text));
        if before.is_empty() {
            return self.pattern(field, &going_on);
        }
        let mut patterns: Vec<(usize, String)> =
            cover(before).into_iter().map(|(offset, text)| (offset, literal(&text))).collect();
        let first = before.first().map_or(0, |token| token.position);
        if before.last().is_some_and(|token| parted(token, last)) {
            patterns.push((last.position - first - 1, BREAK_MARK.to_owned()));
        }
        patterns.push((last.position - first, going_on));
        let mut query = RegexPhraseQuery::new_with_offset(field, patterns);
        query.set_max_expansions(u32::MAX);
        Box::new(query)
    }

    fn pattern(&self, field: Field, pattern: &str) -> Planned {
        match RegexQuery::from_pattern(pattern, field) {
            Ok(query) => Box::new(query),
            Err(error) => {
                self.failure.put(error);
                none()
            }
        }
    }

    fn sound(&self, syllables: &[String]) -> Planned {
        let terms: Vec<(usize, String)> = syllables.iter().cloned().enumerate().collect();
        let heard = Box::new(BoostQuery::new(self.row(self.fields.sound, &terms), SOUND_WEIGHT));
        // The same name spelled in Latin letters, a syllable a word.
        any(vec![heard, self.row(self.fields.text, &terms)])
    }

    /// Passages whose stored text holds the very characters, out of those that may.
    fn exact(&self, text: &str) -> Planned {
        let may = match Phrase::of(text, false) {
            Some(phrase) => any(vec![
                self.may_hold(&phrase, open_start(text), open_end(text)),
                // A run inside a word that was cut can't be told from its pieces.
                self.term(self.fields.text, CUT_MARK),
            ]),
            None => Box::new(AllQuery),
        };
        Box::new(ExactQuery::new(may, text.to_owned(), self.fields.clone(), self.failure.clone()))
    }

    /// Passages that hold every whole word of the phrase, and words that end or begin as its edges do.
    fn may_hold(&self, phrase: &Phrase, open_start: bool, open_end: bool) -> Planned {
        let field = self.fields.text;
        let last = phrase.tokens.len() - 1;
        let mut parts = Vec::new();
        let mut whole: Vec<Token> = Vec::new();
        for (at, token) in phrase.tokens.iter().enumerate() {
            let (before, after) = (at == 0 && open_start, at == last && open_end);
            if token.solo || !before && !after {
                whole.push(token.clone());
                continue;
            }
            let (head, tail) = (if before { ".*" } else { "" }, if after { ".*" } else { "" });
            parts.push(self.pattern(field, &format!("{head}{}{tail}", literal(&token.text))));
        }
        parts.extend(cover(&whole).iter().map(|(_, text)| self.term(field, text)));
        unscored(all(parts))
    }

    fn filter(&self, filter: &Filter) -> Planned {
        let fields = self.fields;
        let exactly = |term| -> Planned { Box::new(TermQuery::new(term, IndexRecordOption::Basic)) };
        let whole = |field, from: Bound<i64>, to: Bound<i64>| -> Planned {
            let term = |value| Term::from_field_i64(field, value);
            Box::new(RangeQuery::new(from.map(term), to.map(term)))
        };
        match filter {
            Filter::Kind(kind) => exactly(Term::from_field_text(fields.kind, kind)),
            Filter::Language(tag) => exactly(Term::from_field_text(fields.language, tag)),
            Filter::Persons(ids) => {
                Box::new(TermSetQuery::new(ids.iter().map(|id| Term::from_field_text(fields.person, id))))
            }
            Filter::Speaker(phrase) => self.words(fields.speaker, phrase),
            Filter::ExhibitNo(from, to) => {
                let term = |value| Term::from_field_u64(fields.number, value);
                Box::new(RangeQuery::new(Bound::Included(term(*from)), Bound::Included(term(*to))))
            }
            Filter::Exhibit(id) => exactly(fields.exhibit_term(id)),
            Filter::Derivative(id) => exactly(fields.derivative_term(id)),
            Filter::Text(key) => exactly(Term::from_field_u64(fields.text_key, *key)),
            Filter::StartsBefore(second) => whole(fields.start, Bound::Unbounded, Bound::Excluded(*second)),
            Filter::EndsAfter(second) => whole(fields.end, Bound::Included(*second), Bound::Unbounded),
            Filter::During(when) => all(vec![
                whole(fields.start, Bound::Unbounded, Bound::Excluded(when.end())),
                whole(fields.end, Bound::Included(when.start()), Bound::Unbounded),
            ]),
        }
    }
}

/// The fewest terms that fix every token of a row: bigrams where characters stand together.
fn cover(tokens: &[Token]) -> Vec<(usize, String)> {
    let first = tokens.first().map_or(0, |token| token.position);
    let mut terms = Vec::with_capacity(tokens.len());
    let mut covered = 0;
    for (at, token) in tokens.iter().enumerate() {
        let offset = token.position - first;
        if let Some(pair) = tokens.get(at + 1).and_then(|next| bigram(token, next)) {
            // Every other bigram is enough, and the last of an odd run.
            let third = tokens.get(at + 1).zip(tokens.get(at + 2)).is_some_and(|(a, b)| bigram(a, b).is_some());
            if covered <= at || !third && covered < at + 2 {
                terms.push((offset, pair));
                covered = at + 2;
            }
        } else if covered <= at {
            terms.push((offset, token.text.clone()));
            covered = at + 1;
        }
        if tokens.get(at + 1).is_some_and(|next| parted(token, next)) {
            terms.push((offset + 1, BREAK_MARK.to_owned()));
        }
    }
    terms
}

/// A pattern that matches `text` only.
fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() && !c.is_ascii_alphanumeric() {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Whether a word may begin before the text does: its first visible character is of a word.
fn open_start(text: &str) -> bool {
    first_class(text.chars()) == Some(Class::Word)
}

fn open_end(text: &str) -> bool {
    first_class(text.chars().rev()) == Some(Class::Word)
}

fn first_class(chars: impl Iterator<Item = char>) -> Option<Class> {
    for c in chars {
        let mut found = None;
        fold_char(c, |_, class| found = found.or(Some(class)));
        if found.is_some() {
            return found;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fewest_terms_fix_a_row() {
        let shown = |text: &str| {
            let tokens = crate::tokens::split(text);
            cover(&tokens).iter().map(|(at, term)| format!("{term}@{at}")).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(shown("林"), "林@0");
        assert_eq!(shown("林慕"), "林慕@0");
        assert_eq!(shown("林慕川"), "林慕@0 慕川@1");
        assert_eq!(shown("林慕川来"), "林慕@0 川来@2");
        assert_eq!(shown("林慕川来了"), "林慕@0 川来@2 来了@3");
        assert_eq!(shown("a林b"), "a@0 林@1 b@2");
        assert_eq!(shown("林慕 a, 川"), "林慕@0 a@2 BREAK@3 川@4");
    }
}
