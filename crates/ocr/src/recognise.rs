//! What a line reads: a recogniser on its strip, and its answer (CTC) as characters with their columns.
//!
//! Keeps: each character has how sure the recogniser is of it and the column of its middle. Does not know: where on the page.
//! Source: Graves et al., "Connectionist Temporal Classification" (2006), best path decoding.

use crate::OcrError;
use crate::alphabet::Alphabet;
use crate::net::Net;
use crate::picture::Picture;
use crate::shape::Slab;
use crate::strip;

/// A recogniser and its characters.
pub struct Recogniser {
    /// The model.
    pub net: Net,
    /// What its classes read.
    pub alphabet: Alphabet,
}

/// A character as it was recognised.
#[derive(Clone, Debug)]
pub struct Sign {
    /// What it reads; a space too.
    pub text: String,
    /// 0 to 1.
    pub confidence: f32,
    /// Column of its middle in the strip.
    pub column: f32,
}

/// A line as it was recognised.
#[derive(Clone, Debug, Default)]
pub struct Signs {
    /// In order.
    pub signs: Vec<Sign>,
}

impl Signs {
    /// How sure the recogniser is of the whole: the mean of its characters; 0 of none.
    pub fn confidence(&self) -> f32 {
        let seen = self.signs.iter().filter(|sign| sign.text != " ");
        let (count, sum) = seen.fold((0usize, 0.0f32), |(n, sum), sign| (n + 1, sum + sign.confidence));
        if count == 0 { 0.0 } else { sum / count as f32 }
    }

    /// How sure it is of the least sure.
    pub fn least(&self) -> f32 {
        self.signs.iter().map(|sign| sign.confidence).fold(1.0, f32::min)
    }

    /// Whether there is a Han character, or another that is written without spaces.
    pub fn has_han(&self) -> bool {
        self.signs.iter().any(|sign| sign.text.chars().any(is_han))
    }

    /// Characters that are no spaces.
    pub fn count(&self) -> usize {
        self.signs.iter().filter(|sign| sign.text != " ").count()
    }
}

/// Han, kana, bopomofo, hangul and the punctuation that goes with them.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}'
        | '\u{20000}'..='\u{323af}')
}

impl Recogniser {
    /// Reads a slab of the picture.
    pub fn read(&self, picture: &Picture<'_>, slab: &Slab) -> Result<Signs, OcrError> {
        let (numbers, width) = strip::planes(picture, slab);
        let answer = self.net.run([1, 3, strip::ROWS, width], &numbers)?;
        let &[1, steps, classes] = answer.shape.as_slice() else {
            return Err(self.net.odd("not a line"));
        };
        if classes != self.alphabet.len() || steps == 0 || answer.numbers.len() != steps * classes {
            return Err(self.net.odd("another alphabet"));
        }
        Ok(self.decode(&answer.numbers, classes, width as f32 / steps as f32))
    }

    fn decode(&self, numbers: &[f32], classes: usize, step: f32) -> Signs {
        let mut signs: Vec<Sign> = Vec::new();
        let mut before = 0;
        // Where the present character began.
        let mut began = 0usize;
        for (at, likely) in numbers.chunks_exact(classes).enumerate() {
            let best = likely
                .iter()
                .enumerate()
                .fold((0, f32::MIN), |best, (class, v)| if *v > best.1 { (class, *v) } else { best });
            let (class, sure) = best;
            if class != before {
                began = at;
            }
            let reads = self.alphabet.reads(class);
            let column = ((began + at) as f32 / 2.0 + 0.5) * step;
            if class == before && class != 0 {
                if let Some(sign) = signs.last_mut() {
                    sign.confidence = sign.confidence.max(sure);
                    sign.column = column;
                }
            } else if !reads.is_empty() {
                let text = if reads == "\u{3000}" { " " } else { reads };
                signs.push(Sign { text: text.to_owned(), confidence: sure.clamp(0.0, 1.0), column });
            }
            before = class;
        }
        Signs { signs }
    }
}
