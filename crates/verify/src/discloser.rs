//! Who passed a bundle on: one small object for each discloser, signed by them, of which later ones can hide parts
//! (`docs/format/bundle.md` §6).
//!
//! Keeps: what one discloser signed stays checkable when a later one hides a text or an item of it. Does not know:
//! whether the masks fit each other, whose keys they are.

use casemate_proof::disclosure::{DisclosureError, OpenLeaf, verify_whole};
use casemate_proof::value::{Value, ValueError};
use casemate_proof::{CaseId, Disclosure, Hash, Mask, ObjectRoot, PublicKey, SecretKey, Signature, Timebase, Token};

/// Profile of a discloser's object.
pub const DISCLOSER_PROFILE: &str = "discloser-v1";
/// Most disclosers of a bundle.
pub const DISCLOSERS_MAX: u64 = 16;
/// Longest name of a discloser, in bytes.
pub const NAME_BYTES_MAX: usize = 256;
/// Leaves before those of the items: head, name, purpose, recipient.
pub const LEAVES_BEFORE_ITEMS: u64 = 4;
/// The leaf of a discloser's name.
pub const NAME_LEAF: u64 = 1;
/// The leaf of what they disclosed for.
pub const PURPOSE_LEAF: u64 = 2;
/// The leaf of whom they disclosed to.
pub const RECIPIENT_LEAF: u64 = 3;
/// Endings of a discloser's files.
pub const FILES: [&str; 3] = ["object", "leaves", "sig"];
const SIGNED_TAG: &[u8] = b"casemate/discloser/v1\0";
const VERSION: u64 = 1;

/// A file of the discloser at a place, from 1.
#[must_use]
pub fn file(place: u64, ending: &str) -> String {
    format!("proof/disclosers/{place:02}.{ending}")
}

/// Why a discloser's object is refused.
#[derive(Debug, thiserror::Error)]
pub enum DiscloserError {
    /// The disclosure or its leaves.
    #[error(transparent)]
    Disclosure(#[from] DisclosureError),
    /// A leaf is no record.
    #[error("leaf {0} of the discloser: {1}")]
    Value(u64, ValueError),
    /// Another profile, timebase, number of leaves, or ticks.
    #[error("the object is not a discloser's")]
    Shape,
    /// The head is hidden.
    #[error("the head of the discloser is not open")]
    Head,
    /// A leaf is not in its form.
    #[error("leaf {0} of the discloser is not in its form")]
    Leaf(u64),
    /// Items out of order or twice.
    #[error("the items of the discloser are not in order, once each")]
    Order,
    /// The signature.
    #[error("the discloser's signature does not verify")]
    Signature,
}

/// Whether somebody disclosed from the case, or passed on what they had got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Holds the case.
    First,
    /// Received a bundle.
    Narrower,
}

/// What is always shown of a discloser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// First or narrower.
    pub part: Part,
    /// The key that signs.
    pub key: PublicKey,
    /// The case.
    pub case: CaseId,
    /// RFC 3339, UTC, seconds.
    pub date: String,
    /// Root of the object of the discloser before; absent for the first, and where that one left none.
    pub previous: Option<ObjectRoot>,
    /// SHA-256 of the `disclosure.sig` of the bundle that was narrowed; absent for the first.
    pub narrowed: Option<Hash>,
}

/// An item as it was passed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passed {
    /// Its number.
    pub number: u64,
    /// The object.
    pub root: ObjectRoot,
    /// Which leaves were open.
    pub mask: Mask,
}

/// A discloser, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discloser {
    /// The head.
    pub head: Head,
    /// Name as printed.
    pub name: Option<String>,
    /// Purpose, as printed.
    pub purpose: String,
    /// Recipient, as printed.
    pub recipient: String,
    /// Items by number.
    pub items: Vec<Passed>,
}

fn map(values: impl IntoIterator<Item = Value>) -> Value {
    Value::Map((0u64..).zip(values).collect())
}

fn bytes(of: Option<&[u8; 32]>) -> Value {
    of.map_or(Value::Null, |b| Value::Bytes(b.to_vec()))
}

impl Discloser {
    /// The payloads of the object's leaves.
    ///
    /// # Errors
    /// A passed limit of `Value`.
    pub fn payloads(&self) -> Result<Vec<Vec<u8>>, ValueError> {
        let part = match self.head.part {
            Part::First => 0,
            Part::Narrower => 1,
        };
        let head = map([
            VERSION.into(),
            Value::Uint(part),
            Value::Bytes(self.head.key.as_bytes().to_vec()),
            Value::Bytes(self.head.case.0.to_vec()),
            self.head.date.clone().into(),
            bytes(self.head.previous.as_ref().map(|r| &r.0)),
            bytes(self.head.narrowed.as_ref().map(|h| &h.0)),
        ]);
        let name = self.name.clone().map_or(Value::Null, Value::Text);
        let fields = [head, name, self.purpose.clone().into(), self.recipient.clone().into()];
        let items = self.items.iter().map(|item| {
            let runs = item.mask.runs().iter().map(|run| Value::Uint(*run)).collect();
            map([item.number.into(), Value::Bytes(item.root.0.to_vec()), Value::Array(runs)])
        });
        fields.into_iter().chain(items).map(|value| value.encode()).collect()
    }
}

/// The bytes that a discloser signs.
#[must_use]
pub fn signed(root: &ObjectRoot) -> Vec<u8> {
    [SIGNED_TAG, &root.0].concat()
}

/// A discloser's signature.
#[must_use]
pub fn sign(root: &ObjectRoot, key: &SecretKey) -> Signature {
    key.sign(&signed(root))
}

