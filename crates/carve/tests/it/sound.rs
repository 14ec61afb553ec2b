//! Compressed sound: what each profile takes, what it does not, and how its leaves come back.

use crate::common::sound::*;
use crate::common::*;
use casemate_carve::locator::TimeRange;
use casemate_carve::{CarveError, Hint, Layout, Profile, Shape, cuts};
use proptest::prelude::*;

fn profile_of(bytes: &[u8]) -> String {
    carve(bytes, Hint::Recording).layout.profile().to_string()
}

fn id3(text: &str) -> Vec<u8> {
    [b"ID3\x04\0\0\0\0\0", &[text.len() as u8][..], text.as_bytes()].concat()
}

fn id3v1() -> Vec<u8> {
    [b"TAG".as_slice(), &[b'x'; 125]].concat()
}

fn ape() -> Vec<u8> {
    // A header that says 40 bytes: 8 of an item and the footer.
    let head = |flags: u8| [b"APETAGEX\xd0\x07\0\0\x28\0\0\0\x01\0\0\0\0\0\0", &[flags][..], &[0; 8]].concat();
    [head(0xa0), b"itemitem".to_vec(), head(0x80)].concat()
}

/// META and container of a carved recording.
fn aside(carved: &Carved) -> (&[u8], &[u8]) {
    let at = carved.leaves.len() - 2;
    (&carved.leaves[at].1, &carved.leaves[at + 1].1)
}

#[test]
fn adts_headers_are_aside() {
    for with_crc in [false, true] {
        let units: Vec<usize> = (0..600).map(|n| 1 + n * 37 % 700).collect();
        let file = [id3("hello"), adts(&units, with_crc), id3v1()].concat();
        let carved = carve(&file, Hint::Recording);
        assert_eq!(carved.layout.profile().to_string(), "adts-aac-v1;44100;2");
        assert_eq!(carved.layout.ticks_total(), 600);
        for (n, unit) in units.iter().enumerate() {
            assert_eq!(carved.leaves[n + 1].1, noise(*unit));
        }
        let (meta, container) = aside(&carved);
        assert!(meta.starts_with(b"ID3") && meta.ends_with(b"xxx"));
        // The tag and a first frame, 599 frames, the tag behind them: a few bytes, not some for each frame.
        assert!(container.len() < 60, "{}", container.len());
    }
    // CFG is the same for other sound of the same format: it tells no size.
    let cfg = |units: &[usize], crc: bool| carve(&adts(units, crc), Hint::Recording).leaves[0].1.clone();
    assert_eq!(cfg(&[5, 6, 7], false), cfg(&[700, 1, 8_000], true));
}

#[test]
fn adts_that_is_not_exact_is_chunks() {
    let file = adts(&[300; 10], false);
    let at = |n: usize| n * 307;
    let with = |place: usize, change: fn(u8) -> u8| {
        let mut file = file.clone();
        file[place] = change(file[place]);
        file
    };
    // Another rate on the way, two raw data blocks, a program config element, the main profile, one frame.
    assert_eq!(profile_of(&with(at(4) + 2, |b| b ^ 4)), "chunk-v1");
    assert_eq!(profile_of(&with(at(4) + 6, |b| b | 1)), "chunk-v1");
    assert_eq!(profile_of(&with(at(4), |_| 0)), "chunk-v1");
    let all = |place: usize, value: u8| {
        let mut file = file.clone();
        (0..10).for_each(|n| file[at(n) + place] = value);
        file
    };
    assert_eq!(profile_of(&all(2, 0x10)), "chunk-v1");
    assert_eq!(profile_of(&[&all(3, 0)[..], &[0; 9_000]].concat()), "chunk-v1");
    assert_eq!(profile_of(&adts(&[300], false)), "chunk-v1");
    // A frame that is cut off is literal.
    let carved = carve(&file[..at(9) + 100], Hint::Recording);
    assert_eq!((carved.layout.ticks_total(), carved.layout.profile().to_string().as_str()), (9, "adts-aac-v1;44100;2"));
    assert!(aside(&carved).1.ends_with(&file[at(9)..at(9) + 100]));
}

