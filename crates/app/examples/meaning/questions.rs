//! The questions, and the files that they are asked of.
//!
//! Keeps: files that were made from others (another reader's answers) are left out: they hold the same words. What is said in a
//! recording is a file of its own, by the reference, so that the measure is of search and not of the speech engine.
//! Does not know: how anything is found.

use std::collections::BTreeSet;
use std::path::Path;

/// Folders that are laid.
pub const LAID: [&str; 2] = ["docs-peers", "speech"];

pub struct Question {
    pub language: String,
    pub text: String,
    /// The files that answer.
    pub files: Vec<String>,
}

impl Question {
    /// Those of a table; lines that begin with `#` are remarks.
    pub fn all(path: &Path) -> Vec<Self> {
        let text = std::fs::read_to_string(path).expect("the questions");
        let rows = text.lines().filter(|line| !line.starts_with('#'));
        rows.map(|row| {
            let [language, text, files] = row.splitn(3, '\t').collect::<Vec<_>>().try_into().expect("three columns");
            let files = files.split('|').map(str::to_owned).collect();
            Self { language: language.to_owned(), text: text.to_owned(), files }
        })
        .collect()
    }

    /// Whether one of its files is among the first ten.
    pub fn is_among(&self, found: &[String]) -> bool {
        found.iter().take(crate::scores::TOP).any(|file| self.files.contains(file))
    }
}

/// Lays documents and transcripts into a folder.
pub fn lay(data: &Path, to: &Path) {
    for row in table(&data.join("docs-peers/MANIFEST.tsv")) {
        let name = row[0].as_str();
        if !name.contains("groundtruth") && !name.starts_with('_') {
            let target = to.join("docs-peers").join(name);
            std::fs::create_dir_all(target.parent().unwrap()).unwrap();
            std::fs::copy(data.join("docs-peers").join(name), target).unwrap();
        }
    }
    let speech = to.join("speech");
    std::fs::create_dir_all(&speech).unwrap();
    let mut said = BTreeSet::new();
    for row in table(&data.join("speech/MANIFEST.tsv")) {
        let Some((kind, text)) = row[5].split_once(": ") else { continue };
        let text = text.split(" [AMR").next().unwrap_or_default();
        let told = kind.starts_with("human") && !text.starts_with("see ") && !text.contains("(silence");
        if told && said.insert(text.to_owned()) {
            std::fs::write(speech.join(format!("{}.txt", row[0].replace('/', "-"))), format!("{text}\n")).unwrap();
        }
    }
}

fn table(path: &Path) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path).expect("the list of the shared files");
    text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}
