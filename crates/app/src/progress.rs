//! What a long use case tells while it runs, and how it is asked to stop.
//!
//! Keeps: telling never fails the work. Does not know: how it is shown.

use serde::Serialize;
use std::sync::atomic::{AtomicBool, Ordering};
use utoipa::ToSchema;

/// What is going on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = JobStage)]
pub enum Stage {
    /// Looking for files.
    Finding,
    /// Sealing originals.
    Sealing,
    /// Reading them in workers.
    Reading,
    /// Reading the text in pictures.
    Recognising,
    /// Transcribing recordings.
    Transcribing,
    /// Bringing the index up to date.
    Indexing,
    /// Reading texts for their meaning.
    Understanding,
    /// Checking objects and the log.
    Verifying,
    /// Drawing pages.
    Drawing,
    /// Making a bundle.
    Packing,
    /// Writing originals out.
    Exporting,
}

/// How far a stage is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Which stage.
    pub stage: Stage,
    /// Units done (files, milliseconds of sound, bytes: the same within a stage).
    pub done: u64,
    /// Units in all, where known.
    pub total: Option<u64>,
    /// What is worked on (an exhibit's number), never a file's name.
    pub exhibit: Option<u64>,
}

/// The caller's ear and hand.
pub struct Watch<'a> {
    /// Told of progress.
    pub tell: &'a (dyn Fn(Progress) + Sync),
    /// Set to stop.
    pub stop: &'a AtomicBool,
}

impl Watch<'_> {
    /// Whether the caller wants to stop.
    #[must_use]
    pub fn stopped(&self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }

    pub(crate) fn tell(&self, stage: Stage, done: u64, total: Option<u64>, exhibit: Option<u64>) {
        (self.tell)(Progress { stage, done, total, exhibit });
    }
}
