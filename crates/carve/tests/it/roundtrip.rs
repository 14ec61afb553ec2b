//! Every source comes back byte for byte, by an exact profile or as chunks.

use crate::common::*;
use casemate_carve::{CarveError, Hint, Layout, Profile, SampleFormat, Shape, Syntax, TextUnit};
use proptest::prelude::*;
use std::io::Cursor;

fn profile_of(bytes: &[u8], hint: Hint) -> String {
    carve(bytes, hint).layout.profile().to_string()
}

#[test]
fn wav_of_each_format_is_cut_into_blocks() {
    let cases = [
        (1, 8, "u8"),
        (1, 16, "s16"),
        (1, 24, "s24"),
        (1, 32, "s32"),
        (3, 32, "f32"),
        (3, 64, "f64"),
        (6, 8, "alaw"),
        (7, 8, "ulaw"),
    ];
    for (code, bits, word) in cases {
        for extensible in [false, true] {
            let spec = WavSpec { code, channels: 2, rate: 11_025, bits, extensible };
            let frame = usize::from(bits) / 8 * 2;
            let list = chunk(b"LIST", b"INFOodd");
            let file = riff(&[list, fmt(&spec), chunk(b"data", &noise(frame * 500)), chunk(b"id3 ", b"tail")]);
            let carved = carve(&file, Hint::Recording);
            assert_eq!(carved.layout.profile().to_string(), format!("wav-v1;{word};11025;2"));
            // 500 frames in blocks of 220.
            let ticks: Vec<u64> = carved.leaves.iter().map(|leaf| leaf.0).collect();
            assert_eq!(ticks, [0, 220, 220, 60, 0, 0]);
            assert_eq!(carved.leaves[1].1.len(), 220 * frame);
            let meta = &carved.leaves[4].1;
            assert!(meta.starts_with(b"LIST") && meta.ends_with(b"tail"));
            // Names and comments stand in META alone.
            for (index, leaf) in carved.leaves.iter().enumerate() {
                assert_eq!(leaf.1.windows(7).any(|w| w == b"INFOodd"), index == 4);
            }
        }
    }
}

#[test]
fn wav_sizes_that_lie() {
    let data = noise(1_000);
    for (stated, expected_frames) in [(0u32, 500), (u32::MAX, 500), (4_000, 500), (1_001, 500), (999, 499)] {
        let mut file = riff(&[fmt(&S16_MONO_8K), chunk(b"data", &data)]);
        let at = file.len() - 1_004;
        file[at..at + 4].copy_from_slice(&stated.to_le_bytes());
        let carved = carve(&file, Hint::Recording);
        assert_eq!(carved.layout.profile().to_string(), "wav-v1;s16;8000;1", "{stated}");
        assert_eq!(carved.layout.ticks_total(), expected_frames, "{stated}");
    }
    // An empty recording before a chunk is empty: its comment does not become sound.
    let file = riff(&[fmt(&S16_MONO_8K), chunk(b"data", b""), chunk(b"LIST", b"INFO names")]);
    let carved = carve(&file, Hint::Recording);
    assert_eq!((carved.layout.leaf_count(), carved.layout.ticks_total()), (3, 0));
    assert!(carved.leaves[1].1.ends_with(b"INFO names"));
}

#[test]
fn what_is_no_such_wav_is_chunks() {
    let gsm = WavSpec { code: 0x31, channels: 1, rate: 8_000, bits: 8, extensible: false };
    let slow = WavSpec { code: 1, channels: 1, rate: 3_999, bits: 8, extensible: false };
    let odd: [Vec<u8>; 7] = [
        riff(&[fmt(&gsm), chunk(b"data", &noise(100))]),
        riff(&[fmt(&slow), chunk(b"data", &noise(100))]),
        riff(&[chunk(b"data", &noise(100)), fmt(&S16_MONO_8K)]),
        riff(&[fmt(&S16_MONO_8K)]),
        riff(&[fmt(&S16_MONO_8K), fmt(&S16_MONO_8K), chunk(b"data", &noise(100))]),
        riff(&vec![chunk(b"JUNK", b""); 5_000]),
        b"RIFF".to_vec(),
    ];
    for file in odd {
        assert_eq!(profile_of(&file, Hint::Recording), "chunk-v1");
    }
}

