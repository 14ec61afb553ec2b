//! AAC in ADTS (ISO/IEC 14496-3 §1.A.3): headers to META, access units to leaves.
//!
//! Keeps: the fixed part of the header is one for the whole stream, and one access unit stands in a frame.
//! Does not know: what an access unit sounds like.

use super::feed::Feed;
use super::parts::{Parts, Scanned};
use super::tags;
use crate::sound::{AAC_RATES, Codec, Sound};
use std::io::{Read, Seek};

/// Longest frame: its length has 13 bits.
const MAX_FRAME: u64 = (1 << 13) - 1;
/// Bytes of a header without and with a CRC.
const HEADER: usize = 7;
const HEADER_WITH_CRC: usize = 9;
/// Longest access unit, in bytes.
pub(crate) const MAX_UNIT: usize = MAX_FRAME as usize - HEADER;
/// Fewest frames of a stream: two bytes of one are too little to know it by.
const LEAST_FRAMES: u64 = 2;
/// AAC-LC, as ADTS writes it; the object type is one more. Main and LTP predict from sound far back, SSR is rare.
const PROFILE_LC: u8 = 1;
/// Channels by channel configuration; 0 says that a program config element tells.
const CHANNELS: [u8; 8] = [0, 1, 2, 3, 4, 5, 6, 8];

/// The header of one frame.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Header {
    /// The bits of the fixed part, 28 of them.
    fixed: u32,
    header: usize,
    frame: u64,
}

impl Header {
    fn parse(bytes: &[u8]) -> Option<Self> {
        let b: &[u8; HEADER] = bytes.first_chunk()?;
        // Sync word, layer 0, one raw data block.
        if b[0] != 0xff || b[1] & 0xf6 != 0xf0 || b[6] & 3 != 0 {
            return None;
        }
        let fixed = u32::from_be_bytes([b[0], b[1], b[2], b[3]]) >> 4;
        let header = if b[1] & 1 == 1 { HEADER } else { HEADER_WITH_CRC };
        let frame = u64::from(u32::from_be_bytes([0, b[3] & 3, b[4], b[5]]) >> 5);
        (frame > header as u64).then_some(Self { fixed, header, frame })
    }

    fn rate_index(&self) -> u8 {
        (self.fixed >> 6 & 0x0f) as u8
    }

    fn channel_config(&self) -> u8 {
        (self.fixed >> 2 & 7) as u8
    }

    fn sound(&self) -> Option<Sound> {
        if (self.fixed >> 10 & 3) as u8 != PROFILE_LC {
            return None;
        }
        let rate = *AAC_RATES.get(usize::from(self.rate_index()))?;
        Sound::new(Codec::AdtsAac, 1_024, rate, *CHANNELS.get(usize::from(self.channel_config()))?)
    }
}

/// Takes an ADTS stream apart.
pub(crate) fn scan<R: Read + Seek>(src: &mut R, len: u64) -> Scanned {
    let mut feed = Feed::new(src, 0, len);
    let mut parts = Parts::new(false);
    if !tags::take(&mut feed, &mut parts)? {
        return Ok(None);
    }
    let Some(first) = Header::parse(feed.peek(HEADER)?) else { return Ok(None) };
    let Some(sound) = first.sound() else { return Ok(None) };
    while let Some(found) = Header::parse(feed.peek(HEADER)?) {
        if found.fixed != first.fixed || found.frame > feed.left() {
            break;
        }
        let unit = found.frame.saturating_sub(found.header as u64);
        if !parts.meta_from(&mut feed, found.header as u64)? || !parts.packet(unit) {
            return Ok(None);
        }
        feed.skip(unit);
    }
    if !tags::take(&mut feed, &mut parts)? || feed.left() > MAX_FRAME || parts.leaves() < LEAST_FRAMES {
        return Ok(None);
    }
    let rest = feed.left();
    if !is_rest(feed.peek(MAX_FRAME as usize)?, &first) || !parts.literal_from(&mut feed, rest)? {
        return Ok(None);
    }
    let frames = parts.leaves();
    Ok(parts.finish(sound, frames, &config(first.rate_index(), first.channel_config()), len))
}

/// Whether what is left holds no frame that a player would go on with: it is the start of a frame of the stream, or no
/// frame stands in it.
fn is_rest(bytes: &[u8], first: &Header) -> bool {
    if Header::parse(bytes).is_some_and(|header| header.fixed == first.fixed) {
        return true;
    }
    (0..bytes.len()).all(|at| {
        let rest = bytes.get(at..).unwrap_or_default();
        let behind = Header::parse(rest).and_then(|header| rest.get(usize::try_from(header.frame).ok()?..));
        behind.is_none_or(|behind| !behind.is_empty() && Header::parse(behind).is_none())
    })
}

/// The AudioSpecificConfig of AAC-LC (ISO/IEC 14496-3 §1.6.2.1).
fn config(rate_index: u8, channel_config: u8) -> [u8; 2] {
    let object_type = u16::from(PROFILE_LC) + 1;
    ((object_type << 11) + (u16::from(rate_index) << 7) + (u16::from(channel_config) << 3)).to_be_bytes()
}

