//! How far a reading is from what is written.
//!
//! Keeps: both are brought to NFKC, whitespace to one space each. Does not know: where either comes from.

use unicode_normalization::UnicodeNormalization;

/// Counted errors.
#[derive(Default)]
pub struct Errors {
    /// Characters that are written.
    pub chars: usize,
    wrong: usize,
    words: usize,
    wrong_words: usize,
}

impl Errors {
    /// Wrong characters of a hundred.
    pub fn cer(&self) -> f64 {
        100.0 * self.wrong as f64 / self.chars.max(1) as f64
    }

    /// Wrong words of a hundred.
    pub fn wer(&self) -> f64 {
        100.0 * self.wrong_words as f64 / self.words.max(1) as f64
    }

    /// Adds those of another.
    pub fn add(&mut self, other: &Self) {
        self.chars += other.chars;
        self.wrong += other.wrong;
        self.words += other.words;
        self.wrong_words += other.wrong_words;
    }
}

/// Compares a reading with the truth.
pub fn compared(truth: &str, read: &str) -> Errors {
    let (truth, read) = (normal(truth), normal(read));
    let letters = |text: &str| text.chars().collect::<Vec<_>>();
    let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    Errors {
        chars: truth.chars().count(),
        wrong: distance(&letters(&truth), &letters(&read)),
        words: truth.split(' ').count(),
        wrong_words: distance(&words(&truth), &words(&read)),
    }
}

/// One form of each character, one space between words, none beside a Han character, for a line may break there.
fn normal(text: &str) -> String {
    let text: String = text.nfkc().collect();
    let spaced = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let chars: Vec<char> = spaced.chars().collect();
    let han = |at: Option<&char>| at.is_some_and(|c| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'));
    let kept = chars
        .iter()
        .enumerate()
        .filter(|(n, c)| **c != ' ' || !(han(n.checked_sub(1).and_then(|n| chars.get(n))) || han(chars.get(n + 1))));
    kept.map(|(_, c)| *c).collect()
}

/// Least insertions, deletions and changes from one to the other. (Levenshtein.)
fn distance<T: PartialEq>(a: &[T], b: &[T]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (n, x) in a.iter().enumerate() {
        let mut corner = n;
        let mut left = n + 1;
        for (y, cell) in b.iter().zip(row.iter_mut().skip(1)) {
            let changed = corner + usize::from(x != y);
            corner = *cell;
            left = changed.min(left + 1).min(corner + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = n + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}
