//! A plan as a person reviews it: each strike with its words and what stands around them, each open find, the cuts.
//!
//! Keeps: what the gate counts as open is listed here. Does not know: how a plan is changed.

use super::text::{IdentifierFind, Text, find, find_identifiers, heard, load, span_of, words_at};
use crate::catalogue::Exhibit;
use crate::heard::{pairs, shape_of};
use crate::people::id_text;
use crate::words::{IdentifierWord, ProfileWord, ReasonWord, SureWord};
use crate::{AppError, Session};
use casemate_bundle::layer::reason_word;
use casemate_carve::cuts::{self, Cuts};
use casemate_case::audience::Profile;
use casemate_case::names::{Occurrence, Sure};
use casemate_case::person::{Person, PersonId};
use casemate_case::plan::{Plan, Reason, Span, Strike};
use serde::Serialize;
use utoipa::ToSchema;

/// Characters shown before and behind what is struck.
const AROUND: u64 = 24;

/// Something struck, or found and left open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Strike)]
pub struct StrikeView {
    /// Number in its list, from 1.
    pub number: usize,
    /// Passage, from 0.
    pub passage: Option<u64>,
    /// First character in the passage (Unicode scalar values).
    pub at: Option<u64>,
    /// How many characters.
    pub chars: Option<u64>,
    /// Milliseconds struck, before margin and grid.
    #[schema(value_type = Option<(u64, u64)>)]
    pub time: Option<[u64; 2]>,
    /// When the text has the words, in milliseconds, where the cut leaves a part of that open: it was placed by hand.
    #[schema(value_type = Option<(u64, u64)>)]
    pub beside: Option<[u64; 2]>,
    /// Whose name: id, 64 hex digits.
    pub person: Option<String>,
    /// What the audience reads instead.
    pub alias: Option<String>,
    /// Why (`name`, `identifier`, `private-life`, `privilege`).
    #[schema(value_type = ReasonWord)]
    pub reason: &'static str,
    /// How sure the find is (`exact`, `part`, `sounds`, `near`), where it is one.
    #[schema(value_type = Option<SureWord>)]
    pub sure: Option<&'static str>,
    /// What it is, where it is an identifier that the program finds (`phone`, `email`, `document` …).
    #[schema(value_type = Option<IdentifierWord>)]
    pub identifier: Option<&'static str>,
    /// What stands before it.
    pub before: String,
    /// The words.
    pub words: String,
    /// What stands behind it.
    pub after: String,
}

/// A find judged to be no name, or an identifier judged to be harmless.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Kept)]
pub struct KeptView {
    /// Passage, from 0.
    pub passage: u64,
    /// The words.
    pub words: String,
    /// Whose name it is not; nobody's where it is an identifier.
    pub person: Option<String>,
    /// Who judged.
    pub reviewer: String,
    /// Why.
    pub why: String,
}

/// Words that a cut takes from the sound though they stay in the text: a cut is longer than what is struck.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Silenced)]
pub struct SilencedView {
    /// Passage, from 0.
    pub passage: u64,
    /// The words, those that follow each other together.
    pub words: String,
    /// From when to when they are said, in milliseconds.
    #[schema(value_type = (u64, u64))]
    pub time: [u64; 2],
}

/// A plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Plan)]
pub struct PlanReply {
    /// The exhibit's number.
    pub exhibit: u64,
    /// The profile.
    #[schema(value_type = ProfileWord)]
    pub profile: String,
    /// Who reviewed it; nothing while it is a proposal.
    pub reviewer: Option<String>,
    /// How many of the strikes the reviewer had looked at one by one; nothing where nobody counted.
    pub looked: Option<u64>,
    /// Whether it was made for the newest text of the exhibit.
    pub current: bool,
    /// What is struck.
    pub strikes: Vec<StrikeView>,
    /// Finds of withheld names, and identifiers, that no strike covers: they stop a disclosure.
    pub open: Vec<StrikeView>,
    /// Finds judged to be no names, and identifiers judged to be harmless.
    pub kept: Vec<KeptView>,
    /// What of the sound is withheld, [start, end] in milliseconds, margin and grid included.
    #[schema(value_type = Vec<(u64, u64)>)]
    pub cuts: Vec<[u64; 2]>,
    /// What the cuts take beside what is struck.
    pub silenced: Vec<SilencedView>,
    /// Finds in metadata, speakers and names of parts: these never leave with a text.
    pub aside: u64,
}

