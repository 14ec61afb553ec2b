//! The offline verifier: strict zip, proofs, rendering, verdict. Depends on layer 0 alone.
//!
//! Keeps: nothing is shown as proven that was not computed here from the bundle's bytes and the given fingerprints.
//! Does not know: the vault, the network, the clock.

pub mod zip;
