//! Pages as pictures: what is drawn is the page, and nothing drawn hurts.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::indexing_slicing, reason = "tests")]

mod common;

use std::path::{Path, PathBuf};

use casemate_media::{Event, Limits, Outcome};
use casemate_ports::worker::{DrawJob, Job, MAX_PIXELS, PictureFormat};
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
    assert_eq!((format.width, format.height, format.pages, format.points), (2, 1, 1, None));
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
