//! WARC (ISO 28500): what a crawler or a browser captured of the web, each answer handed over as a file.
//!
//! Keeps: names are addresses, never paths; a record is as long as it says, and no longer than the file.
//! Does not know: what an answer is; requests and the crawler's own records are counted only.

use casemate_ports::reading::{Kind, Place, Severity};
use casemate_ports::worker::MAX_PARTS;

use crate::out::{Out, Read, about, passage};
use crate::text;

const TYPE: &str = "application/warc";
/// Longest head of a record, bytes.
const MAX_HEAD: usize = 64 << 10;

/// A record of the file.
struct Record<'b> {
    head: Vec<(String, String)>,
    body: &'b [u8],
}

impl Record<'_> {
    fn says(&self, name: &str) -> &str {
        self.head.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
    }
}

/// Reads the records.
pub fn read(bytes: &[u8], out: &mut Out) -> Read {
    out.about(about(Kind::Web, TYPE, Vec::new()))?;
    let (mut rest, mut number, mut parts, mut beside) = (bytes, 0u64, 0u64, 0u64);
    while let Some((record, after)) = next(rest) {
        rest = after;
        number += 1;
        let sort = record.says("WARC-Type");
        if !matches!(sort, "response" | "resource" | "metadata") || parts >= MAX_PARTS {
            beside += 1;
            continue;
        }
        let (address, when) = (record.says("WARC-Target-URI").trim_matches(['<', '>']), record.says("WARC-Date"));
        let (media_type, content) = content(&record, sort);
        let place = Place::Message { number };
        out.passage(casemate_ports::reading::Passage {
            when: Some(when.to_owned()).filter(|when| !when.is_empty()),
            ..passage(place, format!("{address} ({media_type})"))
        })?;
        parts += 1;
        out.part(address, &media_type, &content)?;
    }
    if !rest.iter().all(u8::is_ascii_whitespace) {
        out.finding("truncated", Severity::Partial, &format!("what follows record {number} is no whole record"))?;
    }
    if parts >= MAX_PARTS {
        out.finding("too-much", Severity::Partial, "more captures than are handed over; the rest was left")?;
    }
    if parts == 0 {
        out.finding("no-text", Severity::Note, &format!("it holds no captured page; {beside} other records"))?;
    }
    Ok(())
}

/// The first record, and what is behind it.
fn next(bytes: &[u8]) -> Option<(Record<'_>, &[u8])> {
    let from = bytes.iter().position(|byte| !byte.is_ascii_whitespace())?;
    let bytes = bytes.get(from..)?;
    if !bytes.starts_with(b"WARC/") {
        return None;
    }
    let (head, rest) = split_head(bytes)?;
    let head = fields(head);
    let record = Record { head, body: rest };
    let len = record.says("Content-Length").parse::<usize>().ok()?;
    let (body, rest) = rest.split_at_checked(len)?;
    Some((Record { body, ..record }, rest))
}

/// Head and body at the first empty line.
fn split_head(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let near = bytes.get(..bytes.len().min(MAX_HEAD))?;
    let crlf = near.windows(4).position(|w| w == b"\r\n\r\n").map(|at| (at, 4));
    let lf = near.windows(2).position(|w| w == b"\n\n").map(|at| (at, 2));
    let (at, len) = [crlf, lf].into_iter().flatten().min()?;
    Some((bytes.get(..at)?, bytes.get(at + len..)?))
}

fn fields(head: &[u8]) -> Vec<(String, String)> {
    let text = text::decode(head).map(|decoded| decoded.text).unwrap_or_default();
    let lines = text.lines().skip(1).filter_map(|line| line.split_once(':'));
    lines.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect()
}

/// The media type and the bytes of what was captured; of an answer over HTTP, those behind its head, unpacked where it says so.
fn content(record: &Record<'_>, sort: &str) -> (String, Vec<u8>) {
    let plain = |kind: &str| kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let own = plain(record.says("Content-Type"));
    let http = (sort == "response" && own == "application/http").then(|| split_head(record.body)).flatten();
    let Some((head, body)) = http else { return (own, record.body.to_vec()) };
    let head = Record { head: fields(head), body };
    let kind = Some(plain(head.says("Content-Type"))).filter(|kind| !kind.is_empty());
    let body =
        if head.says("Transfer-Encoding").eq_ignore_ascii_case("chunked") { joined(body) } else { body.to_vec() };
    (kind.unwrap_or_else(|| "application/octet-stream".to_owned()), body)
}

/// A body of chunks (RFC 9112 §7.1) as one; where it is none, as it is.
fn joined(body: &[u8]) -> Vec<u8> {
    let (mut all, mut rest) = (Vec::new(), body);
    while let Some(end) = rest.iter().take(32).position(|byte| *byte == b'\n') {
        let size = rest
            .get(..end)
            .and_then(|line| std::str::from_utf8(line).ok())
            .and_then(|line| usize::from_str_radix(line.split(';').next()?.trim(), 16).ok());
        match size {
            Some(0) => return all,
            Some(size) => {
                let Some((chunk, after)) = rest.get(end + 1..).and_then(|rest| rest.split_at_checked(size)) else {
                    break;
                };
                all.extend_from_slice(chunk);
                rest = after.strip_prefix(b"\r\n").unwrap_or(after);
            }
            None => break,
        }
    }
    if all.is_empty() { body.to_vec() } else { all }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::out::tests::heard;

    fn record(sort: &str, kind: &str, body: &str) -> String {
        format!(
            "WARC/1.0\r\nWARC-Type: {sort}\r\nWARC-Target-URI: https://news.example/a\r\nWARC-Date: 2024-05-06T07:08:09Z\r\n\
             Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}\r\n\r\n",
            body.len()
        )
    }

    #[test]
    fn answers_are_handed_over_with_their_addresses() {
        let answer = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Lin</p>";
        let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x\r\nde\r\n0\r\n\r\n";
        let http = "application/http; msgtype=response";
        let file = record("warcinfo", "application/warc-fields", "software: x")
            + &record("response", http, answer)
            + &record("response", http, chunked);
        let h = heard(|out| read(file.as_bytes(), out));
        let parts: Vec<(&str, &str, &[u8])> =
            h.parts.iter().map(|p| (p.0.as_str(), p.1.as_str(), p.2.as_slice())).collect();
        let address = "https://news.example/a";
        assert_eq!(
            parts,
            [(address, "text/html", &b"<p>Lin</p>"[..]), (address, "application/octet-stream", b"abcde")]
        );
        assert_eq!(h.passages[0].when.as_deref(), Some("2024-05-06T07:08:09Z"));
        assert!(h.findings.is_empty(), "{:?}", h.findings);
        for end in 0..file.len() {
            heard(|out| read(&file.as_bytes()[..end], out));
        }
        assert_eq!(heard(|out| read(&file.as_bytes()[..file.len() - 20], out)).findings, ["truncated"]);
    }
}