/// Rate index and channel configuration of a decoder configuration that is exactly this sound's.
pub(crate) fn parse_config(sound: Sound, bytes: &[u8]) -> Option<(u8, u8)> {
    let rate_index = AAC_RATES.iter().position(|rate| *rate == sound.rate()).and_then(|n| u8::try_from(n).ok())?;
    let channel_config = CHANNELS.iter().position(|n| *n == sound.channels()).and_then(|n| u8::try_from(n).ok())?;
    (config(rate_index, channel_config) == bytes).then_some((rate_index, channel_config))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// A header of 44,100 Hz in stereo (ISO/IEC 14496-3 §1.A.2), by its fields.
    fn header(frame: u16, without_crc: bool) -> [u8; 7] {
        [
            0xff,
            if without_crc { 0xf1 } else { 0xf0 },
            0x50,
            0x80 + (frame >> 11) as u8,
            (frame >> 3) as u8,
            ((frame & 7) << 5) as u8 + 0x1f,
            0xfc,
        ]
    }

    #[test]
    fn a_header_is_read_by_its_fields() {
        for frame in [8, 9, 10, 255, 256, 2_047, 2_048, 4_096, 8_191] {
            let found = Header::parse(&header(frame, true)).unwrap();
            assert_eq!((found.frame, found.header), (u64::from(frame), 7), "{frame}");
            assert_eq!((found.rate_index(), found.channel_config(), found.fixed), (4, 2, 0xfff_1508));
        }
        // Fewer bytes than the header has, or as many: there is no access unit.
        assert!(Header::parse(&header(7, true)).is_none() && Header::parse(&header(6, true)).is_none());
        assert!(Header::parse(&header(9, false)).is_none());
        let found = Header::parse(&header(10, false)).unwrap();
        assert_eq!((found.frame, found.header, found.fixed), (10, 9, 0xfff_0508));
        // Sync word of 12 bits, layer 0, one raw data block; the version before the layer may be either.
        let good = header(100, true);
        for (at, byte, is_one) in [
            (0, 0xfe, false),
            (1, 0xe1, false),
            (1, 0xf3, false),
            (1, 0xf5, false),
            (1, 0xf9, true),
            (6, 0xfd, false),
            (6, 0xfe, false),
            (6, 0x00, true),
        ] {
            let mut other = good;
            other[at] = byte;
            assert_eq!(Header::parse(&other).is_some(), is_one, "{byte:02x} at {at}");
        }
        assert!(Header::parse(&good[..6]).is_none());
        // AAC-LC is object type 2, written as 1.
        let sound = |byte| Header::parse(&[0xff, 0xf1, byte, 0x80, 12, 0x9f, 0xfc]).unwrap().sound();
        assert_eq!(sound(0x50), Sound::new(Codec::AdtsAac, 1_024, 44_100, 2));
        assert_eq!([0x10, 0x90, 0xd0, 0x74, 0x78, 0x7c].map(sound), [None; 6]);
    }

    #[test]
    fn a_configuration_is_that_of_the_sound() {
        // ISO/IEC 14496-3 §1.6.2.1: five bits of object type, four of rate index, four of channels, three of zeros.
        let sound = |rate, channels| Sound::new(Codec::AdtsAac, 1_024, rate, channels).unwrap();
        assert_eq!((config(4, 2), config(11, 7)), ([0x12, 0x10], [0x15, 0xb8]));
        assert_eq!(parse_config(sound(44_100, 2), &[0x12, 0x10]), Some((4, 2)));
        assert_eq!(parse_config(sound(8_000, 8), &[0x15, 0xb8]), Some((11, 7)));
        for (sound, bytes) in [
            (sound(44_100, 1), &[0x12, 0x10][..]),
            (sound(48_000, 2), &[0x12, 0x10]),
            (sound(44_100, 2), &[0x12, 0x11]),
            (sound(44_100, 2), &[0x12]),
            (sound(44_100, 2), &[0x12, 0x10, 0]),
        ] {
            assert_eq!(parse_config(sound, bytes), None, "{bytes:02x?}");
        }
    }

    #[test]
    fn what_is_left_holds_no_frame_to_go_on_with() {
        let frame = |len: u16| [&header(len, true)[..], &vec![0; usize::from(len) - 7]].concat();
        let first = Header::parse(&header(20, true)).unwrap();
        let rest = |bytes: &[u8]| is_rest(bytes, &first);
        let other = |len: u16| {
            let mut frame = frame(len);
            frame[2] = 0x54;
            frame
        };
        assert!(rest(b"") && rest(b"noise"));
        assert!(rest(&frame(20)[..12]), "the start of a frame of the stream");
        assert!(!rest(&[&b"no"[..], &frame(20)].concat()), "a whole frame, and the end behind it");
        assert!(!rest(&[&b"no"[..], &frame(20), &frame(20)[..7]].concat()), "a frame, and a header behind it");
        assert!(rest(&[&b"no"[..], &frame(20), b"noise"].concat()), "a frame, and no header behind it");
        assert!(rest(&[&b"no"[..], &frame(20)[..19]].concat()), "a frame that is cut short");
        assert!(!rest(&other(20)), "a frame of another stream");
    }

    #[test]
    fn a_stream_has_two_frames_and_at_most_one_torn_behind() {
        let frame = |len: u16| [&header(len, true)[..], &vec![0x21; usize::from(len) - 7]].concat();
        let found = |bytes: Vec<u8>| {
            let len = bytes.len() as u64;
            scan(&mut std::io::Cursor::new(bytes), len).unwrap().is_some()
        };
        assert!(found([frame(20), frame(30)].concat()) && !found(frame(20)));
        // A frame has 8,191 bytes at most, so a torn one has fewer; zeros of that length are noise that a player passes.
        assert!(found([frame(20), frame(30), vec![0; 8_191]].concat()));
        assert!(!found([frame(20), frame(30), vec![0; 8_192]].concat()));
        assert!(found([frame(20), frame(30), frame(8_191)[..8_190].to_vec()].concat()));
        assert!(!found([frame(20), frame(30), b"no".to_vec(), frame(40)].concat()));
    }
}
