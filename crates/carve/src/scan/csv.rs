//! Cells of a CSV file (RFC 4180, with any of `, ; TAB |` between cells and CRLF, LF or CR after rows).
//!
//! Keeps: a cell is its bytes as they stand, quotes included; separators and row ends are outside. A byte order mark
//! belongs to the first cell.
//! Does not know: what a cell says; a blank line is a row of one empty cell.

use super::step::{After, MAX_PIECE, RowEnd, Step};
use crate::CarveError;
use std::io::{self, BufRead};

/// Delimiters that are looked for, the first wins a tie.
pub(crate) const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Most runs of equal rows; more make the source `chunk-v1`.
pub const MAX_ROW_RUNS: usize = 1 << 18;
/// Container format version.
const ROWS_VERSION: u64 = 1;
const UTF8_MARK: &[u8] = &[0xef, 0xbb, 0xbf];

impl RowEnd {
    const ALL: [(Self, u8, &'static [u8]); 4] =
        [(Self::Source, 0, b""), (Self::Lf, 1, b"\n"), (Self::CrLf, 2, b"\r\n"), (Self::Cr, 3, b"\r")];

    fn code(self) -> u8 {
        Self::ALL.iter().find(|row| row.0 == self).map_or(0, |row| row.1)
    }

    fn from_code(code: u8) -> Option<Self> {
        Self::ALL.iter().find(|row| row.1 == code).map(|row| row.0)
    }

    /// The bytes.
    pub(crate) fn bytes(self) -> &'static [u8] {
        Self::ALL.iter().find(|row| row.0 == self).map_or(b"", |row| row.2)
    }
}

/// The delimiter that stands most often in the first line, outside quotes.
pub(crate) fn detect(head: &[u8]) -> u8 {
    let mut counts = [0usize; DELIMITERS.len()];
    let mut quoted = false;
    for &byte in head {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            _ => {
                for (count, delimiter) in counts.iter_mut().zip(DELIMITERS) {
                    *count += usize::from(delimiter == byte);
                }
            }
        }
    }
    let mut best = (b',', 0);
    for (count, delimiter) in counts.into_iter().zip(DELIMITERS) {
        if count > best.1 {
            best = (delimiter, count);
        }
    }
    best.0
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Plain,
    Quoted,
    QuoteInQuoted,
}

enum Pause {
    More,
    Cell,
    TooLong,
}

/// Reads one cell and the separator behind it.
///
/// The end of the source after a row end is the end; after a delimiter it is an empty cell, which only the caller of
/// [`rows`](Rows) can tell, so a delimiter at the very end is answered with [`Step::Odd`].
pub(crate) fn step<R: BufRead>(src: &mut R, delimiter: u8, first: bool, leaf: &mut Vec<u8>) -> io::Result<Step> {
    let mut state = State::Start;
    loop {
        let buf = src.fill_buf()?;
        if buf.is_empty() {
            return Ok(match state {
                State::Start if leaf.is_empty() => Step::End,
                State::Quoted => Step::Odd,
                _ => Step::Leaf { used: leaf.len() as u64, after: After::RowEnd(RowEnd::Source) },
            });
        }
        let (taken, pause) = take_plain(buf, delimiter, first, &mut state, leaf);
        src.consume(taken);
        match pause {
            Pause::More => {}
            Pause::TooLong => return Ok(Step::Odd),
            Pause::Cell => return finish(src, leaf),
        }
    }
}

/// Moves bytes of the cell from `buf` until a separator stands next.
fn take_plain(buf: &[u8], delimiter: u8, first: bool, state: &mut State, leaf: &mut Vec<u8>) -> (usize, Pause) {
    for (at, &byte) in buf.iter().enumerate() {
        if byte == 0 {
            return (at, Pause::TooLong);
        }
        let ends = byte == delimiter || byte == b'\n' || byte == b'\r';
        *state = match (*state, byte) {
            (State::Quoted, b'"') => State::QuoteInQuoted,
            (State::Quoted, _) => State::Quoted,
            (State::QuoteInQuoted, b'"') => State::Quoted,
            (State::Start, b'"') => State::Quoted,
            _ if ends => return (at, Pause::Cell),
            // A quote directly behind the byte order mark opens the first cell.
            (State::Start, _) if first && UTF8_MARK.get(leaf.len()) == Some(&byte) => State::Start,
            _ => State::Plain,
        };
        // A separator behind a cell of the greatest length still ends it.
        if leaf.len() >= MAX_PIECE {
            return (at, Pause::TooLong);
        }
        leaf.push(byte);
    }
    (buf.len(), Pause::More)
}

