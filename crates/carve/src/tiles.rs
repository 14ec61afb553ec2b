//! Pictures of pages as leaves: one leaf a tile of 64 × 64 pixels, so that a part of a page can be withheld.
//!
//! Keeps: a tile's payload follows from its pixels alone, and its pixels from its payload; where a tile lies follows
//! from its index. Does not know: who drew the pages, what stands on them, why a tile is withheld.

mod packbits;
mod paper;

pub use paper::PagesRenderer;

use crate::profile::{Profile, Shape};
use crate::{CarveError, Run};
use packbits::{pack, unpack};

/// Edge of a tile, in pixels; the last column and row of a page may be narrower.
pub const TILE_EDGE: u32 = 64;
/// Longest edge of a page, in pixels.
pub const MAX_EDGE: u32 = 1 << 14;
/// Most pixels of a page.
pub const MAX_PAGE_PIXELS: u64 = 1 << 24;
/// Most pages of an object.
pub const MAX_PAGES: usize = 1 << 16;
/// Most tiles of an object.
pub const MAX_TILES: u64 = 1 << 26;
/// Fewest dots an inch.
pub const MIN_DPI: u16 = 36;
/// Most dots an inch.
pub const MAX_DPI: u16 = 1_200;
/// Bytes of a pixel as it is given and drawn: red, green, blue.
pub const PIXEL_BYTES: usize = 3;
const VERSION: u64 = 1;
const GRAY_ONE: u8 = 0;
const COLOUR_ONE: u8 = 1;
const GRAY: u8 = 2;
const COLOUR: u8 = 3;

/// A page's size in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageSize {
    width: u32,
    height: u32,
}

impl PageSize {
    /// A size within the limits.
    #[must_use]
    pub fn new(width: u32, height: u32) -> Option<Self> {
        let edges = (1..=MAX_EDGE).contains(&width) && (1..=MAX_EDGE).contains(&height);
        (edges && u64::from(width) * u64::from(height) <= MAX_PAGE_PIXELS).then_some(Self { width, height })
    }

    /// Pixels across.
    #[must_use]
    pub fn width(self) -> u32 {
        self.width
    }

    /// Pixels down.
    #[must_use]
    pub fn height(self) -> u32 {
        self.height
    }

    fn columns(self) -> u32 {
        self.width.div_ceil(TILE_EDGE)
    }

    fn rows(self) -> u32 {
        self.height.div_ceil(TILE_EDGE)
    }

    fn tiles(self) -> u64 {
        u64::from(self.columns()) * u64::from(self.rows())
    }

    /// Left edge, top edge, width and height of a tile, by its number on the page.
    fn tile(self, number: u64) -> Option<Rect> {
        let columns = u64::from(self.columns());
        let column = u32::try_from(number % columns).ok()?;
        let row = u32::try_from(number / columns).ok().filter(|row| *row < self.rows())?;
        let (left, top) = (column * TILE_EDGE, row * TILE_EDGE);
        Some(Rect { left, top, width: TILE_EDGE.min(self.width - left), height: TILE_EDGE.min(self.height - top) })
    }
}

/// A rectangle of a page, in pixels from the top left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rect {
    /// Left edge.
    pub left: u32,
    /// Top edge.
    pub top: u32,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

impl Rect {
    fn pixels(self) -> usize {
        self.width as usize * self.height as usize
    }
}

/// The pages of an object: the CFG leaf, and where each tile lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pages {
    dpi: u16,
    sizes: Vec<PageSize>,
    /// Number of the first tile of each page.
    first: Vec<u64>,
    tiles: u64,
}

