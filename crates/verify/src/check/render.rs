//! Rendering open leaves while they are proven, and comparing with the files that were delivered.
//!
//! Keeps: a leaf is held one at a time; a rendering counts only after the verifier's last answer.
//! Does not know: the log.

use super::facts::Files;
use super::refusal::ItemError;
use crate::statement::{Item, Mode, Role};
use casemate_carve::copy::{Copy, has_copy};
use casemate_carve::{CarveError, Leaf, Profile, Shape, release};
use casemate_proof::Disclosure;
use casemate_proof::disclosure::{PayloadEvent, PayloadReader, Verified, Verifier};
use std::io::{BufRead, BufReader, ErrorKind, Read, Seek, Take, Write};
use std::ops::Range;

/// Longest leaf that is rendered, in bytes: a PCM block of 64 channels, or a text leaf, is shorter.
const LEAF_BYTES_MAX: u64 = 1 << 24;
/// Longest release layer that is rendered, in bytes of payload.
const RELEASE_BYTES_MAX: usize = 1 << 28;
/// Most leaves of a release layer that is rendered.
const RELEASE_LEAVES_MAX: usize = 1 << 22;
const BUFFER_BYTES: usize = 64 * 1024;

/// Why no more is written: the copy is another than the delivered one.
#[derive(Debug, thiserror::Error)]
#[error("the copy differs")]
struct Differs;

fn is_difference(failed: &CarveError) -> bool {
    matches!(failed, CarveError::Io(e) if e.get_ref().is_some_and(|e| e.is::<Differs>()))
}

fn told(failed: CarveError) -> ItemError {
    if is_difference(&failed) { ItemError::Rendering } else { failed.into() }
}

/// Compares what is written with what a file holds.
struct Compare<R> {
    want: BufReader<Take<R>>,
    same: bool,
}

impl<R: Read> Compare<R> {
    fn with(want: Take<R>) -> Self {
        Self { want: BufReader::with_capacity(BUFFER_BYTES, want), same: true }
    }
}

impl<R: Read> Write for Compare<R> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let want = match self.want.fill_buf() {
            Err(again) if again.kind() == ErrorKind::Interrupted => return Err(again),
            // What can't be read is not the same.
            held => held.unwrap_or_default(),
        };
        let len = want.len().min(bytes.len());
        self.same &= (len > 0 || bytes.is_empty()) && want.get(..len) == bytes.get(..len);
        self.want.consume(len);
        // What differs once is not made to its end: a statement may claim a recording of years.
        if self.same { Ok(len) } else { Err(std::io::Error::other(Differs)) }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<R: Read> Compare<R> {
    fn finish(mut self) -> Result<(), ItemError> {
        let mut one = [0];
        if self.same && self.want.read(&mut one)? == 0 { Ok(()) } else { Err(ItemError::Rendering) }
    }
}

/// What is rendered of an item.
pub(super) struct Shown<'a, R: Read> {
    shape: Shape,
    hidden: Vec<Range<u64>>,
    next_hidden: usize,
    /// The role of the delivered copy, and its bytes until they are compared.
    copy: Option<(&'static str, Option<Take<R>>)>,
    /// Makes the copy; none before CFG, and none any more once it differs: the proof goes on without it.
    renderer: Option<Copy<Compare<R>>>,
    /// Leaves of a release layer, held to be rendered once for each file.
    units: Vec<Option<Vec<u8>>>,
    unit_bytes: usize,
    texts: Vec<(Role, Take<R>)>,
    _files: std::marker::PhantomData<&'a ()>,
}

impl<'a, R: Read + Seek> Shown<'a, R> {
    pub(super) fn new(
        files: &'a Files<'_, R>,
        item: &Item,
        disclosure: &Disclosure,
        shape: Shape,
    ) -> Result<Self, ItemError> {
        let is_release = matches!(shape.profile(), Profile::ReleaseText | Profile::ReleaseTranscript);
        if is_release != (item.mode == Mode::Release) {
            return Err(ItemError::Shape);
        }
        let (role, word) =
            if shape.profile().is_timed() { (Role::Playable, "playable") } else { (Role::Pages, "pages") };
        let wants = has_copy(shape.profile());
        let copy = match item.file(role) {
            Some(file) if wants => Some((word, Some(files.stream(&file.path)?.1))),
            None if wants => return Err(ItemError::NoFile(word)),
            _ => None,
        };
        // A copy that nothing here is compared with would be shown unchecked.
        if [Role::Playable, Role::Pages].into_iter().any(|r| item.file(r).is_some() && !(wants && r == role)) {
            return Err(ItemError::Shape);
        }
        // Captions are of a transcript, and a transcript has them.
        if is_release && item.file(Role::Vtt).is_some() != (shape.profile() == Profile::ReleaseTranscript) {
            return Err(ItemError::NoFile("vtt"));
        }
        let mut texts = Vec::new();
        for role in [Role::Text, Role::Vtt] {
            if let Some(file) = item.file(role) {
                texts.push((role, files.stream(&file.path)?.1));
            }
        }
        let hidden = disclosure.mask.ranges().filter(|(_, open)| !open).map(|(r, _)| r).collect();
        Ok(Self {
            shape,
            hidden,
            next_hidden: 0,
            copy,
            renderer: None,
            units: Vec::new(),
            unit_bytes: 0,
            texts,
            _files: std::marker::PhantomData,
        })
    }

