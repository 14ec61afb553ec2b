//! Tests of the scan for leaks: each encoding is found, noise is not.
//!
//! Keeps: a planted leak is always found. Does not know: the case folder.

use super::*;
use base64::Engine as _;
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use std::io::Write;

const WORD: &str = "Quillonbrack";
const HAN: &str = "琉璃雁七";

fn scanner() -> Scanner {
    Scanner::new(&[WORD, HAN], 6)
}

fn noise(len: u64, seed: u64) -> Vec<u8> {
    (0..len).map(|n| ((n ^ seed).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 41) as u8).collect()
}

/// `inner` with noise on both sides, so that nothing stands at a convenient place.
fn buried(inner: &[u8], seed: u64) -> Vec<u8> {
    [noise(777 + seed, seed), inner.to_vec(), noise(500, seed + 9)].concat()
}

fn encoded(word: &str, encoding: &str) -> Vec<u8> {
    match encoding {
        "utf-8" => word.into(),
        "utf-16le" => word.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        "utf-16be" => word.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        "gb18030" => encoding_rs::GB18030.encode(word).0.into_owned(),
        "hex" => word.bytes().flat_map(|b| format!("{b:02X}").into_bytes()).collect(),
        _ => base64::engine::general_purpose::STANDARD.encode(format!("?{word}!")).into_bytes(),
    }
}

type Press = fn(&[u8]) -> Vec<u8>;

const PRESSES: [(&str, Press); 4] = [
    ("gzip", |b| pressed(GzEncoder::new(Vec::new(), Compression::default()), b, GzEncoder::finish)),
    ("zlib", |b| pressed(ZlibEncoder::new(Vec::new(), Compression::fast()), b, ZlibEncoder::finish)),
    ("deflate", |b| pressed(DeflateEncoder::new(Vec::new(), Compression::best()), b, DeflateEncoder::finish)),
    ("zstd", |b| ruzstd::encoding::compress_to_vec(b, ruzstd::encoding::CompressionLevel::Fastest)),
];

fn pressed<W: Write>(mut to: W, bytes: &[u8], end: fn(W) -> std::io::Result<Vec<u8>>) -> Vec<u8> {
    to.write_all(bytes).unwrap();
    end(to).unwrap()
}

fn found(bytes: &[u8]) -> Vec<(String, String)> {
    scanner().bytes("f", bytes).into_iter().map(|l| (l.how, l.word)).collect()
}

#[test]
fn a_word_is_found_in_every_form() {
    for word in [WORD, HAN] {
        for encoding in FORMS {
            if encoding == "gb18030" && word == WORD {
                continue;
            }
            let leaks = found(&buried(&encoded(word, encoding), 3));
            assert!(leaks.contains(&(encoding.into(), word.into())), "{word} in {encoding}: {leaks:?}");
        }
    }
    assert_eq!(found(&buried(b"qUILLONBRACK", 4)), [("utf-8".to_owned(), WORD.to_owned())]);
}

#[test]
fn base64_is_found_at_each_alignment_and_in_lines() {
    for before in 0..6 {
        let text = format!("{}{HAN}, and more of it", "x".repeat(before));
        let mut lines = base64::engine::general_purpose::STANDARD.encode(text).into_bytes();
        assert!(found(&lines).contains(&("base64".into(), HAN.into())), "{before}");
        lines.splice(7..7, *b"\r\n");
        assert!(found(&lines).contains(&("base64".into(), HAN.into())), "{before} in lines");
    }
}

#[test]
fn a_word_is_found_inside_every_stream_in_every_form() {
    for (kind, press) in PRESSES {
        for (seed, encoding) in (0..).zip(FORMS) {
            let inner = [noise(40, 5), encoded(HAN, encoding), vec![b'-'; 900]].concat();
            let leaks = found(&buried(&press(&inner), seed));
            assert!(
                leaks.iter().any(|(how, word)| how.ends_with(encoding) && word == HAN),
                "{kind} {encoding}: {leaks:?}"
            );
            assert!(leaks.iter().any(|(how, _)| how.contains(" > ")), "{kind} {encoding}: {leaks:?}");
        }
        let short = found(&buried(&press(WORD.as_bytes()), 1));
        assert!(!short.is_empty(), "{kind}: one word alone");
        let twice = press(&press(encoded(WORD, "utf-16le").repeat(3).as_slice()));
        assert!(!found(&buried(&twice, 2)).is_empty(), "{kind} in {kind}");
    }
}

#[test]
fn a_cut_off_stream_gives_what_it_holds() {
    for (kind, press) in PRESSES.into_iter().filter(|(kind, _)| *kind != "zstd") {
        let whole = press(&[WORD.as_bytes().to_vec(), noise(5000, 3)].concat());
        assert!(!found(&whole[..whole.len() / 2]).is_empty(), "{kind}");
    }
}

#[test]
fn noise_holds_nothing() {
    assert_eq!(found(&noise(300_000, 11)), []);
}

#[test]
fn names_of_files_are_looked_at_and_what_is_skipped_is_not() {
    let root = std::env::temp_dir().join(format!("casemate-scan-{}", std::process::id()));
    let (kept, skipped) = (root.join("a/b"), root.join("sources"));
    std::fs::create_dir_all(&kept).unwrap();
    std::fs::create_dir_all(&skipped).unwrap();
    std::fs::write(kept.join(format!("{HAN}.txt")), b"").unwrap();
    std::fs::write(kept.join("plain"), encoded(WORD, "utf-16be")).unwrap();
    std::fs::write(skipped.join("plain"), WORD).unwrap();
    let leaks = scanner().tree(&root, &|p| p.starts_with("sources"));
    std::fs::remove_dir_all(&root).unwrap();
    let shown: Vec<String> = leaks.iter().map(Leak::to_string).collect();
    assert_eq!(shown.len(), 2, "{shown:?}");
    assert!(shown.iter().any(|l| l.contains("in its name")) && shown.iter().any(|l| l.contains("a/b/plain at 0")));
}
