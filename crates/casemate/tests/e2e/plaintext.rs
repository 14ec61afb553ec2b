//! Nothing in clear on the disk: a word planted in texts, mails, names and pages is in no file of a private root but its
//! sources, whatever was done and however it was killed; and what was acknowledged is there.

use crate::kit::{Room, files, finished, rows, signal, until, waited};
use casemate_testkit::scan::{Leak, Scanner};
use rustix::process::Signal;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};

/// Stand nowhere else.
const CANARY: &str = "Quillonbrackwater";
const CANARY_HAN: &str = "琉璃雁七渡口";
/// Files of the intake that is killed.
const MANY: usize = 40;
/// After how many new objects it is killed: while sealing, while reading.
const MOMENTS: [usize; 4] = [1, 9, 25, 45];
/// One file more, of the intake that crashes.
const CRASH_FILE: &str = "/crash.txt";

fn scanner() -> Scanner {
    Scanner::new(&[CANARY, CANARY_HAN, crate::kit::PASSPHRASE], 8)
}

/// What was planted: text, mail, page, paper, table, and the canary in a name.
fn plant(folder: &Path) {
    let both = format!("{CANARY} met {CANARY_HAN} on the quay.");
    let write = |name: &str, text: String| std::fs::write(folder.join(name), text).unwrap();
    write("note.txt", format!("First line.\n{both}\n"));
    write(&format!("{CANARY}-{CANARY_HAN}.txt"), "Only the name tells.\n".into());
    write("page.html", format!("<html><head><title>{both}</title></head><body><p>{both}</p></body></html>\n"));
    write("list.csv", format!("date,who,what\n2025-03-03,{CANARY},{CANARY_HAN}\n"));
    let base64 = Command::new("base64").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    std::io::Write::write_all(&mut base64.stdin.as_ref().unwrap(), both.as_bytes()).unwrap();
    let encoded = String::from_utf8(base64.wait_with_output().unwrap().stdout).unwrap();
    let head =
        "From: a@post.example\r\nTo: b@post.example\r\nDate: Mon, 3 Mar 2025 10:00:00 +0100\r\nMIME-Version: 1.0\r\n";
    let part = |kind: &str, name: &str| {
        format!("--x\r\nContent-Type: {kind}{name}\r\nContent-Transfer-Encoding: base64\r\n\r\n{encoded}\r\n")
    };
    let parts =
        [part("text/plain; charset=utf-8", ""), part("text/plain", &format!("; name=\"{CANARY}.txt\""))].concat();
    let kind = "Content-Type: multipart/mixed; boundary=x\r\n";
    write("mail.eml", format!("{head}Subject: {CANARY}\r\n{kind}\r\n{parts}--x--\r\n"));
    std::fs::write(folder.join("paper.pdf"), pdf(CANARY)).unwrap();
}

