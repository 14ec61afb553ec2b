//! Time-stamps of a real authority (`openssl ts`, on this machine), and every way in which one can be wrong.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod accepted;
mod chains;
mod files;
mod flips;
mod info;
mod renewals;
mod revoked;
mod shop;
mod signers;
mod vectors;
