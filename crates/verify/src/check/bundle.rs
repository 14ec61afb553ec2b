//! The whole bundle: container, bag, signature, then the log, then each item.
//!
//! Keeps: nothing inside a container that isn't strict is believed. Does not know: how an item is rebuilt.

use super::ahead::Ahead;
use super::facts::{Files, Open};
use super::{chain, item, log, time, witness};
use crate::bag::{self, BagError, Summed};
use crate::statement::{STATEMENT_BYTES_MAX, Statement, StatementError};
use crate::verdict::{Finding, SIGNER_PINNED, Status, Verdict};
use crate::zip;
use casemate_proof::note::WitnessKey;
use casemate_proof::{PublicKey, sshsig};
use std::io::{Read, Seek};

/// Namespace of the bundle's signature.
pub const DISCLOSURE_NAMESPACE: &str = "disclosure@casemate";
/// Findings on the bundle that stand in every verdict, in their order.
const IN_EVERY_VERDICT: [&str; 3] = ["manifest", "signature", SIGNER_PINNED];
const SIGNATURE_BYTES_MAX: u64 = 4096;

/// What the person who verifies knows from elsewhere.
#[derive(Clone, Debug, Default)]
pub struct Pins {
    /// Keys (disclosure or owner) that may stand behind the bundle: 64 hex digits each.
    pub signers: Vec<String>,
    /// Keys of the verifier's own: where no signer is asked for, one of them is proven and any other is not checked.
    pub own: Vec<String>,
    /// Roots of time-stamping authorities, certificates in DER.
    pub roots: Vec<Vec<u8>>,
    /// Keys of witnesses that are trusted.
    pub witnesses: Vec<WitnessKey>,
}

