//! Passing a bundle on with more withheld, without the case and without its keys (`docs/format/bundle.md` §6).
//!
//! Keeps: what comes in is verified first and what goes out last; a leaf that was hidden stays hidden; no word that is to
//! be withheld stands in what leaves. Does not know: files on disk, the clock, why something is withheld.

mod chain;
mod key;
mod places;
mod received;
mod text;
mod words;

pub use casemate_carve::locator::{Rect, TimeRange};
pub use key::{KeyFileError, secret_key};
pub use words::WORD_BYTES_MIN;

use crate::audit::Forbidden;
use crate::bagging::{Files, Packed, write};
use crate::content::Content;
use crate::delivery::{Delivery, deliver};
use crate::error::BundleError;
use crate::readme::{self, Told, ToldEntry, ToldItem};
use casemate_carve::{Profile, Run};
use casemate_proof::disclosure::Narrower;
use casemate_proof::log::{SignedGrant, Via};
use casemate_proof::{Act, Disclosure, Mask, SecretKey, TlogProof, disclosure};
use casemate_verify::bag::{self, BagError};
use casemate_verify::discloser::Passed;
use casemate_verify::statement::{Item, Mode, Narrowed, Statement};
use casemate_verify::{Pins, Verdict, verify_bundle};
use casemate_words::Language;
use received::{Received, Wide};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek, Write};
use text::Text;
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

/// What is to be withheld more, who does it, and for whom.
pub struct Narrowing {
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
    /// RFC 3339, UTC, seconds.
    pub date: String,
    /// Language of the recipient.
    pub language: Language,
    /// The narrower's key.
    pub key: SecretKey,
    /// 32 random bytes.
    pub seed: [u8; 32],
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
    open: &dyn Fn() -> std::io::Result<R>,
    narrowing: &Narrowing,
    mut out: W,
    written: &dyn Fn() -> std::io::Result<S>,
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
    let sought = Sought::new(&narrowing.names, &narrowing.words);
    let asks = narrowing.withhold.iter().map(|w| w.item);
    let named = asks.chain(narrowing.dropped.iter().copied()).chain(narrowing.titles.keys().copied());
    for item in named {
        if !received.statement.items.iter().any(|i| i.number == item) {
            return Err(NarrowError::NoItem { item });
        }
    }
    let wides = received.statement.items.iter().map(|item| Wide::open(&received, item)).collect::<Result<Vec<_>, _>>()?;
    let before = chain::before(&received, &wides)?;
    let (kept, unread) = keep(wides, narrowing, &sought)?;
    if kept.is_empty() {
        return Err(NarrowError::Everything);
    }
    let narrowed: Vec<u64> = kept.iter().filter(|k| k.narrower).map(|k| k.wide.item.number).collect();
    if narrowed.is_empty() && narrowing.dropped.is_empty() && narrowing.untold.is_empty() {
        return Err(stays(&received, sought.forbidden())?);
    }
    let mut files = Files::new();
    let items = deliver_all(&received, &kept, narrowing, &mut files)?;
    let statement = statement(&received, &kept, items, before.and_one()?, narrowing)?;
    let passed = kept.iter().map(Kept::passed).collect::<Result<Vec<_>, _>>()?;
    let granted = granted(&received)?;
    let disclosers = before.with(narrowing, &statement, passed, granted, &sought, &mut files)?;
    let elsewhere = elsewhere(&kept, &files)?;
    add_pages(&received, &kept, &statement, disclosers, &mut files)?;
    let (packed, _) = write(&narrowing.key, files, Some(sought.forbidden()), &mut out)?;
    out.flush().map_err(BundleError::from)?;
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
    let sought = narrowing.names.iter().chain(&narrowing.words);
    if sought.into_iter().any(|word| word.trim().len() < WORD_BYTES_MIN) {
        return Err(NarrowError::Word);
    }
    let reason = narrowing.reason.as_bytes();
    let of_code = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.');
    if !(1..=casemate_carve::release::MAX_REASON).contains(&reason.len()) || !reason.iter().all(of_code) {
        return Err(NarrowError::Reason);
    }
    Ok(())
}

/// What was written holds, and has none of the words.
fn check<S: Read + Seek>(
    written: &dyn Fn() -> std::io::Result<S>,
    forbidden: &Forbidden,
) -> Result<Verdict, NarrowError> {
    let mut scanner = forbidden.scan(std::io::sink());
    std::io::copy(&mut written().map_err(BundleError::from)?, &mut scanner).map_err(BundleError::from)?;
    if let (Some(form), _) = scanner.finish() {
        return Err(BundleError::NameInside { file: "the bundle".into(), form }.into());
    }
    let verdict = verify_bundle(written, &Pins::default()).map_err(BundleError::from)?;
    let holds = !verdict.failed() && verdict.with_id("zip-strict").all(|f| f.status == casemate_verify::Status::Proven);
    if holds { Ok(verdict) } else { Err(NarrowError::Unverified(Box::new(verdict))) }
}

