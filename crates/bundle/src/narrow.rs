//! Passing a bundle on with more withheld, without the case and without its keys (`docs/format/bundle.md` §6).
//!
//! Keeps: what comes in is verified first and what goes out last; a leaf that was hidden stays hidden; no word that is to
//! be withheld stands in what leaves. Does not know: files on disk, the clock, why something is withheld.

mod chain;
mod contents;
mod key;
mod outgoing;
mod places;
mod received;
mod text;
mod words;

pub use casemate_carve::locator::{Rect, TimeRange};
pub use contents::{Content, Contents, Divided, ROWS_MAX, Row, contents};
pub use key::{FILE_BYTES_MAX as KEY_BYTES_MAX, KeyFileError, secret_key};
pub use words::WORD_BYTES_MIN;

use crate::PRINTED_BYTES_MAX;
use crate::audit::Forbidden;
use crate::bagging::{Files, Packed, write};
use crate::content::SCAN_BYTES;
use crate::error::BundleError;
use casemate_carve::{Profile, Run};
use casemate_proof::disclosure::Narrower;
use casemate_proof::{Disclosure, Mask, SecretKey};
use casemate_verify::bag::BagError;
use casemate_verify::discloser::{NAME_BYTES_MAX, Passed};
use casemate_verify::statement::Mode;
use casemate_verify::{Pins, Verdict, verify_bundle};
use casemate_words::Language;
use received::{Received, Wide};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufWriter, Read, Seek, Write};
use words::Sought;

/// A passage that was withheld is sought in the rest of the bundle if it has this many characters.
const PASSAGE_CHARS_MIN: usize = 12;

/// A place in an item that is to be withheld.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A time of a recording, or what a transcript has of it, without margins.
    Time(TimeRange),
    /// Passages of a text in their order, from 1, both ends included; those whose beginning is hidden are not counted.
    Passages(u64, u64),
    /// Lines from 1, both ends included.
    Lines(u64, u64),
    /// A message from 1.
    Message(u64),
    /// A row of a table from 1; the column from 1 where one cell is meant.
    Row(u64, Option<u64>),
    /// A page from 1, or a rectangle of it.
    Page {
        /// The page.
        page: u64,
        /// Where on it, from the top left.
        rect: Option<Rect>,
        /// Only the rectangle (at least two tiles wide), and not the page from edge to edge.
        exact: bool,
    },
}

/// What is to be withheld of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withhold {
    /// Number of the item.
    pub item: u64,
    /// Where.
    pub place: Place,
}

/// What is to be withheld more, for whom, and by whom, as it is printed.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Places.
    pub withhold: Vec<Withhold>,
    /// Names, withheld in each of their written forms wherever a text has them, with the sound that it was read from.
    pub names: Vec<String>,
    /// Words, the same as they are written.
    pub words: Vec<String>,
    /// Items that are not passed on.
    pub dropped: BTreeSet<u64>,
    /// Titles in place of the earlier ones.
    pub titles: BTreeMap<u64, String>,
    /// Reason code for what is withheld: 1–64 of `a–z 0–9 - .`.
    pub reason: String,
    /// Places of earlier disclosers, from 1, of whom no text is told on.
    pub untold: BTreeSet<u64>,
    /// Name of the narrower, as printed.
    pub name: Option<String>,
    /// Purpose, as printed.
    pub purpose: String,
    /// Recipient, as printed.
    pub recipient: String,
}

/// The same, with who signs it and when.
pub struct Narrowing {
    /// What is asked for.
    pub asked: Asked,
    /// RFC 3339, UTC, seconds.
    pub date: String,
    /// Language of the recipient.
    pub language: Language,
    /// The narrower's key.
    pub key: SecretKey,
    /// 32 random bytes.
    pub seed: [u8; 32],
}

impl Asked {
    /// What the narrower says as it is printed, and how many bytes it may have.
    pub fn own(&self) -> impl Iterator<Item = (&'static str, &String, usize)> {
        let name = self.name.as_ref().map(|name| ("name", name, NAME_BYTES_MAX));
        let rest = [("recipient", &self.recipient, PRINTED_BYTES_MAX), ("purpose", &self.purpose, PRINTED_BYTES_MAX)];
        rest.into_iter().chain(name)
    }
}

