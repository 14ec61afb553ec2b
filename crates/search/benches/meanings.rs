//! Asking for what is near among many vectors: the sealed rows in a folder, read from front to back, beside the same vectors as
//! 32-bit numbers in memory; how many of the ten nearest are the same; memory; a batch of corrections.
//!
//! Keeps: both sides of each ratio run in this process, interleaved. Generated vectors only.
//! `cargo bench -p casemate-search --bench meanings [-- TEXTS]`; 100,000 unless told.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, clippy::cast_precision_loss)]

use std::sync::Arc;
use std::time::{Duration, Instant};

use casemate_search::{
    DIM, Error, Filling, FolderStore, Index, IndexStore, Meanings, Options, Passage, Query, Question, Window, Windows,
};

const KEY: [u8; 32] = [3; 32];
const QUESTIONS: usize = 20;
const NEAREST: usize = 10;

/// Numbers that look random (splitmix64): the same on every machine.
fn next(state: &mut u64) -> f32 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((z ^ (z >> 31)) >> 40) as f32 / 16_777_216.0 - 0.5
}

/// Around one of a thousand middles, so that there are neighbours.
fn vector(number: u64) -> [f32; DIM] {
    let (mut middle, mut own) = (number % 1000 + 7, number.wrapping_mul(31) + 1_000_000);
    let mut out = [0.0; DIM];
    for value in &mut out {
        *value = next(&mut middle) + 1.3 * next(&mut own);
    }
    let length = out.iter().map(|v| v * v).sum::<f32>().sqrt();
    out.map(|v| v / length)
}

fn passage(number: u64) -> Passage {
    let mut id = [0u8; 16];
    id[..8].copy_from_slice(&(number / 200).to_be_bytes());
    Passage {
        exhibit_no: number / 200 + 1,
        exhibit: id,
        derivative: id,
        index: u32::try_from(number % 200).unwrap(),
        kind: "text".to_owned(),
        language: String::new(),
        when: None,
        speaker: None,
        persons: Vec::new(),
        place: number.to_be_bytes().to_vec(),
        text: format!("text {number}"),
    }
}

fn fill(meanings: &mut Meanings, index: &Index) -> u64 {
    let mut read = 0;
    let mut reader = |passages: &[Passage], _: Filling| -> Result<Windows, Error> {
        read += passages.len() as u64;
        let number = |one: &Passage| u64::from_be_bytes(one.place.as_slice().try_into().unwrap());
        Ok(Some(passages.iter().map(|one| vec![Window { from: 0, to: 4, vector: vector(number(one)) }]).collect()))
    };
    assert!(meanings.fill(index, &mut reader).unwrap());
    read
}

/// The nearest of all by 32-bit numbers.
fn exact(all: &[[f32; DIM]], asked: &[f32; DIM]) -> Vec<u64> {
    let mut scores: Vec<(f32, u64)> = Vec::with_capacity(all.len());
    for (vector, number) in all.iter().zip(0..) {
        scores.push((vector.iter().zip(asked).map(|(a, b)| a * b).sum(), number));
    }
    scores.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
    scores.into_iter().take(NEAREST).map(|(_, number)| number).collect()
}

fn memory(of: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(of)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|n| n.parse().ok()).unwrap_or(0) / 1024
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64() * 1000.0
}

fn main() {
    let texts: u64 = std::env::args().skip(1).find_map(|a| a.parse().ok()).unwrap_or(100_000);
    let root = std::env::temp_dir().join(format!("casemate-meanings-bench-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&root);
    let store: Arc<dyn IndexStore> = Arc::new(FolderStore::new(&root).unwrap());
    let index = Index::create(Arc::clone(&store), &KEY, Options::default()).unwrap();
    let mut writer = index.writer(100_000_000).unwrap();
    (0..texts).for_each(|number| writer.add(&passage(number)).unwrap());
    writer.commit(b"heads").unwrap();
    writer.finish().unwrap();
    let mut meanings = Meanings::open(Arc::clone(&store), &KEY, Options::default(), "bench").unwrap();
    let began = Instant::now();
    assert_eq!(fill(&mut meanings, &index), texts);
    println!("{texts} texts: filled in {:.1} s (vectors drawn, sealed, joined)", began.elapsed().as_secs_f64());
    let searcher = index.searcher().unwrap();
    let everything = Query::everything();
    let ask = |meanings: &mut Meanings, asked: &[f32; DIM]| -> Vec<u64> {
        let question = Question { vector: asked, filter: &everything, without: None, limit: NEAREST, floor: -1.0 };
        let found = meanings.nearest(&searcher, &question).unwrap();
        found.iter().map(|near| u64::from_be_bytes(near.hit.passage.place.as_slice().try_into().unwrap())).collect()
    };
    ask(&mut meanings, &vector(1));
    println!("memory before the peer: {} MB, at the peak {} MB", memory("VmRSS"), memory("VmHWM"));
    let all: Vec<[f32; DIM]> = (0..texts).map(vector).collect();
    let (mut sealed, mut clear, mut same) = (Vec::new(), Vec::new(), 0);
    for question in 0..QUESTIONS as u64 {
        let asked = vector(texts + question * 77);
        let began = Instant::now();
        let found = ask(&mut meanings, &asked);
        sealed.push(began.elapsed());
        let began = Instant::now();
        let right = exact(&all, &asked);
        clear.push(began.elapsed());
        same += found.iter().filter(|number| right.contains(number)).count();
    }
    let (sealed, clear) = (median(sealed), median(clear));
    println!(
        "the {NEAREST} nearest: {sealed:.0} ms sealed, {clear:.0} ms as 32-bit numbers in memory, ratio {:.2}; {same} of {} the same",
        sealed / clear,
        QUESTIONS * NEAREST
    );
    let mut writer = index.writer(100_000_000).unwrap();
    writer.delete_exhibit(passage(400).exhibit);
    (0..200u64).for_each(|n| writer.add(&Passage { text: format!("corrected {n}"), ..passage(400 + n) }).unwrap());
    writer.commit(b"corrected").unwrap();
    writer.finish().unwrap();
    let began = Instant::now();
    assert_eq!(fill(&mut meanings, &index), 200);
    println!("200 texts corrected: {:.0} ms", began.elapsed().as_secs_f64() * 1000.0);
    std::fs::remove_dir_all(&root).unwrap();
}
