//! The acts of casework (`docs/format/acts.md`): typed values on one side, `Act` fields on the other.
//!
//! Keeps: what `to_act` writes, `from_act` reads; an act of a kind or version that is not known here is `Unknown`, never
//! an error. Does not know: sealing, exhibits' own acts (the vault's), order.

mod consent;
mod correct;
mod merge;

use crate::audience::Profile;
use crate::person::{Name, Person, PersonId, Script};
use crate::plan::{Plan, Reason, Span, Strike};
use casemate_carve::locator::TimeRange;
use casemate_proof::{Act, Class, Compartment, ObjectRoot, SubjectId, Value};
use std::collections::BTreeMap;

pub use consent::{CONSENT, Consent, Decision, consent_act};
pub use correct::{CORRECT, Correction, Edit, correct_act};
pub use merge::{MERGE, Merged, merge_act};

/// An exhibit as casework refers to it: its subject (whose keys) and its root (which bytes).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExhibitRef {
    /// The subject of its acts.
    pub subject: SubjectId,
    /// Its object root.
    pub root: ObjectRoot,
}

/// Somebody listened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// The recording.
    pub exhibit: ObjectRoot,
    /// Who listened, by name.
    pub listener: String,
    /// What they heard.
    pub ranges: Vec<TimeRange>,
    /// At what speed, per mille of natural.
    pub speed: u64,
    /// When, RFC 3339, by this machine's clock.
    pub on: String,
}

/// One item of a disclosure, as far as later disclosures must know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisclosedItem {
    /// Number in the bundle.
    pub number: u64,
    /// Which object.
    pub root: ObjectRoot,
    /// Leaf runs that were hidden: (start, length), sorted.
    pub hidden: Vec<(u64, u64)>,
    /// Places let pass on request though an earlier bundle treated them otherwise: of the exhibit, told at its first item.
    pub passed: u64,
}

/// A bundle that left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disclosed {
    /// For whom.
    pub profile: Profile,
    /// Recipient, as printed.
    pub recipient: String,
    /// Purpose, as printed.
    pub purpose: String,
    /// What it held.
    pub items: Vec<DisclosedItem>,
    /// The randomness of the bundle: the same act makes the same bytes.
    pub seed: [u8; 32],
    /// When, RFC 3339.
    pub on: String,
    /// SHA-256 of the bundle's signature: what a later disclosure to the same recipient names as its previous.
    pub signature: Option<[u8; 32]>,
}

/// Finds that somebody looked at and judged to be no name, or an identifier that may stay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The exhibit.
    pub exhibit: ObjectRoot,
    /// For which audience.
    pub audience: String,
    /// Object root of the reading that spans refer to.
    pub reading: [u8; 32],
    /// The finds: where, and whose name it is not; nobody's where it is an identifier.
    pub finds: Vec<(Span, Option<PersonId>)>,
    /// Who judged, by name.
    pub reviewer: String,
    /// Why it is no name, or may stay.
    pub why: String,
    /// When, RFC 3339.
    pub on: String,
}

/// An act of casework.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaseAct {
    /// A person, or their newest description.
    Person(Person),
    /// Two people are one.
    Merged(Merged),
    /// A person's alias for an audience.
    Alias {
        /// Who.
        person: PersonId,
        /// The audience's word.
        audience: String,
        /// The alias.
        alias: String,
    },
    /// Consent or refusal.
    Consent(Consent),
    /// Listening.
    Heard(Heard),
    /// A redaction plan.
    Plan {
        /// For which exhibit.
        exhibit: ObjectRoot,
        /// The plan.
        plan: Plan,
        /// When, RFC 3339.
        on: String,
    },
    /// Finds that are no names.
    Kept(Kept),
    /// A correction.
    Corrected(Correction),
    /// A disclosure.
    Disclosed(Disclosed),
    /// Another kind or version.
    Unknown,
}

const PERSON: &str = "person";
const ALIAS: &str = "alias";
const HEARD: &str = "heard";
const PLAN: &str = "plan";
const KEEP: &str = "keep";
const DISCLOSE: &str = "disclose";

fn text(s: &str) -> Value {
    Value::from(s)
}

fn optional(s: Option<&String>) -> Value {
    s.map_or(Value::Null, |s| Value::from(s.as_str()))
}

