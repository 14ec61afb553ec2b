//! Names in text: every form in which a person's name may stand in a passage, in Han, pinyin and Latin, exact or as
//! a speech engine mishears it.
//!
//! Keeps: an occurrence is a range of characters of one passage and says how sure it is; too many are offered rather
//! than too few, for a person reviews them. Does not know: plans, audiences, where the passages come from.

mod pattern;
mod sound;
mod unit;

use crate::person::{Person, PersonId};
use pattern::Pattern;
pub use unit::fold_latin;

/// How sure it is that an occurrence is the person's name, surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sure {
    /// The name as the people table has it, or its pinyin.
    Exact,
    /// A part of it (given name or surname alone, a title and the surname).
    Part,
    /// Other characters that sound the same.
    Sounds,
    /// Latin letters that sound nearly the same.
    Near,
}

/// A name found in a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// Index of the passage among those searched.
    pub passage: usize,
    /// First character (Unicode scalar values).
    pub at: usize,
    /// How many characters.
    pub chars: usize,
    /// Whose name.
    pub person: PersonId,
    /// How sure.
    pub sure: Sure,
}

impl Occurrence {
    /// First character after the occurrence.
    #[must_use]
    pub fn end(&self) -> usize {
        self.at + self.chars
    }
}

/// The compiled forms of the names of several people.
pub struct NameFinder {
    patterns: Vec<(PersonId, Vec<Pattern>)>,
}

impl NameFinder {
    /// Compiles the names of `people`.
    #[must_use]
    pub fn new<'a>(people: impl IntoIterator<Item = &'a Person>) -> Self {
        let patterns = people.into_iter().map(|p| (p.id, pattern::compile(&p.names))).collect();
        Self { patterns }
    }

    /// Every occurrence in `passages`, by passage and place. Overlapping finds of one person are merged into the
    /// longest run, with the surest grade among them.
    #[must_use]
    pub fn find<'a>(&self, passages: impl IntoIterator<Item = &'a str>) -> Vec<Occurrence> {
        let mut found = Vec::new();
        let longest = self.patterns.iter().flat_map(|(_, all)| all).map(Pattern::longest).max().unwrap_or(0);
        for (passage, text) in passages.into_iter().enumerate() {
            let units = unit::units(text);
            let han = |(_, patterns): &(PersonId, Vec<Pattern>)| patterns.iter().flat_map(|p| p.find(&units)).collect();
            let mut hits: Vec<Vec<Hit>> = self.patterns.iter().map(han).collect();
            pattern::each_run(&units, longest, |run| {
                for (hits, (_, patterns)) in hits.iter_mut().zip(&self.patterns) {
                    hits.extend(patterns.iter().filter_map(|p| p.is(run)));
                }
            });
            for ((person, _), hits) in self.patterns.iter().zip(hits) {
                found.extend(merged(hits).into_iter().map(|Hit { at, end, sure, .. }| Occurrence {
                    passage,
                    at,
                    chars: end - at,
                    person: *person,
                    sure,
                }));
            }
        }
        found.sort_by_key(|o| (o.passage, o.at, o.chars, o.person));
        found
    }
}

/// The score of a find that is no guess.
const CERTAIN: u32 = 1000;

/// A find of one pattern: characters, grade, likeness per mille.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Hit {
    at: usize,
    end: usize,
    sure: Sure,
    score: u32,
}

impl Hit {
    fn certain(at: usize, end: usize, sure: Sure) -> Self {
        Self { at, end, sure, score: CERTAIN }
    }

    fn overlaps(&self, other: &Self) -> bool {
        self.at < other.end && other.at < self.end
    }
}

/// Certain finds that overlap become one; a guess stays only where nothing surer or likelier overlaps it.
fn merged(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.sort_unstable();
    let (guesses, certain): (Vec<Hit>, Vec<Hit>) = hits.into_iter().partition(|h| h.sure == Sure::Near);
    let mut out: Vec<Hit> = Vec::new();
    for hit in certain {
        match out.last_mut() {
            Some(last) if hit.at < last.end => {
                last.end = last.end.max(hit.end);
                last.sure = last.sure.min(hit.sure);
            }
            _ => out.push(hit),
        }
    }
    let mut guesses = guesses;
    guesses.sort_by_key(|h| (std::cmp::Reverse(h.score), h.at, h.end));
    for guess in guesses {
        if !out.iter().any(|taken| taken.overlaps(&guess)) {
            out.push(guess);
        }
    }
    out.sort_unstable();
    out
}

#[cfg(test)]
mod tests;
