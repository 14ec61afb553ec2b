//! Events, tasks and notes of a calendar: when, where, who asked whom.
//!
//! Keeps: a time with `Z` or with a zone of one offset has that offset; any other is local, with its zone beside it; a day is a
//! day. Does not know: rules of daylight saving, what repeats when.

use std::collections::BTreeSet;

use casemate_ports::reading::{Kind, Passage, Place, Severity};
use jiff::civil::{Date, DateTime};

use super::{Component, Property};
use crate::out::{Out, Read, about, passage};

const TYPE: &str = "text/calendar";
/// Properties of a calendar that say something of the whole.
const OF_ALL: [(&str, &str); 5] = [
    ("X-WR-CALNAME", "title"),
    ("PRODID", "program"),
    ("METHOD", "method"),
    ("X-WR-TIMEZONE", "zone"),
    ("NAME", "title"),
];
/// Properties whose values are times.
const TIMES: [&str; 11] = [
    "DTSTART",
    "DTEND",
    "DUE",
    "DTSTAMP",
    "CREATED",
    "LAST-MODIFIED",
    "COMPLETED",
    "RECURRENCE-ID",
    "EXDATE",
    "RDATE",
    "ACKNOWLEDGED",
];
const PARTIES: [&str; 2] = ["ORGANIZER", "ATTENDEE"];
/// What a parameter says of somebody who is asked.
const OF_PARTY: [&str; 3] = ["PARTSTAT", "ROLE", "CUTYPE"];

/// A zone that has one offset all year, in a calendar's own words.
struct Zone {
    name: String,
    offset: String,
}

/// Tells the entries of calendars.
pub fn tell(calendars: &[Component], encoding: &str, out: &mut Out) -> Read {
    let mut metadata = vec![("encoding".to_owned(), encoding.to_owned())];
    for calendar in calendars {
        let said = OF_ALL.iter().filter_map(|(name, ours)| Some(((*ours).to_owned(), calendar.text(name)?)));
        metadata.extend(said);
    }
    let entries = calendars.iter().flat_map(|calendar| &calendar.within).filter(|entry| entry.name != "VTIMEZONE");
    let entries: Vec<&Component> = entries.collect();
    metadata.push(("entries".to_owned(), entries.len().to_string()));
    let asked = entries.iter().flat_map(|entry| &entry.properties).filter(|p| PARTIES.contains(&p.name.as_str()));
    let parties: BTreeSet<String> = asked.filter_map(party).collect();
    metadata.extend(parties.into_iter().map(|name| ("participant".to_owned(), name)));
    out.about(about(Kind::Text, TYPE, metadata))?;
    let all = calendars.iter().flat_map(|calendar| &calendar.within);
    let zones: Vec<Zone> = all.filter(|one| one.name == "VTIMEZONE").filter_map(zone).collect();
    let mut invalid = 0usize;
    for entry in entries {
        entry_told(entry, &zones, &mut invalid, out)?;
    }
    if invalid > 0 {
        let detail = format!("{invalid} values that should be times are none; they are told as they lie");
        out.finding("date-invalid", Severity::Note, &detail)?;
    }
    Ok(())
}

fn entry_told(entry: &Component, zones: &[Zone], invalid: &mut usize, out: &mut Out) -> Read {
    let mut lines: Vec<String> = entry.text("SUMMARY").into_iter().collect();
    told_lines(entry, zones, invalid, &mut lines);
    let start = ["DTSTART", "DUE", "DTSTAMP"].iter().find_map(|name| entry.of(name).next());
    let when = start.and_then(|start| time(&start.value, start, zones));
    let speaker = entry.of("ORGANIZER").find_map(party);
    let place = Place::Lines { first: entry.first, last: entry.last };
    out.passage(Passage { speaker, when, ..passage(place, lines.join("\n")) })
}

/// A line for each property, and for those of what is within, such as reminders.
fn told_lines(entry: &Component, zones: &[Zone], invalid: &mut usize, lines: &mut Vec<String>) {
    for property in entry.properties.iter().filter(|property| property.name != "SUMMARY") {
        let name = property.name.as_str();
        let said = match name {
            name if PARTIES.contains(&name) => {
                let more: Vec<&str> = OF_PARTY.iter().flat_map(|of| property.says(of)).collect();
                let party = party(property).unwrap_or_default();
                if more.is_empty() { party } else { format!("{party} ({})", more.join(", ").to_lowercase()) }
            }
            name if TIMES.contains(&name) => times(property, zones, invalid),
            _ => property.text(),
        };
        if !said.trim().is_empty() {
            lines.push(format!("{name}: {said}"));
        }
    }
    for within in &entry.within {
        lines.push(format!("[{}]", within.name));
        told_lines(within, zones, invalid, lines);
    }
}

/// The times of a property, with their zone where it has no offset of its own.
fn times(property: &Property, zones: &[Zone], invalid: &mut usize) -> String {
    let zone = property.says("TZID").next().map(|zone| format!(" ({zone})")).unwrap_or_default();
    let values = property.value.split(',').map(|value| match time(value, property, zones) {
        Some(time) if time.contains('T') && !time.ends_with('Z') => format!("{time}{zone}"),
        Some(time) => time,
        None => {
            *invalid += usize::from(!value.contains('/'));
            value.to_owned()
        }
    });
    values.collect::<Vec<_>>().join(", ")
}