/// A page that says one word.
fn pdf(word: &str) -> Vec<u8> {
    let page = format!("BT /F1 24 Tf 72 720 Td ({word}) Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{page}\nendstream", page.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (n, object) in (1..).zip(&objects) {
        places.push(out.len());
        out.extend(format!("{n} 0 obj\n{object}\nendobj\n").into_bytes());
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes());
    places.iter().for_each(|at| out.extend(format!("{at:010} 00000 n \n").into_bytes()));
    out.extend(format!("trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").into_bytes());
    out
}

#[test]
fn no_plaintext_on_the_disk_and_nothing_acknowledged_is_lost() {
    let room = Room::with_shipped_case();
    let planted = room.path("sources/planted");
    std::fs::create_dir(&planted).unwrap();
    plant(&planted);
    let added = room.run(&["add", planted.to_str().unwrap(), "--no-transcribe"]).done();
    assert!(rows(&added, "sealed").len() >= 6 && rows(&added, "refused").is_empty(), "{added}");
    for word in [CANARY, CANARY_HAN] {
        let found = room.run(&["search", word]).done();
        let exhibits: BTreeSet<u64> = rows(&found, "hits").iter().map(|h| h["exhibit"].as_u64().unwrap()).collect();
        assert!(exhibits.len() >= 5, "{word}: {found}");
    }
    disclose_another(&room);
    let acknowledged = sources_of(&room);
    killed(&room);
    crashed(&room);
    leaked_nothing(&room);
    // The case is whole, and holds what was acknowledged before.
    let verdict = room.run(&["verify"]).done();
    assert_eq!(verdict["damaged"], false, "{verdict}");
    let now = sources_of(&room);
    assert!(acknowledged.is_subset(&now), "{acknowledged:?} {now:?}");
    let again = room.run(&["add", room.path("sources/many").to_str().unwrap(), "--no-transcribe"]).done();
    assert_eq!(rows(&again, "sealed").len() + rows(&again, "duplicates").len(), MANY, "{again}");
    let now = sources_of(&room);
    let crashed_with = now.iter().filter(|s| s.ends_with(CRASH_FILE)).count();
    assert_eq!(now.len(), acknowledged.len() + MANY + crashed_with, "each file once");
    assert_eq!(room.run(&["verify"]).done()["damaged"], false);
    leaked_nothing(&room);
}

/// Where each exhibit came from.
fn sources_of(room: &Room) -> BTreeSet<String> {
    let listed = room.run(&["ls"]).done();
    rows(&listed, "exhibits").iter().map(|e| format!("{} {}", e["exhibit"], e["source"].as_str().unwrap())).collect()
}

fn disclose_another(room: &Room) {
    let path = room.path("sources/letter.txt");
    std::fs::write(&path, "To the court.\nTomas Brill asks for protection.\n").unwrap();
    let added = room.run(&["add", path.to_str().unwrap()]).done();
    let number = rows(&added, "sealed")[0]["exhibit"].to_string();
    room.run(&["person", "add", "--name", "Tomas Brill", "--protected"]).done();
    room.run(&["person", "alias", "Tomas Brill", "court", "Monsieur B"]).done();
    room.run(&["person", "consent", "Tomas Brill", "court", "--basis", "letter", "--by", "Counsel"]).done();
    room.run(&["redact", &number, "--for", "court", "--propose"]).done();
    room.run(&["redact", &number, "--for", "court", "--accept", "--by", "Counsel"]).done();
    let to = room.path("out/court.zip");
    let to = to.to_str().unwrap();
    let arguments =
        ["disclose", "--profile", "court", "--to", to, "--recipient", "Court", "--purpose", "brief", &number];
    room.run(&arguments).done();
}

/// An intake, killed at several moments without a warning.
fn killed(room: &Room) {
    let many = room.path("sources/many");
    std::fs::create_dir(&many).unwrap();
    for n in 0..MANY {
        let noise: String = (0..400 * (n % 7 + 1)).map(|k| format!("{:x} ", (k * 7919 + n) % 65_521)).collect();
        std::fs::write(many.join(format!("{n:02}-{CANARY}.txt")), format!("{n}: {CANARY} {CANARY_HAN}\n{noise}\n"))
            .unwrap();
    }
    let mut exhibits = sources_of(room);
    for more in MOMENTS {
        let base = room.objects();
        let mut child = room.start(&["add", many.to_str().unwrap(), "--no-transcribe"]);
        let killed = until(&mut child, || room.objects() >= base + more);
        signal(&child, Signal::KILL);
        let ran = waited(child);
        println!("killed after {more} objects: {killed}, exit {:?}", ran.code);
        assert!(!killed || ran.code.is_none(), "{:?} {}", ran.code, ran.err);
        let now = sources_of(room);
        assert!(exhibits.is_subset(&now), "what was there is there after a kill");
        exhibits = now;
        leaked_nothing(room);
    }
}

/// An intake that dies of its own fault, on a machine that writes core dumps.
fn crashed(room: &Room) {
    let shell = |script: &str| {
        let mut command = room.command(Path::new("/bin/sh"));
        command.args(["-c", &format!("ulimit -c unlimited && {script}")]);
        command
    };
    finished(shell("kill -SEGV $$"));
    let dumps = || {
        files(&room.path("")).iter().filter(|p| p.file_name().unwrap().to_string_lossy().starts_with("core")).count()
    };
    if dumps() == 0 {
        println!("core dumps: not checked, this machine writes none into the working folder");
    }
    let before = dumps();
    let mut command = shell(&format!("exec {} add sources/many --no-transcribe", env!("CARGO_BIN_EXE_casemate")));
    std::fs::write(room.path(&format!("sources/many{CRASH_FILE}")), format!("{CANARY} again\n")).unwrap();
    let base = room.objects();
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let there = until(&mut child, || room.objects() > base);
    signal(&child, Signal::SEGV);
    waited(child);
    std::fs::remove_file(room.path(&format!("sources/many{CRASH_FILE}"))).unwrap();
    assert!(there, "the intake ended before it could crash");
    assert_eq!(dumps(), before, "a core dump of casemate holds everything that it had open");
}

fn leaks(room: &Room) -> Vec<Leak> {
    scanner().tree(&room.path(""), &|p| p.starts_with("sources"))
}

fn leaked_nothing(room: &Room) {
    let found = leaks(room);
    assert!(found.is_empty(), "{}", found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_leak_planted_on_purpose_is_found_by_the_same_scan() {
    let room = Room::new();
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    leaked_nothing(&room);
    std::fs::write(room.path("tmp/spool"), format!("…{CANARY}…")).unwrap();
    std::fs::write(room.path("cache/page"), utf16(&format!("a{CANARY_HAN}b"))).unwrap();
    std::fs::write(room.path("home/old"), format!("{CANARY_HAN} {CANARY}\n").repeat(9)).unwrap();
    finished({
        let mut command = room.command(Path::new("gzip"));
        command.arg("home/old");
        command
    })
    .code
    .expect("gzip is installed");
    std::fs::create_dir(room.path(&format!("state/{CANARY}"))).unwrap();
    let found: Vec<String> = leaks(&room).iter().map(ToString::to_string).collect();
    for expected in ["tmp/spool at", "cache/page at", "home/old.gz at", "in its name"] {
        assert!(found.iter().any(|l| l.contains(expected)), "{expected}: {found:?}");
    }
    assert!(
        found.iter().any(|l| l.contains("utf-16le")) && found.iter().any(|l| l.contains("gzip > utf-8")),
        "{found:?}"
    );
}
