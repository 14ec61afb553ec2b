//! What happens, told to every open tab as it happens: jobs, locking, new acts.
//!
//! Keeps: an event holds no content of the case; a tab that is slow misses some and asks anew. Does not know: who
//! listens.

use crate::jobs::JobView;
use serde::Serialize;

/// Events kept for a slow tab.
pub const BACKLOG: usize = 256;

/// One event.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Event {
    /// A job went on.
    Job(Box<JobView>),
    /// Locked or unlocked.
    State {
        /// Whether the case is locked.
        locked: bool,
    },
    /// The log has grown.
    Acts {
        /// Its length.
        acts: u64,
    },
}

impl Event {
    /// Its name on the wire.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Job(_) => "job",
            Self::State { .. } => "state",
            Self::Acts { .. } => "acts",
        }
    }
}
