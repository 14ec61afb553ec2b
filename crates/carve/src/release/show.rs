//! Reading a release layer aloud: plain text and WebVTT from leaves that are open or hidden.
//!
//! Keeps: a withheld leaf reads as its label in square brackets, or as the word for "withheld" in the layer's
//! language; never its length, and a run of unlabelled hidden leaves is one mark. Control and direction characters of
//! the source don't reach the reader's terminal.
//! Does not know: proofs.

use super::unit::{Head, Place, Unit};
use crate::profile::{Profile, Shape};
use crate::{CarveError, Leaf};
use std::io::Write;

/// What a reader sees next.
enum Shown {
    Head(Head),
    Segment { place: Place, speaker: Option<String> },
    Text(String),
    Withheld(Option<String>),
}

/// Checks the order of leaves and turns them into what is shown.
struct Reader {
    shape: Shape,
    next: u64,
    label: Option<String>,
    /// The last thing shown was an unlabelled mark.
    marked: bool,
}

impl Reader {
    fn new(shape: Shape) -> Result<Self, CarveError> {
        if !matches!(shape.profile(), Profile::ReleaseText | Profile::ReleaseTranscript) {
            return Err(CarveError::NotApplicable { what: "reading aloud", profile: shape.profile().to_string() });
        }
        Ok(Self { shape, next: 0, label: None, marked: false })
    }

    fn take(
        &mut self,
        leaf: Leaf<'_>,
        show: &mut impl FnMut(Shown) -> Result<(), CarveError>,
    ) -> Result<(), CarveError> {
        let (leaves, ticks) = match leaf {
            Leaf::Open(_) => (1, 1),
            Leaf::Hidden { leaves, ticks } => (leaves, ticks),
        };
        let index = self.next;
        self.next = index.saturating_add(leaves);
        if leaves == 0 || ticks != leaves || self.next > self.shape.leaf_count() {
            return Err(CarveError::BadLeaf { index, what: "not the leaves of this object" });
        }
        match leaf {
            Leaf::Open(payload) => self.open(index, Unit::decode(payload)?, show),
            Leaf::Hidden { .. } => self.hidden(leaves, show),
        }
    }

    fn open(
        &mut self,
        index: u64,
        unit: Unit,
        show: &mut impl FnMut(Shown) -> Result<(), CarveError>,
    ) -> Result<(), CarveError> {
        let label = self.label.take();
        self.marked = false;
        let bad = |what| Err(CarveError::BadLeaf { index, what });
        match unit {
            Unit::Head(_) if index > 0 => bad("a second head"),
            Unit::Withheld(_) if label.is_none() => bad("withheld text without a label"),
            Unit::Withheld(text) => show(Shown::Text(text)),
            _ if label.is_some() => bad("a label without withheld text"),
            Unit::Head(head) => show(Shown::Head(head)),
            _ if index == 0 => bad("no head"),
            Unit::Segment { place, speaker } => show(Shown::Segment { place, speaker }),
            Unit::Text(text) => show(Shown::Text(text)),
            Unit::Label { label, .. } => {
                self.label = Some(label);
                Ok(())
            }
        }
    }

    fn hidden(
        &mut self,
        leaves: u64,
        show: &mut impl FnMut(Shown) -> Result<(), CarveError>,
    ) -> Result<(), CarveError> {
        let mut unlabelled = leaves;
        if let Some(label) = self.label.take() {
            unlabelled = unlabelled.saturating_sub(1);
            self.marked = false;
            show(Shown::Withheld(Some(label).filter(|label| !label.is_empty())))?;
        }
        if unlabelled > 0 && !self.marked {
            self.marked = true;
            show(Shown::Withheld(None))?;
        }
        Ok(())
    }

    fn finish(&self) -> Result<(), CarveError> {
        if self.next != self.shape.leaf_count() || self.label.is_some() {
            return Err(CarveError::BadLeaf { index: self.next, what: "missing" });
        }
        Ok(())
    }
}

/// The word that stands for withheld text without a label.
fn withheld_word(language: &str) -> &'static str {
    match language.split('-').next().unwrap_or_default() {
        "fr" => "occulté",
        "zh" => "已隐去",
        _ => "withheld",
    }
}

/// `[label]`, or `[withheld]` in the language.
fn mark(label: Option<String>, language: &str) -> String {
    match label {
        Some(label) => format!("[{}]", plain(&label)),
        None => format!("[{}]", withheld_word(language)),
    }
}

