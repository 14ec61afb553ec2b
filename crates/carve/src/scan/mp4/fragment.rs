//! Movie fragments (ISO/IEC 14496-12 §8.8): the samples of one track in a `moof` box.
//!
//! Keeps: a walk tells the samples in order with place, length and time, or says that the fragment is odd.
//! Does not know: the file around it, or which times are right.

use super::boxes::{Found, children, full, has, only, u32_at, u64_at};
use super::tables::{Going, Sample};

const BASE_OFFSET: u32 = 0x1;
const ENTRY_INDEX: u32 = 0x2;
const DEFAULT_DURATION: u32 = 0x8;
const DEFAULT_SIZE: u32 = 0x10;
const BASE_IS_FRAGMENT: u32 = 0x2_0000;
const RUN_OFFSET: u32 = 0x1;
const RUN_FIRST_FLAGS: u32 = 0x4;
const RUN_DURATION: u32 = 0x100;
const RUN_SIZE: u32 = 0x200;
const RUN_FLAGS: u32 = 0x400;
const RUN_SHIFT: u32 = 0x800;

/// What fragments start from (`trex`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Defaults {
    track: u32,
    duration: u32,
    size: u32,
}

impl Defaults {
    /// Finds the defaults of a track in `mvex`; none if they are not there or name another sample entry than the first.
    pub(super) fn read(mvex: &[Found<'_>], track: u32) -> Option<Self> {
        let mut of_track = mvex
            .iter()
            .filter(|found| &found.kind == b"trex")
            .filter_map(|found| full(found.body))
            .filter(|(_, _, body)| u32_at(body, 0) == Some(track));
        let (_, _, body) = of_track.next()?;
        let is_only = of_track.next().is_none() && u32_at(body, 4)? == 1;
        is_only.then_some(Self { track, duration: u32_at(body, 8)?, size: u32_at(body, 12)? })
    }
}

/// A run of samples, its fields at hand.
struct Run<'a> {
    flags: u32,
    count: u32,
    /// From the base, where it is said.
    offset: Option<i32>,
    rows: &'a [u8],
    width: usize,
}

/// Tells the samples of the track in a `moof` box that begins at `start` (`body` without its header). `time` is the
/// time behind the last sample before, and then behind the last one here.
pub(super) fn walk(
    body: &[u8],
    start: u64,
    defaults: Defaults,
    time: &mut u64,
    each: &mut impl FnMut(Sample) -> Going,
) -> Going {
    let Some(found) = children(body) else { return Ok(false) };
    let trafs: Vec<&Found<'_>> = found.iter().filter(|found| &found.kind == b"traf").collect();
    for (number, traf) in trafs.iter().enumerate() {
        match Part::read(traf.body, start, number == 0, defaults) {
            Some(Part { is_other: true, .. }) => {}
            Some(part) => {
                if !part.walk(time, each)? {
                    return Ok(false);
                }
            }
            None => return Ok(false),
        }
    }
    Ok(true)
}

/// One `traf`.
struct Part<'a> {
    is_other: bool,
    base: u64,
    duration: u32,
    size: u32,
    time: Option<u64>,
    runs: Vec<Run<'a>>,
}

impl<'a> Part<'a> {
    fn read(traf: &'a [u8], start: u64, is_first: bool, defaults: Defaults) -> Option<Self> {
        let boxes = children(traf)?;
        let (_, flags, head) = full(only(&boxes, b"tfhd")?)?;
        let mut part = Self {
            is_other: false,
            base: start,
            duration: defaults.duration,
            size: defaults.size,
            time: None,
            runs: Vec::new(),
        };
        if u32_at(head, 0)? != defaults.track {
            part.is_other = true;
            return Some(part);
        }
        let mut at = 4usize;
        if flags & BASE_OFFSET != 0 {
            part.base = u64_at(head, at)?;
            at = at.checked_add(8)?;
        } else if !is_first && flags & BASE_IS_FRAGMENT == 0 {
            // Behind the data of the track before: not followed.
            return None;
        }
        let mut field = |flag: u32| {
            let value = if flags & flag == 0 { return Some(None) } else { u32_at(head, at)? };
            at = at.checked_add(4)?;
            Some(Some(value))
        };
        if field(ENTRY_INDEX)?.unwrap_or(1) != 1 || has(&boxes, b"senc") {
            return None;
        }
        part.duration = field(DEFAULT_DURATION)?.unwrap_or(part.duration);
        part.size = field(DEFAULT_SIZE)?.unwrap_or(part.size);
        if has(&boxes, b"tfdt") {
            let (version, _, rest) = full(only(&boxes, b"tfdt")?)?;
            part.time = Some(if version == 1 { u64_at(rest, 0)? } else { u64::from(u32_at(rest, 0)?) });
        }
        for found in boxes.iter().filter(|found| &found.kind == b"trun") {
            part.runs.push(Run::read(found.body)?);
        }
        Some(part)
    }

    fn walk(&self, time: &mut u64, each: &mut impl FnMut(Sample) -> Going) -> Going {
        *time = self.time.unwrap_or(*time);
        let mut at = self.base;
        for run in &self.runs {
            if let Some(offset) = run.offset {
                let Some(from) = self.base.checked_add_signed(i64::from(offset)) else { return Ok(false) };
                at = from;
            }
            for number in 0..run.count {
                let Some((duration, size)) = run.sample(number) else { return Ok(false) };
                let len = u64::from(size.unwrap_or(self.size));
                if !each(Sample { at, len, time: *time })? {
                    return Ok(false);
                }
                at = at.saturating_add(len);
                *time = time.saturating_add(u64::from(duration.unwrap_or(self.duration)));
            }
        }
        Ok(true)
    }
}

impl<'a> Run<'a> {
    fn read(trun: &'a [u8]) -> Option<Self> {
        let (_, flags, rest) = full(trun)?;
        let count = u32_at(rest, 0)?;
        let mut at = 4usize;
        let mut offset = None;
        if flags & RUN_OFFSET != 0 {
            offset = Some(i32::from_be_bytes(*rest.get(at..)?.first_chunk()?));
            at = at.checked_add(4)?;
        }
        if flags & RUN_FIRST_FLAGS != 0 {
            at = at.checked_add(4)?;
        }
        let fields = (flags & (RUN_DURATION | RUN_SIZE | RUN_FLAGS | RUN_SHIFT)).count_ones();
        let width = usize::try_from(fields).ok()?.checked_mul(4)?;
        let bytes = usize::try_from(count).ok()?.checked_mul(width)?;
        Some(Self { flags, count, offset, rows: rest.get(at..)?.get(..bytes)?, width })
    }

    /// Duration and length of a sample, where the run says them; none for one that is shifted in time.
    fn sample(&self, number: u32) -> Option<(Option<u32>, Option<u32>)> {
        let row = self.rows.get(usize::try_from(number).ok()?.checked_mul(self.width)?..)?;
        let mut at = 0usize;
        let mut field = |flag: u32| {
            let value = if self.flags & flag == 0 { return Some(None) } else { u32_at(row, at)? };
            at = at.checked_add(4)?;
            Some(Some(value))
        };
        let (duration, size) = (field(RUN_DURATION)?, field(RUN_SIZE)?);
        field(RUN_FLAGS)?;
        (field(RUN_SHIFT)?.unwrap_or(0) == 0).then_some((duration, size))
    }
}
