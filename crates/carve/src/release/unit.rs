//! The leaf of a release layer: deterministic CBOR, a small map with unsigned keys.
//!
//! Keeps: one unit has one encoding; what does not encode to the same bytes, or passes a limit, is refused.
//! Does not know: the order of units.

use crate::CarveError;
use crate::locator::TimeRange;
use minicbor::encode::Error as EncodeError;
use minicbor::{Decoder, Encoder};
use std::convert::Infallible;
use std::fmt;

/// Longest title, in bytes.
pub const MAX_TITLE: usize = 1_024;
/// Longest statement, in bytes.
pub const MAX_STATEMENT: usize = 16 * 1_024;
/// Longest language tag, in bytes.
pub const MAX_LANGUAGE: usize = 35;
/// Most sources of one layer.
pub const MAX_SOURCES: usize = 256;
/// Longest speaker label, in bytes.
pub const MAX_SPEAKER: usize = 256;
/// Longest label shown for a withheld span, in bytes.
pub const MAX_LABEL: usize = 128;
/// Longest reason code, in bytes.
pub const MAX_REASON: usize = 64;
/// Longest text of one leaf, in bytes.
pub const MAX_TEXT: usize = 1 << 20;
/// Format version, in the head.
const VERSION: u64 = 1;

/// The number by which a sealed object is named on paper: the first 8 bytes of its object record's hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SealNumber(pub [u8; 8]);

impl fmt::Display for SealNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The first leaf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Title, as the recipient may read it.
    pub title: String,
    /// The sealed objects that the layer was made from.
    pub made_from: Vec<SealNumber>,
    /// What kind of layer this is and who made it.
    pub statement: String,
    /// BCP 47 tag of the text.
    pub language: String,
}

/// Where a segment stands in its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Not told.
    Untold,
    /// Whole seconds from the start, half-open.
    Time {
        /// First second.
        start_s: u64,
        /// First second after.
        end_s: u64,
    },
    /// Lines from 1, both included.
    Lines {
        /// First.
        first: u64,
        /// Last.
        last: u64,
    },
    /// Message from 1.
    Message(u64),
    /// Row from 1.
    Row(u64),
    /// Page from 1.
    Page(u64),
}

impl Place {
    /// A time range, moved outward to whole seconds; at least one second.
    #[must_use]
    pub fn time(range: TimeRange) -> Self {
        let start_s = range.start / 1_000;
        Self::Time { start_s, end_s: range.end.div_ceil(1_000).max(start_s.saturating_add(1)) }
    }

    /// (kind, a, b); `b` stands where the kind has two numbers.
    fn numbers(self) -> (u8, Option<u64>, Option<u64>) {
        match self {
            Self::Untold => (0, None, None),
            Self::Time { start_s, end_s } => (1, Some(start_s), Some(end_s)),
            Self::Lines { first, last } => (2, Some(first), Some(last)),
            Self::Message(n) => (3, Some(n), None),
            Self::Row(n) => (4, Some(n), None),
            Self::Page(n) => (5, Some(n), None),
        }
    }

    fn read(dec: &mut Decoder<'_>) -> Option<Self> {
        let len = dec.array().ok()??;
        let place = match (dec.u8().ok()?, len) {
            (0, 1) => Self::Untold,
            (1, 3) => Self::Time { start_s: dec.u64().ok()?, end_s: dec.u64().ok()? },
            (2, 3) => Self::Lines { first: dec.u64().ok()?, last: dec.u64().ok()? },
            (3, 2) => Self::Message(dec.u64().ok()?),
            (4, 2) => Self::Row(dec.u64().ok()?),
            (5, 2) => Self::Page(dec.u64().ok()?),
            _ => return None,
        };
        Some(place)
    }

    fn is_ordered(self) -> bool {
        match self {
            Self::Untold => true,
            Self::Time { start_s, end_s } => start_s < end_s,
            Self::Lines { first, last } => first > 0 && first <= last,
            Self::Message(n) | Self::Row(n) | Self::Page(n) => n > 0,
        }
    }
}

/// One leaf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unit {
    /// What the layer is.
    Head(Head),
    /// A segment of a transcript or a paragraph of a text begins.
    Segment {
        /// Where it stands in the source.
        place: Place,
        /// Who speaks, as the recipient may read it.
        speaker: Option<String>,
    },
    /// Open text.
    Text(String),
    /// What to show in the place of the next leaf.
    Label {
        /// The alias or word.
        label: String,
        /// Reason code.
        reason: String,
    },
    /// Text that is meant to be withheld.
    Withheld(String),
}

type Wrote = Result<(), EncodeError<Infallible>>;

impl Unit {
    /// The payload.
    ///
    /// # Errors
    /// [`CarveError::BadRelease`] when a limit is passed or a place is not in order.
    pub fn encode(&self) -> Result<Vec<u8>, CarveError> {
        self.check()?;
        let mut out = Vec::new();
        let mut enc = Encoder::new(&mut out);
        self.write(&mut enc).map_err(|_| CarveError::BadRelease { what: "cannot be encoded" })?;
        Ok(out)
    }

