//! A full disk stops the work with nothing lost.

use crate::kit::{Room, finished, rows};
use serde_json::Value;
use std::path::Path;

/// Room for the case, kB.
const DISK_KB: usize = 12_000;
/// Files of 1 MiB that are to go in: more than there is room for.
const FILES: usize = 24;

/// A small disk of its own in a namespace of its own; the case is copied onto it and back.
const ON_A_SMALL_DISK: &str = r#"
mount -t tmpfs -o size="$1"k none disk || exit 77
cp -a case disk/case
"$2" add sources/big --no-transcribe --json --case disk/case >out/add.json 2>out/add.err
echo $? >out/add.code
"$2" ls --json --case disk/case >out/ls.json
cp -a disk/case full
"#;
/// Where namespaces are refused: no file may grow past some blocks. Weaker, for the disk as a whole is not full.
const UNDER_A_LIMIT: &str = r#"
trap '' XFSZ
cp -a case full
ulimit -f 1000
"$2" add sources/big --no-transcribe --json --case full >out/add.json 2>out/add.err
echo $? >out/add.code
"$2" ls --json --case full >out/ls.json
"#;

fn noise(len: usize, seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    (0..len)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 24) as u8
        })
        .collect()
}

#[test]
fn a_full_disk_stops_with_nothing_lost() {
    let room = Room::with_case();
    let paper = room.path("sources/paper.txt");
    std::fs::write(&paper, "It was here before the disk was full.\n").unwrap();
    room.run(&["add", paper.to_str().unwrap()]).done();
    for folder in ["sources/big", "disk"] {
        std::fs::create_dir(room.path(folder)).unwrap();
    }
    for n in 0..FILES {
        std::fs::write(room.path(&format!("sources/big/{n:02}.bin")), noise(1 << 20, n as u64)).unwrap();
    }
    let kb = DISK_KB.to_string();
    let script = |program: &str, options: &[&str], script: &str| {
        let mut command = room.command(Path::new(program));
        command.args(options).args([script, "full-disk", &kb, env!("CARGO_BIN_EXE_casemate")]);
        finished(command)
    };
    let own = script("unshare", &["--user", "--map-root-user", "--mount", "sh", "-c"], ON_A_SMALL_DISK);
    if own.code != Some(0) {
        println!("no small disk here ({:?} {}): a limit on files instead", own.code, own.err.trim());
        assert_eq!(script("sh", &["-c"], UNDER_A_LIMIT).code, Some(0));
    }
    let told = |name: &str| std::fs::read_to_string(room.path("out").join(name)).unwrap();
    let answer: Value = serde_json::from_str(&told("add.json")).unwrap_or_default();
    println!("exit {}, {}", told("add.code").trim(), answer["error"]);
    assert_eq!(told("add.code").trim(), "1", "{}", told("add.err"));
    if own.code == Some(0) {
        assert_eq!(answer["error"]["id"], "disk-full", "{answer}");
    }
    // What the full disk could still list is what is there afterwards, and it is whole.
    let listed: Value = serde_json::from_str(&told("ls.json")).unwrap();
    let before = rows(&listed, "exhibits").len();
    assert!((1..=FILES).contains(&before), "{listed}");
    let full = room.path("full");
    let full = full.to_str().unwrap();
    assert_eq!(room.run(&["verify", full]).done()["damaged"], false);
    let to = room.path("out/originals");
    let exported = room.run(&["export", to.to_str().unwrap(), "--case", full]).done();
    assert_eq!(exported["written"].as_u64(), Some(before as u64), "{exported}");
    // With room again, the same command goes on.
    let again =
        room.run(&["add", room.path("sources/big").to_str().unwrap(), "--no-transcribe", "--case", full]).done();
    assert_eq!(rows(&again, "sealed").len() + rows(&again, "duplicates").len(), FILES, "{again}");
    let listed = room.run(&["ls", "--case", full]).done();
    assert_eq!(rows(&listed, "exhibits").len(), FILES + 1);
}
