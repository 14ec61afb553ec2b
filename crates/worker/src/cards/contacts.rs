//! Contacts: every name, number and address of each, with what they are for.
//!
//! Keeps: a card is a passage; pictures, sounds and keys of a card are handed over. Does not know: who somebody is.

use casemate_ports::reading::{Kind, Passage, Place, Severity};
use casemate_ports::worker::MAX_PARTS;

use super::{Component, Property};
use crate::out::{Out, Read, about, passage};

const TYPE: &str = "text/vcard";
/// Properties whose values are several fields.
const FIELDS: [&str; 4] = ["N", "ADR", "ORG", "GENDER"];
/// Apple writes what an entry is for so: `_$!<HomePage>!$_`.
const LABEL_MARKS: [&str; 2] = ["_$!<", ">!$_"];

/// Tells cards.
pub fn tell(cards: &[Component], encoding: &str, out: &mut Out) -> Read {
    let cards: Vec<&Component> = cards.iter().filter(|card| card.name == "VCARD").collect();
    let mut metadata =
        vec![("encoding".to_owned(), encoding.to_owned()), ("contacts".to_owned(), cards.len().to_string())];
    metadata.extend(cards.first().and_then(|card| Some(("program".to_owned(), card.text("PRODID")?))));
    out.about(about(Kind::Text, TYPE, metadata))?;
    let mut parts: Vec<(String, String, Vec<u8>)> = Vec::new();
    let mut cut = false;
    for (number, card) in (1usize..).zip(cards) {
        let mut lines: Vec<String> = card.text("FN").into_iter().collect();
        told_lines(card, number, &mut lines, &mut parts, &mut cut);
        let place = Place::Lines { first: card.first, last: card.last };
        let when = card.text("REV").and_then(|at| moment(at.trim()));
        out.passage(Passage { when, ..passage(place, lines.join("\n")) })?;
    }
    for (name, media_type, content) in &parts {
        out.part(name, media_type, content)?;
    }
    if cut {
        out.finding("too-much", Severity::Partial, "more pictures than are handed over; the rest was left")?;
    }
    Ok(())
}

fn told_lines(
    card: &Component,
    number: usize,
    lines: &mut Vec<String>,
    parts: &mut Vec<(String, String, Vec<u8>)>,
    cut: &mut bool,
) {
    for property in &card.properties {
        let name = property.name.as_str();
        if matches!(name, "VERSION" | "FN" | "PRODID" | "X-ABLABEL") {
            // Several names are several: the first stands above.
            if name == "FN" && lines.first() != Some(&property.text()) {
                lines.push(property.text());
            }
            continue;
        }
        if let Some((content, told)) = property.binary() {
            let sort =
                told.or_else(|| property.says("TYPE").chain(property.says("MEDIATYPE")).next().map(str::to_owned));
            let (media_type, ending) = media_type(name, sort.as_deref().unwrap_or_default());
            let label = format!("{}-{number}.{ending}", name.to_lowercase());
            lines.push(format!("[{name}: {label}]"));
            match parts.len() as u64 >= MAX_PARTS {
                true => *cut = true,
                false => parts.push((label, media_type, content)),
            }
            continue;
        }
        let said = match name {
            name if FIELDS.contains(&name) => {
                property.fields().into_iter().filter(|field| !field.is_empty()).collect::<Vec<_>>().join(", ")
            }
            _ => property.text(),
        };
        if !said.trim().is_empty() {
            lines.push(format!("{name}{}: {said}", purpose(card, property)));
        }
    }
    for within in &card.within {
        lines.push(format!("[{}]", within.name));
        told_lines(within, number, lines, parts, cut);
    }
}

/// What an entry is for, in brackets.
fn purpose(card: &Component, property: &Property) -> String {
    let mut said: Vec<String> = property
        .says("TYPE")
        .chain(property.says("LABEL"))
        .chain(property.says("LANGUAGE"))
        .flat_map(|of| of.split(','))
        .map(|of| of.trim().to_lowercase())
        .collect();
    let labels = card.of("X-ABLABEL").filter(|label| label.group.is_some() && label.group == property.group);
    said.extend(labels.map(|label| LABEL_MARKS.iter().fold(label.text(), |label, mark| label.replace(mark, ""))));
    said.retain(|of| !of.is_empty());
    if said.is_empty() { String::new() } else { format!(" ({})", said.join(", ")) }
}

