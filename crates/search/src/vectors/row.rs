//! A vector as it lies in a block: 8-bit numbers under one scale.
//!
//! ```text
//! key u64 ‖ first character u32 ‖ character after u32 ‖ scale f32 ‖ 512 × i8      (little-endian, 532 bytes, 30 in a frame)
//! ```
//!
//! Keeps: a number is off by half a scale at most; a row that is no vector (a scale that is no number) has the score 0.
//! Does not know: files, frames, what a key stands for.

use crate::frames::FRAME;

/// Numbers of a vector.
pub const DIM: usize = 512;
/// Bytes before the numbers.
const START: usize = 20;
/// Bytes of a row.
pub(crate) const ROW: usize = START + DIM;
/// Rows in a frame; what is left of it is zeros.
pub(crate) const ROWS_A_FRAME: usize = FRAME / ROW;
/// The largest number of a stored vector, and of one that is asked for.
const MOST: f32 = 127.0;
const MOST_ASKED: f32 = 2047.0;

/// A part of a text, and what it means.
#[derive(Debug, Clone, PartialEq)]
pub struct Window {
    /// Its first character (Unicode scalar values).
    pub from: u32,
    /// The first character after it.
    pub to: u32,
    /// The vector, of length 1.
    pub vector: [f32; DIM],
}

/// A row, read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Row<'a> {
    pub(crate) key: u64,
    pub(crate) from: u32,
    pub(crate) to: u32,
    scale: f32,
    numbers: &'a [u8; DIM],
}

impl<'a> Row<'a> {
    pub(crate) fn read(bytes: &'a [u8; ROW]) -> Option<Self> {
        let (key, rest) = bytes.split_first_chunk::<8>()?;
        let (from, rest) = rest.split_first_chunk::<4>()?;
        let (to, rest) = rest.split_first_chunk::<4>()?;
        let (scale, numbers) = rest.split_first_chunk::<4>()?;
        Some(Self {
            key: u64::from_le_bytes(*key),
            from: u32::from_le_bytes(*from),
            to: u32::from_le_bytes(*to),
            scale: f32::from_le_bytes(*scale),
            numbers: numbers.first_chunk::<DIM>()?,
        })
    }

    /// The cosine of this row and what is asked.
    pub(crate) fn score(&self, asked: &Asked) -> f32 {
        let products = self.numbers.iter().zip(&asked.numbers);
        let sum: i32 = products.map(|(number, asked)| i32::from(number.cast_signed()) * i32::from(*asked)).sum();
        let score = sum as f32 * (self.scale * asked.scale);
        if score.is_finite() { score } else { 0.0 }
    }
}

/// A vector to compare rows with.
pub(crate) struct Asked {
    numbers: [i16; DIM],
    scale: f32,
}

impl Asked {
    pub(crate) fn of(vector: &[f32; DIM]) -> Self {
        let scale = scale_of(vector, MOST_ASKED);
        Self { numbers: vector.map(|number| (number / scale).round() as i16), scale }
    }
}

/// Appends a row.
pub(crate) fn write(key: u64, window: &Window, to: &mut Vec<u8>) {
    let scale = scale_of(&window.vector, MOST);
    to.extend_from_slice(&key.to_le_bytes());
    to.extend_from_slice(&window.from.to_le_bytes());
    to.extend_from_slice(&window.to.to_le_bytes());
    to.extend_from_slice(&scale.to_le_bytes());
    to.extend(window.vector.iter().map(|number| ((number / scale).round() as i8).cast_unsigned()));
}

/// What one step of a number is worth; 1 for a vector of zeros.
fn scale_of(vector: &[f32; DIM], most: f32) -> f32 {
    let greatest = vector.iter().fold(0.0f32, |greatest, number| greatest.max(number.abs()));
    if greatest > 0.0 && greatest.is_finite() { greatest / most } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A vector of length 1 that looks random.
    fn vector(seed: u32) -> [f32; DIM] {
        let mut state = seed;
        let mut out = [0.0; DIM];
        for number in &mut out {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            *number = (state >> 16) as f32 / 65_536.0 - 0.5;
        }
        let length = out.iter().map(|v| v * v).sum::<f32>().sqrt();
        out.map(|v| v / length)
    }

    #[test]
    fn a_row_keeps_its_cosines() {
        assert_eq!(ROWS_A_FRAME, 30);
        for (a, b) in [(1, 1), (1, 2), (3, 4), (5, 6)] {
            let (a, b) = (vector(a), vector(b));
            let mut bytes = Vec::new();
            write(9, &Window { from: 3, to: 70_000, vector: a }, &mut bytes);
            let row = Row::read(bytes.as_slice().try_into().unwrap()).unwrap();
            assert_eq!((row.key, row.from, row.to), (9, 3, 70_000));
            let exact: f32 = a.iter().zip(&b).map(|(a, b)| a * b).sum();
            assert!((row.score(&Asked::of(&b)) - exact).abs() < 0.003, "{exact}");
        }
    }

    #[test]
    fn what_is_no_vector_is_far_from_everything() {
        let mut bytes = Vec::new();
        write(9, &Window { from: 0, to: 1, vector: [0.0; DIM] }, &mut bytes);
        assert_eq!(Row::read(bytes.as_slice().try_into().unwrap()).unwrap().score(&Asked::of(&vector(1))), 0.0);
        write(9, &Window { from: 0, to: 1, vector: vector(1) }, &mut bytes);
        let mut row: [u8; ROW] = bytes[ROW..].try_into().unwrap();
        row[16..20].copy_from_slice(&f32::NAN.to_le_bytes());
        assert_eq!(Row::read(&row).unwrap().score(&Asked::of(&vector(1))), 0.0);
        assert_eq!(Asked::of(&[f32::NAN; DIM]).numbers, [0; DIM]);
    }
}
