//! Google Chat's messages as Takeout exports them.
//!
//! Keeps: what was deleted is told as such. Does not know: the files beside it.

use jiff::civil::DateTime;
use serde_json::Value;

use super::{Message, Thread, text_of};

/// How it writes a time.
const WRITTEN: &str = "%A, %B %d, %Y at %I:%M:%S %p UTC";

/// The conversation of an export, if it is one.
pub fn threads(value: &Value) -> Option<Vec<Thread>> {
    let messages = value.get("messages")?.as_array()?;
    let known = |one: &Value| one.get("message_id").is_some() || one.get("topic_id").is_some();
    let all = !messages.is_empty() && messages.iter().all(known);
    all.then(|| vec![Thread { name: None, messages: messages.iter().map(message).collect() }])
}

fn message(one: &Value) -> Message {
    let from = one.get("creator").and_then(|who| match (text_of(who, "name"), text_of(who, "email")) {
        (Some(name), Some(address)) => Some(format!("{name} <{address}>")),
        (one, other) => one.or(other),
    });
    let said = text_of(one, "created_date");
    let when = said.as_deref().map(|said| moment(said).unwrap_or_else(|| said.to_owned()));
    let mut beside: Vec<(String, String)> = Vec::new();
    for key in ["message_state", "updated_date"] {
        beside.extend(text_of(one, key).map(|value| (key.to_owned(), value)));
    }
    if let Some(kept) = one.get("deletion_metadata").and_then(|kept| text_of(kept, "deletion_type")) {
        beside.push(("deletion_type".to_owned(), kept));
    }
    if let Some(quoted) = one.get("quoted_message_metadata").and_then(|quoted| text_of(quoted, "text")) {
        beside.push(("quoted".to_owned(), quoted));
    }
    for file in one.get("attached_files").and_then(Value::as_array).into_iter().flatten() {
        beside.extend(
            ["original_name", "export_name"].iter().find_map(|key| text_of(file, key)).map(|n| ("file".to_owned(), n)),
        );
    }
    Message { from, when, text: text_of(one, "text").unwrap_or_default(), beside }
}

/// A time as it is written there, as RFC 3339.
fn moment(said: &str) -> Option<String> {
    // Newer exports have a narrow space before AM and PM.
    let at = DateTime::strptime(WRITTEN, said.replace(['\u{202f}', '\u{a0}'], " ")).ok()?;
    Some(format!("{}Z", at.strftime("%Y-%m-%dT%H:%M:%S")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chats::of_json;

    #[test]
    fn a_conversation_with_a_file_and_a_deletion() {
        let export = r#"{"messages":[
            {"creator":{"name":"Lin","email":"l@example.org"},"created_date":"Monday, August 25, 2014 at 5:29:21 PM UTC","text":"come",
             "topic_id":"a","message_id":"b","attached_files":[{"original_name":"p.jpg","export_name":"File-p.jpg"}]},
            {"creator":{"name":"Gao"},"created_date":"yesterday","message_state":"DELETED","topic_id":"a","message_id":"c"}]}"#;
        let (application, threads) = of_json(export).unwrap();
        assert_eq!(application, "Google Chat");
        let told: Vec<_> =
            threads[0].messages.iter().map(|m| (m.from.as_deref(), m.when.as_deref(), m.told())).collect();
        let expected = [
            (Some("Lin <l@example.org>"), Some("2014-08-25T17:29:21Z"), "come\n[file: p.jpg]"),
            (Some("Gao"), Some("yesterday"), "[message_state: DELETED]"),
        ];
        assert_eq!(told, expected.map(|(from, when, text)| (from, when, text.to_owned())));
        assert_eq!(moment("Saturday, May 4, 2024 at 12:05:06\u{202f}AM UTC").as_deref(), Some("2024-05-04T00:05:06Z"));
    }
}
