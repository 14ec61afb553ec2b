//! Building a release layer from segments whose protected spans are marked.
//!
//! Keeps: head first; each protected span is one leaf directly behind its label; spans with one label that only white
//! space parts are one leaf, so that the words of a name can't be counted.
//! Does not know: where the marks come from.

use super::unit::{Head, Place, Unit};
use crate::profile::{Profile, Shape};
use crate::{CarveError, Run};

/// Most leaves of a release layer.
pub const MAX_RELEASE_LEAVES: usize = 1 << 22;

/// Which release layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReleaseKind {
    /// `release-text-v1`.
    Text,
    /// `release-transcript-v1`.
    Transcript,
}

/// What is shown in place of a span, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Protection {
    /// The alias to show; empty for the word "withheld".
    pub label: String,
    /// Reason code, `a-z 0-9 - .`.
    pub reason: String,
}

/// A piece of a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// What it says.
    pub text: String,
    /// Present if it is to be withheld.
    pub protect: Option<Protection>,
}

/// A segment of a transcript or a paragraph of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Where it stands; times by [`Place::time`].
    pub place: Place,
    /// Who speaks, as the recipient may read it: the caller has put the alias in.
    pub speaker: Option<String>,
    /// Its text, in order.
    pub spans: Vec<Span>,
}

/// A finished layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// Profile, leaf count, ticks (1 a leaf).
    pub shape: Shape,
    /// Leaf payloads in order.
    pub payloads: Vec<Vec<u8>>,
    /// The protected leaves: what a disclosure hides.
    pub protected: Vec<Run>,
}

/// Collects segments.
#[derive(Clone, Debug)]
pub struct ReleaseBuilder {
    kind: ReleaseKind,
    payloads: Vec<Vec<u8>>,
    protected: Vec<Run>,
}

impl ReleaseBuilder {
    /// Begins a layer.
    ///
    /// # Errors
    /// [`CarveError::BadRelease`] when the head passes a limit.
    pub fn new(kind: ReleaseKind, head: Head) -> Result<Self, CarveError> {
        Ok(Self { kind, payloads: vec![Unit::Head(head).encode()?], protected: Vec::new() })
    }

    /// Appends a segment; empty open spans are dropped.
    ///
    /// # Errors
    /// [`CarveError::BadRelease`] for an empty protected span, a transcript segment without a time, or a passed
    /// limit; [`CarveError::Limit`] past [`MAX_RELEASE_LEAVES`].
    pub fn segment(&mut self, segment: Segment) -> Result<(), CarveError> {
        if self.kind == ReleaseKind::Transcript && !matches!(segment.place, Place::Time { .. }) {
            return Err(CarveError::BadRelease { what: "a transcript segment without a time" });
        }
        self.push(&Unit::Segment { place: segment.place, speaker: segment.speaker })?;
        for span in join(segment.spans)? {
            let Some(protect) = span.protect else {
                self.push(&Unit::Text(span.text))?;
                continue;
            };
            self.push(&Unit::Label { label: protect.label, reason: protect.reason })?;
            self.protected.push(Run { start: self.payloads.len() as u64, len: 1 });
            self.push(&Unit::Withheld(span.text))?;
        }
        Ok(())
    }

    fn push(&mut self, unit: &Unit) -> Result<(), CarveError> {
        if self.payloads.len() >= MAX_RELEASE_LEAVES {
            return Err(CarveError::Limit { name: "MAX_RELEASE_LEAVES", limit: MAX_RELEASE_LEAVES as u64 });
        }
        self.payloads.push(unit.encode()?);
        Ok(())
    }

    /// The layer.
    ///
    /// # Errors
    /// None in practice: [`CarveError::Shape`] if the leaves were not countable.
    pub fn finish(self) -> Result<Release, CarveError> {
        let profile = match self.kind {
            ReleaseKind::Text => Profile::ReleaseText,
            ReleaseKind::Transcript => Profile::ReleaseTranscript,
        };
        let shape = Shape::of_ticks(profile, self.payloads.len() as u64)?;
        Ok(Release { shape, payloads: self.payloads, protected: Run::normalise(self.protected) })
    }
}

/// Joins neighbours of one kind, and protected spans of one label with the white space between them.
fn join(spans: Vec<Span>) -> Result<Vec<Span>, CarveError> {
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        if span.text.is_empty() {
            if span.protect.is_some() {
                return Err(CarveError::BadRelease { what: "an empty protected span" });
            }
            continue;
        }
        if span.protect.is_some() {
            absorb_space(&mut joined, span.protect.as_ref());
        }
        match joined.last_mut() {
            Some(last) if last.protect == span.protect => last.text.push_str(&span.text),
            _ => joined.push(span),
        }
    }
    Ok(joined)
}

/// If the last span is white space behind one protected like `next`, puts the two together.
fn absorb_space(joined: &mut Vec<Span>, next: Option<&Protection>) {
    let [.., before, space] = joined.as_mut_slice() else { return };
    if space.protect.is_none() && before.protect.as_ref() == next && space.text.chars().all(char::is_whitespace) {
        before.text.push_str(&space.text);
        joined.pop();
    }
}
