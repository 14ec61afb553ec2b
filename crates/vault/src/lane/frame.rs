//! A frame's content: one commit (`docs/format/vault.md`, "Frames").
//!
//! Keeps: one encoding for each frame; a record's body is never read here.
//! Deliberately does not know: encryption, where frames lie.

use casemate_proof::cbor::{CborError, Reader, Writer};
use casemate_proof::{Compartment, ObjectRoot, Oid};

use crate::ring::{KEY_ID_LEN, KeyId};
use crate::secret::NONCE_LEN;

const VERSION: u64 = 1;

/// The body of an act as a frame carries it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Body {
    /// As `casemate_proof::act::encode_body` makes it: `lane` and `commit` acts, which whoever can read the frame may check.
    Open(Vec<u8>),
    /// Encrypted under a key derived from a subject's.
    Sealed { key: KeyId, nonce: [u8; NONCE_LEN], sealed: Vec<u8> },
}

/// One entry of the lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) root: ObjectRoot,
    pub(crate) oid: Oid,
    pub(crate) compartment: Compartment,
    pub(crate) body: Body,
}

/// One commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    /// Index of the first entry in the lane.
    pub(crate) first: u64,
    /// The entries; the last is the commit act.
    pub(crate) records: Vec<Record>,
    /// The signed checkpoint after it.
    pub(crate) note: Vec<u8>,
}

impl Frame {
    /// Entries of the lane after this frame.
    pub(crate) fn end(&self) -> u64 {
        self.first.saturating_add(self.records.len() as u64)
    }

    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.map(4).uint(0).uint(VERSION).uint(1).uint(self.first).uint(2).array(self.records.len());
        for record in &self.records {
            writer.array(6).bytes(&record.root.0).bytes(&record.oid.0).uint(record.compartment.code());
            match &record.body {
                Body::Open(body) => writer.null().null().bytes(body),
                Body::Sealed { key, nonce, sealed } => writer.bytes(&key.0).bytes(nonce).bytes(sealed),
            };
        }
        writer.uint(3).bytes(&self.note);
        writer.into_bytes()
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, CborError> {
        let mut reader = Reader::new(bytes);
        reader.map_of(4)?;
        if reader.key(0)?.uint()? != VERSION {
            return Err(CborError::Kind { expected: "a frame of version 1" });
        }
        let first = reader.key(1)?.uint()?;
        let count = reader.key(2)?.array()?;
        let mut records = Vec::new();
        for _ in 0..count {
            records.push(read_record(&mut reader)?);
        }
        let note = reader.key(3)?.bytes()?.to_vec();
        reader.end()?;
        Ok(Self { first, records, note })
    }
}

fn read_record(reader: &mut Reader<'_>) -> Result<Record, CborError> {
    reader.array_of(6)?;
    let root = ObjectRoot(reader.fixed()?);
    let oid = Oid(reader.fixed()?);
    let compartment = Compartment::from_code(reader.uint()?);
    let body = if reader.null()? {
        if !reader.null()? {
            return Err(CborError::Kind { expected: "null" });
        }
        Body::Open(reader.bytes()?.to_vec())
    } else {
        let key = KeyId(reader.fixed::<KEY_ID_LEN>()?);
        Body::Sealed { key, nonce: reader.fixed()?, sealed: reader.bytes()?.to_vec() }
    };
    Ok(Record { root, oid, compartment, body })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_reads_back_and_nothing_else_does() {
        let open = Record {
            root: ObjectRoot([1; 32]),
            oid: Oid([2; 32]),
            compartment: Compartment::Case,
            body: Body::Open(vec![3; 256]),
        };
        let sealed = Body::Sealed { key: KeyId([4; 16]), nonce: [5; 24], sealed: vec![6; 272] };
        let sealed = Record { compartment: Compartment::Later(9), body: sealed, ..open.clone() };
        let frame = Frame { first: 7, records: vec![open, sealed], note: b"note".to_vec() };
        let bytes = frame.encode();
        assert_eq!(Frame::decode(&bytes).unwrap(), frame);
        assert_eq!(frame.end(), 9);
        for cut in 0..bytes.len() {
            assert!(Frame::decode(&bytes[..cut]).is_err());
        }
        assert!(Frame::decode(&[&bytes[..], &[0]].concat()).is_err());
    }
}