/// Why a bundle is not passed on.
#[derive(Debug, thiserror::Error)]
pub enum NarrowError {
    /// The bundle that came in does not hold.
    #[error("the bundle does not hold")]
    Refused(Box<Verdict>),
    /// The bundle that was made does not hold.
    #[error("the bundle that was made does not hold")]
    Unverified(Box<Verdict>),
    /// Nothing in a press bundle can be proven.
    #[error("a press bundle proves nothing that could be passed on")]
    Press,
    /// No such item.
    #[error("there is no item {item}")]
    NoItem {
        /// The number asked for.
        item: u64,
    },
    /// An item has no such place.
    #[error("item {item} has no such place: {expected} was expected")]
    Place {
        /// Number of the item.
        item: u64,
        /// What would be a place of it.
        expected: &'static str,
    },
    /// An item is handed over whole or not at all.
    #[error("item {item} can only be passed on whole, or not at all")]
    Indivisible {
        /// Number of the item.
        item: u64,
    },
    /// A word that would be found everywhere.
    #[error("a word of fewer than {WORD_BYTES_MIN} bytes can't be looked for")]
    Word,
    /// A reason that is no code.
    #[error("the reason is not 1–64 of a–z, 0–9, - and .")]
    Reason,
    /// Nothing would be withheld that was open.
    #[error("nothing more would be withheld")]
    Nothing,
    /// No item would be left.
    #[error("no item would be left")]
    Everything,
    /// The disclosers before are not in their form.
    #[error("the disclosers before are not in their form")]
    Disclosers,
    /// No such discloser.
    #[error("there is no discloser {place} before")]
    NoDiscloser {
        /// The place asked for.
        place: u64,
    },
    /// Something that is printed is empty or too long.
    #[error("{what}: from 1 to {most} bytes can be printed")]
    Printed {
        /// `name`, `purpose` or `recipient`.
        what: &'static str,
        /// The limit.
        most: usize,
    },
    /// The chain is as long as it may be.
    #[error("a bundle is passed on by at most {most} disclosers")]
    TooMany {
        /// The limit.
        most: u64,
    },
    /// Reading or making it.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// Reading it.
    #[error(transparent)]
    Bag(#[from] BagError),
}

/// What was passed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassedOn {
    /// The bundle.
    pub packed: Packed,
    /// Items of which more is withheld than before.
    pub narrowed: Vec<u64>,
    /// Items in which no words could be looked for: sound without a transcript, pictures, files handed over whole.
    pub unread: Vec<u64>,
    /// Files in which a passage that is withheld elsewhere still stands.
    pub elsewhere: Vec<String>,
    /// The verdict on it, with no key expected.
    pub verdict: Verdict,
}

/// An item as it goes on.
struct Kept<'a, R> {
    wide: Wide<'a, R>,
    mode: Mode,
    hidden: Vec<Run>,
    narrower: bool,
}

