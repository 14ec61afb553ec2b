//! The vectors of `tests/vectors/carve`: for an implementer in another language.
//!
//! `CASEMATE_VECTORS=write` writes them anew; otherwise they are compared.

use crate::common::mp4::*;
use crate::common::sound::*;
use crate::common::*;
use casemate_carve::locator::TimeRange;
use casemate_carve::release::{Head, Place, Protection, ReleaseBuilder, ReleaseKind, SealNumber, Segment, Span, Unit};
use casemate_carve::render::Renderer;
use casemate_carve::{Hint, Leaf, Profile, Shape, Syntax, cuts};
use serde_json::{Value, json};
use std::collections::BTreeMap;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    text.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

fn hint_word(hint: Hint) -> &'static str {
    match hint {
        Hint::Recording => "recording",
        Hint::Lines => "lines",
        Hint::Csv => "csv",
        Hint::Spans(Syntax::Json) => "json",
        Hint::Spans(Syntax::Html) => "html",
        Hint::Whole => "whole",
    }
}

/// A source with its leaves; for a recording also its playable copy with the first second withheld.
fn source_vector(source: &[u8], hint: Hint) -> Value {
    let carved = carve(source, hint);
    let shape = carved.layout.shape();
    let leaves: Vec<Value> =
        carved.leaves.iter().map(|(ticks, payload)| json!({"ticks": ticks, "payload": hex(payload)})).collect();
    let base = carved.layout.timebase();
    let mut vector = json!({
        "source": hex(source),
        "hint": hint_word(hint),
        "profile": shape.profile().to_string(),
        "ticks": shape.ticks_total(),
        "timebase": [base.num, base.den],
        "leaves": leaves,
    });
    if shape.profile().is_timed() && !shape.packets().is_empty() {
        let plan = cuts::recording(shape, &[TimeRange::new(0, 1).unwrap()]).unwrap();
        let mut renderer = Renderer::new(shape, &carved.leaves[0].1, Vec::new()).unwrap();
        for index in shape.packets() {
            let (ticks, payload) = &carved.leaves[index as usize];
            let hidden = plan.runs.iter().any(|run| run.contains(index));
            let leaf = if hidden { Leaf::Hidden { leaves: 1, ticks: *ticks } } else { Leaf::Open(payload) };
            renderer.packet(leaf).unwrap();
        }
        vector["withheld_from_0_to_1_ms"] = json!({
            "runs": plan.runs.iter().map(|run| [run.start, run.len]).collect::<Vec<_>>(),
            "rendered": hex(&renderer.finish().unwrap()),
        });
    }
    vector
}

fn release_vector() -> Value {
    let head = Head {
        title: "Call".into(),
        made_from: vec![SealNumber([0, 1, 2, 3, 4, 5, 6, 7])],
        statement: "Draft".into(),
        language: "fr".into(),
    };
    let mut builder = ReleaseBuilder::new(ReleaseKind::Transcript, head).unwrap();
    let protect = Some(Protection { label: "B".into(), reason: "safety".into() });
    builder
        .segment(Segment {
            place: Place::time(TimeRange::new(1_500, 2_500).unwrap()),
            speaker: Some("H".into()),
            spans: vec![
                Span { text: "Demande à ".into(), protect: None },
                Span { text: "Oduya Marenka".into(), protect },
            ],
        })
        .unwrap();
    let release = builder.finish().unwrap();
    let shown: Vec<Leaf<'_>> = (0u64..)
        .zip(&release.payloads)
        .map(|(index, payload)| match release.protected.iter().any(|run| run.contains(index)) {
            true => Leaf::Hidden { leaves: 1, ticks: 1 },
            false => Leaf::Open(payload),
        })
        .collect();
    let (mut text, mut vtt) = (Vec::new(), Vec::new());
    casemate_carve::release::render_text(release.shape, shown.clone(), &mut text).unwrap();
    casemate_carve::release::render_vtt(release.shape, shown, &mut vtt).unwrap();
    json!({
        "profile": release.shape.profile().to_string(),
        "leaves": release.payloads.iter().map(|payload| hex(payload)).collect::<Vec<_>>(),
        "protected": release.protected.iter().map(|run| [run.start, run.len]).collect::<Vec<_>>(),
        "text": String::from_utf8(text).unwrap(),
        "vtt": String::from_utf8(vtt).unwrap(),
    })
}

