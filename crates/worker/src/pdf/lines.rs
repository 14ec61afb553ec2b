//! From letters to lines and paragraphs: by where they stand, not by the order in which a program drew them.
//!
//! Keeps: every letter is in one paragraph, but for one that is drawn twice in the same place.
//! Does not know: PDF, columns of a table.

use hayro::kurbo::{Point, Rect, Vec2};

use super::page::Letter;

/// How far baselines of one line may lie apart, in ems.
const SAME_LINE: f64 = 0.3;
/// From here a gap between two letters is a space, in ems, where a line's letters else touch.
const SPACE: f64 = 0.16;
/// The same between two Chinese or Japanese characters, which are often set apart to fill a line.
const WIDE_SPACE: f64 = 0.7;
/// From here a gap ends a piece of a line: another column, another cell.
const COLUMN: f64 = 1.8;
/// How far a letter may stand before the end of the one before it, in ems.
const BACK: f64 = 0.6;
/// Two drawings of a letter this near to one another are one in bold, in ems.
const TWICE: f64 = 0.12;
/// Lines further apart than this many ems are two paragraphs.
const PARAGRAPH: f64 = 1.1;
/// How much of a letter's em is above its baseline.
const ASCENT: f64 = 0.85;

/// A paragraph and the box around it, from the top left of the page, in points.
#[derive(Debug, PartialEq)]
pub struct Paragraph {
    pub text: String,
    pub place: Rect,
}

/// A stretch of letters on one baseline.
struct Piece {
    letters: Vec<Letter>,
    /// Direction of the baseline, and its place across that.
    along: Vec2,
    base: f64,
    start: f64,
    end: f64,
    em: f64,
    /// Place of its first letter in the order of drawing.
    drawn: usize,
}

/// The paragraphs of a page, in the order in which their first letters are drawn.
pub fn paragraphs(letters: Vec<Letter>) -> Vec<Paragraph> {
    let mut pieces = merged(pieces(letters));
    pieces.retain(|piece| piece.letters.iter().any(|letter| !letter.text.trim().is_empty()));
    pieces.sort_by_key(|piece| piece.drawn);
    let mut all: Vec<Paragraph> = Vec::new();
    let mut last: Option<&Piece> = None;
    for piece in &pieces {
        let (text, place) = (piece.text(), piece.place());
        match (all.last_mut(), last.and_then(|last| last.then(piece))) {
            (Some(open), Some(between)) => {
                open.text.push(between);
                open.text.push_str(&text);
                open.place = open.place.union(place);
            }
            _ => all.push(Paragraph { text, place }),
        }
        last = Some(piece);
    }
    all
}

/// Stretches as they were drawn: a letter joins the one before it where it follows it on its line.
fn pieces(letters: Vec<Letter>) -> Vec<Piece> {
    let mut all: Vec<Piece> = Vec::new();
    for (drawn, letter) in letters.into_iter().enumerate() {
        match all.last_mut().filter(|piece| piece.takes(&letter)) {
            Some(piece) => piece.push(letter),
            None => all.push(Piece::of(letter, drawn)),
        }
    }
    all
}

/// Stretches of one line that stand beside one another, joined.
fn merged(mut pieces: Vec<Piece>) -> Vec<Piece> {
    let angle = |piece: &Piece| (piece.along.atan2().to_degrees().round()) as i32;
    pieces.sort_by(|a, b| angle(a).cmp(&angle(b)).then(a.base.total_cmp(&b.base)));
    let mut all: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut line: Vec<Piece> = Vec::new();
    for piece in pieces {
        let apart = line.first().is_some_and(|first| {
            angle(first) != angle(&piece) || piece.base - first.base > SAME_LINE * first.em.min(piece.em)
        });
        if apart {
            joined(std::mem::take(&mut line), &mut all);
        }
        line.push(piece);
    }
    joined(line, &mut all);
    all
}

/// The pieces of one line from its start: those that touch become one.
fn joined(mut line: Vec<Piece>, all: &mut Vec<Piece>) {
    line.sort_by(|a, b| a.start.total_cmp(&b.start).then(a.drawn.cmp(&b.drawn)));
    let from = all.len();
    for piece in line {
        let open = all.get_mut(from..).and_then(|own| own.iter_mut().rev().find(|open| open.touches(&piece)));
        match open {
            Some(open) if open.repeats(&piece) => {}
            Some(open) => {
                open.drawn = open.drawn.min(piece.drawn);
                open.end = open.end.max(piece.end);
                open.em = open.em.max(piece.em);
                open.letters.extend(piece.letters);
            }
            None => all.push(piece),
        }
    }
}

impl Piece {
    fn of(letter: Letter, drawn: usize) -> Self {
        let along = if letter.advance.hypot() > 0.0 { letter.advance.normalize() } else { Vec2::new(1.0, 0.0) };
        let (start, base) = (letter.at.to_vec2().dot(along), across(along, letter.at));
        let end = start + letter.advance.hypot();
        Self { along, base, start, end, em: letter.em, drawn, letters: vec![letter] }
    }

    fn takes(&self, letter: &Letter) -> bool {
        let em = self.em.max(letter.em);
        let same_way = letter.advance.hypot() == 0.0 || letter.advance.normalize().dot(self.along) > 0.999;
        let gap = letter.at.to_vec2().dot(self.along) - self.end;
        same_way
            && (across(self.along, letter.at) - self.base).abs() < SAME_LINE * self.em.min(letter.em)
            && gap < COLUMN * em
            && gap > -BACK * em
    }

