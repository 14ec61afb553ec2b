//! Word's DOC (97 to 2003; of 6 and 95 what was saved at once): the text by its table of pieces, as [MS-DOC] has it.
//!
//! Keeps: every offset is checked against the bytes; fields tell their result. Does not know: styles, revisions.

use casemate_ports::reading::{Kind, Severity};
use encoding_rs::WINDOWS_1252;

use super::paragraphs::{Said, tell, within};
use crate::ole::Ole;
use crate::out::{Out, Read, about, unread};

const TYPE: &str = "application/msword";
/// First words of the main stream: 97 and later; 6 and 95.
const NEW: u16 = 0xa5ec;
const OLD: u16 = 0xa5dc;
/// Bits of its flags: encrypted; which stream holds the tables.
const ENCRYPTED: u16 = 0x0100;
const SECOND_TABLE: u16 = 0x0200;
/// Where the main stream says how long each part of the text is, in characters, and the names of those parts.
const COUNTS: usize = 0x4c;
const PARTS: [&str; 8] =
    ["text", "footnotes", "headers", "macros", "comments", "endnotes", "text boxes", "text boxes of headers"];
/// Where it says where the pieces are.
const CLX: usize = 0x1a2;
/// Most characters.
const MAX_CHARACTERS: usize = 64 << 20;

/// Reads a DOC.
pub fn read(ole: &mut Ole, out: &mut Out) -> Read {
    let main = ole.stream("WordDocument").unwrap_or_default();
    let (sort, flags) = (word(&main, 0), word(&main, 0xa));
    if flags.is_some_and(|flags| flags & ENCRYPTED != 0) {
        return unread(out, Kind::Document, TYPE, "encrypted", "it opens with a password only");
    }
    let text = match sort {
        Some(NEW) => {
            let second = flags.is_some_and(|flags| flags & SECOND_TABLE != 0);
            let table = ole.stream(if second { "1Table" } else { "0Table" }).unwrap_or_default();
            pieces(&main, &table)
        }
        Some(OLD) => one_piece(&main),
        _ => None,
    };
    let Some(text) = text else {
        return unread(out, Kind::Document, TYPE, "malformed", "its table of pieces can't be read");
    };
    out.about(about(Kind::Document, TYPE, Vec::new()))?;
    let mut rest = text.as_slice();
    for (index, name) in PARTS.iter().enumerate() {
        let count = long(&main, COUNTS + 4 * index).and_then(|count| usize::try_from(count).ok()).unwrap_or(0);
        let whole = sort == Some(OLD) && index == 0;
        let (now, later) = rest.split_at(if whole { rest.len() } else { count.min(rest.len()) });
        let said = paragraphs(now).into_iter().map(Said::plain).collect();
        match index {
            0 => tell(said, |place| place, out)?,
            _ => tell(said, within(name), out)?,
        }
        rest = later;
    }
    if ole.has("Data") || ole.has("ObjectPool") {
        out.finding("pictures-inside", Severity::Partial, "pictures and objects inside were not looked at")?;
    }
    Ok(())
}

fn word(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes)
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}

fn size(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(long(bytes, at)?).ok()
}

/// All characters, as units of UTF-16, in the order of the table.
fn pieces(main: &[u8], table: &[u8]) -> Option<Vec<u16>> {
    let (from, len) = (size(main, CLX)?, size(main, CLX + 4)?);
    let mut clx = table.get(from..from.checked_add(len)?)?;
    // Runs of formatting come before the pieces.
    while let [1, rest @ ..] = clx {
        clx = rest.get(2 + usize::from(word(rest, 0)?)..)?;
    }
    let [2, rest @ ..] = clx else { return None };
    let plc = rest.get(4..4usize.checked_add(size(rest, 0)?)?)?;
    // n + 1 positions of 4 bytes, n descriptions of 8.
    let count = plc.len().checked_sub(4)? / 12;
    let mut all: Vec<u16> = Vec::new();
    for index in 0..count {
        let (start, end) = (size(plc, 4 * index)?, size(plc, 4 * (index + 1))?);
        let place = long(plc, 4 * (count + 1) + 8 * index + 2)?;
        let characters = end.checked_sub(start)?;
        if all.len().saturating_add(characters) > MAX_CHARACTERS {
            return None;
        }
        let at = usize::try_from(place & 0x3fff_ffff).ok()?;
        if place & 0x4000_0000 != 0 {
            let bytes = main.get(at / 2..(at / 2).checked_add(characters)?)?;
            all.extend(bytes.iter().flat_map(|byte| latin(*byte).encode_utf16(&mut [0; 2]).to_vec()));
        } else {
            let bytes = main.get(at..at.checked_add(characters.checked_mul(2)?)?)?;
            all.extend(bytes.as_chunks::<2>().0.iter().map(|unit| u16::from_le_bytes(*unit)));
        }
    }
    Some(all)
}

