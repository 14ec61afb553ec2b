//! Spans of a text by its syntax: the strings of JSON, the tags of HTML, and what lies between.
//!
//! Keeps: every byte lies in exactly one span; where one begins depends on no byte before it, so that a walk may start at
//! any mark. Does not know: what a string or a tag means, or whether the whole is well formed.

use super::step::{After, MAX_PIECE, Step};
use crate::profile::Syntax;
use std::io::{self, BufRead};

const QUOTE: u8 = b'"';
const BACKSLASH: u8 = b'\\';
/// May stand before the first span of JSON.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Reads one span. `first` says whether the reader stands at the start of the source.
pub(crate) fn step<R: BufRead>(src: &mut R, syntax: Syntax, first: bool, leaf: &mut Vec<u8>) -> io::Result<Step> {
    let ended = match syntax {
        Syntax::Json => json(src, leaf)?,
        Syntax::Html => html(src, leaf)?,
    };
    if leaf.is_empty() {
        return Ok(Step::End);
    }
    let fits = match syntax {
        Syntax::Json if leaf.first() == Some(&QUOTE) => ended && std::str::from_utf8(leaf).is_ok(),
        Syntax::Json => {
            let mark = if first && leaf.starts_with(MARK) { MARK.len() } else { 0 };
            leaf.iter().skip(mark).all(|byte| is_between(*byte))
        }
        Syntax::Html => true,
    };
    if !fits || leaf.contains(&0) || leaf.len() > MAX_PIECE {
        return Ok(Step::Odd);
    }
    Ok(Step::Leaf { used: leaf.len() as u64, after: After::Nothing })
}

/// What may stand between strings: structure, numbers, literals, white space.
fn is_between(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"{}[]:,+-. \t\n\r".contains(&byte)
}

/// Takes bytes while `take` says so, and no more than a span may have and one; answers whether it said that they end.
fn run<R: BufRead>(src: &mut R, leaf: &mut Vec<u8>, mut take: impl FnMut(u8) -> Take) -> io::Result<bool> {
    loop {
        let held = src.fill_buf()?;
        if held.is_empty() || leaf.len() > MAX_PIECE {
            return Ok(false);
        }
        let mut used = 0;
        let mut ended = None;
        for byte in held {
            match take(*byte) {
                Take::More => used += 1,
                Take::Last => ended = Some(used + 1),
                Take::Before => ended = Some(used),
            }
            if ended.is_some() {
                break;
            }
        }
        let used = ended.unwrap_or(used);
        leaf.extend_from_slice(held.get(..used).unwrap_or_default());
        src.consume(used);
        if ended.is_some() {
            return Ok(true);
        }
    }
}

enum Take {
    More,
    /// This byte ends the span.
    Last,
    /// The span ended before it.
    Before,
}

/// A string with its quotes, or all up to the next quote; answers whether a string ended.
fn json<R: BufRead>(src: &mut R, leaf: &mut Vec<u8>) -> io::Result<bool> {
    if src.fill_buf()?.first() != Some(&QUOTE) {
        return run(src, leaf, |byte| if byte == QUOTE { Take::Before } else { Take::More });
    }
    let (mut opened, mut escaped) = (false, false);
    run(src, leaf, |byte| {
        if std::mem::take(&mut escaped) {
            return Take::More;
        }
        escaped = byte == BACKSLASH;
        if byte == QUOTE && std::mem::replace(&mut opened, true) { Take::Last } else { Take::More }
    })
}

/// Whether a byte behind `<` makes it the beginning of a tag.
fn opens(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || b"/!?".contains(&byte)
}

/// A tag with its `>`, or all up to the next `<`.
fn html<R: BufRead>(src: &mut R, leaf: &mut Vec<u8>) -> io::Result<bool> {
    if src.fill_buf()?.first() == Some(&b'<') {
        leaf.push(b'<');
        src.consume(1);
        if src.fill_buf()?.first().is_some_and(|byte| opens(*byte)) {
            return run(src, leaf, |byte| if byte == b'>' { Take::Last } else { Take::More });
        }
    }
    run(src, leaf, |byte| if byte == b'<' { Take::Before } else { Take::More })
}
