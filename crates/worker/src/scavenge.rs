//! Text in bytes of a kind that no reader knows: runs of characters as they lie, so that a search finds what they say.
//!
//! Keeps: bytes that look packed or enciphered say nothing; what is told is bounded. Does not know: formats, order, meaning.

use casemate_ports::reading::{Place, Severity};

use crate::out::{Out, Read, passage};

/// All text that is told of one source, bytes.
const MAX_TEXT: usize = 4 << 20;
/// About how much text is one passage, bytes.
const PASSAGE: usize = 4 << 10;
/// Bytes that are looked at together: packed ones say nothing.
const BLOCK: usize = 4 << 10;
/// Bits of each byte of a block from which on it is taken for packed.
const PACKED: f64 = 7.2;
/// Fewest characters of a run of one byte each.
const FEWEST: usize = 4;
/// Fewest Han characters of a run: by chance two bytes are a common one in about one of eight cases.
const FEWEST_HAN: usize = 6;

/// Tells the text that lies in the bytes; false if there is none. `part` is where they are.
pub fn tell(bytes: &[u8], part: &str, out: &mut Out) -> Result<bool, casemate_fence::ReplyError> {
    let mut some = false;
    let runs = runs(bytes);
    for (first, last, text) in runs.batches() {
        let inside = Place::Lines { first, last };
        let place =
            if part.is_empty() { inside } else { Place::Part { name: part.to_owned(), inside: Box::new(inside) } };
        out.passage(passage(place, text))?;
        some = true;
    }
    if runs.cut {
        out.finding(
            "too-much",
            Severity::Partial,
            &format!("more than {MAX_TEXT} bytes of text; the rest was left unread"),
        )?;
    }
    Ok(some)
}

/// What is said of a source of which text was found so.
pub fn say(out: &mut Out) -> Read {
    let detail = format!("{} passages", out.passages());
    out.finding("text-scavenged", Severity::Partial, &detail)
}

/// The runs of a source in their order.
struct Runs {
    said: Vec<String>,
    /// Whether there may be more.
    cut: bool,
}

impl Runs {
    /// First and last number of each batch, and its text.
    fn batches(&self) -> impl Iterator<Item = (u64, u64, String)> + use<> {
        let mut batches: Vec<(u64, u64, String)> = Vec::new();
        for (number, run) in (1u64..).zip(&self.said) {
            match batches.last_mut().filter(|batch| batch.2.len() + run.len() < PASSAGE) {
                Some(batch) => {
                    batch.1 = number;
                    batch.2.push('\n');
                    batch.2.push_str(run);
                }
                None => batches.push((number, number, run.clone())),
            }
        }
        batches.into_iter()
    }
}

fn runs(bytes: &[u8]) -> Runs {
    let mut said: Vec<String> = Vec::new();
    let mut length = 0usize;
    let mut at = 0usize;
    let packed: Vec<bool> = bytes.chunks(BLOCK).map(is_packed).collect();
    while at < bytes.len() && length < MAX_TEXT {
        if packed.get(at / BLOCK).copied().unwrap_or(false) {
            at = (at / BLOCK + 1) * BLOCK;
            continue;
        }
        let rest = bytes.get(at..).unwrap_or_default();
        let taken = narrow(rest).or_else(|| wide(rest));
        match taken {
            Some((used, text)) => {
                let text = text.trim();
                if is_worded(text) {
                    length += text.len();
                    said.push(text.to_owned());
                }
                at += used;
            }
            None => at += 1,
        }
    }
    Runs { said, cut: at < bytes.len() }
}

/// Whether most of a run is letters, digits and spaces: numbers of a program that happen to be characters are not.
fn is_worded(text: &str) -> bool {
    let worded = text.chars().filter(|c| c.is_alphanumeric() || *c == ' ').count();
    worded * 4 >= text.chars().count() * 3 && text.chars().any(char::is_alphanumeric)
}

/// A run of UTF-8 at the start.
fn narrow(bytes: &[u8]) -> Option<(usize, String)> {
    let mut used = 0usize;
    let mut text = String::new();
    let mut strange = 0usize;
    while let Some((c, len)) = first_char(bytes.get(used..)?) {
        if !is_said(c) {
            break;
        }
        strange += usize::from(!c.is_ascii());
        text.push(c);
        used += len;
    }
    let count = text.chars().count();
    // Two bytes above 127 are a character by chance; many of them beside each other are not.
    let is_text = count >= FEWEST && (strange == 0 || strange >= FEWEST_HAN || strange * 2 <= count);
    is_text.then_some((used, text))
}

