//! The exit codes of the program, and what each tells a script.
//!
//! Keeps: five codes, each with one meaning; they are part of what scripts rely on. Does not know: why.

use std::process::ExitCode;

/// What a run came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// Refused, or a finding failed.
    Refused = 1,
    /// The command was not understood.
    Usage = 2,
    /// Locked, or a wrong passphrase.
    Locked = 3,
    /// The case is damaged.
    Damaged = 4,
}

impl Exit {
    /// The number.
    pub const fn code(self) -> u8 {
        self as u8
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
