//! Where things lie: the case, the programs beside this one, the models, the demo.
//!
//! Keeps: a case is a folder with `casemate.toml`; nothing is started that does not lie beside this program. Does not
//! know: what is in them.

use crate::failure::Failure;
use casemate_app::{Place, Tools};
use casemate_media::Program;
use casemate_search::FolderStore;
use casemate_store_local::LocalStore;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The file that makes a folder a case.
const MARK: &str = "casemate.toml";
/// The index of the identity compartment, from the case's folder.
const INDEX: [&str; 2] = ["index", "identity"];
const WORKER: &str = "casemate-worker";
const SPEECH: &str = "casemate-speech";
/// Where models lie, from the folder of the programs or one above it.
const MODELS: [&str; 2] = ["models", ".setup/models"];
/// The speech model and the voice detector that `script/setup` brings.
const USUAL_MODEL: &str = "whisper-base";
const VOICE_MODEL: &str = "silero-vad";
/// The models that read pictures.
const OCR_MODEL: &str = "pp-ocr-v6";
/// The sentence encoder's, for search by meaning.
const MEANING_MODEL: &str = "use-multilingual-3";
const MANIFEST: &str = "MANIFEST.toml";
/// A folder of the demo has this file.
const DEMO: &str = "plan.toml";

/// The case's folder: the one named, else the nearest above the working folder.
///
/// # Errors
/// None there.
pub fn case(named: Option<&Path>) -> Result<PathBuf, Failure> {
    if let Some(dir) = named {
        return if is_case(dir) { Ok(dir.to_path_buf()) } else { Err(Failure::NotACase(dir.to_path_buf())) };
    }
    let here = std::env::current_dir().map_err(|_| Failure::NoCaseNamed)?;
    here.ancestors().find(|dir| is_case(dir)).map(Path::to_path_buf).ok_or(Failure::NoCaseNamed)
}

/// Whether a folder holds a case.
pub fn is_case(dir: &Path) -> bool {
    dir.join(MARK).is_file()
}

/// The stores of the case at `root`.
///
/// # Errors
/// The folder can't be used.
pub fn place(root: &Path) -> Result<Place, Failure> {
    let store = LocalStore::open(root)?;
    let mut folder = root.to_path_buf();
    for step in INDEX {
        folder.push(step);
        make_private(&folder);
    }
    let index = FolderStore::new(&folder).map_err(Failure::file(&folder))?;
    Ok(Place { store: Arc::new(store), index: Arc::new(index) })
}

/// Made for its owner alone. A case on a read-only disk keeps the folder it has, and opening it says what is missing.
fn make_private(dir: &Path) {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir).ok();
}

/// The programs beside this one.
pub fn tools(models: Option<&Path>, model: Option<&Path>, jobs: Option<usize>) -> Tools {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let models = models.map(Path::to_path_buf).or_else(models_near).map(|models| absolute(&models));
    let meaning = models.as_ref().map(|dir| dir.join(MEANING_MODEL)).filter(|dir| dir.is_dir());
    let speech = beside(SPEECH).zip(models.clone()).map(|(path, models)| {
        let mut args: Vec<OsString> = vec!["--models".into(), models.into()];
        if let Some(model) = model {
            // A bare name lies in the models' folder; a path is one from here.
            let bare = model.parent().is_some_and(|p| p == Path::new(""));
            args.extend(["--model".into(), if bare { model.into() } else { absolute(model).into() }]);
        }
        Program { path, args }
    });
    Tools {
        worker: beside(WORKER).map(|path| Program { path, args: Vec::new() }),
        pictures: beside(WORKER)
            .zip(models.filter(|models| models.join(OCR_MODEL).join(MANIFEST).is_file()))
            .map(|(path, models)| Program { path, args: vec!["--models".into(), models.into()] }),
        speech,
        jobs: jobs.unwrap_or(cores).max(1),
        threads: u8::try_from(cores).unwrap_or(u8::MAX),
        meaning,
    }
}

/// The folders of the models that the programs are given.
pub fn model_folders(tools: &Tools) -> Vec<PathBuf> {
    let after = |program: &Program, name: &str| {
        let at = program.args.iter().position(|a| a == name)?;
        program.args.get(at + 1).map(PathBuf::from)
    };
    let mut folders = Vec::new();
    if let Some((speech, models)) = tools.speech.as_ref().and_then(|p| Some((p, after(p, "--models")?))) {
        let model = after(speech, "--model").unwrap_or_else(|| PathBuf::from(USUAL_MODEL));
        folders.extend([models.join(model), models.join(VOICE_MODEL)]);
    }
    folders.extend(tools.pictures.as_ref().and_then(|p| Some(after(p, "--models")?.join(OCR_MODEL))));
    folders.extend(tools.meaning.clone());
    folders
}

/// Workers run in `/`: their paths must not hang on the working folder.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}

fn beside(name: &str) -> Option<PathBuf> {
    let own = std::env::current_exe().ok()?;
    let path = own.parent()?.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    path.is_file().then_some(path)
}

fn above_the_program<T>(look: impl Fn(&Path) -> Option<T>) -> Option<T> {
    let own = std::env::current_exe().ok()?;
    own.ancestors().skip(1).find_map(look)
}

fn models_near() -> Option<PathBuf> {
    let holds =
        |dir: &PathBuf| [VOICE_MODEL, MEANING_MODEL].iter().any(|model| dir.join(model).join(MANIFEST).is_file());
    above_the_program(|dir| MODELS.iter().map(|m| dir.join(m)).find(holds))
}

/// The demo's folder: the one named, else `demo/` beside the program or in a folder above it, or above the working folder.
///
/// # Errors
/// None there.
pub fn demo(named: Option<&Path>) -> Result<PathBuf, Failure> {
    let fits = |dir: &Path| dir.join(DEMO).is_file().then(|| dir.to_path_buf());
    if let Some(dir) = named {
        return fits(dir).ok_or(Failure::NoDemo);
    }
    let near = above_the_program(|dir| fits(&dir.join("demo")));
    let here = || std::env::current_dir().ok()?.ancestors().find_map(|dir| fits(&dir.join("demo")));
    near.or_else(here).ok_or(Failure::NoDemo)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_named_folder_must_be_a_case() {
        let dir = tempfile::tempdir().unwrap();
        assert!(matches!(case(Some(dir.path())), Err(Failure::NotACase(_))));
        std::fs::write(dir.path().join(MARK), "").unwrap();
        assert_eq!(case(Some(dir.path())).unwrap(), dir.path());
    }
}
