//! A page with the boxes over it: lines in blue, characters in red and green in turn.
//!
//! Keeps: nothing. Does not know: whether they are right: that is for eyes.

use std::path::Path;

use casemate_ocr::{Page, Point, Slab};
use image::{Rgb, RgbImage};

/// Writes a PNG.
pub fn write(to: &Path, sheet: &RgbImage, page: &Page) {
    let mut drawn = sheet.clone();
    for line in &page.lines {
        for (n, glyph) in line.glyphs.iter().enumerate() {
            let colour = if n % 2 == 0 { [255, 0, 0] } else { [0, 150, 0] };
            outline(&mut drawn, &glyph.slab, Rgb(colour));
        }
        outline(&mut drawn, &line.slab, Rgb([60, 60, 255]));
    }
    std::fs::create_dir_all(to.parent().unwrap()).unwrap();
    drawn.save(to).unwrap();
}

fn outline(sheet: &mut RgbImage, slab: &Slab, colour: Rgb<u8>) {
    let corners = slab.corners();
    for (from, to) in corners.iter().zip(corners.iter().cycle().skip(1)) {
        stroke(sheet, *from, *to, colour);
    }
}

fn stroke(sheet: &mut RgbImage, from: Point, to: Point, colour: Rgb<u8>) {
    let steps = (to.x - from.x).abs().max((to.y - from.y).abs()).ceil().max(1.0);
    for step in 0..=steps as usize {
        let share = step as f32 / steps;
        let (x, y) = (from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share);
        if x >= 0.0 && y >= 0.0 && (x as u32) < sheet.width() && (y as u32) < sheet.height() {
            sheet.put_pixel(x as u32, y as u32, colour);
        }
    }
}
