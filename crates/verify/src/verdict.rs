//! The verdict: findings, each proven, failed or not checked.
//!
//! Keeps: the verdict is failed if one finding is; nothing is ever added as proven but by a check that ran.
//! Does not know: words for people (`words`), how a check works.

use serde::Serialize;

/// The finding on whose key stands behind the bundle.
pub(crate) const SIGNER_PINNED: &str = "signer-pinned";

/// The finding on a cosignature.
pub(crate) const WITNESS: &str = "witness";

/// What a check came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Computed here, and so.
    Proven,
    /// Computed here, and not so.
    Failed,
    /// Not computed.
    NotChecked,
}

/// One finding. `id`s and facts are listed in `docs/format/bundle.md` §5.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Stable id.
    pub id: &'static str,
    /// Number of the item it is about; the bundle where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<u64>,
    /// The outcome.
    pub status: Status,
    /// Facts, by name, in a fixed order.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "as_map")]
    pub facts: Vec<(&'static str, String)>,
}

fn as_map<S: serde::Serializer>(facts: &[(&'static str, String)], s: S) -> Result<S::Ok, S::Error> {
    s.collect_map(facts.iter().map(|(k, v)| (k, v)))
}

impl Finding {
    /// A finding without facts.
    #[must_use]
    pub fn new(id: &'static str, status: Status) -> Self {
        Self { id, item: None, status, facts: Vec::new() }
    }

    /// Of an item.
    #[must_use]
    pub fn of(mut self, item: u64) -> Self {
        self.item = Some(item);
        self
    }

    /// With a fact.
    #[must_use]
    pub fn fact(mut self, name: &'static str, value: impl ToString) -> Self {
        self.facts.push((name, value.to_string()));
        self
    }

    /// Proven where `result` is well, else failed with its cause as fact `cause`.
    #[must_use]
    pub fn from_result<T, E: std::fmt::Display>(id: &'static str, result: &Result<T, E>) -> Self {
        match result {
            Ok(_) => Self::new(id, Status::Proven),
            Err(cause) => Self::new(id, Status::Failed).fact("cause", cause),
        }
    }
}

/// The outcome of a verification.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// In the order of `docs/format/bundle.md` §5, items in the order of their numbers.
    pub findings: Vec<Finding>,
}

impl Verdict {
    /// Whether any finding failed.
    #[must_use]
    pub fn failed(&self) -> bool {
        self.findings.iter().any(|f| f.status == Status::Failed)
    }

    /// The findings of one id.
    pub fn with_id<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Finding> {
        self.findings.iter().filter(move |f| f.id == id)
    }

    /// Whether one of the keys that were given stands behind the bundle.
    #[must_use]
    pub fn signer_is_pinned(&self) -> bool {
        self.with_id(SIGNER_PINNED).any(|f| f.status == Status::Proven)
    }

    /// Adds a finding.
    pub fn add(&mut self, finding: Finding) {
        self.findings.push(finding);
    }
}
