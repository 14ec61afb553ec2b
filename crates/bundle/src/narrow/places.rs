//! From places in an item to the leaves to hide.
//!
//! Keeps: what is asked is hidden whole, with the margins of its profile; where a place is not to be had, that is said.
//! Does not know: who asks, proofs.

use super::text::Text;
use super::words::{Across, Sought, Spelled, readings};
use super::{NarrowError, Place, Withhold};
use crate::error::BundleError;
use casemate_carve::locator::{Rect, TimeRange};
use casemate_carve::tiles::{self, Pages, TILE_EDGE};
use casemate_carve::{Profile, Run, Shape};
use casemate_proof::Value;
use std::collections::BTreeMap;
use std::io::{Read, Seek};

use super::received::Wide;

/// Hundredths of a point in an inch.
const UNITS_IN_INCH: u64 = 7_200;

/// What of the items is to be hidden, by number.
#[derive(Default)]
pub(super) struct Hidden {
    /// Leaves, and what they must be widened to is done already.
    pub runs: BTreeMap<u64, Vec<Run>>,
    /// Times of recordings, without their margins.
    pub times: BTreeMap<u64, Vec<TimeRange>>,
    /// Items whose content no program here can search for words.
    pub unread: Vec<u64>,
}

impl Hidden {
    fn add(&mut self, item: u64, runs: Vec<Run>) {
        self.runs.entry(item).or_default().extend(runs);
    }

    fn cut(&mut self, item: u64, range: TimeRange) {
        self.times.entry(item).or_default().push(range);
    }
}

