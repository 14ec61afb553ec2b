//! A whole bundle made from nothing: sounds by rule, invented papers, a case with a log, all keys known.
//! And the tools of an attacker: take a bundle apart, put it together again, sign it with any key.
#![allow(dead_code, unused_imports, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod case;
mod sources;
mod tools;

pub use case::{Case, Keys, NAME_HAN, NAME_LATIN, Object, court, packed, press, sounds};
pub use tools::{Bundle, Rng, failed_ids, pinned, shown, verify};
