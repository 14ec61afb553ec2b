//! The characters that a recogniser tells apart: the entry `character` among the properties of its ONNX file, one a line; before
//! them stands the blank of CTC, behind them the space.
//!
//! Keeps: nothing but that entry is read, within the bytes that are there. Does not know: the rest of ONNX.
//! Source: onnx.proto (`ModelProto.metadata_props` = 14, `StringStringEntryProto` key = 1, value = 2), protobuf encoding.

use crate::OcrError;

const PROPERTIES: u64 = 14;
const KEY: u64 = 1;
const VALUE: u64 = 2;
/// Most characters of an alphabet.
pub const MAX_CHARACTERS: usize = 65_536;

/// Classes of a recogniser: 0 is the blank.
pub struct Alphabet {
    classes: Vec<String>,
}

impl Alphabet {
    /// Reads it from a model's bytes.
    pub fn of(name: &'static str, model: &[u8]) -> Result<Self, OcrError> {
        let refuse = |why: &str| OcrError::Model { model: name, why: why.to_owned() };
        let listed = fields(model)
            .filter(|(number, _)| *number == PROPERTIES)
            .find_map(|(_, entry)| value_of(entry, b"character"))
            .ok_or_else(|| refuse("no characters are named in it"))?;
        let listed = std::str::from_utf8(listed).map_err(|_| refuse("its characters are not UTF-8"))?;
        let mut classes = vec![String::new()];
        for line in listed.trim_end_matches('\n').split('\n') {
            if classes.len() > MAX_CHARACTERS {
                return Err(refuse("more than MAX_CHARACTERS"));
            }
            classes.push(line.trim_end_matches('\r').to_owned());
        }
        classes.push(" ".to_owned());
        Ok(Self { classes })
    }

    /// How many classes, blank and space among them.
    pub fn len(&self) -> usize {
        self.classes.len()
    }

    /// What a class reads; empty for the blank and for what is none.
    pub fn reads(&self, class: usize) -> &str {
        self.classes.get(class).map_or("", String::as_str)
    }
}

fn value_of<'a>(entry: &'a [u8], key: &[u8]) -> Option<&'a [u8]> {
    fields(entry).find(|(number, bytes)| *number == KEY && *bytes == key)?;
    fields(entry).find(|(number, _)| *number == VALUE).map(|(_, bytes)| bytes)
}

/// Fields of a message that hold bytes; it ends where the message does not go on as one.
fn fields(mut rest: &[u8]) -> impl Iterator<Item = (u64, &[u8])> {
    std::iter::from_fn(move || {
        loop {
            let tag = number(&mut rest)?;
            let taken = match tag & 7 {
                0 => number(&mut rest).map(|_| None)?,
                1 => take(&mut rest, 8).map(|_| None)?,
                2 => {
                    let size = usize::try_from(number(&mut rest)?).ok()?;
                    Some(take(&mut rest, size)?)
                }
                5 => take(&mut rest, 4).map(|_| None)?,
                _ => return None,
            };
            if let Some(bytes) = taken {
                return Some((tag >> 3, bytes));
            }
        }
    })
}

fn take<'a>(rest: &mut &'a [u8], size: usize) -> Option<&'a [u8]> {
    let (taken, left) = rest.split_at_checked(size)?;
    *rest = left;
    Some(taken)
}

fn number(rest: &mut &[u8]) -> Option<u64> {
    let mut value = 0u64;
    for shift in (0..64).step_by(7) {
        let byte = *take(rest, 1)?.first()?;
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(key: &str, value: &str) -> Vec<u8> {
        let field = |number: u8, bytes: &[u8]| [&[number << 3 | 2, bytes.len() as u8], bytes].concat();
        field(14, &[field(1, key.as_bytes()), field(2, value.as_bytes())].concat())
    }

    #[test]
    fn characters_stand_among_the_properties() {
        let model = [vec![8, 10], entry("author", "nobody"), entry("character", "a\nb\n\u{3000}\n")].concat();
        let alphabet = Alphabet::of("test", &model).unwrap();
        assert_eq!(alphabet.len(), 5);
        let read: Vec<_> = (0..6).map(|class| alphabet.reads(class)).collect();
        assert_eq!(read, ["", "a", "b", "\u{3000}", " ", ""]);
        for cut in 0..model.len() {
            assert!(Alphabet::of("test", &model[..cut]).is_err(), "cut at {cut}");
        }
        assert!(Alphabet::of("test", &[0xff; 64]).is_err());
    }
}
