//! Apple's Pages, Numbers and Keynote: text of the older form's XML; of the newer one, whatever lies in its pieces.
//!
//! Keeps: what a piece unpacks to is bounded. Does not know: the newer form's objects, which Apple has not published; so its
//! text comes out of order, and is said to.

use casemate_ports::reading::{Kind, Severity};

use super::drawn::paragraphs_of;
use super::paragraphs::{Said, tell};
use crate::out::{Out, Read, about};
use crate::package::Package;
use crate::scavenge;

const TYPE: &str = "application/x-iwork";
/// The older form's one file, of each program.
const OLD: [&str; 3] = ["index.xml", "index.apxl", "presentation.apxl"];
/// All that the pieces of one paper unpack to, bytes.
const MAX_ALL: usize = 128 << 20;

/// Its pieces, if it is one.
pub fn pieces(names: &[String]) -> Option<Vec<String>> {
    let old = names.iter().find(|name| OLD.contains(&name.as_str()));
    if let Some(old) = old {
        return Some(vec![old.clone()]);
    }
    let new: Vec<String> = names.iter().filter(|name| name.ends_with(".iwa")).cloned().collect();
    (!new.is_empty()).then_some(new)
}

/// Reads one.
pub fn read(package: &mut Package, pieces: &[String], out: &mut Out) -> Read {
    out.about(about(Kind::Document, TYPE, Vec::new()))?;
    let (mut left, mut found) = (MAX_ALL, false);
    for name in pieces {
        let bytes = package.read(name).unwrap_or_default();
        if !name.ends_with(".iwa") {
            let mut all = paragraphs_of(&bytes, "p");
            all.extend(paragraphs_of(&bytes, "ct"));
            return tell(all.into_iter().map(Said::plain).collect(), |place| place, out);
        }
        let unpacked = unpacked(&bytes, left);
        left = left.saturating_sub(unpacked.len());
        let short = name.rsplit_once('/').map_or(name.as_str(), |(_, short)| short);
        found |= scavenge::tell(&unpacked, short.trim_end_matches(".iwa"), out)?;
    }
    if left == 0 {
        out.finding("too-much", Severity::Partial, "its pieces unpack to more than is read; the rest was left")?;
    }
    if found { scavenge::say(out) } else { out.finding("no-text", Severity::Note, "it holds no text") }
}

/// The blocks of a piece: a zero, three bytes of length, Snappy without its marks.
fn unpacked(mut bytes: &[u8], most: usize) -> Vec<u8> {
    let mut all = Vec::new();
    while let Some(([0, a, b, c], rest)) = bytes.split_first_chunk::<4>() {
        let len = u32::from_le_bytes([*a, *b, *c, 0]) as usize;
        let Some((block, rest)) = rest.split_at_checked(len) else { break };
        let fits = snap::raw::decompress_len(block).is_ok_and(|len| len <= most.saturating_sub(all.len()));
        if !fits {
            break;
        }
        all.extend(snap::raw::Decoder::new().decompress_vec(block).unwrap_or_default());
        bytes = rest;
    }
    all
}

#[cfg(test)]
mod tests {
    use crate::out::tests::heard;
    use crate::package::tests::packed;

    fn piece(text: &[u8]) -> Vec<u8> {
        let block = snap::raw::Encoder::new().compress_vec(text).unwrap();
        [&[0][..], &(block.len() as u32).to_le_bytes()[..3], &block].concat()
    }

    #[test]
    fn both_forms_say_their_words() {
        let old = b"<sl:document><sf:p>Dear <sf:span>Sir</sf:span></sf:p></sl:document>";
        let h = heard(|out| super::super::read_package(packed(&[("index.xml", old)]), out));
        assert_eq!(h.passages.iter().map(|p| p.text.as_str()).collect::<Vec<_>>(), ["Dear Sir"]);
        let new = piece(b"\x0a\x07\x12\x05the letter of May\x18\x01");
        let h = heard(|out| super::super::read_package(packed(&[("Index/Document.iwa", &new)]), out));
        assert_eq!(h.passages.iter().map(|p| p.text.as_str()).collect::<Vec<_>>(), ["the letter of May"]);
        assert_eq!(h.findings, ["text-scavenged"]);
        let cut = &new[..new.len() - 2];
        let h = heard(|out| super::super::read_package(packed(&[("Index/Document.iwa", cut)]), out));
        assert_eq!(h.findings, ["no-text"]);
    }
}
