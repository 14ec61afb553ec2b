//! Fields of e-mails as another reader's tests list them.

use std::path::Path;

use serde_json::Value;

use crate::Measure;
use crate::whole::{Reader, Whole};

const FIELDS: [&str; 5] = ["from", "to", "cc", "subject", "date"];

pub fn measure(reader: &Reader, data: &Path) -> Vec<Measure> {
    let mut files = Vec::new();
    let folder = data.join("email/stalwart-mail-parser/eml");
    for sort in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
        for entry in std::fs::read_dir(sort.path()).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.extension().is_some_and(|e| e == "eml") && path.with_extension("json").is_file() {
                files.push(path);
            }
        }
    }
    let (mut count, mut misses) = (0, Vec::new());
    for (path, whole) in reader.each(&files) {
        let list: Value = serde_json::from_slice(&std::fs::read(path.with_extension("json")).unwrap()).unwrap();
        for name in FIELDS {
            let Some(expected) = header(&list, name) else { continue };
            count += 1;
            let said = field(&whole, name);
            if said.as_deref() != Some(expected.as_str()) {
                misses.push(format!("{}: {name} is {expected:?}, read {said:?}", path.display()));
            }
        }
    }
    if count == 0 { Vec::new() } else { vec![Measure::share("mail: fields of e-mails", count, misses, 0.97)] }
}

/// The last such field that was read, as white space leaves it.
fn field(whole: &Whole, name: &str) -> Option<String> {
    let all = &whole.outcome.reading.metadata;
    all.iter().rev().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| squeezed(value))
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same field in the list.
fn header(list: &Value, name: &str) -> Option<String> {
    let headers = list["parts"][0]["headers"].as_array()?;
    let value = &headers.iter().rev().find(|header| header["name"] == name)?["value"];
    if let Some(text) = value["Text"].as_str() {
        return Some(squeezed(text));
    }
    let date = &value["DateTime"];
    if date.is_object() {
        let number = |name: &str| date[name].as_u64().unwrap_or(0);
        let sign = if date["tz_before_gmt"] == true { '-' } else { '+' };
        let [year, month, day] = ["year", "month", "day"].map(number);
        let [hour, minute, second, oh, om] = ["hour", "minute", "second", "tz_hour", "tz_minute"].map(number);
        return Some(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{sign}{oh:02}:{om:02}"));
    }
    let address = &value["Address"];
    let of_groups =
        address["Group"].as_array().into_iter().flatten().filter_map(|group| group["addresses"].as_array()).flatten();
    let all = address["List"].as_array().into_iter().flatten().chain(of_groups).map(|one| {
        match (one["name"].as_str(), one["address"].as_str()) {
            (Some(name), Some(address)) => format!("{name} <{address}>"),
            (name, address) => name.or(address).unwrap_or_default().to_owned(),
        }
    });
    let all = squeezed(&all.collect::<Vec<_>>().join(", "));
    (!all.is_empty()).then_some(all)
}
