//! Disclosure: gates, release layers, census, bundle, and the act that says what left.
//!
//! Keeps: nothing is sealed or written while a gate is shut; the bundle gets its name after its act is in the log, so
//! none is out that the log doesn't know; a failed attempt leaves no file and no `disclose` act.
//! Does not know: who may decide to disclose.

mod check;
mod choose;
mod earlier;
mod joining;
mod layer;
mod log;
mod pages;
mod pieces;
mod reply;
mod source;
mod words;
mod write;

use crate::catalogue::Exhibit;
use crate::heard::pairs;
pub use crate::unnamed::check_destination;
use crate::{AppError, Session, Watch};
use casemate_bundle::PRINTED_BYTES_MAX;
use casemate_bundle::audit::Forbidden;
use casemate_bundle::layer::reasons;
use casemate_bundle::material::{ItemMaterial, Material};
use casemate_carve::Run;
use casemate_case::audience::Profile;
use casemate_case::gate::blocks;
use casemate_case::kinds::{Disclosed, DisclosedItem, disclosed_act};
use casemate_case::names::{NameFinder, Sure};
use casemate_case::plan::{Plan, Strike};
use casemate_ports::reading::Kind;
use casemate_proof::{Compartment, Hash, ObjectRoot, SecretKey};
use casemate_vault::StoredObject;
use casemate_verify::statement::Mode;
use casemate_words::Language;
pub use check::{CheckReply, CheckedItem, check};
use choose::{Chosen, Original, choose};
pub use joining::OtherAlias;
use layer::Layer;
pub(crate) use layer::speakers;
use log::{At, CensusOnLog, Shown};
use pages::Made;
pub(crate) use pages::are_drawn;
pub use pages::{Draft, Stays, draft};
pub use reply::{DiscloseReply, ItemReply, OriginalStays, PagesStay};
pub(crate) use source::VaultLeaves;
use std::collections::BTreeSet;
use std::path::PathBuf;
use words::Part;

/// Under which the press key is derived from the press compartment.
const PRESS_SIGNER: &str = "press-signer";

/// What is to leave.
#[derive(Clone, Debug)]
pub struct DiscloseRequest {
    /// For whom.
    pub profile: Profile,
    /// Exhibits, in the order in which they shall be numbered.
    pub exhibits: Vec<String>,
    /// Recipient, as printed.
    pub recipient: String,
    /// Purpose, as printed.
    pub purpose: String,
    /// Language of the recipient.
    pub language: Language,
    /// Whether what an earlier bundle for this profile withheld may be shown now.
    pub uncover: bool,
    /// Whether what an earlier bundle showed may be hidden now, though whoever has that one still reads it.
    pub cover: bool,
    /// Whether originals of texts leave in part beside their text, where they can't leave whole.
    pub in_part: bool,
    /// The file; it must not exist.
    pub destination: PathBuf,
}

/// One item on its way, before it is material.
struct Item<'c> {
    number: u64,
    chosen: &'c Chosen,
    title: String,
    mode: Mode,
    object: StoredObject,
    hidden: Vec<Run>,
    act: At,
    reasons: Vec<(String, u64)>,
    made_from: Option<u64>,
    /// Places let pass on request: told at the exhibit's first item.
    passed: u64,
}

/// Makes a bundle.
///
/// # Errors
/// [`AppError::Blocked`] with every reason of every gate; [`AppError::NotRead`] for an exhibit of which nothing may
/// leave; [`AppError::Form`]; [`AppError::Bundle`] where a withheld name was found in the finished bytes;
/// [`AppError::NamePrinted`]; [`AppError::SelfCheck`]; [`AppError::File`] if the destination exists or can't be written; [`AppError::Stopped`].
pub fn disclose(
    session: &mut Session,
    request: &DiscloseRequest,
    watch: &Watch<'_>,
) -> Result<DiscloseReply, AppError> {
    check_form(request)?;
    no_name_printed(session, request)?;
    check_destination(&request.destination)?;
    let profile = request.profile;
    let withheld = session.case.people().filter(|p| profile.withholds(p));
    let forbidden = Forbidden::names_of(withheld);
    let chosen = choose_all(session, request, &forbidden, watch)?;
    let layers = seal_layers(session, request, &chosen)?;
    let paged = make_pages(session, request, &chosen, watch)?;
    let census = if profile == Profile::Press { None } else { Some(log::commit_census(session)?) };
    let seed: [u8; 32] = session.vault.draw()?;
    let items = items(session, request, &chosen, &layers, &paged)?;
    let on = session.now();
    let frame = Frame { request, census: census.as_ref(), seed, on: &on, layers: &layers };
    let written = pack(session, &frame, &items, &forbidden, watch)?;
    let done = Disclosed {
        profile,
        recipient: request.recipient.clone(),
        purpose: request.purpose.clone(),
        items: items.iter().map(Item::disclosed).collect(),
        seed,
        on: on.clone(),
        signature: Some(written.packed.signature_hash),
    };
    let reply = DiscloseReply {
        file: request.destination.clone(),
        bytes: written.packed.bytes,
        signer: written.packed.signer.clone(),
        profile: profile.word().to_owned(),
        aliases: aliases(&layers),
        items: items.iter().map(|item| item.reply(profile)).collect(),
        pages_stay: pages_stay(&chosen, &paged),
        originals_stay: chosen.iter().filter_map(original_stays).collect(),
        unasked: check::decisions(&chosen).unasked,
        passed: done.items.iter().fold(0, |sum: u64, item| sum.saturating_add(item.passed)),
        findings: written.verdict.findings.clone(),
    };
    let case = session.vault.case_id();
    session.append(vec![disclosed_act(case.0, &done)])?;
    written.file.publish()?;
    Ok(reply)
}

