//! Strings that the tests of Apache Tika assert to be in a file, or not to be.

use std::collections::BTreeMap;
use std::path::Path;

use crate::Measure;
use crate::whole::{Reader, table};

type Strings = BTreeMap<String, Vec<(bool, String)>>;

pub fn measure(reader: &Reader, data: &Path) -> Vec<Measure> {
    let mut all = Vec::new();
    for set in ["docs-tika", "email", "hostile"] {
        let folder = data.join(set);
        let mut strings = Strings::new();
        for cells in table(&folder.join("EXPECTATIONS.tsv")) {
            if let [file, kind, string, ..] = cells.as_slice() {
                strings.entry(file.clone()).or_default().push((kind == "contains", string.clone()));
            }
        }
        let files: Vec<_> = strings.keys().map(|name| folder.join(name)).filter(|path| path.is_file()).collect();
        let (mut count, mut misses) = (0, Vec::new());
        for (path, whole) in reader.each(&files) {
            let name = path.strip_prefix(&folder).unwrap().display().to_string();
            let text = squeezed(&whole.everything());
            // What the tests assert both ways depends on how their reader was asked: it says nothing here.
            let both =
                |string: &String| [true, false].iter().all(|way| strings[&name].contains(&(*way, string.clone())));
            for (is_there, string) in strings[&name].iter().filter(|(_, string)| !both(string)) {
                count += 1;
                if text.contains(&squeezed(string)) != *is_there {
                    let not = if *is_there { "" } else { "not " };
                    misses.push(format!("{name}: {not}“{string}” {:?}", whole.ids()));
                }
            }
        }
        if count > 0 {
            all.push(Measure::share(&format!("strings: {set}"), count, misses, 0.95));
        }
    }
    all
}

/// Without what layout and a writer of XHTML make: runs of white space, escapes.
fn squeezed(text: &str) -> String {
    text.replace("\\t", " ")
        .replace("\\n", " ")
        .replace("&gt;", ">")
        .replace("&lt;", "<")
        .replace("&amp;", "&")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
