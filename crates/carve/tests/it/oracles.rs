//! Size and content of what is withheld are told by nothing that leaves: of two secrets of the same shape (as many frames,
//! as long), one much smaller than the other, whoever gets the disclosure guesses which it was no better than by a coin.
//! 1,000 pairs of every form of sound and of text; on the whole files the same guesser is always right.

use crate::common::mp4::Movie;
use crate::common::sound::*;
use crate::common::streams::*;
use crate::common::*;
use casemate_carve::locator::TimeRange;
use casemate_carve::{Hint, Run, Syntax, cuts};
use casemate_proof::disclosure::{Prover, write_payload};
use casemate_proof::object::{ObjectHasher, ObjectKey};
use casemate_proof::{Mask, Oid, Timebase};

const PAIRS: usize = 1_000;
const FRAMES: usize = 40;
/// The frames that are the secret: all others are the same in every file, and the cut takes in more.
const SECRET: std::ops::Range<usize> = 16..24;
/// Guesses on the second half of the pairs: 3.5 standard deviations of a coin thrown so often are 5.5 %.
const CHANCE: f64 = 0.055;

/// A sequence of numbers by rule.
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    fn bytes32(&mut self) -> [u8; 32] {
        let mut out = [0; 32];
        out.chunks_mut(8).for_each(|part| part.copy_from_slice(&self.next().to_le_bytes()));
        out
    }
}

/// Lengths of the frames: of the secret small or large ones, by chance within their kind.
fn lens(draw: &mut Draw, large: bool) -> Vec<usize> {
    let secret = |draw: &mut Draw| if large { 150 + draw.below(60) } else { 30 + draw.below(60) };
    (0..FRAMES).map(|n| if SECRET.contains(&n) { secret(draw) } else { 100 }).collect()
}

type Make = fn(&mut Draw, bool) -> Vec<u8>;

const FORMS: [(&str, Make); 10] = [
    ("adts-aac-v1", |draw, large| adts(&lens(draw, large), false)),
    ("mp3-v1", |draw, large| {
        let bits = |draw: &mut Draw| if large { 8 + draw.below(6) } else { 1 + draw.below(5) } as u8;
        let frame = |n| Mp3Frame { bits: if SECRET.contains(&n) { bits(draw) } else { 6 }, ..MP3_MONO };
        mp3(&(0..FRAMES).map(frame).collect::<Vec<_>>())
    }),
    ("flac-v1", |draw, large| {
        let kinds =
            if large { [Subframe::Verbatim, Subframe::Linear(12)] } else { [Subframe::Constant, Subframe::Wasted] };
        let frame = |n: usize| {
            let kind = if SECRET.contains(&n) { kinds[draw.below(2)] } else { Subframe::Fixed(0) };
            flac_frame(n as u64, FLAC_BLOCK, 0, &[kind])
        };
        flac(1, &(0..FRAMES).map(frame).collect::<Vec<_>>())
    }),
    ("amr-nb-v1", |draw, large| {
        let kind = |draw: &mut Draw| if large { 5 + draw.below(3) } else { draw.below(3) } as u8;
        amr(&(0..FRAMES * 5).map(|n| if SECRET.contains(&(n / 5)) { kind(draw) } else { 4 }).collect::<Vec<_>>())
    }),
    ("mp4-aac-v1", |draw, large| Movie::aac(&lens(draw, large)).build()),
    ("mp4-alac-v1", |draw, large| Movie::alac(&lens(draw, large), 1, 44_100).build()),
    ("ogg-opus-v1", |draw, large| ogg_opus(1, 312, &opus(draw, large), PAGING)),
    ("webm-opus-v1", |draw, large| webm(&opus_head(1, 312), &opus(draw, large), WEBM)),
    ("ogg-vorbis-v1", |draw, large| {
        let all = lens(draw, large);
        ogg_vorbis(44_100, 1, &vorbis_packets(&[true; FRAMES * 4], |n| all[n / 4]), PAGING)
    }),
    ("wav-v1", |draw, large| {
        // PCM has no sizes to tell: content alone, loud or quiet.
        let spec = WavSpec { code: 1, channels: 1, rate: 8_000, bits: 16, extensible: false };
        let mut sample = |n: usize| {
            let secret = SECRET.contains(&(n / 160));
            let loud = if secret && large { 20_000 } else { 200 };
            (if secret { draw.below(loud) as i16 } else { (n * 37 % 500) as i16 }).to_le_bytes()
        };
        let data: Vec<u8> = (0..FRAMES * 160).flat_map(&mut sample).collect();
        riff(&[fmt(&spec), chunk(b"data", &data)])
    }),
];

