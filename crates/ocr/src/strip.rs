//! A line laid level: the pixels of a slab at the height that recognisers read, and its ink.
//!
//! Keeps: a strip is no longer than [`MAX_WIDTH`]; big letters are made small by means, not by leaving pixels out.
//! Does not know: characters.

use crate::picture::Picture;
use crate::shape::Slab;

/// Rows of a strip.
pub const ROWS: usize = 48;
/// Longest strip, columns.
pub const MAX_WIDTH: usize = 48 * 400;
/// Columns of a strip are a multiple of this.
const STEP: usize = 8;
/// Shortest strip that is read; a shorter one is filled with grey.
const MIN_WIDTH: usize = 96;
/// Most samples a column of a strip is the mean of.
const MAX_SAMPLES: f32 = 4.0;
/// Rows above and below the strip in which ink is looked for.
pub const BEYOND: usize = 12;
/// Least difference of paper and ink.
const CONTRAST: f32 = 14.0;
const HALF: f32 = 127.5;

/// Columns that a slab fills.
pub fn columns(slab: &Slab) -> usize {
    let wide = slab.length * ROWS as f32 / slab.height.max(1.0);
    (wide.ceil() as usize).clamp(1, MAX_WIDTH)
}

/// Numbers for a recogniser: three planes of [`ROWS`] rows, from -1 to 1, and how many columns a row has.
pub fn planes(picture: &Picture<'_>, slab: &Slab) -> (Vec<f32>, usize) {
    let filled = columns(slab);
    let width = filled.next_multiple_of(STEP).max(MIN_WIDTH);
    let size = width * ROWS;
    let mut planes = vec![0.0f32; size * 3];
    for row in 0..ROWS {
        for column in 0..filled {
            let [r, g, b] = sample(picture, slab, column as f32, row as f32, filled);
            for (plane, value) in [b, g, r].into_iter().enumerate() {
                if let Some(to) = planes.get_mut(plane * size + row * width + column) {
                    *to = value / HALF - 1.0;
                }
            }
        }
    }
    (planes, width)
}

/// The colour at a column and row of the strip.
fn sample(picture: &Picture<'_>, slab: &Slab, column: f32, row: f32, filled: usize) -> [f32; 3] {
    let (across, down) = (slab.length / filled as f32, slab.height / ROWS as f32);
    let (n, m) = (across.round().clamp(1.0, MAX_SAMPLES), down.round().clamp(1.0, MAX_SAMPLES));
    let mut sum = [0.0f32; 3];
    for i in 0..n as usize {
        for j in 0..m as usize {
            let along = (column + (i as f32 + 0.5) / n) * across;
            let below = (row + (j as f32 + 0.5) / m) * down;
            let at = slab.place(along, below);
            let colour = picture.between(at.x - 0.5, at.y - 0.5);
            sum.iter_mut().zip(colour).for_each(|(sum, v)| *sum += v);
        }
    }
    sum.map(|v| v / (n * m))
}

/// Where a strip is inked, and [`BEYOND`] rows above and below it.
pub struct Ink {
    /// Columns.
    pub width: usize,
    /// Row after row.
    marks: Vec<bool>,
}

impl Ink {
    /// Looks at a slab; none where nothing stands out.
    pub fn of(picture: &Picture<'_>, slab: &Slab) -> Option<Self> {
        let width = columns(slab);
        let mut tones = Vec::with_capacity(width * (ROWS + 2 * BEYOND));
        for row in 0..ROWS + 2 * BEYOND {
            for column in 0..width {
                let [r, g, b] = sample(picture, slab, column as f32, row as f32 - BEYOND as f32, width);
                tones.push((0.299 * r + 0.587 * g + 0.114 * b) as u8);
            }
        }
        let (edge, dark, light) = parted(tones.get(width * BEYOND..width * (BEYOND + ROWS)).unwrap_or_default())?;
        if light.mean - dark.mean < CONTRAST {
            return None;
        }
        let dark_ink = dark.count <= light.count;
        // Halfway to the paper counts as ink: soft edges are part of a letter.
        let paper = if dark_ink { light.mean } else { dark.mean };
        let soft = (f32::from(edge) + paper) / 2.0;
        let marks = tones.iter().map(|tone| (f32::from(*tone) < soft) == dark_ink).collect();
        Some(Self { width, marks })
    }

    fn is(&self, column: usize, row: usize) -> bool {
        self.marks.get(row * self.width + column).copied().unwrap_or_default()
    }

    /// Inked places of a column, within the strip itself.
    pub fn column(&self, column: usize) -> usize {
        (BEYOND..BEYOND + ROWS).filter(|row| self.is(column, *row)).count()
    }

    /// First row of the ink round the middle of the strip and first row below it; rows count from [`BEYOND`] above the strip.
    pub fn rows(&self) -> (usize, usize) {
        let all = ROWS + 2 * BEYOND;
        let inked: Vec<bool> =
            (0..all).map(|row| (0..self.width).filter(|column| self.is(*column, row)).count() >= FEW).collect();
        // Over a gap there is an accent, or the next line: beyond the strip it is the next line.
        let reach = |rows: &mut dyn Iterator<Item = usize>| {
            let (mut last, mut gap, mut over) = (None, 0, false);
            for row in rows {
                let within = (BEYOND..BEYOND + ROWS).contains(&row);
                if inked.get(row).copied().unwrap_or_default() && (within || !over) {
                    over |= gap > 0 && last.is_some();
                    (last, gap) = (Some(row), 0);
                } else {
                    gap += 1;
                    if last.is_some() && (gap > GAP || !within) {
                        break;
                    }
                }
            }
            last
        };
        let middle = all / 2;
        let top = reach(&mut (0..middle).rev()).unwrap_or(middle);
        let bottom = reach(&mut (middle..all)).unwrap_or(middle);
        (top, bottom + 1)
    }
}

/// Inked places in a row that are no speck.
const FEW: usize = 2;
/// Rows between a letter and its accent at most.
const GAP: usize = 5;

/// Tones on one side of an edge.
#[derive(Clone, Copy, Default)]
struct Side {
    count: f32,
    mean: f32,
}

/// The tone that parts dark from light best. (Otsu.)
fn parted(tones: &[u8]) -> Option<(u8, Side, Side)> {
    let mut counts = [0u32; 256];
    for tone in tones {
        if let Some(count) = counts.get_mut(usize::from(*tone)) {
            *count += 1;
        }
    }
    let whole: f64 = tones.iter().map(|t| f64::from(*t)).sum();
    let (mut count, mut sum) = (0.0f64, 0.0f64);
    let mut best: Option<(f64, (u8, Side, Side))> = None;
    for (tone, n) in (0u8..=254).zip(counts) {
        count += f64::from(n);
        sum += f64::from(n) * f64::from(tone);
        let rest = tones.len() as f64 - count;
        if count == 0.0 || rest == 0.0 {
            continue;
        }
        let (dark, light) = (sum / count, (whole - sum) / rest);
        let between = count * rest * (light - dark) * (light - dark);
        if best.as_ref().is_none_or(|(b, _)| between > *b) {
            let side = |count: f64, mean: f64| Side { count: count as f32, mean: mean as f32 };
            best = Some((between, (tone, side(count, dark), side(rest, light))));
        }
    }
    best.map(|(_, parted)| parted)
}
