//! What documents hide badly is named, and the same documents without it are not.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::indexing_slicing, reason = "tests")]

mod common;

use casemate_media::{Event, Limits};
use casemate_ports::hidden::{Hidden, Hiding};
use casemate_ports::worker::{AuditJob, Job};
use common::paper::{Paper, stream};
use common::{ids, run, worker};

fn audit(bytes: &[u8]) -> Vec<Hidden> {
    let mut found = Vec::new();
    let job = Job::Audit(AuditJob {});
    let outcome = run(&worker(), &job, bytes, &Limits::auditing(), &mut |event| {
        if let Event::Hidden(more) = event {
            found.extend(more.iter().cloned());
        }
    });
    let outcome = outcome.unwrap();
    assert!(outcome.whole, "{:?}", ids(&outcome));
    assert!(ids(&outcome).is_empty(), "{:?}", ids(&outcome));
    found
}

/// Text at a place, in the colour that is set.
fn text(x: u32, y: u32, words: &str) -> String {
    format!("BT /F1 14 Tf {x} {y} Td ({words}) Tj ET\n")
}

/// Everything that hides, as it is told.
fn hides(bytes: &[u8]) -> Vec<(Hiding, String)> {
    audit(bytes).into_iter().filter(|h| h.how.hides()).map(|h| (h.how, h.words)).collect()
}

/// The document hides exactly these words in that way, and its twin hides nothing.
fn told_apart(name: &str, bad: &[u8], how: Hiding, words: &str, twin: &[u8]) {
    assert_eq!(hides(bad), [(how, words.to_owned())], "{name}");
    assert_eq!(hides(twin), [], "the twin of {name}");
}

const OPEN: &str = "The meeting was held on 3 March";
const NAME: &str = "Lin Muchuan";
const BAR: &str = "0 g 55 195 120 20 re f\n";

fn open() -> String {
    text(60, 250, OPEN)
}

#[test]
fn text_under_something_is_found_whatever_it_is() {
    let name = text(60, 200, NAME);
    let twin = Paper::of(&format!("{}{BAR}1 g {name}", open())).bytes();
    let covers = [
        ("a black bar", BAR.to_owned()),
        ("a white bar", BAR.replace("0 g", "1 g")),
        ("many thin bars", (0..12).map(|n| format!("0 g 55 {} 120 2 re f\n", 194 + 2 * n)).collect()),
        ("a thick line", "0 G 22 w 55 205 m 175 205 l S\n".to_owned()),
        ("a bar with a label", format!("{BAR}1 g {}", text(70, 200, "REDACTED"))),
        ("a picture", "q 120 0 0 20 55 195 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \u{1} EI Q\n".to_owned()),
    ];
    for (what, cover) in covers {
        let bad = Paper::of(&format!("{}0 g {name}{cover}", open())).bytes();
        told_apart(what, &bad, Hiding::Covered, NAME, &twin);
    }
}

#[test]
fn text_under_an_annotation_is_found_drawn_or_not() {
    let content = format!("{}{}", open(), text(60, 200, NAME));
    let mut drawn = Paper::of(&content);
    let form = drawn.add(stream("/Type/XObject/Subtype/Form/BBox[0 0 120 20]", b"0 g 0 0 120 20 re f"));
    let with = |entries: &str| {
        let mut paper = drawn.clone();
        let place = if entries.contains("/Rect") { "" } else { "/Rect[55 195 175 215]" };
        let square = paper.add(format!("<</Type/Annot{place}{entries}>>"));
        paper.page.push_str(&format!("/Annots[{square} 0 R]"));
        paper.bytes()
    };
    let aside = with("/Subtype/Square/IC[0]/C[0]/Rect[255 195 375 215]");
    let square = with(&format!("/Subtype/Square/AP<</N {form} 0 R>>"));
    told_apart("a drawn square", &square, Hiding::Covered, NAME, &aside);
    let undrawn = with("/Subtype/Square/IC[0 0 0]/C[0]");
    told_apart("a square left to the reader", &undrawn, Hiding::Covered, NAME, &aside);
    let marked = with("/Subtype/Redact/IC[0 0 0]");
    told_apart("a mark for redaction", &marked, Hiding::MarkedForRedaction, NAME, &aside);
    let mute = with("/Subtype/FreeText/F 2/Contents(ask Lin Muchuan)");
    told_apart("a hidden annotation", &mute, Hiding::HiddenAnnotation, "ask Lin Muchuan", &aside);
}

