//! From the map to boxes: places that hang together, the smallest rectangle at any angle round them, grown to the whole line.
//!
//! Keeps: no more regions than [`MAX_REGIONS`], the largest ones. Does not know: how text in them runs.
//! Source: Liao et al., "Real-time Scene Text Detection with Differentiable Binarization" (2019), section 3.4.

use crate::detect::Map;
use crate::shape::{Point, Slab};

/// Least likelihood of a place that counts, of 255.
const LIKELY: u8 = 76;
/// Least mean likelihood of a region.
const SURE: f32 = 0.5;
/// Least edge of a region's heart, places.
const MIN_EDGE: f32 = 3.0;
/// The heart of a line is what remains when its edge is moved inward by area × 0.84 / circumference; this brings it back, and a
/// little more.
const GROW: f32 = 1.6;
/// Most regions of a picture.
pub const MAX_REGIONS: usize = 20_000;
/// Most runs of likely places.
const MAX_RUNS: usize = 4 << 20;

/// Likely places side by side: row, first column, first column after.
#[derive(Clone, Copy)]
struct Run {
    row: u32,
    from: u32,
    to: u32,
}

/// A region while it is put together.
#[derive(Default)]
struct Heap {
    corners: Vec<Point>,
    sum: f32,
}

/// Boxes round what may be lines, in pixels of the picture, each with how sure the detector is (0 to 1); they are read along
/// their longer side, from the left or from the top.
pub fn regions(map: &Map) -> Vec<(Slab, f32)> {
    let mut found: Vec<(Slab, f32)> = heaps(map)
        .into_iter()
        .filter_map(|heap| {
            let heart = smallest(hull(heap.corners))?;
            if heart.height.min(heart.length) < MIN_EDGE {
                return None;
            }
            let sure = heap.sum / f32::from(u8::MAX) / (heart.length * heart.height);
            (sure >= SURE).then(|| (grown(heart, map.scale), sure.min(1.0)))
        })
        .collect();
    found.sort_by(|(a, _), (b, _)| (b.length * b.height).total_cmp(&(a.length * a.height)));
    found.truncate(MAX_REGIONS);
    found
}

/// The whole line, in pixels.
fn grown(heart: Slab, scale: f32) -> Slab {
    let by = heart.length * heart.height * GROW / (2.0 * (heart.length + heart.height));
    let whole = heart.part(0.0, heart.length, 0.0, heart.height, by);
    let origin = Point::new(whole.origin.x / scale, whole.origin.y / scale);
    Slab { origin, along: whole.along, length: whole.length / scale, height: whole.height / scale }
}

fn heaps(map: &Map) -> Vec<Heap> {
    let mut runs: Vec<Run> = Vec::new();
    let mut roots: Vec<u32> = Vec::new();
    // The runs of the row above.
    let (mut over, mut until) = (0, 0);
    for (row, line) in (0u32..).zip(map.places.chunks_exact(map.width.max(1))) {
        let begin = runs.len();
        for run in likely(row, line).take(MAX_RUNS.saturating_sub(begin)) {
            let own = runs.len() as u32;
            roots.push(own);
            let above = runs.get(over..until).unwrap_or_default();
            let first = above.partition_point(|other| other.to < run.from);
            let touching = above.iter().enumerate().skip(first).take_while(|(_, other)| other.from <= run.to);
            for (n, _) in touching {
                join(&mut roots, (over + n) as u32, own);
            }
            runs.push(run);
        }
        (over, until) = (begin, runs.len());
    }
    gather(map, &runs, &mut roots)
}

fn gather(map: &Map, runs: &[Run], roots: &mut [u32]) -> Vec<Heap> {
    let mut heaps: Vec<Heap> = Vec::new();
    let mut number: Vec<Option<usize>> = vec![None; runs.len()];
    for (n, run) in (0u32..).zip(runs) {
        let root = root(roots, n) as usize;
        let Some(own) = number.get_mut(root) else { continue };
        let at = *own.get_or_insert_with(|| {
            heaps.push(Heap::default());
            heaps.len() - 1
        });
        let Some(heap) = heaps.get_mut(at) else { continue };
        let (top, from, to) = (run.row as f32, run.from as f32, run.to as f32);
        heap.corners.extend([
            Point::new(from, top),
            Point::new(to, top),
            Point::new(from, top + 1.0),
            Point::new(to, top + 1.0),
        ]);
        let start = run.row as usize * map.width;
        let places = map.places.get(start + run.from as usize..start + run.to as usize).unwrap_or_default();
        heap.sum += places.iter().map(|v| f32::from(*v)).sum::<f32>();
    }
    heaps
}

fn likely(row: u32, line: &[u8]) -> impl Iterator<Item = Run> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let from = at + line.get(at..)?.iter().position(|v| *v > LIKELY)?;
        let rest = line.get(from..).unwrap_or_default();
        let to = from + rest.iter().position(|v| *v <= LIKELY).unwrap_or(rest.len());
        at = to;
        Some(Run { row, from: from as u32, to: to as u32 })
    })
}

fn root(roots: &mut [u32], mut of: u32) -> u32 {
    loop {
        let Some(&up) = roots.get(of as usize) else { return of };
        if up == of {
            return of;
        }
        let further = roots.get(up as usize).copied().unwrap_or(up);
        if let Some(own) = roots.get_mut(of as usize) {
            *own = further;
        }
        of = further;
    }
}