fn opus(draw: &mut Draw, large: bool) -> Vec<Timed> {
    timed(lens(draw, large).into_iter().map(|len| opus_packet(3, 1, len, None)).collect())
}

/// A word of the secret: short or long, of letters drawn.
fn word(draw: &mut Draw, large: bool) -> String {
    let len = if large { 30 + draw.below(60) } else { 1 + draw.below(8) };
    (0..len).map(|_| char::from(b'a' + draw.below(26) as u8)).collect()
}

/// Texts of which the leaves of [`SECRET_PIECES`] are the secret, each with a word of its own.
const TEXTS: [(&str, Hint, Make); 4] = [
    ("lines-v1", Hint::Lines, |draw, large| {
        let line = |n: usize| if SECRET_PIECES.contains(&n) { word(draw, large) + "\n" } else { "open\n".into() };
        (0..FRAMES).map(line).collect::<String>().into_bytes()
    }),
    ("csv-v1", Hint::Csv, |draw, large| {
        let cell = |n: usize| if SECRET_PIECES.contains(&n) { word(draw, large) } else { "open".into() };
        (0..FRAMES).map(cell).collect::<Vec<String>>().join(",").into_bytes()
    }),
    ("spans-v1;json", Hint::Spans(Syntax::Json), |draw, large| {
        // Strings and what stands between them in turn: an escape is longer than what it says.
        let piece = |n: usize| match (n % 2, SECRET_PIECES.contains(&n)) {
            (1, true) => format!("\"{}\"", word(draw, large).replace('a', "\\u0061")),
            (1, false) => "\"open\"".into(),
            (_, true) => format!(",{},", if large { 1_000_000 + draw.below(9_000_000) } else { draw.below(10) }),
            _ => ",".to_owned(),
        };
        let all: String = (0..FRAMES).map(piece).collect();
        format!("[{all}").into_bytes()
    }),
    ("spans-v1;html", Hint::Spans(Syntax::Html), |draw, large| {
        let piece = |n: usize| match (n % 2, SECRET_PIECES.contains(&n)) {
            (1, true) => format!("<a href=\"{}\">", word(draw, large)),
            (0, true) => word(draw, large),
            (1, false) => "<p>".into(),
            _ => "open".to_owned(),
        };
        (0..FRAMES).map(piece).collect::<String>().into_bytes()
    }),
];
/// The pieces of a text that are the secret.
const SECRET_PIECES: std::ops::Range<usize> = 16..24;

/// What a recipient can measure of a recording: the proof, what is open, the copy, and the hashes of what is hidden.
fn measures_of_sound(file: &[u8], draw: &mut Draw) -> Vec<f64> {
    let carved = carve(file, Hint::Recording);
    let shape = carved.layout.shape();
    let whole = shape.duration_ms().unwrap();
    let range = TimeRange::new(whole * 3 / 10, whole * 7 / 10).unwrap();
    let hidden = cuts::recording(shape, &[range]).unwrap().runs;
    let copy = render(&carved, &hidden).unwrap();
    measures(&carved, &hidden, &copy, draw)
}

/// The same of a text, of which no copy is made.
fn measures_of_text(file: &[u8], hint: Hint, draw: &mut Draw) -> Vec<f64> {
    let carved = carve(file, hint);
    let secret = Run { start: SECRET_PIECES.start as u64, len: SECRET_PIECES.len() as u64 };
    let hidden = cuts::pieces(carved.layout.shape(), &[secret]).unwrap().runs;
    assert_eq!(carved.leaves.len(), FRAMES + 1);
    measures(&carved, &hidden, &[0], draw)
}