#[test]
fn text_that_has_no_ink_of_its_own_is_found() {
    let name = text(60, 200, NAME);
    let twin = Paper::of(&format!("{}0.75 g {name}", open())).bytes();
    let white = Paper::of(&format!("{}1 g {name}", open())).bytes();
    told_apart("white on white", &white, Hiding::SameColour, NAME, &twin);
    let nearly = Paper::of(&format!("{}0.992 g {name}", open())).bytes();
    told_apart("nearly white on white", &nearly, Hiding::SameColour, NAME, &twin);
    let black = Paper::of(&format!("{}{BAR}{name}", open())).bytes();
    told_apart("black on black", &black, Hiding::SameColour, NAME, &twin);
    let invisible = Paper::of(&format!("{}3 Tr {name}", open())).bytes();
    told_apart("invisible", &invisible, Hiding::Invisible, NAME, &twin);
    let tiny = Paper::of(&format!("{}BT /F1 0.8 Tf 60 200 Td ({NAME}) Tj ET", open())).bytes();
    told_apart("tiny", &tiny, Hiding::Tiny, NAME, &twin);
    let clipped = Paper::of(&format!("{}q 200 0 100 100 re W n {name} Q", open())).bytes();
    told_apart("clipped", &clipped, Hiding::Clipped, NAME, &twin);
    let mut cropped = Paper::of(&format!("{}{name}", open()));
    cropped.page.push_str("/CropBox[0 230 400 300]");
    told_apart("cropped", &cropped.bytes(), Hiding::Outside, NAME, &twin);
    let away = Paper::of(&format!("{}{}", open(), text(4000, 200, NAME))).bytes();
    told_apart("off the page", &away, Hiding::Outside, NAME, &twin);
}

#[test]
fn only_the_covered_part_of_a_line_is_named() {
    let line = text(60, 200, "It was told to Lin Muchuan by his sister");
    let bar = "0 g 141 195 83 20 re f\n";
    let bytes = Paper::of(&format!("{line}{bar}")).bytes();
    let all = audit(&bytes);
    assert_eq!(all.len(), 1, "{all:?}");
    assert_eq!((all[0].words.as_str(), all[0].page), ("Lin Muchuan", Some(1)));
    let [x, y, width, height] = all[0].rect.unwrap();
    // Hundredths of a point from the top left; the bar, with a point round it.
    assert!(x >= 14_200 && x + width <= 22_400, "{x} {width}");
    assert!(y >= 8_400 && y + height <= 10_600, "{y} {height}");
}

/// A grey picture of a page, with bars where it has words, as object.
fn scan(words: &[(u32, u32)]) -> Vec<u8> {
    let mut pixels = vec![255u8; 400 * 300];
    for (x, y) in words {
        for row in 0..9 {
            for column in 0..70 {
                if column % 5 < 3 && (row + column) % 4 != 0 {
                    pixels[((299 - y - row) * 400 + x + column) as usize] = 30;
                }
            }
        }
    }
    stream("/Type/XObject/Subtype/Image/Width 400/Height 300/ColorSpace/DeviceGray/BitsPerComponent 8", &pixels)
}

