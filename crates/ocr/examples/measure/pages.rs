//! Pages as pixels, drawn as the worker draws them, and what the process used.
//!
//! Keeps: nothing. Does not know: text.

use std::path::Path;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use image::{DynamicImage, RgbImage, RgbaImage, imageops};

/// Dots an inch at which papers are drawn, and points an inch.
const DOTS: f32 = 200.0;
const POINTS: f32 = 72.0;
/// Longest edge of a page, pixels.
const MAX_EDGE: f32 = 6000.0;
/// Most pages of a file.
const MAX_PAGES: usize = 4;

/// Pages of a file; none of what can't be drawn.
pub fn of(file: &Path) -> Vec<RgbImage> {
    let bytes = std::fs::read(file).unwrap();
    if file.extension().is_some_and(|ending| ending == "pdf") {
        return papers(bytes);
    }
    image::load_from_memory(&bytes).ok().map(on_white).into_iter().collect()
}

fn on_white(picture: DynamicImage) -> RgbImage {
    let mut paper = RgbaImage::from_pixel(picture.width(), picture.height(), image::Rgba([255; 4]));
    imageops::overlay(&mut paper, &picture.to_rgba8(), 0, 0);
    DynamicImage::from(paper).to_rgb8()
}

fn papers(bytes: Vec<u8>) -> Vec<RgbImage> {
    let Ok(pdf) = Pdf::new(bytes) else { return Vec::new() };
    let drawn = pdf.pages().iter().take(MAX_PAGES).filter_map(|page| {
        let (width, height) = page.render_dimensions();
        let dots: f32 = std::env::var("DOTS").ok().and_then(|v| v.parse().ok()).unwrap_or(DOTS);
        let scale = (dots / POINTS).min(MAX_EDGE / width.max(height));
        let settings = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
        let interpreter = InterpreterSettings::default();
        let drawn = render(page, &RenderCache::new(), &interpreter, &RenderSettings::default(), &settings);
        let pixels = drawn.data_as_u8_slice().as_chunks::<4>().0.iter().flat_map(|[r, g, b, _]| [*r, *g, *b]).collect();
        RgbImage::from_raw(drawn.width().into(), drawn.height().into(), pixels)
    });
    drawn.collect()
}

/// Seconds of CPU that this process took so far.
pub fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<f64> =
        stat.rsplit(')').next().unwrap_or_default().split_whitespace().map(|f| f.parse().unwrap_or(0.0)).collect();
    let ticks = fields.get(11).copied().unwrap_or_default() + fields.get(12).copied().unwrap_or_default();
    ticks / 100.0
}

/// Most memory it held since [`forget_peak`], MiB.
pub fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|v| v.parse::<u64>().ok()).unwrap_or_default() / 1024
}

/// Counts the most memory anew.
pub fn forget_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}
