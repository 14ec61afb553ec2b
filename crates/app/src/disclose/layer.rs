//! Release layers: the text of an exhibit as one audience may read it, sealed into that audience's compartment.
//!
//! Keeps: who speaks is told by an alias, a number or a channel, never by what the source calls them; a press layer tells
//! no time and no seal. Does not know: bundles.

use super::choose::Chosen;
use super::words::{Part, kind_title};
use crate::catalogue::{Exhibit, what};
use crate::redact::text::time_of;
use crate::{AppError, Session, heard};
use casemate_bundle::BundleError;
use casemate_bundle::layer::{self, PassageIn, PassagePlace};
use casemate_carve::Run;
use casemate_carve::locator::TimeRange;
use casemate_carve::release::{Head, Release, ReleaseKind, SealNumber};
use casemate_case::audience::Profile;
use casemate_case::names::NameFinder;
use casemate_case::person::PersonId;
use casemate_ports::reading::{Kind, Passage, Place, Reading};
use casemate_proof::{Act, Compartment, ObjectRoot, Timebase, Value};
use casemate_vault::acts::{DeriveAct, value_map};
use casemate_words::{Language, message};
use std::collections::BTreeMap;

/// Keys of the detail map of a release and of pages, beside those of a reading.
pub(super) mod detail {
    pub const TOOL: u64 = 0;
    pub const AUDIENCE: u64 = 16;
    pub const READING: u64 = 17;
    pub const TEXT: u64 = 18;
    pub const DPI: u64 = 19;
}

/// A sealed layer.
pub(super) struct Layer {
    pub act: Act,
    pub root: ObjectRoot,
    pub hidden: Vec<Run>,
    pub aliases: Vec<String>,
}

/// Builds and seals the layer of an exhibit. Its act is not appended yet.
pub(super) fn seal(
    session: &mut Session,
    profile: Profile,
    language: Language,
    number: u64,
    chosen: &Chosen,
) -> Result<Layer, AppError> {
    let text = chosen.text.as_ref().ok_or(AppError::NotRead(chosen.exhibit.number))?;
    let (release, aliases) =
        build(session, profile, language, number, chosen, (&text.reading, text.version != text.root.0))?;
    let leaves: Vec<(u64, Vec<u8>)> = release.payloads.into_iter().map(|p| (1, p)).collect();
    let base = release.shape.profile().timebase();
    let base = Timebase::new(base.num, base.den).map_err(casemate_vault::VaultError::from)?;
    let object = session.vault.seal_leaves(&release.shape.profile().to_string(), base, &leaves)?;
    let root = object.root();
    let derive = DeriveAct {
        what: what::RELEASE.to_owned(),
        detail: value_map([
            (detail::TOOL, Value::from(concat!("casemate ", env!("CARGO_PKG_VERSION")))),
            (detail::AUDIENCE, Value::from(profile.word())),
            (detail::READING, Value::from(&text.root.0[..])),
            (detail::TEXT, Value::from(&text.version[..])),
        ]),
        object,
        parent: [chosen.exhibit.root].into(),
        subject: chosen.exhibit.subject,
        compartment: if profile == Profile::Press { Compartment::Press } else { Compartment::Case },
        at_ms: session.vault.now_ms(),
    };
    Ok(Layer { act: derive.to_act(), root, hidden: release.protected, aliases })
}

