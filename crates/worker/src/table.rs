//! Rows and columns in text, and lists of calls among them.
//!
//! Keeps: rows are numbered as the source has them, from 1; cells unchanged, joined by ` | `.
//! Does not know: what a column means, but for the three that make a list of calls.

use casemate_ports::reading::{Kind, Passage, Place, Severity};

use crate::out::{Out, Read, about, passage, trouble};
use crate::stamp::{Stamp, order, stamp, verdict, written};
use crate::text::Decoded;

/// Delimiters that are tried.
const DELIMITERS: [u8; 4] = *b",;\t|";
/// Records looked at when the delimiter is told.
const LOOK: usize = 20;
/// Most columns of a row.
const MAX_COLUMNS: usize = 4096;

/// Words in the headings of a list of calls, lower case.
const NUMBER: &[&str] = &[
    "number",
    "phone",
    "caller",
    "callee",
    "msisdn",
    "contact",
    "numéro",
    "numero",
    "appelant",
    "appelé",
    "correspondant",
    "téléphone",
    "号码",
    "號碼",
    "电话",
    "電話",
    "主叫",
    "被叫",
    "对方",
    "對方",
];
const TIME: &[&str] = &["date", "time", "start", "heure", "début", "时间", "時間", "日期"];
const DURATION: &[&str] = &["duration", "length", "seconds", "durée", "duree", "时长", "時長", "通话时长"];

/// The delimiter, where the head of a text is a table. A text that is not named as one must show a list of calls'
/// headings or rows of equal width.
pub fn delimiter_of(head: &str, named: bool) -> Option<u8> {
    let widths = |delimiter: u8| -> Vec<usize> {
        reader(head, delimiter).records().take(LOOK).filter_map(Result::ok).map(|r| r.len()).collect()
    };
    let best = DELIMITERS
        .into_iter()
        .map(|d| (d, widths(d)))
        .filter(|(_, w)| w.first().is_some_and(|first| *first > 1))
        .max_by_key(|(_, w)| {
            let first = w.first().copied().unwrap_or(0);
            (w.iter().filter(|n| **n == first).count() * 10 / w.len().max(1), first)
        });
    let Some((delimiter, widths)) = best else {
        return named.then_some(b',');
    };
    let equal = widths.iter().all(|w| Some(w) == widths.first());
    let headings = reader(head, delimiter).records().next().and_then(Result::ok);
    let calls = headings.is_some_and(|h| columns(&h).is_some());
    (named || calls || (equal && widths.len() >= 3 && widths.first() >= Some(&3))).then_some(delimiter)
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes())
}

/// Columns of number, time and duration in a list of calls.
fn columns(headings: &csv::StringRecord) -> Option<[usize; 3]> {
    let of = |words: &[&str]| {
        headings.iter().position(|h| {
            let h = h.to_lowercase();
            words.iter().any(|w| h.contains(w))
        })
    };
    let (number, duration) = (of(NUMBER)?, of(DURATION)?);
    // "通话时长" and "duration (time)" hold a word for time as well.
    let time = headings.iter().enumerate().position(|(i, h)| {
        let h = h.to_lowercase();
        i != duration && TIME.iter().any(|w| h.contains(w))
    })?;
    Some([number, time, duration])
}

