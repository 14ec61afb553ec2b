//! Containers and leaves by hand, as docs/format/profiles.md has them: what reassembly takes, each limit met exactly, and
//! each rule broken alone.
use casemate_carve::locator::TimeRange;
use casemate_carve::{CarveError, Profile, Run, Shape, TextUnit, cuts, reassemble};

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

fn uint(n: u64) -> Vec<u8> {
    head(0, n)
}

fn bytes(content: &[u8]) -> Vec<u8> {
    [&head(2, content.len() as u64)[..], content].concat()
}

fn array(numbers: &[u64]) -> Vec<u8> {
    let items: Vec<u8> = numbers.iter().flat_map(|n| uint(*n)).collect();
    [&head(4, numbers.len() as u64)[..], &items].concat()
}

/// Puts leaves together: `Err(Some(index))` names the leaf that is malformed.
fn put(profile: &str, ticks: u64, leaves: &[Vec<u8>]) -> Result<Vec<u8>, Option<u64>> {
    let shape = Shape::of_ticks(profile.parse().unwrap(), ticks).unwrap();
    assert_eq!(shape.leaf_count(), leaves.len() as u64);
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
        Err(CarveError::BadLeaf { index, .. }) => Err(Some(index)),
        Err(_) => Err(None),
    }
}

/// `{0: version, 1: [from, bytes, …], 2: literal bytes}`; from: 0 literal, 1 META, 2 packets.
fn map(version: u64, pieces: &[u64], literal: &[u8]) -> Vec<u8> {
    [head(5, 3), uint(0), uint(version), uint(1), array(pieces), uint(2), bytes(literal)].concat()
}

/// A frame of AMR-NB without content (type 15, one byte) and one of silence (type 8, six).
const NO_DATA: u8 = 0x7c;
const SILENCE: [u8; 6] = [0x44, 1, 2, 3, 4, 5];

fn amr(container: Vec<u8>, meta: &[u8]) -> Result<Vec<u8>, Option<u64>> {
    let packets = [vec![NO_DATA], SILENCE.to_vec(), vec![NO_DATA]];
    put("amr-nb-v1", 3, &[&[Vec::new()][..], &packets, &[meta.to_vec(), container]].concat())
}

#[test]
fn a_map_of_a_recording_uses_everything_once() {
    let sound = [&[NO_DATA][..], &SILENCE, &[NO_DATA]].concat();
    assert_eq!(amr(map(1, &[0, 2, 2, 8, 1, 3], b"ab"), b"xyz"), Ok([b"ab", &sound[..], b"xyz"].concat()));
    assert_eq!(amr(map(1, &[2, 8], b""), b""), Ok(sound));
    let (meta, container) = (Err(Some(4)), Err(Some(5)));
    for (what, pieces, literal, aside, expected) in [
        ("literal bytes not used", &[2, 8][..], &b"a"[..], &b""[..], container.clone()),
        ("more literal bytes than there are", &[0, 2, 2, 8], b"a", b"", container.clone()),
        ("META not used", &[2, 8], b"", b"x", meta.clone()),
        ("more of META than there is", &[2, 8, 1, 2], b"", b"x", meta),
        ("packets twice", &[2, 8, 0, 1, 2, 8], b"a", b"", container.clone()),
        ("packets twice, as long as they are together", &[2, 4, 0, 1, 2, 4], b"a", b"", container.clone()),
        ("no packets", &[0, 1], b"a", b"", container.clone()),
        ("packets of another length", &[2, 9], b"", b"", container.clone()),
        ("an empty piece", &[2, 8, 0, 0], b"", b"", container.clone()),
        ("pieces of one origin that are not joined", &[0, 1, 0, 1, 2, 8], b"ab", b"", container.clone()),
        ("an origin that there is not", &[2, 8, 3, 1], b"", b"x", container.clone()),
        ("half a piece", &[2, 8, 0], b"", b"", container.clone()),
    ] {
        assert_eq!(amr(map(1, pieces, literal), aside), expected, "{what}");
    }
    let good = map(1, &[2, 8], b"");
    for (what, other) in [
        ("another version", map(2, &[2, 8], b"")),
        ("a key more", [&head(5, 4)[..], &good[1..], &uint(3), &uint(0)].concat()),
        ("another first key", [&good[..1], &uint(1), &good[2..]].concat()),
        ("another second key", [&good[..3], &uint(2), &good[4..]].concat()),
        ("another third key", [&good[..7], &uint(3), &good[8..]].concat()),
        ("no map", bytes(&good)),
        ("a byte more", [&good[..], &[0]].concat()),
        ("a number that is not shortest", [&good[..6], &[0x18, 8], &good[7..]].concat()),
    ] {
        assert_eq!(amr(other, b""), container, "{what}");
    }
}

