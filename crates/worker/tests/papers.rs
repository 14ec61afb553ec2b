//! The text of a PDF is what its pages draw, and what stands beside them.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::indexing_slicing, reason = "tests")]

mod common;

use casemate_ports::reading::Place;
use common::paper::{Paper, stream};
use common::{ids, read_bytes};

/// Text at a place.
fn text(x: u32, y: u32, words: &str) -> String {
    format!("BT /F1 10 Tf {x} {y} Td ({words}) Tj ET\n")
}

fn texts(bytes: &[u8]) -> Vec<String> {
    read_bytes(bytes, None).reading.passages.into_iter().map(|p| p.text).collect()
}

#[test]
fn lines_are_joined_by_where_they_stand() {
    let rows: [(&str, &str, &[&str]); 9] = [
        ("two lines", &(text(20, 250, "first line") + &text(20, 238, "second line")), &["first line\nsecond line"]),
        ("far apart", &(text(20, 250, "above") + &text(20, 200, "below")), &["above", "below"]),
        ("a row of cells", &(text(20, 250, "Name") + &text(200, 250, "Lin Muchuan")), &["Name\tLin Muchuan"]),
        ("a word in two strings", "BT /F1 10 Tf 20 250 Td (Much) Tj (uan) Tj ET", &["Muchuan"]),
        ("kerned", "BT /F1 10 Tf 20 250 Td [(L) 40 (in) -300 (Much) 20 (uan)] TJ ET", &["Lin Muchuan"]),
        ("drawn from its end", &(text(62, 250, "Muchuan") + &text(45, 250, "Lin ")), &["Lin Muchuan"]),
        ("drawn twice for bold", &(text(20, 250, "Lin") + "BT /F1 10 Tf 20.4 250 Td (Lin) Tj ET"), &["Lin"]),
        ("letters set apart", "BT /F1 10 Tf 4 Tc 20 250 Td (MUCHUAN) Tj ET", &["MUCHUAN"]),
        ("not shown, as over a scan", "BT 3 Tr /F1 10 Tf 20 250 Td (Lin Muchuan) Tj ET", &["Lin Muchuan"]),
    ];
    for (name, content, expected) in rows {
        assert_eq!(texts(&Paper::of(content).bytes()), expected, "{name}");
    }
}

#[test]
fn columns_are_read_one_after_the_other() {
    let column = |x, words: [&str; 3]| -> String {
        words.iter().zip([250, 238, 226]).map(|(word, y)| text(x, y, word)).collect()
    };
    let both = column(20, ["a one", "a two", "a three"]) + &column(220, ["b one", "b two", "b three"]);
    assert_eq!(texts(&Paper::of(&both).bytes()), ["a one\na two\na three", "b one\nb two\nb three"]);
}

#[test]
fn a_rectangle_is_of_the_page_as_it_is_drawn() {
    let mut paper = Paper::of(&text(20, 250, "Lin"));
    let place = |paper: &Paper| match read_bytes(&paper.bytes(), None).reading.passages[0].place {
        Place::Page { number: 1, rect: Some(rect) } => rect,
        ref other => unreachable!("{other:?}"),
    };
    // 300 high: the baseline is 50 from the top, 8.5 above it and 1.5 below are the letter's.
    let [left, top, width, height] = place(&paper);
    assert_eq!((left, top, height), (2000, 4150, 1000));
    assert!((1000..1400).contains(&width), "{width}");
    // Turned by a quarter, what was left is above.
    paper.page.push_str("/Rotate 90");
    let [turned_left, turned_top, turned_width, turned_height] = place(&paper);
    assert_eq!((turned_top, turned_width, turned_height), (left, height, width));
    assert_eq!(turned_left, 30_000 - top - height);
}

