//! Setting plain text in lines: what a page of fixed width needs.
//!
//! Keeps: no line is wider than [`COLUMNS`] unless one word is; a value can't begin a line of its own or turn the
//! direction of reading. Does not know: what is said.

use unicode_width::UnicodeWidthChar;

/// Widest line, in columns (a Chinese character takes two).
pub(super) const COLUMNS: usize = 78;

/// Marks that never begin a line.
const CLOSING: &str = "，。、；：？！）】》”’…%";
/// Marks that never end a line.
const OPENING: &str = "（【《“‘";

fn columns(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// Columns of a text on one line.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// A value as it may stand in a page: one line, no marks that turn the direction of reading.
pub(super) fn clean(value: &str) -> String {
    let turns = |c: &char| !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let one_line = |c: char| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c };
    let kept: String = value.chars().filter(turns).map(one_line).collect();
    kept.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The pieces between which a line may end: a word with the space behind it, or one wide character with its marks.
fn pieces(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut piece = String::new();
    let mut previous = ' ';
    for c in text.chars() {
        let wide = columns(c) == 2 || columns(previous) == 2;
        let may_break = previous == ' ' || (wide && c != ' ' && !CLOSING.contains(c) && !OPENING.contains(previous));
        if may_break && !piece.is_empty() {
            out.push(std::mem::take(&mut piece));
        }
        piece.push(c);
        previous = c;
    }
    out.push(piece);
    out
}

/// Adds a paragraph: `lead` before its first line, as many spaces before the others.
pub(super) fn paragraph(page: &mut String, lead: &str, text: &str) {
    let indent = width(lead);
    let mut line = lead.to_owned();
    let mut at = indent;
    for piece in pieces(text) {
        let trimmed = width(piece.trim_end_matches(' '));
        if at > indent && at + trimmed > COLUMNS {
            end_line(page, &line);
            line = " ".repeat(indent);
            at = indent;
        }
        line.push_str(&piece);
        at += width(&piece);
    }
    end_line(page, &line);
}

fn end_line(page: &mut String, line: &str) {
    page.push_str(line.trim_end_matches(' '));
    page.push('\n');
}

/// Adds a heading, underlined.
pub(super) fn heading(page: &mut String, text: &str, rule: char) {
    paragraph(page, "", text);
    page.extend(std::iter::repeat_n(rule, width(text).min(COLUMNS)));
    page.push('\n');
}

/// `label` filled with spaces to `to` columns.
pub(super) fn padded(label: &str, to: usize) -> String {
    format!("{label}{}", " ".repeat(to.saturating_sub(width(label))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(lead: &str, text: &str) -> String {
        let mut page = String::new();
        paragraph(&mut page, lead, text);
        page
    }

    #[test]
    fn no_line_is_too_wide_and_no_word_is_lost() {
        let english = "a bundle that the other side can verify ".repeat(9);
        let chinese = "本页无需任何程序即可阅读。（它不是证书）".repeat(9);
        for text in [&english, &chinese] {
            let page = set("  - ", text.trim());
            assert!(page.lines().count() > 3);
            assert!(page.lines().all(|l| width(l) <= COLUMNS), "{page}");
            let joined: String = page.replacen("  - ", "", 1).lines().map(str::trim).collect::<Vec<_>>().join(" ");
            assert_eq!(joined.replace(' ', ""), text.replace(' ', ""));
        }
        let chinese = set("", &chinese);
        assert!(chinese.lines().all(|l| !l.starts_with(['。', '）']) && !l.ends_with('（')), "{chinese}");
    }

    #[test]
    fn french_spaces_hold() {
        let page = set("", &"oui\u{202f}! non\u{a0}: ".repeat(20));
        assert!(page.lines().all(|l| !l.starts_with(['!', ':'])), "{page}");
    }

    #[test]
    fn a_value_stays_in_its_place() {
        assert_eq!(clean("a\n\n4. FORGED\u{202e}x\t y\u{2028}z"), "a 4. FORGEDx y z");
    }
}
