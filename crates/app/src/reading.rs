//! Readings: stored as derivatives, loaded again, shown as text, WebVTT or JSON.
//!
//! Keeps: a reading goes back as it was stored; what a derivative's act says of it (kind, findings) needs no load.
//! Does not know: who made it.

use crate::AppError;
use crate::catalogue::Derivative;
use crate::session::Session;
use casemate_carve::Hint;
use casemate_media::Outcome;
pub use casemate_ports::reading::Place;
use casemate_ports::reading::{Kind, Passage, READING_VERSION, ReadFinding, Reading, Severity};
use casemate_proof::{Act, Compartment, Value};
use casemate_vault::acts::{DeriveAct, value_map};
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{Cursor, Read};
use utoipa::ToSchema;

/// Longest stored reading that is loaded, in bytes.
pub const READING_BYTES_MAX: u64 = 1 << 30;

/// How `casemate-media` tells of a worker that SIGINT ended.
const SIGINT_WORDS: &str = "signal 2";

/// Keys of a derive act's detail map.
mod detail {
    pub const TOOL: u64 = 0;
    pub const KIND: u64 = 1;
    pub const MEDIA_TYPE: u64 = 2;
    pub const DURATION: u64 = 3;
    pub const PASSAGES: u64 = 4;
    pub const FINDINGS: u64 = 5;
    pub const PARAMETERS: u64 = 6;
    pub const UNTIL: u64 = 7;
}

/// What the act of a reading says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct About {
    /// Who read.
    pub tool: String,
    /// What it is.
    #[schema(value_type = crate::words::KindWord)]
    pub kind: String,
    /// MIME type.
    pub media_type: String,
    /// Milliseconds, of a recording.
    pub duration_ms: Option<u64>,
    /// Passages.
    pub passages: u64,
    /// What was not read.
    pub findings: Vec<ReadFinding>,
    /// Parameters.
    pub parameters: Vec<(String, String)>,
    /// Of an interrupted transcript: milliseconds finished; of interrupted OCR: pages.
    pub until_ms: Option<u64>,
}

/// The word of a kind.
#[must_use]
pub fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Recording => "recording",
        Kind::Document => "document",
        Kind::Mail => "mail",
        Kind::Chat => "chat",
        Kind::CallLog => "call-log",
        Kind::Table => "table",
        Kind::Web => "web",
        Kind::Text => "text",
        Kind::Other => "other",
    }
}

const SEVERITIES: [(Severity, u64); 3] = [(Severity::Note, 0), (Severity::Partial, 1), (Severity::Unread, 2)];

impl About {
    /// From the act's detail.
    #[must_use]
    pub fn of(derived: &Derivative) -> Option<Self> {
        let m = derived.detail.as_map()?;
        let text = |key| m.get(&key).and_then(Value::as_text).unwrap_or_default().to_owned();
        let uint = |key| m.get(&key).and_then(Value::as_uint);
        let findings = m.get(&detail::FINDINGS).and_then(Value::as_array).unwrap_or_default().iter();
        let pairs = m.get(&detail::PARAMETERS).and_then(Value::as_array).unwrap_or_default().iter();
        Some(Self {
            tool: text(detail::TOOL),
            kind: text(detail::KIND),
            media_type: text(detail::MEDIA_TYPE),
            duration_ms: uint(detail::DURATION),
            passages: uint(detail::PASSAGES).unwrap_or(0),
            findings: findings.filter_map(finding_of).collect(),
            parameters: pairs.filter_map(pair_of).collect(),
            until_ms: uint(detail::UNTIL),
        })
    }
}

fn finding_of(value: &Value) -> Option<ReadFinding> {
    let [id, severity, detail] = value.as_array()? else { return None };
    let code = severity.as_uint()?;
    let severity = SEVERITIES.iter().find(|(_, c)| *c == code).map(|(s, _)| *s)?;
    Some(ReadFinding { id: id.as_text()?.to_owned(), severity, detail: detail.as_text()?.to_owned() })
}

fn pair_of(value: &Value) -> Option<(String, String)> {
    let [name, value] = value.as_array()? else { return None };
    Some((name.as_text()?.to_owned(), value.as_text()?.to_owned()))
}

fn detail_of(reading: &Reading, until_ms: Option<u64>) -> Value {
    let findings = reading.findings.iter().map(|f| {
        let severity = SEVERITIES.iter().find(|(s, _)| *s == f.severity).map_or(0, |(_, c)| *c);
        Value::Array(vec![f.id.as_str().into(), severity.into(), f.detail.as_str().into()])
    });
    let pairs = reading.parameters.iter().map(|(n, v)| Value::Array(vec![n.as_str().into(), v.as_str().into()]));
    let mut pairs_out = vec![
        (detail::TOOL, reading.tool.as_str().into()),
        (detail::KIND, kind_word(reading.kind).into()),
        (detail::MEDIA_TYPE, reading.media_type.as_str().into()),
        (detail::PASSAGES, (reading.passages.len() as u64).into()),
        (detail::FINDINGS, Value::Array(findings.collect())),
        (detail::PARAMETERS, Value::Array(pairs.collect())),
    ];
    pairs_out.extend(reading.duration_ms.map(|ms| (detail::DURATION, ms.into())));
    pairs_out.extend(until_ms.map(|ms| (detail::UNTIL, ms.into())));
    value_map(pairs_out)
}

