//! Pixels as they are handed over.
//!
//! Keeps: as many bytes as the size says; edges and area within limits; a pixel off the picture is the nearest on it.
//! Does not know: file formats, colour spaces, resolution.

use crate::OcrError;

/// Longest edge, pixels.
pub const MAX_EDGE: u32 = 65_535;
/// Most pixels.
pub const MAX_PIXELS: u64 = 256 << 20;

/// What a pixel is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One byte: black is 0.
    Grey,
    /// Three bytes: red, green, blue.
    Rgb,
}

/// A picture: rows from the top, pixels from the left.
#[derive(Clone, Copy, Debug)]
pub struct Picture<'a> {
    pixels: &'a [u8],
    width: usize,
    height: usize,
    form: Form,
}

impl<'a> Picture<'a> {
    /// A picture of these bytes.
    ///
    /// # Errors
    /// [`OcrError::Picture`]: no pixels, more than [`MAX_PIXELS`], an edge over [`MAX_EDGE`], or another number of bytes.
    pub fn new(pixels: &'a [u8], width: u32, height: u32, form: Form) -> Result<Self, OcrError> {
        let refuse = |why| Err(OcrError::Picture { width, height, why });
        if width == 0 || height == 0 {
            return refuse("no pixels");
        }
        if width > MAX_EDGE || height > MAX_EDGE {
            return refuse("an edge over MAX_EDGE");
        }
        if u64::from(width) * u64::from(height) > MAX_PIXELS {
            return refuse("over MAX_PIXELS");
        }
        let (width_px, height_px) = (width as usize, height as usize);
        let channels = match form {
            Form::Grey => 1,
            Form::Rgb => 3,
        };
        if width_px * height_px * channels != pixels.len() {
            return refuse("another number of bytes");
        }
        Ok(Self { pixels, width: width_px, height: height_px, form })
    }

    /// Pixels across.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Pixels down.
    #[must_use]
    pub fn height(&self) -> usize {
        self.height
    }

    /// What a pixel is made of.
    #[must_use]
    pub fn form(&self) -> Form {
        self.form
    }

    /// Red, green and blue of the pixel nearest to this place.
    pub(crate) fn at(&self, x: isize, y: isize) -> [f32; 3] {
        let x = x.clamp(0, self.width as isize - 1) as usize;
        let y = y.clamp(0, self.height as isize - 1) as usize;
        let at = y * self.width + x;
        match self.form {
            Form::Grey => [f32::from(self.pixels.get(at).copied().unwrap_or_default()); 3],
            Form::Rgb => match self.pixels.get(at * 3..at * 3 + 3) {
                Some(&[r, g, b]) => [f32::from(r), f32::from(g), f32::from(b)],
                _ => [0.0; 3],
            },
        }
    }

    /// Bytes of a row; none below the picture.
    pub(crate) fn row(&self, y: usize) -> &'a [u8] {
        let bytes = self.width * if self.form == Form::Grey { 1 } else { 3 };
        self.pixels.get(y * bytes..(y + 1) * bytes).unwrap_or_default()
    }

    /// Between four pixels; whole numbers are the middles of pixels.
    pub(crate) fn between(&self, x: f32, y: f32) -> [f32; 3] {
        let (left, top) = (x.floor(), y.floor());
        let (dx, dy) = (x - left, y - top);
        let (left, top) = (left as isize, top as isize);
        let [a, b] = [self.at(left, top), self.at(left + 1, top)];
        let [c, d] = [self.at(left, top + 1), self.at(left + 1, top + 1)];
        let mut mixed = [0.0; 3];
        for (((m, (a, b)), c), d) in mixed.iter_mut().zip(a.iter().zip(b)).zip(c).zip(d) {
            let (upper, lower) = (a + (b - a) * dx, c + (d - c) * dx);
            *m = upper + (lower - upper) * dy;
        }
        mixed
    }
}
