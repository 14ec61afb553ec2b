//! Telegram Desktop's export as JSON: one chat, or all of an account.
//!
//! Keeps: service messages (calls, who joined, what was pinned) are messages too. Does not know: the media beside the file.

use serde_json::Value;

use super::{Message, Thread, moment, scalar, text_of};

/// What a message may hold beside its words, in the order in which it is told.
const BESIDE: [&str; 24] = [
    "action",
    "members",
    "duration_seconds",
    "discard_reason",
    "title",
    "forwarded_from",
    "reply_to_message_id",
    "via_bot",
    "edited",
    "photo",
    "file",
    "file_name",
    "media_type",
    "mime_type",
    "sticker_emoji",
    "performer",
    "place_name",
    "address",
    "location_information",
    "contact_information",
    "poll",
    "game_title",
    "invoice_information",
    "self_destruct_period_seconds",
];

/// The chats of an export, if it is one.
pub fn threads(value: &Value) -> Option<Vec<Thread>> {
    let lists = ["chats", "left_chats"].iter().filter_map(|key| value.get(key)?.get("list")?.as_array());
    let chats: Vec<&Value> = lists.flatten().collect();
    let chats = if chats.is_empty() { vec![value] } else { chats };
    let threads: Vec<Thread> = chats.into_iter().filter_map(thread).collect();
    (!threads.is_empty()).then_some(threads)
}

fn thread(chat: &Value) -> Option<Thread> {
    let messages = chat.get("messages")?.as_array()?;
    let known = |one: &Value| {
        let sort = one.get("type").and_then(Value::as_str);
        matches!(sort, Some("message" | "service")) && (one.get("date").is_some() || one.get("date_unixtime").is_some())
    };
    let all = !messages.is_empty() && messages.iter().all(known);
    all.then(|| Thread { name: text_of(chat, "name"), messages: messages.iter().map(message).collect() })
}

fn message(one: &Value) -> Message {
    let seconds = text_of(one, "date_unixtime").and_then(|seconds| seconds.parse::<i64>().ok());
    let when = seconds.and_then(|seconds| moment(seconds.checked_mul(1000)?)).or_else(|| text_of(one, "date"));
    let from = text_of(one, "from").or_else(|| text_of(one, "actor")).or_else(|| text_of(one, "from_id"));
    let beside = BESIDE.iter().filter_map(|key| Some(((*key).to_owned(), flat(one.get(key)?)?))).collect();
    Message { from, when, text: one.get("text").map(words).unwrap_or_default(), beside }
}

/// Words in one piece or in several, some of them marked as links, bold or the like.
fn words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(pieces) => pieces
            .iter()
            .map(|piece| match piece {
                Value::String(text) => text.clone(),
                marked => {
                    let text = text_of(marked, "text").unwrap_or_default();
                    // A link that says another address than it leads to.
                    match text_of(marked, "href").filter(|address| *address != text) {
                        Some(address) => format!("{text} ({address})"),
                        None => text,
                    }
                }
            })
            .collect(),
        _ => String::new(),
    }
}

/// A value in a line.
fn flat(value: &Value) -> Option<String> {
    let text = match value {
        Value::Array(all) => all.iter().filter_map(flat).collect::<Vec<_>>().join(", "),
        Value::Object(all) => all
            .iter()
            .filter_map(|(name, value)| Some(format!("{name} {}", flat(value)?)))
            .collect::<Vec<_>>()
            .join(", "),
        value => scalar(value)?,
    };
    Some(text).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use crate::chats::of_json;

    #[test]
    fn words_in_pieces_calls_and_files_are_told() {
        let export = r#"{"name":"H","type":"personal_chat","id":1,"messages":[
            {"id":1,"type":"message","date":"2024-01-15T10:30:00","date_unixtime":"1705315800","from":"林","text":["Come ",{"type":"bold","text":"back"},
              {"type":"text_link","text":" here","href":"https://example.org"}],"edited":"2024-01-15T10:31:00"},
            {"id":2,"type":"service","date":"2024-01-16T10:00:00","actor":"林","actor_id":"user1","action":"phone_call","duration_seconds":43,"text":""},
            {"id":3,"type":"message","date":"2024-01-16T10:01:00","from":null,"from_id":"user7","photo":"photos/1.jpg","text":""}]}"#;
        let (application, threads) = of_json(export).unwrap();
        assert_eq!((application, threads.len(), threads[0].name.as_deref()), ("Telegram", 1, Some("H")));
        let told: Vec<_> =
            threads[0].messages.iter().map(|m| (m.from.as_deref(), m.when.as_deref(), m.told())).collect();
        let expected = [
            (
                Some("林"),
                Some("2024-01-15T10:50:00Z"),
                "Come back here (https://example.org)\n[edited: 2024-01-15T10:31:00]",
            ),
            (Some("林"), Some("2024-01-16T10:00:00"), "[action: phone_call]\n[duration_seconds: 43]"),
            (Some("user7"), Some("2024-01-16T10:01:00"), "[photo: photos/1.jpg]"),
        ];
        assert_eq!(told, expected.map(|(from, when, text)| (from, when, text.to_owned())));
    }

    #[test]
    fn an_account_is_several_chats_and_other_json_is_none() {
        let chat = r#"{"name":"N","messages":[{"type":"message","date":"2024-01-15T10:30:00","text":"x"}]}"#;
        let all = format!(r#"{{"chats":{{"list":[{chat},{chat}]}},"left_chats":{{"list":[{chat}]}}}}"#);
        assert_eq!(of_json(&all).unwrap().1.len(), 3);
        for other in
            [r#"{"messages":[]}"#, r#"{"messages":[{"type":"message"}]}"#, "[1]", "{", r#"{"messages":[{"a":1}]}"#]
        {
            assert!(of_json(other).is_none(), "{other}");
        }
    }
}
