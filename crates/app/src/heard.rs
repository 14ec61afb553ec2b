//! Heard: which seconds of a recording a named person has listened to.
//!
//! Keeps: a range past the recording's end is refused, so that nobody is said to have heard what is not there.
//! Does not know: whether they listened with care.

use crate::catalogue::{Exhibit, what};
use crate::reading::About;
use crate::{AppError, Session};
use casemate_carve::Shape;
use casemate_carve::locator::TimeRange;
use casemate_case::coverage::Coverage;
use casemate_case::kinds::{Heard, heard_act};
use serde::Serialize;
use utoipa::ToSchema;

/// Natural speed, per mille.
pub const NATURAL_SPEED: u64 = 1000;
/// Most ranges of one act.
pub const RANGES_MAX: usize = 1 << 14;

/// Somebody listened.
#[derive(Clone, Debug)]
pub struct HeardRequest {
    /// The recording.
    pub exhibit: String,
    /// Who listened, by name.
    pub listener: String,
    /// What they heard, milliseconds from start to end; nothing means the whole recording.
    pub ranges: Vec<(u64, u64)>,
    /// At what speed, per mille of natural.
    pub speed: u64,
}

/// Who listened to what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Listening {
    /// Name.
    pub listener: String,
    /// Milliseconds [start, end].
    #[schema(value_type = Vec<(u64, u64)>)]
    pub ranges: Vec<[u64; 2]>,
    /// When it was recorded, RFC 3339.
    pub on: String,
}

/// What has been heard of a recording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Heard)]
pub struct CoverageReply {
    /// The exhibit's number.
    pub exhibit: u64,
    /// Duration in milliseconds.
    pub duration_ms: u64,
    /// Milliseconds heard.
    pub heard_ms: u64,
    /// What nobody has heard, [start, end] in milliseconds.
    #[schema(value_type = Vec<(u64, u64)>)]
    pub gaps: Vec<[u64; 2]>,
    /// Who listened.
    pub listeners: Vec<Listening>,
}

/// The shape of an object.
pub(crate) fn shape_of(exhibit: &Exhibit) -> Option<Shape> {
    shape_of_record(&exhibit.sealed.as_ref()?.object.record)
}

/// The shape that a record's profile prescribes.
pub(crate) fn shape_of_record(record: &casemate_proof::ObjectRecord) -> Option<Shape> {
    Shape::new(record.profile().parse().ok()?, record.leaves(), record.ticks()).ok()
}

/// Duration of a recording by its sealed leaves.
pub(crate) fn sealed_ms(exhibit: &Exhibit) -> Option<u64> {
    shape_of(exhibit).and_then(Shape::duration_ms)
}

/// Duration of a recording, by its sealed leaves, else by what a worker read.
pub(crate) fn duration_ms(exhibit: &Exhibit) -> Option<u64> {
    let read = |what| exhibit.newest(what).and_then(About::of).and_then(|about| about.duration_ms);
    sealed_ms(exhibit).or_else(|| read(what::READING)).or_else(|| read(what::TRANSCRIPT))
}

/// Pairs of milliseconds.
pub(crate) fn pairs(ranges: &[TimeRange]) -> Vec<[u64; 2]> {
    ranges.iter().map(|r| [r.start, r.end]).collect()
}

/// Records that somebody listened.
///
/// # Errors
/// [`AppError::NoExhibit`], [`AppError::Form`] without a listener, for a range that is none or passes the end, or where
/// the duration is not known; the vault's.
pub fn record_heard(session: &mut Session, request: &HeardRequest) -> Result<CoverageReply, AppError> {
    let exhibit = session.exhibit(&request.exhibit)?;
    let (number, reference) = (exhibit.number, Session::reference(exhibit));
    let form = |what, found: &str| AppError::Form { what, found: found.to_owned() };
    if request.listener.trim().is_empty() {
        return Err(form("the name of who listened", "nothing"));
    }
    let duration = duration_ms(exhibit).ok_or_else(|| form("a recording", "an exhibit whose duration is not known"))?;
    if request.ranges.len() > RANGES_MAX || request.speed == 0 {
        return Err(form("what was heard", "too many ranges, or no speed"));
    }
    let range = |&(start, end): &(u64, u64)| {
        let inside = TimeRange::new(start, end).filter(|r| !r.is_empty() && r.end <= duration);
        inside.ok_or_else(|| form("a range of the recording", &format!("{start}-{end} ms of {duration} ms")))
    };
    let ranges = match request.ranges.as_slice() {
        [] => TimeRange::new(0, duration).into_iter().collect(),
        given => given.iter().map(range).collect::<Result<Vec<_>, _>>()?,
    };
    let heard = Heard {
        exhibit: reference.root,
        listener: request.listener.trim().to_owned(),
        ranges: Coverage::of(ranges).ranges().to_vec(),
        speed: request.speed,
        on: session.now(),
    };
    session.append(vec![heard_act(reference, &heard)])?;
    coverage(session, &number.to_string())
}

/// What has been heard of a recording, and by whom.
///
/// # Errors
/// [`AppError::NoExhibit`], [`AppError::Form`] where the duration is not known.
pub fn coverage(session: &Session, exhibit: &str) -> Result<CoverageReply, AppError> {
    let exhibit = session.exhibit(exhibit)?;
    let unknown = || AppError::Form { what: "a recording", found: "an exhibit whose duration is not known".into() };
    let duration_ms = duration_ms(exhibit).ok_or_else(unknown)?;
    let heard = session.case.heard(&exhibit.root);
    let listeners = session.case.listeners(&exhibit.root).iter();
    Ok(CoverageReply {
        exhibit: exhibit.number,
        duration_ms,
        heard_ms: heard.total_ms(),
        gaps: pairs(heard.gaps(duration_ms).ranges()),
        listeners: listeners
            .map(|h| Listening { listener: h.listener.clone(), ranges: pairs(&h.ranges), on: h.on.clone() })
            .collect(),
    })
}
