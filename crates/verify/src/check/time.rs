//! The time of the log: tokens of authorities over this lane's earlier checkpoints (`docs/format/time.md` §4).
//!
//! Keeps: *proven* means that a token holds under a root that was given, and that the bundle's checkpoint extends the one that it stamps; an item's time is
//! proven if that one has it. A token that does not hold is a failure, whatever the others say. Does not know: which authorities deserve trust, what time it is.

use super::extends::{CONSISTENCY_BYTES_MAX, ExtendsError, extends};
use super::facts::{Files, ShownAct, ShownError};
use super::log::{ChainError, Lane};
use crate::bag::{STAMPS_MAX, stamp_file, stamp_name};
use crate::verdict::{Finding, Status, Verdict};
use casemate_proof::value::Value;
use casemate_stamp::{
    Asked, CRL_BYTES_MAX, Given, Kept, Logged, Moment, PEM_BYTES_MAX, Refusal, Revocation, SALT_BYTES, Salt,
    TOKEN_BYTES_MAX, TokenDer, Trust, good_until, pem, stamped,
};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{Read, Seek};

const NOTE_BYTES_MAX: u64 = 1 << 16;
/// Bytes that an answer has around its token, at most.
const FRAME_BYTES_MAX: u64 = 64;
/// Kind of the act that records a token, and the leaves that it shows: kind, salt, note, token, certificates, lists.
const STAMP_KIND: &str = "timestamp";
/// The leaves of a `timestamp` act that are open.
pub const STAMP_OPEN: [u64; 6] = [0, 5, 6, 8, 9, 10];

