//! What is in the case: the list of exhibits, one exhibit with its custody, the log.
//!
//! Keeps: what can't be read is listed as sealed, never left out. Does not know: the terminal.

use crate::catalogue::{Derivative, Exhibit, what};
use crate::heard;
use crate::planned::PlanStates;
use crate::reading::About;
use crate::redact::state::states;
use crate::session::Session;
use crate::understood::{NotUnderstood, understands};
use crate::words::{CompartmentWord, KindWord, LayerWord, ProfileWord};
use crate::{AppError, clock};
use casemate_case::audience::Profile;
use casemate_case::kinds::{CaseAct, from_act};
use casemate_ports::reading::{ReadFinding, Severity};
use casemate_proof::log::COMMIT_KIND;
use casemate_proof::{Act, Compartment, ObjectRoot};
use casemate_vault::acts::{DeriveAct, SealAct};
use casemate_vault::stamp::StampAct;
use casemate_vault::witness::WitnessAct;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// A line of the list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Listed {
    /// Number.
    pub exhibit: u64,
    /// What it is.
    #[schema(value_type = KindWord)]
    pub kind: String,
    /// First 16 hex digits of its root.
    pub seal: String,
    /// Bytes.
    pub size: Option<u64>,
    /// Milliseconds, of a recording.
    pub duration_ms: Option<u64>,
    /// Where it came from.
    pub source: String,
    /// When it was sealed, RFC 3339, by this machine's clock.
    pub sealed_at: Option<String>,
    /// `transcript`, `transcript-part`, `reading`, `corrected`, or absent.
    #[schema(value_type = Option<LayerWord>)]
    pub text: Option<String>,
    /// Passages of its text.
    pub passages: u64,
    /// Ids of what was not read.
    pub findings: Vec<String>,
    /// What else is worth knowing of how it was read, by id.
    pub notes: Vec<String>,
    /// Milliseconds that named people have heard, of a recording.
    pub heard_ms: u64,
    /// Its redaction plans.
    pub plans: PlanStates,
}

/// A case at a glance.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CaseHead {
    /// Case id, hex.
    pub id: String,
    /// Exhibits.
    pub exhibits: u64,
    /// Acts.
    pub acts: u64,
    /// Root of the log, hex.
    pub head: String,
    /// Exhibits that nothing has read yet.
    pub unread: u64,
    /// Recordings without a transcript.
    pub untranscribed: u64,
    /// People.
    pub people: u64,
    /// What of the log could not be read.
    pub damaged: Vec<String>,
}

/// What a case holds, in numbers.
///
/// # Errors
/// The vault's.
pub fn head(session: &Session) -> Result<CaseHead, AppError> {
    let count = |of: &dyn Fn(&Exhibit) -> bool| session.catalogue.exhibits().filter(|e| of(e)).count() as u64;
    let recording = |e: &Exhibit| e.newest(what::READING).and_then(About::of).is_some_and(|a| a.kind == "recording");
    Ok(CaseHead {
        id: session.vault.case_id().to_string(),
        exhibits: session.catalogue.len() as u64,
        acts: session.acts,
        head: session.vault.checkpoint()?.head.root.to_string(),
        unread: count(&|e| e.newest(what::READING).is_none()),
        untranscribed: count(&|e| recording(e) && e.newest(what::TRANSCRIPT).is_none()),
        people: session.case.people().count() as u64,
        damaged: session.damaged.clone(),
    })
}

/// The list.
#[derive(Clone, Debug, Serialize)]
pub struct ListReply {
    /// Case id, hex.
    pub case: String,
    /// Exhibits by number.
    pub exhibits: Vec<Listed>,
}

/// Lists the exhibits.
#[must_use]
pub fn list(session: &Session) -> ListReply {
    let exhibits = session.catalogue.exhibits().map(|e| listed(session, e)).collect();
    ListReply { case: session.vault.case_id().to_string(), exhibits }
}

/// Some of the exhibits.
#[derive(Clone, Debug, Default)]
pub struct PageRequest {
    /// Only of this kind.
    pub kind: Option<KindWord>,
    /// Only where this stands in the source, without regard to case.
    pub words: String,
    /// How many to pass over.
    pub offset: usize,
    /// Most exhibits of the answer.
    pub limit: usize,
}

