//! How much of a reference's words a text has.

use std::collections::HashMap;

/// Words, lower case, and how often each.
fn tokens(text: &str) -> HashMap<String, usize> {
    let mut bag = HashMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        *bag.entry(word.to_lowercase()).or_default() += 1;
    }
    bag
}

/// The share of the reference's words that were read, counted with their repetitions; nothing where it has none.
pub fn recall(reference: &str, text: &str) -> Option<f64> {
    let (want, have) = (tokens(reference), tokens(text));
    let all: usize = want.values().sum();
    let got: usize = want.iter().map(|(w, n)| have.get(w).copied().unwrap_or(0).min(*n)).sum();
    (all > 0).then(|| got as f64 / all as f64)
}
