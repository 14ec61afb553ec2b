//! A long text in windows of about a sentence: what is averaged over a page means nothing any more.
//!
//! Keeps: windows come in order, don't overlap, begin and end with something to read, and leave out nothing but space.
//! A window is no wider than [`WIDTH`]; short sentences are joined up to [`JOINED`]. Does not know: languages; it looks at marks that end a sentence, and at spaces.

use std::ops::Range;

/// The widest window: a character of an unspaced script counts [`WIDE`], any other one.
pub const WIDTH: usize = 240;
/// The widest window of more than one sentence.
pub const JOINED: usize = 120;
/// What a character that is about a word of its own counts.
const WIDE: usize = 3;
/// The first character of the scripts that put no space between words (CJK radicals; Thai, Lao, Khmer and Burmese are read by
/// their letters).
const UNSPACED: char = '\u{2e80}';

/// The windows of a text, as ranges of its bytes.
pub fn windows(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut rest = sentences(text).peekable();
    std::iter::from_fn(move || {
        let mut window = rest.next()?;
        let mut width = widths(text, window.clone());
        // What is joined brings the space before it.
        while let Some(more) = rest.next_if(|next| width + widths(text, window.end..next.end) <= JOINED) {
            width += widths(text, window.end..more.end);
            window.end = more.end;
        }
        Some(window)
    })
}

/// Sentences, and parts of those that are wider than a window.
fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
            let length = sentence(rest);
            let taken = rest.get(..length).unwrap_or(rest);
            let start = at + (taken.len() - taken.trim_start().len());
            at += taken.len();
            let said = taken.trim();
            if !said.is_empty() {
                return Some(start..start + said.len());
            }
        }
    })
}

/// Bytes up to the end of the first sentence of a text, or to where a window is full: behind the last space, if there is one.
fn sentence(text: &str) -> usize {
    let mut full = 0;
    let mut space = None;
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        full += width(c);
        if full > WIDTH && at > 0 {
            return space.unwrap_or(at);
        }
        let next = characters.peek().map(|(_, c)| *c);
        if ends(c, next) {
            return at + c.len_utf8();
        }
        if c.is_whitespace() {
            space = Some(at + c.len_utf8());
        }
    }
    text.len()
}

/// Whether a sentence ends with this character. A point is no end inside a number or a name on the web, nor is a mark before
/// another or before one that closes a quotation.
fn ends(c: char, next: Option<char>) -> bool {
    let spaced = next.is_none_or(char::is_whitespace);
    match c {
        '\n' | '\u{2028}' | '\u{2029}' => true,
        '。' | '！' | '？' | '；' | '…' | '．' => {
            next.is_none_or(|next| next.is_alphanumeric() || next.is_whitespace())
        }
        '.' | '!' | '?' | ';' => spaced,
        _ => false,
    }
}

fn widths(text: &str, part: Range<usize>) -> usize {
    text.get(part).unwrap_or_default().chars().map(width).sum()
}

fn width(c: char) -> usize {
    if c >= UNSPACED { WIDE } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        windows(text).map(|window| &text[window]).collect()
    }

    #[test]
    fn short_sentences_stay_together_and_long_texts_part_at_their_ends() {
        assert_eq!(cut("One. Two? Three!"), ["One. Two? Three!"]);
        assert_eq!(cut("  \n "), Vec::<&str>::new());
        let sentence = "The bank asked for the papers again, and nobody knew why. ";
        let many = sentence.repeat(7);
        let parts = cut(&many);
        assert_eq!(parts.len(), 4, "two by two");
        assert!(parts.iter().all(|part| part.ends_with("why.") && part.len() <= JOINED));
        let wide = "The bank asked for the papers again, and nobody in the whole of the office, nor in the one beside it, \
                    where they had lain for years, knew why. ";
        let many = wide.repeat(3);
        assert_eq!(cut(&many), [wide.trim(); 3], "a sentence is not cut in two");
        let chinese = "他说名单的事谁也不知道，让我不要再问。".repeat(9);
        let parts = cut(&chinese);
        assert!(parts.iter().all(|part| part.ends_with('。') && part.chars().count() * WIDE <= JOINED), "{parts:?}");
        assert_eq!(parts.concat(), chinese);
        assert_eq!(
            cut("v1.2 of example.org is out.\n«Non !» dit-il."),
            ["v1.2 of example.org is out.\n«Non !» dit-il."]
        );
    }

    #[test]
    fn a_sentence_without_end_is_cut_behind_a_space_or_anywhere() {
        let words = "word ".repeat(200);
        assert!(
            cut(&words).iter().all(|part| part.len() <= WIDTH && part.starts_with("word") && part.ends_with("word"))
        );
        assert!(cut(&"x".repeat(1000)).iter().all(|part| part.len() <= WIDTH));
    }

    proptest::proptest! {
        #[test]
        fn nothing_but_space_is_left_out(text in "[a-c 地。.!\n\u{3000}é]{0,900}") {
            let mut at = 0;
            for window in windows(&text) {
                proptest::prop_assert!(text[at..window.start].trim().is_empty());
                let said = &text[window.clone()];
                proptest::prop_assert_eq!(said.trim(), said);
                proptest::prop_assert!(widths(&text, window.clone()) <= WIDTH);
                at = window.end;
            }
            proptest::prop_assert!(text[at..].trim().is_empty());
        }
    }
}
