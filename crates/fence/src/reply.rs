//! The worker's side of the answer: batches, counts, the limits of `casemate_ports::worker`.
//!
//! Keeps: whatever a reader hands over, what leaves obeys the protocol; a limit reached is an error that names it.
//! Does not know: where the answer goes, how the source was read.

use std::io::Write;

use casemate_ports::hidden::Hidden;
use casemate_ports::reading::{Part, Passage, ReadFinding, Severity};
use casemate_ports::worker::{
    About, Answer, CHUNK, Done, Fence, FrameError, Hello, MAX_BATCH, MAX_FIELD, MAX_FINDINGS, MAX_HIDDEN,
    MAX_HIDDEN_WORDS, MAX_METADATA, MAX_PART_BYTES, MAX_PARTS, MAX_PASSAGE_TEXT, MAX_PASSAGES, MAX_PIXELS, MAX_SAMPLES,
    MAX_TEXT, MAX_WORDS, PIXEL_BYTES, PROTOCOL, PictureFormat, Progress, SoundFormat,
};

/// A batch is sent when its text and words come to this many bytes.
const BATCH_BYTES: usize = 256 << 10;
/// Hidden things in one frame: with their words at their longest, written as JSON, they fit into it.
const HIDDEN_BATCH: usize = 64;
/// What a word with its times takes in a batch, bytes, at most.
const WORD_BYTES: usize = 128;

/// Why an answer ends early.
#[derive(Debug, thiserror::Error)]
pub enum ReplyError {
    /// The parent is gone or the frame can't be made.
    #[error(transparent)]
    Frame(#[from] FrameError),
    /// A limit of the protocol is reached.
    #[error("more than {limit} {what}")]
    Full {
        /// Passages, parts, samples, bytes.
        what: &'static str,
        /// How many are allowed.
        limit: u64,
    },
}

/// The answering side of one job.
#[derive(Debug)]
pub struct Reply<W: Write> {
    out: W,
    sent: Done,
    text: u64,
    batch: Vec<Passage>,
    batch_bytes: usize,
    beside: Vec<(String, String)>,
}

impl<W: Write> Reply<W> {
    /// An answer onto `out`.
    pub fn new(out: W) -> Self {
        Self { out, sent: Done::default(), text: 0, batch: Vec::new(), batch_bytes: 0, beside: Vec::new() }
    }

    /// Who answers, behind which fences.
    ///
    /// # Errors
    /// [`ReplyError::Frame`]; so all below.
    pub fn hello(&mut self, tool: &str, fences: &[Fence]) -> Result<(), ReplyError> {
        let hello = Hello { protocol: PROTOCOL, tool: clip(tool), fences: fences.to_vec() };
        Answer::Hello(hello).write(&mut self.out)?;
        Ok(self.out.flush().map_err(FrameError::from)?)
    }

    /// How far.
    ///
    /// # Errors
    /// As [`Reply::hello`].
    pub fn progress(&mut self, done: u64, total: Option<u64>) -> Result<(), ReplyError> {
        Answer::Progress(Progress { done, total }).write(&mut self.out)?;
        Ok(self.out.flush().map_err(FrameError::from)?)
    }

    /// Metadata that stands behind whatever [`Reply::about`] is given.
    pub fn beside(&mut self, metadata: Vec<(String, String)>) {
        self.beside = metadata;
    }

    /// What the source is; once. Overlong metadata is clipped, and that is said.
    ///
    /// # Errors
    /// As [`Reply::hello`].
    pub fn about(&mut self, mut about: About) -> Result<(), ReplyError> {
        about.metadata.append(&mut self.beside);
        let long = |(name, value): &(String, String)| name.len() > MAX_FIELD || value.len() > MAX_FIELD;
        let clipped = about.metadata.len() > MAX_METADATA || about.metadata.iter().any(long);
        about.metadata.truncate(MAX_METADATA);
        for (name, value) in &mut about.metadata {
            *name = clip(name);
            *value = clip(value);
        }
        about.media_type = clip(&about.media_type);
        Answer::About(about).write(&mut self.out)?;
        if clipped {
            self.finding("metadata-clipped", Severity::Note, "metadata longer than the protocol carries")?;
        }
        Ok(())
    }

    /// A passage, in reading order. A text longer than [`MAX_PASSAGE_TEXT`] becomes several with the same place.
    ///
    /// # Errors
    /// [`ReplyError::Full`] past [`MAX_PASSAGES`], [`MAX_TEXT`] or [`MAX_WORDS`]; [`ReplyError::Frame`].
    pub fn passage(&mut self, passage: Passage) -> Result<(), ReplyError> {
        if passage.words.len() > MAX_WORDS {
            return Err(ReplyError::Full { what: "words in a passage", limit: MAX_WORDS as u64 });
        }
        if passage.text.len() <= MAX_PASSAGE_TEXT {
            return self.push(passage);
        }
        let mut rest = passage.text.as_str();
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(rest.floor_char_boundary(MAX_PASSAGE_TEXT));
            self.push(Passage { text: piece.to_owned(), words: Vec::new(), ..passage.clone() })?;
            rest = after;
        }
        Ok(())
    }

