//! Text for people and machines on standard output.
//!
//! Keeps: what comes from evidence can't command the terminal; a closed pipe ends quietly. Does not know: commands.

use crate::failure::Failure;
use serde::Serialize;
use std::io::{ErrorKind, IsTerminal, Write, stdout};
use unicode_width::UnicodeWidthStr;

/// Narrowest terminal that a table is fitted to, columns.
const NARROWEST: usize = 40;
/// Width where no terminal says one, columns.
const USUAL_WIDTH: usize = 100;

/// Writes text to standard output as it is.
///
/// # Errors
/// What the system says, but for a pipe that the reader closed.
pub fn write(text: &str) -> Result<(), Failure> {
    let mut out = stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != ErrorKind::BrokenPipe => Err(Failure::Output(e)),
        _ => Ok(()),
    }
}

/// One JSON object and a line end.
///
/// # Errors
/// As [`write`].
pub fn json(value: &impl Serialize) -> Result<(), Failure> {
    let mut text = serde_json::to_string_pretty(value).map_err(|e| Failure::Output(e.into()))?;
    text.push('\n');
    write(&text)
}

/// Whether a person looks at standard output.
pub fn watched() -> bool {
    stdout().is_terminal()
}

/// Evidence as one line: control and direction characters shown as `·`, line ends as spaces.
pub fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_whitespace() { ' ' } else { shown(c) }).collect()
}

/// Evidence as lines: as [`plain`], but line ends and tabs stay.
pub fn plain_lines(text: &str) -> String {
    text.chars().map(|c| if matches!(c, '\n' | '\t') { c } else { shown(c) }).collect()
}

fn shown(c: char) -> char {
    let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if c.is_control() || turns { '·' } else { c }
}

/// Columns of the terminal.
pub fn width() -> usize {
    let found = terminal_size::terminal_size_of(stdout()).map(|(width, _)| usize::from(width.0));
    found.unwrap_or(USUAL_WIDTH).max(NARROWEST)
}

/// `text` cut to `columns`, with an ellipsis where something was cut.
pub fn fitted(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += unicode_width::UnicodeWidthChar::width(c).unwrap_or(0);
        if used > columns {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}

/// Columns under headings.
#[derive(Debug, Default)]
pub struct Table {
    head: Vec<String>,
    right: Vec<bool>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A column; numbers stand to the right.
    pub fn column(mut self, head: impl Into<String>, right: bool) -> Self {
        self.head.push(head.into());
        self.right.push(right);
        self
    }

    /// A row, one cell a column; evidence in it is made plain here.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().map(|c| plain(&c)).collect());
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table, the last column cut to the terminal's width where a person looks at it.
    pub fn text(&self) -> String {
        let all = || std::iter::once(&self.head).chain(&self.rows);
        let wide = |n: usize| all().filter_map(|r| r.get(n)).map(|c| c.width()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..self.head.len()).map(wide).collect();
        let before: usize = widths.iter().rev().skip(1).map(|w| w + 2).sum();
        let last = if watched() { width().saturating_sub(before).max(8) } else { usize::MAX };
        let mut out = String::new();
        for row in all() {
            let mut line = String::new();
            for (n, cell) in row.iter().enumerate() {
                let wide = widths.get(n).copied().unwrap_or(0);
                let end = n + 1 == row.len();
                let cell = if end { fitted(cell, last) } else { cell.clone() };
                let pad = " ".repeat(wide.saturating_sub(cell.width()));
                match (self.right.get(n), end) {
                    (Some(true), _) => line.push_str(&format!("{pad}{cell}")),
                    (_, true) => line.push_str(&cell),
                    _ => line.push_str(&format!("{cell}{pad}")),
                }
                if !end {
                    line.push_str("  ");
                }
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_cannot_command_the_terminal() {
        assert_eq!(plain("a\u{1b}[2Jb\nc\u{202e}d"), "a·[2Jb c·d");
        assert_eq!(plain_lines("a\tb\n\u{7}唐"), "a\tb\n·唐");
    }

    #[test]
    fn wide_characters_count_two_columns() {
        assert_eq!(fitted("唐远山在这里", 7), "唐远山…");
        assert_eq!(fitted("short", 7), "short");
        let mut table = Table::default().column("No.", true).column("Name", false).column("Kind", false);
        table.row(["1".into(), "唐远山".into(), "sound".into()]);
        table.row(["12".into(), "b".into(), "text".into()]);
        assert_eq!(table.text(), "No.  Name    Kind\n  1  唐远山  sound\n 12  b       text\n");
    }
}
