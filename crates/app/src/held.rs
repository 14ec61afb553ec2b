//! A file that is looked at and is no exhibit: a bundle that came, a document that is about to leave. Whoever holds it says how it is opened.
//!
//! Keeps: it is only read, each time from its beginning; it is called what its holder calls it. Does not know: where it lies, what is in it.

use crate::AppError;
use std::fs::File;
use std::io::{Read, Result, Seek};
use std::path::{Path, PathBuf};

/// What can be read from any place.
pub trait ReadSeek: Read + Seek + Send {}

impl<T: Read + Seek + Send> ReadSeek for T {}

/// What opens it.
type Open = dyn Fn() -> Result<Box<dyn ReadSeek>> + Send + Sync;

/// The file.
pub struct Held {
    name: PathBuf,
    open: Box<Open>,
}

impl Held {
    /// A file that `open` opens.
    pub fn new(name: &str, open: impl Fn() -> Result<Box<dyn ReadSeek>> + Send + Sync + 'static) -> Self {
        Self { name: name.into(), open: Box::new(open) }
    }

    /// A file on a disk.
    #[must_use]
    pub fn on_disk(path: &Path) -> Self {
        let name = path.to_owned();
        let open = move || {
            let file = File::open(&name)?;
            // A folder opens, and fails at its first byte with other words.
            if file.metadata()?.is_dir() {
                return Err(std::io::ErrorKind::IsADirectory.into());
            }
            Ok(Box::new(file) as Box<dyn ReadSeek>)
        };
        Self { name: path.to_owned(), open: Box::new(open) }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> String {
        self.name.display().to_string()
    }

    /// Its name without the folders before it.
    #[must_use]
    pub fn file_name(&self) -> String {
        self.name.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// As errors name it.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.name
    }

    /// Opens it as a part of what reads it.
    ///
    /// # Errors
    /// Whatever keeps it shut.
    pub fn reader(&self) -> Result<Box<dyn ReadSeek>> {
        (self.open)()
    }

    /// Opens it.
    ///
    /// # Errors
    /// [`AppError::File`].
    pub fn open(&self) -> std::result::Result<Box<dyn ReadSeek>, AppError> {
        self.reader().map_err(self.failed())
    }

    /// What went wrong with it.
    pub(crate) fn failed(&self) -> impl FnOnce(std::io::Error) -> AppError {
        AppError::file(&self.name)
    }
}
