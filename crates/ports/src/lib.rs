//! What the core asks of the outside: stores and workers.

pub mod hidden;
pub mod reading;
pub mod store;
pub mod worker;