fn check_form(request: &DiscloseRequest) -> Result<(), AppError> {
    for (what, text) in [("a recipient", &request.recipient), ("a purpose", &request.purpose)] {
        if text.trim().is_empty() || text.len() > PRINTED_BYTES_MAX {
            let found = format!("{} bytes, from 1 to {PRINTED_BYTES_MAX} are possible", text.len());
            return Err(AppError::Form { what, found });
        }
    }
    if request.exhibits.is_empty() {
        return Err(AppError::Form { what: "a list of exhibits", found: "nothing".into() });
    }
    Ok(())
}

/// That recipient and purpose, which are printed as they were typed, name nobody whom the profile withholds: looked for as in
/// an exhibit, by sound and in parts too.
fn no_name_printed(session: &Session, request: &DiscloseRequest) -> Result<(), AppError> {
    let printed = [("recipient", request.recipient.as_str()), ("purpose", request.purpose.as_str())];
    names_nobody(session, request.profile, printed)
}

/// That texts which are printed as they were typed name nobody whom the profile withholds.
pub(crate) fn names_nobody<'t>(
    session: &Session,
    profile: Profile,
    printed: impl IntoIterator<Item = (&'static str, &'t str)>,
) -> Result<(), AppError> {
    let finder = NameFinder::new(session.case.people().filter(|p| profile.withholds(p)));
    for (what, text) in printed {
        if finder.find([text]).iter().any(|found| found.sure != Sure::Near) {
            return Err(AppError::NamePrinted(what));
        }
    }
    Ok(())
}

/// Decides for every exhibit and asks the gates about all of them.
fn choose_all(
    session: &Session,
    request: &DiscloseRequest,
    forbidden: &Forbidden,
    watch: &Watch<'_>,
) -> Result<Vec<Chosen>, AppError> {
    let chosen = all_chosen(session, request, forbidden, watch)?;
    let facts: Vec<_> = chosen.iter().map(|c| c.facts.clone()).collect();
    let blocks = blocks(&facts);
    if blocks.is_empty() { Ok(chosen) } else { Err(AppError::Blocked(blocks)) }
}

fn all_chosen(
    session: &Session,
    request: &DiscloseRequest,
    forbidden: &Forbidden,
    watch: &Watch<'_>,
) -> Result<Vec<Chosen>, AppError> {
    let mut seen = BTreeSet::new();
    let mut chosen = Vec::new();
    for word in &request.exhibits {
        if watch.stopped() {
            return Err(AppError::Stopped);
        }
        let exhibit: &Exhibit = session.exhibit(word)?;
        if seen.insert(exhibit.number) {
            let mut one = choose(session, (request.profile, request.in_part), exhibit, forbidden, watch)?;
            if request.uncover {
                one.allowed = one.allowed.saturating_add(std::mem::take(&mut one.facts.uncovered));
            }
            if request.cover {
                let leaves = std::mem::take(&mut one.facts.opened_before);
                one.allowed = leaves.iter().fold(one.allowed, |sum, (_, len)| sum.saturating_add(*len));
            }
            chosen.push(one);
        }
    }
    Ok(chosen)
}

/// Seals a layer for each exhibit that needs one, and logs them.
fn seal_layers(
    session: &mut Session,
    request: &DiscloseRequest,
    chosen: &[Chosen],
) -> Result<Vec<Option<Layer>>, AppError> {
    let mut layers = Vec::with_capacity(chosen.len());
    for (position, c) in (1u64..).zip(chosen) {
        // Numbers of the case stand in no press bundle.
        let number = if request.profile == Profile::Press { position } else { c.exhibit.number };
        let layer = c.release.then(|| layer::seal(session, request.profile, request.language, number, c));
        layers.push(layer.transpose()?);
    }
    let acts: Vec<_> = layers.iter().flatten().map(|l| l.act.clone()).collect();
    if !acts.is_empty() {
        session.append(acts)?;
    }
    Ok(layers)
}