#[test]
fn layer_iii_tags_and_description_are_meta() {
    for (full, mono) in [(true, true), (true, false), (false, true), (false, false)] {
        let frame = Mp3Frame { full, mono, bits: 4, ..MP3_MONO };
        let frames: Vec<Mp3Frame> = (0..300)
            .map(|n| Mp3Frame { padding: n % 3 == 0, crc: n % 5 == 0, bits: 4 + (n % 9) as u8, ..frame })
            .collect();
        let description = mp3_description(frame);
        let file = [id3("hello"), description.clone(), mp3(&frames), ape(), id3v1()].concat();
        let carved = carve(&file, Hint::Recording);
        let (samples, rate) = if full { (1_152, 44_100) } else { (576, 22_050) };
        let channels = if mono { 1 } else { 2 };
        assert_eq!(carved.layout.profile().to_string(), format!("mp3-v1;{samples};{rate};{channels}"));
        assert_eq!(carved.layout.ticks_total(), 300);
        assert_eq!(carved.leaves[7].1, frames[6].bytes(6));
        assert_eq!(aside(&carved).0, [id3("hello"), description, ape(), id3v1()].concat());
        // The container is a dozen numbers.
        assert!(aside(&carved).1.len() < 40);
    }
}

#[test]
fn layer_iii_goes_on_behind_a_gap() {
    let run = mp3(&[MP3_MONO; 20]);
    // Bytes in front, in the middle and the rest of a frame that lost its head; a frame that is cut off at the end.
    let file = [&id3("x"), &[0; 500][..], &run, b"garbage", &run[30..104], &run, &run[..50]].concat();
    let carved = carve(&file, Hint::Recording);
    assert_eq!(carved.layout.profile().to_string(), "mp3-v1;1152;44100;1");
    assert_eq!(carved.layout.ticks_total(), 40);
    assert!(aside(&carved).1.ends_with(&[&[0; 500][..], b"garbage", &run[30..104], &run[..50]].concat()));
    // A tag between two recordings that were put together.
    assert_eq!(carve(&[&run[..], &id3v1(), &id3("y"), &run].concat(), Hint::Recording).layout.ticks_total(), 40);
    // Another rate, channels or layer: their time would not be counted.
    for other in
        [Mp3Frame { rate: 1, ..MP3_MONO }, Mp3Frame { mono: false, ..MP3_MONO }, Mp3Frame { full: false, ..MP3_MONO }]
    {
        assert_eq!(profile_of(&[&run[..], &mp3(&[other; 20])].concat()), "chunk-v1");
    }
    // Too much of something else.
    assert_eq!(profile_of(&[&run[..], &vec![0; 70_000]].concat()), "chunk-v1");
    assert_eq!(profile_of(&[&run[..], &[0; 9]].concat().repeat(70)), "chunk-v1");
    // Free format, layer II, one frame.
    let mut free = run.clone();
    (0..20).for_each(|n| free[n * 104 + 2] &= 0x0f);
    let mut second = run.clone();
    (0..20).for_each(|n| second[n * 104 + 1] ^= 6);
    for file in [&free[..], &second, &run[..104], &run[..150]] {
        assert_eq!(profile_of(file), "chunk-v1");
    }
}

/// Where main data of a frame may begin, and where no longer: the reach of the profile is exact.
#[test]
fn layer_iii_keeps_within_its_reservoir() {
    for (full, mono, frames) in [(true, true, 7), (true, false, 8), (false, true, 20), (false, false, 51)] {
        let most = if full { 511 } else { 255 };
        let least = Mp3Frame { full, mono, bits: 1, ..MP3_MONO };
        let mut run = vec![least; 100];
        run[80].main_data_begin = most;
        let carved = carve(&mp3(&run), Hint::Recording);
        let Profile::Sound(sound) = carved.layout.profile() else { panic!("{full} {mono}") };
        // Two more for overlap and delay, one for the grid, and 100 ms.
        let margin = (frames + 3) * u64::from(sound.samples()) * 1_000;
        assert_eq!(cuts::margin_ms(carved.layout.profile()), 100 + margin.div_ceil(u64::from(sound.rate())));
        // A CRC in each leaves less room in a frame: where that makes it too far, the file is chunks.
        let with_crc: Vec<Mp3Frame> = run.iter().map(|frame| Mp3Frame { crc: true, ..*frame }).collect();
        let side = 4 + [[17, 9], [32, 17]][usize::from(!mono)][usize::from(!full)];
        let room = least.bytes(0).len() - side - 2;
        let is_within = usize::from(most).div_ceil(room) as u64 <= frames;
        assert_eq!(profile_of(&mp3(&with_crc)) != "chunk-v1", is_within, "{full} {mono}");
    }
    // Before the first frame there is nothing to refer to.
    assert_ne!(profile_of(&mp3(&[Mp3Frame { main_data_begin: 511, ..MP3_MONO }; 10])), "chunk-v1");
}

