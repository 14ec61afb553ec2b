//! Doctor: what of this machine's surroundings holds, and what could not be checked.
//!
//! Keeps: what can't be found out reads *not checked*, never "ok". Does not know: what to advise (the shell says it), where
//! the programs and the case lie (arguments).

use crate::{Session, Tools};
use casemate_media::{Program, fences};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// What a check came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Health {
    /// It holds.
    Ok,
    /// It does not hold; the work goes on.
    Warning,
    /// It could not be, or was not, checked.
    NotChecked,
}

/// One line of the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// Stable id, listed in `docs/errors.md`.
    pub id: String,
    /// What it came to.
    pub status: Health,
    /// Facts in English.
    pub detail: String,
}

/// A file of the speech model, and the sum it should have.
#[derive(Clone, Debug)]
pub struct ModelFile {
    /// The file.
    pub path: PathBuf,
    /// SHA-256 in hex that it should have.
    pub sha256: String,
}

/// What the caller knows.
pub struct DoctorRequest<'a> {
    /// The programs beside this one.
    pub tools: &'a Tools,
    /// Facts on where the case lies: (id, detail), already judged to be warnings; empty for a plain local folder.
    pub surroundings: &'a [(String, String)],
    /// Whether the surroundings were looked at.
    pub surroundings_checked: bool,
    /// Files of the speech model.
    pub model: &'a [ModelFile],
    /// The open case, for its locked memory.
    pub session: Option<&'a Session>,
    /// Milliseconds since 1970 by this machine's clock.
    pub now_ms: u64,
    /// Milliseconds since 1970 before which the clock can't be right: when this program was made.
    pub made_ms: u64,
}

/// Looks at everything.
#[must_use]
pub fn doctor(request: &DoctorRequest<'_>) -> Vec<Check> {
    let mut out = Vec::new();
    program("program-worker", request.tools.worker.as_ref(), &mut out);
    program("program-speech", request.tools.speech.as_ref(), &mut out);
    out.extend(request.model.iter().map(model));
    if request.model.is_empty() {
        out.push(check("model", Health::NotChecked, "no model was named"));
    }
    out.push(memory(request.session));
    out.push(swap());
    out.push(core_dumps());
    out.extend(request.surroundings.iter().map(|(id, detail)| check(id, Health::Warning, detail)));
    if request.surroundings.is_empty() {
        let status = if request.surroundings_checked { Health::Ok } else { Health::NotChecked };
        out.push(check("case-folder", status, "no network, no synchronised folder was found"));
    }
    out.push(clock(request.now_ms, request.made_ms));
    out
}

fn check(id: impl Into<String>, status: Health, detail: impl Into<String>) -> Check {
    Check { id: id.into(), status, detail: detail.into() }
}

/// A program, and the fences that it can raise here.
fn program(id: &str, program: Option<&Program>, out: &mut Vec<Check>) {
    let Some(program) = program else {
        out.push(check(id, Health::Warning, "it is not beside this program"));
        return;
    };
    match fences(program) {
        Err(cause) => out.push(check(id, Health::Warning, cause.to_string())),
        Ok(fences) => {
            out.push(check(id, Health::Ok, "it answers"));
            out.extend(fences.into_iter().map(|fence| {
                let status = if fence.granted { Health::Ok } else { Health::Warning };
                let need = if fence.required { "required" } else { "where granted" };
                check(format!("{id}-fence-{}", fence.name), status, format!("{need}: {}", fence.detail))
            }));
        }
    }
}

/// A file of a model, read whole.
pub(crate) fn model(file: &ModelFile) -> Check {
    let name = file.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let sum = std::fs::File::open(&file.path).and_then(|mut f| casemate_verify::bag::sha256(&mut f));
    match sum {
        Err(cause) => check("model", Health::Warning, format!("{name}: {cause}")),
        Ok(sum) if casemate_verify::bag::hex(&sum).eq_ignore_ascii_case(&file.sha256) => {
            check("model", Health::Ok, format!("{name}: as pinned"))
        }
        Ok(_) => check("model", Health::Warning, format!("{name}: another SHA-256 than the one pinned")),
    }
}

fn memory(session: Option<&Session>) -> Check {
    let id = "keys-locked";
    match session.map(|s| s.vault().locked_pages()) {
        None => check(id, Health::NotChecked, "no case is open"),
        Some((locked, all)) if locked >= all => check(id, Health::Ok, format!("{locked} pages of keys are locked")),
        Some((locked, all)) => {
            check(id, Health::Warning, format!("{locked} of {all} pages of keys are locked; the others may be swapped"))
        }
    }
}

