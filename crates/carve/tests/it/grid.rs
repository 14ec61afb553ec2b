//! Packets that differ in duration: Opus in Ogg and WebM, Vorbis in Ogg.

use crate::common::streams::*;
use crate::common::*;
use casemate_carve::locator::TimeRange;
use casemate_carve::{Hint, Layout, Profile, Run, Shape, cuts};
use proptest::prelude::*;

fn profile_of(bytes: &[u8]) -> String {
    carve(bytes, Hint::Recording).layout.profile().to_string()
}

/// Packets of Opus of 20 ms, of these lengths.
fn plain(lens: impl Iterator<Item = usize>) -> Vec<Timed> {
    timed(lens.map(|len| opus_packet(31, 1, len, None)).collect())
}

/// Packets of all durations, some with padding.
fn mixed(count: usize) -> Vec<Timed> {
    let zeros = [0; 300];
    let extension = [0x40, 9, 9, 1];
    let packet = |n: usize| match n % 9 {
        0 => opus_packet(31, 1, 80 + n % 50, None),
        1 => opus_packet(3, 2, 120, None),
        2 => opus_packet(28, 1, 9, None),
        3 => opus_packet(31, 3, 60, Some(&zeros[..n % 300])),
        4 => opus_packet(31, 6, 300, None),
        5 => opus_packet(13, 1, 40, Some(&extension)),
        6 => opus_packet(30, 12, 240, Some(&[7; 255])),
        7 => vec![1 << 3],
        _ => opus_packet(29, 2, 30, None),
    };
    timed((0..count).map(packet).collect())
}

#[test]
fn a_packet_lies_in_the_cell_in_which_it_begins() {
    // 20 ms each, 312 samples before what is played: packet n begins at 20·n − 6.5 ms.
    let file = ogg_opus(1, 312, &plain((0..60).map(|n| 20 + n)), PAGING);
    let carved = carve(&file, Hint::Recording);
    assert_eq!(carved.layout.profile().to_string(), "ogg-opus-v1;1");
    // 1,200 − 6.5 ms: twelve cells.
    assert_eq!((carved.layout.ticks_total(), carved.layout.leaf_count()), (12, 15));
    let cells: Vec<(u64, usize)> =
        carved.leaves[1..13].iter().map(|leaf| cell(&leaf.1)).map(|(first, all)| (first, all.len())).collect();
    assert_eq!(cells[0], (0, 6));
    assert_eq!(cells[1], (6 * 960 - 312 - 4_800, 5));
    assert_eq!(cells[11], (648, 4));
    assert_eq!(cells.iter().map(|cell| cell.1).sum::<usize>(), 60);
}

#[test]
fn a_cell_may_be_empty() {
    // 120 ms each: cell 5 begins at 500 ms and none begins in it.
    let packets = timed((0..20).map(|n| opus_packet(31, 6, 200 + n, None)).collect());
    let carved = carve(&ogg_opus(2, 0, &packets, PAGING), Hint::Recording);
    assert_eq!((carved.layout.profile().to_string().as_str(), carved.layout.ticks_total()), ("ogg-opus-v1;2", 24));
    let counts: Vec<usize> = carved.leaves[1..25].iter().map(|leaf| cell(&leaf.1).1.len()).collect();
    assert_eq!(counts[..12], [1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 0]);
    assert_eq!(carved.leaves[6].1, [0x80]);
}

#[test]
fn names_and_framing_stand_aside() {
    let vorbis = vorbis_packets(&[true; 60], |n| 100 + n);
    let files = [
        ogg_opus(1, 312, &plain(40..90), PAGING),
        ogg_vorbis(44_100, 2, &vorbis, PAGING),
        webm(&opus_head(1, 312), &plain(40..90), WEBM),
    ];
    for file in files {
        let carved = carve(&file, Hint::Recording);
        let meta = carved.layout.shape().meta().unwrap() as usize;
        for (index, leaf) in carved.leaves.iter().enumerate() {
            let holds = |needle: &[u8]| leaf.1.windows(needle.len()).any(|window| window == needle);
            assert_eq!(holds(b"recorder"), index == meta);
            assert!(!holds(b"OggS") || index == meta + 1);
        }
        // CFG does not tell the rate of the recorder (44,100 in the header of Opus), or a bit rate.
        let head = carve(&ogg_opus(1, 312, &plain(40..90), PAGING), Hint::Recording).leaves[0].1.clone();
        assert!(!head.windows(4).any(|window| window == 44_100u32.to_le_bytes()));
    }
}

