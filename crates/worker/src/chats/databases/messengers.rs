//! Messages of Android's telephone, of Signal once its database is open, of WhatsApp on Android.
//!
//! Keeps: conversations apart. Does not know: files that were sent, which lie beside.

use std::collections::HashMap;

use casemate_ports::reading::Kind;

use super::{Known, Message, Thread, directed, party, unix_ms};
use crate::sqlite::{Source, Value};

/// The messages of a database, if it is one of those.
pub fn known(source: &mut Source<'_, '_>) -> Option<Known> {
    let (application, threads) = if source.has("sms", &["address", "date", "type", "body"]) {
        ("Android SMS", short_messages(source))
    } else if source.has("messages", &["conversationId", "body", "sent_at", "type"]) {
        ("Signal Desktop", signal_desktop(source))
    } else if source.has("message", &["thread_id", "from_recipient_id", "body", "date_sent"]) {
        ("Signal", signal_android(source))
    } else if source.has("message", &["chat_row_id", "from_me", "timestamp", "text_data"]) {
        ("WhatsApp", whatsapp(source))
    } else {
        return None;
    };
    Some(Known { application, kind: Kind::Chat, threads, beside: &[] })
}

/// Conversations in the order in which they begin.
#[derive(Default)]
struct Conversations {
    threads: Vec<Thread>,
    places: HashMap<String, usize>,
}

impl Conversations {
    fn take(&mut self, id: String, name: Option<&String>, message: Message) {
        let place = *self.places.entry(id.clone()).or_insert(self.threads.len());
        if place == self.threads.len() {
            let name = name.cloned().unwrap_or(id);
            self.threads.push(Thread { name: Some(name).filter(|name| !name.is_empty()), messages: Vec::new() });
        }
        if let Some(thread) = self.threads.get_mut(place) {
            thread.messages.push(message);
        }
    }
}

fn beside<const N: usize>(pairs: [(&str, Option<String>); N]) -> Vec<(String, String)> {
    pairs.into_iter().filter_map(|(name, said)| Some((name.to_owned(), said?))).collect()
}

fn short_messages(source: &mut Source<'_, '_>) -> Vec<Thread> {
    /// Sorts that are no message that came: sent, draft, outbox, failed, queued.
    const SENT: [(i64, &str); 5] = [(2, ""), (3, "draft"), (4, "to be sent"), (5, "failed"), (6, "queued")];
    let mut all = Conversations::default();
    let columns = ["thread_id", "address", "date", "type", "body", "subject", "date_sent"];
    for [thread, address, date, sort, body, subject, sent_at] in source.select("sms", columns) {
        let sort = sort.whole().and_then(|sort| SENT.iter().find(|(number, _)| *number == sort));
        let state = sort.map(|(_, state)| (*state).to_owned()).filter(|state| !state.is_empty());
        let address = address.text();
        let message = Message {
            from: directed(address.clone(), sort.is_some()),
            when: unix_ms(&date),
            text: body.text().unwrap_or_default(),
            beside: beside([("subject", subject.text()), ("state", state), ("sent", unix_ms(&sent_at))]),
        };
        all.take(thread.text().unwrap_or_default(), address.as_ref(), message);
    }
    all.threads
}

fn signal_desktop(source: &mut Source<'_, '_>) -> Vec<Thread> {
    let columns = ["id", "name", "profileFullName", "profileName", "e164", "serviceId"];
    let mut names: HashMap<String, String> = HashMap::new();
    let mut senders: HashMap<String, String> = HashMap::new();
    for [id, name, full, profile, number, service] in source.select("conversations", columns) {
        let name = [name, full, profile].iter().find_map(Value::text);
        let Some(whole) = party(name, number.text()) else { continue };
        senders.extend([number.text(), service.text()].into_iter().flatten().map(|id| (id, whole.clone())));
        names.extend(id.text().map(|id| (id, whole)));
    }
    let mut all = Conversations::default();
    let columns = [
        "conversationId",
        "body",
        "sent_at",
        "received_at",
        "type",
        "sourceServiceId",
        "source",
        "isErased",
        "expireTimer",
    ];
    for [conversation, body, sent, received, sort, service, number, erased, timer] in source.select("messages", columns)
    {
        let (id, sort) = (conversation.text().unwrap_or_default(), sort.text().unwrap_or_default());
        let by = [service, number].iter().find_map(Value::text).map(|id| senders.get(&id).cloned().unwrap_or(id));
        let other = names.get(&id).cloned();
        let outgoing = sort == "outgoing";
        let action = Some(sort).filter(|sort| !matches!(sort.as_str(), "incoming" | "outgoing" | ""));
        let message = Message {
            from: if outgoing { directed(other, true) } else { by.or(other) },
            when: unix_ms(&sent).or_else(|| unix_ms(&received)),
            text: body.text().unwrap_or_default(),
            beside: beside([
                ("action", action),
                ("deleted", Some("for everyone".to_owned()).filter(|_| erased.whole() == Some(1))),
                ("vanishes after", timer.text().filter(|timer| timer != "0").map(|timer| format!("{timer} s"))),
            ]),
        };
        all.take(id.clone(), names.get(&id), message);
    }
    all.threads
}

