//! Pages of ours, read with the real models: what they read, in which order, which way up, and that boxes cover their glyphs.
//! Needs the models of `script/setup`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::print_stderr)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use casemate_ocr::{Form, Models, OcrError, Page, Picture, Point, Reader, Settings};
use image::{GrayImage, Luma, imageops};

fn model(name: &str) -> Option<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let models = std::env::var_os("CASEMATE_MODELS").map_or_else(|| root.join(".setup/models"), PathBuf::from);
    std::fs::read(models.join("pp-ocr-v6").join(name)).ok()
}

fn models() -> Option<Models> {
    Some(Models { detector: model("detector.onnx")?, quick: model("quick.onnx")?, careful: model("careful.onnx")? })
}

/// The reader, or `None` where the models are absent outside CI.
fn reader() -> Option<&'static Reader> {
    static READER: OnceLock<Option<Reader>> = OnceLock::new();
    READER
        .get_or_init(|| {
            let models = models();
            if models.is_none() {
                assert!(std::env::var_os("CI").is_none(), "the models of script/setup are missing");
                eprintln!("skipped: no models");
            }
            models.map(|models| Reader::new(models, 1).unwrap())
        })
        .as_ref()
}

fn page(name: &str) -> (GrayImage, String) {
    let at = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages").join(name);
    let truth = std::fs::read_to_string(at.with_extension("txt")).unwrap();
    let text = truth.split_once('\n').unwrap().1.to_owned();
    (image::open(at.with_extension("png")).unwrap().to_luma8(), text)
}

fn read(reader: &Reader, sheet: &GrayImage) -> Page {
    let picture = Picture::new(sheet.as_raw(), sheet.width(), sheet.height(), Form::Grey).unwrap();
    reader.read(&picture, Settings::default()).unwrap()
}

/// A page as it lies there; read once for all tests.
fn upright(reader: &Reader, name: &'static str) -> Arc<Page> {
    static READ: Mutex<BTreeMap<&str, Arc<Page>>> = Mutex::new(BTreeMap::new());
    let mut have = READ.lock().unwrap();
    Arc::clone(have.entry(name).or_insert_with(|| Arc::new(read(reader, &page(name).0))))
}

fn text(page: &Page) -> String {
    page.lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n")
}

/// Wrong characters of a hundred; whitespace and the kind of apostrophe, colon and bracket do not count.
fn wrong(truth: &str, read: &str) -> f64 {
    let plain = |text: &str| -> Vec<char> {
        let same = |c: char| match c {
            '’' => '\'',
            '：' => ':',
            '；' => ';',
            '（' => '(',
            '）' => ')',
            c => c,
        };
        text.chars().filter(|c| !c.is_whitespace()).map(same).collect()
    };
    let (a, b) = (plain(truth), plain(read));
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (n, x) in a.iter().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], n + 1);
        for (m, y) in b.iter().enumerate() {
            let cell = (corner + usize::from(x != y)).min(row[m] + 1).min(row[m + 1] + 1);
            corner = std::mem::replace(&mut row[m + 1], cell);
        }
    }
    100.0 * row[b.len()] as f64 / a.len() as f64
}

#[test]
fn each_language_is_read_in_order() {
    let Some(reader) = reader() else { return };
    for name in ["statement-hans", "statement-hant", "statement-fr", "statement-en", "columns", "phone"] {
        let (_, truth) = page(name);
        let found = upright(reader, name);
        let wrong = wrong(&truth, &text(&found));
        assert!(wrong <= 1.5, "{name}: {wrong:.2} % of the characters are wrong:\n{}", text(&found));
        assert_eq!(found.turned, 0, "{name}");
        assert!(found.skew.abs() < 0.3, "{name}: {}", found.skew);
    }
}

#[test]
fn words_keep_their_spaces_and_accents() {
    let Some(reader) = reader() else { return };
    let (_, truth) = page("statement-fr");
    let found = upright(reader, "statement-fr");
    let words: Vec<String> = found.lines.iter().flat_map(casemate_ocr::Line::words).map(|word| word.text).collect();
    let plain = |word: &str| word.replace('’', "'");
    let (mut had, mut missed) = (0, Vec::new());
    for word in truth.split_whitespace().filter(|word| word.chars().count() > 3) {
        had += 1;
        if !words.iter().any(|read| plain(read) == plain(word)) {
            missed.push(word);
        }
    }
    assert!(missed.len() * 20 < had, "{missed:?} of {had}");
    for line in &found.lines {
        for word in line.words() {
            let part: String = line.text.chars().skip(word.at).take(word.chars).collect();
            assert_eq!(part, word.text);
        }
    }
}