#[test]
fn opus_in_ogg_however_it_is_paged() {
    for lacing in [1, 2, 7, 50, 255] {
        for (trim, has_last) in [(0, true), (900, true), (0, false)] {
            let paging = Paging { lacing, serial: 0xdead_beef, trim, has_last };
            let packets = mixed(200);
            let carved = carve(&ogg_opus(1, 312, &packets, paging), Hint::Recording);
            assert_eq!(carved.layout.profile().to_string(), "ogg-opus-v1;1", "{paging:?}");
        }
    }
}

#[test]
fn vorbis_in_ogg() {
    for (rate, channels) in [(44_100, 2), (16_000, 1), (48_000, 1), (22_050, 2)] {
        let long: Vec<bool> = (0..300).map(|n| n % 17 > 3 && n % 5 != 0).collect();
        let packets = vorbis_packets(&long, |n| n * 31 % 700);
        let carved = carve(&ogg_vorbis(rate, channels, &packets, PAGING), Hint::Recording);
        assert_eq!(carved.layout.profile().to_string(), format!("ogg-vorbis-v1;{rate};{channels}"));
        let total = packets.last().unwrap().1;
        assert_eq!(carved.layout.ticks_total(), (total * 10).div_ceil(u64::from(rate)));
    }
    // A long block over 128 ms: cuts do not reach so far.
    let packets = vorbis_packets(&[true; 30], |_| 40);
    assert_eq!(profile_of(&ogg_vorbis(15_000, 1, &packets, PAGING)), "chunk-v1");
}

#[test]
fn opus_in_webm_however_it_is_laid() {
    for sized in [false, true] {
        for lacing in 0..=3 {
            for (grouped, extras) in [(false, false), (true, false), (false, true), (true, true)] {
                let how = Webm { sized, lacing, grouped, extras, ..WEBM };
                let file = webm(&opus_head(2, 312), &plain((0..99).map(|n| 200 + n * 13 % 101)), how);
                let carved = carve(&file, Hint::Recording);
                assert_eq!(carved.layout.profile().to_string(), "webm-opus-v1;2", "{how:?}");
                assert_eq!(packets(&carved, &[]).len(), 99);
            }
        }
    }
    let carved = carve(&webm(&opus_head(1, 0), &mixed(300), WEBM), Hint::Recording);
    assert_eq!(carved.layout.profile().to_string(), "webm-opus-v1;1");
}

#[test]
fn padding_is_never_in_a_cell() {
    let canary = [0x55; 700];
    let packets: Vec<Vec<u8>> = (0..100).map(|n| opus_packet(31, 2, 90, Some(&canary[..n * 7]))).collect();
    for file in [ogg_opus(1, 312, &timed(packets.clone()), PAGING), webm(&opus_head(1, 312), &timed(packets), WEBM)] {
        let carved = carve(&file, Hint::Recording);
        let shape = carved.layout.shape();
        let has_canary = |payload: &[u8]| payload.windows(8).any(|window| window == [0x55; 8]);
        for index in shape.packets() {
            assert!(!has_canary(&carved.leaves[index as usize].1));
        }
        assert!(has_canary(&carved.leaves[shape.meta().unwrap() as usize].1));
        let copy = render(&carved, &cut(&carved, 1_400, 1_500)).unwrap();
        assert!(!has_canary(&copy));
        // Whatever is open, the padding is not.
        assert!(cut(&carved, 1_400, 1_500).iter().any(|run| run.contains(shape.meta().unwrap())));
    }
}

#[test]
fn torn_ends_are_literal() {
    let file = ogg_opus(1, 312, &plain((0..200).map(|n| 100 + n)), PAGING);
    let whole = carve(&file, Hint::Recording);
    for gone in [1, 30, 700, 1_500] {
        let carved = carve(&file[..file.len() - gone], Hint::Recording);
        assert_eq!(carved.layout.profile().to_string(), "ogg-opus-v1;1");
        let (all, left) = (packets(&whole, &[]), packets(&carved, &[]));
        assert!(left.len() < all.len() && left[..] == all[..left.len()]);
    }
    let file = webm(&opus_head(1, 0), &plain((0..200).map(|n| 100 + n)), WEBM);
    for gone in [1, 30, 700] {
        assert_eq!(profile_of(&file[..file.len() - gone]), "webm-opus-v1;1", "{gone}");
    }
}