fn number(n: Option<u64>) -> Value {
    n.map_or(Value::Null, Value::Uint)
}

fn map(pairs: impl IntoIterator<Item = (u64, Value)>) -> Value {
    Value::Map(pairs.into_iter().filter(|(_, v)| !v.is_null()).collect())
}

fn act(kind: &str, class: Class, compartment: Compartment, subject: [u8; 32], fields: Vec<Value>) -> Act {
    let mut act = Act::new(kind, compartment, SubjectId(subject));
    act.class = class;
    for (slot, value) in act.fields.iter_mut().zip(fields) {
        *slot = value;
    }
    act
}

/// The act that says a person is so.
#[must_use]
pub fn person_act(p: &Person) -> Act {
    let script = |s| match s {
        Script::Han => 0u64,
        Script::Pinyin => 1,
        Script::Passport => 2,
        Script::Other => 3,
    };
    let names = p.names.iter().map(|n| map([(0, script(n.script).into()), (1, text(&n.text))])).collect();
    let fields = vec![
        Value::Array(names),
        text(&p.role),
        p.protected.into(),
        p.red.into(),
        optional(p.note.as_ref()),
        optional(p.relation.as_ref()),
    ];
    act(PERSON, Class::Last, Compartment::Identity, p.id.0, fields)
}

/// The act that gives a person an alias for an audience.
#[must_use]
pub fn alias_act(person: PersonId, audience: &str, alias: &str) -> Act {
    act(ALIAS, Class::Last, Compartment::Identity, person.0, vec![text(audience), text(alias)])
}

/// The act that records listening.
#[must_use]
pub fn heard_act(exhibit: ExhibitRef, h: &Heard) -> Act {
    let ranges = h.ranges.iter().map(|r| Value::Array(vec![r.start.into(), r.end.into()])).collect();
    let fields = vec![text(&h.listener), Value::Array(ranges), h.speed.into(), text(&h.on)];
    about(act(HEARD, Class::Add, Compartment::Identity, exhibit.subject.0, fields), exhibit.root)
}

/// The act that proposes or reviews a plan.
#[must_use]
pub fn plan_act(exhibit: ExhibitRef, plan: &Plan, on: &str) -> Act {
    let strikes = plan.strikes.iter().map(strike_value).collect();
    let reading = plan.reading.map_or(Value::Null, |r| Value::Bytes(r.to_vec()));
    let reviewer = optional(plan.reviewer.as_ref());
    let looked = number(plan.looked);
    let fields = vec![text(&plan.audience), Value::Array(strikes), reviewer, reading, text(on), looked];
    about(act(PLAN, Class::Last, Compartment::Identity, exhibit.subject.0, fields), exhibit.root)
}

/// The act that says which finds are no names, or may stay. It is of version 2 only where version 1 can't say it.
#[must_use]
pub fn keep_act(subject: SubjectId, k: &Kept) -> Act {
    let finds = k.finds.iter().map(|(span, person)| {
        let place = [(1, span.passage.into()), (2, span.at.into()), (3, span.chars.into())];
        map(place.into_iter().chain(person.map(|id| (6, Value::Bytes(id.0.to_vec())))))
    });
    let version = if k.finds.iter().all(|(_, person)| person.is_some()) { 1 } else { 2 };
    let fields = vec![
        text(&k.audience),
        Value::Bytes(k.reading.to_vec()),
        Value::Array(finds.collect()),
        text(&k.reviewer),
        text(&k.why),
        text(&k.on),
    ];
    let act = Act { version, ..act(KEEP, Class::Add, Compartment::Identity, subject.0, fields) };
    about(act, k.exhibit)
}

/// The act that records a disclosure.
#[must_use]
pub fn disclosed_act(case: [u8; 32], d: &Disclosed) -> Act {
    let items = d.items.iter().map(|i| {
        let runs = i.hidden.iter().map(|(s, l)| Value::Array(vec![(*s).into(), (*l).into()])).collect();
        let passed = (i.passed > 0).then(|| (3, i.passed.into()));
        let item = [(0, i.number.into()), (1, Value::Bytes(i.root.0.to_vec())), (2, Value::Array(runs))];
        map(item.into_iter().chain(passed))
    });
    let fields = vec![
        text(d.profile.word()),
        text(&d.recipient),
        text(&d.purpose),
        Value::Array(items.collect()),
        Value::Bytes(d.seed.to_vec()),
        text(&d.on),
        d.signature.map_or(Value::Null, |s| Value::Bytes(s.to_vec())),
    ];
    let mut out = act(DISCLOSE, Class::Add, Compartment::Identity, case, fields);
    out.about = d.items.iter().map(|i| i.root).collect();
    out
}

