//! Which pieces of a text (lines, cells, spans) stay open when its original leaves in part.
//!
//! Keeps: a piece is open only where all of it is understood and none of what must not be read stands in it, however it is
//! written there, nor across its borders; what is struck and not found keeps the whole original back. Does not know: plans,
//! the vault, why something is struck.

mod entity;
mod json;
mod mail;
mod page;
mod stream;
mod undo;

use crate::audit::Forbidden;
use crate::error::BundleError;
use crate::material::LeafSource;
use casemate_carve::{Profile, Run, Shape, Syntax, TextUnit};
use casemate_case::identifiers::identifiers;
use casemate_case::names::{NameFinder, Sure, fold_latin};
use casemate_case::person::Person;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::collections::BTreeSet;
use stream::{Stream, squeezed};
pub(crate) use undo::undone;

/// Longest original that is looked through, in bytes.
pub const TEXT_BYTES_MAX: usize = 64 << 20;
/// From so many letters and digits on, of so many kinds, a word is taken for encoded bytes or a digest.
const CODE_CHARS: usize = 32;
const CODE_KINDS: usize = 10;

/// How often what is open is read again after more of it was hidden.
const ROUNDS: usize = 8;

/// What must not be read in the open pieces, and as what they are read.
pub struct Ask<'a> {
    /// Whether it is the source of one e-mail.
    pub is_mail: bool,
    /// The encoding that a reader found, by its name.
    pub encoding: Option<&'a str>,
    /// Whose names are withheld.
    pub people: Vec<&'a Person>,
    /// Their names as bytes.
    pub forbidden: &'a Forbidden,
    /// Words that are struck, each as often as it is struck.
    pub struck: Vec<String>,
    /// Whether identifiers are withheld.
    pub identifiers: bool,
    /// Identifiers that somebody judged to be harmless, as they are written.
    pub harmless: BTreeSet<String>,
}

/// Why an original does not leave in part.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stays {
    /// It was sealed in pieces of 64 KiB, or is no text.
    #[error("its sealed leaves are no pieces of a text")]
    Undivided,
    /// It is too long to be looked through.
    #[error("it has more than {TEXT_BYTES_MAX} bytes")]
    TooLong,
    /// Struck words are not found in it as often as they are struck.
    #[error("{places} places that are struck are not found in it")]
    NotPlaced {
        /// How many places.
        places: u64,
    },
    /// Nothing of it could be open.
    #[error("nothing of it would be open")]
    NothingOpen,
}

impl Stays {
    /// The word for machines.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Undivided => "undivided",
            Self::TooLong => "too-long",
            Self::NotPlaced { .. } => "not-placed",
            Self::NothingOpen => "nothing-open",
        }
    }
}

/// One leaf as it is read.
struct Piece {
    /// The characters of its bytes.
    raw: String,
    /// What a reader reads there; nothing where it is no text.
    said: Option<String>,
    is_open: bool,
    /// The first leaf of those that are open or hidden together.
    with: usize,
}

/// The leaves to hide of a text that leaves in part, or why it stays.
///
/// # Errors
/// Reading the leaves.
pub fn hidden(leaves: &dyn LeafSource, shape: Shape, ask: &Ask<'_>) -> Result<Result<Vec<Run>, Stays>, BundleError> {
    if !shape.profile().is_of_text() {
        return Ok(Err(Stays::Undivided));
    }
    let count = shape.packets().end;
    let (mut payloads, mut bytes, mut index) = (Vec::new(), 0usize, 0u64);
    leaves.for_each(&mut |_, payload| {
        bytes = bytes.saturating_add(payload.len());
        if index < count && bytes <= TEXT_BYTES_MAX {
            payloads.push(payload.to_vec());
        }
        index += 1;
        Ok(())
    })?;
    if bytes > TEXT_BYTES_MAX {
        return Ok(Err(Stays::TooLong));
    }
    Ok(judged(shape.profile(), &payloads, ask))
}

fn judged(profile: Profile, payloads: &[Vec<u8>], ask: &Ask<'_>) -> Result<Vec<Run>, Stays> {
    let mut pieces = read(profile, payloads, ask);
    let streams = streams(&pieces, |_| true);
    for (piece, payload) in pieces.iter_mut().zip(payloads) {
        piece.is_open &= !is_code(&piece.raw) && ask.forbidden.find(payload).is_none();
    }
    let finder = NameFinder::new(ask.people.iter().copied());
    let mut gone: BTreeSet<usize> = BTreeSet::new();
    for stream in &streams {
        gone.extend(named(stream, &finder, ask));
    }
    gone.extend(struck(&streams, &ask.struck)?);
    shut(&mut pieces, &gone);
    // What is open is read by itself too: two pieces may say a name when what stands between them is hidden.
    for _ in 0..ROUNDS {
        let open = self::streams(&pieces, |piece| piece.is_open);
        let more: BTreeSet<usize> = open.iter().flat_map(|stream| named(stream, &finder, ask)).collect();
        if more.is_empty() {
            return closed(&pieces);
        }
        shut(&mut pieces, &more);
    }
    Err(Stays::NothingOpen)
}

fn closed(pieces: &[Piece]) -> Result<Vec<Run>, Stays> {
    if pieces.iter().all(|piece| !piece.is_open) {
        return Err(Stays::NothingOpen);
    }
    let closed = (0u64..).zip(pieces).filter(|(_, piece)| !piece.is_open).map(|(start, _)| Run { start, len: 1 });
    Ok(Run::normalise(closed.collect()))
}

