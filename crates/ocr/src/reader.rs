//! From a picture to its lines: where there is text, which way it runs, what it reads, in which order.
//!
//! Keeps: a line that the quick recogniser is not sure of, or that has Han characters, is read by the careful one; nothing below
//! the least confidence is told. Does not know: how each of that is done.

use std::sync::Arc;

use rten::ThreadPool;

use crate::alphabet::Alphabet;
use crate::net::Net;
use crate::order::order;
use crate::picture::Picture;
use crate::place::{Glyph, placed};
use crate::recognise::{Recogniser, Signs, is_han};
use crate::shape::{Bounds, Point, Slab};
use crate::strip::Ink;
use crate::{OcrError, detect, regions};

/// Places of the map along the picture's shorter edge.
const SHORT_EDGE: f32 = 960.0;
/// By how much a small picture is enlarged at most.
const ENLARGED: f32 = 1.5;
/// How much longer than high a region must be to tell its direction.
const LONG: f32 = 1.6;
/// Lines that are read both ways, at most, to tell which way is up.
const SAMPLES: usize = 6;
/// Confidence of a line that is the right way up, of so many characters.
const UP: f32 = 0.9;
const UP_CHARACTERS: usize = 4;
/// Mean and least confidence with which the quick recogniser is believed.
const QUICK_MEAN: f32 = 0.9;
const QUICK_LEAST: f32 = 0.6;
/// Lines of Han characters in a row after which the quick recogniser is not asked first.
const HAN_LINES: u32 = 3;
/// Share of a line's height above its small letters, and below them.
const CORE: f32 = 0.22;
/// Cosine between a line and the page's lines below which it runs across them.
const CROSSING: f32 = 0.7;
/// Confidence below which a line is read the other way too.
const DOUBTFUL: f32 = 0.65;

/// The bytes of the models, in ONNX.
pub struct Models {
    /// PP-OCRv6 tiny, detection.
    pub detector: Vec<u8>,
    /// PP-OCRv6 tiny, recognition.
    pub quick: Vec<u8>,
    /// PP-OCRv6 small, recognition.
    pub careful: Vec<u8>,
}

/// What shapes an answer.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Least mean confidence of a line that is told, 0 to 1.
    pub least: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { least: 0.6 }
    }
}

/// What a picture shows.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// In reading order.
    pub lines: Vec<Line>,
    /// By how many degrees the page is turned clockwise: 0, 90, 180 or 270. What is turned by 90 has its top at the right.
    pub turned: u16,
    /// By how many degrees it slants clockwise besides, -45 to 45.
    pub skew: f32,
}

/// A line.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it reads.
    pub text: String,
    /// The mean of its characters' confidence, 0 to 1.
    pub confidence: f32,
    /// Where it stands.
    pub slab: Slab,
    /// Its characters without the spaces.
    pub glyphs: Vec<Glyph>,
    /// Lines of one block stand close together; numbers from 0, in reading order.
    pub block: u32,
    /// Lines of one row stand beside one another; numbers from 0, in reading order.
    pub row: u32,
}

/// A word: what stands between spaces; a Han character alone.
#[derive(Clone, Debug)]
pub struct Word {
    /// Its first character in the line's text, counted in characters.
    pub at: usize,
    /// How many characters.
    pub chars: usize,
    /// What it reads.
    pub text: String,
    /// The least confidence of its characters, 0 to 1.
    pub confidence: f32,
    /// Where it stands.
    pub slab: Slab,
}

impl Line {
    /// Its words, in order.
    #[must_use]
    pub fn words(&self) -> Vec<Word> {
        let mut words: Vec<Word> = Vec::new();
        for glyph in &self.glyphs {
            let count = glyph.text.chars().count();
            let alone = glyph.text.chars().any(is_han);
            match words.last_mut() {
                Some(word) if !alone && word.at + word.chars == glyph.at && !word.text.chars().any(is_han) => {
                    word.chars += count;
                    word.text.push_str(&glyph.text);
                    word.confidence = word.confidence.min(glyph.confidence);
                    let end = glyph.slab.place(glyph.slab.length, 0.0).minus(word.slab.origin).dot(word.slab.along);
                    word.slab.length = word.slab.length.max(end);
                }
                _ => words.push(Word {
                    at: glyph.at,
                    chars: count,
                    text: glyph.text.clone(),
                    confidence: glyph.confidence,
                    slab: glyph.slab,
                }),
            }
        }
        words
    }
}

/// Reads pictures.
pub struct Reader {
    detector: Net,
    quick: Recogniser,
    careful: Recogniser,
}

