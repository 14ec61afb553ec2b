//! The offline verifier: strict zip, proofs, verdict.
