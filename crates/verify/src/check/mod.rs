//! Verifying a bundle: the checks of `docs/format/bundle.md` §5, in their order.
//!
//! Keeps: a check whose ground another check failed to give is not run, and its finding says so; memory is bounded by
//! the number of items and of tokens. Does not know: words for people, the terminal.

mod ahead;
mod bundle;
mod chain;
mod extends;
mod facts;
mod item;
mod log;
mod object;
mod refusal;
mod render;
mod time;
mod withheld;
mod witness;

pub use bundle::{DISCLOSURE_NAMESPACE, Pins, verify_bundle};
pub use extends::encode_consistency;
pub use facts::Open;
pub use log::{ACT_OPEN, CENSUS_ROOT_LEAF, COMMIT_MAP_LEAF, OBJECT_LEAVES, encode_row};
pub use time::STAMP_OPEN;
pub use withheld::withheld_times;
