//! One page: which pages are read, how large, and what becomes of the lines.
//!
//! Keeps: a block of lines is a passage, a line end in it a line feed, another column a tab, as in the text of a PDF; what the page's
//! own letters say already is not said twice. Does not know: models.

use casemate_ocr::{Form, Line, Picture, Reader, Settings, Slab, Word};
use casemate_ports::reading::{Mark, Place, Severity};
use casemate_ports::worker::{MAX_MARKS, MAX_WIDTH};
use hayro::hayro_syntax::page::Page;

use crate::out::{Out, Read, passage};
use crate::pdf::page::Sheet;
use crate::picture::Drawn;

/// Dots an inch at which a page is drawn to be read.
const DPI: f32 = 200.0;
/// Points in an inch.
const INCH: f32 = 72.0;
/// Narrowest drawing, pixels.
const NARROWEST: f32 = 1_000.0;
/// Pictures with an edge below this show no text, pixels.
const SMALLEST: u32 = 12;
/// Longest text of a block that stays one passage, bytes.
const BLOCK: usize = 8 << 10;
/// Share of a line's characters that stand where letters of the page stand already, for it to be one of those.
const KNOWN: f64 = 0.5;

/// How wide a page is drawn.
pub fn width(page: &Page<'_>) -> u16 {
    let (width, _) = page.render_dimensions();
    (width * DPI / INCH).clamp(NARROWEST, f32::from(MAX_WIDTH)) as u16
}

/// Reads a page as it is drawn; `sheet` has the letters that it has of its own.
pub fn read(number: u32, drawn: &Drawn, sheet: &Sheet, reader: &Reader, out: &mut Out) -> Read {
    if drawn.width.min(drawn.height) < SMALLEST {
        return Ok(());
    }
    let read = Picture::new(&drawn.pixels, drawn.width, drawn.height, Form::Rgb)
        .and_then(|picture| reader.read(&picture, Settings::default()));
    let page = match read {
        Ok(page) => page,
        Err(why) => return out.finding("page-unread", Severity::Partial, &format!("page {number}: {why}")),
    };
    let frame = Frame::of(drawn);
    let mut block = Block::default();
    let mut last: Option<(u32, u32)> = None;
    for line in page.lines.iter().filter(|line| !is_known(line, sheet, &frame)) {
        let joint = match last {
            Some((of, row)) if of == line.block && block.text.len() < BLOCK => {
                Some(if row == line.row { '\t' } else { '\n' })
            }
            _ => None,
        };
        if joint.is_none() {
            block.tell(number, out)?;
        }
        block.push(joint, line, &frame);
        last = Some((line.block, line.row));
    }
    block.tell(number, out)
}

/// Whether most of a line stands where the page's own letters stand, and those say what they are.
fn is_known(line: &Line, sheet: &Sheet, frame: &Frame) -> bool {
    if sheet.letters.is_empty() || sheet.unknown > sheet.letters.len() {
        return false;
    }
    let bounds = line.slab.bounds();
    let scale = frame.points / 100.0;
    let [left, top, right, bottom] =
        [bounds.left, bounds.top, bounds.right, bounds.bottom].map(|edge| f64::from(edge) * scale);
    let within = |letter: &&crate::pdf::page::Letter| {
        let middle = letter.at + letter.advance / 2.0;
        (left..right).contains(&middle.x) && (top..bottom).contains(&(middle.y - letter.em / 4.0))
    };
    let own = sheet.letters.iter().filter(within).count();
    own as f64 >= line.glyphs.len() as f64 * KNOWN
}

/// From pixels of a drawing to hundredths of a point of the page.
struct Frame {
    points: f64,
    edges: [u32; 2],
}

impl Frame {
    fn of(drawn: &Drawn) -> Self {
        Self { points: f64::from(drawn.points[0]) / f64::from(drawn.width), edges: drawn.points }
    }

    /// The upright box round a slab, rounded outward and within the page.
    fn rect(&self, slab: &Slab) -> [u32; 4] {
        let bounds = slab.bounds();
        let low = |edge: f32, most: u32| ((f64::from(edge) * self.points).floor().max(0.0) as u32).min(most);
        let high = |edge: f32, most: u32| ((f64::from(edge) * self.points).ceil().max(0.0) as u32).min(most);
        let [across, down] = self.edges;
        let (left, top) = (low(bounds.left, across), low(bounds.top, down));
        let (right, bottom) = (high(bounds.right, across), high(bounds.bottom, down));
        [left, top, right.saturating_sub(left), bottom.saturating_sub(top)]
    }
}

/// Lines that become one passage.
#[derive(Default)]
struct Block {
    text: String,
    chars: u32,
    marks: Vec<Mark>,
}

impl Block {
    fn push(&mut self, joint: Option<char>, line: &Line, frame: &Frame) {
        if let Some(joint) = joint {
            self.text.push(joint);
            self.chars += 1;
        }
        let mark = |word: Word| Mark {
            at: self.chars.saturating_add(u32::try_from(word.at).unwrap_or(u32::MAX)),
            chars: u32::try_from(word.chars).unwrap_or(u32::MAX),
            rect: frame.rect(&word.slab),
            confidence: (word.confidence.clamp(0.0, 1.0) * 1000.0) as u16,
        };
        self.marks.extend(line.words().into_iter().map(mark));
        self.text.push_str(&line.text);
        self.chars = self.chars.saturating_add(u32::try_from(line.text.chars().count()).unwrap_or(u32::MAX));
    }

    /// Hands it over and begins anew.
    fn tell(&mut self, number: u32, out: &mut Out) -> Read {
        let Self { text, mut marks, .. } = std::mem::take(self);
        if text.is_empty() {
            return Ok(());
        }
        marks.truncate(MAX_MARKS);
        let rect = marks.iter().map(|mark| mark.rect).reduce(round);
        let mut told = passage(Place::Page { number, rect }, text);
        told.marks = marks;
        out.passage(told)
    }
}

/// The box round both.
fn round(one: [u32; 4], other: [u32; 4]) -> [u32; 4] {
    let [left, top] = [one[0].min(other[0]), one[1].min(other[1])];
    let right = one[0].saturating_add(one[2]).max(other[0].saturating_add(other[2]));
    let bottom = one[1].saturating_add(one[3]).max(other[1].saturating_add(other[3]));
    [left, top, right - left, bottom - top]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_is_rounded_outward_and_stays_on_the_page() {
        let drawn = Drawn { width: 1000, height: 2000, pixels: Vec::new(), points: [50_000, 100_000] };
        let frame = Frame::of(&drawn);
        let at = casemate_ocr::Point::new;
        let slab = Slab { origin: at(10.01, 20.0), along: at(1.0, 0.0), length: 30.0, height: 9.99 };
        assert_eq!(frame.rect(&slab), [500, 1000, 1501, 500]);
        let off = Slab { origin: at(-5.0, -5.0), along: at(1.0, 0.0), length: 3000.0, height: 10.0 };
        assert_eq!(frame.rect(&off), [0, 0, 50_000, 250]);
        assert_eq!(round([1, 2, 3, 4], [10, 0, 1, 1]), [1, 0, 10, 6]);
    }
}