/// A page of the list.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ExhibitPage)]
pub struct PageReply {
    /// How many there are in all.
    pub total: u64,
    /// This page's.
    pub exhibits: Vec<Listed>,
}

/// Lists one page of the exhibits; only these are looked at closely.
#[must_use]
pub fn page(session: &Session, request: &PageRequest) -> PageReply {
    let words = request.words.to_lowercase();
    let wanted = |e: &&Exhibit| {
        let read = || e.newest(what::READING).and_then(About::of);
        request.kind.is_none_or(|k| read().map_or(k.word() == e.kind, |a| k.word() == a.kind))
            && (words.is_empty() || session.catalogue.origin(e).to_lowercase().contains(&words))
    };
    let all: Vec<&Exhibit> = session.catalogue.exhibits().filter(wanted).collect();
    let exhibits = all.iter().skip(request.offset).take(request.limit).map(|e| listed(session, e)).collect();
    PageReply { total: all.len() as u64, exhibits }
}

fn listed(session: &Session, exhibit: &Exhibit) -> Listed {
    let text = exhibit.text().or_else(|| exhibit.newest(what::TRANSCRIPT_PART));
    let about = text.and_then(About::of);
    let read = exhibit.newest(what::READING).and_then(About::of);
    let found = standing(exhibit);
    let ids = |notes: bool| {
        let of_sort = found.iter().filter(|f| (f.severity == Severity::Note) == notes);
        let ids: BTreeSet<String> = of_sort.map(|f| f.id.clone()).collect();
        ids.into_iter().collect()
    };
    let (findings, notes) = (ids(false), ids(true));
    Listed {
        exhibit: exhibit.number,
        kind: read.as_ref().map_or_else(|| exhibit.kind.clone(), |a| a.kind.clone()),
        seal: exhibit.root.seal_number().to_string(),
        size: exhibit.sealed.as_ref().map(|s| s.object.size),
        duration_ms: heard::sealed_ms(exhibit).or_else(|| read.iter().chain(&about).find_map(|a| a.duration_ms)),
        source: session.catalogue.origin(exhibit),
        sealed_at: exhibit.sealed.as_ref().map(|s| clock::rfc3339(s.at_ms)),
        text: text.map(|d| if corrected(session, exhibit, d) { CORRECTED.to_owned() } else { d.what.clone() }),
        passages: about.map_or(0, |a| a.passages),
        findings,
        notes,
        heard_ms: session.case.heard(&exhibit.root).total_ms(),
        plans: states(session, exhibit),
    }
}

/// What the newest reading and the newest transcript say of themselves; what older ones missed is no matter any more.
pub(crate) fn standing(exhibit: &Exhibit) -> Vec<ReadFinding> {
    let text = exhibit.text().or_else(|| exhibit.newest(what::TRANSCRIPT_PART));
    let newest = [exhibit.newest(what::READING), text].into_iter().flatten().filter_map(About::of);
    let mut all: Vec<ReadFinding> = Vec::new();
    for finding in newest.flat_map(|about| about.findings) {
        if !all.contains(&finding) {
            all.push(finding);
        }
    }
    all
}

/// The word for a text with corrections that stand.
const CORRECTED: &str = "corrected";

fn corrected(session: &Session, exhibit: &Exhibit, text: &Derivative) -> bool {
    session.case.standing(&exhibit.root, &text.object.root().0).next().is_some()
}

/// A derivative, as its act says.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Derived)]
pub struct ShownDerivative {
    /// What it is.
    pub what: String,
    /// First 16 hex digits of its root.
    pub seal: String,
    /// Compartment.
    #[schema(value_type = CompartmentWord)]
    pub compartment: &'static str,
    /// What made it, with which parameters.
    pub about: Option<About>,
}

/// One exhibit with its custody.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Show)]
pub struct ShowReply {
    /// As in the list.
    pub exhibit: Listed,
    /// The whole root, hex.
    pub root: String,
    /// How it was cut into leaves.
    pub profile: Option<String>,
    /// Leaves.
    pub leaves: Option<u64>,
    /// SHA-256 of the original, hex. For whom the whole file is meant, and nobody else.
    pub sha256: Option<String>,
    /// The exhibit in which it was embedded.
    pub within: Option<u64>,
    /// What was made from it.
    pub derived: Vec<ShownDerivative>,
    /// What of it was not read, or was odd, as its newest texts have it.
    pub findings: Vec<ReadFinding>,
    /// Acts about it, in order.
    pub custody: Vec<LoggedAct>,
    /// Milliseconds that named people have heard, of a recording.
    pub heard_ms: u64,
}

