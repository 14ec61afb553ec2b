//! The rules of a case: people and aliases, names in text, consent, what was heard, redaction plans, gates, audit.
//! Pure: commands in, acts out; acts in, folds out.
//!
//! Keeps: nothing here reads a clock, a file or a random number. Does not know: keys, stores, formats of files.

pub mod audience;
pub mod coverage;
pub mod fold;
pub mod gate;
pub mod identifiers;
pub mod kinds;
pub mod names;
pub mod person;
pub mod plan;
pub mod sheet;
