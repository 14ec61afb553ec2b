//! The commands, one module a group: options in, a use case called, its answer shown.
//!
//! Keeps: a command decides nothing that a use case should. Does not know: where the case lies, how errors are told.

pub mod asic;
pub mod audit;
pub mod demo;
pub mod disclose;
pub mod doctor;
pub mod exhibits;
pub mod export;
pub mod heard;
pub mod init;
pub mod intake;
pub mod metadata;
pub mod narrow;
pub mod ocr;
pub mod person;
pub mod redact;
pub mod search;
pub mod serve;
pub mod shell;
pub mod timestamp;
pub mod verify;
pub mod witness;
mod wording;
