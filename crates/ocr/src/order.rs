//! The order in which lines are read: columns of text one after the other, the cells of a table row by row.
//!
//! Keeps: every line once. Does not know: what lines read.

use crate::shape::Bounds;

/// A line's place in the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which line.
    pub line: usize,
    /// Lines of one block stand close together.
    pub block: u32,
    /// Lines of one row stand beside one another.
    pub row: u32,
}

/// More lines than this are ordered by rows alone.
const MAX_CUT: usize = 4000;
/// Paper between columns, of a line's height.
const GUTTER: f32 = 0.9;
/// Least width of a line of prose, of its height.
const PROSE: f32 = 10.0;
/// Least lines of a column.
const COLUMN: usize = 3;
/// How far the middles of lines that stand beside one another may be apart, of their height.
const BESIDE: f32 = 0.8;
/// Paper between blocks, of a line's height.
const BLOCK: f32 = 1.6;

/// Orders lines, given as they stand on the page when it is upright.
pub fn order(lines: &[Bounds]) -> Vec<Place> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let all: Vec<usize> = (0..lines.len()).collect();
    if all.len() > MAX_CUT {
        groups.push(all);
    } else {
        cut(lines, all, &mut groups);
    }
    let (mut places, mut block, mut row) = (Vec::with_capacity(lines.len()), 0u32, 0u32);
    for group in groups {
        let mut end: Option<f32> = None;
        for members in rows(lines, group) {
            let span = around(lines, &members);
            let high = median(members.iter().map(|n| height(lines, *n)).collect());
            if end.is_some_and(|end| span.top - end > high * BLOCK) {
                block += 1;
            }
            end = Some(span.bottom);
            places.extend(members.into_iter().map(|line| Place { line, block, row }));
            row += 1;
        }
        block += 1;
    }
    places
}

fn height(lines: &[Bounds], n: usize) -> f32 {
    lines.get(n).map_or(0.0, Bounds::height)
}

fn around(lines: &[Bounds], members: &[usize]) -> Bounds {
    members.iter().filter_map(|n| lines.get(*n)).copied().reduce(Bounds::join).unwrap_or_default()
}

fn median(mut of: Vec<f32>) -> f32 {
    of.sort_by(f32::total_cmp);
    of.get(of.len() / 2).copied().unwrap_or_default()
}

/// Splits lines into groups that are read one after the other: side by side where both sides are prose, else one above the other
/// while there is paper across.
fn cut(lines: &[Bounds], all: Vec<usize>, groups: &mut Vec<Vec<usize>>) {
    let mut waiting = vec![all];
    while let Some(part) = waiting.pop() {
        if part.len() > COLUMN {
            if let Some((left, right)) = side_by_side(lines, &part) {
                waiting.extend([right, left]);
                continue;
            }
            if let Some((upper, lower)) = one_above(lines, &part) {
                waiting.extend([lower, upper]);
                continue;
            }
        }
        groups.push(part);
    }
}

/// The widest gap along one axis, and the lines before and behind it.
fn widest(
    lines: &[Bounds],
    part: &[usize],
    from: impl Fn(&Bounds) -> f32,
    to: impl Fn(&Bounds) -> f32,
) -> Option<(f32, f32)> {
    let mut spans: Vec<(f32, f32)> = part.iter().filter_map(|n| lines.get(*n)).map(|b| (from(b), to(b))).collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut end = spans.first()?.1;
    let mut best: Option<(f32, f32)> = None;
    for (start, stop) in spans {
        let gap = start - end;
        if gap > 0.0 && best.is_none_or(|(most, _)| gap > most) {
            best = Some((gap, (start + end) / 2.0));
        }
        end = end.max(stop);
    }
    best
}

