//! Lists of calls of telephones: `CallHistory.storedata` and `call_history.db` of iOS; `calllog.db` and `contacts2.db` of Android.
//!
//! Keeps: a call is a row: number with name, direction, seconds. Does not know: the telephone's own number.

use casemate_ports::reading::Kind;

use super::{Known, Message, Thread, apple, moment, party, unix_ms};
use crate::chats::phone;
use crate::sqlite::{Source, Value};

/// What Apple's numbers for the sort of a call mean.
const SORTS: [(i64, &str); 3] = [(1, "telephone"), (8, "FaceTime video"), (16, "FaceTime audio")];
/// Tables of Android's contacts that are told as rows beside the calls.
const CONTACTS: &[&str] = &["contacts", "raw_contacts", "data", "phone_lookup", "groups", "accounts", "mimetypes"];

/// The calls of a database, if it is one of those.
pub fn known(source: &mut Source<'_, '_>) -> Option<Known> {
    let (application, calls) = if source.has("ZCALLRECORD", &["ZADDRESS", "ZDATE", "ZDURATION"]) {
        ("iOS calls", apples(source))
    } else if source.has("call", &["address", "date", "duration", "flags"]) {
        ("iOS calls", old_apples(source))
    } else if source.has("calls", &["number", "date", "duration", "type"]) {
        ("Android calls", androids(source))
    } else {
        return None;
    };
    let threads = vec![Thread { name: None, messages: calls }];
    Some(Known { application, kind: Kind::CallLog, threads, beside: CONTACTS })
}

fn call(when: Option<String>, parts: [Option<String>; 5]) -> Message {
    let text = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" | ");
    Message { when, text, ..Message::default() }
}

fn seconds(value: &Value) -> Option<String> {
    Some(format!("{} s", value.whole()?))
}

/// An address as text, or as the bytes of one.
fn address(value: &Value) -> Option<String> {
    value.text().or_else(|| Some(String::from_utf8_lossy(value.bytes()?).trim_matches('\0').to_owned()))
}

fn apples(source: &mut Source<'_, '_>) -> Vec<Message> {
    let columns = [
        "ZDATE",
        "ZADDRESS",
        "ZNAME",
        "ZORIGINATED",
        "ZANSWERED",
        "ZDURATION",
        "ZCALLTYPE",
        "ZLOCATION",
        "ZSERVICE_PROVIDER",
    ];
    let rows = source.select("ZCALLRECORD", columns);
    let told =
        rows.into_iter().map(|[date, number, name, originated, answered, duration, sort, location, provider]| {
            let answered = answered.whole() != Some(0);
            let direction = if originated.whole() == Some(1) {
                "outgoing"
            } else if answered {
                "incoming"
            } else {
                "missed"
            };
            let named = sort.whole().map(|sort| {
                SORTS
                    .iter()
                    .find(|(number, _)| *number == sort)
                    .map_or(format!("sort {sort}"), |(_, name)| (*name).to_owned())
            });
            let sort = named.or_else(|| provider.text());
            let who = party(name.text(), address(&number));
            call(apple(&date), [who, Some(direction.to_owned()), seconds(&duration), sort, location.text()])
        });
    told.collect()
}

fn old_apples(source: &mut Source<'_, '_>) -> Vec<Message> {
    /// Bit of a call that went out.
    const OUTGOING: i64 = 1;
    let rows = source.select("call", ["date", "address", "flags", "duration"]);
    let told = rows.into_iter().map(|[date, number, flags, duration]| {
        let sent = flags.whole().is_some_and(|flags| flags & OUTGOING != 0);
        let when = date.whole().and_then(|date| moment(date.checked_mul(1000)?));
        let direction = if sent { "outgoing" } else { "incoming" };
        call(when, [address(&number), Some(direction.to_owned()), seconds(&duration), None, None])
    });
    told.collect()
}

fn androids(source: &mut Source<'_, '_>) -> Vec<Message> {
    let columns = ["date", "number", "name", "type", "duration", "geocoded_location"];
    let rows = source.select("calls", columns);
    let told = rows.into_iter().map(|[date, number, name, sort, duration, location]| {
        let sort = sort.text().map(|sort| phone::direction(&sort));
        call(unix_ms(&date), [party(name.text(), number.text()), sort, seconds(&duration), None, location.text()])
    });
    told.collect()
}
