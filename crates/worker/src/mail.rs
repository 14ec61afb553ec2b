//! One e-mail: headers, bodies, attachments; and a folder of them (mbox) as messages from 1.
//!
//! Keeps: dates with the offset that was written; attachments are handed over whole, unread, byte for byte as they were
//! before their transfer encoding.
//! Does not know: whether a sender is who it says.

use std::borrow::Cow;
use std::collections::HashSet;

use casemate_ports::reading::{Kind, Passage, Place, Severity};
use mail_parser::{DateTime, HeaderValue, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use crate::html;
use crate::out::{Out, Read, about, passage, trouble, unread};
use crate::text::{decode, paragraphs, words};
use crate::transfer::undone;

/// Bytes looked at when mail is told from other texts.
const LOOK: usize = 8 << 10;
/// Most messages of a folder.
const MAX_MESSAGES: usize = 100_000;
/// Headers that make a text a mail.
const TELLING: &[&str] = &[
    "from",
    "to",
    "cc",
    "subject",
    "date",
    "received",
    "message-id",
    "mime-version",
    "return-path",
    "delivered-to",
    "reply-to",
    "x-mailer",
    "content-type",
];
/// Share of an HTML body's words that its plain twin must hold, in percent, else both are given.
const TWIN: usize = 90;

/// Whether these are the headers of a mail: every line of the first block is one, and at least two are telling (one,
/// where the name ends in `.eml`).
pub fn looks_like_mail(bytes: &[u8], extension: Option<&str>) -> bool {
    let head = String::from_utf8_lossy(bytes.get(..LOOK.min(bytes.len())).unwrap_or_default());
    let head = head.trim_start_matches(['\u{feff}', '\r', '\n']);
    let named = matches!(extension, Some("eml" | "mbox" | "mht" | "mhtml" | "emlx"));
    let (mut telling, mut odd) = (0, 0);
    for (i, line) in head.lines().enumerate() {
        if line.is_empty() {
            break;
        }
        let folded = line.starts_with([' ', '\t']) && i > 0;
        let envelope = i == 0 && line.starts_with("From ");
        if folded || envelope {
            continue;
        }
        match line.split_once(':') {
            Some((name, _)) if is_header_name(name) => {
                telling += usize::from(TELLING.contains(&name.to_ascii_lowercase().as_str()));
            }
            _ if telling >= 2 => break,
            _ => odd += 1,
        }
        if odd > usize::from(named) {
            return false;
        }
    }
    telling >= 2 || (named && telling >= 1)
}

fn is_header_name(name: &str) -> bool {
    let name = name.trim_end();
    (1..=77).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_graphic())
}

/// Reads a mail or a folder of mail.
pub fn read(bytes: &[u8], out: &mut Out) -> Read {
    let folder = split(bytes);
    let single = folder.len() == 1;

    if single {
        let Some(message) = folder.first().and_then(|raw| parse(raw)) else {
            return unread(out, Kind::Mail, "message/rfc822", "malformed", "no header of a mail");
        };
        out.about(about(Kind::Mail, "message/rfc822", headers(&message)))?;
        return one(&message, None, out);
    }
    let count = ("messages".to_owned(), folder.len().to_string());
    out.about(about(Kind::Mail, "application/mbox", vec![count]))?;
    for (number, raw) in (1u64..).zip(folder.iter().take(MAX_MESSAGES)) {
        match parse(raw) {
            Some(message) => one(&message, Some(number), out)?,
            None => trouble(out, "message-unread", &format!("message {number} is no mail"))?,
        }
    }
    if folder.len() > MAX_MESSAGES {
        trouble(out, "too-much", &format!("more than {MAX_MESSAGES} messages; the rest was left unread"))?;
    }
    Ok(())
}

fn parse(raw: &[u8]) -> Option<Message<'_>> {
    MessageParser::new().parse(raw).filter(|m| !m.headers().is_empty())
}