fn first_char(bytes: &[u8]) -> Option<(char, usize)> {
    let head = bytes.get(..bytes.len().min(4))?;
    let valid = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(head.get(..error.valid_up_to())?).ok()?,
    };
    valid.chars().next().map(|c| (c, c.len_utf8()))
}

/// A run of UTF-16 (low byte first) at the start: of letters as Latin writes them, or of common Han characters among them.
fn wide(bytes: &[u8]) -> Option<(usize, String)> {
    let pairs = bytes.as_chunks::<2>().0;
    let units = pairs.iter().map(|pair| u16::from_le_bytes(*pair));
    let text: String = units.map_while(|unit| char::from_u32(unit.into()).filter(|c| is_wide(*c))).collect();
    let count = text.chars().count();
    let han = text.chars().filter(|c| is_han(*c)).count();
    let ascii = text.chars().filter(char::is_ascii).count();
    // Letters of one byte each, read in pairs, look like Han.
    let narrow = pairs.iter().take(count).filter(|pair| pair.iter().all(|byte| matches!(byte, b' '..=b'~'))).count();
    let is_latin = ascii >= FEWEST && ascii * 4 >= (count - han) * 3;
    let is_text = (is_latin || han >= FEWEST_HAN) && narrow * 10 <= count * 7;
    is_text.then_some((count * 2, text))
}

fn is_said(c: char) -> bool {
    c == '\t' || (!c.is_control() && c != char::REPLACEMENT_CHARACTER && !matches!(c, '\u{e000}'..='\u{f8ff}'))
}

fn is_wide(c: char) -> bool {
    matches!(c, '\t' | ' '..='~' | '\u{a0}'..='\u{24f}' | '\u{2010}'..='\u{2027}' | '\u{3001}'..='\u{3011}' | '\u{ff01}'..='\u{ff5e}')
        || is_han(c)
}

/// A Han character of the two tables of common ones, GB 2312 and the first of Big5.
fn is_han(c: char) -> bool {
    if !matches!(c, '\u{4e00}'..='\u{9fa5}') {
        return false;
    }
    let mut buffer = [0; 4];
    let text: &str = c.encode_utf8(&mut buffer);
    let simplified = encoding_rs::GBK.encode(text).0;
    let traditional = encoding_rs::BIG5.encode(text).0;
    matches!(*simplified, [0xb0..=0xf7, 0xa1..=0xfe]) || matches!(*traditional, [0xa4..=0xc6, _])
}

/// Whether a block has as many different bytes as packed ones have.
fn is_packed(block: &[u8]) -> bool {
    let mut counts = [0u32; 256];
    for byte in block {
        if let Some(count) = counts.get_mut(usize::from(*byte)) {
            *count += 1;
        }
    }
    let all = block.len() as f64;
    let bits: f64 =
        counts.iter().filter(|n| **n > 0).map(|n| f64::from(*n) / all).map(|share| -share * share.log2()).sum();
    // A short block can't have many different bytes.
    bits > PACKED.min(all.log2() - 0.75) && block.len() >= 64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::out::tests::heard;

    #[test]
    fn text_of_either_width_is_found_between_other_bytes() {
        let mut bytes = vec![0, 1, 2, 0xff];
        bytes.extend_from_slice(b"Front View\0");
        bytes.extend_from_slice("会面 à Genève".as_bytes());
        bytes.extend_from_slice(&[0, 7, 0, 0]);
        bytes.extend("Lin Muchuan 林木川".encode_utf16().flat_map(u16::to_le_bytes));
        bytes.extend_from_slice(&[1, 0, 9, 0xfe]);
        bytes.extend("明日上午在码头见面".encode_utf16().flat_map(u16::to_le_bytes));
        let h = heard(|out| tell(&bytes, "", out).map(|found| assert!(found)));
        let said: Vec<&str> = h.passages.iter().flat_map(|p| p.text.lines()).collect();
        assert_eq!(said, ["Front View", "会面 à Genève", "Lin Muchuan 林木川", "明日上午在码头见面"]);
    }

    #[test]
    fn what_is_packed_says_nothing() {
        let mut state = 1u32;
        let mut noise = || {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            state as u8
        };
        let bytes: Vec<u8> = (0..1 << 18).map(|_| noise()).collect();
        let h = heard(|out| tell(&bytes, "", out).map(|found| assert!(!found)));
        assert!(h.passages.is_empty());
        let h = heard(|out| tell(b"\0\x01ab\0--------\0Y(=P\0", "", out).map(|found| assert!(!found)));
        assert!(h.passages.is_empty());
    }
}
