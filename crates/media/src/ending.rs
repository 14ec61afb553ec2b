//! How a worker's process ended, told from its exit status and its last words.
//!
//! Keeps: a worker's last words are looked at for one known sentence and dropped; they may quote the exhibit.
//! Does not know: what it was doing.

use std::io::Read;
use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;

/// Signals by their Linux numbers.
const SIGABRT: i32 = 6;
const SIGKILL: i32 = 9;
const SIGXCPU: i32 = 24;
const SIGXFSZ: i32 = 25;
const SIGSYS: i32 = 31;

/// How much of the last words is kept while looking, bytes.
const LAST_WORDS: usize = 4096;

/// Why the parent killed it, if it did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Killed {
    /// Out of time.
    Wall,
    /// The user stopped it.
    Cancelled,
    /// It broke the protocol.
    Violation,
}

/// What the last words tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct LastWords {
    memory: bool,
    stack: bool,
}

impl LastWords {
    /// Reads them to their end, keeping nothing.
    pub(crate) fn hear(mut from: impl Read) -> Self {
        let mut kept = Vec::new();
        let mut chunk = [0u8; 1024];
        loop {
            match from.read(&mut chunk) {
                Ok(0) => break,
                Ok(n) if kept.len() < LAST_WORDS => kept.extend_from_slice(chunk.get(..n).unwrap_or_default()),
                Ok(_) => {}
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
                Err(_) => break,
            }
        }
        let says = |what: &[u8]| kept.windows(what.len()).any(|w| w == what);
        Self { memory: says(b"memory allocation of "), stack: says(b"has overflowed its stack") }
    }
}

/// The finding's id and its fact, when the process did not end well.
pub(crate) fn ending(status: ExitStatus, words: LastWords, killed: Option<Killed>) -> Option<(&'static str, String)> {
    if killed == Some(Killed::Wall) {
        return Some(("worker-killed-wall", "it took longer than its wall time".to_owned()));
    }
    if let Some(signal) = status.signal() {
        return Some(match signal {
            SIGABRT if words.memory => ("worker-killed-memory", "it asked for more memory than its limit".to_owned()),
            SIGABRT if words.stack => ("worker-killed-stack", "it nested deeper than its stack".to_owned()),
            SIGXCPU => ("worker-killed-cpu", "it took more CPU time than its limit".to_owned()),
            SIGXFSZ => ("worker-killed-size", "it wrote more scratch than its limit".to_owned()),
            SIGSYS => ("worker-killed-fence", "it made a system call that the fence forbids".to_owned()),
            SIGKILL if killed.is_none() => ("worker-killed-outside", "the system killed it (signal 9)".to_owned()),
            other => ("worker-crashed", format!("signal {other}")),
        });
    }
    match status.code() {
        Some(0) | None => None,
        Some(code) => Some(("worker-exited", format!("exit code {code} before the end of its answer"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_ending_has_its_name() {
        let by = |raw: i32| ExitStatus::from_raw(raw);
        let memory = LastWords::hear(&b"memory allocation of 99 bytes failed"[..]);
        let none = LastWords::default();
        let name = |s, w, k| ending(s, w, k).map(|(id, _)| id);
        assert_eq!(name(by(0), none, None), None);
        assert_eq!(name(by(SIGABRT), memory, None), Some("worker-killed-memory"));
        assert_eq!(name(by(SIGABRT), none, None), Some("worker-crashed"));
        assert_eq!(name(by(SIGXCPU), none, None), Some("worker-killed-cpu"));
        assert_eq!(name(by(SIGXFSZ), none, None), Some("worker-killed-size"));
        assert_eq!(name(by(SIGSYS), none, None), Some("worker-killed-fence"));
        assert_eq!(name(by(SIGKILL), none, Some(Killed::Wall)), Some("worker-killed-wall"));
        assert_eq!(name(by(SIGKILL), none, None), Some("worker-killed-outside"));
        assert_eq!(name(by(7 << 8), none, None), Some("worker-exited"));
    }
}
