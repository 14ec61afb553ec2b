//! Ctrl-C: once, what is being written is finished; twice, the program ends at once.
//!
//! Keeps: nothing that was acknowledged is lost either way; the vault's write order sees to it. Does not know: what is
//! being written.

use crate::exit::Exit;
use casemate_words::{Language, message};
use std::io::{Write, stderr};
use std::sync::atomic::{AtomicBool, Ordering};

/// Set by the first signal.
static STOP: AtomicBool = AtomicBool::new(false);

/// The flag that use cases look at.
pub fn flag() -> &'static AtomicBool {
    &STOP
}

/// Listens for SIGINT, SIGTERM and SIGHUP. Where the system refuses, the signals keep their usual, abrupt meaning.
pub fn listen(language: Language) {
    let heard = move || {
        if STOP.swap(true, Ordering::SeqCst) {
            std::process::exit(i32::from(Exit::Refused.code()));
        }
        writeln!(stderr(), "\n{}", message(language, "cli-stopping", &[])).ok();
    };
    ctrlc::set_handler(heard).ok();
}
