//! What `CREATE TABLE` says: a table's name, its columns in the order in which rows have them.
//!
//! Keeps: quotes and brackets are understood, nothing else of SQL. Does not know: types, defaults, constraints.

use super::Value;

/// Most tables and indices of a file.
pub const MAX_TABLES: usize = 10_000;
/// Words with which a part of the definition begins that is no column.
const NO_COLUMN: [&str; 5] = ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"];

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub name: String,
    pub columns: Vec<String>,
    pub root: u32,
    /// The column that is the row's own number, and is not written in the row.
    numbered: Option<usize>,
}

impl Table {
    /// Of a row of the schema; none for what is no table of its own, or a table of the program's.
    pub fn of(row: &[Value]) -> Option<Self> {
        let [sort, name, _, root, sql] = row.get(..5)?.as_array::<5>()?;
        let (name, root) = (name.text()?, u32::try_from(root.whole()?).ok()?);
        if sort.text()? != "table" || root == 0 || name.starts_with("sqlite_") {
            return None;
        }
        let (columns, numbered) = columns(&sql.text().unwrap_or_default());
        Some(Self { name, columns, root, numbered })
    }

    /// The values of a row with its number where it belongs.
    pub fn whole(&self, number: Option<i64>, mut values: Vec<Value>) -> Vec<Value> {
        if let (Some(place), Some(number)) = (self.numbered, number)
            && let Some(value) = values.get_mut(place).filter(|value| **value == Value::Null)
        {
            *value = Value::Whole(number);
        }
        values
    }

    /// Where a column stands.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|own| own.eq_ignore_ascii_case(name))
    }
}

/// Columns as rows have them, and which is the row's number.
fn columns(sql: &str) -> (Vec<String>, Option<usize>) {
    let (inside, behind) = bracket(sql);
    let pieces = split(inside);
    let mut columns: Vec<String> = Vec::new();
    let (mut numbered, mut keys) = (None, Vec::new());
    for piece in &pieces {
        let (name, rest) = word(piece);
        let rest = rest.to_ascii_uppercase();
        let bare = piece.trim_start().starts_with(|c: char| c.is_alphabetic());
        if bare && NO_COLUMN.contains(&name.to_ascii_uppercase().as_str()) {
            if rest.contains("KEY") && piece.to_ascii_uppercase().contains("PRIMARY") {
                keys = split(bracket(piece).0).iter().map(|key| word(key).0).collect();
            }
            continue;
        }
        if rest.contains("PRIMARY KEY") {
            keys = vec![name.clone()];
            if rest.trim_start().starts_with("INTEGER ") {
                numbered = Some(columns.len());
            }
        }
        if !name.is_empty() {
            columns.push(name);
        }
    }
    if behind.to_ascii_uppercase().replace(['\n', '\t'], " ").contains("WITHOUT ROWID") {
        // Rows of such a table begin with its key.
        let is_key = |name: &String| keys.iter().any(|key| key.eq_ignore_ascii_case(name));
        let mut ordered: Vec<String> =
            keys.iter().filter_map(|key| columns.iter().find(|own| own.eq_ignore_ascii_case(key)).cloned()).collect();
        ordered.extend(columns.iter().filter(|name| !is_key(name)).cloned());
        return (ordered, None);
    }
    if numbered.is_none() && keys.len() == 1 {
        let key = keys.first().and_then(|key| columns.iter().position(|own| own.eq_ignore_ascii_case(key)));
        let is_whole = |place: usize| {
            pieces.get(place).is_some_and(|piece| word(piece).1.trim().to_ascii_uppercase().starts_with("INTEGER"))
        };
        numbered = key.filter(|place| is_whole(*place));
    }
    (columns, numbered)
}

/// What stands within the first bracket, and behind it.
fn bracket(sql: &str) -> (&str, &str) {
    let Some(from) = scan(sql, |c, depth| c == '(' && depth == 0) else { return ("", "") };
    let inside = sql.get(from + 1..).unwrap_or_default();
    let to = scan(inside, |c, depth| c == ')' && depth == 0).unwrap_or(inside.len());
    (inside.get(..to).unwrap_or_default(), inside.get(to..).unwrap_or_default())
}

/// Pieces between commas outside of brackets and quotes.
fn split(inside: &str) -> Vec<&str> {
    let (mut pieces, mut rest) = (Vec::new(), inside);
    while let Some(at) = scan(rest, |c, depth| c == ',' && depth == 0) {
        pieces.push(rest.get(..at).unwrap_or_default());
        rest = rest.get(at + 1..).unwrap_or_default();
    }
    pieces.push(rest);
    pieces
}

/// The first place outside of quotes at which `wanted` says so, given the character and how many brackets are open.
fn scan(sql: &str, wanted: impl Fn(char, usize) -> bool) -> Option<usize> {
    let (mut depth, mut quote) = (0usize, None);
    for (at, c) in sql.char_indices() {
        match (quote, c) {
            (Some(end), c) if c == end => quote = None,
            (Some(_), _) => {}
            (None, c) if wanted(c, depth) => return Some(at),
            (None, '"' | '\'' | '`') => quote = Some(c),
            (None, '[') => quote = Some(']'),
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// The first word of a piece without its quotes, and what is behind it.
fn word(piece: &str) -> (String, &str) {
    let piece = piece.trim_start();
    let end = match piece.chars().next() {
        Some(c @ ('"' | '\'' | '`' | '[')) => {
            let close = if c == '[' { ']' } else { c };
            let inside = piece.get(1..).unwrap_or_default();
            let to = inside.find(close).unwrap_or(inside.len());
            return (inside.get(..to).unwrap_or_default().to_owned(), inside.get(to + 1..).unwrap_or_default());
        }
        _ => piece.find(|c: char| c.is_whitespace() || c == '(').unwrap_or(piece.len()),
    };
    (piece.get(..end).unwrap_or_default().to_owned(), piece.get(end..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_as_rows_have_them() {
        let said = |sql: &str| {
            let (columns, numbered) = columns(sql);
            (columns.join(","), numbered)
        };
        assert_eq!(
            said(
                "CREATE TABLE m (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, \"a, b\" TEXT DEFAULT ')', [c] VARCHAR(3), UNIQUE (c))"
            ),
            ("ROWID,a, b,c".to_owned(), Some(0))
        );
        assert_eq!(said("CREATE TABLE x (a INT, b INTEGER, PRIMARY KEY (b))"), ("a,b".to_owned(), Some(1)));
        assert_eq!(said("CREATE TABLE x (a, b, c, PRIMARY KEY (c, a)) WITHOUT ROWID"), ("c,a,b".to_owned(), None));
        assert_eq!(said("CREATE TABLE x (\"primary\" TEXT, 'check' REAL)"), ("primary,check".to_owned(), None));
        assert_eq!(said("CREATE TABLE cut (a INT, b"), ("a,b".to_owned(), None));
        assert_eq!(said(""), (String::new(), None));
    }
}
