//! Cells of a sheet: numbers as its program shows them, with currency, percent and thousands; dates one way only.
//!
//! Keeps: where what is shown is not the whole number, the value follows in brackets; a date is `2009-10-03`, whatever order
//! or epoch the sheet has. Does not know: colours, widths, the language of a program's own formats (shown as in English).

use std::collections::{BTreeMap, HashMap};

use calamine::{Data, ExcelDateTime, StyleRange};
use ssfmt::{FormatOptions, NumberFormat};

/// Longest code that is obeyed, bytes; Excel takes 255 characters.
const MAX_CODE: usize = 1_024;
/// Longest text of a number, bytes.
const MAX_SHOWN: usize = 256;

const GENERAL: &str = "General";

/// Which code each cell has.
pub enum Codes {
    None,
    Styles(Box<StyleRange>),
    /// By row and column.
    Cells(BTreeMap<(u32, u32), String>),
}

impl Codes {
    fn of(&self, place: (u32, u32)) -> Option<&str> {
        match self {
            Self::None => None,
            Self::Cells(cells) => cells.get(&place).map(String::as_str),
            Self::Styles(styles) => {
                let format = styles.get(place)?.number_format.as_ref()?;
                let own = Some(format.format_code.as_str()).filter(|code| !code.is_empty() && *code != GENERAL);
                own.or_else(|| ssfmt::format_code_from_id(format.format_id?))
            }
        }
    }
}

/// What shows cells; it reads each code once.
#[derive(Default)]
pub struct Shower {
    read: HashMap<String, Option<NumberFormat>>,
    options: FormatOptions,
}

impl Shower {
    /// A cell at a row and a column, counted from 0.
    pub fn shown(&mut self, cell: &Data, place: (u32, u32), codes: &Codes) -> String {
        match cell {
            Data::Empty => String::new(),
            Data::DateTime(at) if at.is_datetime() => exact(at),
            Data::Int(number) => self.number(*number as f64, number.to_string(), codes.of(place)),
            Data::Float(number) => self.number(*number, plain(*number), codes.of(place)),
            cell => cell.to_string().trim().replace(['\r', '\n'], " "),
        }
    }

    fn number(&mut self, number: f64, plain: String, code: Option<&str>) -> String {
        match code.filter(|code| *code != GENERAL).and_then(|code| self.formatted(number, code)) {
            Some(shown) if says(&shown, number) => shown,
            Some(shown) => format!("{shown} ({plain})"),
            None => plain,
        }
    }

    fn formatted(&mut self, number: f64, code: &str) -> Option<String> {
        if code.len() > MAX_CODE || code == GENERAL {
            return None;
        }
        if !self.read.contains_key(code) {
            self.read.insert(code.to_owned(), NumberFormat::parse(code).ok());
        }
        let format = self.read.get(code)?.as_ref()?;
        let shown = format.try_format(number, &self.options).ok()?;
        let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        (!shown.is_empty() && shown.len() <= MAX_SHOWN && !shown.contains("##")).then_some(shown)
    }
}

fn plain(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 { format!("{number:.0}") } else { number.to_string() }
}

/// Whether what is shown is the whole number, and its sign.
fn says(shown: &str, number: f64) -> bool {
    if number < 0.0 && !shown.contains(['-', '(', '−']) {
        return false;
    }
    let digits: String = shown.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let share = if shown.contains('%') { 100.0 } else { 1.0 };
    digits.trim_matches('.').parse::<f64>().is_ok_and(|said| (said / share - number.abs()).abs() <= number.abs() * 1e-9)
}

fn exact(at: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    match at.as_f64() {
        days if days < 1.0 => time,
        days if days.fract() == 0.0 => date,
        _ => format!("{date} {time}"),
    }
}

/// The codes of the cells of each sheet of an XLS, in the order of its list of sheets (MS-XLS §2.4); none where it is no BIFF8.
pub fn of_old(stream: &[u8]) -> Vec<BTreeMap<(u32, u32), String>> {
    const VERSION_8: u16 = 0x0600;
    let (mut codes, mut looks, mut sheets) = (HashMap::new(), Vec::new(), Vec::new());
    for (kind, body) in Records(stream) {
        match kind {
            0x0809 if u16_at(body, 0) != Some(VERSION_8) => return Vec::new(),
            0x0085 => sheets.extend(body.first_chunk::<4>().map(|at| u32::from_le_bytes(*at) as usize)),
            0x041e => codes.extend(u16_at(body, 0).zip(code_of(body.get(2..).unwrap_or_default()))),
            0x00e0 => looks.push(u16_at(body, 2).unwrap_or(0)),
            0x000a => break,
            _ => {}
        }
    }
    let code = |look: u16| {
        let format = *looks.get(usize::from(look))?;
        let own: Option<&String> = codes.get(&format);
        own.cloned()
            .or_else(|| ssfmt::format_code_from_id(format.into()).map(str::to_owned))
            .filter(|code| code != GENERAL)
    };
    sheets.iter().map(|at| of_old_sheet(stream.get(*at..).unwrap_or_default(), &code)).collect()
}