/// Everybody whose names the profile withholds.
pub(crate) fn withheld_people(session: &Session, profile: Profile) -> Vec<&Person> {
    session.case.people().filter(|p| profile.withholds(p)).collect()
}

/// Whether this audience must not read identifiers: a newspaper never; whoever else, where somebody's name is withheld.
pub(crate) fn withholds_identifiers(session: &Session, profile: Profile) -> bool {
    profile == Profile::Press || session.case.people().any(|p| profile.withholds(p))
}

/// The places that somebody judged to be no names in this text, or identifiers that may stay.
pub(crate) fn kept_spans(
    session: &Session,
    exhibit: &Exhibit,
    profile: Profile,
    text: &Text,
) -> Vec<(Span, Option<PersonId>)> {
    let kept = session.case.kept(&exhibit.root, profile.word()).iter();
    kept.filter(|k| k.reading == text.version).flat_map(|k| k.finds.iter().copied()).collect()
}

/// Whether one of the plan's strikes covers every character of the find that is not white space.
fn is_struck(plan: Option<&Plan>, text: &Text, found: Span) -> bool {
    let Some(plan) = plan.filter(|p| p.reading == Some(text.version)) else { return false };
    let spans = plan.spans_of(found.passage);
    let inside = |i: u64| spans.iter().any(|(s, _)| i >= s.at && i < s.at.saturating_add(s.chars));
    (found.at..).zip(words_at(&text.reading, found).chars()).all(|(i, c)| c.is_whitespace() || inside(i))
}

/// Finds of `people` that neither a strike covers nor somebody judged to be no name.
pub(crate) fn open_finds(
    session: &Session,
    exhibit: &Exhibit,
    profile: Profile,
    text: &Text,
    found: &[Occurrence],
) -> Vec<Occurrence> {
    let kept = kept_spans(session, exhibit, profile, text);
    let plan = session.case.plan(&exhibit.root, profile.word());
    let is_kept = |o: &Occurrence| kept.contains(&(span_of(o), Some(o.person)));
    found.iter().filter(|o| !is_kept(o) && !is_struck(plan, text, span_of(o))).cloned().collect()
}

/// Identifiers that neither a strike covers nor somebody judged to be harmless, where the audience must not read them.
pub(crate) fn open_identifiers(
    session: &Session,
    exhibit: &Exhibit,
    profile: Profile,
    text: &Text,
) -> Vec<IdentifierFind> {
    if !withholds_identifiers(session, profile) {
        return Vec::new();
    }
    not_settled(session, exhibit, profile, text, &find_identifiers(&text.reading))
}

/// Those of `found` that neither a strike covers nor somebody judged to be harmless.
fn not_settled(
    session: &Session,
    exhibit: &Exhibit,
    profile: Profile,
    text: &Text,
    found: &[IdentifierFind],
) -> Vec<IdentifierFind> {
    let kept = kept_spans(session, exhibit, profile, text);
    let plan = session.case.plan(&exhibit.root, profile.word());
    let is_open = |i: &&IdentifierFind| !kept.contains(&(i.span, None)) && !is_struck(plan, text, i.span);
    found.iter().filter(is_open).copied().collect()
}

