//! Whether a token holds: what was stamped, when, by whom, and what was not checked.
//!
//! Keeps: a verdict is made only after everything held; what was not checked is said in it. Nothing asks for the time of today.
//! Does not know: which roots deserve trust: they are given.

use crate::algorithm::Digest;
use crate::certificate::Certificate;
use crate::chain;
use crate::crl::Crl;
use crate::imprint::Imprint;
use crate::info::{Accuracy, Info};
use crate::limits::{CERTIFICATES_MAX, CRLS_MAX};
use crate::moment::Moment;
use crate::oid::{self, Oid};
use crate::refusal::Refusal;
use crate::request::Nonce;
use crate::response::TokenDer;
use crate::revocation;
use crate::signed::Signed;
use crate::signer;

/// What the stamp must be of, and what was asked, as far as it is known.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    pub imprint: &'a Imprint,
    pub nonce: Option<Nonce>,
    pub policy: Option<Oid>,
}

/// What is at hand beside the token, each in DER.
#[derive(Clone, Copy, Debug, Default)]
pub struct Given<'a> {
    /// The roots that are pinned; none: trust is not checked.
    pub roots: &'a [Vec<u8>],
    /// Other certificates, of which a chain may be made.
    pub certificates: &'a [Vec<u8>],
    /// Revocation lists.
    pub lists: &'a [Vec<u8>],
}

/// Whether the chain ends at a root that was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    Pinned,
    NotChecked,
}

/// Whether revocation lists say that nothing of the chain was revoked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revocation {
    /// The oldest list that says so.
    Checked {
        as_of: Moment,
    },
    NotChecked,
}

/// What is *stated* of being qualified (eIDAS): whether that is so stands in the trusted lists of the states, not here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Qualified {
    /// By the stamp (`esi4-qtstStatement-1`).
    pub stamp: bool,
    /// By the signer's certificate (`QcCompliance`).
    pub certificate: bool,
}

/// A token that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub time: Moment,
    /// As the authority states it; none: it states nothing.
    pub accuracy: Option<Accuracy>,
    pub policy: Oid,
    /// The number of the stamp, in hex.
    pub serial: String,
    /// The name of the signer's certificate.
    pub authority: String,
    /// The last certificate of the chain: its name, and SHA-256 of it in hex.
    pub root: String,
    pub root_fingerprint: String,
    pub trust: Trust,
    pub revocation: Revocation,
    pub qualified: Qualified,
    /// When the first certificate of the chain ends: a renewal must be made before.
    pub valid_until: Moment,
}

fn read_all<'a, T>(
    bytes: &'a [Vec<u8>],
    what: &'static str,
    limit: usize,
    read: impl Fn(&'a [u8]) -> Result<T, Refusal>,
) -> Result<Vec<T>, Refusal> {
    if bytes.len() > limit {
        return Err(Refusal::TooMany { what, limit });
    }
    bytes.iter().map(|bytes| read(bytes)).collect()
}

/// Verifies a token.
///
/// # Errors
/// The first reason for which it does not hold.
pub fn verify(token: &TokenDer, asked: &Asked<'_>, given: &Given<'_>) -> Result<Verdict, Refusal> {
    let signed = Signed::read(token.as_bytes())?;
    let info = Info::read(signed.content)?;
    answers(&info, asked)?;
    if signed.signer.content_type != oid::TST_INFO {
        return Err(Refusal::ContentType);
    }
    if signed.signer.message_digest != signed.signer.digest.of(signed.content) {
        return Err(Refusal::MessageDigest);
    }
    let roots = read_all(given.roots, "roots", CERTIFICATES_MAX, Certificate::read)?;
    let mut among: Vec<Certificate<'_>> =
        signed.certificates.iter().filter_map(|bytes| Certificate::read(bytes).ok()).collect();
    among.extend(read_all(given.certificates, "certificates", CERTIFICATES_MAX, Certificate::read)?);
    let mut lists: Vec<Crl<'_>> = signed.lists.iter().filter_map(|bytes| Crl::read(bytes).ok()).collect();
    lists.extend(read_all(given.lists, "revocation lists", CRLS_MAX, Crl::read)?);

    let certificate = signer::find(&signed.signer, &among)?;
    if !certificate.key()?.verifies(signed.signer.scheme, &signed.signer.signed, signed.signer.signature)? {
        return Err(Refusal::Signature);
    }
    signer::may_sign(certificate)?;
    if let Some(name) = info.authority {
        signer::is_authority(name, certificate)?;
    }
    let chain = chain::find(certificate, &among, &roots, info.time)?;
    let revocation = match revocation::check(&chain, &lists, info.time)? {
        Some(as_of) => Revocation::Checked { as_of },
        None => Revocation::NotChecked,
    };
    Ok(verdict(&info, certificate, &chain, &roots, revocation))
}

fn answers(info: &Info<'_>, asked: &Asked<'_>) -> Result<(), Refusal> {
    if info.digest != asked.imprint.digest || info.hash != asked.imprint.hash {
        return Err(Refusal::Imprint);
    }
    if asked.nonce.is_some_and(|nonce| info.nonce != Some(nonce.integer().as_slice())) {
        return Err(Refusal::Nonce);
    }
    if asked.policy.is_some_and(|policy| policy != info.policy) {
        return Err(Refusal::Policy { found: info.policy.to_string() });
    }
    Ok(())
}

fn verdict(
    info: &Info<'_>,
    certificate: &Certificate<'_>,
    chain: &[Certificate<'_>],
    roots: &[Certificate<'_>],
    revocation: Revocation,
) -> Verdict {
    let last = chain.last().unwrap_or(certificate);
    let pinned = roots.iter().any(|root| root.whole == last.whole);
    let ends = chain.iter().map(|certificate| certificate.not_after);
    Verdict {
        time: info.time,
        accuracy: info.accuracy,
        policy: info.policy,
        serial: info.serial.iter().map(|byte| format!("{byte:02x}")).collect(),
        authority: certificate.shown(),
        root: last.shown(),
        root_fingerprint: last.fingerprint(),
        trust: if pinned { Trust::Pinned } else { Trust::NotChecked },
        revocation,
        qualified: Qualified { stamp: info.qualified, certificate: certificate.qualified },
        valid_until: ends.min().unwrap_or(certificate.not_after),
    }
}

/// SHA-256 of a certificate in hex, as [`Verdict::root_fingerprint`] writes it.
#[must_use]
pub fn fingerprint(certificate: &[u8]) -> String {
    Digest::Sha256.of(certificate).iter().map(|byte| format!("{byte:02x}")).collect()
}