fn about(mut act: Act, root: ObjectRoot) -> Act {
    act.about = [root].into();
    act
}

fn strike_value(s: &Strike) -> Value {
    map([
        (1, number(s.span.map(|p| p.passage))),
        (2, number(s.span.map(|p| p.at))),
        (3, number(s.span.map(|p| p.chars))),
        (4, number(s.time.map(|t| t.start))),
        (5, number(s.time.map(|t| t.end))),
        (6, s.person.map_or(Value::Null, |p| Value::Bytes(p.0.to_vec()))),
        (7, s.reason.code().into()),
        (8, text(&s.words)),
    ])
}

/// Reads an act of casework. A field that is not as the kind has it makes the act `Unknown`.
#[must_use]
pub fn from_act(act: &Act) -> CaseAct {
    // A later version of a kind is one more row, whose reader makes the same typed value: old acts are folded, never rewritten.
    let read = match (act.kind.as_str(), act.version) {
        (PERSON, 1) => read_person(act).map(CaseAct::Person),
        (MERGE, 1) => merge::read(act).map(CaseAct::Merged),
        (ALIAS, 1) => read_alias(act),
        (CONSENT, 1 | 2) => consent::read(act).map(CaseAct::Consent),
        (HEARD, 1) => read_heard(act).map(CaseAct::Heard),
        (PLAN, 1) => read_plan(act),
        (KEEP, 1 | 2) => read_kept(act).map(CaseAct::Kept),
        (CORRECT, 1) => correct::read(act).map(CaseAct::Corrected),
        (DISCLOSE, 1) => read_disclosed(act).map(CaseAct::Disclosed),
        _ => None,
    };
    read.unwrap_or(CaseAct::Unknown)
}

/// Newest version of a kind that is read here; `None` for kinds of others.
#[must_use]
pub fn known_version(kind: &str) -> Option<u64> {
    match kind {
        KEEP | CONSENT => Some(2),
        PERSON | MERGE | ALIAS | HEARD | PLAN | CORRECT | DISCLOSE => Some(1),
        _ => None,
    }
}

fn string(v: &Value) -> Option<String> {
    v.as_text().map(str::to_owned)
}

/// `Some(None)` for null, `None` for anything that is neither null nor text.
#[allow(clippy::option_option, reason = "absent, null and text are three things")]
fn maybe_string(v: &Value) -> Option<Option<String>> {
    if v.is_null() { Some(None) } else { string(v).map(Some) }
}

fn bytes32(v: &Value) -> Option<[u8; 32]> {
    v.as_bytes()?.try_into().ok()
}

fn one_about(act: &Act) -> Option<ObjectRoot> {
    act.about.first().copied().filter(|_| act.about.len() == 1)
}

fn read_person(act: &Act) -> Option<Person> {
    let [names, role, protected, red, note, relation, ..] = &act.fields;
    let name = |v: &Value| -> Option<Name> {
        let pairs = v.as_map()?;
        let script = match pairs.get(&0)?.as_uint()? {
            0 => Script::Han,
            1 => Script::Pinyin,
            2 => Script::Passport,
            _ => Script::Other,
        };
        Some(Name { script, text: string(pairs.get(&1)?)? })
    };
    Some(Person {
        id: PersonId(act.subject.0),
        names: names.as_array()?.iter().map(name).collect::<Option<_>>()?,
        role: string(role)?,
        protected: protected.as_bool()?,
        red: red.as_bool()?,
        note: maybe_string(note)?,
        relation: maybe_string(relation)?,
    })
}

fn read_alias(act: &Act) -> Option<CaseAct> {
    let [audience, alias, ..] = &act.fields;
    Some(CaseAct::Alias { person: PersonId(act.subject.0), audience: string(audience)?, alias: string(alias)? })
}

