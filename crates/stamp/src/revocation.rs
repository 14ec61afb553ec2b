//! What revocation lists say of a chain.
//!
//! Keeps: a list counts if the authority that issued the certificate signed it. Whatever such a list says against a certificate counts; only a
//! whole and timely list says that it was *not* revoked. Lists of others are passed over.
//! Does not know: OCSP.

use crate::certificate::{CRL_SIGN, Certificate};
use crate::crl::{Crl, Entry};
use crate::moment::Moment;
use crate::refusal::Refusal;

/// `CRLReason`s with which stamps made before the revocation stay valid (RFC 3161 § 4): unspecified but *said*, affiliation
/// changed, superseded, cessation of operation.
const HARMLESS: [u8; 4] = [0, 3, 4, 5];
/// `removeFromCRL`: no longer revoked.
const REMOVED: u8 = 8;

/// Checks each certificate of a chain below its last. Answers how old the oldest list is by which all were found good;
/// none if some certificate has no list that says so.
pub fn check(chain: &[Certificate<'_>], lists: &[Crl<'_>], at: Moment) -> Result<Option<Moment>, Refusal> {
    let mut oldest: Option<Moment> = None;
    let mut all = chain.last().is_some_and(Certificate::is_self_issued) || chain.len() == 1;
    for pair in chain.windows(2) {
        let [certificate, issuer] = pair else { continue };
        match one(certificate, issuer, lists, at)? {
            None => all = false,
            Some(known) => oldest = Some(oldest.map_or(known, |oldest| oldest.min(known))),
        }
    }
    Ok(oldest.filter(|_| all))
}

/// The newest list by which a certificate was good.
fn one(
    certificate: &Certificate<'_>,
    issuer: &Certificate<'_>,
    lists: &[Crl<'_>],
    at: Moment,
) -> Result<Option<Moment>, Refusal> {
    let mut newest = None;
    for list in lists {
        let other_key = list.authority_key.zip(issuer.subject_key).is_some_and(|(wanted, found)| wanted != found);
        if list.is_indirect || other_key || !list.issuer.is_same(&issuer.subject) {
            continue;
        }
        if issuer.key_usage.is_some_and(|usage| usage & CRL_SIGN == 0) {
            return Err(Refusal::CrlKeyUsage { issuer: issuer.shown() });
        }
        if !list.is_signed_by(issuer)? {
            return Err(Refusal::CrlSignature { issuer: issuer.shown() });
        }
        if let Some(entry) = list.entry(certificate.serial)?
            && counts(&entry, at)
        {
            return Err(refusal(certificate, &entry));
        }
        if says_enough(list, certificate, at) {
            newest = newest.max(Some(list.this_update));
        }
    }
    Ok(newest)
}

/// A whole list, not past its time when the stamp was made, and not from after the certificate ended (an authority may
/// leave out what has expired).
fn says_enough(list: &Crl<'_>, certificate: &Certificate<'_>, at: Moment) -> bool {
    let timely = list.this_update >= at || list.next_update.is_some_and(|next| next >= at);
    timely && !list.is_part && list.this_update <= certificate.not_after
}

fn counts(entry: &Entry, at: Moment) -> bool {
    if entry.reason == Some(REMOVED) {
        return false;
    }
    let before = entry.at.seconds() <= at.seconds() || entry.invalid_since.is_some_and(|since| since <= at);
    before || !entry.reason.is_some_and(|reason| HARMLESS.contains(&reason))
}

fn refusal(certificate: &Certificate<'_>, entry: &Entry) -> Refusal {
    let reason = match entry.reason {
        None => "not said".to_owned(),
        Some(0) => "unspecified".to_owned(),
        Some(1) => "key compromise".to_owned(),
        Some(2) => "compromise of the authority".to_owned(),
        Some(3) => "affiliation changed".to_owned(),
        Some(4) => "superseded".to_owned(),
        Some(5) => "cessation of operation".to_owned(),
        Some(6) => "on hold".to_owned(),
        Some(other) => other.to_string(),
    };
    Refusal::Revoked { subject: certificate.shown(), at: entry.at.to_string(), reason }
}
