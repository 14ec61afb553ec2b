//! Apple's Messages: `chat.db` of macOS, `sms.db` of iOS.
//!
//! Keeps: words unchanged, from `attributedBody` where `text` is empty; edits with the words before them, withdrawals, reactions,
//! files and answers stand beside. Does not know: files that were sent, which lie in a folder of their own.

use std::collections::HashMap;

use casemate_ports::reading::Kind;

use super::{Known, Message, Thread, apple, directed};
use crate::sqlite::{Source, Value};

/// Reactions by their numbers; 1,000 more is one that was taken back.
const REACTIONS: [(i64, &str); 8] = [
    (2000, "loved"),
    (2001, "liked"),
    (2002, "disliked"),
    (2003, "laughed at"),
    (2004, "emphasised"),
    (2005, "questioned"),
    (2006, "reacted"),
    (2007, "sticker"),
];
/// What a message is that has no words of its own.
const SORTS: [(i64, &str); 6] = [
    (1, "somebody was added or left"),
    (2, "the name of the group was changed"),
    (3, "somebody left"),
    (4, "a place is shared"),
    (5, "kept sound"),
    (6, "call"),
];
/// The head of an archived text.
const ARCHIVE: &[u8] = b"streamtyped";
/// Stands where a file is shown.
const OBJECT: char = '\u{fffc}';
const COLUMNS: [&str; 19] = [
    "ROWID",
    "guid",
    "text",
    "attributedBody",
    "handle_id",
    "date",
    "is_from_me",
    "subject",
    "service",
    "associated_message_guid",
    "associated_message_type",
    "date_edited",
    "date_retracted",
    "message_summary_info",
    "item_type",
    "group_title",
    "thread_originator_guid",
    "associated_message_emoji",
    "balloon_bundle_id",
];

/// The messages of a database, if it is such a one.
pub fn known(source: &mut Source<'_, '_>) -> Option<Known> {
    if !source.has("message", &["guid", "handle_id", "is_from_me", "date"]) || !source.has("handle", &["id"]) {
        return None;
    }
    let threads = Archive::of(source).threads(source);
    Some(Known { application: "iMessage", kind: Kind::Chat, threads, beside: &[] })
}

/// What messages refer to.
struct Archive {
    handles: HashMap<i64, String>,
    /// Names of chats.
    chats: HashMap<i64, String>,
    chat_of: HashMap<i64, i64>,
    files: HashMap<i64, Vec<String>>,
    /// Thread and number of each message, by its own name.
    numbers: HashMap<String, (usize, usize)>,
}

impl Archive {
    fn of(source: &mut Source<'_, '_>) -> Self {
        let pairs = |rows: Vec<[Value; 2]>| -> Vec<(i64, i64)> {
            rows.into_iter().filter_map(|[one, other]| Some((one.whole()?, other.whole()?))).collect()
        };
        let handles = source.select("handle", ["ROWID", "id"]);
        let handles = handles.into_iter().filter_map(|[row, id]| Some((row.whole()?, id.text()?))).collect();
        let chats = source.select("chat", ["ROWID", "display_name", "chat_identifier"]);
        let chats =
            chats.into_iter().filter_map(|[row, name, id]| Some((row.whole()?, name.text().or_else(|| id.text())?)));
        let chats = chats.collect();
        let chat_of = pairs(source.select("chat_message_join", ["message_id", "chat_id"])).into_iter().collect();
        let names = source.select("attachment", ["ROWID", "transfer_name", "filename", "mime_type", "total_bytes"]);
        let names: HashMap<i64, String> = names
            .into_iter()
            .filter_map(|[row, name, path, sort, bytes]| {
                let name = name.text().or_else(|| path.text()).unwrap_or_else(|| "without a name".to_owned());
                let more: Vec<String> =
                    [sort.text(), bytes.text().map(|bytes| format!("{bytes} bytes"))].into_iter().flatten().collect();
                Some((row.whole()?, if more.is_empty() { name } else { format!("{name} ({})", more.join(", ")) }))
            })
            .collect();
        let mut files: HashMap<i64, Vec<String>> = HashMap::new();
        for (message, file) in pairs(source.select("message_attachment_join", ["message_id", "attachment_id"])) {
            files.entry(message).or_default().extend(names.get(&file).cloned());
        }
        Self { handles, chats, chat_of, files, numbers: HashMap::new() }
    }

    fn threads(mut self, source: &mut Source<'_, '_>) -> Vec<Thread> {
        let mut threads: Vec<Thread> = Vec::new();
        let mut places: HashMap<Option<i64>, usize> = HashMap::new();
        for row in source.select("message", COLUMNS) {
            let chat = row.first().and_then(Value::whole).and_then(|id| self.chat_of.get(&id).copied());
            let place = *places.entry(chat).or_insert(threads.len());
            if place == threads.len() {
                let name = chat.and_then(|chat| self.chats.get(&chat).cloned());
                threads.push(Thread { name: name.or_else(|| Some("no chat".to_owned())), messages: Vec::new() });
            }
            let Some(thread) = threads.get_mut(place) else { continue };
            let message = self.message(&row, thread.name.as_deref(), place);
            thread.messages.push(message);
            if let Some(guid) = row.get(1).and_then(Value::text) {
                self.numbers.insert(guid, (place, thread.messages.len()));
            }
        }
        if let [only] = threads.as_mut_slice() {
            only.name = only.name.take().filter(|name| name != "no chat");
        }
        threads
    }

