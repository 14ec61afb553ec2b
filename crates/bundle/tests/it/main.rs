//! The tests of this crate as one program: linked once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "tests")]

mod ahead;
mod attacks;
mod bundle;
mod common;
mod hostile;
mod narrow;
#[allow(dead_code)]
#[path = "../../../stamp/tests/it/shop.rs"]
mod shop;
#[allow(dead_code)]
#[path = "common/stamps.rs"]
mod stamps;
mod time;
mod time_vectors;
mod vectors;
mod witness;