/// Takes the separator that stands next: the end of a row, or else the delimiter.
fn finish<R: BufRead>(src: &mut R, leaf: &[u8]) -> io::Result<Step> {
    let len = leaf.len() as u64;
    let next = src.fill_buf()?.first().copied();
    src.consume(1);
    let after = match next {
        Some(b'\n') => After::RowEnd(RowEnd::Lf),
        Some(b'\r') if src.fill_buf()?.first() == Some(&b'\n') => {
            src.consume(1);
            After::RowEnd(RowEnd::CrLf)
        }
        Some(b'\r') => After::RowEnd(RowEnd::Cr),
        Some(_) => After::Delimiter,
        None => return Ok(Step::Odd),
    };
    let extra = match after {
        After::RowEnd(end) => end.bytes().len() as u64,
        _ => 1,
    };
    Ok(Step::Leaf { used: len.saturating_add(extra), after })
}

/// Rows that are alike, one behind the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RowRun {
    /// Cells of each row, at least 1.
    pub(crate) cells: u64,
    /// What ends each.
    pub(crate) end: RowEnd,
    /// How many rows, at least 1.
    pub(crate) rows: u64,
}

/// The shape of the table: what the container leaf holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rows {
    /// Between two cells.
    pub(crate) delimiter: u8,
    /// Runs of like rows, in order.
    pub(crate) runs: Vec<RowRun>,
    open: u64,
}

impl Rows {
    pub(crate) fn new(delimiter: u8) -> Self {
        Self { delimiter, runs: Vec::new(), open: 0 }
    }

    /// Records a cell; false when [`MAX_ROW_RUNS`] is passed.
    pub(crate) fn push(&mut self, after: After) -> bool {
        self.open = self.open.saturating_add(1);
        let After::RowEnd(end) = after else { return true };
        let cells = std::mem::take(&mut self.open);
        let full = self.runs.len() >= MAX_ROW_RUNS;
        match self.runs.last_mut() {
            Some(run) if run.cells == cells && run.end == end => run.rows = run.rows.saturating_add(1),
            _ if full => return false,
            _ => self.runs.push(RowRun { cells, end, rows: 1 }),
        }
        true
    }

    /// Whether no row is open.
    pub(crate) fn is_closed(&self) -> bool {
        self.open == 0
    }

    /// How many cells; none past `u64`.
    pub(crate) fn cells(&self) -> Option<u64> {
        self.runs.iter().try_fold(0u64, |sum, run| sum.checked_add(run.cells.checked_mul(run.rows)?))
    }

    /// Leaves of row `number` (from 1), or of one of its columns (from 1).
    pub(crate) fn leaves_of(&self, number: u64, column: Option<u64>) -> Option<(u64, u64)> {
        let mut row = number.checked_sub(1)?;
        let mut first = 0u64;
        for run in &self.runs {
            if row < run.rows {
                let start = first.checked_add(run.cells.checked_mul(row)?)?;
                let Some(column) = column else { return Some((start, run.cells)) };
                let offset = column.checked_sub(1).filter(|offset| *offset < run.cells)?;
                return Some((start.checked_add(offset)?, 1));
            }
            row = row.checked_sub(run.rows)?;
            first = first.checked_add(run.cells.checked_mul(run.rows)?)?;
        }
        None
    }

