//! The pages of a document as pictures of which tiles are withheld: drawn and sealed once, then disclosed in part.
//!
//! Keeps: what a plan strikes is placed among the letters of the very drawing, or the pages stay; what can't be read stays
//! withheld. Does not know: how letters are found on a page (`casemate-case`), or what a tile looks like.

use super::choose::Chosen;
use super::layer::detail;
use super::source::VaultLeaves;
use crate::catalogue::{Derivative, Exhibit, what};
use crate::picture::{Picture, Sheet, sheet};
use crate::redact::text::{self, Text};
use crate::{AppError, Progress, Session, Stage, Watch};
use casemate_bundle::BundleError;
use casemate_carve::Run;
use casemate_carve::tiles::{PIXEL_BYTES, PageSize, Pages, Rect, tiles_of};
use casemate_case::audience::Profile;
use casemate_case::names::NameFinder;
use casemate_case::plan::{Plan, Span};
use casemate_case::sheet::{Mark, withheld};
use casemate_ports::reading::{Kind, Passage, Place, Reading};
use casemate_ports::worker::MAX_WIDTH;
use casemate_proof::{Compartment, ObjectRoot, Timebase, Value};
use casemate_vault::acts::{DeriveAct, value_map};
use serde::Serialize;
use std::collections::BTreeSet;

/// Dots an inch.
const DPI: u16 = 200;
/// Hundredths of a point in an inch.
const INCH: u64 = 7_200;
/// Pixels across an A4 page: tried first, since most pages are.
const A4: u16 = 1_654;
/// Most pages of a document that leave as pictures.
const MOST_PAGES: u32 = 500;
/// Most bytes of tiles of one document.
const MOST_BYTES: usize = 512 << 20;

/// Why the pages of a document stay though its text leaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum Stays {
    /// A page can't be drawn.
    #[error("page {page} is not drawn: {finding}")]
    NotDrawn {
        /// Which page.
        page: u32,
        /// A finding of `docs/errors.md`.
        finding: String,
    },
    /// What is struck on a page is not found among its letters.
    #[error("{places} places struck on page {page} are not found among its letters")]
    NotPlaced {
        /// Which page.
        page: u32,
        /// How many places.
        places: u64,
    },
    /// More pages, or larger ones, than leave as pictures.
    #[error("page {page} passes the limits of pictures")]
    TooLarge {
        /// Which page.
        page: u32,
    },
}

impl Stays {
    /// Its id in `docs/errors.md`.
    fn finding(&self) -> &str {
        match self {
            Self::NotDrawn { finding, .. } => finding,
            Self::NotPlaced { .. } => "not-placed",
            Self::TooLarge { .. } => "page-too-large",
        }
    }
}

/// Pages that are ready to leave.
pub(super) struct Paged {
    pub root: ObjectRoot,
    pub hidden: Vec<Run>,
}

/// How making pages ended: ready, or why they stay.
pub(super) type Made = Result<Paged, Stays>;

/// Whether the pages of an exhibit may leave beside its text: of a PDF for a court, of which something is struck.
pub(super) fn wanted(profile: Profile, chosen: &Chosen) -> bool {
    chosen.release && chosen.original.is_none() && chosen.text.as_ref().is_some_and(|t| are_drawn(profile, &t.reading))
}

/// Whether pages of such a text leave as pictures where the original doesn't: of a PDF, for a court.
pub(crate) fn are_drawn(profile: Profile, reading: &Reading) -> bool {
    profile == Profile::Court && reading.kind == Kind::Document && reading.media_type == "application/pdf"
}

