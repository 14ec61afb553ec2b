//! Chats that are exported as pages: Telegram's `messages.html`, Google Voice of Takeout.
//!
//! Keeps: a message of which the page does not repeat the sender is that of the one before. Does not know: the files beside it.

use casemate_ports::reading::Kind;
use html5ever::Attribute;

use super::{Message, Thread};
use crate::stamp::{Order, stamp, written};
use crate::tags::{Mark, is_of, says, walk};

/// What was found in a page.
pub struct Known {
    pub application: &'static str,
    pub kind: Kind,
    pub thread: Thread,
}

/// Blocks round a text that are looked at: an export has a dozen.
const DEEPEST: usize = 64;

/// The messages of a page, if it is one of those.
pub fn of_page(page: &str) -> Option<Known> {
    let head = page.get(..page.floor_char_boundary(256 << 10)).unwrap_or_default();
    if head.contains("class=\"history\"") && head.contains("class=\"message ") && head.contains("id=\"message") {
        let mut telegram = Telegram::default();
        walk(page, |mark| telegram.take(mark));
        telegram.close(0);
        let thread =
            Thread { name: Some(line(&telegram.name)).filter(|name| !name.is_empty()), messages: telegram.done };
        return Some(Known { application: "Telegram", kind: Kind::Chat, thread });
    }
    let voice = page.contains("google.com/voice#") && (head.contains("\"hChatLog") || head.contains("\"haudio\""));
    voice.then(|| {
        let mut voice = Voice::default();
        walk(page, |mark| voice.take(mark));
        voice.end()
    })
}

/// Words in one line.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words as a page has them: white space is one blank, and a break a line.
fn grown(to: &mut String, text: &str) {
    for c in text.chars() {
        if !c.is_whitespace() {
            to.push(c);
        } else if !to.is_empty() && !to.ends_with([' ', '\n']) {
            to.push(' ');
        }
    }
}

/// Telegram's page as it is read.
#[derive(Default)]
struct Telegram {
    name: String,
    /// Classes of the blocks that are open.
    open: Vec<String>,
    /// The message that is open, and how many blocks were open before it.
    message: Option<(Message, usize)>,
    /// Words of the message's sender, of whom it is passed on from, and of what is no words.
    from: String,
    passed_on: String,
    media: String,
    service: String,
    last: Option<String>,
    done: Vec<Message>,
}

impl Telegram {
    fn take(&mut self, mark: Mark<'_>) {
        match mark {
            Mark::Open("div", attributes) => self.block(attributes),
            Mark::Close("div") => {
                self.open.pop();
                self.media.push(' ');
                self.close(self.open.len() + 1);
            }
            Mark::Open("br", _) => {
                if self.within("text")
                    && let Some((message, _)) = &mut self.message
                {
                    message.text.push('\n');
                }
            }
            Mark::Open("a", attributes) => self.link(attributes),
            Mark::Text(text) => self.words(text),
            _ => {}
        }
    }

    fn block(&mut self, attributes: &[Attribute]) {
        let class = says(attributes, "class");
        if is_of(class, "message") && says(attributes, "id").starts_with("message") {
            self.close(0);
            self.message = Some((Message::default(), self.open.len()));
        }
        let title = says(attributes, "title");
        if is_of(class, "date")
            && !self.within("forwarded")
            && let Some((message, _)) = &mut self.message
        {
            message.when = moment(title);
        }
        self.open.push(class.to_owned());
    }

    fn link(&mut self, attributes: &[Attribute]) {
        let address = says(attributes, "href");
        let Some((message, _)) = self.message.as_mut().filter(|_| !address.is_empty()) else { return };
        let class = says(attributes, "class");
        if let Some(number) = address.strip_prefix("#go_to_message") {
            message.beside.push(("answers".to_owned(), number.to_owned()));
        } else if class.split_ascii_whitespace().any(|own| own.ends_with("_wrap") || own.starts_with("media")) {
            message.beside.push(("file".to_owned(), address.to_owned()));
        }
    }

    fn within(&self, class: &str) -> bool {
        self.open.iter().rev().take(DEEPEST).any(|own| is_of(own, class))
    }

