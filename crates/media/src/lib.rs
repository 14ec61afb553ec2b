//! The parent side of the workers: starts one process for one job, feeds it, believes nothing it says, ends it.
//!
//! Keeps: whatever a worker does (dies, hangs, lies, floods), the parent goes on, with a finding that says what
//! happened; no zombie, no content in a log. Does not know: codecs, formats of exhibits, cases.

mod ending;
mod examine;
mod limits;
mod run;

pub use examine::{Event, Examiner, Violation};
pub use limits::Limits;
pub use run::{MediaError, Outcome, Program, fences, run_job};
