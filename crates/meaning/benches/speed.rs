//! Sentences that are encoded in a second of one processor, and the memory it takes; beside it, in the same run, the package
//! that the weights came in, where `CASEMATE_PYTHON` names a Python that has it (see `tests/reference/make.py`).
//!
//!     CASEMATE_PYTHON=.venv/bin/python cargo bench -p casemate-meaning
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, clippy::cast_precision_loss)]

use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use casemate_meaning::{Encoder, MODEL, PIECES, WEIGHTS};

const SENTENCES: &str = include_str!("../tests/reference/sentences.tsv");
const TURNS: usize = 10;

/// Seconds of this process's processors, from `/proc/self/stat` (in hundredths, as Linux counts them).
fn spent() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap().split(' ').collect();
    let ticks: f64 = fields.iter().skip(11).take(2).map(|n| n.parse::<f64>().unwrap()).sum();
    ticks / 100.0
}

fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    let kilobytes: u64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    (kilobytes / 1024).to_string()
}

fn main() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let models = std::env::var_os("CASEMATE_MODELS").map_or_else(|| root.join(".setup/models"), PathBuf::from);
    let read = |name: &str| std::fs::read(models.join(MODEL).join(name)).expect("script/setup brings the model");
    let began = Instant::now();
    let encoder = Encoder::read(&read(WEIGHTS.0), &read(PIECES.0)).expect("the pinned model");
    println!("model read in {:.0} ms", began.elapsed().as_secs_f64() * 1000.0);
    let texts: Vec<&str> = SENTENCES.lines().filter_map(|line| line.split('\t').nth(2)).collect();
    let pieces: usize = texts.iter().map(|text| encoder.pieces(text).len()).sum();
    assert_eq!(encoder.encode(&texts).len(), texts.len());
    let began = spent();
    for _ in 0..TURNS {
        assert_eq!(encoder.encode(&texts).len(), texts.len());
    }
    let ours = (TURNS * texts.len()) as f64 / (spent() - began);
    println!(
        "here: {ours:.0} sentences ({:.0} pieces) a second of one processor, {} MB",
        ours * pieces as f64 / texts.len() as f64,
        peak()
    );
    let Some(python) = std::env::var_os("CASEMATE_PYTHON") else {
        println!("the package: not measured, CASEMATE_PYTHON is not set");
        return;
    };
    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/reference/make.py");
    let mut command = Command::new(python);
    command.arg(script).arg("--speed").env("OPENBLAS_NUM_THREADS", "1");
    let said = String::from_utf8(command.output().expect("Python runs").stdout).unwrap();
    let (theirs, memory) = said.trim().split_once(' ').expect("sentences and megabytes");
    let theirs: f64 = theirs.parse().unwrap();
    println!("the package: {theirs:.0} sentences a second of one processor, {memory} MB; ratio {:.2}", ours / theirs);
}
