//! What a page draws, in its order: letters, what may cover them, pictures.
//!
//! Keeps: everything is in pixels of the drawn page; counts have limits. Does not know: what is seen in the end.

use std::collections::BTreeSet;

use hayro::hayro_interpret::font::{Glyph, GlyphRun};
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask, StrokeProps,
};
use hayro::kurbo::{self, Affine, BezPath, Rect, Shape, Stroke, StrokeOpts};

/// Most letters of a page.
pub const MAX_LETTERS: usize = 400_000;
/// Most path elements of all letters of a page.
const MAX_ELEMENTS: usize = 8_000_000;
/// Most covers and pictures of a page.
const MAX_COVERS: usize = 200_000;
/// Units of a glyph's em.
const EM: f64 = 1000.0;
/// What a letter without an outline reaches above and below its baseline, units.
const ASCENT: f64 = 700.0;
const DESCENT: f64 = -100.0;
/// The opacity from which on nothing shows through.
const OPAQUE: f32 = 0.98;
/// How far apart, in their own width, two letters are that stand in one place.
const SAME_PLACE: f64 = 0.2;
/// Deepest nesting of glyphs that draw glyphs.
const MAX_DEPTH: usize = 4;

/// One letter.
pub struct Letter {
    /// What it says; empty where the font does not tell.
    pub text: String,
    /// Its ink, or its place in the line where it has none.
    pub bounds: Rect,
    /// Its ink, where it has an outline.
    pub outline: Option<BezPath>,
    /// Height of its font, pixels; unknown of fonts that are drawings.
    pub em: Option<f64>,
    /// Drawn with no ink.
    pub invisible: bool,
    /// What the clipping paths leave, roughly.
    pub clip: Rect,
    /// When it was drawn.
    pub order: usize,
}

/// Something that may lie over what was drawn before.
pub struct Cover {
    /// Where.
    pub bounds: Rect,
    /// When it was drawn.
    pub order: usize,
    /// A rectangle in one opaque colour.
    pub plain: bool,
    /// A picture, not a path.
    pub picture: bool,
}

/// A picture, with the pixels of what may be seen of it.
pub struct Picture {
    /// Where.
    pub bounds: Rect,
    /// When it was drawn.
    pub order: usize,
    /// From its own pixels to those of the page.
    pub place: Affine,
    /// Its brightness, where it was wanted.
    pub luma: Option<Luma>,
    /// Which one: a digest of its stored bytes.
    pub digest: u64,
}

/// Brightness of a picture.
pub struct Luma {
    /// Columns.
    pub width: usize,
    /// Row after row.
    pub values: Vec<u8>,
}

/// What was drawn.
#[derive(Default)]
pub struct Witness {
    /// In the order of drawing.
    pub letters: Vec<Letter>,
    /// In the order of drawing.
    pub covers: Vec<Cover>,
    /// What tints what lies below it: where, and when it was drawn.
    pub tints: Vec<(Rect, usize)>,
    /// In the order of drawing.
    pub pictures: Vec<Picture>,
    /// Whether a limit was met.
    pub full: bool,
    /// The pictures, by their order, whose pixels are wanted.
    wanted: BTreeSet<usize>,
    clips: Vec<Rect>,
    opacity: Vec<f32>,
    order: usize,
    elements: usize,
    page: Rect,
}

impl Witness {
    /// Nothing drawn yet on a page of that many pixels; of the pictures `wanted` the brightness is kept.
    pub fn new(page: Rect, wanted: BTreeSet<usize>) -> Self {
        Self { page, wanted, ..Self::default() }
    }

    fn clip(&self) -> Rect {
        self.clips.last().copied().unwrap_or(Rect::new(-1e9, -1e9, 1e9, 1e9))
    }

    fn next(&mut self) -> usize {
        self.order += 1;
        self.order
    }

    fn opaque(&self) -> bool {
        self.opacity.iter().all(|o| *o >= OPAQUE)
    }

    fn cover(&mut self, bounds: Rect, props: &DrawProps<'_>, mode: &DrawMode, plain: bool) {
        let order = self.next();
        let filled = !matches!(mode, DrawMode::Invisible);
        let (shows, one_colour) = match &props.paint {
            Paint::Color(colour) => (colour.to_rgba().components()[3] < OPAQUE, true),
            Paint::Pattern(_) => (false, false),
        };
        let through = shows || props.soft_mask.is_some() || props.blend_mode != BlendMode::Normal || !self.opaque();
        let bounds = bounds.intersect(self.clip());
        if !filled {
            return;
        }
        if through {
            if self.tints.len() < MAX_COVERS {
                self.tints.push((bounds, order));
            }
            return;
        }
        self.push_cover(Cover { bounds, order, plain: plain && one_colour, picture: false });
    }

