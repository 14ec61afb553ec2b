//! The letters of a page in the order in which they are drawn, by the interpreter that draws it: what is read is what is shown.
//!
//! Keeps: a letter whose characters the document does not tell is counted, never guessed. Does not know: words, lines, pixels.

use std::sync::Arc;

use hayro::hayro_interpret::TransformExt as _;
use hayro::hayro_interpret::font::{Glyph, GlyphRun};
use hayro::hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};
use hayro::hayro_syntax::page::Page;
use hayro::kurbo::{BezPath, Point, Rect, Vec2};

use crate::fonts::Fonts;

/// Most letters of a page; more is an attack or a map.
const MAX_LETTERS: usize = 400_000;
/// Units of a font in its em.
const UNITS: f64 = 1000.0;
/// Fewer letters than this on a picture are a stamp or a header, not its text.
const FEW: usize = 100;
/// A picture of this share of the page is the page.
const MOST: f64 = 0.5;
/// A picture of this share of the page is more than a mark on it.
const SOME: f64 = 0.06;
/// What is taken for the advance of a letter whose font does not tell it, in ems.
const USUAL_ADVANCE: f64 = 0.5;

/// One letter; lengths in points from the top left of the page as it is drawn.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Its characters.
    pub text: String,
    /// Where its baseline begins.
    pub at: Point,
    /// Along the baseline to where the next begins.
    pub advance: Vec2,
    /// Height of the font.
    pub em: f64,
}

/// All of a page.
#[derive(Default)]
pub struct Sheet {
    pub letters: Vec<Letter>,
    /// Letters that are drawn and of which the document does not tell the characters.
    pub unknown: usize,
    /// Whether some were left out for their number.
    pub cut: bool,
    /// Size of the page, and of what is drawn on it as a picture at most, in square points.
    pub area: f64,
    pub picture: f64,
}

/// The letters of a page.
pub fn letters(page: &Page<'_>, fonts: &Arc<Fonts>) -> Sheet {
    let (width, height) = page.render_dimensions();
    let fonts = Arc::clone(fonts);
    let settings =
        InterpreterSettings { font_resolver: Arc::new(move |query| fonts.stand_in(query)), ..Default::default() };
    let cache = InterpreterCache::new();
    let bounds = Rect::new(0.0, 0.0, width.into(), height.into());
    let mut context = Context::new(page.initial_transform(true).to_kurbo(), bounds, &cache, page.xref(), settings);
    let mut sheet = Sheet { area: bounds.area(), ..Sheet::default() };
    interpret_page(page, &mut context, &mut sheet);
    sheet
}

impl Sheet {
    /// Whether what the page says is to be seen only: it has no letters of its own, or few on a picture, or ones of which it does
    /// not say what they are.
    pub fn is_to_be_seen(&self) -> bool {
        let few = self.letters.iter().filter(|letter| letter.text != " ").take(FEW).count() < FEW;
        self.letters.is_empty() || self.unknown > self.letters.len() || (few && self.picture > self.area * MOST)
    }

    /// Whether it has text of its own and a picture beside it that is large enough to say something.
    pub fn has_picture(&self) -> bool {
        !self.is_to_be_seen() && self.picture > self.area * SOME
    }

    fn take(&mut self, letter: Letter) {
        let sane =
            [letter.at.x, letter.at.y, letter.advance.x, letter.advance.y, letter.em].iter().all(|v| v.is_finite());
        if self.letters.len() >= MAX_LETTERS {
            self.cut = true;
        } else if sane && letter.em > 0.0 {
            self.letters.push(letter);
        }
    }
}

impl<'a> Device<'a> for Sheet {
    // Invisible ones too: so do scanners lay what they recognised over a picture.
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        let down = matches!(run.writing_mode(), WritingMode::Vertical);
        for glyph in run.glyphs() {
            let whole = props.transform * glyph.transform();
            let [a, b, c, d, e, f] = whole.as_coeffs();
            let (along, up) = (Vec2::new(a, b) * UNITS, Vec2::new(c, d) * UNITS);
            let (told, advance) = match &**glyph {
                Glyph::Outline(outline) => (outline.as_unicode(), outline.advance_width()),
                Glyph::Type3(drawn) => (drawn.as_unicode(), drawn.advance_width()),
            };
            let text = match told.map(spelled) {
                Some(text) if text.chars().all(|c| c.is_control() || c.is_whitespace()) => " ".to_owned(),
                told => told.map(readable).unwrap_or_default(),
            };
            if text.is_empty() {
                self.unknown += usize::from(is_drawn(glyph));
                continue;
            }
            let share = advance.map_or(USUAL_ADVANCE, |advance| f64::from(advance) / UNITS);
            let advance = if down { -up } else { along * share };
            self.take(Letter { text, at: Point::new(e, f), advance, em: up.hypot() });
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let own = Rect::new(0.0, 0.0, image.width().into(), image.height().into());
        let place = props.transform.transform_rect_bbox(own).abs();
        if place.is_finite() {
            self.picture = self.picture.max(place.area().min(self.area));
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// Whether a letter leaves ink.
fn is_drawn(glyph: &Glyph<'_>) -> bool {
    match glyph {
        Glyph::Outline(outline) => !outline.outline().is_empty(),
        Glyph::Type3(_) => true,
    }
}

/// The characters that a document gives for a letter.
pub fn spelled(text: BfString) -> String {
    match text {
        BfString::Char(c) => c.to_string(),
        BfString::String(text) => text,
    }
}

/// Nothing where a letter has no characters of its own: controls, private use, the sign for what is unknown.
pub fn readable(text: String) -> String {
    let odd = |c: char| c.is_control() || ('\u{e000}'..='\u{f8ff}').contains(&c) || c == char::REPLACEMENT_CHARACTER;
    if text.chars().any(odd) { String::new() } else { text }
}
