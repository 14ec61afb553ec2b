//! What every worker process does before it reads the first hostile byte, and how it then speaks with its parent:
//! fences, a spool in memory for the exhibit's bytes, the answering side of the worker protocol.
//!
//! Keeps: a worker without every required fence never sees a byte of an exhibit ([`raise`], [`Serving::start`]);
//! nothing is written to a disk; what is sent stays within the limits of `casemate_ports::worker`.
//! Does not know: what a reader does with the bytes, who asks.

mod bounds;
mod fences;
mod limits;
mod reply;
mod serve;
mod spool;
mod syscalls;

pub use bounds::Bounds;
pub use fences::{missing, raise};
pub use reply::{Reply, ReplyError};
pub use serve::{EXIT_FENCE_MISSING, EXIT_PROTOCOL, Serving, ServingError, tell_fences};
pub use spool::{Spool, SpoolError};
