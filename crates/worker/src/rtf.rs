//! RTF: its text, paragraph by paragraph, in whatever code pages it was written.
//!
//! Keeps: one pass, no nesting but a stack that is bounded; bytes of a code page are joined before they are decoded.
//! Does not know: looks, pictures, fields' instructions.

use casemate_ports::reading::{Kind, Place, Severity};
use encoding_rs::{Encoding, WINDOWS_1252};

use crate::out::{Out, Read, about, passage};

const TYPE: &str = "text/rtf";
/// Deepest nesting of groups.
const MAX_DEPTH: usize = 1024;
/// Longest paragraph of one passage, bytes.
const MAX_PARAGRAPH: usize = 32 << 10;

/// Groups whose words are no text of the paper.
const NO_TEXT: [&str; 29] = [
    "fonttbl",
    "colortbl",
    "stylesheet",
    "listtable",
    "listoverridetable",
    "pict",
    "objdata",
    "themedata",
    "datastore",
    "latentstyles",
    "generator",
    "rsidtbl",
    "mmathPr",
    "xmlnstbl",
    "fldinst",
    "pgdsctbl",
    "filetbl",
    "revtbl",
    "blipuid",
    "shppict",
    "nonshppict",
    "colorschememapping",
    "wgrffmtfilter",
    "bkmkstart",
    "bkmkend",
    "listtext",
    "sn",
    "sv",
    "picprop",
];
/// Groups marked as to be skipped by who does not know them, whose words are text all the same.
const TEXT: [&str; 12] = [
    "annotation",
    "footnote",
    "shptxt",
    "shpinst",
    "nesttableprops",
    "pntext",
    "txfieldtext",
    "ud",
    "upr",
    "headerl",
    "headerr",
    "ftnsep",
];
/// Words that the document says of itself, and how they are called here.
const INFO: [(&str, &str); 8] = [
    ("title", "title"),
    ("subject", "subject"),
    ("author", "creator"),
    ("operator", "lastModifiedBy"),
    ("keywords", "keywords"),
    ("company", "Company"),
    ("doccomm", "description"),
    ("manager", "Manager"),
];

/// What an RTF says.
#[derive(Default)]
pub struct Rich {
    pub paragraphs: Vec<String>,
    pub metadata: Vec<(String, String)>,
    pub pictures: usize,
    /// Whether all its groups were closed.
    pub whole: bool,
}

impl Rich {
    /// All paragraphs, a line each.
    pub fn text(&self) -> String {
        self.paragraphs.join("\n")
    }
}

/// Reads an RTF.
pub fn read(bytes: &[u8], out: &mut Out) -> Read {
    let rich = plain(bytes);
    out.about(about(Kind::Document, TYPE, rich.metadata))?;
    let said = rich.paragraphs.iter().map(|text| text.trim_end()).filter(|text| !text.trim().is_empty());
    for (number, mut rest) in (1u64..).zip(said) {
        while !rest.is_empty() {
            let (now, later) = rest.split_at(rest.floor_char_boundary(MAX_PARAGRAPH));
            out.passage(passage(Place::Lines { first: number, last: number }, now))?;
            rest = later;
        }
    }
    if rich.pictures > 0 {
        let detail = format!("{} pictures inside were not looked at", rich.pictures);
        out.finding("pictures-inside", Severity::Partial, &detail)?;
    }
    if !rich.whole {
        out.finding("truncated", Severity::Partial, "its last groups are not closed")?;
    }
    Ok(())
}

/// What holds within a group.
#[derive(Clone)]
struct Group {
    /// Whether its words are text, and if not, what they are.
    hears: Hears,
    encoding: &'static Encoding,
    /// How many bytes stand behind a character that is given by its number, for programs that know no Unicode.
    behind: usize,
    /// Just opened by `\*`.
    starred: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Hears {
    Text,
    Nothing,
    Fonts,
    Info(usize),
}

struct Reader {
    rich: Rich,
    open: String,
    info: String,
    pending: Vec<u8>,
    high: Option<u16>,
    groups: Vec<Group>,
    now: Group,
    skip: usize,
    page: &'static Encoding,
    fonts: Vec<(i32, &'static Encoding)>,
    font: i32,
}

/// The text of an RTF.
pub fn plain(bytes: &[u8]) -> Rich {
    let now = Group { hears: Hears::Text, encoding: WINDOWS_1252, behind: 1, starred: false };
    let mut reader = Reader {
        rich: Rich::default(),
        open: String::new(),
        info: String::new(),
        pending: Vec::new(),
        high: None,
        groups: Vec::new(),
        now,
        skip: 0,
        page: WINDOWS_1252,
        fonts: Vec::new(),
        font: 0,
    };
    let mut rest = bytes;
    while let Some((byte, after)) = rest.split_first() {
        rest = match byte {
            b'{' => {
                reader.group();
                after
            }
            b'}' => {
                reader.close();
                after
            }
            b'\\' => reader.control(after),
            b'\r' | b'\n' | 0 => after,
            byte => {
                reader.byte(*byte);
                after
            }
        };
    }
    reader.flush();
    reader.rich.whole = reader.groups.is_empty();
    let last = std::mem::take(&mut reader.open);
    reader.rich.paragraphs.push(last);
    reader.rich
}

impl Reader {
    fn group(&mut self) {
        self.flush();
        if self.groups.len() < MAX_DEPTH {
            self.groups.push(self.now.clone());
        } else {
            self.now.hears = Hears::Nothing;
        }
    }

