//! Where in a line its characters stand: the recogniser says about where, the ink says where one ends.
//!
//! Keeps: a character's box covers its glyph with a margin, for a black box is laid over it to hide it; where two glyphs touch the
//! margin is wider. A space that is seen between words and was not read is put in. Does not know: what is hidden.

use crate::recognise::{Signs, is_han};
use crate::shape::Slab;
use crate::strip::{BEYOND, Ink, ROWS};

/// Round a glyph, of the line's height.
const MARGIN: f32 = 0.05;
/// Beside a glyph that touches its neighbour, of the line's height.
const TOUCHING: f32 = 0.12;
/// Paper between two letters, in columns of a strip, that no font leaves within a word, and how often the usual paper that is.
const WORD_GAP: (f32, f32) = (15.0, 3.0);
/// The same between a mark that ends a sentence or its part and a letter.
const MARK_GAP: (f32, f32) = (8.0, 2.0);

/// A character and its box.
#[derive(Clone, Debug, PartialEq)]
pub struct Glyph {
    /// Its first character in the line's text, counted in characters.
    pub at: usize,
    /// What it reads.
    pub text: String,
    /// How sure the recogniser is, 0 to 1.
    pub confidence: f32,
    /// Where it stands.
    pub slab: Slab,
}

/// Columns of a glyph.
#[derive(Clone, Copy)]
struct Extent {
    from: f32,
    to: f32,
    /// Whether ink goes on to the left and to the right.
    touches: [bool; 2],
}

/// The text of a line and its characters' boxes, and the line's own box after its ink.
pub fn placed(signs: &Signs, slab: &Slab, ink: Option<&Ink>) -> (String, Vec<Glyph>, Slab) {
    let seen: Vec<_> = signs.signs.iter().enumerate().filter(|(_, sign)| sign.text != " ").collect();
    let columns: Vec<f32> = seen.iter().map(|(_, sign)| sign.column).collect();
    let width = ink.map_or(crate::strip::columns(slab), |ink| ink.width) as f32;
    let extents = extents(&columns, width, ink);
    let (top, bottom) = ink.map_or((BEYOND, BEYOND + ROWS), Ink::rows);
    let pixel = slab.height / ROWS as f32;
    let down = |row: usize| (row as f32 - BEYOND as f32) * pixel;
    let usual = usual_gap(&extents);
    let (mut text, mut glyphs, mut chars) = (String::new(), Vec::new(), 0usize);
    let mut last: Option<(usize, char, f32)> = None;
    for ((n, sign), extent) in seen.iter().zip(&extents) {
        let first = sign.text.chars().next().unwrap_or(' ');
        if let Some((before, letter, end)) = last
            && (n - before > 1 || is_unread_space(letter, first, extent.from - end, usual))
        {
            text.push(' ');
            chars += 1;
        }
        let beside = |touches: bool| if touches { TOUCHING } else { MARGIN } * slab.height;
        let [left, right] = extent.touches.map(beside);
        let even = MARGIN * slab.height;
        let (from, to) = (extent.from * pixel - left + even, extent.to * pixel + right - even);
        let place = slab.part(from, to.max(from), down(top), down(bottom), even);
        glyphs.push(Glyph { at: chars, text: sign.text.clone(), confidence: sign.confidence, slab: place });
        text.push_str(&sign.text);
        chars += sign.text.chars().count();
        last = Some((*n, sign.text.chars().last().unwrap_or(' '), extent.to));
    }
    let ends = extents.first().zip(extents.last()).map(|(first, last)| (first.from * pixel, last.to * pixel));
    let (from, to) = ends.unwrap_or((0.0, slab.length));
    let whole = slab.part(from, to, down(top), down(bottom), MARGIN * slab.height);
    (text, glyphs, whole)
}

/// Whether so much paper between two characters is a space that was not read.
fn is_unread_space(before: char, behind: char, gap: f32, usual: f32) -> bool {
    let mark = matches!(before, '.' | ',' | ';' | ':' | '!' | '?') && behind.is_alphabetic();
    let (least, times) = if mark { MARK_GAP } else { WORD_GAP };
    gap > least && gap > usual * times && !is_han(before) && !is_han(behind)
}

/// Paper between most neighbours.
fn usual_gap(extents: &[Extent]) -> f32 {
    let mut gaps: Vec<f32> =
        extents.iter().zip(extents.iter().skip(1)).map(|(a, b)| (b.from - a.to).max(0.0)).collect();
    gaps.sort_by(f32::total_cmp);
    gaps.get(gaps.len() / 2).copied().unwrap_or_default()
}

fn extents(columns: &[f32], width: f32, ink: Option<&Ink>) -> Vec<Extent> {
    let counts: Vec<usize> =
        ink.map(|ink| (0..ink.width).map(|column| ink.column(column)).collect()).unwrap_or_default();
    // Between neighbours: the end of the one, the start of the other, and whether ink joins them.
    let mut edges: Vec<(f32, f32, bool)> = Vec::with_capacity(columns.len() + 1);
    let outer = outer(&counts, width);
    edges.push((0.0, outer.0.min(columns.first().copied().unwrap_or(0.0)), false));
    for (a, b) in columns.iter().zip(columns.iter().skip(1)) {
        edges.push(parted(&counts, *a, *b));
    }
    edges.push((outer.1.max(columns.last().copied().unwrap_or(width)), width, false));
    edges
        .iter()
        .zip(edges.iter().skip(1))
        .take(columns.len())
        .map(|(left, right)| Extent { from: left.1, to: right.0.max(left.1), touches: [left.2, right.2] })
        .collect()
}

/// First inked column and the one after the last.
fn outer(counts: &[usize], width: f32) -> (f32, f32) {
    let first = counts.iter().position(|n| *n > 0).map_or(0.0, |at| at as f32);
    let last = counts.iter().rposition(|n| *n > 0).map_or(width, |at| (at + 1) as f32);
    (first, last)
}

/// Where two glyphs whose middles are about at `a` and `b` part: in the widest paper between them, else where there is the least
/// ink near halfway.
fn parted(counts: &[usize], a: f32, b: f32) -> (f32, f32, bool) {
    let half = (a + b) / 2.0;
    let (from, to) = (a.max(0.0) as usize, (b.max(0.0) as usize + 1).min(counts.len()));
    let between = counts.get(from..to).unwrap_or_default();
    if between.is_empty() {
        return (half, half, true);
    }
    let mut best: Option<(f32, usize, usize)> = None;
    let mut start = None;
    for (n, count) in between.iter().chain([&usize::MAX]).enumerate() {
        match (count, start) {
            (0, None) => start = Some(n),
            (0, Some(_)) | (_, None) => {}
            (_, Some(began)) => {
                let middle = from as f32 + (began + n) as f32 / 2.0;
                let worth = (n - began) as f32 - (middle - half).abs() / 2.0;
                if best.is_none_or(|(most, ..)| worth > most) {
                    best = Some((worth, from + began, from + n));
                }
                start = None;
            }
        }
    }
    if let Some((_, start, end)) = best {
        return (start as f32, end as f32, false);
    }
    let cost = |(n, count): &(usize, &usize)| **count as f32 + ((from + n) as f32 - half).abs() / 2.0;
    let least = between.iter().enumerate().min_by(|a, b| cost(a).total_cmp(&cost(b)));
    let at = least.map_or(half, |(n, _)| (from + n) as f32 + 0.5);
    (at, at, true)
}
