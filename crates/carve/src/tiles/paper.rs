//! The pages that a reader may see as a PDF of pictures alone: open tiles as they are, black in the place of hidden ones.
//!
//! Keeps: the bytes follow from the CFG leaf, the open tiles and their places alone; memory is one page.
//! Does not know: proofs; the caller gives leaves that were verified.

use super::packbits::pack;
use super::{PIXEL_BYTES, PageSize, Pages, pixels_of};
use crate::profile::Shape;
use crate::{CarveError, Leaf};
use std::io::Write;

/// Hundredths of a point in an inch.
const INCH: u64 = 7_200;
/// What a `RunLengthDecode` stream ends with.
const END_OF_DATA: u8 = 128;
/// Objects before the first page: catalogue and page tree.
const BEFORE: usize = 2;
/// Objects of a page: itself, its content, its picture.
const EACH: usize = 3;
const HEADER: &[u8] = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n";

/// Writes the PDF from the leaves of an object of tiles.
#[derive(Debug)]
pub struct PagesRenderer<W: Write> {
    out: W,
    /// Bytes written.
    at: u64,
    /// Where each object begins.
    offsets: Vec<u64>,
    pages: Pages,
    shape: Shape,
    /// Next leaf expected.
    next: u64,
    page: Option<Sheet>,
}

/// A page in the making.
#[derive(Debug)]
struct Sheet {
    number: usize,
    size: PageSize,
    pixels: Vec<u8>,
}

impl<W: Write> PagesRenderer<W> {
    /// Begins the file from the open CFG leaf.
    ///
    /// # Errors
    /// [`CarveError::BadLeaf`] if it is not the object's, [`CarveError::Io`].
    pub fn new(shape: Shape, cfg: &[u8], out: W) -> Result<Self, CarveError> {
        let pages = Pages::decode(cfg, shape)?;
        let mut made = Self { out, at: 0, offsets: Vec::new(), pages, shape, next: 1, page: None };
        made.write(HEADER)?;
        made.object("<< /Type /Catalog /Pages 2 0 R >>")?;
        let count = made.pages.sizes().len();
        let kids: Vec<String> = (0..count).map(|n| format!("{} 0 R", BEFORE + 1 + n * EACH)).collect();
        made.object(&format!("<< /Type /Pages /Count {count} /Kids [{}] >>", kids.join(" ")))?;
        Ok(made)
    }

    /// Takes the next tile, or a run of hidden ones.
    ///
    /// # Errors
    /// [`CarveError::BadLeaf`] for a payload that is none, a run past the last tile, or ticks that are not the run's;
    /// [`CarveError::Io`].
    pub fn packet(&mut self, leaf: Leaf<'_>) -> Result<(), CarveError> {
        let bad = |index, what| CarveError::BadLeaf { index, what };
        let (payload, leaves) = match leaf {
            Leaf::Open(payload) => (Some(payload), 1),
            Leaf::Hidden { leaves, ticks } if leaves == ticks && leaves > 0 => (None, leaves),
            Leaf::Hidden { .. } => return Err(bad(self.next, "not the ticks of these leaves")),
        };
        if self.next.checked_add(leaves).is_none_or(|end| end > self.shape.packets().end) {
            return Err(bad(self.next, "past the last tile"));
        }
        for _ in 0..leaves {
            self.tile(payload)?;
        }
        Ok(())
    }

