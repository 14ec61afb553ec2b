//! [`StoredObject`]: all that is needed to find, open and check one object, as an act keeps it.
//!
//! Keeps: what is written is read back equal; a record that is not the format's is refused.
//! Deliberately does not know: the act's other fields.

use std::collections::BTreeMap;

use casemate_proof::{ObjectKey, ObjectRecord, ObjectRoot, Value};
use zeroize::Zeroizing;

use crate::places::{FILE_ID_LEN, FileId};

/// How an object's file relates to its leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// The file is the source; its leaves are found by carving.
    Source,
    /// The file is the leaves one after the other, each as ticks ‖ length ‖ payload (u64 big-endian).
    Leaves,
}

impl Form {
    fn code(self) -> u64 {
        match self {
            Self::Source => 0,
            Self::Leaves => 1,
        }
    }

    fn from_code(code: u64) -> Option<Self> {
        match code {
            0 => Some(Self::Source),
            1 => Some(Self::Leaves),
            _ => None,
        }
    }
}

/// One sealed object.
#[derive(Clone)]
pub struct StoredObject {
    /// What the log commits to.
    pub record: ObjectRecord,
    /// K: salts of all leaves. It never leaves the vault's user, and no partial disclosure carries it.
    pub key: ObjectKey,
    /// Its file.
    pub file: FileId,
    /// The age identity that opens the file (`AGE-SECRET-KEY-1…`).
    pub identity: Zeroizing<String>,
    /// True length in bytes; what follows in the file is zeros.
    pub size: u64,
    /// SHA-256 of the `size` bytes.
    pub sha256: [u8; 32],
    /// How the file relates to the leaves.
    pub form: Form,
}

const FILE: u64 = 0;
const IDENTITY: u64 = 1;
const KEY: u64 = 2;
const RECORD: u64 = 3;
const FORM: u64 = 4;
const SIZE: u64 = 5;
const SHA256: u64 = 6;

impl StoredObject {
    /// What everything else names it by.
    #[must_use]
    pub fn root(&self) -> ObjectRoot {
        self.record.object_root()
    }

    /// The field of an act.
    #[must_use]
    pub fn to_value(&self) -> Value {
        Value::Map(BTreeMap::from([
            (FILE, Value::from(&self.file.0[..])),
            (IDENTITY, Value::from(self.identity.as_str())),
            (KEY, Value::from(&self.key.as_bytes()[..])),
            (RECORD, Value::from(self.record.encode())),
            (FORM, Value::from(self.form.code())),
            (SIZE, Value::from(self.size)),
            (SHA256, Value::from(&self.sha256[..])),
        ]))
    }

    /// From the field of an act; `None` if it is not the format's.
    #[must_use]
    pub fn from_value(value: &Value) -> Option<Self> {
        let map = value.as_map()?;
        let bytes = |key| map.get(&key).and_then(Value::as_bytes);
        let file: [u8; FILE_ID_LEN] = bytes(FILE)?.try_into().ok()?;
        Some(Self {
            record: ObjectRecord::decode(bytes(RECORD)?).ok()?,
            key: ObjectKey::new(bytes(KEY)?.try_into().ok()?),
            file: FileId(file),
            identity: Zeroizing::new(map.get(&IDENTITY)?.as_text()?.to_owned()),
            size: map.get(&SIZE)?.as_uint()?,
            sha256: bytes(SHA256)?.try_into().ok()?,
            form: Form::from_code(map.get(&FORM)?.as_uint()?)?,
        })
    }
}

impl PartialEq for StoredObject {
    fn eq(&self, other: &Self) -> bool {
        self.to_value() == other.to_value()
    }
}

impl std::fmt::Debug for StoredObject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "StoredObject({})", self.root())
    }
}