/// The items that go on, with all that is hidden of them; and those in which no words could be looked for.
fn keep<'a, R: Read + Seek>(
    wides: Vec<Wide<'a, R>>,
    narrowing: &Narrowing,
    sought: &Sought,
) -> Result<(Vec<Kept<'a, R>>, Vec<u64>), NarrowError> {
    let wides: Vec<_> = wides.into_iter().filter(|w| !narrowing.dropped.contains(&w.item.number)).collect();
    let asked: Vec<Withhold> =
        narrowing.withhold.iter().filter(|w| !narrowing.dropped.contains(&w.item)).cloned().collect();
    let has_words = !(narrowing.names.is_empty() && narrowing.words.is_empty());
    let mut found = places::find(&wides, &asked, sought, has_words)?;
    let mut kept = Vec::new();
    for wide in wides {
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

/// Adds what is delivered and what proves it; answers the items of the statement.
fn deliver_all<'a, R: Read + Seek>(
    received: &'a Received<'a, R>,
    kept: &'a [Kept<'a, R>],
    narrowing: &Narrowing,
    files: &mut Files<'a>,
) -> Result<Vec<Item>, NarrowError> {
    let numbers: BTreeSet<u64> = kept.iter().map(|k| k.wide.item.number).collect();
    let mut items = Vec::new();
    for each in kept {
        let earlier = each.wide.item;
        let number = earlier.number;
        let mut item = earlier.clone();
        if let Some(title) = narrowing.titles.get(&number) {
            item.title.clone_from(title);
        }
        item.mode = each.mode;
        item.made_from = earlier.made_from.filter(|from| numbers.contains(from));
        if each.narrower {
            let delivery = Delivery {
                number,
                mode: each.mode,
                ending: each.wide.ending(),
                shape: each.wide.shape,
                hidden: &each.hidden,
                leaves: &each.wide,
            };
            item.files = deliver(&delivery, files)?;
            // What was struck for which reason could tell of what is withheld now: the narrower gives their own.
            item.reasons = vec![(narrowing.reason.clone(), added(each))];
            let disclosure = each.disclosure()?.encode();
            files.insert(format!("proof/{number:03}.object"), Content::Bytes(disclosure));
        } else {
            for file in &earlier.files {
                let path = file.path.clone();
                files.insert(path.clone(), Content::made(move |out| received.copy(&path, out)));
            }
        }
        items.push(item);
    }
    for path in received.names().filter(|path| goes_on(path, &numbers)) {
        let owned = path.to_owned();
        files.entry(owned.clone()).or_insert_with(|| Content::made(move |out| received.copy(&owned, out)));
    }
    Ok(items)
}

/// How many stretches are withheld that were open.
fn added<R>(each: &Kept<'_, R>) -> u64 {
    let was = hidden_runs(&each.wide.disclosure.mask);
    let stays = |run: &&Run| was.contains(run);
    each.hidden.iter().filter(|run| !stays(run)).count() as u64
}

/// Whether a file of the proof is that of the log or of an item that goes on.
fn goes_on(path: &str, numbers: &BTreeSet<u64>) -> bool {
    let Some(name) = path.strip_prefix("proof/") else { return false };
    if name.starts_with("disclosers/") {
        return false;
    }
    let number: Option<u64> = name.split_once('.').and_then(|(number, _)| number.parse().ok());
    number.is_none_or(|number| numbers.contains(&number))
}

