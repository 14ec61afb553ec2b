//! A bundle as whoever holds it can read it: what of each object is hidden, what its texts say and where they say nothing.
//!
//! Keeps: nothing is taken from it but what its files hold; sizes have limits. Does not know: the case behind it.

use crate::heard::shape_of_record;
use crate::held::ReadSeek;
use crate::{AppError, Held};
use casemate_carve::Shape;
use casemate_proof::{Disclosure, ObjectRoot};
use casemate_verify::bag;
use casemate_verify::statement::{Role, STATEMENT_BYTES_MAX, Statement};
use casemate_verify::zip::{self, Archive};
use std::ops::Range;

/// Title and statement of a text.
const HEAD_LINES: usize = 2;
/// Longest file of a bundle that is held in memory.
const FILE_BYTES_MAX: u64 = 1 << 26;

/// A bundle that was opened.
pub(super) struct Opened {
    pub name: String,
    pub statement: Statement,
    pub objects: Vec<Shown>,
    pub texts: Vec<(u64, Passages)>,
}

/// An object of which a part is shown.
pub(super) struct Shown {
    pub item: u64,
    pub root: ObjectRoot,
    pub hidden: Vec<Range<u64>>,
    /// How it is divided, where that is known.
    pub shape: Option<Shape>,
}

impl Shown {
    /// When leaves are heard, of a recording: milliseconds from its start.
    pub fn times_of(&self, leaves: &[Range<u64>]) -> Vec<[u64; 2]> {
        let Some(shape) = self.shape.filter(|shape| shape.profile().is_timed()) else { return Vec::new() };
        let (packets, base) = (shape.packets(), shape.profile().timebase());
        let ms = |leaf: u64| {
            let ticks = leaf.saturating_sub(packets.start).saturating_mul(shape.profile().packet_ticks());
            let ticks = u128::from(ticks.min(shape.ticks_total()));
            u64::try_from(ticks * 1000 * u128::from(base.num) / u128::from(base.den).max(1)).unwrap_or(u64::MAX)
        };
        let heard = leaves.iter().map(|range| range.start.max(packets.start)..range.end.min(packets.end));
        heard.filter(|range| !range.is_empty()).map(|range| [ms(range.start), ms(range.end)]).collect()
    }
}

/// The passages of a text, in its order.
pub(super) type Passages = Vec<Passage>;

/// A passage, and where it stands; a newspaper is not told where.
pub(super) struct Passage {
    place: Option<String>,
    said: Said,
}

/// A passage: what it says between the places where it says nothing. One piece: nothing is withheld.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Said(Vec<String>);

impl Opened {
    /// Opens a bundle; `None` where the file is no bundle that can be read.
    pub fn read(held: &Held) -> Result<Option<Self>, AppError> {
        let mut file = held.open()?;
        let Ok(archive) = zip::read(&mut file) else { return Ok(None) };
        let Some(statement) = small(&archive, &mut file, "disclosure.cbor", STATEMENT_BYTES_MAX) else {
            return Ok(None);
        };
        let Ok(statement) = Statement::decode(&statement) else { return Ok(None) };
        let (mut objects, mut texts) = (Vec::new(), Vec::new());
        for item in &statement.items {
            let path = format!("proof/{:03}.object", item.number);
            let disclosure = small(&archive, &mut file, &path, FILE_BYTES_MAX).map(|bytes| Disclosure::decode(&bytes));
            if let Some(Ok(disclosure)) = disclosure {
                let hidden = disclosure.mask.ranges().filter(|(_, open)| !open).map(|(range, _)| range).collect();
                let (root, shape) = (disclosure.record.object_root(), shape_of_record(&disclosure.record));
                objects.push(Shown { item: item.number, root, hidden, shape });
            }
            let text = item.file(Role::Text).and_then(|text| small(&archive, &mut file, &text.path, FILE_BYTES_MAX));
            if let Some(text) = text {
                texts.push((item.number, passages(&String::from_utf8_lossy(&text))));
            }
        }
        Ok(Some(Self { name: held.name(), statement, objects, texts }))
    }

    /// Whether nothing in it can be proven, and so nothing joined.
    pub fn is_press(&self) -> bool {
        self.statement.case.is_none()
    }
}

fn small(archive: &Archive, file: &mut Box<dyn ReadSeek>, path: &str, most: u64) -> Option<Vec<u8>> {
    bag::small(archive, file, path, most).ok()
}

/// The passages of a text (`docs/format/reading.md`): behind title, statement and sources, one in a line.
fn passages(text: &str) -> Passages {
    let body = text.lines().skip(HEAD_LINES).skip_while(|line| line.starts_with("← "));
    let passage = |line: &str| {
        let placed = line.strip_prefix('[').and_then(|line| line.split_once("] ")).filter(|(place, _)| is_place(place));
        let (place, rest) = placed.map_or((None, line), |(place, rest)| (Some(place.to_owned()), rest));
        Passage { place, said: said(rest) }
    };
    body.filter(|line| !line.is_empty()).map(passage).collect()
}

/// Whether brackets at the beginning of a line hold a place, and no label.
fn is_place(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) || ["l. ", "n° ", "p. "].iter().any(|kind| text.starts_with(kind))
}

