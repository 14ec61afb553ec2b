//! A lane on disk: segments of frames, two head slots, staged objects.
//!
//! Keeps: frames are only added; a frame is one commit; what a crash tore stays where it is and the lane goes on in a
//! new segment. A full segment becomes an age file of the same content.
//! Deliberately does not know: bodies of acts, objects' content.

mod age_form;
mod compartments;
mod frame;
mod head;
mod log;
mod rewrite;
mod secrets;
mod segment;
mod whole;
mod writer;

pub(crate) use age_form::reopen as segment_content;
pub(crate) use compartments::SegmentKeys;
pub(crate) use frame::{Body, Frame, Record};
pub(crate) use head::{read_heads, read_note, write_head};
pub(crate) use log::{
    Damage, Lane, Placed, Position, Snapshot, Walk, WalkItem, apply_frame, first_commit, open_record, segments,
};
pub(crate) use rewrite::rewrite;
pub(crate) use secrets::LaneSecrets;
pub(crate) use segment::{FRAME_MAX, SegmentReader};
pub(crate) use whole::hole;
pub(crate) use writer::LaneWriter;
