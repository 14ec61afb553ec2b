//! The language of a passage that nobody has told apart, by its script and its commonest words.
//!
//! Keeps: what can't be told reads as nothing, never as a guess; simplified and traditional characters are both Chinese.
//! Does not know: languages other than the product's three.

/// Words of a sentence in English that are none in French.
const ENGLISH: [&str; 24] = [
    "the", "and", "you", "is", "are", "of", "to", "not", "for", "with", "was", "he", "she", "they", "my", "your",
    "that", "this", "it", "have", "will", "be", "by", "from",
];
/// Words of a sentence in French that are none in English.
const FRENCH: [&str; 26] = [
    "le", "la", "les", "des", "une", "est", "vous", "nous", "je", "pas", "que", "pour", "avec", "dans", "et", "du",
    "au", "sont", "votre", "ce", "qui", "sur", "il", "elle", "aux", "de",
];
/// Words that decide between the two.
const ENOUGH: usize = 2;

/// `zh`, `en`, `fr`, or nothing.
pub(super) fn told(text: &str) -> Option<&'static str> {
    let (mut han, mut kana, mut letters) = (0usize, 0usize, 0usize);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        match u32::from(c) {
            0x3040..=0x30ff | 0xac00..=0xd7af => kana += 1,
            0x3400..=0x9fff | 0xf900..=0xfaff | 0x2_0000..=0x3_ffff => han += 1,
            _ => {}
        }
    }
    // A character says about as much as a few letters do. With kana or hangul between them they are another language's.
    if han > 0 && kana == 0 && han * 4 >= letters {
        return Some("zh");
    }
    let lower = text.to_lowercase();
    let words = || lower.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty());
    let of = |list: &[&str]| words().filter(|w| list.contains(w)).count();
    let (english, french) = (of(&ENGLISH), of(&FRENCH));
    match english.cmp(&french) {
        std::cmp::Ordering::Greater if english >= ENOUGH => Some("en"),
        std::cmp::Ordering::Less if french >= ENOUGH => Some("fr"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_writing_chinese_are_chinese_and_what_is_unsure_is_nothing() {
        assert_eq!(told("唐遠山 老唐，你再想想"), Some("zh"));
        assert_eq!(told("唐远山，你再想想。"), Some("zh"));
        assert_eq!(told("reference K0471962: 唐遠山 (TANG)"), None);
        assert_eq!(told("東京でひらがなを書く"), None);
        assert_eq!(told("Je vous écris pour la clôture de votre compte."), Some("fr"));
        assert_eq!(told("Thank you for agreeing to speak with the court."), Some("en"));
        assert_eq!([told("Victor Tang"), told(""), told("2025-03-11,09:05"), told("the le")], [None; 4]);
    }
}