/// Ogg streams that a player would hear otherwise than they are laid out.
#[test]
fn ogg_that_is_no_such_stream_is_chunks() {
    let sound = plain((0..100).map(|n| 50 + n));
    let good = ogg_opus(1, 312, &sound, PAGING);
    assert_eq!(profile_of(&good), "ogg-opus-v1;1");
    let other = ogg_opus(1, 312, &sound, Paging { serial: 8, ..PAGING });
    let without_last = ogg_opus(1, 312, &sound, Paging { has_last: false, ..PAGING });
    let mut flipped = good.clone();
    let middle = good.len() / 2;
    flipped[middle] ^= 1;
    let late: Vec<Timed> = sound.iter().map(|(packet, end)| (packet.clone(), end + 48_000)).collect();
    let gap: Vec<Timed> = sound
        .iter()
        .enumerate()
        .map(|(n, (packet, end))| (packet.clone(), end + if n > 50 { 5_000 } else { 0 }))
        .collect();
    let mut bad = sound.clone();
    bad[40].0 = vec![31 << 3 | 3, 0];
    let family = [&opus_head(2, 0)[..18], &[1, 1, 1, 0, 1]].concat();
    let chained = [good.clone(), other.clone()].concat();
    let interleaved = [&without_last[..], &other[..]].concat();
    let tail = [&good[..], &[b'x'; 66_000]].concat();
    let files = [
        ("chained", chained),
        ("another stream", interleaved),
        ("a wrong checksum", flipped),
        ("begins late", ogg_opus(1, 312, &late, PAGING)),
        ("a gap", ogg_opus(1, 312, &gap, PAGING)),
        ("a long end not played", ogg_opus(1, 312, &sound, Paging { trim: 48 * 130, ..PAGING })),
        ("a packet that is none", ogg_opus(1, 312, &bad, PAGING)),
        ("more streams", ogg(&[&family, OPUS_TAGS], &sound, PAGING)),
        ("a long beginning not played", ogg_opus(1, 6_145, &sound, PAGING)),
        ("no sound", ogg_opus(1, 312, &[], PAGING)),
        ("something behind it", tail),
        ("headers alone", ogg(&[&opus_head(1, 0)], &[], PAGING)),
        ("sound on a header's page", ogg(&[&opus_head(1, 0), OPUS_TAGS, &sound[0].0], &sound, PAGING)),
    ];
    for (name, file) in files {
        assert_eq!(profile_of(&file), "chunk-v1", "{name}");
    }
}

#[test]
fn webm_that_is_no_such_file_is_chunks() {
    let sound = plain((0..100).map(|n| 50 + n));
    let head = opus_head(1, 312);
    let good = webm(&head, &sound, Webm { extras: false, ..WEBM });
    assert_eq!(profile_of(&good), "webm-opus-v1;1");
    let at = |needle: &[u8]| good.windows(needle.len()).position(|window| window == needle).unwrap();
    let changed = |needle: &[u8], to: &[u8]| {
        let mut file = good.clone();
        file[at(needle)..at(needle) + needle.len()].copy_from_slice(to);
        file
    };
    let tracks_at = at(&[0x16, 0x54, 0xae, 0x6b]);
    let with_tracks = |tracks: Vec<u8>| {
        let end = at(&[0x1f, 0x43, 0xb6, 0x75]);
        [&good[..tracks_at], &tracks, &good[end..]].concat()
    };
    let two = {
        let one = tracks(&head, &[]);
        element(&[0x16, 0x54, 0xae, 0x6b], &[&one[5..], &one[5..]].concat())
    };
    assert_eq!(profile_of(&with_tracks(tracks(&head, &[]))), "webm-opus-v1;1");
    let gap: Vec<Timed> = sound
        .iter()
        .enumerate()
        .map(|(n, (packet, end))| (packet.clone(), end + if n > 50 { 6_000 } else { 0 }))
        .collect();
    let files = [
        ("video", changed(&[0x83, 0x81, 2], &[0x83, 0x81, 1])),
        ("Vorbis", changed(b"A_OPUS", b"A_VORB")),
        ("another document", changed(b"webm", b"mkvx")),
        ("another track's block", changed(&[0x81, 0, 40, 0], &[0x82, 0, 40, 0])),
        ("an invisible block", changed(&[0x81, 0, 40, 0], &[0x81, 0, 40, 8])),
        ("two tracks", with_tracks(two)),
        ("encrypted", with_tracks(tracks(&head, &element(&[0x6d, 0x80], &[0])))),
        ("no header of Opus", with_tracks(tracks(b"OpusHead", &[]))),
        ("a gap", webm(&head, &gap, WEBM)),
        ("cut in the head", good[..60].to_vec()),
        ("something behind it", [&webm(&head, &sound, Webm { sized: true, ..WEBM })[..], &[0xec, 0x80]].concat()),
    ];
    for (name, file) in files {
        assert_eq!(profile_of(&file), "chunk-v1", "{name}");
    }
}

