//! The whole bundle: container, bag, signature, then the log, then each item.
//!
//! Keeps: nothing inside a container that isn't strict is read. Does not know: how an item is rebuilt.

use super::facts::Files;
use super::{item, log, time};
use crate::bag::{self, BagError};
use crate::statement::{STATEMENT_BYTES_MAX, Statement, StatementError};
use crate::verdict::{Finding, SIGNER_PINNED, Status, Verdict};
use crate::zip;
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

/// Verifies a bundle. `open` is called for each reader that is needed at the same time.
///
/// # Errors
/// When the file can't be opened; whatever is wrong with it is a finding.
pub fn verify_bundle<R: Read + Seek>(open: &dyn Fn() -> std::io::Result<R>, pins: &Pins) -> std::io::Result<Verdict> {
    let mut source = open()?;
    let mut verdict = Verdict::default();
    let archive = zip::read(&mut source);
    verdict.add(Finding::from_result("zip-strict", &archive));
    if let Ok(archive) = archive {
        let files = Files { archive: &archive, open };
        verify_bag(&files, &mut source, pins, &mut verdict);
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

fn verify_bag<R: Read + Seek>(files: &Files<'_, R>, source: &mut R, pins: &Pins, verdict: &mut Verdict) {
    let manifest = bag::check(files.archive, source);
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
    let owner = log.as_ref().and_then(|l| l.as_ref().ok()).map(|l| l.owner);
    verdict.add(pinned(pins, &statement.key, owner.as_ref()));
    if let Some(log) = &log {
        log::findings(files, log, verdict);
    }
    let lane = log.as_ref().and_then(|l| l.as_ref().ok());
    for each in &statement.items {
        item::verify(files, &statement, each, lane, verdict);
    }
    let items: Vec<u64> = statement.items.iter().map(|item| item.number).collect();
    time::findings(files, lane, &items, &pins.roots, verdict);
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

fn pinned(pins: &Pins, key: &PublicKey, owner: Option<&PublicKey>) -> Finding {
    let (keys, otherwise) = match pins.signers.as_slice() {
        [] => (&pins.own, Status::NotChecked),
        _ => (&pins.signers, Status::Failed),
    };
    let known = |k: &PublicKey| keys.iter().any(|s| s.eq_ignore_ascii_case(&bag::hex(k.as_bytes())));
    let status = if known(key) || owner.is_some_and(known) { Status::Proven } else { otherwise };
    Finding::new(SIGNER_PINNED, status).fact("key", bag::hex(key.as_bytes()))
}
