//! Manifests of our own making, in every kind of file that carries them.

use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use minicbor::encode::Encoder;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use sha2::{Digest as _, Sha256};

use super::jumbf::tests::{boxed, superbox};
use super::source::tests::spool;
use super::*;

/// Made with openssl for this test, and the key that signed it: `CN=Casemate test signer, O=Nobody, C=XX`.
const CERTIFICATE: &str = "MIIB0DCCAXegAwIBAgIUOC/JKCXG7hRqtZITTeYM3qt38dcwCgYIKoZIzj0EAwIwPTELMAkGA1UEBhMCWFgxDzANBgNVBAoMBk5vYm9keTEdMBsGA1UEAwwUQ2FzZW1hdGUgdGVzdCBzaWduZXIwIBcNMjYxMjAxMDIwODE2WhgPMjEyNjExMDcwMjA4MTZaMD0xCzAJBgNVBAYTAlhYMQ8wDQYDVQQKDAZOb2JvZHkxHTAbBgNVBAMMFENhc2VtYXRlIHRlc3Qgc2lnbmVyMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE2EJEXx/toIs8gaZtRLvkcE2hhMVxiprMhJkxqNDn7sn4BpUxbKbCUpusgxJ0tdfsX4Fn11/eQsrcGCXRSl3uOKNTMFEwHQYDVR0OBBYEFO3AQku+q+LQcN7Z9tL9SI/o2KlaMB8GA1UdIwQYMBaAFO3AQku+q+LQcN7Z9tL9SI/o2KlaMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIgaTl3CXFNaaJRe2NcLvG68zVTSZEZOCYQN7ESYVVgb/ECIEtQZxSZ6QdJzTMheAIYvlmn7+4e5jRLnqr1X8mOE7qh";
const SECRET: [u8; 32] = *b"\xb0\x45\x1c\x89\xe6\x33\xe8\x0d\xa9\x4a\x48\xe5\xd8\xf2\x07\xbd\x08\xd7\xf4\x02\x56\xce\x83\x0e\x48\xe3\x54\xf3\xd5\x49\x3c\x21";

type Writing<'b> = Encoder<&'b mut Vec<u8>>;

fn written(write: impl FnOnce(&mut Writing<'_>)) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(&mut Encoder::new(&mut bytes));
    bytes
}

/// How a manifest is bound to its file.
#[derive(Clone, Copy)]
enum Bound<'a> {
    /// But for this range.
    Data(&'a Range<u64>),
    Boxes,
}

fn binding(bound: Bound<'_>, hash: &[u8]) -> (&'static str, Vec<u8>) {
    let end = |to: &mut Writing<'_>| {
        to.str("alg").unwrap().str("sha256").unwrap().str("hash").unwrap().bytes(hash).unwrap();
    };
    match bound {
        Bound::Data(range) => (
            "c2pa.hash.data",
            written(|to| {
                to.map(3).unwrap().str("exclusions").unwrap().array(1).unwrap().map(2).unwrap();
                // Nine bytes each, whatever the numbers.
                for (name, number) in [("start", range.start), ("length", range.end - range.start)] {
                    to.str(name).unwrap().writer_mut().extend([&[0x1b][..], &number.to_be_bytes()].concat());
                }
                end(to);
            }),
        ),
        Bound::Boxes => (
            "c2pa.hash.bmff.v3",
            written(|to| {
                to.map(3).unwrap().str("exclusions").unwrap().array(3).unwrap();
                to.map(2).unwrap().str("xpath").unwrap().str("/uuid").unwrap();
                to.str("data").unwrap().array(1).unwrap().map(2).unwrap().str("offset").unwrap().u8(8).unwrap();
                to.str("value")
                    .unwrap()
                    .bytes(b"\xd8\xfe\xc3\xd6\x1b\x0e\x48\x3c\x92\x97\x58\x28\x87\x7e\xc4\x81")
                    .unwrap();
                to.map(1).unwrap().str("xpath").unwrap().str("/ftyp").unwrap();
                to.map(2).unwrap().str("xpath").unwrap().str("/moov/mvhd").unwrap();
                to.str("subset").unwrap().array(1).unwrap().map(2).unwrap();
                to.str("offset").unwrap().u8(8).unwrap().str("length").unwrap().u8(2).unwrap();
                end(to);
            }),
        ),
    }
}

