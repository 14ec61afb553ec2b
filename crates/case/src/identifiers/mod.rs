//! Identifiers in text: numbers, addresses and dates that tell who somebody is although no name stands there.
//!
//! Keeps: a find is a range of characters of one passage; too many are offered rather than too few, for a person decides
//! on each. Does not know: whose an identifier is, plans, audiences.

mod normal;
mod rules;
mod sums;

use normal::Normal;

/// Longest label of a field, in characters.
const LABEL_CHARS_MAX: usize = 40;

/// What an identifier is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdentifierKind {
    /// An e-mail address.
    Email,
    /// A telephone number, in digits or spoken digit by digit.
    Phone,
    /// The number of a passport, an identity card, a residence permit, a social security record.
    Document,
    /// The number of a bank account or a card.
    Account,
    /// A name on a network (WeChat, Telegram and their like).
    Handle,
    /// A date of birth.
    BirthDate,
    /// Where somebody lives or stays: a street and number, or coordinates.
    Address,
}

impl IdentifierKind {
    /// Every kind.
    pub const ALL: [Self; 7] =
        [Self::Email, Self::Phone, Self::Document, Self::Account, Self::Handle, Self::BirthDate, Self::Address];

    /// The word for machines.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Document => "document",
            Self::Account => "account",
            Self::Handle => "handle",
            Self::BirthDate => "birth-date",
            Self::Address => "address",
        }
    }
}

/// An identifier found in a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identifier {
    /// Index of the passage among those searched.
    pub passage: usize,
    /// First character (Unicode scalar values).
    pub at: usize,
    /// How many characters.
    pub chars: usize,
    /// What it is.
    pub kind: IdentifierKind,
}

impl Identifier {
    /// First character after it.
    #[must_use]
    pub fn end(&self) -> usize {
        self.at + self.chars
    }
}

/// Every identifier in `passages`, by passage and place; those that overlap are one, of the kind that begins first. What a passage is
/// may be told by the one before it: its label, as in a form.
#[must_use]
pub fn identifiers<'a>(passages: impl IntoIterator<Item = &'a str>) -> Vec<Identifier> {
    let mut out = Vec::new();
    let mut label: Option<String> = None;
    for (passage, said) in passages.into_iter().enumerate() {
        let text = Normal::of(said);
        let mut found: Vec<(usize, usize, IdentifierKind)> = rules::find(text.as_str());
        found.extend(text.spoken().map(|run| (run.start, run.end, IdentifierKind::Phone)));
        found.extend(label.iter().flat_map(|label| behind(label, text.as_str())));
        label = label_of(&text);
        found.sort_unstable_by_key(|(start, end, kind)| (*start, std::cmp::Reverse(*end), *kind));
        let mut joined: Vec<(usize, usize, IdentifierKind)> = Vec::new();
        for (start, end, kind) in found {
            match joined.last_mut() {
                Some(last) if start < last.1 => last.1 = last.1.max(end),
                _ => joined.push((start, end, kind)),
            }
        }
        let mut chars = text.places();
        out.extend(joined.into_iter().map(|(start, end, kind)| {
            let (at, end) = (chars.char_at(start), chars.char_at(end));
            Identifier { passage, at, chars: end - at, kind }
        }));
    }
    out
}

/// The passage as the label of the next one; none where it is too long for one, or a value itself.
fn label_of(text: &Normal) -> Option<String> {
    let text = text.as_str().trim().trim_end_matches(':');
    let is_one = (1..=LABEL_CHARS_MAX).contains(&text.chars().count()) && !text.contains(|c: char| c.is_ascii_digit());
    is_one.then(|| format!("{text}: "))
}

/// What a text holds that the label before it tells.
fn behind(label: &str, text: &str) -> Vec<(usize, usize, IdentifierKind)> {
    let found = rules::find(&format!("{label}{text}")).into_iter();
    let own = found.filter(|(start, _, _)| *start >= label.len());
    own.map(|(start, end, kind)| (start - label.len(), end - label.len(), kind)).collect()
}

#[cfg(test)]
mod tests;
