//! Boxes of the ISO base media format (MP4, MOV, M4A, HEIC, AVIF) and of JPEG XL: where manifests stand among them, and which
//! bytes a claim about them covers (C2PA 2.2, § 9.2.2 and § A.5).
//!
//! Keeps: a path is followed as deep as it goes and no further. Does not know: hashes.

use std::collections::BTreeSet;
use std::ops::Range;

use super::carried::{Carried, STEPS_MAX, only, taken};
use super::cbor::Value;
use super::fault::Fault;
use super::source::Source;

/// The type of the box that holds manifests.
const UUID: [u8; 16] = *b"\xd8\xfe\xc3\xd6\x1b\x0e\x48\x3c\x92\x97\x58\x28\x87\x7e\xc4\x81";
/// Bytes of such a box in front of its purpose: length, type, UUID, version and flags.
const PURPOSE_AT: u64 = 8 + 16 + 4;
/// Longest purpose, bytes, with its end.
const PURPOSE_MAX: u64 = 32;
/// A box that has a version and flags in front of the boxes in it.
const META: [u8; 4] = *b"meta";
/// Boxes on one path.
const MATCHES_MAX: usize = 10_000;
/// Rules of a claim, and parts or comparisons of a rule.
const RULES_MAX: usize = 64;
/// Bytes that a claim compares.
const COMPARED_MAX: u64 = 1 << 16;

/// A box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    kind: [u8; 4],
    pub range: Range<u64>,
    /// What stands behind its length and type.
    body: u64,
}

/// The boxes of a range, up to what is none.
fn boxes(source: &mut Source<'_>, range: Range<u64>) -> Vec<Place> {
    let mut all = Vec::new();
    let mut at = range.start;
    while at < range.end && all.len() < STEPS_MAX as usize {
        let Some((length, kind)) = source.number(at).zip(source.array(at + 4)) else { break };
        let (length, header) = match length {
            0 => (range.end - at, 8),
            1 => (source.array(at + 8).map_or(0, u64::from_be_bytes), 16),
            length => (u64::from(length), 8),
        };
        let Some(end) = at.checked_add(length).filter(|end| length >= header && *end <= range.end) else { break };
        all.push(Place { kind, range: at..end, body: at + header });
        at = end;
    }
    all
}

/// The boxes that stand in no other.
pub fn top(source: &mut Source<'_>) -> Vec<Place> {
    let len = source.len();
    boxes(source, 0..len)
}

/// The manifests among them.
pub fn carried(source: &mut Source<'_>) -> Result<Option<Carried>, Fault> {
    let mut found = None;
    for place in top(source) {
        if place.kind == *b"jumb" {
            if let Ok(carried) = taken(source, place.range.clone(), place.range) {
                only(&mut found, carried)?;
            }
        } else if place.kind == *b"uuid"
            && source.array(place.body) == Some(UUID)
            && let Some(carried) = of_uuid(source, &place)?
        {
            only(&mut found, carried)?;
        }
    }
    Ok(found)
}

fn of_uuid(source: &mut Source<'_>, place: &Place) -> Result<Option<Carried>, Fault> {
    let from = place.body - 8 + PURPOSE_AT;
    let head = source.bytes(&(from..place.range.end.min(from.saturating_add(PURPOSE_MAX)))).unwrap_or_default();
    let purpose = head.split(|byte| *byte == 0).next().unwrap_or_default();
    // Behind it and its end, where the hashes of pieces begin.
    let store = from + purpose.len() as u64 + 1 + 8..place.range.end;
    match purpose {
        b"manifest" => taken(source, store, place.range.clone()).map(Some),
        b"original" | b"update" => Err(Fault::Form("it stands in two pieces, which are not joined here")),
        _ => Ok(None),
    }
}

/// What a claim leaves out of the boxes' bytes.
#[derive(Debug)]
pub struct LeftOut {
    /// In order, none inside another.
    pub ranges: Vec<Range<u64>>,
    /// Where the boxes begin that stand in no other and are not left out whole.
    pub starts: Vec<u64>,
}