/// Draws and seals the pages, unless the same program did before, and finds what of them is withheld.
///
/// # Errors
/// No worker, damage, the vault's; [`AppError::Stopped`].
pub(super) fn make(
    session: &mut Session,
    profile: Profile,
    chosen: &Chosen,
    watch: &Watch<'_>,
) -> Result<Made, AppError> {
    let exhibit = &chosen.exhibit;
    let Some(text) = &chosen.text else { return Err(AppError::NotRead(exhibit.number)) };
    let tool = match sheet(session, exhibit).and_then(|first| first.letters(1)) {
        Ok(told) => told.tool,
        Err(AppError::NoProgram(_)) => return Ok(Err(Stays::NotDrawn { page: 1, finding: "no-program".into() })),
        Err(AppError::NotDrawn { finding, .. }) => return Ok(Err(Stays::NotDrawn { page: 1, finding })),
        Err(other) => return Err(other),
    };
    let known = drawn_before(exhibit, &tool).cloned();
    let (pages, tiles) = match &known {
        Some(derived) => (pages_of(session, exhibit, &derived.object, watch)?, Vec::new()),
        None => match draw(session, exhibit, watch)? {
            Ok(drawn) => drawn,
            Err(stays) => return Ok(Err(stays)),
        },
    };
    // Before anything is sealed: pages that stay leave nothing behind.
    let hidden = match hidden(session, profile, chosen, text, &pages, watch)? {
        Ok(runs) => runs,
        Err(stays) => return Ok(Err(stays)),
    };
    let root = match known {
        Some(derived) => derived.object.root(),
        None => seal(session, exhibit, &tool, &pages, tiles)?,
    };
    Ok(Ok(Paged { root, hidden }))
}

/// Pages that the same program drew at the same size.
fn drawn_before<'e>(exhibit: &'e Exhibit, tool: &str) -> Option<&'e Derivative> {
    let same = |d: &&Derivative| {
        let told = d.detail.as_map();
        let value = |key| told.and_then(|map| map.get(&key));
        d.what == what::PAGES
            && value(detail::TOOL).and_then(Value::as_text) == Some(tool)
            && value(detail::DPI).and_then(Value::as_uint) == Some(DPI.into())
    };
    exhibit.derived.iter().rev().find(same)
}

/// The list of pages, and the tiles of each.
type Drawn = (Pages, Vec<Vec<u8>>);

/// Draws every page.
fn draw(session: &Session, exhibit: &Exhibit, watch: &Watch<'_>) -> Result<Result<Drawn, Stays>, AppError> {
    let (mut sizes, mut tiles, mut bytes) = (Vec::new(), Vec::new(), 0usize);
    let (mut page, mut count) = (1u32, 1u32);
    while page <= count {
        if watch.stopped() {
            return Err(AppError::Stopped);
        }
        let picture = match drawn(page, &mut || sheet(session, exhibit))? {
            Ok(picture) => picture,
            Err(stays) => return Ok(Err(stays)),
        };
        count = picture.format.pages;
        let size = PageSize::new(picture.format.width, picture.format.height).filter(|_| count <= MOST_PAGES);
        let Some(size) = size else { return Ok(Err(Stays::TooLarge { page })) };
        let of_page = tiles_of(size, &picture.pixels).map_err(BundleError::from)?;
        bytes = bytes.saturating_add(of_page.iter().map(Vec::len).sum());
        if bytes > MOST_BYTES {
            return Ok(Err(Stays::TooLarge { page }));
        }
        sizes.push(size);
        tiles.extend(of_page);
        (watch.tell)(Progress {
            stage: Stage::Drawing,
            done: page.into(),
            total: Some(count.into()),
            exhibit: Some(exhibit.number),
        });
        page += 1;
    }
    Ok(Ok((Pages::new(DPI, sizes).map_err(BundleError::from)?, tiles)))
}

/// A page at its size: drawn as an A4 page first, and again where it is none.
fn drawn(page: u32, sheet: &mut dyn FnMut() -> Result<Sheet, AppError>) -> Result<Result<Picture, Stays>, AppError> {
    let mut width = A4;
    for _ in 0..2 {
        let picture = match sheet()?.draw(page, width) {
            Ok(picture) => picture,
            Err(AppError::NotDrawn { finding, .. }) => return Ok(Err(Stays::NotDrawn { page, finding })),
            Err(other) => return Err(other),
        };
        let points = picture.format.points.map_or(0, |[width, _]| u64::from(width));
        let wanted = (points * u64::from(DPI)).div_ceil(INCH);
        match u16::try_from(wanted).ok().filter(|wanted| (1..=MAX_WIDTH).contains(wanted)) {
            Some(wanted) if wanted == width => return Ok(Ok(picture)),
            Some(wanted) => width = wanted,
            None => break,
        }
    }
    Ok(Err(Stays::TooLarge { page }))
}

