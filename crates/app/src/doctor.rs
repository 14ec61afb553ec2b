//! Doctor: what of this machine's surroundings holds, and what could not be checked.
//!
//! Keeps: what can't be found out reads *not checked*, never "ok". Does not know: what to advise (the shell says it), where
//! the programs and the case lie (arguments).

use crate::Tools;
use crate::fact::Fact;
use casemate_media::{Program, fences};
use casemate_words::Language;
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Stable id, listed in `docs/errors.md`.
    pub id: String,
    /// What it came to.
    pub status: Health,
    /// What was found.
    pub fact: Fact,
}

impl Serialize for Check {
    /// With `detail`, the fact in English, for whoever reads no ids.
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut check = to.serialize_struct("Check", 4)?;
        check.serialize_field("id", &self.id)?;
        check.serialize_field("status", &self.status)?;
        check.serialize_field("fact", &self.fact)?;
        check.serialize_field("detail", &self.fact.words(Language::En))?;
        check.end()
    }
}

/// A file of a model, and the sum it should have.
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
    /// Facts on where the case lies, by the check's id, already judged to be warnings; empty for a plain local folder.
    pub surroundings: &'a [(&'static str, Fact)],
    /// Whether the surroundings were looked at.
    pub surroundings_checked: bool,
    /// Files of the models that are there.
    pub model: &'a [ModelFile],
    /// Of the open case: pages of keys that are locked in memory, and all of them.
    pub locked_pages: Option<(u64, u64)>,
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
        out.push(check("model", Health::NotChecked, Fact::plain("model-none")));
    }
    if request.tools.meaning.is_none() {
        out.push(check("meaning", Health::Warning, Fact::plain("meaning-none")));
    }
    out.push(memory(request.locked_pages));
    out.push(swap());
    out.push(core_dumps());
    out.extend(request.surroundings.iter().map(|(id, fact)| check(*id, Health::Warning, fact.clone())));
    if request.surroundings.is_empty() {
        let (status, found) = match request.surroundings_checked {
            true => (Health::Ok, "folder-plain"),
            false => (Health::NotChecked, "folder-not-looked"),
        };
        out.push(check("case-folder", status, Fact::plain(found)));
    }
    out.push(clock(request.now_ms, request.made_ms));
    out
}

fn check(id: impl Into<String>, status: Health, fact: Fact) -> Check {
    Check { id: id.into(), status, fact }
}

/// A program, and the fences that it can raise here.
fn program(id: &str, program: Option<&Program>, out: &mut Vec<Check>) {
    let Some(program) = program else {
        out.push(check(id, Health::Warning, Fact::plain("program-missing")));
        return;
    };
    match fences(program) {
        Err(cause) => out.push(check(id, Health::Warning, Fact::plain("cause").with("cause", cause.to_string()))),
        Ok(fences) => {
            out.push(check(id, Health::Ok, Fact::plain("program-answers")));
            out.extend(fences.into_iter().map(|fence| {
                let status = if fence.granted { Health::Ok } else { Health::Warning };
                let cause = if fence.granted { String::new() } else { fence.detail };
                let fact = Fact::plain("fence")
                    .with("fence", fence.name.as_str())
                    .with("need", if fence.required { "required" } else { "asked" })
                    .with("granted", if fence.granted { "yes" } else { "no" })
                    .with("cause", cause);
                check(format!("{id}-fence-{}", fence.name), status, fact)
            }));
        }
    }
}

/// A file of a model, read whole.
pub(crate) fn model(file: &ModelFile) -> Check {
    let name = file.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let of = |id| Fact::plain(id).with("file", name.as_str());
    let sum = std::fs::File::open(&file.path).and_then(|mut f| casemate_verify::bag::sha256(&mut f));
    match sum {
        Err(cause) => check("model", Health::Warning, of("model-unreadable").with("cause", cause.to_string())),
        Ok(sum) if casemate_verify::bag::hex(&sum).eq_ignore_ascii_case(&file.sha256) => {
            check("model", Health::Ok, of("model-pinned"))
        }
        Ok(_) => check("model", Health::Warning, of("model-other")),
    }
}

