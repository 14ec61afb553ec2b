//! Calendars (RFC 5545) and contacts (vCard 2.1 to 4.0): both are lines `NAME;PARAMETER=…:value` between `BEGIN` and `END`.
//!
//! Keeps: every property is told, also one that nobody knows; lines are the source's. Folded lines are joined before characters
//! are made of them, since a fold may stand within a character. Does not know: what properties mean (see below it).

mod calendar;
mod contacts;

use std::borrow::Cow;

use casemate_ports::reading::Severity;
use encoding_rs::Encoding;

use crate::out::{Out, Read};
use crate::text::{Decoded, decode};
use crate::transfer::undone;

/// Deepest nesting of components.
const MAX_DEPTH: usize = 8;
/// Most parameters of a property that are told apart.
const MAX_PARAMETERS: usize = 64;

/// A property with its lines in the source.
#[derive(Debug, Default)]
struct Property {
    /// Upper case, without its group.
    name: String,
    group: Option<String>,
    /// Name in upper case, and value.
    parameters: Vec<(String, String)>,
    value: String,
}

impl Property {
    /// The values of a parameter.
    fn says<'p>(&'p self, name: &'p str) -> impl Iterator<Item = &'p str> {
        self.parameters.iter().filter(move |(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The value as text: its escapes undone.
    fn text(&self) -> String {
        unescaped(&self.value)
    }

    /// The fields of a value that has several, each as text.
    fn fields(&self) -> Vec<String> {
        let (mut fields, mut open, mut escaped) = (Vec::new(), String::new(), false);
        for c in self.value.chars() {
            match c {
                ';' if !escaped => fields.push(std::mem::take(&mut open)),
                c => open.push(c),
            }
            escaped = c == '\\' && !escaped;
        }
        fields.push(open);
        fields.iter().map(|field| unescaped(field).trim().to_owned()).collect()
    }

    /// What is no text: the bytes that the value stands for, and their media type where it is told.
    fn binary(&self) -> Option<(Vec<u8>, Option<String>)> {
        if let Some(rest) = self.value.strip_prefix("data:") {
            let (kind, data) = rest.split_once(',')?;
            let kind = kind.strip_suffix(";base64")?;
            return Some((undone(data.as_bytes(), "base64").into_owned(), Some(kind.to_owned())));
        }
        let coded = self.says("ENCODING").any(|by| by.eq_ignore_ascii_case("b") || by.eq_ignore_ascii_case("base64"));
        coded.then(|| (undone(self.value.as_bytes(), "base64").into_owned(), None))
    }
}

fn unescaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, true) => match chars.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(c @ ('\\' | ';' | ',' | ':' | '"')) => out.push(c),
                Some(c) => out.extend(['\\', c]),
                None => out.push('\\'),
            },
            (c, false) => out.push(c),
        }
    }
    out
}

/// A component: what stands between its `BEGIN` and its `END`.
#[derive(Debug, Default)]
struct Component {
    name: String,
    first: u64,
    last: u64,
    properties: Vec<Property>,
    within: Vec<Component>,
}

impl Component {
    fn of<'c>(&'c self, name: &'c str) -> impl Iterator<Item = &'c Property> {
        self.properties.iter().filter(move |property| property.name == name)
    }

    fn text(&self, name: &str) -> Option<String> {
        self.of(name).map(Property::text).find(|text| !text.trim().is_empty())
    }
}

/// A line of the source once joined: first and last number, characters.
type Line = (u64, u64, String);

/// Whether the head of a text is a calendar's or a contact's.
pub fn looks_like_cards(head: &str) -> bool {
    let start =
        head.trim_start_matches(['\u{feff}', ' ', '\n', '\r']).get(..15).unwrap_or_default().to_ascii_uppercase();
    start.starts_with("BEGIN:VCALENDAR") || start.starts_with("BEGIN:VCARD")
}

/// Reads calendars and contacts.
pub fn read(bytes: &[u8], source: &Decoded, out: &mut Out) -> Read {
    // Wide characters have no fold within, and their bytes no line ends of one byte.
    let wide = source.encoding.starts_with("UTF-16");
    let bytes = if wide { Cow::Owned(source.text.clone().into_bytes()) } else { Cow::Borrowed(bytes) };
    let (lines, encoding) = lines(&bytes);
    let encoding = if wide { source.encoding } else { encoding };
    let (components, whole) = components(&lines);
    let cards = components.iter().any(|component| component.name == "VCARD");
    match cards {
        true => contacts::tell(&components, encoding, out)?,
        false => calendar::tell(&components, encoding, out)?,
    }
    if !whole {
        out.finding("truncated", Severity::Partial, "a BEGIN has no END")?;
    }
    Ok(())
}