impl Piece {
    fn new(at: usize, raw: String, said: Option<String>, is_open: bool) -> Self {
        Self { raw, said, is_open, with: at }
    }
}

/// Hides these, and all that are hidden together with one that is.
fn shut(pieces: &mut [Piece], gone: &BTreeSet<usize>) {
    let groups: BTreeSet<usize> = pieces
        .iter()
        .enumerate()
        .filter(|(at, piece)| !piece.is_open || gone.contains(at))
        .map(|(_, piece)| piece.with)
        .collect();
    pieces.iter_mut().for_each(|piece| piece.is_open &= !groups.contains(&piece.with));
}

fn read(profile: Profile, payloads: &[Vec<u8>], ask: &Ask<'_>) -> Vec<Piece> {
    let encoding = match profile {
        Profile::Lines(TextUnit::Utf16Le) => UTF_16LE,
        Profile::Lines(TextUnit::Utf16Be) => UTF_16BE,
        _ if payloads.iter().all(|p| std::str::from_utf8(p).is_ok()) => UTF_8,
        _ => ask.encoding.and_then(|name| Encoding::for_label(name.as_bytes())).unwrap_or(UTF_8),
    };
    let mut pieces = Vec::with_capacity(payloads.len());
    for (at, payload) in payloads.iter().enumerate() {
        let (raw, damaged) = encoding.decode_without_bom_handling(payload);
        pieces.push(Piece::new(at, raw.into_owned(), None, !damaged));
    }
    match profile {
        Profile::Lines(TextUnit::Byte) if ask.is_mail => mail::read(payloads, &mut pieces),
        Profile::Spans(Syntax::Json) => json::read(&mut pieces),
        Profile::Spans(Syntax::Html) => page::read(&mut pieces),
        Profile::Csv => pieces.iter_mut().for_each(|piece| piece.said = Some(unquoted(&piece.raw))),
        _ => pieces.iter_mut().for_each(|piece| piece.said = Some(piece.raw.clone())),
    }
    pieces
}

/// A cell without the quotes of its file.
fn unquoted(cell: &str) -> String {
    let plain = cell.trim_start_matches('\u{feff}');
    match plain.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(inside) => inside.replace("\"\"", "\""),
        None => plain.to_owned(),
    }
}

/// The text in the ways in which it may be read: as it stands, as a reader reads it, and with every escape undone.
fn streams(pieces: &[Piece], of: impl Fn(&Piece) -> bool) -> [Stream; 3] {
    let all = || pieces.iter().enumerate().filter(|(_, piece)| of(piece));
    let said = |(at, piece): (usize, &Piece)| piece.said.clone().map(|said| (at, said));
    [
        Stream::of(all().map(|(at, piece)| (at, piece.raw.clone()))),
        Stream::of(all().filter_map(said)),
        Stream::of(all().map(|(at, piece)| (at, undone(piece.said.as_ref().unwrap_or(&piece.raw))))),
    ]
}

/// The pieces in which a name or an identifier stands, or a part of one.
fn named(stream: &Stream, finder: &NameFinder, ask: &Ask<'_>) -> BTreeSet<usize> {
    let mut out = BTreeSet::new();
    for joined in [stream.joined(""), stream.joined(" ")] {
        for found in finder.find([joined.text.as_str()]) {
            let touched: Vec<usize> = joined.pieces(found.at, found.end()).collect();
            // Guesses are not made across borders.
            out.extend(touched.iter().filter(|_| touched.len() == 1 || found.sure != Sure::Near));
        }
    }
    let joined = stream.joined(" ");
    for found in identifiers([joined.text.as_str()]).iter().filter(|_| ask.identifiers) {
        let words: String = joined.text.chars().skip(found.at).take(found.chars).collect();
        if !ask.harmless.contains(words.trim()) {
            out.extend(joined.pieces(found.at, found.end()));
        }
    }
    let is_written = |text: &str| {
        ask.forbidden.find(text.as_bytes()).is_some() || ask.forbidden.find(fold_latin(text).as_bytes()).is_some()
    };
    out.extend(stream.parts().filter(|(_, text)| is_written(text)).map(|(at, _)| at));
    out
}

/// The pieces in which struck words stand, wherever they do.
fn struck(streams: &[Stream], words: &[String]) -> Result<BTreeSet<usize>, Stays> {
    let squeezed_streams: Vec<_> = streams.iter().map(Stream::squeezed).collect();
    let parts = |words: &String| -> Vec<String> {
        // A reader joins the cells of a row so, and a strike may reach over lines.
        words.split('\n').flat_map(|line| line.split(" | ")).map(squeezed).filter(|part| !part.is_empty()).collect()
    };
    let (mut out, mut missing) = (BTreeSet::new(), 0u64);
    let mut wanted: std::collections::BTreeMap<String, u64> = std::collections::BTreeMap::new();
    for part in words.iter().flat_map(parts) {
        *wanted.entry(part).or_default() += 1;
    }
    for (part, times) in wanted {
        let mut most = 0;
        for joined in &squeezed_streams {
            let (pieces, found) = joined.find(&part);
            most = most.max(found);
            out.extend(pieces);
        }
        missing += times.saturating_sub(most);
    }
    if missing > 0 { Err(Stays::NotPlaced { places: missing }) } else { Ok(out) }
}

/// Whether a word of it looks like encoded bytes or a digest.
fn is_code(text: &str) -> bool {
    let of_code = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=' | '_' | '-');
    text.split(|c| !of_code(c))
        .any(|word| word.len() >= CODE_CHARS && word.bytes().collect::<BTreeSet<_>>().len() >= CODE_KINDS)
}

#[cfg(test)]
mod tests;
