//! The tests of this crate as one program: linked once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "tests")]

mod asic;
mod common;
mod correct;
mod desk;
mod disclose;
mod glance;
mod in_part;
mod intake;
mod joining;
mod lanes;
mod later;
mod lent;
mod meaning;
#[allow(dead_code)]
#[path = "../../../stamp/tests/it/shop.rs"]
mod shop;
mod timestamp;
mod witness;
