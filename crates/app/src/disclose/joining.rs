//! What joins a text with what another audience reads: an alias by which that audience knows somebody, left open in what is said.
//!
//! Keeps: a place that a strike covers joins nothing. Does not know: whether the other audience has got anything yet.

use super::choose::Chosen;
use super::earlier::readable;
use crate::Session;
use casemate_case::audience::Profile;
use casemate_case::person::PersonId;

/// An alias of another audience that stands open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherAlias {
    /// The exhibit.
    pub exhibit: u64,
    /// Whose.
    pub person: PersonId,
    /// Who knows them by it.
    pub audience: Profile,
    /// In how many places.
    pub places: u64,
}

/// Every such alias in the texts of what leaves.
pub(super) fn other_aliases(session: &Session, profile: Profile, chosen: &[Chosen]) -> Vec<OtherAlias> {
    let case = &session.case;
    let mut found = Vec::new();
    for one in chosen {
        for (person, audience) in case.people().flat_map(|p| Profile::ALL.map(|audience| (p, audience))) {
            let alias =
                case.alias(person.id, audience.word()).filter(|_| audience != profile && audience.withholds(person));
            // By one alias for all, nothing more is learnt than the alias itself says.
            let Some(alias) = alias.filter(|alias| case.alias(person.id, profile.word()) != Some(*alias)) else {
                continue;
            };
            let places = places(one, alias);
            if places > 0 {
                found.push(OtherAlias { exhibit: one.exhibit.number, person: person.id, audience, places });
            }
        }
    }
    found
}

/// Where an alias stands as a word of its own and no strike covers it.
fn places(chosen: &Chosen, alias: &str) -> u64 {
    let passages = chosen.text.iter().flat_map(|text| text.reading.passages.iter().enumerate());
    let in_passage = |(index, passage): (usize, &casemate_ports::reading::Passage)| {
        let open = |at: usize| {
            let start = passage.text.get(..at).map_or(0, |before| before.chars().count());
            readable(&chosen.plan, index, &passage.text, start..start + alias.chars().count())
        };
        words(&passage.text, alias).filter(|at| open(*at)).count() as u64
    };
    passages.map(in_passage).sum()
}

/// The bytes at which `word` begins in `text`; of Latin letters only where no other letter touches it.
fn words<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = usize> + 't {
    let bound = |outer: Option<char>, inner: Option<char>| {
        let letter = |c: char| c.is_alphanumeric() && (c as u32) < FIRST_WITHOUT_SPACES;
        !(outer.is_some_and(letter) && inner.is_some_and(letter))
    };
    let free = move |(at, found): &(usize, &str)| {
        let before = text.get(..*at).and_then(|text| text.chars().next_back());
        let behind = text.get(at + found.len()..).and_then(|text| text.chars().next());
        bound(before, found.chars().next()) && bound(behind, found.chars().next_back())
    };
    text.match_indices(word).filter(free).map(|(at, _)| at)
}

/// From here on scripts are written without spaces between words (kana, hanzi, hangul).
const FIRST_WITHOUT_SPACES: u32 = 0x2e80;

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn an_alias_is_found_as_a_word_of_its_own() {
        let at = |text: &'static str, word: &'static str| words(text, word).collect::<Vec<_>>();
        assert_eq!(at("In the Courier I will only be H.", "H"), [30]);
        assert!(at("HE said: the Hague", "H").is_empty());
        assert_eq!(at("报上只写H先生，H。", "H"), [12, 22]);
        assert_eq!(at("他叫老唐先生", "老唐"), [6]);
        assert_eq!(at("Madame S et Madame Simon", "Madame S"), [0]);
    }
}
