//! The verdict in plain words.
mod time;

pub use time::{clock, duration, range};
