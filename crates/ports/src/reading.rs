//! The reading: what a worker made of one exhibit. A format (version 1), carried by the worker protocol and stored
//! as a derivative; so these structs are serialisable and hold nothing but data.
//!
//! Keeps: every passage names its place in the source; what could not be read is a finding, never an omission.
//! Does not know: exhibits' ids, keys, people.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Version of this format, first field of every stored reading.
pub const READING_VERSION: u32 = 1;

/// What an exhibit is, told from its content and not its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = ReadKind)]
pub enum Kind {
    /// Sound.
    Recording,
    /// PDF and other paged papers.
    Document,
    /// E-mail.
    Mail,
    /// A chat export.
    Chat,
    /// A list of calls.
    CallLog,
    /// Rows and columns.
    Table,
    /// HTML.
    Web,
    /// Plain text.
    Text,
    /// Anything that was not read.
    Other,
}

/// What one reading holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Reading {
    /// [`READING_VERSION`].
    pub version: u32,
    /// What it is.
    pub kind: Kind,
    /// MIME type as detected from content.
    pub media_type: String,
    /// Metadata found inside, in the source's own order (name, value): title, author, from, to, codec, rate…
    pub metadata: Vec<(String, String)>,
    /// Duration in milliseconds, of a recording.
    pub duration_ms: Option<u64>,
    /// The text, in reading order.
    pub passages: Vec<Passage>,
    /// Embedded files that were found; their bytes travel beside the reading.
    pub parts: Vec<Part>,
    /// What could not be read, or was odd.
    pub findings: Vec<ReadFinding>,
    /// Who read: the program and its version, the engine and its version.
    pub tool: String,
    /// Parameters that shaped the result (engine, model sha256, language, beam …), sorted by name.
    pub parameters: Vec<(String, String)>,
}

/// One passage: the smallest thing that search returns and a pin points at (a segment, a line, a message, a row, a
/// paragraph of a page).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Passage {
    /// Where it stands in the source.
    pub place: Place,
    /// What it says.
    pub text: String,
    /// BCP 47 tag (`zh`, `en`, `fr`) when it was told apart.
    pub language: Option<String>,
    /// Who says or wrote it, as the source has it (never an identification).
    pub speaker: Option<String>,
    /// When, as the source has it: RFC 3339 where an offset is known, else local date and time without one.
    pub when: Option<String>,
    /// Words with their times, for speech.
    pub words: Vec<Word>,
    /// Words with their places, where they were read off a picture.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
}

/// A word that was read off a picture; of Chinese and Japanese, a character.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = PlacedWord)]
pub struct Mark {
    /// First character in the passage's text (Unicode scalar values, not bytes).
    pub at: u32,
    /// How many characters.
    pub chars: u32,
    /// Where all of it stands on the passage's page, as in [`Place::Page`]: a box laid over it hides it.
    #[schema(value_type = (u32, u32, u32, u32))]
    pub rect: [u32; 4],
    /// 0 to 1000, the least of its characters'.
    pub confidence: u16,
}

/// A word of a transcript.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Word {
    /// First character in the passage's text (Unicode scalar values, not bytes).
    pub at: u32,
    /// How many characters.
    pub chars: u32,
    /// Milliseconds from the start of the recording.
    pub start_ms: u64,
    /// Milliseconds, exclusive.
    pub end_ms: u64,
    /// 0 to 1000.
    pub confidence: u16,
}

/// An embedded file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Part {
    /// The part's name as the source has it.
    pub name: String,
    /// MIME type as the source has it.
    pub media_type: String,
    /// Bytes.
    pub size: u64,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// A part was not read.
    Partial,
    /// Nothing was read.
    Unread,
}

/// What a reader could not do, by a stable id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Finding)]
pub struct ReadFinding {
    /// Stable id, kebab-case (`truncated`, `encrypted`, `worker-killed-memory` …); listed in `docs/errors.md`.
    pub id: String,
    /// How bad.
    pub severity: Severity,
    /// Facts in English, without content of the exhibit.
    pub detail: String,
}

/// The wire form of a locator (`casemate_carve::locator::Locator`).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// The whole.
    Whole,
    /// Milliseconds, half-open; the channel from 0.
    Time {
        /// Channel.
        channel: Option<u8>,
        /// First millisecond.
        start_ms: u64,
        /// First millisecond after.
        end_ms: u64,
    },
    /// Lines from 1, inclusive.
    Lines {
        /// First.
        first: u64,
        /// Last.
        last: u64,
    },
    /// Message from 1.
    Message {
        /// Which.
        number: u64,
    },
    /// Row from 1, column from 1.
    Row {
        /// Row.
        number: u64,
        /// Column.
        column: Option<u32>,
    },
    /// Page from 1; rectangle in hundredths of a point from the top left: x, y, width, height. A picture is a page, upright as its
    /// camera was held, of which a pixel counts as a point.
    Page {
        /// Page.
        number: u32,
        /// Rectangle.
        #[schema(value_type = Option<(u32, u32, u32, u32)>)]
        rect: Option<[u32; 4]>,
    },
    /// A part, then a place in it.
    Part {
        /// Name.
        name: String,
        /// Inside.
        #[schema(no_recursion)]
        inside: Box<Place>,
    },
}