#[test]
fn the_text_of_a_scan_is_no_hidden_text_but_where_the_scan_shows_nothing() {
    let both = format!("3 Tr {}{}", text(60, 250, "The meeting"), text(60, 200, NAME));
    let page = |picture: Vec<u8>, before: &str, after: &str| {
        let mut paper = Paper::of(&format!("{before}q 400 0 0 300 0 0 cm /Im Do Q\n{after}"));
        let picture = paper.add(picture);
        paper.resources.push_str(&format!("/XObject<</Im {picture} 0 R>>"));
        paper.bytes()
    };
    let whole = page(scan(&[(60, 250), (60, 200)]), "", &both);
    let struck = page(scan(&[(60, 250)]), "", &both);
    told_apart("a scan painted white", &struck, Hiding::Invisible, NAME, &whole);
    // Other scanners put the text under the picture.
    let under = format!("0 g {}{}", text(60, 250, "The meeting"), text(60, 200, NAME));
    assert_eq!(hides(&page(scan(&[(60, 250), (60, 200)]), &under, "")), []);
    assert_eq!(hides(&page(scan(&[(60, 250)]), &under, "")), [(Hiding::Covered, NAME.to_owned())]);
    // A bar over the scan hides the picture's word badly, and the text's.
    let mut barred = hides(&page(scan(&[(60, 250), (60, 200)]), "", &format!("{both}{BAR}")));
    barred.sort();
    assert_eq!(barred, [(Hiding::Invisible, NAME.to_owned()), (Hiding::PictureCovered, String::new())]);
    assert_eq!(hides(&page(scan(&[(60, 250)]), "", BAR)), []);
}

#[test]
fn what_an_earlier_version_shows_is_found() {
    let name = format!("{}{}", open(), text(60, 200, NAME));
    let bad = Paper::of(&name).then(&open());
    let twin = Paper::of(&open()).then(&name);
    told_apart("an earlier version", &bad, Hiding::EarlierVersion, NAME, &twin);
}

#[test]
fn what_no_page_shows_is_found() {
    let twin = Paper::of(&open());
    let mut bad = twin.clone();
    bad.add(stream("", text(60, 200, NAME).as_bytes()));
    told_apart("a loose content", &bad.bytes(), Hiding::Unreferenced, NAME, &twin.bytes());
    let mut page = twin.clone();
    let content = page.add(stream("", text(60, 200, NAME).as_bytes()));
    page.add(format!("<</Type/Page/MediaBox[0 0 400 300]/Resources<</Font<</F1 5 0 R>>>>/Contents {content} 0 R>>"));
    told_apart("a loose page", &page.bytes(), Hiding::Unreferenced, NAME, &twin.bytes());
    let mut picture = twin.clone();
    picture.add(scan(&[(60, 200)]));
    told_apart("a loose picture", &picture.bytes(), Hiding::UnreferencedPicture, "", &twin.bytes());
}

#[test]
fn a_layer_that_is_off_is_found() {
    let layered = |state: &str| {
        let mut paper = Paper::of(&format!("{}/OC /L BDC {} EMC", open(), text(60, 200, NAME)));
        let layer = paper.add("<</Type/OCG/Name(notes)>>");
        paper.resources.push_str(&format!("/Properties<</L {layer} 0 R>>"));
        paper.root.push_str(&format!("/OCProperties<</OCGs[{layer} 0 R]/D<</{state}[{layer} 0 R]>>>>"));
        paper.bytes()
    };
    told_apart("a layer", &layered("OFF"), Hiding::LayerOff, NAME, &layered("ON"));
    let form = |state: &str| {
        let mut paper = Paper::of(&format!("{}/X Do", open()));
        let layer = paper.add("<</Type/OCG/Name(notes)>>");
        let entries =
            format!("/Type/XObject/Subtype/Form/BBox[0 0 400 300]/OC {layer} 0 R/Resources<</Font<</F1 5 0 R>>>>");
        let form = paper.add(stream(&entries, text(60, 200, NAME).as_bytes()));
        paper.resources.push_str(&format!("/XObject<</X {form} 0 R>>"));
        paper.root.push_str(&format!("/OCProperties<</OCGs[{layer} 0 R]/D<</{state}[{layer} 0 R]>>>>"));
        paper.bytes()
    };
    told_apart("a form in a layer", &form("OFF"), Hiding::LayerOff, NAME, &form("ON"));
}

