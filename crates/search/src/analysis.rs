//! Our tokens as the engine's: characters and bigrams for the text, syllables for the sound.
//!
//! Keeps: indexing and asking use the same splitting. Does not know: queries.

use tantivy::tokenizer::{TextAnalyzer, Token as EngineToken, TokenStream, Tokenizer, TokenizerManager};

use crate::sound::readings;
use crate::tokens::{Token, split};

/// Name of the analyser of texts.
pub(crate) const TEXT: &str = "casemate-text";
/// Name of the analyser of sounds.
pub(crate) const SOUND: &str = "casemate-sound";
/// Stands in a passage that holds a word which was cut. (No folded word has a capital.)
pub(crate) const CUT_MARK: &str = "CUT";
/// Stands where punctuation parts two words.
pub(crate) const BREAK_MARK: &str = "BREAK";

pub(crate) fn analysers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(TEXT, TextAnalyzer::from(TextTokens));
    manager.register(SOUND, TextAnalyzer::from(SoundTokens));
    manager
}

/// Two neighbouring characters as one term.
pub(crate) fn bigram<'a>(one: &'a Token, other: &'a Token) -> Option<String> {
    let near = one.solo && other.solo && other.position == one.position + 1;
    near.then(|| [one.text.as_str(), other.text.as_str()].concat())
}

/// Whether punctuation stands between two neighbours.
pub(crate) fn parted(one: &Token, other: &Token) -> bool {
    other.position == one.position + 2
}

#[derive(Clone)]
struct TextTokens;

#[derive(Clone)]
struct SoundTokens;

/// Tokens made in advance.
pub(crate) struct Made {
    tokens: std::vec::IntoIter<EngineToken>,
    current: EngineToken,
}

impl Made {
    fn new(tokens: Vec<EngineToken>) -> Self {
        Self { tokens: tokens.into_iter(), current: EngineToken::default() }
    }
}

impl TokenStream for Made {
    fn advance(&mut self) -> bool {
        match self.tokens.next() {
            Some(token) => {
                self.current = token;
                true
            }
            None => false,
        }
    }

    fn token(&self) -> &EngineToken {
        &self.current
    }

    fn token_mut(&mut self) -> &mut EngineToken {
        &mut self.current
    }
}

fn engine_token(text: String, source: &Token) -> EngineToken {
    EngineToken {
        offset_from: source.bytes.start,
        offset_to: source.bytes.end,
        position: source.position,
        text,
        position_length: 1,
    }
}

impl Tokenizer for TextTokens {
    type TokenStream<'a> = Made;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Made {
        let tokens = split(text);
        let mut out = Vec::with_capacity(tokens.len() * 2);
        for (at, token) in tokens.iter().enumerate() {
            out.push(engine_token(token.text.clone(), token));
            if let Some(pair) = tokens.get(at + 1).and_then(|next| bigram(token, next)) {
                out.push(engine_token(pair, token));
            }
            if token.piece {
                out.push(engine_token(CUT_MARK.to_owned(), token));
            }
            if tokens.get(at + 1).is_some_and(|next| parted(token, next)) {
                let mut mark = engine_token(BREAK_MARK.to_owned(), token);
                mark.position += 1;
                out.push(mark);
            }
        }
        Made::new(out)
    }
}

impl Tokenizer for SoundTokens {
    type TokenStream<'a> = Made;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Made {
        let mut out = Vec::new();
        for token in split(text).iter().filter(|token| token.solo) {
            for syllable in token_readings(token, text) {
                out.push(engine_token(syllable, token));
            }
        }
        Made::new(out)
    }
}

/// Readings of a token: of the character in the source and of what it folds to.
pub(crate) fn token_readings(token: &Token, text: &str) -> Vec<String> {
    let folded = token.text.chars().next();
    let source = text.get(token.bytes.clone()).and_then(|part| part.chars().next());
    let mut all = folded.map(readings).unwrap_or_default();
    if source != folded {
        for reading in source.map(readings).unwrap_or_default() {
            if !all.contains(&reading) {
                all.push(reading);
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use crate::fold::{FOLD_VERSION, fold_char};
    use crate::sound::readings;

    /// Folding and readings, from this crate and those it stands on, where Unicode is settled.
    #[test]
    fn a_change_of_rules_is_a_change_of_version() {
        let mut rules = Sha256::new();
        let settled = [
            0..=0x24F,
            0x384..=0x52F,
            0x1E00..=0x206F,
            0x3000..=0x30FF,
            0x3400..=0x4DB5,
            0x4E00..=0x9FCC,
            0xFF01..=0xFF9F,
        ];
        for c in settled.into_iter().flatten().filter_map(char::from_u32) {
            fold_char(c, |folded, class| rules.update(format!("{c}{folded}{class:?}")));
            rules.update(readings(c).concat());
        }
        let digest: String = rules.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(
            (FOLD_VERSION, digest.as_str()),
            (1, "61fcf552fc56a8ce"),
            "raise FOLD_VERSION, then put the digest here"
        );
    }
}
