//! The web's own shapes, where a use case's reply is not what a screen needs, each with its conversion.
//!
//! Keeps: a shape of this file is part of API version 1. Does not know: calls.

mod gates;
pub mod held;
pub mod outside;
mod words;

use casemate_app::disclose::{DiscloseReply, ItemReply, PagesStay, Stays};
use casemate_app::doctor::{Check, Health};
use casemate_app::fact::{Fact, FactValue};
use casemate_app::intake::{AddReply, Known};
use casemate_app::preview::{Piece, PreviewReply};
use casemate_app::search::Facets;
use casemate_app::verify::CaseVerdict;
use casemate_app::words::{ModeWord, OutcomeWord, PassageWord, ProfileWord, ReasonWord};
use casemate_case::person::PersonId;
use casemate_verify::{Finding, Status, Verdict, words as verifier};
use casemate_words::Language;
pub use gates::CheckedView;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;
use words::{Fate, HealthWord, StaysWord, VerdictWord};

/// A language of the product.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[schema(as = Lang)]
pub enum Speech {
    #[default]
    #[serde(rename = "en")]
    En,
    #[serde(rename = "fr")]
    Fr,
    #[serde(rename = "zh-Hans")]
    Zh,
}

impl From<Speech> for Language {
    fn from(speech: Speech) -> Self {
        match speech {
            Speech::En => Self::En,
            Speech::Fr => Self::Fr,
            Speech::Zh => Self::ZhHans,
        }
    }
}

/// Whether bytes are here already.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Known)]
pub struct KnownView {
    known: Option<u64>,
    wants_sha256: bool,
}

impl From<Known> for KnownView {
    fn from(k: Known) -> Self {
        Self { known: k.exhibit, wants_sha256: k.hash }
    }
}

/// What became of one upload.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = UploadReply)]
pub struct UploadView {
    #[schema(value_type = Fate)]
    fate: &'static str,
    exhibit: Option<u64>,
    source: String,
    size: u64,
    seal: Option<String>,
    id: Option<&'static str>,
    detail: Option<String>,
}

impl UploadView {
    /// Of a reply on one file of `size` bytes.
    pub fn of(reply: AddReply, size: u64) -> Self {
        let none = |fate, source| Self { fate, exhibit: None, source, size, seal: None, id: None, detail: None };
        if let Some(s) = reply.sealed.into_iter().next() {
            return Self { exhibit: Some(s.exhibit), seal: Some(s.seal), ..none("sealed", s.source) };
        }
        if let Some(d) = reply.duplicates.into_iter().next() {
            return Self { exhibit: Some(d.exhibit), ..none("duplicate", d.source) };
        }
        match reply.refused.into_iter().next() {
            Some(r) => Self { id: Some(r.id), detail: Some(r.detail), ..none("refused", r.source) },
            None => none("refused", String::new()),
        }
    }
}

/// How answers are spread.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Facets)]
pub struct FacetsView {
    #[schema(value_type = Vec<(PassageWord, u64)>)]
    kinds: Vec<(String, u64)>,
    languages: Vec<(String, u64)>,
    people: Vec<(NamedView, u64)>,
}

/// A person by name.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = PersonNamed)]
pub struct NamedView {
    id: String,
    name: String,
}

impl From<Facets> for FacetsView {
    fn from(f: Facets) -> Self {
        let people = f.people.into_iter().map(|p| (NamedView { id: p.id, name: p.name }, p.count));
        Self { kinds: f.kinds, languages: f.languages, people: people.collect() }
    }
}

/// An exhibit as its recipient has it.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Preview)]
pub struct PreviewView {
    passages: Vec<PreviewPassageView>,
    #[schema(value_type = Vec<(u64, u64)>)]
    cuts: Vec<[u64; 2]>,
    #[schema(value_type = ModeWord)]
    mode: &'static str,
    /// Whether pictures of its pages may leave too.
    pages: bool,
}

#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = PreviewPassage)]
struct PreviewPassageView {
    place: casemate_app::reading::Place,
    start_ms: Option<u64>,
    /// Who speaks, by the name that the reader gets.
    speaker: Option<String>,
    language: Option<String>,
    spans: Vec<Piece>,
}