/// Why a token doesn't stand for the log.
#[derive(Debug, thiserror::Error)]
enum TimeError {
    #[error(transparent)]
    Chain(#[from] ChainError),
    #[error("the act that records the token: {0}")]
    Shown(#[from] ShownError),
    #[error("the act that records the token is of kind {0}")]
    Kind(String),
    #[error("the act that records the token holds another {0}")]
    Other(&'static str),
    #[error(transparent)]
    Stamp(#[from] Refusal),
    #[error("the stamped checkpoint: {0}")]
    Extends(#[from] ExtendsError),
    #[error("{0} is not in its form")]
    Form(&'static str),
}

/// A token that holds, and how many entries its checkpoint has.
struct Stamp {
    number: usize,
    size: u64,
    /// The entry that records it, if that act is shown.
    recorded: Option<u64>,
    holds: casemate_stamp::Verdict,
}

impl Stamp {
    fn is_pinned(&self) -> bool {
        self.holds.trust == Trust::Pinned
    }

    fn logged(&self) -> Logged<'_> {
        Logged { verdict: &self.holds, size: self.size, recorded: self.recorded, renews: self.is_pinned() }
    }
}

/// The findings on time, after those on the items: `logged` says where each item stands in the log.
pub(super) fn findings<R: Read + Seek>(
    files: &Files<'_, R>,
    lane: Option<&Lane>,
    items: &[u64],
    roots: &[Vec<u8>],
    verdict: &mut Verdict,
) {
    let mut stamps = Vec::new();
    for number in (1..=STAMPS_MAX).take_while(|number| files.has(&stamp_file(*number, "note"))) {
        let Some(lane) = lane else { break };
        match read(files, lane, number, roots) {
            Ok(stamp) => stamps.push(stamp),
            Err(cause) => {
                verdict.add(Finding::new("time", Status::Failed).fact("stamp", number).fact("cause", cause));
                return;
            }
        }
    }
    let good = good(&stamps);
    let places = places(verdict);
    let covered = |stamp: &Stamp| places.values().filter(|place| **place < stamp.size).count();
    // A pinned one before others, then the one that covers most, then the earliest.
    stamps.sort_by_key(|stamp| (!stamp.is_pinned(), Reverse(covered(stamp)), stamp.holds.time, stamp.number));
    let Some(best) = stamps.first() else {
        verdict.add(Finding::new("time", Status::NotChecked));
        return;
    };
    verdict.add(
        best.finding(good.get(&best.number).copied()).fact("covers", format!("{}/{}", covered(best), items.len())),
    );
    for item in items.iter().filter(|_| best.is_pinned()) {
        verdict.add(of_item(&stamps, places.get(item).copied()).of(*item));
    }
}

/// Until when each token is good, by its number: those that are pinned renew others.
fn good(stamps: &[Stamp]) -> BTreeMap<usize, Moment> {
    let logged: Vec<Logged<'_>> = stamps.iter().map(Stamp::logged).collect();
    stamps.iter().map(|stamp| stamp.number).zip(good_until(&logged)).collect()
}

/// Where each item was proven to stand in the bundle's lane, by its number. The place of an act in another lane says
/// nothing of the stamped one.
pub(super) fn places(verdict: &Verdict) -> BTreeMap<u64, u64> {
    let proven = verdict.with_id("logged").filter(|finding| finding.status == Status::Proven);
    let place = |finding: &Finding| {
        let fact = |id| finding.facts.iter().find(|(name, _)| *name == id).map(|(_, value)| value);
        if fact("lane").is_some() {
            return None;
        }
        Some((finding.item?, fact("index")?.parse().ok()?))
    };
    proven.filter_map(place).collect()
}

/// The earliest time at which an item is proven to have been in the log.
fn of_item(stamps: &[Stamp], place: Option<u64>) -> Finding {
    let fitting = stamps.iter().filter(|stamp| stamp.is_pinned() && place.is_some_and(|place| place < stamp.size));
    match fitting.map(|stamp| stamp.holds.time).min() {
        Some(time) => Finding::new("time", Status::Proven).fact("time", time),
        None => Finding::new("time", Status::NotChecked),
    }
}

impl Stamp {
    /// What this token says; *proven* under a root that was given.
    fn finding(&self, good: Option<Moment>) -> Finding {
        let holds = &self.holds;
        let status = if self.is_pinned() { Status::Proven } else { Status::NotChecked };
        let mut finding = Finding::new("time", status).fact("time", holds.time);
        if let Some(accuracy) = holds.accuracy {
            finding = finding.fact("accuracy", accuracy);
        }
        finding = finding.fact("authority", &holds.authority).fact("policy", holds.policy);
        finding = finding.fact("tsa-root", &holds.root_fingerprint);
        finding = finding.fact("trust", if self.is_pinned() { "pinned" } else { "not-checked" });
        finding = match holds.revocation {
            Revocation::Checked { as_of } => finding.fact("revocation", as_of),
            Revocation::NotChecked => finding.fact("revocation", "not-checked"),
        };
        let stated = match (holds.qualified.stamp, holds.qualified.certificate) {
            (false, false) => None,
            (true, false) => Some("stamp"),
            (false, true) => Some("certificate"),
            (true, true) => Some("both"),
        };
        if let Some(stated) = stated {
            finding = finding.fact("qualified", stated);
        }
        finding = finding.fact("valid-until", holds.valid_until);
        if let Some(good) = good.filter(|good| *good > holds.valid_until) {
            finding = finding.fact("renewed-until", good);
        }
        finding.fact("size", self.size)
    }
}

fn read<R: Read + Seek>(
    files: &Files<'_, R>,
    lane: &Lane,
    number: usize,
    roots: &[Vec<u8>],
) -> Result<Stamp, TimeError> {
    let file = |ending, most| files.small(&stamp_file(number, ending), most).map_err(ChainError::from);
    let note = file("note", NOTE_BYTES_MAX)?;
    let stamped_head = lane.head(&note)?;
    let head = lane.checkpoint(files)?;
    extends(&stamped_head, &head, &file("proof", CONSISTENCY_BYTES_MAX)?)?;

    let salt: Salt = file("salt", SALT_BYTES as u64)?.try_into().map_err(|_| TimeError::Form("the salt"))?;
    let answer = file("tsr", TOKEN_BYTES_MAX as u64 + FRAME_BYTES_MAX)?;
    let token = TokenDer::read(&answer)?;
    // One form: what no signature covers has no room to say anything.
    if token.to_response() != answer {
        return Err(TimeError::Form("the token's file"));
    }
    let optional = |ending, most: usize, read: fn(&[u8]) -> pem::Blocks| {
        if files.has(&stamp_file(number, ending)) {
            read(&file(ending, most as u64)?).map_err(TimeError::from)
        } else {
            Ok(Vec::new())
        }
    };
    let certificates = optional("crt", PEM_BYTES_MAX, pem::certificates)?;
    let lists = optional("crl", CRL_BYTES_MAX, pem::lists)?;
    let imprint = stamped(&salt, &note);
    let asked = Asked { imprint: &imprint, nonce: None, policy: None };
    let given = Given { roots, certificates: &certificates, lists: &lists };
    let holds = match casemate_stamp::verify(&token, &asked, &given) {
        // Another authority than those that were given, of another name or of the same: what it says stands, and trust is not checked.
        Err(Refusal::RootNotPinned { .. } | Refusal::ChainBroken { .. } | Refusal::ChainSignature { .. }) => {
            casemate_stamp::verify(&token, &asked, &Given { roots: &[], ..given })?
        }
        other => other?,
    };
    let kept = Kept { salt, token: token.as_bytes().to_vec(), certificates, lists };
    let recorded = files.has(&stamp_file(number, "act")).then(|| recorded(files, lane, number, &note, &kept));
    Ok(Stamp { number, size: stamped_head.size, recorded: recorded.transpose()?, holds })
}

/// The entry of the act that records a token: it holds what lies in the files.
fn recorded<R: Read + Seek>(
    files: &Files<'_, R>,
    lane: &Lane,
    number: usize,
    note: &[u8],
    kept: &Kept,
) -> Result<u64, TimeError> {
    let name = stamp_name(number);
    let act = ShownAct::read(files, &name)?;
    let kind = act.kind()?;
    if kind != STAMP_KIND {
        return Err(TimeError::Kind(kind));
    }
    act.is_as(false, &STAMP_OPEN)?;
    let list = |members: &[Vec<u8>]| Value::Array(members.iter().map(|der| Value::Bytes(der.clone())).collect());
    let [_, salt, stamped, token, certificates, lists] = STAMP_OPEN;
    for (leaf, what, expected) in [
        (salt, "salt", Value::Bytes(kept.salt.to_vec())),
        (stamped, "note", Value::Bytes(note.to_vec())),
        (token, "token", Value::Bytes(kept.token.clone())),
        (certificates, "list of certificates", list(&kept.certificates)),
        (lists, "list of revocation lists", list(&kept.lists)),
    ] {
        if act.value(leaf)? != expected {
            return Err(TimeError::Other(what));
        }
    }
    Ok(lane.logged(files, &name, &act.root)?)
}
