//! Cut planning: from what is to be withheld (times, lines, cells) to the runs of leaves to hide.
//!
//! Keeps: margin first, then both ends outward to whole seconds, and nothing extends a cut afterwards; so no cut is
//! longer than what it withholds by more than 2 × [`margin_ms`] + 2 s. META and container of a recording are always
//! hidden.
//! Does not know: why a passage is withheld, or where it was found.

use crate::locator::TimeRange;
use crate::profile::{Profile, Shape};
use crate::scan::grid;
use crate::scan::mp3::reservoir_frames;
use crate::scan::mp4::player_offset;
use crate::sound::{Codec, Sound};
use crate::{CarveError, Run};

/// Least margin on both sides of what is withheld, in milliseconds.
pub const MARGIN_MS: u64 = 100;
/// The grid to which both ends of a cut are snapped, in milliseconds: coarse enough that syllables can't be counted.
pub const GRID_MS: u64 = 1_000;
/// How far an AMR-NB frame tells of its neighbours, in milliseconds: two frames. Forward the adaptive codebook
/// (143 samples, 18 ms) and the moving-average predictors of gain and line spectrum (20 ms); backward the encoder's
/// look-ahead of 5 ms.
pub const AMR_MEMORY_MS: u64 = 40;
const _: () = assert!(AMR_MEMORY_MS <= MARGIN_MS, "the margin covers what an AMR-NB frame tells of others");
/// Most ranges of one plan.
pub const MAX_RANGES: usize = 1 << 20;

/// What a plan hides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cuts {
    /// Leaves to hide, sorted, not touching each other.
    pub runs: Vec<Run>,
    /// The time that is withheld, on the grid or at the recording's end; sorted, not touching. Empty for text.
    pub withheld: Vec<TimeRange>,
}

/// How far beyond what is withheld a cut must reach on both sides, in milliseconds. What a packet tells of others comes
/// on top of the least margin for compressed sound; AMR-NB's 40 ms lie inside it.
#[must_use]
pub fn margin_ms(profile: Profile) -> u64 {
    match profile {
        Profile::Sound(sound) => MARGIN_MS.saturating_add(reach_ms(sound)),
        _ => MARGIN_MS,
    }
}

/// How far packets tell of sound beside their own, in milliseconds rounded up; with it one packet where packets don't
/// divide the second, since a cut meets the grid from inside. Reasons are in `docs/format/profiles.md`.
#[must_use]
pub fn reach_ms(sound: Sound) -> u64 {
    let frames = match sound.codec() {
        // The reservoir, one for the overlap of windows, one for the delay that players cut off at the start.
        Codec::Mp3 => reservoir_frames(sound).saturating_add(2),
        // One for the overlap of windows, one for the encoder's look-ahead, one for the delay of SBR.
        Codec::AdtsAac => 3,
        // Flac: no frame tells of another.
        Codec::OggOpus | Codec::OggVorbis | Codec::WebmOpus => return grid::REACH_MS,
        // As in ADTS, and those by which a player's time may lie off.
        Codec::Mp4Aac => 3 + player_offset(sound.codec()),
        // As AMR-NB, see [`AMR_MEMORY_MS`].
        Codec::AmrWb => 2,
        Codec::Mp4AmrNb | Codec::Mp4AmrWb => 2 + player_offset(sound.codec()),
        Codec::Mp4Alac => player_offset(sound.codec()),
        _ => 0,
    };
    let packet = u64::from(sound.samples());
    let rate = u64::from(sound.rate()).max(1);
    let is_on_seconds = packet == 0 || rate.is_multiple_of(packet);
    let met_from_inside = if is_on_seconds { 0 } else { 1 };
    packet.saturating_mul(frames + met_from_inside).saturating_mul(1_000).div_ceil(rate)
}

/// Plans the cuts of a recording. A range past the end withholds the recording's last second; no range is dropped.
/// Without any range META and container are hidden still.
///
/// # Errors
/// [`CarveError::NotApplicable`] if the object is no recording, [`CarveError::Limit`] past [`MAX_RANGES`].
pub fn recording(shape: Shape, withhold: &[TimeRange]) -> Result<Cuts, CarveError> {
    let (Some(duration), Some(meta)) = (shape.duration_ms(), shape.meta()) else {
        return Err(CarveError::NotApplicable { what: "a cut in time", profile: shape.profile().to_string() });
    };
    check_count(withhold.len())?;
    let margin = margin_ms(shape.profile());
    let snapped = withhold.iter().map(|range| snap(*range, margin, duration)).collect();
    let withheld = merge(snapped);
    let mut runs: Vec<Run> = withheld.iter().filter_map(|range| leaves_inside(shape, *range, duration)).collect();
    runs.push(Run { start: meta, len: 2 });
    Ok(Cuts { runs: Run::normalise(runs), withheld })
}

/// Adds the margin, then moves both ends outward to the grid, then clamps to the recording.
fn snap(range: TimeRange, margin: u64, duration: u64) -> TimeRange {
    let start = range.start.min(duration.saturating_sub(1)).saturating_sub(margin);
    let end = range.end.max(range.start).saturating_add(margin);
    let end = end.div_ceil(GRID_MS).saturating_mul(GRID_MS).min(duration);
    TimeRange { start: start / GRID_MS * GRID_MS, end }
}