    fn write(&self, enc: &mut Encoder<&mut Vec<u8>>) -> Wrote {
        match self {
            Self::Head(head) => {
                enc.map(6)?.u8(0)?.u8(0)?.u8(1)?.u64(VERSION)?.u8(2)?.str(&head.title)?;
                enc.u8(3)?.array(head.made_from.len() as u64)?;
                for number in &head.made_from {
                    enc.bytes(&number.0)?;
                }
                enc.u8(4)?.str(&head.statement)?.u8(5)?.str(&head.language)?;
            }
            Self::Segment { place, speaker } => {
                let (kind, a, b) = place.numbers();
                enc.map(2 + u64::from(speaker.is_some()))?.u8(0)?.u8(1)?.u8(1)?;
                enc.array(1 + u64::from(a.is_some()) + u64::from(b.is_some()))?.u8(kind)?;
                for number in [a, b].into_iter().flatten() {
                    enc.u64(number)?;
                }
                if let Some(speaker) = speaker {
                    enc.u8(2)?.str(speaker)?;
                }
            }
            Self::Text(text) => {
                enc.map(2)?.u8(0)?.u8(2)?.u8(1)?.str(text)?;
            }
            Self::Label { label, reason } => {
                enc.map(3)?.u8(0)?.u8(3)?.u8(1)?.str(label)?.u8(2)?.str(reason)?;
            }
            Self::Withheld(text) => {
                enc.map(2)?.u8(0)?.u8(4)?.u8(1)?.str(text)?;
            }
        }
        Ok(())
    }

    /// Reads a payload strictly.
    ///
    /// # Errors
    /// [`CarveError::BadRelease`] for anything that [`Unit::encode`] does not make.
    pub fn decode(payload: &[u8]) -> Result<Self, CarveError> {
        let unit = Self::read(payload).ok_or(CarveError::BadRelease { what: "a leaf is no unit" })?;
        if unit.encode()? == payload {
            Ok(unit)
        } else {
            Err(CarveError::BadRelease { what: "a leaf is not canonical" })
        }
    }

    fn read(payload: &[u8]) -> Option<Self> {
        let mut dec = Decoder::new(payload);
        let keys = dec.map().ok()??;
        let unit = match (key(&mut dec, 0)?.u8().ok()?, keys) {
            (0, 6) => Self::Head(read_head(&mut dec)?),
            (1, 2 | 3) => {
                let place = Place::read(key(&mut dec, 1)?)?;
                let speaker = if keys == 3 { Some(text(&mut dec, 2)?) } else { None };
                Self::Segment { place, speaker }
            }
            (2, 2) => Self::Text(text(&mut dec, 1)?),
            (3, 3) => Self::Label { label: text(&mut dec, 1)?, reason: text(&mut dec, 2)? },
            (4, 2) => Self::Withheld(text(&mut dec, 1)?),
            _ => return None,
        };
        Some(unit)
    }

    fn check(&self) -> Result<(), CarveError> {
        let refuse = |what| Err(CarveError::BadRelease { what });
        match self {
            Self::Head(head) if head.title.len() > MAX_TITLE => refuse("MAX_TITLE passed"),
            Self::Head(head) if head.statement.len() > MAX_STATEMENT => refuse("MAX_STATEMENT passed"),
            Self::Head(head) if head.language.len() > MAX_LANGUAGE => refuse("MAX_LANGUAGE passed"),
            Self::Head(head) if head.made_from.len() > MAX_SOURCES => refuse("MAX_SOURCES passed"),
            Self::Segment { place, .. } if !place.is_ordered() => refuse("a place is not in order"),
            Self::Segment { speaker: Some(speaker), .. } if speaker.len() > MAX_SPEAKER => refuse("MAX_SPEAKER passed"),
            Self::Label { label, .. } if label.len() > MAX_LABEL => refuse("MAX_LABEL passed"),
            Self::Label { label, .. } if !is_label(label) => refuse("a label must be one line without [ or ]"),
            Self::Label { reason, .. } if reason.is_empty() || reason.len() > MAX_REASON => refuse("MAX_REASON passed"),
            Self::Label { reason, .. } if !reason.bytes().all(is_reason_byte) => refuse("a reason is a-z 0-9 - ."),
            Self::Text(text) | Self::Withheld(text) if text.len() > MAX_TEXT => refuse("MAX_TEXT passed"),
            Self::Text(text) | Self::Withheld(text) if text.is_empty() => refuse("an empty text"),
            _ => Ok(()),
        }
    }
}

/// An empty label shows the word for "withheld".
fn is_label(label: &str) -> bool {
    !label.chars().any(|c| c.is_control() || c == '[' || c == ']')
}

fn is_reason_byte(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'.'
}

fn key<'d, 'b>(dec: &'d mut Decoder<'b>, expected: u8) -> Option<&'d mut Decoder<'b>> {
    (dec.u8().ok()? == expected).then_some(dec)
}

fn text(dec: &mut Decoder<'_>, expected: u8) -> Option<String> {
    Some(key(dec, expected)?.str().ok()?.to_owned())
}

fn read_head(dec: &mut Decoder<'_>) -> Option<Head> {
    if key(dec, 1)?.u64().ok()? != VERSION {
        return None;
    }
    let title = text(dec, 2)?;
    let count = usize::try_from(key(dec, 3)?.array().ok()??).ok().filter(|count| *count <= MAX_SOURCES)?;
    let mut made_from = Vec::with_capacity(count);
    for _ in 0..count {
        made_from.push(SealNumber(dec.bytes().ok()?.try_into().ok()?));
    }
    Some(Head { title, made_from, statement: text(dec, 4)?, language: text(dec, 5)? })
}
