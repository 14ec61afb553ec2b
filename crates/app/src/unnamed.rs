//! A file that has not got its name yet: written beside its destination, for its owner alone, and renamed once it is whole.
//!
//! Keeps: under its name a file stands whole or not at all; no other file is touched; dropped without a name, it is
//! removed. Does not know: what is in it.

use crate::progress::Stage;
use crate::{AppError, Watch};
use std::cell::RefCell;
use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// The file.
pub(crate) struct Unnamed {
    file: NamedTempFile,
    destination: PathBuf,
    /// Why writing failed: callers see it through layers that keep a text of it at most.
    failed: RefCell<Option<std::io::Error>>,
}

/// Refuses a destination that exists: used by callers before they ask anything of the user.
///
/// # Errors
/// [`AppError::File`] if something is there.
pub fn check_destination(destination: &Path) -> Result<(), AppError> {
    match std::fs::symlink_metadata(destination) {
        Ok(_) => Err(AppError::file(destination)(std::io::ErrorKind::AlreadyExists.into())),
        Err(_) => Ok(()),
    }
}

impl Unnamed {
    /// An empty one, in the destination's folder.
    pub fn new(destination: &Path) -> Result<Self, AppError> {
        check_destination(destination)?;
        let named = destination.file_name().ok_or(std::io::ErrorKind::InvalidInput.into());
        let mut prefix = named.map_err(AppError::file(destination))?.to_owned();
        prefix.push(".");
        let made = tempfile::Builder::new().prefix(&prefix).suffix(".partial").tempfile_in(folder_of(destination));
        let file = made.map_err(AppError::file(destination))?;
        Ok(Self { file, destination: destination.to_owned(), failed: RefCell::new(None) })
    }

    /// Writes to it from its beginning; tells how much was written, and stops when it is asked to.
    pub fn writer<'w>(&'w self, watch: &'w Watch<'w>) -> impl Write + Seek + 'w {
        Told { unnamed: self, watch, done: 0 }
    }

    /// Opens it from its beginning, by any thread.
    pub fn opener(&self) -> impl Fn() -> std::io::Result<File> + Sync + use<> {
        let path = self.file.path().to_owned();
        move || File::open(&path)
    }

    /// What ended the work, where that was the user or the disk and not the work itself.
    pub fn ended(&self, watch: &Watch<'_>) -> Option<AppError> {
        if watch.stopped() {
            return Some(AppError::Stopped);
        }
        self.failed.take().map(AppError::file(&self.destination))
    }

    /// Gives it its name.
    pub fn publish(self) -> Result<(), AppError> {
        self.file.as_file().sync_all().map_err(AppError::file(&self.destination))?;
        check_destination(&self.destination)?;
        self.file.persist(&self.destination).map_err(|e| AppError::file(&self.destination)(e.error))?;
        let folder = folder_of(&self.destination);
        sync_folder(folder).map_err(AppError::file(folder))
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes a rename durable.
#[cfg(unix)]
pub(crate) fn sync_folder(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
pub(crate) fn sync_folder(_folder: &Path) -> std::io::Result<()> {
    Ok(())
}

struct Told<'w> {
    unnamed: &'w Unnamed,
    watch: &'w Watch<'w>,
    done: u64,
}

impl Write for Told<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.watch.stopped() {
            return Err(std::io::Error::other("stopped"));
        }
        let n = self.unnamed.file.as_file().write(bytes).map_err(|cause| {
            let kind = cause.kind();
            self.unnamed.failed.replace(Some(cause));
            std::io::Error::from(kind)
        })?;
        self.done += n as u64;
        self.watch.tell(Stage::Packing, self.done, None, None);
        Ok(n)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.unnamed.file.as_file().flush()
    }
}

impl Seek for Told<'_> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.unnamed.file.as_file().seek(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicBool, Ordering};

    fn watched<T>(stop: &AtomicBool, work: impl FnOnce(&Watch<'_>) -> T) -> T {
        work(&Watch { tell: &|_| {}, stop })
    }

    #[test]
    fn it_gets_its_name_once_it_is_whole_and_touches_no_other_file() {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("court.zip");
        let neighbour = folder.path().join("court.zip.partial");
        std::fs::write(&neighbour, "received").unwrap();
        let unnamed = Unnamed::new(&to).unwrap();
        watched(&AtomicBool::new(false), |watch| unnamed.writer(watch).write_all(b"whole").unwrap());
        assert!(!to.exists());
        unnamed.publish().unwrap();
        assert_eq!(std::fs::read(&to).unwrap(), b"whole");
        assert_eq!(std::fs::read(&neighbour).unwrap(), b"received");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn stopped_or_dropped_it_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let unnamed = Unnamed::new(&folder.path().join("court.zip")).unwrap();
        let stop = AtomicBool::new(false);
        watched(&stop, |watch| {
            unnamed.writer(watch).write_all(b"half").unwrap();
            assert!(unnamed.ended(watch).is_none());
            stop.store(true, Ordering::SeqCst);
            assert!(unnamed.writer(watch).write_all(b"more").is_err());
            assert!(matches!(unnamed.ended(watch), Some(AppError::Stopped)));
        });
        drop(unnamed);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_destination_that_exists_is_refused_then_and_later() {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("court.zip");
        let unnamed = Unnamed::new(&to).unwrap();
        std::fs::write(&to, "another's").unwrap();
        let exists = |result: Result<(), AppError>| matches!(result, Err(AppError::File { cause, .. }) if cause.kind() == std::io::ErrorKind::AlreadyExists);
        assert!(exists(unnamed.publish()));
        assert!(exists(Unnamed::new(&to).map(drop)));
        assert_eq!(std::fs::read(&to).unwrap(), b"another's");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