    fn message(&self, row: &[Value; COLUMNS.len()], chat: Option<&str>, place: usize) -> Message {
        let [
            id,
            _,
            text,
            body,
            handle,
            date,
            own,
            subject,
            service,
            to,
            reaction,
            edited,
            withdrawn,
            history,
            sort,
            title,
            answers,
            sign,
            program,
        ] = row;
        let handle = handle.whole().and_then(|handle| self.handles.get(&handle).cloned());
        let sent = own.whole() == Some(1);
        let from = if sent { directed(chat.map(str::to_owned).or(handle), true) } else { handle };
        let text = text.text().or_else(|| archived(body.bytes()?)).unwrap_or_default();
        let text = text.replace(OBJECT, "").trim().to_owned();
        let mut beside: Vec<(String, String)> = Vec::new();
        let mut tell = |name: &str, said: Option<String>| beside.extend(said.map(|said| (name.to_owned(), said)));
        tell("subject", subject.text());
        for file in id.whole().and_then(|id| self.files.get(&id)).into_iter().flatten() {
            tell("file", Some(file.clone()));
        }
        tell("reaction", reaction.whole().and_then(|number| self.reaction(number, sign, to, place)));
        tell("answers", answers.text().map(|guid| self.named(&guid, place)));
        tell("edited", apple(edited));
        for (number, earlier) in (1..).zip(earlier(history, &text)) {
            tell(&format!("version {number}"), Some(earlier));
        }
        tell("withdrawn", apple(withdrawn));
        let sort = sort.whole().and_then(|sort| SORTS.iter().find(|(number, _)| *number == sort));
        tell("action", sort.map(|(_, said)| (*said).to_owned()));
        tell("title", title.text());
        tell("program", program.text());
        tell("service", service.text().filter(|service| service != "iMessage"));
        Message { from, when: apple(date), text, beside }
    }

    fn reaction(&self, number: i64, sign: &Value, to: &Value, place: usize) -> Option<String> {
        let (plain, taken) = if number >= 3000 { (number - 1000, "taken back: ") } else { (number, "") };
        let (_, name) = REACTIONS.iter().find(|(own, _)| *own == plain)?;
        let sign = sign.text().map(|sign| format!(" with {sign}")).unwrap_or_default();
        // `p:0/GUID` is a part of a message, `bp:GUID` its bubble.
        let guid = to.text().unwrap_or_default();
        let guid = guid.rsplit(['/', ':']).next().unwrap_or_default();
        Some(format!("{taken}{name}{sign}, {}", self.named(guid, place)))
    }

    /// A message that another one refers to, by its number where it is in the same chat.
    fn named(&self, guid: &str, place: usize) -> String {
        match self.numbers.get(guid) {
            Some((of, number)) if *of == place => format!("message {number}"),
            _ => guid.to_owned(),
        }
    }
}

/// The words of an archived text: the first string in it, behind a `+` and its length.
fn archived(bytes: &[u8]) -> Option<String> {
    bytes.windows(ARCHIVE.len()).position(|window| window == ARCHIVE).filter(|at| *at <= 4)?;
    let class = bytes.windows(8).position(|window| window == b"NSString")?;
    let rest = bytes.get(class + 8..)?;
    // One sign, `+`: bytes follow.
    let at = rest.windows(3).position(|window| window == [0x84, 0x01, b'+'])?;
    let rest = rest.get(at + 3..)?;
    let (len, rest) = match rest {
        [0x81, low, high, rest @ ..] => (usize::from(u16::from_le_bytes([*low, *high])), rest),
        [0x82, a, b, c, d, rest @ ..] => (usize::try_from(u32::from_le_bytes([*a, *b, *c, *d])).ok()?, rest),
        [len, rest @ ..] if *len < 0x80 => (usize::from(*len), rest),
        _ => return None,
    };
    Some(String::from_utf8_lossy(rest.get(..len)?).into_owned())
}

/// What an edited message said before: the archived texts that its history holds, without the one that stands now.
fn earlier(history: &Value, now: &str) -> Vec<String> {
    /// Most versions that are told.
    const MOST: usize = 32;
    let Some(bytes) = history.bytes() else { return Vec::new() };
    let starts = bytes.windows(ARCHIVE.len()).enumerate().filter(|(_, window)| *window == ARCHIVE).map(|(at, _)| at);
    let starts: Vec<usize> = starts.take(MOST).collect();
    let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
    let texts = starts.iter().zip(ends).filter_map(|(from, to)| archived(bytes.get(*from..to)?));
    texts
        .map(|text| text.replace(OBJECT, "").trim().to_owned())
        .filter(|text| !text.is_empty() && text != now)
        .collect()
}

#[cfg(test)]
mod tests;
