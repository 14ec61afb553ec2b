//! Sound in MP4, M4A, 3GP and QuickTime: whatever the layout, the leaves are the frames and the file comes back.

use crate::common::mp4::*;
use crate::common::*;
use casemate_carve::locator::TimeRange;
use casemate_carve::render::{AMR_TONE, AMR_WB_TONE};
use casemate_carve::{CarveError, Hint, Layout, Profile, Run, Shape, cuts};
use proptest::prelude::*;
use std::io::Cursor;

fn profile(file: &[u8]) -> String {
    carve(file, Hint::Recording).layout.profile().to_string()
}

fn lens(count: usize) -> Vec<usize> {
    (0..count).map(|n| 5 + n * 37 % 300).collect()
}

/// The packets, without CFG, META and container.
fn packets(carved: &Carved) -> Vec<Vec<u8>> {
    carved.leaves[1..carved.leaves.len() - 2].iter().map(|leaf| leaf.1.clone()).collect()
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn each_codec_is_cut_into_its_frames() {
    let types: Vec<u8> = (0..90).map(|n| [7, 0, 15, 8, 3][n % 5]).collect();
    let wide: Vec<u8> = (0..90).map(|n| [8, 0, 15, 9, 14, 2][n % 6]).collect();
    let cases = [
        (Movie::aac(&lens(40)), "mp4-aac-v1;1024;44100;2", 40),
        (Movie::alac(&lens(40), 1, 16_000), "mp4-alac-v1;4096;16000;1", 40),
        (Movie::alac(&lens(40), 8, 192_000), "mp4-alac-v1;4096;192000;8", 40),
        (Movie::amr(false, &types, 1), "mp4-amr-nb-v1", 90),
        (Movie::amr(false, &types, 7), "mp4-amr-nb-v1", 90),
        (Movie::amr(true, &wide, 10), "mp4-amr-wb-v1", 90),
    ];
    for (movie, expected, frames) in cases {
        let carved = carve(&movie.build(), Hint::Recording);
        assert_eq!(carved.layout.profile().to_string(), expected);
        assert_eq!(carved.layout.ticks_total(), frames, "{expected}");
        assert_eq!(packets(&carved).concat(), movie.samples.concat());
        // One frame a leaf, though a sample may have more.
        if expected.contains("amr") {
            let first: Vec<u8> = packets(&carved).iter().map(|frame| frame[0] >> 3).collect();
            assert_eq!(first, if expected.contains("wb") { &wide[..] } else { &types[..] });
        }
        let meta = &carved.leaves[carved.leaves.len() - 2].1;
        assert!(holds(meta, b"Oduya Marenka") && holds(meta, b"between") && holds(meta, b"room"));
        for (n, leaf) in carved.leaves.iter().enumerate() {
            assert_eq!(holds(&leaf.1, b"Marenka"), n == carved.leaves.len() - 2);
            assert_eq!(holds(&leaf.1, b"stsz"), n == carved.leaves.len() - 1);
        }
    }
}

#[test]
fn amr_wb_files_and_their_tail() {
    let types = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 14, 15, 2];
    let file = awb(&types);
    let carved = carve(&file, Hint::Recording);
    assert_eq!(carved.layout.profile().to_string(), "amr-wb-v1");
    assert_eq!((carved.layout.ticks_total(), carved.layout.timebase().den), (13, 16_000));
    assert_eq!(packets(&carved).iter().map(|frame| frame[0] >> 3).collect::<Vec<_>>(), types);
    // A frame that is cut off, and a type that no file may hold, go with what follows into the container.
    for tail in [&file[9..20], &[10 << 3 | 4, 1, 2, 3][..]] {
        let again = carve(&[&file[..], tail].concat(), Hint::Recording);
        assert_eq!(again.layout.ticks_total(), 13);
        assert!(again.leaves.last().unwrap().1.ends_with(tail));
    }
    assert_eq!(profile(b"#!AMR-WB\n"), "chunk-v1");
    assert_eq!(profile(b"#!AMR-WB_MC1.0\n\0\0\0\x02\x04"), "chunk-v1");
}

