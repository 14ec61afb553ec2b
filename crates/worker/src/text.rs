//! Plain text in any encoding, as paragraphs with their lines.
//!
//! Keeps: line numbers are the source's, counted from 1; no character is dropped without a finding.
//! Does not know: what the text says.

use casemate_ports::reading::{Kind, Place};
use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use crate::out::{Out, Read, about, passage};

/// Most lines of one passage; longer paragraphs are several.
const MAX_LINES: usize = 40;
/// Most bytes of one passage of plain text, about.
const MAX_BYTES: usize = 4096;
/// Bytes looked at when the encoding is guessed.
const GUESS: usize = 1 << 20;
/// One control character in this many is the most that a text holds.
const CONTROLS: usize = 200;

/// A source as characters.
#[derive(Debug)]
pub struct Decoded {
    /// Its text, without a byte-order mark.
    pub text: String,
    /// The encoding's name (WHATWG).
    pub encoding: &'static str,
    /// Whether bytes were no characters (shown as U+FFFD).
    pub damaged: bool,
}

/// The text, or `None` where the bytes are no text.
pub fn decode(bytes: &[u8]) -> Option<Decoded> {
    let encoding = encoding_of(bytes);
    let (text, used, damaged) = encoding.decode(bytes);
    let sample = text.get(..text.floor_char_boundary(GUESS)).unwrap_or_default();
    let odd = |c: &char| {
        (c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{1b}' | '\u{85}')) || *c == '\u{fffd}'
    };
    let odds = sample.chars().filter(odd).count();
    if odds > 2 && odds > sample.chars().count() / CONTROLS {
        return None;
    }
    Some(Decoded { text: text.into_owned(), encoding: used.name(), damaged })
}

fn encoding_of(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0) {
        return UTF_8;
    }
    let head = bytes.get(..GUESS.min(bytes.len())).unwrap_or_default();
    // UTF-16 without a mark: Latin text has a zero in every other byte.
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count() * 5 / 2;
    if zeros(1) > head.len() / 2 && zeros(0) < head.len() / 10 {
        return UTF_16LE;
    }
    if zeros(0) > head.len() / 2 && zeros(1) < head.len() / 10 {
        return UTF_16BE;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(head, true);
    match detector.guess(None, chardetng::Utf8Detection::Allow) {
        // The detector names the older part of the standard; the decoder is one and the same.
        guessed if guessed == GBK => GB18030,
        guessed => guessed,
    }
}

/// Reads plain text.
pub fn read(source: &Decoded, out: &mut Out) -> Read {
    let metadata = vec![("encoding".to_owned(), source.encoding.to_owned())];
    out.about(about(Kind::Text, "text/plain", metadata))?;
    let is_json = source.text.trim_start().starts_with(['{', '[']);
    for (first, last, text) in paragraphs(&source.text) {
        let text = if is_json { spelled_out(&text) } else { text };
        out.passage(passage(Place::Lines { first, last }, text))?;
    }
    Ok(())
}

/// JSON with the characters that it escapes by number: else no word of another script would be found in it. Escapes of
/// ASCII, which may be syntax, stay.
fn spelled_out(text: &str) -> String {
    let unit = |at: &str| {
        let digits = at.strip_prefix("\\u")?.get(..4)?;
        digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u16::from_str_radix(digits, 16).ok())?
    };
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        let units: Vec<u16> = [0, 6].iter().map_while(|at| unit(escape.get(*at..)?)).collect();
        let said = char::decode_utf16(units).next().and_then(Result::ok).filter(|c| !c.is_ascii() && !c.is_control());
        let len = match said {
            Some(c) => {
                out.push(c);
                c.len_utf16() * 6
            }
            None => {
                // A backslash takes the next character with it, also another backslash.
                let len = escape.chars().take(2).map(char::len_utf8).sum();
                out.push_str(escape.get(..len).unwrap_or_default());
                len
            }
        };
        rest = escape.get(len..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// Words, folded to lower case.
pub fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase)
}