/// Media type and ending of what a property holds.
fn media_type(name: &str, sort: &str) -> (String, String) {
    let sort = sort.to_ascii_lowercase();
    let short = sort.rsplit('/').next().unwrap_or_default();
    let ending: String = short.chars().filter(char::is_ascii_alphanumeric).take(8).collect();
    let families = [("PHOTO", "image"), ("LOGO", "image"), ("SOUND", "audio")];
    let family = families.iter().find(|(own, _)| *own == name).map_or("application", |(_, family)| family);
    match (sort.contains('/'), ending.is_empty()) {
        (_, true) => ("application/octet-stream".to_owned(), "bin".to_owned()),
        (true, false) => (sort.clone(), ending),
        (false, false) => (format!("{family}/{ending}"), ending),
    }
}

/// When a card was changed, in either of the two forms.
fn moment(at: &str) -> Option<String> {
    let plain: String = at.chars().filter(|c| !matches!(c, '-' | ':')).collect();
    let (digits, utc) = plain.strip_suffix('Z').map_or((plain.as_str(), ""), |digits| (digits, "Z"));
    let at = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%S", digits).ok()?;
    Some(format!("{}{utc}", at.strftime("%Y-%m-%dT%H:%M:%S")))
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;
    use crate::out::tests::{Heard, heard};
    use crate::text::decode;

    fn cards(bytes: &[u8]) -> Heard {
        let decoded = decode(bytes).unwrap();
        heard(|out| read(bytes, &decoded, out))
    }

    const THREE: &str = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:林;木\\,水;;;\r\nFN:林木水\r\nX-PHONETIC-LAST-NAME:Lín\r\nTEL;type=CELL;type=pref:+000 55 01\r\n\
        item1.URL:https://lin.example\r\nitem1.X-ABLabel:_$!<HomePage>!$_\r\nADR;TYPE=home:;;1 Marsh Road;Vell;;;Marsh\r\n\
        PHOTO;ENCODING=b;TYPE=JPEG:AQ\r\n ID\r\nREV:2024-05-06T07:08:09Z\r\nEND:VCARD\r\n\
        BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=9B=\n=D0=B8=D0=BD\nTEL;HOME;VOICE:5502\nEND:VCARD\n\
        BEGIN:VCARD\nVERSION:4.0\nFN:Ada Vell\nFN:阿达\nPHOTO:data:image/png;base64,BAUG\nTEL;VALUE=uri;TYPE=\"voice,work\":tel:+000-55\nEND:VCARD\n";

    #[test]
    fn every_name_number_and_address_in_three_versions() {
        let h = cards(THREE.as_bytes());
        let told: Vec<&str> = h.passages.iter().map(|p| p.text.as_str()).collect();
        let expected = [
            "林木水\nN: 林, 木,水\nX-PHONETIC-LAST-NAME: Lín\nTEL (cell, pref): +000 55 01\nURL (HomePage): https://lin.example\n\
             ADR (home): 1 Marsh Road, Vell, Marsh\n[PHOTO: photo-1.jpeg]\nREV: 2024-05-06T07:08:09Z",
            "Лин\nTEL (home, voice): 5502",
            "Ada Vell\n阿达\n[PHOTO: photo-3.png]\nTEL (voice, work): tel:+000-55",
        ];
        assert_eq!(told, expected);
        assert_eq!(h.passages[0].place, Place::Lines { first: 1, last: 13 });
        assert_eq!(h.passages[0].when.as_deref(), Some("2024-05-06T07:08:09Z"));
        let parts: Vec<(&str, &str, &[u8])> =
            h.parts.iter().map(|p| (p.0.as_str(), p.1.as_str(), p.2.as_slice())).collect();
        let expected: [(&str, &str, &[u8]); 2] =
            [("photo-1.jpeg", "image/jpeg", &[1, 2, 3]), ("photo-3.png", "image/png", &[4, 5, 6])];
        assert_eq!(parts, expected);
        assert!(h.findings.is_empty(), "{:?}", h.findings);
    }

    #[test]
    fn a_cut_card_and_an_old_encoding() {
        for end in (0..THREE.len()).filter(|end| THREE.is_char_boundary(*end)) {
            cards(&THREE.as_bytes()[..end]);
        }
        assert_eq!(cards(b"BEGIN:VCARD\nFN:x\n").findings, ["truncated"]);
        let (bytes, _, _) = encoding_rs::WINDOWS_1251
            .encode("BEGIN:VCARD\nFN:Анна Петрова\nNOTE:работает в архиве на углу\nEND:VCARD\n");
        let h = cards(&bytes);
        assert!(h.passages[0].text.starts_with("Анна Петрова"), "{}", h.passages[0].text);
        assert_eq!(h.about.unwrap().metadata[0].1, "windows-1251");
    }
}
