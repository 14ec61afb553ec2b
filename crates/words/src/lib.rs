//! The words that people read, in French, English and Chinese.
//!
//! Keeps: a message asked for is always answered (a missing one shows its id in brackets, and a test proves that none is
//! missing); the same id takes the same variables in every language; nothing here says more than was proven.
//! Does not know: what is being said, to whom, or where it is shown. No I/O, no environment: both are arguments.

mod calendar;
mod catalogue;
mod language;
mod numbers;
mod typography;

pub use calendar::{ClockTime, Date, date, day_and_time, month, time};
pub use catalogue::{Value, message, source};
pub use language::Language;
pub use numbers::{number, seconds};
