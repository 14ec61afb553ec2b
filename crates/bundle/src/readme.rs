//! The page for a judge who reads paper (`README.*.txt`) and the bag's own description.
//!
//! Keeps: the same bundle gives the same page; nothing stands in it that the statement and the open leaves don't say
//! already; a press page says nothing that tells the case. Does not know: how text is set (`setting`), the findings of
//! a verifier.

mod items;
mod setting;

pub(crate) use items::log_size;

use casemate_carve::{Run, Shape};
use casemate_proof::sshsig;
use casemate_verify::bag::hex;
use casemate_verify::check::DISCLOSURE_NAMESPACE;
use casemate_verify::discloser;
use casemate_verify::statement::{Mode, Statement};
use casemate_words::{ClockTime, Date, Language, Value, date, message, time};
use setting::{clean, heading, padded, paragraph, width};

/// The pages, one for each language.
pub(crate) const LANGUAGES: [(Language, &str); 3] =
    [(Language::En, "README.en.txt"), (Language::Fr, "README.fr.txt"), (Language::ZhHans, "README.zh-Hans.txt")];

/// The name under which the key stands in a file of allowed signers.
const PRINCIPAL: &str = "casemate";
/// Numbers of sections in Chinese.
const NUMERALS: &str = "一二三四五六七";
/// Digits of a key that stand together on paper.
const KEY_GROUP: usize = 4;
/// What is said of time among the things that are not proven.
const TIME_NOT_PROVEN: usize = 2;
/// Groups of a key in a line.
const KEY_LINE: usize = 8;

/// What the pages tell beside the statement.
pub(crate) struct Told<'a> {
    /// The lane's checkpoint; absent for press.
    pub checkpoint: Option<&'a str>,
    /// Tokens of time.
    pub stamps: u64,
    /// The items.
    pub items: Vec<ToldItem<'a>>,
    /// Those who passed the bundle on; none where it comes from the case.
    pub disclosers: Vec<ToldDiscloser>,
}

/// An item as it is told.
pub(crate) struct ToldItem<'a> {
    pub number: u64,
    pub title: &'a str,
    pub mode: Mode,
    pub shape: Shape,
    pub hidden: &'a [Run],
    pub logged: Option<ToldEntry>,
    pub made_from: Option<u64>,
    pub reasons: &'a [(String, u64)],
}

/// Where an item's seal stands in its log.
pub(crate) struct ToldEntry {
    pub seal: String,
    pub index: u64,
    /// Entries of that log.
    pub entries: u64,
}

/// Somebody who passed the bundle on.
pub(crate) struct ToldDiscloser {
    pub key: [u8; 32],
    /// Absent where they left no statement.
    pub signed: Option<ToldSigned>,
}

/// What they signed, as far as it is open.
pub(crate) struct ToldSigned {
    pub name: discloser::Told,
    pub date: String,
}

/// `bag-info.txt` (RFC 8493 §2.2.2). No `Payload-Oxum`: nothing in it counts bytes.
pub(crate) fn bag_info(statement: &Statement, discloser: Option<&str>) -> String {
    let day = statement.date.get(..10).unwrap_or(&statement.date);
    let purpose = clean(&statement.purpose);
    format!(
        "Bag-Software-Agent: casemate {}\nBagging-Date: {}\nContact-Name: \nExternal-Description: {purpose}\n{}",
        env!("CARGO_PKG_VERSION"),
        clean(day),
        discloser.unwrap_or_default(),
    )
}

/// The page.
pub(crate) fn text(language: Language, told: &Told<'_>, statement: &Statement) -> String {
    let stamped = (told.stamps > 0).then_some(TIME_NOT_PROVEN);
    let mut page = Page { language, press: told.checkpoint.is_none(), sections: 0, text: String::new() };
    page.front(told, statement);
    page.section("items");
    items::add(&mut page, told);
    page.section("withheld");
    page.withheld(statement);
    page.disclosers(told);
    page.section("not-proven");
    page.list("not-proven", if page.press { 5 } else { 7 }, stamped);
    page.section("whole");
    page.say(if page.press { "whole-press" } else { "whole-court" });
    page.section("check");
    page.check(statement);
    page.text
}

