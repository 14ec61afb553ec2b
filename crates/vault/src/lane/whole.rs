//! Whether a lane's segments follow each other without a hole, without decrypting a commit.
//!
//! Keeps: a lane that lost a segment, a frame or a piece of one before its end is not written to, wherever its reading began.
//! Deliberately does not know: what commits say. Changed bytes inside a frame are found by `verify`.

use casemate_ports::store::CaseStore;
use casemate_proof::{CaseId, LaneId};

use super::compartments::SegmentKeys;
use super::log::{Position, segments};
use super::segment::{SegmentReader, Tag};
use crate::VaultError;
use crate::places;
use crate::secret::TAG_LEN;

/// Says where the first hole before `end` is, if there is one.
///
/// From header to header: each segment goes on at the commit and tag at which the one before ends, and has as many frames
/// in between.
pub(crate) fn hole(
    store: &dyn CaseStore,
    (case, lane): (CaseId, LaneId),
    keys: &SegmentKeys<'_>,
    end: Position,
) -> Result<Option<String>, VaultError> {
    let open = |(number, size): (u32, u64)| {
        SegmentReader::open(store, &places::segment(&lane, number)?, size, (&case, &lane, number), keys)
    };
    let mut all = segments(store, &lane)?;
    all.retain(|(number, _)| *number <= end.segment);
    let (mut next, mut tag): (u64, Tag) = (0, [0; TAG_LEN]);
    for (at, segment) in all.iter().enumerate() {
        let number = segment.0;
        let unread = |number: u32| Ok(Some(format!("the header of segment {number:08x} can't be read")));
        let Some(mut reader) = open(*segment)? else { return unread(number) };
        let stop = match all.get(at + 1) {
            None => end.number,
            Some(after) => match open(*after)? {
                Some(after) => after.header.first,
                None => return unread(after.0),
            },
        };
        if reader.header.first != next || reader.header.previous != tag {
            return Ok(Some(format!("segment {number:08x} does not go on at commit {next}")));
        }
        if reader.leap(stop.saturating_sub(1))? {
            next = stop.saturating_sub(1);
        }
        while next < stop {
            let Some(found) = reader.skip()? else {
                return Ok(Some(format!("commit {next} is not in segment {number:08x}")));
            };
            (next, tag) = (next.saturating_add(1), found);
        }
        if next != stop {
            return Ok(Some(format!("segment {number:08x} does not go on at commit {next}")));
        }
    }
    Ok((next != end.number || tag != end.previous).then(|| format!("the lane does not lead to commit {}", end.number)))
}