#[test]
fn odd_layouts_have_the_same_leaves() {
    let plain = Movie::aac(&lens(60));
    let expected = carve(&plain.build(), Hint::Recording);
    let mut seen = 0;
    for moov_first in [false, true] {
        for data in [Data::One, Data::Each, Data::Long, Data::ToTheEnd] {
            for wide_offsets in [false, true] {
                for gap in [&b""[..], b"a chapter's name"] {
                    for per_chunk in [vec![1], vec![60], vec![7, 2]] {
                        if data == Data::ToTheEnd && !moov_first {
                            continue;
                        }
                        let movie = Movie {
                            moov_first,
                            data,
                            wide_offsets,
                            gap: gap.to_vec(),
                            per_chunk: per_chunk.clone(),
                            beside: vec![*b"text", *b"tmcd"],
                            tail: if data == Data::ToTheEnd { Vec::new() } else { b"\0\0\0\x08free1234567".to_vec() },
                            ..plain.clone()
                        };
                        let carved = carve(&movie.build(), Hint::Recording);
                        assert_eq!(carved.layout.shape(), expected.layout.shape());
                        assert_eq!(carved.leaves[..61], expected.leaves[..61], "{movie:?}");
                        seen += 1;
                    }
                }
            }
        }
    }
    assert_eq!(seen, 84);
}

#[test]
fn what_depends_on_the_sound_is_not_open() {
    let movie = Movie::aac(&lens(20));
    let first = carve(&movie.build(), Hint::Recording);
    let entry = entry(b"mp4a", &esds(0x40, &[9; 11], &[0x12, 0x10, 0, 0]));
    let sgpd = full(b"sgpd", 1 << 24, &words(&[0x726f_6c6c, 2, 1]));
    let other = Movie { entry, in_stbl: sgpd, edits: vec![(464, 2_112)], udta: Vec::new(), ..movie.clone() };
    let other = carve(&other.build(), Hint::Recording);
    assert_eq!(first.leaves[0], other.leaves[0]);
    let mut cookies = Vec::new();
    for (longest, mean) in [([0, 0, 0x40, 0x12], [0, 1, 2, 3]), ([0; 4], [0xff; 4])] {
        let mut setup = cookie(4_096, 16, 2, 44_100);
        setup[12..16].copy_from_slice(&longest);
        setup[16..20].copy_from_slice(&mean);
        let lossless = Movie::alac(&lens(20), 2, 44_100);
        let lossless = Movie { entry: crate::common::mp4::entry(b"alac", &full(b"alac", 0, &setup)), ..lossless };
        cookies.push(carve(&lossless.build(), Hint::Recording).leaves[0].clone());
    }
    assert_eq!(cookies[0], cookies[1]);
}

#[test]
fn quicktime_entries() {
    let config = esds(0x40, &RATES, &[0x12, 0x10]);
    let wave = plain(b"wave", &[plain(b"frma", b"mp4a"), config.clone(), plain(b"\0\0\0\0", b"")].concat());
    let with = |version: u8, more: &[u8]| {
        let mut entry = entry(b"mp4a", more);
        entry[17] = version;
        Movie { entry, ..Movie::aac(&lens(9)) }.build()
    };
    let expected = "mp4-aac-v1;1024;44100;2";
    assert_eq!(profile(&with(0, &wave)), expected);
    assert_eq!(profile(&with(1, &[vec![0; 16], wave.clone()].concat())), expected);
    assert_eq!(profile(&with(2, &[vec![0; 36], wave.clone()].concat())), expected);
    assert_eq!(profile(&with(3, &wave)), "chunk-v1");
    let alac = plain(b"wave", &[plain(b"frma", b"alac"), full(b"alac", 0, &cookie(4_096, 24, 2, 48_000))].concat());
    let movie = Movie { entry: entry(b"alac", &alac), ..Movie::alac(&lens(9), 2, 48_000) };
    assert_eq!(profile(&movie.build()), "mp4-alac-v1;4096;48000;2");
}