/// Shows one exhibit.
///
/// # Errors
/// [`AppError::NoExhibit`], the vault's.
pub fn show(session: &Session, word: &str) -> Result<ShowReply, AppError> {
    let exhibit = session.exhibit(word)?;
    let derived = exhibit.derived.iter().map(|d| ShownDerivative {
        what: d.what.clone(),
        seal: d.object.root().seal_number().to_string(),
        compartment: compartment_word(d.compartment),
        about: About::of(d),
    });
    let record = exhibit.sealed.as_ref().map(|s| &s.object.record);
    let custody = acts(session)?.into_iter().filter(|a| a.exhibits.contains(&exhibit.number)).collect();
    Ok(ShowReply {
        exhibit: listed(session, exhibit),
        root: exhibit.root.to_string(),
        profile: record.map(|r| r.profile().to_owned()),
        leaves: record.map(casemate_proof::ObjectRecord::leaves),
        sha256: exhibit.sealed.as_ref().map(|s| casemate_verify::bag::hex(&s.object.sha256)),
        within: exhibit.within().and_then(|root| session.catalogue.root(&root)).map(|e| e.number),
        derived: derived.collect(),
        findings: standing(exhibit),
        custody,
        heard_ms: session.case.heard(&exhibit.root).total_ms(),
    })
}

/// An act of the log.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LoggedAct {
    /// Place in its lane.
    pub index: u64,
    /// The lane, hex, where it is not the one that the log names.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, required = false)]
    pub lane: Option<String>,
    /// Its kind, or `sealed` where its body can't be read here.
    pub kind: String,
    /// Compartment.
    #[schema(value_type = CompartmentWord)]
    pub compartment: &'static str,
    /// First 16 hex digits of its root.
    pub seal: String,
    /// Exhibits it is about.
    pub exhibits: Vec<u64>,
    /// When, RFC 3339, where the act says so; by this machine's clock.
    pub at: Option<String>,
    /// Who, where the act names somebody: who listened, reviewed, judged, recorded.
    pub by: Option<String>,
    /// For what kind of recipient, where the act says so.
    #[schema(value_type = Option<ProfileWord>)]
    pub profile: Option<&'static str>,
    /// Of a disclosure: to whom.
    pub recipient: Option<String>,
    /// Of a disclosure: places let pass on request though an earlier bundle treated them otherwise.
    pub passed: u64,
    /// The act's version, where this version of the program does not understand it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = u64, required = false)]
    pub not_understood: Option<u64>,
}

impl LoggedAct {
    /// Whether it holds others together and says nothing itself.
    #[must_use]
    pub fn is_commit(&self) -> bool {
        self.kind == COMMIT_KIND
    }
}

/// The log.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Log)]
pub struct LogReply {
    /// The lane, hex.
    pub lane: String,
    /// Entries.
    pub size: u64,
    /// Root of the tree, hex.
    pub root: String,
    /// The signed checkpoint.
    pub checkpoint: String,
    /// Entries of this log and of those of other devices, as far as they can be read.
    pub entries: u64,
    /// How many of them are commits, which hold the others together.
    pub commits: u64,
    /// The acts, in order.
    pub acts: Vec<LoggedAct>,
    /// What of it could not be read.
    pub damaged: Vec<String>,
    /// Acts that this version does not understand, by kind and version.
    pub not_understood: Vec<NotUnderstood>,
}

/// The custody log.
///
/// # Errors
/// The vault's.
pub fn log(session: &Session) -> Result<LogReply, AppError> {
    let signed = session.vault.checkpoint()?;
    let acts = acts(session)?;
    Ok(LogReply {
        lane: signed.lane.to_string(),
        size: signed.head.size,
        root: signed.head.root.to_string(),
        checkpoint: signed.note.encode(),
        entries: acts.len() as u64,
        commits: acts.iter().filter(|act| act.is_commit()).count() as u64,
        acts,
        damaged: session.damaged.clone(),
        not_understood: session.not_understood(),
    })
}