fn measures(carved: &Carved, hidden: &[Run], copy: &[u8], draw: &mut Draw) -> Vec<f64> {
    let shape = carved.layout.shape();
    let (key, oid, leaves) = (ObjectKey::new(draw.bytes32()), Oid(draw.bytes32()), shape.leaf_count());
    let base = shape.profile().timebase();
    let base = Timebase::new(base.num, base.den).unwrap();
    let mut hasher = ObjectHasher::new(&key, oid, leaves, &shape.profile().to_string(), base).unwrap();
    let hashes: Vec<_> = carved.leaves.iter().map(|(ticks, payload)| hasher.leaf(*ticks, payload).unwrap()).collect();
    let runs: Vec<_> = hidden.iter().map(|run| run.start..run.end()).collect();
    let mut prover = Prover::new(&key, hasher.finish().unwrap(), Mask::hiding(leaves, &runs).unwrap()).unwrap();
    let mut open = Vec::new();
    for (index, ((ticks, payload), hash)) in (0u64..).zip(carved.leaves.iter().zip(&hashes)) {
        prover.leaf(*ticks, *hash).unwrap();
        if !hidden.iter().any(|run| run.contains(index)) {
            write_payload(&mut open, *ticks, payload);
        }
    }
    let proof = prover.finish().unwrap().encode();
    let sum = |bytes: &[u8]| bytes.iter().map(|byte| f64::from(*byte)).sum::<f64>();
    let hidden_leaves = hidden.iter().map(|run| run.len).sum::<u64>();
    let sizes = [proof.len() as f64, open.len() as f64, copy.len() as f64, hidden_leaves as f64];
    [sizes, [sum(&proof), sum(&open), sum(copy), f64::from(proof.last().copied().unwrap())]].concat()
}

/// How often the guess is right on the second half, with the measure and the bound that were best on the first.
fn guessed(small: &[Vec<f64>], large: &[Vec<f64>]) -> f64 {
    let half = small.len() / 2;
    let right = |measure: usize, bound: f64, pairs: std::ops::Range<usize>| {
        let count = pairs.len() * 2;
        let hits = pairs.map(|i| usize::from(large[i][measure] > bound) + usize::from(small[i][measure] <= bound));
        hits.sum::<usize>() as f64 / count as f64
    };
    let mut best = (0.0, 0, 0.0);
    for measure in 0..small[0].len() {
        for i in (0..half).step_by(half.div_ceil(60)) {
            for bound in [small[i][measure], large[i][measure]] {
                let seen = right(measure, bound, 0..half);
                for (seen, sign) in [(seen, 1.0), (1.0 - seen, -1.0)] {
                    if seen > best.0 {
                        best = (seen, measure, bound * sign);
                    }
                }
            }
        }
    }
    let (_, measure, bound) = best;
    let seen = right(measure, bound.abs(), half..small.len());
    if bound < 0.0 { 1.0 - seen } else { seen }
}

fn distinguish(name: &str, make: Make, measures: impl Fn(&[u8], &mut Draw) -> Vec<f64>) {
    let mut draw = Draw(name.bytes().fold(7, |n, byte| n.wrapping_mul(31) ^ u64::from(byte)));
    let (mut files, mut left) = ([Vec::new(), Vec::new()], [Vec::new(), Vec::new()]);
    for _ in 0..PAIRS {
        for large in [false, true] {
            let file = make(&mut draw, large);
            files[usize::from(large)].push(vec![file.len() as f64, file.iter().map(|b| f64::from(*b)).sum()]);
            left[usize::from(large)].push(measures(&file, &mut draw));
        }
    }
    let [small, large] = &files;
    assert!(guessed(small, large) > 0.95, "{name}: the guesser does not see what is there to see");
    let [small, large] = &left;
    let right = guessed(small, large);
    assert!((right - 0.5).abs() <= CHANCE, "{name}: guessed right {right}");
}

#[test]
fn what_is_withheld_is_guessed_no_better_than_by_chance() {
    for (name, make) in FORMS {
        let profile = carve(&make(&mut Draw(1), true), Hint::Recording).layout.profile().to_string();
        assert!(profile.starts_with(name), "{name} is {profile}");
        distinguish(name, make, measures_of_sound);
    }
}

#[test]
fn what_is_withheld_of_a_text_is_guessed_no_better_than_by_chance() {
    for (name, hint, make) in TEXTS {
        let profile = carve(&make(&mut Draw(1), true), hint).layout.profile().to_string();
        assert!(profile.starts_with(name), "{name} is {profile}");
        distinguish(name, make, |file, draw| measures_of_text(file, hint, draw));
    }
}
