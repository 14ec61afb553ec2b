//! Outlook's MSG: one message, as [MS-OXMSG] has it.
//!
//! Keeps: attachments are handed over whole; a message within is one. Does not know: whether a sender is who it says.

use casemate_ports::reading::{Kind, Passage, Place, Severity};
use jiff::Timestamp;

use crate::html;
use crate::ole::Ole;
use crate::out::{Out, Read, about, passage};
use crate::rtf;
use crate::text::{decode, paragraphs};

const TYPE: &str = "application/vnd.ms-outlook";
/// Properties by their ids, for the shown headers: name of the header, id of the property.
const SHOWN: [(&str, u16); 4] = [("To", 0x0e04), ("Cc", 0x0e03), ("Bcc", 0x0e02), ("Subject", 0x0037)];
const HEADERS: u16 = 0x007d;
const SENDER: u16 = 0x0c1a;
const ADDRESSES: [u16; 3] = [0x5d01, 0x0c1f, 0x0065];
const BODY: u16 = 0x1000;
const RTF: u16 = 0x1009;
const HTML: u16 = 0x1013;
const NAMES: [u16; 3] = [0x3707, 0x3704, 0x3001];
const DATA: u16 = 0x3701;
const MIME: u16 = 0x370e;
/// When it was sent, and when it came.
const TIMES: [u16; 2] = [0x0039, 0x0e06];
/// Bytes before the properties, in the outermost message and in one within.
const HEAD: usize = 32;
const HEAD_WITHIN: usize = 24;
/// Deepest nesting of messages.
const MAX_DEPTH: usize = 6;
/// Most attachments of a message.
const MAX_ATTACHMENTS: usize = 4096;
/// 100 ns between the years 1601 and 1970.
const EPOCH: i64 = 116_444_736_000_000_000;

/// A property's text, at a storage.
fn text(ole: &mut Ole, storage: &str, id: u16) -> Option<String> {
    let text = match ole.stream(&format!("{storage}/__substg1.0_{id:04X}001F")) {
        Some(bytes) => {
            let units: Vec<u16> = bytes.as_chunks::<2>().0.iter().map(|unit| u16::from_le_bytes(*unit)).collect();
            String::from_utf16_lossy(&units)
        }
        None => decode(&ole.stream(&format!("{storage}/__substg1.0_{id:04X}001E"))?)?.text,
    };
    Some(text.trim_end_matches('\0').trim().to_owned()).filter(|text| !text.is_empty())
}

fn binary(ole: &mut Ole, storage: &str, id: u16) -> Option<Vec<u8>> {
    ole.stream(&format!("{storage}/__substg1.0_{id:04X}0102"))
}