/// What a cut promises: no open frame holds main data of a frame in the range that was asked for, nor of 100 ms around.
#[test]
fn no_open_frame_holds_main_data_of_what_is_withheld() {
    // The smallest frames that there are, and each begins as far back as it can.
    for (full, mono) in [(true, true), (true, false), (false, true), (false, false)] {
        let frame = Mp3Frame { full, mono, bits: 1, main_data_begin: if full { 511 } else { 255 }, ..MP3_MONO };
        let room = frame.bytes(0).len() - 4 - [[17, 9], [32, 17]][usize::from(!mono)][usize::from(!full)];
        let carved = carve(&mp3(&vec![frame; 900]), Hint::Recording);
        let shape = carved.layout.shape();
        let asked = TimeRange::new(9_000, 9_001).unwrap();
        let plan = cuts::recording(shape, &[asked]).unwrap();
        let hidden = plan.runs[0];
        let base = carved.layout.timebase();
        let packet_of = |ms: u64| 1 + ms * base.den / 1_000 / base.num;
        for packet in packet_of(asked.start - 100)..=packet_of(asked.end + 100) {
            let first = packet - usize::from(frame.main_data_begin).div_ceil(room) as u64;
            assert!(hidden.contains(packet) && hidden.contains(first), "{full} {mono} {packet} {hidden:?}");
        }
    }
}

#[test]
fn flac_frames_are_found_by_their_grammar() {
    let frames = flac_frames(300);
    let file = [id3("hello"), flac(2, &frames), id3v1()].concat();
    let carved = carve(&file, Hint::Recording);
    assert_eq!(carved.layout.profile().to_string(), "flac-v1;64;8000;2");
    assert_eq!(carved.layout.ticks_total(), 299 * 64 + 20);
    let leaves: Vec<&[u8]> = carved.leaves[1..301].iter().map(|leaf| leaf.1.as_slice()).collect();
    assert_eq!(leaves, frames.iter().map(Vec::as_slice).collect::<Vec<_>>());
    // The digest and the sizes of frames stand in META alone.
    for (index, leaf) in carved.leaves.iter().enumerate() {
        assert_eq!(leaf.1.windows(16).any(|w| w == [0xd5; 16]), index == 301);
    }
    // CFG is the same for other sound of the same format and number of frames.
    let quiet = |n: u64| flac_frame(n, FLAC_BLOCK, 1, &[Subframe::Constant; 2]);
    let other = carve(&flac(2, &(0..300).map(quiet).collect::<Vec<_>>()), Hint::Recording);
    assert_eq!(other.leaves[0], carved.leaves[0]);
}

#[test]
fn flac_that_is_not_exact_is_chunks() {
    let frames = flac_frames(12);
    let good = flac(2, &frames);
    let start = good.len() - frames.concat().len();
    // A frame left out, twice, or out of place; a shorter one on the way; another block length; a rate.
    let without = [&frames[..5], &frames[6..]].concat();
    let twice = [&frames[..6], &frames[5..]].concat();
    let mut shorter = frames.clone();
    shorter[5] = flac_frame(5, 32, 1, &[Subframe::Verbatim; 2]);
    let again = [&frames[..], &frames[11..]].concat();
    let behind = [&frames[..], &[flac_frame(12, 20, 1, &[Subframe::Constant; 2])]].concat();
    let mut torn = frames[..11].to_vec();
    torn[9] = torn[9][..60].to_vec();
    for frames in [&without, &twice, &shorter, &again, &behind, &torn] {
        assert_eq!(profile_of(&flac(2, frames)), "chunk-v1");
    }
    for (at, value) in [(8, 1), (10, 65), (20, 0xff), (4, 1), (0, b'g')] {
        let mut file = good.clone();
        file[at] = value;
        assert_eq!(profile_of(&file), "chunk-v1", "{at}");
    }
    assert_eq!(profile_of(&good[..start]), "chunk-v1");
    // No flip of a bit in a frame but the last goes by: the sums are looked at.
    for at in start..good.len() - frames[11].len() {
        let mut file = good.clone();
        file[at] ^= 1 << (at % 8);
        assert_eq!(profile_of(&file), "chunk-v1", "{at}");
    }
    // A last frame that is cut off is literal.
    let cut = carve(&good[..good.len() - 3], Hint::Recording);
    assert_eq!(cut.layout.ticks_total(), 11 * 64);
}

