//! Resource limits of the worker's process, soft and hard, so that it can't raise them again.
//!
//! Keeps: no core file; memory, CPU, file size and descriptors bounded.
//! Does not know: the wall clock (the parent's).

use casemate_ports::worker::Fence;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::bounds::{Bounds, fence};

/// Descriptors open at once: the three pipes, the spool and its views.
const MAX_DESCRIPTORS: u64 = 32;

pub(crate) fn lower(bounds: &Bounds) -> Vec<Fence> {
    vec![
        fence("no-core", set(Resource::Core, 0, 0), "no core file"),
        fence("file-size", set(Resource::Fsize, bounds.spool, bounds.spool), format!("{} bytes", bounds.spool)),
        fence("descriptors", set(Resource::Nofile, MAX_DESCRIPTORS, MAX_DESCRIPTORS), MAX_DESCRIPTORS.to_string()),
        // Soft under hard: SIGXCPU tells the parent what happened, SIGKILL would not.
        fence(
            "cpu",
            set(Resource::Cpu, bounds.cpu_seconds, bounds.cpu_seconds.saturating_add(1)),
            format!("{} s", bounds.cpu_seconds),
        ),
        fence("memory", set(Resource::As, bounds.memory, bounds.memory), format!("{} bytes", bounds.memory)),
    ]
}

fn set(resource: Resource, soft: u64, hard: u64) -> rustix::io::Result<()> {
    // Where the surroundings are already stricter, stricter stays.
    let ceiling = getrlimit(resource).maximum.unwrap_or(u64::MAX);
    setrlimit(resource, Rlimit { current: Some(soft.min(ceiling)), maximum: Some(hard.min(ceiling)) })
}
