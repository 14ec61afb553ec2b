//! Bad input: whatever comes in is sealed, what can't be read is named, and what is damaged is named too.

use crate::kit::{PASSPHRASE, Room, data, files, finished, repository, rows};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use serde_json::Value;
use std::io::Write;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

/// What the exploding page would inflate to, bytes.
const EXPLODED: usize = 600 << 20;
const DEATHS: [&str; 3] = ["worker-crashed", "worker-answer-malformed", "worker-exited"];

/// Files that can't be read, or not whole: each must be named.
fn bad_files(folder: &Path) -> Vec<&'static str> {
    let demo = repository().join("demo");
    let call = std::fs::read(demo.join("calls/en-reporter.wav")).unwrap();
    let letter = std::fs::read(demo.join("papers/letter-bank.pdf")).unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.join(name), bytes).unwrap();
    write("empty.amr", b"");
    write("cut.wav", &call[..30]);
    write("cut.pdf", &letter[..letter.len() / 3]);
    write("page.jpg", b"<html><body><p>This is no photograph.</p></body>");
    write("sound.pdf", &call[..20_000]);
    write("noise.amr", &(0..9_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 11) as u8).collect::<Vec<_>>());
    write("exploding.pdf", &exploding());
    let deep = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n".repeat(3_000);
    write("deep.eml", format!("From: a@post.example\r\nSubject: deep\r\n{deep}\r\nend\r\n").as_bytes());
    write("deep.html", format!("<html><body>{}end", "<div>".repeat(300_000)).as_bytes());
    vec!["empty.amr", "cut.wav", "cut.pdf", "noise.amr"]
}

/// A page whose content is megabytes of nothing when it is inflated.
fn exploding() -> Vec<u8> {
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::best());
    let piece = vec![b' '; 1 << 20];
    (0..EXPLODED >> 20).for_each(|_| zlib.write_all(&piece).unwrap());
    let content = zlib.finish().unwrap();
    let mut out = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>\nendobj\n".to_vec();
    out.extend(format!("4 0 obj\n<< /Length {} /Filter /FlateDecode >>\nstream\n", content.len()).into_bytes());
    out.extend(content);
    out.extend(b"\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n");
    out
}

#[test]
fn bad_files_are_sealed_and_named_and_the_rest_goes_on() {
    let Some(hostile) = data("hostile") else { return };
    let room = Room::with_case();
    let folder = room.path("sources/bad");
    std::fs::create_dir_all(folder.join("inner")).unwrap();
    let unread = bad_files(&folder);
    std::fs::write(folder.join("inner/good.txt"), "The rest goes on.\n").unwrap();
    symlink("..", folder.join("inner/loop")).unwrap();
    symlink("itself", folder.join("itself")).unwrap();
    let pipe = folder.join("pipe");
    assert_eq!(finished(room.command(Path::new("mkfifo")).arg_of(&pipe)).code, Some(0));
    let arguments = ["add", folder.to_str().unwrap(), hostile.to_str().unwrap(), "--no-transcribe"];
    let added = room.run(&arguments).code(1);
    let refused: Vec<&str> = rows(&added, "refused").iter().map(|r| r["source"].as_str().unwrap()).collect();
    assert_eq!(refused.len(), 3, "{refused:?}: what is no file is refused by name, and only that");
    let on_disk = [files(&folder), files(&hostile)].concat();
    let named = |p: &PathBuf| {
        let is = |row: &Value| row["source"] == p.to_str().unwrap();
        ["sealed", "duplicates"].iter().any(|key| rows(&added, key).iter().any(is))
    };
    let unnamed: Vec<&PathBuf> = on_disk.iter().filter(|p| !named(p)).collect();
    assert!(unnamed.is_empty(), "{unnamed:?}");
    let not_read = rows(&added, "not_read");
    for name in unread {
        let row = not_read.iter().find(|r| r["source"].as_str().unwrap().ends_with(name));
        println!("{name}: {}", row.unwrap_or_else(|| panic!("{name} is not named: {added}"))["findings"]);
    }
    for row in not_read {
        assert!(!rows(row, "findings").is_empty(), "{row}");
        assert!(!rows(row, "findings").iter().any(|f| DEATHS.iter().any(|d| f["id"] == *d)), "{row}");
    }
    let encrypted = not_read.iter().filter(|r| r["findings"].to_string().contains("encrypted")).count();
    println!("{} files, {} not read or not whole, {encrypted} encrypted", on_disk.len(), not_read.len());
    assert!(encrypted >= 3, "{added}");
    // What the page says is read though it calls itself a photograph, and the good file is read.
    for words in ["photograph", "\"rest goes on\""] {
        assert_eq!(room.run(&["search", words]).done()["hits"].as_array().unwrap().len(), 1, "{words}");
    }
    assert_eq!(room.run(&["verify"]).done()["damaged"], false);
}

trait Argument {
    fn arg_of(self, path: &Path) -> Self;
}

impl Argument for std::process::Command {
    fn arg_of(mut self, path: &Path) -> Self {
        self.arg(path);
        self
    }
}

