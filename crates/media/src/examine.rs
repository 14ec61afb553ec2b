//! What the parent checks in a worker's answer: order, counts, sizes, places that only go forward.
//!
//! Keeps: nothing goes on that was not checked; the first violation ends the answer.
//! Does not know: pipes, processes.

use std::collections::BTreeMap;
use std::mem::discriminant;

use casemate_ports::hidden::Hidden;
use casemate_ports::reading::{Kind, Part, Passage, Place, READING_VERSION, ReadFinding, Reading};
use casemate_ports::worker::{
    About, Answer, Done, Fence, MAX_BATCH, MAX_CHANNELS, MAX_FIELD, MAX_FINDINGS, MAX_HIDDEN_WORDS, MAX_MARKS,
    MAX_METADATA, MAX_PASSAGE_TEXT, MAX_PLACE_DEPTH, MAX_WORDS, PROTOCOL, PictureFormat, Progress, SoundFormat,
};

use crate::limits::Limits;

/// Longest recording that a worker may speak of, milliseconds (1,000 hours).
const MAX_TIME_MS: u64 = 1000 * 3600 * 1000;
/// Longest language tag, finding's id and date.
const MAX_TAG: usize = 64;
/// Most fences in a greeting.
const MAX_FENCES: usize = 64;

/// What the parent hears while a job runs, each already checked.
#[derive(Debug)]
pub enum Event<'a> {
    /// How far.
    Progress(Progress),
    /// A batch, also kept for the reading.
    Passages(&'a [Passage]),
    /// An embedded file begins.
    Part(&'a Part),
    /// Bytes of the part begun last; they are complete when the job ends without a finding `worker-…`.
    PartBytes(&'a [u8]),
    /// Samples of this shape follow.
    Sound(SoundFormat),
    /// Samples, channels interleaved, whole frames.
    Samples(&'a [i16]),
    /// The pixels of a page follow.
    Picture(PictureFormat),
    /// Pixels; they are complete when the job ends well.
    Pixels(&'a [u8]),
    /// What a document holds that nobody sees.
    Hidden(&'a [Hidden]),
}

/// What a worker did that no honest one does.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Violation(pub String);

fn must(holds: bool, otherwise: &str) -> Result<(), Violation> {
    if holds { Ok(()) } else { Err(Violation(otherwise.to_owned())) }
}

/// Takes an answer frame by frame.
#[derive(Debug)]
pub struct Examiner {
    limits: Limits,
    tool: Option<String>,
    fences: Vec<Fence>,
    about: Option<About>,
    passages: Vec<Passage>,
    parts: Vec<Part>,
    findings: Vec<ReadFinding>,
    sound: Option<SoundFormat>,
    picture: Option<PictureFormat>,
    progress: u64,
    text: u64,
    part_left: u64,
    sums: Done,
    done: bool,
    starts: BTreeMap<Option<u8>, u64>,
    last: Option<Place>,
}

impl Examiner {
    /// Nothing heard yet.
    #[must_use]
    pub fn new(limits: &Limits) -> Self {
        Self {
            limits: limits.clone(),
            tool: None,
            fences: Vec::new(),
            about: None,
            passages: Vec::new(),
            parts: Vec::new(),
            findings: Vec::new(),
            sound: None,
            picture: None,
            progress: 0,
            text: 0,
            part_left: 0,
            sums: Done::default(),
            done: false,
            starts: BTreeMap::new(),
            last: None,
        }
    }

    /// Checks one answer, keeps what belongs into the reading, tells the listener the rest.
    ///
    /// # Errors
    /// [`Violation`]; the answer is over then.
    pub fn take(&mut self, answer: Answer, hear: &mut dyn FnMut(Event<'_>)) -> Result<(), Violation> {
        must(!self.done, "an answer after the end")?;
        must(self.tool.is_some() == !matches!(answer, Answer::Hello(_)), "a greeting late or twice")?;
        let within_part = matches!(answer, Answer::PartBytes(_) | Answer::Progress(_));
        must(within_part || self.part_left == 0, "a part shorter than announced")?;
        match answer {
            Answer::Hello(hello) => {
                must(hello.protocol == PROTOCOL, "another version of the protocol")?;
                must(hello.tool.len() <= MAX_FIELD && hello.fences.len() <= MAX_FENCES, "a greeting too long")?;
                self.tool = Some(hello.tool);
                self.fences = hello.fences;
            }
            Answer::Progress(p) => self.progress(p, hear)?,
            Answer::About(about) => self.about(about)?,
            Answer::Passages(batch) => self.batch(batch, hear)?,
            Answer::Part(part) => self.part(part, hear)?,
            Answer::PartBytes(bytes) => {
                let left = self.part_left.checked_sub(bytes.len() as u64);
                self.part_left = left.ok_or_else(|| Violation("a part longer than announced".to_owned()))?;
                hear(Event::PartBytes(&bytes));
            }
            Answer::Sound(format) => {
                must(self.sound.is_none(), "a second sound")?;
                must((1..=MAX_CHANNELS).contains(&format.channels) && format.rate > 0, "a sound of no known shape")?;
                self.sound = Some(format);
                hear(Event::Sound(format));
            }
            Answer::Samples(samples) => self.samples(&samples, hear)?,
            Answer::Picture(format) => self.picture(format, hear)?,
            Answer::Pixels(bytes) => {
                self.sums.pixel_bytes = self.sums.pixel_bytes.saturating_add(bytes.len() as u64);
                let announced = self.picture.map_or(0, |format| format.bytes());
                must(self.sums.pixel_bytes <= announced, "more pixels than announced")?;
                hear(Event::Pixels(&bytes));
            }
            Answer::Hidden(found) => self.hidden(&found, hear)?,
            Answer::Finding(finding) => self.finding(finding)?,
            Answer::Done(done) => {
                let announced = self.picture.map_or(0, |format| format.bytes());
                must(self.sums.pixel_bytes == announced, "fewer pixels than announced")?;
                must(done == self.sums, "other counts at the end than were sent")?;
                self.done = true;
            }
        }
        Ok(())
    }

    fn progress(&mut self, p: Progress, hear: &mut dyn FnMut(Event<'_>)) -> Result<(), Violation> {
        must(p.done >= self.progress && p.total.is_none_or(|t| t >= p.done), "progress that goes back")?;
        self.progress = p.done;
        hear(Event::Progress(p));
        Ok(())
    }

    fn about(&mut self, about: About) -> Result<(), Violation> {
        must(self.about.is_none(), "told twice what it is")?;
        must(about.metadata.len() + about.parameters.len() <= 2 * MAX_METADATA, "too much metadata")?;
        let short = |(name, value): &(String, String)| name.len() <= MAX_FIELD && value.len() <= MAX_FIELD;
        must(about.metadata.iter().chain(&about.parameters).all(short), "metadata too long")?;
        must(about.media_type.len() <= MAX_FIELD, "a media type too long")?;
        must(about.duration_ms.is_none_or(|d| d <= MAX_TIME_MS), "a duration too long")?;
        self.about = Some(about);
        Ok(())
    }

    fn batch(&mut self, batch: Vec<Passage>, hear: &mut dyn FnMut(Event<'_>)) -> Result<(), Violation> {
        must(batch.len() <= MAX_BATCH, "a batch too long")?;
        self.sums.passages = self.sums.passages.saturating_add(batch.len() as u64);
        must(self.sums.passages <= self.limits.passages, "more passages than the limit")?;
        for passage in &batch {
            self.text = self.text.saturating_add(passage.text.len() as u64);
            must(self.text <= self.limits.text, "more text than the limit")?;
            self.passage(passage)?;
        }
        hear(Event::Passages(&batch));
        self.passages.extend(batch);
        Ok(())
    }

    fn passage(&mut self, p: &Passage) -> Result<(), Violation> {
        must(p.text.len() <= MAX_PASSAGE_TEXT, "a passage too long")?;
        must(p.language.as_ref().is_none_or(|l| is_tag(l)), "a language that is no tag")?;
        must(p.speaker.as_ref().is_none_or(|s| s.len() <= MAX_FIELD), "a speaker's name too long")?;
        must(p.when.as_ref().is_none_or(|w| w.len() <= MAX_TAG), "a date too long")?;
        must(depth(&p.place) <= MAX_PLACE_DEPTH, "a place too deep")?;
        must(is_place(&p.place), "a place that can't be")?;
        self.forward(&p.place)?;
        must(p.words.len() <= MAX_WORDS, "too many words in a passage")?;
        must(p.marks.len() <= MAX_MARKS, "too many marks in a passage")?;
        let bare = p.words.is_empty() && p.marks.is_empty();
        let chars = if bare { 0 } else { p.text.chars().count() as u64 };
        for w in &p.words {
            must(u64::from(w.at) + u64::from(w.chars) <= chars, "a word outside its passage")?;
            must(w.start_ms <= w.end_ms && w.end_ms <= MAX_TIME_MS, "a word with times that can't be")?;
            must(w.confidence <= 1000, "a confidence above 1000")?;
        }
        for mark in &p.marks {
            let Place::Page { number, .. } = &p.place else { return Err(Violation("a mark on no page".to_owned())) };
            must(u64::from(mark.at) + u64::from(mark.chars) <= chars, "a mark outside its passage")?;
            must(is_place(&Place::Page { number: *number, rect: Some(mark.rect) }), "a mark that can't be")?;
            must(mark.confidence <= 1000, "a confidence above 1000")?;
        }
        Ok(())
    }

    /// Places of one sort only go forward.
    fn forward(&mut self, place: &Place) -> Result<(), Violation> {
        if let Place::Time { channel, start_ms, .. } = place {
            let last = self.starts.insert(*channel, *start_ms).unwrap_or(0);
            return must(*start_ms >= last, "times that go back");
        }
        let ahead = match (&self.last, place) {
            (Some(before), now) if discriminant(before) == discriminant(now) => {
                ordinal(before).zip(ordinal(now)).is_none_or(|(b, n)| b <= n)
            }
            _ => true,
        };
        must(ahead, "places that go back")?;
        self.last = Some(place.clone());
        Ok(())
    }

    fn part(&mut self, part: Part, hear: &mut dyn FnMut(Event<'_>)) -> Result<(), Violation> {
        must(part.name.len() <= MAX_FIELD && part.media_type.len() <= MAX_FIELD, "a part's name too long")?;
        self.sums.parts = self.sums.parts.saturating_add(1);
        self.sums.part_bytes = self.sums.part_bytes.saturating_add(part.size);
        must(self.sums.parts <= self.limits.parts, "more parts than the limit")?;
        must(self.sums.part_bytes <= self.limits.part_bytes, "more bytes of parts than the limit")?;
        self.part_left = part.size;
        hear(Event::Part(&part));
        self.parts.push(part);
        Ok(())
    }

    fn samples(&mut self, samples: &[i16], hear: &mut dyn FnMut(Event<'_>)) -> Result<(), Violation> {
        let Some(format) = self.sound else {
            return Err(Violation("samples of no known shape".to_owned()));
        };
        must(samples.len().is_multiple_of(usize::from(format.channels)), "half a frame of samples")?;
        self.sums.samples = self.sums.samples.saturating_add(samples.len() as u64);
        must(self.sums.samples <= self.limits.samples, "more samples than the limit")?;
        hear(Event::Samples(samples));
        Ok(())
    }

    fn picture(&mut self, format: PictureFormat, hear: &mut dyn FnMut(Event<'_>)) -> Result<(), Violation> {
        must(self.picture.is_none(), "a second picture")?;
        must((1..=format.pages).contains(&format.page), "a page that is not there")?;
        let pixels = u64::from(format.width) * u64::from(format.height);
        must(pixels > 0 && pixels <= self.limits.pixels, "a picture of no size, or too large")?;
        self.picture = Some(format);
        hear(Event::Picture(format));
        Ok(())
    }

    fn hidden(&mut self, found: &[Hidden], hear: &mut dyn FnMut(Event<'_>)) -> Result<(), Violation> {
        self.sums.hidden = self.sums.hidden.saturating_add(found.len() as u64);
        must(self.sums.hidden <= self.limits.hidden, "more hidden things than the limit")?;
        for hidden in found {
            must(hidden.words.len() <= MAX_HIDDEN_WORDS, "hidden words too long")?;
            must(hidden.page.is_some() || hidden.rect.is_none(), "a rectangle on no page")?;
            let number = hidden.page.unwrap_or(1);
            must(is_place(&Place::Page { number, rect: hidden.rect }), "a place that can't be")?;
        }
        hear(Event::Hidden(found));
        Ok(())
    }

    fn finding(&mut self, finding: ReadFinding) -> Result<(), Violation> {
        must(is_tag(&finding.id), "a finding without an id")?;
        must(finding.detail.len() <= MAX_FIELD, "a finding too long")?;
        self.sums.findings = self.sums.findings.saturating_add(1);
        must(self.sums.findings <= MAX_FINDINGS as u64, "too many findings")?;
        self.findings.push(finding);
        Ok(())
    }

    /// Whether the worker said that it is done.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.done
    }

    /// Samples heard, all channels together, and their shape.
    #[must_use]
    pub fn sound(&self) -> (Option<SoundFormat>, u64) {
        (self.sound, self.sums.samples)
    }

    /// The fences that the worker told of.
    #[must_use]
    pub fn fences(&self) -> &[Fence] {
        &self.fences
    }

    /// Whether anything of use was heard.
    #[must_use]
    pub fn heard_something(&self) -> bool {
        self.sums.passages > 0 || self.sums.samples > 0 || self.sums.pixel_bytes > 0 || self.sums.hidden > 0
    }

    /// What was heard and held.
    #[must_use]
    pub fn into_reading(self) -> Reading {
        let about = self.about.unwrap_or(About {
            kind: Kind::Other,
            media_type: "application/octet-stream".to_owned(),
            metadata: Vec::new(),
            duration_ms: None,
            parameters: Vec::new(),
        });
        Reading {
            version: READING_VERSION,
            kind: about.kind,
            media_type: about.media_type,
            metadata: about.metadata,
            duration_ms: about.duration_ms,
            passages: self.passages,
            parts: self.parts,
            findings: self.findings,
            tool: self.tool.unwrap_or_default(),
            parameters: about.parameters,
        }
    }
}

fn is_tag(text: &str) -> bool {
    (1..=MAX_TAG).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

fn depth(mut place: &Place) -> usize {
    let mut deep = 0;
    while let Place::Part { inside, .. } = place {
        deep += 1;
        place = inside;
    }
    deep
}

fn is_place(place: &Place) -> bool {
    match place {
        Place::Whole => true,
        Place::Time { start_ms, end_ms, .. } => start_ms <= end_ms && *end_ms <= MAX_TIME_MS,
        Place::Lines { first, last } => *first >= 1 && first <= last,
        Place::Message { number } => *number >= 1,
        Place::Row { number, column } => *number >= 1 && *column != Some(0),
        Place::Page { number, rect } => {
            let fits = |&[x, y, w, h]: &[u32; 4]| x.checked_add(w).is_some() && y.checked_add(h).is_some();
            *number >= 1 && rect.as_ref().is_none_or(fits)
        }
        Place::Part { name, inside } => name.len() <= MAX_FIELD && is_place(inside),
    }
}

fn ordinal(place: &Place) -> Option<u64> {
    match place {
        Place::Lines { first: n, .. } | Place::Message { number: n } | Place::Row { number: n, .. } => Some(*n),
        Place::Page { number, .. } => Some(u64::from(*number)),
        Place::Whole | Place::Time { .. } | Place::Part { .. } => None,
    }
}