/// The messages of an mbox file; a single mail is one.
fn split(bytes: &[u8]) -> Vec<&[u8]> {
    if !bytes.starts_with(b"From ") {
        return vec![bytes];
    }
    let mut starts = vec![0];
    let ends = bytes.windows(7).enumerate().filter(|(_, w)| *w == b"\n\nFrom ");
    let crlf = bytes.windows(9).enumerate().filter(|(_, w)| *w == b"\r\n\r\nFrom ");
    starts.extend(ends.map(|(i, _)| i + 2).chain(crlf.map(|(i, _)| i + 4)));
    starts.sort_unstable();
    let stops = starts.iter().skip(1).copied().chain([bytes.len()]);
    let envelope = |m: &[u8]| m.iter().position(|b| *b == b'\n').map_or(m.len(), |i| i + 1);
    starts
        .iter()
        .zip(stops)
        .filter_map(|(&from, to)| bytes.get(from..to))
        .filter_map(|m| m.get(envelope(m)..))
        .collect()
}

fn headers(message: &Message<'_>) -> Vec<(String, String)> {
    let raw = &message.raw_message;
    let all = message.headers().iter();
    all.map(|header| (name_of(header, raw), value_of(&header.value, raw, header))).collect()
}

/// A header's name as it is written.
fn name_of(header: &mail_parser::Header<'_>, raw: &[u8]) -> String {
    let written = raw.get(header.offset_field as usize..header.offset_start as usize).unwrap_or_default();
    let written = String::from_utf8_lossy(written);
    let name = written.split(':').next().unwrap_or_default().trim();
    if name.is_empty() { header.name.as_str().to_owned() } else { name.to_owned() }
}

fn value_of(value: &HeaderValue<'_>, raw: &[u8], header: &mail_parser::Header<'_>) -> String {
    match value {
        HeaderValue::Text(text) => text.to_string(),
        HeaderValue::TextList(list) => list.join(", "),
        HeaderValue::DateTime(date) => offset_date(date).unwrap_or_default(),
        HeaderValue::Address(address) => address
            .iter()
            .map(|a| match (a.name(), a.address()) {
                (Some(name), Some(address)) => format!("{name} <{address}>"),
                (Some(one), None) | (None, Some(one)) => one.to_owned(),
                (None, None) => String::new(),
            })
            .collect::<Vec<_>>()
            .join(", "),
        _ => {
            let range = header.offset_start as usize..header.offset_end as usize;
            let raw = String::from_utf8_lossy(raw.get(range).unwrap_or_default());
            raw.split_whitespace().collect::<Vec<_>>().join(" ")
        }
    }
}

/// RFC 3339 with the offset as written.
fn offset_date(date: &DateTime) -> Option<String> {
    let DateTime { year, month, day, hour, minute, second, .. } = *date;
    let sign = if date.tz_before_gmt { '-' } else { '+' };
    let (oh, om) = (date.tz_hour, date.tz_minute);
    let real =
        date.is_valid() && (1..=12).contains(&month) && (1..=31).contains(&day) && hour < 24 && oh < 24 && om < 60;
    real.then(|| format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{sign}{oh:02}:{om:02}"))
}

/// One message; `number` in a folder.
fn one(message: &Message<'_>, number: Option<u64>, out: &mut Out) -> Read {
    let headers = headers(message);
    let header = |name: &str| headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.clone());
    let speaker = header("from").filter(|v| !v.is_empty());
    let when = message.date().and_then(offset_date);
    let place = |part: &str, inside: Place| match number {
        Some(number) => Place::Message { number },
        None => Place::Part { name: part.to_owned(), inside: Box::new(inside) },
    };
    let said =
        |place: Place, text: String| Passage { speaker: speaker.clone(), when: when.clone(), ..passage(place, text) };
    let shown: Vec<String> = ["From", "To", "Cc", "Bcc", "Date", "Subject"]
        .iter()
        .filter_map(|name| header(name).filter(|v| !v.is_empty()).map(|v| format!("{name}: {v}")))
        .collect();
    if !shown.is_empty() {
        out.passage(said(place("headers", Place::Whole), shown.join("\n")))?;
    }
    if message.date().is_some() && when.is_none() {
        out.finding("date-invalid", Severity::Note, "the Date header is no date")?;
    }
    for (part, lines) in bodies(message, out)? {
        for (first, last, text) in lines {
            out.passage(said(place(&part, Place::Lines { first, last }), text))?;
        }
    }
    attachments(message, out)?;
    warnings(message, out)
}