impl From<PreviewReply> for PreviewView {
    fn from(p: PreviewReply) -> Self {
        let mode = match (p.cuts.is_empty(), p.passages.is_empty()) {
            (false, _) => "partial",
            (true, false) => "text",
            (true, true) => "nothing",
        };
        let passage = |p: casemate_app::preview::PreviewPassage| PreviewPassageView {
            start_ms: casemate_app::reading::start_ms(&p.place),
            place: p.place,
            speaker: p.speaker,
            language: p.language,
            spans: p.spans,
        };
        Self { passages: p.passages.into_iter().map(passage).collect(), cuts: p.cuts, mode, pages: p.pages }
    }
}

/// A finding of a bundle's verification.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = VerifyFinding)]
pub struct FindingView {
    /// Which message says it: `verify-` and this.
    id: &'static str,
    #[schema(value_type = OutcomeWord)]
    status: &'static str,
    /// The item of the bundle that it is about, from 1; empty for the whole.
    subject: String,
    /// Its facts, in the reader's language; what it says is the message of its id.
    detail: String,
    /// What to do about it.
    advice: Option<String>,
}

fn finding(language: Language, f: &Finding) -> FindingView {
    let status = match f.status {
        Status::Proven => "proven",
        Status::Failed => "failed",
        Status::NotChecked => "not-checked",
    };
    let subject = f.item.map(|item| item.to_string()).unwrap_or_default();
    let ask_signer = f.id == "signer-pinned" && f.status == Status::NotChecked;
    let note = |id: &str| Some(casemate_words::message(language, id, &[]));
    let advice = match ask_signer {
        true => note("verify-note-signer-screen"),
        false if verifier::is_unpinned(f) => note("verify-note-tsa-root-screen"),
        false => verifier::advice(language, f),
    };
    let detail = verifier::facts(language, f);
    FindingView { id: verifier::said_as(f), status, subject, detail, advice }
}

/// A verdict in plain words.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Verdict)]
pub struct VerdictView {
    #[schema(value_type = VerdictWord)]
    verdict: &'static str,
    findings: Vec<FindingView>,
    words: Vec<String>,
    /// Whether a key of the open case signed it.
    own: bool,
}

impl VerdictView {
    /// In the reader's language.
    pub fn of(verdict: &Verdict, own: bool, language: Language) -> Self {
        Self {
            own,
            verdict: if verdict.failed() { "failed" } else { "nothing-failed" },
            findings: verdict.findings.iter().map(|f| finding(language, f)).collect(),
            words: vec![verifier::headline(language, verdict)],
        }
    }
}

/// A bundle that left.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DiscloseReply)]
pub struct DiscloseView {
    /// Its name when it is saved.
    file: String,
    bytes: u64,
    signer: String,
    #[schema(value_type = ProfileWord)]
    profile: String,
    aliases: Vec<String>,
    items: Vec<ItemView>,
    pages_stay: Vec<PagesStayView>,
    originals_stay: Vec<OriginalStaysView>,
    findings: Vec<FindingView>,
}

/// A document whose text leaves and whose pages don't.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PagesStay)]
struct PagesStayView {
    exhibit: u64,
    /// `not-drawn`, `not-placed` or `too-large`.
    #[schema(value_type = StaysWord)]
    why: &'static str,
    page: u32,
    /// A finding of `docs/errors.md`, where it was not drawn.
    finding: String,
}

/// A text whose original was asked for in part and stays.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OriginalStays)]
struct OriginalStaysView {
    exhibit: u64,
    /// `undivided`, `too-long`, `not-placed` or `nothing-open`.
    why: &'static str,
}