/// What the lines before this one were.
#[derive(Default)]
struct Before {
    han: u32,
}

impl Reader {
    /// Takes the models; `threads` of its own run them (1 or more).
    ///
    /// # Errors
    /// [`OcrError::Model`].
    pub fn new(models: Models, threads: usize) -> Result<Self, OcrError> {
        let threads = Arc::new(ThreadPool::with_num_threads(threads.max(1)));
        let recogniser = |name, bytes: Vec<u8>| {
            let alphabet = Alphabet::of(name, &bytes)?;
            Ok::<_, OcrError>(Recogniser { net: Net::load(name, bytes, &threads)?, alphabet })
        };
        Ok(Self {
            detector: Net::load("detection", models.detector, &threads)?,
            quick: recogniser("quick", models.quick)?,
            careful: recogniser("careful", models.careful)?,
        })
    }

    /// Reads a picture.
    ///
    /// # Errors
    /// [`OcrError::Run`].
    pub fn read(&self, picture: &Picture<'_>, settings: Settings) -> Result<Page, OcrError> {
        let scale = detect::scale_for(picture, SHORT_EDGE, ENLARGED);
        let found = regions::regions(&detect::map(&self.detector, picture, scale)?);
        if found.is_empty() {
            return Ok(Page::default());
        }
        let level = runs_level(&found);
        let (mut main, cross) = directed(found, level);
        let (turn, skew) = (self.is_turned(picture, &main)?, slant(&main, level));
        if turn {
            main.iter_mut().for_each(|slab| *slab = slab.turned());
        }
        let turned = match (level, turn) {
            (true, false) => 0,
            (false, false) => 90,
            (true, true) => 180,
            (false, true) => 270,
        };
        let whole = f32::from(turned).to_radians() + skew;
        let axis = Point::new(whole.cos(), whole.sin());
        let slabs: Vec<Slab> = main.into_iter().chain(cross).collect();
        // Lines of one script stand together, so they are read from the top; which follows which is told by their ink.
        let mut before = Before::default();
        let mut lines = Vec::with_capacity(slabs.len());
        for place in order(&slabs.iter().map(|slab| seen_from(slab, axis)).collect::<Vec<_>>()) {
            let Some(slab) = slabs.get(place.line) else { continue };
            let crosses = slab.along.dot(axis).abs() < CROSSING;
            lines.extend(self.line(picture, slab, crosses, settings, &mut before)?);
        }
        Ok(Page { lines: in_order(lines, axis), turned, skew: skew.to_degrees() })
    }

    fn line(
        &self,
        picture: &Picture<'_>,
        slab: &Slab,
        crosses: bool,
        settings: Settings,
        before: &mut Before,
    ) -> Result<Option<(Line, Slab)>, OcrError> {
        let mut slab = *slab;
        let mut signs = self.signs(picture, &slab, before)?;
        if crosses || (signs.confidence() < DOUBTFUL && slab.length > slab.height * LONG) {
            let other = self.signs(picture, &slab.turned(), before)?;
            if other.confidence() > signs.confidence() {
                (signs, slab) = (other, slab.turned());
            }
        }
        let confidence = signs.confidence();
        if signs.count() == 0 || confidence < settings.least {
            return Ok(None);
        }
        let ink = Ink::of(picture, &slab);
        let (text, glyphs, whole) = placed(&signs, &slab, ink.as_ref());
        // As long as its ink, as high as its small letters: what tells which lines stand beside one another.
        let from = whole.origin.minus(slab.origin).dot(slab.along);
        let core = slab.part(from, from + whole.length, slab.height * CORE, slab.height * (1.0 - CORE), 0.0);
        Ok(Some((Line { text, confidence, slab: whole, glyphs, block: 0, row: 0 }, core)))
    }

    /// The quick recogniser's reading where it is sure, else the careful one's.
    fn signs(&self, picture: &Picture<'_>, slab: &Slab, before: &mut Before) -> Result<Signs, OcrError> {
        let mut quick = None;
        if before.han < HAN_LINES {
            let signs = self.quick.read(picture, slab)?;
            let han = signs.has_han();
            if !han && signs.confidence() >= QUICK_MEAN && signs.least() >= QUICK_LEAST {
                before.han = 0;
                return Ok(signs);
            }
            quick = Some(signs);
        }
        let careful = self.careful.read(picture, slab)?;
        before.han = if careful.has_han() { before.han + 1 } else { 0 };
        Ok(match quick {
            Some(quick) if careful.count() == 0 => quick,
            _ => careful,
        })
    }

