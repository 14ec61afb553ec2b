//! Whether a manifest was made for the bytes of the file that carries it (C2PA 2.2, § 9.2: the hard binding).
//!
//! Keeps: memory does not grow with the file; what is not checked is never said to fit.
//! Does not know: whether the claim itself is signed.

use std::ops::Range;

use super::bmff;
use super::carried::Carried;
use super::cbor::Value;
use super::claim::{Assertion, Manifest};
use super::fault::Fault;
use super::hash::Hash;
use super::source::Source;

/// What came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binding {
    /// The bytes are those that the claim was made for, but for so many that it leaves out and that are no manifest.
    Fits { left_out: u64 },
    /// They are others.
    Differs,
    /// Nobody looked, and why.
    NotChecked(&'static str),
}

/// Compares.
pub fn check(source: &mut Source<'_>, carried: &Carried, manifest: &Manifest<'_>) -> Binding {
    if carried.is_alone(source.len()) {
        return Binding::NotChecked("the file that it was made for is another");
    }
    let mut bound = manifest.kept.iter().filter(|assertion| assertion.label.starts_with("c2pa.hash."));
    let Some(assertion) = bound.next() else {
        return Binding::NotChecked(match () {
            () if manifest.is_update => "it adds to a manifest before it",
            () if manifest.broken + manifest.unknown > 0 => "what would tell is not as its claim names it",
            () => "it is bound to no bytes",
        });
    };
    if bound.next().is_some() {
        return Binding::NotChecked("it is bound in more than one way");
    }
    of(source, carried, manifest, assertion).unwrap_or_else(|fault| {
        Binding::NotChecked(match fault {
            Fault::Form(why) => why,
            Fault::TooMuch { what, .. } => what,
        })
    })
}

fn of(
    source: &mut Source<'_>,
    carried: &Carried,
    manifest: &Manifest<'_>,
    assertion: &Assertion<'_>,
) -> Result<Binding, Fault> {
    const FORM: Fault = Fault::Form("what binds it can't be read");
    let value = assertion.value().ok_or(FORM)?;
    let digest = Hash::named(value.text_named("alg").or_else(|| manifest.claim.text_named("alg")));
    let digest = digest.ok_or(Fault::Form("its digest is not known"))?;
    let wanted = value.named("hash").and_then(Value::bytes);
    let (left_out, starts) = if assertion.is("c2pa.hash.data") {
        (ranges(value.list_named("exclusions")).ok_or(FORM)?, Vec::new())
    } else if assertion.is("c2pa.hash.bmff") {
        if value.named("merkle").is_some_and(|merkle| *merkle != Value::Other) {
            return Err(Fault::Form("it is bound piece by piece"));
        }
        let left_out = bmff::left_out(source, value.list_named("exclusions"))?;
        // The first version has no places in what is hashed.
        let starts = if assertion.label.starts_with("c2pa.hash.bmff.v") { left_out.starts } else { Vec::new() };
        (left_out.ranges, starts)
    } else {
        return Err(Fault::Form("it is bound in a way that is not looked into"));
    };
    let made = hashed(source, digest, &left_out, &starts).ok_or(FORM)?;
    if made != wanted.ok_or(FORM)? {
        return Ok(Binding::Differs);
    }
    Ok(Binding::Fits { left_out: outside(&left_out, &carried.spans, source.len()) })
}

fn ranges(exclusions: &[Value<'_>]) -> Option<Vec<Range<u64>>> {
    let range = |value: &Value<'_>| {
        let start = value.named("start")?.count()?;
        Some(start..start.checked_add(value.named("length")?.count()?)?)
    };
    Some(bmff::joined(exclusions.iter().map(range).collect::<Option<_>>()?))
}

/// The digest of all but some ranges, which are in order; at each start its place is hashed first.
fn hashed(source: &mut Source<'_>, mut digest: Hash, left_out: &[Range<u64>], starts: &[u64]) -> Option<Vec<u8>> {
    let len = source.len();
    let kept = {
        let mut from = 0;
        let mut kept = Vec::new();
        for range in left_out {
            kept.push(from..range.start.min(len));
            from = range.end.min(len);
        }
        kept.push(from..len);
        kept
    };
    let mut starts = starts.iter().copied().peekable();
    for range in kept {
        let mut at = range.start;
        while let Some(start) = starts.next_if(|start| *start < range.end) {
            source.pour(&(at..start.max(at)), |piece| digest.take(piece))?;
            digest.take(&start.to_be_bytes());
            at = start.max(at);
        }
        source.pour(&(at..range.end), |piece| digest.take(piece))?;
    }
    Some(digest.made())
}

/// How many bytes are left out that are no manifest.
fn outside(left_out: &[Range<u64>], spans: &[Range<u64>], len: u64) -> u64 {
    let length = |range: Range<u64>| range.end.saturating_sub(range.start);
    let common = |one: &Range<u64>, other: &Range<u64>| one.start.max(other.start)..one.end.min(other.end);
    let all: u64 = left_out.iter().map(|range| length(common(range, &(0..len)))).sum();
    let spans = bmff::joined(spans.to_vec());
    let manifests: u64 =
        left_out.iter().flat_map(|range| spans.iter().map(move |span| length(common(range, span)))).sum();
    all.saturating_sub(manifests)
}