#[test]
fn a_frame_inside_a_frame_divides_nothing() {
    // Samples stored as they are spell the frame that comes next, sum and all.
    let next = flac_frame(1, FLAC_BLOCK, 0, &[Subframe::Constant]);
    let mut bits = Bits::default();
    let mut head = vec![0xff, 0xf8, 0x70, 0x08, 0, 0, FLAC_BLOCK as u8 - 1];
    head.push(crc(&head, 7, 8) as u8);
    head.push(2);
    let inner: Vec<u8> = next.iter().copied().chain([0x11; 200]).take(FLAC_BLOCK as usize * 2).collect();
    for byte in head.into_iter().chain(inner) {
        bits.push(u64::from(byte), 8);
    }
    let mut first = bits.bytes;
    let sum = crc(&first, 0x8005, 16);
    first.extend((sum as u16).to_be_bytes());
    let carved = carve(&flac(1, &[first.clone(), next.clone()]), Hint::Recording);
    assert_eq!(carved.layout.ticks_total(), 128);
    assert_eq!((&carved.leaves[1].1, &carved.leaves[2].1), (&first, &next));
}

/// Files that agree in the frames that stay open, whatever the others are, give one copy and one CFG, byte for byte.
#[test]
fn the_copy_is_a_function_of_open_frames() {
    let of = |file: Vec<u8>| {
        let carved = carve(&file, Hint::Recording);
        let shape = carved.layout.shape();
        let plan = cuts::recording(shape, &[TimeRange::new(3_400, 3_600).unwrap()]).unwrap();
        (plan.runs[0], carved.leaves[0].1.clone(), rendered(&carved, &plan.runs), carved)
    };
    type File = Box<dyn Fn(&dyn Fn(u64) -> bool) -> Vec<u8>>;
    let layer_iii: File = Box::new(|changed| {
        let frame = |n: u64| {
            let bits = if changed(n) { 1 + (n * 7 % 14) as u8 } else { 5 };
            Mp3Frame { bits, crc: changed(n), ..MP3_MONO }.bytes(if changed(n) { 900 } else { n as usize })
        };
        (1..=230).flat_map(frame).collect()
    });
    let aac: File = Box::new(|changed| {
        let len = |n: u64| if changed(n) { 1 + (n * 37 % 700) as usize } else { 300 };
        adts(&(1..=300).map(len).collect::<Vec<_>>(), false)
    });
    let lossless: File = Box::new(|changed| {
        let kind = |n: u64| if changed(n) { Subframe::Linear(8) } else { Subframe::Fixed(2) };
        let frame = |n: u64| flac_frame(n - 1, FLAC_BLOCK, if changed(n) { 9 } else { 1 }, &[kind(n); 2]);
        flac(2, &(1..=800).map(frame).collect::<Vec<_>>())
    });
    for file in [layer_iii, aac, lossless] {
        let (run, cfg, copy, carved) = of(file(&|_| false));
        let (other_run, other_cfg, other_copy, other) = of(file(&|leaf| run.contains(leaf)));
        assert_eq!((run, &cfg), (other_run, &other_cfg));
        assert!(run.start > 1 && run.end() < carved.layout.shape().packets().end && copy == other_copy);
        let differ = |leaf: u64| carved.leaves[leaf as usize] != other.leaves[leaf as usize];
        assert!(carved.layout.shape().packets().all(|leaf| differ(leaf) == run.contains(leaf)));
    }
}