fn accepted() -> BTreeMap<String, Value> {
    let blocks = WavSpec { code: 1, channels: 1, rate: 4_000, bits: 8, extensible: false };
    let sound = chunk(b"data", &noise(201));
    let wide: Vec<u8> = [0xfeffu16, 0x4e0a, 0x6d77, 10, 0x4e0b].iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let mut torn = amr(&[7, 8, 15, 7]);
    torn.truncate(torn.len() - 3);
    let unfinished = [&riff(&[fmt(&S16_MONO_8K)])[..], b"data\xff\xff\xff\xff", &noise(9)].concat();
    let stereo = WavSpec { code: 7, channels: 2, rate: 8_000, bits: 8, extensible: true };
    let (json, html) = (Hint::Spans(Syntax::Json), Hint::Spans(Syntax::Html));
    let sources: [(&str, Vec<u8>, Hint); 20] = [
        ("wav-u8-odd-with-list", riff(&[chunk(b"LIST", b"INFOabc"), fmt(&blocks), sound]), Hint::Recording),
        ("wav-unfinished-half-frame", unfinished, Hint::Recording),
        ("wav-ulaw-extensible", riff(&[fmt(&stereo), chunk(b"data", &noise(40))]), Hint::Recording),
        ("wav-empty", riff(&[fmt(&S16_MONO_8K), chunk(b"data", b"")]), Hint::Recording),
        ("amr-all-types", amr(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 15]), Hint::Recording),
        ("amr-torn", torn, Hint::Recording),
        ("recording-of-no-kind", b"OggS".to_vec(), Hint::Recording),
        ("lines-crlf", "一\r\n\r\nlast".as_bytes().to_vec(), Hint::Lines),
        ("lines-utf-16le", wide, Hint::Lines),
        ("lines-with-nul", b"a\0\n".to_vec(), Hint::Lines),
        ("csv-quotes", b"\xef\xbb\xbf\"a\";b\r\n;\"c\"\"\r\nd\"\r\n\nlast;".to_vec(), Hint::Csv),
        (
            "spans-json",
            "\u{feff}{\"a\\\"b\": [-1.5e+3,true,\t\"\", \"上\\\\\"]}\r\n\"x\"\"y\"".as_bytes().to_vec(),
            json,
        ),
        ("spans-json-another-character", b"[\"a\", 'b']\n".to_vec(), json),
        ("spans-json-no-utf-8", b"[\"\xed\xa0\x80\"]\n".to_vec(), json),
        ("spans-json-open-string", b"[\"a\",\n\"b\\\"]".to_vec(), json),
        ("spans-json-with-nul", b"[\"\0\"]".to_vec(), json),
        ("spans-html", "\u{feff}<P title=\"x>y\">a < b<<br/><!-- - -->上</p>\r\n<3<?x".as_bytes().to_vec(), html),
        ("spans-html-in-another-encoding", b"<p>caf\xe9 \xd6\xd0</p>".to_vec(), html),
        ("spans-html-utf-16le", b"\xff\xfe<\x00p\x00>\x00".to_vec(), html),
        ("chunk-empty", Vec::new(), Hint::Whole),
    ];
    let mut vectors: BTreeMap<String, Value> =
        sources.into_iter().map(|(name, source, hint)| (name.to_owned(), source_vector(&source, hint))).collect();
    vectors
        .extend(sounds().into_iter().map(|(name, source)| (name.to_owned(), source_vector(&source, Hint::Recording))));
    for (name, source) in grid_vectors::sources() {
        vectors.insert(name.to_owned(), source_vector(&source, Hint::Recording));
    }
    vectors
        .extend(movies().into_iter().map(|(name, source)| (name.to_owned(), source_vector(&source, Hint::Recording))));
    vectors.insert("release-transcript".into(), release_vector());
    vectors
}

