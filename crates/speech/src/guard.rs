//! Doubts about what the model wrote: loops, more words than a mouth can say, and phrases that it learnt from film
//! subtitles and writes over noise.
//!
//! Keeps: a doubt about too much text or loops leads to a second hearing, never to silent loss; only text over what was
//! hardly a voice is rejected, and counted; text too short for its voice is kept, and counted.
//! Does not know: the model.

use crate::passages::is_han;

/// More characters a second than this (Latin script) are not spoken: the fastest talk is about 22.
const LATIN_PER_SECOND: f32 = 30.0;
/// More Han characters a second than this are not spoken: the fastest talk is about 9.
const HAN_PER_SECOND: f32 = 13.0;
/// Fewer characters a second of voice than this (Latin script) leave something out: slow talk is about 8, the voice's
/// pauses not counted …
const LATIN_AT_LEAST: f32 = 4.0;
/// … and of Han characters and of digits, each a word: slow talk is about 2.5.
const HAN_AT_LEAST: f32 = 1.5;
/// Seconds of voice that need no text: hesitation, laughter, a drawn-out end.
const WORDLESS_GRACE: f32 = 1.0;
/// Longest loop that is looked for, in tokens.
const LONGEST_LOOP: usize = 40;
/// Tokens that a phrase and its echo have at least.
const ECHO: usize = 8;
/// A loop of at least three turns and so many tokens is one beyond doubt.
const LOOP: usize = 16;
/// Under this score (mean natural logarithm of a token's probability) the model was guessing.
pub const POOR_SCORE: f32 = -1.0;
/// Over this probability of "no speech", and with a poor score, there was none.
pub const NO_SPEECH: f32 = 0.6;
/// A known phantom is rejected from this probability of "no speech" on.
const PHANTOM_NO_SPEECH: f32 = 0.2;

/// How much a text repeats itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Repetition {
    /// Not more than people do.
    None,
    /// A phrase and its echo: heard again, and believed if it comes again.
    Echo,
    /// Turn after turn.
    Loop,
}

/// Looks for a stretch that follows on itself.
#[must_use]
pub fn repetition(tokens: &[usize]) -> Repetition {
    let mut worst = Repetition::None;
    for period in 1..=LONGEST_LOOP.min(tokens.len() / 2) {
        let mut run = 0;
        for (a, b) in tokens.iter().zip(tokens.iter().skip(period)) {
            run = if a == b { run + 1 } else { 0 };
            if run >= 2 * period && run + period >= LOOP {
                return Repetition::Loop;
            }
            if run >= period && run + period >= ECHO {
                worst = Repetition::Echo;
            }
        }
    }
    worst
}

/// Whether so much text fits into so many seconds of voice.
#[must_use]
pub fn too_dense(text: &str, seconds: f32) -> bool {
    let (han, other) = letters(text);
    // Half a second of grace: a margin at both ends of a short utterance may hold half a word.
    han / HAN_PER_SECOND + other / LATIN_PER_SECOND > seconds + 0.5
}

/// Whether so many seconds of voice must hold more than this text.
#[must_use]
pub fn too_sparse(text: &str, seconds: f32) -> bool {
    let (han, other) = letters(text);
    let digits = text.chars().filter(char::is_ascii_digit).count() as f32;
    (han + digits) / HAN_AT_LEAST + (other - digits) / LATIN_AT_LEAST + WORDLESS_GRACE < seconds
}

/// Han characters, and other letters and digits.
fn letters(text: &str) -> (f32, f32) {
    let han = text.chars().filter(|c| is_han(*c)).count() as f32;
    let all = text.chars().filter(|c| c.is_alphanumeric()).count() as f32;
    (han, all - han)
}

/// Phrases from the subtitles that the model was trained on; it writes them where nobody speaks.
const PHANTOMS: [&str; 14] = [
    "thanks for watching",
    "thank you for watching",
    "please subscribe",
    "subtitles by",
    "amara.org",
    "sous-titr",
    "merci d'avoir regardé",
    "société radio-canada",
    "字幕",
    "请不吝点赞",
    "請不吝點讚",
    "谢谢观看",
    "謝謝觀看",
    "明镜与点点",
];

/// Whether what was written is to be rejected as said by nobody.
#[must_use]
pub fn nobody_said(text: &str, score: f32, no_speech: f32) -> bool {
    if no_speech > NO_SPEECH && score < POOR_SCORE {
        return true;
    }
    let folded = text.to_lowercase();
    (no_speech > PHANTOM_NO_SPEECH || score < POOR_SCORE) && PHANTOMS.iter().any(|p| folded.contains(p))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loops_and_echoes_are_told_from_talk() {
        let phrase: Vec<usize> = (100..109).collect();
        assert_eq!(repetition(&phrase), Repetition::None);
        assert_eq!(repetition(&phrase.repeat(2)), Repetition::Echo);
        assert_eq!(repetition(&phrase.repeat(3)), Repetition::Loop);
        assert_eq!(repetition(&[7; 16]), Repetition::Loop);
        assert_eq!(repetition(&[7, 7, 7, 1, 2, 3]), Repetition::None, "no, no, no is talk");
        assert_eq!(repetition(&[]), Repetition::None);
    }

    #[test]
    fn nobody_speaks_so_fast() {
        assert!(!too_dense("At that high level, the air is pure.", 2.0));
        assert!(too_dense(&"At that high level, the air is pure. ".repeat(4), 2.0));
        assert!(!too_dense("广州市房地产中介协会分析", 2.0));
        assert!(too_dense(&"广州市房地产中介协会分析".repeat(3), 2.0));
    }

    #[test]
    fn much_voice_and_few_words_are_told() {
        assert!(too_sparse("他们说只要你回来就没事", 8.5), "11 characters");
        assert!(!too_sparse("他们说只要你回来就没事", 5.0), "slow talk: 2.2 a second");
        assert!(too_sparse("Il vote", 4.0));
        assert!(!too_sparse("Je ne sais pas, madame.", 5.0), "slow talk: 3.6 a second and a hesitation");
        assert!(!too_sparse("Yes.", 1.6));
        assert!(too_sparse("Yes.", 2.6));
        assert!(too_sparse("", 1.1));
        assert!(!too_sparse("138 0013 8000", 8.0), "a number read slowly");
    }

    #[test]
    fn subtitles_are_rejected_over_noise_only() {
        assert!(nobody_said(" Thanks for watching!", -0.4, 0.5));
        assert!(!nobody_said(" Thanks for watching!", -0.2, 0.01));
        assert!(nobody_said("x", -1.2, 0.7));
        assert!(!nobody_said("他说的字幕", -0.2, 0.05));
    }
}
