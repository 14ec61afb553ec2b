//! The tests of this crate as one program: linked once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "tests")]

mod common;
mod cuts;
mod decoded;
mod decoded_grid;
mod decoded_mp4;
mod grid;
mod mp4;
mod oracles;
mod release;
mod release_units;
mod render;
mod roundtrip;
mod shared_data;
mod sound;
mod strict;
mod strict_sound;
mod tiles;
mod vectors;