#[test]
fn cuts_reach_far_enough() {
    for text in ["ogg-opus-v1;1", "webm-opus-v1;2", "ogg-vorbis-v1;8000;1"] {
        let shape = Shape::of_ticks(text.parse::<Profile>().unwrap(), 300).unwrap();
        // 100 ms of margin, 128 of a packet, 100 of a clock.
        assert_eq!(cuts::margin_ms(shape.profile()), 328);
        let plan = cuts::recording(shape, &[TimeRange::new(10_328, 10_672).unwrap()]).unwrap();
        assert_eq!(plan.runs, [Run { start: 101, len: 10 }, Run { start: 301, len: 2 }]);
        let wider = cuts::recording(shape, &[TimeRange::new(10_327, 10_673).unwrap()]).unwrap();
        assert_eq!(wider.runs[0], Run { start: 91, len: 30 });
    }
}

/// No packet that may carry what is withheld is open: neither one that begins before and lasts into it (with 2.5 ms of
/// window), nor one that repeats the 60 ms before it, should the container's clock be 100 ms off.
#[test]
fn what_is_open_does_not_reach_what_is_withheld() {
    let sound = mixed(400);
    let carved = carve(&ogg_opus(1, 312, &sound, PAGING), Hint::Recording);
    for (start, end) in [(5_328i64, 5_650i64), (4_000, 4_001), (9_328, 9_672), (7_999, 8_000)] {
        let hidden = cut(&carved, start as u64, end as u64);
        let mut begin = 0i64;
        let mut touching = 0;
        for (_, until) in &sound {
            let (from, to) = (begin - 312, *until as i64 - 312);
            begin = *until as i64;
            if to + 120 > (start - 100) * 48 && from - 2_880 < (end + 100) * 48 {
                touching += 1;
                let leaf = 1 + from.max(0) as u64 / 4_800;
                assert!(hidden.iter().any(|run| run.contains(leaf)), "{start} {from}");
            }
        }
        assert!(touching > 3);
    }
}

/// The open leaves, the playable copy, the shape with what is hidden.
type Disclosed = (Vec<Vec<u8>>, Vec<u8>, String);

/// Two recordings of one shape whose hidden cells differ in content, sizes, frame counts and padding disclose the same.
#[test]
fn hidden_cells_leave_no_trace() {
    // 60 ms in all ways, of any size, in the second that is hidden.
    let filled = |seed: usize| -> Vec<Vec<u8>> {
        let odd = |n: usize| match (n * 7 + seed) % 4 {
            0 => opus_packet(3, 1, 20 + (n * seed) % 900, None),
            1 => opus_packet(31, 3, 30 + (n * seed) % 500, None),
            2 => opus_packet(30, 6, 60 + seed, Some(&[9; 250][..seed % 250])),
            _ => vec![3 << 3],
        };
        (0..100).map(|n| if (51..67).contains(&n) { odd(n) } else { opus_packet(3, 1, 60 + n, None) }).collect()
    };
    let vorbis = |seed: usize| {
        // Between the same blocks, other contents and sizes.
        let long: Vec<bool> = (0..300).map(|n| n % 9 != 0).collect();
        vorbis_packets(&long, |n| if (146..186).contains(&n) { n * seed % 900 } else { 90 + n })
    };
    let all = |seed: usize| {
        let paging = Paging { lacing: 1 + seed % 200, serial: seed as u32, ..PAGING };
        let how =
            Webm { lacing: (seed % 4) as u8, sized: seed.is_multiple_of(2), grouped: seed.is_multiple_of(3), ..WEBM };
        [
            (ogg_opus(1, 312, &timed(filled(seed)), paging), 3_400, 3_600),
            (webm(&opus_head(1, 312), &timed(filled(seed)), how), 3_400, 3_600),
            (ogg_vorbis(44_100, 2, &vorbis(seed), paging), 3_400, 3_600),
        ]
    };
    let disclosed = |seed: usize| -> Vec<Disclosed> {
        let each = all(seed).into_iter().map(|(file, start, end)| {
            let carved = carve(&file, Hint::Recording);
            assert!(carved.layout.shape().meta().is_some());
            let hidden = cut(&carved, start, end);
            assert_eq!(hidden.len(), 2);
            let shape = carved.layout.shape();
            let open = (0..shape.leaf_count()).filter(|index| !hidden.iter().any(|run| run.contains(*index)));
            let open = open.map(|index| carved.leaves[index as usize].1.clone()).collect();
            let copy = render(&carved, &hidden).unwrap();
            let shape = format!("{} {} {hidden:?}", shape.profile(), shape.ticks_total());
            (open, copy, shape)
        });
        each.collect()
    };
    let first = disclosed(1);
    for seed in [2, 3, 5, 77, 211, 249] {
        assert!(disclosed(seed) == first, "{seed}");
    }
}