/// Reads a table.
pub fn read(source: &Decoded, delimiter: u8, out: &mut Out) -> Read {
    let calls = reader(&source.text, delimiter).records().next().and_then(Result::ok).and_then(|h| columns(&h));
    let kind = if calls.is_some() { Kind::CallLog } else { Kind::Table };
    let media_type = if delimiter == b'\t' { "text/tab-separated-values" } else { "text/csv" };
    let metadata = vec![
        ("encoding".to_owned(), source.encoding.to_owned()),
        ("delimiter".to_owned(), char::from(delimiter).escape_default().to_string()),
    ];
    out.about(about(kind, media_type, metadata))?;
    let stamp_of = |record: &csv::StringRecord| -> Option<(Stamp, String)> {
        let (stamp, rest) = stamp(record.get(calls?[1])?.trim())?;
        Some((stamp, offset(rest)))
    };
    let stamps: Vec<Stamp> = match calls {
        Some(_) => {
            let records = reader(&source.text, delimiter).into_records();
            records.filter_map(Result::ok).filter_map(|r| stamp_of(&r)).map(|s| s.0).collect()
        }
        None => Vec::new(),
    };
    let (order, finding) = verdict(order(&stamps));
    for (number, record) in (1u64..).zip(reader(&source.text, delimiter).into_records()) {
        let Ok(record) = record else {
            trouble(out, "row-unread", &format!("row {number} is no row"))?;
            continue;
        };
        if record.len() > MAX_COLUMNS {
            trouble(out, "row-unread", &format!("row {number} has more than {MAX_COLUMNS} columns"))?;
            continue;
        }
        let text = record.iter().map(str::trim).collect::<Vec<_>>().join(" | ");
        if text.trim_matches([' ', '|']).is_empty() {
            continue;
        }
        let stamped = stamp_of(&record).zip(order);
        let when = stamped.and_then(|((s, offset), order)| written(&s, order).map(|w| w + &offset));
        out.passage(Passage { when, ..passage(Place::Row { number, column: None }, text) })?;
    }
    match finding {
        Some((id, detail)) => out.finding(id, Severity::Note, detail),
        None => Ok(()),
    }
}

/// `Z` or `+02:00` where it follows a time.
fn offset(rest: &str) -> String {
    let rest = rest.trim();
    let shape: String = rest.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    if matches!(shape.as_str(), "Z" | "+00:00" | "-00:00") { rest.to_owned() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::out::tests::{Heard, heard};
    use crate::text::decode;

    fn table(text: &str, named: bool) -> Heard {
        let delimiter = delimiter_of(text, named).unwrap();
        heard(|out| read(&decode(text.as_bytes()).unwrap(), delimiter, out))
    }

    #[test]
    fn lists_of_calls_in_three_languages() {
        for (text, when) in [
            ("Number,Date,Duration\n+33 1,2024-05-06 07:08:09+02:00,61\n", Some("2024-05-06T07:08:09+02:00")),
            ("Numéro;Date et heure;Durée\n01;31/12/2023 10:00;5\n", Some("2023-12-31T10:00")),
            ("对方号码\t通话时长\t通话时间\n10\t5\t2023年1月2日 下午3:04\n", Some("2023-01-02T15:04")),
        ] {
            let h = table(text, false);
            assert_eq!(h.about.unwrap().kind, Kind::CallLog, "{text}");
            assert_eq!(h.passages[1].place, Place::Row { number: 2, column: None });
            assert_eq!(h.passages[1].when.as_deref(), when);
            assert!(h.findings.is_empty());
        }
    }

    #[test]
    fn ambiguous_dates_of_calls_are_told() {
        let h = table("caller,time,duration\n1,03/04/2023 10:00,1\n", false);
        assert_eq!((h.passages[1].when.as_deref(), h.findings.as_slice()), (None, &["date-ambiguous".to_owned()][..]));
    }

    #[test]
    fn quoted_cells_and_ragged_rows_are_kept() {
        let h = table("a,b\n\"x, y\nz\",2\n3\n\n4,5,6\n", true);
        assert_eq!(h.about.unwrap().kind, Kind::Table);
        let texts: Vec<&str> = h.passages.iter().map(|p| p.text.as_str()).collect();
        assert_eq!(texts, ["a | b", "x, y\nz | 2", "3", "4 | 5 | 6"]);
    }

    #[test]
    fn prose_is_no_table() {
        assert_eq!(delimiter_of("Dear sir, I write\nto you, again, today\nand, so\n", false), None);
    }
}
