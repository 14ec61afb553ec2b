//! Text in pictures, read behind the fences: a photograph, a scan in a PDF, a page that needs no reading.
//! Needs the models of `script/setup`.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::indexing_slicing, clippy::panic, reason = "tests")]

mod common;

use std::path::{Path, PathBuf};

use casemate_media::{Event, Limits, Outcome, Program};
use casemate_ports::reading::{Kind, Place};
use casemate_ports::worker::{Job, RecogniseJob};
use common::paper::stream;
use common::{data, ids, read, run, worker};

/// The worker with the models; `None` where they are absent outside CI.
fn reader() -> Option<Program> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let models = std::env::var_os("CASEMATE_MODELS").map_or_else(|| root.join(".setup/models"), PathBuf::from);
    if models.join("pp-ocr-v6/detector.onnx").is_file() {
        return Some(Program { args: vec!["--models".into(), models.into()], ..worker() });
    }
    assert!(std::env::var_os("CI").is_none(), "the models of script/setup are missing");
    println!("skipped: no models");
    None
}

fn recognise(program: &Program, bytes: &[u8], from_page: u32) -> (Outcome, Vec<u64>) {
    let mut pages = Vec::new();
    let job = Job::Recognise(RecogniseJob { from_page });
    let outcome = run(program, &job, bytes, &Limits::recognising(4), &mut |event| {
        if let Event::Progress(p) = event {
            pages.push(p.done);
        }
    });
    (outcome.unwrap(), pages)
}

fn page(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../ocr/tests/pages").join(name)
}

fn text(outcome: &Outcome) -> String {
    outcome.reading.passages.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_photograph_is_read_with_a_place_for_each_word() {
    let Some(program) = reader() else { return };
    let bytes = std::fs::read(page("statement-fr.png")).unwrap();
    let (outcome, pages) = recognise(&program, &bytes, 1);
    assert!(outcome.whole, "{:?}", outcome.reading.findings);
    assert_eq!((outcome.reading.kind, pages), (Kind::Document, vec![1]));
    assert!(outcome.reading.parameters.iter().any(|(name, sha)| name == "ocr.detector.onnx" && sha.len() == 64));
    let (width, height) = image::image_dimensions(page("statement-fr.png")).unwrap();
    let mut words = 0;
    for passage in &outcome.reading.passages {
        let letters: Vec<char> = passage.text.chars().collect();
        let Place::Page { number: 1, rect: Some(whole) } = passage.place else { panic!("{:?}", passage.place) };
        for mark in &passage.marks {
            let said: String = letters[mark.at as usize..(mark.at + mark.chars) as usize].iter().collect();
            assert!(!said.contains([' ', '\n', '\t']), "{said:?}");
            let [left, top, across, down] = mark.rect;
            assert!(left + across <= width * 100 && top + down <= height * 100, "{said:?} off the page");
            assert!(left >= whole[0] && top + down <= whole[1] + whole[3], "{said:?} off its passage");
            words += 1;
        }
    }
    assert!(words > 50, "{words} words: {}", text(&outcome));
}

/// A page with letters of its own, then the picture on two pages.
fn document(picture: &image::GrayImage) -> Vec<u8> {
    let says = "BT /F1 9 Tf 20 200 Td (This page says what it says by letters of its own, of which there are enough to be worth \\
having, and nobody has to look at it.) Tj ET";
    let (width, height) = picture.dimensions();
    let pixels =
        format!("/Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 8/ColorSpace/DeviceGray");
    let scan = |content: usize| {
        format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</I 8 0 R>>>>/Contents {content} 0 R>>"
        )
    };
    let objects = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Count 3/Kids[3 0 R 4 0 R 5 0 R]>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 9 0 R>>>>/Contents 6 0 R>>".to_vec(),
        scan(7).into_bytes(),
        scan(7).into_bytes(),
        stream("", says.as_bytes()),
        stream("", b"q 595 0 0 842 0 0 cm /I Do Q"),
        stream(&pixels, picture.as_raw()),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_vec(),
    ];
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(out.len());
        out.extend([format!("{number} 0 obj\n").as_bytes(), object, b"\nendobj\n"].concat());
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    out.extend(places.iter().flat_map(|at| format!("{at:010} 00000 n \n").into_bytes()));
    out.extend(format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1).bytes());
    out
}

#[test]
fn pages_with_text_of_their_own_are_left_alone_and_scans_are_read_from_a_page_on() {
    let Some(program) = reader() else { return };
    let bytes = document(&image::open(page("statement-en.png")).unwrap().to_luma8());
    let (all, pages) = recognise(&program, &bytes, 1);
    assert!(all.whole, "{:?}", all.reading.findings);
    assert_eq!(pages, [1, 2, 3]);
    let on = |outcome: &Outcome, page: u32| {
        outcome
            .reading
            .passages
            .iter()
            .filter(|p| matches!(p.place, Place::Page { number, .. } if number == page))
            .count()
    };
    assert_eq!(on(&all, 1), 0);
    assert!(on(&all, 2) > 0 && on(&all, 2) == on(&all, 3), "{}", text(&all));
    let (rest, pages) = recognise(&program, &bytes, 3);
    assert_eq!((on(&rest, 2), on(&rest, 3), pages), (0, on(&all, 3), vec![3]));
}

#[test]
fn without_models_or_with_other_bytes_it_says_so() {
    let bytes = std::fs::read(page("phone.png")).unwrap();
    assert_eq!(ids(&recognise(&worker(), &bytes, 1).0), ["ocr-missing"]);
    let folder = tempfile::tempdir().unwrap();
    let models = folder.path().join("pp-ocr-v6");
    std::fs::create_dir(&models).unwrap();
    for name in ["detector.onnx", "quick.onnx", "careful.onnx"] {
        std::fs::write(models.join(name), b"not these").unwrap();
    }
    let other = Program { args: vec!["--models".into(), folder.path().into()], ..worker() };
    let outcome = recognise(&other, &bytes, 1).0;
    assert_eq!(ids(&outcome), ["ocr-missing"]);
    assert!(outcome.reading.findings[0].detail.contains("not the pinned file"), "{:?}", outcome.reading.findings);
}

#[test]
fn whatever_the_bytes_are_it_ends_with_a_word() {
    let Some(program) = reader() else { return };
    let bytes = std::fs::read(page("phone.png")).unwrap();
    for cut in [0, 8, 40, bytes.len() / 2, bytes.len() - 9] {
        let outcome = recognise(&program, &bytes[..cut], 1).0;
        assert!(!outcome.reading.findings.is_empty() || !outcome.reading.passages.is_empty(), "cut at {cut}");
    }
    assert_eq!(ids(&recognise(&program, b"only words", 1).0), ["unsupported-format"]);
}

/// Pages of others: what was to be read by eye only is read, and what they show is there.
#[test]
fn pages_of_others_are_read() {
    let (Some(program), Some(folder)) = (reader(), data("ocr")) else { return };
    for (name, says) in [
        ("kreuzberg/test_hello_world.png", "Hello"),
        ("ocrmypdf/francais.pdf", "à côté de l'alcôve"),
        ("kreuzberg/chi_sim_image.jpeg", "的"),
    ] {
        let path = folder.join(name);
        assert!(ids(&read(&path)).iter().any(|id| ["no-text-layer", "picture-unread"].contains(id)), "{name}");
        let outcome = recognise(&program, &std::fs::read(&path).unwrap(), 1).0;
        assert!(outcome.whole, "{name}: {:?}", outcome.reading.findings);
        assert!(text(&outcome).contains(says), "{name}: {}", text(&outcome));
    }
}
