//! `casemate redact`: the plan of what is withheld from one exhibit for one audience.
//!
//! Keeps: nothing is accepted but by a named person. Does not know: how names are found, how cuts are made.

mod review;

use super::person::profile;
use super::wording;
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::{moment, screen};
use casemate_app::redact::{self, KeepRequest, PlanReply, StrikeRequest, StrikeView, StrikeWhat, Which};
use casemate_case::audience::Profile;
use casemate_case::plan::Reason;
use casemate_words::{Language, message};
use std::fmt::Write as _;
use std::io::IsTerminal;

const AFTER: &str = "\
Examples:
  casemate redact 4 --for court                             review on the terminal, strike by strike
  casemate redact 4 --for court --propose                   find the names, write a proposal, show it
  casemate redact 4 --for court --strike-time 00:12-00:14 --reason identifier
  casemate redact 4 --for court --strike-text '+999 204 771 93' --reason identifier --person 唐远山
  casemate redact 4 --for court --keep 3 --by 'Claire Lambert' --why 'the hills, not the man'
  casemate redact 4 --for court --retime 2=00:12.1-00:12.9   where the machine's time of a word is wrong
  casemate redact 4 --for court --drop 5
  casemate redact 4 --for court --accept --by 'Claire Lambert'";

/// Plan what is withheld from an exhibit, and review it.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub struct Redact {
    /// Number of the exhibit
    exhibit: String,

    /// For whom
    #[arg(long = "for", value_name = "court|press", value_parser = profile)]
    audience: Profile,

    #[command(flatten)]
    action: Action,

    /// Why something is struck
    #[arg(long, value_enum, value_name = "WHY")]
    reason: Option<Why>,

    /// Whose name or mark it is that is struck: the alias stands in its place
    #[arg(long, value_name = "PERSON")]
    person: Option<String>,

    /// Who accepts, or judges a find
    #[arg(long, value_name = "NAME")]
    by: Option<String>,

    /// Why a find is no name, or may stay
    #[arg(long, value_name = "TEXT", requires = "keep")]
    why: Option<String>,
}

#[derive(Debug, clap::Args)]
#[group(multiple = false)]
struct Action {
    /// Find the names and identifiers that this audience must not read, and propose to strike them
    #[arg(long)]
    propose: bool,

    /// Accept the plan as it stands
    #[arg(long, requires = "by")]
    accept: bool,

    /// Strike what is said between two times
    #[arg(long, value_name = "FROM-TO", value_parser = moment::parse_range)]
    strike_time: Option<(u64, u64)>,

    /// Strike these words wherever they stand
    #[arg(long, value_name = "TEXT")]
    strike_text: Option<String>,

    /// A find (its number, or words that it stands in) that is no name, or an identifier that may stay
    #[arg(long, value_name = "N|TEXT", requires = "by", requires = "why")]
    keep: Option<String>,

    /// Say when the words of a strike are heard
    #[arg(long, value_name = "N=FROM-TO", value_parser = moment::parse_numbered_range)]
    retime: Option<(usize, (u64, u64))>,

    /// Take a strike out of the plan
    #[arg(long, value_name = "N")]
    drop: Option<usize>,
}

/// Reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Why {
    /// A protected person's name.
    Name,
    /// What tells who they are: a number, an address, a kinship.
    Identifier,
    /// A third person's private life.
    PrivateLife,
    /// Between lawyer and client.
    Privilege,
}

impl From<Why> for Reason {
    fn from(why: Why) -> Self {
        match why {
            Why::Name => Self::Name,
            Why::Identifier => Self::Identifier,
            Why::PrivateLife => Self::PrivateLife,
            Why::Privilege => Self::Privilege,
        }
    }
}

impl Redact {
    /// Does it.
    ///
    /// # Errors
    /// No such exhibit, strike or person; a review without a terminal.
    pub fn run(&self, desk: &Desk) -> Result<Exit, Failure> {
        let reply = match self.change(desk)? {
            Some(reply) => reply,
            None if !desk.json() && std::io::stdin().is_terminal() && screen::watched() => {
                return review::run(desk, &self.exhibit, self.audience, self.by.as_deref());
            }
            None => redact::show(&desk.read()?, &self.exhibit, self.audience)?,
        };
        desk.answer(&reply, || text(&reply, desk.language()))?;
        Ok(Exit::Done)
    }