    fn words(&mut self, text: &str) {
        let header = self.within("page_header");
        let (name, forwarded) = (self.within("from_name"), self.within("forwarded"));
        let (words, service) = (self.within("text"), self.within("service"));
        let media = self.within("media_wrap") || self.within("media");
        let aside = self.within("date") || self.within("reply_to") || self.within("userpic") || self.within("initials");
        match &mut self.message {
            None if header && words => grown(&mut self.name, text),
            None => {}
            Some(_) if aside => {}
            Some(_) if service => grown(&mut self.service, text),
            Some(_) if name && forwarded => grown(&mut self.passed_on, text),
            Some(_) if name => grown(&mut self.from, text),
            Some((message, _)) if words => grown(&mut message.text, text),
            Some(_) if media => grown(&mut self.media, text),
            Some(_) => {}
        }
    }

    /// Ends the message that is open, if no block of it is any more.
    fn close(&mut self, open: usize) {
        if self.message.as_ref().is_none_or(|(_, before)| open > *before + 1) {
            return;
        }
        let Some((mut message, _)) = self.message.take() else { return };
        let taken = |text: &mut String| Some(line(&std::mem::take(text))).filter(|text| !text.is_empty());
        let mut tell =
            |name: &str, said: Option<String>| message.beside.extend(said.map(|said| (name.to_owned(), said)));
        let service = taken(&mut self.service);
        let is_service = service.is_some();
        tell("action", service);
        tell("forwarded_from", taken(&mut self.passed_on));
        tell("media", taken(&mut self.media));
        let from = taken(&mut self.from);
        if !is_service {
            self.last = from.or_else(|| self.last.take());
            message.from = self.last.clone();
        }
        message.text = message.text.trim().to_owned();
        self.done.push(message);
    }
}

/// `15.01.2024 10:30:00 UTC+01:00` as RFC 3339; without an offset as local time.
fn moment(title: &str) -> Option<String> {
    let (at, rest) = stamp(title)?;
    let at = written(&at, Order::Dmy)?;
    let offset = rest.trim().strip_prefix("UTC").unwrap_or_default();
    let shape: String = offset.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    Some(if matches!(shape.as_str(), "+00:00" | "-00:00") { format!("{at}{offset}") } else { at })
}

/// A page of Google Voice as it is read: messages, or one call.
#[derive(Default)]
struct Voice {
    calls: bool,
    /// Number and name of whom is told, and where words go.
    number: String,
    name: String,
    into: Where,
    message: Option<Message>,
    done: Vec<Message>,
    title: String,
    labels: Vec<String>,
    label: String,
    duration: Option<String>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Where {
    #[default]
    Nothing,
    Title,
    Name,
    Words,
    Label,
}

impl Voice {
    fn take(&mut self, mark: Mark<'_>) {
        match mark {
            Mark::Open(name, attributes) => self.open(name, attributes),
            Mark::Close("q" | "title" | "cite" | "span") => self.into = Where::Nothing,
            Mark::Close("a") => {
                let label = line(&std::mem::take(&mut self.label));
                self.labels.extend(Some(label).filter(|label| !label.is_empty()));
                self.into = Where::Nothing;
            }
            Mark::Close(_) => {}
            Mark::Text(text) => {
                let to = match (self.into, &mut self.message) {
                    (Where::Title, _) => &mut self.title,
                    (Where::Name, _) => &mut self.name,
                    (Where::Label, _) => &mut self.label,
                    (Where::Words, Some(message)) => &mut message.text,
                    _ => return,
                };
                grown(to, text);
            }
        }
    }

    fn open(&mut self, name: &str, attributes: &[Attribute]) {
        let (class, title) = (says(attributes, "class"), says(attributes, "title"));
        match name {
            "title" => self.into = Where::Title,
            "div" if is_of(class, "haudio") => {
                self.calls = true;
                self.message = Some(Message::default());
            }
            "div" if is_of(class, "message") => self.close(),
            "div" if is_of(class, "tags") && !self.calls => self.close(),
            "abbr" if is_of(class, "dt") => {
                self.message = Some(Message { when: zoned(title), ..Message::default() });
            }
            "abbr" if is_of(class, "published") => {
                if let Some(message) = &mut self.message {
                    message.when = zoned(title);
                }
            }
            "abbr" if is_of(class, "duration") => self.duration = seconds(title),
            "abbr" | "span" if is_of(class, "fn") => {
                self.name.clear();
                self.into = Where::Name;
            }
            "a" if is_of(class, "tel") => {
                self.number = says(attributes, "href").trim_start_matches("tel:").to_owned();
                self.name.clear();
            }
            "a" if says(attributes, "rel") == "tag" => self.into = Where::Label,
            "q" => self.words(),
            "span" if is_of(class, "full-text") => self.into = Where::Words,
            "br" => {
                if let Some(message) = self.message.as_mut().filter(|_| self.into == Where::Words) {
                    message.text.push('\n');
                }
            }
            "img" | "audio" | "video" | "a" => {
                let file = if name == "a" { says(attributes, "href") } else { says(attributes, "src") };
                let is_link = name == "a" && !is_of(class, "vcard") && !is_of(class, "video");
                if let Some(message) = self.message.as_mut().filter(|_| !file.is_empty() && !is_link) {
                    message.beside.push(("file".to_owned(), file.to_owned()));
                }
            }
            _ => {}
        }
    }