#[test]
fn times_near_the_nominal_ones_pass() {
    let movie = Movie::aac(&lens(50));
    let passes = |movie: Movie| profile(&movie.build()).starts_with("mp4-aac");
    let with = |scale: u32, times: &[(u32, u32)]| Movie { scale, times: times.to_vec(), ..movie.clone() };
    // The last may have any duration; recorders round, and step by a few.
    assert!(passes(with(44_100, &[(49, 1_024), (1, 3)])) && passes(with(44_100, &[(49, 1_024), (1, 90_000)])));
    assert!(passes(with(1_000, &[(50, 23)])));
    assert!(passes(with(600, &[(10, 14), (10, 13), (30, 14)])));
    assert!(passes(with(44_100, &[(1, 2_048), (20, 1_020), (29, 1_025)])));
    // A gap of a second, a steady other speed, counts that don't agree.
    assert!(!passes(with(44_100, &[(20, 1_024), (1, 45_124), (29, 1_024)])));
    assert!(!passes(with(44_100, &[(50, 1_200)])) && !passes(with(22_050, &[(50, 1_024)])));
    assert!(!passes(with(44_100, &[(49, 1_024)])) && !passes(with(44_100, &[(51, 1_024)])));
    let edited = |edits: &[(u64, i64)]| Movie { edits: edits.to_vec(), ..movie.clone() };
    // What encoders put before the sound is skipped; players may start a little late.
    assert!(passes(edited(&[(1_100, 2_112)])) && passes(edited(&[(1_160, 1_024)])));
    assert!(passes(edited(&[(60, -1), (1_100, 2_112)])) && passes(edited(&[(0x7fff_ffff, 0)])));
    // Cut at the start or the end by an editor; late by a second; twice; played to nothing.
    assert!(!passes(edited(&[(700, 20_000)])) && !passes(edited(&[(900, 0)])));
    assert!(!passes(edited(&[(1_000, -1), (1_100, 0)])) && !passes(edited(&[(500, 0), (600, 22_050)])));
    assert!(!passes(edited(&[(0, 0)])) && !passes(edited(&[(100, -1)])));
    // A fourth edit behind three that would pass.
    assert!(!passes(edited(&[(1, -1), (1, -1), (1_161, 0), (900, 44_100)])));
    // The same length in the end, from two pieces.
    assert!(!passes(edited(&[(1_161, 0), (1, 0)])));
}

#[test]
fn fragments() {
    let movie = Movie::aac(&lens(60));
    let expected = carve(&movie.build(), Hint::Recording);
    for bits in 0..16u8 {
        let bit = |n: u8| bits >> n & 1 == 1;
        for each in [1, 7, 60] {
            let how = Fragments {
                each,
                with_base: bit(0) || !bit(2),
                with_time: bit(1),
                with_offset: bit(2),
                durations_in_run: bit(3),
            };
            let sidx = full(b"sidx", 0, &[0; 20]);
            let file = Movie { tail: sidx, ..movie.clone() }.fragmented(how);
            let carved = carve(&file, Hint::Recording);
            assert_eq!(carved.layout.shape(), expected.layout.shape(), "{how:?}");
            assert_eq!(carved.leaves[..61], expected.leaves[..61], "{how:?}");
        }
    }
    // Edits of fragments go to the end by a duration of 0.
    let how = Fragments { each: 9, with_base: false, with_time: true, with_offset: true, durations_in_run: false };
    assert!(profile(&Movie { edits: vec![(0, 2_112)], ..movie.clone() }.fragmented(how)).starts_with("mp4-aac"));
    assert_eq!(profile(&Movie { edits: vec![(0, 9_999)], ..movie.clone() }.fragmented(how)), "chunk-v1");
    // The time of a fragment is believed: one that was lost is a gap.
    let file = movie.fragmented(how);
    let second = file.windows(4).enumerate().filter(|(_, w)| w == b"moof").nth(1).unwrap().0 - 4;
    let third = file.windows(4).enumerate().filter(|(_, w)| w == b"moof").nth(2).unwrap().0 - 4;
    assert_eq!(profile(&[&file[..second], &file[third..]].concat()), "chunk-v1");
    assert_eq!(carve(&file[..second], Hint::Recording).layout.ticks_total(), 9);
}

