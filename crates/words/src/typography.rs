//! French spacing: catalogues are typed with plain spaces and shown with the no-break spaces that French asks for.
//!
//! Keeps: only the catalogue's own text is changed, never a value put into it (it may be evidence).
//! Does not know: Fluent's syntax. The marks below never follow a plain space in it; the catalogue's test proves that
//! every message still parses.

/// U+202F: before `;` `!` `?`, between groups of digits, before `h` in a time of day.
pub const NARROW_NO_BREAK_SPACE: char = '\u{202f}';
/// U+00A0: before `:` and inside guillemets.
pub const NO_BREAK_SPACE: char = '\u{a0}';

/// The catalogue's source with French no-break spaces in place of the plain ones beside double punctuation.
pub fn french(source: &str) -> String {
    let mut spaced = String::with_capacity(source.len() + source.len() / 16);
    let mut characters = source.chars().peekable();
    let mut previous = '\n';
    while let Some(character) = characters.next() {
        let next = characters.peek().copied().unwrap_or('\n');
        spaced.push(match (previous, character, next) {
            (_, ' ', ';' | '!' | '?') => NARROW_NO_BREAK_SPACE,
            (_, ' ', ':' | '»') | ('«', ' ', _) => NO_BREAK_SPACE,
            _ => character,
        });
        previous = character;
    }
    spaced
}

#[cfg(test)]
mod tests {
    use super::french;

    #[test]
    fn double_punctuation_takes_its_space() {
        assert_eq!(french("« Allô ? » dit-il : non !"), "«\u{a0}Allô\u{202f}?\u{a0}» dit-il\u{a0}: non\u{202f}!");
        assert_eq!(french("a b, c."), "a b, c.");
        assert_eq!(french(""), "");
    }
}
