//! The encoding of a disclosure.
//!
//! Keeps: one encoding; no allocation is larger than the bytes given justify.
//! Does not know: whether the tokens are right; `verify` does.

use super::{Disclosure, DisclosureError, Mask, RUNS_MAX, TOKENS_PER_RUN_MAX, Token};
use crate::cbor::{CborError, Item, Reader, Writer};
use crate::ids::Hash;
use crate::object::{ObjectRecord, Seed};

/// The version of the encoding.
pub const DISCLOSURE_VERSION: u64 = 1;
const SEED_BYTES: u64 = 32;

impl Disclosure {
    /// The encoding: `{0: 1, 1: record, 2: [runs], 3: [tokens]}`; a token is a byte string (open: the seed) or
    /// `[leaves, ticks, hash]` (hidden).
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.map(4).uint(0).uint(DISCLOSURE_VERSION).uint(1);
        self.record.write(&mut writer);
        writer.uint(2).array(self.mask.runs().len());
        for run in self.mask.runs() {
            writer.uint(*run);
        }
        writer.uint(3).array(self.tokens.len());
        for token in &self.tokens {
            match token {
                Token::Open(seed) => writer.bytes(seed.as_bytes()),
                Token::Hidden { leaves, ticks, hash } => writer.array(3).uint(*leaves).uint(*ticks).bytes(&hash.0),
            };
        }
        writer.into_bytes()
    }

    /// Reads a disclosure and nothing else. The tokens are not checked yet: [`super::Verifier`] does.
    ///
    /// # Errors
    /// Refuses a passed limit and what is not the encoding.
    pub fn decode(bytes: &[u8]) -> Result<Self, DisclosureError> {
        let mut reader = Reader::new(bytes);
        reader.map_of(4)?;
        let version = reader.key(0)?.uint()?;
        if version != DISCLOSURE_VERSION {
            return Err(DisclosureError::Version(version));
        }
        let record = ObjectRecord::read(reader.key(1)?)?;
        let count = reader.key(2)?.array()?;
        if count > RUNS_MAX {
            return Err(DisclosureError::Runs);
        }
        let runs = (0..count).map(|_| reader.uint()).collect::<Result<Vec<_>, _>>()?;
        let mask = Mask::from_runs(runs)?;
        if mask.leaves() != record.leaves() {
            return Err(DisclosureError::Mask);
        }
        let count = reader.key(3)?.array()?;
        if count as u64 > TOKENS_PER_RUN_MAX * mask.runs().len() as u64 {
            return Err(DisclosureError::Tokens);
        }
        let mut tokens = Vec::new();
        for _ in 0..count {
            tokens.push(read_token(&mut reader)?);
        }
        reader.end()?;
        Ok(Self { record, mask, tokens })
    }
}

fn read_token(reader: &mut Reader<'_>) -> Result<Token, DisclosureError> {
    match reader.item()? {
        Item::Bytes(SEED_BYTES) => {
            let bytes = reader.take(SEED_BYTES)?.try_into().map_err(|_| CborError::Truncated)?;
            Ok(Token::Open(Seed::new(bytes)))
        }
        Item::Array(3) => {
            let (leaves, ticks) = (reader.uint()?, reader.uint()?);
            Ok(Token::Hidden { leaves, ticks, hash: Hash(reader.fixed()?) })
        }
        _ => Err(CborError::Kind { expected: "a seed or [leaves, ticks, hash]" }.into()),
    }
}
