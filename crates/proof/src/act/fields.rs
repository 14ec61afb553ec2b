//! The sixteen payloads of an act.
//!
//! Keeps: an empty list and an unused field are null, and nothing else is.
//! Does not know: what the fields of a kind mean.

use super::{ACT_FIELDS, ACT_LEAVES, Act, ActError, Class, Compartment, KIND_MAX, ROOTS_MAX, SubjectId};
use crate::cbor::{CborError, Reader, Writer};
use crate::ids::ObjectRoot;
use crate::value::Value;
use std::collections::BTreeSet;

const HEADER: usize = 0;
const COMPARTMENT: usize = 1;
const SUBJECT: usize = 2;
const ABOUT: usize = 3;
const PARENT: usize = 4;
const FIRST_FIELD: usize = 5;

fn written(write: impl FnOnce(&mut Writer)) -> Vec<u8> {
    let mut writer = Writer::new();
    write(&mut writer);
    writer.into_bytes()
}

fn admit_kind(kind: &str) -> Result<(), ActError> {
    let fits = (1..=KIND_MAX).contains(&kind.len())
        && kind.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if fits { Ok(()) } else { Err(ActError::Kind) }
}

pub(super) fn encode(act: &Act) -> Result<[Vec<u8>; ACT_LEAVES], ActError> {
    admit_kind(&act.kind)?;
    let mut payloads: [Vec<u8>; ACT_LEAVES] = std::array::from_fn(|_| Vec::new());
    let fixed = [
        written(|w| {
            w.map(4).uint(0).text(&act.kind).uint(1).uint(act.version);
            w.uint(2).bool(act.critical).uint(3).uint(act.class.code());
        }),
        written(|w| {
            w.uint(act.compartment.code());
        }),
        written(|w| {
            w.bytes(&act.subject.0);
        }),
        write_roots(&act.about)?,
        write_roots(&act.parent)?,
    ];
    for (slot, payload) in payloads.iter_mut().zip(fixed) {
        *slot = payload;
    }
    for ((leaf, slot), value) in payloads.iter_mut().enumerate().skip(FIRST_FIELD).zip(&act.fields) {
        *slot = value.encode().map_err(|cause| ActError::Value { leaf, cause })?;
    }
    Ok(payloads)
}

fn write_roots(roots: &BTreeSet<ObjectRoot>) -> Result<Vec<u8>, ActError> {
    if roots.len() > ROOTS_MAX {
        return Err(ActError::Roots);
    }
    Ok(written(|w| {
        if roots.is_empty() {
            w.null();
        } else {
            w.array(roots.len());
        }
        roots.iter().for_each(|root| {
            w.bytes(&root.0);
        });
    }))
}

pub(super) fn decode(payloads: &[Vec<u8>; ACT_LEAVES]) -> Result<Act, ActError> {
    let [header, compartment, subject, about, parent, rest @ ..] = payloads;
    let at = |leaf: usize| move |cause: CborError| ActError::Value { leaf, cause: cause.into() };
    let (kind, version, critical, class) = read_header(header).map_err(at(HEADER))?;
    admit_kind(&kind)?;
    let mut fields: [Value; ACT_FIELDS] = std::array::from_fn(|_| Value::Null);
    for ((leaf, slot), payload) in (FIRST_FIELD..).zip(&mut fields).zip(rest) {
        *slot = Value::decode(payload).map_err(|cause| ActError::Value { leaf, cause })?;
    }
    let act = Act {
        kind,
        version,
        critical,
        class,
        compartment: Compartment::from_code(read_only(compartment, |r| r.uint()).map_err(at(COMPARTMENT))?),
        subject: SubjectId(read_only(subject, |r| r.fixed()).map_err(at(SUBJECT))?),
        about: read_roots(about, ABOUT)?,
        parent: read_roots(parent, PARENT)?,
        fields,
    };
    match encode(&act)?.iter().zip(payloads).position(|(ours, theirs)| ours != theirs) {
        None => Ok(act),
        Some(leaf) => Err(ActError::Leaf(leaf)),
    }
}

fn read_only<'a, T>(
    bytes: &'a [u8],
    read: impl FnOnce(&mut Reader<'a>) -> Result<T, CborError>,
) -> Result<T, CborError> {
    let mut reader = Reader::new(bytes);
    let value = read(&mut reader)?;
    reader.end()?;
    Ok(value)
}

fn read_header(bytes: &[u8]) -> Result<(String, u64, bool, Class), CborError> {
    read_only(bytes, |r| {
        r.map_of(4)?;
        let kind = r.key(0)?.text()?.to_owned();
        Ok((kind, r.key(1)?.uint()?, r.key(2)?.bool()?, Class::from_code(r.key(3)?.uint()?)))
    })
}

fn read_roots(bytes: &[u8], leaf: usize) -> Result<BTreeSet<ObjectRoot>, ActError> {
    let at = |cause: CborError| ActError::Value { leaf, cause: cause.into() };
    let mut reader = Reader::new(bytes);
    let mut roots = BTreeSet::new();
    if !reader.null().map_err(at)? {
        let count = reader.array().map_err(at)?;
        if count > ROOTS_MAX {
            return Err(ActError::Roots);
        }
        for _ in 0..count {
            let root = ObjectRoot(reader.fixed().map_err(at)?);
            if roots.last().is_some_and(|last| *last >= root) {
                return Err(ActError::Leaf(leaf));
            }
            roots.insert(root);
        }
        if count == 0 {
            return Err(ActError::Leaf(leaf));
        }
    }
    reader.end().map_err(at)?;
    Ok(roots)
}