    /// Goes on with the copy, as long as it is the delivered one.
    fn copied(&mut self, done: Result<(), CarveError>) -> Result<(), ItemError> {
        match done {
            Err(failed) if is_difference(&failed) => {
                self.renderer = None;
                Ok(())
            }
            other => Ok(other?),
        }
    }

    fn is_release(&self) -> bool {
        matches!(self.shape.profile(), Profile::ReleaseText | Profile::ReleaseTranscript)
    }

    /// Renders the hidden leaves before `index`.
    fn hide_until(&mut self, index: u64) -> Result<(), ItemError> {
        while let Some(range) = self.hidden.get(self.next_hidden).filter(|r| r.start < index).cloned() {
            self.next_hidden += 1;
            if let Some(renderer) = &mut self.renderer {
                let packets = self.shape.packets();
                let (start, end) = (range.start.max(packets.start), range.end.min(packets.end));
                if start < end {
                    let leaves = end - start;
                    let ticks = self.shape.ticks_in(start, leaves).ok_or(ItemError::Shape)?;
                    let done = renderer.packet(Leaf::Hidden { leaves, ticks });
                    self.copied(done)?;
                }
            }
            if !self.is_release() {
                continue;
            }
            // A run that the mask hides can't be longer than the object, whose leaves a release layer limits.
            let len = usize::try_from(range.end - range.start).map_err(|_| ItemError::Shape)?;
            if self.units.len().saturating_add(len) > RELEASE_LEAVES_MAX {
                return Err(ItemError::Shape);
            }
            self.units.extend(std::iter::repeat_n(None, len));
        }
        Ok(())
    }

    fn open_leaf(&mut self, index: u64, payload: Vec<u8>) -> Result<(), ItemError> {
        self.hide_until(index)?;
        if let Some(renderer) = &mut self.renderer {
            if self.shape.packets().contains(&index) {
                let done = renderer.packet(Leaf::Open(&payload));
                self.copied(done)?;
            }
        } else if index == 0 && self.copy.is_some() {
            if let Some(want) = self.copy.as_mut().and_then(|(_, want)| want.take()) {
                match Copy::new(self.shape, &payload, Compare::with(want)) {
                    Ok(copy) => self.renderer = Some(copy),
                    Err(failed) => self.copied(Err(failed))?,
                }
            }
        } else if self.is_release() {
            self.unit_bytes = self.unit_bytes.saturating_add(payload.len());
            if self.unit_bytes > RELEASE_BYTES_MAX {
                return Err(ItemError::LeafBytes(index));
            }
            self.units.push(Some(payload));
        }
        Ok(())
    }

    /// Ends the renderings; answers the roles that were compared.
    pub(super) fn finish(mut self) -> Result<Vec<&'static str>, ItemError> {
        self.hide_until(u64::MAX)?;
        let mut done = Vec::new();
        if let Some((word, _)) = self.copy {
            let renderer = self.renderer.take().ok_or(ItemError::Rendering)?;
            renderer.finish().map_err(told)?.finish()?;
            done.push(word);
        }
        for (role, want) in self.texts {
            let leaves = self.units.iter().map(|unit| match unit {
                Some(payload) => Leaf::Open(payload),
                None => Leaf::Hidden { leaves: 1, ticks: 1 },
            });
            let mut compare = Compare::with(want);
            if role == Role::Vtt {
                release::render_vtt(self.shape, leaves, &mut compare).map_err(told)?;
                done.push("vtt");
            } else {
                release::render_text(self.shape, leaves, &mut compare).map_err(told)?;
                done.push("text");
            }
            compare.finish()?;
        }
        Ok(done)
    }
}

/// Streams the open leaves through the verifier and the renderings.
pub(super) fn feed<R: Read + Seek>(
    verifier: Verifier,
    mut stream: impl Read,
    shown: &mut Shown<'_, R>,
) -> Result<Verified, ItemError> {
    let mut reader = PayloadReader::new(verifier);
    let mut buffer = vec![0; BUFFER_BYTES];
    let mut leaf: (u64, Vec<u8>) = (0, Vec::new());
    let mut failed: Option<ItemError> = None;
    let keeps = !matches!(shown.shape.profile(), Profile::Chunk);
    loop {
        let n = stream.read(&mut buffer)?;
        let Some(bytes) = buffer.get(..n).filter(|b| !b.is_empty()) else { break };
        reader.feed(bytes, &mut |event| match event {
            PayloadEvent::Leaf { index, ticks, length } => {
                if shown.shape.ticks_of(index) != Some(ticks) {
                    failed.get_or_insert(ItemError::Ticks);
                }
                leaf = (index, Vec::new());
                if length > LEAF_BYTES_MAX && keeps {
                    failed.get_or_insert(ItemError::LeafBytes(index));
                }
            }
            PayloadEvent::Piece(piece) if keeps && failed.is_none() => leaf.1.extend_from_slice(piece),
            PayloadEvent::Piece(_) => {}
            PayloadEvent::End => {
                if failed.is_none() && keeps {
                    failed = shown.open_leaf(leaf.0, std::mem::take(&mut leaf.1)).err();
                }
            }
        })?;
        if let Some(failed) = failed.take() {
            return Err(failed);
        }
    }
    Ok(reader.finish()?.finish()?)
}