/// Makes the pictures of pages that may leave beside a text.
fn make_pages(
    session: &mut Session,
    request: &DiscloseRequest,
    chosen: &[Chosen],
    watch: &Watch<'_>,
) -> Result<Vec<Option<Made>>, AppError> {
    let mut out = Vec::with_capacity(chosen.len());
    for c in chosen {
        let made = pages::wanted(request.profile, c).then(|| pages::make(session, request.profile, c, watch));
        out.push(made.transpose()?);
    }
    Ok(out)
}

fn pages_stay(chosen: &[Chosen], paged: &[Option<Made>]) -> Vec<PagesStay> {
    let stays = chosen.iter().zip(paged).filter_map(|(c, made)| {
        let why = made.as_ref()?.as_ref().err()?.clone();
        Some(PagesStay { exhibit: c.exhibit.number, why })
    });
    stays.collect()
}

fn original_stays(chosen: &Chosen) -> Option<OriginalStays> {
    chosen.stays.as_ref().map(|why| OriginalStays { exhibit: chosen.exhibit.number, why: why.word() })
}

fn items<'c>(
    session: &Session,
    request: &DiscloseRequest,
    chosen: &'c [Chosen],
    layers: &[Option<Layer>],
    paged: &[Option<Made>],
) -> Result<Vec<Item<'c>>, AppError> {
    let press = request.profile == Profile::Press;
    let mut out: Vec<Item<'c>> = Vec::new();
    for (((position, c), layer), paged) in (1u64..).zip(chosen).zip(layers).zip(paged) {
        let shown = if press { position } else { c.exhibit.number };
        let title = |part| words::kind_title(request.language, c.kind, shown, part);
        let (mut made_from, mut passed) = (None, c.allowed);
        if let Some(original) = &c.original {
            let number = out.len() as u64 + 1;
            let sealed = c.exhibit.sealed.as_ref().ok_or(AppError::NotRead(c.exhibit.number))?;
            let (mode, hidden, reasons) = match original {
                Original::Whole => (Mode::Whole, Vec::new(), Vec::new()),
                Original::Partial(cuts) => (Mode::Partial, cuts.runs.clone(), reasons(&of_original(c))),
            };
            let object = sealed.object.clone();
            let act = (c.exhibit.lane, c.exhibit.index);
            let title = title(Part::Original);
            let passed = std::mem::take(&mut passed);
            out.push(Item { number, chosen: c, title, mode, object, hidden, act, reasons, made_from: None, passed });
            made_from = Some(number);
        }
        if let Some(layer) = layer {
            let number = out.len() as u64 + 1;
            let exhibit = session.catalogue.number(c.exhibit.number).unwrap_or(&c.exhibit);
            let derived = layer::derived(exhibit, &layer.root)?;
            let (object, act) = (derived.object, (derived.lane, derived.index));
            let mode = if press { Mode::Text } else { Mode::Release };
            let (hidden, reasons) = (layer.hidden.clone(), reasons(&c.plan));
            let title = title(Part::Text);
            let passed = std::mem::take(&mut passed);
            out.push(Item { number, chosen: c, title, mode, object, hidden, act, reasons, made_from, passed });
        }
        if let Some(Ok(pages)) = paged {
            let number = out.len() as u64 + 1;
            let exhibit = session.catalogue.number(c.exhibit.number).unwrap_or(&c.exhibit);
            let derived = layer::derived(exhibit, &pages.root)?;
            let (object, act) = (derived.object, (derived.lane, derived.index));
            let (hidden, reasons, title) = (pages.hidden.clone(), reasons(&c.plan), title(Part::Pages));
            let mode = Mode::Partial;
            let passed = std::mem::take(&mut passed);
            out.push(Item { number, chosen: c, title, mode, object, hidden, act, reasons, made_from, passed });
        }
    }
    Ok(out)
}

/// The strikes that an original is cut by: of a recording those of its sound.
fn of_original(chosen: &Chosen) -> Plan {
    let plan = &chosen.plan;
    let cuts = |strike: &&Strike| chosen.kind != Kind::Recording || strike.time.is_some();
    Plan { strikes: plan.strikes.iter().filter(cuts).cloned().collect(), ..plan.clone() }
}

fn aliases(layers: &[Option<Layer>]) -> Vec<String> {
    let all: BTreeSet<String> = layers.iter().flatten().flat_map(|l| l.aliases.iter().cloned()).collect();
    all.into_iter().collect()
}