    fn change(&self, desk: &Desk) -> Result<Option<PlanReply>, Failure> {
        let Action { propose, accept, strike_time, strike_text, keep, retime, drop } = &self.action;
        let (exhibit, profile) = (self.exhibit.as_str(), self.audience);
        let what = strike_time.map(|(from, to)| StrikeWhat::Time(from, to));
        let what = what.or_else(|| strike_text.clone().map(StrikeWhat::Text));
        if !propose && !accept && what.is_none() && keep.is_none() && retime.is_none() && drop.is_none() {
            return Ok(None);
        }
        let mut session = desk.write()?;
        let by = self.by.as_deref().unwrap_or_default();
        let reply = if *propose {
            redact::propose(&mut session, exhibit, profile)?
        } else if *accept {
            redact::review(&mut session, exhibit, profile, by, None)?
        } else if let Some(what) = what {
            let reason = self.reason.ok_or(Failure::Usage("no-reason"))?.into();
            let request =
                StrikeRequest { exhibit: exhibit.to_owned(), profile, what, reason, person: self.person.clone() };
            redact::strike(&mut session, &request)?
        } else if let Some(words) = keep {
            let which = words.parse().map_or_else(|_| Which::Within(words.clone()), Which::Number);
            redact::keep(&mut session, &keep_request(exhibit, profile, which, by, self.why.as_deref()))?
        } else if let Some((number, time)) = retime {
            redact::retime(&mut session, exhibit, profile, *number, *time)?
        } else {
            redact::drop_strike(&mut session, exhibit, profile, drop.unwrap_or_default())?
        };
        session.close();
        Ok(Some(reply))
    }
}

fn keep_request(exhibit: &str, profile: Profile, which: Which, by: &str, why: Option<&str>) -> KeepRequest {
    let why = why.unwrap_or_default().to_owned();
    KeepRequest { exhibit: exhibit.to_owned(), profile, which, reviewer: by.to_owned(), why }
}

/// A plan: what is struck, what stays open, what was judged to be no name, and how much sound goes.
pub fn text(plan: &PlanReply, language: Language) -> String {
    format!("{}\n{}{}", heading(plan, language), strikes(plan, language), state(plan, language))
}

/// The exhibit, the audience, the number of strikes.
pub fn heading(plan: &PlanReply, language: Language) -> String {
    let audience = message(language, &format!("profile-{}", plan.profile), &[]);
    let values =
        [("exhibit", plan.exhibit.into()), ("audience", audience.into()), ("count", plan.strikes.len().into())];
    message(language, "cli-plan", &values)
}

/// What is struck, a line each.
pub fn strikes(plan: &PlanReply, language: Language) -> String {
    plan.strikes.iter().map(|s| strike(s, language)).collect()
}

/// What stays open or was judged to be no name, the sound that goes, and who reviewed.
pub fn state(plan: &PlanReply, language: Language) -> String {
    let say = |id: &str, count: usize| message(language, id, &[("count", count.into())]);
    let mut out = String::new();
    if !plan.open.is_empty() {
        let _ = write!(out, "\n{}\n", say("cli-plan-open", plan.open.len()));
        plan.open.iter().for_each(|s| out.push_str(&strike(s, language)));
    }
    if !plan.kept.is_empty() {
        let _ = write!(out, "\n{}\n", say("cli-plan-kept", plan.kept.len()));
        for k in &plan.kept {
            let line = format!("{}: {} ({})", k.words, k.why, k.reviewer);
            let _ = writeln!(out, "     {}", screen::plain(&line));
        }
    }
    if !plan.cuts.is_empty() {
        let cuts: Vec<String> =
            plan.cuts.iter().map(|[a, b]| format!("{}–{}", moment::clock(*a), moment::clock(*b))).collect();
        let _ = write!(out, "\n{}\n", message(language, "cli-plan-cuts", &[("cuts", cuts.join(", ").into())]));
    }
    if plan.aside > 0 {
        let _ = write!(out, "\n{}\n", message(language, "cli-plan-aside", &[("count", plan.aside.into())]));
    }
    let state = match (&plan.reviewer, plan.current) {
        (_, false) => message(language, "cli-plan-outdated", &[]),
        (Some(name), true) => message(language, "cli-plan-reviewed", &[("name", screen::plain(name).into())]),
        (None, true) => message(language, "cli-plan-proposal", &[]),
    };
    let _ = write!(out, "\n{state}\n");
    out
}

/// One strike: its number, where, the words between brackets, what stands in their place, why.
fn strike(s: &StrikeView, language: Language) -> String {
    let place = match (s.time, s.passage) {
        (Some([from, to]), _) => format!("{}–{}", moment::clock(from), moment::clock(to.saturating_add(999))),
        (None, Some(passage)) => format!("¶ {}", passage + 1),
        (None, None) => String::new(),
    };
    let context = screen::plain(&format!("{}⟦{}⟧{}", s.before, s.words, s.after));
    let why =
        s.identifier.map_or_else(|| wording::reason(language, s.reason), |kind| wording::identifier(language, kind));
    let mut line = format!("{:>4} {place:>8}  …{context}…  {why}", s.number);
    if let Some(alias) = &s.alias {
        let _ = write!(line, " → {}", screen::plain(alias));
    }
    if let Some(sure) = s.sure.filter(|sure| *sure != "exact") {
        let _ = write!(line, " ({})", wording::sure(language, sure));
    }
    line + "\n"
}
