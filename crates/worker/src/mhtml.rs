//! MHTML (RFC 2557): a page as a browser saved it, with its pictures, in the form of a mail.
//!
//! Keeps: the page's words with the lines of its source; everything else that was saved with it is handed over by its address.
//! Does not know: whether the page stood there.

use std::collections::HashSet;

use casemate_ports::reading::{Kind, Place, Severity};
use casemate_ports::worker::MAX_PARTS;
use mail_parser::{Message, MessagePart, MimeHeaders, PartType};

use crate::html;
use crate::mail::{bytes_of, looks_like_mail, offset_date, parse, warnings};
use crate::out::{Out, Read, about, passage, unread};
use crate::saved::moment;
use crate::text::decode;

const TYPE: &str = "multipart/related";
/// Headers that a browser writes and no mail has.
const ADDRESSES: [&str; 2] = ["Snapshot-Content-Location", "Content-Location"];
/// How the sender begins where a browser saved it.
const SAVED_BY: &str = "saved by";
/// Bytes in which the head stands.
const HEAD_WITHIN: usize = 8 << 10;

/// Whether a text is a saved page: the form of a mail, from a browser or, where it is named as one, to nobody.
pub fn looks_like_page(bytes: &[u8], extension: Option<&str>) -> bool {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(HEAD_WITHIN)).unwrap_or_default()).to_lowercase();
    let head = head.replace("\r\n", "\n");
    let head = head.split("\n\n").next().unwrap_or_default();
    let has = |name: &str| head.lines().any(|line| line.starts_with(name));
    let named = matches!(extension, Some("mht" | "mhtml"));
    let browser = head.contains(SAVED_BY) || has("snapshot-content-location:");
    let to_nobody = named && !has("to:") && !has("received:");
    (browser || to_nobody) && head.contains(TYPE) && looks_like_mail(bytes, extension)
}

fn header(message: &Message<'_>, name: &str) -> Option<String> {
    message.header(name).and_then(|value| value.as_text()).map(str::to_owned)
}

/// What a part is called: the address that it had, or its own name.
fn label(part: &MessagePart<'_>, number: usize) -> String {
    let address = part.content_location().or_else(|| part.attachment_name()).or_else(|| part.content_id());
    address.map_or_else(|| format!("part-{number}"), str::to_owned)
}

/// Reads a saved page.
pub fn read(bytes: &[u8], out: &mut Out) -> Read {
    let Some(message) = parse(bytes) else {
        return unread(out, Kind::Web, TYPE, "malformed", "no header of a saved page");
    };
    let start = message.content_type().and_then(|kind| kind.attribute("start")).map(|id| id.trim_matches(['<', '>']));
    // A charset that nobody knows makes a part no page to the parser.
    let is_page =
        |part: &&MessagePart<'_>| matches!(part.body, PartType::Html(_)) || part.is_content_type("text", "html");
    let named = message.parts.iter().filter(is_page).find(|part| start.is_some() && part.content_id() == start);
    let page = named.or_else(|| message.parts.iter().find(is_page));
    let raw = page.and_then(|page| bytes_of(&message, page));
    let decoded = raw.as_deref().and_then(|raw| Some((raw, decode(raw)?)));
    let text = decoded.as_ref().map(|(raw, decoded)| html::text_of(raw, decoded));
    let told = text.as_ref().map(|text| html::blocks(text)).unwrap_or_default();
    let address = ADDRESSES.iter().find_map(|name| header(&message, name));
    let address = address.or_else(|| page?.content_location().map(str::to_owned));
    let when = message.date().and_then(offset_date);
    let mut metadata: Vec<(String, String)> = Vec::new();
    let mut tell = |name: &str, value: Option<String>| metadata.extend(value.map(|value| (name.to_owned(), value)));
    tell("saved.from", address.clone());
    tell("saved.at", when.or_else(|| written_date(bytes)));
    tell("saved.by", saved_by(bytes));
    tell("encoding", decoded.as_ref().map(|(_, decoded)| decoded.encoding.to_owned()));
    tell("title", told.title.or_else(|| message.subject().map(str::to_owned)));
    out.about(about(Kind::Web, TYPE, metadata))?;
    let name = address.unwrap_or_else(|| "page".to_owned());
    for (first, last, text) in told.blocks {
        let inside = Box::new(Place::Lines { first, last });
        out.passage(passage(Place::Part { name: name.clone(), inside }, text))?;
    }
    if decoded.is_some_and(|(_, decoded)| decoded.damaged) {
        out.finding("text-damaged", Severity::Partial, "some bytes are no characters of the encoding")?;
    }
    hand_over(&message, page, out)?;
    if page.is_none() {
        out.finding("no-text", Severity::Note, "it holds no page of HTML")?;
    }
    warnings(&message, out)
}

