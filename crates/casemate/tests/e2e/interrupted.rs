//! Ctrl-C at any time, twice even: as a terminal sends it, to the program and its workers together.

use crate::kit::{Room, models, repository, rows, until, waited};
use rustix::process::{Pid, Signal, kill_process_group};
use std::os::unix::process::CommandExt;
use std::process::{Child, Stdio};
use std::time::Duration;

const FILES: usize = 120;

/// Started as a shell starts it in the foreground: a process group of its own.
fn start(room: &Room, arguments: &[&str]) -> Child {
    room.casemate(arguments).process_group(0).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn interrupt(child: &Child) {
    kill_process_group(Pid::from_child(child), Signal::INT).ok();
}

/// Whether a process has a child of this name.
fn has_child(pid: u32, name: &str) -> bool {
    let parent = format!("PPid:\t{pid}");
    let is = |status: String| status.lines().any(|l| l == parent) && status.starts_with(&format!("Name:\t{name}\n"));
    let all = std::fs::read_dir("/proc").unwrap().filter_map(Result::ok);
    all.filter_map(|entry| std::fs::read_to_string(entry.path().join("status")).ok()).any(is)
}

#[test]
fn an_intake_that_is_interrupted_goes_on_where_it_was() {
    let room = Room::with_case();
    let folder = room.path("sources/texts");
    std::fs::create_dir(&folder).unwrap();
    for n in 0..FILES {
        std::fs::write(folder.join(format!("{n:03}.txt")), format!("Paper {n} says what it says.\n")).unwrap();
    }
    let add = ["add", folder.to_str().unwrap(), "--no-transcribe"];
    // Once while sealing, once while a worker reads, twice while sealing or reading.
    let mut child = start(&room, &add);
    assert!(until(&mut child, || room.objects() >= 5));
    interrupt(&child);
    let ran = waited(child);
    let sealed = rows(&ran.json, "sealed").len();
    println!("stopped with {sealed} of {FILES} sealed");
    assert!(
        (ran.code, ran.json["stopped"].as_bool()) == (Some(1), Some(true)) && sealed < FILES,
        "{} {}",
        ran.out,
        ran.err
    );
    let mut child = start(&room, &add);
    assert!(until(&mut child, || room.objects() > FILES + 5), "a worker has read");
    interrupt(&child);
    assert_eq!(waited(child).code(1)["stopped"], true);
    let base = room.objects();
    let mut child = start(&room, &add);
    assert!(until(&mut child, || room.objects() > base));
    interrupt(&child);
    std::thread::sleep(Duration::from_millis(3));
    interrupt(&child);
    assert_eq!(waited(child).code, Some(1));
    assert_eq!(room.run(&["verify"]).done()["damaged"], false);
    let again = room.run(&add).done();
    assert_eq!(rows(&again, "sealed").len() + rows(&again, "duplicates").len(), FILES, "{again}");
    let listed = room.run(&["ls"]).done();
    let exhibits = rows(&listed, "exhibits");
    assert_eq!(exhibits.len(), FILES, "each once");
    for e in exhibits.iter().filter(|e| e["findings"] != serde_json::json!([])) {
        println!("{}", room.run(&["show", &e["exhibit"].to_string()]).json["derived"]);
    }
    for e in exhibits {
        // A worker that died of the same Ctrl-C is not the file's fault.
        assert!(e["text"] == "reading" && e["passages"] == 1 && e["findings"] == serde_json::json!([]), "{e}");
    }
}

#[test]
fn a_transcription_that_is_interrupted_goes_on() {
    if models().is_none() {
        return;
    }
    let room = Room::with_case();
    let call = repository().join("demo/calls/zh-official.wav");
    let added = room.run(&["add", call.to_str().unwrap(), "--no-transcribe"]).done();
    let number = rows(&added, "sealed")[0]["exhibit"].to_string();
    for times in [1, 2] {
        let mut child = start(&room, &["transcribe", &number]);
        let pid = child.id();
        assert!(until(&mut child, || has_child(pid, "casemate-speech")), "the engine runs");
        interrupt(&child);
        if times == 2 {
            std::thread::sleep(Duration::from_millis(3));
            interrupt(&child);
        }
        let ran = waited(child);
        assert_eq!(ran.code, Some(1), "{} {}", ran.out, ran.err);
        let listed = room.run(&["ls"]).done();
        assert_ne!(rows(&listed, "exhibits")[0]["text"], "transcript", "half a transcript passes for a whole one");
    }
    let done = room.run(&["transcribe", &number]).done();
    assert_eq!((done["transcribed"].as_u64(), done["stopped"].as_bool()), (Some(1), Some(false)), "{done}");
    let listed = room.run(&["ls"]).done();
    assert_eq!(rows(&listed, "exhibits")[0]["text"], "transcript");
    assert!(rows(&listed, "exhibits")[0]["passages"].as_u64().unwrap() >= 3, "{listed}");
}
