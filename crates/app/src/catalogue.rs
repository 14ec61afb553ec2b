//! The exhibits of a case and what was derived from them, folded from the log.
//!
//! Keeps: the same acts give the same catalogue, whichever lane opens; exhibits are numbered as their acts say, and where two
//! devices gave one number, none is hidden. Does not know: content.

use casemate_case::kinds::CORRECT;
use casemate_proof::log::ActOrder;
use casemate_proof::{Act, Compartment, LaneId, ObjectRoot, SubjectId, Value};
use casemate_vault::StoredObject;
use casemate_vault::acts::{DeriveAct, EXHIBIT_KIND, ExhibitAct, SealAct};
use std::collections::BTreeMap;

/// Keys of a seal act's source map.
pub mod source {
    /// Path of the file as it was given, text.
    pub const PATH: u64 = 0;
    /// Modification time of the file, milliseconds since 1970.
    pub const MODIFIED: u64 = 1;
    /// Root of the exhibit in which it was embedded.
    pub const WITHIN: u64 = 2;
}

/// What derivatives are called.
pub mod what {
    /// What a worker read.
    pub const READING: &str = "reading";
    /// A machine's transcript.
    pub const TRANSCRIPT: &str = "transcript";
    /// The finished beginning of a transcript that was interrupted.
    pub const TRANSCRIPT_PART: &str = "transcript-part";
    /// The finished beginning of reading pictures that was interrupted.
    pub const OCR_PART: &str = "ocr-part";
    /// A release layer.
    pub const RELEASE: &str = "release";
    /// Pictures of a document's pages, in tiles.
    pub const PAGES: &str = "pages";
}

/// A derivative.
#[derive(Clone, Debug)]
pub struct Derivative {
    /// What it is (`what`).
    pub what: String,
    /// Its object.
    pub object: StoredObject,
    /// Tool, version, parameters; for a release the audience.
    pub detail: Value,
    /// Compartment.
    pub compartment: Compartment,
    /// The lane of the act that holds it.
    pub lane: LaneId,
    /// The act's place there.
    pub index: u64,
}

/// An exhibit.
#[derive(Clone, Debug)]
pub struct Exhibit {
    /// Number in the case.
    pub number: u64,
    /// Object root.
    pub root: ObjectRoot,
    /// Subject of its acts.
    pub subject: SubjectId,
    /// What it is.
    pub kind: String,
    /// Name, size, hash, keys: where the identity compartment is open.
    pub sealed: Option<SealAct>,
    /// The lane of its `exhibit` act.
    pub lane: LaneId,
    /// The act's place there.
    pub index: u64,
    /// Derivatives, oldest first.
    pub derived: Vec<Derivative>,
    /// Lane and place of the last act that changed its text without a derivative: a correction.
    pub corrected: Option<(LaneId, u64)>,
}

impl Exhibit {
    /// The newest derivative of a kind.
    #[must_use]
    pub fn newest(&self, what: &str) -> Option<&Derivative> {
        self.derived.iter().rev().find(|d| d.what == what)
    }

    /// The text to read and search: a transcript where there is one, else the reading.
    #[must_use]
    pub fn text(&self) -> Option<&Derivative> {
        self.newest(what::TRANSCRIPT).or_else(|| self.newest(what::READING))
    }

    /// The file's name, where it may be known.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.sealed.as_ref().map(|s| s.name.as_str())
    }

    /// The exhibit in which this one was embedded.
    #[must_use]
    pub fn within(&self) -> Option<ObjectRoot> {
        let source = self.sealed.as_ref()?.source.as_map()?;
        ObjectRoot::from_slice(source.get(&source::WITHIN)?.as_bytes()?)
    }
}

/// The fold.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    exhibits: BTreeMap<u64, Exhibit>,
    numbers: BTreeMap<ObjectRoot, u64>,
    seals: BTreeMap<ObjectRoot, SealAct>,
    hashes: BTreeMap<[u8; 32], ObjectRoot>,
    sizes: BTreeMap<u64, usize>,
}

