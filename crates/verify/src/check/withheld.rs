//! What hidden leaves withhold of a recording, as time.
//!
//! Keeps: begins are rounded down and ends up, so that no range is told shorter than it is. Does not know: who withheld.

use casemate_carve::locator::TimeRange;
use casemate_carve::{Run, Shape, cuts};

/// The time that hidden runs withhold of a recording; empty for other objects. A run may begin before the first packet
/// or end behind the last (a cut at the end joins the metadata that is hidden with it).
#[must_use]
pub fn withheld_times(shape: Shape, hidden: &[Run]) -> Vec<TimeRange> {
    let packets = shape.packets();
    let sound = |run: &Run| {
        let (start, end) = (run.start.max(packets.start), run.end().min(packets.end));
        cuts::time_of(shape, Run { start, len: end.saturating_sub(start) })
    };
    hidden.iter().filter_map(sound).collect()
}
