//! Where there is text: a map of the picture, made smaller, that says for each place how likely it is the heart of a line.
//!
//! Keeps: the picture is looked at in tiles of a bounded size whose borders overlap, and the map has no seams; a tile in which
//! nothing differs is not looked at. Does not know: lines, characters.

use crate::OcrError;
use crate::net::Net;
use crate::picture::Picture;
use crate::resample::{Window, planes};

/// Edge of a tile at most, places of the map.
const TILE: usize = 1024;
/// By how much neighbouring tiles overlap, places; half of it is thrown away on either side.
const OVERLAP: usize = 128;
/// The detector takes multiples of this.
const STEP: usize = 32;
/// Most places of a map.
pub const MAX_MAP: usize = 24 << 20;
/// Below this difference between the lightest and the darkest number a tile is empty (of 2).
const FLAT: f32 = 0.12;
const FULL: f32 = 255.0;

/// How likely there is the heart of a line of text, 0 to 255; rows from the top.
pub struct Map {
    /// Places across.
    pub width: usize,
    /// Places a pixel.
    pub scale: f32,
    /// Row after row.
    pub places: Vec<u8>,
}

/// A tile along one edge: what is looked at, and what of it is kept.
#[derive(Debug, PartialEq, Eq)]
struct Cut {
    start: usize,
    end: usize,
    keep: usize,
    until: usize,
}

/// The scale at which the shorter edge has so many places, and the map keeps within [`MAX_MAP`].
pub fn scale_for(picture: &Picture<'_>, short: f32, largest: f32) -> f32 {
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let most = (MAX_MAP as f32 / (width * height)).sqrt();
    (short / width.min(height)).min(largest).min(most)
}

/// Looks over the whole picture.
pub fn map(net: &Net, picture: &Picture<'_>, scale: f32) -> Result<Map, OcrError> {
    let edge = |length: usize| ((length as f32 * scale).round() as usize).max(1);
    let (width, height) = (edge(picture.width()), edge(picture.height()));
    let mut map = Map { width, scale, places: vec![0; width * height] };
    for rows in cuts(height) {
        for columns in cuts(width) {
            tile(net, picture, &mut map, &columns, &rows)?;
        }
    }
    Ok(map)
}

fn tile(net: &Net, picture: &Picture<'_>, map: &mut Map, columns: &Cut, rows: &Cut) -> Result<(), OcrError> {
    let (width, height) =
        ((columns.end - columns.start).next_multiple_of(STEP), (rows.end - rows.start).next_multiple_of(STEP));
    let seen = planes(picture, Window { left: columns.start, top: rows.start, width, height, scale: map.scale });
    let (least, most) = seen.iter().fold((f32::MAX, f32::MIN), |(least, most), v| (least.min(*v), most.max(*v)));
    if most - least < FLAT {
        return Ok(());
    }
    let answer = net.run([1, 3, height, width], &seen)?;
    if answer.shape != [1, 1, height, width] {
        return Err(net.odd("a map of another size"));
    }
    let kept = answer.numbers.chunks_exact(width).skip(rows.keep - rows.start).take(rows.until - rows.keep);
    for (y, line) in (rows.keep..).zip(kept) {
        let from = line.iter().skip(columns.keep - columns.start);
        let to = map.places.get_mut(y * map.width + columns.keep..y * map.width + columns.until).unwrap_or_default();
        to.iter_mut().zip(from).for_each(|(to, v)| *to = (v.clamp(0.0, 1.0) * FULL) as u8);
    }
    Ok(())
}

/// Cuts a length into tiles of nearly one size.
fn cuts(length: usize) -> Vec<Cut> {
    let fresh = TILE - OVERLAP;
    let count = if length <= TILE { 1 } else { length.div_ceil(fresh) };
    let share = length.div_ceil(count);
    (0..count)
        .map(|n| {
            let (keep, until) = ((n * share).min(length), ((n + 1) * share).min(length));
            let start = if n == 0 { 0 } else { keep.saturating_sub(OVERLAP / 2) };
            let end = if n + 1 == count { length } else { (until + OVERLAP / 2).min(length) };
            Cut { start, end, keep, until }
        })
        .filter(|cut| cut.until > cut.keep)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_cover_every_place_once() {
        for length in [1, 31, 32, 500, 1024, 1025, 1152, 1153, 2000, 17_777, 65_535] {
            let cuts = cuts(length);
            let mut at = 0;
            for cut in &cuts {
                assert_eq!(cut.keep, at, "{length}");
                assert!(cut.start <= cut.keep && cut.until <= cut.end && cut.end <= length);
                assert!(cut.end - cut.start <= TILE, "{length}: {cut:?}");
                assert!(cut.keep == 0 || cut.keep - cut.start >= OVERLAP / 2);
                assert!(cut.until == length || cut.end - cut.until >= OVERLAP / 2 || cut.end == length);
                at = cut.until;
            }
            assert_eq!(at, length);
        }
    }
}