#[test]
fn copies_keep_time() {
    let long: Vec<bool> = (0..700).map(|n| n % 23 > 6).collect();
    for file in [
        ogg_opus(1, 312, &mixed(300), PAGING),
        ogg_opus(2, 6_144, &plain((0..900).map(|n| 3 + n % 90)), PAGING),
        webm(&opus_head(1, 3_840), &mixed(300), WEBM),
        ogg_vorbis(44_100, 2, &vorbis_packets(&long, |n| n % 300), PAGING),
    ] {
        let carved = carve(&file, Hint::Recording);
        let last = carved.layout.shape().packets().end;
        for runs in [
            vec![],
            cut(&carved, 0, 10),
            cut(&carved, 4_400, 4_500),
            cut(&carved, 1_400, 1_500).into_iter().chain(cut(&carved, 6_400, 7_500)).collect(),
            cut(&carved, 100_000, 200_000),
            vec![Run { start: 1, len: last - 1 }],
            (1..last).step_by(2).map(|start| Run { start, len: 1 }).collect(),
            (2..last).step_by(3).map(|start| Run { start, len: 1 }).collect(),
        ] {
            check_copy(&carved, &Run::normalise(runs));
        }
    }
}

#[test]
fn leaves_that_do_not_fit_are_refused() {
    for file in
        [ogg_opus(1, 312, &mixed(100), PAGING), ogg_vorbis(44_100, 1, &vorbis_packets(&[true; 90], |n| n), PAGING)]
    {
        let mut carved = carve(&file, Hint::Recording);
        assert!(render(&carved, &[]).is_ok());
        let good = carved.leaves.clone();
        // A cell that says that it begins elsewhere, that misses its packets, that has another's.
        let (first, inside) = cell(&good[5].1);
        let mut moved = Vec::new();
        let mut enc = minicbor::Encoder::new(&mut moved);
        enc.array(inside.len() as u64 + 1).unwrap().u64(first + 120).unwrap();
        for packet in &inside {
            enc.bytes(packet).unwrap();
        }
        for bad in [moved, vec![0x80], good[7].1.clone(), vec![0x82, 0, 0x41, 0xff], Vec::new()] {
            carved.leaves[5].1 = bad;
            assert!(render(&carved, &[]).is_err());
            // Behind a hidden leaf too, where it is no cell or ends elsewhere.
            let _ = render(&carved, &[Run { start: 4, len: 1 }]);
        }
        carved.leaves = good;
        for at in 0..carved.leaves[0].1.len().min(60) {
            let mut other = carve(&file, Hint::Recording);
            other.leaves[0].1[at] ^= 1;
            let _ = render(&other, &[]);
        }
    }
}

/// Three hours of packets of 20 ms, each on a page or in a block of its own.
#[test]
fn three_hours_fit() {
    const PACKETS: usize = 3 * 3_600 * 50;
    let sound = plain((0..PACKETS).map(|n| 40 + n * 7 % 300));
    for file in [
        ogg_opus(1, 312, &sound, Paging { lacing: 1, ..PAGING }),
        webm(&opus_head(1, 312), &sound, Webm { blocks: 50, ..WEBM }),
    ] {
        let mut src = std::io::Cursor::new(&file);
        let layout = Layout::scan(&mut src, file.len() as u64, Hint::Recording).unwrap();
        assert!(layout.profile() != Profile::Chunk);
        assert_eq!(layout.ticks_total(), 3 * 3_600 * 10);
        let mut leaf = Vec::new();
        layout.read_leaf(&mut src, 77_777, &mut leaf).unwrap();
        let begin = |n: usize| n as u64 * 960 - 312;
        let first = (0..PACKETS).find(|n| *n > 0 && begin(*n) >= 77_776 * 4_800).unwrap();
        assert_eq!(
            cell(&leaf),
            (begin(first) - 77_776 * 4_800, sound[first..first + 5].iter().map(|p| p.0.clone()).collect())
        );
    }
}