#[test]
fn a_recording_without_packets_has_none_in_its_map() {
    let empty = |pieces: &[u64], literal: &[u8]| put("amr-nb-v1", 0, &[vec![], vec![], map(1, pieces, literal)]);
    assert_eq!(empty(&[0, 6], b"#!AMR\n"), Ok(b"#!AMR\n".to_vec()));
    assert_eq!(empty(&[0, 6, 2, 1], b"#!AMR\n"), Err(Some(2)));
}

#[test]
fn a_map_has_at_most_16_384_pieces_and_16_mib_of_meta() {
    // Packets first, then literal bytes and META in turn, a byte each.
    let pieces = |count: u64| (0..count).flat_map(|n| if n == 0 { [2, 8] } else { [n % 2, 1] }).collect::<Vec<u64>>();
    let made = |count: u64| {
        let (literal, meta) = ((count - 1) / 2, count / 2);
        amr(map(1, &pieces(count), &vec![7; literal as usize]), &vec![9; meta as usize]).map(|out| out.len() as u64)
    };
    assert_eq!(made(16_384), Ok(8 + 16_383));
    assert_eq!([16_385, 16_386, 32_768].map(made), [Err(Some(5)), Err(Some(5)), Err(Some(5))]);

    let most = 16 << 20;
    let with_meta = |count: u64| amr(map(1, &[2, 8, 1, count], b""), &vec![9; count as usize]).map(|out| out.len());
    assert_eq!(with_meta(most), Ok(8 + most as usize));
    assert_eq!([most + 1, most + 2].map(with_meta), [Err(Some(4)), Err(Some(4))]);
}

