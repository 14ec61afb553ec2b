//! Words of texts that other programs took out of the same files.

use std::path::Path;

use crate::Measure;
use crate::whole::{Reader, table};
use crate::words::recall;

/// Recall that a file is to reach.
const GOOD: f64 = 0.9;

pub fn measure(reader: &Reader, data: &Path) -> Vec<Measure> {
    let mut all = Vec::new();
    for set in ["docs-peers", "docs-tika"] {
        let folder = data.join(set);
        let names = table(&folder.join("REFTEXT.tsv")).into_iter().filter_map(|cells| cells.into_iter().next());
        let reference = |name: &str| std::fs::read(folder.join("_reftext").join(format!("{name}.txt"))).ok();
        let files: Vec<_> = names.filter(|name| reference(name).is_some()).map(|name| folder.join(name)).collect();
        for (path, whole) in reader.each(&files) {
            let name = path.strip_prefix(&folder).unwrap().display().to_string();
            let reference = String::from_utf8_lossy(&reference(&name).unwrap()).into_owned();
            if let Some(share) = recall(&reference, &whole.text()) {
                all.push((share, format!("{set}/{name} {:?}", whole.ids())));
            }
        }
    }
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    if all.is_empty() {
        return Vec::new();
    }
    let median = Measure {
        name: "text: median recall of a file's words".to_owned(),
        found: all[all.len() / 2].0,
        wanted: 0.97,
        of: None,
        misses: Vec::new(),
    };
    let misses =
        all.iter().filter(|(share, _)| *share < GOOD).map(|(share, name)| format!("{share:.2} {name}")).collect();
    vec![median, Measure::share("text: files with a recall of 0.9", all.len(), misses, 0.85)]
}