    fn close(&mut self) {
        self.flush();
        let Some(outer) = self.groups.pop() else { return };
        if let Hears::Info(index) = self.now.hears
            && outer.hears != self.now.hears
        {
            let value = std::mem::take(&mut self.info);
            if let Some((_, name)) = INFO.get(index)
                && !value.trim().is_empty()
            {
                self.rich.metadata.push(((*name).to_owned(), value.trim().to_owned()));
            }
        }
        self.now = outer;
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if self.now.hears != Hears::Nothing {
            self.pending.push(byte);
        }
    }

    /// Bytes of a code page that came one after another, as characters.
    fn flush(&mut self) {
        let bytes = std::mem::take(&mut self.pending);
        if !bytes.is_empty() {
            let (text, _) = self.now.encoding.decode_without_bom_handling(&bytes);
            self.say(&text);
        }
    }

    fn say(&mut self, text: &str) {
        match self.now.hears {
            Hears::Text => self.open.push_str(text),
            Hears::Info(_) => self.info.push_str(text),
            Hears::Nothing | Hears::Fonts => {}
        }
    }

    /// A control word or sign; what follows it.
    fn control<'a>(&mut self, after: &'a [u8]) -> &'a [u8] {
        let letters = after.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let (word, rest) = after.split_at(letters);
        if word.is_empty() {
            return self.sign(after);
        }
        let signed = usize::from(rest.first() == Some(&b'-'));
        let digits = rest.iter().skip(signed).take_while(|byte| byte.is_ascii_digit()).count();
        let (number, rest) = rest.split_at(if digits > 0 { signed + digits } else { 0 });
        let number = std::str::from_utf8(number).ok().and_then(|number| number.parse::<i32>().ok());
        let rest = rest.strip_prefix(b" ").unwrap_or(rest);
        self.word(std::str::from_utf8(word).unwrap_or_default(), number);
        match (word, number.and_then(|number| usize::try_from(number).ok())) {
            // So many bytes that are no RTF.
            (b"bin", Some(count)) => rest.get(count..).unwrap_or_default(),
            _ => rest,
        }
    }

    fn sign<'a>(&mut self, after: &'a [u8]) -> &'a [u8] {
        let Some((sign, rest)) = after.split_first() else { return after };
        match sign {
            b'\'' => {
                let digits = rest.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
                if let Some(byte) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
                    self.byte(byte);
                    return rest.get(2..).unwrap_or_default();
                }
            }
            b'*' => self.now.starred = true,
            b'~' => self.character("\u{a0}"),
            b'_' => self.character("-"),
            b'\r' | b'\n' => self.paragraph(),
            b'\\' | b'{' | b'}' => self.byte(*sign),
            _ => {}
        }
        rest
    }

    fn character(&mut self, text: &str) {
        self.flush();
        if self.skip > 0 {
            self.skip -= 1;
        } else {
            self.say(text);
        }
    }

    fn paragraph(&mut self) {
        self.flush();
        if self.now.hears == Hears::Text {
            self.rich.paragraphs.push(std::mem::take(&mut self.open));
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        // A character given by its number may be followed by bytes for who does not know it.
        if word != "u" {
            self.high = None;
        }
        if std::mem::take(&mut self.now.starred) && !TEXT.contains(&word) {
            self.flush();
            self.now.hears = Hears::Nothing;
        }
        match word {
            "par" | "row" | "sect" | "page" | "cell" | "nestcell" | "nestrow" => self.paragraph(),
            "line" => self.character("\n"),
            "tab" => self.character("\t"),
            "emdash" => self.character("—"),
            "endash" => self.character("–"),
            "lquote" => self.character("‘"),
            "rquote" => self.character("’"),
            "ldblquote" => self.character("“"),
            "rdblquote" => self.character("”"),
            "bullet" => self.character("•"),
            "u" => self.unit(number.unwrap_or(0)),
            "uc" => self.now.behind = usize::try_from(number.unwrap_or(1)).unwrap_or(1),
            "ansicpg" => {
                self.page = code_page(number.unwrap_or(1252)).unwrap_or(WINDOWS_1252);
                self.now.encoding = self.page;
            }
            "fcharset" if self.now.hears == Hears::Fonts => {
                if let Some(encoding) = number.and_then(charset) {
                    self.fonts.push((self.font, encoding));
                }
            }
            "f" | "af" if self.now.hears == Hears::Fonts => self.font = number.unwrap_or(0),
            "f" => {
                self.flush();
                let known = self.fonts.iter().rev().find(|(font, _)| Some(*font) == number);
                self.now.encoding = known.map_or(self.page, |(_, encoding)| *encoding);
            }
            "fonttbl" => self.now.hears = Hears::Fonts,
            "footnote" | "annotation" | "shptxt" | "header" | "footer" if self.now.hears == Hears::Text => {
                self.paragraph()
            }
            "pict" => {
                self.rich.pictures += usize::from(self.now.hears == Hears::Text);
                self.now.hears = Hears::Nothing;
            }
            "info" => self.now.hears = Hears::Nothing,
            word => self.destination(word),
        }
    }

    fn destination(&mut self, word: &str) {
        if NO_TEXT.contains(&word) {
            self.flush();
            self.now.hears = Hears::Nothing;
        } else if self.now.hears == Hears::Nothing
            && let Some(index) = INFO.iter().position(|(name, _)| *name == word)
        {
            self.now.hears = Hears::Info(index);
        }
    }

    /// A unit of UTF-16; the bytes behind it are for others.
    fn unit(&mut self, number: i32) {
        self.flush();
        let unit = (number & 0xffff) as u16;
        let said = match self.high.take() {
            Some(high) => char::decode_utf16([high, unit]).filter_map(Result::ok).collect::<String>(),
            None if (0xd800..0xdc00).contains(&unit) => {
                self.high = Some(unit);
                String::new()
            }
            None => char::decode_utf16([unit]).filter_map(Result::ok).collect(),
        };
        self.say(&said);
        self.skip = self.now.behind;
    }
}