#[test]
fn packets_have_the_length_of_their_profile() {
    // AMR-NB (3GPP TS 26.101): the type in the first byte says how long a frame is; 9 to 14 are not for use.
    let frame = |frame: &[u8]| {
        let container = map(1, &[2, frame.len().max(1) as u64], b"");
        put("amr-nb-v1", 1, &[vec![], frame.to_vec(), vec![], container]).map(|out| out.len())
    };
    for (kind, len) in [(0, 13), (1, 14), (2, 16), (3, 18), (4, 20), (5, 21), (6, 27), (7, 32), (8, 6), (15, 1)] {
        let of = |len: usize| [&[kind << 3 | 4][..], &vec![1; len - 1]].concat();
        assert_eq!(frame(&of(len)), Ok(len), "type {kind}");
        assert_eq!(frame(&of(len + 1)), Err(Some(1)), "type {kind}");
    }
    assert_eq!([&[0x4c][..], &[0x74], &[]].map(frame), [Err(Some(1)), Err(Some(1)), Err(Some(1))]);

    // PCM of 16 bits, two channels, 8 kHz: blocks of 160 frames of four bytes, the last one shorter.
    let pcm = |lens: [usize; 2]| {
        let packets = lens.map(|len| vec![3; len]);
        let container = map(1, &[2, (lens[0] + lens[1]) as u64], b"");
        put("wav-v1;s16;8000;2", 170, &[&[vec![]][..], &packets, &[vec![], container]].concat()).map(|out| out.len())
    };
    assert_eq!(pcm([640, 40]), Ok(680));
    assert_eq!([[639, 40], [641, 40], [644, 36]].map(pcm), [Err(Some(1)), Err(Some(1)), Err(Some(1))]);
    assert_eq!([[640, 39], [640, 41], [640, 0]].map(pcm), [Err(Some(2)), Err(Some(2)), Err(Some(2))]);

    // Chunks of 65,536 bytes; the last has one to as many. An empty source is one empty chunk.
    let chunks = |lens: &[usize]| {
        let leaves: Vec<Vec<u8>> = lens.iter().map(|len| vec![5; *len]).collect();
        put("chunk-v1", lens.len() as u64, &leaves).map(|out| out.len())
    };
    for (lens, expected) in [
        (&[0][..], Ok(0)),
        (&[65_536], Ok(65_536)),
        (&[65_537], Err(Some(0))),
        (&[65_536, 1], Ok(65_537)),
        (&[65_536, 65_536], Ok(131_072)),
        (&[65_536, 0], Err(Some(1))),
        (&[65_536, 65_537], Err(Some(1))),
        (&[65_535, 1], Err(Some(0))),
        (&[65_537, 1], Err(Some(0))),
        (&[0, 1], Err(Some(0))),
    ] {
        assert_eq!(chunks(lens), expected, "{lens:?}");
    }

    // A line or a span has at least a byte, a cell may be empty; none has more than 2^20.
    for (profile, container, empty) in [
        ("lines-v1;byte", vec![], Err(Some(0))),
        ("spans-v1;json", vec![], Err(Some(0))),
        ("csv-v1", rows(1, b',', &[1, 0, 1]), Ok(0)),
    ] {
        let piece = |len: usize| put(profile, 1, &[vec![b'x'; len], container.clone()]).map(|out| out.len());
        assert_eq!([0, 1, 1 << 20].map(piece), [empty, Ok(1), Ok(1 << 20)], "{profile}");
        assert_eq!(piece((1 << 20) + 1), Err(Some(0)), "{profile}");
    }
    for profile in ["lines-v1;byte", "spans-v1;json"] {
        assert_eq!(put(profile, 1, &[vec![b'x'], vec![0]]), Err(Some(1)), "an empty container");
    }
}

/// `{0: version, 1: delimiter, 2: [cells, end, rows, …]}`; end: 0 the source's, 1 LF, 2 CRLF, 3 CR.
fn rows(version: u64, delimiter: u8, runs: &[u64]) -> Vec<u8> {
    [head(5, 3), uint(0), uint(version), uint(1), uint(u64::from(delimiter)), uint(2), array(runs)].concat()
}

#[test]
fn a_table_is_its_cells_and_the_runs_of_its_rows() {
    let table = |container: Vec<u8>| {
        let cells = [&b"a"[..], b"b", b"", b"d", b"e", b"f"].map(<[u8]>::to_vec);
        put("csv-v1", 6, &[&cells[..], &[container]].concat()).map(|out| String::from_utf8(out).unwrap())
    };
    let ok = |text: &str| Ok(text.to_owned());
    for (delimiter, runs, expected) in [
        (b',', &[2, 1, 3][..], ok("a,b\n,d\ne,f\n")),
        (b';', &[2, 2, 2, 2, 0, 1], ok("a;b\r\n;d\r\ne;f")),
        (b'\t', &[1, 3, 6], ok("a\rb\r\rd\re\rf\r")),
        (b'|', &[6, 0, 1], ok("a|b||d|e|f")),
        (b',', &[3, 1, 1, 3, 2, 1], ok("a,b,\nd,e,f\r\n")),
        (b':', &[2, 1, 3], Err(Some(6))),
        (b',', &[2, 1, 2], Err(Some(6))),
        (b',', &[2, 1, 4], Err(Some(6))),
        (b',', &[2, 1, 1, 2, 1, 2], Err(Some(6))),
        (b',', &[2, 4, 3], Err(Some(6))),
        (b',', &[0, 1, 1, 6, 1, 1], Err(Some(6))),
        (b',', &[6, 1, 1, 1, 1, 0], Err(Some(6))),
        (b',', &[2, 0, 3], Err(Some(6))),
        (b',', &[2, 0, 1, 4, 1, 1], Err(Some(6))),
        (b',', &[2, 1, 3, 0], Err(Some(6))),
        (b',', &[2, 1, 3, 0, 0], Err(Some(6))),
        (b',', &[], Err(Some(6))),
    ] {
        assert_eq!(table(rows(1, delimiter, runs)), expected, "{runs:?}");
    }
    let good = rows(1, b',', &[2, 1, 3]);
    assert_eq!(table(rows(2, b',', &[2, 1, 3])), Err(Some(6)));
    for (at, byte) in [(0, 0xa2), (0, 0xa4), (0, 0x83), (1, 1), (3, 2), (6, 3)] {
        let mut other = good.clone();
        other[at] = byte;
        assert_eq!(table(other), Err(Some(6)), "byte {at}");
    }
    assert_eq!(table([&good[..], &[0]].concat()), Err(Some(6)));
}

