//! Locators: where in an exhibit a passage stands.
//!
//! Keeps: a locator names a place in a *source*, never content. Ranges are half-open.
//! Does not know: what the source says, or how it was read.

/// A span of time in a recording, in milliseconds from its start, half-open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeRange {
    /// First millisecond inside the range.
    pub start: u64,
    /// First millisecond after the range.
    pub end: u64,
}

impl TimeRange {
    /// A range, if `start <= end`.
    #[must_use]
    pub fn new(start: u64, end: u64) -> Option<Self> {
        (start <= end).then_some(Self { start, end })
    }

    /// Milliseconds covered.
    #[must_use]
    pub fn len(self) -> u64 {
        self.end.saturating_sub(self.start)
    }

    /// Whether nothing is covered.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Whether the two ranges share a millisecond.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// A rectangle on a page in hundredths of a point, origin top left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rect {
    /// Left edge.
    pub x: u32,
    /// Top edge.
    pub y: u32,
    /// Width.
    pub w: u32,
    /// Height.
    pub h: u32,
}

/// A place in a source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Locator {
    /// The exhibit as a whole (its metadata, its name).
    Whole,
    /// A time range; `channel` is absent when all channels are meant.
    Time {
        /// Channel, from 0.
        channel: Option<u8>,
        /// Milliseconds.
        range: TimeRange,
    },
    /// A run of lines of a text, counted from 1, both ends included.
    Lines {
        /// First line.
        first: u64,
        /// Last line.
        last: u64,
    },
    /// A message of a thread or a mail folder, counted from 1.
    Message {
        /// The message.
        number: u64,
    },
    /// A row of a table, counted from 1; the column from 1 where one cell is meant.
    Row {
        /// The row.
        number: u64,
        /// The column.
        column: Option<u32>,
    },
    /// A page counted from 1, with a rectangle where one is known.
    Page {
        /// The page.
        number: u32,
        /// Where on the page.
        rect: Option<Rect>,
    },
    /// A named part (an attachment, a header field), then a place inside it.
    Part {
        /// Name or ordinal path of the part, as the reader gave it.
        name: String,
        /// Where in the part.
        inside: Box<Locator>,
    },
}
