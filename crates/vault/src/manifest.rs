//! `casemate.toml`: the version of the format and the case's id; nothing secret.
//!
//! Keeps: it is written last when a case is made, so a folder with it holds a whole case.
//! Deliberately does not know: keys.

use casemate_ports::store::CaseStore;
use casemate_proof::CaseId;

use crate::VaultError;
use crate::places;

/// Version of the case folder that this program writes, and the newest it reads.
pub(crate) const FORMAT: u64 = 1;

pub(crate) fn write(store: &dyn CaseStore, case: &CaseId) -> Result<(), VaultError> {
    let text = format!("format = {FORMAT}\ncase = \"{case}\"\n");
    Ok(store.replace(&places::manifest()?, text.as_bytes())?)
}

pub(crate) fn read(store: &dyn CaseStore) -> Result<CaseId, VaultError> {
    let name = places::manifest()?;
    let bytes = store.small(&name).map_err(|e| if e.is_missing() { VaultError::NoCase } else { e.into() })?;
    let text = std::str::from_utf8(&bytes).map_err(|_| VaultError::damaged(&name, "not text"))?;
    let value = |key: &str| {
        let mut lines = text.lines().filter_map(|line| line.split_once('='));
        lines.find_map(|(name, value)| (name.trim() == key).then(|| value.trim()))
    };
    let format = value("format").and_then(|v| v.parse().ok()).ok_or_else(|| VaultError::damaged(&name, "no format"))?;
    if format != FORMAT {
        return Err(VaultError::Version { what: name.to_string(), found: format, known: FORMAT });
    }
    let case = value("case").and_then(|v| v.strip_prefix('"')?.strip_suffix('"')?.parse().ok());
    case.ok_or_else(|| VaultError::damaged(&name, "no case id"))
}
