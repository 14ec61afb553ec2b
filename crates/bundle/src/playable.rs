//! The copy that a recipient hears or sees: open packets or tiles as they are, a constant in place of the others.
//!
//! Keeps: it is what the verifier renders from the open leaves. Does not know: bundles, previews.

use crate::error::BundleError;
use crate::material::LeafSource;
use casemate_carve::copy::Copy;
use casemate_carve::{Leaf, Run, Shape};
use std::io::Write;

/// What of an object a recipient may have: its shape, its leaves, and which of them are hidden.
pub struct Audible<'a> {
    /// Number of the item, for errors.
    pub number: u64,
    /// The object's shape.
    pub shape: Shape,
    /// Runs of leaves that are withheld, sorted and apart.
    pub hidden: &'a [Run],
    /// The leaves.
    pub leaves: &'a dyn LeafSource,
}

/// The copy, by the same renderer that the verifier uses.
///
/// # Errors
/// The leaves' own; [`BundleError::Material`] where they are not those of the shape.
pub fn playable(audible: &Audible<'_>, out: &mut dyn Write) -> Result<(), BundleError> {
    let packets = audible.shape.packets();
    let (mut index, mut out, mut renderer, mut run) = (0u64, Some(out), None, 0u64);
    audible.leaves.for_each(&mut |_, payload| {
        if let Some(out) = out.take_if(|_| index == 0) {
            renderer = Some(Copy::new(audible.shape, payload, out)?);
        } else if let Some(renderer) = renderer.as_mut().filter(|_| packets.contains(&index)) {
            if is_hidden(audible.hidden, index) {
                run += 1;
            } else {
                flush_hidden(audible, renderer, index, &mut run)?;
                renderer.packet(Leaf::Open(payload))?;
            }
        }
        index += 1;
        Ok(())
    })?;
    let bad = BundleError::Material { item: audible.number, what: "it has no leaves" };
    let mut renderer = renderer.ok_or(bad)?;
    flush_hidden(audible, &mut renderer, packets.end, &mut run)?;
    renderer.finish()?;
    Ok(())
}

fn flush_hidden<W: Write>(
    audible: &Audible<'_>,
    renderer: &mut Copy<W>,
    before: u64,
    run: &mut u64,
) -> Result<(), BundleError> {
    if *run > 0 {
        let bad = BundleError::Material { item: audible.number, what: "a hidden run past the last packet" };
        let ticks = audible.shape.ticks_in(before.saturating_sub(*run), *run).ok_or(bad)?;
        renderer.packet(Leaf::Hidden { leaves: *run, ticks })?;
        *run = 0;
    }
    Ok(())
}

/// Whether a leaf lies in one of the runs, which are sorted and apart.
pub(crate) fn is_hidden(hidden: &[Run], index: u64) -> bool {
    let after = hidden.partition_point(|run| run.start <= index);
    after.checked_sub(1).and_then(|i| hidden.get(i)).is_some_and(|run| run.contains(index))
}