/// Lays black over a slab.
fn cover(sheet: &mut GrayImage, slab: &casemate_ocr::Slab, ink: u8) {
    let bounds = slab.bounds();
    let edge = |v: f32, most: u32| (v.max(0.0) as u32).min(most);
    for y in edge(bounds.top, sheet.height())..edge(bounds.bottom.ceil(), sheet.height()) {
        for x in edge(bounds.left, sheet.width())..edge(bounds.right.ceil(), sheet.width()) {
            sheet.put_pixel(x, y, Luma([ink]));
        }
    }
}

#[test]
fn nothing_of_a_glyph_looks_out_from_under_its_box() {
    let Some(reader) = reader() else { return };
    for name in ["statement-hans", "statement-fr", "statement-en"] {
        let (mut sheet, _) = page(name);
        let dark = |sheet: &GrayImage| sheet.pixels().filter(|p| p[0] < 150).count();
        let before = dark(&sheet);
        for line in &upright(reader, name).lines {
            for glyph in &line.glyphs {
                cover(&mut sheet, &glyph.slab, 255);
            }
        }
        let left = dark(&sheet);
        assert!(left * 2000 <= before, "{name}: {left} of {before} dark pixels are left");
    }
}

#[test]
fn a_covered_word_is_not_read_again() {
    let Some(reader) = reader() else { return };
    for (name, hidden) in [("statement-en", "Calloway"), ("statement-hans", "顾念安"), ("statement-fr", "avocate,")]
    {
        let (mut sheet, _) = page(name);
        let found = upright(reader, name);
        let line = found.lines.iter().find(|line| line.text.contains(hidden)).unwrap();
        let first = line.text[..line.text.find(hidden).unwrap()].chars().count();
        let last = first + hidden.chars().count();
        for glyph in line.glyphs.iter().filter(|glyph| (first..last).contains(&glyph.at)) {
            cover(&mut sheet, &glyph.slab, 0);
        }
        let middle = line.slab.middle();
        let strip = imageops::crop_imm(&sheet, 0, (middle.y - 120.0) as u32, sheet.width(), 240).to_image();
        let again = read(reader, &strip);
        let near = |other: &casemate_ocr::Line| (other.slab.middle().y - 120.0).abs() < line.slab.height / 2.0;
        let rest: String = again.lines.iter().filter(|other| near(other)).map(|other| other.text.as_str()).collect();
        for part in 0..hidden.chars().count() - 1 {
            let pair: String = hidden.chars().skip(part).take(2).collect();
            let kept: usize = line.text.matches(&pair).count() - 1;
            assert!(rest.matches(&pair).count() <= kept, "{name}: {pair} is still read in {rest}");
        }
        let ahead: String = line.text.chars().take(first).filter(|c| !c.is_whitespace()).collect();
        let still: String = rest.chars().filter(|c| !c.is_whitespace()).take(ahead.chars().count()).collect();
        assert!(wrong(&ahead, &still) <= 20.0 || ahead.is_empty(), "{ahead} / {still}");
    }
}

#[test]
fn a_page_that_lies_on_its_side_or_head_is_read() {
    let Some(reader) = reader() else { return };
    for (name, turned) in [("statement-en", 90), ("statement-hant", 180), ("statement-fr", 270)] {
        let (sheet, truth) = page(name);
        let sheet = match turned {
            90 => imageops::rotate90(&sheet),
            180 => imageops::rotate180(&sheet),
            _ => imageops::rotate270(&sheet),
        };
        let found = read(reader, &sheet);
        assert_eq!(found.turned, turned, "{name}");
        let wrong = wrong(&truth, &text(&found));
        assert!(wrong <= 2.0, "{name} turned by {turned}: {wrong:.2} %\n{}", text(&found));
        for line in &found.lines {
            let bounds = line.slab.bounds();
            assert_eq!(bounds.width() < bounds.height(), turned != 180 && line.slab.length > line.slab.height);
        }
    }
}

/// The sheet turned about its middle.
fn slanted(sheet: &GrayImage, degrees: f32) -> GrayImage {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (width, height) = (sheet.width() as f32, sheet.height() as f32);
    GrayImage::from_fn(sheet.width() + 300, sheet.height() + 400, |x, y| {
        let (dx, dy) = (x as f32 - 150.0 - width / 2.0, y as f32 - 200.0 - height / 2.0);
        let (from_x, from_y) = (dx * cos + dy * sin + width / 2.0, dy * cos - dx * sin + height / 2.0);
        let within = (0.0..width - 1.0).contains(&from_x) && (0.0..height - 1.0).contains(&from_y);
        let share = |v: f32| (v - v.floor()) * 256.0;
        if !within {
            return Luma([250]);
        }
        let at = |dx: u32, dy: u32| u32::from(sheet.get_pixel(from_x as u32 + dx, from_y as u32 + dy)[0]);
        let (right, down) = (share(from_x) as u32, share(from_y) as u32);
        let upper = at(0, 0) * (256 - right) + at(1, 0) * right;
        let lower = at(0, 1) * (256 - right) + at(1, 1) * right;
        Luma([((upper * (256 - down) + lower * down) >> 16) as u8])
    })
}