/// What the plan cuts out of the sound; nothing where the recording can't be cut.
pub(crate) fn cuts_of(exhibit: &Exhibit, plan: &Plan) -> Result<Option<Cuts>, AppError> {
    let shape = shape_of(exhibit).filter(|s| s.profile().is_timed());
    Ok(shape
        .map(|s| cuts::recording(s, plan.sound().ranges()))
        .transpose()
        .map_err(casemate_bundle::BundleError::from)?)
}

/// The plan of an exhibit for a profile.
///
/// # Errors
/// [`AppError::NoExhibit`], [`AppError::NoPlan`], the vault's.
pub fn show(session: &Session, exhibit: &str, profile: Profile) -> Result<PlanReply, AppError> {
    let exhibit = session.exhibit(exhibit)?;
    let number = exhibit.number;
    let plan = session.case.plan(&exhibit.root, profile.word()).ok_or(AppError::NoPlan(number))?;
    let text = load(session, exhibit)?;
    let people = withheld_people(session, profile);
    let found = text.as_ref().map(|t| find(&t.reading, people.iter().copied())).unwrap_or_default();
    let open = text.as_ref().map(|t| open_finds(session, exhibit, profile, t, &found.passages)).unwrap_or_default();
    let identifiers = text.as_ref().map(|t| find_identifiers(&t.reading)).unwrap_or_default();
    let asked = text.as_ref().filter(|_| withholds_identifiers(session, profile));
    let loose = asked.map(|t| not_settled(session, exhibit, profile, t, &identifiers)).unwrap_or_default();
    let names = open.iter().map(|o| (span_of(o), Some(o.person), reason_word(Reason::Name)));
    let loose = loose.iter().map(|i| (i.span, None, reason_word(Reason::Identifier)));
    let mut open: Vec<_> = names.chain(loose).collect();
    open.sort_by_key(|(span, ..)| *span);
    let shown = Shown { session, profile, text: text.as_ref(), found: &found.passages, identifiers: &identifiers };
    let cuts = cuts_of(exhibit, plan)?;
    let strikes = (1..).zip(&plan.strikes).map(|(n, s)| {
        let mut view = shown.view(n, s.span, s.person, reason_word(s.reason));
        view.time = s.time.map(|t| [t.start, t.end]);
        // What two people's strikes share leaves as neither's.
        view.alias = plan.meant(s).and_then(|id| session.case.alias(id, profile.word())).map(str::to_owned);
        view.beside = text.as_ref().zip(cuts.as_ref()).and_then(|(text, cuts)| beside(text, s, cuts));
        if view.words.is_empty() {
            view.words.clone_from(&s.words);
        }
        view
    });
    let taken = |text: &Text, cuts: &Cuts| silenced(text, plan, cuts);
    Ok(PlanReply {
        silenced: text.as_ref().zip(cuts.as_ref()).map(|(text, cuts)| taken(text, cuts)).unwrap_or_default(),
        exhibit: number,
        profile: profile.word().to_owned(),
        reviewer: plan.reviewer.clone(),
        looked: plan.looked,
        current: plan.reading == text.as_ref().map(|t| t.version),
        strikes: strikes.collect(),
        open: (1..).zip(open).map(|(n, (span, person, reason))| shown.view(n, Some(span), person, reason)).collect(),
        kept: shown.kept(exhibit),
        cuts: cuts.map(|c| pairs(&c.withheld)).unwrap_or_default(),
        aside: found.aside.values().sum(),
    })
}

/// When the text has the words of a strike, where the cuts leave some of that in the sound.
fn beside(text: &Text, strike: &Strike, cuts: &Cuts) -> Option<[u64; 2]> {
    let heard = heard(&text.reading, strike.span?)?;
    let within = cuts.withheld.iter().map(|cut| cut.end.min(heard.end).saturating_sub(cut.start.max(heard.start)));
    let taken = within.fold(0, u64::saturating_add);
    (taken < heard.end.saturating_sub(heard.start)).then_some([heard.start, heard.end])
}

