//! Exact demux and mux, tone, cut planning, locators: how a thing becomes leaves, and what a reader is shown of them.
//!
//! Keeps: `reassemble(leaves) == source` byte for byte, in memory that no source's size sets; whatever stands in the
//! place of a hidden leaf is a constant of the profile and never a function of the hidden bytes.
//! Does not know: hashes, salts, keys, files, people; it decodes no sound.

#![forbid(unsafe_code)]

mod aac_config;
mod alac_config;
mod bits;
mod cell;
mod config;
pub mod copy;
mod crc;
pub mod cuts;
mod error;
mod layout;
mod leaf;
pub mod locator;
mod map;
mod packing;
mod profile;
mod reassemble;
pub mod release;
pub mod render;
mod scan;
mod sound;
pub mod tiles;

pub use error::CarveError;
pub use layout::Layout;
pub use leaf::{Leaf, Run};
pub use profile::{Hint, Profile, SampleFormat, Shape, Syntax, TextUnit, Timebase};
pub use reassemble::reassemble;
pub use scan::sound::looks_like_sound;
pub use sound::{
    CELLS_PER_SECOND, Codec, MAX_LEAVES_OF_SOUND, MAX_SOUND_CHANNELS, MAX_SOUND_RATE, MIN_SOUND_RATE, Sound,
};