/// Seals the pages and says so in the log.
fn seal(
    session: &mut Session,
    exhibit: &Exhibit,
    tool: &str,
    pages: &Pages,
    tiles: Vec<Vec<u8>>,
) -> Result<ObjectRoot, AppError> {
    let leaves: Vec<(u64, Vec<u8>)> =
        std::iter::once((0, pages.encode())).chain(tiles.into_iter().map(|tile| (1, tile))).collect();
    let profile = casemate_carve::Profile::Tiles;
    let base = profile.timebase();
    let base = Timebase::new(base.num, base.den).map_err(casemate_vault::VaultError::from)?;
    let object = session.vault.seal_leaves(&profile.to_string(), base, &leaves)?;
    let root = object.root();
    let derive = DeriveAct {
        what: what::PAGES.to_owned(),
        detail: value_map([(detail::TOOL, Value::from(tool)), (detail::DPI, Value::from(u64::from(DPI)))]),
        object,
        parent: [exhibit.root].into(),
        subject: exhibit.subject,
        compartment: Compartment::Identity,
        at_ms: session.vault.now_ms(),
    };
    session.append(vec![derive.to_act()])?;
    Ok(root)
}

/// The list of pages of a sealed object.
fn pages_of(
    session: &Session,
    exhibit: &Exhibit,
    object: &casemate_vault::StoredObject,
    watch: &Watch<'_>,
) -> Result<Pages, AppError> {
    let leaves = VaultLeaves::open(&session.vault, watch, exhibit.number, object.clone())?;
    Ok(Pages::decode(&leaves.first()?, leaves.shape).map_err(BundleError::from)?)
}

/// The leaves that are withheld.
fn hidden(
    session: &Session,
    profile: Profile,
    chosen: &Chosen,
    text: &Text,
    pages: &Pages,
    watch: &Watch<'_>,
) -> Result<Result<Vec<Run>, Stays>, AppError> {
    let names = NameFinder::new(session.case.people().filter(|p| profile.withholds(p)));
    let mut runs = Vec::new();
    for (index, size) in pages.sizes().iter().enumerate() {
        if watch.stopped() {
            return Err(AppError::Stopped);
        }
        let page = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let letters = match sheet(session, &chosen.exhibit)?.letters(page) {
            Ok(letters) => letters,
            Err(AppError::NotDrawn { finding, .. }) => return Ok(Err(Stays::NotDrawn { page, finding })),
            Err(other) => return Err(other),
        };
        match gone(letters, page, &names, &struck(&chosen.plan, text, page)) {
            Ok(gone) => runs.extend(gone.into_iter().flat_map(|place| pages.touched(index, in_pixels(place, *size)))),
            Err(stays) => return Ok(Err(stays)),
        }
    }
    Ok(Ok(Run::normalise(runs)))
}

/// Places of a page that are withheld.
fn gone(
    letters: Reading,
    page: u32,
    names: &NameFinder,
    struck: &[String],
) -> Result<Vec<casemate_case::sheet::Place>, Stays> {
    let marks: Vec<Mark> = letters.passages.into_iter().filter_map(mark).collect();
    withheld(&marks, names, struck).map_err(|unplaced| Stays::NotPlaced { page, places: unplaced.missing })
}

/// What a page would look like to its recipient, ready to be drawn without the session.
pub struct Draft {
    sheets: Vec<Sheet>,
    names: NameFinder,
    struck: Vec<String>,
    exhibit: u64,
    page: u32,
}

