//! Writing a lane: appending frames to its last segment, or to a new one where that is full or was torn.
//!
//! Keeps: a frame is durable before its head is written; a segment with anything unknown at its end gets no more frames.
//! Deliberately does not know: what a frame says.

use casemate_ports::store::{Appender, CaseStore};
use casemate_proof::{CaseId, LaneId};

use super::compartments::SegmentKeys;
use super::log::{Lane, Position, segments};
use super::segment::{FrameSealer, Header, SEGMENT_FULL, SegmentReader};
use crate::VaultError;
use crate::ambient::Ambient;
use crate::places;

struct OpenSegment {
    number: u32,
    sealer: FrameSealer,
    appender: Box<dyn Appender>,
    size: u64,
}

/// Appends to one lane; whoever has it holds the lane's lock.
pub(crate) struct LaneWriter {
    case: CaseId,
    lane: LaneId,
    /// The segment that takes the next frame, unless a new one must be begun.
    segment: Option<OpenSegment>,
    /// Number of the next new segment.
    next_segment: u32,
    position: Position,
    /// A segment at least this long takes no more frames, in bytes.
    full: u64,
}

impl LaneWriter {
    /// For a new lane.
    pub(crate) fn create(case: CaseId, lane: LaneId) -> Self {
        Self { case, lane, segment: None, next_segment: 0, position: Position::START, full: SEGMENT_FULL }
    }

    /// Goes on after the last commit that stands. A last file in which no frame stands moves to quarantine.
    pub(crate) fn resume(
        store: &dyn CaseStore,
        case: CaseId,
        lane: &Lane,
        keys: &SegmentKeys<'_>,
    ) -> Result<Self, VaultError> {
        let position = lane.position;
        let mut all = segments(store, &lane.id)?;
        while let Some((number, _)) = all.last().copied().filter(|(number, _)| *number > position.segment) {
            store.quarantine(&places::segment(&lane.id, number)?)?;
            all.pop();
        }
        let mut writer = Self { case, lane: lane.id, segment: None, next_segment: 0, position, full: SEGMENT_FULL };
        let Some((number, size)) = all.last().copied() else { return Ok(writer) };
        writer.next_segment = number.checked_add(1).ok_or(VaultError::Limit {
            what: "segments of a lane",
            found: u64::from(number) + 1,
            limit: u64::from(u32::MAX),
        })?;
        if size == position.at && number == position.segment && size < SEGMENT_FULL {
            let name = places::segment(&lane.id, number)?;
            let reader = SegmentReader::open(store, &name, size, (&case, &lane.id, number), keys)?;
            if let Some(reader) = reader.filter(|reader| reader.identity().is_none()) {
                let appender = store.appender(&name, false)?;
                writer.segment = Some(OpenSegment { number, sealer: reader.sealer, appender, size });
            }
        }
        Ok(writer)
    }

    /// Which segment takes the next frame, and from which size on one is full.
    pub(crate) fn active(&self) -> (u32, u64) {
        (self.position.segment, self.full)
    }

    /// Begins segments anew after fewer bytes.
    pub(crate) fn limit(&mut self, full: u64) {
        self.full = full;
    }

    /// Number of the next commit.
    pub(crate) fn number(&self) -> u64 {
        self.position.number
    }

    /// After the last commit.
    pub(crate) fn position(&self) -> Position {
        self.position
    }

    /// Appends one frame, durably. After an error the writer must not be used again.
    pub(crate) fn append(
        &mut self,
        store: &dyn CaseStore,
        content: &[u8],
        keys: &SegmentKeys<'_>,
        ambient: &mut Ambient,
    ) -> Result<(), VaultError> {
        let Position { number, previous, .. } = self.position;
        let mut start = Vec::new();
        let mut segment = match self.segment.take().filter(|s| s.size < self.full) {
            Some(segment) => segment,
            None => {
                let place = (self.next_segment, number, previous);
                let (header, key) = Header::draw((self.case, self.lane), place, keys, ambient)?;
                start = header.encode();
                let name = places::segment(&self.lane, header.number)?;
                let appender = store.appender(&name, true)?;
                self.next_segment = self.next_segment.saturating_add(1);
                OpenSegment { number: header.number, sealer: FrameSealer::new(&header, key), appender, size: 0 }
            }
        };
        let (frame, tag) = segment.sealer.seal(number, &previous, content, ambient)?;
        start.extend_from_slice(&frame);
        segment.appender.append(&start)?;
        segment.size = segment.size.saturating_add(start.len() as u64);
        self.position = Position { segment: segment.number, at: segment.size, number: number + 1, previous: tag };
        self.segment = Some(segment);
        Ok(())
    }
}