#[test]
fn amr_frames_and_tail() {
    let types = [7, 8, 15, 15, 0, 1, 2, 3, 4, 5, 6, 7];
    let file = amr(&types);
    let carved = carve(&file, Hint::Recording);
    assert_eq!(carved.layout.profile(), Profile::AmrNb);
    assert_eq!(carved.layout.ticks_total(), types.len() as u64);
    assert_eq!(carved.leaves[3].1, [15 << 3 | 4]);
    // A cut frame, and a frame type that no file may hold, go with what follows into the container.
    for tail in [&file[6..20], &[0x4c, 1, 2, 3][..]] {
        let mut cut = file.clone();
        cut.extend_from_slice(tail);
        let again = carve(&cut, Hint::Recording);
        assert_eq!(again.layout.ticks_total(), types.len() as u64);
        assert!(again.leaves.last().unwrap().1.ends_with(tail));
    }
    assert_eq!(profile_of(b"#!AMR\n", Hint::Recording), "chunk-v1");
    assert_eq!(profile_of(b"#!AMR-WB\n\x04", Hint::Recording), "chunk-v1");
    assert_eq!(profile_of(b"#!AMR_MC1.0\n\0\0\0\x02\x04", Hint::Recording), "chunk-v1");
}

#[test]
fn lines_by_their_unit() {
    let carved = carve("一\r\n\n三 no end".as_bytes(), Hint::Lines);
    assert_eq!(carved.layout.profile(), Profile::Lines(TextUnit::Byte));
    let texts: Vec<&[u8]> = carved.leaves.iter().map(|leaf| leaf.1.as_slice()).collect();
    assert_eq!(texts, ["一\r\n".as_bytes(), b"\n", "三 no end".as_bytes(), b""]);
    // 上 is 4E 0A: it must not end a line in UTF-16.
    for (unit, mark) in [(TextUnit::Utf16Le, [0xff, 0xfe]), (TextUnit::Utf16Be, [0xfe, 0xff])] {
        let mut file = mark.to_vec();
        for code in "上海\n下\u{0a41}".encode_utf16() {
            file.extend(if unit == TextUnit::Utf16Le { code.to_le_bytes() } else { code.to_be_bytes() });
        }
        let carved = carve(&file, Hint::Lines);
        assert_eq!(carved.layout.profile(), Profile::Lines(unit));
        assert_eq!(carved.leaves.iter().map(|leaf| leaf.1.len()).collect::<Vec<_>>(), [8, 4, 0]);
        file.push(0);
        assert_eq!(profile_of(&file, Hint::Lines), "chunk-v1");
    }
    assert_eq!(profile_of(b"a\0b\n", Hint::Lines), "chunk-v1");
    assert_eq!(profile_of(&[0xff, 0xfe, 0, 0, 1, 0, 0, 0], Hint::Lines), "chunk-v1");
    assert_eq!(profile_of(&vec![b'x'; (1 << 20) + 1], Hint::Lines), "chunk-v1");
    assert_eq!(profile_of(&vec![b'x'; 1 << 20], Hint::Lines), "lines-v1;byte");
    assert_eq!(carve(b"", Hint::Lines).layout.leaf_count(), 1);
}

