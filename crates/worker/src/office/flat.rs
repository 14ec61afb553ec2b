//! Papers of office programs that are one file of XML: flat OpenDocument, Excel's and Word's of 2003.
//!
//! Keeps: rows and paragraphs are counted as in the packed forms. Does not know: styles, formulas.

use casemate_ports::reading::{Kind, Place, Severity};

use super::opendocument;
use super::paragraphs::{Said, tell};
use crate::markup::{Mark, walk};
use crate::out::{Out, Read, about, passage};
use crate::text;

/// Roots by what they contain: the namespace of the office program.
const OPEN: &str = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
const SHEETS: &str = "urn:schemas-microsoft-com:office:spreadsheet";
const WORD: &str = "http://schemas.microsoft.com/office/word/2003/wordml";
/// Within so many bytes the root is told.
const ROOT: usize = 4 << 10;

/// Whether a text begins as one of them.
pub fn looks_flat(head: &str) -> bool {
    let root = head.get(..head.floor_char_boundary(ROOT)).unwrap_or_default();
    root.trim_start_matches('\u{feff}').trim_start().starts_with('<')
        && ((root.contains("office:document") && root.contains(OPEN))
            || (root.contains("<Workbook") && root.contains(SHEETS))
            || (root.contains("wordDocument") && root.contains(WORD)))
}

/// Reads one.
pub fn read(bytes: &[u8], out: &mut Out) -> Read {
    let decoded = text::decode(bytes).map(|decoded| decoded.text).unwrap_or_default();
    let root = decoded.get(..decoded.floor_char_boundary(ROOT)).unwrap_or_default();
    if root.contains(SHEETS) {
        return sheets(bytes, out);
    }
    if root.contains(WORD) {
        out.about(about(Kind::Document, "application/vnd.ms-word.2003+xml", Vec::new()))?;
        return paragraphs(bytes, out);
    }
    opendocument::read_flat("application/vnd.oasis.opendocument.flat+xml", bytes, out)
}

/// Cells of rows of sheets.
fn sheets(bytes: &[u8], out: &mut Out) -> Read {
    out.about(about(Kind::Table, "application/vnd.ms-excel.2003+xml", Vec::new()))?;
    let (mut all, mut sheet, mut row, mut number) = (Vec::new(), String::new(), Vec::<String>::new(), 0u64);
    let mut open = None;
    let whole = walk(bytes, |mark| match mark {
        Mark::Open("Worksheet", attributes) => {
            (sheet, number) = (attributes.get("Name").unwrap_or_default(), 0);
            all.push((sheet.clone(), None, sheet.clone()));
        }
        Mark::Open("Row", attributes) => {
            number = attributes.get("Index").and_then(|at| at.parse().ok()).unwrap_or(number.saturating_add(1));
            row.clear();
        }
        Mark::Open("Data" | "Comment", _) => open = Some(String::new()),
        Mark::Text(said) => open.as_mut().into_iter().for_each(|open| open.push_str(said)),
        Mark::Close("Data" | "Comment") => row.extend(open.take().map(|said| said.trim().to_owned())),
        Mark::Close("Row") if !row.is_empty() => all.push((sheet.clone(), Some(number), row.join(" | "))),
        _ => {}
    });
    for (sheet, row, said) in all.into_iter().filter(|row| !row.2.is_empty()) {
        let inside = row.map_or(Place::Whole, |number| Place::Row { number, column: None });
        out.passage(passage(Place::Part { name: sheet, inside: Box::new(inside) }, said))?;
    }
    if whole { Ok(()) } else { out.finding("truncated", Severity::Partial, "its rows end within") }
}

fn paragraphs(bytes: &[u8], out: &mut Out) -> Read {
    let (mut all, mut open, mut says) = (Vec::new(), String::new(), false);
    let whole = walk(bytes, |mark| match mark {
        Mark::Open("t" | "delText", _) => says = true,
        Mark::Close("t" | "delText") => says = false,
        Mark::Open("tab", _) => open.push('\t'),
        Mark::Open("br", _) => open.push('\n'),
        Mark::Close("p") => all.push(Said::plain(std::mem::take(&mut open).trim().to_owned())),
        Mark::Text(said) if says => open.push_str(said),
        _ => {}
    });
    tell(all, |place| place, out)?;
    if whole { Ok(()) } else { out.finding("truncated", Severity::Partial, "its text ends within") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::out::tests::heard;

    #[test]
    fn sheets_texts_and_programs_are_read() {
        let xml = format!(
            "<?xml version=\"1.0\"?><Workbook xmlns=\"{SHEETS}\"><Worksheet Name=\"Money\"><Table><Row Index=\"3\"><Cell><Data>Lin</Data>\
             </Cell><Cell><Data>9</Data></Cell></Row></Table></Worksheet></Workbook>"
        );
        assert!(looks_flat(&xml));
        let h = heard(|out| read(xml.as_bytes(), out));
        let place = |inside| Place::Part { name: "Money".into(), inside: Box::new(inside) };
        let told: Vec<_> = h.passages.iter().map(|p| (p.place.clone(), p.text.as_str())).collect();
        assert_eq!(told, [(place(Place::Whole), "Money"), (place(Place::Row { number: 3, column: None }), "Lin | 9")]);
        let xml = format!(
            "<w:wordDocument xmlns:w=\"{WORD}\"><w:p><w:t>one</w:t></w:p><w:p><w:t>two</w:t></w:p></w:wordDocument>"
        );
        let h = heard(|out| read(xml.as_bytes(), out));
        assert_eq!(h.passages.iter().map(|p| p.text.as_str()).collect::<Vec<_>>(), ["one", "two"]);
        let xml = format!(
            "<office:document xmlns:office=\"{OPEN}\"><office:scripts><script:module>Sub Main</script:module></office:scripts>\
             <text:p>Dear Sir</text:p></office:document>"
        );
        let h = heard(|out| read(xml.as_bytes(), out));
        assert_eq!(h.passages.iter().map(|p| p.text.as_str()).collect::<Vec<_>>(), ["Dear Sir", "Sub Main"]);
        assert_eq!(h.findings, ["macros-inside"]);
        assert!(!looks_flat("<html><p>office:document"));
    }
}
