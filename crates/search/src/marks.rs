//! Where a query stands in a text.
//!
//! Keeps: marks are in order, don't overlap, and count Unicode scalar values. What a query excludes is never marked.
//! Does not know: the engine; it reads the text again, by the same splitting.

use std::ops::Range;
use std::sync::Arc;

use crate::analysis::token_readings;
use crate::query::{Expr, Phrase, Query};
use crate::tokens::{Token, split};

/// The most marks in one passage.
pub(crate) const MARKS_LIMIT: usize = 1000;

/// What of a query can be marked.
#[derive(Default)]
pub(crate) struct Marker {
    phrases: Vec<Phrase>,
    exact: Vec<String>,
    sounds: Vec<Vec<String>>,
}

impl Marker {
    pub(crate) fn new(query: &Query) -> Arc<Self> {
        let mut marker = Self::default();
        marker.gather(&query.expr);
        Arc::new(marker)
    }

    fn gather(&mut self, expr: &Expr) {
        match expr {
            Expr::And(parts) | Expr::Or(parts) => parts.iter().for_each(|part| self.gather(part)),
            Expr::Words(phrase) => self.phrases.push(phrase.clone()),
            Expr::Exact(text) => self.exact.push(text.clone()),
            Expr::Sound(syllables) if !self.sounds.contains(syllables) => self.sounds.push(syllables.clone()),
            Expr::Sound(_) | Expr::All | Expr::Not(_) | Expr::Filter(_) => {}
        }
    }

    /// The marks in `text`, in characters.
    pub(crate) fn marks(&self, text: &str) -> Vec<Range<usize>> {
        let mut bytes: Vec<Range<usize>> = Vec::new();
        for exact in &self.exact {
            let found = text.match_indices(exact).take(MARKS_LIMIT);
            bytes.extend(found.map(|(at, found)| at..at + found.len()));
        }
        if !self.phrases.is_empty() || !self.sounds.is_empty() {
            let tokens = split(text);
            for phrase in &self.phrases {
                rows(&tokens, phrase.tokens.len(), &mut bytes, |row| stands(row, phrase));
            }
            if !self.sounds.is_empty() {
                self.sounded(&tokens, text, &mut bytes);
            }
        }
        characters(text, merged(bytes))
    }

    fn sounded(&self, tokens: &[Token], text: &str, bytes: &mut Vec<Range<usize>>) {
        let read: Vec<Vec<String>> =
            tokens.iter().map(|token| if token.solo { token_readings(token, text) } else { Vec::new() }).collect();
        for sound in &self.sounds {
            let fits = |at: usize| {
                let mut pairs = sound.iter().zip(read.get(at..).unwrap_or_default());
                pairs.all(|(syllable, readings)| readings.contains(syllable))
            };
            let spelled = |row: &[Token]| {
                let mut pairs = sound.iter().zip(row);
                pairs.all(|(syllable, token)| *syllable == token.text)
            };
            for (at, row) in tokens.windows(sound.len().max(1)).enumerate() {
                if near(row) && (fits(at) || spelled(row)) && bytes.len() < MARKS_LIMIT {
                    bytes.extend(span(row));
                }
            }
        }
    }
}

fn rows(tokens: &[Token], size: usize, bytes: &mut Vec<Range<usize>>, fits: impl Fn(&[Token]) -> bool) {
    for row in tokens.windows(size.max(1)) {
        if bytes.len() == MARKS_LIMIT {
            return;
        }
        if fits(row) {
            bytes.extend(span(row));
        }
    }
}

fn span(row: &[Token]) -> Option<Range<usize>> {
    row.first().zip(row.last()).map(|(first, last)| first.bytes.start..last.bytes.end)
}

fn near(row: &[Token]) -> bool {
    row.windows(2).all(|pair| matches!(pair, [one, other] if other.position == one.position + 1))
}

/// Whether the row is the phrase: same words at the same distances.
fn stands(row: &[Token], phrase: &Phrase) -> bool {
    let (Some(here), Some(there)) = (row.first(), phrase.tokens.first()) else { return false };
    let last = row.len() - 1;
    row.iter().zip(&phrase.tokens).enumerate().all(|(at, (token, asked))| {
        let same =
            if phrase.prefix && at == last { token.text.starts_with(&asked.text) } else { token.text == asked.text };
        same && token.position - here.position == asked.position - there.position
    })
}

fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    let mut out: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match out.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}

/// Byte ranges, in order and apart, as character ranges.
fn characters(text: &str, ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let (mut at, mut count) = (0, 0);
    let mut to = |byte: usize| {
        count += text.get(at..byte).map_or(0, |part| part.chars().count());
        at = byte;
        count
    };
    ranges.into_iter().map(|range| to(range.start)..to(range.end)).collect()
}
