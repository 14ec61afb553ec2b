//! Names of certificates: compared as RFC 5280 § 7.1 asks, and written for people.
//!
//! Keeps: two names are equal if their attributes are, in order; letters' case, spaces at the ends and doubled, and whether a text is a
//! `PrintableString` or UTF-8, make no difference (ASCII case only). Does not know: who bears a name.

use crate::der::{Tlv, whole};
use crate::limits::NAME_ATTRIBUTES_MAX;
use crate::oid::{self, Oid};
use crate::refusal::Refusal;
use der::Tag;

const WHAT: &str = "a name";

/// A distinguished name, as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name<'a> {
    whole: &'a [u8],
}

struct Attribute<'a> {
    /// Which set of the sequence it stands in.
    set: usize,
    kind: Oid,
    value: Tlv<'a>,
}

impl<'a> Name<'a> {
    pub fn of(tlv: Tlv<'a>) -> Result<Self, Refusal> {
        let name = Self { whole: tlv.whole };
        name.attributes()?;
        Ok(name)
    }

    fn attributes(&self) -> Result<Vec<Attribute<'a>>, Refusal> {
        let mut sets = whole(self.whole, WHAT, Tag::Sequence)?;
        let (mut found, mut set) = (Vec::new(), 0);
        while !sets.is_empty() {
            let (_, mut members) = sets.inside(WHAT, Tag::Set)?;
            if members.is_empty() {
                return Err(Refusal::Form(WHAT));
            }
            while !members.is_empty() {
                if found.len() == NAME_ATTRIBUTES_MAX {
                    return Err(Refusal::TooMany { what: "attributes of a name", limit: NAME_ATTRIBUTES_MAX });
                }
                let mut member = members.sequence()?;
                found.push(Attribute { set, kind: member.oid()?, value: member.any()? });
                member.end()?;
            }
            set += 1;
        }
        Ok(found)
    }

    pub fn is_same(&self, other: &Name<'_>) -> bool {
        if self.whole == other.whole {
            return true;
        }
        let (Ok(mine), Ok(theirs)) = (self.attributes(), other.attributes()) else { return false };
        mine.len() == theirs.len()
            && mine.iter().zip(&theirs).all(|(mine, theirs)| {
                mine.set == theirs.set && mine.kind == theirs.kind && is_same_value(&mine.value, &theirs.value)
            })
    }

    /// For people: common name, unit, organisation, country, those that are there.
    pub fn shown(&self) -> String {
        let attributes = self.attributes().unwrap_or_default();
        let wanted = [(oid::COMMON_NAME, "CN"), (oid::UNIT, "OU"), (oid::ORGANISATION, "O"), (oid::COUNTRY, "C")];
        let parts = wanted.iter().filter_map(|(kind, label)| {
            let attribute = attributes.iter().find(|attribute| attribute.kind == *kind)?;
            Some(format!("{label}={}", text(&attribute.value)?))
        });
        let parts: Vec<String> = parts.collect();
        if parts.is_empty() { "(no name)".to_owned() } else { parts.join(", ") }
    }
}

fn is_same_value(mine: &Tlv<'_>, theirs: &Tlv<'_>) -> bool {
    let folded = |value: &Tlv<'_>| match value.tag {
        Tag::PrintableString | Tag::Utf8String => std::str::from_utf8(value.value).ok().map(fold),
        _ => None,
    };
    match (folded(mine), folded(theirs)) {
        (Some(mine), Some(theirs)) => mine == theirs,
        _ => mine.whole == theirs.whole,
    }
}

fn fold(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ").to_ascii_lowercase()
}

/// The text of a value, without characters that would change how a line is shown.
fn text(value: &Tlv<'_>) -> Option<String> {
    let text = match value.tag {
        Tag::Utf8String | Tag::PrintableString | Tag::Ia5String => std::str::from_utf8(value.value).ok()?.to_owned(),
        Tag::TeletexString => value.value.iter().map(|byte| char::from(*byte)).collect(),
        Tag::BmpString => {
            let units = value.value.chunks(2).map(|pair| match pair {
                [high, low] => u16::from_be_bytes([*high, *low]),
                _ => u16::from(b'?'),
            });
            char::decode_utf16(units).map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        }
        _ => return None,
    };
    Some(text.chars().map(|character| if is_plain(character) { character } else { '\u{fffd}' }).collect())
}

/// No control character, no mark that turns the direction of the text.
fn is_plain(character: char) -> bool {
    !character.is_control()
        && !matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::Name;
    use crate::der::{Cursor, encoded};

    fn name(kind: u8, common: &[u8]) -> Vec<u8> {
        let attribute = [encoded(6, &[0x55, 4, 3]), encoded(kind, common)].concat();
        encoded(0x30, &encoded(0x31, &encoded(0x30, &attribute)))
    }

    fn read(bytes: &[u8]) -> Name<'_> {
        Name::of(Cursor::new(bytes, "test").any().unwrap()).unwrap()
    }

    #[test]
    fn spelling_makes_no_difference_and_letters_do() {
        let (printable, utf8, other) = (name(0x13, b"Test  TSA"), name(0x0c, b" test tsa"), name(0x13, b"Test TSA 2"));
        assert!(read(&printable).is_same(&read(&utf8)));
        assert!(!read(&printable).is_same(&read(&other)));
        assert_eq!(read(&utf8).shown(), "CN= test tsa");
    }

    #[test]
    fn what_turns_the_line_is_not_shown() {
        let name = name(0x0c, "a\u{202e}b\nc".as_bytes());
        assert_eq!(read(&name).shown(), "CN=a\u{fffd}b\u{fffd}c");
    }
}
