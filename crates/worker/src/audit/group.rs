//! Letters to words and lines.
//!
//! Keeps: letters stay in the order in which they were drawn. Does not know: what is seen.

use casemate_ports::hidden::Hiding;
use hayro::kurbo::Rect;

use super::witness::Letter;

/// A gap from which on there is a space between two letters, in heights of their font.
const SPACE: f64 = 0.22;
/// A gap from which on two letters are not of one line, in heights of a letter.
const APART: f64 = 4.0;
/// Longest text of one group, bytes.
const MAX_WORDS: usize = 4096;

/// What became of a letter, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is seen.
    Seen,
    /// It can't be judged.
    Unknown,
    /// It is not seen.
    Hidden(Hiding),
}

/// Letters of one line that have the same fate.
#[derive(Debug)]
pub struct Group {
    /// Their fate.
    pub how: Hiding,
    /// What they say.
    pub words: String,
    /// Where they stand, pixels.
    pub bounds: Rect,
    /// How many.
    pub letters: u64,
    /// Which, with a mark before each that begins a word.
    members: Vec<(bool, usize)>,
}

impl Group {
    /// Letters and digits.
    pub fn letters_and_digits(&self) -> usize {
        self.words.chars().filter(|c| c.is_alphanumeric()).count()
    }

    /// Whether it says something: two letters or digits, or one character that is a word.
    pub fn says_something(&self) -> bool {
        let wide = |c: char| c as u32 >= 0x2e80;
        self.words.chars().filter(|c| c.is_alphanumeric()).map(|c| if wide(c) { 2 } else { 1 }).sum::<usize>() >= 2
            || (self.words.is_empty() && self.letters >= 3)
    }

    /// Its letters, word by word.
    pub fn words_apart(&self) -> Vec<Vec<usize>> {
        let mut out: Vec<Vec<usize>> = Vec::new();
        for (begins, n) in &self.members {
            match out.last_mut().filter(|_| !begins) {
                Some(word) => word.push(*n),
                None => out.push(vec![*n]),
            }
        }
        out
    }
}

/// Joins letters that follow one another in a line and share the answer of `how`; those that have none, and are no
/// mere spaces, end a group.
pub fn groups(letters: &[Letter], fates: &[Fate], how: impl Fn(usize) -> Option<Hiding>) -> Vec<Group> {
    let mut out: Vec<Group> = Vec::new();
    let mut open = false;
    let mut space = false;
    let mut last: Option<&Letter> = None;
    for (n, letter) in letters.iter().enumerate() {
        let Some(kind) = how(n) else {
            let blank = letter.text.chars().all(char::is_whitespace) && !letter.text.is_empty();
            space |= blank;
            open &= blank || (fates.get(n) == Some(&Fate::Unknown) && !letter.text.chars().any(char::is_alphanumeric));
            continue;
        };
        let blank = letter.text.chars().all(char::is_whitespace) && !letter.text.is_empty();
        let gap = last.map(|l| gap(l, letter));
        let joins = open && gap.is_some_and(|g| g < APART);
        if blank {
            space = true;
            continue;
        }
        let begins = !joins || space || gap.is_none_or(|g| g > SPACE);
        match out.last_mut().filter(|g| joins && g.how == kind && g.words.len() < MAX_WORDS) {
            Some(group) => {
                if begins && !group.words.is_empty() {
                    group.words.push(' ');
                }
                group.words.push_str(&letter.text);
                group.bounds = group.bounds.union(letter.bounds);
                group.letters += 1;
                group.members.push((begins, n));
            }
            None => out.push(Group {
                how: kind,
                words: letter.text.clone(),
                bounds: letter.bounds,
                letters: 1,
                members: vec![(true, n)],
            }),
        }
        open = true;
        space = false;
        last = Some(letter);
    }
    out
}

/// How far apart two letters are, in heights of a letter; far where they are not in one line.
fn gap(before: &Letter, letter: &Letter) -> f64 {
    let (a, b) = (before.bounds, letter.bounds);
    let font = |l: &Letter, else_: f64| l.em.unwrap_or(else_).max(0.5);
    let tall = font(before, a.height()).max(font(letter, b.height()));
    let wide = font(before, a.width()).max(font(letter, b.width()));
    let across = (b.x0 - a.x1).max(a.x0 - b.x1).max(0.0);
    let down = (b.y0 - a.y1).max(a.y0 - b.y1).max(0.0);
    // Lines that run down the page are lines as well.
    if down <= 0.3 * tall {
        across / tall
    } else if across <= 0.3 * wide {
        down / wide
    } else {
        f64::INFINITY
    }
}
