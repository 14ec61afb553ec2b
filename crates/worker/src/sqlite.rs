//! SQLite 3 files (<https://www.sqlite.org/fileformat2.html>): tables and their rows, read from memory, nothing executed.
//!
//! Keeps: each page is visited once, so no circle is followed; what is read of all rows together is bounded.
//! Does not know: SQL but the columns of `CREATE TABLE`; what tables mean; the write-ahead log beside the file.

use std::collections::HashSet;

mod schema;
mod select;

pub use schema::Table;
pub use select::Source;

const MARK: &[u8] = b"SQLite format 3\0";
/// Bytes of the file's own head, before the first page's.
const FILE_HEAD: usize = 100;
/// Most bytes of all rows together.
const MAX_ALL: usize = 1 << 30;
/// Longest row, bytes.
const MAX_ROW: usize = 64 << 20;
/// Deepest tree: one of SQLite's own is no deeper than 20.
const MAX_DEPTH: usize = 64;
/// Most columns of a row.
const MAX_COLUMNS: usize = 4096;

/// A value of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Whole(i64),
    Real(f64),
    Text(String),
    Bytes(Vec<u8>),
}

impl Value {
    /// A text, or a number as text; nothing for what is empty.
    pub fn text(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Whole(number) => Some(number.to_string()),
            Self::Real(number) => Some(number.to_string()),
            Self::Null | Self::Bytes(_) => None,
        }
        .filter(|text| !text.is_empty())
    }

    pub fn whole(&self) -> Option<i64> {
        match self {
            Self::Whole(number) => Some(*number),
            Self::Real(number) if number.abs() < 9e18 => Some(number.trunc() as i64),
            Self::Text(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    pub fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }
}

#[derive(Clone, Copy)]
enum Letters {
    Utf8,
    Wide(&'static encoding_rs::Encoding),
}

/// How far a table could be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Missed {
    /// Pages or rows that can't be read.
    pub damaged: usize,
    /// Whether the limit of bytes was reached.
    pub cut: bool,
}

/// An open file.
pub struct Database<'b> {
    bytes: &'b [u8],
    page: usize,
    usable: usize,
    letters: Letters,
    left: usize,
    /// Pages that a table or an index uses.
    used: HashSet<u32>,
    /// Whether the newest changes may stand in a file beside it.
    pub logged: bool,
}

/// A page of a tree: its bytes, where its own head begins, and the pointers to its cells.
struct Page<'b> {
    bytes: &'b [u8],
    sort: u8,
    cells: Vec<usize>,
    last: Option<u32>,
}

const INDEX_WITHIN: u8 = 2;
const TABLE_WITHIN: u8 = 5;
const INDEX_LEAF: u8 = 10;
const TABLE_LEAF: u8 = 13;

impl<'b> Database<'b> {
    /// None if the bytes are none.
    pub fn open(bytes: &'b [u8]) -> Option<Self> {
        let head = bytes.get(..FILE_HEAD).filter(|head| head.starts_with(MARK))?;
        let page = match short(head, 16)? {
            1 => 65_536,
            size => usize::from(size),
        };
        let usable = page.checked_sub(usize::from(*head.get(20)?))?;
        let letters = match head.get(56..60)? {
            [0, 0, 0, 2] => Letters::Wide(encoding_rs::UTF_16LE),
            [0, 0, 0, 3] => Letters::Wide(encoding_rs::UTF_16BE),
            _ => Letters::Utf8,
        };
        let logged = head.get(18..20) == Some(&[2, 2]);
        let sane = page.is_power_of_two() && page >= 512 && usable >= 480;
        sane.then_some(Self { bytes, page, usable, letters, left: MAX_ALL, used: HashSet::new(), logged })
    }