/// A time: with an offset where the source gives one, else local; a day where it is no more.
fn time(value: &str, property: &Property, zones: &[Zone]) -> Option<String> {
    let value = value.trim();
    if value.len() == 8 {
        return Some(Date::strptime("%Y%m%d", value).ok()?.to_string());
    }
    let (plain, utc) = match value.strip_suffix(['Z', 'z']) {
        Some(plain) => (plain, true),
        None => (value, false),
    };
    let at = DateTime::strptime("%Y%m%dT%H%M%S", plain).or_else(|_| DateTime::strptime("%Y%m%dT%H%M", plain)).ok()?;
    let named = property.says("TZID").next();
    let offset = match named.and_then(|named| zones.iter().find(|zone| zone.name == named)) {
        _ if utc => "Z",
        Some(zone) => &zone.offset,
        None => "",
    };
    Some(format!("{}{offset}", at.strftime("%Y-%m-%dT%H:%M:%S")))
}

/// A zone whose offset never changes.
fn zone(zone: &Component) -> Option<Zone> {
    let name = zone.text("TZID")?;
    let mut offsets = zone.within.iter().flat_map(|rule| rule.of("TZOFFSETTO")).map(|offset| offset.value.trim());
    let first = offsets.next()?;
    if !offsets.all(|other| other == first) {
        return None;
    }
    let (sign, digits) = first.split_at_checked(1)?;
    let real = matches!(sign, "+" | "-") && digits.len() >= 4 && digits.bytes().all(|digit| digit.is_ascii_digit());
    let (hours, minutes) = (digits.get(..2)?, digits.get(2..4)?);
    (real && hours < "24" && minutes < "60").then(|| Zone { name, offset: format!("{sign}{hours}:{minutes}") })
}

/// Somebody by name and address.
fn party(property: &Property) -> Option<String> {
    let value = property.text();
    let bare = value.trim();
    let address = match bare.get(..7) {
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => bare.get(7..).unwrap_or_default(),
        _ => bare,
    };
    let name = property.says("CN").next().map(str::trim).filter(|name| !name.is_empty() && *name != address);
    match (name, Some(address).filter(|address| !address.is_empty())) {
        (Some(name), Some(address)) => Some(format!("{name} <{address}>")),
        (name, address) => name.or(address).map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{looks_like_cards, read};
    use super::*;
    use crate::out::tests::{Heard, heard};
    use crate::text::decode;

    fn calendar(bytes: &[u8]) -> Heard {
        let decoded = decode(bytes).unwrap();
        assert!(looks_like_cards(&decoded.text));
        heard(|out| read(bytes, &decoded, out))
    }

    const ONE: &str = "BEGIN:VCALENDAR\r\nPRODID:-//Marsh//Desk//EN\r\nX-WR-CALNAME:H\r\n\
        BEGIN:VTIMEZONE\r\nTZID:Harbour\r\nBEGIN:STANDARD\r\nTZOFFSETFROM:+0800\r\nTZOFFSETTO:+0800\r\nDTSTART:19700101T000000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n\
        BEGIN:VEVENT\r\nDTSTART;TZID=Harbour:20240506T070800\r\nDTEND;TZID=Elsewhere:20240506T080000\r\nSUMMARY:Call with\\, perhaps\\, Gao\r\n\
        ORGANIZER;CN=\"Lin: office\":mailto:lin@example.org\r\nATTENDEE;PARTSTAT=ACCEPTED;CN=Gao:MAILTO:gao@example.org\r\n\
        X-ODD;A=B:as it lies\r\nBEGIN:VALARM\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20240507\r\nDTSTAMP:20240101T000000Z\r\nEXDATE:20240508T000000Z,never\r\nSUMMARY:回来\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    #[test]
    fn events_have_their_times_zones_and_parties() {
        let h = calendar(ONE.as_bytes());
        let first = &h.passages[0];
        assert_eq!(
            first.text,
            "Call with, perhaps, Gao\nDTSTART: 2024-05-06T07:08:00+08:00 (Harbour)\nDTEND: 2024-05-06T08:00:00 (Elsewhere)\n\
             ORGANIZER: Lin: office <lin@example.org>\nATTENDEE: Gao <gao@example.org> (accepted)\nX-ODD: as it lies\n[VALARM]\nTRIGGER: -PT15M"
        );
        assert_eq!(first.when.as_deref(), Some("2024-05-06T07:08:00+08:00"));
        assert_eq!(first.speaker.as_deref(), Some("Lin: office <lin@example.org>"));
        assert_eq!(first.place, Place::Lines { first: 12, last: 22 });
        let second = &h.passages[1];
        assert_eq!(
            second.text,
            "回来\nDTSTART: 2024-05-07\nDTSTAMP: 2024-01-01T00:00:00Z\nEXDATE: 2024-05-08T00:00:00Z, never"
        );
        assert_eq!((second.when.as_deref(), h.findings), (Some("2024-05-07"), vec!["date-invalid".to_owned()]));
        let about = h.about.unwrap();
        let parties: Vec<&str> =
            about.metadata.iter().filter(|(name, _)| name == "participant").map(|(_, who)| who.as_str()).collect();
        assert_eq!(parties, ["Gao <gao@example.org>", "Lin: office <lin@example.org>"]);
        assert_eq!(about.media_type, "text/calendar");
    }

    #[test]
    fn old_encodings_wide_ones_and_every_cut() {
        let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Réunion à l’étude, déjà prévue\nEND:VEVENT\nEND:VCALENDAR\n",
        );
        assert!(calendar(&latin).passages[0].text.starts_with("Réunion à l’étude"));
        let wide: Vec<u8> = std::iter::once(0xfeff).chain(ONE.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(calendar(&wide).passages[1].text.split('\n').next(), Some("回来"));
        for end in 15..ONE.len() {
            let cut = ONE.get(..end).unwrap_or("BEGIN:VCALENDAR");
            calendar(cut.as_bytes());
        }
    }
}
