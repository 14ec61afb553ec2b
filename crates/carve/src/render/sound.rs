//! Which writer makes the playable copy of a compressed recording.
//!
//! Keeps: one writer a codec. Does not know: how they write.

use super::adts::Adts;
use super::amr_file::Amr;
use super::flac::Flac;
use super::m4a::M4a;
use super::mp3::Mp3;
use super::mux::Mux;
use super::opus::OggOpus;
use super::vorbis::OggVorbis;
use crate::profile::Shape;
use crate::scan::amr::Band;
use crate::sound::{Codec, Sound};

/// The writer for a sound with this decoder configuration; or what is wrong with that.
pub(crate) fn mux(sound: Sound, shape: Shape, config: &[u8]) -> Result<Box<dyn Mux>, &'static str> {
    let packets = shape.packets();
    if let Some(band) = Band::of(sound.codec()) {
        return if config.is_empty() { Ok(Box::new(Amr::new(band))) } else { Err("AMR has no configuration") };
    }
    match sound.codec() {
        Codec::Mp3 if config.is_empty() => Ok(Box::new(Mp3::new(sound, packets.end.saturating_sub(packets.start)))),
        Codec::Mp3 => Err("layer III has no configuration"),
        Codec::AdtsAac => Ok(Box::new(Adts::new(sound, config).ok_or("not a configuration of AAC-LC")?)),
        Codec::Flac => {
            let flac = Flac::new(sound, config, shape.ticks_total()).ok_or("not a configuration of FLAC")?;
            Ok(Box::new(flac))
        }
        Codec::OggOpus | Codec::WebmOpus => {
            Ok(Box::new(OggOpus::new(sound, shape, config).ok_or("not a configuration of Opus")?))
        }
        Codec::OggVorbis => Ok(Box::new(OggVorbis::new(sound, shape, config).ok_or("not a configuration of Vorbis")?)),
        Codec::Mp4Aac | Codec::Mp4Alac => Ok(Box::new(M4a::new(sound, config)?)),
        _ => Err("no copy is made of this codec"),
    }
}
