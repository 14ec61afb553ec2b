//! The container of compressed sound by hand, as docs/format/profiles.md has it: what reassembly takes, each limit met
//! exactly, and each rule broken alone. AMR-WB stands for all: its frames say themselves how long they are.
use casemate_carve::{CarveError, Profile, Shape, looks_like_sound, reassemble};

/// Deterministic CBOR, written out (RFC 8949 §4.2.1).
fn head(major: u8, n: u64) -> Vec<u8> {
    let high = major << 5;
    match n {
        0..=23 => vec![high + n as u8],
        24..=0xff => vec![high + 24, n as u8],
        0x100..=0xffff => [&[high + 25][..], &(n as u16).to_be_bytes()].concat(),
        _ => [&[high + 26][..], &(n as u32).to_be_bytes()].concat(),
    }
}

/// `{0: version, 1: [n, l, m, p, b, …], 2: literal}`: n times l literal bytes, m of META, p ends of packets, b bytes of one
/// that goes on.
fn map(version: u64, records: &[u64], literal: &[u8]) -> Vec<u8> {
    let mut out = [head(5, 3), head(0, 0), head(0, version), head(0, 1), head(4, records.len() as u64)].concat();
    records.iter().for_each(|n| out.extend(head(0, *n)));
    [out, head(0, 2), head(2, literal.len() as u64), literal.to_vec()].concat()
}

/// Frames without content (3GPP TS 26.201, type 15, one byte) and of silence (type 9, six).
const NO_DATA: u8 = 0x7c;
const SILENCE: [u8; 6] = [0x4c, 1, 2, 3, 4, 5];

