//! The object of an item, rebuilt from its open leaves, and its renderings.
//!
//! Keeps: what is withheld is counted and placed; a leaf is rendered only from bytes that the same pass proves; the files
//! and the item alone decide the answer, whoever asks. Does not know: why something is withheld; the log.

use super::facts::{DISCLOSURE_BYTES_MAX, Files};
use super::refusal::ItemError;
use super::render::{self, Shown};
use super::withheld::withheld_times;
use crate::statement::{Item, Mode, Role};
use crate::verdict::{Finding, Status, Verdict};
use crate::zip::Part;
use casemate_carve::{Layout, Profile, Run, Shape};
use casemate_proof::disclosure::Token;
use casemate_proof::disclosure::{Verified, Verifier};
use casemate_proof::{Disclosure, ObjectRecord, ObjectRoot};
use std::io::{Read, Seek};

/// The root of the object that an item proves; none of a text.
pub(super) fn root_of(item: &Item) -> Option<ObjectRoot> {
    item.root.filter(|_| item.mode != Mode::Text)
}

/// An object that was rebuilt, and what is withheld of it.
pub(super) struct Done {
    verified: Verified,
    shape: Shape,
    hidden: Vec<Run>,
    rendered: Vec<&'static str>,
}

impl Done {
    /// How many runs are withheld.
    pub(super) fn runs(&self) -> usize {
        self.hidden.len()
    }

    /// Its shape.
    pub(super) const fn shape(&self) -> Shape {
        self.shape
    }

    /// Adds the findings on it.
    pub(super) fn findings(&self, item: &Item, verdict: &mut Verdict) {
        let n = item.number;
        let hidden = self.hidden.iter().fold(0u64, |sum, r| sum.saturating_add(r.len));
        let mut finding = Finding::new("object", Status::Proven)
            .of(n)
            .fact("seal", self.verified.object_root.seal_number())
            .fact("profile", self.verified.record.profile())
            .fact("leaves", self.shape.leaf_count())
            .fact("hidden", hidden);
        if let Some(duration) = self.shape.duration_ms() {
            let cuts = withheld_times(self.shape, &self.hidden);
            let withheld = cuts.iter().fold(0u64, |sum, c| sum.saturating_add(c.len()));
            let places: Vec<String> = cuts.iter().map(|c| format!("{}-{}", c.start, c.end)).collect();
            finding = finding
                .fact("duration-ms", duration)
                .fact("withheld-ms", withheld)
                .fact("withheld-at-ms", places.join(","));
        }
        verdict.add(finding);
        if !self.rendered.is_empty() {
            verdict.add(Finding::new("rendering", Status::Proven).of(n).fact("files", self.rendered.join(",")));
        }
        let container_hidden = [self.shape.meta(), self.shape.container()]
            .into_iter()
            .flatten()
            .any(|leaf| self.hidden.iter().any(|r| r.contains(leaf)));
        if container_hidden {
            verdict.add(Finding::new("container", Status::NotChecked).of(n));
        }
    }
}

fn shape_of(record: &ObjectRecord) -> Result<Shape, ItemError> {
    let profile: Profile = record.profile().parse().map_err(|_| ItemError::Shape)?;
    let timebase = profile.timebase();
    if timebase.num != record.timebase().num() || timebase.den != record.timebase().den() {
        return Err(ItemError::Shape);
    }
    Ok(Shape::new(profile, record.leaves(), record.ticks())?)
}

/// Rebuilds the object of an item.
pub(super) fn rebuild<R: Read + Seek>(files: &Files<'_, R>, item: &Item, root: ObjectRoot) -> Result<Done, ItemError> {
    let path = format!("proof/{:03}.object", item.number);
    let disclosure = Disclosure::decode(&files.small(&path, DISCLOSURE_BYTES_MAX)?)?;
    let shape = shape_of(&disclosure.record)?;
    let hidden: Vec<Run> = disclosure
        .mask
        .ranges()
        .filter(|(_, open)| !open)
        .map(|(r, _)| Run { start: r.start, len: r.end.saturating_sub(r.start) })
        .collect();
    hidden_ticks(&disclosure, shape, &hidden)?;
    let (verified, rendered) = if item.mode == Mode::Whole {
        if !hidden.is_empty() {
            return Err(ItemError::NotWhole);
        }
        (whole(files, item, &disclosure, shape)?, vec!["original"])
    } else {
        partial(files, item, &disclosure, shape)?
    };
    if verified.object_root != root {
        return Err(ItemError::OtherObject);
    }
    Ok(Done { verified, shape, hidden, rendered })
}

/// That hidden leaves have the ticks which the profile gives them: what a token says is the sealer's word alone.
fn hidden_ticks(disclosure: &Disclosure, shape: Shape, hidden: &[Run]) -> Result<(), ItemError> {
    let mut tokens = disclosure.tokens.iter().filter_map(|token| match token {
        Token::Hidden { leaves, ticks, .. } => Some((*leaves, *ticks)),
        Token::Open(_) => None,
    });
    for run in hidden {
        let mut at = run.start;
        while at < run.end() {
            let (leaves, ticks) = tokens.next().filter(|(leaves, _)| *leaves > 0).ok_or(ItemError::Leaves)?;
            if shape.ticks_in(at, leaves) != Some(ticks) {
                return Err(ItemError::Ticks);
            }
            at = at.saturating_add(leaves);
        }
    }
    Ok(())
}

/// Every leaf is open: the delivered original, divided by its profile, is the object.
fn whole<R: Read + Seek>(
    files: &Files<'_, R>,
    item: &Item,
    disclosure: &Disclosure,
    shape: Shape,
) -> Result<Verified, ItemError> {
    let file = item.file(Role::Original).ok_or(ItemError::NoFile("original"))?;
    let (size, reader) = files.stream(&file.path)?;
    let mut source = Part::new(reader.into_inner(), size)?;
    let layout = match shape.profile() {
        Profile::Chunk => Layout::whole(size)?,
        profile => Layout::scan(&mut source, size, profile.hint().ok_or(ItemError::Shape)?)?,
    };
    if layout.shape() != shape {
        return Err(ItemError::Leaves);
    }
    // The leaves are made here from the file: no stream has to hold them, so no bytes bound them but the file's.
    let mut verifier = Verifier::new(disclosure, u64::MAX)?;
    layout.for_each_leaf(&mut source, |_, ticks, payload| -> Result<(), ItemError> {
        Ok(verifier.leaf(ticks, payload)?)
    })?;
    Ok(verifier.finish()?)
}

fn partial<R: Read + Seek>(
    files: &Files<'_, R>,
    item: &Item,
    disclosure: &Disclosure,
    shape: Shape,
) -> Result<(Verified, Vec<&'static str>), ItemError> {
    let leaves = item.file(Role::Leaves).ok_or(ItemError::NoFile("leaves"))?;
    let (size, reader) = files.stream(&leaves.path)?;
    let verifier = Verifier::new(disclosure, size)?;
    let mut shown = Shown::new(files, item, disclosure, shape)?;
    let verified = render::feed(verifier, reader, &mut shown)?;
    let rendered = shown.finish()?;
    Ok((verified, rendered))
}
