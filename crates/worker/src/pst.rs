//! Outlook's PST: folders of messages, as [MS-PST] has them.
//!
//! Keeps: a message is told within its folder, by its number there; attachments are handed over whole; each folder is opened
//! once, however it is linked. Does not know: named properties, what was deleted and lies in free space.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, Read as _, Seek, SeekFrom};
use std::rc::Rc;

use casemate_fence::{ReplyError, Spool};
use casemate_ports::reading::{Kind, Passage, Place, Severity};
use casemate_ports::worker::{MAX_PART_BYTES, MAX_PARTS};
use jiff::Timestamp;
use outlook_pst::ltp::prop_context::PropertyValue;
use outlook_pst::messaging::attachment::{AnsiAttachment, Attachment, AttachmentData, UnicodeAttachment};
use outlook_pst::messaging::folder::Folder;
use outlook_pst::messaging::message::{AnsiMessage, Message, MessageProperties, UnicodeMessage};
use outlook_pst::messaging::store::{AnsiStore, EntryId, Store, UnicodeStore};
use outlook_pst::ndb::node_id::NodeId;
use outlook_pst::{AnsiPstFile, UnicodePstFile};

use crate::out::{Out, Read, about, passage, trouble};
use crate::text::{decode, paragraphs};
use crate::{html, rtf, scavenge};

const TYPE: &str = "application/vnd.ms-outlook";
/// Most messages, of all folders.
const MAX_MESSAGES: u64 = 100_000;
/// Deepest nesting of folders.
const MAX_DEPTH: usize = 32;
/// Bytes that are looked through for text where the file can't be opened.
const MAX_LOOSE: u64 = 256 << 20;
/// 100 ns between the years 1601 and 1970.
const EPOCH: i64 = 116_444_736_000_000_000;
/// Properties of a message, by the names that are shown.
const SHOWN: [(&str, u16); 4] = [("To", 0x0e04), ("Cc", 0x0e03), ("Bcc", 0x0e02), ("Subject", 0x0037)];
const SENDER: u16 = 0x0c1a;
const ADDRESSES: [u16; 3] = [0x5d01, 0x0c1f, 0x0065];
const TIMES: [u16; 2] = [0x0039, 0x0e06];
const CLASS: u16 = 0x001a;
const BODY: u16 = 0x1000;
const RTF: u16 = 0x1009;
const HTML: u16 = 0x1013;
const NAMES: [u16; 3] = [0x3707, 0x3704, 0x3001];
const MIME: u16 = 0x370e;
/// What a mail's class begins with; others are appointments, contacts, notes.
const MAIL: &str = "IPM.Note";

/// The spooled file, for as many readers as try it.
#[derive(Clone)]
struct Whole(Rc<RefCell<File>>);

impl io::Read for Whole {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.borrow_mut().read(buffer)
    }
}

impl Seek for Whole {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.borrow_mut().seek(to)
    }
}

/// A file of either age.
enum Folders {
    Wide(Rc<UnicodeStore>),
    Old(Rc<AnsiStore>),
}

/// A message of either age, or one within another.
enum Letter {
    Wide(Rc<UnicodeMessage>),
    Old(Rc<AnsiMessage>),
    Within(Rc<dyn Message>),
}

impl Folders {
    fn open(file: &Whole) -> Option<Self> {
        let wide = UnicodePstFile::read_from(Box::new(file.clone())).and_then(|pst| UnicodeStore::read(Rc::new(pst)));
        if let Ok(store) = wide {
            return Some(Self::Wide(store));
        }
        file.clone().rewind().ok()?;
        let old = AnsiPstFile::read_from(Box::new(file.clone())).and_then(|pst| AnsiStore::read(Rc::new(pst)));
        old.ok().map(Self::Old)
    }

    fn store(&self) -> &dyn Store {
        match self {
            Self::Wide(store) => store.as_ref(),
            Self::Old(store) => store.as_ref(),
        }
    }

    fn message(&self, id: &EntryId) -> io::Result<Letter> {
        match self {
            Self::Wide(store) => UnicodeMessage::read(store.clone(), id, None).map(Letter::Wide),
            Self::Old(store) => AnsiMessage::read(store.clone(), id, None).map(Letter::Old),
        }
    }
}

impl Letter {
    fn message(&self) -> &dyn Message {
        match self {
            Self::Wide(message) => message.as_ref(),
            Self::Old(message) => message.as_ref(),
            Self::Within(message) => message.as_ref(),
        }
    }

    fn attachment(&self, node: NodeId) -> Option<io::Result<Rc<dyn Attachment>>> {
        match self {
            Self::Wide(message) => Some(UnicodeAttachment::read(message.clone(), node, None).map(|one| one as _)),
            Self::Old(message) => Some(AnsiAttachment::read(message.clone(), node, None).map(|one| one as _)),
            Self::Within(_) => None,
        }
    }
}

