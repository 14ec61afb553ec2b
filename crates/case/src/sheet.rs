//! Which places of a drawn page must be withheld: every letter of a withheld name or of what a plan strikes, to the ends of its
//! line, and everything of which nobody can say what it reads.
//!
//! Keeps: what is struck is found on the page as often as it is struck there, or the page is refused: a name that can't be
//! placed must not stand in a picture. Does not know: pixels, tiles, who drew the page.

use crate::names::NameFinder;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// A place on a page: left, top, width, height, in hundredths of a point.
pub type Place = [u32; 4];

/// Something drawn: a letter with its characters, or with none a place that can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its characters.
    pub reads: String,
    /// Where.
    pub place: Place,
}

/// Something that is struck on a page and that its letters don't spell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{missing} of the places struck on a page are not found among its letters")]
pub struct Unplaced {
    /// How many.
    pub missing: u64,
}

/// Added above and below what is withheld, in hundredths of a point.
const MARGIN: u32 = 100;
/// A gap of this part of the letters' height is a space.
const GAP: u32 = 5;

/// Places to withhold: `struck` holds the words of each strike on this page, once for each.
///
/// # Errors
/// [`Unplaced`].
pub fn withheld(marks: &[Mark], names: &NameFinder, struck: &[String]) -> Result<Vec<Place>, Unplaced> {
    let spaced = Spelled::new(marks, true);
    let joined = Spelled::new(marks, false);
    let folded = Spelled::folded(marks);
    let mut gone: Vec<usize> = Vec::new();
    for spelled in [&spaced, &joined] {
        for found in names.find([spelled.text.as_str()]) {
            gone.extend(spelled.letters(found.at, found.end()));
        }
    }
    let mut wanted: BTreeMap<Vec<char>, u64> = BTreeMap::new();
    for words in struck {
        *wanted.entry(fold(words).collect()).or_default() += 1;
    }
    let mut missing = 0u64;
    for (needle, times) in wanted.iter().filter(|(needle, _)| !needle.is_empty()) {
        let places = folded.places(needle);
        missing = missing.saturating_add(times.saturating_sub(places.len() as u64));
        gone.extend(places.into_iter().flat_map(|at| folded.letters(at, at + needle.len())));
    }
    if missing > 0 {
        return Err(Unplaced { missing });
    }
    let lines = gone.into_iter().filter_map(|i| marks.get(i)).map(|mark| line(mark.place));
    let opaque = marks.iter().filter(|mark| mark.reads.is_empty()).map(|mark| wider(mark.place));
    let mut out: Vec<Place> = lines.chain(opaque).collect();
    out.sort_unstable();
    out.dedup();
    Ok(out)
}

/// The whole line that a letter stands in: a gap as wide as a name tells the name.
fn line([_, top, _, height]: Place) -> Place {
    let up = top.min(MARGIN);
    [0, top - up, u32::MAX, height.saturating_add(up + MARGIN)]
}

fn wider([left, top, width, height]: Place) -> Place {
    let (before, up) = (left.min(MARGIN), top.min(MARGIN));
    [left - before, top - up, width.saturating_add(before + MARGIN), height.saturating_add(up + MARGIN)]
}

/// What the letters of a page spell, and which letter each character is of.
struct Spelled {
    text: String,
    of: Vec<Option<usize>>,
    chars: Vec<char>,
}

impl Spelled {
    fn new(marks: &[Mark], spaces: bool) -> Self {
        let mut spelled = Self { text: String::new(), of: Vec::new(), chars: Vec::new() };
        let mut last: Option<Place> = None;
        for (index, mark) in marks.iter().enumerate().filter(|(_, mark)| !mark.reads.is_empty()) {
            if spaces && last.is_some_and(|last| apart(last, mark.place)) {
                spelled.push(' ', None);
            }
            mark.reads.chars().for_each(|c| spelled.push(c, Some(index)));
            last = Some(mark.place);
        }
        spelled
    }

    fn folded(marks: &[Mark]) -> Self {
        let mut spelled = Self { text: String::new(), of: Vec::new(), chars: Vec::new() };
        for (index, mark) in marks.iter().enumerate() {
            fold(&mark.reads).for_each(|c| spelled.push(c, Some(index)));
        }
        spelled
    }

    fn push(&mut self, c: char, of: Option<usize>) {
        self.text.push(c);
        self.chars.push(c);
        self.of.push(of);
    }