/// Paragraphs between empty lines: first line, last line, text.
pub fn paragraphs(text: &str) -> Vec<(u64, u64, String)> {
    let mut all = Vec::new();
    let mut open: Option<(u64, u64, String, usize)> = None;
    for (number, line) in (1u64..).zip(text.split('\n')) {
        let line = line.trim_end_matches('\r');
        if line.trim().is_empty() {
            all.extend(open.take().map(|(first, last, text, _)| (first, last, text)));
            continue;
        }
        match &mut open {
            Some((_, last, text, lines)) if *lines < MAX_LINES && text.len() + line.len() < MAX_BYTES => {
                text.push('\n');
                text.push_str(line);
                *last = number;
                *lines += 1;
            }
            _ => {
                all.extend(open.take().map(|(first, last, text, _)| (first, last, text)));
                open = Some((number, number, line.to_owned(), 1));
            }
        }
    }
    all.extend(open.map(|(first, last, text, _)| (first, last, text)));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::out::tests::heard;

    #[test]
    fn any_encoding_comes_out_the_same() {
        let text = "地產商人說：不要回來。\nLe témoin l’a dit à l’été.\n";
        for label in ["utf-8", "utf-16le", "utf-16be"] {
            let bytes: Vec<u8> = match label {
                "utf-16le" => [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect(),
                "utf-16be" => [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect(),
                _ => text.as_bytes().to_vec(),
            };
            assert_eq!(decode(&bytes).unwrap().text, text, "{label}");
        }
        let zh = "他们说这件事已经结束了，请你马上回来，我们在机场等你。".repeat(3);
        for encoding in [encoding_rs::GB18030, encoding_rs::BIG5] {
            let source = if encoding == encoding_rs::BIG5 {
                zh.replace(['们', '说', '这', '经', '结', '请', '马', '来', '机', '场'], "中")
            } else {
                zh.clone()
            };
            let (bytes, _, bad) = encoding.encode(&source);
            assert!(!bad || encoding == encoding_rs::BIG5);
            if !bad {
                assert_eq!(decode(&bytes).unwrap().text, source, "{}", encoding.name());
            }
        }
        let bare: Vec<u8> = "plain Latin letters in wide form".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&bare).unwrap().text, "plain Latin letters in wide form");
    }

    #[test]
    fn bytes_that_are_no_text_are_told() {
        let noise: Vec<u8> = (0..4000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(decode(&noise).is_none());
    }

    #[test]
    fn paragraphs_name_their_lines() {
        let got = paragraphs("one\r\ntwo\r\n\r\n\r\nfive\n");
        assert_eq!(got, [(1, 2, "one\ntwo".to_owned()), (5, 5, "five".to_owned())]);
        assert!(paragraphs(" \n\n").is_empty());
        let long = "x\n".repeat(100);
        let parts = paragraphs(&long);
        assert_eq!(parts.iter().map(|p| p.1 - p.0 + 1).sum::<u64>(), 100);
        assert!(parts.iter().all(|p| p.1 - p.0 < MAX_LINES as u64));
    }

    #[test]
    fn json_is_read_with_its_escapes_spelled_out() {
        let read = |text: &str| heard(|out| read(&decode(text.as_bytes()).unwrap(), out)).passages[0].text.clone();
        assert_eq!(read(r#"{"a":"\u6797\u6155 \ud842\udfb7\n\u0022"}"#), r#"{"a":"林慕 𠮷\n\u0022"}"#);
        assert_eq!(read(r#"["\\u6797 \ud842 \u67"]"#), r#"["\\u6797 \ud842 \u67"]"#);
        assert_eq!(read(r"as \u6797"), r"as \u6797");
    }

    #[test]
    fn a_text_is_read() {
        let heard = heard(|out| read(&decode("a\n\nb".as_bytes()).unwrap(), out));
        assert_eq!(heard.passages.len(), 2);
        assert_eq!(heard.passages[1].place, Place::Lines { first: 3, last: 3 });
        assert_eq!(heard.about.unwrap().kind, Kind::Text);
    }
}