/// A store with one manifest.
fn store(bound: Bound<'_>, hash: &[u8]) -> Vec<u8> {
    let actions = written(|to| {
        to.map(1).unwrap().str("actions").unwrap().array(1).unwrap().map(3).unwrap();
        to.str("action").unwrap().str("c2pa.created").unwrap();
        to.str("when").unwrap().str("2026-12-01T00:00:00Z").unwrap().str("digitalSourceType").unwrap();
        to.str("http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia").unwrap();
    });
    let (label, binding) = binding(bound, hash);
    let work = br#"{"@type":"CreativeWork","author":[{"@type":"Person","name":"Lin Muchuan"}]}"#;
    let assertions = [
        ("c2pa.actions.v2", superbox(b"cbor", "c2pa.actions.v2", &[boxed(b"cbor", &actions)])),
        (label, superbox(b"cbor", label, &[boxed(b"cbor", &binding)])),
        ("stds.schema-org.CreativeWork", superbox(b"json", "stds.schema-org.CreativeWork", &[boxed(b"json", work)])),
    ];
    let claim = written(|to| {
        to.map(4).unwrap().str("claim_generator").unwrap().str("Maker 1.0").unwrap();
        to.str("dc:title").unwrap().str("a picture").unwrap().str("alg").unwrap().str("sha256").unwrap();
        to.str("created_assertions").unwrap().array(assertions.len() as u64).unwrap();
        for (label, content) in &assertions {
            to.map(2).unwrap().str("url").unwrap().str(&format!("self#jumbf=c2pa.assertions/{label}")).unwrap();
            to.str("hash").unwrap().bytes(&Sha256::digest(&content[8..])).unwrap();
        }
    });
    let certificate = STANDARD.decode(CERTIFICATE).unwrap();
    let headers = written(|to| {
        to.map(2).unwrap().i8(1).unwrap().i8(-7).unwrap().i8(33).unwrap().bytes(&certificate).unwrap();
    });
    let signed = written(|to| {
        to.array(4).unwrap().str("Signature1").unwrap().bytes(&headers).unwrap().bytes(b"").unwrap();
        to.bytes(&claim).unwrap();
    });
    let made: Signature = SigningKey::from_slice(&SECRET).unwrap().sign(&signed);
    let signature = written(|to| {
        to.tag(minicbor::data::Tag::new(18)).unwrap().array(4).unwrap().bytes(&headers).unwrap();
        to.map(0).unwrap().null().unwrap().bytes(&made.to_bytes()).unwrap();
    });
    let manifest = superbox(
        b"c2ma",
        "urn:uuid:1",
        &[
            superbox(b"c2as", "c2pa.assertions", &assertions.map(|(_, content)| content)),
            superbox(b"c2cl", "c2pa.claim.v2", &[boxed(b"cbor", &claim)]),
            superbox(b"c2cs", "c2pa.signature", &[boxed(b"cbor", &signature)]),
        ],
    );
    superbox(b"c2pa", "c2pa", &[manifest])
}

/// A file with a store, and what the store and the chunk around it take.
type Carrier = fn(&[u8]) -> (Vec<u8>, Range<u64>);

fn between(before: &[u8], chunk: &[u8], after: &[u8]) -> (Vec<u8>, Range<u64>) {
    let start = before.len() as u64;
    ([before, chunk, after].concat(), start..start + chunk.len() as u64)
}

fn jpeg(store: &[u8]) -> (Vec<u8>, Range<u64>) {
    let mut segments = Vec::new();
    // In pieces shorter than a segment may be, so that there are several; each repeats the box's header.
    for (n, piece) in store[8..].chunks(700).enumerate() {
        let body = [b"JP\x02\x11", &(n as u32 + 1).to_be_bytes()[..], &store[..8], piece].concat();
        segments.extend([&[0xff, 0xeb], &(body.len() as u16 + 2).to_be_bytes()[..], &body].concat());
    }
    between(b"\xff\xd8\xff\xe0\0\x04AB", &segments, b"\xff\xda\0\x02pixels\xff\xd9")
}

fn png(store: &[u8]) -> (Vec<u8>, Range<u64>) {
    let chunk = |kind: &[u8], body: &[u8]| [&(body.len() as u32).to_be_bytes()[..], kind, body, b"\0\0\0\0"].concat();
    let head = [b"\x89PNG\r\n\x1a\n".as_slice(), &chunk(b"IHDR", &[0; 13])].concat();
    between(&head, &chunk(b"caBX", store), &[chunk(b"IDAT", b"pixels"), chunk(b"IEND", b"")].concat())
}

