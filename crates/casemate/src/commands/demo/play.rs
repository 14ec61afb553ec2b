//! The order of the demo's steps.
//!
//! Keeps: the order of the story: seal, read, name, hear, redact, disclose, verify, tamper. Does not know: how a step is
//! done.

use super::plan::{Disclosure, Script};
use super::stage::Stage;
use super::steps::{self, Opened};
use crate::failure::Failure;
use crate::whereabouts;
use casemate_app::{Session, Tools};
use casemate_vault::Access;
use casemate_words::message;
use std::path::Path;

/// Plays it all into `dir`.
///
/// # Errors
/// The first step that could not be done.
pub fn play(stage: &mut Stage<'_>, script: &Script, dir: &Path, tools: Tools) -> Result<(), Failure> {
    let language = stage.language();
    make_folder(dir)?;
    let root = dir.join("case");
    stage.text(&format!("{}\n", message(language, "cli-demo-begin", &[])))?;
    let passphrase = stage.step("init", |_, says| steps::init(&root, language, says))?;
    stage.fact("case", &root);
    stage.fact("passphrase", passphrase.reveal());
    let session =
        stage.step("open", |_, _| Ok(Session::open(whereabouts::place(&root)?, &passphrase, Access::Write, tools)?))?;
    let mut opened = Opened { session, script, language };
    stage.step("add", |watch, says| opened.add(watch, says))?;
    stage.step("transcribe", |watch, says| opened.transcribe(watch, says))?;
    stage.step("search", |watch, says| opened.search(watch, says))?;
    stage.step("people", |_, says| opened.people(says))?;
    stage.step("refused", |watch, says| opened.refused(&script.plan.disclosure, dir, watch, says))?;
    stage.step("heard", |_, says| opened.heard(says))?;
    let court =
        bundle(stage, &mut opened, &script.plan.disclosure, &dir.join("court.zip"), ["redact", "disclose", "verify"])?;
    stage.fact("bundle", dir.join("court.zip"));
    stage.fact("signer", &court);
    let tampered = dir.join("court-tampered.zip");
    stage.step("tamper", |_, says| opened.tamper(&dir.join("court.zip"), &tampered, &court, says))?;
    let press = ["redact-press", "disclose-press", "verify-press"];
    bundle(stage, &mut opened, &script.plan.press, &dir.join("press.zip"), press)?;
    stage.step("case", |watch, says| opened.verify_case(watch, says))?;
    opened.session.close();
    stage.text(&look(dir, &court, &passphrase, language))
}

/// Plans, disclosure and verification of one bundle; answers the key that signed it.
fn bundle(
    stage: &mut Stage<'_>,
    opened: &mut Opened<'_>,
    what: &Disclosure,
    to: &Path,
    [redact, disclose, verify]: [&str; 3],
) -> Result<String, Failure> {
    stage.step(redact, |_, says| opened.redact(what, says))?;
    let signer = stage.step(disclose, |watch, says| opened.disclose(what, to, watch, says))?;
    stage.step(verify, |_, says| opened.verify(to, &signer, says))?;
    Ok(signer)
}

fn make_folder(dir: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(dir).map_err(Failure::file(dir))?;
    let mut inside = std::fs::read_dir(dir).map_err(Failure::file(dir))?;
    match inside.next() {
        None => Ok(()),
        Some(_) => Err(Failure::File { path: dir.to_path_buf(), cause: std::io::ErrorKind::DirectoryNotEmpty.into() }),
    }
}

/// What to look at now.
fn look(
    dir: &Path,
    signer: &str,
    passphrase: &casemate_vault::Passphrase,
    language: casemate_words::Language,
) -> String {
    let shown = dir.display();
    let mut out = format!("\n{}\n\n", message(language, "cli-demo-look", &[]));
    out.push_str(&format!(
        "   {}\n",
        message(language, "cli-init-passphrase", &[("passphrase", passphrase.reveal().into())])
    ));
    for command in [
        format!("export CASEMATE_CASE={shown}/case"),
        "casemate ls".to_owned(),
        "casemate show 1".to_owned(),
        "casemate search 远山".to_owned(),
        "casemate log".to_owned(),
        format!("unzip -l {shown}/court.zip"),
        format!("casemate-verify --signer {signer} {shown}/court.zip"),
        format!("casemate-verify {shown}/court-tampered.zip"),
    ] {
        out.push_str(&format!("   {command}\n"));
    }
    out
}