type Body = (String, Vec<html::Block>);

/// Text bodies; an HTML twin only where it says something else.
fn bodies(message: &Message<'_>, out: &mut Out) -> Result<Vec<Body>, casemate_fence::ReplyError> {
    let mut all: Vec<Body> = Vec::new();
    let mut plain: HashSet<String> = HashSet::new();
    for &id in &message.text_body {
        let Some((part, PartType::Text(text))) = message.part(id).map(|part| (part, &part.body)) else {
            continue;
        };
        let text = text_of(message, part, text, out)?;
        plain.extend(words(&text));
        all.push((format!("body-{id}"), paragraphs(&text)));
    }
    for &id in &message.html_body {
        let Some((part, PartType::Html(text))) = message.part(id).map(|part| (part, &part.body)) else {
            continue;
        };
        let blocks = html::blocks(&text_of(message, part, text, out)?).blocks;
        let said: HashSet<String> = blocks.iter().flat_map(|b| words(&b.2).collect::<Vec<_>>()).collect();
        let shared = said.iter().filter(|w| plain.contains(*w)).count();
        if shared * 100 < said.len() * TWIN {
            if !plain.is_empty() {
                out.finding("alternatives-differ", Severity::Note, "the plain and the HTML body say different things")?;
            }
            all.push((format!("body-{id}"), blocks));
        }
    }
    Ok(all)
}

/// A body's characters: by the charset that it names or, where that fails or none is named, by the one it looks like.
fn text_of<'t>(
    message: &Message<'_>,
    part: &MessagePart<'_>,
    named: &'t str,
    out: &mut Out,
) -> Result<Cow<'t, str>, casemate_fence::ReplyError> {
    if !named.contains(char::REPLACEMENT_CHARACTER) {
        return Ok(Cow::Borrowed(named));
    }
    let guessed = bytes_of(message, part).as_deref().and_then(decode).filter(|d| !d.damaged);
    if let Some(decoded) = guessed {
        return Ok(Cow::Owned(decoded.text));
    }
    out.finding("text-damaged", Severity::Partial, "some bytes of a body are no characters of its charset")?;
    Ok(Cow::Borrowed(named))
}

/// A part's body with the transfer encoding undone. The parser's own contents won't do: it decodes the charset of all
/// that is text.
fn bytes_of<'m>(message: &'m Message<'_>, part: &MessagePart<'_>) -> Option<Cow<'m, [u8]>> {
    let body = message.raw_message.get(part.offset_body as usize..part.offset_end as usize)?;
    Some(undone(body, part.content_transfer_encoding().unwrap_or_default()))
}

fn attachments(message: &Message<'_>, out: &mut Out) -> Read {
    for (i, part) in (1..).zip(message.attachments()) {
        let nested = matches!(part.body, PartType::Message(_));
        let media_type = part.content_type().map_or_else(
            || "application/octet-stream".to_owned(),
            |t| format!("{}/{}", t.ctype(), t.subtype().unwrap_or("octet-stream")).to_ascii_lowercase(),
        );
        let name = part
            .attachment_name()
            .map_or_else(|| format!("part-{i}{}", if nested { ".eml" } else { "" }), str::to_owned);
        match bytes_of(message, part) {
            Some(bytes) => out.part(&name, &media_type, &bytes)?,
            None => trouble(out, "message-unread", &format!("attachment {i} has no place in the message"))?,
        }
    }
    Ok(())
}

