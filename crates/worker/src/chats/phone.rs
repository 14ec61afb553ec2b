//! Messages and calls of an Android telephone, as "SMS Backup & Restore" writes them.
//!
//! Keeps: a message that was sent says to whom (`→`), one that came says from whom; pictures of messages are handed over.
//! Does not know: the telephone's own number.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use casemate_ports::reading::{Kind, Severity};

use super::{Message, Thread, moment, tell};
use crate::markup::{Attributes, Mark, walk};
use crate::out::{Out, Read};

const TYPE: &str = "text/xml";
/// Sorts of messages and of calls, by the number that stands for them.
const SENT: &str = "2";
const CALLS: [(&str, &str); 7] = [
    ("1", "incoming"),
    ("2", "outgoing"),
    ("3", "missed"),
    ("4", "voicemail"),
    ("5", "rejected"),
    ("6", "blocked"),
    ("7", "answered elsewhere"),
];
/// Who an address of a message is: its sender.
const SENDER: &str = "137";
/// Most parts of messages that are handed over.
const MAX_PARTS: usize = 4000;

/// Whether the head of a text is such a file.
pub fn looks_like_phone(head: &str) -> bool {
    let start = head.trim_start_matches(['\u{feff}', ' ', '\n', '\r']);
    start.starts_with('<') && (start.contains("<smses") || start.contains("<calls")) && start.contains("date=\"")
}

#[derive(Default)]
struct Phone {
    messages: Vec<Message>,
    calls: usize,
    /// A message in parts that is open, whether it was sent, and who else it names.
    open: Option<(Message, bool)>,
    parts: Vec<(String, String, Vec<u8>)>,
    damaged: usize,
}

/// Reads a file.
pub fn read(bytes: &[u8], out: &mut Out) -> Read {
    let mut phone = Phone::default();
    let whole = walk(bytes, |mark| match mark {
        Mark::Open(name, attributes) => phone.open(name, &attributes),
        Mark::Close("mms") => phone.close(),
        _ => {}
    });
    phone.close();
    let kind = if phone.calls == phone.messages.len() { Kind::CallLog } else { Kind::Chat };
    let thread = Thread { name: None, messages: phone.messages };
    tell("SMS Backup & Restore", TYPE, kind, vec![thread], out)?;
    for (name, media_type, content) in &phone.parts {
        out.part(name, media_type, content)?;
    }
    if phone.damaged > 0 {
        out.finding(
            "part-unread",
            Severity::Partial,
            &format!("{} parts of messages can't be unpacked", phone.damaged),
        )?;
    }
    if !whole {
        out.finding("truncated", Severity::Partial, "it ends within")?;
    }
    Ok(())
}

/// An attribute that says something: these files write `null` where there is nothing.
fn said(attributes: &Attributes<'_>, name: &str) -> Option<String> {
    attributes.get(name).filter(|value| !value.is_empty() && value != "null")
}

/// Number and name as one: `Jane <+1555>`.
fn party(attributes: &Attributes<'_>, number: &str) -> Option<String> {
    let name = said(attributes, "contact_name").filter(|name| name != "(Unknown)");
    match (name, said(attributes, number)) {
        (Some(name), Some(number)) => Some(format!("{name} <{number}>")),
        (one, other) => one.or(other),
    }
}

fn time(attributes: &Attributes<'_>) -> Option<String> {
    moment(said(attributes, "date")?.parse().ok()?)
}

/// Towards whom: an arrow where it was sent.
fn directed(party: Option<String>, sent: bool) -> Option<String> {
    if sent { Some(format!("→ {}", party.unwrap_or_default()).trim_end().to_owned()) } else { party }
}

