//! For tests only: a store in memory that fails where it is told to, and the suite that every store must pass.
//!
//! Keeps: nothing here is linked into a product; what a crash leaves is decided by a plan, never by chance.
//! Deliberately does not know: what a case means.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test kit may stop a test")]

pub mod conformance;
mod memory;
pub mod scan;

pub use memory::{Fault, FaultAt, MemoryStore};