#[test]
fn what_stands_beside_the_page_is_read_where_it_is_not_drawn() {
    let mut paper = Paper::of(&text(20, 250, "Shown by the page"));
    let note = paper.add("<</Type/Annot/Subtype/Text/Rect[20 100 40 120]/T(Counsel)/Contents(ask the sister)>>");
    let field = paper.add("<</FT/Tx/T(name)/V(\\376\\377\\147\\227)>>");
    let box_of_it = paper.add(format!("<</Subtype/Widget/Rect[20 60 90 80]/Parent {field} 0 R>>"));
    let same = paper.add("<</Subtype/Widget/Rect[20 30 90 50]/V(shown by THE page)>>");
    let link = paper.add("<</Subtype/Link/Rect[20 10 90 20]/A<</S/URI/URI(https://example.org/lin)>>>>");
    paper.page.push_str(&format!("/Annots[{note} 0 R {box_of_it} 0 R {same} 0 R {link} 0 R]"));
    let second = paper.add("<</Title(Two)>>");
    let first = paper.add(format!("<</Title(One)/Next {second} 0 R>>"));
    let held = paper.add(stream("/Type/EmbeddedFile", b"a letter"));
    paper.root = format!(
        "/Outlines<</First {first} 0 R>>/Names<</EmbeddedFiles<</Names[(a)<</F(a.txt)/EF<</F {held} 0 R>>>>]>>>>"
    );
    let outcome = read_bytes(&paper.bytes(), None);
    assert!(ids(&outcome).is_empty(), "{:?}", ids(&outcome));
    let passages = &outcome.reading.passages;
    let told: Vec<&str> = passages.iter().map(|p| p.text.as_str()).collect();
    assert_eq!(told, ["One", "Two", "Shown by the page", "ask the sister", "林", "https://example.org/lin"]);
    assert_eq!(passages[3].speaker.as_deref(), Some("Counsel"));
    let place = |x, y, width, height| Place::Page { number: 1, rect: Some([x, y, width, height]) };
    assert_eq!(passages[3].place, place(2000, 18_000, 2000, 2000));
    let parts: Vec<_> = outcome.reading.parts.iter().map(|p| (p.name.as_str(), p.size)).collect();
    assert_eq!(parts, [("a.txt", 8)]);
}

#[test]
fn a_circle_of_bookmarks_ends() {
    let mut own = Paper::of(&text(20, 250, "page"));
    let next = own.add("<</Title(Own)/Next 6 0 R/First 6 0 R>>");
    assert_eq!(next, 6, "it names itself");
    own.root = "/Outlines<</First 6 0 R>>".to_owned();
    assert_eq!(texts(&own.bytes()), ["Own", "page"]);
}

#[test]
fn letters_without_characters_are_counted_and_not_guessed() {
    let mut paper = Paper::of("BT /F1 10 Tf 20 250 Td (Lin) Tj /G gs <00240025> Tj ET");
    let deep = "<</Type/Font/Subtype/CIDFontType2/BaseFont/Unknown/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>";
    let deep = paper.add(deep);
    let font = format!("<</Type/Font/Subtype/Type0/BaseFont/Unknown/Encoding/Identity-H/DescendantFonts[{deep} 0 R]>>");
    let font = paper.add(font);
    // A state of graphics may name a font as well.
    paper.resources = format!("/ExtGState<</G <</Font[{font} 0 R 10]>>>>");
    let outcome = read_bytes(&paper.bytes(), None);
    let told: Vec<&str> = outcome.reading.passages.iter().map(|p| p.text.as_str()).collect();
    assert_eq!(told, ["Lin"]);
    assert_eq!(ids(&outcome), ["text-uncertain"]);
    assert!(outcome.reading.findings[0].detail.starts_with("of 2 letters"), "{:?}", outcome.reading.findings);
}

#[test]
fn a_layer_that_is_switched_off_is_read_and_told() {
    let mut paper = Paper::of(&(text(20, 250, "shown") + "/OC /L BDC " + &text(20, 200, "hidden name") + "EMC"));
    let layer = paper.add("<</Type/OCG/Name(Draft)>>");
    paper.root = format!("/OCProperties<</OCGs[{layer} 0 R]/D<</OFF[{layer} 0 R]>>>>");
    paper.resources = format!("/Properties<</L {layer} 0 R>>");
    let outcome = read_bytes(&paper.bytes(), None);
    let told: Vec<&str> = outcome.reading.passages.iter().map(|p| p.text.as_str()).collect();
    assert_eq!(told, ["shown", "hidden name"]);
    assert_eq!(ids(&outcome), ["layer-off"]);
}
