//! What a verifier is handed by a liar: a profile, counts and any leaves. Nothing of it may cost more than its claim allows.
//!
//! Keeps: leaves here were never those of a source. Does not know: proofs; that the leaves were sealed so is given.
//!
//! Input: a piece that is the profile; a byte: whether counts follow from the leaves, or are the next two longs; the short by
//! which a last packet is shorter; then leaves: an even byte and a piece (open), or an odd byte and a short (so many hidden).

use crate::carve;
use crate::input::Input;
use crate::memory;
use casemate_carve::copy::{Copy, has_copy};
use casemate_carve::locator::TimeRange;
use casemate_carve::release::{Unit, render_text, render_vtt};
use casemate_carve::{CarveError, Leaf, Profile, Shape, cuts, reassemble};
use std::io::{Error, Write};

/// A recording of 2^22 frames needs a table of them; a page of 2^24 pixels is held with its packed form.
const HELD: usize = 384 << 20;
/// As much is written at most; a verifier stops at the first byte that differs.
const OUT_MAX: usize = 8 << 20;
/// A source that came of any leaves is cut again up to this length.
const AGAIN_MAX: usize = 1 << 16;
const LEAVES_MAX: usize = 4096;

/// What is listed, in order.
enum Listed<'a> {
    Open(&'a [u8]),
    Hidden(u64),
}

/// Renders and reassembles the leaves.
///
/// # Panics
/// Where a promise does not hold.
pub fn run(data: &[u8]) {
    let mut input = Input::new(data);
    let Ok(name) = std::str::from_utf8(input.piece()) else { return };
    let Ok(profile) = name.parse::<Profile>() else { return };
    assert_eq!(profile.to_string(), name, "a profile has one spelling");
    let (counted, leaves, ticks, short) = (input.byte() & 1 == 0, input.long(), input.long(), input.short());
    let mut listed = Vec::new();
    while !input.is_empty() && listed.len() < LEAVES_MAX {
        listed.push(if input.byte() & 1 == 0 {
            Listed::Open(input.piece())
        } else {
            Listed::Hidden(u64::from(input.short()))
        });
    }
    let shape = if counted { shape_of(profile, &listed, short) } else { Shape::new(profile, leaves, ticks).ok() };
    let Some(shape) = shape else { return };
    memory::within(HELD, || {
        counts(shape, short);
        match profile {
            Profile::ReleaseText | Profile::ReleaseTranscript => release(shape, &listed),
            _ if has_copy(profile) => copy(shape, &listed),
            _ => assert!(Copy::new(shape, b"", Vec::new()).is_err(), "a copy of {profile}"),
        }
        together(shape, &listed);
    });
}