    fn push(&mut self, mut passage: Passage) -> Result<(), ReplyError> {
        self.text = self.text.saturating_add(passage.text.len() as u64);
        full("bytes of text", self.text, MAX_TEXT)?;
        full("passages", self.sent.passages + 1, MAX_PASSAGES)?;
        passage.speaker = passage.speaker.as_deref().map(clip);
        self.sent.passages += 1;
        self.batch_bytes += passage.text.len() + passage.words.len() * WORD_BYTES;
        self.batch.push(passage);
        if self.batch.len() >= MAX_BATCH || self.batch_bytes >= BATCH_BYTES {
            self.flush()?;
        }
        Ok(())
    }

    /// Sends what is batched. Call it where the parent should not wait (a finished segment of speech).
    ///
    /// # Errors
    /// As [`Reply::hello`].
    pub fn flush(&mut self) -> Result<(), ReplyError> {
        if !self.batch.is_empty() {
            self.batch_bytes = 0;
            Answer::Passages(std::mem::take(&mut self.batch)).write(&mut self.out)?;
        }
        Ok(self.out.flush().map_err(FrameError::from)?)
    }

    /// An embedded file.
    ///
    /// # Errors
    /// [`ReplyError::Full`] past [`MAX_PARTS`] or [`MAX_PART_BYTES`]; [`ReplyError::Frame`].
    pub fn part(&mut self, name: &str, media_type: &str, bytes: &[u8]) -> Result<(), ReplyError> {
        full("parts", self.sent.parts + 1, MAX_PARTS)?;
        full("bytes of parts", self.sent.part_bytes.saturating_add(bytes.len() as u64), MAX_PART_BYTES)?;
        self.sent.parts += 1;
        self.sent.part_bytes += bytes.len() as u64;
        let part = Part { name: clip(name), media_type: clip(media_type), size: bytes.len() as u64 };
        Answer::Part(part).write(&mut self.out)?;
        for chunk in bytes.chunks(CHUNK) {
            Answer::PartBytes(chunk.to_vec()).write(&mut self.out)?;
        }
        Ok(())
    }

    /// The shape of the samples that follow; once.
    ///
    /// # Errors
    /// As [`Reply::hello`].
    pub fn sound(&mut self, format: SoundFormat) -> Result<(), ReplyError> {
        Ok(Answer::Sound(format).write(&mut self.out)?)
    }

    /// Samples, channels interleaved; `channels` of the format divides their number.
    ///
    /// # Errors
    /// [`ReplyError::Full`] past [`MAX_SAMPLES`]; [`ReplyError::Frame`].
    pub fn samples(&mut self, samples: &[i16]) -> Result<(), ReplyError> {
        full("samples", self.sent.samples.saturating_add(samples.len() as u64), MAX_SAMPLES)?;
        self.sent.samples += samples.len() as u64;
        for chunk in samples.chunks(CHUNK / 2) {
            Answer::Samples(chunk.to_vec()).write(&mut self.out)?;
        }
        Ok(())
    }

    /// A page: its shape, then its pixels, which must be as many.
    ///
    /// # Errors
    /// [`ReplyError::Full`] past [`MAX_PIXELS`]; [`ReplyError::Frame`].
    pub fn picture(&mut self, format: PictureFormat, pixels: &[u8]) -> Result<(), ReplyError> {
        full("bytes of pixels", format.bytes(), MAX_PIXELS * PIXEL_BYTES)?;
        Answer::Picture(format).write(&mut self.out)?;
        for chunk in pixels.chunks(CHUNK) {
            Answer::Pixels(chunk.to_vec()).write(&mut self.out)?;
        }
        self.sent.pixel_bytes += pixels.len() as u64;
        Ok(())
    }

    /// What a document holds that nobody sees, in the order of its pages. Words past [`MAX_HIDDEN_WORDS`] are cut.
    ///
    /// # Errors
    /// [`ReplyError::Full`] past [`MAX_HIDDEN`]; [`ReplyError::Frame`].
    pub fn hidden(&mut self, mut found: Vec<Hidden>) -> Result<(), ReplyError> {
        full("hidden things", self.sent.hidden.saturating_add(found.len() as u64), MAX_HIDDEN)?;
        for hidden in &mut found {
            hidden.words.truncate(hidden.words.floor_char_boundary(MAX_HIDDEN_WORDS));
        }
        self.sent.hidden += found.len() as u64;
        for batch in found.chunks(HIDDEN_BATCH) {
            Answer::Hidden(batch.to_vec()).write(&mut self.out)?;
        }
        Ok(())
    }

    /// Hidden things sent so far.
    #[must_use]
    pub fn sent_hidden(&self) -> u64 {
        self.sent.hidden
    }