    fn tile(&mut self, payload: Option<&[u8]>) -> Result<(), CarveError> {
        let index = self.next;
        let bad = |what| CarveError::BadLeaf { index, what };
        let (number, rect) = self.pages.place(index).ok_or(bad("past the last tile"))?;
        if self.page.as_ref().is_none_or(|page| page.number != number) {
            self.end_page()?;
            let size = *self.pages.sizes().get(number).ok_or(bad("past the last page"))?;
            // Black is what a withheld tile leaves.
            let pixels = vec![0; size.width as usize * size.height as usize * PIXEL_BYTES];
            self.page = Some(Sheet { number, size, pixels });
        }
        if let (Some(payload), Some(page)) = (payload, self.page.as_mut()) {
            let tile = pixels_of(payload, rect).ok_or(bad("not a tile of this size"))?;
            let (left, across) = (rect.left as usize * PIXEL_BYTES, rect.width as usize * PIXEL_BYTES);
            let rows = page.pixels.chunks_exact_mut(page.size.width as usize * PIXEL_BYTES).skip(rect.top as usize);
            for (row, from) in rows.zip(tile.chunks_exact(across)) {
                if let Some(to) = row.get_mut(left..left + across) {
                    to.copy_from_slice(from);
                }
            }
        }
        self.next += 1;
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), CarveError> {
        let Some(Sheet { size, pixels, .. }) = self.page.take() else { return Ok(()) };
        let (pixels_each, _) = pixels.as_chunks::<PIXEL_BYTES>();
        let gray = pixels_each.iter().all(|[r, g, b]| r == g && g == b);
        let mut data = Vec::new();
        if gray {
            pack(&pixels_each.iter().map(|pixel| pixel[0]).collect::<Vec<u8>>(), &mut data);
        } else {
            pack(&pixels, &mut data);
        }
        data.push(END_OF_DATA);
        let (wide, high) = (self.points(size.width), self.points(size.height));
        let (page, paint, picture) = (self.offsets.len() + 1, self.offsets.len() + 2, self.offsets.len() + 3);
        debug_assert_eq!((page - BEFORE - 1) % EACH, 0);
        self.object(&format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {wide} {high}] /Contents {paint} 0 R /Resources << /XObject << /P {picture} 0 R >> >> >>"
        ))?;
        self.stream("", format!("q {wide} 0 0 {high} 0 0 cm /P Do Q").as_bytes())?;
        let space = if gray { "Gray" } else { "RGB" };
        let told = format!(
            "/Type /XObject /Subtype /Image /Width {} /Height {} /ColorSpace /Device{space} /BitsPerComponent 8 /Filter /RunLengthDecode ",
            size.width, size.height
        );
        self.stream(&told, &data)
    }

    /// Pixels in points, with two decimals, rounded down.
    fn points(&self, pixels: u32) -> String {
        let hundredths = u64::from(pixels) * INCH / u64::from(self.pages.dpi());
        format!("{}.{:02}", hundredths / 100, hundredths % 100)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), CarveError> {
        self.out.write_all(bytes)?;
        self.at += bytes.len() as u64;
        Ok(())
    }

    fn begin(&mut self) -> Result<(), CarveError> {
        self.offsets.push(self.at);
        let number = self.offsets.len();
        self.write(format!("{number} 0 obj\n").as_bytes())
    }

    fn object(&mut self, body: &str) -> Result<(), CarveError> {
        self.begin()?;
        self.write(body.as_bytes())?;
        self.write(b"\nendobj\n")
    }

    fn stream(&mut self, told: &str, data: &[u8]) -> Result<(), CarveError> {
        self.begin()?;
        self.write(format!("<< {told}/Length {} >>\nstream\n", data.len()).as_bytes())?;
        self.write(data)?;
        self.write(b"\nendstream\nendobj\n")
    }

    /// Ends the file and hands the sink back.
    ///
    /// # Errors
    /// [`CarveError::BadLeaf`] if tiles are missing, [`CarveError::Io`].
    pub fn finish(mut self) -> Result<W, CarveError> {
        if self.next != self.shape.packets().end {
            return Err(CarveError::BadLeaf { index: self.next, what: "missing" });
        }
        self.end_page()?;
        let (start, count) = (self.at, self.offsets.len() + 1);
        self.write(format!("xref\n0 {count}\n0000000000 65535 f \n").as_bytes())?;
        for offset in std::mem::take(&mut self.offsets) {
            self.write(format!("{offset:010} 00000 n \n").as_bytes())?;
        }
        self.write(format!("trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").as_bytes())?;
        self.out.flush()?;
        Ok(self.out)
    }
}