fn signal_android(source: &mut Source<'_, '_>) -> Vec<Thread> {
    /// Bits of the sort that say whether a message was sent, and the values that do.
    const BASE: i64 = 0x1f;
    const SENT: [i64; 7] = [21, 22, 23, 24, 25, 26, 28];
    let columns = ["_id", "system_joined_name", "profile_joined_name", "e164"];
    let mut people: HashMap<i64, String> = HashMap::new();
    for [id, system, profile, number] in source.select("recipient", columns) {
        let whole = party([system, profile].iter().find_map(Value::text), number.text());
        people.extend(id.whole().zip(whole));
    }
    let threads = source.select("thread", ["_id", "recipient_id"]);
    let names: HashMap<i64, String> =
        threads.iter().filter_map(|[id, who]| Some((id.whole()?, people.get(&who.whole()?)?.clone()))).collect();
    let mut all = Conversations::default();
    let columns = ["thread_id", "from_recipient_id", "body", "date_sent", "type", "remote_deleted", "expires_in"];
    for [thread, from, body, sent, sort, deleted, timer] in source.select("message", columns) {
        let outgoing = sort.whole().is_some_and(|sort| SENT.contains(&(sort & BASE)));
        let name = thread.whole().and_then(|thread| names.get(&thread));
        let by = from.whole().and_then(|from| people.get(&from).cloned());
        let message = Message {
            from: if outgoing { directed(name.cloned(), true) } else { by },
            when: unix_ms(&sent),
            text: body.text().unwrap_or_default(),
            beside: beside([
                ("deleted", Some("for everyone".to_owned()).filter(|_| deleted.whole() == Some(1))),
                ("vanishes after", timer.text().filter(|timer| timer != "0").map(|timer| format!("{timer} ms"))),
            ]),
        };
        all.take(thread.text().unwrap_or_default(), name, message);
    }
    all.threads
}

fn whatsapp(source: &mut Source<'_, '_>) -> Vec<Thread> {
    let jids = source.select("jid", ["_id", "raw_string"]);
    let jids: HashMap<i64, String> = jids.iter().filter_map(|[id, raw]| Some((id.whole()?, raw.text()?))).collect();
    let chats = source.select("chat", ["_id", "subject", "jid_row_id"]);
    let of = |jid: &Value| jid.whole().and_then(|jid| jids.get(&jid).cloned());
    let names: HashMap<i64, String> =
        chats.iter().filter_map(|[id, subject, jid]| Some((id.whole()?, party(subject.text(), of(jid))?))).collect();
    let media = source.select("message_media", ["message_row_id", "file_path", "mime_type"]);
    let media: HashMap<i64, String> =
        media.iter().filter_map(|[id, path, sort]| Some((id.whole()?, path.text().or_else(|| sort.text())?))).collect();
    let mut all = Conversations::default();
    let columns = ["_id", "chat_row_id", "from_me", "sender_jid_row_id", "timestamp", "text_data", "message_type"];
    for [id, chat, own, sender, when, text, sort] in source.select("message", columns) {
        let name = chat.whole().and_then(|chat| names.get(&chat));
        let outgoing = own.whole() == Some(1);
        let message = Message {
            from: if outgoing { directed(name.cloned(), true) } else { of(&sender).or_else(|| name.cloned()) },
            when: unix_ms(&when),
            text: text.text().unwrap_or_default(),
            beside: beside([
                ("file", id.whole().and_then(|id| media.get(&id).cloned())),
                ("sort", sort.text().filter(|sort| sort != "0")),
            ]),
        };
        all.take(chat.text().unwrap_or_default(), name, message);
    }
    all.threads
}
