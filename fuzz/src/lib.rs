//! What the fuzz targets check: each takes any bytes and panics where a promise of the product doesn't hold.
//!
//! Keeps: a target is a function of its bytes alone; what it asks is a property of the format, never "it did not crash" only.
//! Does not know: libFuzzer. `targets/` ties each function to it; `script/fuzz` builds and runs them.
//!
//! `unsafe` stands in `memory` alone: an allocator that counts has to be one.

pub mod bundle;
pub mod carve;
pub mod edit;
pub mod input;
pub mod memory;
pub mod proof;
pub mod render;
pub mod seeded;
pub mod stamp;
