//! Reads pictures and papers and tells how well and at what cost: `measure FOLDER… [--show FOLDER]`. What a file truly reads is
//! in the text beside it (`NAME.txt`) or in `tests/truth` by its path; without that only the cost is told. `--show` writes each page
//! with the boxes over it.
//!
//! Keeps: one line a file, a total a language. Does not know: how reading is done.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr, reason = "it is a tool of ours")]

mod compare;
mod pages;
mod show;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use casemate_ocr::{Form, Models, Page, Picture, Reader, Settings};

use crate::compare::{Errors, compared};

struct Asked {
    folders: Vec<PathBuf>,
    show: Option<PathBuf>,
    text: bool,
    only: Option<String>,
}

fn asked() -> Asked {
    let mut asked = Asked { folders: Vec::new(), show: None, text: false, only: None };
    let mut rest = std::env::args().skip(1);
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--show" => asked.show = rest.next().map(PathBuf::from),
            "--only" => asked.only = rest.next(),
            "--text" => asked.text = true,
            folder => asked.folders.push(folder.into()),
        }
    }
    asked
}

fn main() {
    let asked = asked();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let models = std::env::var_os("CASEMATE_MODELS").map_or_else(|| root.join(".setup/models"), PathBuf::from);
    let model = |name: &str| std::fs::read(models.join("pp-ocr-v6").join(name)).unwrap();
    let models =
        Models { detector: model("detector.onnx"), quick: model("quick.onnx"), careful: model("careful.onnx") };
    let start = pages::cpu();
    let reader = Reader::new(models, 1).unwrap();
    println!("models: {:.2} s of CPU, {} MiB", pages::cpu() - start, pages::peak());
    println!(
        "{:44} {:>4} {:>10} {:>6} {:>7} {:>7} {:>7} {:>6} {:>5}",
        "file", "lang", "pixels", "chars", "CER %", "WER %", "CPU s", "MiB", "turn"
    );
    let mut totals: BTreeMap<String, (Errors, f64, usize)> = BTreeMap::new();
    for folder in &asked.folders {
        for file in files(folder) {
            if asked.only.as_ref().is_some_and(|only| !file.to_string_lossy().contains(only.as_str())) {
                continue;
            }
            one(&reader, folder, &file, &asked, &mut totals);
        }
    }
    for (language, (errors, cpu, files)) in totals {
        println!(
            "{language:4} {files:3} files {:7} chars  CER {:6.2} %  WER {:6.2} %  {cpu:7.2} s",
            errors.chars,
            errors.cer(),
            errors.wer()
        );
    }
}

fn one(
    reader: &Reader,
    folder: &Path,
    file: &Path,
    asked: &Asked,
    totals: &mut BTreeMap<String, (Errors, f64, usize)>,
) {
    let name = file.strip_prefix(folder).unwrap_or(file).to_string_lossy().into_owned();
    let (mut read, mut cpu, mut peak, mut pixels, mut turns) = (String::new(), 0.0, 0, 0usize, Vec::new());
    let sheets = pages::of(file);
    if sheets.is_empty() {
        println!("{name:44} not a picture");
        return;
    }
    for (number, sheet) in sheets.iter().enumerate() {
        pages::forget_peak();
        let base = pages::peak();
        let begin = pages::cpu();
        let picture = Picture::new(sheet.as_raw(), sheet.width(), sheet.height(), Form::Rgb).unwrap();
        let page = reader.read(&picture, Settings::default()).unwrap();
        cpu += pages::cpu() - begin;
        peak = peak.max(pages::peak().saturating_sub(base));
        pixels += sheet.as_raw().len() / 3;
        turns.push(format!("{}{:+.1}", page.turned, page.skew));
        read.push_str(&text(&page));
        if let Some(to) = &asked.show {
            show::write(&to.join(format!("{}-{number}.png", name.replace('/', "_"))), sheet, &page);
        }
    }
    if asked.text {
        println!("{read}");
    }
    let truth = truth(file, &name);
    let language = truth.as_ref().map_or("", |(language, _)| language.as_str());
    let errors = truth.as_ref().map(|(_, truth)| compared(truth, &read));
    let chars = read.chars().filter(|c| !c.is_whitespace()).count();
    let told = |v: Option<f64>| v.map_or_else(|| "-".to_owned(), |v| format!("{v:.2}"));
    println!(
        "{:44} {language:>4} {pixels:>10} {chars:>6} {:>7} {:>7} {cpu:>7.2} {peak:>6} {}",
        name,
        told(errors.as_ref().map(Errors::cer)),
        told(errors.as_ref().map(Errors::wer)),
        turns.join(" ")
    );
    if let Some(errors) = errors {
        let total = totals.entry(language.to_owned()).or_default();
        total.0.add(&errors);
        total.1 += cpu;
        total.2 += 1;
    }
}

/// The lines of a page; those of one row between spaces.
fn text(page: &Page) -> String {
    let mut text = String::new();
    let mut row = None;
    for line in &page.lines {
        if !text.is_empty() {
            text.push(if row == Some(line.row) { ' ' } else { '\n' });
        }
        row = Some(line.row);
        text.push_str(&line.text);
    }
    text.push('\n');
    text
}

/// What a file reads, with its language in the first line.
fn truth(file: &Path, name: &str) -> Option<(String, String)> {
    let beside = file.with_extension("txt");
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/truth").join(format!("{name}.txt"));
    let text = std::fs::read_to_string(ours).or_else(|_| std::fs::read_to_string(beside)).ok()?;
    let (language, text) = text.split_once('\n')?;
    Some((language.trim().to_owned(), text.to_owned()))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
            if ["pdf", "png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "webp", "jp2"].contains(&ending.as_str()) {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}
