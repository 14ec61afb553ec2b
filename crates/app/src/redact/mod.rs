//! Redaction plans: proposed from the names in a text, changed by hand, reviewed by a named person.
//!
//! Keeps: any change takes the review away; nothing drops a proposed name but a named person's judgement that it is
//! none, kept as an act of its own. Does not know: how a bundle is made.

mod places;
pub(crate) mod state;
pub(crate) mod text;
pub(crate) mod view;

use crate::catalogue::Exhibit;
use crate::{AppError, Session};
use casemate_carve::locator::TimeRange;
use casemate_case::audience::Profile;
use casemate_case::kinds::{Kept, keep_act, plan_act};
use casemate_case::names::Occurrence;
use casemate_case::person::PersonId;
use casemate_case::plan::{self, PassageView, Plan, Reason, Span, Strike};
pub use places::{PersonPlace, places};
use text::Text;
pub use view::{KeptView, PlanReply, SilencedView, StrikeView, show};

/// Which finds or strikes a command means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// The strike of this number, from 1.
    Number(usize),
    /// Those inside every place of this text.
    Within(String),
}

/// A judgement that a find is no name, or an identifier that may stay.
#[derive(Clone, Debug)]
pub struct KeepRequest {
    /// The exhibit.
    pub exhibit: String,
    /// For whom.
    pub profile: Profile,
    /// Which strikes.
    pub which: Which,
    /// Who judges, by name.
    pub reviewer: String,
    /// Why it is no name, or may stay.
    pub why: String,
}

/// What is to be struck by hand.
#[derive(Clone, Debug)]
pub struct StrikeRequest {
    /// The exhibit.
    pub exhibit: String,
    /// For whom.
    pub profile: Profile,
    /// What.
    pub what: StrikeWhat,
    /// Why.
    pub reason: Reason,
    /// Whose, where it stands for a person: a name, alias or id.
    pub person: Option<String>,
}

/// What is to be struck.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StrikeWhat {
    /// Milliseconds of a recording, and the words said in them.
    Time(u64, u64),
    /// Every place of these words, without regard to Latin case.
    Text(String),
}

/// The exhibit, its text and its plan, ready to be changed.
struct Work {
    exhibit: Exhibit,
    text: Option<Text>,
    plan: Plan,
}

impl Work {
    fn open(session: &Session, exhibit: &str, profile: Profile) -> Result<Self, AppError> {
        let exhibit = session.exhibit(exhibit)?.clone();
        let text = text::load(session, &exhibit)?;
        let empty = Plan {
            audience: profile.word().to_owned(),
            strikes: Vec::new(),
            reviewer: None,
            looked: None,
            reading: None,
        };
        let old = session.case.plan(&exhibit.root, profile.word()).cloned();
        let reading = text.as_ref().map(|t| t.version);
        let plan = match old {
            Some(plan) if plan.reading == reading => plan,
            Some(plan) => carried(plan, text.as_ref()),
            None => Plan { reading, ..empty },
        };
        Ok(Self { exhibit, text, plan })
    }

    fn views(&self) -> Vec<PassageView<'_>> {
        self.text.as_ref().map(|t| t.reading.passages.iter().map(text::view).collect()).unwrap_or_default()
    }

    /// A range of the recording.
    fn time(&self, (start, end): (u64, u64)) -> Result<TimeRange, AppError> {
        let form = || AppError::Form { what: "a range of the recording", found: format!("{start}-{end} ms") };
        let range = TimeRange::new(start, end).filter(|r| !r.is_empty()).ok_or_else(form)?;
        let duration = crate::heard::duration_ms(&self.exhibit).filter(|d| range.start < *d);
        duration.map(|_| range).ok_or_else(form)
    }

    /// The strike of this number, from 1.
    fn strike(&mut self, number: usize) -> Result<&mut Strike, AppError> {
        let strike = number.checked_sub(1).and_then(|i| self.plan.strikes.get_mut(i));
        strike.ok_or(AppError::NoStrike(number))
    }

    /// A number that is somebody's is no longer anybody's.
    fn add(&mut self, strikes: Vec<Strike>) {
        for strike in strikes {
            let anybodys = Strike { person: None, ..strike.clone() };
            if strike.person.is_some() {
                self.plan.strikes.retain(|s| *s != anybodys);
            }
            if !self.plan.strikes.contains(&strike) {
                self.plan.strikes.push(strike);
            }
        }
    }

    /// Writes the plan, as a proposal if it differs from what is on record.
    fn save(self, session: &mut Session, profile: Profile) -> Result<PlanReply, AppError> {
        let Self { exhibit, mut plan, .. } = self;
        plan.strikes.sort_by_key(|s| (s.span, s.time, s.person, s.reason));
        if session.case.plan(&exhibit.root, profile.word()) != Some(&plan) {
            (plan.reviewer, plan.looked) = (None, None);
            write(session, &exhibit, &plan)?;
        }
        show(session, &exhibit.number.to_string(), profile)
    }
}

