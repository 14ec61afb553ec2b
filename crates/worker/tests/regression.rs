//! One test for each fault that was found and mended, by number; the name says what must never come back.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod common;

use std::path::Path;

use casemate_media::{Event, Limits};
use casemate_ports::reading::Kind;
use casemate_ports::worker::{Job, ReadJob};
use common::{ids, read_bytes, run, text, worker};

/// The embedded files of a mail: name, media type, bytes.
fn parts(mail: &[u8]) -> Vec<(String, String, Vec<u8>)> {
    let job = Job::Read(ReadJob { extension: Some("eml".into()) });
    let mut parts: Vec<(String, String, Vec<u8>)> = Vec::new();
    run(&worker(), &job, mail, &Limits::reading(), &mut |e| match e {
        Event::Part(part) => parts.push((part.name.clone(), part.media_type.clone(), Vec::new())),
        Event::PartBytes(bytes) => parts.last_mut().unwrap().2.extend(bytes),
        _ => {}
    })
    .unwrap();
    parts
}

fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |c: &[u8]| {
        let n = c.iter().chain([&0, &0]).take(3).fold(0u32, |n, b| n << 8 | u32::from(*b));
        let digit = |k: usize| if k <= c.len() { char::from(ALPHABET[(n >> (18 - 6 * k)) as usize & 63]) } else { '=' };
        (0..4).map(digit).collect::<String>()
    };
    bytes.chunks(57).map(|line| line.chunks(3).map(group).collect::<String>() + "\r\n").collect()
}

fn quoted_printable(bytes: &[u8]) -> String {
    bytes.chunks(20).map(|line| line.iter().map(|b| format!("={b:02X}")).collect::<String>() + "=\r\n").collect()
}

fn mail(media_type: &str, encoding: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "From: a@example.org\r\nTo: b@example.org\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n\
         --x\r\nContent-Type: text/plain\r\n\r\nhello\r\n--x\r\nContent-Type: {media_type}\r\n\
         Content-Disposition: attachment; filename=it\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    );
    [head.as_bytes(), body, b"\r\n--x--\r\n"].concat()
}

#[test]
fn r001_an_attachment_is_the_bytes_that_were_sent_whatever_its_type() {
    let every: Vec<u8> = (0..=255).chain([b'\r', b'\n', b'\n', b'\r', b' ', b'\t', b'\r', b'\n']).collect();
    let nested =
        b"From: c@example.org\r\nSubject: \xe9t\xe9\r\nContent-Type: text/plain; charset=gbk\r\n\r\n\xc8\xd5 \r\n"
            .to_vec();
    let types = [
        "text/csv",
        "text/csv; charset=gb18030",
        "text/plain; charset=iso-8859-1",
        "text/html; charset=utf-16",
        "text/x-unheard-of",
        "application/octet-stream",
        "multipart/mixed",
        "message/delivery-status",
        "message/rfc822",
    ];
    for media_type in types {
        let sent = if media_type == "message/rfc822" { &nested } else { &every };
        for (encoding, body) in [("base64", base64(sent)), ("quoted-printable", quoted_printable(sent))] {
            let got = parts(&mail(media_type, encoding, body.as_bytes()));
            assert_eq!(got.len(), 1, "{media_type} {encoding}");
            assert!(got[0].2 == *sent, "{media_type} {encoding}: {:?}", got[0].2);
        }
        for encoding in ["8bit", "binary", "7bit"] {
            let got = parts(&mail(media_type, encoding, sent));
            assert!(got[0].2 == *sent, "{media_type} {encoding}: {:?}", got[0].2);
        }
    }
}

#[test]
fn r001_a_table_in_gb18030_comes_out_of_a_mail_and_is_read() {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/papers/mail-zh-cousin.eml");
    let got = parts(&std::fs::read(demo).unwrap());
    assert_eq!(got.len(), 1);
    let (name, media_type, bytes) = &got[0];
    assert_eq!((name.as_str(), media_type.as_str(), bytes.len()), ("来访记录-唐明月.csv", "text/csv", 181));
    let outcome = read_bytes(bytes, Some("csv".into()));
    assert_eq!((outcome.reading.kind, ids(&outcome)), (Kind::Table, vec![]));
    assert!(outcome.reading.metadata.contains(&("encoding".to_owned(), "gb18030".to_owned())));
    let text = text(&outcome);
    assert!(text.starts_with("日期 | 时间 | 来人 | 说的话\n2025-03-03 | 15:20 | 四男一女 | "), "{text}");
    assert!(text.contains("今晚会有老朋友打给老唐"), "{text}");
}

#[test]
fn r002_a_body_that_names_no_charset_or_a_wrong_one_is_told_from_its_bytes() {
    let said = "他们说这件事已经结束了，请你马上回来，我们在机场等你。";
    let (bytes, _, _) = encoding_rs::GB18030.encode(said);
    for named in ["", "; charset=utf-8"] {
        let head = format!("From: a@example.org\r\nTo: b@example.org\r\nContent-Type: text/plain{named}\r\n\r\n");
        let outcome = read_bytes(&[head.as_bytes(), &bytes].concat(), Some("eml".into()));
        assert!(text(&outcome).contains(said), "{named}: {}", text(&outcome));
        assert_eq!(ids(&outcome), Vec::<&str>::new(), "{named}");
    }
    let broken = b"From: a@example.org\r\nTo: b@example.org\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\x01\x02\x03\x04\xff\xfe\x00";
    assert_eq!(ids(&read_bytes(broken, Some("eml".into()))), ["text-damaged"]);
}