/// A code page of Windows by its number.
fn code_page(number: i32) -> Option<&'static Encoding> {
    let label = match number {
        65001 => "utf-8",
        932 => "shift_jis",
        936 | 54936 => "gb18030",
        949 => "euc-kr",
        950 => "big5",
        874 => "windows-874",
        10000 => "macintosh",
        866 => "ibm866",
        number @ 1250..=1258 => return Encoding::for_label(format!("windows-{number}").as_bytes()),
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}

/// The code page of a font's character set.
fn charset(number: i32) -> Option<&'static Encoding> {
    code_page(match number {
        0 => 1252,
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(rtf: &str) -> Vec<String> {
        plain(rtf.as_bytes()).paragraphs.into_iter().filter(|text| !text.trim().is_empty()).collect()
    }

    #[test]
    fn characters_of_every_code_page_come_out() {
        let rows: [(&str, &str); 9] = [
            (r"{\rtf1\ansi caf\'e9}", "café"),
            (r"{\rtf1\ansi\ansicpg1251 \'cb\'e8\'ed}", "Лин"),
            (r"{\rtf1{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset134 \'cb\'ce;}}\f1\'c1\'d6\f0  Lin}", "林 Lin"),
            (r"{\rtf1\u26519?\uc2\u26408 ab\uc0\u24029 c}", "林木川c"),
            (r"{\rtf1\u-10179?\u-9025?}", "\u{1f4bf}"),
            (r"{\rtf1 a\~b\_c\{d\\\'7d}", "a\u{a0}b-c{d\\}"),
            (r"{\rtf1 \ldblquote never\rdblquote  \emdash}", "“never” —"),
            ("{\\rtf1 one\r\ntwo}", "onetwo"),
            (r"{\rtf1\ansicpg936 \'c1\'d6\'c4\'be}", "林木"),
        ];
        for (rtf, expected) in rows {
            assert_eq!(told(rtf), [expected], "{rtf}");
        }
    }

    #[test]
    fn what_is_no_text_is_left_out_and_what_is_stays() {
        let rtf = r"{\rtf1{\*\generator X;}{\stylesheet{\s0 Normal;}}{\info{\title Letter}{\author Gao}}one\par
            {\field{\*\fldinst HYPERLINK x}{\fldrslt two}}\par{\pict\wmetafile8 0102}three{\*\unknown four}{\footnote five}\cell six}";
        let rich = plain(rtf.as_bytes());
        let text = rich.text();
        for (word, there) in [
            ("one", true),
            ("two", true),
            ("three", true),
            ("five", true),
            ("six", true),
            ("four", false),
            ("Normal", false),
            ("HYPERLINK", false),
            ("0102", false),
        ] {
            assert_eq!(text.contains(word), there, "{word}: {text}");
        }
        let info = [("title".to_owned(), "Letter".to_owned()), ("creator".to_owned(), "Gao".to_owned())];
        assert_eq!((rich.metadata, rich.pictures, rich.whole), (info.to_vec(), 1, true));
    }

    #[test]
    fn groups_without_end_and_bytes_that_are_no_rtf_end() {
        let rich = plain("{".repeat(100_000).as_bytes());
        assert!(!rich.whole);
        assert_eq!(told("{\\rtf1 a\\bin4 }}}}b}"), ["ab"]);
        assert_eq!(told("{\\rtf1 a\\bin99999999999 b"), ["ab"]);
        assert_eq!(told("{\\rtf1 a\\'zz b\\"), ["azz b"]);
    }
}
