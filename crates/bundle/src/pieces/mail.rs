//! What the lines of one e-mail's source say: a few fields of its head, and its bodies of plain text.
//!
//! Keeps: lines that are one field, or one line on the way (soft breaks), are open or hidden together; whatever else there
//! is, boundaries and attachments and every encoding that hides its words among it, is hidden. Does not know: addresses.

use super::{Piece, undo};
use encoding_rs::{Encoding, UTF_8};

/// Fields that a court needs: who wrote what to whom and when, and by what number the mail is known.
const SHOWN: [&str; 6] = ["date", "from", "to", "cc", "subject", "message-id"];
/// Parts within parts that are followed.
const MAX_DEPTH: usize = 32;

/// What a part says of itself.
#[derive(Clone, Default)]
struct Head {
    media_type: String,
    charset: Option<String>,
    boundary: Option<String>,
    transfer: String,
    is_attached: bool,
}

/// Reads the lines of a mail. Nothing of a source that does not begin with a field is open.
pub(super) fn read(lines: &[Vec<u8>], pieces: &mut [Piece]) {
    pieces.iter_mut().for_each(|piece| piece.is_open = false);
    if lines.first().is_none_or(|line| field_name(line).is_none()) {
        return;
    }
    let mut mail = Mail { lines, pieces, at: 0, boundaries: Vec::new() };
    let mut head = mail.head(true);
    loop {
        match head.boundary.take().filter(|_| head.media_type.starts_with("multipart/")) {
            Some(boundary) if mail.boundaries.len() < MAX_DEPTH => mail.boundaries.push(boundary),
            _ => mail.body(&head),
        }
        if !mail.next_part() {
            return;
        }
        head = mail.head(false);
    }
}

struct Mail<'m> {
    lines: &'m [Vec<u8>],
    pieces: &'m mut [Piece],
    at: usize,
    /// Those of the parts around, the innermost last.
    boundaries: Vec<String>,
}

