//! `disclosure.cbor`: what the discloser says of a bundle (`docs/format/bundle.md` §3).
//!
//! Keeps: one encoding; what decodes encodes to the same bytes. Does not know: whether any of it is true.

mod form;

use crate::discloser;
use casemate_proof::value::{Value, ValueError};
use casemate_proof::{CaseId, Hash, ObjectRoot, PublicKey};
use std::collections::{BTreeMap, BTreeSet};

/// Version of the format, of who discloses first.
pub const STATEMENT_VERSION: u64 = 1;
/// Version of the format, of who passes a bundle on with more withheld.
pub const NARROWED_VERSION: u64 = 2;
const FIELDS: usize = 11;
const NARROWED_FIELDS: usize = 13;
/// Longest statement in bytes.
pub const STATEMENT_BYTES_MAX: u64 = 1 << 22;

/// Why a statement is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StatementError {
    /// Not deterministic CBOR.
    #[error(transparent)]
    Value(#[from] ValueError),
    /// A field is absent, of another type, or not in its form.
    #[error("field {0} of the statement is not in its form")]
    Field(&'static str),
}

/// How an item is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Every leaf open.
    Whole,
    /// Some leaves hidden.
    Partial,
    /// A release layer.
    Release,
    /// Text without proof (press).
    Text,
}

/// What a delivered file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The source, whole.
    Original,
    /// A recording rebuilt from open leaves.
    Playable,
    /// Pictures of pages rebuilt from open tiles, as a PDF.
    Pages,
    /// A layer as plain text.
    Text,
    /// A layer as WebVTT.
    Vtt,
    /// The payload stream of the open leaves.
    Leaves,
}

const MODES: [(Mode, &str); 4] =
    [(Mode::Whole, "whole"), (Mode::Partial, "partial"), (Mode::Release, "release"), (Mode::Text, "text")];
const ROLES: [(Role, &str); 6] = [
    (Role::Original, "original"),
    (Role::Playable, "playable"),
    (Role::Pages, "pages"),
    (Role::Text, "text"),
    (Role::Vtt, "vtt"),
    (Role::Leaves, "leaves"),
];

