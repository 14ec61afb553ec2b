//! Tokens and characters. The model's tokens are pieces of UTF-8 bytes, each byte written as a printable character
//! (GPT-2's table), so a Chinese character may be split over several: bytes are joined, never strings.
//!
//! Keeps: every byte of every token ends up in a character; a character's time runs from its first token's to the
//! next character's; times never fall.
//! Does not know: words, languages.

use std::collections::HashMap;

/// A character with its time in the window, in encoder frames (20 ms).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Timed {
    /// The character.
    pub character: char,
    /// Frames.
    pub start: f32,
    /// Frames, exclusive.
    pub end: f32,
    /// 0 to 1, the mean of its tokens' probabilities.
    pub probability: f32,
}

/// A token as the model gave it.
#[derive(Clone, Copy, Debug)]
pub struct Token<'a> {
    /// In GPT-2's printable form.
    pub text: &'a str,
    /// Encoder frame at which it begins.
    pub start: f32,
    /// Encoder frame at which the next begins.
    pub end: f32,
    /// 0 to 1.
    pub probability: f32,
}

/// The byte behind a printable character: most stand for themselves; the 68 that don't print stand from U+0100 on.
fn byte(printable: char) -> Option<u8> {
    let code = u32::from(printable);
    match code {
        0x21..=0x7e | 0xa1..=0xac | 0xae..=0xff => u8::try_from(code).ok(),
        // U+0100 to U+0120 for 00–20, U+0121 to U+0142 for 7F–A0, U+0143 for AD.
        0x100..=0x120 => u8::try_from(code - 0x100).ok(),
        0x121..=0x142 => u8::try_from(code - 0x121 + 0x7f).ok(),
        0x143 => Some(0xad),
        _ => None,
    }
}