#[test]
fn cells_keep_their_quotes_and_rows_their_places() {
    let file = b"\xef\xbb\xbf\"a;1\";b\r\n\r\nx;\"say \"\"hi\"\"\r\nthere\";z\n;last";
    let carved = carve(file, Hint::Csv);
    assert_eq!(carved.layout.profile(), Profile::Csv);
    let texts: Vec<&[u8]> = carved.leaves.iter().map(|leaf| leaf.1.as_slice()).collect();
    let cells: [&[u8]; 8] =
        [b"\xef\xbb\xbf\"a;1\"", b"b", b"", b"x", b"\"say \"\"hi\"\"\r\nthere\"", b"z", b"", b"last"];
    assert_eq!(texts[..8], cells);
    // The container holds the shape of the table and no text.
    assert!(!carved.leaves[8].1.windows(4).any(|w| w == b"last"));
    let at = |row, column| carved.layout.row_leaves(row, column).map(|run| (run.start, run.len)).ok();
    assert_eq!(at(1, None), Some((0, 2)));
    assert_eq!(at(2, None), Some((2, 1)));
    assert_eq!(at(3, Some(2)), Some((4, 1)));
    assert_eq!(at(4, Some(2)), Some((7, 1)));
    assert_eq!([at(0, None), at(5, None), at(3, Some(0)), at(3, Some(4))], [None; 4]);
    // The mark means something at the very start alone.
    assert_eq!(carve(b"a,\xef\xbb\xbf\"x,y\"\n", Hint::Csv).layout.ticks_total(), 3);
    // A delimiter at the very end opens an empty cell.
    let carved = carve(b"a,b\nc,", Hint::Csv);
    assert_eq!(carved.layout.ticks_total(), 4);
    assert_eq!(profile_of(b"a,\"open\n", Hint::Csv), "chunk-v1");
    assert_eq!(profile_of(b"a,\0\n", Hint::Csv), "chunk-v1");
    assert_eq!(profile_of(b"\xff\xfea\0,\0b\0", Hint::Csv), "chunk-v1");
    assert_eq!(carve(b"", Hint::Csv).layout.leaf_count(), 1);
}

#[test]
fn many_cells_are_found_by_their_marks() {
    let mut file = Vec::new();
    for row in 0..1_000 {
        file.extend(format!("{row},\"q,{row}\",{}\n", "x".repeat(row % 7)).bytes());
    }
    let carved = carve(&file, Hint::Csv);
    let run = carved.layout.row_leaves(777, Some(2)).unwrap();
    assert_eq!(carved.leaves[run.start as usize].1, b"\"q,776\"");
}

fn spans(bytes: &[u8], syntax: Syntax) -> Vec<String> {
    let mut carved = carve(bytes, Hint::Spans(syntax));
    assert_eq!(carved.layout.profile(), Profile::Spans(syntax));
    assert_eq!(carved.leaves.pop(), Some((0, Vec::new())), "the container");
    carved.leaves.into_iter().map(|(_, leaf)| String::from_utf8(leaf).unwrap()).collect()
}

#[test]
fn strings_are_cut_out_of_json() {
    let file = "\u{feff}{\"a\\\"b\": [1,\t\"\", \"上\\\\\"]}\n\"x\"\"y\"";
    let want = ["\u{feff}{", "\"a\\\"b\"", ": [1,\t", "\"\"", ", ", "\"上\\\\\"", "]}\n", "\"x\"", "\"y\""];
    assert_eq!(spans(file.as_bytes(), Syntax::Json), want);
    let profile = |bytes: &[u8]| profile_of(bytes, Hint::Spans(Syntax::Json));
    for odd in
        ["[\"never closed]", "[\"a\", 'b']", "[\"\\\"]", "[1] \u{feff}", "// [1]", "[\"a\"];", "\u{feff}\u{feff}[1]"]
    {
        assert_eq!(profile(odd.as_bytes()), "lines-v1;byte", "{odd}");
    }
    assert_eq!(profile(b"[\"\xff\"]"), "lines-v1;byte");
    assert_eq!(profile(b"[\"\xed\xa0\x80\"]"), "lines-v1;byte", "half a surrogate");
    assert_eq!(profile(b"[\"\0\"]"), "chunk-v1");
    let long = |len: usize| [b"[\"", "x".repeat(len).as_bytes(), b"\"]"].concat();
    assert_eq!(profile(&long((1 << 20) - 2)), "spans-v1;json");
    assert_eq!(profile(&[&long((1 << 20) - 1)[..], b"\n"].concat()), "chunk-v1", "its line is too long as well");
    assert_eq!(profile(&[b"[", "1\n".repeat(1 << 19).as_bytes(), b"]"].concat()), "lines-v1;byte");
    assert_eq!(carve(b"", Hint::Spans(Syntax::Json)).layout.leaf_count(), 1);
}

