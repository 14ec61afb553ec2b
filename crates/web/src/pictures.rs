//! Pictures of pages, as PNG, while the case is open.
//!
//! Keeps: memory holds a few of them, whatever the exhibits' size; all are gone when the case is locked. Does not know: HTTP.

use casemate_app::disclose::draft;
use casemate_app::picture::{Picture, sheet};
use casemate_app::{AppError, Lend, Session};
use casemate_case::audience::Profile;
use png::{BitDepth, ColorType, Compression, Encoder};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Bytes of the pictures that are kept.
const KEPT: usize = 64 << 20;
/// Pages that are drawn at once; who asks for more waits.
const AT_ONCE: usize = 2;

/// A page as PNG.
pub struct Page {
    /// Pages of the exhibit.
    pub pages: u32,
    /// Width and height of the page in hundredths of a point, of a document.
    pub points: Option<[u32; 2]>,
    /// The picture.
    pub png: Vec<u8>,
}

type Name = (u64, u32, u16);

/// The pictures of an open case, the last used at the end.
#[derive(Default)]
pub struct Pictures {
    kept: Mutex<VecDeque<(Name, Arc<Page>)>>,
    /// Held while drawing: the worker takes memory.
    hands: [Mutex<()>; AT_ONCE],
}

impl Pictures {
    /// The picture of a page (from 1), drawn if it is not there.
    ///
    /// # Errors
    /// No exhibit, no page; see [`casemate_app::picture::Sheet::draw`].
    pub fn page(&self, case: &Mutex<Session>, number: u64, page: u32, width: u16) -> Result<Arc<Page>, AppError> {
        let name = (number, page, width);
        if let Some(found) = self.find(&name) {
            return Ok(found);
        }
        let hand = self.hands.get(page as usize % AT_ONCE).unwrap_or(&self.hands[0]);
        let _held = hand.lock().unwrap_or_else(PoisonError::into_inner);
        // Somebody may have drawn it meanwhile.
        if let Some(found) = self.find(&name) {
            return Ok(found);
        }
        let drawn = case.with(|session| sheet(session, session.exhibit(&number.to_string())?))?.draw(page, width)?;
        let page = Arc::new(encoded(&drawn));
        let mut kept = self.lock();
        kept.push_back((name, Arc::clone(&page)));
        let mut bytes: usize = kept.iter().map(|(_, page)| page.png.len()).sum();
        while bytes > KEPT
            && let Some((_, oldest)) = kept.pop_front()
        {
            bytes -= oldest.png.len();
        }
        Ok(page)
    }

    /// The page as its recipient would see it, drawn anew each time: the plan may change between two looks.
    ///
    /// # Errors
    /// No plan; see [`casemate_app::disclose::Draft::draw`].
    pub fn preview(&self, case: &Mutex<Session>, number: u64, profile: Profile, page: u32) -> Result<Page, AppError> {
        let hand = self.hands.get(page as usize % AT_ONCE).unwrap_or(&self.hands[0]);
        let _held = hand.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(encoded(&case.with(|session| draft(session, &number.to_string(), profile, page))?.draw()?))
    }

    fn find(&self, name: &Name) -> Option<Arc<Page>> {
        let mut kept = self.lock();
        let at = kept.iter().position(|(other, _)| other == name)?;
        let found = kept.remove(at)?;
        let page = Arc::clone(&found.1);
        kept.push_back(found);
        Some(page)
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<(Name, Arc<Page>)>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn encoded(picture: &Picture) -> Page {
    let format = &picture.format;
    let mut png = Vec::new();
    let mut encoder = Encoder::new(&mut png, format.width, format.height);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Fast);
    // Into memory, with as many bytes as the shape says: it can't fail.
    let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&picture.pixels));
    debug_assert!(written.is_ok(), "{written:?}");
    Page { pages: format.pages, points: format.points, png }
}
