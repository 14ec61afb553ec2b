//! Databases of programs that keep messages and calls, told by their tables and columns.
//!
//! Keeps: a message that was sent says to whom (`→`), as in other chats. Does not know: files beside the database.

mod calls;
mod imessage;
mod messengers;

use casemate_ports::reading::Kind;

use super::{Message, Thread, moment};
use crate::sqlite::{Source, Value};

/// Seconds between 1970 and 2001, from which Apple counts.
const APPLE_EPOCH: i64 = 978_307_200;
/// From here on a number of Apple's is nanoseconds: as seconds it would be the year 33,000.
const NANOSECONDS: i64 = 1_000_000_000_000;

/// What was found in a database that is known.
pub struct Known {
    pub application: &'static str,
    pub kind: Kind,
    pub threads: Vec<Thread>,
    /// Tables that hold something else of worth: to be told as rows.
    pub beside: &'static [&'static str],
}

/// The messages or calls of a database, if it is one that is known.
pub fn threads(source: &mut Source<'_, '_>) -> Option<Known> {
    calls::known(source).or_else(|| imessage::known(source)).or_else(|| messengers::known(source))
}

/// A time as Apple counts it, in seconds or in nanoseconds; 0 is none.
fn apple(value: &Value) -> Option<String> {
    let ms = match value {
        Value::Real(seconds) if seconds.abs() < 1e11 => (seconds * 1000.0).round() as i64,
        value => match value.whole()? {
            0 => return None,
            at if at.abs() >= NANOSECONDS => at / 1_000_000,
            at => at.checked_mul(1000)?,
        },
    };
    moment(ms.checked_add(APPLE_EPOCH * 1000)?)
}

/// A time in milliseconds since 1970; 0 is none.
fn unix_ms(value: &Value) -> Option<String> {
    moment(value.whole().filter(|at| *at != 0)?)
}

/// Towards whom: an arrow where it was sent.
fn directed(party: Option<String>, sent: bool) -> Option<String> {
    if sent { Some(format!("→ {}", party.unwrap_or_default()).trim_end().to_owned()) } else { party }
}

/// Number or address and name as one.
fn party(name: Option<String>, number: Option<String>) -> Option<String> {
    match (name, number) {
        (Some(name), Some(number)) if name != number => Some(format!("{name} <{number}>")),
        (one, other) => one.or(other),
    }
}

#[cfg(test)]
mod tests {
    use casemate_ports::reading::Place;

    use crate::out::tests::{Heard, heard};
    use crate::sqlite::Value::{self, Null, Real, Whole};
    use crate::sqlite::tests::{database, text, tree};
    use crate::tables;

    fn told(heard: &Heard) -> Vec<(Option<&str>, Option<&str>, &str)> {
        heard.passages.iter().map(|p| (p.speaker.as_deref(), p.when.as_deref(), p.text.as_str())).collect()
    }

    fn read(tables: &[(&str, &str, Vec<Vec<Value>>)]) -> Heard {
        let bytes = database(tables);
        heard(|out| tables::read(&bytes, out))
    }

    #[test]
    fn calls_of_both_sorts_of_telephones() {
        let sql = "CREATE TABLE ZCALLRECORD (Z_PK INTEGER PRIMARY KEY, ZADDRESS VARCHAR, ZDATE TIMESTAMP, ZDURATION FLOAT, \
            ZORIGINATED INTEGER, ZANSWERED INTEGER, ZCALLTYPE INTEGER)";
        let rows = vec![
            vec![Null, text("+000 55"), Real(700_000_000.5), Real(61.9), Whole(1), Whole(0), Whole(1)],
            vec![
                Null,
                Value::Bytes(b"lin@example.org".to_vec()),
                Whole(700_000_060),
                Real(0.0),
                Whole(0),
                Whole(0),
                Whole(8),
            ],
        ];
        let h = read(&[("ZCALLRECORD", sql, rows)]);
        let expected = [
            (None, Some("2023-03-08T20:26:40Z"), "+000 55 | outgoing | 61 s | telephone"),
            (None, Some("2023-03-08T20:27:40Z"), "lin@example.org | missed | 0 s | FaceTime video"),
        ];
        assert_eq!(told(&h), expected);
        assert_eq!(h.passages[1].place, Place::Row { number: 2, column: None });
        let sql = "CREATE TABLE calls (_id INTEGER PRIMARY KEY, number TEXT, date INTEGER, duration INTEGER, type INTEGER, name TEXT)";
        let rows = vec![vec![Null, text("555"), Whole(1_700_000_000_000), Whole(43), Whole(3), text("Lin")]];
        let h = read(&[("calls", sql, rows)]);
        assert_eq!(told(&h), [(None, Some("2023-11-14T22:13:20Z"), "Lin <555> | missed | 43 s")]);
    }

    #[test]
    fn short_messages_and_messengers() {
        let sql = "CREATE TABLE sms (_id INTEGER PRIMARY KEY, thread_id INTEGER, address TEXT, date INTEGER, type INTEGER, body TEXT)";
        let at = 1_700_000_000_000;
        let rows = vec![
            vec![Null, Whole(1), text("+100"), Whole(at), Whole(1), text("come")],
            vec![Null, Whole(2), text("+200"), Whole(at), Whole(5), text("no")],
        ];
        let h = read(&[("sms", sql, rows)]);
        let when = Some("2023-11-14T22:13:20Z");
        assert_eq!(told(&h), [(Some("+100"), when, "come"), (Some("→ +200"), when, "no\n[state: failed]")]);
        assert_eq!(
            h.passages[1].place,
            Place::Part { name: "+200".into(), inside: Box::new(Place::Message { number: 1 }) }
        );
        let h = read(&[
            (
                "messages",
                "CREATE TABLE messages (id TEXT PRIMARY KEY, conversationId TEXT, body TEXT, sent_at INTEGER, type TEXT, sourceServiceId TEXT)",
                vec![
                    vec![text("a"), text("c"), text("回来"), Whole(at), text("incoming"), text("s")],
                    vec![text("b"), text("c"), text("no"), Whole(at), text("outgoing"), Null],
                ],
            ),
            (
                "conversations",
                "CREATE TABLE conversations (id TEXT PRIMARY KEY, name TEXT, e164 TEXT, serviceId TEXT)",
                vec![vec![text("c"), text("Lin"), text("+300"), text("s")]],
            ),
        ]);
        assert_eq!(told(&h), [(Some("Lin <+300>"), when, "回来"), (Some("→ Lin <+300>"), when, "no")]);
    }

    #[test]
    fn what_nobody_knows_is_tables_with_their_rows() {
        let bytes = tree();
        let h = heard(|out| tables::read(&bytes, out));
        let within = |name: &str, inside| Place::Part { name: name.into(), inside: Box::new(inside) };
        assert_eq!(h.passages[0].text, "harbour: id | ship | weight | log");
        assert_eq!(h.passages[0].place, within("harbour", Place::Whole));
        assert_eq!(h.passages[1].text, "3 | 船 1 | 0.25 | ");
        assert_eq!(h.passages[299].place, within("harbour", Place::Row { number: 299, column: None }));
        assert_eq!(h.passages[300].text, "keyed: c | a | b");
        let damaged: Vec<u8> = bytes[..bytes.len() / 2].to_vec();
        assert!(heard(|out| tables::read(&damaged, out)).findings.contains(&"row-unread".to_owned()));
        assert_eq!(heard(|out| tables::read(b"SQLite format 3\0", out)).findings, ["malformed"]);
    }
}