fn write(session: &mut Session, exhibit: &Exhibit, plan: &Plan) -> Result<(), AppError> {
    let act = plan_act(Session::reference(exhibit), plan, &session.now());
    session.append(vec![act])?;
    Ok(())
}

/// The strikes of a plan that was made for an older text: what was struck stays struck, found again by time or words.
fn carried(mut plan: Plan, text: Option<&Text>) -> Plan {
    let mut strikes = Vec::new();
    for old in std::mem::take(&mut plan.strikes) {
        let timed = old.time.map(|time| struck_time(text, time, &old)).unwrap_or_default();
        let places = text.map(|t| text::places_of(&t.reading, &old.words)).unwrap_or_default();
        let worded = text.map(|t| struck_spans(t, &places, &old)).unwrap_or_default();
        strikes.extend(timed.into_iter().chain(worded));
    }
    strikes.sort_by_key(|s| (s.span, s.time, s.person, s.reason));
    strikes.dedup();
    Plan { strikes, reviewer: None, looked: None, reading: text.map(|t| t.version), ..plan }
}

/// Strikes for runs of characters: their time is that of the words they touch.
fn struck_spans(text: &Text, spans: &[Span], like: &Strike) -> Vec<Strike> {
    let found: Vec<Occurrence> = spans
        .iter()
        .map(|s| Occurrence {
            passage: usize::try_from(s.passage).unwrap_or(usize::MAX),
            at: usize::try_from(s.at).unwrap_or(usize::MAX),
            chars: usize::try_from(s.chars).unwrap_or(0),
            person: PersonId([0; 32]),
            sure: casemate_case::names::Sure::Exact,
        })
        .collect();
    let views: Vec<PassageView<'_>> = text.reading.passages.iter().map(text::view).collect();
    let strikes = plan::propose(&views, &found).into_iter();
    strikes.map(|s| Strike { person: like.person, reason: like.reason, ..s }).collect()
}

/// Strikes for a time: one for each passage that is spoken in it, over the words that it touches; at least one.
fn struck_time(text: Option<&Text>, time: TimeRange, like: &Strike) -> Vec<Strike> {
    let mut out = Vec::new();
    let passages = text.map(|t| t.reading.passages.as_slice()).unwrap_or_default();
    for (passage, p) in passages.iter().enumerate() {
        let view = text::view(p);
        if !view.time.is_some_and(|t| t.overlaps(time)) {
            continue;
        }
        let chars = p.text.chars().count() as u64;
        let touched = view.words.iter().filter(|w| w.time.overlaps(time)).map(|w| (w.at, w.at.saturating_add(w.chars)));
        let run = touched.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
        // Without word times the passage goes whole; with them, a time between two words strikes no text.
        let run = if view.words.is_empty() { Some((0, chars)) } else { run };
        if let Some((at, end)) = run.filter(|(at, end)| at < end) {
            let span = Span { passage: passage as u64, at, chars: end - at };
            let words = text.map(|t| text::words_at(&t.reading, span)).unwrap_or_default();
            out.push(Strike { span: Some(span), time: Some(time), words, ..like.clone() });
        }
    }
    if out.is_empty() {
        out.push(Strike { span: None, time: Some(time), words: String::new(), ..like.clone() });
    }
    out
}

