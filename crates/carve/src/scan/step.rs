//! What a walker finds: a leaf and what stands after it, the end, or something odd.
//!
//! Keeps: plain values. Does not know: any grammar.

/// Longest line, cell or span, in bytes; with a longer one the source is not of the profile.
pub const MAX_PIECE: usize = 1 << 20;

/// What ends a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowEnd {
    /// The end of the source.
    Source,
    Lf,
    CrLf,
    Cr,
}

/// What stands after a leaf, outside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum After {
    /// Nothing that the container records.
    Nothing,
    /// A delimiter inside a row.
    Delimiter,
    /// The end of a row.
    RowEnd(RowEnd),
}

/// What a walker found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A leaf is in the buffer; `used` bytes of the source belong to it and what follows it.
    Leaf { used: u64, after: After },
    /// The source ends between leaves.
    End,
    /// What follows is no leaf of this profile.
    Odd,
}