#[test]
fn what_is_no_such_recording_is_chunks() {
    let movie = Movie::aac(&lens(30));
    let with_entry = |entry: Vec<u8>| Movie { entry, ..movie.clone() };
    let setup = esds(0x40, &RATES, &[0x12, 0x10]);
    let refused = [
        ("pictures beside", Movie { beside: vec![*b"vide"], ..movie.clone() }),
        ("two sounds", Movie { beside: vec![*b"soun"], ..movie.clone() }),
        ("a kind of track that is not known", Movie { beside: vec![*b"hapt"], ..movie.clone() }),
        ("no sound", Movie { handler: *b"text", ..movie.clone() }),
        ("encrypted", with_entry(entry(b"enca", &setup))),
        ("raw", with_entry(entry(b"sowt", b""))),
        ("no configuration", with_entry(entry(b"mp4a", b""))),
        ("two configurations", with_entry(entry(b"mp4a", &[setup.clone(), setup.clone()].concat()))),
        ("layer III", with_entry(entry(b"mp4a", &esds(0x6b, &RATES, &[0x12, 0x10])))),
        ("AAC Main", with_entry(entry(b"mp4a", &esds(0x40, &RATES, &[0x0a, 0x10])))),
        ("a program config element", with_entry(entry(b"mp4a", &esds(0x40, &RATES, &[0x12, 0])))),
        ("text behind the configuration", with_entry(entry(b"mp4a", &esds(0x40, &RATES, b"\x12\x10hidden")))),
        ("shifted in time", Movie { in_stbl: full(b"ctts", 0, &words(&[1, 30, 5])), ..movie.clone() }),
        ("two tables of sizes", Movie { in_stbl: full(b"stsz", 0, &words(&[9, 30])), ..movie.clone() }),
        ("two tables of places", Movie { in_stbl: full(b"co64", 0, &words(&[0])), ..movie.clone() }),
        ("two moov", Movie { tail: plain(b"moov", b""), ..movie.clone() }),
        ("fragments out of nowhere", Movie { tail: plain(b"moof", b""), ..movie.clone() }),
        ("no samples", Movie { samples: Vec::new(), times: Vec::new(), ..movie.clone() }),
        ("an empty sample", Movie::aac(&[5, 0, 7])),
        ("a sample over 1 MiB", Movie::aac(&[5, (1 << 20) + 1])),
        ("a box that passes the end", Movie { tail: b"\0\0\0\x09free".to_vec(), ..movie.clone() }),
        ("AMR, a type that is none", Movie::amr(false, &[7, 9], 1)),
        ("Lossless, 17 bits", {
            let setup = full(b"alac", 0, &cookie(4_096, 17, 2, 44_100));
            Movie { entry: entry(b"alac", &setup), ..Movie::alac(&lens(9), 2, 44_100) }
        }),
    ];
    for (name, movie) in refused {
        assert_eq!(profile(&movie.build()), "chunk-v1", "{name}");
    }
    // A frame of AMR that goes on in the next sample.
    let mut torn = Movie::amr(false, &[7, 7, 7, 7], 2);
    let byte = torn.samples[0].pop().unwrap();
    torn.samples[1].insert(0, byte);
    assert_eq!(profile(&torn.build()), "chunk-v1");
    // Chunks in another order than the samples', and chunks that overlap.
    let file = Movie { per_chunk: vec![10], ..movie.clone() }.build();
    let stco = file.windows(4).position(|window| window == b"stco").unwrap() + 12;
    let place = |n: usize| u32::from_be_bytes(file[stco + 4 * n..stco + 4 * n + 4].try_into().unwrap());
    for (n, other) in [(0, place(2)), (1, place(0)), (1, place(0) + 1), (2, 8), (2, u32::MAX)] {
        let mut bad = file.clone();
        bad[stco + 4 * n..stco + 4 * n + 4].copy_from_slice(&other.to_be_bytes());
        assert_eq!(profile(&bad), "chunk-v1", "{n} {other}");
    }
}