    fn push_cover(&mut self, cover: Cover) {
        if self.covers.len() >= MAX_COVERS {
            self.full = true;
        } else {
            self.covers.push(cover);
        }
    }

    /// Takes out what was drawn twice in one place, as for bold letters: its ink is there once.
    pub fn once(&mut self) {
        let mut drawn: BTreeSet<(String, i64, i64)> = BTreeSet::new();
        self.letters.retain(|l| {
            let step = (SAME_PLACE * l.bounds.width()).max(0.3);
            let coarse = |v: f64| (v / step).round() as i64;
            drawn.insert((l.text.clone(), coarse(l.bounds.x0), coarse(l.bounds.y0)))
        });
    }

    fn letter(&mut self, letter: Letter) {
        self.elements += letter.outline.as_ref().map_or(0, |o| o.elements().len());
        if self.letters.len() >= MAX_LETTERS || self.elements > MAX_ELEMENTS {
            self.full = true;
        } else {
            self.letters.push(letter);
        }
    }

    /// The outline of a glyph that is a drawing: its paths, or the frames of its pictures.
    fn drawn_glyph<'a>(&self, glyph: &Glyph<'a>, props: &DrawProps<'a>, place: Affine) -> (Rect, Option<BezPath>) {
        let mut sketch = Sketch::default();
        if let Glyph::Type3(glyph) = glyph {
            glyph.interpret(&mut sketch, props.transform, place, &props.paint);
        }
        let bounds = sketch.bounds.unwrap_or_else(|| {
            let origin = props.transform * place * kurbo::Point::ZERO;
            Rect::from_points(origin, origin)
        });
        let path = (!sketch.pictures && !sketch.path.is_empty()).then_some(sketch.path);
        (bounds, path)
    }
}

fn text_of(glyph: &Glyph<'_>) -> String {
    use hayro::hayro_interpret::hayro_cmap::BfString;
    match glyph.as_unicode() {
        Some(BfString::Char(c)) => c.to_string(),
        Some(BfString::String(s)) => s,
        None => String::new(),
    }
}

fn stroked(path: &BezPath, props: &StrokeProps) -> BezPath {
    let stroke = Stroke::new(f64::from(props.line_width)).with_caps(props.line_cap).with_join(props.line_join);
    kurbo::stroke(path, &stroke, &StrokeOpts::default(), (f64::from(props.line_width) / 20.0).max(1e-4))
}

impl<'a> Device<'a> for Witness {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        let drawn = (props.transform * path.clone()).bounding_box();
        // A path that fills its box is as good as a rectangle.
        let bounds = path.bounding_box();
        let full = bounds.area() > 0.0 && path.area().abs() >= 0.97 * bounds.area() && upright(props.transform);
        match mode {
            // Of strokes only a line thicker than its course is wide covers its box.
            DrawMode::Stroke(stroke) => {
                let scale = props.transform.determinant().abs().sqrt();
                let wide = f64::from(stroke.line_width) * scale;
                let thick = wide >= drawn.width().min(drawn.height());
                let bounds = if thick { drawn.inflate(wide / 2.0, wide / 2.0) } else { Rect::ZERO };
                self.cover(bounds, &props, mode, false);
            }
            _ => self.cover(drawn, &props, mode, full),
        }
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, mode: &DrawMode) {
        let drawn = props.transform.transform_rect_bbox(*rect);
        match mode {
            DrawMode::Stroke(_) => self.cover(Rect::ZERO, &props, mode, false),
            _ => self.cover(drawn, &props, mode, upright(props.transform)),
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        let clip = self.clip().intersect(clip.path.bounding_box());
        self.clips.push(clip);
    }

    fn push_clip_rect(&mut self, rect: &Rect) {
        let clip = self.clip().intersect(*rect);
        self.clips.push(clip);
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn push_transparency_group(&mut self, opacity: f32, mask: Option<SoftMask<'a>>, mode: BlendMode) {
        let shows = mask.is_some() || mode != BlendMode::Normal;
        self.opacity.push(if shows { 0.0 } else { opacity });
    }

    fn pop_transparency_group(&mut self) {
        self.opacity.pop();
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        let order = self.next();
        let clip = self.clip();
        for positioned in run.glyphs() {
            let whole = props.transform * positioned.transform();
            let (bounds, outline, em) = match &**positioned {
                Glyph::Outline(glyph) => {
                    let mut path = glyph.outline();
                    let tall = whole * kurbo::Point::new(0.0, EM) - whole * kurbo::Point::ZERO;
                    if path.is_empty() {
                        let wide = f64::from(glyph.advance_width().unwrap_or(0.0));
                        let place = Rect::new(0.0, DESCENT, wide, ASCENT);
                        (whole.transform_rect_bbox(place), None, Some(tall.hypot()))
                    } else {
                        if let DrawMode::Stroke(stroke) = mode {
                            path = props.transform * stroked(&(positioned.transform() * path), stroke);
                        } else {
                            path = whole * path;
                        }
                        (path.bounding_box(), Some(path), Some(tall.hypot()))
                    }
                }
                Glyph::Type3(_) => {
                    let (bounds, path) = self.drawn_glyph(positioned, &props, positioned.transform());
                    (bounds, path, None)
                }
            };
            if !bounds.is_finite() {
                continue;
            }
            let invisible = matches!(mode, DrawMode::Invisible);
            let text = text_of(positioned);
            self.letter(Letter { text, bounds, outline, em, invisible, clip, order });
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let order = self.next();
        let own = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let whole = props.transform.transform_rect_bbox(own);
        let bounds = whole.intersect(self.clip()).intersect(self.page);
        if bounds.area() <= 0.0 {
            return;
        }
        let stream = match &image {
            Image::Raster(raster) => raster.stream(),
            Image::Stencil(stencil) => stencil.stream(),
        };
        let masked = ["SMask", "Mask", "SMaskInData"].iter().any(|key| stream.dict().contains_key(key));
        if !masked && self.opaque() && props.soft_mask.is_none() && props.blend_mode == BlendMode::Normal {
            self.push_cover(Cover { bounds, order, plain: false, picture: true });
        }
        if self.pictures.len() >= MAX_COVERS {
            self.full = true;
            return;
        }
        let luma = match &image {
            Image::Raster(raster) if self.wanted.contains(&order) => luma(raster),
            _ => None,
        };
        let digest = digest(&stream.raw_data());
        // The picture may be decoded smaller than it says.
        let place = match &luma {
            Some((_, sx, sy)) => props.transform * Affine::scale_non_uniform(*sx, *sy),
            None => props.transform,
        };
        self.pictures.push(Picture { bounds, order, place, luma: luma.map(|l| l.0), digest });
    }
}

/// Which bytes: FNV-1a, to tell pictures of one document apart and nothing more.
pub fn digest(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3))
}

