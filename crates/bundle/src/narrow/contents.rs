//! What of a received bundle could be withheld more: its items, and what is open of their texts, numbered as [`Place`](super::Place) counts.
//!
//! Keeps: only what a verified bundle shows; a list has limits and says when it ends before its end. Does not know: what will be withheld.

use super::NarrowError;
use super::received::{Received, Wide};
pub use super::text::Row;
use super::text::{Text, shortened};
use crate::error::BundleError;
use casemate_carve::{Profile, TextUnit};
use casemate_verify::statement::Statement;
use casemate_verify::{Pins, verify_bundle};
use std::io::{Read, Seek};

/// Most rows of an item that are listed.
pub const ROWS_MAX: usize = 20_000;

/// What an item is, and how a part of it is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Divided {
    /// By times.
    Time,
    /// By passages.
    Passages,
    /// By lines.
    Lines,
    /// By rows and cells.
    Rows,
    /// By pages and rectangles.
    Pages,
    /// Not at all.
    Never,
}

/// An item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// Its number.
    pub number: u64,
    /// Its title.
    pub title: String,
    /// How it is divided.
    pub divided: Divided,
    /// Its length, of a recording.
    pub duration_ms: Option<u64>,
    /// The item that it was made from.
    pub made_from: Option<u64>,
    /// What is open of it, where it is a text.
    pub rows: Vec<Row>,
    /// Whether there are more.
    pub more: bool,
}

/// A bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contents {
    /// What its discloser says of it.
    pub statement: Statement,
    /// Its items; none of a press bundle, which proves nothing that could be passed on.
    pub items: Vec<Content>,
}

/// Lists a bundle.
///
/// # Errors
/// A bundle that does not hold, or can't be read.
pub fn contents<R: Read + Seek>(open: &(dyn Fn() -> std::io::Result<R> + Sync)) -> Result<Contents, NarrowError> {
    let verdict = verify_bundle(open, &Pins::default()).map_err(BundleError::from)?;
    if verdict.failed() {
        return Err(NarrowError::Refused(Box::new(verdict)));
    }
    let received = Received::open(open)?;
    let proven = if received.statement.case.is_some() { received.statement.items.as_slice() } else { &[] };
    let items = proven.iter().map(|item| content(&Wide::open(&received, item)?)).collect::<Result<_, NarrowError>>()?;
    Ok(Contents { statement: received.statement.clone(), items })
}

fn content<R: Read + Seek>(wide: &Wide<'_, R>) -> Result<Content, NarrowError> {
    let (divided, mut rows) = match wide.shape.profile() {
        Profile::ReleaseText | Profile::ReleaseTranscript => (Divided::Passages, Text::read(wide)?.rows()),
        Profile::Lines(unit) => (Divided::Lines, lines(wide, unit)?),
        Profile::Csv => (Divided::Rows, Vec::new()),
        Profile::Tiles => (Divided::Pages, Vec::new()),
        profile if profile.is_timed() => (Divided::Time, Vec::new()),
        _ => (Divided::Never, Vec::new()),
    };
    let more = rows.len() > ROWS_MAX;
    rows.truncate(ROWS_MAX);
    Ok(Content {
        number: wide.item.number,
        title: wide.item.title.clone(),
        divided,
        duration_ms: wide.shape.duration_ms(),
        made_from: wide.item.made_from,
        rows,
        more,
    })
}

/// The open lines.
fn lines<R: Read + Seek>(wide: &Wide<'_, R>, unit: TextUnit) -> Result<Vec<Row>, NarrowError> {
    let mut rows = Vec::new();
    // The last leaf is the container.
    let last = wide.shape.leaf_count().saturating_sub(1);
    wide.for_each_open(&mut |index, _, payload| {
        if index < last && rows.len() <= ROWS_MAX {
            let said = shortened(&text(payload, unit));
            rows.push(Row { number: index.saturating_add(1), place: None, speaker: None, said });
        }
        Ok::<(), BundleError>(())
    })?;
    Ok(rows)
}

fn text(payload: &[u8], unit: TextUnit) -> String {
    let wide = |of: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = payload.chunks_exact(2).map(|pair| of([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match unit {
        TextUnit::Byte => String::from_utf8_lossy(payload).into_owned(),
        TextUnit::Utf16Le => wide(u16::from_le_bytes),
        TextUnit::Utf16Be => wide(u16::from_be_bytes),
    }
}
