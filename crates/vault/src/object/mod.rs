//! Objects: a file of the case and what an act must keep to read it.
//!
//! Keeps: an object's file holds nothing but an age stream; name, length, keys and record live in the body of its act.
//! Deliberately does not know: which act that is, or what an exhibit is called.

mod leaves;
mod pad;
mod pipeline;
mod reader;
mod stored;

pub(crate) use leaves::rehash;
pub use pad::{PAD_FLOOR, padded_len};
pub use pipeline::Source;
pub(crate) use pipeline::{Sealing, seal_leaves, seal_source};
pub use reader::ObjectReader;
pub use stored::{Form, StoredObject};