    fn push(&mut self, letter: Letter) {
        let start = letter.at.to_vec2().dot(self.along);
        self.end = self.end.max(start + letter.advance.hypot());
        self.em = self.em.max(letter.em);
        self.letters.push(letter);
    }

    /// Whether a piece that begins later on the same line belongs to this one.
    fn touches(&self, later: &Self) -> bool {
        let gap = later.start - self.end;
        let em = self.em.max(later.em);
        self.repeats(later) || (gap < COLUMN * em && gap > -BACK * em)
    }

    /// Whether it is this one drawn again: a shadow, or bold made of two.
    fn repeats(&self, later: &Self) -> bool {
        (later.start - self.start).abs() < TWICE * self.em
            && later.letters.len() == self.letters.len()
            && self.letters.iter().zip(&later.letters).all(|(one, other)| one.text == other.text)
    }

    /// What stands between this piece and the one drawn after it, if they are of one paragraph.
    fn then(&self, next: &Self) -> Option<char> {
        if self.along.dot(next.along) < 0.999 {
            return None;
        }
        let em = self.em.max(next.em);
        let below = next.base - self.base;
        if below.abs() < SAME_LINE * em {
            return (next.start > self.end).then_some('\t');
        }
        let beside = self.start < next.end && next.start < self.end;
        (beside && below > 0.0 && below < (1.0 + PARAGRAPH) * em).then_some('\n')
    }

    /// The box around it.
    fn place(&self) -> Rect {
        let up = Vec2::new(self.along.y, -self.along.x);
        self.letters
            .iter()
            .flat_map(|letter| {
                let (top, bottom) = (up * (letter.em * ASCENT), up * (letter.em * (ASCENT - 1.0)));
                let end = letter.at + letter.advance;
                [letter.at + top, letter.at + bottom, end + top, end + bottom]
            })
            .map(|corner| Rect::from_points(corner, corner))
            .reduce(|one, other| one.union(other))
            .unwrap_or(Rect::ZERO)
    }

    /// Its letters as a text, with spaces where they stand apart.
    fn text(&self) -> String {
        let mut letters: Vec<&Letter> = self.letters.iter().collect();
        let start = |letter: &Letter| letter.at.to_vec2().dot(self.along);
        letters.sort_by(|a, b| start(a).total_cmp(&start(b)));
        letters.dedup_by(|later, one| later.text == one.text && start(later) - start(one) < TWICE * one.em);
        let gaps: Vec<f64> = letters.windows(2).map(|pair| self.gap(pair)).collect();
        let tracking = tracking(&gaps);
        let mut texts: Vec<&str> = Vec::with_capacity(letters.len());
        for (index, letter) in letters.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|before| Some((letters.get(before)?, gaps.get(before)?)));
            if before.is_some_and(|(one, gap)| is_space(one, letter, gap - tracking)) {
                texts.push(" ");
            }
            texts.push(&letter.text);
        }
        logical(&texts)
    }

    /// From the end of one letter to the next, in ems.
    fn gap(&self, pair: &[&Letter]) -> f64 {
        let [one, next] = pair else { return 0.0 };
        let end = one.at.to_vec2().dot(self.along) + one.advance.hypot();
        (next.at.to_vec2().dot(self.along) - end) / one.em.max(next.em)
    }
}

/// Where a baseline lies, across its direction: more is further down for upright text.
fn across(along: Vec2, at: Point) -> f64 {
    at.to_vec2().dot(Vec2::new(-along.y, along.x))
}

/// By how much the letters of a line are set apart throughout, in ems: a quarter of its gaps are no wider.
fn tracking(gaps: &[f64]) -> f64 {
    let mut sorted = gaps.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 4).copied().filter(|_| sorted.len() > 3).unwrap_or(0.0).max(0.0)
}

fn is_space(one: &Letter, next: &Letter, gap: f64) -> bool {
    let blank = |letter: &Letter| letter.text.chars().all(char::is_whitespace);
    let wide = |letter: &Letter| letter.text.chars().all(is_wide);
    !blank(one) && !blank(next) && gap > if wide(one) && wide(next) { WIDE_SPACE } else { SPACE }
}

/// Chinese, Japanese and Korean characters and their punctuation.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// Hebrew and Arabic with their presentation forms.
fn is_leftward(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// Letters from left to right, as they are to be read: a line of Hebrew or Arabic from its right end, what is in it of
/// other scripts the way it is drawn.
fn logical(texts: &[&str]) -> String {
    let leftward = |text: &&&str| text.chars().any(is_leftward);
    let rightward = |text: &&&str| !leftward(text) && text.chars().any(char::is_alphanumeric);
    let count = texts.iter().filter(leftward).count();
    if count == 0 || count < texts.iter().filter(rightward).count() {
        return texts.concat();
    }
    let mut all = String::new();
    let mut run: Vec<&str> = Vec::new();
    for text in texts.iter().rev() {
        if rightward(&text) || (!run.is_empty() && !leftward(&text) && !text.trim().is_empty()) {
            run.push(text);
        } else {
            all.extend(run.drain(..).rev());
            all.push_str(text);
        }
    }
    all.extend(run.drain(..).rev());
    all
}