/// The lines of a source, joined where they are folded, and their encoding.
fn lines(bytes: &[u8]) -> (Vec<Line>, &'static str) {
    let mut joined: Vec<(u64, u64, Vec<u8>)> = Vec::new();
    for (number, line) in (1u64..).zip(bytes.split(|byte| *byte == b'\n')) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if let Some((_, last, open)) = joined.last_mut() {
            if is_soft(open) {
                open.pop();
                open.extend_from_slice(line);
                *last = number;
                continue;
            }
            if let [b' ' | b'\t', rest @ ..] = line {
                open.extend_from_slice(rest);
                *last = number;
                continue;
            }
            // A line that begins no property is the rest of one that somebody broke.
            if !line.trim_ascii().is_empty() && !begins_property(line) {
                open.extend_from_slice(if is_base64(open) { b"" } else { b"\\n" });
                open.extend_from_slice(line.trim_ascii());
                *last = number;
                continue;
            }
        }
        if !line.trim_ascii().is_empty() {
            joined.push((number, number, line.to_vec()));
        }
    }
    let all: Vec<u8> = joined.iter().map(|line| line.2.as_slice()).collect::<Vec<_>>().join(&b'\n');
    let decoded = decode(&all);
    let encoding = decoded.as_ref().map_or("UTF-8", |decoded| decoded.encoding);
    let text = decoded.map_or_else(|| String::from_utf8_lossy(&all).into_owned(), |decoded| decoded.text);
    let numbers = joined.iter().map(|(first, last, _)| (*first, *last));
    (numbers.zip(text.split('\n')).map(|((first, last), text)| (first, last, text.to_owned())).collect(), encoding)
}

/// Whether a line in quoted-printable goes on in the next.
fn is_soft(line: &[u8]) -> bool {
    let head = line.split(|byte| *byte == b':').next().unwrap_or_default().to_ascii_uppercase();
    line.ends_with(b"=") && head.windows(16).any(|name| name == b"QUOTED-PRINTABLE")
}

fn is_base64(line: &[u8]) -> bool {
    let head = line.split(|byte| *byte == b':').next().unwrap_or_default().to_ascii_uppercase();
    head.windows(6).any(|name| name == b"BASE64") || head.windows(10).any(|name| name == b"ENCODING=B")
}

fn begins_property(line: &[u8]) -> bool {
    let name = line.iter().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'.' | b'_')).count();
    name > 0 && matches!(line.get(name), Some(b':' | b';')) && line.contains(&b':')
}

/// The components of a source, and whether each has its end.
fn components(lines: &[Line]) -> (Vec<Component>, bool) {
    let mut done: Vec<Component> = Vec::new();
    let mut open: Vec<Component> = Vec::new();
    let mut whole = true;
    for (first, last, line) in lines {
        let Some(property) = property(line) else { continue };
        match property.name.as_str() {
            "BEGIN" if open.len() < MAX_DEPTH => {
                let name = property.value.trim().to_ascii_uppercase();
                open.push(Component { name, first: *first, last: *last, ..Component::default() });
            }
            "END" => {
                let Some(mut ended) = open.pop() else { continue };
                ended.last = *last;
                match open.last_mut() {
                    Some(outer) => outer.within.push(ended),
                    None => done.push(ended),
                }
            }
            _ => {
                if let Some(inner) = open.last_mut() {
                    inner.last = *last;
                    inner.properties.push(property);
                }
            }
        }
    }
    while let Some(cut) = open.pop() {
        whole = false;
        match open.last_mut() {
            Some(outer) => outer.within.push(cut),
            None => done.push(cut),
        }
    }
    (done, whole)
}

