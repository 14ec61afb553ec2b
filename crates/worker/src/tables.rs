//! SQLite files: messages and calls where a program is known that wrote them, else tables as rows of text.
//!
//! Keeps: every table is told within a part of its name, every row with its number in the table's order; text that lies in
//! bytes and in pages that no table uses is told as it lies. Does not know: how the program shows it.

use casemate_ports::reading::{Kind, Place, Severity};

use crate::chats::{self, databases};
use crate::out::{Out, Read, about, passage, unread};
use crate::scavenge;
use crate::sqlite::{Database, Missed, Source, Table, Value};

const TYPE: &str = "application/vnd.sqlite3";
/// Most of a value that is no text, and of pages that no table uses, that is looked through for text, bytes.
const MAX_LOOSE: usize = 16 << 20;
/// Parts of text that lies as it is.
const IN_BYTES: &str = "values that are bytes";
const UNUSED: &str = "pages that no table uses";

/// Reads a file.
pub fn read(bytes: &[u8], out: &mut Out) -> Read {
    let Some(mut database) = Database::open(bytes) else {
        return unread(out, Kind::Table, TYPE, "malformed", "its head is damaged");
    };
    let (tables, mut missed) = database.tables();
    let mut source = Source::new(&mut database, &tables);
    let known = databases::threads(&mut source);
    missed.damaged += source.missed.damaged;
    missed.cut |= source.missed.cut;
    let mut loose = Vec::new();
    match known {
        Some(known) => {
            chats::tell(known.application, TYPE, known.kind, known.threads, out)?;
            let rest = tables.iter().filter(|table| known.beside.contains(&table.name.as_str()));
            for table in rest {
                rows(&mut database, table, &mut loose, &mut missed, out)?;
            }
        }
        None => {
            out.about(about(Kind::Table, TYPE, vec![("tables".to_owned(), tables.len().to_string())]))?;
            for table in &tables {
                rows(&mut database, table, &mut loose, &mut missed, out)?;
            }
        }
    }
    let found = scavenge::tell(&loose, IN_BYTES, out)? | scavenge::tell(&database.unused(MAX_LOOSE), UNUSED, out)?;
    if found {
        let detail = "text in values that are bytes, or in pages that no table uses, was taken as it lies";
        out.finding("text-scavenged", Severity::Note, detail)?;
    }
    told(missed, database.logged, out)
}

fn told(missed: Missed, logged: bool, out: &mut Out) -> Read {
    if missed.damaged > 0 {
        let detail = format!("{} pages or rows can't be read", missed.damaged);
        out.finding("row-unread", Severity::Partial, &detail)?;
    }
    if missed.cut {
        out.finding("too-much", Severity::Partial, "more bytes of rows than are read; the rest was left unread")?;
    }
    if logged {
        let detail = "it keeps its newest changes in a file beside it, of the same name with -wal behind";
        out.finding("changes-beside", Severity::Note, detail)?;
    }
    Ok(())
}

/// Tells a table: its columns, then a passage a row.
fn rows(database: &mut Database<'_>, table: &Table, loose: &mut Vec<u8>, missed: &mut Missed, out: &mut Out) -> Read {
    let within = |inside| Place::Part { name: table.name.clone(), inside: Box::new(inside) };
    let heading = format!("{}: {}", table.name, table.columns.join(" | "));
    out.passage(passage(within(Place::Whole), heading))?;
    let (mut number, mut broken) = (0u64, None);
    let of_table = database.rows(table.root, |row, values| {
        number += 1;
        let values = table.whole(row, values);
        let text = values.iter().map(|value| shown(value, loose)).collect::<Vec<_>>().join(" | ");
        if text.trim_matches([' ', '|']).is_empty() {
            return true;
        }
        match out.passage(passage(within(Place::Row { number, column: None }), text)) {
            Ok(()) => true,
            Err(error) => {
                broken = Some(error);
                false
            }
        }
    });
    missed.damaged += of_table.damaged;
    missed.cut |= of_table.cut;
    broken.map_or(Ok(()), Err)
}

/// A value as text. Bytes that are text are told; of others their number, and what in them looks like text further down.
fn shown(value: &Value, loose: &mut Vec<u8>) -> String {
    let Value::Bytes(bytes) = value else { return value.text().unwrap_or_default() };
    let words = std::str::from_utf8(bytes).ok();
    if let Some(words) = words.filter(|words| !words.chars().any(|c| c.is_control() && !c.is_whitespace())) {
        return words.to_owned();
    }
    if loose.len() + bytes.len() <= MAX_LOOSE {
        loose.extend_from_slice(bytes);
        loose.push(0);
    }
    format!("[{} bytes]", bytes.len())
}
