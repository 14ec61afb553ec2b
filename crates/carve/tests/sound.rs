//! Compressed sound: what each profile takes, and how its leaves come back.
#![allow(clippy::unwrap_used)]

mod common;

use casemate_carve::Hint;
use common::*;

/// An ADTS stream of access units of these lengths: 44.1 kHz, two channels, with a CRC where asked for.
pub fn adts(units: &[usize], with_crc: bool) -> Vec<u8> {
    let mut out = Vec::new();
    for &unit in units {
        let header = if with_crc { 9 } else { 7 };
        let frame = unit + header;
        out.extend([0xff, 0xf1 - u8::from(with_crc), 0x50, 0x80 | (frame >> 11) as u8, (frame >> 3) as u8]);
        out.extend([((frame & 7) as u8) << 5 | 0x1f, 0xfc]);
        out.extend(noise(header - 7));
        out.extend(noise(unit));
    }
    out
}

#[test]
fn adts_headers_are_aside() {
    for with_crc in [false, true] {
        let units: Vec<usize> = (0..600).map(|n| 1 + n * 37 % 700).collect();
        let mut file = b"ID3\x04\0\0\0\0\0\x05hello".to_vec();
        file.extend(adts(&units, with_crc));
        file.extend([b"TAG".as_slice(), &[b'x'; 125]].concat());
        let carved = carve(&file, Hint::Recording);
        assert_eq!(carved.layout.profile().to_string(), "adts-aac-v1;44100;2");
        assert_eq!(carved.layout.ticks_total(), 600);
        for (n, unit) in units.iter().enumerate() {
            assert_eq!(carved.leaves[n + 1].1, noise(*unit));
        }
        let (meta, container) = (&carved.leaves[601].1, &carved.leaves[602].1);
        assert!(meta.starts_with(b"ID3") && meta.ends_with(b"xxx"));
        // The tag and a first frame, 599 frames, the tag behind them: a few bytes, not one for each frame.
        assert!(container.len() < 60, "{}", container.len());
    }
}
