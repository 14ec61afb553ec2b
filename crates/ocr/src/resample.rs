//! A part of a picture at another size, as the numbers that a model takes: three planes, from -1 to 1.
//!
//! Keeps: each number is a mean of the pixels that it stands for (a triangle as wide as the step); outside the picture its
//! edge goes on. Does not know: which model.

use crate::picture::{Form, Picture};

/// Middle of the scale and half of it: 0 to 255 becomes -1 to 1.
const HALF: f32 = 127.5;
/// Planes: blue, green, red, as the models were taught.
const PLANES: usize = 3;

/// What to take: `width` by `height` numbers of each plane from column `left` and row `top`, of the picture seen at `scale`.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// First column at that scale.
    pub left: usize,
    /// First row at that scale.
    pub top: usize,
    /// Columns.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Numbers a pixel.
    pub scale: f32,
}

/// Shares of the pixels of one line in one number.
struct Shares {
    first: usize,
    shares: Vec<f32>,
}

/// The numbers, plane after plane.
pub fn planes(picture: &Picture<'_>, window: Window) -> Vec<f32> {
    let across = shares(window.left, window.width, window.scale, picture.width());
    let down = shares(window.top, window.height, window.scale, picture.height());
    let colours = if picture.form() == Form::Grey { 1 } else { PLANES };
    let line = window.width * colours;
    let mut planes = vec![0.0f32; window.width * window.height * PLANES];
    // Lines that were made narrower already, by their row in the picture.
    let mut narrow: Vec<(usize, Vec<f32>)> = Vec::new();
    for (row, wanted) in down.iter().enumerate() {
        narrow.retain(|(y, _)| *y >= wanted.first);
        let mut sum = vec![0.0f32; line];
        for (y, share) in (wanted.first..).zip(&wanted.shares) {
            if !narrow.iter().any(|(have, _)| *have == y) {
                narrow.push((y, narrower(picture.row(y), colours, &across)));
            }
            if let Some((_, made)) = narrow.iter().find(|(have, _)| *have == y) {
                sum.iter_mut().zip(made).for_each(|(sum, v)| *sum += v * share);
            }
        }
        let size = window.width * window.height;
        for (n, plane) in planes.chunks_exact_mut(size.max(1)).enumerate() {
            let colour = if colours == 1 { 0 } else { PLANES - 1 - n };
            let to = plane.get_mut(row * window.width..(row + 1) * window.width).unwrap_or_default();
            let from = sum.iter().skip(colour).step_by(colours);
            to.iter_mut().zip(from).for_each(|(to, v)| *to = v / HALF - 1.0);
        }
    }
    planes
}

fn narrower(row: &[u8], colours: usize, across: &[Shares]) -> Vec<f32> {
    let mut made = Vec::with_capacity(across.len() * colours);
    for wanted in across {
        let pixels = row.get(wanted.first * colours..).unwrap_or_default();
        if colours == 1 {
            made.push(pixels.iter().zip(&wanted.shares).map(|(v, share)| f32::from(*v) * share).sum());
        } else {
            let mut sum = [0.0f32; PLANES];
            for ([r, g, b], share) in pixels.as_chunks::<PLANES>().0.iter().zip(&wanted.shares) {
                sum[0] += f32::from(*r) * share;
                sum[1] += f32::from(*g) * share;
                sum[2] += f32::from(*b) * share;
            }
            made.extend(sum);
        }
    }
    made
}

/// The pixels of a line of `length` that each of `count` numbers from `start` stands for.
fn shares(start: usize, count: usize, scale: f32, length: usize) -> Vec<Shares> {
    let reach = (1.0 / scale).max(1.0);
    let last = length.saturating_sub(1) as f32;
    (start..start + count)
        .map(|at| {
            let middle = ((at as f32 + 0.5) / scale - 0.5).min(last);
            let first = (middle - reach).ceil().clamp(0.0, last);
            let end = (middle + reach).floor().clamp(0.0, last);
            let mut shares: Vec<f32> = (first as usize..=end as usize)
                .map(|pixel| (1.0 - (pixel as f32 - middle).abs() / reach).max(0.0))
                .collect();
            let sum: f32 = shares.iter().sum();
            if sum > 0.0 {
                shares.iter_mut().for_each(|share| *share /= sum);
            } else if let Some(share) = shares.first_mut() {
                *share = 1.0;
            }
            Shares { first: first as usize, shares }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_stay_what_they_are() {
        let grey: Vec<u8> = (0..64 * 48).map(|i| if (i / 4) % 2 == 0 { 0 } else { 255 }).collect();
        let picture = Picture::new(&grey, 64, 48, Form::Grey).unwrap();
        let made = planes(&picture, Window { left: 0, top: 0, width: 16, height: 12, scale: 0.25 });
        assert_eq!(made.len(), 3 * 16 * 12);
        let mean: f32 = made.iter().sum::<f32>() / made.len() as f32;
        assert!(mean.abs() < 0.05, "{mean}");
        let far = planes(&picture, Window { left: 600, top: 600, width: 4, height: 4, scale: 0.5 });
        assert!(far.iter().all(|v| (-1.0..=1.0).contains(v)), "beyond the picture its edge goes on");
    }

    #[test]
    fn colours_are_blue_green_red() {
        let red = [255u8, 0, 0].repeat(9);
        let picture = Picture::new(&red, 3, 3, Form::Rgb).unwrap();
        let made = planes(&picture, Window { left: 0, top: 0, width: 6, height: 6, scale: 2.0 });
        assert!(made[..72].iter().all(|v| (v + 1.0).abs() < 1e-5));
        assert!(made[72..].iter().all(|v| (v - 1.0).abs() < 1e-5));
    }
}