    /// Whether lines read better the other way round.
    fn is_turned(&self, picture: &Picture<'_>, slabs: &[Slab]) -> Result<bool, OcrError> {
        let mut order: Vec<&Slab> = slabs.iter().filter(|slab| slab.length > slab.height * LONG).collect();
        // Lines of middling length tell the most for their cost.
        order.sort_by(|a, b| far_from_usual(a).total_cmp(&far_from_usual(b)));
        let (mut forward, mut back) = (0.0, 0.0);
        for (n, slab) in order.into_iter().take(SAMPLES).enumerate() {
            let ahead = self.quick.read(picture, slab)?;
            if n < 2 && ahead.confidence() > UP && ahead.count() >= UP_CHARACTERS {
                return Ok(false);
            }
            let behind = self.quick.read(picture, &slab.turned())?;
            forward += worth(&ahead);
            back += worth(&behind);
        }
        Ok(back > forward)
    }
}

/// Lines in reading order.
fn in_order(lines: Vec<(Line, Slab)>, axis: Point) -> Vec<Line> {
    let bounds: Vec<Bounds> = lines.iter().map(|(_, core)| seen_from(core, axis)).collect();
    let mut lines: Vec<Line> = lines.into_iter().map(|(line, _)| line).collect();
    let places = order(&bounds);
    let mut rank = vec![usize::MAX; lines.len()];
    for (n, place) in places.iter().enumerate() {
        if let Some(rank) = rank.get_mut(place.line) {
            *rank = n;
        }
        if let Some(line) = lines.get_mut(place.line) {
            (line.block, line.row) = (place.block, place.row);
        }
    }
    let mut ranked: Vec<(usize, Line)> = rank.into_iter().zip(lines).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, line)| line).collect()
}

/// Length to height of a line that is long enough to tell and short enough to be cheap.
const USUAL: f32 = 8.0;

fn far_from_usual(slab: &Slab) -> f32 {
    (slab.length / slab.height.max(1.0) / USUAL).ln().abs()
}

fn worth(signs: &Signs) -> f32 {
    let confidence = signs.confidence();
    confidence * confidence * signs.count() as f32
}

/// Whether most of the text runs from side to side.
fn runs_level(found: &[(Slab, f32)]) -> bool {
    let long = found.iter().filter(|(slab, _)| slab.length > slab.height * LONG);
    let (mut level, mut upright) = (0.0f32, 0.0f32);
    for (slab, _) in long {
        if slab.along.x.abs() >= slab.along.y.abs() {
            level += slab.length;
        } else {
            upright += slab.length;
        }
    }
    level >= upright
}

/// Regions along the page's text, and those across it.
fn directed(found: Vec<(Slab, f32)>, level: bool) -> (Vec<Slab>, Vec<Slab>) {
    let (mut main, mut cross) = (Vec::new(), Vec::new());
    for (slab, _) in found {
        let with = (slab.along.x.abs() >= slab.along.y.abs()) == level;
        if with {
            main.push(slab);
        } else if slab.length <= slab.height * LONG {
            let other = slab.quarter();
            let forward = if level { other.along.x > 0.0 } else { other.along.y > 0.0 };
            main.push(if forward { other } else { other.turned() });
        } else {
            cross.push(slab);
        }
    }
    (main, cross)
}

/// The slant of most of the text, radians.
fn slant(main: &[Slab], level: bool) -> f32 {
    let mut angles: Vec<(f32, f32)> = main
        .iter()
        .filter(|slab| slab.length > slab.height * LONG)
        .map(|slab| {
            let (x, y) = (slab.along.x, slab.along.y);
            let angle = if level { y.atan2(x) } else { (-x).atan2(y) };
            (angle, slab.length)
        })
        .collect();
    angles.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = angles.iter().map(|(_, length)| length).sum::<f32>() / 2.0;
    let mut sum = 0.0;
    let middle = angles.iter().find(|(_, length)| {
        sum += length;
        sum >= half
    });
    middle.map_or(0.0, |(angle, _)| *angle)
}

/// The box round a slab on the page turned upright.
fn seen_from(slab: &Slab, axis: Point) -> Bounds {
    let down = Point::new(-axis.y, axis.x);
    let at = |p: Point| {
        let (x, y) = (p.dot(axis), p.dot(down));
        Bounds { left: x, top: y, right: x, bottom: y }
    };
    let [a, b, c, d] = slab.corners().map(at);
    a.join(b).join(c).join(d)
}
