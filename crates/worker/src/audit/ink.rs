//! Whether a letter is seen: the picture of the page is compared with the ink that the letter should have put there.
//!
//! The picture is fitted to the letter's ink by least squares, over the pixels of its box in which no other letter has
//! ink. A letter that is seen explains the picture (correlation) by a difference that an eye can tell (slope). This
//! holds whatever lies above or below it, and whatever hides it.
//!
//! Keeps: a letter that can't be judged is never called hidden. Does not know: why a letter is not seen.

use super::mask::{Mask, pixels};
use super::witness::{Letter, brightness};
use hayro::kurbo::Rect;

/// Difference between ink and paper from which on an eye can tell them apart, levels of 255.
const TELLS: f64 = 5.0;
/// Share of the picture that a letter must explain (square of the correlation).
const EXPLAINS: f64 = 0.08;
/// Least ink, and least paper round it, by which a letter is judged, pixels.
const LEAST: f64 = 1.5;
/// What counts as ink of another letter, in hundredths of a pixel.
const OTHERS: u32 = 6;
/// Difference of brightness from which on something is drawn in a box, levels of 255.
const DRAWN: i32 = 20;
/// Share of a box's pixels, in thousandths, from which on something is drawn in it.
const DRAWN_SHARE: usize = 15;

/// A page in pixels.
pub struct Sheet {
    /// Columns.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Red, green, blue and opacity, row after row.
    pub pixels: Vec<[u8; 4]>,
}

/// What became of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// It is seen.
    Seen,
    /// The picture does not show it.
    Unseen,
    /// Too little of it to judge.
    Unknown,
}

impl Sheet {
    /// The whole of it.
    pub fn frame(&self) -> Rect {
        Rect::new(0.0, 0.0, self.width as f64, self.height as f64)
    }

    fn at(&self, x: usize, y: usize) -> Option<[u8; 4]> {
        self.pixels.get(y * self.width + x).copied()
    }

    /// Every brightness in a box.
    fn values(&self, r: Rect) -> Vec<u8> {
        let (left, top, right, bottom) = pixels(r, self.width, self.height);
        let cells = (top..bottom).flat_map(|y| (left..right).map(move |x| (x, y)));
        cells.filter_map(|(x, y)| self.at(x, y)).map(|[r, g, b, _]| brightness([r, g, b])).collect()
    }

    /// The one brightness that a box shows all over; `None` where something is drawn in it.
    pub fn uniform(&self, r: Rect) -> Option<u8> {
        let mut values = self.values(r);
        let half = values.len() / 2;
        let (_, middle, _) = (!values.is_empty()).then(|| values.select_nth_unstable(half))?;
        let middle = *middle;
        let differ = values.iter().filter(|v| (i32::from(**v) - i32::from(middle)).abs() > DRAWN).count();
        (differ * 1000 <= values.len() * DRAWN_SHARE).then_some(middle)
    }
}

/// Hundredths of ink of all letters, pixel by pixel.
pub struct AllInk {
    width: usize,
    sums: Vec<u16>,
}

impl AllInk {
    /// The ink of all `masks` on a sheet.
    pub fn of<'a>(sheet: &Sheet, masks: impl Iterator<Item = &'a Mask>) -> Self {
        let mut all = Self { width: sheet.width, sums: vec![0; sheet.pixels.len()] };
        for mask in masks {
            mask.each(|x, y, ink| {
                if let Some(sum) = all.sums.get_mut(y * all.width + x) {
                    *sum = sum.saturating_add(hundredths(ink) as u16);
                }
            });
        }
        all
    }

    fn others(&self, x: usize, y: usize, own: f32) -> u32 {
        let all = self.sums.get(y * self.width + x).copied().unwrap_or(0);
        u32::from(all).saturating_sub(hundredths(own))
    }
}

fn hundredths(ink: f32) -> u32 {
    (ink * 100.0).round() as u32
}

/// Sums of a fit of one colour to the ink.
#[derive(Clone, Copy, Default)]
struct Fit {
    y: f64,
    yy: f64,
    xy: f64,
}

/// Whether a letter with that ink is seen.
pub fn sight(sheet: &Sheet, all: &AllInk, mask: &Mask) -> Sight {
    let (mut n, mut x, mut xx) = (0.0, 0.0, 0.0);
    let mut fits = [Fit::default(); 3];
    mask.each(|column, row, ink| {
        if all.others(column, row, ink) > OTHERS {
            return;
        }
        let Some(colour) = sheet.at(column, row) else { return };
        let ink = f64::from(ink);
        n += 1.0;
        x += ink;
        xx += ink * ink;
        for (fit, value) in fits.iter_mut().zip(colour) {
            let value = f64::from(value);
            fit.y += value;
            fit.yy += value * value;
            fit.xy += ink * value;
        }
    });
    if x < LEAST || n - x < LEAST {
        return Sight::Unknown;
    }
    let spread = xx - x * x / n;
    if spread <= 0.0 {
        return Sight::Unknown;
    }
    let seen = fits.iter().any(|fit| {
        let together = fit.xy - x * fit.y / n;
        let whole = fit.yy - fit.y * fit.y / n;
        let slope = together / spread;
        slope.abs() >= TELLS && together * together >= EXPLAINS * spread * whole
    });
    if seen { Sight::Seen } else { Sight::Unseen }
}

/// Whether a letter without an outline is seen: anything drawn in its box.
pub fn sight_of_box(sheet: &Sheet, letter: &Letter) -> Sight {
    let inside = letter.bounds.intersect(sheet.frame());
    if inside.area() < LEAST {
        return Sight::Unknown;
    }
    match sheet.uniform(letter.bounds.inflate(1.0, 1.0)) {
        Some(_) => Sight::Unseen,
        None => Sight::Seen,
    }
}
