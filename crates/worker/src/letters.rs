//! Where each letter of a page is drawn, and what is drawn that is no letter: by the same interpreter that makes the picture, so
//! that a place here is a place there.
//!
//! Keeps: whatever a page shows is a letter with its characters and place, a plain rule or box, or an *opaque* place, of
//! which nobody can say what it reads. Does not know: names, plans, pixels.

use std::sync::Arc;

use casemate_ports::reading::{Kind, Passage, Place, Severity};
use casemate_ports::worker::LettersJob;
use hayro::hayro_interpret::TransformExt as _;
use hayro::hayro_interpret::font::{Glyph, GlyphRun};
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, Paint, SoftMask, interpret_page,
};
use hayro::hayro_syntax::Pdf;
use hayro::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};

use crate::fonts::Fonts;
use crate::out::{Out, Read, about, passage, unread};
use crate::pdf::page::{readable, spelled};

const PDF: &str = "application/pdf";
/// Most marks of a page.
const MAX_MARKS: usize = 400_000;
/// Hundredths of a point in a point.
const HUNDREDTHS: f64 = 100.0;
/// Edge below which a box may be a dot of a letter, points.
const SMALL: f64 = 4.0;
/// How far two coordinates of a straight line may differ, points.
const STRAIGHT: f64 = 0.01;

/// Tells the letters of a page, in the order in which they are drawn, one passage each; an opaque place has no text.
pub fn of_page(bytes: Vec<u8>, job: LettersJob, fonts: Fonts, out: &mut Out) -> Read {
    let Ok(pdf) = Pdf::new(bytes) else {
        return unread(out, Kind::Document, PDF, "malformed", "its pages can't be drawn");
    };
    let index = usize::try_from(job.page).unwrap_or(usize::MAX).checked_sub(1);
    let Some(page) = index.and_then(|index| pdf.pages().get(index)) else {
        return unread(out, Kind::Document, PDF, "no-page", &format!("it has {} pages", pdf.pages().len()));
    };
    let (width, height) = page.render_dimensions();
    let sheet = Rect::new(0.0, 0.0, width.into(), height.into());
    let settings = InterpreterSettings {
        font_resolver: Arc::new(move |query| fonts.stand_in(query)),
        ..InterpreterSettings::default()
    };
    let cache = InterpreterCache::new();
    let mut context = Context::new(page.initial_transform(true).to_kurbo(), sheet, &cache, page.xref(), settings);
    let mut board = Board::default();
    interpret_page(page, &mut context, &mut board);
    out.about(about(Kind::Document, PDF, Vec::new()))?;
    if board.marks.len() >= MAX_MARKS {
        return out.finding("too-many", Severity::Partial, "more marks on a page than are told apart");
    }
    for mark in board.marks {
        if let Some(told) = told(job.page, sheet, mark) {
            out.passage(told)?;
        }
    }
    Ok(())
}

/// A mark in hundredths of a point, rounded outward; none off the page.
fn told(page: u32, sheet: Rect, mark: Mark) -> Option<Passage> {
    let seen = mark.place.intersect(sheet);
    if seen.width() <= 0.0 || seen.height() <= 0.0 {
        return None;
    }
    let low = |at: f64| (at * HUNDREDTHS).floor() as u32;
    let high = |at: f64| (at * HUNDREDTHS).ceil() as u32;
    let (left, top) = (low(seen.x0), low(seen.y0));
    let rect = [left, top, high(seen.x1).saturating_sub(left), high(seen.y1).saturating_sub(top)];
    Some(passage(Place::Page { number: page, rect: Some(rect) }, mark.reads))
}

/// Something drawn.
struct Mark {
    /// Its characters; empty where nobody can say.
    reads: String,
    place: Rect,
}

/// Takes what is drawn.
#[derive(Default)]
struct Board {
    marks: Vec<Mark>,
    /// The place of a letter that is drawn by instructions of its own, while it is.
    within: Option<Rect>,
    /// Which clips and groups shape what is drawn in them into something else.
    shaping: Vec<bool>,
}

