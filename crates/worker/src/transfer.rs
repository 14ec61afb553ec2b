//! The bytes of a mail's part: its body with the transfer encoding undone (RFC 2045, section 6), and nothing else.
//!
//! Keeps: no charset is decoded and no line end is changed, whatever the media type, so that what is sealed is what was
//! sent; damage costs no more than the bytes it hit.
//! Does not know: where a body begins and ends, what it says.

use std::borrow::Cow;

/// The body without its transfer encoding. An encoding that is none of RFC 2045 leaves it as it is.
pub fn undone<'b>(body: &'b [u8], encoding: &str) -> Cow<'b, [u8]> {
    match encoding.trim().to_ascii_lowercase().as_str() {
        "base64" => Cow::Owned(base64(body)),
        "quoted-printable" => Cow::Owned(quoted_printable(body)),
        _ => Cow::Borrowed(body),
    }
}

/// Characters outside the alphabet are passed over, as the RFC asks; after padding the next group begins.
fn base64(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() / 4 * 3);
    let (mut group, mut count) = (0u32, 0u8);
    for &c in body {
        let Some(value) = sextet(c) else {
            if c == b'=' {
                rest(group, count, &mut out);
                (group, count) = (0, 0);
            }
            continue;
        };
        (group, count) = (group << 6 | value, count + 1);
        if count == 4 {
            out.extend(group.to_be_bytes().into_iter().skip(1));
            (group, count) = (0, 0);
        }
    }
    rest(group, count, &mut out);
    out
}

fn sextet(c: u8) -> Option<u32> {
    let value = match c {
        b'A'..=b'Z' => c - b'A',
        b'a'..=b'z' => c - b'a' + 26,
        b'0'..=b'9' => c - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(value.into())
}

/// The whole bytes of a group that is not full.
fn rest(group: u32, count: u8, out: &mut Vec<u8>) {
    let aligned = group << (6 * u32::from(4 - count.min(4)));
    out.extend(aligned.to_be_bytes().into_iter().skip(1).take(usize::from(count.saturating_sub(1))));
}

/// Blanks at the end of a line were added on the way and are taken off; what is no escape stays as it is.
fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    for line in body.split_inclusive(|c| *c == b'\n') {
        let end = if line.ends_with(b"\r\n") { 2 } else { usize::from(line.ends_with(b"\n")) };
        let (text, end) = line.split_at(line.len() - end);
        let text = text.trim_ascii_end();
        let soft = text.strip_suffix(b"=");
        escapes(soft.unwrap_or(text), &mut out);
        if soft.is_none() {
            out.extend(end);
        }
    }
    out
}

fn escapes(mut text: &[u8], out: &mut Vec<u8>) {
    let hex = |c: u8| char::from(c).to_digit(16).and_then(|d| u8::try_from(d).ok());
    while let Some((&c, after)) = text.split_first() {
        text = after;
        match (c, after) {
            (b'=', [high, low, after @ ..]) if hex(*high).is_some() && hex(*low).is_some() => {
                out.extend(hex(*high).zip(hex(*low)).map(|(high, low)| high << 4 | low));
                text = after;
            }
            _ => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(body: &str, encoding: &str) -> Vec<u8> {
        undone(body.as_bytes(), encoding).into_owned()
    }

    #[test]
    fn base64_of_every_length_and_with_strangers_in_it() {
        for (coded, plain) in [
            ("", ""),
            ("Zg==", "f"),
            ("Zm8=", "fo"),
            ("Zm9v", "foo"),
            ("Zm9vYg", "foob"),
            ("Zm9v\r\nYm Fy", "foobar"),
            ("Zg==Zm8=", "ffo"),
            ("Z!m9-v", "foo"),
            ("Z", ""),
            ("====", ""),
        ] {
            assert_eq!(text(coded, " Base64 "), plain.as_bytes(), "{coded}");
        }
    }

    #[test]
    fn quoted_printable_keeps_line_ends_and_what_is_no_escape() {
        for (coded, plain) in [
            ("a=3Db=e9", &b"a=b\xe9"[..]),
            ("soft=\r\nline= \nend", b"softlineend"),
            ("mixed\r\nends\nhere\r", b"mixed\r\nends\nhere"),
            ("blanks \t\r\nand=20\r\n", b"blanks\r\nand \r\n"),
            ("=0D=0A=0D", b"\r\n\r"),
            ("100 =% =3 =\n=", b"100 =% =3 "),
            ("==3D", b"=="),
        ] {
            assert_eq!(text(coded, "QUOTED-PRINTABLE"), plain, "{coded}");
        }
    }

    #[test]
    fn other_encodings_change_nothing() {
        for encoding in ["7bit", "8bit", "binary", "x-uuencode", ""] {
            assert!(matches!(undone(b"=3D \r\nZg==", encoding), Cow::Borrowed(b"=3D \r\nZg==")));
        }
    }
}