/// Puts a recording of three frames together: the index of the leaf that is malformed, where one is.
fn put(container: Vec<u8>, meta: &[u8]) -> Result<Vec<u8>, u64> {
    let leaves = [vec![], vec![NO_DATA], SILENCE.to_vec(), vec![NO_DATA], meta.to_vec(), container];
    let shape = Shape::of_ticks("amr-wb-v1".parse().unwrap(), 3).unwrap();
    let mut out = Vec::new();
    let read = |index: u64, leaf: &mut Vec<u8>| -> Result<(), CarveError> {
        leaf.clear();
        leaf.extend_from_slice(&leaves[index as usize]);
        Ok(())
    };
    match reassemble(shape, read, &mut out) {
        Ok(written) => {
            assert_eq!(written, out.len() as u64);
            Ok(out)
        }
        Err(CarveError::BadLeaf { index, .. }) => Err(index),
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn records_use_everything_once_and_are_as_few_as_can_be() {
    let [a, b, c] = [&[NO_DATA][..], &SILENCE, &[NO_DATA]];
    for (records, literal, meta, expected) in [
        (&[1, 2, 0, 3, 0][..], &b"xy"[..], &b""[..], [b"xy", a, b, c].concat()),
        (&[1, 0, 0, 3, 0], b"", b"", [a, b, c].concat()),
        (&[3, 1, 0, 1, 0], b"xyz", b"", [b"x", a, b"y", b, b"z", c].concat()),
        (&[1, 0, 0, 3, 0, 1, 1, 2, 0, 0], b"x", b"mn", [a, b, c, b"x", b"mn"].concat()),
        // A packet that goes on behind something else; its rest counts as one.
        (&[1, 0, 0, 1, 2, 1, 1, 0, 2, 0], b"x", b"", [a, &b[..2], b"x", &b[2..], c].concat()),
        (
            &[1, 0, 0, 1, 2, 1, 1, 0, 0, 3, 1, 0, 1, 2, 0],
            b"x",
            b"m",
            [a, &b[..2], b"x", &b[2..5], b"m", &b[5..], c].concat(),
        ),
    ] {
        assert_eq!(put(map(2, records, literal), meta), Ok(expected), "{records:?}");
    }
    for (what, records, literal, meta) in [
        ("literal bytes left", &[1, 1, 0, 3, 0][..], &b"xy"[..], &b""[..]),
        ("META left", &[1, 0, 0, 3, 0], b"", b"m"),
        ("packets left", &[1, 0, 0, 2, 0], b"", b""),
        ("a part of a packet left", &[1, 0, 0, 1, 5], b"", b""),
        ("more literal bytes than there are", &[1, 2, 0, 3, 0], b"x", b""),
        ("more of META than there is", &[1, 0, 2, 3, 0], b"", b"m"),
        ("more packets than there are", &[1, 0, 0, 4, 0], b"", b""),
        ("more of a packet than there is", &[1, 0, 0, 1, 7, 1, 1, 0, 2, 0], b"x", b""),
        ("a run of no record", &[0, 1, 0, 1, 0, 1, 0, 0, 3, 0], b"", b""),
        ("an empty record", &[1, 0, 0, 3, 0, 1, 0, 0, 0, 0], b"", b""),
        ("two records that are one", &[1, 1, 0, 1, 0, 1, 0, 0, 2, 0], b"x", b""),
        ("literal bytes and META that are one record", &[1, 1, 0, 0, 0, 1, 0, 1, 3, 0], b"x", b"m"),
        ("a record repeated that is one", &[3, 0, 0, 1, 0], b"", b""),
        ("two runs of one record", &[1, 1, 0, 1, 0, 2, 1, 0, 1, 0], b"xyz", b""),
        ("a number too few", &[1, 0, 0, 3], b"", b""),
        ("a number too many", &[1, 0, 0, 3, 0, 1], b"", b""),
    ] {
        assert_eq!(put(map(2, records, literal), meta), Err(5), "{what}");
    }
    let good = map(2, &[1, 0, 0, 3, 0], b"");
    for (what, other) in [
        ("another version", map(1, &[1, 0, 0, 3, 0], b"")),
        ("a key more", [&head(5, 4)[..], &good[1..], &[3, 0]].concat()),
        ("another first key", [&good[..1], &[1], &good[2..]].concat()),
        ("another second key", [&good[..3], &[2], &good[4..]].concat()),
        ("another third key", [&good[..10], &[3], &good[11..]].concat()),
        ("no map", head(4, 3)),
        ("a byte more", [&good[..], &[0]].concat()),
        ("a byte fewer", good[..good.len() - 1].to_vec()),
        ("a number that is not shortest", [&good[..8], &[0x18, 3], &good[9..]].concat()),
        ("a length that is not shortest", [&good[..11], &[0x58, 0]].concat()),
    ] {
        assert_eq!(put(other, b""), Err(5), "{what}");
    }
}

#[test]
fn a_map_has_at_most_2_to_the_20_records_and_32_mib_aside() {
    // A literal byte and one or two of META in turn, the packets in the last.
    let records = |count: u64| {
        let numbers: Vec<u64> =
            (0..count).flat_map(|n| [1, 1, 1 + n % 2, if n + 1 == count { 3 } else { 0 }, 0]).collect();
        let meta = (0..count).map(|n| 1 + n % 2).sum::<u64>();
        put(map(2, &numbers, &vec![7; count as usize]), &vec![9; meta as usize]).map(|out| out.len() as u64)
    };
    assert_eq!(records(1 << 20), Ok((1 << 20) + (3 << 19) + 8));
    assert_eq!([(1 << 20) + 1, (1 << 20) + 2].map(records), [Err(5), Err(5)]);

    let most: usize = 32 << 20;
    let aside = |literal: usize, meta: usize| {
        let numbers = [1, literal as u64, meta as u64, 3, 0];
        put(map(2, &numbers, &vec![7; literal]), &vec![9; meta]).map(|out| out.len())
    };
    assert_eq!(aside(most - 5, 5), Ok(most + 8));
    assert_eq!([6, 7].map(|meta| aside(most - 5, meta)), [Err(5), Err(5)]);
}

#[test]
fn a_beginning_is_sound_or_not() {
    // Frame syncs: 11 bits, then version and layer: layer III is 01 (ISO 11172-3 §2.4.2.3), in ADTS 00 behind 12 bits.
    for (first, is_sound) in [
        (&[0xff, 0xfb][..], true),
        (&[0xff, 0xe3], true),
        (&[0xff, 0xf2], true),
        (&[0xff, 0xf1], true),
        (&[0xff, 0xf8], true),
        (&[0xff, 0xfd], false),
        (&[0xff, 0xff], false),
        (&[0xff, 0xe0], false),
        (&[0xff, 0xc3], false),
        (&[0xff, 0xfe], false),
        (&[0xff], false),
        (&[0xfe, 0xfb], false),
        (&[0x1a, 0x45, 0xdf, 0xa3], true),
        (&[0x1a, 0x45, 0xdf, 0xa4], false),
        (b"RIFF", true),
        (b"#!AMR\n", true),
        (b"#!AMR-WB\n", true),
        (b"fLaC", true),
        (b"ID3\x04", true),
        (b"OggS", true),
        (b"\0\0\0\x20ftypM4A ", true),
        (b"RIF", false),
        (b"text", false),
        (b"", false),
    ] {
        assert_eq!(looks_like_sound(first), is_sound, "{first:02x?}");
    }
}

#[test]
fn a_profile_of_sound_keeps_its_bounds() {
    // A frame lasts a second at most; the codec has such frames, rates and channels.
    for (text, is_one) in [
        ("mp3-v1;1152;44100;2", true),
        ("mp3-v1;1152;44100;3", false),
        ("mp3-v1;576;44100;2", false),
        ("mp3-v1;1152;44101;2", false),
        ("adts-aac-v1;44100;2", true),
        ("adts-aac-v1;44101;2", false),
        ("mp4-aac-v1;1024;44100;2", true),
        ("mp4-aac-v1;960;44100;2", true),
        ("mp4-aac-v1;961;44100;2", false),
        ("mp4-aac-v1;1024;44101;2", false),
        ("mp4-aac-v1;1024;44100;7", false),
        ("mp4-aac-v1;1024;44100;8", true),
        ("mp4-alac-v1;4096;44100;2", true),
        ("mp4-alac-v1;0;44100;2", false),
        ("flac-v1;16;44100;2", true),
        ("flac-v1;15;44100;2", false),
        ("flac-v1;44100;44100;2", true),
        ("flac-v1;44101;44100;2", false),
        ("flac-v1;65535;96000;2", true),
        ("flac-v1;65536;96000;2", false),
        ("ogg-opus-v1;1", true),
        ("ogg-opus-v1;0", false),
        ("amr-wb-v1", true),
        ("amr-wb-v1;1", false),
    ] {
        assert_eq!(text.parse::<Profile>().is_ok(), is_one, "{text}");
    }
}
