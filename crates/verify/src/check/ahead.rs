//! Looking ahead: a second thread rebuilds the items while the first compares the container and hashes its files.
//!
//! Keeps: an answer counts only once the archive was compared, and only for the very item of the signed statement; it is what
//! the same function answers in its turn. Whatever has no answer (no thread to be had, one that died, more than may be held)
//! is made in its turn. The thread has ended when this is dropped: at its next read if nobody waits for it.
//! Does not know: what becomes of an answer.

use super::facts::{Files, Open};
use super::object::{self, Done};
use super::refusal::ItemError;
use crate::statement::{Item, STATEMENT_BYTES_MAX, Statement};
use crate::zip::Archive;
use std::io::{Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{Builder, Scope, ScopedJoinHandle};

/// Once so many hidden runs were answered, beside those of the last item, the rest is made in its turn.
const RUNS_AHEAD_MAX: usize = 1 << 18;

type Answer = Result<Done, ItemError>;

/// The second thread, and what it has answered.
pub(super) struct Ahead<'scope> {
    stop: Arc<AtomicBool>,
    answers: Receiver<(Item, Answer)>,
    thread: Option<ScopedJoinHandle<'scope, ()>>,
}

impl<'scope> Ahead<'scope> {
    /// Begins with an archive as it claims to be.
    pub(super) fn start<R: Read + Seek>(
        scope: &'scope Scope<'scope, '_>,
        archive: &'scope Archive,
        open: &'scope Open<'_, R>,
    ) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let (sender, answers) = channel();
        let theirs = Arc::clone(&stop);
        let work = move || {
            let open = || Ok(Until { inner: open()?, stop: Arc::clone(&theirs) });
            rebuild_each(&Files { archive, open: &open }, &sender);
        };
        let thread = Builder::new().name("ahead".to_owned()).spawn_scoped(scope, work).ok();
        Self { stop, answers, thread }
    }

    /// The answer for an item, once it is there. To be asked in the order of the statement.
    pub(super) fn answer(&self, item: &Item) -> Option<Answer> {
        let (theirs, answer) = self.answers.recv().ok()?;
        (theirs == *item).then_some(answer)
    }
}

impl Drop for Ahead<'_> {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // That it died is known by its missing answers.
        let _ = self.thread.take().map(ScopedJoinHandle::join);
    }
}

fn rebuild_each<R: Read + Seek>(files: &Files<'_, R>, sender: &Sender<(Item, Answer)>) {
    let Ok(bytes) = files.small("disclosure.cbor", STATEMENT_BYTES_MAX) else { return };
    let Ok(statement) = Statement::decode(&bytes) else { return };
    let mut held = 0usize;
    for item in statement.items {
        let Some(root) = object::root_of(&item) else { continue };
        let answer = object::rebuild(files, &item, root);
        held = held.saturating_add(answer.as_ref().map_or(0, Done::runs));
        if sender.send((item, answer)).is_err() || held > RUNS_AHEAD_MAX {
            return;
        }
    }
}

/// A reader that fails once the thread has to stop.
struct Until<R> {
    inner: R,
    stop: Arc<AtomicBool>,
}

impl<R: Read> Read for Until<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(std::io::Error::other("nobody waits for it"));
        }
        self.inner.read(out)
    }
}

impl<R: Seek> Seek for Until<R> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.inner.seek(to)
    }
}