/// Words of which the cuts take half or more, and which no strike covers.
fn silenced(text: &Text, plan: &Plan, cuts: &Cuts) -> Vec<SilencedView> {
    let mut out: Vec<SilencedView> = Vec::new();
    for (passage, p) in (0u64..).zip(&text.reading.passages) {
        let spans = plan.spans_of(passage);
        let struck = |at: u64| spans.iter().any(|(s, _)| at >= s.at && at < s.at.saturating_add(s.chars));
        let taken = |start: u64, end: u64| {
            let within = cuts.withheld.iter().map(|cut| cut.end.min(end).saturating_sub(cut.start.max(start)));
            within.fold(0, u64::saturating_add) * 2 >= end.saturating_sub(start).max(1)
        };
        let mut open = None;
        for word in &p.words {
            let span = Span { passage, at: word.at.into(), chars: word.chars.into() };
            if struck(span.at) || !taken(word.start_ms, word.end_ms) {
                open = None;
                continue;
            }
            let from = *open.get_or_insert(span.at);
            let chars = span.at.saturating_add(span.chars).saturating_sub(from);
            let words = words_at(&text.reading, Span { passage, at: from, chars });
            match out.last_mut().filter(|_| from != span.at) {
                Some(last) => (last.words, last.time[1]) = (words, word.end_ms),
                None => out.push(SilencedView { passage, words, time: [word.start_ms, word.end_ms] }),
            }
        }
    }
    out
}

struct Shown<'a> {
    session: &'a Session,
    profile: Profile,
    text: Option<&'a Text>,
    found: &'a [Occurrence],
    identifiers: &'a [IdentifierFind],
}

impl Shown<'_> {
    fn view(&self, number: usize, span: Option<Span>, person: Option<PersonId>, reason: &'static str) -> StrikeView {
        let words = |from: u64, chars: u64, passage| {
            self.text.map(|t| words_at(&t.reading, Span { passage, at: from, chars })).unwrap_or_default()
        };
        let around = span.map(|s| {
            let from = s.at.saturating_sub(AROUND);
            let after = words(s.at.saturating_add(s.chars), AROUND, s.passage);
            (words(from, s.at - from, s.passage), words(s.at, s.chars, s.passage), after)
        });
        let (before, words, after) = around.unwrap_or_default();
        let find = self.found.iter().find(|o| Some(span_of(o)) == span && Some(o.person) == person);
        let identifier = self.identifiers.iter().find(|i| Some(i.span) == span && person.is_none());
        let alias = person.and_then(|id| self.session.case.alias(id, self.profile.word()));
        StrikeView {
            number,
            passage: span.map(|s| s.passage),
            at: span.map(|s| s.at),
            chars: span.map(|s| s.chars),
            time: None,
            beside: None,
            person: person.map(id_text),
            alias: alias.map(str::to_owned),
            reason,
            sure: find.map(|o| sure_word(o.sure)),
            identifier: identifier.map(|i| i.kind.word()),
            before,
            words,
            after,
        }
    }

    fn kept(&self, exhibit: &Exhibit) -> Vec<KeptView> {
        let Some(text) = self.text else { return Vec::new() };
        let kept = self.session.case.kept(&exhibit.root, self.profile.word()).iter();
        kept.filter(|k| k.reading == text.version)
            .flat_map(|k| k.finds.iter().map(move |(span, person)| (k, *span, *person)))
            .map(|(k, span, person)| KeptView {
                passage: span.passage,
                words: words_at(&text.reading, span),
                person: person.map(id_text),
                reviewer: k.reviewer.clone(),
                why: k.why.clone(),
            })
            .collect()
    }
}

pub(crate) fn sure_word(sure: Sure) -> &'static str {
    match sure {
        Sure::Exact => "exact",
        Sure::Part => "part",
        Sure::Sounds => "sounds",
        Sure::Near => "near",
    }
}