    /// The container leaf: `{0: version, 1: delimiter, 2: [cells, end, rows, …]}`.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut enc = minicbor::Encoder::new(&mut out);
        // Writing into a Vec cannot fail.
        let _ = enc.map(3).and_then(|e| e.u8(0)?.u64(ROWS_VERSION)?.u8(1)?.u8(self.delimiter)?.u8(2));
        let _ = enc.array(self.runs.len() as u64 * 3);
        for run in &self.runs {
            let _ = enc.u64(run.cells).and_then(|e| e.u8(run.end.code())?.u64(run.rows));
        }
        out
    }

    /// Reads a container leaf strictly: what does not encode to the same bytes is refused.
    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, &'static str> {
        let rows = Self::read(bytes).ok_or("not a table of rows")?;
        if rows.encode() == bytes { Ok(rows) } else { Err("not canonical") }
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let mut dec = minicbor::Decoder::new(bytes);
        if dec.map().ok()?? != 3 || dec.u8().ok()? != 0 || dec.u64().ok()? != ROWS_VERSION || dec.u8().ok()? != 1 {
            return None;
        }
        let mut rows = Self::new(dec.u8().ok().filter(|byte| DELIMITERS.contains(byte))?);
        if dec.u8().ok()? != 2 {
            return None;
        }
        let numbers = usize::try_from(dec.array().ok()??).ok()?;
        if numbers % 3 != 0 || numbers / 3 > MAX_ROW_RUNS {
            return None;
        }
        for left in (0..numbers / 3).rev() {
            let cells = dec.u64().ok().filter(|n| *n > 0)?;
            let end = RowEnd::from_code(dec.u8().ok()?)?;
            let count = dec.u64().ok().filter(|n| *n > 0)?;
            let run = RowRun { cells, end, rows: count };
            let repeats = rows.runs.last().is_some_and(|last| last.cells == cells && last.end == end);
            let ends_early = end == RowEnd::Source && (left > 0 || count > 1);
            if repeats || ends_early {
                return None;
            }
            rows.runs.push(run);
        }
        rows.cells()?;
        Some(rows)
    }

    /// What stands behind each cell, in order.
    pub(crate) fn separators(&self) -> impl Iterator<Item = After> + '_ {
        self.runs.iter().flat_map(|run| {
            (0..run.rows).flat_map(move |_| {
                (1..=run.cells).map(move |n| if n == run.cells { After::RowEnd(run.end) } else { After::Delimiter })
            })
        })
    }
}