    fn letters(&self, at: usize, end: usize) -> Vec<usize> {
        self.of.get(at..end.min(self.of.len())).unwrap_or_default().iter().copied().flatten().collect()
    }

    fn places(&self, needle: &[char]) -> Vec<usize> {
        let windows = self.chars.windows(needle.len()).enumerate();
        windows.filter(|(_, window)| *window == needle).map(|(at, _)| at).collect()
    }
}

/// Letters as they are compared: compatible forms made one, without case, space or hyphens, which a line's end adds or takes.
fn fold(text: &str) -> impl Iterator<Item = char> + '_ {
    let skipped = |c: &char| !(c.is_whitespace() || matches!(c, '-' | '\u{ad}' | '\u{2010}'..='\u{2015}'));
    text.nfkc().flat_map(char::to_lowercase).filter(skipped)
}

/// Whether two letters that are drawn one after the other belong to different words.
fn apart([left, top, width, height]: Place, [next, above, _, tall]: Place) -> bool {
    let (low, high) = (top.max(above), (top.saturating_add(height)).min(above.saturating_add(tall)));
    let same_line = high > low && (high - low) * 2 >= height.min(tall);
    let end = left.saturating_add(width);
    !same_line || next < left || next.saturating_sub(end) > height.max(tall) / GAP
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::person::{Name, Person, PersonId, Script};

    /// Letters of 5 by 10 points, lines 12 points apart.
    fn marks(lines: &[&str]) -> Vec<Mark> {
        let letter = |(row, column, c): (usize, usize, char)| Mark {
            reads: c.to_string(),
            place: [column as u32 * 600, row as u32 * 1_200, 500, 1_000],
        };
        let all = lines.iter().enumerate();
        all.flat_map(|(row, line)| line.chars().enumerate().map(move |(column, c)| (row, column, c)))
            .filter(|(_, _, c)| !c.is_whitespace())
            .map(letter)
            .collect()
    }

    fn finder(names: &[(&str, Script)]) -> NameFinder {
        let names = names.iter().map(|(text, script)| Name { script: *script, text: (*text).into() }).collect();
        let id = PersonId([1; 32]);
        let person = Person { id, names, role: String::new(), protected: true, red: false, note: None, relation: None };
        NameFinder::new([&person])
    }

    fn tops(places: &[Place]) -> Vec<u32> {
        places.iter().map(|place| place[1]).collect()
    }

    #[test]
    fn a_name_takes_its_line_and_no_other() {
        let page = marks(&["Dear Marina Tang", "come home", "Tang is waiting"]);
        let found = withheld(&page, &finder(&[("Marina Tang", Script::Passport)]), &[]).unwrap();
        let mut rows = tops(&found);
        rows.dedup();
        assert_eq!(rows, [0, 2_300]);
        assert!(found.iter().all(|place| place[0] == 0 && place[2] == u32::MAX));
    }

    #[test]
    fn what_is_struck_is_found_over_a_lines_end() {
        let page = marks(&["account num-", "ber 7714", "nothing here"]);
        let found = withheld(&page, &finder(&[]), &["number 7714".into()]).unwrap();
        let mut rows = tops(&found);
        rows.dedup();
        assert_eq!(rows, [0, 1_100]);
    }

    #[test]
    fn what_can_not_be_placed_as_often_as_it_is_struck_is_refused() {
        let page = marks(&["told by 林慕川", "again"]);
        let none = finder(&[]);
        assert!(withheld(&page, &none, &["林慕川".into()]).is_ok());
        let twice = ["林慕川".to_owned(), "林慕川".to_owned()];
        assert_eq!(withheld(&page, &none, &twice), Err(Unplaced { missing: 1 }));
        assert_eq!(withheld(&page, &none, &["唐远山".into()]), Err(Unplaced { missing: 1 }));
    }

    #[test]
    fn what_nobody_can_read_is_withheld() {
        let mut page = marks(&["a letter"]);
        page.push(Mark { reads: String::new(), place: [5_000, 6_000, 2_000, 1_000] });
        assert_eq!(withheld(&page, &finder(&[]), &[]).unwrap(), [[4_900, 5_900, 2_200, 1_200]]);
    }

    #[test]
    fn forms_of_one_letter_are_one() {
        let mut page = marks(&["oﬃce 7"]);
        page.extend(marks(&["Ｔａｎｇ"]));
        assert!(withheld(&page, &finder(&[]), &["OFFICE".into(), "tang".into()]).is_ok());
    }
}