impl Catalogue {
    /// Applies one act at its place. Acts must come in the order of the case.
    pub fn apply(&mut self, act: &Act, order: ActOrder) {
        let ActOrder { lane, index, .. } = order;
        if let Some(seal) = SealAct::from_act(act) {
            let root = seal.object.root();
            self.hashes.entry(seal.object.sha256).or_insert(root);
            *self.sizes.entry(seal.object.size).or_default() += 1;
            match self.numbers.get(&root).and_then(|n| self.exhibits.get_mut(n)) {
                Some(exhibit) => exhibit.sealed = Some(seal),
                None => {
                    self.seals.insert(root, seal);
                }
            }
        } else if act.kind == EXHIBIT_KIND
            && let Some(exhibit) = ExhibitAct::from_act(act)
        {
            let sealed = self.seals.remove(&exhibit.root);
            let ExhibitAct { number, kind, root } = exhibit;
            // Two devices that did not see each other may have given one number: the first in order keeps it.
            let taken = self.exhibits.get(&number).is_some_and(|other| other.root != root);
            let number = if taken { self.next_number() } else { number };
            self.numbers.insert(root, number);
            let (subject, derived, corrected) = (act.subject, Vec::new(), None);
            let entry = Exhibit { number, root, subject, kind, sealed, lane, index, derived, corrected };
            self.exhibits.insert(number, entry);
        } else if act.kind == CORRECT {
            let of = act.about.iter().find_map(|root| self.numbers.get(root)).copied();
            if let Some(exhibit) = of.and_then(|n| self.exhibits.get_mut(&n)) {
                exhibit.corrected = Some((lane, index));
            }
        } else if let Some(derive) = DeriveAct::from_act(act) {
            let DeriveAct { what, detail, object, parent, compartment, .. } = derive;
            let of = parent.iter().find_map(|p| self.numbers.get(p)).and_then(|n| self.exhibits.get_mut(n));
            if let Some(exhibit) = of {
                exhibit.derived.push(Derivative { what, object, detail, compartment, lane, index });
            }
        }
    }

    /// Exhibits by number.
    pub fn exhibits(&self) -> impl DoubleEndedIterator<Item = &Exhibit> {
        self.exhibits.values()
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.exhibits.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.exhibits.is_empty()
    }

    /// The number that the next exhibit gets.
    #[must_use]
    pub fn next_number(&self) -> u64 {
        self.exhibits.last_key_value().map_or(1, |(n, _)| n.saturating_add(1))
    }

    /// The exhibit of a number.
    #[must_use]
    pub fn number(&self, number: u64) -> Option<&Exhibit> {
        self.exhibits.get(&number)
    }

    /// The exhibit of a root.
    #[must_use]
    pub fn root(&self, root: &ObjectRoot) -> Option<&Exhibit> {
        self.exhibits.get(self.numbers.get(root)?)
    }

    /// The exhibit that `word` names: its number, or the beginning (8 hex digits or more) of its root.
    #[must_use]
    pub fn find(&self, word: &str) -> Option<&Exhibit> {
        if let Ok(number) = word.parse()
            && let Some(exhibit) = self.number(number)
        {
            return Some(exhibit);
        }
        let lower = word.to_ascii_lowercase();
        let mut found = self.exhibits.values().filter(|e| lower.len() >= 8 && e.root.to_string().starts_with(&lower));
        found.next().filter(|_| found.next().is_none())
    }

    /// Whether an original of this size was sealed: only then is its hash worth computing beforehand.
    #[must_use]
    pub fn has_size(&self, size: u64) -> bool {
        self.sizes.contains_key(&size)
    }

    /// The original with these bytes.
    #[must_use]
    pub fn with_sha256(&self, sha256: &[u8; 32]) -> Option<&Exhibit> {
        self.root(self.hashes.get(sha256)?)
    }

    /// Where an exhibit came from: its path, or the exhibit that held it and its name there.
    #[must_use]
    pub fn origin(&self, exhibit: &Exhibit) -> String {
        let within = exhibit.within().and_then(|root| self.root(&root)).map(|e| e.number);
        let name = exhibit.name().unwrap_or_default();
        let path = exhibit.sealed.as_ref().and_then(|s| s.source.as_map());
        let path = path.and_then(|m| m.get(&source::PATH)).and_then(Value::as_text);
        match (within, path) {
            (Some(number), _) => format!("#{number} › {name}"),
            (None, Some(path)) => path.to_owned(),
            (None, None) => name.to_owned(),
        }
    }
}
