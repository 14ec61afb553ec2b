//! Escapes undone: of JSON, of addresses, of web pages, of mail.
//!
//! Keeps: what is no escape stays as it is. Does not know: where which escape means something; all are undone everywhere,
//! for what is looked for must not be written in any of them.

use super::entity::{self, Entities};
use encoding_rs::Encoding;

/// A text with every escape undone that it may hold.
pub(crate) fn undone(text: &str) -> String {
    let words = encoded_words(text).unwrap_or_else(|| text.to_owned());
    let Entities { text, .. } = entity::undone(&percent(&escapes(&words).0, '%'));
    percent(&text, '=')
}

/// JSON's escapes undone, and whether all were right.
pub(super) fn escapes(text: &str) -> (String, bool) {
    let mut out = String::with_capacity(text.len());
    let mut right = true;
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        let (said, len) = match escape.as_bytes().get(1) {
            Some(b'u') => match utf16(escape) {
                Some((c, len)) => (Some(c), len),
                None => (None, 1),
            },
            Some(b'n' | b'r' | b't' | b'b' | b'f') => (Some(' '), 2),
            Some(c @ (b'"' | b'\\' | b'/')) => (Some(char::from(*c)), 2),
            _ => (None, 1),
        };
        right &= said.is_some();
        out.push(said.unwrap_or('\\'));
        rest = escape.get(len..).unwrap_or_default();
    }
    out.push_str(rest);
    (out, right)
}

/// The character of `\uXXXX`, or of two of them, and how long it is written.
fn utf16(escape: &str) -> Option<(char, usize)> {
    let unit = |at: usize| {
        let digits = escape.get(at..at + 6)?.strip_prefix("\\u")?;
        digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u16::from_str_radix(digits, 16).ok())?
    };
    let first = unit(0)?;
    match char::decode_utf16([first]).next()? {
        Ok(c) => Some((c, 6)),
        Err(_) => Some((char::decode_utf16([first, unit(6)?]).next()?.ok()?, 12)),
    }
}

/// Two hexadecimal digits behind `mark` undone, and what they say as UTF-8.
fn percent(text: &str, mark: char) -> String {
    if !text.contains(mark) {
        return text.to_owned();
    }
    String::from_utf8_lossy(&hex_undone(text.as_bytes(), mark as u8)).into_owned()
}

fn hex_undone(bytes: &[u8], mark: u8) -> Vec<u8> {
    let digit = |b: &u8| char::from(*b).to_digit(16).and_then(|d| u8::try_from(d).ok());
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while let Some(byte) = bytes.get(at) {
        let pair = bytes.get(at + 1).and_then(digit).zip(bytes.get(at + 2).and_then(digit));
        match pair.filter(|_| *byte == mark) {
            Some((high, low)) => {
                out.push(high << 4 | low);
                at += 3;
            }
            None => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    out
}

/// Quoted-printable undone (RFC 2045): lines that end in `=` go on in the next.
pub(super) fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    for line in body.split_inclusive(|b| *b == b'\n') {
        let text = line.trim_ascii_end();
        let soft = text.strip_suffix(b"=");
        out.extend(hex_undone(soft.unwrap_or(text), b'='));
        if soft.is_none() {
            out.push(b'\n');
        }
    }
    out
}

/// Base64 undone; what is not of its alphabet is passed over.
pub(super) fn base64(text: &[u8]) -> Vec<u8> {
    let (mut out, mut held, mut bits) = (Vec::with_capacity(text.len() / 4 * 3), 0u32, 0u32);
    for byte in text {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => {
                (held, bits) = (0, 0);
                continue;
            }
            _ => continue,
        };
        held = (held << 6 | u32::from(value)) & 0xff_ffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push(u8::try_from(held >> bits & 0xff).unwrap_or_default());
        }
    }
    out
}

/// Encoded words of a mail's field (RFC 2047) undone, those that follow each other joined; none where one is not
/// understood.
pub(super) fn encoded_words(text: &str) -> Option<String> {
    let (mut out, mut rest, mut behind_word) = (String::new(), text, false);
    // Bytes of neighbours of one charset are one text: a character may lie in two.
    let mut held: Option<(&'static Encoding, Vec<u8>)> = None;
    while let Some(at) = rest.find("=?") {
        let (before, word) = rest.split_at(at);
        let mut fields = word.get(2..)?.splitn(4, '?');
        let (charset, kind, said) = (fields.next()?, fields.next()?, fields.next()?);
        rest = fields.next()?.strip_prefix('=')?;
        let encoding = Encoding::for_label(charset.split('*').next()?.as_bytes())?;
        let bytes = match kind {
            "B" | "b" => base64(said.as_bytes()),
            "Q" | "q" => hex_undone(said.replace('_', " ").as_bytes(), b'='),
            _ => return None,
        };
        if !(behind_word && before.trim().is_empty()) {
            flush(&mut held, &mut out)?;
            out.push_str(before);
        }
        match &mut held {
            Some((of, all)) if *of == encoding => all.extend(bytes),
            _ => {
                flush(&mut held, &mut out)?;
                held = Some((encoding, bytes));
            }
        }
        behind_word = true;
    }
    flush(&mut held, &mut out)?;
    out.push_str(rest);
    Some(out)
}

fn flush(held: &mut Option<(&'static Encoding, Vec<u8>)>, out: &mut String) -> Option<()> {
    if let Some((encoding, bytes)) = held.take() {
        let (text, damaged) = encoding.decode_without_bom_handling(&bytes);
        if damaged {
            return None;
        }
        out.push_str(&text);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_in_every_escape() {
        for (written, said) in [
            (r"\u6797\u6155\u5ddd", "林慕川"),
            (r"\ud842\udfb7 \/ \n", "𠮷 /  "),
            ("%E6%9E%97%e6%85%95%E5%B7%9D", "林慕川"),
            ("=E6=9E=97=E6=85=95=E5=B7=9D", "林慕川"),
            ("&#26519;&#x6155;&#24029", "林慕川"),
            ("L&eacute;onie&nbsp;&amp;&lt;", "Le\u{301}onie\u{a0}&<"),
            ("=?utf-8?B?5p6X5oWV5bed?=", "林慕川"),
            ("=?UTF-8?b?5p6X5g==?= =?utf-8?q?=85=95_=E5=B7=9D?= x", "林慕 川 x"),
            ("a = b, 5% of =3 \\x", "a = b, 5% of =3 \\x"),
        ] {
            assert_eq!(undone(written), said, "{written}");
        }
        assert_eq!(escapes(r"\u67"), (r"\u67".to_owned(), false));
        assert!(!escapes(r"\ud842x").1 && !escapes("a\\").1 && escapes(r"\t\u0041").1);
        assert_eq!(encoded_words("=?utf-8?B?5p6X?= =?nonsense?Q?x?="), None);
        assert_eq!(quoted_printable(b"Lin Mu=\r\nchuan =C3=A9 \r\nx"), "Lin Muchuan é\nx\n".as_bytes());
    }
}
