//! An exhibit as a recipient of a profile would have it, by the plan as it stands: texts with their gaps, sound with its
//! tone.
//!
//! Keeps: what is struck is not in a preview, not even hidden. Does not know: gates; a preview is no promise that a thing
//! may leave.

use crate::catalogue::Exhibit;
use crate::disclose::{VaultLeaves, are_drawn, speakers};
use crate::heard::pairs;
use crate::redact::text::load;
use crate::redact::view::cuts_of;
use crate::{AppError, Session, Watch};
use casemate_bundle::BundleError;
use casemate_bundle::layer::reason_word;
use casemate_bundle::playable::{Audible, playable};
use casemate_case::audience::Profile;
use casemate_case::plan::Plan;
use casemate_ports::reading::{Passage, Place};
use casemate_words::Language;
use serde::Serialize;
use std::io::Write;
use utoipa::ToSchema;

/// Longest preview of sound, in bytes.
const SOUND_MAX: usize = 512 << 20;

/// A run of characters of a preview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case", untagged)]
#[schema(as = Span)]
pub enum Piece {
    /// Readable.
    Open {
        /// The text.
        text: String,
    },
    /// Withheld.
    Struck {
        /// What stands in its place: an alias, or nothing.
        struck: String,
        /// Why.
        #[schema(value_type = crate::words::ReasonWord)]
        reason: &'static str,
    },
}

/// A passage of a preview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PreviewPassage {
    /// Index of the passage.
    pub passage: u64,
    /// Where it stands.
    pub place: Place,
    /// Who speaks, by the name that the audience reads; none where nobody is told apart.
    pub speaker: Option<String>,
    /// Language, where told apart.
    pub language: Option<String>,
    /// Its pieces.
    pub spans: Vec<Piece>,
}

/// An exhibit as it would be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PreviewReply {
    /// The exhibit.
    pub exhibit: u64,
    /// The profile.
    pub profile: &'static str,
    /// Its passages.
    pub passages: Vec<PreviewPassage>,
    /// Sound withheld, milliseconds.
    pub cuts: Vec<[u64; 2]>,
    /// Whether pictures of its pages may leave, with black where something is withheld.
    pub pages: bool,
}

/// The preview of an exhibit's text.
///
/// # Errors
/// [`AppError::NoExhibit`]; the vault's.
pub fn preview(
    session: &Session,
    exhibit: &str,
    profile: Profile,
    language: Language,
) -> Result<PreviewReply, AppError> {
    let exhibit = session.exhibit(exhibit)?;
    let text = load(session, exhibit)?;
    let plan = plan(session, exhibit, profile, text.as_ref().map(|t| t.version));
    let drawn = text.as_ref().is_some_and(|t| are_drawn(profile, &t.reading));
    let speakers = text.iter().flat_map(|t| speakers(session, profile, language, &t.reading));
    let passages = text.iter().flat_map(|t| &t.reading.passages).zip(speakers);
    Ok(PreviewReply {
        exhibit: exhibit.number,
        profile: profile.word(),
        pages: drawn && !plan.strikes.is_empty(),
        passages: (0u64..)
            .zip(passages)
            .map(|(n, (p, speaker))| PreviewPassage { speaker, ..shown(session, profile, &plan, n, p) })
            .collect(),
        cuts: cuts_of(exhibit, &plan)?.map(|c| pairs(&c.withheld)).unwrap_or_default(),
    })
}

/// The plan on record; nothing is struck where it was made for an older text.
fn plan(session: &Session, exhibit: &Exhibit, profile: Profile, reading: Option<[u8; 32]>) -> Plan {
    let audience = profile.word().to_owned();
    let none = || Plan { audience, strikes: Vec::new(), reviewer: None, looked: None, reading };
    let on_record = session.case.plan(&exhibit.root, profile.word()).filter(|p| p.reading == reading);
    on_record.cloned().unwrap_or_else(none)
}

fn shown(session: &Session, profile: Profile, plan: &Plan, number: u64, passage: &Passage) -> PreviewPassage {
    let characters: Vec<char> = passage.text.chars().collect();
    let text = |from: u64, to: u64| -> String {
        let (from, to) = (usize::try_from(from).unwrap_or(usize::MAX), usize::try_from(to).unwrap_or(usize::MAX));
        characters.iter().skip(from).take(to.saturating_sub(from)).collect()
    };
    let (mut spans, mut at) = (Vec::new(), 0u64);
    for (span, strike) in plan.spans_of(number) {
        if span.at > at {
            spans.push(Piece::Open { text: text(at, span.at) });
        }
        let alias = plan.meant(strike).and_then(|id| session.case.alias(id, profile.word())).unwrap_or_default();
        spans.push(Piece::Struck { struck: alias.to_owned(), reason: reason_word(strike.reason) });
        at = span.at.saturating_add(span.chars);
    }
    if at < characters.len() as u64 {
        spans.push(Piece::Open { text: text(at, u64::MAX) });
    }
    PreviewPassage {
        passage: number,
        place: passage.place.clone(),
        speaker: None,
        language: passage.language.clone(),
        spans,
    }
}

/// The recording as the recipient would play it: every byte that a bundle's playable copy would have.
///
/// # Errors
/// [`AppError::Form`] for what is no recording that can be cut, or too long a one; the vault's.
pub fn sound(session: &Session, exhibit: &str, profile: Profile, watch: &Watch<'_>) -> Result<Vec<u8>, AppError> {
    let exhibit = session.exhibit(exhibit)?;
    let sealed = exhibit.sealed.as_ref().ok_or(AppError::NotRead(exhibit.number))?;
    let form = |found: &str| AppError::Form { what: "a recording that can be cut", found: found.to_owned() };
    let reading = load(session, exhibit)?.map(|t| t.version);
    let cuts = cuts_of(exhibit, &plan(session, exhibit, profile, reading))?;
    let hidden = cuts.map(|c| c.runs).unwrap_or_default();
    let leaves = VaultLeaves::open(&session.vault, watch, exhibit.number, sealed.object.clone())?;
    if !leaves.shape.profile().is_timed() {
        return Err(form("one that leaves whole or not at all"));
    }
    let heard = Audible { number: exhibit.number, shape: leaves.shape, hidden: &hidden, leaves: &leaves };
    let mut out = Bounded { bytes: Vec::new(), most: SOUND_MAX };
    match playable(&heard, &mut out) {
        Ok(()) => Ok(out.bytes),
        Err(BundleError::Io(_)) if out.bytes.len() >= SOUND_MAX => Err(form("one too long to preview")),
        Err(other) => Err(other.into()),
    }
}

/// Bytes in memory, up to a limit.
struct Bounded {
    bytes: Vec<u8>,
    most: usize,
}

impl Write for Bounded {
    fn write(&mut self, part: &[u8]) -> std::io::Result<usize> {
        if self.bytes.len() + part.len() > self.most {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(part);
        Ok(part.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