#[test]
fn three_hours_take_a_table_and_no_more() {
    let count = 3 * 3_600 * 44_100 / 1_024;
    let movie = Movie { per_chunk: vec![22], gap: b"time code".to_vec(), ..Movie::aac(&vec![3; count]) };
    let mut movie = movie;
    movie.samples.iter_mut().step_by(7).for_each(|sample| sample.push(1));
    let file = movie.build();
    let mut src = Cursor::new(&file);
    let layout = Layout::scan(&mut src, file.len() as u64, Hint::Recording).unwrap();
    assert_eq!(layout.ticks_total(), count as u64);
    let mut out = Vec::new();
    for index in [1u64, 2, 400_000, count as u64] {
        layout.read_leaf(&mut src, index, &mut out).unwrap();
        assert_eq!(out, movie.samples[index as usize - 1]);
    }
}

fn cut(carved: &Carved, start: u64, end: u64) -> Vec<Run> {
    cuts::recording(carved.layout.shape(), &[TimeRange::new(start, end).unwrap()]).unwrap().runs
}

/// The copy in its own container, with packets hidden, carves again: as many frames, the open ones as they were.
#[test]
fn copies_have_the_open_frames_and_as_many() {
    let movies = [
        Movie::aac(&lens(400)),
        Movie::alac(&lens(60), 2, 44_100),
        Movie {
            entry: entry(b"mp4a", &esds(0x40, &RATES, &[0x2b, 0x8a, 8, 0])),
            scale: 22_050,
            ..Movie::aac(&lens(200))
        },
        Movie { edits: vec![(9_200, 2_112)], moov_first: true, ..Movie::aac(&lens(400)) },
    ];
    for movie in movies {
        let carved = carve(&movie.build(), Hint::Recording);
        let runs = cut(&carved, 2_300, 2_600);
        assert!(runs[0].len > 5 && runs[0].end() < carved.layout.shape().packets().end);
        let again = carve(&rendered(&carved, &runs), Hint::Recording);
        assert_eq!(again.layout.shape(), carved.layout.shape());
        assert_eq!(again.leaves[0], carved.leaves[0]);
        let constant = &again.leaves[runs[0].start as usize].1;
        for index in carved.layout.shape().packets() {
            let (copy, own) = (&again.leaves[index as usize].1, &carved.leaves[index as usize].1);
            let is_hidden = runs.iter().any(|run| run.contains(index));
            assert_eq!(copy == own, !is_hidden, "{index}");
            assert!(!is_hidden || copy.len() == constant.len());
        }
        assert!(again.leaves[again.leaves.len() - 2].1.is_empty(), "nothing describes the copy");
    }
}

