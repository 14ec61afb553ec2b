//! Pages and pictures as pixels.
//!
//! Keeps: what leaves is red, green and blue on white paper, no larger than the protocol carries; one that can't be drawn is
//! a finding. Does not know: who looks at it.

pub mod frames;

use std::io::Cursor;
use std::sync::Arc;

use casemate_ports::reading::Kind;
use casemate_ports::worker::{DrawJob, MAX_PIXELS, MAX_WIDTH, PictureFormat};
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::page::Page;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits, RgbImage, imageops};

use crate::fonts::Fonts;
use crate::out::{Out, Read, unread};

const PDF: &str = "application/pdf";
/// Longest page edge that is believed, points (PDF 1.7 Annex C: 14,400).
const MAX_EDGE: f32 = 14_400.0;
/// Longest edge of a picture that is decoded, pixels.
const MAX_PICTURE_EDGE: u32 = 30_000;
/// Most bytes that decoding a picture may take.
const MAX_PICTURE_BYTES: u64 = 768 << 20;
/// Hundredths of a point in a point.
const HUNDREDTHS: f32 = 100.0;
const HUNDRED: u32 = 100;
const RGBA: usize = 4;

/// A page as it is drawn.
pub struct Drawn {
    pub width: u32,
    pub height: u32,
    /// Red, green, blue, row after row.
    pub pixels: Vec<u8>,
    /// Width and height of the page in hundredths of a point; of a picture, of its pixels.
    pub points: [u32; 2],
}

impl Drawn {
    /// A picture at its own size.
    pub fn of_picture(picture: RgbImage) -> Self {
        let (width, height) = picture.dimensions();
        Self {
            width,
            height,
            pixels: picture.into_raw(),
            points: [width, height].map(|edge| edge.saturating_mul(HUNDRED)),
        }
    }
}

/// Draws a page of a PDF.
pub fn of_page(bytes: Vec<u8>, job: DrawJob, fonts: Fonts, out: &mut Out) -> Read {
    let Ok(pdf) = Pdf::new(bytes) else {
        return unread(out, Kind::Document, PDF, "malformed", "its pages can't be drawn");
    };
    let pages = u32::try_from(pdf.pages().len()).unwrap_or(u32::MAX);
    let index = usize::try_from(job.page).unwrap_or(usize::MAX).checked_sub(1);
    let Some(page) = index.and_then(|index| pdf.pages().get(index)) else {
        return unread(out, Kind::Document, PDF, "no-page", &format!("it has {pages} pages"));
    };
    match of_sheet(page, job.width, &Arc::new(fonts)) {
        Ok(drawn) => {
            let Drawn { width, height, pixels, points } = drawn;
            out.picture(PictureFormat { page: job.page, pages, width, height, points: Some(points) }, &pixels)
        }
        Err(why) => unread(out, Kind::Document, PDF, "malformed", why),
    }
}

/// Draws a page `wanted` pixels across, or fewer where it would pass the limits; or says why not.
pub fn of_sheet(page: &Page<'_>, wanted: u16, fonts: &Arc<Fonts>) -> Result<Drawn, &'static str> {
    let (width, height) = page.render_dimensions();
    if !(1.0..=MAX_EDGE).contains(&width) || !(1.0..=MAX_EDGE).contains(&height) {
        return Err("a page of no size, or too large");
    }
    let widest = (MAX_PIXELS as f32 * width / height).sqrt().floor();
    let scale = f32::from(wanted.clamp(1, MAX_WIDTH)).min(widest).min(f32::from(u16::MAX) * width / height) / width;
    let fonts = Arc::clone(fonts);
    let settings = InterpreterSettings {
        font_resolver: Arc::new(move |query| fonts.stand_in(query)),
        ..InterpreterSettings::default()
    };
    let pixmap = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let drawn = render(page, &RenderCache::new(), &settings, &RenderSettings::default(), &pixmap);
    let pixels: Vec<u8> =
        drawn.data_as_u8_slice().as_chunks::<RGBA>().0.iter().flat_map(|[r, g, b, _]| [*r, *g, *b]).collect();
    let points = [width, height].map(|edge| (edge * HUNDREDTHS) as u32);
    let (width, height) = (u32::from(drawn.width()), u32::from(drawn.height()));
    if width == 0 || height == 0 {
        return Err("a page too narrow to draw");
    }
    Ok(Drawn { width, height, pixels, points })
}

/// Draws a picture, as its camera held it.
pub fn of_picture(bytes: &[u8], job: DrawJob, out: &mut Out) -> Read {
    let pages = frames::places(bytes);
    let index = usize::try_from(job.page).unwrap_or(usize::MAX).checked_sub(1);
    let Some(place) = index.and_then(|index| pages.get(index)) else {
        return unread(out, Kind::Other, "image/*", "no-page", &format!("it has {} pages", pages.len()));
    };
    let pages = u32::try_from(pages.len()).unwrap_or(u32::MAX);
    let Some(picture) = decoded(bytes, *place) else {
        return unread(out, Kind::Other, "image/*", "malformed", "the picture can't be decoded");
    };
    let (width, height) = (picture.width(), picture.height());
    let widest = ((MAX_PIXELS as f64) * f64::from(width) / f64::from(height)).sqrt().floor();
    let wanted = width.min(u32::from(job.width.clamp(1, MAX_WIDTH))).min(widest as u32).max(1);
    let tall = (f64::from(height) * f64::from(wanted) / f64::from(width)).round().max(1.0) as u32;
    let small = if wanted == width { picture.to_rgb8() } else { imageops::thumbnail(&picture.to_rgb8(), wanted, tall) };
    let points = Some([width, height].map(|edge| edge.saturating_mul(HUNDRED)));
    let format = PictureFormat { page: job.page, pages, width: small.width(), height: small.height(), points };
    out.picture(format, small.as_raw())
}

/// The pixels of a page of a picture, as its camera held it, on white paper.
pub fn decoded(bytes: &[u8], place: frames::Place) -> Option<DynamicImage> {
    let bytes = frames::at(bytes, place);
    let mut reader = ImageReader::new(Cursor::new(&*bytes)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_PICTURE_EDGE);
    limits.max_image_height = Some(MAX_PICTURE_EDGE);
    limits.max_alloc = Some(MAX_PICTURE_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let decoded = DynamicImage::from_decoder(decoder).ok()?;
    // What shows through is paper.
    let mut paper = match decoded.color().has_alpha() {
        true => on_white(&decoded),
        false => decoded,
    };
    paper.apply_orientation(orientation);
    (paper.width() > 0 && paper.height() > 0).then_some(paper)
}

fn on_white(picture: &DynamicImage) -> DynamicImage {
    let mut paper = image::RgbaImage::from_pixel(picture.width(), picture.height(), image::Rgba([u8::MAX; RGBA]));
    imageops::overlay(&mut paper, &picture.to_rgba8(), 0, 0);
    paper.into()
}
