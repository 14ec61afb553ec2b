//! Spreadsheets of all four forms (XLSX, XLSB, XLS, ODS): the rows of each sheet, its cells joined by ` | `.
//!
//! Keeps: rows and columns are numbered as the program shows them; hidden sheets are read. Does not know: formulas.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{
    Data, Error, OdsError, Range, Reader, SheetVisible, Sheets, XlsError, XlsxError, open_workbook_auto_from_rs,
};
use casemate_ports::reading::{Kind, Place, Severity};

use super::formats::{Codes, Shower, of_old};
use super::paragraphs::{Said, tell, within};
use super::{inside, links, macros, sweep};
use crate::markup::{Mark, walk};
use crate::ole::Ole;
use crate::out::{Out, Read, about, passage, trouble, unread};
use crate::package::Package;

const TYPE: &str = "application/vnd.ms-excel";
/// How an OLE file begins.
const OLE_MARK: &[u8] = b"\xd0\xcf\x11\xe0";
/// Most cells of all sheets, empty ones within a row included.
const MAX_CELLS: u64 = 20_000_000;
/// Longest row that is told, bytes.
const MAX_ROW: usize = 48 << 10;

/// Reads a spreadsheet.
pub fn read(bytes: Vec<u8>, metadata: Vec<(String, String)>, out: &mut Out) -> Read {
    let mut package = Package::open(bytes.clone());
    let mut old = old_codes(&bytes);
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
    let mut shower = Shower::default();
    for (number, sheet) in sheets.iter().enumerate() {
        hidden += usize::from(sheet.visible != SheetVisible::Visible);
        match book.worksheet_range(&sheet.name) {
            Ok(range) => {
                let codes = match &mut book {
                    Sheets::Xlsx(book) => {
                        book.worksheet_style(&sheet.name).map_or(Codes::None, |s| Codes::Styles(Box::new(s)))
                    }
                    _ => old.get_mut(number).map_or(Codes::None, |cells| Codes::Cells(std::mem::take(cells))),
                };
                let mut show = |cell: &Data, place| shower.shown(cell, place, &codes);
                rows(&sheet.name, &range, &mut show, &mut left, out)?;
            }
            Err(_) => trouble(out, "page-unread", "a sheet can't be read")?,
        }
    }
    if left == 0 {
        trouble(out, "too-much", &format!("more than {MAX_CELLS} cells; the rest was left unread"))?;
    }
    if hidden > 0 {
        out.finding("sheet-hidden", Severity::Note, &format!("{hidden} sheets are hidden; they were read too"))?;
    }
    match &mut package {
        Some(package) => beside(package, out),
        None => Ok(()),
    }
}

/// Codes of numbers by sheet, where it is an XLS.
fn old_codes(bytes: &[u8]) -> Vec<BTreeMap<(u32, u32), String>> {
    if !bytes.starts_with(OLE_MARK) {
        return Vec::new();
    }
    let stream =
        Ole::open(bytes.to_vec()).and_then(|mut ole| ["Workbook", "WORKBOOK"].iter().find_map(|name| ole.stream(name)));
    stream.map(|stream| of_old(&stream)).unwrap_or_default()
}

/// What a package holds beside the cells: headers and footers, comments, drawings, charts, sources of data, files.
fn beside(package: &mut Package, out: &mut Out) -> Read {
    for name in package.names() {
        let Some(sheet) = name.strip_prefix("xl/worksheets/").and_then(|name| name.strip_suffix(".xml")) else {
            continue;
        };
        let bytes = package.read(&name).unwrap_or_default();
        tell(headers(&bytes), within(&format!("{sheet} header and footer")), out)?;
    }
    sweep(
        package,
        &["xl/comments", "xl/threadedComments/", "xl/drawings/drawing", "xl/charts/chart", "xl/diagrams/data"],
        out,
    )?;
    tell(sources(&package.read("xl/connections.xml").unwrap_or_default()), within("connections"), out)?;
    links(package, out)?;
    macros(package, out)?;
    inside(package, &["xl/embeddings/", "xl/media/"], out)
}

