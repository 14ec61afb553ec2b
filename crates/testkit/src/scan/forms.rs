//! The bytes in which a word may stand, and a search for many of them at once.
//!
//! Keeps: Latin letters are found in either case but inside base64, where case is meaning; base64 is found at each of its
//! three alignments, and in lines. Deliberately does not know: files, streams.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// The encodings that are looked for.
pub const FORMS: [&str; 6] = ["utf-8", "utf-16le", "utf-16be", "gb18030", "base64", "hex"];

/// Fewest characters of base64 that are looked for: fewer stand in the hashes of any bundle by chance (64^4 is one in
/// sixteen million places; 64^6 one in seventy thousand million).
const BASE64_SHORTEST: usize = 6;

/// One word in one encoding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Form {
    pub word: String,
    pub encoding: &'static str,
    bytes: Vec<u8>,
    /// Whether the bytes count as they are; else ASCII letters are lower case here and found in either.
    exact: bool,
}

/// Every form of a word that is not shorter than `shortest` bytes.
pub(super) fn of(word: &str, shortest: usize) -> Vec<Form> {
    let utf16 = |unit: fn(u16) -> [u8; 2]| word.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    let mut plain = vec![
        ("utf-8", word.as_bytes().to_vec()),
        ("utf-16le", utf16(u16::to_le_bytes)),
        ("utf-16be", utf16(u16::to_be_bytes)),
    ];
    let (gb, _, unmapped) = encoding_rs::GB18030.encode(word);
    if !unmapped && *gb != *word.as_bytes() {
        plain.push(("gb18030", gb.into_owned()));
    }
    let form = |encoding, bytes, exact| Form { word: word.to_owned(), encoding, bytes, exact };
    let mut out = Vec::new();
    for (encoding, bytes) in plain {
        out.push(form("hex", hex(&bytes), false));
        for alignment in 0..3 {
            for inner in in_base64(&bytes, alignment) {
                out.push(form("base64", inner, true));
            }
        }
        out.push(form(encoding, bytes.to_ascii_lowercase(), false));
    }
    out.retain(|f| f.bytes.len() >= if f.encoding == "base64" { shortest.max(BASE64_SHORTEST) } else { shortest });
    out
}

fn hex(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().flat_map(|b| format!("{b:02x}").into_bytes()).collect()
}

/// The characters that stand for `bytes` alone where they begin at `alignment` of a group, in both alphabets.
fn in_base64(bytes: &[u8], alignment: usize) -> Vec<Vec<u8>> {
    let mut shifted = vec![0; alignment];
    shifted.extend_from_slice(bytes);
    let first = (alignment * 8).div_ceil(6);
    let last = shifted.len() * 8 / 6;
    let mut out: Vec<Vec<u8>> = [STANDARD_NO_PAD, URL_SAFE_NO_PAD]
        .iter()
        .map(|engine| engine.encode(&shifted).into_bytes()[first.min(last)..last].to_vec())
        .collect();
    out.dedup();
    out
}

/// Finds any of many forms: a table of their first two bytes, then a comparison.
pub(super) struct Matcher {
    forms: Vec<Form>,
    /// By the first two bytes, lower case: indices into `forms`, 1-based chains ended by 0.
    first: Vec<u32>,
    next: Vec<u32>,
}

impl Matcher {
    pub fn new(forms: Vec<Form>) -> Self {
        let mut first = vec![0u32; 1 << 16];
        let mut next = vec![0u32; forms.len() + 1];
        for (index, form) in (1u32..).zip(&forms) {
            let slot = pair(&form.bytes);
            next[index as usize] = first[slot];
            first[slot] = index;
        }
        Self { forms, first, next }
    }

    /// Each form that stands in `bytes`, or in them without their line ends, with the first place.
    pub fn find(&self, bytes: &[u8]) -> Vec<(&Form, usize)> {
        let mut out = self.find_in(bytes);
        if bytes.contains(&b'\n') {
            let joined: Vec<u8> = bytes.iter().copied().filter(|b| !matches!(b, b'\r' | b'\n')).collect();
            for (form, at) in self.find_in(&joined) {
                if !out.iter().any(|(known, _)| *known == form) {
                    out.push((form, at));
                }
            }
        }
        out
    }

    fn find_in(&self, bytes: &[u8]) -> Vec<(&Form, usize)> {
        let mut places = vec![None; self.forms.len()];
        for at in 0..bytes.len().saturating_sub(1) {
            let mut index = self.first[pair(&bytes[at..])];
            while index != 0 {
                let form = &self.forms[index as usize - 1];
                let place = &mut places[index as usize - 1];
                if place.is_none() && form.stands_at(&bytes[at..]) {
                    *place = Some(at);
                }
                index = self.next[index as usize];
            }
        }
        self.forms.iter().zip(places).filter_map(|(form, at)| Some((form, at?))).collect()
    }
}

impl Form {
    fn stands_at(&self, bytes: &[u8]) -> bool {
        let Some(there) = bytes.get(..self.bytes.len()) else { return false };
        if self.exact { there == self.bytes } else { there.eq_ignore_ascii_case(&self.bytes) }
    }
}

fn pair(bytes: &[u8]) -> usize {
    usize::from(bytes[0].to_ascii_lowercase()) << 8 | usize::from(bytes[1].to_ascii_lowercase())
}