/// A strike of an identifier, wherever.
fn identifier() -> Strike {
    Strike { span: None, time: None, person: None, reason: Reason::Identifier, words: String::new() }
}

/// Proposes a strike for every find of a name that the profile withholds and for every identifier, beside what was struck
/// already.
///
/// # Errors
/// [`AppError::NoExhibit`], the vault's.
pub fn propose(session: &mut Session, exhibit: &str, profile: Profile) -> Result<PlanReply, AppError> {
    let mut work = Work::open(session, exhibit, profile)?;
    if let Some(text) = &work.text {
        let people = view::withheld_people(session, profile);
        let found = text::find(&text.reading, people).passages;
        let open = view::open_finds(session, &work.exhibit, profile, text, &found);
        let mut strikes = plan::propose(&work.views(), &open);
        let loose = view::open_identifiers(session, &work.exhibit, profile, text);
        let spans: Vec<Span> = loose.iter().map(|i| i.span).collect();
        strikes.extend(struck_spans(text, &spans, &identifier()));
        work.add(strikes);
    }
    // An empty plan is written too: it says that somebody looked for names and found none.
    work.save(session, profile)
}

/// Says that a named person reviewed the plan as it stands, having looked at `looked` of its strikes one by one (`None`
/// where nobody counted); no more than there are.
///
/// # Errors
/// [`AppError::NoPlan`], [`AppError::PlanOutdated`] if it was made for an older text, [`AppError::Form`] without a name;
/// the vault's.
pub fn review(
    session: &mut Session,
    exhibit: &str,
    profile: Profile,
    reviewer: &str,
    looked: Option<u64>,
) -> Result<PlanReply, AppError> {
    let exhibit = session.exhibit(exhibit)?.clone();
    let plan = session.case.plan(&exhibit.root, profile.word()).ok_or(AppError::NoPlan(exhibit.number))?;
    if plan.reading != text::load(session, &exhibit)?.map(|t| t.version) {
        return Err(AppError::PlanOutdated(exhibit.number));
    }
    let looked = looked.map(|n| n.min(plan.strikes.len() as u64));
    let reviewed = Plan { reviewer: Some(named(reviewer)?), looked, ..plan.clone() };
    if reviewed != *plan {
        write(session, &exhibit, &reviewed)?;
    }
    show(session, &exhibit.number.to_string(), profile)
}

fn named(reviewer: &str) -> Result<String, AppError> {
    let name = reviewer.trim();
    let none = || AppError::Form { what: "the name of who reviewed", found: "nothing".into() };
    if name.is_empty() { Err(none()) } else { Ok(name.to_owned()) }
}

/// Strikes something by hand.
///
/// # Errors
/// [`AppError::NoExhibit`], [`AppError::Form`] for a time that is none or words that don't stand there, [`AppError::NotRead`]
/// for words in an exhibit without text, [`AppError::NotOnePerson`], the vault's.
pub fn strike(session: &mut Session, request: &StrikeRequest) -> Result<PlanReply, AppError> {
    let person = request.person.as_deref().map(|word| session.one_person(word).map(|p| p.id)).transpose()?;
    let mut work = Work::open(session, &request.exhibit, request.profile)?;
    let like = Strike { span: None, time: None, person, reason: request.reason, words: String::new() };
    let strikes = match &request.what {
        StrikeWhat::Time(start, end) => {
            let range = work.time((*start, *end))?;
            struck_time(work.text.as_ref(), range, &like)
        }
        StrikeWhat::Text(words) => {
            let text = work.text.as_ref().ok_or(AppError::NotRead(work.exhibit.number))?;
            let places = text::places_of(&text.reading, words);
            if places.is_empty() {
                return Err(AppError::Form { what: "words of the exhibit", found: "they don't stand there".into() });
            }
            struck_spans(text, &places, &like)
        }
    };
    work.add(strikes);
    work.save(session, request.profile)
}

/// How far from where the text has its words a cut may be placed by hand.
const BESIDE_MS: u64 = 1_000;