fn pages_stay(stay: PagesStay) -> PagesStayView {
    let exhibit = stay.exhibit;
    match stay.why {
        Stays::NotDrawn { page, finding } => PagesStayView { exhibit, why: "not-drawn", page, finding },
        Stays::NotPlaced { page, .. } => PagesStayView { exhibit, why: "not-placed", page, finding: String::new() },
        Stays::TooLarge { page } => PagesStayView { exhibit, why: "too-large", page, finding: String::new() },
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DisclosedItem)]
struct ItemView {
    number: u64,
    exhibit: u64,
    title: String,
    #[schema(value_type = ModeWord)]
    mode: &'static str,
    seal: String,
    cuts: usize,
    hidden: u64,
    #[schema(value_type = Vec<(ReasonWord, u64)>)]
    reasons: Vec<(String, u64)>,
}

impl DiscloseView {
    /// In the reader's language.
    pub fn of(reply: DiscloseReply, language: Language) -> Self {
        let item = |i: ItemReply| ItemView {
            number: i.number,
            exhibit: i.exhibit,
            title: i.title,
            mode: i.mode,
            seal: i.seal.unwrap_or_default(),
            cuts: i.cuts.len(),
            hidden: i.hidden,
            reasons: i.reasons,
        };
        Self {
            file: reply.file.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            bytes: reply.bytes,
            signer: reply.signer,
            profile: reply.profile,
            aliases: reply.aliases,
            items: reply.items.into_iter().map(item).collect(),
            pages_stay: reply.pages_stay.into_iter().map(pages_stay).collect(),
            originals_stay: reply
                .originals_stay
                .into_iter()
                .map(|stay| OriginalStaysView { exhibit: stay.exhibit, why: stay.why })
                .collect(),
            findings: reply.findings.iter().map(|f| finding(language, f)).collect(),
        }
    }
}

/// A verdict on the case.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = CaseVerdict)]
pub struct CaseVerdictView {
    findings: Vec<CaseFindingView>,
    whole: bool,
}

#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = CaseFinding)]
struct CaseFindingView {
    id: &'static str,
    #[schema(value_type = OutcomeWord)]
    status: &'static str,
    object: String,
    exhibit: Option<u64>,
    /// What was counted: the message `cli-fact-ID` says it.
    fact: Option<FactView>,
    /// The same and more, in English.
    detail: String,
}

impl From<CaseVerdict> for CaseVerdictView {
    fn from(v: CaseVerdict) -> Self {
        let view = |f: casemate_app::verify::CaseFinding| CaseFindingView {
            id: f.id,
            status: f.status,
            object: f.what,
            exhibit: f.exhibit,
            fact: f.fact.map(FactView::from),
            detail: f.detail,
        };
        Self { whole: !v.damaged, findings: v.findings.into_iter().map(view).collect() }
    }
}

/// A line of the doctor.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Check)]
pub struct HealthView {
    id: String,
    #[schema(value_type = HealthWord)]
    health: &'static str,
    /// What was found: the message `cli-fact-ID` says it.
    fact: FactView,
    /// The same in English.
    detail: String,
}

/// A fact by its id and what it is about.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Fact)]
pub struct FactView {
    id: &'static str,
    args: BTreeMap<String, FactArg>,
}

/// A value of a fact.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(untagged)]
pub enum FactArg {
    /// A count.
    Number(u64),
    /// A name, or a word that chooses.
    Text(String),
}

impl From<Fact> for FactView {
    fn from(fact: Fact) -> Self {
        let arg = |value| match value {
            FactValue::Number(n) => FactArg::Number(n),
            FactValue::Text(text) => FactArg::Text(text),
        };
        Self { id: fact.id, args: fact.args.into_iter().map(|(name, value)| (name.to_owned(), arg(value))).collect() }
    }
}

impl From<Check> for HealthView {
    fn from(c: Check) -> Self {
        let health = match c.status {
            Health::Ok => "ok",
            Health::Warning => "warning",
            Health::NotChecked => "not-checked",
        };
        let detail = c.fact.words(Language::En);
        Self { id: c.id, health, fact: c.fact.into(), detail }
    }
}

/// The name by which a person is told of on the screen.
pub fn naming(session: &casemate_app::Session) -> impl Fn(PersonId) -> Option<String> + '_ {
    |id| session.case().person(id).and_then(|p| p.names.first()).map(|n| n.text.clone())
}
