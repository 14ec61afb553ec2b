//! Fonts of the system for Chinese, Japanese and Korean text whose own font is not in the document.
//!
//! Keeps: they are opened before the fences, and read only when a page asks. Does not know: pages.

use std::fs::File;
use std::io::Read;
use std::sync::{Arc, Mutex, PoisonError};

use hayro::hayro_interpret::font::{FontData, FontQuery};

/// Where Debian and others keep one; the first that is there is taken.
const PLACES: [&str; 3] = [
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
];
/// Longest font file that is read, bytes.
const MAX_FONT: u64 = 64 << 20;
/// The face of simplified Chinese in that collection.
const SIMPLIFIED: u32 = 2;

/// What is there.
pub struct Fonts {
    han: Mutex<Han>,
}

enum Han {
    Absent,
    Closed(File),
    Read(FontData),
}

impl Fonts {
    /// Opens what is there.
    pub fn open() -> Self {
        let found = PLACES.iter().find_map(|place| File::open(place).ok());
        Self { han: Mutex::new(found.map_or(Han::Absent, Han::Closed)) }
    }

    /// The font that stands in for one that a document names and does not hold.
    pub fn stand_in(&self, query: &FontQuery) -> Option<(FontData, u32)> {
        match query {
            FontQuery::Standard(font) => Some(font.get_font_data()),
            FontQuery::Fallback(fallback) => {
                let han = fallback.character_collection.as_ref().and_then(|_| self.han());
                Some(han.map_or_else(|| fallback.pick_standard_font().get_font_data(), |data| (data, SIMPLIFIED)))
            }
        }
    }

    fn han(&self) -> Option<FontData> {
        let mut han = self.han.lock().unwrap_or_else(PoisonError::into_inner);
        if let Han::Closed(file) = &mut *han {
            let mut bytes = Vec::new();
            *han = match file.take(MAX_FONT).read_to_end(&mut bytes) {
                Ok(_) => Han::Read(Arc::new(bytes)),
                Err(_) => Han::Absent,
            };
        }
        match &*han {
            Han::Read(data) => Some(Arc::clone(data)),
            _ => None,
        }
    }
}