fn memory(pages: Option<(u64, u64)>) -> Check {
    let id = "keys-locked";
    match pages {
        None => check(id, Health::NotChecked, Fact::plain("locked-none")),
        Some((locked, all)) if locked >= all => check(id, Health::Ok, Fact::plain("locked-all").with("count", locked)),
        Some((locked, all)) => {
            check(id, Health::Warning, Fact::plain("locked-part").with("locked", locked).with("count", all))
        }
    }
}

/// Swap: none, encrypted by device-mapper (dm-crypt), in memory (zram), or open.
fn swap() -> Check {
    let id = "swap";
    let Ok(swaps) = std::fs::read_to_string("/proc/swaps") else {
        return check(id, Health::NotChecked, Fact::plain("unsaid"));
    };
    let devices = swap_devices(&swaps);
    if devices.is_empty() {
        return check(id, Health::Ok, Fact::plain("swap-none"));
    }
    for device in &devices {
        match swap_kind(device) {
            Some(true) => {}
            Some(false) => return check(id, Health::Warning, Fact::plain("swap-open").with("device", device.as_str())),
            None => {
                return check(id, Health::NotChecked, Fact::plain("swap-untold").with("device", device.as_str()));
            }
        }
    }
    check(id, Health::Ok, Fact::plain("swap-safe"))
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
        return check(id, Health::NotChecked, Fact::plain("unsaid"));
    };
    match core_limit(&limits) {
        Some(limit) if limit == "0" => check(id, Health::Ok, Fact::plain("core-none")),
        Some(limit) => check(id, Health::Warning, Fact::plain("core-limit").with("limit", limit)),
        None => check(id, Health::NotChecked, Fact::plain("unsaid")),
    }
}

/// The soft limit of "Max core file size".
fn core_limit(limits: &str) -> Option<String> {
    let line = limits.lines().find_map(|l| l.strip_prefix("Max core file size"))?;
    line.split_whitespace().next().map(str::to_owned)
}

fn clock(now_ms: u64, made_ms: u64) -> Check {
    let fact = |id| Fact::plain(id).with("time", crate::clock::rfc3339(now_ms));
    if now_ms < made_ms {
        return check("clock", Health::Warning, fact("clock-before"));
    }
    check("clock", Health::NotChecked, fact("clock-word"))
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
        let tools = Tools { worker: None, pictures: None, speech: None, jobs: 1, threads: 1, meaning: None };
        let request = DoctorRequest {
            tools: &tools,
            surroundings: &[],
            surroundings_checked: false,
            model: &[],
            locked_pages: None,
            now_ms: 5,
            made_ms: 9,
        };
        let found = doctor(&request);
        let of = |id: &str| found.iter().find(|c| c.id == id).map(|c| c.status);
        assert_eq!(of("program-worker"), Some(Health::Warning));
        assert_eq!(of("model"), Some(Health::NotChecked));
        assert_eq!(of("meaning"), Some(Health::Warning));
        assert_eq!(of("keys-locked"), Some(Health::NotChecked));
        assert_eq!(of("case-folder"), Some(Health::NotChecked));
        assert_eq!(of("clock"), Some(Health::Warning));
    }

    #[test]
    fn the_keys_of_an_open_case_are_counted_and_each_fact_has_its_words() {
        let tools = Tools { worker: None, pictures: None, speech: None, jobs: 1, threads: 1, meaning: None };
        let network = [("case-folder-network", Fact::plain("folder-network"))];
        for (pages, health) in [(Some((6, 6)), Health::Ok), (Some((4, 6)), Health::Warning), (None, Health::NotChecked)]
        {
            let found = doctor(&DoctorRequest {
                tools: &tools,
                surroundings: &network,
                surroundings_checked: true,
                model: &[ModelFile { path: "no/such/encoder.onnx".into(), sha256: String::new() }],
                locked_pages: pages,
                now_ms: 9,
                made_ms: 5,
            });
            assert_eq!(found.iter().find(|c| c.id == "keys-locked").map(|c| c.status), Some(health));
            for language in Language::ALL {
                let words = found.iter().map(|c| c.fact.words(language));
                assert_eq!(words.filter(|w| w.starts_with('[')).count(), 0, "{language:?}");
            }
        }
    }
}