/// Passes a bundle on. `open` reads the one received, `written` what was written to `out`, each once more at every call.
///
/// # Errors
/// A bundle that does not hold, or that would not hold; places that are not there; a word that stays; a full disk.
pub fn narrow<R: Read + Seek, S: Read + Seek, W: Write>(
    open: &(dyn Fn() -> std::io::Result<R> + Sync),
    narrowing: &Narrowing,
    out: W,
    written: &(dyn Fn() -> std::io::Result<S> + Sync),
) -> Result<PassedOn, NarrowError> {
    admit(narrowing)?;
    let incoming = verify_bundle(open, &Pins::default()).map_err(BundleError::from)?;
    if incoming.failed() {
        return Err(NarrowError::Refused(Box::new(incoming)));
    }
    let received = Received::open(open)?;
    if received.statement.case.is_none() {
        return Err(NarrowError::Press);
    }
    let sought = Sought::new(&narrowing.asked.names, &narrowing.asked.words);
    let asks = narrowing.asked.withhold.iter().map(|w| w.item);
    let named = asks.chain(narrowing.asked.dropped.iter().copied()).chain(narrowing.asked.titles.keys().copied());
    for item in named {
        if !received.statement.items.iter().any(|i| i.number == item) {
            return Err(NarrowError::NoItem { item });
        }
    }
    let wides =
        received.statement.items.iter().map(|item| Wide::open(&received, item)).collect::<Result<Vec<_>, _>>()?;
    let before = chain::before(&received, &wides)?;
    if let Some(place) = narrowing.asked.untold.iter().find(|place| !(1..=before.many()).contains(*place)) {
        return Err(NarrowError::NoDiscloser { place: *place });
    }
    printed(&received, narrowing, &sought)?;
    let (kept, unread) = keep(wides, narrowing, &sought)?;
    if kept.is_empty() {
        return Err(NarrowError::Everything);
    }
    let narrowed: Vec<u64> = kept.iter().filter(|k| k.narrower).map(|k| k.wide.item.number).collect();
    if narrowed.is_empty() && narrowing.asked.dropped.is_empty() && narrowing.asked.untold.is_empty() {
        return Err(stays(&received, sought.forbidden())?);
    }
    let mut files = Files::new();
    let items = outgoing::deliver_all(&received, &kept, narrowing, &mut files)?;
    let statement = outgoing::statement(&received, &kept, items, before.and_one()?, narrowing)?;
    let passed = kept.iter().map(Kept::passed).collect::<Result<Vec<_>, _>>()?;
    let granted = chain::granted(&received)?;
    let disclosers = before.with(narrowing, &statement, passed, granted, &sought, &mut files)?;
    let elsewhere = outgoing::elsewhere(&kept, &files)?;
    outgoing::add_pages(&received, &kept, &statement, disclosers, &mut files)?;
    let mut out = BufWriter::with_capacity(SCAN_BYTES, out);
    let (packed, _) = write(&narrowing.key, files, Some(sought.forbidden()), &mut out)?;
    out.flush().map_err(BundleError::from)?;
    drop(out);
    let verdict = check(written, sought.forbidden())?;
    Ok(PassedOn { packed, narrowed, unread, elsewhere, verdict })
}

/// Why nothing would be withheld: words that stand where nothing can be withheld alone, or none.
fn stays<R: Read + Seek>(received: &Received<'_, R>, forbidden: &Forbidden) -> Result<NarrowError, NarrowError> {
    for path in received.names() {
        let mut scanner = forbidden.scan(std::io::sink());
        received.copy(path, &mut scanner)?;
        if let (Some(form), _) = scanner.finish() {
            return Ok(BundleError::NameInside { file: path.to_owned(), form }.into());
        }
    }
    Ok(NarrowError::Nothing)
}

fn admit(narrowing: &Narrowing) -> Result<(), NarrowError> {
    let sought = narrowing.asked.names.iter().chain(&narrowing.asked.words);
    if sought.into_iter().any(|word| word.trim().len() < WORD_BYTES_MIN) {
        return Err(NarrowError::Word);
    }
    if let Some((what, _, most)) =
        narrowing.asked.own().find(|(_, text, most)| text.trim().is_empty() || text.len() > *most)
    {
        return Err(NarrowError::Printed { what, most });
    }
    let reason = narrowing.asked.reason.as_bytes();
    let of_code = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.');
    if !(1..=casemate_carve::release::MAX_REASON).contains(&reason.len()) || !reason.iter().all(of_code) {
        return Err(NarrowError::Reason);
    }
    Ok(())
}

/// That what is printed as it is says none of the words: titles that go on, and what the narrower says of themselves.
fn printed<R: Read + Seek>(
    received: &Received<'_, R>,
    narrowing: &Narrowing,
    sought: &Sought,
) -> Result<(), NarrowError> {
    let own = narrowing.asked.own().map(|(what, text, _)| (what.to_owned(), text));
    let goes = received.statement.items.iter().filter(|item| !narrowing.asked.dropped.contains(&item.number));
    let titles = goes.map(|item| {
        let title = narrowing.asked.titles.get(&item.number).unwrap_or(&item.title);
        (format!("title {}", item.number), title)
    });
    match own.chain(titles).find(|(_, text)| sought.is_in(text)) {
        Some((file, _)) => Err(BundleError::NameInside { file, form: "utf-8" }.into()),
        None => Ok(()),
    }
}