#[test]
fn the_cut_of_amr_in_mp4_is_the_tone_in_a_plain_file() {
    for (is_wide, tones) in [(false, &AMR_TONE[..]), (true, &AMR_WB_TONE[..])] {
        let magic: &[u8] = if is_wide { b"#!AMR-WB\n" } else { b"#!AMR\n" };
        for (mode, tone) in tones.iter().enumerate() {
            assert_eq!(tone.len(), amr_frame(is_wide, mode as u8, 0).len());
            assert_eq!(tone[0], amr_frame(is_wide, mode as u8, 0)[0]);
            let shown = |hidden: [u8; 3]| {
                let types: Vec<u8> =
                    (0..200).map(|n| if (50..100).contains(&n) { hidden[n % 3] } else { mode as u8 }).collect();
                let carved = carve(&Movie::amr(is_wide, &types, 5).build(), Hint::Recording);
                let runs = cut(&carved, 1_400, 1_500);
                assert_eq!(runs[0], Run { start: 51, len: 50 });
                (carved.leaves[0].clone(), rendered(&carved, &runs))
            };
            let (cfg, out) = shown([1, 15, 0]);
            let from = magic.len() + 50 * tone.len();
            assert!(out.starts_with(magic));
            assert_eq!(out[from..from + 50 * tone.len()], tone.repeat(50));
            assert_eq!(out.len(), magic.len() + 200 * tone.len());
            assert_eq!((cfg, out), shown([2, 8, 8]));
        }
        // Hidden from the start: the mode is a constant.
        let carved = carve(&Movie::amr(is_wide, &[0; 150], 1).build(), Hint::Recording);
        let out = rendered(&carved, &cut(&carved, 0, 500));
        assert!(out[magic.len()..].starts_with(&tones.last().unwrap().repeat(50)));
    }
    let types: Vec<u8> = (0..200).map(|n| if n == 49 { 15 } else { 4 }).collect();
    let carved = carve(&awb(&types), Hint::Recording);
    let out = rendered(&carved, &cut(&carved, 1_400, 1_500));
    assert_eq!(out.len(), awb(&types).len());
    assert!(holds(&out, &AMR_WB_TONE[4].repeat(50)));
}

/// Two recordings of one shape, of other sound in the cut and of other sizes, sealed in other layouts.
#[test]
fn nothing_open_depends_on_what_is_hidden() {
    let make = |kind: usize, seed: usize| {
        let hides = |n: usize| match kind {
            0 => (130..258).contains(&n),
            1 => (33..43).contains(&n),
            _ => (100..150).contains(&n),
        };
        let len = |n: usize| if hides(n) { 3 + (n * seed) % 900 } else { 40 + n % 50 };
        let types: Vec<u8> = (0..250).map(|n| if hides(n) { ((n * seed) % 9) as u8 } else { 4 }).collect();
        let movie = match kind {
            0 => Movie::aac(&(0..400).map(len).collect::<Vec<_>>()),
            1 => Movie::alac(&(0..100).map(len).collect::<Vec<_>>(), 2, 44_100),
            2 => Movie::amr(false, &types, 5),
            _ => Movie::amr(true, &types, 2),
        };
        let movie =
            Movie { moov_first: seed > 5, per_chunk: vec![seed], udta: plain(b"udta", &vec![1; seed]), ..movie };
        let carved = carve(&movie.build(), Hint::Recording);
        let runs = match kind {
            0 => cut(&carved, 3_500, 5_400),
            1 => cut(&carved, 3_300, 3_600),
            _ => cut(&carved, 2_400, 2_500),
        };
        for index in carved.layout.shape().packets() {
            assert_eq!(hides(index as usize - 1), runs[0].contains(index), "{kind} {index}");
        }
        let copy = rendered(&carved, &runs);
        let open: Vec<Vec<u8>> = (0u64..)
            .zip(&carved.leaves)
            .filter(|(index, _)| !runs.iter().any(|run| run.contains(*index)))
            .map(|(_, leaf)| leaf.1.clone())
            .collect();
        (carved.layout.shape(), runs, open, copy)
    };
    for kind in 0..4 {
        let (first, second) = (make(kind, 3), make(kind, 11));
        assert!(first == second, "{kind}");
    }
}

