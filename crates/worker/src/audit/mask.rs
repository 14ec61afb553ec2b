//! Where a path puts ink: its share of each pixel.
//!
//! Keeps: exact across a row, four rows a pixel; never larger than the frame it is given. Does not know: colours.

use hayro::kurbo::{self, BezPath, PathEl, Point, Rect, Shape};

/// Rows that are looked at in a pixel.
const ROWS: i32 = 4;
/// How far a curve may lie beside its lines, pixels.
const TOLERANCE: f64 = 0.1;
/// Most lines of one path.
const MAX_LINES: usize = 200_000;

/// The ink of one path.
#[derive(Debug, Default)]
pub struct Mask {
    /// Column of its left edge.
    pub left: usize,
    /// Row of its top edge.
    pub top: usize,
    /// Columns.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Row after row: 0 where there is no ink, 1 where it fills the pixel.
    pub ink: Vec<f32>,
}

/// The pixels that a rectangle touches, within a picture of `width` and `height`: left, top, right, bottom.
pub fn pixels(r: Rect, width: usize, height: usize) -> (usize, usize, usize, usize) {
    let clamp = |v: f64, most: usize| v.clamp(0.0, most as f64) as usize;
    (clamp(r.x0.floor(), width), clamp(r.y0.floor(), height), clamp(r.x1.ceil(), width), clamp(r.y1.ceil(), height))
}

impl Mask {
    /// The ink of a path in pixels within a picture of that size, with a margin of one pixel.
    pub fn of(path: &BezPath, width: usize, height: usize) -> Self {
        let bounds = path.bounding_box().inflate(1.0, 1.0);
        let (left, top, right, bottom) = pixels(bounds, width, height);
        let (width, height) = (right.saturating_sub(left), bottom.saturating_sub(top));
        let mut mask = Self { left, top, width, height, ink: vec![0.0; width * height] };
        let lines = lines(path);
        if width > 0 && lines.len() <= MAX_LINES {
            mask.fill(&lines);
        }
        mask
    }

    /// Every pixel of its frame: column, row, ink.
    pub fn each(&self, mut see: impl FnMut(usize, usize, f32)) {
        for (y, row) in self.ink.chunks(self.width.max(1)).enumerate() {
            for (x, ink) in row.iter().enumerate() {
                see(self.left + x, self.top + y, *ink);
            }
        }
    }

    fn fill(&mut self, lines: &[(Point, Point)]) {
        let mut crossings: Vec<(f64, i32)> = Vec::new();
        // Only the lines that cross a row are looked at in it.
        let mut rows: Vec<Vec<usize>> = vec![Vec::new(); self.height];
        for (n, (a, b)) in lines.iter().enumerate() {
            let first = (a.y.min(b.y).floor() - self.top as f64).max(0.0) as usize;
            let last = (a.y.max(b.y).ceil() - self.top as f64).max(0.0) as usize;
            for row in rows.iter_mut().take(last.min(self.height)).skip(first) {
                row.push(n);
            }
        }
        for (y, near) in rows.iter().enumerate() {
            for sub in 0..ROWS {
                let at = (self.top + y) as f64 + (f64::from(sub) + 0.5) / f64::from(ROWS);
                crossings.clear();
                crossings.extend(near.iter().filter_map(|n| lines.get(*n)).filter_map(|line| crossing(line, at)));
                crossings.sort_by(|a, b| a.0.total_cmp(&b.0));
                let mut winding = 0;
                let mut from = 0.0;
                for (x, turn) in &crossings {
                    if winding != 0 {
                        self.span(y, from, *x);
                    }
                    winding += turn;
                    from = *x;
                }
            }
        }
    }

    /// Adds a quarter of the ink from `from` to `to` on row `y`.
    fn span(&mut self, y: usize, from: f64, to: f64) {
        let (from, to) = (from - self.left as f64, to - self.left as f64);
        let (from, to) = (from.max(0.0), to.min(self.width as f64));
        if to <= from {
            return;
        }
        let start = y * self.width;
        let Some(row) = self.ink.get_mut(start..start + self.width) else { return };
        for (x, ink) in row.iter_mut().enumerate().take(to.ceil() as usize).skip(from as usize) {
            let share = (to.min(x as f64 + 1.0) - from.max(x as f64)).max(0.0);
            *ink = (*ink + share as f32 / ROWS as f32).min(1.0);
        }
    }
}

fn crossing((a, b): &(Point, Point), y: f64) -> Option<(f64, i32)> {
    let turn = match (a.y <= y, b.y <= y) {
        (true, false) => 1,
        (false, true) => -1,
        _ => return None,
    };
    Some((a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x), turn))
}

fn lines(path: &BezPath) -> Vec<(Point, Point)> {
    let mut lines = Vec::new();
    let (mut first, mut last) = (Point::ZERO, Point::ZERO);
    kurbo::flatten(path, TOLERANCE, |el| match el {
        PathEl::MoveTo(p) => {
            if last != first {
                lines.push((last, first));
            }
            (first, last) = (p, p);
        }
        PathEl::LineTo(p) => {
            lines.push((last, p));
            last = p;
        }
        PathEl::ClosePath => {
            lines.push((last, first));
            last = first;
        }
        _ => {}
    });
    if last != first {
        lines.push((last, first));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_fills_its_pixels_and_halves_its_edges() {
        let path = Rect::new(2.5, 3.0, 6.0, 5.0).to_path(0.1);
        let mask = Mask::of(&path, 100, 100);
        let at = |x: usize, y: usize| mask.ink[(y - mask.top) * mask.width + x - mask.left];
        assert_eq!((at(2, 3), at(3, 3), at(5, 4), at(6, 4), at(3, 2)), (0.5, 1.0, 1.0, 0.0, 0.0));
        let all: f32 = mask.ink.iter().sum();
        assert!((all - 7.0).abs() < 0.01, "{all}");
    }

    #[test]
    fn a_hole_stays_open_and_what_is_outside_takes_no_memory() {
        let mut ring = Rect::new(0.0, 0.0, 10.0, 10.0).to_path(0.1);
        let hole = Rect::new(2.0, 2.0, 8.0, 8.0).to_path(0.1);
        ring.extend(hole.reverse_subpaths());
        let mask = Mask::of(&ring, 20, 20);
        let all: f32 = mask.ink.iter().sum();
        assert!((all - 64.0).abs() < 0.01, "{all}");
        let far = Rect::new(1e9, 1e9, 2e9, 2e9).to_path(0.1);
        assert!(Mask::of(&far, 20, 20).ink.is_empty());
    }
}