fn build(
    session: &Session,
    profile: Profile,
    language: Language,
    number: u64,
    chosen: &Chosen,
    (reading, corrected): (&Reading, bool),
) -> Result<(Release, Vec<String>), AppError> {
    let press = profile == Profile::Press;
    let spoken = chosen.kind == Kind::Recording;
    let statement = match (spoken, corrected) {
        (true, false) => "layer-transcript",
        (true, true) => "layer-transcript-corrected",
        (false, false) => "layer-text",
        (false, true) => "layer-text-corrected",
    };
    let seal = SealNumber(chosen.exhibit.root.seal_number().0);
    let head = Head {
        title: kind_title(language, chosen.kind, number, Part::Text),
        made_from: if press { Vec::new() } else { vec![seal] },
        statement: message(language, statement, &[]),
        language: language.tag().to_owned(),
    };
    let kind = if spoken && !press { ReleaseKind::Transcript } else { ReleaseKind::Text };
    let speakers = speakers(session, profile, language, reading);
    let whole = heard::duration_ms(&chosen.exhibit).and_then(|end| TimeRange::new(0, end));
    let passages = (0u64..).zip(&reading.passages).zip(&speakers).filter(|((_, p), _)| !p.text.trim().is_empty());
    let passages = passages.map(|((index, p), speaker)| PassageIn {
        index,
        place: match kind {
            _ if press => PassagePlace::Untold,
            ReleaseKind::Transcript => {
                PassagePlace::Time(time_of(&p.place).or(whole).unwrap_or(TimeRange { start: 0, end: 0 }))
            }
            ReleaseKind::Text => place(&p.place),
        },
        speaker: speaker.as_deref(),
        text: &p.text,
    });
    let label = |id: PersonId| session.case.alias(id, profile.word()).unwrap_or_default().to_owned();
    let release = layer::build(kind, head, passages, &chosen.plan, &label)?;
    let struck = chosen.plan.strikes.iter().filter_map(|s| chosen.plan.meant(s)).map(label);
    let known = |s: &&String| session.case.people().any(|p| label(p.id) == **s);
    let spoke = speakers.iter().flatten().filter(known).cloned();
    let mut aliases: Vec<String> = struck.chain(spoke).filter(|a| !a.is_empty()).collect();
    aliases.sort_unstable();
    aliases.dedup();
    Ok((release, aliases))
}

fn place(place: &Place) -> PassagePlace {
    match place {
        Place::Lines { first, last } => PassagePlace::Lines(*first, *last),
        Place::Message { number } => PassagePlace::Message(*number),
        Place::Row { number, .. } => PassagePlace::Row(*number),
        Place::Page { number, .. } => PassagePlace::Page((*number).into()),
        Place::Time { start_ms, end_ms, .. } => {
            TimeRange::new(*start_ms, *end_ms).map_or(PassagePlace::Untold, PassagePlace::Time)
        }
        // A place inside a part would read as one in the whole.
        Place::Whole | Place::Part { .. } => PassagePlace::Untold,
    }
}

/// Of each passage who speaks, as this audience may read it.
pub(crate) fn speakers(
    session: &Session,
    profile: Profile,
    language: Language,
    reading: &Reading,
) -> Vec<Option<String>> {
    Speakers { session, profile, language }.of(reading)
}

struct Speakers<'a> {
    session: &'a Session,
    profile: Profile,
    language: Language,
}

impl Speakers<'_> {
    fn of(&self, reading: &Reading) -> Vec<Option<String>> {
        let mut numbers: BTreeMap<String, u64> = BTreeMap::new();
        let mut one = |p: &Passage| {
            let Some(source) = p.speaker.as_deref().map(str::trim).filter(|s| !s.is_empty()) else {
                let channel = channel_of(&p.place)?;
                return Some(self.words("speaker-channel", u64::from(channel) + 1));
            };
            let next = numbers.len() as u64 + 1;
            let number = *numbers.entry(source.to_owned()).or_insert(next);
            Some(self.alias(source).unwrap_or_else(|| self.words("speaker-number", number)))
        };
        reading.passages.iter().map(&mut one).collect()
    }

    fn words(&self, id: &str, number: u64) -> String {
        message(self.language, id, &[("number", number.into())])
    }

    /// The alias of the one person whose name the source gives here.
    fn alias(&self, source: &str) -> Option<String> {
        let mut people: Vec<PersonId> =
            NameFinder::new(self.session.case.people()).find([source]).iter().map(|o| o.person).collect();
        people.sort_unstable();
        people.dedup();
        let [only] = people.as_slice() else { return None };
        self.session.case.alias(*only, self.profile.word()).map(str::to_owned)
    }
}

fn channel_of(place: &Place) -> Option<u8> {
    match place {
        Place::Time { channel, .. } => *channel,
        _ => None,
    }
}

/// The layer's place in the catalogue once its act stands.
pub(super) fn derived(exhibit: &Exhibit, root: &ObjectRoot) -> Result<crate::catalogue::Derivative, AppError> {
    let found = exhibit.derived.iter().rev().find(|d| d.object.root() == *root);
    let seal = || AppError::Derivative { seal: root.seal_number().to_string() };
    found.cloned().ok_or_else(seal)
}

/// A layer or an object that can't be carved is the bundle's error.
impl From<casemate_carve::CarveError> for AppError {
    fn from(cause: casemate_carve::CarveError) -> Self {
        Self::Bundle(BundleError::from(cause))
    }
}
