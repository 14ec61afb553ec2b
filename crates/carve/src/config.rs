//! The CFG leaf of compressed sound: what a decoder needs and nothing that depends on the sound.
//!
//! Keeps: `{0: 2, 1: codec, 2: rate, 3: channels, 4: p, 5: decoder configuration}`, deterministic, read strictly; all but
//! 5 follow from the object record.
//! Does not know: what the bytes of a decoder configuration mean; the codec's module does.

use crate::sound::Sound;

/// Longest decoder configuration, in bytes: the set-up header of Vorbis takes some thousand.
pub const MAX_CONFIG: usize = 64 * 1024;
const VERSION: u64 = 2;

/// Writes the CFG leaf.
pub(crate) fn encode(sound: Sound, packets: u64, config: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut enc = minicbor::Encoder::new(&mut out);
    // Writing into a Vec cannot fail.
    let _ = enc
        .map(6)
        .and_then(|e| e.u8(0)?.u64(VERSION)?.u8(1)?.str(sound.name())?.u8(2)?.u32(sound.rate()))
        .and_then(|e| e.u8(3)?.u8(sound.channels())?.u8(4)?.u64(packets)?.u8(5)?.bytes(config));
    out
}

/// Reads a CFG leaf strictly, against the object record, and answers the decoder configuration.
pub(crate) fn decode(bytes: &[u8], sound: Sound, packets: u64) -> Result<&[u8], &'static str> {
    let read = || {
        let mut dec = minicbor::Decoder::new(bytes);
        if dec.map().ok()?? != 6 {
            return None;
        }
        for _ in 0..11 {
            dec.skip().ok()?;
        }
        dec.bytes().ok()
    };
    let config = read().filter(|config| config.len() <= MAX_CONFIG).ok_or("not a configuration")?;
    if encode(sound, packets, config) == bytes { Ok(config) } else { Err("not the configuration of this object") }
}