/// Reads a file; where it can't be opened, what looks like text in it.
pub fn read(spool: Spool, out: &mut Out) -> Read {
    let file = match spool.into_file() {
        Ok(file) => Whole(Rc::new(RefCell::new(file))),
        Err(e) => return trouble(out, "scratch-failed", &e.to_string()),
    };
    let Some(folders) = Folders::open(&file) else { return loose(file, out) };
    let name = folders.store().properties().display_name().ok();
    let metadata = name.filter(|name| !name.is_empty()).map(|name| ("title".to_owned(), name));
    out.about(about(Kind::Mail, TYPE, metadata.into_iter().collect()))?;
    let mut telling = Telling {
        folders: &folders,
        out,
        seen: HashSet::new(),
        numbers: HashMap::new(),
        messages: 0,
        bytes: 0,
        parts: 0,
        missed: 0,
        left: 0,
        cut: false,
    };
    match folders.store().properties().ipm_sub_tree_entry_id() {
        Ok(root) => telling.folder(&root, "", 0)?,
        Err(_) => telling.missed += 1,
    }
    telling.end()
}

fn loose(mut file: Whole, out: &mut Out) -> Read {
    out.about(about(Kind::Mail, TYPE, Vec::new()))?;
    let mut bytes = Vec::new();
    let whole = file.rewind().and_then(|()| file.take(MAX_LOOSE).read_to_end(&mut bytes));
    if whole.is_ok() && scavenge::tell(&bytes, "", out)? {
        return scavenge::say(out);
    }
    out.finding("malformed", Severity::Unread, "its folders can't be opened")
}

struct Telling<'f, 'o> {
    folders: &'f Folders,
    out: &'o mut Out,
    seen: HashSet<u32>,
    /// How many messages were told of each folder, by its name.
    numbers: HashMap<String, u64>,
    messages: u64,
    bytes: u64,
    parts: u64,
    /// Folders and messages that can't be read.
    missed: usize,
    /// Attachments that were not had.
    left: usize,
    cut: bool,
}

impl Telling<'_, '_> {
    fn folder(&mut self, id: &EntryId, path: &str, depth: usize) -> Read {
        if depth > MAX_DEPTH {
            self.missed += 1;
            return Ok(());
        }
        if !self.seen.insert(id.node_id().into()) {
            return Ok(());
        }
        let Ok(folder) = self.folders.store().open_folder(id) else {
            self.missed += 1;
            return Ok(());
        };
        let own = folder.properties().display_name().unwrap_or_default();
        // The root is no folder that anyone sees.
        let path = match (depth, path) {
            (0, _) => String::new(),
            (_, "") => own,
            _ => format!("{path}/{own}"),
        };
        self.messages_of(folder.as_ref(), &path)?;
        let within: Vec<u32> =
            folder.hierarchy_table().into_iter().flat_map(|t| t.rows_matrix()).map(|row| row.id().into()).collect();
        for node in within {
            match self.folders.store().properties().make_entry_id(NodeId::from(node)) {
                Ok(id) => self.folder(&id, &path, depth + 1)?,
                Err(_) => self.missed += 1,
            }
        }
        Ok(())
    }

    fn messages_of(&mut self, folder: &dyn Folder, path: &str) -> Read {
        let rows: Vec<u32> =
            folder.contents_table().into_iter().flat_map(|t| t.rows_matrix()).map(|row| row.id().into()).collect();
        // Folders of one name are one place, in which numbers go on.
        let from = *self.numbers.get(path).unwrap_or(&0);
        self.numbers.insert(path.to_owned(), from + rows.len() as u64);
        for (number, node) in (from + 1..).zip(rows) {
            if self.messages >= MAX_MESSAGES {
                self.cut = true;
                return Ok(());
            }
            self.messages += 1;
            let id = self.folders.store().properties().make_entry_id(NodeId::from(node));
            match id.and_then(|id| self.folders.message(&id)) {
                Ok(letter) => self.letter(&letter, path, number)?,
                Err(_) => self.missed += 1,
            }
        }
        Ok(())
    }

    fn letter(&mut self, letter: &Letter, path: &str, number: u64) -> Read {
        let properties = letter.message().properties();
        let (sender, when, head) = head(properties);
        let place = || {
            let inside = Place::Message { number };
            if path.is_empty() { inside } else { Place::Part { name: path.to_owned(), inside: Box::new(inside) } }
        };
        let said = |text: String| Passage { speaker: sender.clone(), when: when.clone(), ..passage(place(), text) };
        if !head.is_empty() {
            self.out.passage(said(head.join("\n")))?;
        }
        for text in body(properties) {
            self.out.passage(said(text))?;
        }
        self.attachments(letter, path, number)
    }