impl Mail<'_> {
    fn line(&self, at: usize) -> &[u8] {
        self.lines.get(at).map_or(&[], Vec::as_slice)
    }

    /// Reads the fields up to the empty line; `shows`: of the mail itself, a few of them are open.
    fn head(&mut self, shows: bool) -> Head {
        let mut head = Head::default();
        while self.at < self.lines.len() {
            let first = self.at;
            if self.line(first).trim_ascii().is_empty() {
                self.open(first, String::new(), first);
                self.at += 1;
                break;
            }
            self.at += 1;
            while matches!(self.line(self.at).first(), Some(b' ' | b'\t'))
                && !self.line(self.at).trim_ascii().is_empty()
            {
                self.at += 1;
            }
            let Some(name) = field_name(self.line(first)) else { continue };
            let field: Vec<u8> = (first..self.at).flat_map(|at| self.line(at).iter().copied()).collect();
            let Ok(field) = String::from_utf8(field) else { continue };
            let value: String = field.replace(['\r', '\n'], "").chars().skip(name.len() + 1).collect();
            let shown = shows && SHOWN.contains(&name.as_str());
            if let Some(said) = undo::encoded_words(value.trim()).filter(|_| shown) {
                for at in first..self.at {
                    let said = if at == first { format!("{name}: {said}") } else { String::new() };
                    self.open(at, said, first);
                }
            }
            head.takes(&name, &value);
        }
        head
    }

    fn open(&mut self, at: usize, said: String, with: usize) {
        if let Some(piece) = self.pieces.get_mut(at) {
            (piece.is_open, piece.said, piece.with) = (true, Some(said), with);
        }
    }

    /// Reads a body up to the next boundary.
    fn body(&mut self, head: &Head) {
        let first = self.at;
        while self.at < self.lines.len() && self.boundary_at(self.at).is_none() {
            self.at += 1;
        }
        let is_text = head.media_type.is_empty() || head.media_type.starts_with("text/");
        if !is_text {
            return;
        }
        let is_plain = !head.is_attached && matches!(head.media_type.as_str(), "" | "text/plain");
        match head.transfer.as_str() {
            "" | "7bit" | "8bit" | "binary" if is_plain => self.plain(first, head, |line| line.to_vec()),
            "quoted-printable" if is_plain => self.plain(first, head, undo::quoted_printable),
            transfer => self.aside(first, head, transfer),
        }
    }

    /// Lines of text, those that a soft break joins together.
    fn plain(&mut self, first: usize, head: &Head, undo: impl Fn(&[u8]) -> Vec<u8>) {
        let soft = head.transfer == "quoted-printable";
        let mut from = first;
        let mut packed = false;
        while from < self.at {
            let mut end = from + 1;
            while soft && end < self.at && self.line(end - 1).trim_ascii_end().ends_with(b"=") {
                end += 1;
            }
            let bytes: Vec<u8> = (from..end).flat_map(|at| self.line(at).iter().copied()).collect();
            // Unix's way to send bytes as text: none of it is understood.
            packed |= bytes.starts_with(b"begin ")
                && bytes.get(6..9).is_some_and(|mode| mode.is_ascii() && mode.iter().all(u8::is_ascii_digit));
            let said = head.text(&undo(&bytes)).filter(|_| !packed);
            for at in from..end {
                match &said {
                    Some(said) => self.open(at, if at == from { said.clone() } else { String::new() }, from),
                    None => continue,
                }
            }
            packed &= bytes.trim_ascii() != b"end";
            from = end;
        }
    }

    /// A text that is hidden whole: what it says is known, so that what is struck in it is found.
    fn aside(&mut self, first: usize, head: &Head, transfer: &str) {
        let bytes: Vec<u8> = (first..self.at).flat_map(|at| self.line(at).iter().copied()).collect();
        let bytes = match transfer {
            "base64" => undo::base64(&bytes),
            "quoted-printable" => undo::quoted_printable(&bytes),
            _ => bytes,
        };
        if let (Some(piece), Some(said)) = (self.pieces.get_mut(first), head.text(&bytes)) {
            piece.said = Some(if head.media_type == "text/html" { without_tags(&said) } else { said });
        }
    }

    /// Goes behind the next boundary that begins a part; answers whether there is one.
    fn next_part(&mut self) -> bool {
        while self.at < self.lines.len() {
            let here = self.at;
            self.at += 1;
            if let Some((depth, ends)) = self.boundary_at(here) {
                self.boundaries.truncate(if ends { depth } else { depth + 1 });
                if !ends {
                    return true;
                }
            }
        }
        false
    }

    /// Which of the parts around a line parts, and whether it ends it.
    fn boundary_at(&self, at: usize) -> Option<(usize, bool)> {
        let line = self.line(at).trim_ascii_end().strip_prefix(b"--")?;
        let is = |(depth, boundary): (usize, &String)| match line.strip_prefix(boundary.as_bytes())? {
            b"" => Some((depth, false)),
            b"--" => Some((depth, true)),
            _ => None,
        };
        self.boundaries.iter().enumerate().rev().find_map(is)
    }
}

impl Head {
    fn takes(&mut self, name: &str, value: &str) {
        let mut parts = value.split(';').map(str::trim);
        let first = parts.next().unwrap_or_default().to_ascii_lowercase();
        match name {
            "content-type" => {
                self.media_type = first;
                for parameter in parts {
                    let Some((name, value)) = parameter.split_once('=') else { continue };
                    let value = value.trim().trim_matches('"').to_owned();
                    match name.trim().to_ascii_lowercase().as_str() {
                        "charset" => self.charset = Some(value),
                        "boundary" => self.boundary = Some(value).filter(|b| !b.is_empty()),
                        _ => {}
                    }
                }
            }
            "content-transfer-encoding" => self.transfer = first,
            "content-disposition" => self.is_attached = first != "inline",
            _ => {}
        }
    }

    /// Characters, where every byte is one.
    fn text(&self, bytes: &[u8]) -> Option<String> {
        let encoding = match &self.charset {
            Some(name) => Encoding::for_label(name.as_bytes())?,
            None => UTF_8,
        };
        let (text, damaged) = encoding.decode_without_bom_handling(bytes);
        (!damaged).then(|| text.into_owned())
    }
}

/// The name of a field, in small letters.
fn field_name(line: &[u8]) -> Option<String> {
    let len = line.iter().position(|b| *b == b':')?;
    let name = line.get(..len).filter(|name| !name.is_empty() && name.iter().all(u8::is_ascii_graphic))?;
    Some(String::from_utf8_lossy(name).to_ascii_lowercase())
}

/// The text of a page, roughly: what is between `<` and `>` left out, references undone.
fn without_tags(page: &str) -> String {
    let mut text = String::new();
    for (n, part) in page.split('<').enumerate() {
        text.push_str(if n == 0 { part } else { part.split_once('>').map_or("", |(_, behind)| behind) });
    }
    super::entity::undone(&text).text
}