/// Seals a reading as a derivative of an exhibit and gives the act that names it.
///
/// # Errors
/// The vault's.
pub(crate) fn derive(
    session: &mut Session,
    exhibit: u64,
    what: &str,
    reading: &Reading,
    until_ms: Option<u64>,
) -> Result<Act, AppError> {
    let of = session.catalogue.number(exhibit).ok_or_else(|| AppError::NoExhibit(exhibit.to_string()))?;
    let (parent, subject) = (BTreeSet::from([of.root]), of.subject);
    let bytes = serde_json::to_vec(reading).map_err(|e| AppError::file("reading")(e.into()))?;
    let object = session.vault.seal(&mut Cursor::new(bytes), Hint::Whole)?;
    let detail = detail_of(reading, until_ms);
    let act = DeriveAct {
        what: what.to_owned(),
        detail,
        object,
        parent,
        subject,
        compartment: Compartment::Identity,
        at_ms: session.vault.now_ms(),
    };
    Ok(act.to_act())
}

/// Loads a stored reading.
///
/// # Errors
/// [`AppError::Derivative`] if it is of another version or too long; the vault's.
pub fn load(session: &Session, derived: &Derivative) -> Result<Reading, AppError> {
    let seal = || derived.object.root().seal_number().to_string();
    if derived.object.size > READING_BYTES_MAX {
        return Err(AppError::Derivative { seal: seal() });
    }
    let mut bytes = Vec::new();
    session.vault.read(&derived.object)?.read_to_end(&mut bytes).map_err(AppError::file(seal()))?;
    let reading: Reading = serde_json::from_slice(&bytes).map_err(|_| AppError::Derivative { seal: seal() })?;
    if reading.version == READING_VERSION { Ok(reading) } else { Err(AppError::Derivative { seal: seal() }) }
}

/// An exhibit that was not read, or not whole.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NotRead {
    /// Number of the exhibit.
    pub exhibit: u64,
    /// Where it came from.
    pub source: String,
    /// Why.
    pub findings: Vec<ReadFinding>,
}

/// Whether a worker died of the Ctrl-C that was meant for this program: it may still have been in its group. That says
/// nothing of the exhibit, which is read the next time.
pub(crate) fn interrupted(outcome: &Outcome) -> bool {
    let of_ctrl_c = |f: &ReadFinding| f.id == "worker-crashed" && f.detail == SIGINT_WORDS;
    !outcome.whole && outcome.reading.findings.iter().any(of_ctrl_c)
}

/// Whether any finding says that something was not read.
pub(crate) fn is_unread(findings: &[ReadFinding]) -> bool {
    findings.iter().any(|f| f.severity != Severity::Note)
}

/// hh:mm:ss.mmm.
#[must_use]
pub fn clock_ms(ms: u64) -> String {
    format!("{:02}:{:02}:{:02}.{:03}", ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60, ms % 1000)
}

/// The first millisecond of a place in a recording.
#[must_use]
pub fn start_ms(place: &Place) -> Option<u64> {
    match place {
        Place::Time { start_ms, .. } => Some(*start_ms),
        Place::Part { inside, .. } => start_ms(inside),
        _ => None,
    }
}

/// Where a passage stands, for people: `00:01:02`, `l. 3`, `n° 4`, `p. 5`.
#[must_use]
pub fn place_word(place: &Place) -> String {
    match place {
        Place::Whole => String::new(),
        Place::Time { channel, start_ms, .. } => {
            let clock: String = clock_ms(*start_ms).chars().take(8).collect();
            channel.map_or(clock.clone(), |c| format!("{clock} ch{}", u16::from(c) + 1))
        }
        Place::Lines { first, .. } => format!("l. {first}"),
        Place::Message { number } | Place::Row { number, .. } => format!("n° {number}"),
        Place::Page { number, .. } => format!("p. {number}"),
        Place::Part { inside, .. } => place_word(inside),
    }
}

/// A reading as plain text, a passage a line with its place.
#[must_use]
pub fn as_text(reading: &Reading) -> String {
    let mut out = String::new();
    for p in &reading.passages {
        let place = place_word(&p.place);
        let speaker = p.speaker.as_ref().map(|s| format!("{s}: ")).unwrap_or_default();
        // Writing to a string can't fail.
        let _ = if place.is_empty() {
            writeln!(out, "{speaker}{}", p.text)
        } else {
            writeln!(out, "[{place}] {speaker}{}", p.text)
        };
    }
    out
}

/// A transcript as WebVTT; passages without a time are left out.
#[must_use]
pub fn as_vtt(reading: &Reading) -> String {
    let mut out = "WEBVTT\n".to_owned();
    for p in &reading.passages {
        if let Place::Time { start_ms, end_ms, .. } = &p.place {
            let _ =
                write!(out, "\n{} --> {}\n{}{}\n", clock_ms(*start_ms), clock_ms(*end_ms), voice(p), escaped(&p.text));
        }
    }
    out
}

fn voice(p: &Passage) -> String {
    let channel = match &p.place {
        Place::Time { channel: Some(c), .. } => Some(format!("channel {}", u16::from(*c) + 1)),
        _ => None,
    };
    p.speaker.clone().or(channel).map(|s| format!("<v {}>", escaped(&s))).unwrap_or_default()
}

/// `&`, `<`, `>` as references; line ends as spaces: a cue is one block.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace(['\n', '\r'], " ")
}
