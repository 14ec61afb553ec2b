//! `casemate doctor`: this machine and the case's place.
//!
//! Keeps: what can't be found out reads *not checked*. Does not know: how a thing is found out.

use super::wording;
use crate::desk::{Desk, Engine};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::screen::Table;
use crate::{secret, whereabouts};
use casemate_app::doctor::{self, Check, DoctorRequest, Health, ModelFile};
use casemate_app::fact::Fact;
use casemate_app::settings::InstalledModel;
use casemate_app::{Session, Tools};
use casemate_store_local::{Surroundings, surroundings};
use casemate_vault::Access;
use casemate_words::{Language, message};
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

const AFTER: &str = "\
Examples:
  casemate doctor
  casemate doctor --json | jq '.checks[] | select(.status != \"ok\")'

With a case at hand and its passphrase in a file, it also looks at the memory that holds the keys.";

/// The year of this version: a clock that says less is wrong. Milliseconds since 1970.
const MADE_MS: u64 = 1_735_689_600_000;
/// Longest manifest of a model, bytes.
const MANIFEST_MAX: u64 = 1 << 20;

/// Check this machine and the case's place.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub struct Doctor {
    #[command(flatten)]
    engine: Engine,
}

#[derive(Serialize)]
struct Answer {
    checks: Vec<Check>,
}

/// A model's manifest, as far as it is needed here.
#[derive(Deserialize)]
struct Manifest {
    #[serde(default)]
    name: String,
    #[serde(default)]
    version: String,
    #[serde(default)]
    licence: String,
    #[serde(default)]
    languages: Vec<String>,
    #[serde(default)]
    draft: Vec<String>,
    #[serde(default)]
    file: Vec<Pinned>,
}

#[derive(Deserialize)]
struct Pinned {
    name: String,
    sha256: String,
}

impl Doctor {
    /// Does it.
    ///
    /// # Errors
    /// The answer can't be written.
    pub fn run(&self, desk: &Desk) -> Result<Exit, Failure> {
        let tools = self.engine.tools();
        let root = desk.case().ok();
        let session = match (&root, desk.passphrase_file()) {
            (Some(root), Some(_)) => Some(desk.open(root, Access::Read, tools.clone())?),
            _ => None,
        };
        let checks = checks(&tools, root.as_deref(), session.as_ref().map(locked_pages));
        let worst = checks.iter().any(|c| c.status == Health::Warning && c.id.starts_with("program-worker"));
        desk.answer(&Answer { checks: checks.clone() }, || text(&checks, desk.language()))?;
        Ok(if worst { Exit::Refused } else { Exit::Done })
    }
}

/// Pages of an open case's keys that are locked in memory, and all of them.
pub fn locked_pages(session: &Session) -> (u64, u64) {
    let (locked, all) = session.vault().locked_pages();
    (locked as u64, all as u64)
}

/// Everything looked at; `locked` are the pages of the open case's keys.
pub fn checks(tools: &Tools, root: Option<&Path>, locked: Option<(u64, u64)>) -> Vec<Check> {
    let found = root.map(surroundings);
    let fact = |s: &Surroundings| match s {
        Surroundings::Network => Some(("case-folder-network", Fact::plain("folder-network"))),
        Surroundings::Synced => Some(("case-folder-synced", Fact::plain("folder-synced"))),
        Surroundings::Volatile => Some(("case-folder-volatile", Fact::plain("folder-volatile"))),
        _ => None,
    };
    let facts: Vec<(&'static str, Fact)> = found.iter().flatten().filter_map(fact).collect();
    let looked = found.as_ref().is_some_and(|all| !all.contains(&Surroundings::NotChecked));
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| u64::try_from(d.as_millis()).unwrap_or(0));
    doctor::doctor(&DoctorRequest {
        tools,
        surroundings: &facts,
        surroundings_checked: looked,
        model: &models(tools),
        locked_pages: locked,
        now_ms: now,
        made_ms: MADE_MS,
    })
}

/// The files that the manifests beside the models name.
fn models(tools: &Tools) -> Vec<ModelFile> {
    installed(tools).into_iter().flat_map(|m| m.files).collect()
}

/// The models that are used, by their manifests.
pub fn installed(tools: &Tools) -> Vec<InstalledModel> {
    let mut out = Vec::new();
    for folder in whereabouts::model_folders(tools) {
        let path = folder.join("MANIFEST.toml");
        let Ok(text) = secret::small_text(&path, MANIFEST_MAX) else { continue };
        let Ok(m) = toml::from_str::<Manifest>(&text) else { continue };
        let Manifest { name, version, licence, languages, draft, file } = m;
        let pinned = |f: Pinned| ModelFile { path: folder.join(f.name), sha256: f.sha256 };
        let files = file.into_iter().map(pinned).collect();
        out.push(InstalledModel { name, version, licence, languages, draft, files });
    }
    out
}

fn text(checks: &[Check], language: Language) -> String {
    let mut table = Table::default()
        .column(message(language, "cli-column-outcome", &[]), false)
        .column(message(language, "cli-column-finding", &[]), false)
        .column(message(language, "cli-column-facts", &[]), false);
    for c in checks {
        let outcome = match c.status {
            Health::Ok => message(language, "cli-doctor-ok", &[]),
            Health::Warning => message(language, "cli-doctor-warning", &[]),
            Health::NotChecked => message(language, "outcome-not-checked", &[]),
        };
        table.row([outcome, wording::check(language, &c.id), c.fact.words(language)]);
    }
    let mut out = table.text();
    let mut advice: Vec<String> = Vec::new();
    for c in checks.iter().filter(|c| c.status == Health::Warning) {
        advice.extend(wording::cure(language, &c.id).filter(|words| !advice.contains(words)));
    }
    if !advice.is_empty() {
        out.push_str(&format!("\n{}\n", message(language, "cli-what-to-do", &[])));
        advice.iter().for_each(|words| out.push_str(&format!("  - {words}\n")));
    }
    out
}