    fn attachments(&mut self, letter: &Letter, path: &str, number: u64) -> Read {
        let rows: Vec<u32> = letter
            .message()
            .attachment_table()
            .into_iter()
            .flat_map(|t| t.rows_matrix())
            .map(|row| row.id().into())
            .collect();
        for (index, node) in (1..).zip(rows) {
            let Some(Ok(one)) = letter.attachment(NodeId::from(node)) else {
                self.left += 1;
                continue;
            };
            let text = |id: u16| one.properties().get(id).and_then(text_of);
            match one.data() {
                Some(AttachmentData::Binary(content)) => {
                    let name =
                        NAMES.iter().find_map(|id| text(*id)).unwrap_or_else(|| format!("part-{number}-{index}"));
                    let media_type = text(MIME).unwrap_or_else(|| "application/octet-stream".to_owned());
                    self.hand_over(&name, &media_type, content.buffer())?;
                }
                Some(AttachmentData::Message(within)) => self.letter(&Letter::Within(within.clone()), path, number)?,
                None => self.left += 1,
            }
        }
        Ok(())
    }

    fn hand_over(&mut self, name: &str, media_type: &str, content: &[u8]) -> Result<(), ReplyError> {
        let len = content.len() as u64;
        if self.parts >= MAX_PARTS || self.bytes.saturating_add(len) > MAX_PART_BYTES {
            self.cut = true;
            return Ok(());
        }
        self.parts += 1;
        self.bytes += len;
        self.out.part(name, media_type, content)
    }

    fn end(self) -> Read {
        if self.missed > 0 {
            let detail = format!("{} folders or messages can't be read", self.missed);
            trouble(self.out, "message-unread", &detail)?;
        }
        if self.left > 0 {
            let detail = format!("{} attachments are elsewhere or can't be read", self.left);
            self.out.finding("part-unread", Severity::Partial, &detail)?;
        }
        if self.cut {
            self.out.finding(
                "too-much",
                Severity::Partial,
                "more messages or attachments than are read; the rest was left",
            )?;
        }
        if self.messages == 0 && self.missed == 0 {
            self.out.finding("no-text", Severity::Note, "its folders hold no message")?;
        }
        Ok(())
    }
}

/// A property as text.
fn text_of(value: &PropertyValue) -> Option<String> {
    let text = match value {
        PropertyValue::Unicode(text) => text.to_string(),
        PropertyValue::String8(text) => decode(text.buffer())?.text,
        _ => return None,
    };
    Some(text.trim_matches('\0').trim().to_owned()).filter(|text| !text.is_empty())
}

/// A subject without the sign and the length of its prefix, which stand before it in these files.
fn subject(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some('\u{1}') => chars.skip(1).collect(),
        _ => text.to_owned(),
    }
}

fn time(value: &PropertyValue) -> Option<String> {
    let PropertyValue::Time(ticks) = value else { return None };
    let at = Timestamp::from_nanosecond(i128::from(ticks.checked_sub(EPOCH)?) * 100).ok()?;
    Some(at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
}

/// Who sent it, when, and what is shown above a message.
fn head(properties: &MessageProperties) -> (Option<String>, Option<String>, Vec<String>) {
    let text = |id: u16| properties.get(id).and_then(text_of);
    let address = ADDRESSES.iter().find_map(|id| text(*id).filter(|address| address.contains('@')));
    let sender = match (text(SENDER), address) {
        (Some(name), Some(address)) if name != address => Some(format!("{name} <{address}>")),
        (one, other) => one.or(other),
    };
    let when = TIMES.iter().find_map(|id| properties.get(*id).and_then(time));
    let mut lines: Vec<String> = sender.iter().map(|sender| format!("From: {sender}")).collect();
    lines.extend(SHOWN.iter().filter_map(|(name, id)| Some(format!("{name}: {}", subject(&text(*id)?)))));
    lines.extend(when.iter().map(|when| format!("Date: {when}")));
    let class = text(CLASS).filter(|class| !class.starts_with(MAIL));
    if let Some(class) = class {
        // Of what is no mail, every text that it holds.
        lines.push(format!("Class: {class}"));
        let known = [SENDER, CLASS, BODY].into_iter().chain(SHOWN.map(|(_, id)| id)).chain(ADDRESSES);
        let known: HashSet<u16> = known.collect();
        let rest = properties
            .iter()
            .filter(|(id, _)| !known.contains(id))
            .filter_map(|(id, value)| Some((id, text_of(value)?)));
        lines.extend(rest.map(|(id, text)| format!("0x{id:04x}: {text}")));
    }
    (sender, when, lines)
}

/// The body in the first of its forms that says something.
fn body(properties: &MessageProperties) -> Vec<String> {
    if let Some(plain) = properties.get(BODY).and_then(text_of) {
        return paragraphs(&plain.replace("\r\n", "\n")).into_iter().map(|block| block.2).collect();
    }
    let markup = properties.get(HTML).and_then(|value| match value {
        PropertyValue::Binary(bytes) => Some(decode(bytes.buffer())?.text),
        value => text_of(value),
    });
    if let Some(markup) = markup {
        return html::blocks(&markup).blocks.into_iter().map(|block| block.2).collect();
    }
    let Some(PropertyValue::Binary(packed)) = properties.get(RTF) else { return Vec::new() };
    let rich = compressed_rtf::decompress_rtf(packed.buffer()).ok().map(|rich| rtf::plain(rich.as_bytes()).text());
    rich.map(|text| paragraphs(&text).into_iter().map(|block| block.2).collect()).unwrap_or_default()
}