fn warnings(message: &Message<'_>, out: &mut Out) -> Read {
    let sealed = |p: &MessagePart<'_>| {
        p.is_content_type("multipart", "encrypted")
            || p.is_content_type("application", "pgp-encrypted")
            || p.is_content_type("application", "pkcs7-mime")
            || p.is_content_type("application", "x-pkcs7-mime")
    };
    if message.parts.iter().any(sealed) {
        out.finding("encrypted", Severity::Partial, "a part is encrypted or in a signed envelope")?;
    }
    if message.parts.iter().any(|p| p.is_encoding_problem) {
        out.finding("encoding-damaged", Severity::Partial, "a part's transfer encoding or charset is damaged")?;
    }
    let boundary = message.root_part().content_type().and_then(|t| t.attribute("boundary"));
    let raw = &message.raw_message;
    if let Some(end) = boundary.filter(|b| !b.is_empty()).map(|b| format!("--{b}--"))
        && !raw.windows(end.len()).any(|w| w == end.as_bytes())
    {
        out.finding("truncated", Severity::Partial, "the last boundary of the parts is missing")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::out::tests::{Heard, heard};

    fn mail(text: &str) -> Heard {
        assert!(looks_like_mail(text.as_bytes(), None), "{text}");
        heard(|out| read(text.as_bytes(), out))
    }

    #[test]
    fn headers_body_and_offset() {
        let h = mail(
            "From: =?utf-8?B?5p6X5b6u?= <lin@example.org>\r\nTo: b@example.org\r\nSubject: =?iso-8859-1?q?=E9t=E9?=\r\nDate: Tue, 5 Mar 2024 09:10:11 +0800\r\n\r\nCome\r\nback.\r\n\r\nNow.\r\n",
        );
        assert_eq!(h.about.unwrap().kind, Kind::Mail);
        assert!(h.passages[0].text.contains("From: 林微 <lin@example.org>"), "{}", h.passages[0].text);
        assert!(h.passages[0].text.contains("Subject: été"));
        assert_eq!(h.passages[1].when.as_deref(), Some("2024-03-05T09:10:11+08:00"));
        assert_eq!(h.passages[1].text, "Come\nback.");
        assert_eq!(h.passages[2].text, "Now.");
    }

    const TWO: &str = "From: a@example.org\nTo: b@example.org\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: multipart/alternative; boundary=y\n\n--y\nContent-Type: text/plain\n\nhello\n--y\nContent-Type: text/html\n\n<p>a quite different invitation</p>\n--y--\n--x\nContent-Type: application/pdf; name=\"l.pdf\"\nContent-Transfer-Encoding: base64\n\nJVBERg==\n--x--\n";

    #[test]
    fn a_header_in_an_old_encoding_moves_no_other() {
        let raw = b"X-Note: caf\xe9\nDate: Fri, 5 May 2023 10:00:00 +0200\nTo: M\xfcller <b@x.example>\nFrom: Ada <a@x.example>\n\
            Subject: The boat\n\nBody\n";
        let m = heard(|out| read(raw, out));
        let metadata = m.about.unwrap().metadata;
        let said = |name: &str| metadata.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str());
        assert_eq!((said("From"), said("Subject")), (Some("Ada <a@x.example>"), Some("The boat")));
        assert!(said("To").is_some_and(|to| to.ends_with("ller <b@x.example>")), "{metadata:?}");
        assert_eq!(m.passages[0].speaker.as_deref(), Some("Ada <a@x.example>"));
    }

    #[test]
    fn attachments_come_whole_and_twins_that_differ_are_both_given() {
        let h = mail(TWO);
        assert_eq!(h.parts, [("l.pdf".to_owned(), "application/pdf".to_owned(), b"%PDF".to_vec())]);
        assert!(h.passages.iter().any(|p| p.text == "hello"));
        assert!(h.passages.iter().any(|p| p.text == "a quite different invitation"));
        assert_eq!(h.findings, ["alternatives-differ"]);
    }

    #[test]
    fn a_cut_mail_says_so() {
        let h = mail(TWO.get(..TWO.len() - 8).unwrap());
        assert!(h.findings.contains(&"truncated".to_owned()), "{:?}", h.findings);
    }

    #[test]
    fn a_folder_is_messages() {
        let one = "From a@b Mon Jan 1 00:00:00 2024\nFrom: a@example.org\nSubject: one\nDate: Mon, 1 Jan 2024 00:00:00 +0000\n\nbody\n\n";
        let h = mail(&one.repeat(3));
        let last = h.passages.last().unwrap();
        assert_eq!((last.place.clone(), last.text.as_str()), (Place::Message { number: 3 }, "body"));
    }

    #[test]
    fn texts_with_colons_are_no_mail() {
        assert!(!looks_like_mail(b"Note: one\nAnother: two\n\ntext", None));
        assert!(!looks_like_mail(b"To: be, or not to be\nthat is the question\n", None));
    }
}
