//! What a worker may take and see, and how a fence is reported.
//!
//! Keeps: a parent that names no limit gets the stricter default. Does not know: how a fence is raised.

use casemate_ports::worker::{ENV_CPU, ENV_MEMORY, ENV_SPOOL, Fence};
use std::path::PathBuf;

/// What a worker may take and see.
#[derive(Clone, Debug)]
pub struct Bounds {
    /// Address space, bytes.
    pub memory: u64,
    /// CPU seconds of all threads together.
    pub cpu_seconds: u64,
    /// Longest spooled input, bytes (no file on a disk can be written at all).
    pub spool: u64,
    /// Files and folders that may be read (a model's folder); none for most workers. Shared libraries are to be
    /// loaded before the fences stand: no new code can be mapped behind them.
    pub readable: Vec<PathBuf>,
}

/// Address space of a worker whose parent named none, bytes.
const MEMORY: u64 = 2 << 30;
/// CPU seconds of a worker whose parent named none.
const CPU_SECONDS: u64 = 60;
/// Longest input of a worker whose parent named none, bytes.
const SPOOL: u64 = 512 << 20;

impl Bounds {
    /// The limits that the parent put into the environment, else the defaults, which are stricter than none.
    #[must_use]
    pub fn of_parent(readable: Vec<PathBuf>) -> Self {
        let named = |name: &str, default| std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(default);
        Self {
            memory: named(ENV_MEMORY, MEMORY),
            cpu_seconds: named(ENV_CPU, CPU_SECONDS),
            spool: named(ENV_SPOOL, SPOOL),
            readable,
        }
    }
}

pub(crate) fn fence<E: std::fmt::Display>(name: &str, made: Result<(), E>, fact: impl Into<String>) -> Fence {
    let (granted, detail) = match made {
        Ok(()) => (true, fact.into()),
        Err(e) => (false, e.to_string()),
    };
    Fence { name: name.to_owned(), required: true, granted, detail }
}
