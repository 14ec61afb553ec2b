//! What pictures read, against what people read in them: wrong characters of a hundred, by language.
//!
//! Keeps: every file counts, the bad scans too; `--misses` tells each. Does not know: how pictures are read.

#[path = "../../../ocr/examples/measure/compare.rs"]
mod compare;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use compare::{Errors, compared};

use crate::measure::Measure;
use crate::whole::{Reader, SEEN_ONLY};

/// The texts that people read, by language in the first line, from the root of the workspace.
const TRUTH: &str = "../../crates/ocr/tests/truth";
/// Of a hundred characters, so many may be wrong.
const WRONG: f64 = 5.0;
pub fn measure(reader: &Reader, data: &Path) -> Vec<Measure> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(TRUTH);
    let files: Vec<PathBuf> = texts(&root)
        .iter()
        .map(|text| data.join("ocr").join(text.strip_prefix(&root).unwrap().with_extension("")))
        .collect();
    let files: Vec<PathBuf> = files.into_iter().filter(|file| file.is_file()).collect();
    let mut sums: BTreeMap<String, (Errors, Vec<String>)> = BTreeMap::new();
    for (file, whole) in reader.each(&files) {
        let name = file.strip_prefix(data.join("ocr")).unwrap().to_string_lossy().into_owned();
        let truth = std::fs::read_to_string(root.join(format!("{name}.txt"))).unwrap();
        let (language, truth) = truth.split_once('\n').unwrap();
        if !whole.ids().iter().any(|id| SEEN_ONLY.contains(id)) {
            // What its pages say is text of its own, which is no matter of pictures.
            continue;
        }
        let seen = whole.outcome.reading.passages.iter().filter(|p| !p.marks.is_empty());
        let read = seen.map(|p| p.text.replace('\t', " ")).collect::<Vec<_>>().join("\n");
        let errors = compared(truth, &read);
        let (sum, lines) = sums.entry(language.to_owned()).or_default();
        lines.push(format!("{name}: {:.2} % of {} characters", errors.cer(), errors.chars));
        sum.add(&errors);
    }
    let told = |(language, (errors, misses)): (String, (Errors, Vec<String>))| Measure {
        name: format!("ocr: {language}, right characters"),
        found: 1.0 - errors.cer() / 100.0,
        wanted: 1.0 - WRONG / 100.0,
        of: Some(errors.chars),
        misses,
    };
    sums.into_iter().map(told).collect()
}

fn texts(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            all.extend(texts(&path));
        } else {
            all.push(path);
        }
    }
    all.sort();
    all
}
