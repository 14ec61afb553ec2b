//! What a picture says of itself: its size, and EXIF's word of when, where and with what it was taken.
//!
//! Keeps: a time has the offset that the camera wrote, and none where it wrote none; a place is told as the camera has it, in
//! decimal degrees. Does not know: what is to be seen. All of it can be changed by anybody who has the file.

use std::io::Cursor;

use casemate_ports::reading::{Kind, Severity};
use exif::{Exif, Field, In, Tag, Value};
use image::ImageReader;

use crate::out::{Out, Read, about};

/// Fields that are told, by the name that they get.
const TOLD: [(&str, Tag); 11] = [
    ("camera.make", Tag::Make),
    ("camera.model", Tag::Model),
    ("camera.serial", Tag::BodySerialNumber),
    ("camera.owner", Tag::CameraOwnerName),
    ("lens", Tag::LensModel),
    ("software", Tag::Software),
    ("artist", Tag::Artist),
    ("copyright", Tag::Copyright),
    ("description", Tag::ImageDescription),
    ("orientation", Tag::Orientation),
    ("unique-id", Tag::ImageUniqueID),
];
/// Times, and where the offset of each stands.
const TIMES: [(&str, Tag, Tag); 3] = [
    ("taken", Tag::DateTimeOriginal, Tag::OffsetTimeOriginal),
    ("digitized", Tag::DateTimeDigitized, Tag::OffsetTimeDigitized),
    ("changed", Tag::DateTime, Tag::OffsetTime),
];
/// Longest value that is told, bytes.
const LONGEST: usize = 4 << 10;

/// Tells of a picture.
pub fn describe(media_type: &'static str, bytes: &[u8], out: &mut Out) -> Read {
    let mut metadata = Vec::new();
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    if let Some((width, height)) = reader.ok().and_then(|reader| reader.into_dimensions().ok()) {
        metadata.extend([("width".to_owned(), width.to_string()), ("height".to_owned(), height.to_string())]);
    }
    let exif = exif::Reader::new().continue_on_error(true).read_from_container(&mut Cursor::new(bytes));
    let exif = exif.or_else(|error| error.distill_partial_result(|_| ()));
    if let Ok(exif) = &exif {
        metadata.extend(told(exif));
    }
    out.about(about(Kind::Other, media_type, metadata))?;
    out.finding("picture-unread", Severity::Unread, "what is to be seen in it was not read")
}

fn told(exif: &Exif) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut tell = |name: &str, value: String| {
        let value = value.trim_matches(|c: char| c.is_whitespace() || c == '\0');
        if !value.is_empty() {
            let end = value.floor_char_boundary(LONGEST);
            all.push((name.to_owned(), value.get(..end).unwrap_or_default().to_owned()));
        }
    };
    let field = |tag| exif.get_field(tag, In::PRIMARY);
    for (name, time, offset) in TIMES {
        if let Some(time) = field(time).and_then(|field| when(&text(field)?, field_text(field_of(exif, offset)))) {
            tell(name, time);
        }
    }
    for (name, tag) in TOLD {
        if let Some(field) = field(tag) {
            tell(name, text(field).unwrap_or_else(|| field.display_value().to_string()));
        }
    }
    let degrees = |value, letter| degrees(field(value)?, &text(field(letter)?)?);
    let place = [(Tag::GPSLatitude, Tag::GPSLatitudeRef), (Tag::GPSLongitude, Tag::GPSLongitudeRef)];
    if let [Some(north), Some(east)] = place.map(|(value, letter)| degrees(value, letter)) {
        tell("place", format!("{north:.6}, {east:.6}"));
    }
    if let Some(date) = field(Tag::GPSDateStamp).and_then(text) {
        let time = field(Tag::GPSTimeStamp).map(|time| time.display_value().to_string()).unwrap_or_default();
        tell("gps-time", format!("{}T{time}Z", date.replace(':', "-")));
    }
    all
}

fn field_of(exif: &Exif, tag: Tag) -> Option<&Field> {
    exif.get_field(tag, In::PRIMARY)
}

fn field_text(field: Option<&Field>) -> Option<String> {
    field.and_then(text)
}

/// What a field says in characters.
fn text(field: &Field) -> Option<String> {
    match &field.value {
        Value::Ascii(lines) => Some(crate::text::decode(&lines.join(&b' '))?.text),
        _ => None,
    }
}