    /// Words follow: who says them was told just before.
    fn words(&mut self) {
        self.into = Where::Words;
        let party = self.party();
        if let Some(message) = &mut self.message {
            message.from = party;
        }
    }

    fn party(&self) -> Option<String> {
        let name = line(&self.name);
        match (name.is_empty(), self.number.is_empty()) {
            (false, false) => Some(format!("{name} <{}>", self.number)),
            (false, true) => Some(name),
            (true, false) => Some(self.number.clone()),
            (true, true) => None,
        }
    }

    fn close(&mut self) {
        if let Some(mut message) = self.message.take() {
            message.text = message.text.trim().to_owned();
            self.done.push(message);
        }
    }

    fn end(mut self) -> Known {
        let thread = Some(line(&self.title)).filter(|title| !title.is_empty());
        if self.calls {
            let said = [self.party(), Some(self.labels.join(", ")), self.duration.take()];
            let told = said.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" | ");
            if let Some(message) = &mut self.message {
                let words = std::mem::take(&mut message.text);
                message.text = if words.trim().is_empty() { told } else { format!("{told}\n{}", words.trim()) };
            }
        }
        self.close();
        let kind = if self.calls { Kind::CallLog } else { Kind::Chat };
        Known { application: "Google Voice", kind, thread: Thread { name: thread, messages: self.done } }
    }
}

/// A time as these pages write it, without parts of a second: `2023-09-29T16:40:59.923-07:00`.
fn zoned(title: &str) -> Option<String> {
    let (at, rest) = title.split_at_checked(19)?;
    at.parse::<jiff::civil::DateTime>().ok()?;
    let offset = rest.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
    let shape: String = offset.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    Some(if matches!(shape.as_str(), "Z" | "+00:00" | "-00:00") { format!("{at}{offset}") } else { at.to_owned() })
}

