//! What of an exhibit may leave for a profile: the original whole, the original with cuts, a release layer, or both; and
//! the facts that the gates judge.
//!
//! Keeps: an original leaves whole only if no withheld name was found in its text, its metadata or its raw bytes, and
//! if its kind hides nothing from a reader. Does not know: how a layer or a bundle is made.

use super::{earlier, pieces};
use crate::catalogue::Exhibit;
use crate::redact::text::{self, Finds, Text, span_of};
use crate::redact::view::{cuts_of, kept_spans, open_finds, open_identifiers};

use crate::{AppError, Session, Watch, heard};
use casemate_bundle::audit::Forbidden;
use casemate_bundle::pieces::Stays;
use casemate_carve::cuts::Cuts;
use casemate_case::audience::Profile;
use casemate_case::coverage::Coverage;
use casemate_case::gate::{ItemFacts, LENGTH_UNKNOWN, PersonInItem};
use casemate_case::names::{Occurrence, Sure};
use casemate_case::plan::Plan;
use casemate_ports::reading::Kind;
use std::io::{Read, Write};

/// Bytes of an original that are scanned at once.
const SCAN_PIECE: usize = 256 * 1024;

/// How an original leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Original {
    /// Every byte.
    Whole,
    /// A recording with cuts, or a text without some of its pieces.
    Partial(Cuts),
}

/// An exhibit that is to leave.
pub(super) struct Chosen {
    pub exhibit: Exhibit,
    pub kind: Kind,
    pub text: Option<Text>,
    pub plan: Plan,
    pub original: Option<Original>,
    /// Why the original of a text stays, where it was asked for in part.
    pub stays: Option<Stays>,
    pub release: bool,
    pub facts: ItemFacts,
    /// Places that the request lets pass though an earlier bundle treated them otherwise.
    pub allowed: u64,
}

/// Decides and collects the facts. `in_part`: originals of texts are asked for too where they can't leave whole.
pub(super) fn choose(
    session: &Session,
    (profile, in_part): (Profile, bool),
    exhibit: &Exhibit,
    forbidden: &Forbidden,
    watch: &Watch<'_>,
) -> Result<Chosen, AppError> {
    let text = text::load(session, exhibit)?;
    let reading = text.as_ref().map(|t| t.version);
    let on_record = session.case.plan(&exhibit.root, profile.word()).filter(|p| p.reading == reading);
    let audience = profile.word().to_owned();
    let empty = || Plan { audience, strikes: Vec::new(), reviewer: None, looked: None, reading };
    let plan = on_record.cloned().unwrap_or_else(empty);
    let found = text.as_ref().map(|t| text::find(&t.reading, session.case.people())).unwrap_or_default();
    let looked = Looked { session, profile, exhibit, text: text.as_ref(), found: &found };
    let open = looked.open();
    let identifiers = looked.identifiers();
    let untouched = plan.strikes.is_empty() && open.is_empty() && identifiers == 0;
    let mut original = looked.original(&plan, untouched, forbidden)?;
    let has_text = text.as_ref().is_some_and(|t| !t.reading.passages.is_empty());
    let kind = looked.kind();
    let mut stays = None;
    if original.is_none() && in_part && has_text && profile == Profile::Court {
        match looked.pieces(&plan, forbidden, watch)? {
            Ok(cuts) => original = Some(Original::Partial(cuts)),
            Err(why) => stays = Some(why),
        }
    }
    let release = has_text && (!matches!(original, Some(Original::Whole)) || kind == Kind::Recording);
    if original.is_none() && !release {
        return Err(AppError::NotRead(exhibit.number));
    }
    let mut facts = looked.facts(&plan, &open, identifiers, original.as_ref());
    if let Some(text) = text.as_ref().filter(|_| has_text) {
        let told = earlier::together(session, profile, exhibit, text, &plan, watch)?;
        // Counted behind the object's own leaves: they are leaves of another object.
        let words = if release { told.reopened } else { 0 };
        facts.opened_before.extend((words > 0).then_some((u64::MAX, words)));
        facts.uncovered = facts.uncovered.saturating_add(told.uncovered);
    }
    Ok(Chosen { exhibit: exhibit.clone(), kind, text, plan, original, stays, release, facts, allowed: 0 })
}

/// What was found in an exhibit.
struct Looked<'a> {
    session: &'a Session,
    profile: Profile,
    exhibit: &'a Exhibit,
    text: Option<&'a Text>,
    found: &'a Finds,
}