impl Passage {
    /// Whether `other` is the same passage and says, somewhere, what this one withholds.
    pub fn is_said_by(&self, other: &Self) -> bool {
        let elsewhere = self.place.is_some() && other.place.is_some() && self.place != other.place;
        !elsewhere && self.said.is_said_by(&other.said)
    }
}

/// What is said between labels and marks, which stand in brackets; without a speaker, who may have another alias for every reader.
fn said(text: &str) -> Said {
    const SPEAKER_CHARS_MAX: usize = 60;
    let speaker =
        text.find(": ").filter(|at| text.get(..*at).is_some_and(|name| name.chars().count() <= SPEAKER_CHARS_MAX));
    let mut rest = speaker.and_then(|at| text.get(at + 2..)).unwrap_or(text);
    let mut pieces = Vec::new();
    while let Some((before, behind)) = rest.split_once('[') {
        let Some((_, after)) = behind.split_once(']') else { break };
        pieces.push(before.to_owned());
        rest = after;
    }
    pieces.push(rest.to_owned());
    Said(pieces)
}

impl Said {
    fn is_struck(&self) -> bool {
        self.0.len() > 1
    }

    fn open_chars(&self) -> usize {
        self.0.iter().map(|piece| piece.chars().filter(|c| c.is_alphanumeric()).count()).sum()
    }

    /// Whether `other` reads the same around what this one withholds, and says something there.
    fn is_said_by(&self, other: &Self) -> bool {
        /// Fewer open letters are found in many passages.
        const OPEN_CHARS_MIN: usize = 8;
        if !self.is_struck() || self.open_chars() < OPEN_CHARS_MIN {
            return false;
        }
        // Where the other withholds too, a mark stands that no text has.
        const MARK: &str = "\u{0}";
        let whole = other.0.join(MARK);
        let (Some(first), Some(last)) = (self.0.first(), self.0.last()) else { return false };
        let Some(mut rest) = whole.strip_prefix(first.as_str()).and_then(|rest| rest.strip_suffix(last.as_str()))
        else {
            return false;
        };
        let middle = self.0.get(1..self.0.len().saturating_sub(1)).unwrap_or_default();
        let mut gaps = Vec::new();
        for piece in middle {
            let Some((gap, behind)) = rest.split_once(piece.as_str()) else { return false };
            gaps.push(gap);
            rest = behind;
        }
        gaps.push(rest);
        gaps.iter().any(|gap| gap.replace(MARK, "").chars().any(char::is_alphanumeric))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(Option<String>, Said)> {
        passages(text).into_iter().map(|p| (p.place, p.said)).collect()
    }

    #[test]
    fn a_passage_is_what_stands_between_brackets() {
        let text = "Title\n\n← 0011223344556677\n\n[00:00:01–00:00:03] Mr A: Come home, [withheld], or [Mr B] pays.\n[l. 3] plain\n";
        let pieces = ["Come home, ", ", or ", " pays."].map(str::to_owned).to_vec();
        let expected =
            [(Some("00:00:01–00:00:03".into()), Said(pieces)), (Some("l. 3".into()), Said(vec!["plain".into()]))];
        assert_eq!(told(text), expected);
    }

    #[test]
    fn a_newspaper_s_text_has_no_places_and_is_compared_with_every_passage() {
        let press = "Text\nmachine transcript\n\nSpeaker 2: Come home, [withheld], or he pays.\n[Mr B] will write to him tomorrow.\n";
        assert_eq!(told(press).iter().map(|(place, _)| place.is_none()).collect::<Vec<_>>(), [true, true]);
        let court = passages(
            "Title\nstatement\n\n[00:00:01–00:00:03] Mr A: Come home, Jeanne, or he pays.\n[00:00:04–00:00:05] Paul will write to him tomorrow.\n",
        );
        let found =
            |these: &Passages, those: &Passages| these.iter().filter(|p| those.iter().any(|o| p.is_said_by(o))).count();
        assert_eq!((found(&passages(press), &court), found(&court, &passages(press))), (2, 0));
        let moved = passages("Title\nstatement\n\n[00:01:00–00:01:03] Come home, [withheld], or he pays.\n");
        assert_eq!(found(&moved, &court), 0, "where both say where, it is another passage");
    }

    #[test]
    fn what_one_withholds_another_may_say() {
        let struck = said("Come home, [withheld], or he pays.");
        assert!(struck.is_said_by(&said("Come home, Jeanne, or he pays.")));
        assert!(struck.is_said_by(&said("X: Come home, Jeanne [withheld], or he pays.")), "a part of it");
        assert!(!struck.is_said_by(&said("Come home, [Madame S], or he pays.")), "both withhold it");
        assert!(!struck.is_said_by(&said("Stay there, Jeanne, or he pays.")), "another passage");
        assert!(!said("Come home, Jeanne, or he pays.").is_said_by(&struck), "nothing is withheld");
        assert!(!said("[withheld] yes").is_said_by(&said("Oh yes")), "too little to know it by");
        let two = said("I saw [A] at the harbour with [B].");
        assert!(two.is_said_by(&said("I saw [A] at the harbour with Paul.")));
        assert!(!two.is_said_by(&said("I saw [A] at the harbour with [C].")));
    }
}
