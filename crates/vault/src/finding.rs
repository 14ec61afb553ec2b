//! What a check of a case found.
//!
//! Keeps: what was not checked is neither proven nor failed (I8).
//! Deliberately does not know: languages; `id` is the key of a message.

/// Whether a thing holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// It was checked and holds.
    Proven,
    /// It was checked and does not hold.
    Failed,
    /// It could not be, or was not, checked.
    NotChecked,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Stable id, kebab-case; listed in `docs/errors.md`.
    pub id: &'static str,
    /// Whether it holds.
    pub status: Status,
    /// What was looked at: a file of the case, a lane, an object root.
    pub what: String,
    /// What was counted: the unit (`entries`, `acts`, `objects`, `commits`, `bytes`) and how many.
    pub count: Option<(&'static str, u64)>,
    /// Facts in English.
    pub detail: String,
}

impl Finding {
    pub(crate) fn proven(id: &'static str, what: impl ToString, detail: impl ToString) -> Self {
        Self { id, status: Status::Proven, what: what.to_string(), count: None, detail: detail.to_string() }
    }

    pub(crate) fn failed(id: &'static str, what: impl ToString, detail: impl ToString) -> Self {
        Self { id, status: Status::Failed, what: what.to_string(), count: None, detail: detail.to_string() }
    }

    pub(crate) fn not_checked(id: &'static str, what: impl ToString, detail: impl ToString) -> Self {
        Self { id, status: Status::NotChecked, what: what.to_string(), count: None, detail: detail.to_string() }
    }

    /// The same, with what was counted.
    pub(crate) fn counted(mut self, unit: &'static str, count: u64) -> Self {
        self.count = Some((unit, count));
        self
    }
}
