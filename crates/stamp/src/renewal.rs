//! A stamp and its renewals (after RFC 4998 § 5): each made while the one before still held.
//!
//! Keeps: renewal k covers the note and everything kept of the stamps 0 … k−1, was made later, and before any certificate of the chain of stamp
//! k−1 had ended. Does not know: whether a digest or a key has been broken since.

use crate::imprint::{Kept, renewed, stamped};
use crate::limits::RENEWALS_MAX;
use crate::refusal::Refusal;
use crate::response::TokenDer;
use crate::verify::{Asked, Given, Verdict, verify};

/// Verifies a note's stamp and its renewals, the first first; `roots` as in [`Given`].
///
/// # Errors
/// The first reason for which one of them, or their order, does not hold.
pub fn verify_all(note: &[u8], stamps: &[Kept], roots: &[Vec<u8>]) -> Result<Vec<Verdict>, Refusal> {
    if stamps.len() > RENEWALS_MAX {
        return Err(Refusal::TooMany { what: "renewals", limit: RENEWALS_MAX });
    }
    let mut verdicts: Vec<Verdict> = Vec::new();
    for (place, kept) in stamps.iter().enumerate() {
        let earlier = stamps.get(..place).unwrap_or(&[]);
        let imprint = if place == 0 { stamped(&kept.salt, note) } else { renewed(&kept.salt, note, earlier) };
        let asked = Asked { imprint: &imprint, nonce: None, policy: None };
        let given = Given { roots, certificates: &kept.certificates, lists: &kept.lists };
        let verdict = verify(&TokenDer::read(&kept.token)?, &asked, &given)?;
        if let Some(before) = verdicts.last() {
            if verdict.time <= before.time {
                return Err(Refusal::RenewedBefore);
            }
            if verdict.time.seconds() > before.valid_until.seconds() {
                return Err(Refusal::RenewedLate { subject: before.authority.clone() });
            }
        }
        verdicts.push(verdict);
    }
    if verdicts.is_empty() { Err(Refusal::NoStamp) } else { Ok(verdicts) }
}