    /// What could not be read, or was odd. Past [`MAX_FINDINGS`] the rest is dropped; the last one says so.
    ///
    /// # Errors
    /// As [`Reply::hello`].
    pub fn finding(&mut self, id: &str, severity: Severity, detail: &str) -> Result<(), ReplyError> {
        let (last, so_far) = (MAX_FINDINGS as u64 - 1, self.sent.findings);
        if so_far > last {
            return Ok(());
        }
        let finding = if so_far == last {
            ReadFinding {
                id: "too-many-findings".to_owned(),
                severity: Severity::Partial,
                detail: format!("more than {MAX_FINDINGS} findings, the rest is not listed"),
            }
        } else {
            ReadFinding { id: id.to_owned(), severity, detail: clip(detail) }
        };
        self.sent.findings += 1;
        Ok(Answer::Finding(finding).write(&mut self.out)?)
    }

    /// Passages sent so far.
    #[must_use]
    pub fn passages(&self) -> u64 {
        self.sent.passages
    }

    /// Findings sent so far.
    #[must_use]
    pub fn findings(&self) -> u64 {
        self.sent.findings
    }

    /// Samples sent so far.
    #[must_use]
    pub fn sent_samples(&self) -> u64 {
        self.sent.samples
    }

    /// The end.
    ///
    /// # Errors
    /// As [`Reply::hello`].
    pub fn done(&mut self) -> Result<(), ReplyError> {
        self.flush()?;
        Answer::Done(self.sent).write(&mut self.out)?;
        Ok(self.out.flush().map_err(FrameError::from)?)
    }
}

fn full(what: &'static str, count: u64, limit: u64) -> Result<(), ReplyError> {
    if count > limit { Err(ReplyError::Full { what, limit }) } else { Ok(()) }
}

/// At most [`MAX_FIELD`] bytes, whole characters.
fn clip(text: &str) -> String {
    text.get(..text.floor_char_boundary(MAX_FIELD)).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use casemate_ports::reading::{Kind, Place};

    fn passage(text: &str) -> Passage {
        let place = Place::Lines { first: 1, last: 1 };
        Passage { place, text: text.into(), language: None, speaker: None, when: None, words: Vec::new() }
    }

    fn answers(wire: &[u8]) -> Vec<Answer> {
        let mut from = wire;
        std::iter::from_fn(|| Answer::read(&mut from).unwrap()).collect()
    }

    #[test]
    fn a_long_text_is_split_at_characters_and_loses_nothing() {
        let mut wire = Vec::new();
        let mut reply = Reply::new(&mut wire);
        let text = "證".repeat(MAX_PASSAGE_TEXT);
        reply.passage(passage(&text)).unwrap();
        reply.done().unwrap();
        let mut back = String::new();
        let mut count = 0;
        for a in answers(&wire) {
            match a {
                Answer::Passages(ps) => {
                    for p in ps {
                        assert!(p.text.len() <= MAX_PASSAGE_TEXT);
                        back.push_str(&p.text);
                        count += 1;
                    }
                }
                Answer::Done(d) => assert_eq!(d.passages, count),
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(back, text);
    }

    #[test]
    fn what_stands_beside_comes_behind_whatever_is_told() {
        let mut wire = Vec::new();
        let mut reply = Reply::new(&mut wire);
        let pair = |name: &str| (name.to_owned(), "x".to_owned());
        reply.beside(vec![pair("b")]);
        let about = |metadata| About {
            kind: Kind::Text,
            media_type: "text/plain".into(),
            metadata,
            duration_ms: None,
            parameters: Vec::new(),
        };
        reply.about(about(vec![pair("a")])).unwrap();
        assert_eq!(answers(&wire), [Answer::About(about(vec![pair("a"), pair("b")]))]);
    }

    #[test]
    fn limits_are_named() {
        let mut reply = Reply::new(Vec::new());
        reply.sent.passages = MAX_PASSAGES;
        let e = reply.passage(passage("x")).unwrap_err();
        assert_eq!(e.to_string(), "more than 2000000 passages");
        reply.sent.parts = MAX_PARTS;
        assert!(matches!(reply.part("n", "m", b""), Err(ReplyError::Full { what: "parts", .. })));
        reply.sent.samples = MAX_SAMPLES;
        assert!(matches!(reply.samples(&[1]), Err(ReplyError::Full { what: "samples", .. })));
    }

    #[test]
    fn findings_end_with_one_that_says_so() {
        let mut wire = Vec::new();
        let mut reply = Reply::new(&mut wire);
        for _ in 0..MAX_FINDINGS * 2 {
            reply.finding("odd", Severity::Note, "x").unwrap();
        }
        let all = answers(&wire);
        assert_eq!(all.len(), MAX_FINDINGS);
        assert!(matches!(all.last(), Some(Answer::Finding(f)) if f.id == "too-many-findings"));
    }

    #[test]
    fn overlong_metadata_is_clipped_and_named() {
        let mut wire = Vec::new();
        let long = "é".repeat(MAX_FIELD);
        let about = About {
            kind: Kind::Mail,
            media_type: "message/rfc822".into(),
            metadata: vec![("subject".into(), long)],
            duration_ms: None,
            parameters: Vec::new(),
        };
        Reply::new(&mut wire).about(about).unwrap();
        let all = answers(&wire);
        assert!(matches!(&all[0], Answer::About(a) if a.metadata[0].1.len() == MAX_FIELD));
        assert!(matches!(&all[1], Answer::Finding(f) if f.id == "metadata-clipped"));
    }
}
