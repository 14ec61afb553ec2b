//! A photograph and a scan: their words are read, found, and stand where they can be seen; a stop loses no page.

use crate::kit::{Room, models, repository, rows};
use casemate_app::recognise::recognise;
use casemate_app::{Stage, Watch};
use casemate_vault::Access;
use std::cell::RefCell;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

/// A page of ours.
fn page(name: &str) -> PathBuf {
    repository().join("crates/ocr/tests/pages").join(name)
}

/// The page `times` times in one PDF, each as a picture and nothing else.
fn scan(times: usize) -> Vec<u8> {
    let picture = image::open(page("phone.png")).unwrap().to_luma8();
    let (width, height) = picture.dimensions();
    let dictionary =
        format!("/Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 8/ColorSpace/DeviceGray");
    let stream = |entries: &str, bytes: &[u8]| {
        let head = format!("<<{entries}/Length {}>>\nstream\n", bytes.len());
        [head.as_bytes(), bytes, b"\nendstream"].concat()
    };
    let kids: String = (0..times).map(|n| format!("{} 0 R ", n + 5)).collect();
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!("<</Type/Pages/Count {times}/Kids[{kids}]>>").into_bytes(),
        stream("", b"q 300 0 0 600 0 0 cm /I Do Q"),
        stream(&dictionary, picture.as_raw()),
    ];
    let sheet = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 600]/Resources<</XObject<</I 4 0 R>>>>/Contents 3 0 R>>";
    objects.extend(std::iter::repeat_n(sheet.as_bytes().to_vec(), times));
    let (mut out, mut places) = (b"%PDF-1.7\n".to_vec(), Vec::new());
    for (number, object) in (1..).zip(&objects) {
        places.push(out.len());
        out.extend([format!("{number} 0 obj\n").as_bytes(), object, b"\nendobj\n"].concat());
    }
    let (table, size) = (out.len(), objects.len() + 1);
    out.extend(format!("xref\n0 {size}\n0000000000 65535 f \n").bytes());
    out.extend(places.iter().flat_map(|at| format!("{at:010} 00000 n \n").into_bytes()));
    out.extend(format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n").bytes());
    out
}

#[test]
fn the_words_of_a_photograph_are_found_and_stand_where_they_are_seen() {
    if models().is_none() {
        return;
    }
    let room = Room::with_case();
    let photo = page("statement-fr.png");
    let first = room.run(&["add", "--no-ocr", photo.to_str().unwrap()]).done();
    assert_eq!(
        (first["recognised"].as_u64(), first["not_read"][0]["findings"][0]["id"].as_str()),
        (Some(0), Some("picture-unread"))
    );
    let read = room.run(&["ocr"]).done();
    assert_eq!((read["recognised"].as_u64(), rows(&read, "not_recognised").len()), (Some(1), 0), "{read}");
    let text = room.run(&["read", "1", "--format", "json"]).done();
    let said: Vec<&str> = rows(&text["reading"], "passages").iter().map(|p| p["text"].as_str().unwrap()).collect();
    assert!(said.concat().contains("dépourvue de signature"), "{said:?}");
    let hits = room.run(&["search", "dépourvue"]).done();
    let hit = &rows(&hits, "hits")[0];
    assert!(hit["place"]["page"]["rect"][2].as_u64() > Some(0), "{hit}");
    // What was said of it before is said no more, and a second run does nothing.
    let shown = room.run(&["show", "1"]).done();
    let ids: Vec<&str> = rows(&shown, "findings").iter().map(|f| f["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["text-recognised"]);
    assert_eq!(room.run(&["ocr"]).done()["recognised"], 0);
    assert_eq!(room.run(&["ls", "--unread"]).done()["exhibits"], serde_json::json!([]));
    let again = room.run(&["add", photo.to_str().unwrap()]).done();
    assert_eq!((again["recognised"].as_u64(), rows(&again, "kinds").len()), (Some(0), 0));
}

#[test]
fn a_scan_that_is_stopped_goes_on_at_its_next_page() {
    if models().is_none() {
        return;
    }
    let room = Room::with_case();
    let paper = room.path("sources/scan.pdf");
    std::fs::write(&paper, scan(4)).unwrap();
    room.run(&["add", "--no-ocr", paper.to_str().unwrap()]).done();
    let mut session = room.session(Access::Write);
    let (stop, pages) = (AtomicBool::new(false), AtomicBool::new(false));
    let tell = |p: casemate_app::Progress| {
        assert_eq!((p.stage, p.total, p.exhibit), (Stage::Recognising, Some(4), Some(1)));
        pages.store(true, Ordering::SeqCst);
        stop.store(true, Ordering::SeqCst);
    };
    let reply = recognise(&RefCell::new(&mut session), &[], &Watch { tell: &tell, stop: &stop }).unwrap();
    assert!(reply.stopped && reply.recognised == 0 && pages.load(Ordering::SeqCst));
    session.close();
    let shown = room.run(&["show", "1"]).done();
    let part = rows(&shown, "derived").iter().find(|d| d["what"] == "ocr-part").unwrap();
    let finished = part["about"]["until_ms"].as_u64().unwrap();
    assert!((1..4).contains(&finished), "{finished} pages");
    assert_eq!(room.run(&["ocr"]).done()["recognised"], 1);
    let text = room.run(&["read", "1", "--format", "json"]).done();
    let mut of_page = [0; 4];
    for passage in rows(&text["reading"], "passages") {
        of_page[passage["place"]["page"]["number"].as_u64().unwrap() as usize - 1] += 1;
    }
    assert!(of_page[0] > 0 && of_page.iter().all(|n| *n == of_page[0]), "{of_page:?}");
}
