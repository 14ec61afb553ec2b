//! The tree under check: its files, its parsed sources, its manifests.
//!
//! Keeps: only files that git tracks or would track are seen; each source is read and parsed once.
//! Does not know: what is being checked.

use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::process::Command;

use cargo_metadata::{Metadata, MetadataCommand};

use crate::fault::Fault;
use crate::rust::Source;

/// The workspace, read lazily.
pub struct Workspace {
    root: PathBuf,
    files: OnceCell<Vec<String>>,
    sources: OnceCell<Vec<Source>>,
    metadata: OnceCell<Metadata>,
}

impl Workspace {
    /// The workspace that cargo started this program for; started by hand, the one around the current folder. The place
    /// where it was compiled is not asked: a target folder may serve two clones.
    pub fn open() -> Result<Self, Fault> {
        let start = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from("."), PathBuf::from);
        let start = start.canonicalize().map_err(|cause| Fault::Read { path: start.display().to_string(), cause })?;
        let found =
            start.ancestors().find(|folder| folder.join("Cargo.lock").is_file() && folder.join("xtask").is_dir());
        let root = found.unwrap_or(&start).to_path_buf();
        Ok(Self { root, files: OnceCell::new(), sources: OnceCell::new(), metadata: OnceCell::new() })
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Paths from the root, `/` between names, sorted: tracked files and those that are new and not ignored.
    pub fn files(&self) -> Result<&[String], Fault> {
        lazily(&self.files, || {
            let list = self.output("git", &["ls-files", "-z", "--cached", "--others", "--exclude-standard"])?;
            let mut files: Vec<String> = list
                .split('\0')
                .filter(|path| !path.is_empty() && self.root.join(path).is_file())
                .map(str::to_owned)
                .collect();
            files.sort();
            files.dedup();
            Ok(files)
        })
        .map(Vec::as_slice)
    }

    /// Every Rust file, parsed.
    pub fn sources(&self) -> Result<&[Source], Fault> {
        lazily(&self.sources, || {
            let rust = self.files()?.iter().filter(|path| path.ends_with(".rs"));
            rust.map(|path| Source::parse(path, self.text(path)?)).collect()
        })
        .map(Vec::as_slice)
    }

    pub fn metadata(&self) -> Result<&Metadata, Fault> {
        lazily(&self.metadata, || {
            Ok(MetadataCommand::new().manifest_path(self.root.join("Cargo.toml")).other_options(locked()).exec()?)
        })
    }

    pub fn text(&self, path: &str) -> Result<String, Fault> {
        std::fs::read_to_string(self.root.join(path)).map_err(|cause| Fault::Read { path: path.to_owned(), cause })
    }

    pub fn bytes(&self, path: &str) -> Result<Vec<u8>, Fault> {
        std::fs::read(self.root.join(path)).map_err(|cause| Fault::Read { path: path.to_owned(), cause })
    }

    /// Runs a program at the root; its standard output, or a fault with what it said.
    pub fn output(&self, program: &str, arguments: &[&str]) -> Result<String, Fault> {
        let output = Command::new(program)
            .args(arguments)
            .current_dir(&self.root)
            .output()
            .map_err(|cause| Fault::Start { program: program.to_owned(), cause })?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let message = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        Err(Fault::Program { program: format!("{program} {}", arguments.join(" ")), message })
    }

    /// A path from the root as the reports show it.
    pub fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).to_string_lossy().replace('\\', "/")
    }
}

/// Where the lock file must be right already, a check that mends it would hide the fault.
fn locked() -> Vec<String> {
    if std::env::var_os("CI").is_some() { vec!["--locked".to_owned()] } else { Vec::new() }
}

fn lazily<T>(cell: &OnceCell<T>, make: impl FnOnce() -> Result<T, Fault>) -> Result<&T, Fault> {
    if let Some(made) = cell.get() {
        return Ok(made);
    }
    let made = make()?;
    Ok(cell.get_or_init(|| made))
}