/// A page that is being written.
struct Page {
    language: Language,
    press: bool,
    sections: usize,
    text: String,
}

impl Page {
    fn words(&self, id: &str, values: &[(&str, Value<'_>)]) -> String {
        message(self.language, &format!("readme-{id}"), values)
    }

    /// A paragraph and an empty line.
    fn say(&mut self, id: &str) {
        let words = self.words(id, &[]);
        paragraph(&mut self.text, "", &words);
        self.text.push('\n');
    }

    fn section(&mut self, id: &str) {
        self.sections += 1;
        let number = match self.language {
            Language::ZhHans => NUMERALS.chars().nth(self.sections.saturating_sub(1)).map(String::from),
            _ => Some(self.sections.to_string()),
        };
        let words = self.words(&format!("section-{id}"), &[("number", number.unwrap_or_default().into())]);
        self.text.push('\n');
        heading(&mut self.text, &words, '-');
        self.text.push('\n');
    }

    /// Paragraphs `id-1` to `id-most`; the one that a token of time changes as `id-n-stamped`.
    fn list(&mut self, id: &str, most: usize, stamped: Option<usize>) {
        for n in 1..=most {
            let ending = if stamped == Some(n) { "-stamped" } else { "" };
            let words = self.words(&format!("{id}-{n}{ending}"), &[]);
            paragraph(&mut self.text, "  - ", &words);
        }
        self.text.push('\n');
    }

    /// Labels with their values, the values under one another.
    fn rows(&mut self, indent: &str, rows: &[(String, String)]) {
        let colon = self.words("colon", &[]);
        let labels: Vec<String> = rows.iter().map(|(label, _)| format!("{label}{colon}")).collect();
        let to = labels.iter().map(|l| width(l)).max().unwrap_or(0) + 1;
        for (label, (_, value)) in labels.iter().zip(rows) {
            paragraph(&mut self.text, &format!("{indent}{}", padded(label, to)), value);
        }
        self.text.push('\n');
    }

    fn front(&mut self, told: &Told<'_>, statement: &Statement) {
        let title = self.words(if self.press { "title-press" } else { "title-court" }, &[]);
        heading(&mut self.text, &title, '=');
        self.text.push('\n');
        self.say("what");
        let mut rows = vec![
            (self.words("row-recipient", &[]), clean(&statement.recipient)),
            (self.words("row-purpose", &[]), clean(&statement.purpose)),
            (self.words("row-date", &[]), self.words("self-asserted", &[("date", self.day(&statement.date).into())])),
        ];
        if let Some(case) = statement.case {
            rows.push((self.words("row-case", &[]), grouped_key(&case.0)));
        }
        if let Some(narrowed) = &statement.narrowed {
            rows.push((self.words("row-narrower", &[]), self.name(narrowed.name.as_deref())));
        }
        rows.push((self.words("row-key", &[]), grouped_key(statement.key.as_bytes())));
        if statement.previous.is_some() {
            rows.push((self.words("row-previous", &[]), self.words("previous", &[])));
        }
        self.rows("  ", &rows);
        if let Some(checkpoint) = told.checkpoint {
            self.section("sealed");
            self.say("sealed-what");
            let size = items::log_size(checkpoint);
            let words = self.words("sealed-log", &[("entries", size.into())]);
            paragraph(&mut self.text, "", &words);
            self.text.push('\n');
            self.times(told.stamps);
            self.say(if statement.narrowed.is_some() { "sealed-who-narrowed" } else { "sealed-who" });
        }
    }

    fn name(&self, name: Option<&str>) -> String {
        name.map_or_else(|| self.words("discloser-unnamed", &[]), clean)
    }

    /// Who passed the bundle on.
    fn disclosers(&mut self, told: &Told<'_>) {
        if told.disclosers.is_empty() {
            return;
        }
        self.section("disclosers");
        self.say("disclosers-what");
        for (place, discloser) in (1u64..).zip(&told.disclosers) {
            let key = ("key", grouped_key(&discloser.key).into());
            let words = match &discloser.signed {
                None => self.words("discloser-unknown", &[("place", place.into()), key]),
                Some(signed) => {
                    let name = match &signed.name {
                        discloser::Told::Open(name) => self.name(name.as_deref()),
                        discloser::Told::Withheld => self.words("discloser-untold", &[]),
                    };
                    let name = ("name", name.into());
                    let date = ("date", self.day(&signed.date).into());
                    self.words("discloser", &[("place", place.into()), name, date, key])
                }
            };
            paragraph(&mut self.text, "  ", &words);
        }
        self.text.push('\n');
        self.say("disclosers-limit");
    }

    /// What stands behind the times.
    fn times(&mut self, stamps: u64) {
        if stamps == 0 {
            self.say("sealed-time");
        } else {
            let words = self.words("sealed-stamped", &[("count", stamps.into())]);
            paragraph(&mut self.text, "", &words);
            self.text.push('\n');
        }
    }

    /// A moment of RFC 3339 as the language writes it; to the day only for press.
    fn day(&self, moment: &str) -> String {
        let number = |at: std::ops::Range<usize>| moment.get(at).and_then(|n| n.parse::<u16>().ok());
        let small = |at: std::ops::Range<usize>| number(at).and_then(|n| u8::try_from(n).ok());
        let day = || Date::new(number(0..4)?, small(5..7)?, small(8..10)?);
        let at = || ClockTime::new(small(11..13)?, small(14..16)?, small(17..19)?);
        match (day(), at()) {
            (Some(day), Some(at)) if !self.press => {
                let values = [("date", date(self.language, day).into()), ("time", time(self.language, at).into())];
                self.words("moment", &values)
            }
            (Some(day), _) => date(self.language, day),
            _ => clean(moment),
        }
    }

    fn withheld(&mut self, statement: &Statement) {
        self.say("withheld-how");
        if self.press {
            self.say("withheld-press");
        } else {
            self.say("withheld-amount");
        }
        if !statement.aliases.is_empty() {
            let aliases: Vec<String> = statement.aliases.iter().map(|a| clean(a)).collect();
            let words = self.words("aliases", &[("aliases", aliases.join(", ").into())]);
            paragraph(&mut self.text, "", &words);
            self.text.push('\n');
        }
    }

    fn check(&mut self, statement: &Statement) {
        self.say(if self.press { "check-program-press" } else { "check-program" });
        self.command(&[
            "casemate-verify --signer \\".into(),
            format!("  {} \\", hex(statement.key.as_bytes())),
            "  BUNDLE".into(),
        ]);
        self.say("check-exit");
        self.say("check-stock");
        self.command(&[
            "cd casemate".into(),
            "sha256sum --strict -c manifest-sha256.txt".into(),
            "sha256sum --strict -c tagmanifest-sha256.txt".into(),
        ]);
        self.say("check-signature");
        self.command(&signer_commands(statement));
        self.say("check-stock-limits");
    }

    fn command(&mut self, lines: &[String]) {
        for line in lines {
            self.text.push_str("    ");
            self.text.push_str(line);
            self.text.push('\n');
        }
        self.text.push('\n');
    }
}

/// A key in groups, to be compared by eye.
fn grouped_key(key: &[u8]) -> String {
    let digits = hex(key);
    let groups: Vec<&str> =
        (0..digits.len()).step_by(KEY_GROUP).filter_map(|at| digits.get(at..at + KEY_GROUP)).collect();
    let lines: Vec<String> = groups.chunks(KEY_LINE).map(|line| line.join("\u{a0}")).collect();
    lines.join(" ")
}

/// The commands that check the signature with OpenSSH.
fn signer_commands(statement: &Statement) -> Vec<String> {
    let line = sshsig::allowed_signer(PRINCIPAL, &statement.key);
    let key = line.split_whitespace().next_back().unwrap_or_default();
    vec![
        "printf '%s ' \\".into(),
        format!("  {PRINCIPAL} 'namespaces=\"{DISCLOSURE_NAMESPACE}\"' ssh-ed25519 \\"),
        format!("  {key} \\"),
        "  > ../signer".into(),
        format!("ssh-keygen -Y verify -f ../signer -I {PRINCIPAL} \\"),
        format!("  -n {DISCLOSURE_NAMESPACE} -s disclosure.sig \\"),
        "  < tagmanifest-sha256.txt".into(),
    ]
}