/// Swap: none, encrypted by device-mapper (dm-crypt), in memory (zram), or open.
fn swap() -> Check {
    let id = "swap";
    let Ok(swaps) = std::fs::read_to_string("/proc/swaps") else {
        return check(id, Health::NotChecked, "this system does not say");
    };
    let devices = swap_devices(&swaps);
    if devices.is_empty() {
        return check(id, Health::Ok, "no swap is in use");
    }
    for device in &devices {
        match swap_kind(device) {
            Some(true) => {}
            Some(false) => return check(id, Health::Warning, format!("{device} is not encrypted")),
            None => return check(id, Health::NotChecked, format!("{device}: whether it is encrypted can't be told")),
        }
    }
    check(id, Health::Ok, "all swap is encrypted or in memory")
}

/// The first column of `/proc/swaps`, without its heading.
fn swap_devices(swaps: &str) -> Vec<String> {
    swaps.lines().skip(1).filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

/// Whether a swap device is safe; `None` where it can't be told.
fn swap_kind(device: &str) -> Option<bool> {
    let real = std::fs::canonicalize(device).ok()?;
    let name = real.file_name()?.to_str()?.to_owned();
    if name.starts_with("zram") {
        return Some(true);
    }
    if name.starts_with("dm-") {
        let uuid = std::fs::read_to_string(Path::new("/sys/block").join(&name).join("dm/uuid")).ok()?;
        // A volume of another kind may lie on an encrypted one: that isn't looked into.
        return if uuid.starts_with("CRYPT-") { Some(true) } else { None };
    }
    // A file may lie on an encrypted file system; a bare partition does not.
    if real.starts_with("/dev") { Some(false) } else { None }
}

/// Whether a crash would write memory to disk.
fn core_dumps() -> Check {
    let id = "core-dumps";
    let Ok(limits) = std::fs::read_to_string("/proc/self/limits") else {
        return check(id, Health::NotChecked, "this system does not say");
    };
    match core_limit(&limits) {
        Some(limit) if limit == "0" => check(id, Health::Ok, "this process writes none"),
        Some(limit) => check(id, Health::Warning, format!("a crash may write memory to disk, limit {limit}")),
        None => check(id, Health::NotChecked, "this system does not say"),
    }
}

/// The soft limit of "Max core file size".
fn core_limit(limits: &str) -> Option<String> {
    let line = limits.lines().find_map(|l| l.strip_prefix("Max core file size"))?;
    line.split_whitespace().next().map(str::to_owned)
}

fn clock(now_ms: u64, made_ms: u64) -> Check {
    if now_ms < made_ms {
        let detail = format!("{} is before this program was made", crate::clock::rfc3339(now_ms));
        return check("clock", Health::Warning, detail);
    }
    let detail = format!("{}: this machine's word, compared with nothing", crate::clock::rfc3339(now_ms));
    check("clock", Health::NotChecked, detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernel_tables_are_read() {
        let swaps = "Filename\tType\tSize\tUsed\tPriority\n/dev/dm-1 partition 8388604 0 -2\n/swapfile file 1 0 -3\n";
        assert_eq!(swap_devices(swaps), ["/dev/dm-1", "/swapfile"]);
        assert!(swap_devices("Filename\tType\n").is_empty());
        let limits = "Limit  Soft Limit  Hard Limit  Units\nMax core file size        0       unlimited   bytes\n";
        assert_eq!(core_limit(limits).as_deref(), Some("0"));
        assert_eq!(core_limit("nothing"), None);
        assert_eq!(swap_kind("/no/such/device"), None);
    }

    #[test]
    fn what_was_not_looked_at_is_not_ok() {
        let tools = Tools { worker: None, speech: None, jobs: 1, threads: 1 };
        let request = DoctorRequest {
            tools: &tools,
            surroundings: &[],
            surroundings_checked: false,
            model: &[],
            session: None,
            now_ms: 5,
            made_ms: 9,
        };
        let found = doctor(&request);
        let of = |id: &str| found.iter().find(|c| c.id == id).map(|c| c.status);
        assert_eq!(of("program-worker"), Some(Health::Warning));
        assert_eq!(of("model"), Some(Health::NotChecked));
        assert_eq!(of("keys-locked"), Some(Health::NotChecked));
        assert_eq!(of("case-folder"), Some(Health::NotChecked));
        assert_eq!(of("clock"), Some(Health::Warning));
    }
}
