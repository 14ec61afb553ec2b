//! Messages of chats: sender, time and words as others' readers list them, or how many the file itself says.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::Measure;
use crate::whole::{Reader, Whole};

/// What another reader makes of each export.
const LISTED: [(&str, &str, &[&str]); 2] = [
    ("chat-miner/telegram", "target.json", &["test_single_export.json", "test_batch_export.json"]),
    (
        "chat-miner/whatsapp",
        "target.json",
        &[
            "test_[mmddyy]_24hrs.txt",
            "test_ddmmyy_24hrs.txt",
            "test_mmddyy_24hrs.txt",
            "test_mmddyyyy_12hrs.txt",
            "test_yyyymmdd_24hrs.txt",
        ],
    ),
];
const COUNTED: [&str; 4] =
    ["archive/calls.xml", "to_process/00/calls-test.xml", "to_process/01/calls-test.xml", "to_process/sms-test.xml"];

pub fn measure(reader: &Reader, data: &Path) -> Vec<Measure> {
    let folder = data.join("chats");
    let (mut count, mut misses) = (0, Vec::new());
    for (sort, list, files) in LISTED {
        let Ok(list) = std::fs::read(folder.join(sort).join(list)) else { continue };
        let list: Value = serde_json::from_slice(&list).unwrap();
        let list = list.as_array().unwrap();
        for file in files {
            let whole = reader.read(&folder.join(sort).join(file));
            count += list.len();
            misses.extend(compared(&whole, list).into_iter().map(|miss| format!("{file}: {miss}")));
        }
    }
    for (path, expected) in counted(&folder) {
        let told = reader.read(&path).outcome.reading.passages;
        let dated = told.iter().filter(|told| told.when.is_some()).count();
        count += expected;
        misses.extend((dated..expected).map(|_| format!("{}: {dated} of {expected} with their time", path.display())));
    }
    if count == 0 {
        Vec::new()
    } else {
        vec![Measure::share("chats: messages with sender, time, text", count, misses, 1.0)]
    }
}

/// The listed messages that were not read so, in whatever order the list has them; white space apart.
fn compared(whole: &Whole, list: &[Value]) -> Vec<String> {
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    let mut told: Vec<_> = whole.outcome.reading.passages.iter().collect();
    let mut misses = Vec::new();
    for expected in list {
        let text = |name: &str| expected[name].as_str().unwrap_or_default();
        let when = text("timestamp").replace(' ', "T");
        let found = told.iter().position(|told| {
            let at = told.when.as_deref().unwrap_or("").trim_end_matches('Z');
            let is_at = !at.is_empty() && (when.starts_with(at) || at.starts_with(when.as_str()));
            is_at && told.speaker.as_deref() == Some(text("author")) && bare(&told.text) == bare(text("message"))
        });
        match found {
            Some(at) => drop(told.remove(at)),
            None => misses.push(expected.to_string()),
        }
    }
    misses
}

/// Files that show how many messages they hold.
fn counted(folder: &Path) -> Vec<(PathBuf, usize)> {
    let phones = COUNTED.iter().map(|name| folder.join("sms-backup-restore").join(name)).filter_map(|path| {
        let text = std::fs::read_to_string(&path).ok()?;
        let count = ["<call ", "<sms ", "<mms "].iter().map(|tag| text.matches(tag).count()).sum();
        Some((path, count))
    });
    let groups = folder.join("google-takeout/Takeout/Google Chat/Groups");
    let groups = std::fs::read_dir(groups).into_iter().flatten().flatten().filter_map(|group| {
        let path = group.path().join("messages.json");
        let whole: Value = serde_json::from_slice(&std::fs::read(&path).ok()?).ok()?;
        Some((path, whole["messages"].as_array()?.len()))
    });
    phones.chain(groups).collect()
}