#[test]
fn profile_strings_of_sound() {
    for text in [
        "mp3-v1;1152;44100;2",
        "mp3-v1;576;8000;1",
        "adts-aac-v1;7350;8",
        "flac-v1;65535;96000;8",
        "mp4-aac-v1;960;48000;1",
        "mp4-alac-v1;4096;44100;2",
        "mp4-amr-nb-v1",
        "mp4-amr-wb-v1",
        "amr-wb-v1",
        "ogg-opus-v1;2",
        "ogg-vorbis-v1;44100;6",
        "webm-opus-v1;1",
    ] {
        let profile: Profile = text.parse().unwrap();
        assert_eq!(profile.to_string(), text);
        assert!(profile.is_timed());
        // A second has as many packets as it should.
        let shape = Shape::of_ticks(profile, profile.packet_ticks() * 7).unwrap();
        assert_eq!((shape.leaf_count(), shape.packets()), (10, 1..8), "{text}");
        let most = profile.packet_ticks() << 22;
        assert!(Shape::of_ticks(profile, most).is_ok() && Shape::of_ticks(profile, most + 1).is_err(), "{text}");
    }
    for text in [
        "mp3-v1;1152;8000;1",
        "mp3-v1;576;44100;1",
        "mp3-v1;1152;44100;3",
        "mp3-v1;1152;44100",
        "mp3-v1;1152;44100;2;",
        "mp3-v1;01152;44100;2",
        "mp3-v2;1152;44100;2",
        "adts-aac-v1;44101;2",
        "adts-aac-v1;44100;9",
        "adts-aac-v1;44100;0",
        "flac-v1;15;8000;1",
        "flac-v1;8001;8000;1",
        "flac-v1;65536;96000;1",
        "mp4-aac-v1;0;48000;1",
        "amr-wb-v1;1",
        "ogg-opus-v1;300",
        "webm-opus-v1",
    ] {
        assert!(matches!(text.parse::<Profile>(), Err(CarveError::UnknownProfile)), "{text}");
    }
}

/// A file that repeats, and takes no memory.
struct Repeated {
    unit: Vec<u8>,
    len: u64,
    at: u64,
}

impl std::io::Read for Repeated {
    fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
        let from = (self.at % self.unit.len() as u64) as usize;
        let left = (self.len - self.at.min(self.len)) as usize;
        let count = buf.len().min(left).min(self.unit.len() - from);
        buf[..count].copy_from_slice(&self.unit[from..from + count]);
        self.at += count as u64;
        Ok(count)
    }
}

impl std::io::Seek for Repeated {
    fn seek(&mut self, pos: std::io::SeekFrom) -> std::io::Result<u64> {
        if let std::io::SeekFrom::Start(at) = pos {
            self.at = at;
        }
        Ok(self.at)
    }
}

#[test]
fn hours_of_frames_fit_and_too_many_do_not() {
    let units: Vec<usize> = (0..500).map(|n| 1 + n * 37 % 700).collect();
    let frames: Vec<Mp3Frame> = (0..500u16).map(|n| Mp3Frame { bits: 1 + (n % 14) as u8, ..MP3_MONO }).collect();
    // Three hours of AAC at 48 kHz are 506,250 frames; of layer III at 44.1 kHz 413,438.
    for (unit, times, profile) in
        [(adts(&units, false), 1_013, "adts-aac-v1;44100;2"), (mp3(&frames), 827, "mp3-v1;1152;44100;1")]
    {
        let len = unit.len() as u64 * times;
        let mut src = Repeated { unit, len, at: 0 };
        let layout = Layout::scan(&mut src, len, Hint::Recording).unwrap();
        assert_eq!((layout.profile().to_string().as_str(), layout.ticks_total()), (profile, times * 500));
        let (mut out, mut first) = (Vec::new(), Vec::new());
        layout.read_leaf(&mut src, 8, &mut first).unwrap();
        layout.read_leaf(&mut src, 8 + 500 * (times - 1), &mut out).unwrap();
        assert_eq!(out, first);
        layout.read_leaf(&mut src, layout.leaf_count() - 1, &mut out).unwrap();
        assert!(out.len() < 40);
    }
    // Past 2^22 packets, or 32 MiB of headers.
    let unit = adts(&[1; 1_000], false);
    let len = unit.len() as u64 * 4_195;
    let layout = Layout::scan(&mut Repeated { unit, len, at: 0 }, len, Hint::Recording).unwrap();
    assert_eq!(layout.profile(), Profile::Chunk);
}