/// A text that a later discloser may have hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// Open.
    Open(Option<String>),
    /// A later discloser withheld it.
    Withheld,
}

impl Told {
    /// The text, where there is one to read.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Open(text) => text.as_deref(),
            Self::Withheld => None,
        }
    }
}

/// A discloser as a bundle shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// What was signed.
    pub root: ObjectRoot,
    /// The head.
    pub head: Head,
    /// Name.
    pub name: Told,
    /// Purpose.
    pub purpose: Told,
    /// Recipient.
    pub recipient: Told,
    /// How many items they passed on.
    pub passed: u64,
    /// Those that are shown, by number.
    pub items: Vec<Passed>,
}

impl Shown {
    /// Reads a discloser's object and checks its signature.
    ///
    /// # Errors
    /// What is not in its form, or not signed by the key that the head names.
    pub fn read(disclosure: &Disclosure, stream: &[u8], signature: &[u8]) -> Result<Self, DiscloserError> {
        let (verified, open) = verify_whole(disclosure, stream)?;
        let record = &verified.record;
        let passed = record.leaves().checked_sub(LEAVES_BEFORE_ITEMS).ok_or(DiscloserError::Shape)?;
        // Each leaf is one tick, those that are hidden too.
        let hidden = disclosure.tokens.iter().all(|token| match token {
            Token::Hidden { leaves, ticks, .. } => leaves == ticks,
            Token::Open(_) => true,
        });
        let counted = hidden && open.iter().all(|leaf| leaf.ticks == 1);
        if record.profile() != DISCLOSER_PROFILE || record.timebase() != Timebase::UNIT || !counted {
            return Err(DiscloserError::Shape);
        }
        let mut leaves = open.into_iter().peekable();
        let mut at = |index: u64| leaves.next_if(|leaf| leaf.index == index);
        let head = read_head(&at(0).ok_or(DiscloserError::Head)?)?;
        let name = told(at(NAME_LEAF), true)?;
        let purpose = told(at(PURPOSE_LEAF), false)?;
        let recipient = told(at(RECIPIENT_LEAF), false)?;
        let items = leaves.map(|leaf| read_item(&leaf)).collect::<Result<Vec<_>, _>>()?;
        if !items.is_sorted_by(|a, b| a.number < b.number) {
            return Err(DiscloserError::Order);
        }
        let signature = Signature::from_slice(signature).ok_or(DiscloserError::Signature)?;
        let holds = head.key.verify(&signed(&verified.object_root), &signature);
        holds.map_err(|_| DiscloserError::Signature)?;
        Ok(Self { root: verified.object_root, head, name, purpose, recipient, passed, items })
    }

    /// The item of a number.
    #[must_use]
    pub fn item(&self, number: u64) -> Option<&Passed> {
        let at = self.items.binary_search_by_key(&number, |item| item.number).ok()?;
        self.items.get(at)
    }
}

fn value(leaf: &OpenLeaf<'_>) -> Result<Value, DiscloserError> {
    Value::decode(leaf.payload).map_err(|failed| DiscloserError::Value(leaf.index, failed))
}

fn told(leaf: Option<OpenLeaf<'_>>, may_be_none: bool) -> Result<Told, DiscloserError> {
    let Some(leaf) = leaf else { return Ok(Told::Withheld) };
    match value(&leaf)? {
        Value::Text(text) => Ok(Told::Open(Some(text))),
        Value::Null if may_be_none => Ok(Told::Open(None)),
        _ => Err(DiscloserError::Leaf(leaf.index)),
    }
}

fn read_head(leaf: &OpenLeaf<'_>) -> Result<Head, DiscloserError> {
    let value = value(leaf)?;
    let bad = || DiscloserError::Leaf(leaf.index);
    let map = value.as_map().filter(|map| map.len() == 7).ok_or_else(bad)?;
    let at = |key: u64| map.get(&key).ok_or_else(bad);
    let fixed = |key: u64| -> Result<Option<[u8; 32]>, DiscloserError> {
        match at(key)? {
            Value::Null => Ok(None),
            Value::Bytes(bytes) => Ok(Some(bytes.as_slice().try_into().map_err(|_| bad())?)),
            _ => Err(bad()),
        }
    };
    let part = match (at(0)?.as_uint(), at(1)?.as_uint()) {
        (Some(VERSION), Some(0)) => Part::First,
        (Some(VERSION), Some(1)) => Part::Narrower,
        _ => return Err(bad()),
    };
    let key = fixed(2)?.ok_or_else(bad)?;
    Ok(Head {
        part,
        key: PublicKey::from_bytes(&key).map_err(|_| bad())?,
        case: CaseId(fixed(3)?.ok_or_else(bad)?),
        date: at(4)?.as_text().ok_or_else(bad)?.to_owned(),
        previous: fixed(5)?.map(ObjectRoot),
        narrowed: fixed(6)?.map(Hash),
    })
}

fn read_item(leaf: &OpenLeaf<'_>) -> Result<Passed, DiscloserError> {
    let value = value(leaf)?;
    let bad = || DiscloserError::Leaf(leaf.index);
    let map = value.as_map().filter(|map| map.len() == 3).ok_or_else(bad)?;
    let root = map.get(&1).and_then(Value::as_bytes).and_then(|b| b.try_into().ok()).ok_or_else(bad)?;
    let runs = map.get(&2).and_then(Value::as_array).ok_or_else(bad)?.iter();
    let runs = runs.map(Value::as_uint).collect::<Option<Vec<_>>>().ok_or_else(bad)?;
    Ok(Passed {
        number: map.get(&0).and_then(Value::as_uint).ok_or_else(bad)?,
        root: ObjectRoot(root),
        mask: Mask::from_runs(runs)?,
    })
}