/// Reads the list of what is left out.
///
/// # Errors
/// [`Fault`], where a rule isn't understood.
pub fn left_out(source: &mut Source<'_>, rules: &[Value<'_>]) -> Result<LeftOut, Fault> {
    const FORM: Fault = Fault::Form("what it leaves out can't be read");
    if rules.len() > RULES_MAX {
        return Err(FORM);
    }
    let top = top(source);
    let (mut ranges, mut whole) = (Vec::new(), BTreeSet::new());
    for rule in rules {
        let path = rule.text_named("xpath").and_then(|path| path.strip_prefix('/')).ok_or(FORM)?;
        for place in on_path(source, path, &top).ok_or(FORM)? {
            if !is_meant(source, &place, rule).ok_or(FORM)? {
                continue;
            }
            let subsets = rule.list_named("subset");
            if subsets.is_empty() {
                whole.insert(place.range.start);
                ranges.push(place.range.clone());
            }
            for subset in subsets {
                ranges.extend(part_of(&place.range, subset).ok_or(FORM)?);
            }
        }
    }
    let starts = top.iter().map(|place| place.range.start).filter(|start| !whole.contains(start)).collect();
    Ok(LeftOut { ranges: joined(ranges), starts })
}

/// The boxes on a path of names: `moov/trak/tkhd`.
fn on_path(source: &mut Source<'_>, path: &str, top: &[Place]) -> Option<Vec<Place>> {
    let mut names = path.split('/').map(|name| <[u8; 4]>::try_from(name.as_bytes()).ok());
    let first = names.next()??;
    let mut found: Vec<Place> = top.iter().filter(|place| place.kind == first).take(MATCHES_MAX + 1).cloned().collect();
    for name in names {
        let name = name?;
        let mut deeper = Vec::new();
        for place in found {
            let from = place.body + if place.kind == META { 4 } else { 0 };
            deeper.extend(boxes(source, from..place.range.end).into_iter().filter(|place| place.kind == name));
            if deeper.len() > MATCHES_MAX {
                return None;
            }
        }
        found = deeper;
    }
    (found.len() <= MATCHES_MAX).then_some(found)
}

/// Whether a box is as a rule asks.
fn is_meant(source: &mut Source<'_>, place: &Place, rule: &Value<'_>) -> Option<bool> {
    if let Some(length) = rule.named("length").and_then(Value::count)
        && length != place.range.end - place.range.start
    {
        return Some(false);
    }
    let version_and_flags = source.number(place.body);
    if let Some(version) = rule.named("version").and_then(Value::count)
        && version_and_flags.map(|both| u64::from(both >> 24)) != Some(version)
    {
        return Some(false);
    }
    if let Some(flags) = rule.named("flags").and_then(Value::bytes) {
        let wanted = flags.iter().take(3).fold(0u32, |sum, byte| sum << 8 | u32::from(*byte));
        let there = version_and_flags? & 0x00ff_ffff;
        // Without `exact`, what is set there must be set in the rule.
        let exact = !matches!(rule.named("exact"), Some(Value::False));
        if if exact { there != wanted } else { there & !wanted != 0 } {
            return Some(false);
        }
    }
    if rule.list_named("data").len().max(rule.list_named("subset").len()) > RULES_MAX {
        return None;
    }
    for compared in rule.list_named("data") {
        let offset = compared.named("offset")?.count()?;
        let value = compared.named("value")?.bytes().filter(|value| value.len() as u64 <= COMPARED_MAX)?;
        let from = place.range.start.checked_add(offset)?;
        let there = source.bytes(&(from..from.checked_add(value.len() as u64)?));
        if there.as_deref() != Some(value) {
            return Some(false);
        }
    }
    Some(true)
}

/// A part of a box: an offset and a length, 0 for all behind. None behind the end.
fn part_of(place: &Range<u64>, subset: &Value<'_>) -> Option<Option<Range<u64>>> {
    let offset = subset.named("offset")?.count()?;
    let length = subset.named("length")?.count()?;
    let Some(from) = place.start.checked_add(offset).filter(|from| *from < place.end) else {
        return Some(None);
    };
    let end = if length == 0 { place.end } else { from.saturating_add(length).min(place.end) };
    Some(Some(from..end))
}

/// In order, those that touch as one.
pub fn joined(mut ranges: Vec<Range<u64>>) -> Vec<Range<u64>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut all: Vec<Range<u64>> = Vec::new();
    for range in ranges {
        match all.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => all.push(range),
        }
    }
    all
}
