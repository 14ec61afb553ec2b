//! WhatsApp's text exports: Android's and iOS's line forms, in any of their languages.
//!
//! Keeps: one passage a message, numbered from 1 in the file's order, continuation lines inside; words unchanged.
//! Does not know: time zones (the export has none), who the names are.

use casemate_ports::reading::{Kind, Passage, Place, Severity};

use crate::out::{Out, Read, about, passage};
use crate::stamp::{Stamp, order, stamp, verdict, written};
use crate::text::Decoded;

/// Marks that the apps put between words and dates, which say nothing.
const MARKS: [char; 5] = ['\u{200e}', '\u{200f}', '\u{202a}', '\u{202c}', '\u{feff}'];
/// Longest name before the colon, characters.
const MAX_NAME: usize = 120;
/// How many lines are looked at when a chat is told from other texts.
const LOOK: usize = 60;

#[derive(Debug)]
struct Message {
    stamp: Stamp,
    speaker: Option<String>,
    text: String,
}

/// Whether the head of a text is such an export: its first line is a message, and not by chance.
pub fn looks_like_whatsapp(head: &str) -> bool {
    let mut lines = head.lines().filter(|l| !l.trim().is_empty()).take(LOOK);
    let first = lines.next().and_then(start_of);
    let Some(first) = first.filter(|m| m.stamp.time.is_some()) else {
        return false;
    };
    let more = lines.filter_map(start_of).filter(|m| m.stamp.time.is_some()).count();
    more > 0 || first.speaker.is_some() || head.contains("WhatsApp")
}

/// Reads an export.
pub fn read(source: &Decoded, out: &mut Out) -> Read {
    let messages = messages(&source.text);
    let stamps: Vec<Stamp> = messages.iter().map(|m| m.stamp).collect();
    let (order, finding) = verdict(order(&stamps));
    let mut names: Vec<&str> = messages.iter().filter_map(|m| m.speaker.as_deref()).collect();
    names.sort_unstable();
    names.dedup();
    let mut metadata = vec![
        ("encoding".to_owned(), source.encoding.to_owned()),
        ("application".to_owned(), "WhatsApp".to_owned()),
        ("messages".to_owned(), messages.len().to_string()),
    ];
    metadata.extend(names.iter().map(|n| ("participant".to_owned(), (*n).to_owned())));
    out.about(about(Kind::Chat, "text/plain", metadata))?;
    for (number, message) in (1u64..).zip(&messages) {
        let when = order.and_then(|o| written(&message.stamp, o));
        let plain = passage(Place::Message { number }, message.text.as_str());
        out.passage(Passage { when, speaker: message.speaker.clone(), ..plain })?;
    }
    match finding {
        Some((id, detail)) => out.finding(id, Severity::Note, detail),
        None => Ok(()),
    }
}

fn messages(text: &str) -> Vec<Message> {
    let mut all: Vec<Message> = Vec::new();
    for line in text.lines() {
        match (start_of(line), all.last_mut()) {
            (Some(message), _) => all.push(message),
            (None, Some(last)) => {
                last.text.push('\n');
                last.text.push_str(line.trim_start_matches(MARKS));
            }
            (None, None) => {}
        }
    }
    for message in &mut all {
        message.text.truncate(message.text.trim_end().len());
    }
    all
}

/// A line on which a message begins: `[date, time] Name: text` or `date, time - Name: text`.
fn start_of(line: &str) -> Option<Message> {
    let line = line.trim_start_matches(MARKS);
    let (stamp, rest) = match line.strip_prefix('[') {
        Some(inside) => {
            let (stamp, rest) = stamp(inside)?;
            (stamp, rest.strip_prefix(']')?.strip_prefix(' ')?)
        }
        None => {
            let (stamp, rest) = stamp(line)?;
            (stamp, rest.strip_prefix(" - ").or_else(|| rest.strip_prefix(" – "))?)
        }
    };
    stamp.time?;
    let rest = rest.trim_start_matches(MARKS);
    let (speaker, text) = match rest.split_once(": ").or_else(|| rest.strip_suffix(':').map(|name| (name, ""))) {
        Some((name, text)) if name.chars().count() <= MAX_NAME => (Some(name.trim_matches(MARKS).to_owned()), text),
        _ => (None, rest),
    };
    Some(Message { stamp, speaker, text: text.trim_start_matches(MARKS).to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::out::tests::{Heard, heard};
    use crate::text::decode;

    fn chat(text: &str) -> Heard {
        assert!(looks_like_whatsapp(text), "{text}");
        heard(|out| read(&decode(text.as_bytes()).unwrap(), out))
    }

    #[test]
    fn android_in_english_with_lines_media_and_the_system() {
        let h = chat(
            "31/12/2020, 23:59 - Messages are end-to-end encrypted.\n31/12/2020, 23:59 - Ada Vell: come back\nat once\n\nplease\n01/01/2021, 00:01 - Boro: IMG-1.jpg (file attached)\n",
        );
        assert_eq!(h.passages.len(), 3);
        assert_eq!(h.passages[0].speaker, None);
        assert_eq!(h.passages[1].speaker.as_deref(), Some("Ada Vell"));
        assert_eq!(h.passages[1].text, "come back\nat once\n\nplease");
        assert_eq!(h.passages[1].when.as_deref(), Some("2020-12-31T23:59"));
        assert_eq!(h.passages[2].place, Place::Message { number: 3 });
        assert_eq!(h.passages[2].text, "IMG-1.jpg (file attached)");
        assert!(h.findings.is_empty());
    }

    #[test]
    fn ios_in_chinese_and_french() {
        let h = chat(
            "[2021/3/4 下午11:05:06] 林微: 你回来吧\n\u{200e}[2021/3/4 下午11:06:00] 林微: \u{200e}<附件: 1.jpg>\n",
        );
        assert_eq!(h.passages[0].when.as_deref(), Some("2021-03-04T23:05:06"));
        assert_eq!(h.passages[0].speaker.as_deref(), Some("林微"));
        assert_eq!(h.passages[1].text, "<附件: 1.jpg>");
        let h = chat("[14/03/2021 à 23:05:06] Éva : rentre\n[14/03/2021 à 23:07:00] Éva: vite\n");
        assert_eq!(h.passages[0].when.as_deref(), Some("2021-03-14T23:05:06"));
    }

    #[test]
    fn ambiguous_days_get_no_date_and_a_finding() {
        let h = chat("03/04/21, 10:00 - A: one\n03/04/21, 10:01 - B: two\n");
        assert!(h.passages.iter().all(|p| p.when.is_none()));
        assert_eq!(h.findings, ["date-ambiguous"]);
        let h = chat("01/02/21, 10:00 - A: one\n03/01/21, 10:01 - B: two\n");
        assert_eq!(h.passages[1].when.as_deref(), Some("2021-03-01T10:01"));
        assert_eq!(h.findings, ["date-by-course"]);
    }

    #[test]
    fn other_texts_are_no_chats() {
        assert!(!looks_like_whatsapp("2020-12-31 a diary: nothing\nmore\n"));
        assert!(!looks_like_whatsapp("Minutes of 31/12/2020, 23:59\n"));
        assert!(!looks_like_whatsapp(""));
    }
}
