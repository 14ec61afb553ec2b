//! Running the built worker over files, two at a time.
#![allow(dead_code)]

pub mod paper;

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use casemate_media::{Event, Limits, MediaError, Outcome, Program, run_job};
use casemate_ports::worker::{DecodeJob, Job, ReadJob};

pub fn worker() -> Program {
    Program { path: env!("CARGO_BIN_EXE_casemate-worker").into(), args: Vec::new() }
}

/// The folder of outside test data; `None` where it is absent and that is allowed.
pub fn data(folder: &str) -> Option<PathBuf> {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let root = std::env::var_os("CASEMATE_TEST_DATA").map_or(default, PathBuf::from);
    let path = root.join(folder);
    if path.is_dir() {
        return Some(path);
    }
    assert!(std::env::var_os("CI").is_none(), "test data is missing: {}", path.display());
    println!("skipped: {} is absent", path.display());
    None
}

pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            let kind = entry.file_type().unwrap();
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() {
                all.push(path);
            }
        }
    }
    all.sort();
    all
}

fn extension(path: &Path) -> Option<String> {
    path.extension().map(|e| e.to_string_lossy().to_lowercase())
}

pub fn read(path: &Path) -> Outcome {
    read_bytes(&std::fs::read(path).unwrap(), extension(path))
}

pub fn read_bytes(bytes: &[u8], extension: Option<String>) -> Outcome {
    let job = Job::Read(ReadJob { extension });
    run(&worker(), &job, bytes, &Limits::reading(), &mut |_| ()).unwrap()
}

pub fn decode(path: &Path) -> (Outcome, Vec<i16>) {
    let bytes = std::fs::read(path).unwrap();
    let job = Job::Decode(DecodeJob { rate: 16_000, extension: extension(path) });
    let mut samples = Vec::new();
    let outcome = run(&worker(), &job, &bytes, &Limits::decoding(), &mut |e| {
        if let Event::Samples(s) = e {
            samples.extend_from_slice(s);
        }
    });
    (outcome.unwrap(), samples)
}

pub fn run(
    program: &Program,
    job: &Job,
    mut bytes: &[u8],
    limits: &Limits,
    hear: &mut dyn FnMut(Event<'_>),
) -> Result<Outcome, MediaError> {
    run_job(program, job, &mut bytes, limits, &AtomicBool::new(false), hear)
}

/// Every file through `work`, two at a time, in order.
pub fn each<T: Send>(files: &[PathBuf], work: impl Fn(&Path) -> T + Sync) -> Vec<(PathBuf, T)> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(file) = files.get(next.fetch_add(1, Ordering::SeqCst)) {
                    let made = work(file);
                    done.lock().unwrap().push((file.clone(), made));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap();
    done.sort_by(|a, b| a.0.cmp(&b.0));
    done
}

pub fn ids(outcome: &Outcome) -> Vec<&str> {
    outcome.reading.findings.iter().map(|f| f.id.as_str()).collect()
}

pub fn text(outcome: &Outcome) -> String {
    outcome.reading.passages.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join("\n")
}