/// A page as it would leave for a profile, by the plan as it stands.
///
/// # Errors
/// No exhibit, no text, no worker, damage.
pub fn draft(session: &Session, exhibit: &str, profile: Profile, page: u32) -> Result<Draft, AppError> {
    let exhibit = session.exhibit(exhibit)?;
    let text = text::load(session, exhibit)?.ok_or(AppError::NotRead(exhibit.number))?;
    let plan = session.case.plan(&exhibit.root, profile.word()).ok_or(AppError::NoPlan(exhibit.number))?;
    let sheets = (0..3).map(|_| sheet(session, exhibit)).collect::<Result<_, _>>()?;
    let names = NameFinder::new(session.case.people().filter(|p| profile.withholds(p)));
    Ok(Draft { sheets, names, struck: struck(plan, &text, page), exhibit: exhibit.number, page })
}

impl Draft {
    /// Draws it: black where tiles are withheld.
    ///
    /// # Errors
    /// The worker's; [`AppError::NotDrawn`] with the reason why the page would stay.
    pub fn draw(self) -> Result<Picture, AppError> {
        let (exhibit, page) = (self.exhibit, self.page);
        let refused = |stays: Stays| AppError::NotDrawn { exhibit, page, finding: stays.finding().to_owned() };
        self.masked()?.map_err(refused)
    }

    fn masked(mut self) -> Result<Result<Picture, Stays>, AppError> {
        let page = self.page;
        let mut next = || self.sheets.pop().ok_or(AppError::NoProgram("casemate-worker"));
        let letters = next()?.letters(page)?;
        let mut picture = match drawn(page, &mut next)? {
            Ok(picture) => picture,
            Err(stays) => return Ok(Err(stays)),
        };
        let gone = match gone(letters, page, &self.names, &self.struck) {
            Ok(gone) => gone,
            Err(stays) => return Ok(Err(stays)),
        };
        let Some(size) = PageSize::new(picture.format.width, picture.format.height) else {
            return Ok(Err(Stays::TooLarge { page }));
        };
        let pages = Pages::new(DPI, vec![size]).map_err(BundleError::from)?;
        let stride = size.width() as usize * PIXEL_BYTES;
        let hidden = gone.into_iter().flat_map(|place| pages.touched(0, in_pixels(place, size)));
        for (_, tile) in hidden.flat_map(|run| run.start..run.end()).filter_map(|leaf| pages.place(leaf)) {
            let rows = picture.pixels.chunks_exact_mut(stride).skip(tile.top as usize).take(tile.height as usize);
            let (from, to) = (tile.left as usize * PIXEL_BYTES, (tile.left + tile.width) as usize * PIXEL_BYTES);
            rows.filter_map(|row| row.get_mut(from..to)).for_each(|part| part.fill(0));
        }
        Ok(Ok(picture))
    }
}

fn mark(passage: Passage) -> Option<Mark> {
    let Place::Page { rect: Some(place), .. } = passage.place else { return None };
    Some(Mark { reads: passage.text, place })
}

/// The words that are struck on a page, once for each place: one place may be struck as two people's.
fn struck(plan: &Plan, text: &Text, page: u32) -> Vec<String> {
    let on_page = |passage: u64| {
        let passage = usize::try_from(passage).ok().and_then(|i| text.reading.passages.get(i));
        passage.is_none_or(|p| !matches!(p.place, Place::Page { number, .. } if number != page))
    };
    let spans = plan.strikes.iter().filter_map(|s| s.span).filter(|span| on_page(span.passage));
    let places: BTreeSet<Span> = spans.collect();
    places.into_iter().map(|span| text::words_at(&text.reading, span)).collect()
}

/// A place of the page in pixels, rounded outward.
fn in_pixels([left, top, width, height]: [u32; 4], size: PageSize) -> Rect {
    let low = |at: u32| u64::from(at) * u64::from(DPI) / INCH;
    let high = |at: u64| (at * u64::from(DPI)).div_ceil(INCH);
    let small = |at: u64, most: u32| u32::try_from(at).unwrap_or(u32::MAX).min(most);
    let (x, y) = (small(low(left), size.width()), small(low(top), size.height()));
    let right = small(high(u64::from(left) + u64::from(width)), size.width());
    let bottom = small(high(u64::from(top) + u64::from(height)), size.height());
    Rect { left: x, top: y, width: right.saturating_sub(x), height: bottom.saturating_sub(y) }
}