impl Pages {
    /// Pages of these sizes, in order.
    ///
    /// # Errors
    /// [`CarveError::Limit`].
    pub fn new(dpi: u16, sizes: Vec<PageSize>) -> Result<Self, CarveError> {
        let limit = |name, limit| CarveError::Limit { name, limit };
        if !(MIN_DPI..=MAX_DPI).contains(&dpi) {
            return Err(limit("MAX_DPI", MAX_DPI.into()));
        }
        if sizes.is_empty() || sizes.len() > MAX_PAGES {
            return Err(limit("MAX_PAGES", MAX_PAGES as u64));
        }
        let (mut tiles, mut first) = (0u64, Vec::with_capacity(sizes.len()));
        for size in &sizes {
            first.push(tiles);
            tiles = tiles.saturating_add(size.tiles());
        }
        if tiles > MAX_TILES {
            return Err(limit("MAX_TILES", MAX_TILES));
        }
        Ok(Self { dpi, sizes, first, tiles })
    }

    /// Dots an inch.
    #[must_use]
    pub fn dpi(&self) -> u16 {
        self.dpi
    }

    /// The sizes, in order.
    #[must_use]
    pub fn sizes(&self) -> &[PageSize] {
        &self.sizes
    }

    /// The shape of the object.
    ///
    /// # Errors
    /// As [`Shape::new`].
    pub fn shape(&self) -> Result<Shape, CarveError> {
        Shape::of_ticks(Profile::Tiles, self.tiles)
    }

    /// The CFG leaf: `{0: 1, 1: dots an inch, 2: [width, height, …]}`.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut enc = minicbor::Encoder::new(&mut out);
        // Writing into a Vec cannot fail.
        let _ = enc
            .map(3)
            .and_then(|e| e.u8(0)?.u64(VERSION)?.u8(1)?.u16(self.dpi)?.u8(2)?.array(self.sizes.len() as u64 * 2));
        for size in &self.sizes {
            let _ = enc.u32(size.width).and_then(|e| e.u32(size.height));
        }
        out
    }

    /// Reads the CFG leaf of an object of this shape, strictly.
    ///
    /// # Errors
    /// [`CarveError::BadLeaf`].
    pub fn decode(bytes: &[u8], shape: Shape) -> Result<Self, CarveError> {
        let bad = |what| CarveError::BadLeaf { index: 0, what };
        let pages = Self::read(bytes).ok_or(bad("not a list of pages"))?;
        if pages.encode() != bytes {
            return Err(bad("not canonical"));
        }
        if shape.profile() != Profile::Tiles || shape.ticks_total() != pages.tiles {
            return Err(bad("not the pages of this object"));
        }
        Ok(pages)
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let mut dec = minicbor::Decoder::new(bytes);
        if dec.map().ok()?? != 3 || dec.u8().ok()? != 0 || dec.u64().ok()? != VERSION || dec.u8().ok()? != 1 {
            return None;
        }
        let dpi = dec.u16().ok()?;
        if dec.u8().ok()? != 2 {
            return None;
        }
        let numbers = usize::try_from(dec.array().ok()??).ok().filter(|n| *n <= 2 * MAX_PAGES)?;
        let mut sizes = Vec::new();
        for _ in 0..numbers / 2 {
            sizes.push(PageSize::new(dec.u32().ok()?, dec.u32().ok()?)?);
        }
        // Half a page, and bytes behind: what is not written so is refused where this is called.
        Self::new(dpi, sizes).ok()
    }

    /// The leaves of the tiles that a rectangle of a page touches, as runs.
    #[must_use]
    pub fn touched(&self, page: usize, rect: Rect) -> Vec<Run> {
        let (Some(size), Some(first)) = (self.sizes.get(page), self.first.get(page)) else { return Vec::new() };
        let right = rect.left.saturating_add(rect.width).min(size.width);
        let bottom = rect.top.saturating_add(rect.height).min(size.height);
        if rect.left >= right || rect.top >= bottom {
            return Vec::new();
        }
        let (left, columns) = (rect.left / TILE_EDGE, size.columns());
        let len = right.div_ceil(TILE_EDGE) - left;
        (rect.top / TILE_EDGE..bottom.div_ceil(TILE_EDGE))
            .map(|row| 1 + first + u64::from(row) * u64::from(columns) + u64::from(left))
            .map(|start| Run { start, len: len.into() })
            .collect()
    }

    /// Page and rectangle of a tile, by the index of its leaf.
    #[must_use]
    pub fn place(&self, leaf: u64) -> Option<(usize, Rect)> {
        let number = leaf.checked_sub(1)?;
        let page = self.first.partition_point(|first| *first <= number).checked_sub(1)?;
        let rect = self.sizes.get(page)?.tile(number.checked_sub(*self.first.get(page)?)?)?;
        Some((page, rect))
    }
}