#[test]
fn a_page_that_slants_is_read() {
    let Some(reader) = reader() else { return };
    let (sheet, truth) = page("statement-en");
    for degrees in [-7.0, 12.0] {
        let found = read(reader, &slanted(&sheet, degrees));
        assert!((found.skew - degrees).abs() < 0.7, "{} for {degrees}", found.skew);
        assert_eq!(found.turned, 0);
        let wrong = wrong(&truth, &text(&found));
        assert!(wrong <= 3.0, "slanted by {degrees}: {wrong:.2} %\n{}", text(&found));
    }
}

#[test]
fn a_long_picture_has_no_seams() {
    let Some(reader) = reader() else { return };
    let (sheet, truth) = page("phone");
    let times = 3;
    let long =
        GrayImage::from_fn(sheet.width(), sheet.height() * times, |x, y| *sheet.get_pixel(x, y % sheet.height()));
    let found = read(reader, &long);
    let wrong = wrong(&truth.repeat(times as usize), &text(&found));
    assert!(wrong <= 2.0, "{wrong:.2} %\n{}", text(&found));
}

#[test]
fn what_holds_no_text_gives_nothing() {
    let Some(reader) = reader() else { return };
    let mut state = 7u32;
    let mut noise = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        (state >> 8) as u8
    };
    let sheets = [
        GrayImage::from_pixel(1654, 2339, Luma([255])),
        GrayImage::from_pixel(300, 300, Luma([0])),
        GrayImage::from_fn(900, 700, |x, y| Luma([((x + y) / 8) as u8])),
        GrayImage::from_fn(640, 480, |_, _| Luma([noise()])),
        GrayImage::from_fn(640, 480, |x, y| Luma([if (x / 40 + y / 40) % 2 == 0 { 240 } else { 20 }])),
    ];
    for (n, sheet) in sheets.iter().enumerate() {
        let found = read(reader, sheet);
        assert!(found.lines.is_empty(), "sheet {n}: {}", text(&found));
    }
}

#[test]
fn odd_sizes_are_borne() {
    let Some(reader) = reader() else { return };
    for (width, height) in [(1, 1), (2, 3), (7, 7), (1, 4000), (4000, 1), (31, 33), (5, 9000), (60_000, 3)] {
        let sheet = GrayImage::from_fn(width, height, |x, y| Luma([((x * 7 + y * 13) % 251) as u8]));
        let found = read(reader, &sheet);
        for line in found.lines {
            assert!(line.slab.corners().iter().all(|p: &Point| p.x.is_finite() && p.y.is_finite()));
        }
    }
    for (bytes, width, height, form) in
        [(0, 0, 0, Form::Grey), (9, 3, 4, Form::Grey), (12, 3, 4, Form::Rgb), (1, u32::MAX, u32::MAX, Form::Grey)]
    {
        assert!(matches!(Picture::new(&vec![0; bytes], width, height, form), Err(OcrError::Picture { .. })));
    }
}

#[test]
fn models_that_are_none_are_refused() {
    let none = || Models { detector: Vec::new(), quick: Vec::new(), careful: Vec::new() };
    assert!(matches!(Reader::new(none(), 1), Err(OcrError::Model { .. })));
    let Some(whole) = models() else { return };
    for cut in [1, 100, 5000, whole.detector.len() / 2, whole.detector.len() - 1] {
        let mut models = models().unwrap();
        models.detector.truncate(cut);
        assert!(Reader::new(models, 1).is_err(), "cut at {cut}");
    }
    // A recogniser where the detector belongs: it has one input and one output, and breaks when it runs.
    let swapped = Models { detector: whole.quick.clone(), quick: whole.quick.clone(), careful: whole.careful.clone() };
    let reader = Reader::new(swapped, 1).unwrap();
    let (sheet, _) = page("phone");
    let picture = Picture::new(sheet.as_raw(), sheet.width(), sheet.height(), Form::Grey).unwrap();
    assert!(matches!(reader.read(&picture, Settings::default()), Err(OcrError::Run { .. })));
    // Bytes changed here and there.
    for at in (1000..whole.quick.len()).step_by(whole.quick.len() / 6) {
        let mut models = models().unwrap();
        models.quick[at] ^= 0x55;
        if let Ok(reader) = Reader::new(models, 1) {
            let small = imageops::crop_imm(&sheet, 0, 100, 1080, 200).to_image();
            let picture = Picture::new(small.as_raw(), 1080, 200, Form::Grey).unwrap();
            let _ = reader.read(&picture, Settings::default());
        }
    }
}
