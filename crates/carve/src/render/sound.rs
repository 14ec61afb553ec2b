//! Which writer makes the playable copy of a compressed recording.
//!
//! Keeps: one writer a codec. Does not know: how they write.

use super::adts::Adts;
use super::mux::Mux;
use crate::profile::Shape;
use crate::sound::{Codec, Sound};

/// The writer for a sound with this decoder configuration; or what is wrong with that.
pub(crate) fn mux(sound: Sound, _shape: Shape, config: &[u8]) -> Result<Box<dyn Mux>, &'static str> {
    match sound.codec() {
        Codec::AdtsAac => Ok(Box::new(Adts::new(sound, config).ok_or("not a configuration of AAC-LC")?)),
        _ => Err("no copy is made of this codec"),
    }
}