/// The text of a file of Word 6 or 95 that was not saved in pieces.
fn one_piece(main: &[u8]) -> Option<Vec<u16>> {
    let (from, to) = (size(main, 0x18)?, size(main, 0x1c)?);
    let (text, _, _) = WINDOWS_1252.decode(main.get(from..to)?);
    Some(text.encode_utf16().collect())
}

/// The character of a byte of a piece that holds one for each; signs of Word stay what they are.
fn latin(byte: u8) -> char {
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(std::slice::from_ref(&byte));
    text.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// Paragraphs, cells and lines; of fields, what they show.
fn paragraphs(units: &[u16]) -> Vec<String> {
    let mut all = Vec::new();
    let mut open = String::new();
    // For each field that is open, whether its instructions are still being said.
    let mut fields: Vec<bool> = Vec::new();
    for c in char::decode_utf16(units.iter().copied()).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)) {
        match c {
            '\u{13}' => fields.push(true),
            '\u{14}' => {
                if let Some(instructs) = fields.last_mut() {
                    *instructs = false;
                }
            }
            '\u{15}' => drop(fields.pop()),
            _ if fields.contains(&true) => {}
            '\r' | '\u{7}' | '\u{c}' => all.push(std::mem::take(&mut open)),
            '\u{b}' => open.push('\n'),
            '\u{1e}' => open.push('-'),
            '\t' => open.push('\t'),
            c if c.is_control() => {}
            c => open.push(c),
        }
    }
    all.push(open);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A main stream of two pieces, one of bytes and one of units, and its table.
    fn document() -> (Vec<u8>, Vec<u8>) {
        let mut main = vec![0u8; 0x200];
        main[..2].copy_from_slice(&NEW.to_le_bytes());
        main.extend(b"caf\xe9\r");
        main.extend("林木川\r".encode_utf16().flat_map(u16::to_le_bytes));
        let mut table = vec![1, 1, 0, 9, 2];
        let mut plc: Vec<u8> = [0u32, 5, 9].iter().flat_map(|cp| cp.to_le_bytes()).collect();
        for fc in [(0x200u32 * 2) | 0x4000_0000, 0x205] {
            plc.extend([0, 0]);
            plc.extend(fc.to_le_bytes());
            plc.extend([0, 0]);
        }
        table.extend((plc.len() as u32).to_le_bytes());
        table.extend(plc);
        main[CLX..CLX + 4].copy_from_slice(&0u32.to_le_bytes());
        main[CLX + 4..CLX + 8].copy_from_slice(&(table.len() as u32).to_le_bytes());
        (main, table)
    }

    #[test]
    fn pieces_of_bytes_and_of_units_are_joined() {
        let (main, table) = document();
        assert_eq!(paragraphs(&pieces(&main, &table).unwrap()), ["café", "林木川", ""]);
    }

    #[test]
    fn no_change_of_a_byte_reads_beyond_the_file() {
        let (main, table) = document();
        for at in 0..table.len() {
            for value in [0, 1, 0x7f, 0xff] {
                let mut changed = table.clone();
                changed[at] = value;
                let read = pieces(&main, &changed);
                assert!(read.is_none_or(|units| units.len() <= main.len()), "{at}");
            }
        }
    }

    #[test]
    fn a_field_says_its_result_and_not_its_instructions() {
        let text = "see \u{13}HYPERLINK \"x\"\u{14}the letter\u{15} now\u{b}then\u{7}cell\r";
        assert_eq!(paragraphs(&text.encode_utf16().collect::<Vec<_>>()), ["see the letter now\nthen", "cell", ""]);
    }
}