/// What was written holds, and has none of the words.
fn check<S: Read + Seek>(
    written: &(dyn Fn() -> std::io::Result<S> + Sync),
    forbidden: &Forbidden,
) -> Result<Verdict, NarrowError> {
    let mut scanner = forbidden.scan(std::io::sink());
    std::io::copy(&mut written().map_err(BundleError::from)?, &mut scanner).map_err(BundleError::from)?;
    if let (Some(form), _) = scanner.finish() {
        return Err(BundleError::NameInside { file: "the bundle".into(), form }.into());
    }
    let verdict = verify_bundle(written, &Pins::default()).map_err(BundleError::from)?;
    if verdict.failed() { Err(NarrowError::Unverified(Box::new(verdict))) } else { Ok(verdict) }
}

/// The items that go on, with all that is hidden of them; and those in which no words could be looked for.
fn keep<'a, R: Read + Seek>(
    wides: Vec<Wide<'a, R>>,
    narrowing: &Narrowing,
    sought: &Sought,
) -> Result<(Vec<Kept<'a, R>>, Vec<u64>), NarrowError> {
    let asked: Vec<Withhold> =
        narrowing.asked.withhold.iter().filter(|w| !narrowing.asked.dropped.contains(&w.item)).cloned().collect();
    let has_words = !(narrowing.asked.names.is_empty() && narrowing.asked.words.is_empty());
    // What is left out is searched too: a transcript that doesn't go on tells where its recording says a name.
    let mut found = places::find(&wides, &asked, sought, has_words)?;
    found.unread.retain(|number| !narrowing.asked.dropped.contains(number));
    let mut kept = Vec::new();
    for wide in wides.into_iter().filter(|wide| !narrowing.asked.dropped.contains(&wide.item.number)) {
        let number = wide.item.number;
        let mut more = found.runs.remove(&number).unwrap_or_default();
        if let Some(times) = found.times.remove(&number) {
            more.extend(places::cut(wide.shape, &times)?);
        }
        let was = hidden_runs(&wide.disclosure.mask);
        let end = wide.shape.leaf_count();
        // A label at the very end may have nothing behind it.
        more.retain(|run| run.start < end);
        more.iter_mut().for_each(|run| run.len = run.len.min(end.saturating_sub(run.start)));
        let hidden = Run::normalise(was.iter().copied().chain(more).collect());
        let narrower = hidden != was;
        let mode = if narrower && wide.item.mode == Mode::Whole { Mode::Partial } else { wide.item.mode };
        kept.push(Kept { wide, mode, hidden, narrower });
    }
    Ok((kept, found.unread))
}

fn hidden_runs(mask: &Mask) -> Vec<Run> {
    let hidden = mask.ranges().filter(|(_, open)| !open);
    hidden.map(|(range, _)| Run { start: range.start, len: range.end.saturating_sub(range.start) }).collect()
}

impl<R: Read + Seek> Kept<'_, R> {
    fn mask(&self) -> Result<Mask, BundleError> {
        let ranges: Vec<std::ops::Range<u64>> = self.hidden.iter().map(|run| run.start..run.end()).collect();
        Ok(Mask::hiding(self.wide.shape.leaf_count(), &ranges)?)
    }

    fn passed(&self) -> Result<Passed, NarrowError> {
        let root = self.wide.disclosure.record.object_root();
        Ok(Passed { number: self.wide.item.number, root, mask: self.mask()? })
    }

    /// The disclosure of what is still open.
    fn disclosure(&self) -> Result<Disclosure, BundleError> {
        let mut narrower = Narrower::new(&self.wide.disclosure, self.mask()?)?;
        self.wide.for_each_open(&mut |_, ticks, payload| Ok(narrower.leaf(ticks, payload)?))?;
        Ok(narrower.finish()?)
    }

    fn is_text(&self) -> bool {
        matches!(self.wide.shape.profile(), Profile::ReleaseText | Profile::ReleaseTranscript)
    }
}