fn acts(session: &Session) -> Result<Vec<LoggedAct>, AppError> {
    let own = session.vault.lane_id();
    // Each object, original or derived, with its exhibit.
    let all = session.catalogue.exhibits();
    let roots =
        all.flat_map(|e| e.derived.iter().map(|d| d.object.root()).chain([e.root]).map(|root| (root, e.number)));
    let of: BTreeMap<ObjectRoot, u64> = roots.collect();
    let mut out = Vec::new();
    for entry in session.vault.acts()? {
        // Damage is listed by `log` as a whole and by `verify` in detail.
        let Ok(entry) = entry else { continue };
        let act = entry.act();
        let mut exhibits: Vec<u64> = act.iter().flat_map(|a| &a.about).filter_map(|r| of.get(r)).copied().collect();
        exhibits.sort_unstable();
        exhibits.dedup();
        let said = act.map(Said::of).unwrap_or_default();
        out.push(LoggedAct {
            index: entry.order.index,
            lane: (entry.order.lane != own).then(|| entry.order.lane.to_string()),
            kind: act.map_or_else(|| "sealed".to_owned(), |a| a.kind.clone()),
            compartment: compartment_word(entry.compartment),
            seal: entry.root.seal_number().to_string(),
            exhibits,
            at: said.at,
            by: said.by,
            profile: said.profile,
            recipient: said.recipient,
            passed: said.passed,
            not_understood: act.filter(|a| !understands(a)).map(|a| a.version),
        });
    }
    Ok(out)
}

/// What an act says of itself, as far as it does.
#[derive(Debug, Default)]
pub(crate) struct Said {
    /// When it was made, RFC 3339.
    pub at: Option<String>,
    /// By whom.
    pub by: Option<String>,
    profile: Option<&'static str>,
    recipient: Option<String>,
    passed: u64,
}

impl Said {
    pub(crate) fn of(act: &Act) -> Self {
        let made = SealAct::from_act(act).map(|s| s.at_ms).or_else(|| DeriveAct::from_act(act).map(|d| d.at_ms));
        if let Some(ms) = made {
            return Self { at: Some(clock::rfc3339(ms)), ..Self::default() };
        }
        if let Some(stamp) = StampAct::from_act(act) {
            return Self { at: Some(stamp.on), by: stamp.authority, ..Self::default() };
        }
        if let Some(witness) = WitnessAct::from_act(act) {
            let name = witness.key.split('+').next().map(str::to_owned);
            return Self { at: Some(witness.on), by: name, ..Self::default() };
        }
        let signed = |at, by| Self { at: Some(at), by: Some(by), ..Self::default() };
        // An audience of a later version has no word here.
        let known = |audience: &str| Profile::from_word(audience).map(Profile::word);
        match from_act(act) {
            CaseAct::Consent(c) => Self { profile: Some(c.profile.word()), ..signed(c.on, c.by) },
            CaseAct::Merged(m) => signed(m.on, m.by),
            CaseAct::Alias { audience, .. } => Self { profile: known(&audience), ..Self::default() },
            CaseAct::Heard(h) => signed(h.on, h.listener),
            CaseAct::Plan { plan, on, .. } => {
                Self { at: Some(on), by: plan.reviewer, profile: known(&plan.audience), ..Self::default() }
            }
            CaseAct::Kept(k) => Self { profile: known(&k.audience), ..signed(k.on, k.reviewer) },
            CaseAct::Corrected(c) => signed(c.on, c.by),
            CaseAct::Disclosed(d) => Self {
                at: Some(d.on),
                by: None,
                profile: Some(d.profile.word()),
                recipient: Some(d.recipient),
                passed: d.items.iter().fold(0u64, |sum, item| sum.saturating_add(item.passed)),
            },
            _ => Self::default(),
        }
    }
}

/// The word of a compartment.
#[must_use]
pub fn compartment_word(compartment: Compartment) -> &'static str {
    match compartment {
        Compartment::Identity => "identity",
        Compartment::Case => "case",
        Compartment::Press => "press",
        Compartment::Later(_) => "later",
    }
}
