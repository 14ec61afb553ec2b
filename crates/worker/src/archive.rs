//! Archives: their files are handed over, each to be sealed and read for itself.
//!
//! Keeps: what is handed over is bounded in number and bytes; names are labels, never paths. Does not know: what a file is.

use casemate_ports::reading::{Kind, Severity};

use crate::out::{Out, Read, about};
use crate::package::Package;

/// Hands over the files of a ZIP.
pub fn read_zip(mut package: Package, out: &mut Out) -> Read {
    let names = package.names();
    out.about(about(Kind::Other, "application/zip", vec![("files".to_owned(), names.len().to_string())]))?;
    let (mut locked, mut missed) = (0usize, 0usize);
    for name in &names {
        match package.read(name) {
            Ok(bytes) => out.part(name, "application/octet-stream", &bytes)?,
            Err(crate::package::Fault::Encrypted) => locked += 1,
            Err(crate::package::Fault::TooMuch) => {
                return out.finding("too-much", Severity::Partial, "more bytes than are unpacked; the rest was left");
            }
            Err(_) => missed += 1,
        }
    }
    if locked > 0 {
        let severity = if locked == names.len() { Severity::Unread } else { Severity::Partial };
        out.finding("encrypted", severity, &format!("{locked} of {} files need a password", names.len()))?;
    }
    if missed > 0 {
        out.finding("part-unread", Severity::Partial, &format!("{missed} of {} files can't be unpacked", names.len()))?;
    }
    if package.is_cut() {
        out.finding("too-much", Severity::Partial, "more files than are unpacked; the rest was left")?;
    }
    Ok(())
}