#[derive(Debug, thiserror::Error)]
enum SignatureError {
    #[error(transparent)]
    Bag(#[from] BagError),
    #[error(transparent)]
    Statement(#[from] StatementError),
    #[error("the signature file is not text")]
    Text,
    #[error(transparent)]
    Signature(#[from] sshsig::SshsigError),
}

/// Verifies a bundle. `open` is called for each reader that is needed at the same time, and on a second thread.
///
/// # Errors
/// When the file can't be opened; whatever is wrong with it is a finding.
pub fn verify_bundle<R: Read + Seek>(open: &Open<'_, R>, pins: &Pins) -> std::io::Result<Verdict> {
    let mut source = open()?;
    let mut verdict = Verdict::default();
    match zip::Directory::read(&mut source) {
        Ok(directory) => verify_container(&directory, open, &mut source, pins, &mut verdict),
        Err(cause) => verdict.add(Finding::from_result("zip-strict", &Err::<(), _>(cause))),
    }
    // What could not be looked at, because an earlier check failed, is said to be so.
    for id in IN_EVERY_VERDICT {
        if verdict.with_id(id).next().is_none() {
            verdict.add(Finding::new(id, Status::NotChecked));
        }
    }
    if verdict.with_id("time").next().is_none() {
        verdict.add(Finding::new("time", Status::NotChecked));
    }
    for id in ["freshness", "content"] {
        verdict.add(Finding::new(id, Status::NotChecked));
    }
    Ok(verdict)
}

fn verify_container<R: Read + Seek>(
    directory: &zip::Directory,
    open: &Open<'_, R>,
    source: &mut R,
    pins: &Pins,
    verdict: &mut Verdict,
) {
    std::thread::scope(|scope| {
        let ahead = directory.claimed().map(|archive| Ahead::start(scope, archive, open));
        let summed = Summed::compare(directory, source);
        verdict.add(Finding::from_result("zip-strict", &summed));
        if let Ok(summed) = summed {
            verify_bag(&summed, ahead.as_ref(), open, source, pins, verdict);
        }
    });
}

fn verify_bag<R: Read + Seek>(
    summed: &Summed<'_>,
    ahead: Option<&Ahead<'_>>,
    open: &Open<'_, R>,
    source: &mut R,
    pins: &Pins,
    verdict: &mut Verdict,
) {
    let files = &Files { archive: summed.archive(), open };
    let manifest = bag::check(summed, source);
    let Ok(signed) = manifest else {
        verdict.add(Finding::from_result("manifest", &manifest));
        return;
    };
    let statement = statement(files, source);
    let exact = statement.as_ref().map_or(Ok(()), |s| bag::exactly(files.archive, s));
    verdict.add(Finding::from_result("manifest", &exact));
    let statement = statement.and_then(|s| signature(files, source, &signed, &s).map(|()| s));
    let finding = Finding::from_result("signature", &statement);
    let Ok(statement) = statement else {
        verdict.add(finding);
        return;
    };
    verdict.add(
        finding
            .fact("key", bag::hex(statement.key.as_bytes()))
            .fact("date", &statement.date)
            .fact("profile", &statement.profile),
    );
    let log = (statement.profile != "press").then(|| log::read(files, &statement));
    let lane = log.as_ref().and_then(|l| l.as_ref().ok());
    verdict.add(pinned(pins, &statement, lane));
    if statement.narrowed.is_some() {
        verdict.add(owner_pinned(pins, lane));
    }
    if let Some(log) = &log {
        log::findings(files, log, verdict);
    }
    let chain = chain::findings(files, &statement, lane, verdict);
    for each in &statement.items {
        item::verify(files, ahead, &statement, each, lane, chain.as_ref(), verdict);
    }
    let items: Vec<u64> = statement.items.iter().map(|item| item.number).collect();
    time::findings(files, lane, &items, &pins.roots, verdict);
    witness::findings(files, lane, items.len(), &pins.witnesses, verdict);
}

fn statement<R: Read + Seek>(files: &Files<'_, R>, source: &mut R) -> Result<Statement, SignatureError> {
    Ok(Statement::decode(&bag::small(files.archive, source, "disclosure.cbor", STATEMENT_BYTES_MAX)?)?)
}

fn signature<R: Read + Seek>(
    files: &Files<'_, R>,
    source: &mut R,
    signed: &[u8],
    statement: &Statement,
) -> Result<(), SignatureError> {
    let armoured = bag::small(files.archive, source, bag::SIGNATURE, SIGNATURE_BYTES_MAX)?;
    let armoured = std::str::from_utf8(&armoured).map_err(|_| SignatureError::Text)?;
    Ok(sshsig::verify(DISCLOSURE_NAMESPACE, signed, &statement.key, armoured)?)
}

/// Whether a key is one of those given.
fn is_among(keys: &[String], key: &PublicKey) -> bool {
    keys.iter().any(|given| given.eq_ignore_ascii_case(&bag::hex(key.as_bytes())))
}

/// The keys that are looked for: those of others that were given, else the verifier's own.
fn expected(pins: &Pins) -> &[String] {
    if pins.signers.is_empty() { &pins.own } else { &pins.signers }
}

/// Whether the case behind a bundle is expected: its owner, or the key that they granted.
fn is_of_expected_case(pins: &Pins, lane: &log::Lane) -> bool {
    [&lane.owner, &lane.disclosure].into_iter().any(|key| is_among(expected(pins), key))
}

fn pinned(pins: &Pins, statement: &Statement, lane: Option<&log::Lane>) -> Finding {
    let of_case = lane.is_some_and(|lane| is_of_expected_case(pins, lane));
    // Whoever expects the case has not said who may pass its bundles on.
    let is_passed_on = statement.narrowed.is_some();
    let status = if is_among(expected(pins), &statement.key) || (of_case && !is_passed_on) {
        Status::Proven
    } else if pins.signers.is_empty() || of_case {
        Status::NotChecked
    } else {
        Status::Failed
    };
    Finding::new(SIGNER_PINNED, status).fact("key", bag::hex(statement.key.as_bytes()))
}

/// Of a bundle that was passed on: whether the case behind it is the one that is expected.
fn owner_pinned(pins: &Pins, lane: Option<&log::Lane>) -> Finding {
    let Some(lane) = lane else { return Finding::new("owner-pinned", Status::NotChecked) };
    let status = if is_of_expected_case(pins, lane) { Status::Proven } else { Status::NotChecked };
    Finding::new("owner-pinned", status).fact("key", bag::hex(lane.owner.as_bytes()))
}