/// The id of the error that was told.
fn error(answer: &Value) -> &str {
    answer["error"]["id"].as_str().unwrap_or_default()
}

#[test]
fn a_wrong_passphrase_is_exit_3() {
    let room = Room::with_case();
    let run = |text: &str| {
        std::fs::write(room.path("sources/other"), text).unwrap();
        let path = room.path("sources/other");
        room.run(&["ls", "--passphrase-file", path.to_str().unwrap()])
    };
    assert_eq!(error(&run("quarry lantern seven boats awake\n").code(3)), "wrong-passphrase");
    run(&format!("{PASSPHRASE} \n")).code(3);
    run("\n").code(3);
    run(&format!("{PASSPHRASE}\r\n")).done();
    let mut command = room.casemate(&["ls"]);
    command.env_remove("CASEMATE_PASSPHRASE_FILE");
    assert_eq!(finished(command).code, Some(3), "nobody to ask");
}

/// A copy of the case, damaged.
fn damaged(room: &Room, name: &str, damage: impl FnOnce(&Path)) -> PathBuf {
    let copy = room.path(name);
    let mut cp = room.command(Path::new("cp"));
    cp.arg("-a").arg(room.case()).arg(&copy);
    assert_eq!(finished(cp).code, Some(0));
    damage(&copy);
    copy
}

fn flip(path: &Path, at: impl FnOnce(usize) -> usize) {
    let mut bytes = std::fs::read(path).unwrap();
    let at = at(bytes.len());
    bytes[at] ^= 0x10;
    std::fs::write(path, bytes).unwrap();
}

fn one(case: &Path, part: &str) -> PathBuf {
    let all = files(case);
    let mut fits = all.into_iter().filter(|p| p.strip_prefix(case).unwrap().to_str().unwrap().contains(part));
    fits.next().unwrap_or_else(|| panic!("no {part} in {}", case.display()))
}

/// The failed findings of `verify` on a case: ids and exhibits.
fn failed(room: &Room, case: &Path) -> Vec<(String, Option<u64>)> {
    let verdict = room.run(&["verify", case.to_str().unwrap()]).code(4);
    let failed = rows(&verdict, "findings").iter().filter(|f| f["status"] == "failed");
    failed.map(|f| (f["id"].as_str().unwrap().to_owned(), f["exhibit"].as_u64())).collect()
}

#[test]
fn what_is_damaged_is_named_and_what_is_whole_stays_readable() {
    let room = Room::with_case();
    let papers = ["first", "second", "third"].map(|name| {
        let path = room.path(&format!("sources/{name}.txt"));
        // The second is by far the longest, so that its object is known by its size.
        let lines = if name == "second" { 30_000 } else { 10 };
        std::fs::write(&path, format!("The {name} paper says this.\n").repeat(lines)).unwrap();
        path
    });
    for paper in &papers {
        room.run(&["add", paper.to_str().unwrap()]).done();
    }
    assert_eq!(room.run(&["verify"]).done()["damaged"], false);

    let size = |p: &PathBuf| std::fs::metadata(p).unwrap().len();
    let object = damaged(&room, "object", |case| {
        let objects = files(&case.join("objects"));
        let sealed = objects.iter().filter(|p| size(p) > size(&papers[1])).min_by_key(|p| size(p)).unwrap();
        flip(sealed, |len| len / 2);
    });
    assert_eq!(failed(&room, &object), [("object-damaged".to_owned(), Some(2))]);
    let case = object.to_str().unwrap();
    let text = |n: &str| room.run(&["read", n, "--case", case]);
    text("1").done();
    text("3").done();
    let to = room.path("out/rest");
    let exported = room.run(&["export", to.to_str().unwrap(), "--case", case]).code(1);
    assert_eq!((exported["written"].as_u64(), exported["failed"][0]["exhibit"].as_u64()), (Some(2), Some(2)));
    assert_eq!(std::fs::read(one(&to, "third")).unwrap(), std::fs::read(&papers[2]).unwrap());

    let head = damaged(&room, "head", |case| flip(&one(case, "head-"), |len| len / 2));
    assert!(failed(&room, &head).iter().any(|(id, _)| id == "head-damaged"));
    assert_eq!(rows(&room.run(&["ls", "--case", head.to_str().unwrap()]).done(), "exhibits").len(), 3);

    let segment = damaged(&room, "segment", |case| flip(&one(case, "segments/"), |len| len * 9 / 10));
    let found = failed(&room, &segment);
    for id in ["segment-damaged", "lane-damaged"] {
        assert!(found.iter().any(|(named, _)| named == id), "{found:?}");
    }
    let case = segment.to_str().unwrap();
    assert!(room.run(&["read", "1", "--case", case]).done()["reading"].to_string().contains("first paper"));
    // What is done next neither mends nor hides it.
    room.run(&["add", papers[0].to_str().unwrap(), "--case", case]);
    assert!(!failed(&room, &segment).is_empty());
}