/// MP4 and AMR-WB, as long as those of [`sounds`].
fn movies() -> Vec<(&'static str, Vec<u8>)> {
    let aac = Movie::aac(&[5; 45]);
    let spread = Movie { data: Data::Each, wide_offsets: true, moov_first: true, gap: b"gap".to_vec(), ..aac.clone() };
    let band = esds(0x40, &RATES, &[0x13, 0x88, 0x56, 0xe5, 0xa5, 0x48, 0x80]);
    let band = Movie { entry: entry(b"mp4a", &band), scale: 44_100, times: vec![(45, 2_048)], ..aac.clone() };
    let how = Fragments { each: 20, with_base: false, with_time: true, with_offset: true, durations_in_run: false };
    let setup = full(b"alac", 0, &cookie(1_000, 16, 1, 4_000));
    let alac = Movie {
        entry: entry(b"alac", &setup),
        scale: 4_000,
        times: vec![(5, 1_000), (1, 7)],
        ..Movie::alac(&[9; 6], 1, 4_000)
    };
    let types: Vec<u8> = (0..55).map(|n| [2, 2, 9, 15][n % 4]).collect();
    vec![
        ("amr-wb-all-types", [awb(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 14, 15]), vec![10 << 3, 1]].concat()),
        ("mp4-aac-edit-that-skips", Movie { edits: vec![(40, -1), (1_000, 2_112)], ..aac.clone() }.build()),
        ("mp4-aac-edit-that-trims", Movie { edits: vec![(500, 22_050)], ..aac.clone() }.build()),
        ("mp4-aac-fragments", aac.fragmented(how)),
        ("mp4-aac-he", band.build()),
        ("mp4-aac-places-in-another-order", in_another_order(&aac)),
        ("mp4-aac-spread", spread.build()),
        ("mp4-aac-with-pictures", Movie { beside: vec![*b"vide"], ..aac }.build()),
        ("mp4-alac-short-last-frame", alac.build()),
        ("mp4-amr-nb-frames-in-samples", Movie::amr(false, &[7; 55], 10).build()),
        ("mp4-amr-wb-with-pauses", Movie::amr(true, &types, 1).build()),
    ]
}

/// The first chunk's place after the second's.
fn in_another_order(movie: &Movie) -> Vec<u8> {
    let mut file = Movie { per_chunk: vec![40], ..movie.clone() }.build();
    let stco = file.windows(4).position(|window| window == b"stco").unwrap() + 12;
    file.copy_within(stco + 4..stco + 8, stco);
    file
}