#[test]
fn a_tone_stands_in_lossless_sound() {
    for (depth, channels, rate) in
        [(16u8, 1u8, 8_000u32), (16, 2, 44_100), (20, 3, 48_000), (24, 8, 96_000), (32, 6, 44_100)]
    {
        let setup = full(b"alac", 0, &cookie(4_096, depth, channels, rate));
        let count = 5 * rate as usize / 4_096;
        let movie = Movie { entry: entry(b"alac", &setup), ..Movie::alac(&lens(count), channels, rate) };
        let carved = carve(&movie.build(), Hint::Recording);
        let runs = cut(&carved, 2_000, 2_100);
        let again = carve(&rendered(&carved, &runs), Hint::Recording);
        let frame = &again.leaves[runs[0].start as usize].1;
        let mut at = 0;
        let mut take = |count: u32| {
            (0..count).fold(0u32, |value, _| {
                at += 1;
                value << 1 | u32::from(frame[(at - 1) / 8] >> (7 - (at - 1) % 8) & 1)
            })
        };
        let first = (runs[0].start - 1) as f64 * 4_096.0;
        let mut left = channels;
        while left > 0 {
            let pair = take(3);
            assert!(pair < 2, "an element of {}", pair + 1);
            assert_eq!((take(4) < 8, take(12), take(4)), (true, 0, 1));
            for n in 0..4_096 {
                for _ in 0..=pair {
                    let value = (take(u32::from(depth)) << (32 - depth)) as i32;
                    let phase = std::f64::consts::TAU * 1_000.0 * (first + f64::from(n)) / f64::from(rate);
                    let error = f64::from(value) / 65_536.0 - 4_096.0 * phase.sin();
                    assert!(error.abs() < 27.0, "{depth} {channels} {n}: {error}");
                }
            }
            left -= pair as u8 + 1;
        }
        assert_eq!(take(3), 7);
        assert_eq!(at.div_ceil(8), frame.len());
    }
}

#[test]
fn leaves_and_configurations_that_do_not_fit_are_refused() {
    for movie in [Movie::aac(&lens(9)), Movie::alac(&lens(9), 2, 44_100), Movie::amr(true, &[2; 9], 1)] {
        let carved = carve(&movie.build(), Hint::Recording);
        let cfg = &carved.leaves[0].1;
        for at in 0..cfg.len() {
            for flip in [1u8, 0x80] {
                let mut leaves = carved.leaves.clone();
                leaves[0].1[at] ^= flip;
                let other = Carved { layout: carved.layout.clone(), leaves };
                // The entropy coder's parameters are Apple Lossless's own.
                let is_free = cfg.windows(4).any(|w| w == b"alac") && cfg.len() - at <= 18 && cfg.len() - at > 12;
                assert!(is_free || render(&other, &[]).is_err(), "byte {at} of CFG");
            }
        }
        let mut leaves = carved.leaves.clone();
        leaves[3].1.clear();
        assert!(render(&Carved { layout: carved.layout.clone(), leaves }, &[]).is_err());
    }
    for text in [
        "mp4-aac-v1;1023;44100;2",
        "mp4-aac-v1;1024;44101;2",
        "mp4-aac-v1;1024;44100;7",
        "mp4-aac-v1;44100;2",
        "mp4-alac-v1;16385;44100;2",
        "mp4-alac-v1;4096;44100;9",
        "mp4-amr-nb-v1;1",
        "amr-wb-v2",
    ] {
        assert!(matches!(text.parse::<Profile>(), Err(CarveError::UnknownProfile)), "{text}");
    }
}

/// A copy takes four bytes a packet: a record may not claim what no file has.
#[test]
fn no_record_claims_too_many_packets() {
    for text in ["mp4-aac-v1;1024;44100;2", "mp4-alac-v1;4096;44100;2", "mp4-amr-nb-v1", "mp4-amr-wb-v1", "amr-wb-v1"] {
        let profile = text.parse::<Profile>().unwrap();
        assert!(Shape::of_ticks(profile, 1 << 22).is_ok(), "{text}");
        assert!(matches!(Shape::of_ticks(profile, (1 << 22) + 1), Err(CarveError::Shape { .. })), "{text}");
    }
}

