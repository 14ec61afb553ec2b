//! Columns of a table by their names, whatever order a version of a program wrote them in.
//!
//! Keeps: a column that is not there is empty. Does not know: what columns mean.

use super::{Database, Missed, Table, Value};

/// A file with its tables.
pub struct Source<'d, 'b> {
    database: &'d mut Database<'b>,
    tables: &'d [Table],
    pub missed: Missed,
}

impl<'d, 'b> Source<'d, 'b> {
    pub fn new(database: &'d mut Database<'b>, tables: &'d [Table]) -> Self {
        Self { database, tables, missed: Missed::default() }
    }

    /// Whether there is a table that has all these columns.
    pub fn has(&self, table: &str, columns: &[&str]) -> bool {
        let table = self.tables.iter().find(|own| own.name.eq_ignore_ascii_case(table));
        table.is_some_and(|table| columns.iter().all(|column| table.column(column).is_some()))
    }

    /// The rows of a table, of each these columns; none where there is no such table.
    pub fn select<const N: usize>(&mut self, table: &str, columns: [&str; N]) -> Vec<[Value; N]> {
        let Some(table) = self.tables.iter().find(|own| own.name.eq_ignore_ascii_case(table)) else {
            return Vec::new();
        };
        let places = columns.map(|column| table.column(column));
        let mut rows = Vec::new();
        let missed = self.database.rows(table.root, |number, values| {
            let mut values = table.whole(number, values);
            let taken = places.map(|place| {
                let value = place.and_then(|place| values.get_mut(place));
                value.map_or(Value::Null, |value| std::mem::replace(value, Value::Null))
            });
            rows.push(taken);
            true
        });
        self.missed.damaged += missed.damaged;
        self.missed.cut |= missed.cut;
        rows
    }
}
