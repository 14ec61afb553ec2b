//! What the core asks of the outside: stores and workers.

pub mod reading;