fn side_by_side(lines: &[Bounds], part: &[usize]) -> Option<(Vec<usize>, Vec<usize>)> {
    let high = median(part.iter().map(|n| height(lines, *n)).collect());
    let (gap, at) = widest(lines, part, |b| b.left, |b| b.right)?;
    if gap < high * GUTTER {
        return None;
    }
    let (left, right): (Vec<_>, Vec<_>) = part.iter().partition(|n| lines.get(**n).is_some_and(|b| b.right <= at));
    let prose = |side: &[usize]| {
        let widths = side.iter().filter_map(|n| lines.get(*n)).map(Bounds::width).collect();
        side.len() >= COLUMN && median(widths) >= high * PROSE
    };
    let (a, b) = (around(lines, &left), around(lines, &right));
    let beside = a.bottom.min(b.bottom) - a.top.max(b.top) > 0.0;
    (prose(&left) && prose(&right) && beside).then_some((left, right))
}

fn one_above(lines: &[Bounds], part: &[usize]) -> Option<(Vec<usize>, Vec<usize>)> {
    let (_, at) = widest(lines, part, |b| b.top, |b| b.bottom)?;
    let (upper, lower): (Vec<_>, Vec<_>) = part.iter().partition(|n| lines.get(**n).is_some_and(|b| b.bottom <= at));
    (!upper.is_empty() && !lower.is_empty()).then_some((upper, lower))
}

/// Lines that stand beside one another, from the top; each row from the left.
fn rows(lines: &[Bounds], mut part: Vec<usize>) -> Vec<Vec<usize>> {
    let middle = |n: usize| lines.get(n).map_or(0.0, |b| (b.top + b.bottom) / 2.0);
    let left = |n: usize| lines.get(n).map_or(0.0, |b| b.left);
    part.sort_by(|a, b| middle(*a).total_cmp(&middle(*b)).then(left(*a).total_cmp(&left(*b))));
    let mut rows: Vec<Vec<usize>> = Vec::new();
    let mut band: Option<(f32, f32)> = None;
    for n in part {
        let (at, high) = (middle(n), height(lines, n));
        let with = band.is_some_and(|(mean, most)| (at - mean).abs() < most.min(high) * BESIDE);
        match rows.last_mut() {
            Some(row) if with => row.push(n),
            _ => {
                rows.push(vec![n]);
                band = Some((at, high));
            }
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| left(*a).total_cmp(&left(*b)));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(left: f32, top: f32, width: f32) -> Bounds {
        Bounds { left, top, right: left + width, bottom: top + 16.0 }
    }

    fn read(lines: &[Bounds]) -> Vec<usize> {
        order(lines).into_iter().map(|place| place.line).collect()
    }

    #[test]
    fn two_columns_under_a_heading() {
        let mut lines = vec![line(500.0, 0.0, 400.0)];
        lines.extend(
            (0..10)
                .flat_map(|n| [line(700.0, 60.0 + 25.0 * n as f32, 600.0), line(0.0, 61.0 + 25.0 * n as f32, 600.0)]),
        );
        let left: Vec<usize> = (0..10).map(|n| 2 + 2 * n).collect();
        let right: Vec<usize> = (0..10).map(|n| 1 + 2 * n).collect();
        assert_eq!(read(&lines), [vec![0], left, right].concat());
    }

    #[test]
    fn a_table_goes_by_rows() {
        let lines: Vec<Bounds> = (0..12)
            .flat_map(|n| {
                [
                    line(400.0, 30.0 * n as f32, 80.0),
                    line(0.0, 30.0 * n as f32 + 3.0, 90.0),
                    line(200.0, 30.0 * n as f32, 60.0),
                ]
            })
            .collect();
        let wanted: Vec<usize> = (0..12).flat_map(|n| [3 * n + 1, 3 * n + 2, 3 * n]).collect();
        assert_eq!(read(&lines), wanted);
        let places = order(&lines);
        assert_eq!((places[0].row, places[2].row, places[3].row), (0, 0, 1));
    }

    #[test]
    fn every_line_once() {
        let mut state = 1u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) as f32 % 1000.0
        };
        for count in [0, 1, 2, 50, 300, 5000] {
            let lines: Vec<Bounds> = (0..count).map(|_| line(next(), next(), next())).collect();
            let mut read = read(&lines);
            read.sort_unstable();
            assert_eq!(read, (0..count).collect::<Vec<_>>());
        }
        assert_eq!(read(&[line(f32::NAN, 0.0, 1.0), line(0.0, f32::NAN, 1.0)]).len(), 2);
    }
}
