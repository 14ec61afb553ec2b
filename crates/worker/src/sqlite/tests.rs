//! Files made here, and one that SQLite 3.40 made of 600 rows with pages of 512 bytes, UTF-16, inner and further pages.

use std::io::Read as _;

use super::*;

/// A file of tables that have a page each: name, definition, rows.
pub fn database(tables: &[(&str, &str, Vec<Vec<Value>>)]) -> Vec<u8> {
    const PAGE: usize = 16_384;
    let root = |index: usize| i64::try_from(index).unwrap() + 2;
    let schema: Vec<Vec<Value>> = tables
        .iter()
        .enumerate()
        .map(|(index, (name, sql, _))| {
            let text = |text: &str| Value::Text(text.to_owned());
            vec![text("table"), text(name), text(name), Value::Whole(root(index)), text(sql)]
        })
        .collect();
    let mut all = leaf(&schema, FILE_HEAD, PAGE);
    all[..MARK.len()].copy_from_slice(MARK);
    all[16..18].copy_from_slice(&(PAGE as u16).to_be_bytes());
    all[18..20].copy_from_slice(&[1, 1]);
    all[59] = 1;
    for (_, _, rows) in tables {
        all.extend(leaf(rows, 0, PAGE));
    }
    all
}

fn written(number: usize) -> Vec<u8> {
    match u8::try_from(number) {
        Ok(small @ ..0x80) => vec![small],
        _ => vec![0x80 | (number >> 7) as u8, (number & 0x7f) as u8],
    }
}

fn leaf(rows: &[Vec<Value>], head: usize, size: usize) -> Vec<u8> {
    let (mut page, mut end) = (vec![0; size], size);
    page[head] = TABLE_LEAF;
    page[head + 3..head + 5].copy_from_slice(&(rows.len() as u16).to_be_bytes());
    for (index, row) in rows.iter().enumerate() {
        let (mut sorts, mut body) = (Vec::new(), Vec::new());
        for value in row {
            let (sort, bytes) = match value {
                Value::Null => (0, Vec::new()),
                Value::Whole(number) => (6, number.to_be_bytes().to_vec()),
                Value::Real(number) => (7, number.to_be_bytes().to_vec()),
                Value::Text(text) => (13 + 2 * text.len(), text.clone().into_bytes()),
                Value::Bytes(bytes) => (12 + 2 * bytes.len(), bytes.clone()),
            };
            sorts.extend(written(sort));
            body.extend(bytes);
        }
        let payload = [written(sorts.len() + 1), sorts, body].concat();
        let cell = [written(payload.len()), written(index + 1), payload].concat();
        end -= cell.len();
        page[end..end + cell.len()].copy_from_slice(&cell);
        page[head + 8 + 2 * index..head + 10 + 2 * index].copy_from_slice(&(end as u16).to_be_bytes());
    }
    page
}

pub fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// What SQLite itself wrote: `harbour (id INTEGER PRIMARY KEY, ship, weight, log)` with an index, and a table by its key alone.
pub fn tree() -> Vec<u8> {
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(&include_bytes!("tree.db.gz")[..]).read_to_end(&mut bytes).unwrap();
    bytes
}

fn rows_of(bytes: &[u8], name: &str) -> (Vec<Vec<Value>>, Missed) {
    let mut database = Database::open(bytes).unwrap();
    let (tables, _) = database.tables();
    let table = tables.iter().find(|table| table.name == name).unwrap();
    let mut rows = Vec::new();
    let missed = database.rows(table.root, |number, values| {
        rows.push(table.whole(number, values));
        true
    });
    (rows, missed)
}

#[test]
fn rows_of_many_pages_come_in_their_order_with_what_lies_on_further_pages() {
    let bytes = tree();
    let (rows, missed) = rows_of(&bytes, "harbour");
    assert_eq!((rows.len(), missed), (299, Missed::default()));
    assert_eq!(rows[0], [Value::Whole(3), text("船 1"), Value::Real(0.25), Value::Null]);
    assert_eq!(rows[49][3], text(&"x".repeat(350)));
    assert_eq!(rows[298], [Value::Whole(900), text("船 300"), Value::Whole(-300), text(&"x".repeat(2100))]);
    let (keyed, missed) = rows_of(&bytes, "keyed");
    let mut places: Vec<String> = keyed.iter().map(|row| row[0].text().unwrap()).collect();
    assert_eq!((keyed.len(), missed.damaged), (300, 0));
    places.sort();
    assert_eq!(places[1], "c001");
    assert!(keyed.contains(&vec![text("c007"), Value::Whole(1), text("b1")]));
}

#[test]
fn whatever_is_changed_ends() {
    let whole = tree();
    for end in (0..whole.len()).step_by(97) {
        if let Some(mut database) = Database::open(&whole[..end]) {
            for table in database.tables().0 {
                database.rows(table.root, |_, _| true);
            }
        }
    }
    for at in (0..whole.len()).step_by(3) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0xff;
        let Some(mut database) = Database::open(&bytes) else { continue };
        let mut count = 0usize;
        for table in database.tables().0 {
            database.rows(table.root, |_, _| {
                count += 1;
                true
            });
        }
        assert!(count < 20_000, "{at}: {count}");
    }
}

#[test]
fn small_files_of_ours_are_read_too() {
    let bytes = database(&[(
        "t",
        "CREATE TABLE t (n INTEGER PRIMARY KEY, a TEXT, b BLOB)",
        vec![vec![Value::Null, text("one"), Value::Bytes(vec![1, 2])]],
    )]);
    assert_eq!(rows_of(&bytes, "t").0, [vec![Value::Whole(1), text("one"), Value::Bytes(vec![1, 2])]]);
}
