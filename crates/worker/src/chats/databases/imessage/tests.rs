//! A database of our own making: what is written in it, and what is told of it.

use super::*;
use crate::out::tests::heard;
use crate::sqlite::tests::{database, text};
use crate::tables;

/// An archived text as Apple writes it, up to the string.
fn archive(words: &str) -> Vec<u8> {
    let mut bytes = b"\x04\x0bstreamtyped\x81\xe8\x03\x84\x01@\x84\x84\x84\x12NSAttributedString\x00\x84\x84\x08NSObject\x00\x85\x92\
        \x84\x84\x84\x08NSString\x01\x94\x84\x01+"
        .to_vec();
    match u8::try_from(words.len()) {
        Ok(short @ ..0x80) => bytes.push(short),
        _ => {
            bytes.push(0x81);
            bytes.extend(u16::try_from(words.len()).unwrap().to_le_bytes());
        }
    }
    bytes.extend(words.as_bytes());
    bytes.extend(b"\x86\x84\x02iI\x01\x01");
    bytes
}

const MESSAGE: &str = "CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT, text TEXT, attributedBody BLOB, \
    handle_id INTEGER, date INTEGER, is_from_me INTEGER, associated_message_guid TEXT, associated_message_type INTEGER, \
    date_edited INTEGER, date_retracted INTEGER, message_summary_info BLOB)";

/// A message: guid, text, archived, handle, date, sent, to, reaction, edited, withdrawn, history.
#[allow(clippy::too_many_arguments, reason = "a row")]
fn row(
    guid: &str,
    words: Value,
    body: Value,
    date: i64,
    own: i64,
    to: &str,
    reaction: i64,
    edited: i64,
    gone: i64,
    history: Value,
) -> Vec<Value> {
    let of = |number: i64| Value::Whole(number);
    vec![
        Value::Null,
        text(guid),
        words,
        body,
        of(1),
        of(date),
        of(own),
        text(to),
        of(reaction),
        of(edited),
        of(gone),
        history,
    ]
}

#[test]
fn words_times_edits_reactions_and_files() {
    let none = || Value::Null;
    let long = "回来吧 ".repeat(40);
    let history = [b"bplist00".to_vec(), archive("come at once"), archive("come")].concat();
    let messages = vec![
        row(
            "A",
            text("come"),
            none(),
            700_000_000_000_000_000,
            0,
            "",
            0,
            700_000_060_000_000_000,
            0,
            Value::Bytes(history),
        ),
        row("B", none(), Value::Bytes(archive(&long)), 700_000_120, 1, "", 0, 0, 0, none()),
        row("C", text("Loved “come”"), none(), 700_000_180_000_000_000, 0, "p:0/A", 2000, 0, 0, none()),
        row("D", none(), none(), 700_000_240_000_000_000, 0, "", 0, 0, 700_000_300_000_000_000, none()),
    ];
    let pair = |one: i64, other: i64| vec![Value::Whole(one), Value::Whole(other)];
    let bytes = database(&[
        ("message", MESSAGE, messages),
        (
            "handle",
            "CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT)",
            vec![vec![Value::Null, text("+000 55 01")]],
        ),
        (
            "chat",
            "CREATE TABLE chat (ROWID INTEGER PRIMARY KEY, chat_identifier TEXT, display_name TEXT)",
            vec![vec![Value::Null, text("+000 55 01"), text("")]],
        ),
        (
            "chat_message_join",
            "CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER)",
            (1..=4).map(|message| pair(1, message)).collect(),
        ),
        (
            "attachment",
            "CREATE TABLE attachment (ROWID INTEGER PRIMARY KEY, transfer_name TEXT, mime_type TEXT, total_bytes INTEGER)",
            vec![vec![Value::Null, text("call.m4a"), text("audio/mp4"), Value::Whole(7)]],
        ),
        (
            "message_attachment_join",
            "CREATE TABLE message_attachment_join (message_id INTEGER, attachment_id INTEGER)",
            vec![pair(4, 1)],
        ),
    ]);
    let h = heard(|out| tables::read(&bytes, out));
    let told: Vec<_> = h.passages.iter().map(|p| (p.speaker.as_deref(), p.when.as_deref(), p.text.as_str())).collect();
    let long = long.trim().to_owned();
    let expected = [
        (
            Some("+000 55 01"),
            Some("2023-03-08T20:26:40Z"),
            "come\n[edited: 2023-03-08T20:27:40Z]\n[version 1: come at once]",
        ),
        (Some("→ +000 55 01"), Some("2023-03-08T20:28:40Z"), long.as_str()),
        (Some("+000 55 01"), Some("2023-03-08T20:29:40Z"), "Loved “come”\n[reaction: loved, message 1]"),
        (
            Some("+000 55 01"),
            Some("2023-03-08T20:30:40Z"),
            "[file: call.m4a (audio/mp4, 7 bytes)]\n[withdrawn: 2023-03-08T20:31:40Z]",
        ),
    ];
    assert_eq!(told, expected);
    assert_eq!(h.about.unwrap().kind, Kind::Chat);
    assert!(h.findings.is_empty(), "{:?}", h.findings);
}

#[test]
fn archives_that_are_cut_say_nothing() {
    let whole = archive("words");
    for end in 0..whole.len() - 9 {
        archived(&whole[..end]);
    }
    assert_eq!(archived(&whole).as_deref(), Some("words"));
    assert_eq!(archived(b"NSString\x84\x01+\x05words"), None);
}
