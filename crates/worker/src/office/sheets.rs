//! Spreadsheets of all four forms (XLSX, XLSB, XLS, ODS): the rows of each sheet, its cells joined by ` | `.
//!
//! Keeps: rows and columns are numbered as the program shows them; hidden sheets are read. Does not know: formulas,
//! formats of numbers but those of dates, charts.

use std::io::Cursor;

use calamine::{
    Data, Error, OdsError, Range, Reader, SheetVisible, Sheets, XlsError, XlsxError, open_workbook_auto_from_rs,
};
use casemate_ports::reading::{Kind, Place, Severity};

use super::paragraphs::within;
use crate::out::{Out, Read, about, passage, trouble, unread};

const TYPE: &str = "application/vnd.ms-excel";
/// Most cells of all sheets, empty ones within a row included.
const MAX_CELLS: u64 = 20_000_000;
/// Longest row that is told, bytes.
const MAX_ROW: usize = 48 << 10;

/// Reads a spreadsheet.
pub fn read(bytes: Vec<u8>, metadata: Vec<(String, String)>, out: &mut Out) -> Read {
    let mut book = match open_workbook_auto_from_rs(Cursor::new(bytes)) {
        Ok(book) => book,
        Err(error) if is_locked(&error) => {
            return unread(out, Kind::Table, TYPE, "encrypted", "it opens with a password only");
        }
        Err(_) => return unread(out, Kind::Table, TYPE, "malformed", "its sheets can't be read"),
    };
    let media_type = match &book {
        Sheets::Xls(_) => TYPE,
        Sheets::Xlsx(_) => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Sheets::Xlsb(_) => "application/vnd.ms-excel.sheet.binary.macroenabled.12",
        Sheets::Ods(_) => "application/vnd.oasis.opendocument.spreadsheet",
    };
    out.about(about(Kind::Table, media_type, metadata))?;
    let sheets = book.sheets_metadata().to_vec();
    let mut left = MAX_CELLS;
    let mut hidden = 0usize;
    for sheet in &sheets {
        hidden += usize::from(sheet.visible != SheetVisible::Visible);
        match book.worksheet_range(&sheet.name) {
            Ok(range) => rows(&sheet.name, &range, &mut left, out)?,
            Err(_) => trouble(out, "page-unread", "a sheet can't be read")?,
        }
    }
    if left == 0 {
        trouble(out, "too-much", &format!("more than {MAX_CELLS} cells; the rest was left unread"))?;
    }
    if hidden > 0 {
        out.finding("sheet-hidden", Severity::Note, &format!("{hidden} sheets are hidden; they were read too"))?;
    }
    Ok(())
}

fn is_locked(error: &Error) -> bool {
    matches!(error, Error::Xls(XlsError::Password) | Error::Xlsx(XlsxError::Password) | Error::Ods(OdsError::Password))
}

fn rows(sheet: &str, range: &Range<Data>, left: &mut u64, out: &mut Out) -> Read {
    let (top, _) = range.start().unwrap_or_default();
    let place = within(sheet);
    // Its name is on the screen as well.
    out.passage(passage(place(Place::Whole), sheet))?;
    for (number, row) in (u64::from(top) + 1..).zip(range.rows()) {
        *left = left.saturating_sub(row.len() as u64);
        if *left == 0 {
            return Ok(());
        }
        let cells: Vec<String> = row.iter().map(shown).collect();
        let mut text = cells.join(" | ");
        text.truncate(text.floor_char_boundary(MAX_ROW));
        let text = text.trim_end_matches([' ', '|']);
        if !text.trim_matches([' ', '|']).is_empty() {
            out.passage(passage(place(Place::Row { number, column: None }), text))?;
        }
    }
    Ok(())
}

/// A cell about as the program shows it.
fn shown(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::DateTime(at) if at.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
            let date = format!("{year:04}-{month:02}-{day:02}");
            let time = format!("{hour:02}:{minute:02}:{second:02}");
            match at.as_f64() {
                days if days < 1.0 => time,
                days if days.fract() == 0.0 => date,
                _ => format!("{date} {time}"),
            }
        }
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        cell => cell.to_string().trim().replace(['\r', '\n'], " "),
    }
}