/// Says when the words of a strike are heard, where the machine's times are wrong. The words stay struck, and a time that is
/// not where the text has them, nor within a second of it, would leave them in the sound.
///
/// # Errors
/// [`AppError::NoStrike`], [`AppError::Form`] for a time that is none, [`AppError::CutElsewhere`], the vault's.
pub fn retime(
    session: &mut Session,
    exhibit: &str,
    profile: Profile,
    number: usize,
    time: (u64, u64),
) -> Result<PlanReply, AppError> {
    let mut work = Work::open(session, exhibit, profile)?;
    let time = work.time(time)?;
    let span = work.strike(number)?.span;
    let heard = work.text.as_ref().zip(span).and_then(|(text, span)| text::heard(&text.reading, span));
    if let Some(heard) = heard {
        let near = TimeRange { start: heard.start.saturating_sub(BESIDE_MS), end: heard.end.saturating_add(BESIDE_MS) };
        if !near.overlaps(time) {
            return Err(AppError::CutElsewhere { number, heard_ms: (heard.start, heard.end) });
        }
    }
    work.strike(number)?.time = Some(time);
    work.save(session, profile)
}

/// Takes a strike out of the plan. If it covered a name, that find is then open and stops a disclosure.
///
/// # Errors
/// [`AppError::NoStrike`], the vault's.
pub fn drop_strike(
    session: &mut Session,
    exhibit: &str,
    profile: Profile,
    number: usize,
) -> Result<PlanReply, AppError> {
    let mut work = Work::open(session, exhibit, profile)?;
    let gone = work.strike(number)?.clone();
    work.plan.strikes.retain(|s| *s != gone);
    work.save(session, profile)
}

/// Records that finds are no names, or identifiers that may stay, and takes their strikes out of the plan.
///
/// # Errors
/// [`AppError::NoStrike`] where `which` means no find of a name, [`AppError::Form`] without reviewer or reason,
/// [`AppError::NotRead`], the vault's.
pub fn keep(session: &mut Session, request: &KeepRequest) -> Result<PlanReply, AppError> {
    let reviewer = named(&request.reviewer)?;
    if request.why.trim().is_empty() {
        return Err(AppError::Form { what: "why it is no name", found: "nothing".into() });
    }
    let mut work = Work::open(session, &request.exhibit, request.profile)?;
    let text = work.text.as_ref().ok_or(AppError::NotRead(work.exhibit.number))?;
    let people = view::withheld_people(session, request.profile);
    let names = text::find(&text.reading, people).passages;
    let names = names.iter().map(|o| (text::span_of(o), Some(o.person)));
    let identifiers = text::find_identifiers(&text.reading).into_iter().map(|i| (i.span, None));
    let found: Vec<(Span, Option<PersonId>)> = names.chain(identifiers).collect();
    let meant: Vec<(Span, Option<PersonId>)> = match &request.which {
        Which::Number(number) => {
            let strike = number.checked_sub(1).and_then(|i| work.plan.strikes.get(i));
            strike.and_then(|s| Some((s.span?, s.person))).into_iter().collect()
        }
        Which::Within(words) => {
            let places = text::places_of(&text.reading, words);
            let end = |s: &Span| s.at.saturating_add(s.chars);
            let holds = |p: &Span, s: &Span| p.passage == s.passage && p.at <= s.at && end(s) <= end(p);
            found.iter().filter(|(span, _)| places.iter().any(|p| holds(p, span))).copied().collect()
        }
    };
    let finds: Vec<(Span, Option<PersonId>)> = found.into_iter().filter(|f| meant.contains(f)).collect();
    if finds.is_empty() {
        return Err(AppError::NoStrike(if let Which::Number(n) = request.which { n } else { 0 }));
    }
    let kept = Kept {
        exhibit: work.exhibit.root,
        audience: request.profile.word().to_owned(),
        reading: text.version,
        finds: finds.clone(),
        reviewer,
        why: request.why.trim().to_owned(),
        on: session.now(),
    };
    let reason = |s: &Strike| s.person.map_or(Reason::Identifier, |_| Reason::Name) == s.reason;
    let is_kept = |s: &Strike| reason(s) && s.span.is_some_and(|span| finds.contains(&(span, s.person)));
    work.plan.strikes.retain(|s| !is_kept(s));
    session.append(vec![keep_act(work.exhibit.subject, &kept)])?;
    work.save(session, request.profile)
}
