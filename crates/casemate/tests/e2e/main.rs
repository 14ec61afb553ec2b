//! The whole job on real input, by the programs as they are shipped: what "done" means.
//!
//! The tests start `casemate` and `casemate-verify` and need `casemate-worker` and `casemate-speech` beside them, so build
//! the workspace first (`script/test` does). Models: `.setup/models` or `CASEMATE_MODELS`. Data of others: `CASEMATE_TEST_DATA`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "tests")]

mod audit;
mod bad_input;
mod bundle;
mod calls;
mod formats;
mod full_disk;
mod intake;
mod interrupted;
mod kit;
mod names;
mod pages;
mod plaintext;
mod regression;
mod sound;

/// The attacker's tools of the bundle's own tests: take a bundle apart, put it together, sign it with any key.
#[path = "../../../bundle/tests/it/common/tools.rs"]
#[allow(dead_code, reason = "not all of them are needed here")]
mod tools;
/// The measure of `cargo xtask corpus`.
#[path = "../../../media/examples/corpus/words.rs"]
mod words;
