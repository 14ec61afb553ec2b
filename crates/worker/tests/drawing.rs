//! Pages as pictures: what is drawn is the page, and nothing drawn hurts.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::indexing_slicing, clippy::panic, reason = "tests")]

mod common;

use std::path::{Path, PathBuf};

use casemate_media::{Event, Limits, Outcome};
use casemate_ports::reading::Place;
use casemate_ports::worker::{DrawJob, Job, LettersJob, MAX_PIXELS, PictureFormat};
use common::{data, each, files, ids, run, worker};

struct Drawn {
    outcome: Outcome,
    format: Option<PictureFormat>,
    pixels: Vec<u8>,
}

fn draw(bytes: &[u8], page: u32, width: u16) -> Drawn {
    let (mut format, mut pixels) = (None, Vec::new());
    let job = Job::Draw(DrawJob { page, width });
    let outcome = run(&worker(), &job, bytes, &Limits::drawing(), &mut |event| match event {
        Event::Picture(told) => format = Some(told),
        Event::Pixels(more) => pixels.extend_from_slice(more),
        _ => {}
    });
    Drawn { outcome: outcome.unwrap(), format, pixels }
}

/// The share of pixels that are darker than mid-grey, in thousandths.
fn ink(drawn: &Drawn) -> usize {
    let dark = drawn.pixels.as_chunks::<3>().0.iter().filter(|[r, g, b]| [r, g, b].iter().all(|c| **c < 128)).count();
    dark * 1000 / (drawn.pixels.len() / 3).max(1)
}

#[test]
fn a_letter_is_drawn_with_its_ink_on_white_paper() {
    let letter = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/papers");
    let letter = files(&letter).into_iter().find(|p| p.extension().is_some_and(|e| e == "pdf")).unwrap();
    let bytes = std::fs::read(letter).unwrap();
    let drawn = draw(&bytes, 1, 800);
    assert!(drawn.outcome.whole, "{:?}", ids(&drawn.outcome));
    let format = drawn.format.unwrap();
    assert_eq!((format.page, format.width), (1, 800));
    // A4, to a pixel.
    assert!(format.height.abs_diff(1131) <= 1, "{format:?}");
    assert!(format.points.unwrap()[0].abs_diff(59_527) <= 1, "{format:?}");
    assert_eq!(drawn.pixels.len() as u64, format.bytes());
    assert_eq!(drawn.pixels[..3], [255; 3]);
    assert!((5..200).contains(&ink(&drawn)), "{} per mille of ink", ink(&drawn));
    assert_eq!(ids(&draw(&bytes, 99, 800).outcome), ["no-page"]);
    assert_eq!(ids(&draw(&bytes, 0, 800).outcome), ["no-page"]);
}

#[test]
fn a_picture_is_drawn_as_it_is() {
    let png = {
        let mut out = std::io::Cursor::new(Vec::new());
        let pixels = [[255, 0, 0, 255], [0, 0, 0, 0]].concat();
        let picture = image::RgbaImage::from_raw(2, 1, pixels).unwrap();
        picture.write_to(&mut out, image::ImageFormat::Png).unwrap();
        out.into_inner()
    };
    let drawn = draw(&png, 1, 4000);
    let format = drawn.format.unwrap();
    assert_eq!((format.width, format.height, format.pages, format.points), (2, 1, 1, Some([200, 100])));
    // What shows through is paper.
    assert_eq!(drawn.pixels, [255, 0, 0, 255, 255, 255]);
    assert_eq!(ids(&draw(&png[..40], 1, 10).outcome), ["malformed"]);
    assert_eq!(ids(&draw(b"no picture at all", 1, 10).outcome), ["unsupported-format"]);
}

#[test]
fn every_page_of_others_is_drawn_or_named() {
    let mut all: Vec<PathBuf> = Vec::new();
    for folder in ["hostile", "docs-peers", "docs-tika", "redaction", "ocr"] {
        let Some(folder) = data(folder) else { return };
        all.extend(files(&folder));
    }
    let endings = ["pdf", "png", "jpg", "jpeg", "gif", "tif", "tiff", "webp"];
    all.retain(|p| p.extension().is_some_and(|e| endings.contains(&&*e.to_string_lossy().to_lowercase())));
    let made = each(&all, |path| {
        let drawn = draw(&std::fs::read(path).unwrap(), 1, 600);
        (drawn.format.filter(|_| drawn.outcome.whole), drawn.pixels.len() as u64, ids(&drawn.outcome).join(" "))
    });
    let (mut drawn, mut silent) = (0, Vec::new());
    for (path, (format, bytes, found)) in &made {
        match format {
            Some(format) => {
                drawn += 1;
                assert!(format.bytes() == *bytes && *bytes <= 3 * MAX_PIXELS, "{}", path.display());
            }
            None if found.is_empty() => silent.push(path),
            None => println!("{}: {found}", path.display()),
        }
    }
    println!("{drawn} of {} drawn", made.len());
    assert!(silent.is_empty(), "{silent:?}");
    assert!(drawn * 10 >= made.len() * 6, "{drawn} of {} drawn", made.len());
}

