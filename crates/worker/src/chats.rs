//! Chats and calls as telephones and services export them: one model for all.
//!
//! Keeps: messages are numbered from 1 in the file's order; words unchanged, what is no words stands in brackets behind them;
//! a time has the offset that the source gives. Does not know: who the names are.

pub mod phone;
pub mod takeout;
pub mod telegram;

use std::collections::BTreeSet;

use casemate_ports::reading::{Kind, Passage, Place};
use jiff::Timestamp;
use serde_json::Value;

use crate::out::{Out, Read, about, passage};

/// One message or call.
#[derive(Debug, Default)]
pub struct Message {
    pub from: Option<String>,
    pub when: Option<String>,
    pub text: String,
    /// What is no words: attachments, marks of edits and of deletion, what a service says.
    pub beside: Vec<(String, String)>,
}

impl Message {
    /// Its words, then what stands beside them, in brackets.
    fn told(&self) -> String {
        let mut text = self.text.trim_end().to_owned();
        for (name, value) in &self.beside {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&format!("[{name}: {value}]"));
        }
        text
    }
}

/// The messages of one conversation.
#[derive(Debug, Default)]
pub struct Thread {
    pub name: Option<String>,
    pub messages: Vec<Message>,
}

/// Tells conversations; where there are several each is a part of its name.
pub fn tell(application: &str, media_type: &str, kind: Kind, threads: Vec<Thread>, out: &mut Out) -> Read {
    let count: usize = threads.iter().map(|thread| thread.messages.len()).sum();
    let mut metadata =
        vec![("application".to_owned(), application.to_owned()), ("messages".to_owned(), count.to_string())];
    metadata.extend(threads.iter().filter_map(|thread| Some(("thread".to_owned(), thread.name.clone()?))));
    let names: BTreeSet<&String> = threads.iter().flat_map(|t| &t.messages).filter_map(|m| m.from.as_ref()).collect();
    metadata.extend(names.into_iter().map(|name| ("participant".to_owned(), name.clone())));
    out.about(about(kind, media_type, metadata))?;
    let several = threads.len() > 1;
    for (index, thread) in (1..).zip(&threads) {
        let name = thread.name.clone().unwrap_or_else(|| index.to_string());
        for (number, message) in (1u64..).zip(&thread.messages) {
            let place = match kind {
                Kind::CallLog => Place::Row { number, column: None },
                _ => Place::Message { number },
            };
            let place = match several {
                true => Place::Part { name: name.clone(), inside: Box::new(place) },
                false => place,
            };
            let text = message.told();
            if !text.is_empty() {
                let (speaker, when) = (message.from.clone(), message.when.clone());
                out.passage(Passage { speaker, when, ..passage(place, text) })?;
            }
        }
    }
    Ok(())
}

/// Milliseconds since 1970 as RFC 3339.
fn moment(ms: i64) -> Option<String> {
    let at = Timestamp::from_millisecond(ms).ok()?;
    Some(at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
}

/// What a value says, if it is a text, a number or a yes or no.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(yes.to_string()),
        _ => None,
    }
}

/// The text under a key.
fn text_of(value: &Value, key: &str) -> Option<String> {
    scalar(value.get(key)?)
}

/// A JSON text as a chat, if it is one of those that are known.
pub fn of_json(text: &str) -> Option<(&'static str, Vec<Thread>)> {
    let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()?;
    let telegram = telegram::threads(&value).map(|threads| ("Telegram", threads));
    telegram.or_else(|| takeout::threads(&value).map(|threads| ("Google Chat", threads)))
}