#[test]
fn tags_are_cut_out_of_html() {
    let file = "a < b<P title=\"x>y\">text<<br/><!-- c --></p>\r\n<3 <?x ";
    let want = ["a ", "< b", "<P title=\"x>", "y\">text", "<", "<br/>", "<!-- c -->", "</p>", "\r\n", "<3 ", "<?x "];
    assert_eq!(spans(file.as_bytes(), Syntax::Html), want);
    // A tag at the border of what is read at once.
    for len in [4_095, 65_534, 65_535, 65_536] {
        let text = "x".repeat(len);
        assert_eq!(spans(format!("{text}<b>").as_bytes(), Syntax::Html), [&text, "<b>"]);
    }
    let profile = |bytes: &[u8]| profile_of(bytes, Hint::Spans(Syntax::Html));
    assert_eq!(profile(b"<p>caf\xe9"), "spans-v1;html", "any encoding of bytes");
    assert_eq!(profile(b"\xff\xfe<\0p\0"), "lines-v1;utf-16le");
    assert_eq!(profile(b"<p>\0"), "chunk-v1");
    let long = |len: usize| [b"<p>", "x".repeat(len).as_bytes(), b"<p>"].concat();
    assert_eq!(profile(&long(1 << 20)), "spans-v1;html");
    assert_eq!(profile(&long((1 << 20) + 1)), "chunk-v1");
}

#[test]
fn chunks_cover_everything() {
    for len in [0usize, 1, 65_535, 65_536, 65_537, 131_072] {
        let carved = carve(&noise(len), Hint::Whole);
        assert_eq!(carved.layout.profile(), Profile::Chunk);
        assert_eq!(carved.leaves.len(), len.div_ceil(65_536).max(1));
    }
}

#[test]
fn profile_strings_have_one_form() {
    for text in [
        "wav-v1;s16;08000;1",
        "wav-v1;s16;+8000;1",
        "wav-v1;s16;8000;1;",
        "wav-v1;s16;8000",
        "wav-v1;s16;1;1",
        "wav-v1;s16;8000;0",
        "wav-v1;s17;8000;1",
        "chunk-v2",
        "",
        "CHUNK-V1",
    ] {
        assert!(matches!(text.parse::<Profile>(), Err(CarveError::UnknownProfile)), "{text}");
    }
}

#[test]
fn shapes_that_do_not_fit_are_refused() {
    let wav = Profile::wav(SampleFormat::S16, 8_000, 1).unwrap();
    assert!(Shape::new(wav, 4, 160).is_ok());
    for (leaves, ticks) in [(5, 160), (4, 161), (3, 1), (0, 0), (u64::MAX, u64::MAX)] {
        assert!(Shape::new(wav, leaves, ticks).is_err());
    }
    assert!(Shape::new(Profile::Chunk, 0, 0).is_err());
    assert!(Shape::new(Profile::Csv, 1, 0).is_ok());
    assert!(Shape::new(Profile::AmrNb, (1 << 40) + 1, (1 << 40) - 2).is_err());
}

#[test]
fn a_source_that_changed_is_named() {
    let file = amr(&[7; 600]);
    let layout = Layout::scan(&mut Cursor::new(&file), file.len() as u64, Hint::Recording).unwrap();
    let short = &file[..file.len() - 10];
    let read = layout.for_each_leaf::<_, CarveError, _>(&mut Cursor::new(short), |_, _, _| Ok(()));
    assert!(matches!(read, Err(CarveError::SourceChanged { .. })));
    assert!(matches!(
        Layout::scan(&mut Cursor::new(short), file.len() as u64 + 9, Hint::Lines),
        Err(CarveError::SourceChanged { .. })
    ));
}

/// A sound of 3 GiB that takes no memory: a header, then zeros.
struct Endless {
    head: Vec<u8>,
    len: u64,
    at: u64,
}

impl std::io::Read for Endless {
    fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
        let count = buf.len().min((self.len - self.at.min(self.len)) as usize);
        for (offset, byte) in buf[..count].iter_mut().enumerate() {
            *byte = self.head.get(self.at as usize + offset).copied().unwrap_or(0);
        }
        self.at += count as u64;
        Ok(count)
    }
}

impl std::io::Seek for Endless {
    fn seek(&mut self, pos: std::io::SeekFrom) -> std::io::Result<u64> {
        if let std::io::SeekFrom::Start(at) = pos {
            self.at = at;
        }
        Ok(self.at)
    }
}