/// The printable character of a byte: the other way round.
#[must_use]
pub fn printable(byte: u8) -> char {
    let code = match byte {
        0x00..=0x20 => 0x100 + u32::from(byte),
        0x7f..=0xa0 => 0x121 + u32::from(byte) - 0x7f,
        0xad => 0x143,
        other => u32::from(other),
    };
    char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// Whether the token is one of the model's marks (`<|en|>`, `<|0.00|>` …).
#[must_use]
pub fn is_mark(token: &str) -> bool {
    token.starts_with("<|") && token.ends_with("|>")
}

/// Joins tokens to characters. Bytes that are no UTF-8 become U+FFFD.
#[must_use]
pub fn characters(tokens: &[Token<'_>]) -> Vec<Timed> {
    let mut characters = Vec::new();
    let mut bytes: Vec<u8> = Vec::new();
    let mut held: Vec<Token<'_>> = Vec::new();
    for token in tokens {
        bytes.extend(token.text.chars().filter_map(byte));
        held.push(*token);
        let incomplete = std::str::from_utf8(&bytes).err().is_some_and(|e| e.error_len().is_none());
        if !incomplete {
            spell(&mut characters, &bytes, &held);
            bytes.clear();
            held.clear();
        }
    }
    spell(&mut characters, &bytes, &held);
    characters
}

/// Spreads the time of some tokens over the characters that their bytes spell; a space takes none: it is not heard.
fn spell(characters: &mut Vec<Timed>, bytes: &[u8], tokens: &[Token<'_>]) {
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
        return;
    };
    let text = String::from_utf8_lossy(bytes);
    let count = text.chars().filter(|c| !c.is_whitespace()).count();
    let probability = tokens.iter().map(|t| t.probability).sum::<f32>() / tokens.len() as f32;
    let share = (last.end - first.start).max(0.0) / count.max(1) as f32;
    let mut heard = 0.0;
    for character in text.chars() {
        let start = first.start + share * heard;
        heard += f32::from(u8::from(!character.is_whitespace()));
        characters.push(Timed { character, start, end: first.start + share * heard, probability });
    }
}

/// Writes text as tokens, for prompts: byte pairs joined by rank, word by word.
pub struct Speller {
    ranks: HashMap<(String, String), usize>,
}

impl Speller {
    /// Reads the merges of a `tokenizer.json`.
    #[must_use]
    pub fn parse(json: &[u8]) -> Option<Self> {
        let file: serde_json::Value = serde_json::from_slice(json).ok()?;
        let merges = file.get("model")?.get("merges")?.as_array()?;
        let pair = |value: &serde_json::Value| match value {
            serde_json::Value::String(text) => text.split_once(' ').map(|(a, b)| (a.to_owned(), b.to_owned())),
            serde_json::Value::Array(two) => {
                Some((two.first()?.as_str()?.to_owned(), two.get(1)?.as_str()?.to_owned()))
            }
            _ => None,
        };
        let ranks = merges.iter().enumerate().filter_map(|(rank, value)| Some((pair(value)?, rank)));
        Some(Self { ranks: ranks.collect() })
    }

    /// The tokens of `text`, at most `limit`.
    #[must_use]
    pub fn spell(&self, text: &str, limit: usize) -> Vec<String> {
        let words = text.split_whitespace().flat_map(|word| self.word(word));
        words.take(limit).collect()
    }

    fn word(&self, word: &str) -> Vec<String> {
        let spaced = std::iter::once(b' ').chain(word.bytes());
        let mut parts: Vec<String> = spaced.map(|b| printable(b).to_string()).collect();
        loop {
            let ranked = parts.windows(2).enumerate().filter_map(|(at, two)| match two {
                [a, b] => self.ranks.get(&(a.clone(), b.clone())).map(|rank| (*rank, at)),
                _ => None,
            });
            let Some((_, at)) = ranked.min() else {
                return parts;
            };
            let second = parts.remove(at + 1);
            if let Some(first) = parts.get_mut(at) {
                first.push_str(&second);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn printed(bytes: &[u8]) -> String {
        bytes.iter().map(|b| printable(*b)).collect()
    }

    #[test]
    fn every_byte_comes_back() {
        for b in 0..=255u8 {
            assert_eq!(byte(printable(b)), Some(b));
        }
    }

    #[test]
    fn a_character_split_over_tokens_is_whole_again() {
        let han = "產".as_bytes();
        let (a, b) = (printed(&han[..1]), printed(&han[1..]));
        let tokens = [
            Token { text: "\u{120}I", start: 0.0, end: 4.0, probability: 1.0 },
            Token { text: &a, start: 4.0, end: 5.0, probability: 0.5 },
            Token { text: &b, start: 5.0, end: 8.0, probability: 0.7 },
        ];
        let found = characters(&tokens);
        assert_eq!(found.iter().map(|t| t.character).collect::<String>(), " I產");
        assert_eq!((found[2].start, found[2].end), (4.0, 8.0));
        assert!((found[2].probability - 0.6).abs() < 1e-6);
        assert_eq!((found[0].end, found[1].start, found[1].end), (0.0, 0.0, 4.0), "a space takes no time");
    }

    proptest! {
        #[test]
        fn any_cutting_of_any_text_is_joined(text in "\\PC{0,20}", cuts in proptest::collection::vec(1usize..4, 0..60)) {
            let mut bytes = text.as_bytes();
            let mut parts = Vec::new();
            for cut in cuts.iter().chain(std::iter::repeat(&3)) {
                if bytes.is_empty() { break; }
                let (part, rest) = bytes.split_at((*cut).min(bytes.len()));
                parts.push(printed(part));
                bytes = rest;
            }
            let tokens: Vec<Token> = parts.iter().enumerate()
                .map(|(k, t)| Token { text: t, start: k as f32, end: k as f32 + 1.0, probability: 1.0 }).collect();
            let found = characters(&tokens);
            prop_assert_eq!(found.iter().map(|t| t.character).collect::<String>(), text);
            prop_assert!(found.iter().zip(found.iter().skip(1)).all(|(a, b)| a.start <= b.start && a.end <= b.end));
        }
        #[test]
        fn any_bytes_give_some_text(bytes in proptest::collection::vec(any::<u8>(), 0..30)) {
            let text = printed(&bytes);
            let found = characters(&[Token { text: &text, start: 0.0, end: 1.0, probability: 1.0 }]);
            prop_assert_eq!(found.iter().map(|t| t.character).collect::<String>(), String::from_utf8_lossy(&bytes));
        }
    }
}