impl Looked<'_> {
    fn kind(&self) -> Kind {
        let timed = heard::shape_of(self.exhibit).is_some_and(|s| s.profile().is_timed());
        match self.text {
            _ if timed => Kind::Recording,
            Some(text) => text.reading.kind,
            None if self.exhibit.kind == "recording" => Kind::Recording,
            None => Kind::Other,
        }
    }

    fn withholds(&self, id: casemate_case::person::PersonId) -> bool {
        self.session.case.person(id).is_some_and(|p| self.profile.withholds(p))
    }

    /// Finds of withheld names that are neither struck nor judged to be no names.
    fn open(&self) -> Vec<Occurrence> {
        let withheld: Vec<Occurrence> =
            self.found.passages.iter().filter(|o| self.withholds(o.person)).cloned().collect();
        let Some(text) = self.text else { return Vec::new() };
        open_finds(self.session, self.exhibit, self.profile, text, &withheld)
    }

    /// How many identifiers are neither struck nor judged to be harmless.
    fn identifiers(&self) -> u64 {
        let open = |text| open_identifiers(self.session, self.exhibit, self.profile, text).len() as u64;
        self.text.map_or(0, open)
    }

    fn original(&self, plan: &Plan, untouched: bool, forbidden: &Forbidden) -> Result<Option<Original>, AppError> {
        if self.profile == Profile::Press {
            return Ok(None);
        }
        if untouched && self.hides_nothing() && self.raw_is_clean(forbidden)? {
            return Ok(Some(Original::Whole));
        }
        Ok(cuts_of(self.exhibit, plan)?.map(Original::Partial))
    }

    /// What of a text's original leaves, or why it stays.
    fn pieces(&self, plan: &Plan, forbidden: &Forbidden, watch: &Watch<'_>) -> Result<Result<Cuts, Stays>, AppError> {
        let Some(text) = self.text else { return Ok(Err(Stays::Undivided)) };
        pieces::cuts_of(self.session, self.profile, (self.exhibit, text), plan, forbidden, watch)
    }

    /// Whether everything in the original can be searched for names: nothing embedded, no name in what is not shown.
    fn hides_nothing(&self) -> bool {
        let nobody = !self.session.case.people().any(|p| self.profile.withholds(p));
        let aside = self.found.aside.keys().any(|id| self.withholds(*id));
        let parts = self.text.is_some_and(|t| !t.reading.parts.is_empty());
        // Mail and web pages encode text in ways that no scan of raw bytes sees, and carry what no reader shows.
        let opaque = matches!(self.kind(), Kind::Mail | Kind::Web);
        nobody || !(aside || parts || opaque)
    }

    fn raw_is_clean(&self, forbidden: &Forbidden) -> Result<bool, AppError> {
        let Some(sealed) = &self.exhibit.sealed else { return Ok(false) };
        let mut reader = self.session.vault.read(&sealed.object)?;
        let mut scanner = forbidden.scan(std::io::sink());
        let mut piece = vec![0; SCAN_PIECE];
        loop {
            let n = reader.read(&mut piece).map_err(AppError::file(sealed.object.root().seal_number().to_string()))?;
            if n == 0 {
                return Ok(scanner.finish().0.is_none());
            }
            let read = piece.get(..n).unwrap_or_default();
            scanner.write_all(read).map_err(AppError::file("scan"))?;
        }
    }

    fn facts(&self, plan: &Plan, open: &[Occurrence], identifiers: u64, original: Option<&Original>) -> ItemFacts {
        let withheld = match original {
            Some(Original::Partial(cuts)) => Coverage::of(cuts.withheld.iter().copied()),
            _ => Coverage::default(),
        };
        let sound = original.is_some() && self.kind() == Kind::Recording;
        ItemFacts {
            exhibit: self.exhibit.number,
            // Sound of unknown length can't be known to be heard.
            sound_ms: sound.then(|| heard::duration_ms(self.exhibit).unwrap_or(LENGTH_UNKNOWN)),
            heard: self.session.case.heard(&self.exhibit.root),
            withheld,
            people: self.people(plan, open),
            identifiers,
            reviewed: plan.reviewer.is_some(),
            opened_before: self.opened_before(plan, original),
            uncovered: self.uncovered(original),
        }
    }

    /// Runs of the original that this audience's earlier bundles withheld and that would be open now.
    fn uncovered(&self, original: Option<&Original>) -> u64 {
        let hidden: Vec<(u64, u64)> = match original {
            None => return 0,
            Some(Original::Whole) => Vec::new(),
            Some(Original::Partial(cuts)) => cuts.runs.iter().map(|r| (r.start, r.len)).collect(),
        };
        self.session.case.withheld_before(self.profile, &self.exhibit.root, &hidden).len() as u64
    }

    fn people(&self, plan: &Plan, open: &[Occurrence]) -> Vec<PersonInItem> {
        let kept = self.text.map(|t| kept_spans(self.session, self.exhibit, self.profile, t)).unwrap_or_default();
        let stands = |id| {
            let named = |o: &Occurrence| {
                o.person == id && o.sure != Sure::Near && !kept.contains(&(span_of(o), Some(o.person)))
            };
            self.found.passages.iter().any(named)
                || self.found.aside.contains_key(&id)
                || plan.strikes.iter().any(|s| s.person == Some(id))
                || open.iter().any(|o| o.person == id)
        };
        let people = self.session.case.people().filter(|p| stands(p.id));
        people
            .map(|p| PersonInItem {
                person: p.id,
                decision: self.session.case.consent(p.id, self.profile).map(|c| c.decision),
                withheld: self.profile.withholds(p),
                open_finds: open.iter().filter(|o| o.person == p.id).count() as u64,
            })
            .collect()
    }

    /// What is hidden now though this audience's earlier bundles showed it.
    fn opened_before(&self, plan: &Plan, original: Option<&Original>) -> Vec<(u64, u64)> {
        let case = &self.session.case;
        match original {
            Some(Original::Whole) => Vec::new(),
            Some(Original::Partial(cuts)) => {
                let hidden: Vec<(u64, u64)> = cuts.runs.iter().map(|r| (r.start, r.len)).collect();
                case.opened_before(&self.exhibit.root, &hidden)
            }
            None if plan.strikes.is_empty() => Vec::new(),
            None => {
                let earlier = case.disclosures().iter().filter(|d| d.profile == self.profile);
                let shown = earlier.flat_map(|d| &d.items).any(|i| i.root == self.exhibit.root);
                let leaves = self.exhibit.sealed.as_ref().map_or(1, |s| s.object.record.leaves());
                if shown { vec![(0, leaves)] } else { Vec::new() }
            }
        }
    }
}