fn merge(mut ranges: Vec<TimeRange>) -> Vec<TimeRange> {
    ranges.retain(|range| !range.is_empty());
    ranges.sort_unstable();
    let mut merged: Vec<TimeRange> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// The packets that lie wholly inside a snapped range, perhaps none: where blocks don't divide the second, the grid is met from
/// inside, so that a cut never grows; the margin is five blocks wide.
fn leaves_inside(shape: Shape, range: TimeRange, duration: u64) -> Option<Run> {
    let packets = shape.packets();
    let last = packets.end.saturating_sub(packets.start);
    let (whole, each) = packets_until(shape.profile(), range.start);
    let first_in = whole.saturating_add(u64::from(each)).min(last);
    let first_out = if range.end >= duration { last } else { packets_until(shape.profile(), range.end).0.min(last) };
    let len = first_out.checked_sub(first_in)?;
    Some(Run { start: packets.start.saturating_add(first_in), len })
}

/// Packets that end at or before a whole second, and whether the next has begun by then.
fn packets_until(profile: Profile, ms: u64) -> (u64, bool) {
    let base = profile.timebase();
    let ticks = u128::from(ms / GRID_MS) * u128::from(base.den);
    let each = (u128::from(profile.packet_ticks()) * u128::from(base.num)).max(1);
    (u64::try_from(ticks / each).unwrap_or(u64::MAX), ticks % each > 0)
}

/// The time that a run of a recording's packets covers, in milliseconds, rounded outward; none for other leaves.
#[must_use]
pub fn time_of(shape: Shape, run: Run) -> Option<TimeRange> {
    let packets = shape.packets();
    let base = shape.profile().timebase();
    if !shape.profile().is_timed() || run.len == 0 || run.start < packets.start || run.end() > packets.end {
        return None;
    }
    let first = shape.ticks_in(packets.start, run.start.checked_sub(packets.start)?)?;
    let last = first.checked_add(shape.ticks_in(run.start, run.len)?)?;
    let scaled = |ticks: u64| u128::from(ticks) * 1000 * u128::from(base.num);
    let start = u64::try_from(scaled(first) / u128::from(base.den)).ok()?;
    let end = u64::try_from(scaled(last).div_ceil(u128::from(base.den))).ok()?;
    TimeRange::new(start, end)
}

/// Plans the cuts of a `lines-v1` object from lines counted from 1, both ends included. The container leaf is empty
/// and stays open.
///
/// # Errors
/// [`CarveError::NotApplicable`], [`CarveError::NoSuchPlace`] for a line that isn't there, [`CarveError::Limit`].
pub fn lines(shape: Shape, withhold: &[(u64, u64)]) -> Result<Cuts, CarveError> {
    if !matches!(shape.profile(), Profile::Lines(_)) {
        return Err(CarveError::NotApplicable { what: "a line", profile: shape.profile().to_string() });
    }
    check_count(withhold.len())?;
    let mut runs = Vec::with_capacity(withhold.len());
    for &(first, last) in withhold {
        let missing = CarveError::NoSuchPlace { what: "line" };
        if first == 0 || last < first || last > shape.packets().end {
            return Err(missing);
        }
        runs.push(Run { start: first.saturating_sub(1), len: last.saturating_sub(first).saturating_add(1) });
    }
    Ok(Cuts { runs: Run::normalise(runs), withheld: Vec::new() })
}

/// Plans the cuts of a `csv-v1` object from leaf runs as [`Layout::row_leaves`](crate::Layout::row_leaves) gives
/// them. The container leaf holds the table's shape alone and stays open.
///
/// # Errors
/// [`CarveError::NotApplicable`], [`CarveError::NoSuchPlace`] for a leaf that is no cell, [`CarveError::Limit`].
pub fn cells(shape: Shape, withhold: &[Run]) -> Result<Cuts, CarveError> {
    if shape.profile() != Profile::Csv {
        return Err(CarveError::NotApplicable { what: "a cell", profile: shape.profile().to_string() });
    }
    pieces(shape, withhold)
}

/// Plans the cuts of a text from runs of its lines, cells or spans. The container leaf (empty, or a table's shape) stays
/// open.
///
/// # Errors
/// [`CarveError::NotApplicable`], [`CarveError::NoSuchPlace`] for a leaf that is no piece, [`CarveError::Limit`].
pub fn pieces(shape: Shape, withhold: &[Run]) -> Result<Cuts, CarveError> {
    if !shape.profile().is_of_text() {
        return Err(CarveError::NotApplicable { what: "a piece of text", profile: shape.profile().to_string() });
    }
    check_count(withhold.len())?;
    if withhold.iter().any(|run| run.end() > shape.packets().end) {
        return Err(CarveError::NoSuchPlace { what: "piece" });
    }
    Ok(Cuts { runs: Run::normalise(withhold.to_vec()), withheld: Vec::new() })
}

fn check_count(count: usize) -> Result<(), CarveError> {
    if count > MAX_RANGES {
        return Err(CarveError::Limit { name: "MAX_RANGES", limit: MAX_RANGES as u64 });
    }
    Ok(())
}