fn statement<R: Read + Seek>(
    received: &Received<'_, R>,
    kept: &[Kept<'_, R>],
    items: Vec<Item>,
    disclosers: u64,
    narrowing: &Narrowing,
) -> Result<Statement, NarrowError> {
    let mut people = BTreeSet::new();
    for each in kept.iter().filter(|k| k.is_text()) {
        people.extend(Text::read(&each.wide)?.people(&each.hidden));
    }
    let earlier = &received.statement;
    let statement = Statement {
        profile: earlier.profile.clone(),
        case: earlier.case,
        key: narrowing.key.public(),
        purpose: narrowing.purpose.clone(),
        recipient: narrowing.recipient.clone(),
        date: narrowing.date.clone(),
        previous: Some(received.signature_hash),
        items,
        // An alias that stands nowhere any more would tell that somebody is withheld.
        aliases: earlier.aliases.iter().filter(|alias| people.contains(*alias)).cloned().collect(),
        language: narrowing.language.tag().into(),
        narrowed: Some(Narrowed { name: narrowing.name.clone(), disclosers }),
    };
    Statement::decode(&statement.encode().map_err(BundleError::from)?).map_err(BundleError::from)?;
    Ok(statement)
}

/// The disclosure key that the case's owner granted.
fn granted<R: Read + Seek>(received: &Received<'_, R>) -> Result<[u8; 32], NarrowError> {
    let act = Disclosure::decode(&received.small("proof/lane.act")?).map_err(BundleError::from)?;
    let leaves = received.small("proof/lane.leaves")?;
    let (_, open) = disclosure::verify_whole(&act, &leaves).map_err(BundleError::from)?;
    let payloads: Vec<Vec<u8>> = open.iter().map(|leaf| leaf.payload.to_vec()).collect();
    let payloads = payloads.as_slice().try_into().map_err(|_| NarrowError::Disclosers)?;
    let act = Act::from_payloads(payloads).map_err(BundleError::from)?;
    let signed = SignedGrant::from_act(&act).map_err(|_| NarrowError::Disclosers)?;
    Ok(*signed.grant.keys.disclosure.as_bytes())
}

/// Files in which a passage still stands that is withheld now somewhere else. Sound and pictures are not looked at.
fn elsewhere<R: Read + Seek>(kept: &[Kept<'_, R>], files: &Files<'_>) -> Result<Vec<String>, NarrowError> {
    let mut passages = BTreeSet::new();
    for each in kept.iter().filter(|k| k.narrower && k.is_text()) {
        passages.extend(Text::read(&each.wide)?.texts(&each.hidden));
    }
    passages.retain(|text| text.chars().count() >= PASSAGE_CHARS_MIN);
    if passages.is_empty() {
        return Ok(Vec::new());
    }
    let passages = Forbidden::words(passages);
    let mut found = Vec::new();
    for each in kept.iter().filter(|k| !casemate_carve::copy::has_copy(k.wide.shape.profile())) {
        let folder = format!("data/{:03}/", each.wide.item.number);
        for (path, content) in files.iter().filter(|(path, _)| path.starts_with(&folder)) {
            if content.find(&passages)?.is_some() {
                found.push(path.clone());
            }
        }
    }
    Ok(found)
}

/// Adds the statement, the pages for people and the bag's own files.
fn add_pages<'a, R: Read + Seek>(
    received: &Received<'_, R>,
    kept: &'a [Kept<'a, R>],
    statement: &Statement,
    disclosers: Vec<readme::ToldDiscloser>,
    files: &mut Files<'a>,
) -> Result<(), NarrowError> {
    let checkpoint = String::from_utf8_lossy(&received.small("proof/checkpoint")?).into_owned();
    let own = readme::log_size(&checkpoint);
    let mut items = Vec::new();
    for (each, item) in kept.iter().zip(&statement.items) {
        items.push(ToldItem {
            number: item.number,
            title: &item.title,
            mode: each.mode,
            shape: each.wide.shape,
            hidden: &each.hidden,
            logged: Some(entry(received, item, own)?),
            made_from: item.made_from,
            reasons: &item.reasons,
        });
    }
    let stamps = received.names().filter(|n| n.starts_with("proof/time/") && n.ends_with(".note")).count() as u64;
    let told = Told { checkpoint: Some(&checkpoint), stamps, items, disclosers };
    for (language, name) in readme::LANGUAGES {
        files.insert(name.into(), Content::Bytes(readme::text(language, &told, statement).into_bytes()));
    }
    files.insert("bagit.txt".into(), Content::Bytes(bag::BAGIT_TXT.into()));
    files.insert("bag-info.txt".into(), Content::Bytes(readme::bag_info(statement, None).into_bytes()));
    let encoded = statement.encode().map_err(BundleError::from)?;
    files.insert("disclosure.cbor".into(), Content::Bytes(encoded));
    Ok(())
}

fn entry<R: Read + Seek>(received: &Received<'_, R>, item: &Item, own: u64) -> Result<ToldEntry, NarrowError> {
    let seal = item.root.map(|root| root.seal_number().to_string()).unwrap_or_default();
    let file = |ending: &str| format!("proof/{:03}.{ending}", item.number);
    if received.has(&file("via")) {
        let via = Via::decode(&received.small(&file("via"))?).ok_or(NarrowError::Disclosers)?;
        return Ok(ToldEntry { seal, index: via.index, entries: via.head.size });
    }
    let proof = TlogProof::decode(&received.small(&file("tlog"))?).map_err(|_| NarrowError::Disclosers)?;
    Ok(ToldEntry { seal, index: proof.index, entries: own })
}
