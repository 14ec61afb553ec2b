//! A letter of which names are struck leaves as pictures of its pages: judged by another program's idea of where its words stand.

use crate::kit::{Room, exhibit_of, repository, rows, verdict};
use crate::tools::Bundle;
use std::path::Path;
use std::process::Command;

const LETTER: &str = "letter-bank.pdf";
/// Dots an inch at which the pictures are compared.
const DPI: f64 = 100.0;

/// A grey picture.
struct Grey {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

/// The first page of a PDF, drawn by poppler.
fn drawn(pdf: &Path) -> Grey {
    let out = Command::new("pdftoppm").args(["-gray", "-r", "100", "-f", "1", "-l", "1"]).arg(pdf).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    // P5, width and height, 255, pixels.
    let mut fields = out.stdout.splitn(4, |b| b.is_ascii_whitespace());
    let mut number = || std::str::from_utf8(fields.next().unwrap()).unwrap().parse::<usize>().ok();
    assert_eq!(number(), None);
    let (width, height) = (number().unwrap(), number().unwrap());
    let rest = fields.next().unwrap();
    Grey { width, height, pixels: rest[rest.len() - width * height..].to_vec() }
}

/// Every word of the first page and its box in pixels, by poppler.
fn words(pdf: &Path) -> Vec<(String, [usize; 4])> {
    let out = Command::new("pdftotext").args(["-bbox", "-f", "1", "-l", "1"]).arg(pdf).arg("-").output().unwrap();
    let text = String::from_utf8(out.stdout).unwrap();
    let attribute = |line: &str, name: &str| -> f64 {
        let (_, rest) = line.split_once(&format!("{name}=\"")).unwrap();
        rest.split_once('"').unwrap().0.parse::<f64>().unwrap() * DPI / 72.0
    };
    let word = |line: &str| {
        let (_, said) = line.split_once('>')?;
        let said = said.strip_suffix("</word>")?;
        let edge = ["xMin", "yMin", "xMax", "yMax"].map(|name| attribute(line, name) as usize);
        Some((said.to_owned(), edge))
    };
    text.lines().map(str::trim).filter(|line| line.starts_with("<word")).filter_map(word).collect()
}

impl Grey {
    /// Whether a row of a box, or of what is near it, is black all over: a withheld tile reaches into it.
    fn is_cut(&self, [left, top, right, bottom]: [usize; 4]) -> bool {
        let rows = top.saturating_sub(2)..(bottom + 3).min(self.height);
        let black = |y: usize| {
            self.pixels[y * self.width + left..y * self.width + right.min(self.width)].iter().all(|p| *p < 16)
        };
        rows.into_iter().any(black)
    }

    /// The inner part of a box: the middle third of its height, without its ends.
    fn inner(&self, [left, top, right, bottom]: [usize; 4]) -> Vec<u8> {
        let third = (bottom - top) / 3;
        let rows = (top + third..=bottom - third).filter(|y| *y < self.height);
        rows.flat_map(|y| &self.pixels[y * self.width + left..y * self.width + right.min(self.width)])
            .copied()
            .collect()
    }
}

#[test]
fn a_struck_name_is_black_on_the_page_and_the_rest_is_there_to_read() {
    let room = Room::with_case();
    let letter = repository().join("demo/papers").join(LETTER);
    std::fs::copy(&letter, room.path("sources").join(LETTER)).unwrap();
    let added = room.run(&["add", room.path("sources").join(LETTER).to_str().unwrap()]).done();
    let number = exhibit_of(&added, LETTER).to_string();
    for (name, option, alias) in [("Tang Yuanshan", "--pinyin", "H"), ("Claire Lambert", "--name", "Maître B")] {
        room.run(&["person", "add", option, name, "--protected", "--red"]).done();
        room.run(&["person", "alias", name, "court", alias]).done();
        room.run(&["person", "consent", name, "court", "--basis", "letter", "--by", "Counsel"]).done();
    }
    room.run(&["redact", &number, "--for", "court", "--propose"]).done();
    room.run(&["redact", &number, "--for", "court", "--accept", "--by", "Counsel"]).done();
    let (made, to) = room.hand(&number);
    let made = made.done();
    assert!(rows(&made, "pages_stay").is_empty(), "{made}");
    let verdict = verdict(&made, &to);
    let rendered = |f: &&serde_json::Value| f["id"] == "rendering" && f["status"] == "proven";
    let files: Vec<String> =
        rows(&verdict, "findings").iter().filter(rendered).map(|f| f["facts"]["files"].to_string()).collect();
    assert!(files.iter().any(|f| f.contains("pages")), "{verdict}");

    let bundle = Bundle::open(&std::fs::read(&to).unwrap());
    let (_, pdf) = bundle.files.iter().find(|(path, _)| path.ends_with("/pages.pdf")).expect("pages leave");
    let pages = room.path("out/pages.pdf");
    std::fs::write(&pages, pdf).unwrap();
    assert!(words(&pages).is_empty(), "a picture has no text");
    let (before, after) = (drawn(&letter), drawn(&pages));
    assert!(before.width.abs_diff(after.width) <= 1 && before.height.abs_diff(after.height) <= 1);
    let (mut hidden, mut kept) = (0, 0);
    for (word, place) in words(&letter) {
        let ink = after.inner(place);
        let name = ["TANG", "Tang", "YUANSHAN", "Yuanshan", "Lambert", "Claire"].iter().any(|n| word.contains(n));
        if name {
            hidden += 1;
            assert!(ink.iter().all(|p| *p < 16), "{word} at {place:?} can be seen");
        } else if !after.is_cut(place) {
            // What is open is as it was, to another program's drawing of it.
            let was = before.inner(place);
            let light = |pixels: &[u8]| pixels.iter().map(|p| u64::from(*p)).sum::<u64>() / pixels.len().max(1) as u64;
            assert!(light(&was).abs_diff(light(&ink)) < 60, "{word} at {place:?} looks otherwise");
            kept += 1;
        }
    }
    println!("{hidden} words of names hidden, {kept} others open");
    assert!(hidden >= 6 && kept >= 60, "{hidden} hidden, {kept} open");
}