/// Finds the places in all items.
pub(super) fn find<R: Read + Seek>(
    items: &[Wide<'_, R>],
    asked: &[Withhold],
    sought: &Sought,
    has_words: bool,
) -> Result<Hidden, NarrowError> {
    let mut hidden = Hidden::default();
    let mut texts: Vec<(u64, Option<u64>, Text)> = Vec::new();
    for wide in items {
        let number = wide.item.number;
        let of_item: Vec<&Place> = asked.iter().filter(|w| w.item == number).map(|w| &w.place).collect();
        match wide.shape.profile() {
            Profile::ReleaseText | Profile::ReleaseTranscript => {
                texts.push((number, wide.item.made_from, Text::read(wide)?));
            }
            profile if profile.is_of_text() => {
                let runs = cells(wide, &of_item, sought, has_words)?;
                hidden.add(number, runs);
            }
            Profile::Tiles => {
                let runs = tiles_of(wide, &of_item)?;
                hidden.add(number, runs);
                hidden.unread.extend(has_words.then_some(number));
            }
            Profile::Chunk => {
                if !of_item.is_empty() {
                    return Err(NarrowError::Indivisible { item: number });
                }
                hidden.unread.extend(has_words.then_some(number));
            }
            _ => {
                for place in of_item {
                    let Place::Time(range) = place else { return Err(no_such(number, "a time")) };
                    hidden.cut(number, sound(wide, *range)?);
                }
            }
        }
    }
    in_texts(items, asked, sought, &texts, &mut hidden)?;
    if has_words {
        // A recording is read by its transcript alone.
        let read = |n: u64| texts.iter().any(|(_, from, _)| *from == Some(n));
        let sounds = items.iter().filter(|w| w.shape.profile().is_timed()).map(|w| w.item.number);
        hidden.unread.extend(sounds.filter(|n| !read(*n)));
    }
    hidden.unread.sort_unstable();
    Ok(hidden)
}

fn no_such(item: u64, expected: &'static str) -> NarrowError {
    NarrowError::Place { item, expected }
}

fn sound<R: Read + Seek>(wide: &Wide<'_, R>, range: TimeRange) -> Result<TimeRange, NarrowError> {
    let duration = wide.shape.duration_ms().unwrap_or(0);
    if range.is_empty() || range.start >= duration {
        return Err(no_such(wide.item.number, "a time within the recording"));
    }
    Ok(range)
}

/// Passages of texts, the sound in which they are spoken, and what other texts have of the same seconds.
fn in_texts<R: Read + Seek>(
    items: &[Wide<'_, R>],
    asked: &[Withhold],
    sought: &Sought,
    texts: &[(u64, Option<u64>, Text)],
    hidden: &mut Hidden,
) -> Result<(), NarrowError> {
    let recording = |number: Option<u64>| {
        number.filter(|n| items.iter().any(|w| w.item.number == *n && w.shape.profile().is_timed()))
    };
    // Times that are gone, and the text whose own passages were chosen already.
    let mut gone: Vec<(u64, TimeRange, Option<u64>)> = Vec::new();
    for (number, ranges) in &hidden.times {
        gone.extend(ranges.iter().map(|range| (*number, *range, None)));
    }
    for (number, from, text) in texts {
        let mut found = text.with_words(sought);
        for withhold in asked.iter().filter(|w| w.item == *number) {
            let at = text.at(&withhold.place).ok_or_else(|| no_such(*number, "a passage of the text"))?;
            if let (Place::Time(range), Some(sound)) = (&withhold.place, recording(*from)) {
                gone.push((sound, *range, Some(*number)));
                hidden.cut(sound, *range);
            }
            found.extend(at);
        }
        if let Some(sound) = recording(*from) {
            for range in found.iter().filter_map(|found| found.time) {
                gone.push((sound, range, Some(*number)));
                hidden.cut(sound, range);
            }
        }
        hidden.add(*number, found.into_iter().flat_map(|found| found.runs).collect());
    }
    for (number, from, text) in texts {
        let of_sound = gone.iter().filter(|(sound, _, by)| Some(*sound) == *from && *by != Some(*number));
        let runs = of_sound.flat_map(|(_, range, _)| text.spoken_in(*range)).collect();
        hidden.add(*number, runs);
    }
    Ok(())
}

/// Lines or cells, by their place or by the words in them.
fn cells<R: Read + Seek>(
    wide: &Wide<'_, R>,
    asked: &[&Place],
    sought: &Sought,
    has_words: bool,
) -> Result<Vec<Run>, NarrowError> {
    let number = wide.item.number;
    if asked.is_empty() && !has_words {
        return Ok(Vec::new());
    }
    let packets = wide.shape.packets();
    let (mut runs, mut container) = (Vec::new(), None);
    // One for each encoding in which they may be read.
    let mut across: Vec<Across<'_, u64>> = Vec::new();
    // And one with every escape undone, in which what is only syntax parts nothing.
    let mut spelled = Spelled::new(sought, wide.shape.profile());
    wide.for_each_open(&mut |index, _, payload| {
        if packets.contains(&index) && has_words {
            let texts = readings(payload);
            runs.extend(texts.first().into_iter().flat_map(|text| spelled.next(index, text)));
            for (n, text) in texts.iter().enumerate() {
                across.resize_with(across.len().max(n + 1), || Across::new(sought));
                let Some(across) = across.get_mut(n) else { continue };
                let (here, before) = across.next(index, text);
                runs.extend(before.into_iter().chain(here.then_some(index)).map(|start| Run { start, len: 1 }));
            }
        }
        if Some(index) == wide.shape.container() {
            container = Some(payload.to_vec());
        }
        Ok(())
    })?;
    runs.extend(spelled.end());
    for place in asked {
        runs.push(match (place, wide.shape.profile()) {
            (Place::Lines(first, last), Profile::Lines(_)) if (1..=*last).contains(first) && *last <= packets.end => {
                Run { start: first - 1, len: last - first + 1 }
            }
            (Place::Row(row, column), Profile::Csv) => {
                let table = container.as_deref().ok_or_else(|| no_such(number, "a table whose shape is open"))?;
                row_of(table, *row, *column).ok_or_else(|| no_such(number, "a row, or a cell, of the table"))?
            }
            (_, Profile::Spans(_)) => return Err(no_such(number, "no place but the words in it")),
            (_, Profile::Csv) => return Err(no_such(number, "a row, or a cell, of the table")),
            _ => return Err(no_such(number, "lines of the text")),
        });
    }
    Ok(runs)
}

/// The cells of a row, or one of them, by the container of a table: runs of (cells, end, rows).
fn row_of(container: &[u8], row: u64, column: Option<u64>) -> Option<Run> {
    const SHAPE: u64 = 2;
    let value = Value::decode(container).ok()?;
    let shape = value.as_map()?.get(&SHAPE)?.as_array()?;
    let numbers: Vec<u64> = shape.iter().map(Value::as_uint).collect::<Option<_>>()?;
    let (mut first, mut ahead) = (0u64, row.checked_sub(1)?);
    for [cells, _, rows] in numbers.as_chunks::<3>().0 {
        if ahead < *rows {
            let start = first.checked_add(ahead.checked_mul(*cells)?)?;
            return match column {
                None => Some(Run { start, len: *cells }),
                Some(column) if (1..=*cells).contains(&column) => Some(Run { start: start + column - 1, len: 1 }),
                Some(_) => None,
            };
        }
        ahead -= rows;
        first = first.checked_add(cells.checked_mul(*rows)?)?;
    }
    None
}

/// Tiles of pages.
fn tiles_of<R: Read + Seek>(wide: &Wide<'_, R>, asked: &[&Place]) -> Result<Vec<Run>, NarrowError> {
    let number = wide.item.number;
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let mut cfg = None;
    wide.for_each_open(&mut |index, _, payload| {
        if index == 0 {
            cfg = Some(payload.to_vec());
        }
        Ok(())
    })?;
    let cfg = cfg.ok_or_else(|| no_such(number, "pages whose sizes are open"))?;
    let pages = Pages::decode(&cfg, wide.shape).map_err(BundleError::from)?;
    let mut runs = Vec::new();
    for place in asked {
        let Place::Page { page, rect, exact } = place else { return Err(no_such(number, "a page")) };
        let index = usize::try_from(*page).ok().and_then(|page| page.checked_sub(1));
        let touched = index.map(|index| on_page(&pages, index, *rect, *exact)).unwrap_or_default();
        if touched.is_empty() {
            return Err(no_such(number, "a page, and a rectangle on it"));
        }
        runs.extend(touched);
    }
    Ok(runs)
}

/// A rectangle to the edges of the page on both sides; an exact one at least two tiles wide.
fn on_page(pages: &Pages, index: usize, rect: Option<Rect>, exact: bool) -> Vec<Run> {
    let Some(size) = pages.sizes().get(index) else { return Vec::new() };
    let all = tiles::Rect { left: 0, top: 0, width: size.width(), height: size.height() };
    let Some(rect) = rect else { return pages.touched(index, all) };
    let scaled = |units: u64| units.saturating_mul(pages.dpi().into());
    let down = |units: u32| u32::try_from(scaled(units.into()) / UNITS_IN_INCH).unwrap_or(u32::MAX);
    let up = |at: u32, len: u32| {
        u32::try_from(scaled(u64::from(at) + u64::from(len)).div_ceil(UNITS_IN_INCH)).unwrap_or(u32::MAX)
    };
    let (left, top) = (down(rect.x), down(rect.y));
    let (right, bottom) = (up(rect.x, rect.w), up(rect.y, rect.h));
    if right <= left || bottom <= top {
        return Vec::new();
    }
    let height = bottom - top;
    if !exact {
        // A name's width tells whose it is: the whole line goes.
        return pages.touched(index, tiles::Rect { top, height, ..all });
    }
    let is_one_tile = left / TILE_EDGE == (right - 1) / TILE_EDGE;
    let (left, right) = match is_one_tile {
        true if right.saturating_add(TILE_EDGE) <= size.width() => (left, right + TILE_EDGE),
        true => (left.saturating_sub(TILE_EDGE), right),
        false => (left, right),
    };
    pages.touched(index, tiles::Rect { left, top, width: right - left, height })
}

/// The leaves of a recording's times, with its margins; of none, none.
pub(super) fn cut(shape: Shape, times: &[TimeRange]) -> Result<Vec<Run>, NarrowError> {
    Ok(casemate_carve::cuts::recording(shape, times).map_err(BundleError::from)?.runs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use casemate_carve::tiles::PageSize;

    #[test]
    fn a_row_is_found_by_the_shape_of_its_table() {
        // Two rows of three cells, one of one, two of two.
        let rows = [3, 1, 2, 1, 1, 1, 2, 0, 2].map(Value::Uint).to_vec();
        let map = [(0, Value::Uint(1)), (1, Value::Text(",".into())), (2, Value::Array(rows))];
        let table = Value::Map(map.into_iter().collect()).encode().unwrap();
        let at = |row, column| row_of(&table, row, column).map(|run| (run.start, run.len));
        assert_eq!([at(1, None), at(2, None), at(3, None), at(5, None)], [(0, 3), (3, 3), (6, 1), (9, 2)].map(Some));
        assert_eq!([at(2, Some(3)), at(4, Some(1))], [(5, 1), (7, 1)].map(Some));
        assert_eq!([at(0, None), at(6, None), at(3, Some(2)), at(1, Some(0))], [None; 4]);
        assert_eq!(row_of(&[0xff], 1, None), None);
    }

    #[test]
    fn a_rectangle_takes_the_line_or_two_tiles() {
        // 72 dots an inch: a pixel is a point.
        let pages = Pages::new(72, vec![PageSize::new(300, 200).unwrap()]).unwrap();
        let rect = Rect { x: 7_000, y: 1_000, w: 1_000, h: 1_000 };
        let leaves =
            |exact| on_page(&pages, 0, Some(rect), exact).iter().flat_map(|r| r.start..r.end()).collect::<Vec<_>>();
        assert_eq!(leaves(false), [1, 2, 3, 4, 5]);
        assert_eq!(leaves(true), [2, 3]);
        let at_the_edge = Rect { x: 29_000, ..rect };
        assert_eq!(on_page(&pages, 0, Some(at_the_edge), true), [Run { start: 4, len: 2 }]);
        assert_eq!(on_page(&pages, 0, None, false).iter().map(|r| r.len).sum::<u64>(), 20);
        assert_eq!(on_page(&pages, 0, Some(Rect { w: 0, ..rect }), true), []);
        assert_eq!(on_page(&pages, 1, None, false), []);
    }
}
