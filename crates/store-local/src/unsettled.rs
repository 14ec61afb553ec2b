//! What the disk has still to take: finished files and changed directories, synced by a few threads while the next object is
//! being made.
//!
//! Keeps: [`Unsettled::settle`] answers `Ok` only if every file and directory that was handed over before is on the disk; after one
//! failure it never does again. Files that wait are few, so that open files and unwritten bytes stay bounded.
//! Deliberately does not know: names inside a case, but to say which failed.

use std::collections::{BTreeSet, VecDeque};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use casemate_ports::store::{StoreError, StoreName};

/// Files that wait; who hands over more waits too.
const WAITING: usize = 32;
/// Threads that sync: a journal writes together what several ask for at once.
const HANDS: usize = 8;
/// How long a thread waits for another file.
const PATIENCE: Duration = Duration::from_millis(100);

#[derive(Debug, Default)]
pub(crate) struct Unsettled {
    state: Mutex<State>,
    /// Told when a file came; and when one is on the disk.
    came: Condvar,
    done: Condvar,
}

#[derive(Debug, Default)]
struct State {
    files: VecDeque<(File, StoreName)>,
    directories: BTreeSet<PathBuf>,
    /// Those that a settling has taken up.
    directories_due: BTreeSet<PathBuf>,
    /// Threads, and how many of them wait for a file.
    hands: usize,
    idle: usize,
    failed: Option<Failed>,
}

/// The first failure, which every later settling repeats.
#[derive(Debug)]
struct Failed {
    name: String,
    kind: io::ErrorKind,
    cause: String,
}

impl Failed {
    fn of(name: &str, cause: &io::Error) -> Self {
        Self { name: name.to_owned(), kind: cause.kind(), cause: cause.to_string() }
    }
}

impl State {
    fn note(&mut self, name: &str, synced: &io::Result<()>) {
        if let Err(cause) = synced {
            self.failed.get_or_insert_with(|| Failed::of(name, cause));
        }
    }
}

impl Unsettled {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Directories whose entries changed.
    pub(crate) fn directories<'a>(&self, changed: impl IntoIterator<Item = &'a Path>) {
        self.state().directories.extend(changed.into_iter().map(Path::to_path_buf));
    }

    /// A file that is whole, and not yet on the disk.
    pub(crate) fn file(self: &Arc<Self>, file: File, name: StoreName) {
        let mut state = self.wait_while(|state| state.files.len() >= WAITING);
        state.files.push_back((file, name));
        if state.idle >= state.files.len() || state.hands == HANDS {
            drop(state);
            self.came.notify_one();
        } else {
            state.hands += 1;
            drop(state);
            let own = Arc::clone(self);
            if std::thread::Builder::new().name("settle".to_owned()).spawn(move || own.work()).is_err() {
                self.work();
            }
        }
    }

    /// Waits until all is on the disk.
    pub(crate) fn settle(&self) -> Result<(), StoreError> {
        let mut state = self.wait_while(|state| !state.files.is_empty() || state.hands > state.idle);
        state.directories_due = std::mem::take(&mut state.directories);
        drop(state);
        let hands = HANDS.min(self.state().directories_due.len());
        std::thread::scope(|scope| {
            // One that can't be started leaves its share to the others.
            (1..hands).for_each(|_| drop(std::thread::Builder::new().spawn_scoped(scope, || self.sync_directories())));
            self.sync_directories();
        });
        match &self.state().failed {
            Some(Failed { name, kind, cause }) => Err(StoreError::from_io(name, io::Error::new(*kind, cause.clone()))),
            None => Ok(()),
        }
    }

    fn sync_directories(&self) {
        loop {
            let Some(directory) = self.state().directories_due.pop_first() else { return };
            let synced = sync_dir(&directory);
            self.state().note(&directory.display().to_string(), &synced);
        }
    }

    fn wait_while(&self, condition: impl Fn(&State) -> bool) -> MutexGuard<'_, State> {
        let wait = self.done.wait_while(self.state(), |state| condition(state));
        wait.unwrap_or_else(PoisonError::into_inner)
    }

    /// Syncs files until none has come for a while.
    fn work(&self) {
        let mut state = self.state();
        loop {
            while let Some((file, name)) = state.files.pop_front() {
                if state.files.len() + 1 == WAITING {
                    self.done.notify_all();
                }
                drop(state);
                let synced = file.sync_all();
                drop(file);
                state = self.state();
                state.note(name.as_str(), &synced);
            }
            state.idle += 1;
            self.done.notify_all();
            let waited = self.came.wait_timeout_while(state, PATIENCE, |state| state.files.is_empty());
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
            state.idle -= 1;
            if state.files.is_empty() {
                state.hands -= 1;
                return;
            }
        }
    }
}

/// Makes the entries of a directory durable. Windows has no such call; there the journal of the file system must do.
pub(crate) fn sync_dir(dir: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        let dir = if dir.as_os_str().is_empty() { Path::new(".") } else { dir };
        File::open(dir)?.sync_all()
    }
    #[cfg(not(unix))]
    {
        let _ = dir;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_failure_is_told_at_every_later_settling() {
        let dir = tempfile::tempdir().unwrap();
        let unsettled = Arc::new(Unsettled::default());
        let name = |n: usize| StoreName::new(format!("staged/{n}")).unwrap();
        for n in 0..2 * WAITING {
            unsettled.file(File::create(dir.path().join(n.to_string())).unwrap(), name(n));
        }
        unsettled.directories([dir.path()]);
        unsettled.settle().unwrap();
        assert!(unsettled.state().files.is_empty());
        // What is no directory any more can't be synced.
        unsettled.directories([dir.path().join("gone").as_path()]);
        assert!(unsettled.settle().is_err());
        assert!(unsettled.settle().is_err());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_that_can_t_be_synced_is_named() {
        // A pipe has no disk under it.
        let (reader, _writer) = io::pipe().unwrap();
        let unsettled = Arc::new(Unsettled::default());
        unsettled.file(File::from(std::os::fd::OwnedFd::from(reader)), StoreName::new("staged/pipe").unwrap());
        let told = unsettled.settle().unwrap_err().to_string();
        assert!(told.starts_with("staged/pipe: "), "{told}");
    }
}
