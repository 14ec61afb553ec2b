//! A file read by the worker, and all that is in it read too.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use casemate_media::{Event, Limits, Outcome, Program, run_job};
use casemate_ports::worker::{Job, ReadJob};

/// How deep files in files are followed.
const DEPTH: usize = 5;

/// Who reads.
pub struct Reader {
    pub worker: PathBuf,
}

/// A file, and what is in it.
pub struct Whole {
    pub outcome: Outcome,
    pub parts: Vec<(String, Whole)>,
}

impl Whole {
    /// What is read of the file itself.
    pub fn text(&self) -> String {
        self.outcome.reading.passages.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join("\n")
    }

    /// Everything that can be searched: text, names and values of metadata, names of parts; and of all that is in it.
    pub fn everything(&self) -> String {
        let reading = &self.outcome.reading;
        let mut all = vec![reading.media_type.clone(), self.text()];
        all.extend(reading.passages.iter().flat_map(|p| [p.speaker.clone(), p.when.clone()]).flatten());
        all.extend(reading.metadata.iter().map(|(name, value)| format!("{name} {value}")));
        all.extend(self.parts.iter().flat_map(|(name, part)| [name.clone(), part.everything()]));
        all.join("\n")
    }

    pub fn ids(&self) -> Vec<&str> {
        self.outcome.reading.findings.iter().map(|f| f.id.as_str()).collect()
    }
}

impl Reader {
    pub fn read(&self, path: &Path) -> Whole {
        let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase());
        self.read_bytes(&std::fs::read(path).unwrap(), extension, DEPTH)
    }

    fn read_bytes(&self, mut bytes: &[u8], extension: Option<String>, depth: usize) -> Whole {
        let program = Program { path: self.worker.clone(), args: Vec::new() };
        let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
        let mut hear = |event: Event<'_>| match event {
            Event::Part(part) => parts.push((part.name.clone(), Vec::new())),
            Event::PartBytes(bytes) => parts.last_mut().unwrap().1.extend_from_slice(bytes),
            _ => {}
        };
        let job = Job::Read(ReadJob { extension });
        let outcome =
            run_job(&program, &job, &mut bytes, &Limits::reading(), &AtomicBool::new(false), &mut hear).unwrap();
        let inner = parts.iter().filter(|_| depth > 0).map(|(name, bytes)| {
            let extension = Path::new(name).extension().map(|e| e.to_string_lossy().to_lowercase());
            (name.clone(), self.read_bytes(bytes, extension, depth - 1))
        });
        let parts = inner.collect();
        Whole { outcome, parts }
    }

    /// Every file, two at a time, in order.
    pub fn each(&self, files: &[PathBuf]) -> Vec<(PathBuf, Whole)> {
        let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    while let Some(file) = files.get(next.fetch_add(1, Ordering::SeqCst)) {
                        let whole = self.read(file);
                        done.lock().unwrap().push((file.clone(), whole));
                    }
                });
            }
        });
        let mut done = done.into_inner().unwrap();
        done.sort_by(|a, b| a.0.cmp(&b.0));
        done
    }
}

/// A table of tab-separated cells, without its head.
pub fn table(path: &Path) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}