/// The shape that has exactly what is listed, its last packet shorter by some ticks.
fn shape_of(profile: Profile, listed: &[Listed<'_>], short: u16) -> Option<Shape> {
    let count: u64 = listed.iter().map(|leaf| if let Listed::Hidden(n) = leaf { *n } else { 1 }).sum();
    let aside = Shape::of_ticks(profile, profile.packet_ticks()).ok()?.leaf_count() - 1;
    let each = profile.packet_ticks();
    let ticks = count.checked_sub(aside)?.checked_mul(each)?;
    let shape = Shape::of_ticks(profile, ticks.saturating_sub(u64::from(short) % each)).ok()?;
    assert_eq!(shape.leaf_count(), count, "{profile}");
    Some(shape)
}

/// Ticks and leaves add up, whatever is claimed.
fn counts(shape: Shape, at: u16) {
    let (n, total) = (shape.leaf_count(), shape.ticks_total());
    assert_eq!(shape.ticks_in(0, n), Some(total));
    assert_eq!(shape.ticks_in(n, 1), None);
    for index in [0, 1, u64::from(at) % n, n - 1] {
        let (before, own) = (shape.ticks_in(0, index), shape.ticks_of(index.min(n - 1)));
        let after = shape.ticks_in(index.min(n), n - index.min(n));
        assert!(own.is_some() && before.zip(after).is_some_and(|(a, b)| a + b == total), "leaf {index} of {shape:?}");
    }
    let range = TimeRange::new(u64::from(at), u64::from(at) * 2).expect("forward");
    if let Ok(plan) = cuts::recording(shape, &[range]) {
        assert!(plan.runs.iter().all(|run| run.len > 0 && run.end() <= n), "{plan:?} of {shape:?}");
        assert!(plan.runs.windows(2).all(|pair| pair[0].end() < pair[1].start), "{plan:?}");
    }
}

/// Takes [`OUT_MAX`] bytes, and no more.
#[derive(Default)]
struct Bounded(Vec<u8>);

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.0.len() + bytes.len() > OUT_MAX {
            return Err(Error::other("enough"));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The copy: what ends well is no longer than its shape and its open leaves allow.
fn copy(shape: Shape, listed: &[Listed<'_>]) {
    let mut out = Bounded::default();
    let Some(Listed::Open(cfg)) = listed.first() else { return };
    let mut open = cfg.len();
    let made = (|| {
        let mut copy = Copy::new(shape, cfg, &mut out)?;
        let (mut index, end) = (1u64, shape.packets().end);
        for leaf in &listed[1..] {
            match leaf {
                // What is not a packet of the object is not shown to the copy, as the verifier does.
                Listed::Open(payload) if index < end => {
                    copy.packet(Leaf::Open(payload))?;
                    open += payload.len();
                    index += 1;
                }
                Listed::Hidden(leaves) if index < end => {
                    let leaves = (*leaves).min(end - index);
                    let ticks = shape.ticks_in(index, leaves).expect("in the object");
                    assert!(
                        copy.packet(Leaf::Hidden { leaves, ticks: ticks + 1 }).is_err(),
                        "more ticks than leaves have"
                    );
                    copy.packet(Leaf::Hidden { leaves, ticks })?;
                    index += leaves;
                }
                _ => break,
            }
        }
        copy.finish().map(drop)
    })();
    let Ok(()) = made else { return };
    let most = match shape.profile() {
        Profile::Wav { .. } => shape.ticks_total().saturating_mul(shape.profile().frame_bytes().unwrap_or(1)) + 128,
        Profile::AmrNb => 6 + 32 * shape.ticks_total(),
        // A stand-in is at most a frame uncompressed, and a container takes a page of 27 + 255 bytes for one.
        Profile::Sound(sound) => {
            let frame = u64::from(sound.samples().max(sound.rate() / 10)) * u64::from(sound.channels()) * 8;
            (2 * open as u64) + (frame + 4096) * shape.leaf_count()
        }
        // Three bytes a pixel, and what a run of literals takes besides.
        _ => (open as u64) * 8 + 64 * 64 * 4 * shape.leaf_count() + 1024 * shape.leaf_count() + 4096,
    };
    assert!(out.0.len() as u64 <= most, "{} bytes for {shape:?}, {most} at most", out.0.len());
}

/// A layer: what is written has no character that a terminal obeys, and what is read as a unit is written the same.
fn release(shape: Shape, listed: &[Listed<'_>]) {
    let mut bytes = 0;
    for leaf in listed {
        if let Listed::Open(payload) = leaf {
            bytes += payload.len();
            if let Ok(unit) = Unit::decode(payload) {
                assert!(unit.encode().is_ok_and(|again| again == *payload), "a unit has one spelling: {unit:?}");
            }
        }
    }
    let leaves = || {
        listed.iter().map(|leaf| match leaf {
            Listed::Open(payload) => Leaf::Open(payload),
            Listed::Hidden(leaves) => Leaf::Hidden { leaves: *leaves, ticks: *leaves },
        })
    };
    let (mut text, mut captions) = (Bounded::default(), Bounded::default());
    let said = render_text(shape, leaves(), &mut text);
    let is_written = render_vtt(shape, leaves(), &mut captions);
    assert!(is_written.is_err() || said.is_ok(), "captions without a text");
    for shown in [&text.0, &captions.0] {
        let shown = std::str::from_utf8(shown).expect("what is shown is UTF-8");
        let obeyed =
            |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(!shown.contains(obeyed), "a control character: {shown:?}");
        // A mark a leaf, in the longest word of a language or as its label, and an entity a character.
        assert!(shown.len() <= 64 + 8 * bytes + 128 * listed.len(), "{} bytes for {bytes}", shown.len());
    }
}

/// Leaves put together: what is accepted took every leaf, and what came of it can be cut.
fn together(shape: Shape, listed: &[Listed<'_>]) {
    let leaves: Option<Vec<&[u8]>> =
        listed.iter().map(|leaf| if let Listed::Open(payload) = leaf { Some(*payload) } else { None }).collect();
    let Some(leaves) = leaves else { return };
    let given: usize = leaves.iter().map(|leaf| leaf.len()).sum();
    let mut out = Bounded::default();
    let read = |index: u64, leaf: &mut Vec<u8>| -> Result<(), CarveError> {
        let missing = CarveError::NoSuchLeaf { index, leaves: shape.leaf_count() };
        let payload = usize::try_from(index).ok().and_then(|index| leaves.get(index)).ok_or(missing)?;
        leaf.clear();
        leaf.extend_from_slice(payload);
        Ok(())
    };
    let Ok(written) = reassemble(shape, read, &mut out) else { return };
    assert_eq!(written, out.0.len() as u64);
    assert!(leaves.len() as u64 >= shape.leaf_count(), "a source of leaves that are not there");
    // Between cells stand at most two bytes; padding of Opus that is all zeros stands as a number.
    let padded = matches!(shape.profile(), Profile::Sound(sound) if sound.is_on_grid());
    assert!(padded || out.0.len() <= given + 2 * leaves.len(), "{written} bytes of {given}");
    if let Some(hint) = shape.profile().hint().filter(|_| out.0.len() <= AGAIN_MAX) {
        carve::carve(&out.0, hint);
    }
}