/// EXIF's `2024:05:06 07:08:09` as the rest of the product writes times; none where it is no time.
fn when(said: &str, offset: Option<String>) -> Option<String> {
    let (date, time) = said.trim().split_once(' ')?;
    let date: jiff::civil::Date = date.replace(':', "-").parse().ok()?;
    let time: jiff::civil::Time = time.trim_matches('\0').parse().ok()?;
    let offset = offset.map(|offset| offset.trim_matches(['\0', ' ']).to_owned());
    let offset = offset.filter(|offset| offset == "Z" || (offset.len() == 6 && offset.starts_with(['+', '-'])));
    Some(format!("{date}T{time}{}", offset.unwrap_or_default()))
}

/// Degrees, minutes and seconds as one number, negative in the south and the west.
fn degrees(field: &Field, letter: &str) -> Option<f64> {
    let Value::Rational(parts) = &field.value else { return None };
    let [degrees, minutes, seconds] = parts.first_chunk::<3>()?.map(|part| part.to_f64());
    let value = degrees + minutes / 60.0 + seconds / 3600.0;
    let value = if letter.trim().starts_with(['S', 'W']) { -value } else { value };
    value.is_finite().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::out::tests::heard;

    /// Tag, kind, count, and the bytes.
    type Entry = (u16, u16, u32, Vec<u8>);

    /// A TIFF of three tables, the second and third found by their pointers in the first.
    fn tiff(tables: [&[Entry]; 3]) -> Vec<u8> {
        let mut bytes = b"II*\0\x08\0\0\0".to_vec();
        let lens = tables.map(|table| 2 + 12 * table.len() as u32 + 4);
        let starts = [8, 8 + lens[0], 8 + lens[0] + lens[1]];
        let mut heap_at = starts[2] + lens[2];
        let mut heap = Vec::new();
        for table in tables {
            bytes.extend((table.len() as u16).to_le_bytes());
            for (tag, kind, count, value) in table {
                bytes.extend([&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes()].concat());
                match (*tag, value.len()) {
                    (0x8769, _) => bytes.extend(starts[1].to_le_bytes()),
                    (0x8825, _) => bytes.extend(starts[2].to_le_bytes()),
                    (_, 0..=4) => bytes.extend([&value[..], &[0; 4][value.len()..]].concat()),
                    _ => {
                        bytes.extend(heap_at.to_le_bytes());
                        heap_at += value.len() as u32;
                        heap.extend_from_slice(value);
                    }
                }
            }
            bytes.extend([0; 4]);
        }
        bytes.extend(heap);
        bytes
    }

    #[test]
    fn time_place_and_camera_are_told() {
        let ascii = |tag: u16, said: &str| (tag, 2u16, said.len() as u32 + 1, [said.as_bytes(), &[0]].concat());
        let angle = |tag: u16, parts: [u32; 3]| {
            (
                tag,
                5u16,
                3u32,
                parts.iter().flat_map(|part| [part.to_le_bytes(), 1u32.to_le_bytes()].concat()).collect::<Vec<u8>>(),
            )
        };
        let main = [ascii(0x010f, "Nordlicht"), (0x8769, 4, 1, vec![0; 4]), (0x8825, 4, 1, vec![0; 4])];
        let own = [ascii(0x9003, "2024:05:06 07:08:09"), ascii(0x9011, "+08:00")];
        let gps = [ascii(0x0001, "S"), angle(0x0002, [10, 30, 0]), ascii(0x0003, "E"), angle(0x0004, [20, 0, 36])];
        let bytes = tiff([&main, &own, &gps]);
        let h = heard(|out| describe("image/tiff", &bytes, out));
        let metadata = h.about.unwrap().metadata;
        let said = |name: &str| metadata.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str());
        assert_eq!(said("taken"), Some("2024-05-06T07:08:09+08:00"));
        assert_eq!((said("camera.make"), said("place")), (Some("Nordlicht"), Some("-10.500000, 20.010000")));
        assert_eq!(h.findings, ["picture-unread"]);
        for end in 0..bytes.len() {
            heard(|out| describe("image/tiff", &bytes[..end], out));
        }
    }

    #[test]
    fn a_time_is_told_as_it_was_written_or_not_at_all() {
        assert_eq!(when("2024:05:06 07:08:09", None).as_deref(), Some("2024-05-06T07:08:09"));
        assert_eq!(when("2024:05:06 07:08:09", Some("nonsense".into())).as_deref(), Some("2024-05-06T07:08:09"));
        assert_eq!(when("0000:00:00 00:00:00", None), None);
        assert_eq!(when("    :  :     :  :  ", None), None);
    }
}
