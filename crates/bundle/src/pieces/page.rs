//! What the spans of a web page say: text without references; tags that say nothing but their name.
//!
//! Keeps: scripts, styles, comments, attributes and what a browser may take for a part of them are hidden. Does not know:
//! trees, style sheets.

use super::Piece;
use super::entity;

/// Tags that are open where nothing but their name stands in them.
const PLAIN: &str = " a abbr address article aside b bdi bdo blockquote body br caption center cite code col colgroup dd \
    del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 head header hr html i ins kbd li main mark \
    nav ol p pre q rp rt ruby s samp section small span strong sub summary sup table tbody td tfoot th thead time title tr tt \
    u ul var wbr ";
/// What lies in these is no text of the page.
const ASIDE: &str =
    " script style template noscript noframes noembed iframe object svg math xmp plaintext textarea select ";

/// Where a reader stands between two spans.
enum At {
    Text,
    Comment,
    /// In an element of [`ASIDE`].
    Aside(String),
    /// In an attribute that this quote ends.
    Quote(char),
}

/// Reads spans in their order.
pub(super) fn read(pieces: &mut [Piece]) {
    let mut at = At::Text;
    for piece in pieces {
        let (open, said, next) = span(&piece.raw, at);
        piece.is_open &= open;
        piece.said = said;
        at = next;
    }
}

fn span(raw: &str, at: At) -> (bool, Option<String>, At) {
    match at {
        At::Comment => (false, None, if raw.contains("-->") || raw.contains("--!>") { At::Text } else { At::Comment }),
        At::Aside(name) => {
            let ends = tag_name(raw, "</").is_some_and(|closed| closed == name);
            (false, None, if ends { At::Text } else { At::Aside(name) })
        }
        At::Quote(quote) => (false, None, behind(raw, Some(quote))),
        At::Text => match raw.strip_prefix('<').filter(|rest| rest.starts_with(is_opening)) {
            Some(rest) => tag(raw, rest),
            None => {
                let read = entity::undone(raw);
                (!read.unknown, Some(read.text), At::Text)
            }
        },
    }
}

fn is_opening(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')
}

fn tag(raw: &str, rest: &str) -> (bool, Option<String>, At) {
    if let Some(comment) = rest.strip_prefix("!--") {
        let closed = comment.ends_with("-->") || comment.ends_with("--!>");
        return (false, None, if closed { At::Text } else { At::Comment });
    }
    let inside = rest.strip_suffix('>');
    if rest.starts_with(['!', '?']) {
        return (inside.is_some_and(|inside| inside.eq_ignore_ascii_case("!doctype html")), None, At::Text);
    }
    let named = |list: &str, name: &str| list.contains(&format!(" {name} "));
    let inside = inside.map(|inside| inside.strip_suffix('/').unwrap_or(inside).trim_ascii_end().to_ascii_lowercase());
    let name = inside.as_deref().map(|inside| inside.strip_prefix('/').unwrap_or(inside));
    let open = name.is_some_and(|name| named(PLAIN, name));
    let next = match tag_name(raw, "<").filter(|name| named(ASIDE, name)) {
        Some(name) => At::Aside(name),
        None if rest.starts_with('/') => At::Text,
        None => behind(rest, None),
    };
    (open, None, next)
}

/// The name of a tag that begins so, in small letters.
fn tag_name(raw: &str, begins: &str) -> Option<String> {
    let rest = raw.strip_prefix(begins)?;
    let len = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    (len > 0).then(|| rest.get(..len).unwrap_or_default().to_ascii_lowercase())
}

/// Where a browser stands behind a part of a tag: in text, or in an attribute whose quote is not closed. A quote opens
/// behind `=` alone.
fn behind(part: &str, open: Option<char>) -> At {
    let (mut quote, mut equals) = (open, false);
    for c in part.chars() {
        match quote {
            Some(q) if c == q => quote = None,
            Some(_) => continue,
            None if equals && matches!(c, '"' | '\'') => quote = Some(c),
            None => {}
        }
        equals = quote.is_none() && (c == '=' || (equals && c.is_ascii_whitespace()));
    }
    quote.map_or(At::Text, At::Quote)
}