#[test]
fn labels_on_bars_hide_nothing() {
    let stamp = |n: u32| {
        let (y, size) = (30 + 50 * n, 6 + 2 * n);
        format!("0 g 55 {y} 120 24 re f BT /F1 {size} Tf 60 {} Td (03/23/2019) Tj ET\n", y + 8)
    };
    let fitted: String = (0..4).map(stamp).collect();
    let labels = format!("{BAR}{}", text(60, 200, "REDACTED"));
    for content in [fitted, labels] {
        let all = audit(&Paper::of(&format!("{}{content}", open())).bytes());
        assert!(!all.is_empty() && all.iter().all(|h| h.how == Hiding::Label), "{all:?}");
    }
    // The same date three times in the size of the text is what was struck.
    let same: String =
        (0..4).map(|n| format!("0 g 55 {} 120 24 re f {}", 30 + 50 * n, text(60, 38 + 50 * n, "03/23/2019"))).collect();
    assert_eq!(hides(&Paper::of(&format!("{}{same}", open())).bytes()).len(), 4);
}

#[test]
fn what_papers_usually_do_is_let_through() {
    let name = text(60, 200, NAME);
    let shadow = format!("0.6 g {}0 g {name}", text(61, 199, NAME));
    let white_shadow = format!("1 g {}0 g {name}", text(61, 199, NAME));
    let usual = [
        ("a shaded cell", format!("0.85 g 50 190 200 25 re f 0 g {name}")),
        ("white on dark", format!("0.1 0.1 0.4 rg 50 190 200 25 re f 1 g {name}")),
        ("twice for bold", format!("{name}{name}")),
        ("a shadow", shadow),
        ("a shadow of paper", white_shadow),
        ("a frame", format!("{name}0 G 50 190 200 25 re S")),
        ("underlined", format!("{name}60 198 80 0.7 re f")),
        ("a coloured page", format!("0.9 0.95 1 rg 0 0 400 300 re f 0.2 0.2 0.2 rg {name}")),
        ("outlined", format!("1 Tr {name}")),
        ("spaces under a bar", format!("{}{BAR}", text(60, 200, "     "))),
    ];
    for (what, content) in usual {
        assert_eq!(hides(&Paper::of(&format!("{content} 0 g {}", open())).bytes()), [], "{what}");
    }
    let mut lit = Paper::of(&format!("{name}/G gs 1 1 0 rg 55 195 120 20 re f"));
    lit.resources.push_str("/ExtGState<</G<</BM/Multiply>>>>");
    assert_eq!(hides(&lit.bytes()), [], "a highlighter");
}

#[test]
fn what_is_carried_along_is_told_and_does_not_hide() {
    let mut paper = Paper::of(&open());
    let file = paper.add(stream("/Type/EmbeddedFile", b"a list of names"));
    let spec = paper.add(format!("<</Type/Filespec/F(list.txt)/EF<</F {file} 0 R>>>>"));
    paper.root.push_str(&format!("/Names<</EmbeddedFiles<</Names[(list.txt) {spec} 0 R]>>>>"));
    let note = paper.add("<</Type/Annot/Subtype/Text/Rect[1 1 9 9]/Contents(who said so?)>>");
    paper.page.push_str(&format!("/Annots[{note} 0 R]"));
    let all: Vec<_> = audit(&paper.bytes()).into_iter().map(|h| (h.how, h.words, h.count)).collect();
    assert_eq!(all, [(Hiding::Comment, "who said so?".into(), 12), (Hiding::Attachment, "list.txt".into(), 15)]);
}

#[test]
fn what_is_no_document_is_not_called_clean() {
    let job = Job::Audit(AuditJob {});
    for bytes in [&b"plain words"[..], b"PK\x03\x04 nothing", b"%PDF-1.7 nothing"] {
        let outcome = run(&worker(), &job, bytes, &Limits::auditing(), &mut |_| ()).unwrap();
        assert_eq!(ids(&outcome).len(), 1, "{:?}", ids(&outcome));
    }
}