/// What saved it, as it names itself.
fn saved_by(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(HEAD_WITHIN))?).into_owned();
    let from = head.lines().take_while(|line| !line.is_empty()).find_map(|line| line.strip_prefix("From:"))?;
    let by = from.trim().trim_matches(['<', '>']);
    let name = by.get(..SAVED_BY.len()).filter(|words| words.eq_ignore_ascii_case(SAVED_BY));
    Some(name.map_or(by, |_| by.get(SAVED_BY.len()..).unwrap_or_default()).trim().to_owned())
}

/// The date of the head as it is written, where it is none of a mail's form.
fn written_date(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(HEAD_WITHIN))?).into_owned();
    let written = head.lines().take_while(|line| !line.is_empty()).find_map(|line| line.strip_prefix("Date:"))?.trim();
    Some(moment(written).unwrap_or_else(|| written.to_owned())).filter(|written| !written.is_empty())
}

/// Hands over what was saved with the page.
fn hand_over(message: &Message<'_>, page: Option<&MessagePart<'_>>, out: &mut Out) -> Read {
    let mut parts = 0u64;
    let mut names: HashSet<String> = HashSet::new();
    for (number, part) in (1..).zip(&message.parts) {
        let whole = matches!(part.body, PartType::Multipart(_));
        if whole || page.is_some_and(|page| std::ptr::eq(page, part)) {
            continue;
        }
        let Some(content) = bytes_of(message, part).filter(|content| !content.is_empty()) else { continue };
        if parts >= MAX_PARTS {
            return out.finding("too-much", Severity::Partial, "more files than are handed over; the rest was left");
        }
        let media_type = part.content_type().map_or_else(
            || "application/octet-stream".to_owned(),
            |kind| format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or("octet-stream")).to_ascii_lowercase(),
        );
        let label = label(part, number);
        let label = if names.contains(&label) { format!("{label} ({number})") } else { label };
        out.part(&label, &media_type, &content)?;
        names.insert(label);
        parts += 1;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::out::tests::heard;

    const PAGE: &str = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://news.example/a\r\n\
        Subject: =?utf-8?Q?The=20harbour?=\r\nDate: Mon, 4 Mar 2024 10:11:12 +0800\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"b\"\r\n\r\n\
        --b\r\nContent-Type: text/html\r\nContent-ID: <f@x>\r\nContent-Transfer-Encoding: quoted-printable\r\n\
        Content-Location: https://news.example/a\r\n\r\n<title>Harbour</title>=E6=9E=97 spoke=\r\n.<p>Twice</p>\r\n\
        --b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: https://news.example/p.png\r\n\r\nAQID\r\n\
        --b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: https://news.example/p.png\r\n\r\nBAUG\r\n\
        --b--\r\n";

    #[test]
    fn a_saved_page_is_read_and_its_pictures_are_handed_over() {
        assert!(looks_like_page(PAGE.as_bytes(), None));
        let h = heard(|out| read(PAGE.as_bytes(), out));
        let texts: Vec<&str> = h.passages.iter().map(|p| p.text.as_str()).collect();
        assert_eq!(texts, ["Harbour", "林 spoke.", "Twice"]);
        assert_eq!(
            h.passages[1].place,
            Place::Part { name: "https://news.example/a".into(), inside: Box::new(Place::Lines { first: 1, last: 1 }) }
        );
        let about = h.about.unwrap();
        assert_eq!(about.kind, Kind::Web);
        let said = |name: &str| about.metadata.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str());
        assert_eq!(said("saved.from"), Some("https://news.example/a"));
        assert_eq!((said("saved.at"), said("saved.by")), (Some("2024-03-04T10:11:12+08:00"), Some("Blink")));
        assert_eq!(said("title"), Some("Harbour"));
        let parts: Vec<(&str, &[u8])> = h.parts.iter().map(|p| (p.0.as_str(), p.2.as_slice())).collect();
        let expected: [(&str, &[u8]); 2] =
            [("https://news.example/p.png", &[1, 2, 3]), ("https://news.example/p.png (4)", &[4, 5, 6])];
        assert_eq!(parts, expected);
        assert!(h.findings.is_empty(), "{:?}", h.findings);
    }

    #[test]
    fn every_cut_is_read_and_the_missing_end_is_told() {
        for end in 0..PAGE.len() {
            heard(|out| read(&PAGE.as_bytes()[..end], out));
        }
        let cut = heard(|out| read(&PAGE.as_bytes()[..PAGE.len() - 8], out));
        assert!(cut.findings.contains(&"truncated".to_owned()), "{:?}", cut.findings);
    }

    #[test]
    fn mail_stays_mail() {
        let mail = PAGE.replace("<Saved by Blink>", "Lin <lin@example.org>").replace("Snapshot-Content", "X-Content");
        assert!(!looks_like_page(mail.as_bytes(), None));
        assert!(looks_like_page(mail.as_bytes(), Some("mht")));
        let mail = mail.replace("Subject:", "To: gao@example.org\r\nSubject:");
        assert!(!looks_like_page(mail.as_bytes(), Some("mht")));
    }
}