/// What a page's letters spell, and each with its rectangle in pixels of a drawing.
fn letters(bytes: &[u8], page: u32, format: PictureFormat) -> (Outcome, Vec<(String, [u32; 4])>) {
    let job = Job::Letters(LettersJob { page });
    let outcome = run(&worker(), &job, bytes, &Limits::placing(), &mut |_| ()).unwrap();
    let points = format.points.unwrap_or([1, 1]);
    let pixel = |at: u32, across: usize| {
        u32::try_from(
            u64::from(at) * u64::from([format.width, format.height][across]) / u64::from(points[across].max(1)),
        )
        .unwrap()
    };
    let place = |place: &Place| match place {
        Place::Page { rect: Some([x, y, w, h]), .. } => {
            [pixel(*x, 0), pixel(*y, 1), pixel(x + w, 0).min(format.width - 1), pixel(y + h, 1).min(format.height - 1)]
        }
        other => panic!("{other:?}"),
    };
    let told = outcome.reading.passages.iter().map(|p| (p.text.clone(), place(&p.place))).collect();
    (outcome, told)
}

/// Whether anything in a rectangle (edges included) differs from its first pixel.
fn has_ink(drawn: &Drawn, [left, top, right, bottom]: [u32; 4]) -> bool {
    let width = drawn.format.unwrap().width as usize;
    let pixel = |x: u32, y: u32| drawn.pixels.get((y as usize * width + x as usize) * 3..).map(|p| &p[..3]);
    let first = pixel(left.saturating_sub(1), top.saturating_sub(1));
    (top..=bottom).any(|y| (left..=right).any(|x| pixel(x, y) != first))
}

#[test]
fn letters_are_told_where_they_are_drawn() {
    let letter = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/papers/letter-bank.pdf");
    let bytes = std::fs::read(letter).unwrap();
    let drawn = draw(&bytes, 1, 1654);
    let (outcome, told) = letters(&bytes, 1, drawn.format.unwrap());
    assert!(outcome.whole, "{:?}", ids(&outcome));
    let spelled: String = told.iter().map(|(text, _)| text.as_str()).collect();
    assert!(told.len() > 200, "{spelled}");
    assert!(told.iter().all(|(_, place)| has_ink(&drawn, *place)), "a letter without ink");
    // Paint every letter white: what is left is level or upright.
    let width = drawn.format.unwrap().width;
    let mut rest = drawn.pixels.clone();
    for (_, [left, top, right, bottom]) in &told {
        for y in top.saturating_sub(1)..=bottom + 1 {
            for x in left.saturating_sub(1)..=right + 1 {
                if let Some(pixel) = rest.get_mut((y * width + x) as usize * 3..).and_then(|p| p.get_mut(..3)) {
                    pixel.fill(255);
                }
            }
        }
    }
    let left = rest.as_chunks::<3>().0.iter().filter(|[r, ..]| *r < 128).count();
    assert!(left * 200 < drawn.pixels.len() / 3, "{left} dark pixels are in no letter's place");
    assert_eq!(ids(&letters(&bytes, 99, drawn.format.unwrap()).0), ["no-page"]);
    assert_eq!(ids(&letters(b"%PDF-1.4 no more", 1, drawn.format.unwrap()).0), ["malformed"]);
}

#[test]
fn letters_of_others_lie_on_ink() {
    let mut all: Vec<PathBuf> = Vec::new();
    for folder in ["hostile", "docs-peers", "docs-tika", "redaction"] {
        let Some(folder) = data(folder) else { return };
        all.extend(files(&folder));
    }
    all.retain(|p| p.extension().is_some_and(|e| e.eq_ignore_ascii_case("pdf")));
    let made = each(&all, |path| {
        let bytes = std::fs::read(path).unwrap();
        let drawn = draw(&bytes, 1, 1200);
        let format = drawn.format.filter(|_| drawn.outcome.whole)?;
        let (outcome, told) = letters(&bytes, 1, format);
        let read: Vec<_> = told.iter().filter(|(text, _)| !text.is_empty()).collect();
        let inked = read.iter().filter(|(_, place)| has_ink(&drawn, *place)).count();
        outcome.whole.then_some((read.len(), inked))
    });
    let (mut pages, mut astray) = (0, Vec::new());
    for (path, told) in &made {
        if let Some((read, inked)) = told.filter(|(read, _)| *read > 20) {
            pages += 1;
            // White text, and text under boxes, has none.
            if inked * 10 < read * 9 {
                astray.push((path.file_name().unwrap(), read, inked));
            }
        }
    }
    println!("{pages} pages with letters; astray: {astray:?}");
    assert!(pages > 50 && astray.len() * 20 <= pages, "{} of {pages}: {astray:?}", astray.len());
}