/// Files that are nearly right.
fn sources() -> impl Strategy<Value = Vec<u8>> {
    let paging = (1usize..255, any::<u32>(), 0u64..1_000, any::<bool>())
        .prop_map(|(lacing, serial, trim, has_last)| Paging { lacing, serial, trim, has_last });
    let how = (any::<bool>(), 1usize..40, 0u8..4, any::<bool>(), any::<bool>())
        .prop_map(|(sized, blocks, lacing, grouped, extras)| Webm { sized, blocks, lacing, grouped, extras });
    let opus = || {
        prop_oneof![
            (1usize..120).prop_map(mixed),
            prop::collection::vec(0usize..700, 1..80).prop_map(|lens| plain(lens.into_iter()))
        ]
    };
    let vorbis = prop::collection::vec(any::<bool>(), 1..120).prop_map(|long| vorbis_packets(&long, |n| n * 37 % 500));
    prop_oneof![
        (opus(), paging.clone(), 0u16..4_000).prop_map(|(sound, paging, skip)| ogg_opus(1, skip, &sound, paging)),
        (opus(), how, 0u16..4_000).prop_map(|(sound, how, skip)| webm(&opus_head(2, skip), &sound, how)),
        (vorbis, paging).prop_map(|(sound, paging)| ogg_vorbis(44_100, 2, &sound, paging)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_source_comes_back(
        mut bytes in sources(),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..3),
        cut in prop::option::of(any::<prop::sample::Index>()),
        is_repaired in any::<bool>(),
    ) {
        for (at, byte) in flips {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if is_repaired {
            repair(&mut bytes);
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len() + 1));
        }
        carve(&bytes, Hint::Recording);
    }

    #[test]
    fn any_cut_makes_a_copy(
        bytes in sources(),
        runs in prop::collection::vec((any::<prop::sample::Index>(), 1u64..30), 0..6),
    ) {
        let carved = carve(&bytes, Hint::Recording);
        prop_assert!(carved.layout.profile() != Profile::Chunk);
        let end = carved.layout.shape().packets().end;
        let runs = runs.into_iter().map(|(at, len)| {
            let start = 1 + at.index(end as usize - 1) as u64;
            Run { start, len: len.min(end - start) }
        });
        check_copy(&carved, &Run::normalise(runs.collect()));
    }

    /// Leaves that were tampered with never panic, and never pass for the source unless CFG alone was touched, or
    /// where a cell says that its packets begin.
    #[test]
    fn tampered_leaves_do_not_pass(
        bytes in sources(),
        leaf in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        flip in 1u8..,
    ) {
        let carved = carve(&bytes, Hint::Recording);
        let mut leaves = carved.leaves;
        let leaf = leaf.index(leaves.len());
        let before = leaves[leaf].1.clone();
        let payload = &mut leaves[leaf].1;
        let at = at.index(payload.len());
        payload[at] ^= flip;
        let is_place = leaf > 0 && leaf < leaves.len() - 2 && at < 6;
        if let Ok(back) = rebuild(carved.layout.shape(), &leaves) {
            prop_assert!(leaf == 0 || is_place || back != bytes, "{leaf} {at} {before:?}");
        }
        let shape = carved.layout.shape();
        let tampered = Carved { layout: carved.layout, leaves };
        let _ = render(&tampered, &[]);
        let _ = render(&tampered, &[Run { start: 1, len: shape.packets().end / 2 }]);
    }

    #[test]
    fn random_containers_never_panic(container in prop::collection::vec(any::<u8>(), 0..64), meta in prop::collection::vec(any::<u8>(), 0..20), kind in 0usize..3) {
        let profile = ["ogg-opus-v1;1", "ogg-vorbis-v1;8000;1", "webm-opus-v1;2"][kind].parse::<Profile>().unwrap();
        let shape = Shape::of_ticks(profile, 3).unwrap();
        let mut leaves = vec![(0, vec![0x82, 0, 0x42, 3 << 3 | 3, 1]); shape.leaf_count() as usize];
        leaves.pop();
        leaves.push((0, container));
        let meta_at = leaves.len() - 2;
        leaves[meta_at].1 = meta;
        let _ = rebuild(shape, &leaves);
    }
}