impl Phone {
    fn open(&mut self, name: &str, attributes: &Attributes<'_>) {
        match name {
            "sms" => {
                let sent = said(attributes, "type").is_some_and(|sort| sort == SENT);
                let text = said(attributes, "body").unwrap_or_default();
                let beside = said(attributes, "subject").map(|subject| ("subject".to_owned(), subject));
                let from = directed(party(attributes, "address"), sent);
                self.messages.push(Message {
                    from,
                    when: time(attributes),
                    text,
                    beside: beside.into_iter().collect(),
                });
            }
            "mms" => {
                let sent = said(attributes, "msg_box").is_some_and(|sort| sort == SENT);
                let beside = said(attributes, "sub").map(|subject| ("subject".to_owned(), subject));
                let from = directed(party(attributes, "address"), sent);
                let when = time(attributes);
                self.open =
                    Some((Message { from, when, text: String::new(), beside: beside.into_iter().collect() }, sent));
            }
            "part" => self.part(attributes),
            "addr" => {
                if let (Some((open, _)), Some(address)) = (&mut self.open, said(attributes, "address")) {
                    let role = if said(attributes, "type").is_some_and(|sort| sort == SENDER) { "from" } else { "to" };
                    open.beside.push((role.to_owned(), address));
                }
            }
            "call" => {
                self.calls += 1;
                let sort = said(attributes, "type").unwrap_or_default();
                let sort =
                    CALLS.iter().find(|(number, _)| *number == sort).map_or(sort.as_str(), |(_, sort)| sort).to_owned();
                let seconds = said(attributes, "duration").map(|seconds| format!("{seconds} s"));
                let parts: Vec<String> =
                    [party(attributes, "number"), Some(sort), seconds].into_iter().flatten().collect();
                self.messages.push(Message { when: time(attributes), text: parts.join(" | "), ..Message::default() });
            }
            _ => {}
        }
    }

    fn part(&mut self, attributes: &Attributes<'_>) {
        let Some((open, _)) = &mut self.open else { return };
        let media_type = said(attributes, "ct").unwrap_or_default();
        if media_type == "application/smil" {
            return;
        }
        if let Some(text) = said(attributes, "text") {
            if !open.text.is_empty() {
                open.text.push('\n');
            }
            open.text.push_str(&text);
        }
        let Some(data) = said(attributes, "data") else { return };
        let name =
            ["name", "cl", "fn"].iter().find_map(|key| said(attributes, key)).unwrap_or_else(|| "part".to_owned());
        open.beside.push(("file".to_owned(), name.clone()));
        match STANDARD.decode(data.trim()) {
            Ok(content) if self.parts.len() < MAX_PARTS => self.parts.push((name, media_type, content)),
            _ => self.damaged += 1,
        }
    }

    fn close(&mut self) {
        self.messages.extend(self.open.take().map(|(message, _)| message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use casemate_ports::reading::Place;

    use crate::out::tests::heard;

    #[test]
    fn messages_that_came_and_that_were_sent_with_their_pictures() {
        let file = "<?xml version='1.0'?><smses count=\"3\">\
            <sms address=\"+100\" date=\"1373929642000\" type=\"1\" subject=\"null\" body=\"A &amp; B&#10;C\" contact_name=\"(Unknown)\" />\
            <sms address=\"+200\" date=\"1373942505322\" type=\"2\" body=\"on my way\" contact_name=\"Jane\" />\
            <mms date=\"1414697344000\" msg_box=\"1\" address=\"+300\" contact_name=\"Gao\"><parts>\
            <part ct=\"application/smil\" text=\"x\"/><part ct=\"text/plain\" text=\"look\" />\
            <part ct=\"image/jpeg\" cl=\"p.jpg\" data=\"AQID\" /></parts>\
            <addrs><addr address=\"+300\" type=\"137\"/></addrs></mms></smses>";
        assert!(looks_like_phone(file));
        let h = heard(|out| read(file.as_bytes(), out));
        let told: Vec<_> =
            h.passages.iter().map(|p| (p.speaker.as_deref(), p.when.as_deref(), p.text.as_str())).collect();
        let expected = [
            (Some("+100"), Some("2013-07-15T23:07:22Z"), "A & B\nC"),
            (Some("→ Jane <+200>"), Some("2013-07-16T02:41:45Z"), "on my way"),
            (Some("Gao <+300>"), Some("2014-10-30T19:29:04Z"), "look\n[file: p.jpg]\n[from: +300]"),
        ];
        assert_eq!(told, expected);
        assert_eq!(h.parts, [("p.jpg".to_owned(), "image/jpeg".to_owned(), vec![1, 2, 3])]);
        assert_eq!(h.about.unwrap().kind, Kind::Chat);
    }

    #[test]
    fn calls_are_rows_of_a_list_of_calls() {
        let file = "<calls count=\"1\"><call number=\"555\" duration=\"43\" date=\"1411053850787\" type=\"1\" contact_name=\"Lin\" />\
            <call number=\"556\" duration=\"0\" date=\"1411053850787\" type=\"9\" />";
        let h = heard(|out| read(file.as_bytes(), out));
        assert_eq!(h.about.unwrap().kind, Kind::CallLog);
        let told: Vec<_> = h.passages.iter().map(|p| p.text.as_str()).collect();
        assert_eq!(told, ["Lin <555> | incoming | 43 s", "556 | 9 | 0 s"]);
        assert_eq!(h.passages[1].place, Place::Row { number: 2, column: None });
    }
}
