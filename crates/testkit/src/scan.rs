//! Looking for a word that must not be there: in files and their names, in every encoding in which text lies about, and
//! inside compressed streams.
//!
//! Keeps: a word that stands in a file in one of `FORMS` is found, whether plain or inside a deflate, zlib, gzip, zip or
//! zstd stream; what was not looked through is said (a panic), never passed over. Deliberately does not know: what the
//! files are, whether a find is allowed.

mod forms;
mod streams;

use forms::{Form, Matcher};
use std::fmt;
use std::path::Path;

pub use forms::FORMS;

/// Longest file that is scanned, bytes.
pub const FILE_MAX: u64 = 256 << 20;
/// Least length of what came out of a stream to be searched for unmarked streams again, bytes.
const NESTED_RAW_MIN: usize = 16;
/// Deepest nesting of compressed streams that is looked through.
pub const DEPTH_MAX: usize = 3;

/// A word found where it must not be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Leak {
    /// The file, from the root that was scanned.
    pub file: String,
    /// How it stands there: the streams it lies in, outermost first, then the encoding.
    pub how: String,
    /// The word.
    pub word: String,
    /// Offset in the file, or of the outermost stream in it; of a file's name: nothing.
    pub at: Option<usize>,
}

impl fmt::Display for Leak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.at.map_or_else(|| "in its name".to_owned(), |at| format!("at {at}"));
        write!(f, "{} {at}: {:?} as {}", self.file, self.word, self.how)
    }
}

/// Looks for words.
pub struct Scanner {
    matcher: Matcher,
}

impl Scanner {
    /// For these words, without regard to the case of ASCII letters. A form shorter than `shortest` bytes is not looked
    /// for: chance would find it.
    #[must_use]
    pub fn new<W: AsRef<str>>(words: &[W], shortest: usize) -> Self {
        let forms: Vec<Form> = words.iter().flat_map(|w| forms::of(w.as_ref(), shortest)).collect();
        assert!(!forms.is_empty(), "nothing to look for");
        Self { matcher: Matcher::new(forms) }
    }

    /// What stands in `bytes`, also inside compressed streams. `name` is what the leaks say of where.
    #[must_use]
    pub fn bytes(&self, name: &str, bytes: &[u8]) -> Vec<Leak> {
        let mut out = Vec::new();
        self.look(name, bytes, &mut Vec::new(), None, &mut out);
        out.sort();
        out.dedup_by(|a, b| (&a.file, &a.how, &a.word) == (&b.file, &b.how, &b.word));
        out
    }

    /// What stands in the files below `root` and in their names. Nothing is left out but what `skip` says of a path from
    /// the root. Panics on a file over [`FILE_MAX`] or one that can't be read.
    pub fn tree(&self, root: &Path, skip: &dyn Fn(&Path) -> bool) -> Vec<Leak> {
        let mut out = Vec::new();
        let mut folders = vec![root.to_path_buf()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).unwrap().map(Result::unwrap) {
                let path = entry.path();
                let below = path.strip_prefix(root).unwrap();
                if skip(below) {
                    continue;
                }
                let shown = below.to_string_lossy().into_owned();
                let name = entry.file_name();
                for (form, _) in self.matcher.find(name.as_encoded_bytes()) {
                    out.push(leak(&shown, &[], form, None));
                }
                let kind = entry.file_type().unwrap();
                if kind.is_dir() {
                    folders.push(path);
                } else if kind.is_file() {
                    let size = entry.metadata().unwrap().len();
                    assert!(size <= FILE_MAX, "{shown}: {size} bytes, {FILE_MAX} at most are scanned");
                    out.extend(self.bytes(&shown, &std::fs::read(&path).unwrap()));
                }
            }
        }
        out.sort();
        out
    }

    fn look(&self, name: &str, bytes: &[u8], within: &mut Vec<&'static str>, at: Option<usize>, out: &mut Vec<Leak>) {
        for (form, found) in self.matcher.find(bytes) {
            out.push(leak(name, within, form, at.or(Some(found))));
        }
        if within.len() == DEPTH_MAX {
            return;
        }
        // A raw stream has no mark: inside another one it is looked for where that was no chance find.
        let raw = within.is_empty() || within.len() == 1 && bytes.len() >= NESTED_RAW_MIN;
        streams::each(bytes, raw, &mut |kind, start, inside| {
            within.push(kind);
            self.look(name, inside, within, at.or(Some(start)), out);
            within.pop();
        });
    }
}

fn leak(name: &str, within: &[&'static str], form: &Form, at: Option<usize>) -> Leak {
    let mut how: Vec<&str> = within.to_vec();
    how.push(form.encoding);
    Leak { file: name.to_owned(), how: how.join(" > "), word: form.word.clone(), at }
}

#[cfg(test)]
mod tests;