fn join(roots: &mut [u32], one: u32, other: u32) {
    let (one, other) = (root(roots, one), root(roots, other));
    if let Some(own) = roots.get_mut(one.max(other) as usize) {
        *own = one.min(other);
    }
}

/// Corners of the convex hull, in turn. (Andrew's monotone chain.)
fn hull(mut points: Vec<Point>) -> Vec<Point> {
    points.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
    points.dedup();
    if points.len() < 3 {
        return points;
    }
    let half = |points: &mut dyn Iterator<Item = Point>| {
        let mut chain: Vec<Point> = Vec::new();
        for next in points {
            while let [.., before, last] = chain.as_slice() {
                let (a, b) = (last.minus(*before), next.minus(*last));
                if a.x * b.y - a.y * b.x > 0.0 {
                    break;
                }
                chain.pop();
            }
            chain.push(next);
        }
        chain.pop();
        chain
    };
    let mut hull = half(&mut points.iter().copied());
    hull.extend(half(&mut points.iter().rev().copied()));
    hull
}

/// The smallest rectangle round a convex outline: one of its sides lies on a side of the outline.
fn smallest(outline: Vec<Point>) -> Option<Slab> {
    let next = outline.iter().cycle().skip(1);
    let sides = outline.iter().zip(next).filter_map(|(a, b)| {
        let side = b.minus(*a);
        let length = side.dot(side).sqrt();
        (length > 0.0).then(|| Point::new(side.x / length, side.y / length))
    });
    let mut best: Option<Slab> = None;
    for along in sides {
        let down = Point::new(-along.y, along.x);
        let span = |axis: Point| {
            outline.iter().map(|p| p.dot(axis)).fold((f32::MAX, f32::MIN), |(a, b), v| (a.min(v), b.max(v)))
        };
        let ((left, right), (top, bottom)) = (span(along), span(down));
        let (length, height) = (right - left, bottom - top);
        let better = best.is_none_or(|best| length * height < best.length * best.height);
        if better {
            let origin = Point::default().plus(along, left).plus(down, top);
            best = Some(Slab { origin, along, length, height });
        }
    }
    best.map(upright)
}

/// The same rectangle, read along its longer side, to the right or (where that is nearer) downward.
fn upright(slab: Slab) -> Slab {
    let long = if slab.length >= slab.height { slab } else { slab.quarter() };
    let forward = if long.along.x.abs() >= long.along.y.abs() { long.along.x > 0.0 } else { long.along.y > 0.0 };
    if forward { long } else { long.turned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A map with the places set that `inside` says.
    fn drawn(width: usize, height: usize, inside: impl Fn(f32, f32) -> bool) -> Map {
        let places = (0..height * width)
            .map(|i| if inside((i % width) as f32 + 0.5, (i / width) as f32 + 0.5) { 250 } else { 5 })
            .collect();
        Map { width, scale: 0.5, places }
    }

    #[test]
    fn a_bar_is_grown_to_its_line() {
        let map = drawn(200, 100, |x, y| (20.0..180.0).contains(&x) && (40.0..50.0).contains(&y));
        let found = regions(&map);
        let [(line, sure)] = found.as_slice() else { panic!("{found:?}") };
        assert!(*sure > 0.95);
        assert_eq!(line.along, Point::new(1.0, 0.0));
        // By 160 x 10 x 1.6 / 340 = 7.53 places on every side, and two pixels a place.
        assert!((line.height - 2.0 * (10.0 + 15.06)).abs() < 0.1, "{line:?}");
        assert!((line.middle().x - 200.0).abs() < 0.1 && (line.middle().y - 90.0).abs() < 0.1);
    }

    #[test]
    fn slanted_and_upright_bars_are_read_along_their_length() {
        for degrees in [-80.0f32, -45.0, -30.0, -5.0, 3.0, 12.0, 60.0, 90.0] {
            let (sin, cos) = degrees.to_radians().sin_cos();
            let map = drawn(300, 300, |x, y| {
                let (x, y) = (x - 150.0, y - 150.0);
                (x * cos + y * sin).abs() < 100.0 && (y * cos - x * sin).abs() < 6.0
            });
            let found = regions(&map);
            assert_eq!(found.len(), 1, "{degrees}");
            let along = found[0].0.along;
            let off = (along.x * sin - along.y * cos).abs();
            assert!(off < 0.02, "{degrees}: {along:?}");
            assert!(along.x > 0.0 || along.y > 0.0);
        }
    }

    #[test]
    fn what_touches_is_one_and_the_rest_apart() {
        // A ring, a bar within it, and a crumb.
        let map = drawn(100, 100, |x, y| {
            let far = (x - 50.0).hypot(y - 50.0);
            (35.0..45.0).contains(&far) || ((y - 50.0).abs() < 4.0 && (x - 50.0).abs() < 20.0) || (x < 2.0 && y < 2.0)
        });
        let found = heaps(&map);
        assert_eq!(found.len(), 3);
        assert_eq!(regions(&map).len(), 1, "the ring is mostly empty, the crumb too small");
    }

    #[test]
    fn full_and_empty_maps() {
        assert!(regions(&drawn(64, 64, |_, _| false)).is_empty());
        assert_eq!(regions(&drawn(64, 64, |_, _| true)).len(), 1);
        assert!(regions(&drawn(1, 1, |_, _| true)).is_empty());
        // Every second place: runs that all hang together by their corners.
        assert_eq!(heaps(&drawn(400, 400, |x, y| (x as u32 + y as u32).is_multiple_of(2))).len(), 1);
    }
}