impl Item<'_> {
    fn disclosed(&self) -> DisclosedItem {
        let hidden = self.hidden.iter().map(|r| (r.start, r.len)).collect();
        DisclosedItem { number: self.number, root: self.root(), hidden, passed: self.passed }
    }

    fn root(&self) -> ObjectRoot {
        self.object.root()
    }

    fn reply(&self, profile: Profile) -> ItemReply {
        let cuts = match (&self.mode, &self.chosen.original) {
            (Mode::Partial, Some(Original::Partial(cuts))) => pairs(&cuts.withheld),
            _ => Vec::new(),
        };
        ItemReply {
            number: self.number,
            exhibit: self.chosen.exhibit.number,
            title: self.title.clone(),
            mode: match self.mode {
                Mode::Whole => "whole",
                Mode::Partial => "partial",
                Mode::Release => "release",
                Mode::Text => "text",
            },
            seal: (profile != Profile::Press).then(|| self.root().seal_number().to_string()),
            cuts,
            pages: self.object.record.profile() == casemate_carve::Profile::Tiles.to_string(),
            hidden: self.hidden.iter().fold(0, |sum, r| sum.saturating_add(r.len)),
            reasons: self.reasons.clone(),
        }
    }
}

/// What all items of a bundle share.
struct Frame<'f> {
    request: &'f DiscloseRequest,
    census: Option<&'f CensusOnLog>,
    seed: [u8; 32],
    on: &'f str,
    layers: &'f [Option<Layer>],
}

fn pack(
    session: &Session,
    frame: &Frame<'_>,
    items: &[Item<'_>],
    forbidden: &Forbidden,
    watch: &Watch<'_>,
) -> Result<write::Written, AppError> {
    let indexes = items.iter().map(|i| i.act).collect();
    let shown = frame.census.map(|census| Shown::gather(session, census, &indexes)).transpose()?;
    let open = |item: &Item<'_>| VaultLeaves::open(&session.vault, watch, item.number, item.object.clone());
    let leaves = items.iter().map(open).collect::<Result<Vec<_>, _>>()?;
    let mut material_items = Vec::with_capacity(items.len());
    for (item, leaves) in items.iter().zip(&leaves) {
        let act = shown.as_ref().map(|s| s.holding(session, item.act)).transpose()?;
        material_items.push(ItemMaterial {
            number: item.number,
            title: item.title.clone(),
            mode: item.mode,
            ending: words::ending(leaves.shape.profile(), media_type(item.chosen), item.mode == Mode::Whole).to_owned(),
            record: leaves.object.record.clone(),
            key: leaves.object.key.clone(),
            shape: leaves.shape,
            hidden: item.hidden.clone(),
            leaves,
            act,
            census: frame.census.and_then(|census| census.row(&item.root())),
            reasons: item.reasons.clone(),
            made_from: item.made_from,
        });
    }
    let material = Material {
        log: shown.as_ref().map(|s| s.material(session)).transpose()?,
        key: key(session, frame.request.profile)?,
        seed: frame.seed,
        purpose: frame.request.purpose.clone(),
        recipient: frame.request.recipient.clone(),
        date: date(frame.request.profile, frame.on),
        previous: previous(session, frame.request),
        aliases: aliases(frame.layers),
        language: frame.request.language,
        items: material_items,
    };
    write::write(&material, forbidden, &frame.request.destination, watch)
}

fn media_type(chosen: &Chosen) -> &str {
    chosen.text.as_ref().map_or("", |t| t.reading.media_type.as_str())
}

/// The key that signs for an audience: press bundles have one of their own, so that they can't be joined with others.
fn key(session: &Session, profile: Profile) -> Result<SecretKey, AppError> {
    match profile {
        Profile::Court => Ok(session.vault.disclosure_key().clone()),
        Profile::Press => Ok(SecretKey::from_seed(&*session.vault.side_key(Compartment::Press, PRESS_SIGNER)?)),
    }
}

/// The public key that a recipient of this profile pins, 64 hex digits.
///
/// # Errors
/// The vault's.
pub fn signer(session: &Session, profile: Profile) -> Result<String, AppError> {
    Ok(casemate_verify::bag::hex(key(session, profile)?.public().as_bytes()))
}

/// To the second for a court, to the day for the press.
fn date(profile: Profile, on: &str) -> String {
    match (profile, on.get(..10)) {
        (Profile::Press, Some(day)) => format!("{day}T00:00:00Z"),
        _ => on.to_owned(),
    }
}

/// The signature of what this recipient got before.
fn previous(session: &Session, request: &DiscloseRequest) -> Option<Hash> {
    let same = |d: &&Disclosed| d.profile == request.profile && d.recipient == request.recipient;
    let last = session.case.disclosures().iter().rev().find(same)?;
    last.signature.filter(|_| request.profile != Profile::Press).map(Hash)
}
