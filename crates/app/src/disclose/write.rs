//! Writing the bundle: through the last look for names, into a file without a name, and verified there.
//!
//! Keeps: what is answered holds, and has no name that was forbidden. Does not know: what is in it.

use crate::unnamed::Unnamed;
use crate::{AppError, Watch};
use casemate_bundle::audit::Forbidden;
use casemate_bundle::material::Material;
use casemate_bundle::{BundleError, Packed, pack};
use casemate_verify::{Pins, Verdict, verify_bundle, zip};
use std::io::{BufWriter, Read};
use std::path::Path;

/// Bytes that are scanned at once: many times the longest name.
const SCAN_BYTES: usize = 256 * 1024;
/// Longest entry that is read to say where a name stood.
const NAMED_ENTRY_MAX: u64 = 64 << 20;

/// A bundle that is written and verified, and has not got its name.
pub(super) struct Written {
    pub file: Unnamed,
    pub packed: Packed,
    pub verdict: Verdict,
}

/// Packs, scans, verifies.
pub(super) fn write(
    material: &Material<'_>,
    forbidden: &Forbidden,
    destination: &Path,
    watch: &Watch<'_>,
) -> Result<Written, AppError> {
    let file = Unnamed::new(destination)?;
    let packed = fill(&file, material, forbidden, watch)?;
    let verdict = check(&file, &packed).map_err(|error| file.ended(watch).unwrap_or(error))?;
    Ok(Written { file, packed, verdict })
}

fn fill(file: &Unnamed, material: &Material<'_>, forbidden: &Forbidden, watch: &Watch<'_>) -> Result<Packed, AppError> {
    let failed = |cause: BundleError| file.ended(watch).unwrap_or_else(|| cause.into());
    let out = BufWriter::with_capacity(SCAN_BYTES, forbidden.scan(file.writer(watch)));
    let (packed, out) = pack(material, out).map_err(failed)?;
    let scanner = out.into_inner().map_err(|e| failed(e.into_error().into()))?;
    match scanner.finish() {
        (None, _) => Ok(packed),
        (Some(form), _) => Err(BundleError::NameInside { file: where_found(file, forbidden), form }.into()),
    }
}

/// The entry that holds a name; empty if it is in none of them alone.
fn where_found(file: &Unnamed, forbidden: &Forbidden) -> String {
    let look = || -> Option<String> {
        let mut file = file.opener()().ok()?;
        let archive = zip::read(&mut file).ok()?;
        archive.entries().iter().find_map(|entry| {
            let mut bytes = Vec::new();
            archive.open(&mut file, entry).ok()?.take(NAMED_ENTRY_MAX).read_to_end(&mut bytes).ok()?;
            forbidden.find(&bytes).map(|_| entry.name.clone())
        })
    };
    look().unwrap_or_default()
}

/// The bundle as the recipient will verify it.
fn check(file: &Unnamed, packed: &Packed) -> Result<Verdict, AppError> {
    let pins = Pins { signers: vec![packed.signer.clone()], ..Pins::default() };
    let verdict = verify_bundle(&file.opener(), &pins).map_err(BundleError::from)?;
    if !verdict.failed() {
        return Ok(verdict);
    }
    let failed = verdict.findings.iter().filter(|f| f.status == casemate_verify::Status::Failed);
    let name = |f: &casemate_verify::Finding| match f.item {
        Some(item) => format!("{} (item {item})", f.id),
        None => f.id.to_owned(),
    };
    Err(AppError::SelfCheck(failed.map(name).collect()))
}
