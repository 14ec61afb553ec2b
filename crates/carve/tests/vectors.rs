//! The vectors of `tests/vectors/carve`: for an implementer in another language.
//!
//! `CASEMATE_VECTORS=write` writes them anew; otherwise they are compared.
#![allow(clippy::unwrap_used)]

mod common;

use casemate_carve::locator::TimeRange;
use casemate_carve::release::{Head, Place, Protection, ReleaseBuilder, ReleaseKind, SealNumber, Segment, Span, Unit};
use casemate_carve::render::Renderer;
use casemate_carve::{Hint, Leaf, Profile, Shape, cuts};
use common::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;

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
    let sources: [(&str, Vec<u8>, Hint); 12] = [
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
        ("chunk-empty", Vec::new(), Hint::Whole),
    ];
    let mut vectors: BTreeMap<String, Value> =
        sources.into_iter().map(|(name, source, hint)| (name.to_owned(), source_vector(&source, hint))).collect();
    vectors.insert("release-transcript".into(), release_vector());
    vectors
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
    leaves("chunk-short-before-the-last", "chunk-v1", 2, &["aa", "bb"]);
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
    let dir = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/carve");
    let write = std::env::var_os("CASEMATE_VECTORS").is_some();
    let rejected = rejected();
    for (name, vector) in &rejected {
        assert!(is_refused(vector), "{name} is accepted");
    }
    let mut vectors = accepted();
    vectors.extend(rejected);
    for (name, vector) in &vectors {
        let path = dir.join(format!("{name}.json"));
        let text = serde_json::to_string_pretty(vector).unwrap() + "\n";
        if write {
            std::fs::create_dir_all(&dir).unwrap();
            std::fs::write(&path, &text).unwrap();
        }
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text, "{name}");
    }
    let on_disk = std::fs::read_dir(&dir).unwrap().filter(|e| e.as_ref().unwrap().path().extension().is_some()).count();
    assert_eq!(on_disk, vectors.len(), "a vector that nothing checks");
}