/// A line as a property.
fn property(line: &str) -> Option<Property> {
    let (mut quoted, mut colon) = (false, None);
    for (at, c) in line.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ':' if !quoted => {
                colon = Some(at);
                break;
            }
            _ => {}
        }
    }
    // A quote that nobody closes quotes nothing.
    let (head, value) = line.split_at_checked(colon.or_else(|| line.find(':'))?)?;
    let mut pieces = unquoted(head).into_iter();
    let name = pieces.next()?.to_ascii_uppercase();
    let (group, name) = match name.rsplit_once('.') {
        Some((group, name)) => (Some(group.to_owned()), name.to_owned()),
        None => (None, name),
    };
    let mut parameters: Vec<(String, String)> = Vec::new();
    for piece in pieces.take(MAX_PARAMETERS) {
        match piece.split_once('=') {
            Some((name, values)) => {
                parameters.push((name.trim().to_ascii_uppercase(), values.replace("^n", "\n").replace("^'", "\"")))
            }
            // As vCard 2.1 has them: a value alone.
            None if matches!(piece.to_ascii_uppercase().as_str(), "QUOTED-PRINTABLE" | "BASE64") => {
                parameters.push(("ENCODING".to_owned(), piece))
            }
            None => parameters.push(("TYPE".to_owned(), piece)),
        }
    }
    let mut property = Property { name, group, parameters, value: value.get(1..)?.to_owned() };
    property.value = characters(&property).unwrap_or(property.value);
    Some(property)
}

/// The pieces of a property's head between semicolons, without quotes.
fn unquoted(head: &str) -> Vec<String> {
    let (mut pieces, mut open, mut quoted) = (Vec::new(), String::new(), false);
    for c in head.chars() {
        match c {
            '"' => quoted = !quoted,
            ';' if !quoted => pieces.push(std::mem::take(&mut open)),
            c => open.push(c),
        }
    }
    pieces.push(open);
    pieces
}

/// A value in quoted-printable as characters, by the charset that it names.
fn characters(property: &Property) -> Option<String> {
    property.says("ENCODING").find(|by| by.eq_ignore_ascii_case("quoted-printable"))?;
    let bytes = undone(property.value.as_bytes(), "quoted-printable");
    let named = property.says("CHARSET").next().and_then(|label| Encoding::for_label(label.as_bytes()));
    let text = match named.filter(|named| !named.decode(&bytes).2) {
        Some(named) => named.decode(&bytes).0.into_owned(),
        None => decode(&bytes).map_or_else(|| String::from_utf8_lossy(&bytes).into_owned(), |decoded| decoded.text),
    };
    Some(text.replace("\r\n", "\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_within_a_character_and_broken_lines_are_joined() {
        let mut source = b"BEGIN:VCARD\r\nFN:".to_vec();
        source.extend_from_slice(&"林".as_bytes()[..1]);
        source.extend_from_slice(b"\r\n ");
        source.extend_from_slice(&"林".as_bytes()[1..]);
        source.extend_from_slice(b"\r\nNOTE:one\r\ntwo, without a mark\r\nEND:VCARD\r\n");
        let (lines, encoding) = lines(&source);
        assert_eq!(encoding, "UTF-8");
        assert_eq!(lines[1], (2, 3, "FN:林".to_owned()));
        assert_eq!(lines[2], (4, 5, "NOTE:one\\ntwo, without a mark".to_owned()));
    }

    #[test]
    fn heads_with_quotes_groups_and_bare_values() {
        let told = property("item1.TEL;TYPE=\"a;b:c\",home;CELL;X=1:tel:+1").unwrap();
        assert_eq!((told.name.as_str(), told.group.as_deref(), told.value.as_str()), ("TEL", Some("ITEM1"), "tel:+1"));
        assert_eq!(told.says("TYPE").collect::<Vec<_>>(), ["a;b:c,home", "CELL"]);
        let told = property("N:Lin;Mu\\;x;a\\,b\\\\;").unwrap();
        assert_eq!(told.fields(), ["Lin", "Mu;x", "a,b\\", ""]);
        assert!(property("no property").is_none());
        assert_eq!(property("X;P=\"open:v").unwrap().value, "v");
    }

    #[test]
    fn quoted_printable_by_its_charset_or_by_what_it_looks_like() {
        let latin = property("FN;CHARSET=windows-1251;ENCODING=QUOTED-PRINTABLE:=CB=E8=ED").unwrap();
        assert_eq!(latin.value, "Лин");
        let utf8 = property("FN;QUOTED-PRINTABLE:=E6=9E=97").unwrap();
        assert_eq!(utf8.value, "林");
    }

    #[test]
    fn what_is_not_closed_is_told() {
        let text = |text: &str| lines(text.as_bytes()).0;
        assert!(components(&text("BEGIN:VCARD\nFN:x\nEND:VCARD")).1);
        let (cut, whole) = components(&text("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x"));
        assert_eq!((cut.len(), cut[0].within.len(), whole), (1, 1, false));
        let deep = "BEGIN:X\n".repeat(10_000);
        assert!(!components(&text(&deep)).1);
    }
}