fn word_of<T: PartialEq + Copy>(table: &[(T, &'static str)], of: T) -> &'static str {
    table.iter().find(|(t, _)| *t == of).map_or("", |(_, w)| w)
}

fn of_word<T: PartialEq + Copy>(table: &[(T, &'static str)], word: &str) -> Option<T> {
    table.iter().find(|(_, w)| *w == word).map(|(t, _)| *t)
}

/// A delivered file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Path under the bag's root.
    pub path: String,
    /// What it is.
    pub role: Role,
}

/// One item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Number, from 1, unique.
    pub number: u64,
    /// Title for this recipient.
    pub title: String,
    /// How it is shown.
    pub mode: Mode,
    /// The object; absent for text.
    pub root: Option<ObjectRoot>,
    /// Delivered files.
    pub files: Vec<File>,
    /// Reasons for what is withheld, and how often; sorted.
    pub reasons: Vec<(String, u64)>,
    /// The item from which it was made.
    pub made_from: Option<u64>,
    /// Press commitment.
    pub commitment: Option<Hash>,
}

impl Item {
    /// The file of a role.
    #[must_use]
    pub fn file(&self, role: Role) -> Option<&File> {
        self.files.iter().find(|f| f.role == role)
    }
}

/// What a statement says beside the rest where it is of somebody who passes a bundle on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Narrowed {
    /// Who that is, as printed; absent where it is not said.
    pub name: Option<String>,
    /// How many disclosers the bundle shows, this one counted.
    pub disclosers: u64,
}

/// The statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// `court` or `press`.
    pub profile: String,
    /// The case; absent for press.
    pub case: Option<CaseId>,
    /// The key that signs the bundle.
    pub key: PublicKey,
    /// Purpose, as printed.
    pub purpose: String,
    /// Recipient, as printed.
    pub recipient: String,
    /// RFC 3339, UTC, seconds.
    pub date: String,
    /// SHA-256 of the previous disclosure's signature.
    pub previous: Option<Hash>,
    /// Items by number.
    pub items: Vec<Item>,
    /// Aliases that stand for people, sorted.
    pub aliases: Vec<String>,
    /// Language of the recipient (`fr`, `en`, `zh-Hans`).
    pub language: String,
    /// Present where a bundle was passed on with more withheld.
    pub narrowed: Option<Narrowed>,
}

fn map(values: impl IntoIterator<Item = Value>) -> Value {
    Value::Map((0u64..).zip(values).collect())
}

fn bytes(value: Option<&[u8]>) -> Value {
    value.map_or(Value::Null, |b| Value::Bytes(b.to_vec()))
}

impl Item {
    fn to_value(&self) -> Value {
        let files = self.files.iter().map(|f| map([f.path.clone().into(), word_of(&ROLES, f.role).into()])).collect();
        let reasons = self.reasons.iter().map(|(code, n)| map([code.clone().into(), (*n).into()])).collect();
        map([
            self.number.into(),
            self.title.clone().into(),
            word_of(&MODES, self.mode).into(),
            bytes(self.root.as_ref().map(|r| &r.0[..])),
            Value::Array(files),
            Value::Array(reasons),
            self.made_from.map_or(Value::Null, Value::Uint),
            bytes(self.commitment.as_ref().map(|h| &h.0[..])),
        ])
    }
}

impl Statement {
    /// The bytes of `disclosure.cbor`.
    ///
    /// # Errors
    /// A passed limit of `Value`.
    pub fn encode(&self) -> Result<Vec<u8>, ValueError> {
        let version = if self.narrowed.is_some() { NARROWED_VERSION } else { STATEMENT_VERSION };
        let mut fields = vec![
            version.into(),
            self.profile.clone().into(),
            bytes(self.case.as_ref().map(|c| &c.0[..])),
            Value::Bytes(self.key.as_bytes().to_vec()),
            self.purpose.clone().into(),
            self.recipient.clone().into(),
            self.date.clone().into(),
            bytes(self.previous.as_ref().map(|h| &h.0[..])),
            Value::Array(self.items.iter().map(Item::to_value).collect()),
            Value::Array(self.aliases.iter().map(|a| a.clone().into()).collect()),
            self.language.clone().into(),
        ];
        if let Some(Narrowed { name, disclosers }) = &self.narrowed {
            fields.push(name.clone().map_or(Value::Null, Value::Text));
            fields.push((*disclosers).into());
        }
        map(fields).encode()
    }

    /// The files that it calls for, by path: what each item delivers, and the proofs of a court bundle.
    #[must_use]
    pub fn files(&self) -> BTreeSet<String> {
        let mut files: BTreeSet<String> = self.items.iter().flat_map(|i| &i.files).map(|f| f.path.clone()).collect();
        if self.case.is_none() {
            return files;
        }
        files.extend(["proof/checkpoint", "proof/checkpoint.sig"].map(str::to_owned));
        let mut act = |name: &str| {
            files.extend(["act", "leaves", "tlog"].map(|ending| format!("proof/{name}.{ending}")));
        };
        act("lane");
        act("census");
        for item in &self.items {
            act(&format!("{:03}", item.number));
        }
        for item in &self.items {
            files.extend(["object", "census"].map(|ending| format!("proof/{:03}.{ending}", item.number)));
        }
        for place in 1..=self.narrowed.as_ref().map_or(0, |n| n.disclosers) {
            files.extend(discloser::FILES.map(|ending| discloser::file(place, ending)));
        }
        files
    }

    /// Reads `disclosure.cbor`.
    ///
    /// # Errors
    /// Refuses everything that `encode` does not write.
    pub fn decode(encoded: &[u8]) -> Result<Self, StatementError> {
        let value = Value::decode(encoded)?;
        let m = Fields(value.as_map().ok_or(StatementError::Field("statement"))?);
        let narrowed = match m.uint(0, "version")? {
            STATEMENT_VERSION => {
                m.count(FIELDS)?;
                None
            }
            NARROWED_VERSION => {
                m.count(NARROWED_FIELDS)?;
                let name = if m.at(11, "name")?.is_null() { None } else { Some(m.text(11, "name")?) };
                Some(Narrowed { name, disclosers: m.uint(12, "disclosers")? })
            }
            _ => return Err(StatementError::Field("version")),
        };
        let items = m.array(8, "items")?.iter().map(read_item).collect::<Result<Vec<_>, _>>()?;
        if !items.is_sorted_by(|a, b| a.number < b.number) || items.first().is_some_and(|i| i.number == 0) {
            return Err(StatementError::Field("items"));
        }
        let aliases = m.array(9, "aliases")?.iter().map(|v| v.as_text().map(str::to_owned));
        let statement = Self {
            profile: m.text(1, "profile")?,
            case: m.bytes32(2, "case")?.map(CaseId),
            key: PublicKey::from_bytes(&m.bytes32(3, "key")?.ok_or(StatementError::Field("key"))?)
                .map_err(|_| StatementError::Field("key"))?,
            purpose: m.text(4, "purpose")?,
            recipient: m.text(5, "recipient")?,
            date: m.text(6, "date")?,
            previous: m.bytes32(7, "previous")?.map(Hash),
            items,
            aliases: aliases.collect::<Option<_>>().ok_or(StatementError::Field("aliases"))?,
            language: m.text(10, "language")?,
            narrowed,
        };
        form::admit(&statement)?;
        Ok(statement)
    }
}

struct Fields<'a>(&'a BTreeMap<u64, Value>);