fn of_old_sheet(stream: &[u8], code: &dyn Fn(u16) -> Option<String>) -> BTreeMap<(u32, u32), String> {
    let mut cells = BTreeMap::new();
    let mut put = |row: u16, column: u32, look: u16| {
        if let Some(code) = code(look) {
            cells.insert((u32::from(row), column), code);
        }
    };
    for (kind, body) in Records(stream) {
        let (Some(row), Some(column)) = (u16_at(body, 0), u16_at(body, 2)) else {
            if kind == 0x000a {
                break;
            }
            continue;
        };
        match kind {
            0x0203 | 0x027e | 0x0006 => put(row, column.into(), u16_at(body, 4).unwrap_or(0)),
            0x00bd => {
                let each = body.get(4..).unwrap_or_default().as_chunks::<6>().0;
                (u32::from(column)..)
                    .zip(each)
                    .for_each(|(column, cell)| put(row, column, u16::from_le_bytes([cell[0], cell[1]])));
            }
            _ => {}
        }
    }
    cells
}

/// A code of a format record: 16 bits of length, a byte of flags, then characters of one byte or two.
fn code_of(bytes: &[u8]) -> Option<String> {
    let count = usize::from(u16_at(bytes, 0)?);
    let (flags, text) = bytes.get(2..)?.split_first()?;
    if flags & 1 == 0 {
        return Some(text.get(..count)?.iter().map(|byte| char::from(*byte)).collect());
    }
    let units = text.get(..count.checked_mul(2)?)?.as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair));
    Some(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk::<2>().map(|pair| u16::from_le_bytes(*pair))
}

/// The records of a stream: what each is, and its body.
struct Records<'b>(&'b [u8]);

impl<'b> Iterator for Records<'b> {
    type Item = (u16, &'b [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (head, rest) = self.0.split_first_chunk::<4>()?;
        let (body, rest) = rest.split_at_checked(usize::from(u16::from_le_bytes([head[2], head[3]])))?;
        self.0 = rest;
        Some((u16::from_le_bytes([head[0], head[1]]), body))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType;

    fn shown(cell: Data, code: &str) -> String {
        let cells = Codes::Cells(BTreeMap::from([((0, 0), code.to_owned())]));
        Shower::default().shown(&cell, (0, 0), &cells)
    }

    #[test]
    fn numbers_are_shown_as_on_the_screen_and_whole() {
        assert_eq!(shown(Data::Float(1599.99), "#,##0.00"), "1,599.99");
        assert_eq!(shown(Data::Float(-1599.99), "\"$\"#,##0.00_);(\"$\"#,##0.00)"), "($1,599.99)");
        assert_eq!(shown(Data::Float(0.025), "0.00%"), "2.50%");
        assert_eq!(shown(Data::Float(1599.99), "#,##0"), "1,600 (1599.99)");
        assert_eq!(shown(Data::Float(2.5), "# ?/?"), "2 1/2 (2.5)");
        assert_eq!(shown(Data::Float(7.0), "General"), "7");
        assert_eq!(shown(Data::Float(7.0), ";;;"), "7", "what hides it hides nothing");
        assert_eq!(shown(Data::Float(-7.5), "0.0;0.0"), "7.5 (-7.5)", "nor does what hides the sign");
        assert_eq!(shown(Data::Float(7.5), &"0".repeat(5_000)), "7.5");
    }

    #[test]
    fn a_date_is_told_one_way_whatever_its_code_and_epoch() {
        let at = |days, is_1904| Data::DateTime(ExcelDateTime::new(days, ExcelDateTimeType::DateTime, is_1904));
        assert_eq!(shown(at(39_889.0, false), "m/d/yy"), "2009-03-17");
        assert_eq!(shown(at(38_427.0, true), "d/m/yy"), "2009-03-17");
        assert_eq!(shown(at(39_889.25, false), "h:mm on dddd mmmm d"), "2009-03-17 06:00:00");
        assert_eq!(shown(at(0.260_416_666_7, false), "h:mm"), "06:15:00");
    }

    #[test]
    fn codes_of_an_old_sheet_are_found_by_row_and_column() {
        let record = |kind: u16, body: &[u8]| [&kind.to_le_bytes(), &(body.len() as u16).to_le_bytes(), body].concat();
        let code = [&[164, 0, 4, 0, 0][..], b"0.0%"].concat();
        let number = |row: u8, column: u8, look: u8| [&[row, 0, column, 0, look, 0][..], &[0; 8]].concat();
        let many = [&[3, 0, 1, 0][..], &[1, 0, 0, 0, 0, 0], &[0, 0, 0, 0, 0, 0], &[2, 0]].concat();
        let mut book = [record(0x0809, &[0, 6, 5, 0]), record(0x041e, &code)].concat();
        book.extend([record(0x00e0, &[0, 0, 0, 0]), record(0x00e0, &[0, 0, 164, 0])].concat());
        let at = book.len() + 12 + 4;
        book.extend(
            [record(0x0085, &[&(at as u32).to_le_bytes()[..], &[0; 4]].concat()), record(0x000a, &[])].concat(),
        );
        book.extend(
            [record(0x0809, &[0, 6]), record(0x0203, &number(2, 5, 1)), record(0x00bd, &many), record(0x000a, &[])]
                .concat(),
        );
        let sheets = of_old(&book);
        let percent = "0.0%".to_owned();
        assert_eq!(sheets, [BTreeMap::from([((2, 5), percent.clone()), ((3, 1), percent)])]);
        for end in 0..book.len() {
            of_old(&book[..end]);
        }
    }
}