fn sources() -> impl Strategy<Value = Vec<u8>> {
    let adts = (prop::collection::vec(1usize..400, 2..40), any::<bool>()).prop_map(|(units, crc)| adts(&units, crc));
    let frame = (any::<(bool, bool, bool, bool)>(), 0u8..3, 1u8..15, 0u16..256);
    let mp3 = (frame, 2usize..40, any::<bool>()).prop_map(
        |(((full, mono, crc, padding), rate, bits, begin), count, xing)| {
            let frame = Mp3Frame { full, rate, mono, bits, crc, padding, main_data_begin: begin };
            [if xing { mp3_description(frame) } else { Vec::new() }, mp3(&vec![frame; count])].concat()
        },
    );
    let flac = (1u64..200).prop_map(|count| flac(2, &flac_frames(count)));
    let tags = prop_oneof![Just(Vec::new()), Just(id3("abc")), Just(id3v1()), Just(ape())];
    (tags.clone(), prop_oneof![adts, mp3, flac], tags).prop_map(|(head, body, tail)| [head, body, tail].concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn any_source_comes_back(
        mut bytes in sources(),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        cut in prop::option::of(any::<prop::sample::Index>()),
        moved in prop::option::of((any::<prop::sample::Index>(), any::<prop::sample::Index>())),
    ) {
        if let Some((from, to)) = moved {
            let byte = bytes.remove(from.index(bytes.len()));
            bytes.insert(to.index(bytes.len() + 1), byte);
        }
        for (at, byte) in flips {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len() + 1));
        }
        let carved = carve(&bytes, Hint::Recording);
        if !carved.layout.shape().packets().is_empty() && carved.layout.profile().is_timed() {
            let plan = cuts::recording(carved.layout.shape(), &[TimeRange::new(0, 1).unwrap()]).unwrap();
            rendered(&carved, &plan.runs);
        }
    }

    /// Leaves that were tampered with never panic, and never pass for the source unless CFG alone was touched.
    #[test]
    fn tampered_leaves_do_not_pass(
        bytes in sources(),
        leaf in any::<prop::sample::Index>(),
        from_end in any::<bool>(),
        at in any::<prop::sample::Index>(),
        flip in 1u8..,
    ) {
        let carved = carve(&bytes, Hint::Recording);
        let mut leaves = carved.leaves;
        // META and container as often as all the others.
        let leaf = if from_end { leaves.len() - 1 - leaf.index(leaves.len().min(2)) } else { leaf.index(leaves.len()) };
        let payload = &mut leaves[leaf].1;
        if payload.is_empty() {
            payload.push(flip);
        } else {
            let at = at.index(payload.len());
            payload[at] ^= flip;
        }
        let is_cfg = carved.layout.profile().is_timed() && leaf == 0;
        if let Ok(back) = rebuild(carved.layout.shape(), &leaves) {
            prop_assert!(is_cfg || back != bytes);
        }
    }

    #[test]
    fn random_containers_never_panic(
        numbers in prop::collection::vec(prop_oneof![0u64..4, any::<u64>()], 0..20),
        literal in prop::collection::vec(any::<u8>(), 0..8),
        noise in prop::collection::vec(any::<u8>(), 0..4),
        kind in 0usize..5,
    ) {
        let profile = ["adts-aac-v1;8000;1", "mp3-v1;1152;44100;1", "flac-v1;64;8000;2", "ogg-opus-v1;1", "amr-wb-v1"];
        let shape = Shape::of_ticks(profile[kind].parse().unwrap(), 3).unwrap();
        let mut container = vec![0xa3, 0, 2, 1, 0x80 | (numbers.len() as u8).min(23)];
        for number in numbers {
            container.push(0x1b);
            container.extend(number.to_be_bytes());
        }
        container.extend([2, 0x40 | literal.len() as u8]);
        container.extend(literal);
        container.extend(noise);
        let mut leaves = vec![(0, vec![0x81, 0x41, 7]); shape.leaf_count() as usize];
        leaves.last_mut().unwrap().1 = container;
        let _ = rebuild(shape, &leaves);
    }
}
