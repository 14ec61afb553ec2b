//! What a file is taken for when it is cut into leaves: by its first bytes, and by its name where they leave it open.
//!
//! Keeps: a wrong guess costs nothing but the fineness of the cut. Does not know: what a file says.

use casemate_carve::{Hint, Syntax, looks_like_sound};
use std::io::{Read, Seek, SeekFrom};

/// How much of a file tells what it is taken for.
const HEAD_BYTES: u64 = 4096;

/// What a file is taken for, by its head and the ending of its name; stands at its start afterwards.
pub(super) fn of(file: &mut (impl Read + Seek), ending: Option<&str>) -> std::io::Result<Hint> {
    let mut head = Vec::new();
    file.by_ref().take(HEAD_BYTES).read_to_end(&mut head)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(taken_for(&head, ending))
}

fn taken_for(head: &[u8], ending: Option<&str>) -> Hint {
    if looks_like_sound(head) {
        return Hint::Recording;
    }
    let looks_like_text = !head.is_empty() && !head.iter().any(|b| *b < 9 || (14..27).contains(b));
    if !looks_like_text || head.starts_with(b"%PDF") {
        return Hint::Whole;
    }
    let named = |endings: &[&str]| ending.is_some_and(|e| endings.iter().any(|known| e.eq_ignore_ascii_case(known)));
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    if named(&["csv", "tsv"]) {
        Hint::Csv
    } else if is_page(text, named(&["html", "htm", "xhtml"])) {
        Hint::Spans(Syntax::Html)
    } else if text.starts_with(b"{") || text.starts_with(b"[") {
        // A chat export may begin with `[` too: it isn't JSON to the end, and becomes lines.
        Hint::Spans(Syntax::Json)
    } else {
        Hint::Lines
    }
}

/// Whether a text is a web page: it says so, or it begins with a tag and is named so.
fn is_page(text: &[u8], named: bool) -> bool {
    let lower = text.to_ascii_lowercase();
    let says_so = |head: &[u8]| lower.windows(head.len()).any(|window| window == head);
    lower.starts_with(b"<") && (named || says_so(b"<!doctype html") || says_so(b"<html"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_goes_before_the_name() {
        let (json, html) = (Hint::Spans(Syntax::Json), Hint::Spans(Syntax::Html));
        for (head, ending, want) in [
            ("{\"a\":1}", Some("txt"), json),
            ("\u{feff}\n [1]", None, json),
            ("<!-- saved -->\n<!DOCTYPE html><p>", Some("txt"), html),
            ("<?xml version=\"1.0\"?><html xmlns=\"x\">", None, html),
            ("<p>a part of a page", Some("HTM"), html),
            ("<p>a part of a page", None, Hint::Lines),
            ("<smses count=\"1\">", Some("xml"), Hint::Lines),
            ("a text of <html>", Some("html"), Hint::Lines),
            ("a;b\n", Some("csv"), Hint::Csv),
            ("From: a\nSubject: b\n", Some("eml"), Hint::Lines),
            ("%PDF-1.7", None, Hint::Whole),
            ("{\u{1}", None, Hint::Whole),
            ("", None, Hint::Whole),
        ] {
            assert_eq!(taken_for(head.as_bytes(), ending), want, "{head}");
        }
    }
}