fn range(v: &Value) -> Option<TimeRange> {
    let [start, end] = v.as_array()? else { return None };
    TimeRange::new(start.as_uint()?, end.as_uint()?)
}

fn read_heard(act: &Act) -> Option<Heard> {
    let [listener, ranges, speed, on, ..] = &act.fields;
    Some(Heard {
        exhibit: one_about(act)?,
        listener: string(listener)?,
        ranges: ranges.as_array()?.iter().map(range).collect::<Option<_>>()?,
        speed: speed.as_uint()?,
        on: string(on)?,
    })
}

fn read_strike(v: &Value) -> Option<Strike> {
    let m = v.as_map()?;
    let uint = |key: u64| m.get(&key).and_then(Value::as_uint);
    let span = match (uint(1), uint(2), uint(3)) {
        (Some(passage), Some(at), Some(chars)) => Some(Span { passage, at, chars }),
        (None, None, None) => None,
        _ => return None,
    };
    let time = match (uint(4), uint(5)) {
        (Some(start), Some(end)) => Some(TimeRange::new(start, end)?),
        (None, None) => None,
        _ => return None,
    };
    let person = match m.get(&6) {
        Some(v) => Some(PersonId(bytes32(v)?)),
        None => None,
    };
    Some(Strike { span, time, person, reason: Reason::from_code(uint(7)?)?, words: string(m.get(&8)?)? })
}

fn read_plan(act: &Act) -> Option<CaseAct> {
    let [audience, strikes, reviewer, reading, on, looked, ..] = &act.fields;
    let reading = if reading.is_null() { None } else { Some(bytes32(reading)?) };
    let strikes = strikes.as_array()?.iter().map(read_strike).collect::<Option<_>>()?;
    let looked = if looked.is_null() { None } else { Some(looked.as_uint()?) };
    let plan = Plan { audience: string(audience)?, strikes, reviewer: maybe_string(reviewer)?, looked, reading };
    Some(CaseAct::Plan { exhibit: one_about(act)?, plan, on: string(on)? })
}

fn read_kept(act: &Act) -> Option<Kept> {
    let [audience, reading, finds, reviewer, why, on, ..] = &act.fields;
    let find = |v: &Value| -> Option<(Span, Option<PersonId>)> {
        let m = v.as_map()?;
        let uint = |key: u64| m.get(&key).and_then(Value::as_uint);
        let person = match m.get(&6) {
            Some(id) => Some(PersonId(bytes32(id)?)),
            None if act.version > 1 => None,
            None => return None,
        };
        Some((Span { passage: uint(1)?, at: uint(2)?, chars: uint(3)? }, person))
    };
    Some(Kept {
        exhibit: one_about(act)?,
        audience: string(audience)?,
        reading: bytes32(reading)?,
        finds: finds.as_array()?.iter().map(find).collect::<Option<_>>()?,
        reviewer: string(reviewer)?,
        why: string(why)?,
        on: string(on)?,
    })
}

fn read_disclosed(act: &Act) -> Option<Disclosed> {
    let [profile, recipient, purpose, items, seed, on, signature, ..] = &act.fields;
    let run = |v: &Value| -> Option<(u64, u64)> {
        let [start, len] = v.as_array()? else { return None };
        Some((start.as_uint()?, len.as_uint()?))
    };
    let item = |v: &Value| -> Option<DisclosedItem> {
        let m: &BTreeMap<u64, Value> = v.as_map()?;
        Some(DisclosedItem {
            number: m.get(&0)?.as_uint()?,
            root: ObjectRoot(bytes32(m.get(&1)?)?),
            hidden: m.get(&2)?.as_array()?.iter().map(run).collect::<Option<_>>()?,
            passed: m.get(&3).map_or(Some(0), Value::as_uint)?,
        })
    };
    Some(Disclosed {
        profile: Profile::from_word(profile.as_text()?)?,
        recipient: string(recipient)?,
        purpose: string(purpose)?,
        items: items.as_array()?.iter().map(item).collect::<Option<_>>()?,
        seed: bytes32(seed)?,
        on: string(on)?,
        signature: if signature.is_null() { None } else { Some(bytes32(signature)?) },
    })
}

#[cfg(test)]
mod tests;