    fn page(&self, number: u32) -> Option<Page<'b>> {
        let from = usize::try_from(number).ok()?.checked_sub(1)?.checked_mul(self.page)?;
        let bytes = self.bytes.get(from..(from + self.page).min(self.bytes.len()))?;
        let at = if number == 1 { FILE_HEAD } else { 0 };
        let sort = *bytes.get(at)?;
        let within = matches!(sort, INDEX_WITHIN | TABLE_WITHIN);
        if !within && !matches!(sort, INDEX_LEAF | TABLE_LEAF) {
            return None;
        }
        let head = if within { 12 } else { 8 };
        let last = if within { Some(long(bytes, at + 8)?) } else { None };
        let count = usize::from(short(bytes, at + 3)?);
        let cells = (0..count).map_while(|cell| short(bytes, at + head + 2 * cell).map(usize::from)).collect();
        Some(Page { bytes, sort, cells, last })
    }

    /// Calls `tell` with each row of a tree: its number where it has one, its values. It goes on while `tell` says so.
    pub fn rows(&mut self, root: u32, mut tell: impl FnMut(Option<i64>, Vec<Value>) -> bool) -> Missed {
        let (mut missed, mut seen, mut open) = (Missed::default(), HashSet::new(), Vec::new());
        self.enter(root, &mut seen, &mut open, &mut missed);
        while let Some((page, next)) = open.last_mut() {
            let place = *next;
            *next += 1;
            let child = match page.cells.get(place).copied() {
                // An inner page of an index has a row behind each of its pages.
                Some(cell) if matches!(page.sort, INDEX_WITHIN | TABLE_WITHIN) => {
                    if page.sort == INDEX_WITHIN && !self.told(page, cell + 4, &mut missed, &mut tell) {
                        return missed;
                    }
                    long(page.bytes, cell).or_else(|| {
                        missed.damaged += 1;
                        None
                    })
                }
                Some(cell) if !self.told(page, cell, &mut missed, &mut tell) => return missed,
                Some(_) => None,
                None if place == page.cells.len() && page.last.is_some() => page.last,
                None => {
                    open.pop();
                    None
                }
            };
            if let Some(child) = child {
                self.enter(child, &mut seen, &mut open, &mut missed);
            }
        }
        missed
    }

    /// Opens a page of a tree.
    fn enter(&mut self, number: u32, seen: &mut HashSet<u32>, open: &mut Vec<(Page<'b>, usize)>, missed: &mut Missed) {
        let page = self.page(number).filter(|_| open.len() < MAX_DEPTH && seen.insert(number));
        match page {
            Some(page) => {
                self.used.insert(number);
                open.push((page, 0));
            }
            None => missed.damaged += 1,
        }
    }

    /// Tells the row of a cell; whether to go on.
    fn told(
        &mut self,
        page: &Page<'b>,
        at: usize,
        missed: &mut Missed,
        tell: &mut impl FnMut(Option<i64>, Vec<Value>) -> bool,
    ) -> bool {
        let Some((row, payload)) = self.payload(page, at) else {
            missed.damaged += 1;
            return true;
        };
        match self.left.checked_sub(payload.len()) {
            Some(left) => self.left = left,
            None => {
                missed.cut = true;
                return false;
            }
        }
        match self.record(&payload) {
            Some(values) => tell(row, values),
            None => {
                missed.damaged += 1;
                true
            }
        }
    }

    /// The bytes of a cell, with those on further pages.
    fn payload(&mut self, page: &Page<'b>, at: usize) -> Option<(Option<i64>, Vec<u8>)> {
        let (size, mut at) = varint(page.bytes, at)?;
        let size = usize::try_from(size).ok().filter(|size| *size <= MAX_ROW.min(self.left))?;
        let table = page.sort == TABLE_LEAF;
        let mut row = None;
        if table {
            let (number, behind) = varint(page.bytes, at)?;
            (row, at) = (Some(number), behind);
        }
        let usable = self.usable;
        let most = if table { usable - 35 } else { (usable - 12) * 64 / 255 - 23 };
        let least = (usable - 12) * 32 / 255 - 23;
        let here = match size {
            size if size <= most => size,
            size => Some(least + (size - least) % (usable - 4)).filter(|here| *here <= most).unwrap_or(least),
        };
        let mut payload = page.bytes.get(at..at + here)?.to_vec();
        let mut further = if here < size { long(page.bytes, at + here)? } else { 0 };
        let mut hops = 0usize;
        while payload.len() < size {
            hops += 1;
            let from = usize::try_from(further).ok()?.checked_sub(1)?.checked_mul(self.page)?;
            let bytes = self.bytes.get(from..from.checked_add(usable)?)?;
            self.used.insert(further);
            further = long(bytes, 0)?;
            let rest = (size - payload.len()).min(usable - 4);
            payload.extend_from_slice(bytes.get(4..4 + rest)?);
            if hops > self.bytes.len() / self.page {
                return None;
            }
        }
        Some((row, payload))
    }

    /// The values of a row.
    fn record(&self, payload: &[u8]) -> Option<Vec<Value>> {
        let (head, mut at) = varint(payload, 0)?;
        let head = usize::try_from(head).ok().filter(|head| *head <= payload.len())?;
        let mut body = head;
        let mut values = Vec::new();
        while at < head && values.len() < MAX_COLUMNS {
            let (sort, behind) = varint(payload, at)?;
            at = behind;
            let (value, len) = self.value(sort, payload.get(body..)?)?;
            body += len;
            values.push(value);
        }
        Some(values)
    }

    fn value(&self, sort: i64, bytes: &[u8]) -> Option<(Value, usize)> {
        let whole = |len: usize| {
            let bytes = bytes.get(..len)?;
            let sign = if bytes.first().is_some_and(|first| *first >= 0x80) { -1 } else { 0 };
            Some((Value::Whole(bytes.iter().fold(sign, |number, byte| number << 8 | i64::from(*byte))), len))
        };
        match sort {
            0 => Some((Value::Null, 0)),
            1..=4 => whole(usize::try_from(sort).ok()?),
            5 => whole(6),
            6 => whole(8),
            7 => Some((Value::Real(f64::from_be_bytes(bytes.get(..8)?.try_into().ok()?)), 8)),
            8 => Some((Value::Whole(0), 0)),
            9 => Some((Value::Whole(1), 0)),
            12.. => {
                let len = usize::try_from((sort - 12) / 2).ok()?;
                let bytes = bytes.get(..len)?;
                let value = if sort % 2 == 0 { Value::Bytes(bytes.to_vec()) } else { Value::Text(self.words(bytes)) };
                Some((value, len))
            }
            _ => None,
        }
    }

    fn words(&self, bytes: &[u8]) -> String {
        match self.letters {
            Letters::Utf8 => String::from_utf8_lossy(bytes).into_owned(),
            Letters::Wide(encoding) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
        }
    }

    /// Its tables, in the order of the schema; indices are only gone through, to know which pages they use.
    pub fn tables(&mut self) -> (Vec<Table>, Missed) {
        let mut rows: Vec<Vec<Value>> = Vec::new();
        let missed = self.rows(1, |_, values| {
            rows.push(values);
            rows.len() < schema::MAX_TABLES
        });
        let roots = |sort: &str| {
            let of = rows.iter().filter(|row| row.first().and_then(Value::text).as_deref() == Some(sort));
            of.filter_map(|row| u32::try_from(row.get(3)?.whole()?).ok()).filter(|root| *root > 0).collect::<Vec<u32>>()
        };
        for root in roots("index") {
            self.rows(root, |_, _| true);
        }
        let mut names: HashSet<String> = HashSet::new();
        let tables = rows.iter().filter_map(|row| Table::of(row)).filter(|table| names.insert(table.name.clone()));
        (tables.collect(), missed)
    }

    /// Bytes of pages that no table and no index uses, as far as both were read: what was deleted may still lie there.
    pub fn unused(&self, most: usize) -> Vec<u8> {
        let pages = self.bytes.chunks(self.page).zip(1u32..).filter(|(_, number)| !self.used.contains(number));
        let mut all = Vec::new();
        for (page, _) in pages {
            if all.len() + page.len() > most {
                break;
            }
            all.extend_from_slice(page);
        }
        all
    }
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// A number of one to nine bytes, and where it ends.
fn varint(bytes: &[u8], at: usize) -> Option<(i64, usize)> {
    let mut number = 0i64;
    for (index, byte) in bytes.get(at..)?.iter().take(9).enumerate() {
        if index == 8 {
            return Some((number << 8 | i64::from(*byte), at + 9));
        }
        number = number << 7 | i64::from(*byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some((number, at + index + 1));
        }
    }
    None
}

#[cfg(test)]
pub mod tests;
