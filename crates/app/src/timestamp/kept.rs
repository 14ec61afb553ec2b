//! What is kept of a question to an authority while it travels as a file: deterministic CBOR.
//!
//! Keeps: what is read is what was written. Does not know: what is asked about.

use casemate_proof::Value;
use casemate_stamp::{Nonce, Oid};

/// Version of the form.
const VERSION: u64 = 1;

/// What is kept.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    /// Of what the imprint is made.
    pub of: Vec<u8>,
    pub nonce: Nonce,
    pub policy: Option<Oid>,
    /// What else the imprint is made of.
    pub more: Option<Vec<u8>>,
}

impl Kept {
    /// In bytes.
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        let policy = self.policy.map_or(Value::Null, |policy| Value::from(policy.to_string().as_str()));
        let values = [Value::from(VERSION), Value::Bytes(self.of.clone()), Value::Bytes(self.nonce.0.to_vec()), policy];
        let values = values.into_iter().chain(self.more.clone().map(Value::Bytes));
        Value::Map((0u64..).zip(values).collect()).encode().ok()
    }

    /// Of bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let value = Value::decode(bytes).ok()?;
        let fields = value.as_map().filter(|fields| matches!(fields.len(), 4 | 5))?;
        (fields.get(&0)?.as_uint()? == VERSION).then_some(())?;
        let policy = fields.get(&3)?;
        let more = match fields.len() {
            5 => Some(fields.get(&4)?.as_bytes()?.to_vec()),
            _ => None,
        };
        Some(Self {
            of: fields.get(&1)?.as_bytes()?.to_vec(),
            nonce: Nonce(fields.get(&2)?.as_bytes()?.try_into().ok()?),
            policy: if policy.is_null() { None } else { Some(policy.as_text()?.parse().ok()?) },
            more,
        })
    }
}