impl Fields<'_> {
    fn count(&self, n: usize) -> Result<(), StatementError> {
        if self.0.len() == n { Ok(()) } else { Err(StatementError::Field("count")) }
    }

    fn at(&self, key: u64, name: &'static str) -> Result<&Value, StatementError> {
        self.0.get(&key).ok_or(StatementError::Field(name))
    }

    fn uint(&self, key: u64, name: &'static str) -> Result<u64, StatementError> {
        self.at(key, name)?.as_uint().ok_or(StatementError::Field(name))
    }

    fn text(&self, key: u64, name: &'static str) -> Result<String, StatementError> {
        self.at(key, name)?.as_text().map(str::to_owned).ok_or(StatementError::Field(name))
    }

    fn array(&self, key: u64, name: &'static str) -> Result<&[Value], StatementError> {
        self.at(key, name)?.as_array().ok_or(StatementError::Field(name))
    }

    fn bytes32(&self, key: u64, name: &'static str) -> Result<Option<[u8; 32]>, StatementError> {
        let value = self.at(key, name)?;
        if value.is_null() {
            return Ok(None);
        }
        let fixed = value.as_bytes().and_then(|b| b.try_into().ok());
        fixed.map(Some).ok_or(StatementError::Field(name))
    }
}

fn read_item(value: &Value) -> Result<Item, StatementError> {
    let m = Fields(value.as_map().ok_or(StatementError::Field("item"))?);
    m.count(8)?;
    let files = m.array(4, "files")?.iter().map(|v| {
        let f = Fields(v.as_map().ok_or(StatementError::Field("file"))?);
        f.count(2)?;
        let role = of_word(&ROLES, &f.text(1, "role")?).ok_or(StatementError::Field("role"))?;
        Ok(File { path: f.text(0, "path")?, role })
    });
    let reasons = m.array(5, "reasons")?.iter().map(|v| {
        let f = Fields(v.as_map().ok_or(StatementError::Field("reason"))?);
        f.count(2)?;
        Ok((f.text(0, "reason")?, f.uint(1, "reason")?))
    });
    let made_from = m.at(6, "made from")?;
    Ok(Item {
        number: m.uint(0, "number")?,
        title: m.text(1, "title")?,
        mode: of_word(&MODES, &m.text(2, "mode")?).ok_or(StatementError::Field("mode"))?,
        root: m.bytes32(3, "root")?.map(ObjectRoot),
        files: files.collect::<Result<_, StatementError>>()?,
        reasons: reasons.collect::<Result<_, StatementError>>()?,
        made_from: if made_from.is_null() { None } else { Some(m.uint(6, "made from")?) },
        commitment: m.bytes32(7, "commitment")?.map(Hash),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use casemate_proof::SecretKey;

    fn sample() -> Statement {
        Statement {
            profile: "court".into(),
            case: Some(CaseId([1; 32])),
            key: SecretKey::from_seed(&[2; 32]).public(),
            purpose: "hearing".into(),
            recipient: "the court".into(),
            date: "2026-03-01T09:00:00Z".into(),
            previous: None,
            items: vec![Item {
                number: 1,
                title: "Recording 1".into(),
                mode: Mode::Partial,
                root: Some(ObjectRoot([3; 32])),
                files: vec![
                    File { path: "data/001/leaves".into(), role: Role::Leaves },
                    File { path: "data/001/recording.wav".into(), role: Role::Playable },
                ],
                reasons: vec![("name".into(), 2)],
                made_from: None,
                commitment: None,
            }],
            aliases: vec!["B".into()],
            language: "fr".into(),
            narrowed: None,
        }
    }

    #[test]
    fn a_narrowed_one_names_what_it_narrows() {
        let mut narrowed = sample();
        narrowed.previous = Some(Hash([7; 32]));
        narrowed.narrowed = Some(Narrowed { name: None, disclosers: 2 });
        let bytes = narrowed.encode().unwrap();
        assert_eq!(Statement::decode(&bytes).unwrap(), narrowed);
        assert_eq!(narrowed.files().iter().filter(|f| f.starts_with("proof/disclosers/")).count(), 6);
        let mut others = [narrowed.clone(), narrowed.clone(), narrowed.clone(), narrowed.clone()];
        others[0].previous = None;
        others[1].narrowed = Some(Narrowed { name: None, disclosers: 0 });
        others[2].narrowed = Some(Narrowed { name: None, disclosers: 17 });
        others[3].narrowed = Some(Narrowed { name: Some(String::new()), disclosers: 1 });
        for other in others {
            assert!(Statement::decode(&other.encode().unwrap()).is_err(), "{other:?}");
        }
    }

    #[test]
    fn round_trips_and_refuses_every_other_length() {
        let bytes = sample().encode().unwrap();
        assert_eq!(Statement::decode(&bytes).unwrap(), sample());
        for cut in 0..bytes.len() {
            assert!(Statement::decode(&bytes[..cut]).is_err());
        }
        assert!(Statement::decode(&[&bytes[..], &[0]].concat()).is_err());
    }

    #[test]
    fn numbers_that_repeat_are_refused() {
        let mut two = sample();
        two.items.push(two.items[0].clone());
        assert!(Statement::decode(&two.encode().unwrap()).is_err());
    }
}