fn gif(store: &[u8]) -> (Vec<u8>, Range<u64>) {
    let blocks = |bytes: &[u8]| {
        let each = bytes.chunks(255).flat_map(|block| [&[block.len() as u8][..], block].concat());
        each.chain([0]).collect::<Vec<u8>>()
    };
    let head = [b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff".as_slice(), b"\x21\xf9\x04\0\0\0\0\0"].concat();
    let chunk = [b"\x21\xff\x0bC2PA_GIF\x01\0\0".as_slice(), &blocks(store)].concat();
    let picture = [b"\x2c\0\0\0\0\x01\0\x01\0\0\x02".as_slice(), &blocks(b"\x44\x01"), b";"].concat();
    between(&[head, picture[..picture.len() - 1].to_vec()].concat(), &chunk, &picture)
}

fn tiff(store: &[u8]) -> (Vec<u8>, Range<u64>) {
    let head = [
        b"MM\0*\0\0\0\x08\0\x02\x01\0\0\x03\0\0\0\x01\0\x01\0\0\xcd\x41\0\x07".as_slice(),
        &(store.len() as u32).to_be_bytes(),
        &(8u32 + 2 + 24 + 4).to_be_bytes(),
        b"\0\0\0\0",
    ];
    between(&head.concat(), store, b"pixels")
}

fn riff(store: &[u8]) -> (Vec<u8>, Range<u64>) {
    let chunk = |kind: &[u8], body: &[u8]| {
        [kind, &(body.len() as u32).to_le_bytes(), body, if body.len() % 2 == 1 { b"\0" } else { b"" }].concat()
    };
    let size = (store.len() as u32 + 100).to_le_bytes();
    let head = [b"RIFF".as_slice(), &size, b"WAVE", &chunk(b"data", b"sound")].concat();
    let (bytes, span) = between(&head, &chunk(b"C2PA", store), &chunk(b"LIST", b"more"));
    (bytes, span.start..span.start + 8 + store.len() as u64)
}

fn mp3(store: &[u8]) -> (Vec<u8>, Range<u64>) {
    let seven = |n: usize| [21, 14, 7, 0].map(|by| (n >> by) as u8 & 0x7f);
    let frame = |kind: &[u8], body: &[u8]| [kind, &seven(body.len()), b"\0\0", body].concat();
    let object = [b"\x01application/c2pa\0\xff\xfec\0\0\0\xff\xfed\0\0\0".as_slice(), store].concat();
    let frames = [frame(b"TIT2", b"\0a song"), frame(b"GEOB", &object)].concat();
    let tag = [b"ID3\x04\0\0".as_slice(), &seven(frames.len()), &frames].concat();
    between(b"", &tag, b"\xff\xfb\x90\0sound")
}

fn pdf(store: &[u8]) -> (Vec<u8>, Range<u64>) {
    between(b"%PDF-1.7\n1 0 obj <</Type /EmbeddedFile>> stream\n", store, b"\nendstream endobj\n%%EOF\n")
}

fn svg(store: &[u8]) -> (Vec<u8>, Range<u64>) {
    let letters = STANDARD.encode(store);
    between(
        b"<svg><metadata><c2pa:manifest xmlns:c2pa=\"x\">",
        letters.as_bytes(),
        b"</c2pa:manifest></metadata></svg>",
    )
}

fn zip(store: &[u8]) -> (Vec<u8>, Range<u64>) {
    const NAME: &[u8] = b"META-INF/content_credential.c2pa";
    let size = (store.len() as u32).to_le_bytes();
    let lengths = [&size[..], &size, &(NAME.len() as u16).to_le_bytes(), b"\0\0"].concat();
    let header = [b"PK\x03\x04\x0a\0\0\0\0\0\0\0\0\0\0\0\0\0".as_slice(), &lengths, NAME, store].concat();
    let at = 34u32;
    let entry =
        [b"PK\x01\x02\x0a\0\x0a\0\0\0\0\0\0\0\0\0\0\0\0\0".as_slice(), &lengths, &[0; 10], &at.to_le_bytes(), NAME]
            .concat();
    let directory = at + header.len() as u32;
    let end = [
        b"PK\x05\x06\0\0\0\0\x01\0\x01\0".as_slice(),
        &(entry.len() as u32).to_le_bytes(),
        &directory.to_le_bytes(),
        b"\0\0",
    ];
    let (mut bytes, span) =
        between(b"PK\x03\x04\x0a\0\0\0\0\0\0\0\0\0\0\0\0\0\x03\0\0\0\x03\0\0\0\x01\0\0\0aabc", &header, &entry);
    bytes.extend(end.concat());
    (bytes, span)
}

fn jxl(store: &[u8]) -> (Vec<u8>, Range<u64>) {
    between(b"\0\0\0\x0cJXL \r\n\x87\n", store, &boxed(b"jxlc", b"pixels"))
}

fn mp4(store: &[u8]) -> (Vec<u8>, Range<u64>) {
    let body = [
        b"\xd8\xfe\xc3\xd6\x1b\x0e\x48\x3c\x92\x97\x58\x28\x87\x7e\xc4\x81\0\0\0\0manifest\0".as_slice(),
        &[0; 8],
        store,
    ];
    let moov = boxed(b"moov", &[boxed(b"mvhd", b"abcd"), boxed(b"trak", b"")].concat());
    between(&boxed(b"ftyp", b"isom"), &boxed(b"uuid", &body.concat()), &[moov, boxed(b"mdat", b"sound")].concat())
}

const CARRIERS: [(&str, Carrier); 11] = [
    ("jpeg", jpeg),
    ("png", png),
    ("gif", gif),
    ("tiff", tiff),
    ("riff", riff),
    ("mp3", mp3),
    ("pdf", pdf),
    ("svg", svg),
    ("zip", zip),
    ("jxl", jxl),
    ("mp4", mp4),
];

/// A file whose manifest was made for it.
fn made(carrier: Carrier) -> Vec<u8> {
    let (bytes, span) = carrier(&store(Bound::Data(&(0..0)), &[0; 32]));
    let kept = [&bytes[..span.start as usize], &bytes[span.end as usize..]].concat();
    carrier(&store(Bound::Data(&span), &Sha256::digest(kept))).0
}

fn seen(bytes: &[u8]) -> Seen {
    look(&mut spool(bytes), &bytes[..bytes.len().min(64 << 10)])
}

impl Seen {
    fn ids(&self) -> Vec<&str> {
        self.findings.iter().map(|(id, ..)| *id).collect()
    }

    fn said(&self, name: &str) -> Vec<&str> {
        self.metadata.iter().filter(|(n, _)| n == name).map(|(_, value)| value.as_str()).collect()
    }
}

#[test]
fn in_every_kind_of_file_it_is_found_read_and_compared() {
    for (name, carrier) in CARRIERS {
        let bytes = made(carrier);
        let found = seen(&bytes);
        assert_eq!(found.ids(), ["c2pa-manifest"], "{name}: {:?}", found.findings);
        assert_eq!(found.said("c2pa.bytes"), ["fit"], "{name}");
        assert_eq!(found.said("c2pa.signature"), ["fits its certificate; whose that is was not checked"], "{name}");
        // The same with one byte changed that no manifest holds.
        let mut other = bytes.clone();
        let at = other.len() - if name == "zip" { 18 } else { 1 };
        other[at] ^= 1;
        let found = seen(&other);
        assert_eq!(found.ids(), ["c2pa-manifest", "c2pa-mismatch"], "{name}: {:?}", found.findings);
        assert_eq!(found.said("c2pa.bytes"), ["differ"], "{name}");
    }
}

#[test]
fn what_it_says_is_in_the_metadata_and_not_in_the_findings() {
    let found = seen(&made(jpeg));
    for (name, value) in [
        ("c2pa.manifest", "urn:uuid:1"),
        ("c2pa.manifests", "1"),
        ("c2pa.generator", "Maker 1.0"),
        ("c2pa.title", "a picture"),
        ("c2pa.author", "Lin Muchuan"),
        ("c2pa.action", "c2pa.created, trainedAlgorithmicMedia, 2026-12-01T00:00:00Z"),
        ("c2pa.signer", "CN=Casemate test signer, O=Nobody, C=XX"),
        ("c2pa.valid", "2026-12-01T02:08:16Z/2126-11-07T02:08:16Z"),
        ("c2pa.algorithm", "ES256"),
    ] {
        assert_eq!(found.said(name), [value]);
    }
    assert_eq!(found.said("c2pa.assertion"), ["c2pa.actions.v2", "c2pa.hash.data", "stds.schema-org.CreativeWork"]);
    let details: String = found.findings.iter().map(|(.., detail)| detail.as_str()).collect();
    assert!(!details.contains("Lin") && !details.contains("Maker") && details.contains("proves nothing"), "{details}");
}

#[test]
fn boxes_are_covered_with_their_places_but_for_what_is_left_out() {
    // What is hashed: of each box that is not left out whole its place, then its bytes.
    let (bytes, span) = mp4(&store(Bound::Boxes, &[0; 32]));
    let moov = span.end as usize;
    let mdat = bytes.len() - 13;
    let hashed = [
        &(moov as u64).to_be_bytes()[..],
        &bytes[moov..moov + 16],
        &bytes[moov + 18..mdat],
        &(mdat as u64).to_be_bytes(),
        &bytes[mdat..],
    ];
    let (bytes, _) = mp4(&store(Bound::Boxes, &Sha256::digest(hashed.concat())));
    let found = seen(&bytes);
    assert_eq!(found.ids(), ["c2pa-manifest"], "{:?}", found.findings);
    // `ftyp` and two bytes of `mvhd`.
    assert_eq!(found.said("c2pa.bytes"), ["fit, 14 left out"]);
    for (at, fits) in [(moov + 16, true), (moov + 15, false), (moov + 18, false), (bytes.len() - 1, false), (11, true)]
    {
        let mut other = bytes.clone();
        other[at] ^= 1;
        assert_eq!(seen(&other).ids().contains(&"c2pa-mismatch"), !fits, "{at}");
    }
    // A box that is put in between moves what is behind it.
    let moved = [&bytes[..moov], &boxed(b"uuid", &[0; 16])[..], &bytes[moov..]].concat();
    assert_eq!(seen(&moved).said("c2pa.bytes"), ["differ"]);
}

#[test]
fn what_was_changed_in_a_manifest_is_told() {
    let bytes = made(png);
    let change = |from: &str, to: &str| {
        let at = bytes.windows(from.len()).position(|window| window == from.as_bytes()).unwrap();
        let found = seen(&[&bytes[..at], to.as_bytes(), &bytes[at + to.len()..]].concat());
        let detail = found.findings.iter().find(|(id, ..)| *id == "c2pa-mismatch").unwrap().2.clone();
        (detail, found.said("c2pa.signature").join(""))
    };
    let (detail, signature) = change("Lin Muchuan", "Lin Somebody");
    assert!(detail.starts_with("1 of the manifest's assertions"), "{detail}");
    assert_eq!(signature, "fits its certificate; whose that is was not checked");
    let (detail, signature) = change("a picture", "A picture");
    assert!(detail.starts_with("the manifest's signature"), "{detail}");
    assert_eq!(signature, "does not fit");
}

#[test]
fn more_than_the_manifest_left_out_is_told() {
    let (bytes, span) = png(&store(Bound::Data(&(0..0)), &[0; 32]));
    let wide = span.start..span.end + 5;
    let kept = [&bytes[..wide.start as usize], &bytes[wide.end as usize..]].concat();
    let found = seen(&png(&store(Bound::Data(&wide), &Sha256::digest(kept))).0);
    assert_eq!(found.said("c2pa.bytes"), ["fit, 5 left out"]);
}

#[test]
fn alone_it_is_read_and_bound_to_nothing_here() {
    let store = store(Bound::Data(&(0..0)), &[0; 32]);
    let found = seen(&store);
    assert_eq!(found.ids(), ["c2pa-manifest"]);
    assert_eq!(found.said("c2pa.bytes"), ["not checked: the file that it was made for is another"]);
}

#[test]
fn none_or_two_or_a_damaged_one_is_told_apart() {
    assert_eq!(seen(b"\xff\xd8\xff\xe0\0\x04AB\xff\xda\0\x02pixels\xff\xd9").ids(), Vec::<&str>::new());
    assert_eq!(seen(b"a text of c2pa and jumbf").ids(), Vec::<&str>::new());
    let bytes = made(png);
    let (_, span) = png(&store(Bound::Data(&(0..0)), &[0; 32]));
    let chunk = &bytes[span.start as usize..span.end as usize];
    let twice = [&bytes[..span.end as usize], chunk, &bytes[span.end as usize..]].concat();
    assert_eq!(seen(&twice).ids(), ["c2pa-unread"]);
    assert_eq!(seen(&bytes[..span.end as usize - 100]).ids(), ["c2pa-unread"]);
    // A picture in a PDF has a manifest of its own; a text may name the mark.
    let (picture, _) = png(&store(Bound::Data(&(0..0)), &[0; 32]));
    let paper =
        [b"%PDF-1.7\n1 0 obj <</Subtype /Image>> stream\n".as_slice(), &picture, b"\nendstream endobj\n%%EOF\n"];
    assert_eq!(seen(&paper.concat()).ids(), Vec::<&str>::new());
    assert_eq!(seen(b"<svg> has <c2pa:manifest> for it, </c2pa:manifest>").ids(), Vec::<&str>::new());
    assert_eq!(seen(b"<svg> has <c2pa:manifest").ids(), Vec::<&str>::new());
    // A part of a JPEG's box is missing.
    let bytes = made(jpeg);
    let second = 8 + 2 + 2 + 8 + 8 + 700;
    let third = second + 2 + 2 + 8 + 8 + 700;
    assert_eq!(seen(&[&bytes[..second], &bytes[third..]].concat()).ids(), ["c2pa-unread"]);
}

#[test]
fn whatever_is_cut_or_changed_ends_with_a_word() {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    for (name, carrier) in CARRIERS {
        let bytes = made(carrier);
        for _ in 0..400 {
            let mut other = bytes.clone();
            for _ in 0..=next(4) {
                let at = next(other.len());
                other[at] = [0, 1, 0x7f, 0xff, next(256) as u8][next(5)];
            }
            other.truncate(if next(4) == 0 { next(bytes.len()) } else { bytes.len() });
            let found = seen(&other);
            let told: usize = found.metadata.iter().map(|(name, value)| name.len() + value.len()).sum();
            assert!(found.findings.len() <= 2 && told < 1 << 20, "{name}: {:?}", found.findings);
        }
    }
}

#[test]
fn what_is_made_to_take_long_is_given_up() {
    // More boxes in a JPEG than it may have; then one assertion named ten thousand times, with rules for as many boxes.
    let part = [b"\xff\xeb\0\x12JP\0\x01\0\0\0\x01".as_slice(), b"\0\0\0\x08jumb"].concat();
    assert_eq!(seen(&[b"\xff\xd8".as_slice(), &part.repeat(10_000)].concat()).ids(), ["c2pa-unread"]);
    let rules = written(|to| {
        to.map(2).unwrap().str("exclusions").unwrap().array(20_000).unwrap();
        for _ in 0..20_000 {
            to.map(1).unwrap().str("xpath").unwrap().str("/free").unwrap();
        }
        to.str("hash").unwrap().bytes(&[0; 32]).unwrap();
    });
    let label = "c2pa.hash.bmff.v2";
    let assertion = superbox(b"cbor", label, &[boxed(b"cbor", &rules)]);
    let hash = Sha256::digest(&assertion[8..]);
    let claim = written(|to| {
        to.map(1).unwrap().str("assertions").unwrap().array(10_000).unwrap();
        for _ in 0..10_000 {
            to.map(2).unwrap().str("url").unwrap().str(&format!("self#jumbf=c2pa.assertions/{label}")).unwrap();
            to.str("hash").unwrap().bytes(&hash).unwrap();
        }
    });
    let manifest = superbox(
        b"c2ma",
        "urn:uuid:1",
        &[
            superbox(b"c2as", "c2pa.assertions", &[assertion]),
            superbox(b"c2cl", "c2pa.claim", &[boxed(b"cbor", &claim)]),
        ],
    );
    let bytes = [mp4(&superbox(b"c2pa", "c2pa", &[manifest])).0, boxed(b"free", b"").repeat(100_000)].concat();
    let found = seen(&bytes);
    assert_eq!(found.said("c2pa.assertion"), [label]);
    assert_eq!(found.said("c2pa.bytes"), ["not checked: what it leaves out can't be read"]);
    assert_eq!(found.said("c2pa.signature"), ["not checked: it has no signature"]);
}