/// Headers and footers of a sheet; codes of their fonts and fields left out.
fn headers(sheet: &[u8]) -> Vec<Said> {
    // They stand behind the cells, which may be many.
    let Some(from) = sheet.windows(13).rposition(|w| w == b"<headerFooter") else { return Vec::new() };
    let (mut all, mut open) = (Vec::new(), None);
    walk(sheet.get(from..).unwrap_or_default(), |mark| match mark {
        Mark::Open(name, _) => open = (name.ends_with("Header") || name.ends_with("Footer")).then(String::new),
        Mark::Text(said) => open.as_mut().into_iter().for_each(|open| open.push_str(said)),
        Mark::Close(_) => all.extend(open.take().map(|said| Said::plain(without_codes(&said)))),
    });
    all
}

/// A header without `&L`, `&12`, `&"Font,Bold"` and their like (ECMA-376 part 1 §18.3.1.39).
fn without_codes(said: &str) -> String {
    let mut text = String::new();
    let mut rest = said;
    while let Some((before, code)) = rest.split_once('&') {
        text.push_str(before);
        let mut chars = code.chars();
        rest = match chars.next() {
            Some('"') => code.get(1..).and_then(|code| code.split_once('"')).map_or("", |(_, rest)| rest),
            Some('&') => {
                text.push('&');
                chars.as_str()
            }
            Some('L' | 'C' | 'R') => {
                text.push(' ');
                chars.as_str()
            }
            Some(digit) if digit.is_ascii_digit() => code.trim_start_matches(|c: char| c.is_ascii_digit()),
            Some(_) => chars.as_str(),
            None => "",
        };
    }
    text.push_str(rest);
    text.trim().to_owned()
}

/// Where a workbook takes data from: what its connections say in their attributes.
fn sources(xml: &[u8]) -> Vec<Said> {
    let mut all = Vec::new();
    walk(xml, |mark| {
        if let Mark::Open(_, attributes) = mark {
            let names = ["name", "description", "sourceFile", "connection", "command", "url"];
            all.extend(names.iter().filter_map(|name| attributes.get(name)).map(Said::plain));
        }
    });
    all
}

fn is_locked(error: &Error) -> bool {
    matches!(error, Error::Xls(XlsError::Password) | Error::Xlsx(XlsxError::Password) | Error::Ods(OdsError::Password))
}

fn rows(
    sheet: &str,
    range: &Range<Data>,
    show: &mut dyn FnMut(&Data, (u32, u32)) -> String,
    left: &mut u64,
    out: &mut Out,
) -> Read {
    let (top, first) = range.start().unwrap_or_default();
    let place = within(sheet);
    // Its name is on the screen as well.
    out.passage(passage(place(Place::Whole), sheet))?;
    for (at, row) in (top..).zip(range.rows()) {
        *left = left.saturating_sub(row.len() as u64);
        if *left == 0 {
            return Ok(());
        }
        let cells: Vec<String> = (first..).zip(row).map(|(column, cell)| show(cell, (at, column))).collect();
        let mut text = cells.join(" | ");
        text.truncate(text.floor_char_boundary(MAX_ROW));
        let text = text.trim_end_matches([' ', '|']);
        if !text.trim_matches([' ', '|']).is_empty() {
            out.passage(passage(place(Place::Row { number: u64::from(at) + 1, column: None }), text))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_says_its_words() {
        let xml = b"<worksheet><sheetData/><headerFooter><oddHeader>&amp;L&amp;\"Arial,Bold\"&amp;12Case A &amp;&amp; B&amp;RPage &amp;P</oddHeader>\
            <evenFooter>&amp;Cleft</evenFooter></headerFooter></worksheet>";
        let said: Vec<String> = headers(xml).into_iter().map(|said| said.text).collect();
        assert_eq!(said, ["Case A & B Page", "left"]);
        assert!(headers(b"<worksheet/>").is_empty());
        assert_eq!(without_codes("&"), "");
        assert_eq!(without_codes("&\"open"), "");
    }
}