#[test]
fn a_table_has_at_most_262_144_runs_of_rows() {
    // Rows of one empty cell, ended by LF and CR in turn: no two are one run.
    let table = |count: u64| {
        let runs: Vec<u64> = (0..count).flat_map(|n| [1, if n % 2 == 0 { 1 } else { 3 }, 1]).collect();
        let mut leaves = vec![Vec::new(); count as usize];
        leaves.push(rows(1, b',', &runs));
        put("csv-v1", count, &leaves).map(|out| out.len() as u64)
    };
    assert_eq!(table(262_144), Ok(262_144));
    assert_eq!([262_145, 262_146].map(table), [Err(Some(262_145)), Err(Some(262_146))]);
}

#[test]
fn a_plan_has_at_most_2_to_the_20_ranges() {
    let shape = |profile: &str, ticks| Shape::of_ticks(profile.parse().unwrap(), ticks).unwrap();
    let (lines, sound) = (shape("lines-v1;byte", 3), shape("amr-nb-v1", 500));
    let range = TimeRange::new(0, 1).unwrap();
    let plans = |count: usize| {
        [
            cuts::recording(sound, &vec![range; count]).map(|cuts| cuts.runs.len()),
            cuts::lines(lines, &vec![(3, 3); count]).map(|cuts| cuts.runs.len()),
            cuts::pieces(lines, &vec![Run { start: 2, len: 1 }; count]).map(|cuts| cuts.runs.len()),
        ]
    };
    for (count, expected) in
        [(1 << 20, [Some(2), Some(1), Some(1)]), ((1 << 20) + 1, [None; 3]), ((1 << 20) + 2, [None; 3])]
    {
        for (plan, expected) in plans(count).into_iter().zip(expected) {
            match (plan, expected) {
                (Ok(found), Some(runs)) => assert_eq!(found, runs),
                (Err(CarveError::Limit { name: "MAX_RANGES", limit: 1_048_576 }), None) => {}
                (other, _) => panic!("{count}: {other:?}"),
            }
        }
    }
    assert!(cuts::pieces(lines, &[Run { start: 2, len: 2 }]).is_err());
}

#[test]
fn only_packets_of_a_recording_have_a_time() {
    // 8 kHz: blocks of 160 frames of 20 ms; CFG is leaf 0, META 501, the container 502.
    let sound = Shape::of_ticks("wav-v1;s16;8000;1".parse().unwrap(), 80_000).unwrap();
    let lines = Shape::of_ticks(Profile::Lines(TextUnit::Byte), 600).unwrap();
    let time = |shape, start, len| cuts::time_of(shape, Run { start, len }).map(|range| (range.start, range.end));
    assert_eq!(time(sound, 1, 500), Some((0, 10_000)));
    assert_eq!(time(sound, 500, 1), Some((9_980, 10_000)));
    assert_eq!([(0, 2), (500, 2), (501, 1), (7, 0), (0, 0)].map(|(start, len)| time(sound, start, len)), [None; 5]);
    assert_eq!(time(lines, 1, 2), None);
}