#[test]
fn a_wav_of_gigabytes_needs_no_table() {
    let mut head = riff(&[fmt(&S16_MONO_8K)]);
    head.extend_from_slice(b"data\xff\xff\xff\xff");
    let len = 3 << 30;
    let mut src = Endless { head, len, at: 0 };
    let layout = Layout::scan(&mut src, len, Hint::Recording).unwrap();
    assert_eq!(layout.ticks_total(), (len - 44) / 2);
    assert_eq!(layout.leaf_count(), ((len - 44) / 2).div_ceil(160) + 3);
    let mut out = Vec::new();
    layout.read_leaf(&mut src, layout.leaf_count() - 3, &mut out).unwrap();
    assert!(!out.is_empty() && out.iter().all(|byte| *byte == 0));
}

fn hints() -> impl Strategy<Value = Hint> {
    let spans = [Syntax::Json, Syntax::Html].map(|syntax| Just(Hint::Spans(syntax)));
    let [json, html] = spans;
    prop_oneof![Just(Hint::Recording), Just(Hint::Lines), Just(Hint::Csv), json, html, Just(Hint::Whole)]
}

/// Files that are nearly right.
fn sources() -> impl Strategy<Value = Vec<u8>> {
    let wav = (0usize..8, 1u16..4, 0usize..3_000, any::<bool>(), any::<bool>()).prop_map(
        |(kind, channels, len, extensible, extra)| {
            let (code, bits) = [(1, 8), (1, 16), (1, 24), (1, 32), (3, 32), (3, 64), (6, 8), (7, 8)][kind];
            let spec = WavSpec { code, channels, rate: 8_000, bits, extensible };
            let mut chunks = vec![fmt(&spec), chunk(b"data", &noise(len))];
            if extra {
                chunks.insert(0, chunk(b"bext", b"abc"));
                chunks.push(chunk(b"cue ", b"12345"));
            }
            riff(&chunks)
        },
    );
    let frames = prop::collection::vec(prop_oneof![0u8..9, Just(15)], 0..700).prop_map(|types| amr(&types));
    let text = "[a-c,;\"\r\n 上\t]{0,300}".prop_map(String::into_bytes);
    let wide = "[ab\n上ਁ]{0,200}".prop_map(|text| {
        let units = std::iter::once(0xfeff).chain(text.encode_utf16().collect::<Vec<_>>());
        units.flat_map(u16::to_le_bytes).collect()
    });
    let json = prop::collection::vec("\"([a上]|\\\\[\"\\\\n]){0,9}\"|[{}\\[\\],:0-9 \n]{1,4}", 0..60)
        .prop_map(|all| all.concat().into_bytes());
    let html = "(<[/!?a-c]?[a-c \"=]{0,4}>?|[a上\n&;<]){0,90}".prop_map(String::into_bytes);
    prop_oneof![wav, frames, text, json, html, wide, prop::collection::vec(any::<u8>(), 0..400)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, ..ProptestConfig::default() })]

    #[test]
    fn any_source_comes_back(
        mut bytes in sources(),
        hint in hints(),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        for (at, byte) in flips {
            if !bytes.is_empty() {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len() + 1));
        }
        carve(&bytes, hint);
    }

    /// Leaves that were tampered with never panic, and never pass for the source unless CFG alone was touched.
    #[test]
    fn tampered_leaves_do_not_pass(
        bytes in sources(),
        hint in hints(),
        leaf in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        flip in 1u8..,
    ) {
        let carved = carve(&bytes, hint);
        let mut leaves = carved.leaves;
        let leaf = leaf.index(leaves.len());
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
    fn random_containers_never_panic(container in prop::collection::vec(any::<u8>(), 0..64), kind in 0usize..5) {
        let profile = ["wav-v1;u8;8000;1", "amr-nb-v1", "csv-v1", "lines-v1;byte", "spans-v1;json"][kind];
        let profile = profile.parse::<Profile>().unwrap();
        let shape = Shape::of_ticks(profile, 3).unwrap();
        let mut leaves = vec![(0, vec![4u8, 0, 0]); shape.leaf_count() as usize];
        leaves.last_mut().unwrap().1 = container;
        let _ = rebuild(shape, &leaves);
    }
}