#[test]
fn cuts_reach_past_what_frames_tell() {
    let margin = |text: &str| cuts::margin_ms(text.parse().unwrap());
    // Four frames a player may be off, three that tell of each other, one that the grid is met from inside.
    assert_eq!(margin("mp4-aac-v1;1024;44100;2"), 100 + (8u64 * 1_024_000).div_ceil(44_100));
    assert_eq!(margin("mp4-aac-v1;1024;16000;1"), 100 + 512);
    assert_eq!(margin("mp4-alac-v1;4096;44100;2"), 100 + (2u64 * 4_096_000).div_ceil(44_100));
    assert_eq!([margin("amr-wb-v1"), margin("mp4-amr-wb-v1"), margin("mp4-amr-nb-v1")], [140, 240, 240]);
}

fn movies() -> impl Strategy<Value = Vec<u8>> {
    let lens = prop::collection::vec(1usize..60, 1..40);
    (lens, 0usize..6, any::<[bool; 4]>(), prop::collection::vec(1usize..9, 1..4), 0usize..3).prop_map(
        |(lens, kind, [moov_first, wide_offsets, has_gap, has_tail], per_chunk, data)| {
            let types: Vec<u8> = lens.iter().map(|len| (len % 9) as u8).collect();
            let movie = match kind {
                0 => Movie::alac(&lens, 2, 44_100),
                1 => Movie::amr(false, &types, 1),
                2 => Movie::amr(true, &types, 3),
                _ => Movie::aac(&lens),
            };
            let movie = Movie {
                moov_first,
                wide_offsets,
                per_chunk: per_chunk.clone(),
                gap: if has_gap { b"gap".to_vec() } else { Vec::new() },
                tail: if has_tail { plain(b"uuid", b"0123456789abcdef") } else { Vec::new() },
                data: [Data::One, Data::Each, Data::Long][data],
                edits: if has_gap { vec![(60_000, 64)] } else { Vec::new() },
                ..movie
            };
            match kind {
                5 => movie.fragmented(Fragments {
                    each: per_chunk[0],
                    with_base: moov_first,
                    with_time: wide_offsets,
                    with_offset: true,
                    durations_in_run: has_tail,
                }),
                _ => movie.build(),
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, ..ProptestConfig::default() })]

    #[test]
    fn any_file_comes_back(
        mut bytes in movies(),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        cut in prop::option::of(any::<prop::sample::Index>()),
        extra in prop::option::of((any::<prop::sample::Index>(), prop::collection::vec(any::<u8>(), 1..9))),
    ) {
        let is_whole = flips.is_empty() && cut.is_none() && extra.is_none();
        for (at, byte) in flips {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some((at, more)) = extra {
            let at = at.index(bytes.len());
            bytes.splice(at..at, more);
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len() + 1));
        }
        let carved = carve(&bytes, Hint::Recording);
        prop_assert!(!is_whole || carved.layout.profile() != Profile::Chunk);
    }

    /// Numbers at the limits wherever a number may stand.
    #[test]
    fn hostile_numbers_never_panic(bytes in movies(), at in any::<prop::sample::Index>(), number in 0usize..6) {
        let mut bytes = bytes;
        let at = at.index(bytes.len() - 4);
        let number = [0u32, 1, 0x7fff_ffff, 0x8000_0000, u32::MAX, 0x0001_0000][number];
        bytes[at..at + 4].copy_from_slice(&number.to_be_bytes());
        carve(&bytes, Hint::Recording);
    }

    #[test]
    fn amr_wb_comes_back(types in prop::collection::vec(0u8..16, 0..300), cut in any::<prop::sample::Index>()) {
        let mut file = awb(&types);
        file.truncate(cut.index(file.len() + 1));
        carve(&file, Hint::Recording);
    }
}