/// A container leaf that can't be read, as an error about leaf `index`.
pub(crate) fn bad_container(index: u64, what: &'static str) -> CarveError {
    CarveError::BadLeaf { index, what }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_what_stands_most_often_in_the_first_row() {
        for (head, expected) in [
            (&b""[..], b','),
            (b"word", b','),
            (b"a;b", b';'),
            (b"a\tb", b'\t'),
            (b"a|b|c,d", b'|'),
            // A tie goes to the first of , ; TAB |.
            (b"a;b,c", b','),
            (b"a|b\tc", b'\t'),
            // What is quoted does not count, an end of a row in quotes ends none.
            (b"\"a,b,c\";d", b';'),
            (b"\"a\n\";b|c|d", b'|'),
            (b"a;b\nc,d,e", b';'),
            (b"a;b\rc,d,e", b';'),
            (b"\"a\"\"b,c,\"|d", b'|'),
        ] {
            assert_eq!(detect(head), expected, "{:?}", String::from_utf8_lossy(head));
        }
    }

    /// The cells of a source and what stands behind each, whatever pieces it comes in; `Odd` where that is met.
    fn cells(source: &[u8], piece: usize) -> Vec<(String, After)> {
        let mut src = std::io::BufReader::with_capacity(piece, source);
        let mut found = Vec::new();
        let mut used_in_all = 0;
        loop {
            let mut leaf = Vec::new();
            match step(&mut src, b',', found.is_empty(), &mut leaf).unwrap() {
                Step::Leaf { used, after } => {
                    used_in_all += used;
                    found.push((String::from_utf8(leaf).unwrap(), after));
                }
                Step::End => {
                    assert_eq!(used_in_all, source.len() as u64);
                    return found;
                }
                Step::Odd => {
                    found.push(("odd".into(), After::Nothing));
                    return found;
                }
            }
        }
    }

    #[test]
    fn cells_end_where_rfc_4180_says() {
        let (comma, row) = (After::Delimiter, After::RowEnd);
        for (source, expected) in [
            ("", &[][..]),
            ("a", &[("a", row(RowEnd::Source))]),
            ("a,b\nc,d", &[("a", comma), ("b", row(RowEnd::Lf)), ("c", comma), ("d", row(RowEnd::Source))]),
            ("a\r\nb\rc\n", &[("a", row(RowEnd::CrLf)), ("b", row(RowEnd::Cr)), ("c", row(RowEnd::Lf))]),
            ("\r\r\n\n", &[("", row(RowEnd::Cr)), ("", row(RowEnd::CrLf)), ("", row(RowEnd::Lf))]),
            ("\"a,\n\"\"\r\",b\n", &[("\"a,\n\"\"\r\"", comma), ("b", row(RowEnd::Lf))]),
            // A quote that opens no cell is a character; text behind a closing quote belongs to the cell.
            ("a\"b,c\"\n", &[("a\"b", comma), ("c\"", row(RowEnd::Lf))]),
            ("\"a\"b,c", &[("\"a\"b", comma), ("c", row(RowEnd::Source))]),
            // The byte order mark is of the first cell, and a quote behind it opens that; in another cell it is text.
            ("\u{feff}", &[("\u{feff}", row(RowEnd::Source))]),
            ("\u{feff}\"a,b\"\n", &[("\u{feff}\"a,b\"", row(RowEnd::Lf))]),
            ("c,\u{feff}\"a,b\"", &[("c", comma), ("\u{feff}\"a", comma), ("b\"", row(RowEnd::Source))]),
            ("a,\"b", &[("a", comma), ("odd", After::Nothing)]),
            ("a,b\0", &[("a", comma), ("odd", After::Nothing)]),
        ] {
            let expected: Vec<_> = expected.iter().map(|(text, after)| ((*text).to_owned(), *after)).collect();
            for piece in [1, 2, 3, 64] {
                assert_eq!(cells(source.as_bytes(), piece), expected, "{source:?} in pieces of {piece}");
            }
        }
    }

    #[test]
    fn rows_alike_are_one_run_and_there_are_at_most_262_144() {
        let (lf, cr) = (After::RowEnd(RowEnd::Lf), After::RowEnd(RowEnd::Cr));
        let mut rows = Rows::new(b',');
        for n in 0..262_144 {
            assert!(rows.push(if n % 2 == 0 { lf } else { cr }), "{n}");
        }
        assert!(rows.is_closed() && rows.push(cr), "one more of the last run");
        assert!(rows.push(After::Delimiter) && !rows.is_closed());
        assert!(!rows.push(cr), "a row of two cells");
        assert_eq!((rows.runs.len(), rows.cells()), (262_144, Some(262_145)));
        assert!(!Rows { ..rows.clone() }.push(lf));
        let (first, last) = (rows.runs[0], rows.runs[262_143]);
        assert_eq!((first, last.rows, last.end), (RowRun { cells: 1, end: RowEnd::Lf, rows: 1 }, 2, RowEnd::Cr));
    }

    #[test]
    fn a_row_and_a_column_are_counted_from_one() {
        // Two rows of three cells, one of one, two of two.
        let run = |cells, rows| RowRun { cells, end: RowEnd::Lf, rows };
        let mut rows = Rows::new(b',');
        rows.runs = vec![run(3, 2), run(1, 1), run(2, 2)];
        for (row, column, expected) in [
            (1, None, Some((0, 3))),
            (2, None, Some((3, 3))),
            (3, None, Some((6, 1))),
            (4, None, Some((7, 2))),
            (5, None, Some((9, 2))),
            (0, None, None),
            (6, None, None),
            (2, Some(1), Some((3, 1))),
            (2, Some(3), Some((5, 1))),
            (2, Some(0), None),
            (2, Some(4), None),
            (5, Some(2), Some((10, 1))),
            (5, Some(3), None),
        ] {
            assert_eq!(rows.leaves_of(row, column), expected, "{row} {column:?}");
        }
    }
}