fn upright(transform: Affine) -> bool {
    let [a, b, c, d, ..] = transform.as_coeffs();
    let near = |v: f64, of: f64| v.abs() <= 0.01 * of.abs();
    (near(b, a) && near(c, d)) || (near(a, b) && near(d, c))
}

fn luma(raster: &hayro::hayro_interpret::RasterImage<'_>) -> Option<(Luma, f64, f64)> {
    use hayro::hayro_interpret::ImageData;
    let mut made = None;
    raster.with_rgba(
        |data, _| {
            let (width, scale) = (data.width() as usize, data.scale_factors());
            let values = match data {
                ImageData::Luma(l) => l.data,
                ImageData::Rgb(rgb) => rgb.data.as_chunks::<3>().0.iter().map(|p| brightness(*p)).collect(),
            };
            made = Some((Luma { width, values }, f64::from(scale.0), f64::from(scale.1)));
        },
        None,
    );
    made
}

/// Brightness of a colour.
pub fn brightness([r, g, b]: [u8; 3]) -> u8 {
    ((u32::from(r) * 299 + u32::from(g) * 587 + u32::from(b) * 114) / 1000) as u8
}

/// What a glyph draws that is a drawing of its own.
#[derive(Default)]
struct Sketch {
    path: BezPath,
    bounds: Option<Rect>,
    pictures: bool,
    depth: usize,
}

impl Sketch {
    fn add(&mut self, bounds: Rect) {
        self.bounds = Some(self.bounds.map_or(bounds, |b| b.union(bounds)));
    }
}

impl<'a> Device<'a> for Sketch {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        let path = match mode {
            DrawMode::Stroke(stroke) => props.transform * stroked(path, stroke),
            _ => props.transform * path.clone(),
        };
        if !path.is_empty() {
            self.add(path.bounding_box());
            self.path.extend(path);
        }
    }
    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let own = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        self.pictures = true;
        self.add(props.transform.transform_rect_bbox(own));
    }
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        for positioned in run.glyphs() {
            match &**positioned {
                Glyph::Outline(glyph) => {
                    let path = positioned.transform() * glyph.outline();
                    self.draw_path(&path, props.clone(), mode);
                }
                Glyph::Type3(glyph) if self.depth < MAX_DEPTH => {
                    self.depth += 1;
                    glyph.interpret(self, props.transform, positioned.transform(), &props.paint);
                    self.depth -= 1;
                }
                Glyph::Type3(_) => {}
            }
        }
    }
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