/// The payloads of a page's tiles, in order, from its pixels (red, green, blue; row after row from the top).
///
/// # Errors
/// [`CarveError::NoSuchPlace`] where there are not as many pixels as the size says.
pub fn tiles_of(size: PageSize, pixels: &[u8]) -> Result<Vec<Vec<u8>>, CarveError> {
    let stride = size.width as usize * PIXEL_BYTES;
    if pixels.len() != stride * size.height as usize {
        return Err(CarveError::NoSuchPlace { what: "pixel" });
    }
    let tiles = (0..size.tiles()).filter_map(|number| size.tile(number));
    Ok(tiles.map(|rect| payload(&cut(pixels, stride, rect))).collect())
}

/// The pixels of a rectangle.
fn cut(pixels: &[u8], stride: usize, rect: Rect) -> Vec<u8> {
    let (left, width) = (rect.left as usize * PIXEL_BYTES, rect.width as usize * PIXEL_BYTES);
    let rows = pixels.chunks_exact(stride).skip(rect.top as usize).take(rect.height as usize);
    rows.flat_map(|row| row.get(left..left + width).unwrap_or_default()).copied().collect()
}

/// One colour, grey, or colour: the first of these that holds the tile.
fn payload(pixels: &[u8]) -> Vec<u8> {
    let (all, _) = pixels.as_chunks::<PIXEL_BYTES>();
    let gray = all.iter().all(|[r, g, b]| r == g && g == b);
    let first = all.first().copied().unwrap_or_default();
    let one = all.iter().all(|pixel| *pixel == first);
    match (one, gray) {
        (true, true) => vec![GRAY_ONE, first[0]],
        (true, false) => [&[COLOUR_ONE][..], &first].concat(),
        (false, true) => {
            let plane: Vec<u8> = all.iter().map(|pixel| pixel[0]).collect();
            packed(GRAY, &plane)
        }
        (false, false) => {
            let planes: Vec<u8> = (0..PIXEL_BYTES).flat_map(|n| all.iter().map(move |pixel| pixel[n])).collect();
            packed(COLOUR, &planes)
        }
    }
}

fn packed(kind: u8, plane: &[u8]) -> Vec<u8> {
    let mut out = vec![kind];
    pack(plane, &mut out);
    out
}

/// The pixels of a tile of this size; none where the payload is not the one that these pixels have.
fn pixels_of(payload: &[u8], rect: Rect) -> Option<Vec<u8>> {
    let (kind, data) = payload.split_first()?;
    let count = rect.pixels();
    let pixels = match (*kind, data) {
        (GRAY_ONE, [value]) => vec![*value; count * PIXEL_BYTES],
        (COLOUR_ONE, [r, g, b]) => [*r, *g, *b].repeat(count),
        (GRAY, data) => unpack(data, count)?.into_iter().flat_map(|value| [value; PIXEL_BYTES]).collect(),
        (COLOUR, data) => {
            let planes = unpack(data, count * PIXEL_BYTES)?;
            let plane = |n: usize| planes.get(n * count..(n + 1) * count).unwrap_or_default();
            let both = plane(0).iter().zip(plane(1)).zip(plane(2));
            both.flat_map(|((r, g), b)| [*r, *g, *b]).collect()
        }
        _ => return None,
    };
    (self::payload(&pixels) == payload).then_some(pixels)
}

#[cfg(test)]
mod tests;
