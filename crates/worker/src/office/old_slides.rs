//! PowerPoint's PPT (97 to 2003): texts by the slide that holds them, as [MS-PPT] has it.
//!
//! Keeps: records are walked by their lengths, bounded by the stream and in depth. Does not know: masters, where text stands
//! on a slide.

use std::collections::BTreeMap;

use casemate_ports::reading::{Kind, Place, Severity};
use encoding_rs::WINDOWS_1252;

use crate::ole::Ole;
use crate::out::{Out, Read, about, passage, unread};

const TYPE: &str = "application/vnd.ms-powerpoint";
/// Sorts of records.
const SLIDE: u16 = 0x03ee;
const MASTER: u16 = 0x03f8;
const NOTES: u16 = 0x03f0;
const LIST: u16 = 0x0ff0;
const ENTRY: u16 = 0x03f3;
const UNITS: u16 = 0x0fa0;
const BYTES: u16 = 0x0fa8;
const LOCKED: u16 = 0x2f14;
/// Of a list with the texts of slides: those of the slides themselves, and those of their notes.
const OF_SLIDES: u16 = 0;
const OF_NOTES: u16 = 2;
/// Deepest nesting of records.
const MAX_DEPTH: usize = 32;
/// Most texts.
const MAX_TEXTS: usize = 500_000;

/// Reads a PPT.
pub fn read(ole: &mut Ole, out: &mut Out) -> Read {
    let stream = ole.stream("PowerPoint Document").unwrap_or_default();
    let mut show = Show::default();
    let whole = show.records(&stream, 0);
    if show.locked {
        return unread(out, Kind::Document, TYPE, "encrypted", "it opens with a password only");
    }
    let slides = show.slides.max(show.listed);
    out.about(about(Kind::Document, TYPE, vec![("slides".to_owned(), slides.to_string())]))?;
    for (number, texts) in show.texts {
        for text in texts {
            out.passage(passage(Place::Page { number: number.max(1), rect: None }, text))?;
        }
    }
    if !whole {
        out.finding("truncated", Severity::Partial, "its records end within")?;
    }
    if ole.has("Pictures") {
        out.finding("pictures-inside", Severity::Partial, "pictures inside were not looked at")?;
    }
    Ok(())
}

/// What was found so far.
#[derive(Default)]
struct Show {
    texts: BTreeMap<u32, Vec<String>>,
    slides: u32,
    notes: u32,
    /// Slides of the list with texts.
    listed: u32,
    /// The slide whose texts come now.
    now: u32,
    locked: bool,
    count: usize,
}

impl Show {
    /// Walks records; false if one is longer than what holds it.
    fn records(&mut self, mut bytes: &[u8], depth: usize) -> bool {
        while let Some((head, rest)) = bytes.split_at_checked(8) {
            let [a, b, c, d, e, f, g, h] = *head else { return false };
            let (version, instance) = (u16::from_le_bytes([a, b]) & 0xf, u16::from_le_bytes([a, b]) >> 4);
            let sort = u16::from_le_bytes([c, d]);
            let len = u32::from_le_bytes([e, f, g, h]) as usize;
            let Some((body, later)) = rest.split_at_checked(len) else { return false };
            bytes = later;
            if !self.record(version == 0xf, instance, sort, body, depth) {
                return false;
            }
        }
        true
    }

    fn record(&mut self, holds: bool, instance: u16, sort: u16, body: &[u8], depth: usize) -> bool {
        match sort {
            // What masters say is shown on every slide, and most of it is how to fill one in.
            MASTER => return true,
            LOCKED => self.locked = true,
            SLIDE => {
                self.slides += 1;
                self.now = self.slides;
            }
            NOTES => {
                self.notes += 1;
                self.now = self.notes;
            }
            LIST if matches!(instance, OF_SLIDES | OF_NOTES) => {
                self.now = 0;
                self.listed = if instance == OF_SLIDES { 0 } else { self.listed };
            }
            ENTRY => {
                self.now += 1;
                self.listed = self.listed.max(self.now);
            }
            UNITS => {
                let units: Vec<u16> = body.as_chunks::<2>().0.iter().map(|unit| u16::from_le_bytes(*unit)).collect();
                self.say(&String::from_utf16_lossy(&units));
            }
            BYTES => self.say(&WINDOWS_1252.decode_without_bom_handling(body).0),
            _ => {}
        }
        !holds || (depth < MAX_DEPTH && self.records(body, depth + 1))
    }

    fn say(&mut self, text: &str) {
        let into = self.texts.entry(self.now).or_default();
        for line in text.split(['\r', '\n']).map(|line| line.replace('\u{b}', "\n")) {
            let line = line.trim().to_owned();
            if !line.is_empty() && !into.contains(&line) && self.count < MAX_TEXTS {
                self.count += 1;
                into.push(line);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(version: u16, instance: u16, sort: u16, body: &[u8]) -> Vec<u8> {
        let mut out = (version | instance << 4).to_le_bytes().to_vec();
        out.extend(sort.to_le_bytes());
        out.extend((body.len() as u32).to_le_bytes());
        out.extend(body);
        out
    }

    #[test]
    fn texts_belong_to_their_slides() {
        let units: Vec<u8> = "林木川\r二".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let entry = record(0, 0, ENTRY, &[0; 20]);
        let list = [entry.clone(), record(0, 0, BYTES, b"caf\xe9"), entry, record(0, 0, UNITS, &units)].concat();
        let slide = |text: &[u8]| record(0xf, 0, SLIDE, &record(0xf, 0, 0xf00d, &record(0, 0, BYTES, text)));
        let master = record(0xf, 0, MASTER, &record(0, 0, BYTES, b"Click to edit"));
        let stream = [master, record(0xf, 0, LIST, &list), slide(b"box"), slide(b"caf\xe9")].concat();
        let mut show = Show::default();
        assert!(show.records(&stream, 0));
        let told: Vec<(u32, Vec<&str>)> =
            show.texts.iter().map(|(n, texts)| (*n, texts.iter().map(String::as_str).collect())).collect();
        assert_eq!(told, [(1, vec!["café", "box"]), (2, vec!["林木川", "二", "café"])]);
    }

    #[test]
    fn lengths_that_lie_and_records_within_records_end() {
        let mut show = Show::default();
        assert!(!show.records(&[0, 0, 0xa8, 0xf, 0xff, 0xff, 0xff, 0xff, b'x'], 0));
        let deep = (0..1000).fold(record(0, 0, BYTES, b"deep"), |inner, _| record(0xf, 0, 1, &inner));
        assert!(!show.records(&deep, 0));
        assert!(show.texts.is_empty());
    }
}
