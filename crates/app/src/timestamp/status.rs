//! How the log stands with the authorities: which tokens it holds, whether they hold, until when, and how much nobody has stamped yet.
//!
//! Keeps: every token is verified again, now, with what was kept beside it; a token that does not hold is named, never passed over. Does not
//! know: whether a digest or a key has been broken.

use super::TimestampReply;
use super::carried::Stamps;
use crate::covering;
use crate::{AppError, Session};
use casemate_stamp::{Asked, Given, Logged, Refusal, TokenDer, Trust, Verdict, good_until, stamped, verify};
use casemate_vault::stamp::StampAct;
use serde::Serialize;
use utoipa::ToSchema;

/// A token that is good for less than this is ageing: a quarter of a year, so that nobody has to look often.
pub const AGEING_DAYS: u64 = 90;
const DAY_SECONDS: u64 = 86_400;

/// How a token stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StampState {
    /// Good for a quarter of a year and more.
    Good,
    /// It ends soon: have the log stamped anew.
    Ageing,
    /// A certificate behind it has ended, and no token renews it.
    Over,
    /// It does not hold.
    Refused,
}

/// One token of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = TimestampOfLog)]
pub struct StampStatus {
    /// The entry that records it.
    pub entry: u64,
    /// When it was recorded by this device's clock, RFC 3339.
    pub recorded: String,
    /// Entries of the checkpoint that it stamps.
    pub size: u64,
    /// How it stands.
    pub state: StampState,
    /// Why it does not hold.
    pub cause: Option<String>,
    /// What it says, where it holds.
    pub says: Option<TimestampReply>,
    /// Until when it is good, later tokens that renew it counted, RFC 3339.
    pub good_until: Option<String>,
}

/// The tokens of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TimestampStatus {
    /// Entries of this device's log.
    pub size: u64,
    /// How many of them a token that holds covers.
    pub covered: u64,
    /// The tokens, oldest entry first.
    pub stamps: Vec<StampStatus>,
}

/// Looks at every token of this lane. `roots` are those that are trusted, DER; none: trust is not checked.
///
/// # Errors
/// The vault's.
pub fn status(session: &Session, roots: &[Vec<u8>]) -> Result<TimestampStatus, AppError> {
    let stamps = covering::of_own_lane(session, StampAct::from_act)?;
    let size = session.vault.checkpoint()?.head.size;
    let now = session.vault.now_ms() / 1000;
    Ok(of(size, &stamps, roots, now))
}

fn of(size: u64, stamps: &Stamps, roots: &[Vec<u8>], now: u64) -> TimestampStatus {
    let judged: Vec<_> = stamps.iter().map(|(entry, act)| (*entry, act, judge(act, roots))).collect();
    let holding = || judged.iter().filter_map(|(entry, act, judged)| Some((*entry, act, judged.as_ref().ok()?)));
    let logged: Vec<Logged<'_>> = holding()
        .map(|(entry, act, verdict)| Logged {
            verdict,
            size: act.size,
            recorded: Some(entry),
            renews: roots.is_empty() || verdict.trust == Trust::Pinned,
        })
        .collect();
    let mut good = good_until(&logged).into_iter();
    let covered = holding().map(|(_, act, _)| act.size).max().unwrap_or(0);
    let stamps = judged.iter().map(|(entry, act, judged)| {
        let until = if judged.is_ok() { good.next() } else { None };
        StampStatus {
            entry: *entry,
            recorded: act.on.clone(),
            size: act.size,
            state: until.map_or(StampState::Refused, |until| state(until.seconds(), now)),
            cause: judged.as_ref().err().map(ToString::to_string),
            says: judged.as_ref().ok().map(|verdict| TimestampReply::of(verdict, act.size, act.authority.clone())),
            good_until: until.map(|until| until.to_string()),
        }
    });
    TimestampStatus { size, covered, stamps: stamps.collect() }
}

fn state(until: u64, now: u64) -> StampState {
    if until < now {
        StampState::Over
    } else if until - now < AGEING_DAYS * DAY_SECONDS {
        StampState::Ageing
    } else {
        StampState::Good
    }
}

fn judge(act: &StampAct, roots: &[Vec<u8>]) -> Result<Verdict, Refusal> {
    let imprint = stamped(&act.salt, &act.note);
    let asked = Asked { imprint: &imprint, nonce: None, policy: None };
    let given = Given { roots, certificates: &act.certificates, lists: &act.lists };
    let token = TokenDer::read(&act.token)?;
    match verify(&token, &asked, &given) {
        // Another authority than those that were given: trust is not checked.
        Err(Refusal::RootNotPinned { .. } | Refusal::ChainBroken { .. } | Refusal::ChainSignature { .. }) => {
            verify(&token, &asked, &Given { roots: &[], ..given })
        }
        other => other,
    }
}