/// A time of the table of a message: a head, then 16 bytes for each property.
fn time(ole: &mut Ole, storage: &str, id: u16) -> Option<String> {
    let table = ole.stream(&format!("{storage}/__properties_version1.0"))?;
    let head = if storage.is_empty() { HEAD } else { HEAD_WITHIN };
    let [low, high] = id.to_le_bytes();
    let entry = table.get(head..)?.as_chunks::<16>().0.iter().find(|entry| entry.starts_with(&[0x40, 0, low, high]))?;
    let ticks = i64::from_le_bytes(entry.get(8..)?.try_into().ok()?);
    let at = Timestamp::from_nanosecond(i128::from(ticks.checked_sub(EPOCH)?) * 100).ok()?;
    Some(at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
}

/// What a message says of itself, as its headers are shown.
struct Head {
    sender: Option<String>,
    when: Option<String>,
    shown: Vec<(String, String)>,
}

fn head(ole: &mut Ole, storage: &str) -> Head {
    // Within an organisation an address may be one of its directory: that says nothing outside.
    let address = ADDRESSES.iter().find_map(|id| text(ole, storage, *id).filter(|address| address.contains('@')));
    let sender = match (text(ole, storage, SENDER), address) {
        (Some(name), Some(address)) if name != address => Some(format!("{name} <{address}>")),
        (one, other) => one.or(other),
    };
    let when = TIMES.iter().find_map(|id| time(ole, storage, *id));
    let mut shown: Vec<(String, String)> = Vec::new();
    shown.extend(sender.clone().map(|sender| ("From".to_owned(), sender)));
    shown.extend(SHOWN.iter().filter_map(|(name, id)| Some(((*name).to_owned(), text(ole, storage, *id)?))));
    shown.extend(when.clone().map(|when| ("Date".to_owned(), when)));
    Head { sender, when, shown }
}

/// Reads a message.
pub fn read(ole: &mut Ole, out: &mut Out) -> Read {
    let head = head(ole, "");
    let mut metadata = head.shown.clone();
    metadata.extend(text(ole, "", HEADERS).map(|headers| ("transport-headers".to_owned(), headers)));
    out.about(about(Kind::Mail, TYPE, metadata))?;
    tell_message(ole, "", "", head, out)
}

/// Tells a message; `name` is where it is held, empty for the outermost.
fn tell_message(ole: &mut Ole, storage: &str, name: &str, head: Head, out: &mut Out) -> Read {
    let Head { sender, when, shown } = head;
    let said = |part: &str, inside: Place, text: String| {
        let within = |name: &str, inside| Place::Part { name: name.to_owned(), inside: Box::new(inside) };
        let place = within(part, inside);
        let place = if name.is_empty() { place } else { within(name, place) };
        Passage { speaker: sender.clone(), when: when.clone(), ..passage(place, text) }
    };
    let lines: Vec<String> = shown.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    if !lines.is_empty() {
        out.passage(said("headers", Place::Whole, lines.join("\n")))?;
    }
    for (first, last, text) in body(ole, storage) {
        out.passage(said("body", Place::Lines { first, last }, text))?;
    }
    attachments(ole, storage, name, out)
}

/// The body in the first of its forms that says something.
fn body(ole: &mut Ole, storage: &str) -> Vec<html::Block> {
    if let Some(plain) = text(ole, storage, BODY) {
        return paragraphs(&plain.replace("\r\n", "\n"));
    }
    let markup = binary(ole, storage, HTML).and_then(|bytes| decode(&bytes)).map(|decoded| decoded.text);
    if let Some(markup) = markup.or_else(|| text(ole, storage, HTML)) {
        return html::blocks(&markup).blocks;
    }
    let packed = binary(ole, storage, RTF).unwrap_or_default();
    let rich = compressed_rtf::decompress_rtf(&packed).ok().map(|rich| rtf::plain(rich.as_bytes()).text());
    rich.map(|text| paragraphs(&text)).unwrap_or_default()
}

/// Hands over what is attached, and tells messages that are held within.
fn attachments(ole: &mut Ole, storage: &str, around: &str, out: &mut Out) -> Read {
    let here = if storage.is_empty() { "/" } else { storage };
    let mut storages: Vec<String> = ole
        .names(here)
        .into_iter()
        .filter(|(name, holds)| *holds && name.starts_with("__attach_version1.0_"))
        .map(|(name, _)| format!("{storage}/{name}"))
        .collect();
    storages.truncate(MAX_ATTACHMENTS);
    for (number, attached) in (1..).zip(storages) {
        let name = NAMES.iter().find_map(|id| text(ole, &attached, *id)).unwrap_or_else(|| format!("part-{number}"));
        let media_type = text(ole, &attached, MIME).unwrap_or_else(|| "application/octet-stream".to_owned());
        let held = format!("{attached}/__substg1.0_{DATA:04X}000D");
        if let Some(bytes) = binary(ole, &attached, DATA) {
            out.part(&name, &media_type, &bytes)?;
        } else if ole.has(&format!("{held}/__properties_version1.0")) && around.matches('.').count() < MAX_DEPTH {
            let head = head(ole, &held);
            let inner = if around.is_empty() { format!("message {number}") } else { format!("{around}.{number}") };
            tell_message(ole, &held, &inner, head, out)?;
        } else {
            out.finding("part-unread", Severity::Partial, "an object that is held within was not read")?;
        }
    }
    Ok(())
}