/// `PT29M46S` as seconds.
fn seconds(period: &str) -> Option<String> {
    let (mut all, mut number) = (0u64, 0u64);
    for c in period.strip_prefix("PT")?.chars() {
        let unit = match c {
            'H' => 3600,
            'M' => 60,
            'S' => 1,
            c => {
                number = number.checked_mul(10)?.checked_add(u64::from(c.to_digit(10)?))?;
                continue;
            }
        };
        all = all.checked_add(number.checked_mul(unit)?)?;
        number = 0;
    }
    Some(format!("{all} s"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Who, when, what.
    type Line = (Option<String>, Option<String>, String);

    fn told(page: &str) -> (Known, Vec<Line>) {
        let known = of_page(page).unwrap();
        let told = known.thread.messages.iter().map(|m| (m.from.clone(), m.when.clone(), m.told())).collect();
        (known, told)
    }

    fn one(from: Option<&str>, when: Option<&str>, text: &str) -> Line {
        (from.map(str::to_owned), when.map(str::to_owned), text.to_owned())
    }

    const TELEGRAM: &str = r##"<!DOCTYPE html><html><head><style>x</style></head><body><div class="page_wrap"><div class="page_header">
        <div class="content">
        <div class="text bold">Harbour &amp; Co </div></div></div><div class="page_body chat_page"><div class="history">
        <div class="message service" id="message-1"><div class="body details">15 January 2024</div></div>
        <div class="message default clearfix" id="message5"><div class="pull_left userpic_wrap"><div class="userpic">
        <div class="initials">L</div></div></div>
        <div class="body"><div class="pull_right date details" title="15.01.2024 10:30:00 UTC+08:00">10:30</div>
        <div class="from_name">林 </div>
        <div class="text">Come <strong>back</strong><br>now</div></div></div>
        <div class="message default clearfix joined" id="message6"><div class="body">
        <div class="pull_right date details" title="15.01.2024 10:31:00">10:31</div>
        <div class="reply_to details">In reply to <a href="#go_to_message5">this message</a></div>
        <div class="media_wrap clearfix"><a class="photo_wrap clearfix pull_left" href="photos/1.jpg"><img src="photos/1_thumb.jpg">
        </a></div></div></div>
        <div class="message default clearfix" id="message7"><div class="body">
        <div class="pull_right date details" title="31.01.2024 10:32:00 UTC+08:00">10:32</div>
        <div class="from_name">Gao</div><div class="forwarded body">
        <div class="from_name">Ada <span class="date details" title="01.01.2024 01:01:01"> 01.01</span></div>
        <div class="text">no</div></div><div class="media_wrap clearfix"><div class="media clearfix pull_left media_call success">
        <div class="body">
        <div class="title bold">Call</div><div class="status details">Outgoing (43 seconds)</div></div></div></div></div></div>
        </div></div></div></body></html>"##;

    #[test]
    fn a_chat_of_telegram_as_a_page() {
        let (known, told) = told(TELEGRAM);
        assert_eq!((known.application, known.thread.name.as_deref()), ("Telegram", Some("Harbour & Co")));
        let expected = [
            one(None, None, "[action: 15 January 2024]"),
            one(Some("林"), Some("2024-01-15T10:30:00+08:00"), "Come back\nnow"),
            one(Some("林"), Some("2024-01-15T10:31:00"), "[answers: 5]\n[file: photos/1.jpg]"),
            one(
                Some("Gao"),
                Some("2024-01-31T10:32:00+08:00"),
                "no\n[forwarded_from: Ada 01.01]\n[media: Call Outgoing (43 seconds)]",
            ),
        ];
        assert_eq!(told, expected);
        for end in (0..TELEGRAM.len()).filter(|end| TELEGRAM.is_char_boundary(*end)) {
            let _ = of_page(&TELEGRAM[..end]);
        }
    }

    #[test]
    fn messages_and_calls_of_google_voice() {
        let tags = r##"<div class="tags">Labels: <a rel="tag" href="http://www.google.com/voice#sms">Text</a></div>"##;
        let page = format!(
            r##"<html><head><title>Me to
            Lin</title></head><body><div class="hChatLog hfeed"><div class="message">
        <abbr class="dt" title="2023-09-29T16:40:59.923-07:00">Sep 29</abbr>:
            <cite class="sender vcard"><a class="tel" href="tel:+0005501"><span class="fn">Lin</span></a>
        </cite>: <q>come<br>back &amp; see</q></div>
            <div class="message"><abbr class="dt" title="2023-09-29T16:41:59.923-07:00">Sep 29</abbr>:
            <cite class="sender vcard"><a class="tel" href="tel:+0005502"><abbr class="fn" title="">Me</abbr></a></cite>: <q>MMS Sent</q>
            <div><img src="x-1-1" alt="Image MMS Attachment" /></div></div></div>{tags}</body></html>"##
        );
        let (known, messages) = told(&page);
        assert_eq!((known.kind, known.thread.name.as_deref()), (Kind::Chat, Some("Me to Lin")));
        let expected = [
            one(Some("Lin <+0005501>"), Some("2023-09-29T16:40:59-07:00"), "come\nback & see"),
            one(Some("Me <+0005502>"), Some("2023-09-29T16:41:59-07:00"), "MMS Sent\n[file: x-1-1]"),
        ];
        assert_eq!(messages, expected);
        let page = r##"<html><head><title>Recorded call with Lin</title></head><body><div class="haudio">
        <span class="album">Call Log for </span>
            <span class="fn">Recorded call with Lin</span><div class="contributor vcard">Recorded call with
            <a class="tel" href="tel:+0005501"><span class="fn">Lin</span></a></div>
        <abbr class="published" title="2019-05-22T11:18:56.616-07:00">May 22</abbr>
            <audio controls="controls" src="x.mp3"><a rel="enclosure" href="x.mp3">Audio</a></audio>
        <abbr class="duration" title="PT29M46S">(00:29:46)</abbr>
            <div class="tags">Labels: <a rel="tag" href="http://www.google.com/voice#recorded">Recorded</a></div></div></body></html>"##;
        let (known, calls) = told(page);
        assert_eq!(known.kind, Kind::CallLog);
        assert_eq!(
            calls,
            [one(None, Some("2019-05-22T11:18:56-07:00"), "Lin <+0005501> | Recorded | 1786 s\n[file: x.mp3]")]
        );
        assert!(of_page("<html><body><div class=\"message \">x</div></body></html>").is_none());
    }
}
