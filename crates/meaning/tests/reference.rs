//! The encoder against those that it is a likeness of: the numbers of pieces are those of the `sentencepiece` library, the
//! cosines those of the package that the weights came in (`reference/make.py` writes both). Needs the model of `script/setup`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::print_stderr)]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::OnceLock;

use casemate_meaning::{DIM, Encoder, Error, MODEL, PIECES, TOKENS_LIMIT, Vector, WEIGHTS};

const SENTENCES: &str = include_str!("reference/sentences.tsv");
const NUMBERS: &str = include_str!("reference/pieces.tsv");
const VECTORS: &[u8] = include_bytes!("reference/vectors.i16");

/// The two files, or `None` where the model is absent outside CI.
fn files() -> Option<(Vec<u8>, Vec<u8>)> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let models = std::env::var_os("CASEMATE_MODELS").map_or_else(|| root.join(".setup/models"), PathBuf::from);
    let folder = models.join(MODEL);
    if !folder.exists() {
        assert!(std::env::var_os("CI").is_none(), "the sentence encoder's model is missing");
        eprintln!("skipped: no model in {}", folder.display());
        return None;
    }
    Some((std::fs::read(folder.join(WEIGHTS.0)).unwrap(), std::fs::read(folder.join(PIECES.0)).unwrap()))
}

/// The encoder, read once.
fn encoder() -> Option<&'static Encoder> {
    static ENCODER: OnceLock<Option<Encoder>> = OnceLock::new();
    ENCODER.get_or_init(|| files().map(|(weights, pieces)| Encoder::read(&weights, &pieces).unwrap())).as_ref()
}

/// Number of the meaning, language, sentence.
fn sentences() -> Vec<(u32, &'static str, &'static str)> {
    let row = |line: &'static str| {
        let [number, language, text] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        (number.parse().unwrap(), language, text)
    };
    SENTENCES.lines().map(row).collect()
}

fn reference() -> Vec<Vector> {
    let one = |bytes: &[u8]| {
        let mut vector = [0f32; DIM];
        let numbers = bytes.chunks_exact(2).map(|b| f32::from(i16::from_le_bytes([b[0], b[1]])));
        vector.iter_mut().zip(numbers).for_each(|(to, number)| *to = number);
        let length = vector.iter().map(|v| v * v).sum::<f32>().sqrt();
        vector.map(|v| v / length)
    };
    VECTORS.chunks_exact(2 * DIM).map(one).collect()
}

fn cosine(a: &Vector, b: &Vector) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[test]
fn pieces_and_cosines_are_those_of_the_reference() {
    let Some(encoder) = encoder() else { return };
    let sentences = sentences();
    assert_eq!(sentences.len(), 200);
    for ((_, _, text), numbers) in sentences.iter().zip(NUMBERS.lines()) {
        let numbers: Vec<u32> = numbers.split(' ').map(|n| n.parse().unwrap()).collect();
        assert_eq!(encoder.pieces(text), numbers, "{text}");
    }
    let texts: Vec<&str> = sentences.iter().map(|(_, _, text)| *text).collect();
    let ours: Vec<Vector> = encoder.encode(&texts).into_iter().map(Option::unwrap).collect();
    let theirs = reference();
    assert_eq!(theirs.len(), 200);
    let mut worst = 0f32;
    for (a, b) in ours.iter().zip(&theirs) {
        assert!((cosine(a, a) - 1.0).abs() < 1e-5);
        worst = worst.max((cosine(a, b) - 1.0).abs());
        for (x, y) in ours.iter().zip(&theirs) {
            worst = worst.max((cosine(a, x) - cosine(b, y)).abs());
        }
    }
    eprintln!("the farthest of 40,000 cosines differs by {worst:.2e}");
    assert!(worst < 1e-4, "{worst}");
}

#[test]
fn a_sentence_is_near_what_says_the_same_in_another_language() {
    let Some(encoder) = encoder() else { return };
    let mut by: BTreeMap<&str, Vec<Vector>> = BTreeMap::new();
    for (number, language, text) in sentences() {
        if number <= 66 {
            by.entry(language).or_default().extend(encoder.encode(&[text])[0]);
        }
    }
    let found = |from: &str, to: &str| {
        let nearest = |a: &Vector| {
            let near = |b: &Vector| cosine(a, b);
            (0..66).max_by(|x, y| near(&by[to][*x]).total_cmp(&near(&by[to][*y]))).unwrap()
        };
        (0..66).filter(|n| nearest(&by[from][*n]) == *n).count()
    };
    for (from, to) in [("en", "fr"), ("fr", "en"), ("en", "zh"), ("zh", "en"), ("fr", "zh"), ("zh", "fr")] {
        let found = found(from, to);
        eprintln!("{from} to {to}: {found} of 66 are nearest to their translation");
        assert!(found >= 64, "{from} {to} {found}");
    }
}

#[test]
fn neighbours_limits_and_empty_texts_change_nothing_else() {
    let Some(encoder) = encoder() else { return };
    let alone = encoder.encode(&["他说名单的事谁也不知道。"])[0].unwrap();
    let long = "word 地 ".repeat(5_000);
    let all = encoder.encode(&["", &long, "他说名单的事谁也不知道。", " \u{3000}", "\u{fdfa}\u{fdfa}", "x"]);
    assert_eq!(all.iter().map(Option::is_some).collect::<Vec<_>>(), [false, true, true, false, true, true]);
    assert!((cosine(&alone, &all[2].unwrap()) - 1.0).abs() < 1e-5, "a neighbour in the batch");
    assert_eq!(encoder.pieces(&long).len(), TOKENS_LIMIT);
    assert_eq!(encoder.pieces(&"\u{fdfa}".repeat(1_365)).len(), TOKENS_LIMIT, "a character that folds to eighteen");
}

#[test]
fn a_model_that_is_cut_or_altered_is_refused() {
    let Some((weights, pieces)) = files() else { return };
    let refused = |weights: &[u8], pieces: &[u8]| Encoder::read(weights, pieces).map(drop).unwrap_err();
    for at in [0, 1, 30_000, weights.len() - 1] {
        let mut flipped = weights.clone();
        flipped[at] ^= 1;
        assert!(matches!(refused(&flipped, &pieces), Error::Other { file: "weights.npz", .. }));
        assert!(matches!(refused(&weights[..at], &pieces), Error::Other { file: "weights.npz", .. }));
    }
    assert!(matches!(refused(&weights, &pieces[1..]), Error::Other { file: "sp.model", .. }));
    // What the sums would have refused does no harm to the parsers either.
    for cut in [0, 22, 1_000, 30_000_000, weights.len() - 30] {
        assert!(matches!(Encoder::read_unpinned(&weights[..cut], &pieces), Err(Error::Malformed { .. })), "{cut}");
    }
    for cut in (0..pieces.len()).step_by(600_013) {
        if let Ok(encoder) = Encoder::read_unpinned(&weights, &pieces[..cut]) {
            assert_eq!(encoder.encode(&["any text 地产"]).len(), 1);
        }
    }
}