/// Compressed sound: more than a second where what stands for hidden frames is small, so that there are open ones.
fn sounds() -> [(&'static str, Vec<u8>); 6] {
    let low = Mp3Frame { full: false, rate: 1, ..MP3_MONO };
    let mut frames = vec![low; 43];
    frames[41].main_data_begin = 30;
    let tags = b"ID3\x04\0\0\0\0\0\x03tag".as_slice();
    let layer_iii = [tags, &mp3_description(low), &mp3(&frames), b"TAG", &[b'x'; 125]].concat();
    let torn = [mp3(&[MP3_MONO; 4]), b"garbage".to_vec(), mp3(&[MP3_MONO; 3])].concat();
    let units = adts(&[5; 45], true);
    let mut changed = adts(&[5; 4], false);
    changed[26] ^= 4;
    [
        ("mp3-tags-and-description", layer_iii),
        ("mp3-gap-and-torn", torn[..torn.len() - 9].to_vec()),
        ("adts-crc-torn", units[..units.len() - 3].to_vec()),
        ("adts-another-rate-on-the-way", changed),
        ("flac-all-subframes", flac(2, &flac_frames(9))),
        ("flac-frame-out-of-place", flac(1, &[flac_frame(1, FLAC_BLOCK, 0, &[Subframe::Constant])])),
    ]
}

/// Leaves that must be refused, each for one reason.
fn rejected() -> BTreeMap<String, Value> {
    let mut vectors = BTreeMap::new();
    let mut leaves = |name: &str, profile: &str, ticks: u64, payloads: &[&str]| {
        vectors.insert(
            format!("reject-{name}"),
            json!({"reject": "reassembly", "profile": profile, "ticks": ticks, "leaves": payloads}),
        );
    };
    // CFG is not looked at by reassembly; map {0: 1, 1: [packets, 2], 2: h''}.
    let wav = "wav-v1;u8;8000;1";
    leaves("wav-block-too-short", wav, 2, &["", "aa", "", "a30001018202020240"]);
    leaves("wav-map-says-more-packets", wav, 2, &["", "aabb", "", "a30001018202030240"]);
    leaves("wav-packets-not-used", wav, 2, &["", "aabb", "", "a3000101800240"]);
    leaves("wav-packets-twice", wav, 2, &["", "aabb", "", "a3000101860202000102020241ff"]);
    leaves("wav-meta-not-used", wav, 2, &["", "aabb", "ff", "a30001018202020240"]);
    leaves("wav-literal-not-used", wav, 2, &["", "aabb", "", "a30001018202020241ff"]);
    leaves("wav-map-trailing-byte", wav, 2, &["", "aabb", "", "a3000101820202024000"]);
    leaves("wav-map-long-number", wav, 2, &["", "aabb", "", "a3000101820218020240"]);
    leaves("wav-map-not-joined", wav, 2, &["", "aabb", "", "a3000101860001000102020242ffff"]);
    leaves("amr-frame-too-long", "amr-nb-v1", 1, &["", "7c00", "", "a30001018202020240"]);
    leaves("amr-frame-type-9", "amr-nb-v1", 1, &["", "4c", "", "a30001018202010240"]);
    leaves("lines-container-not-empty", "lines-v1;byte", 1, &["610a", "00"]);
    leaves("lines-empty-line", "lines-v1;byte", 1, &["", ""]);
    leaves("csv-another-number-of-cells", "csv-v1", 2, &["61", "62", "a3000101182c0283010101"]);
    leaves("csv-unknown-delimiter", "csv-v1", 1, &["61", "a300010118610283010101"]);
    leaves("csv-rows-not-joined", "csv-v1", 2, &["61", "62", "a3000101182c0286010101010101"]);
    leaves("spans-container-not-empty", "spans-v1;json", 1, &["5b5d", "00"]);
    leaves("spans-empty-span", "spans-v1;html", 2, &["3c703e", "", ""]);
    leaves("chunk-short-before-the-last", "chunk-v1", 2, &["aa", "bb"]);
    // Map {0: 2, 1: [n, l, m, p, b, …], 2: literal}; two units "aa" and "bb", each behind one byte of META.
    let aac = |name: &str, container: &str| (name.to_owned(), container.to_owned());
    for (name, container) in [
        aac("sound-map-not-joined", "a30002018a010001010001000101000240"),
        aac("sound-map-record-empty", "a30002018a020001010001000000000240"),
        aac("sound-map-one-record-as-two", "a30002018f0100010100010001000001000001000240"),
        aac("sound-map-run-of-one-kind", "a30002018a020000010001000200000240"),
        aac("sound-map-long-number", "a30002018518020001010002 40"),
        aac("sound-map-trailing-byte", "a3000201850200010100024000"),
        aac("sound-map-version-1", "a3000101850200010100 0240"),
        aac("sound-map-packets-left-over", "a30002018a010001010001000100000240"),
        aac("sound-map-more-packets", "a3000201850200010200 0240"),
        aac("sound-map-part-past-a-packet", "a30002018a010001000201000102000240"),
        aac("sound-map-meta-left-over", "a3000201850100010200 0240"),
        aac("sound-map-literal-left-over", "a3000201850200010100 0241ff"),
    ] {
        leaves(&name, "adts-aac-v1;8000;1", 2, &["", "aa", "bb", "0102", &container.replace(' ', "")]);
    }
    let one = "a3000201850100000100 0240".replace(' ', "");
    let frame = MP3_MONO.bytes(0);
    leaves("mp3-frame-of-another-rate", "mp3-v1;1152;48000;1", 1, &["", &hex(&frame), "", &one]);
    leaves("mp3-frame-too-short", "mp3-v1;1152;44100;1", 1, &["", &hex(&frame[..103]), "", &one]);
    let mut frame = flac_frame(0, FLAC_BLOCK, 0, &[Subframe::Constant]);
    leaves("flac-frame-of-another-length", "flac-v1;65;8000;1", 65, &["", &hex(&frame), "", &one]);
    let last = frame.len() - 1;
    frame[last] ^= 1;
    leaves("flac-frame-with-a-wrong-sum", "flac-v1;64;8000;1", 64, &["", &hex(&frame), "", &one]);
    for (name, profile, ticks, payloads) in grid_vectors::refused() {
        leaves(name, profile, ticks, &payloads);
    }
    leaves("amr-wb-frame-type-10", "amr-wb-v1", 1, &["", "54", "", &one]);
    leaves("amr-wb-frame-too-long", "mp4-amr-wb-v1", 1, &["", "7c00", "", &one]);
    leaves("mp4-aac-empty-unit", "mp4-aac-v1;1024;8000;1", 1, &["", "", "", &one]);
    for (name, payload) in [
        ("release-unknown-kind", "a20005016178"),
        ("release-empty-text", "a200020160"),
        ("release-keys-out-of-order", "a20161780002"),
        ("release-place-backwards", "a200010183010201"),
        ("release-trailing-byte", "a2000201617800"),
        ("release-label-with-bracket", "a3000301615d026161"),
        ("release-reason-in-words", "a30003016142026141"),
    ] {
        vectors.insert(format!("reject-{name}"), json!({"reject": "unit", "payload": payload}));
    }
    for (name, profile, leaves, ticks) in [
        ("shape-too-few-leaves", wav, 3u64, 1u64),
        ("shape-surplus-leaf", "amr-nb-v1", 5, 1),
        ("shape-no-chunk", "chunk-v1", 0, 0),
        ("shape-ticks-past-limit", wav, 56_294_995_342_135, 9_007_199_254_740_992),
        ("profile-mp3-samples-of-another-rate", "mp3-v1;576;44100;2", 4, 1),
        ("profile-flac-block-over-a-second", "flac-v1;8001;8000;1", 4, 1),
        ("shape-sound-too-many-frames", "mp3-v1;1152;44100;2", 4_194_308, 4_194_305),
        ("shape-flac-frames-for-samples", "flac-v1;4096;8000;1", 5, 2),
        ("profile-mp4-aac-samples", "mp4-aac-v1;1023;44100;2", 4, 1),
        ("profile-mp4-aac-seven-channels", "mp4-aac-v1;1024;44100;7", 4, 1),
        ("profile-mp4-alac-frame-too-long", "mp4-alac-v1;16385;44100;2", 4, 1),
        ("profile-spans-unknown-syntax", "spans-v1;xml", 2, 1),
        ("shape-spans-no-container", "spans-v1;json", 1, 1),
        ("profile-leading-zero", "wav-v1;s16;08000;1", 4, 1),
        ("profile-rate-too-low", "wav-v1;s16;3999;1", 4, 1),
    ] {
        let vector = json!({"reject": "shape", "profile": profile, "leaf_count": leaves, "ticks": ticks});
        vectors.insert(format!("reject-{name}"), vector);
    }
    vectors
}

fn is_refused(vector: &Value) -> bool {
    let shape = |leaves: u64| -> Option<Shape> {
        let profile = vector["profile"].as_str()?.parse::<Profile>().ok()?;
        Shape::new(profile, leaves, vector["ticks"].as_u64()?).ok()
    };
    match vector["reject"].as_str().unwrap() {
        "unit" => Unit::decode(&unhex(vector["payload"].as_str().unwrap())).is_err(),
        "shape" => shape(vector["leaf_count"].as_u64().unwrap()).is_none(),
        _ => {
            let leaves: Vec<(u64, Vec<u8>)> =
                vector["leaves"].as_array().unwrap().iter().map(|leaf| (0, unhex(leaf.as_str().unwrap()))).collect();
            // The shape is right: the leaves are not.
            rebuild(shape(leaves.len() as u64).unwrap(), &leaves).is_err()
        }
    }
}

#[test]
fn vectors_are_what_the_code_does() {
    let rejected = rejected();
    for (name, vector) in &rejected {
        assert!(is_refused(vector), "{name} is accepted");
    }
    for (_, profile, ticks, payloads) in grid_vectors::near_refused() {
        let near = json!({"reject": "reassembly", "profile": profile, "ticks": ticks, "leaves": payloads});
        assert!(!is_refused(&near), "{near}");
    }
    let mut vectors = accepted();
    vectors.extend(rejected);
    held("carve", &vectors);
}
