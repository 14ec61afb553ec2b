//! WhatsApp's text exports: Android's and iOS's line forms, in any of their languages.
//!
//! Keeps: one passage a message, numbered from 1 in the file's order, continuation lines inside; words unchanged.
//! Does not know: time zones (the export has none), who the names are.

use casemate_ports::reading::{Kind, Passage, Place, Severity};

use crate::out::{Out, Read, about, passage};
use crate::stamp::{DIRECTION, Stamp, order, stamp, stamp_behind_time, verdict, written};
use crate::text::Decoded;

/// Marks that the apps put between words and dates, which say nothing.
const MARKS: [char; 11] = DIRECTION;
/// The marks behind the name that begin what the app says itself.
const OWN: [char; 2] = ['\u{200e}', '\u{200f}'];
/// Words, in the languages of the app, by which it says that a chat is enciphered: nobody in the chat says that.
const NOTICE: [&str; 22] = [
    "end-to-end",
    "Ende-zu-Ende",
    "bout en bout",
    "extremo a extremo",
    "ponta a ponta",
    "da un'estremità all'altra",
    "сквозным шифрованием",
    "наскрізним",
    "koncovým šifrováním",
    "بين الطرفين",
    "uçtan uca",
    "एंड-टू-एंड",
    "ujung ke ujung",
    "typu end",
    "エンドツーエンド",
    "종단간",
    "종단 간",
    "سرتاسری",
    "端到端",
    "端对端",
    "端對端",
    "đầu cuối",
];
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
            let timed = stamp(inside).filter(|(stamp, _)| stamp.time.is_some());
            let (stamp, rest) = timed.or_else(|| stamp_behind_time(inside))?;
            (stamp, rest.trim_start_matches(MARKS).strip_prefix(']')?.trim_start_matches(MARKS).strip_prefix(' ')?)
        }
        None => {
            let timed = stamp(line).filter(|(stamp, _)| stamp.time.is_some());
            let (stamp, rest) = timed.or_else(|| stamp_behind_time(line))?;
            let rest = rest.trim_start_matches(MARKS);
            (stamp, rest.strip_prefix(" - ").or_else(|| rest.strip_prefix(" – "))?)
        }
    };
    stamp.time?;
    let rest = rest.trim_start_matches(MARKS);
    let (speaker, text) = match rest.split_once(": ").or_else(|| rest.strip_suffix(':').map(|name| (name, ""))) {
        Some((name, text)) if name.chars().count() <= MAX_NAME => (Some(name.trim_matches(MARKS).to_owned()), text),
        _ => (None, rest),
    };
    let own = text.starts_with(OWN) && NOTICE.iter().any(|words| text.contains(words));
    let speaker = speaker.filter(|_| !own);
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
    fn other_languages_orders_and_digits() {
        let both = |one: &str, other: &str| {
            let h = chat(&format!("{one}\n{other}\n"));
            let told =
                |at: usize| (h.passages[at].speaker.clone(), h.passages[at].when.clone(), h.passages[at].text.clone());
            (told(0), told(1))
        };
        let of = |speaker: Option<&str>, when: &str, text: &str| {
            (speaker.map(str::to_owned), Some(when.to_owned()), text.to_owned())
        };
        let arabic = both(
            "[\u{200f}18\u{200f}/3\u{200f}/2022، 14:56:01] لين: \u{200e}الرسائل والمكالمات مشفرة تمامًا بين الطرفين",
            "\u{200f}[\u{200f}27\u{200f}/3\u{200f}/2022، 21:41:55] لين: عد",
        );
        assert_eq!(arabic.0, of(None, "2022-03-18T14:56:01", "الرسائل والمكالمات مشفرة تمامًا بين الطرفين"));
        assert_eq!(arabic.1, of(Some("لين"), "2022-03-27T21:41:55", "عد"));
        let vietnamese = both("[14:56:01, 3/18/22] Lin: về đi", "[21:41:35, 3/27/22] Lin: ngay");
        assert_eq!(vietnamese.1, of(Some("Lin"), "2022-03-27T21:41:35", "ngay"));
        let korean = both("2022. 3. 18. 오후 2:56 - 린: 돌아와", "2022. 3. 19. 오전 9:05 - 린: 지금");
        assert_eq!(korean.0, of(Some("린"), "2022-03-18T14:56", "돌아와"));
        let polish = both("18.03.2022, 14:56 - Lin: wróć", "27.03.2022, 21:41 - Lin: teraz");
        assert_eq!(polish.1, of(Some("Lin"), "2022-03-27T21:41", "teraz"));
        let hong_kong = both("18/3/2022 下午2:56 - 林: 返嚟", "27/3/2022 上午9:41 - 林: 而家");
        assert_eq!(hong_kong.1, of(Some("林"), "2022-03-27T09:41", "而家"));
        let who = both("[3/18/22, 14:56:00] Lin: Messages are end-to-end, he says", "[3/27/22, 21:41:35] Lin: x");
        assert_eq!(who.0.0.as_deref(), Some("Lin"));
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
