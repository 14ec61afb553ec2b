//! Originals that are sealed and wait for their common commit.
//!
//! Keeps: `seal` and `exhibit` of an original are one commit; nobody is told of one before it is committed, and after a crash it is
//! added again. Does not know: what a file says.

use super::{AddReply, Duplicate, Sealed};
use crate::AppError;
use crate::session::Session;
use casemate_carve::Hint;
use casemate_vault::acts::{ExhibitAct, SealAct};
use std::time::{Duration, Instant};

/// Originals of one commit.
const FILES: usize = 64;
/// Bytes of them after which it is made.
const BYTES: u64 = 64 << 20;
/// And the time after which it is.
const WAIT: Duration = Duration::from_secs(2);

/// What waits.
#[derive(Default)]
pub(super) struct Batch {
    waiting: Vec<Waiting>,
    bytes: u64,
    since: Option<Instant>,
    /// Bytes of one that waits, come again: from where, and their hash.
    twice: Vec<(String, [u8; 32])>,
}

struct Waiting {
    from: String,
    seal: SealAct,
    hint: Hint,
}

impl Batch {
    /// Whether the commit is due.
    pub(super) fn is_due(&self) -> bool {
        let late = self.since.is_some_and(|since| since.elapsed() >= WAIT);
        late || self.bytes >= BYTES || self.waiting.len() >= FILES
    }

    /// Adds an original that is sealed.
    pub(super) fn push(&mut self, from: String, seal: SealAct, hint: Hint) {
        self.bytes = self.bytes.saturating_add(seal.object.size);
        self.since.get_or_insert_with(Instant::now);
        self.waiting.push(Waiting { from, seal, hint });
    }

    /// Whether one of this length waits.
    pub(super) fn has_size(&self, size: u64) -> bool {
        self.waiting.iter().any(|w| w.seal.object.size == size)
    }

    /// Whether one with these bytes waits.
    pub(super) fn holds(&self, sha256: &[u8; 32]) -> bool {
        self.waiting.iter().any(|w| w.seal.object.sha256 == *sha256)
    }

    /// The bytes of one that waits came again, from `source`.
    pub(super) fn again(&mut self, source: String, sha256: [u8; 32]) {
        self.twice.push((source, sha256));
    }

    /// Commits what waits, and tells of it.
    ///
    /// # Errors
    /// The store's: then nothing of it is in the case.
    pub(super) fn commit(&mut self, session: &mut Session, reply: &mut AddReply) -> Result<(), AppError> {
        let batch = std::mem::take(self);
        let (mut acts, mut sealed) = (Vec::new(), Vec::new());
        let mut number = session.catalogue.next_number();
        for Waiting { from: source, seal, hint } in batch.waiting {
            // Somebody else may have sealed the same bytes meanwhile.
            if let Some(exhibit) = session.catalogue.with_sha256(&seal.object.sha256).map(|e| e.number) {
                reply.duplicates.push(Duplicate { source, exhibit });
                continue;
            }
            let root = seal.object.root();
            let kind = if hint == Hint::Recording { "recording" } else { "file" }.to_owned();
            acts.extend([seal.to_act(), ExhibitAct { number, kind, root }.to_act()]);
            let seal_number = root.seal_number().to_string();
            sealed.push(Sealed { exhibit: number, source, size: seal.object.size, seal: seal_number });
            number = number.saturating_add(1);
        }
        if !acts.is_empty() {
            session.append(acts)?;
            reply.sealed.append(&mut sealed);
        }
        // Bytes that came twice before the first of them had a number.
        for (source, sha256) in batch.twice {
            let first = session.catalogue.with_sha256(&sha256).map(|e| e.number);
            reply.duplicates.extend(first.map(|exhibit| Duplicate { source, exhibit }));
        }
        Ok(())
    }
}
