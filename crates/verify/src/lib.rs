//! The offline verifier: strict zip, bag, proofs, rendering, verdict. Depends on layer 0 alone.
//!
//! Keeps: nothing is shown as proven that was not computed here from the bundle's bytes and the given fingerprints.
//! Does not know: the vault, the network, the clock.

#![forbid(unsafe_code)]

pub mod bag;
pub mod check;
pub mod discloser;
pub mod statement;
pub mod verdict;
pub mod words;
pub mod zip;

pub use check::{Pins, verify_bundle};
pub use verdict::{Finding, Status, Verdict};