impl Board {
    fn mark(&mut self, reads: String, place: Rect) {
        if let Some(whole) = &mut self.within {
            *whole = if whole.area() > 0.0 { whole.union(place) } else { place };
        } else if self.marks.len() < MAX_MARKS {
            let known = place.is_finite();
            let reads = if known && !self.shaped() { reads } else { String::new() };
            self.marks.push(Mark { reads, place: if known { place } else { EVERYWHERE } });
        }
    }

    fn shaped(&self) -> bool {
        self.shaping.contains(&true)
    }
}

/// A place that covers any page.
const EVERYWHERE: Rect = Rect::new(0.0, 0.0, 1e6, 1e6);

impl<'a> Device<'a> for Board {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        let drawn = props.transform * path.clone();
        let place = drawn.bounding_box().inflate(ink(mode, props.transform), ink(mode, props.transform));
        let dot = place.width() < SMALL && place.height() < SMALL;
        let plain = matches!(props.paint, Paint::Color(_)) && props.soft_mask.is_none() && is_straight(&drawn) && !dot;
        if self.within.is_some() || !plain || self.shaped() {
            self.mark(String::new(), place);
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.shaping.push(!is_straight(&clip.path));
    }

    fn push_transparency_group(&mut self, _: f32, mask: Option<SoftMask<'a>>, _: BlendMode) {
        self.shaping.push(mask.is_some());
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        if matches!(mode, DrawMode::Invisible) {
            return;
        }
        for glyph in run.glyphs() {
            let whole = props.transform * glyph.transform();
            let (place, reads) = match &**glyph {
                Glyph::Outline(outline) => {
                    let path = outline.outline();
                    if path.is_empty() {
                        continue;
                    }
                    let ink = ink(mode, props.transform);
                    ((whole * path).bounding_box().inflate(ink, ink), outline.as_unicode())
                }
                Glyph::Type3(drawn) => {
                    let outer = self.within.replace(Rect::ZERO);
                    drawn.interpret(self, props.transform, glyph.transform(), &props.paint);
                    let place = std::mem::replace(&mut self.within, outer).unwrap_or(Rect::ZERO);
                    (place, drawn.as_unicode())
                }
            };
            if place.area() > 0.0 {
                let known = props.soft_mask.is_none();
                let reads = reads.filter(|_| known).map(spelled).unwrap_or_default();
                self.mark(readable(reads), place);
            }
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        // The transform is of the picture's own pixels.
        let own = Rect::new(0.0, 0.0, image.width().into(), image.height().into());
        let place = props.transform.transform_rect_bbox(own);
        self.mark(String::new(), place);
    }

    fn pop_clip(&mut self) {
        self.shaping.pop();
    }

    fn pop_transparency_group(&mut self) {
        self.shaping.pop();
    }
}

/// Half the width of a stroke on the page, and more where it has corners.
fn ink(mode: &DrawMode, transform: Affine) -> f64 {
    let width = match mode {
        DrawMode::Stroke(stroke) | DrawMode::FillAndStroke(_, stroke) => f64::from(stroke.line_width),
        _ => return 0.0,
    };
    let [a, b, c, d, ..] = transform.as_coeffs();
    width * a.hypot(b).max(c.hypot(d))
}

/// Whether a path is made of level and upright lines alone: no letter is.
fn is_straight(path: &BezPath) -> bool {
    let (mut first, mut last) = (Point::ZERO, Point::ZERO);
    let level = |from: Point, to: Point| (from.x - to.x).abs() < STRAIGHT || (from.y - to.y).abs() < STRAIGHT;
    let mut lines = 0usize;
    path.elements().iter().all(|element| match element {
        PathEl::MoveTo(to) => {
            (first, last) = (*to, *to);
            true
        }
        PathEl::LineTo(to) => {
            lines += 1;
            let straight = level(last, *to);
            last = *to;
            straight && lines <= MOST_LINES
        }
        PathEl::ClosePath => level(std::mem::replace(&mut last, first), first),
        PathEl::QuadTo(..) | PathEl::CurveTo(..) => false,
    })
}

/// Lines of a path that is a rule, a box or a table; more may be letters made of dots.
const MOST_LINES: usize = 64;