/// One line of text: control characters become spaces, direction overrides go.
fn plain(text: &str) -> String {
    let is_direction =
        |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}');
    text.chars()
        .filter(|c| !is_direction(*c))
        .map(|c| if c.is_control() || c == '\u{2028}' || c == '\u{2029}' { ' ' } else { c })
        .collect()
}

fn clock(seconds: u64) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

fn place_words(place: Place) -> Option<String> {
    match place {
        Place::Untold => None,
        Place::Time { start_s, end_s } => Some(format!("{}–{}", clock(start_s), clock(end_s))),
        Place::Lines { first, last } if first == last => Some(format!("l. {first}")),
        Place::Lines { first, last } => Some(format!("l. {first}–{last}")),
        Place::Message(n) | Place::Row(n) => Some(format!("n° {n}")),
        Place::Page(n) => Some(format!("p. {n}")),
    }
}

/// Writes the layer as plain text, UTF-8, one segment a line.
///
/// # Errors
/// [`CarveError::BadLeaf`] or [`CarveError::BadRelease`] for leaves out of order, [`CarveError::NotApplicable`] for
/// another profile, [`CarveError::Io`].
pub fn render_text<'a, W: Write>(
    shape: Shape,
    leaves: impl IntoIterator<Item = Leaf<'a>>,
    out: &mut W,
) -> Result<(), CarveError> {
    let mut reader = Reader::new(shape)?;
    let mut language = String::new();
    let mut show = |shown: Shown| -> Result<(), CarveError> {
        match shown {
            Shown::Head(head) => {
                write!(out, "{}\n{}", plain(&head.title), plain(&head.statement))?;
                for number in &head.made_from {
                    write!(out, "\n← {number}")?;
                }
                writeln!(out)?;
                language = head.language;
            }
            Shown::Segment { place, speaker } => {
                writeln!(out)?;
                if let Some(words) = place_words(place) {
                    write!(out, "[{words}] ")?;
                }
                if let Some(speaker) = speaker {
                    write!(out, "{}: ", plain(&speaker))?;
                }
            }
            Shown::Text(text) => write!(out, "{}", plain(&text))?,
            Shown::Withheld(label) => write!(out, "{}", mark(label, &language))?,
        }
        Ok(())
    };
    for leaf in leaves {
        reader.take(leaf, &mut show)?;
    }
    reader.finish()?;
    writeln!(out)?;
    Ok(())
}

/// `&`, `<`, `>` as character references, which also keeps `-->` out of cues and notes.
fn vtt(text: &str) -> String {
    plain(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Writes a transcript as WebVTT (W3C), one cue a segment, speakers as `<v Name>`.
///
/// # Errors
/// As [`render_text`]; [`CarveError::NotApplicable`] for anything but `release-transcript-v1`.
pub fn render_vtt<'a, W: Write>(
    shape: Shape,
    leaves: impl IntoIterator<Item = Leaf<'a>>,
    out: &mut W,
) -> Result<(), CarveError> {
    if shape.profile() != Profile::ReleaseTranscript {
        return Err(CarveError::NotApplicable { what: "WebVTT", profile: shape.profile().to_string() });
    }
    let mut reader = Reader::new(shape)?;
    let mut language = String::new();
    writeln!(out, "WEBVTT")?;
    // Text that belongs to no cue (its header is withheld) goes into a note.
    let mut in_block = false;
    let mut show = |shown: Shown| -> Result<(), CarveError> {
        let words = match shown {
            Shown::Head(head) => {
                writeln!(out, "\nNOTE")?;
                // An empty line would end the note.
                for line in [&head.title, &head.statement].into_iter().filter(|line| !line.trim().is_empty()) {
                    writeln!(out, "{}", vtt(line))?;
                }
                language = head.language;
                return Ok(());
            }
            Shown::Segment { place, speaker } => {
                let Place::Time { start_s, end_s } = place else {
                    return Err(CarveError::BadRelease { what: "a transcript segment without a time" });
                };
                if in_block {
                    writeln!(out)?;
                }
                write!(out, "\n{}.000 --> {}.000\n", clock(start_s), clock(end_s))?;
                if let Some(speaker) = speaker {
                    write!(out, "<v {}>", vtt(&speaker))?;
                }
                in_block = true;
                return Ok(());
            }
            Shown::Text(text) => vtt(&text),
            Shown::Withheld(label) => vtt(&mark(label, &language)),
        };
        if !in_block {
            write!(out, "\nNOTE\n")?;
            in_block = true;
        }
        write!(out, "{words}")?;
        Ok(())
    };
    for leaf in leaves {
        reader.take(leaf, &mut show)?;
    }
    reader.finish()?;
    if in_block {
        writeln!(out)?;
    }
    Ok(())
}
