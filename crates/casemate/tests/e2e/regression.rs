//! What strangers found when they tried the program, each held from then on.

use crate::kit::{Room, repository, rows};
use serde_json::Value;
use std::path::PathBuf;

/// A case with the demo's papers, and the answer of its intake.
fn papers() -> (Room, Value) {
    let room = Room::with_case();
    let added = room.run(&["add", repository().join("demo/papers").to_str().unwrap()]).done();
    (room, added)
}

fn hits(room: &Room, query: &str) -> Vec<Value> {
    rows(&room.run(&["search", query]).done(), "hits").to_vec()
}

#[test]
fn r101_an_index_that_proves_damaged_while_it_answers_is_built_again() {
    let (room, _) = papers();
    let before = hits(&room, "passport");
    assert!(!before.is_empty());
    let index = room.case().join("index/identity");
    let files = |index: &PathBuf| -> Vec<PathBuf> {
        std::fs::read_dir(index).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_file()).collect()
    };
    let mut hurt = 0;
    // A byte in the middle of a frame: the file opens, its frame does not.
    for path in files(&index) {
        let mut bytes = std::fs::read(&path).unwrap();
        if bytes.len() > 200 {
            let at = 96 + (bytes.len() - 96) / 2;
            bytes[at] ^= 0x55;
            std::fs::write(&path, bytes).unwrap();
            hurt += 1;
        }
    }
    assert!(hurt > 0);
    assert_eq!(hits(&room, "passport"), before);
    assert_eq!(hits(&room, "passport"), before, "and stays mended");
}

#[test]
fn r102_a_case_is_not_sealed_into_itself() {
    let (room, added) = papers();
    let case = room.case();
    std::fs::write(case.join("mine.txt"), "a note that somebody keeps beside the case's own files\n").unwrap();
    let again = room.run(&["add", case.to_str().unwrap(), "--no-transcribe"]).code(1);
    let sealed: Vec<&str> = rows(&again, "sealed").iter().map(|s| s["source"].as_str().unwrap()).collect();
    assert_eq!(sealed, [case.join("mine.txt").to_str().unwrap()]);
    let refused: Vec<&str> = rows(&again, "refused").iter().map(|r| r["id"].as_str().unwrap()).collect();
    assert!(refused.len() >= 4 && refused.iter().all(|id| *id == "own-case"), "{refused:?}");
    assert!(rows(&added, "refused").is_empty());
}

#[test]
fn r103_what_is_embedded_too_deep_is_named() {
    let room = Room::with_case();
    let mut mail = "From: a@post.example\r\nSubject: innermost\r\n\r\nthe nested core word\r\n".to_owned();
    for depth in 0..12 {
        mail = format!(
            "From: a@post.example\r\nSubject: level {depth}\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/mixed; boundary=b{depth}\r\n\r\n--b{depth}\r\nContent-Type: text/plain\r\n\r\n\
             level {depth}\r\n--b{depth}\r\nContent-Type: message/rfc822\r\n\
             Content-Disposition: attachment; filename=in{depth}.eml\r\n\r\n{mail}\r\n--b{depth}--\r\n"
        );
    }
    let path = room.path("sources/nested.eml");
    std::fs::write(&path, mail).unwrap();
    let added = room.run(&["add", path.to_str().unwrap()]).done();
    let sealed = rows(&added, "sealed").len();
    let deep =
        |a: &Value| rows(a, "not_read").iter().filter(|n| n["findings"].to_string().contains("too-deep")).count();
    assert!(sealed >= 8 && deep(&added) == 1, "{added:#}");
    assert_eq!(added["read"], sealed - 1, "what was not read is not counted as read");
    let again = room.run(&["add", path.to_str().unwrap()]).done();
    assert_eq!(deep(&again), 0, "{again:#}");
    assert_eq!(hits(&room, "\"nested core word\"").len(), 1);
}

#[test]
fn r104_a_damaged_log_says_so_wherever_it_is_shown() {
    let (room, _) = papers();
    let lanes = room.case().join("lanes");
    let lane = std::fs::read_dir(&lanes).unwrap().next().unwrap().unwrap().path();
    let segment = lane.join("segments/00000000");
    let bytes = std::fs::read(&segment).unwrap();
    std::fs::write(&segment, &bytes[..bytes.len() / 2]).unwrap();
    for arguments in [&["ls"][..], &["search", "passport"], &["person", "ls"]] {
        let ran = room.run(arguments);
        assert!(ran.err.contains("damaged"), "{arguments:?}: {}", ran.err);
    }
}
